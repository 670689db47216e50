//! The table of indicators: its rows, the column of their scores, and its foot.

use crate::recognise::sheet::header::Headers;
use crate::recognise::sheet::labels::RANGE;
use crate::recognise::sheet::labels::indicator_of;
use rust_decimal::Decimal;

use crate::finding::{Finding, FindingCode};
use crate::framework::{Framework, Instrument};
use crate::read::{CellRef, Sheet};
use crate::recognise::cell::score;
use crate::recognise::cell::score::Reading;

use crate::recognise::questions::candidate::{Candidate, Row};
use crate::recognise::questions::column;

use crate::recognise::sheet::header;
use crate::recognise::sheet::header_rules;
use crate::recognise::sheet::owner;
use crate::recognise::submission::{Fact, FactChoice, Given, Submission};

/// How many rows below a table of indicators still belong to it: instruments and the total.
pub(in crate::recognise) const FOOT_ROWS: u32 = 6;

/// The weight of a header up to which its column holds no scores of one's own.
const NO_SCORES: i32 = -50;

/// An indicator's row.
pub(in crate::recognise) struct IndicatorRow {
    number: u8,
    instrument: Instrument,
    at: CellRef,
}

/// A table of indicators: its rows and the column with their scores.
pub(in crate::recognise) struct IndicatorTable<'a> {
    pub sheet: &'a Sheet,
    pub rows: Vec<IndicatorRow>,
    pub column: u32,
    /// Another column that could be that of the scores as well.
    pub undecided: Option<u32>,
    /// Every column of numbers beside the indicators, with the reasons for and against it.
    choices: Vec<FactChoice>,
    foot: Foot,
}

/// The rows below a table of indicators up to the next header.
struct Foot {
    first: u32,
    /// Up to here there is no empty row: these belong to the table.
    joined: u32,
    /// Up to here rows may belong to it: those that have a number in its column.
    last: u32,
}

impl Foot {
    fn below(sheet: &Sheet, last: u32) -> Self {
        let rows = || (last + 1..=last + FOOT_ROWS).take_while(|row| !header::is_header(sheet.row(*row)));
        let joined = rows().take_while(|row| !sheet.row(*row).is_empty()).last();
        Self { first: last + 1, joined: joined.unwrap_or(last), last: rows().last().unwrap_or(last) }
    }
}

/// The table of indicators of a sheet, outside the rows of questions.
pub(in crate::recognise) fn indicator_table<'a>(
    sheet: &'a Sheet,
    framework: &Framework,
    year: Option<u16>,
    in_table: impl Fn(u32) -> bool,
) -> Option<IndicatorTable<'a>> {
    let mut rows: Vec<IndicatorRow> = Vec::new();
    for cell in sheet.cells().iter().filter(|cell| !cell.value.text().is_empty() && !in_table(cell.at.row)) {
        let Some(indicator) = indicator_of(cell.value.text(), framework) else { continue };
        if rows.iter().all(|row| row.number != indicator) {
            let instrument = framework
                .indicators
                .iter()
                .find(|candidate| candidate.number == indicator)
                .map(|candidate| candidate.instrument);
            rows.extend(instrument.map(|instrument| IndicatorRow { number: indicator, instrument, at: cell.at }));
        }
    }
    let plain: Vec<Row> = rows.iter().map(|row| Row { row: row.at.row, instrument: row.instrument }).collect();
    let key_column = rows.first()?.at.column;
    // A column that repeats the indicators' own numbers is none of scores, even where there is no other.
    let only_numbers = |column: u32| {
        let number = |row: &IndicatorRow| score::number(&sheet.get(CellRef::new(row.at.row, column))?.value);
        rows.iter().all(|row| number(row).is_none_or(|number| number == Decimal::from(row.number)))
    };
    // Nor is one whose header says that it is something else, as a computed mean: then none is published.
    let is_other = |candidate: &Candidate| {
        // In a wide table an agency's name heads its figures.
        let named = candidate.header.as_deref().is_some_and(owner::names_agency);
        let bare = candidate.other == Some(header_rules::numbers("no-header"));
        (candidate.other.is_some() && !(named && bare))
            || candidate.header.as_deref().is_some_and(|header| header::header_weight(header, year) <= NO_SCORES)
    };
    let all = column::candidates(sheet, &plain, key_column, year, |_| true);
    let may_be = |candidate: &&Candidate| !only_numbers(candidate.column) && !is_other(candidate);
    let candidates: Vec<Candidate> = all.iter().filter(may_be).cloned().collect();
    let undecided = candidates.split_first().and_then(|(chosen, others)| {
        let differs = |c: &&Candidate| column::differ(sheet, &plain, c.column, chosen.column);
        others.iter().filter(differs).find(|c| chosen.is_undecided_with(c)).map(|c| c.column)
    });
    let scored = candidates.first().map(|candidate| candidate.column);
    let column = scored.or_else(|| blank_column(sheet, &plain, year))?;
    let last = rows.iter().map(|key| key.at.row).max()?;
    let first = column::first_row(&plain);
    let taken = scored.filter(|_| undecided.is_none());
    let choices = all.iter().map(|candidate| choice(candidate, sheet, first, taken)).collect();
    Some(IndicatorTable { sheet, rows, column, undecided, choices, foot: Foot::below(sheet, last) })
}

