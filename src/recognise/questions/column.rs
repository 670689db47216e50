//! Which column of a table holds its scores?
//!
//! Headers help to choose but are not needed: a rank, a weight, a row number or a count of respondents gives itself
//! away by its numbers.

use crate::recognise::sheet::header::Headers;
use crate::recognise::sheet::header::header_weight;
use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::framework::Instrument;
use crate::read::{CellRef, Sheet, Value};
use crate::recognise::cell::score;

/// A row of a table: where it is and, for a question, of which instrument.
#[derive(Debug, Clone, Copy)]
pub(in crate::recognise) struct Row {
    pub row: u32,
    pub instrument: Instrument,
}

/// A column that could hold the scores, and how likely it is to.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::recognise) struct Candidate {
    pub column: u32,
    pub header: Option<String>,
    /// Higher is likelier.
    pub weight: i32,
    /// In how many rows it has a number from 0 to 100.
    pub usable: usize,
}

/// The columns that could hold the scores of `rows`, likeliest first, of those that `may_be` lets pass.
///
/// `key_column` holds the codes or titles; `year` is the fiscal year wanted, if it is known.
pub(in crate::recognise) fn candidates(
    sheet: &Sheet,
    rows: &[Row],
    key_column: u32,
    year: Option<u16>,
    may_be: impl Fn(u32) -> bool,
) -> Vec<Candidate> {
    let mut columns: BTreeSet<u32> = BTreeSet::new();
    for row in rows {
        let cells = sheet.row(row.row).iter().filter(|cell| cell.at.column != key_column && may_be(cell.at.column));
        columns.extend(cells.filter(|cell| score::number(&cell.value).is_some()).map(|cell| cell.at.column));
    }
    let headers = Headers::new(sheet);
    let first = first_row(rows);
    let weigh = |column| weigh(sheet, rows, (key_column, column), || headers.over(first, column), year);
    let mut found: Vec<Candidate> = columns.into_iter().filter_map(weigh).collect();
    found.sort_by(|a, b| b.weight.cmp(&a.weight).then(nearness(a, key_column).cmp(&nearness(b, key_column))));
    found
}

/// To the right of the key column first, nearest first.
fn nearness(candidate: &Candidate, key_column: u32) -> (bool, u32) {
    (candidate.column < key_column, candidate.column.abs_diff(key_column))
}

fn weigh(
    sheet: &Sheet,
    rows: &[Row],
    (key_column, column): (u32, u32),
    header: impl FnOnce() -> Option<String>,
    year: Option<u16>,
) -> Option<Candidate> {
    let numbers = Numbers::new(sheet, rows, column);
    if numbers.usable == 0 {
        return None;
    }
    let header = header();
    let mut weight = numbers.weight();
    weight += header.as_deref().map_or(0, |header| header_weight(header, year));
    // Scores usually stand behind what they score.
    weight += if column > key_column { 8 } else { -8 };
    Some(Candidate { column, header, weight, usable: numbers.usable })
}

/// What the numbers of a column look like.
struct Numbers {
    rows: usize,
    usable: usize,
    outside: usize,
    decimals: usize,
    two_decimals_shown: usize,
    counts_up: bool,
    constant: bool,
    constant_by_instrument: bool,
    full: usize,
    /// All lie between 0 and 5, some with fractions: means of answers on a scale, not scores out of 100.
    on_a_scale: bool,
}

impl Numbers {
    fn new(sheet: &Sheet, rows: &[Row], column: u32) -> Self {
        let mut values: Vec<(Instrument, Decimal)> = Vec::with_capacity(rows.len());
        let mut two_decimals_shown = 0;
        for row in rows {
            let Some(cell) = sheet.get(CellRef::new(row.row, column)) else { continue };
            let Some(number) = score::number(&cell.value) else { continue };
            two_decimals_shown += usize::from(shows_two_decimals(&cell.value));
            values.push((row.instrument, number));
        }
        let in_range = values.iter().filter(|(_, value)| score::in_range(*value)).count();
        let distinct = |of: Option<Instrument>| {
            let of_instrument = values.iter().filter(|(instrument, _)| of.is_none_or(|wanted| wanted == *instrument));
            of_instrument.map(|(_, value)| value.normalize()).collect::<BTreeSet<_>>().len()
        };
        Self {
            rows: rows.len(),
            usable: in_range,
            outside: values.len() - in_range,
            decimals: values.iter().filter(|(_, value)| !value.fract().is_zero()).count(),
            two_decimals_shown,
            counts_up: values.len() > 2 && values.windows(2).all(steps_by_one),
            constant: values.len() > 2 && distinct(None) == 1,
            constant_by_instrument: values.len() > 6 && Instrument::ALL.iter().all(|i| distinct(Some(*i)) <= 1),
            on_a_scale: values.len() > 2
                && values.iter().all(|(_, value)| *value >= Decimal::ZERO && *value <= Decimal::from(5))
                && values.iter().any(|(_, value)| !value.fract().is_zero()),
            full: values.iter().filter(|(_, value)| *value == Decimal::ONE_HUNDRED).count(),
        }
    }

    fn weight(&self) -> i32 {
        let share = |part: usize, points: i32| {
            points * i32::try_from(part).unwrap_or(i32::MAX / 200) / i32::try_from(self.rows.max(1)).unwrap_or(i32::MAX)
        };
        let mut weight = share(self.usable, 60) - share(self.outside, 120);
        weight += share(self.decimals, 25) + share(self.two_decimals_shown, 10) + share(self.full, 15);
        let all_full = self.full == self.usable;
        // A column of full marks loses to any that varies.
        if self.constant && all_full {
            weight -= 45;
        }
        if self.counts_up {
            weight -= 60;
        }
        if self.on_a_scale {
            weight -= 40;
        }
        if (self.constant || self.constant_by_instrument) && !all_full {
            weight -= 50;
        }
        weight
    }
}

fn steps_by_one(pair: &[(Instrument, Decimal)]) -> bool {
    matches!(pair, [(_, a), (_, b)] if *b - *a == Decimal::ONE)
}

/// A text such as `84.67` or `100.00` was typed, or exported, as a score is.
fn shows_two_decimals(value: &Value) -> bool {
    let text = value.text().trim_end_matches([' ', '%']);
    text.rsplit_once(['.', ',']).is_some_and(|(_, decimals)| decimals.chars().count() == 2)
}

/// The first of some rows of a table.
pub(in crate::recognise) fn first_row(rows: &[Row]) -> u32 {
    rows.iter().map(|row| row.row).min().unwrap_or_default()
}
