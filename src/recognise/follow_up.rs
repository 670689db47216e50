//! The follow-up that somebody has filled in, read back from a workbook of this program: what was reported of each measure.

use rust_decimal::Decimal;

use crate::domain::cell_ref::CellRef;
use crate::domain::sheet_names::FOLLOW_UP;
use crate::domain::thai;
use crate::error::Cause;
use crate::read::{Book, Day, Sheet, Value};

/// Columns of the sheet, from 0.
mod at {
    pub const NUMBER: u32 = 0;
    pub const MEASURE: u32 = 1;
    pub const RESULT: u32 = 2;
    pub const STATE: u32 = 3;
    pub const PERCENT: u32 = 4;
    pub const PROBLEM: u32 = 5;
    pub const DATE: u32 = 6;
    pub const EVIDENCE: u32 = 7;
}

/// The rows of the sheet's title, place and heads.
const HEAD_ROWS: u32 = 3;

/// What was reported of the measures of a plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FollowUp {
    /// The issues of the plan that have measures, and at the end what was added by hand, in the order of the sheet.
    pub issues: Vec<FollowedIssue>,
}

/// The measures of an issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowedIssue {
    /// What stands over them.
    pub heading: String,
    /// The measures, at least one.
    pub measures: Vec<FollowedMeasure>,
}

/// A measure and what has come of it; what nobody has filled in is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowedMeasure {
    /// Its number in the plan, such as `1.2`.
    pub number: String,
    /// Its title.
    pub title: String,
    /// What was done.
    pub result: String,
    /// How far it has come, as the sheet's list has it.
    pub state: String,
    /// The same out of 100.
    pub percent: Option<Decimal>,
    /// What stood in the way.
    pub problem: String,
    /// When it was reported.
    pub date: ReportDate,
    /// Where it can be seen.
    pub evidence: String,
}

/// A date that was typed in: one that the spreadsheet knows as such, or words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReportDate {
    /// A day of the calendar.
    Day(Day),
    /// Anything else; may be empty.
    Text(String),
}

impl FollowUp {
    /// Reads the sheet of a workbook that this program wrote.
    ///
    /// # Errors
    /// When there is no such sheet, or nobody has filled in anything.
    pub fn of_book(book: &Book) -> Result<Self, Cause> {
        let sheet = book.sheets.iter().find(|sheet| *sheet.name == *FOLLOW_UP);
        let follow_up = sheet.map(Self::of_sheet).unwrap_or_default();
        if follow_up.measures().any(FollowedMeasure::is_filled) { Ok(follow_up) } else { Err(Cause::NoFollowUp) }
    }

    /// All measures, in the order of the sheet.
    pub fn measures(&self) -> impl Iterator<Item = &FollowedMeasure> {
        self.issues.iter().flat_map(|issue| &issue.measures)
    }

    fn of_sheet(sheet: &Sheet) -> Self {
        let mut issues: Vec<FollowedIssue> = Vec::new();
        for row in sheet.rows().filter_map(|row| row.first()).map(|cell| cell.at.row).filter(|row| *row >= HEAD_ROWS) {
            let text = |column| text(sheet, row, column);
            let (number, title) = (text(at::NUMBER), text(at::MEASURE));
            match (is_of_measure(&number), title.is_empty()) {
                (true, no_title) => {
                    let Some(issue) = issues.last_mut() else { continue };
                    let measure = measure(sheet, row, number, title);
                    // A program that computes no formulas leaves titles blank.
                    if !no_title || measure.is_filled() {
                        issue.measures.push(measure);
                    }
                }
                // Totals stand behind all measures, and have no words in the first column.
                (false, true) if !number.is_empty() => {
                    issues.push(FollowedIssue { heading: number, measures: Vec::new() });
                }
                _ => {}
            }
        }
        issues.retain(|issue| !issue.measures.is_empty());
        Self { issues }
    }
}

impl FollowedMeasure {
    /// Whether somebody has reported anything of it.
    pub fn is_filled(&self) -> bool {
        let texts = [&self.result, &self.state, &self.problem, &self.evidence];
        let dated = self.date != ReportDate::Text(String::new());
        dated || self.percent.is_some() || texts.iter().any(|text| !text.is_empty())
    }
}

fn measure(sheet: &Sheet, row: u32, number: String, title: String) -> FollowedMeasure {
    let text = |column| text(sheet, row, column);
    let date = match value(sheet, row, at::DATE) {
        Some(Value::Date(Some(day))) => ReportDate::Day(*day),
        _ => ReportDate::Text(text(at::DATE)),
    };
    let percent = match value(sheet, row, at::PERCENT) {
        Some(Value::Number { value, percent: false }) => Some(*value),
        Some(Value::Number { value, percent: true }) => value.checked_mul(Decimal::ONE_HUNDRED),
        _ => thai::arabic_digits(text(at::PERCENT).trim_end_matches('%').trim()).parse().ok(),
    };
    let [result, state, problem, evidence] = [at::RESULT, at::STATE, at::PROBLEM, at::EVIDENCE].map(text);
    FollowedMeasure { number, title, result, state, percent, problem, date, evidence }
}

fn value(sheet: &Sheet, row: u32, column: u32) -> Option<&Value> {
    sheet.get(CellRef::new(row, column)).map(|cell| &cell.value)
}

fn text(sheet: &Sheet, row: u32, column: u32) -> String {
    match value(sheet, row, column) {
        None | Some(Value::Date(None) | Value::Error(_) | Value::Formula) => String::new(),
        Some(value) => value.to_string().trim().to_owned(),
    }
}

/// Whether a text is the number of a measure: two numbers with a point between.
fn is_of_measure(text: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    thai::arabic_digits(text).split_once('.').is_some_and(|(issue, measure)| is_number(issue) && is_number(measure))
}
