//! A workbook of a version that kept no record: texts are found by the heads of their columns, and all are the officer's.

use crate::domain::thai;
use crate::edits::grid::Grid;
use crate::edits::{AnalysisLine, Edits, IssueLines, ItemText, MeasureLines};
use crate::framework::QuestionCode;
use crate::plan::items::{Followed, Outcome};
use crate::read::{CellRef, Sheet};

/// What begins the line about what a measure answers.
const ANSWERS: &str = "ตอบข้อ";

/// Columns that are found by their heads, from 0.
struct Heads {
    row: u32,
    columns: Vec<(String, u32)>,
}

impl Heads {
    /// The first row that has all of some heads.
    fn find(sheet: &Sheet, wanted: &[&str]) -> Option<Self> {
        sheet.rows().find_map(|cells| {
            let columns: Vec<(String, u32)> =
                cells.iter().map(|cell| (thai::key(cell.value.text()), cell.at.column)).collect();
            let has = |head: &&str| columns.iter().any(|(text, _)| text.starts_with(&thai::key(head)));
            let row = cells.first()?.at.row;
            wanted.iter().all(has).then_some(Self { row, columns })
        })
    }

    fn column(&self, head: &str) -> Option<u32> {
        let key = thai::key(head);
        self.columns.iter().find(|(text, _)| text.starts_with(&key)).map(|(_, column)| *column)
    }
}

/// Reads the texts that have a place in a workbook of today.
pub(super) fn read(analysis: Option<&Sheet>, plan: Option<&Sheet>, follow_up: Option<&Sheet>, edits: &mut Edits) {
    if let Some(sheet) = analysis {
        read_analysis(sheet, edits);
    }
    if let Some(sheet) = plan {
        read_plan(sheet, edits);
    }
    if let Some(sheet) = follow_up {
        read_follow_up(sheet, edits);
    }
}

/// The rows below the heads, from top to bottom.
fn rows_below(sheet: &Sheet, heads: &Heads) -> Vec<u32> {
    sheet.rows().filter_map(|cells| cells.first().map(|cell| cell.at.row)).filter(|row| *row > heads.row).collect()
}

/// A text stands beside the first of the questions that it is about.
fn read_analysis(sheet: &Sheet, edits: &mut Edits) {
    let Some(heads) = Heads::find(sheet, &["ข้อคำถาม", "ข้อบกพร่อง"]) else {
        return;
    };
    let (Some(question), Some(text)) = (heads.column("ข้อคำถาม"), heads.column("ข้อบกพร่อง"))
    else {
        return;
    };
    let grid = Grid::without_keys(sheet);
    let mut issue = 0;
    for row in rows_below(sheet, &heads) {
        let first = thai::arabic_digits(&grid.text(row, 0));
        if let Some(rest) = first.trim().strip_prefix("ประเด็นที่") {
            issue = number_of(rest).unwrap_or(issue);
            continue;
        }
        let (subject, said) = (grid.text(row, question), grid.text(row, text));
        let code = subject.split_whitespace().find_map(|word| word.parse::<QuestionCode>().ok());
        if said.trim().is_empty() {
            // One text stands for several questions.
            let block = edits.analysis.last_mut().filter(|line| line.issue == issue).map(|line| &mut line.block);
            block.into_iter().for_each(|block| block.extend(code));
            continue;
        }
        let Some(code) = code else {
            edits.left.texts.push(sheet.place(CellRef::new(row, text)));
            continue;
        };
        let blank = || grid.cell(row, u32::MAX);
        let cells = [blank(), blank(), blank(), blank(), blank(), grid.cell(row, text)];
        edits.analysis.push(AnalysisLine {
            issue,
            key: Some(format!("A/{issue}/{code}")),
            cells,
            review: true,
            block: vec![code],
        });
    }
}

