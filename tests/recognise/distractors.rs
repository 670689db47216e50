//! Columns, rows and sheets of numbers that are no scores, of every kind that offices have, around a column of scores.

use std::collections::BTreeMap;

use proptest::prelude::*;
use rust_xlsxwriter::{Workbook, Worksheet};

use crate::support::reports::reports;
use crate::support::table::codes;

/// What a column's numbers look like.
#[derive(Debug, Clone, Copy)]
enum Numbers {
    /// Numbers as scores are.
    LikeScores,
    /// One number again and again.
    Same(f64),
    /// Small numbers that grow.
    Counting,
    /// Large ones.
    Amounts,
    /// Changes from another score, of both signs.
    Changes,
}

/// Headers of columns that are no scores of this result, Thai and English.
const KINDS: [(&str, &str, Numbers); 24] = [
    ("ลำดับที่", "No.", Numbers::Counting),
    ("หน้า", "Page", Numbers::Counting),
    ("อันดับ", "Rank", Numbers::Counting),
    ("น้ำหนัก", "Weight", Numbers::Same(30.0)),
    ("คะแนนเต็ม", "Full marks", Numbers::Same(100.0)),
    ("ค่าเป้าหมาย", "Target", Numbers::Same(95.0)),
    ("เป้าหมายปี 2568", "Target 2568", Numbers::LikeScores),
    ("เกณฑ์", "Pass mark", Numbers::Same(85.0)),
    ("จำนวนผู้ตอบ", "Respondents", Numbers::Counting),
    ("งบประมาณ (บาท)", "Budget (baht)", Numbers::Amounts),
    ("ความก้าวหน้า (ร้อยละ)", "Progress (%)", Numbers::LikeScores),
    ("ผลต่าง", "Change", Numbers::Changes),
    ("คะแนนปี 2566", "Score 2566", Numbers::LikeScores),
    ("ปีที่ผ่านมา", "Last year", Numbers::LikeScores),
    ("ค่าเฉลี่ยประเทศ", "National mean", Numbers::LikeScores),
    ("ค่าเฉลี่ยจังหวัด", "Province mean", Numbers::LikeScores),
    ("คะแนนประเมินตนเอง", "Self-assessment", Numbers::LikeScores),
    ("คะแนนคาดการณ์", "Forecast", Numbers::LikeScores),
    ("คะแนนก่อนอุทธรณ์", "Score before appeal", Numbers::LikeScores),
    ("คะแนนร่าง", "Draft score", Numbers::LikeScores),
    ("ร้อยละผู้ตอบมากที่สุด", "Share of answers", Numbers::LikeScores),
    ("ส่วนเบี่ยงเบนมาตรฐาน", "Standard deviation", Numbers::Counting),
    ("คะแนนสูงสุด", "Highest", Numbers::LikeScores),
    ("คะแนนต่ำสุด", "Lowest", Numbers::LikeScores),
];

/// Headers of the column of scores.
const SCORES: [(&str, &str); 4] =
    [("คะแนน", "Score"), ("คะแนนที่ได้", "Score obtained"), ("ผลคะแนน", "Scores"), ("คะแนน ITA ปี 2567", "ITA score 2567")];

#[derive(Debug, Clone)]
struct Table {
    thai: bool,
    headers: bool,
    named: usize,
    before: Vec<usize>,
    after: Vec<usize>,
    /// Rows of means between the instruments.
    mean_rows: bool,
    /// A sheet of last year before this one, behind it, or none.
    other_sheet: u8,
    scores: Vec<u32>,
    noise: u32,
}

prop_compose! {
    fn table()(
        thai in any::<bool>(),
        headers in prop::bool::weighted(0.85),
        named in 0usize..SCORES.len(),
        before in prop::collection::vec(0usize..KINDS.len(), 0..4),
        after in prop::collection::vec(0usize..KINDS.len(), 0..4),
        mean_rows in any::<bool>(),
        other_sheet in 0u8..3,
        survey in prop::collection::vec(2000u32..=9900, 24),
        published in prop::collection::vec(prop_oneof![3 => Just(10000u32), 1 => Just(0), 1 => Just(5000)], 35),
        noise in any::<u32>(),
    ) -> Table {
        // The surveys of an agency never have one score only.
        let survey = survey.into_iter().zip(0u32..).map(|(score, index)| score - index * 37 % 450);
        let scores = survey.chain(published).collect();
        Table { thai, headers, named, before, after, mean_rows, other_sheet, scores, noise }
    }
}

