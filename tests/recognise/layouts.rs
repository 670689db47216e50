//! Long tables in every arrangement: the scores and their cells are found all the same.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;
use rust_xlsxwriter::Workbook;

use crate::support::table::{codes, one_of_bytes};

/// A number column that is no score.
#[derive(Debug, Clone, Copy)]
enum Distractor {
    RowNumber,
    Rank,
    Weight,
    Respondents,
}

/// How a table is laid out.
#[derive(Debug, Clone)]
struct Layout {
    first_column: u16,
    title_rows: u32,
    /// None, Thai or English.
    headers: u8,
    /// 0 plain, 1 `ข้อ`, 2 capitals with a space, 3 Thai zero for o, 4 code and question in one cell
    spelling: u8,
    before: Vec<Distractor>,
    between: Vec<Distractor>,
    after: Vec<Distractor>,
    as_text: bool,
    scores: Vec<u32>,
}

fn distractor() -> impl Strategy<Value = Distractor> {
    prop_oneof![
        Just(Distractor::RowNumber),
        Just(Distractor::Rank),
        Just(Distractor::Weight),
        Just(Distractor::Respondents)
    ]
}

prop_compose! {
    fn layout()(
        first_column in 0u16..26,
        title_rows in 0u32..16,
        headers in 0u8..3,
        spelling in 0u8..5,
        before in vec(distractor(), 0..2),
        between in vec(distractor(), 0..2),
        after in vec(distractor(), 0..3),
        as_text in any::<bool>(),
        survey in vec(2000u32..=10000, 24),
        published in vec(prop_oneof![3 => Just(10000u32), 1 => Just(0), 1 => Just(5000)], 35),
    ) -> Layout {
        let scores = survey.into_iter().chain(published).collect();
        Layout { first_column, title_rows, headers, spelling, before, between, after, as_text, scores }
    }
}

fn spelled(code: &str, spelling: u8) -> String {
    match spelling {
        1 => format!("ข้อ {code}"),
        2 => code.replacen(['i', 'e', 'o'], &format!("{} ", code[..1].to_uppercase()), 1),
        3 => format!("ข้อ {}", code.replace('o', "๐")),
        4 => format!("{code} : เรื่องที่ประเมินของข้อ {code}"),
        _ => code.to_owned(),
    }
}

fn distraction(kind: Distractor, row: u32, code: &str) -> f64 {
    match kind {
        Distractor::RowNumber => f64::from(row + 1),
        Distractor::Rank => f64::from(1 + (row * 37) % 211),
        Distractor::Weight => {
            if code.starts_with('o') {
                40.0
            } else {
                30.0
            }
        }
        Distractor::Respondents => {
            if code.starts_with('i') {
                30.0
            } else {
                82.0
            }
        }
    }
}

fn header(kind: Option<Distractor>, thai: bool) -> &'static str {
    match (kind, thai) {
        (None, true) => "คะแนน",
        (None, false) => "Score",
        (Some(Distractor::RowNumber), true) => "ลำดับ",
        (Some(Distractor::RowNumber), false) => "No.",
        (Some(Distractor::Rank), true) => "อันดับ",
        (Some(Distractor::Rank), false) => "Rank",
        (Some(Distractor::Weight), true) => "น้ำหนัก",
        (Some(Distractor::Weight), false) => "Weight",
        (Some(Distractor::Respondents), true) => "จำนวนผู้ตอบ",
        (Some(Distractor::Respondents), false) => "Respondents",
    }
}

/// Writes the table; returns the cell of each score.
fn write(layout: &Layout) -> (Vec<u8>, BTreeMap<String, (String, f64)>) {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for row in 0..layout.title_rows {
        let title = ["ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567", "เทศบาลตำบลตัวอย่าง", "หมายเหตุ: ข้อมูล ณ วันประกาศผล"];
        sheet.write(row, layout.first_column, title[row as usize % 3]).unwrap();
    }
    let mut columns: Vec<Option<Distractor>> = layout.before.iter().copied().map(Some).collect();
    let code_at = columns.len();
    columns.extend(layout.between.iter().copied().map(Some));
    let score_at = columns.len();
    columns.push(None);
    columns.extend(layout.after.iter().copied().map(Some));
    // the codes take a column of their own before what stands between them and the scores
    let column = |index: usize| layout.first_column + index as u16 + u16::from(index >= code_at);
    let code_column = layout.first_column + code_at as u16;
    let mut row = layout.title_rows;
    if layout.headers > 0 {
        let thai = layout.headers == 1;
        sheet.write(row, code_column, if thai { "ข้อคำถาม" } else { "Question" }).unwrap();
        for (index, kind) in columns.iter().enumerate() {
            sheet.write(row, column(index), header(*kind, thai)).unwrap();
        }
        row += 1;
    }
    let mut expected = BTreeMap::new();
    for ((n, code), hundredths) in (0u32..).zip(codes()).zip(&layout.scores) {
        sheet.write(row, code_column, spelled(&code, layout.spelling)).unwrap();
        let score = f64::from(*hundredths) / 100.0;
        for (index, kind) in columns.iter().enumerate() {
            match kind {
                Some(kind) => sheet.write(row, column(index), distraction(*kind, n, &code)).unwrap(),
                None if layout.as_text => sheet.write(row, column(index), format!("{score:.2}")).unwrap(),
                None => sheet.write(row, column(index), score).unwrap(),
            };
        }
        let cell = rust_xlsxwriter::utility::row_col_to_cell(row, column(score_at));
        expected.insert(code, (format!("Sheet1!{cell}"), score));
        row += 1;
    }
    (workbook.save_to_buffer().unwrap(), expected)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_score_is_found_with_its_cell(layout in layout()) {
        let (bytes, expected) = write(&layout);
        let document = one_of_bytes(&bytes);
        let questions = document["questions"].as_array().unwrap();
        prop_assert_eq!(questions.len(), 59);
        for question in questions {
            let (cell, score) = &expected[question["code"].as_str().unwrap()];
            prop_assert_eq!(question["score"].as_f64(), Some(*score), "{}", question);
            prop_assert_eq!(question["score_cell"].as_str(), Some(cell.as_str()), "{}", question);
        }
    }
}
