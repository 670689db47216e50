//! Columns of codes that only mention questions, beside the one whose scores stand there: in remarks, or of another year.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::domain::thai;
use crate::finding::{Finding, FindingCode, Place};
use crate::framework::{Framework, QuestionCode};
use crate::read::{CellRef, Sheet};
use crate::recognise::cell::{score, year};
use crate::recognise::sheet::code_cells::CodeCell;
use crate::recognise::sheet::header;
use crate::recognise::sheet::header::Headers;
use crate::recognise::words::words;

/// Leaves out columns of codes that share one column of scores with another, where more speaks for that one; what was left
/// out is said. Gives the codes of columns of which nothing tells whose the scores are.
pub(in crate::recognise) fn leave_out(
    sheet: &Sheet,
    columns: &mut Vec<Vec<CodeCell>>,
    year: Option<u16>,
    findings: &mut Vec<Finding>,
) -> Vec<Place> {
    if columns.len() < 2 {
        return Vec::new();
    }
    let lines: Vec<CodeLine> = columns.iter().filter_map(|codes| CodeLine::new(sheet, codes, year)).collect();
    let numbers = Numbers::new(sheet, &lines);
    let mut left_out: BTreeSet<u32> = BTreeSet::new();
    let mut undecided: Vec<Place> = Vec::new();
    for (left, right) in lines.iter().zip(lines.iter().skip(1)) {
        let Some(differ) = numbers.shared(left, right) else { continue };
        let (kept, other) = match left.points().cmp(&right.points()) {
            Ordering::Less => (right, left),
            Ordering::Greater => (left, right),
            Ordering::Equal if differ => {
                undecided.extend([left, right].into_iter().flat_map(|line| line.places(sheet)));
                findings.push(told(sheet, left, right, FindingCode::CodesUndecided));
                continue;
            }
            Ordering::Equal => continue,
        };
        left_out.insert(other.column);
        if differ {
            findings.push(told(sheet, kept, other, FindingCode::CodesBeside));
        }
    }
    columns.retain(|codes| codes.first().is_none_or(|cell| !left_out.contains(&cell.at.column)));
    undecided
}

/// The finding on two columns of codes: the first is used.
fn told(sheet: &Sheet, first: &CodeLine, second: &CodeLine, code: FindingCode) -> Finding {
    let [first, second] = [first, second].map(|line| sheet.place(CellRef::new(line.first, line.column)));
    Finding::new(code, "").found(&first).expected(&second).at([first, second])
}

/// A column of codes and what it says for being that of the questions.
struct CodeLine {
    column: u32,
    /// The row of its first code.
    first: u32,
    codes: BTreeMap<u32, QuestionCode>,
    /// Whether it has the questions of the year, or of some year where none is named, and no others.
    complete: bool,
    /// Whether its header speaks of remarks, of other questions or of another year.
    aside: bool,
}

impl CodeLine {
    fn new(sheet: &Sheet, cells: &[CodeCell], year: Option<u16>) -> Option<Self> {
        let at = cells.first()?.at;
        let distinct: BTreeSet<QuestionCode> = cells.iter().map(|cell| cell.found.code).collect();
        let is_all = |framework: &Framework| {
            framework.questions.len() == distinct.len()
                && framework.questions.keys().all(|code| distinct.contains(code))
        };
        let of_year = year.and_then(Framework::built_in);
        let complete =
            of_year.map_or_else(|| Framework::all_built_in().any(|framework| is_all(framework)), |own| is_all(own));
        let header = Headers::new(sheet).over(at.row, at.column);
        let is_aside = |header: &str| {
            let other_year = year::of_header(header).zip(year).is_some_and(|(named, wanted)| named != wanted);
            let key = thai::key(header);
            other_year
                || header::names_remarks(header)
                || words().headers_of_mentions.iter().any(|word| key.contains(word))
        };
        Some(Self {
            column: at.column,
            first: at.row,
            codes: cells.iter().map(|cell| (cell.at.row, cell.found.code)).collect(),
            complete,
            aside: header.as_deref().is_some_and(is_aside),
        })
    }

    fn places(&self, sheet: &Sheet) -> impl Iterator<Item = Place> {
        self.codes.keys().map(|row| sheet.place(CellRef::new(*row, self.column)))
    }

    /// How much speaks for it, by what weighs most: its header, its questions, how many they are.
    fn points(&self) -> (bool, bool, usize) {
        (!self.aside, self.complete, self.codes.len())
    }
}

/// The numbers between and behind columns of codes.
struct Numbers<'a> {
    sheet: &'a Sheet,
    /// The columns of codes, in order.
    columns: BTreeSet<u32>,
}

impl<'a> Numbers<'a> {
    fn new(sheet: &'a Sheet, lines: &[CodeLine]) -> Self {
        Self { sheet, columns: lines.iter().map(|line| line.column).collect() }
    }

    /// How many rows of a line have scores between two columns, which are no running numbers.
    fn count(&self, line: &CodeLine, from: u32, to: u32) -> usize {
        let mut of_column: BTreeMap<u32, Vec<Decimal>> = BTreeMap::new();
        for row in line.codes.keys() {
            for cell in self.sheet.cells_in(*row, from..to) {
                let number = score::number(&cell.value).filter(|number| score::in_range(*number));
                if let Some(number) = number {
                    of_column.entry(cell.at.column).or_default().push(number);
                }
            }
        }
        let counts = |numbers: &Vec<Decimal>| {
            let whole = numbers.iter().all(|number| number.fract().is_zero());
            whole && numbers.windows(2).all(|pair| matches!(pair, [a, b] if *a + Decimal::ONE == *b))
        };
        let scores = of_column.into_values().filter(|numbers| numbers.len() < 2 || !counts(numbers));
        scores.map(|numbers| numbers.len()).max().unwrap_or_default()
    }

    /// Whether two columns of codes, one next to the other, have one column of scores for both; then, whether their codes
    /// differ.
    fn shared(&self, left: &CodeLine, right: &CodeLine) -> Option<bool> {
        let (fewer, more) = if left.codes.len() < right.codes.len() { (left, right) } else { (right, left) };
        let beside = fewer.codes.keys().filter(|row| more.codes.contains_key(row)).count();
        if beside * 10 < fewer.codes.len() * 9 {
            return None;
        }
        let same = fewer.codes.iter().filter(|(row, code)| more.codes.get(row) == Some(code)).count();
        let differ = same * 2 < fewer.codes.len();
        let next = self.columns.range(right.column + 1..).next().copied().unwrap_or(u32::MAX);
        let previous = self.columns.range(..left.column).next_back().map_or(0, |column| column + 1);
        let between = self.count(more, left.column + 1, right.column);
        let behind = self.count(right, right.column + 1, next);
        let before = self.count(left, previous, left.column);
        match (before, between, behind) {
            // Scores that both stand before: one of the columns is a copy, or a title that begins with its code.
            (_, 0, behind) if behind > 0 => differ.then_some(true),
            // Scores between them: the right column's own, if any, would stand behind it, or the left one's before.
            (0, between, 0) if between > 0 => Some(differ),
            _ => None,
        }
    }
}