/// A row has the issue, its measure with what it answers, all steps, the period and the units.
fn read_plan(sheet: &Sheet, edits: &mut Edits) {
    let Some(heads) = Heads::find(sheet, &["มาตรการ", "ขั้นตอน"]) else { return };
    let (Some(title), Some(steps)) = (heads.column("มาตรการ"), heads.column("ขั้นตอน"))
    else {
        return;
    };
    let grid = Grid::without_keys(sheet);
    let mut issue = 0;
    for row in rows_below(sheet, &heads) {
        issue = number_of(&thai::arabic_digits(&grid.text(row, 0))).unwrap_or(issue);
        let measure = grid.text(row, title);
        if measure.trim().is_empty() {
            // The lines to sign on, which are empty unless somebody has written into them.
            let texts = [0, title, steps].map(|column| grid.text(row, column));
            if !texts.iter().all(|text| text.trim().is_empty() || text.contains("....")) {
                edits.left.texts.push(sheet.place(CellRef::new(row, 0)));
            }
            continue;
        }
        let items = |column: Option<u32>| -> Vec<ItemText> {
            let Some(column) = column else { return Vec::new() };
            let cell = grid.cell(row, column);
            let lines = cell.text.lines().map(str::trim).filter(|line| !line.is_empty());
            // What a measure answers is found anew.
            let own = lines.filter(|line| !line.starts_with(ANSWERS));
            own.map(|line| ItemText {
                key: None,
                cell: crate::edits::CellText { text: line.to_owned(), ..cell.clone() },
            })
            .collect()
        };
        let mut lines = items(Some(title));
        if let Some(first) = lines.first_mut() {
            first.cell.text = without_measure_number(&first.cell.text).to_owned();
        }
        let index = edits.plan.iter().find(|lines| lines.issue == issue).map_or(0, |lines| lines.measures.len());
        let entry = MeasureLines {
            number: format!("{issue}.{}", index + 1),
            lines,
            steps: items(Some(steps)),
            units: items(heads.column("ผู้รับผิดชอบ")),
            answers: answers_of(&measure),
            period: heads.column("ระยะเวลา").map(|column| grid.cell(row, column)),
            place: Some(sheet.place(CellRef::new(row, title))),
            ..MeasureLines::default()
        };
        match edits.plan.iter_mut().find(|lines| lines.issue == issue) {
            Some(lines) => lines.measures.push(entry),
            None => edits.plan.push(IssueLines { issue, measures: vec![entry], ..IssueLines::default() }),
        }
    }
}

/// The questions that a measure says it answers.
fn answers_of(measure: &str) -> Vec<QuestionCode> {
    let words = measure.lines().filter(|line| line.trim().starts_with(ANSWERS)).flat_map(str::split_whitespace);
    words.filter_map(|word| word.trim_matches(',').parse().ok()).collect()
}

/// What was filled in belongs to the measure of the same issue and place.
fn read_follow_up(sheet: &Sheet, edits: &mut Edits) {
    let Some(heads) = Heads::find(sheet, &["มาตรการ", "ผลการดำเนินงาน"])
    else {
        return;
    };
    let Some(title) = heads.column("มาตรการ") else { return };
    let grid = Grid::without_keys(sheet);
    let (mut issue, mut index) = (0, 0);
    for row in rows_below(sheet, &heads) {
        let first = thai::arabic_digits(&grid.text(row, 0));
        if first.starts_with("ประเด็นที่") {
            // The totals.
            break;
        }
        match number_of(&first).filter(|number| *number != issue) {
            Some(number) => (issue, index) = (number, 0),
            None => index += 1,
        }
        let names = ["ผลการดำเนินงาน", "สถานะ", "ร้อยละ", "ปัญหา", "วันที่รายงาน", "หลักฐาน"];
        let text = |name: &str| heads.column(name).map(|column| crate::edits::tidy(&grid.text(row, column)));
        let outcome = Outcome::of_cells(names.map(|name| text(name).unwrap_or_default()));
        if outcome.is_empty() {
            continue;
        }
        // The rows for measures without a key are counted from the first.
        let mut places = edits.plan.iter().flat_map(|lines| (0..lines.measures.len()).map(|at| (lines.issue, at)));
        if let Some(place) = places.position(|place| place == (issue, index)) {
            edits.outcomes.insert(format!("F/added/{}", place + 1), outcome);
        } else {
            let whole = grid.text(row, title);
            let title = without_measure_number(whole.lines().next().unwrap_or_default()).to_owned();
            edits.followed.push(Followed { issue, number: String::new(), title, outcome });
        }
    }
}

/// The number that a text begins with.
fn number_of(text: &str) -> Option<u8> {
    let digits: String = text.trim().chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// A measure's title without its number, such as `1.2`.
fn without_measure_number(text: &str) -> &str {
    match text.split_once(char::is_whitespace) {
        Some((number, rest)) if crate::edits::steps::is_number(number) => rest.trim_start(),
        _ => text,
    }
}