/// A column as it is kept and shown: by its header, or by its letter.
fn choice(candidate: &Candidate, sheet: &Sheet, first: u32, taken: Option<u32>) -> FactChoice {
    let place = sheet.place(CellRef::new(first, candidate.column));
    let value = candidate.header.clone().unwrap_or_else(|| place.cell.to_string());
    FactChoice {
        of: Fact::Indicators,
        value,
        place,
        points: candidate.weight,
        evidence: candidate.evidence.clone(),
        taken: taken == Some(candidate.column),
    }
}

/// A column without numbers under the header of published scores: none has been published yet.
fn blank_column(sheet: &Sheet, rows: &[Row], year: Option<u16>) -> Option<u32> {
    let header = rows.first()?.row.checked_sub(1)?;
    let blank = |column: u32| rows.iter().all(|row| sheet.get(CellRef::new(row.row, column)).is_none());
    let mut columns = sheet.row(header).iter().map(|cell| cell.at.column).filter(|column| blank(*column));
    let (headers, first) = (Headers::new(sheet), column::first_row(rows));
    columns.find(|column| headers.over(first, *column).is_some_and(|header| header::header_weight(&header, year) > 0))
}

impl IndicatorTable<'_> {
    /// Whether a row is an indicator's.
    pub fn has(&self, row: u32) -> bool {
        self.rows.iter().any(|key| key.at.row == row)
    }

    /// Whether a row sums the table up, in the column of its scores.
    pub fn has_at_its_foot(&self, row: u32) -> bool {
        let scored = || self.sheet.get(CellRef::new(row, self.column)).is_some_and(header::is_number);
        let foot = &self.foot;
        (foot.first..=foot.joined).contains(&row) || ((foot.first..=foot.last).contains(&row) && scored())
    }
}

/// Takes over the scores of a table of indicators.
pub(in crate::recognise) fn indicators(table: &IndicatorTable<'_>, into: &mut Submission) {
    into.choices.extend(table.choices.iter().cloned());
    if let (Some(other), Some(first)) = (table.undecided, table.rows.first()) {
        let place = |column| table.sheet.place(CellRef::new(first.at.row, column));
        let finding = Finding::new(FindingCode::FigureUndecided, "ตัวชี้วัด").at([place(table.column), place(other)]);
        into.findings.push(finding.found(place(table.column)).expected(place(other).to_string()));
        return;
    }
    for row in &table.rows {
        let at = CellRef::new(row.at.row, table.column);
        let Some(cell) = table.sheet.get(at) else { continue };
        let place = table.sheet.place(at);
        match score::read_score(&cell.value) {
            Reading::Number(score) if score::in_range(score) => {
                into.published.indicators.insert(row.number, Given::in_cell(score, place));
            }
            Reading::None => {}
            _ => {
                let finding = Finding::new(FindingCode::IndicatorUnreadable, format!("ตัวชี้วัดที่ {}", row.number));
                into.findings.push(finding.at([place]).found(&cell.value).expected(RANGE));
            }
        }
    }
}
