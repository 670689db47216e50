//! Agencies that almost pass, and what holds them.

use rust_xlsxwriter::Worksheet;

use crate::overview::{NearPass, Short};
use crate::write::xlsx::error::WorkbookError;
use crate::write::xlsx::kit::sheet::Paper;
use crate::write::xlsx::kit::style::TEXT_SIZE;
use crate::write::xlsx::overview::Frame;
use crate::write::xlsx::overview::league::name;
use crate::write::xlsx::overview::table;
use crate::write::xlsx::overview::table::{Column, TableValue};

const COLUMNS: [Column<'_>; 8] = [
    ("ที่", 6.0),
    ("หน่วยงาน", 34.0),
    ("อำเภอ/เขต", 15.0),
    ("จังหวัด", 15.0),
    ("คะแนนรวม", 11.5),
    ("คะแนน\nที่ขาด", 9.0),
    ("เครื่องมือที่ต่ำกว่าเกณฑ์", 26.0),
    ("ตัวชี้วัดที่ต่ำกว่าเกณฑ์", 46.0),
];

pub(in crate::write::xlsx) fn write(sheet: &mut Worksheet, frame: &Frame<'_>) -> Result<(), WorkbookError> {
    let nearest = &frame.overview.nearest;
    let mark = frame.score(Some(frame.overview.pass_mark));
    let note = format!(
        "หน่วยงานที่คะแนนรวมต่ำกว่า {mark} เรียงจากใกล้เกณฑ์ที่สุด {} แห่ง สิ่งที่ขาดเรียงตามผลต่อคะแนนรวม ตัวเลขในวงเล็บคือคะแนนที่ขาด",
        frame.count(nearest.len()),
    );
    frame.page(
        sheet,
        &table::widths(&COLUMNS),
        Paper::Landscape,
        "หน่วยงานที่ยังไม่ผ่านเกณฑ์ เรียงจากใกล้เกณฑ์ที่สุด",
        &note,
        |page| {
            let rows = (1..).zip(nearest).map(|(at, near)| row(at, near, frame));
            let mut end = table::write(page, &COLUMNS, rows, frame)?;
            if nearest.is_empty() {
                let text = format!("ไม่มีหน่วยงานที่คะแนนรวมต่ำกว่า {mark}");
                page.line(end, &text, &frame.styles.text, TEXT_SIZE, false)?;
                end += 1;
            }
            table::set_up(page, end, !nearest.is_empty(), 0)
        },
    )
}

fn row(at: usize, near: &NearPass<'_>, frame: &Frame<'_>) -> Vec<TableValue> {
    let result = near.standing.result;
    vec![
        TableValue::Count(Some(at)),
        name(result, frame),
        TableValue::Line(result.district.clone().unwrap_or_default()),
        TableValue::Line(result.province.clone().unwrap_or_default()),
        TableValue::Score(near.standing.total()),
        TableValue::Score(Some(near.missing)),
        TableValue::Text(instruments(near, frame)),
        TableValue::Text(indicators(near, frame, usize::MAX)),
    ]
}

/// The instruments that are short: `EIT 78.20 (6.80)`.
pub(in crate::write::xlsx) fn instruments(near: &NearPass<'_>, frame: &Frame<'_>) -> String {
    joined(near.instruments.iter().map(|(instrument, short)| (instrument.name().to_owned(), *short)), frame)
}

/// The indicators that are short, those that cost most first, at most so many: `8: 72.94 (12.06)`.
pub(in crate::write::xlsx) fn indicators(near: &NearPass<'_>, frame: &Frame<'_>, most: usize) -> String {
    let name = |number: u8| format!("{}:", frame.digits.number(&number.to_string()));
    joined(near.indicators.iter().take(most).map(|(number, short)| (name(*number), *short)), frame)
}

fn joined(parts: impl Iterator<Item = (String, Short)>, frame: &Frame<'_>) -> String {
    // no-break spaces: a line ends between two of them only
    let text = |(name, short): (String, Short)| {
        format!("{name}\u{A0}{}\u{A0}({})", frame.score(Some(short.score)), frame.score(Some(short.missing)))
    };
    let parts: Vec<String> = parts.map(text).collect();
    if parts.is_empty() { "-".to_owned() } else { parts.join(", ") }
}
