//! Numbers and names that were typed on the sheet of scores.

use std::collections::BTreeMap;

use crate::edits::CellText;
use crate::edits::grid::Grid;
use crate::framework::{Instrument, QuestionCode};
use crate::recognise::TITLES_CHECKED;

/// What the labels of facts about the agency are called in keys.
const FACTS: [(&str, &str); 8] = [
    ("หน่วยงาน", "agency"),
    ("อำเภอ", "district"),
    ("จังหวัด", "province"),
    ("ปีงบประมาณ พ.ศ.", "year"),
    ("เกณฑ์ที่ใช้ตัดสินว่าควรปรับปรุง (ต่ำกว่า)", "threshold"),
    ("อันดับที่ประกาศ", "rank"),
    ("ระดับที่ประกาศ", "level"),
    ("หัวข้อข้อคำถามที่ตรวจกับคู่มือแล้ว (พิมพ์ปีงบประมาณของผลนี้)", TITLES_CHECKED),
];

/// Columns, from 0.
mod at {
    pub const NAME: u32 = 0;
    pub const VALUE: u32 = 1;
    pub const LABEL: u32 = 5;
    pub const INSTRUMENT: u32 = 6;
}

/// The values by key, each with its cell.
pub(super) fn read(grid: &Grid<'_>) -> BTreeMap<String, CellText> {
    let mut values = BTreeMap::new();
    let text = |row: u32, column: u32| grid.text(row, column).trim().to_owned();
    let mut figures = false;
    for cells in grid.sheet.rows() {
        let Some(row) = cells.first().map(|cell| cell.at.row) else { continue };
        let name = text(row, at::NAME);
        let mut put = |key: String, column: u32| {
            let place = grid.cell(row, column).place;
            values.insert(format!("N/{key}"), CellText { text: text(row, column), place });
        };
        // The head of the block of published figures.
        figures |= text(row, at::VALUE) == "ประกาศ";
        if let Ok(code) = name.parse::<QuestionCode>() {
            put(code.to_string(), at::VALUE);
        } else if let Some((_, key)) = FACTS.iter().find(|(label, _)| *label == name) {
            put((*key).to_owned(), at::LABEL);
        } else if figures {
            let instrument = text(row, at::INSTRUMENT);
            if let Ok(number) = name.parse::<u8>() {
                put(format!("indicator-{number}"), at::VALUE);
            } else if let Some(known) = Instrument::ALL.into_iter().find(|known| known.name() == instrument) {
                put(known.name().to_owned(), at::VALUE);
            } else if text(row, at::LABEL) == "คะแนนรวม" {
                put("total".to_owned(), at::VALUE);
            }
        }
    }
    values
}