fn number(numbers: Numbers, column: usize, row: u32, noise: u32) -> f64 {
    let random = (row + 1).wrapping_mul(2_654_435_761).wrapping_add(noise).wrapping_add(column as u32 * 97) % 6_000;
    let like = 40.0 + f64::from(random) / 100.0;
    match numbers {
        Numbers::LikeScores => like,
        Numbers::Same(number) => number,
        Numbers::Counting => f64::from(row + 1),
        Numbers::Amounts => f64::from(random) * 1_000.0,
        Numbers::Changes => (like - 70.0).round() / 4.0,
    }
}

fn fill(sheet: &mut Worksheet, table: &Table, title: &str, score: impl Fn(usize) -> f64) {
    let pick = |pair: (&'static str, &'static str)| if table.thai { pair.0 } else { pair.1 };
    sheet.write(0, 0, title).unwrap().write(1, 0, "เทศบาลตำบลตัวอย่าง").unwrap();
    let columns: Vec<Option<usize>> =
        table.before.iter().copied().map(Some).chain([None]).chain(table.after.iter().copied().map(Some)).collect();
    let mut row = 2;
    if table.headers {
        sheet.write(row, 0, if table.thai { "ข้อคำถาม" } else { "Question" }).unwrap();
        for (at, column) in (1u16..).zip(&columns) {
            let header = column.map_or(pick(SCORES[table.named]), |kind| pick((KINDS[kind].0, KINDS[kind].1)));
            sheet.write(row, at, header).unwrap();
        }
        row += 1;
    }
    for (index, code) in codes().enumerate() {
        if table.mean_rows && [15, 24].contains(&index) {
            sheet.write(row, 0, "ค่าเฉลี่ย").unwrap();
            for at in 1..=columns.len() {
                sheet.write(row, at as u16, 77.77).unwrap();
            }
            row += 1;
        }
        sheet.write(row, 0, &code).unwrap();
        for (at, column) in (1u16..).zip(&columns) {
            let shown = match column {
                None => score(index),
                Some(kind) => number(KINDS[*kind].2, usize::from(at), index as u32, table.noise),
            };
            sheet.write(row, at, shown).unwrap();
        }
        row += 1;
    }
}

fn workbook(table: &Table) -> (Vec<u8>, BTreeMap<String, f64>) {
    let mut workbook = Workbook::new();
    let last_year = |workbook: &mut Workbook| {
        let sheet = workbook.add_worksheet().set_name("ปี 2566").unwrap();
        fill(sheet, table, "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2566", |index| 50.0 + index as f64 / 4.0);
    };
    if table.other_sheet == 1 {
        last_year(&mut workbook);
    }
    let score = |index: usize| f64::from(table.scores[index]) / 100.0;
    let sheet = workbook.add_worksheet().set_name("ปี 2567").unwrap();
    fill(sheet, table, "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567", score);
    if table.other_sheet == 2 {
        last_year(&mut workbook);
    }
    let expected = codes().enumerate().map(|(index, code)| (code, score(index))).collect();
    (workbook.save_to_buffer().unwrap(), expected)
}

/// How many tables are made: some hundreds, or as many as `ITASHEET_TABLES` says.
fn tables() -> u32 {
    std::env::var("ITASHEET_TABLES").ok().and_then(|text| text.parse().ok()).unwrap_or(256)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: tables(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_number_of_another_kind_is_ever_a_score(table in table()) {
        let (bytes, expected) = workbook(&table);
        let mut config = itasheet::Config::default();
        config.hints.year = Some(2567);
        let report = match reports(&bytes, &config) {
            Ok(mut reports) => reports.remove(0).ok(),
            Err(_) => None,
        };
        let answers = report.as_ref().map(|report| &report.submission.answers);
        for (code, score) in expected {
            let code: itasheet::framework::QuestionCode = code.parse().unwrap();
            let found = answers.and_then(|answers| answers.get(&code)?.score);
            let found = found.map(|found| found.to_string().parse::<f64>().unwrap());
            // A column that says of what it is is found; without any words there may be no score, but never a wrong one.
            let right = found == Some(score) || (found.is_none() && !table.headers);
            prop_assert!(right, "{code}: {found:?} for {score}");
        }
    }
}
