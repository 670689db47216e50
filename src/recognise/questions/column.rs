//! Which column of a table holds its scores?
//!
//! Headers help to choose but are not needed: a rank, a weight, a row number or a count of respondents gives itself
//! away by its numbers.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::domain::thai;
use crate::framework::Instrument;
use crate::read::{Cell, CellRef, Sheet, Value};
use crate::recognise::cell::score;
use crate::recognise::questions::candidate::{Candidate, Row};
use crate::recognise::questions::comparison;
use crate::recognise::sheet::header::{Headers, OTHER_YEAR, year_evidence};
use crate::recognise::sheet::header_rules::{self, HeaderWords};
use crate::recognise::submission::Evidence;
use crate::recognise::vocabulary::Wording;

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
        columns.extend(cells.filter(|cell| begins_with_number(&cell.value)).map(|cell| cell.at.column));
    }
    let headers = Headers::new(sheet);
    let first = first_row(rows);
    let weigh = |column| weigh(sheet, rows, (key_column, column), || headers.over(first, column), year);
    let mut found: Vec<Candidate> = columns.into_iter().filter_map(weigh).collect();
    if found.len() > 1 {
        comparison::compare(sheet, rows, &mut found);
    }
    // What tells comes before what only leans.
    found.sort_by_cached_key(|candidate| {
        (Reverse(candidate.told()), Reverse(candidate.weight), nearness(candidate, key_column))
    });
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
    if numbers.usable == 0 && numbers.marked * 2 <= rows.len() {
        return None;
    }
    let header = header();
    // Texts that begin with numbers are scores only where their header says so.
    let names_scores = |header: &str| HeaderWords::new(&Wording::new(header), None).names_scores;
    if numbers.usable == 0 && !header.as_deref().is_some_and(names_scores) {
        return None;
    }
    let evidence = Vec::new();
    let mut candidate = Candidate { column, header, weight: 0, usable: numbers.usable, evidence, other: None };
    // Scores usually stand behind what they score.
    let side = if column > key_column { "right-of-codes" } else { "left-of-codes" };
    for evidence in numbers.evidence().chain(header_rules::look(side, 1, 1)) {
        candidate.add(&evidence.rule, evidence.points);
    }
    let wording = candidate.header.as_deref().map(Wording::new);
    let words = wording.as_ref().map(|wording| HeaderWords::new(wording, Some(numbers.most))).unwrap_or_default();
    for evidence in words.evidence.iter().cloned().chain(wording.as_ref().and_then(|w| year_evidence(w, year))) {
        candidate.add(&evidence.rule, evidence.points);
    }
    // A header that is a number and nothing else may be a rank.
    let bare = || wording.as_ref().is_some_and(|wording| wording.key().bytes().all(|byte| byte.is_ascii_digit()));
    let of_other_year = || candidate.has(OTHER_YEAR) && !bare();
    let by_words = words.other.or_else(|| of_other_year().then(|| header_rules::numbers(OTHER_YEAR)));
    // Beside the numbers of a wide table stands whose they are.
    let is_text = |cell: &Cell| cell.at.column == column && thai::has_letters(cell.value.text(), 2);
    let unheaded = candidate.header.is_none() && !(sheet.transposed && sheet.cells().iter().any(is_text));
    let unnamed = words.evidence.is_empty();
    candidate.other = by_words.or_else(|| numbers.other(unnamed, unheaded).map(header_rules::numbers));
    Some(candidate)
}

/// The fewest numbers of which all being alike, or out of range, tells that they are no scores.
const MANY: usize = 30;

/// The fewest numbers of surveys that tell whether they have fractions.
const FEWEST_SURVEYS: usize = 5;

/// What the numbers of a column look like.
struct Numbers {
    rows: usize,
    /// Texts that begin with a number and are none.
    marked: usize,
    usable: usize,
    outside: usize,
    decimals: usize,
    two_decimals_shown: usize,
    counts_up: bool,
    /// Whole numbers that count the rows, from 1 or so, once or for each instrument anew.
    numbers_rows: bool,
    constant: bool,
    /// The highest of them.
    most: Decimal,
    /// Whole numbers as scores are: some above a month's days, not sorted.
    spreads: bool,
    constant_by_instrument: bool,
    of_one_instrument: bool,
    /// No number of a survey has a fraction.
    whole_surveys: bool,
    full: usize,
    /// All lie between 0 and 5, some with fractions: means of answers on a scale, not scores out of 100.
    on_a_scale: bool,
}

impl Numbers {
    fn new(sheet: &Sheet, rows: &[Row], column: u32) -> Self {
        let mut values: Vec<(Instrument, Decimal)> = Vec::with_capacity(rows.len());
        let (mut two_decimals_shown, mut marked) = (0, 0);
        for row in rows {
            let Some(cell) = sheet.get(CellRef::new(row.row, column)) else { continue };
            let Some(number) = score::number(&cell.value) else {
                marked += usize::from(begins_with_number(&cell.value));
                continue;
            };
            two_decimals_shown += usize::from(shows_two_decimals(&cell.value));
            values.push((row.instrument, number));
        }
        let in_range = values.iter().filter(|(_, value)| score::in_range(*value)).count();
        let distinct = |of: Option<Instrument>| {
            let of_instrument = values.iter().filter(|(instrument, _)| of.is_none_or(|wanted| wanted == *instrument));
            of_instrument.map(|(_, value)| value.normalize()).collect::<BTreeSet<_>>().len()
        };
        let surveys = values.iter().filter(|(instrument, _)| *instrument != Instrument::Oit).map(|(_, value)| value);
        let whole = values.iter().all(|(_, value)| value.fract().is_zero());
        Self {
            rows: rows.len(),
            marked,
            usable: in_range,
            outside: values.len() - in_range,
            decimals: values.iter().filter(|(_, value)| !value.fract().is_zero()).count(),
            two_decimals_shown,
            counts_up: values.len() > 2 && whole && values.windows(2).all(steps_by_one),
            numbers_rows: values.len() > 2
                && whole
                && values.first().is_some_and(|(_, value)| *value <= Decimal::ONE)
                && values.windows(2).all(|pair| steps_by_one(pair) || starts_anew(pair)),
            most: values.iter().map(|(_, value)| *value).max().unwrap_or_default(),
            spreads: values.iter().any(|(_, value)| *value > Decimal::from(31))
                && (values.windows(2).any(|pair| matches!(pair, [(_, a), (_, b)] if b < a)) || distinct(None) <= 3),
            of_one_instrument: Instrument::ALL.iter().filter(|i| distinct(Some(**i)) > 0).count() == 1,
            whole_surveys: surveys.clone().count() >= FEWEST_SURVEYS
                && surveys.clone().all(|value| value.fract().is_zero()),
            constant: values.len() > 2 && distinct(None) == 1,
            constant_by_instrument: values.len() > 6 && Instrument::ALL.iter().all(|i| distinct(Some(*i)) <= 1),
            on_a_scale: values.len() > 2
                && values.iter().all(|(_, value)| *value >= Decimal::ZERO && *value <= Decimal::from(5))
                && values.iter().any(|(_, value)| !value.fract().is_zero()),
            full: values.iter().filter(|(_, value)| *value == Decimal::ONE_HUNDRED).count(),
        }
    }

    /// What they say for and against being scores.
    fn evidence(&self) -> impl Iterator<Item = Evidence> {
        let all_full = self.full == self.usable;
        let constant = (self.constant || self.constant_by_instrument) && !all_full;
        let rows = self.rows;
        let looks = [
            ("in-range", self.usable),
            ("filled", self.usable),
            ("marked", if self.usable == 0 { self.marked } else { 0 }),
            ("out-of-range", self.outside),
            ("decimals", self.decimals),
            ("two-decimals", self.two_decimals_shown),
            ("hundreds", self.full),
            // A column of full marks loses to any that varies.
            ("all-full", usize::from(self.constant && all_full)),
            ("counts-up", usize::from(self.counts_up)),
            ("on-a-scale", usize::from(self.on_a_scale)),
            ("whole-numbers", usize::from(self.whole_surveys)),
            ("constant", usize::from(constant)),
        ];
        looks.into_iter().filter_map(move |(name, part)| header_rules::look(name, part, rows))
    }

    /// What they are, where they can be no scores: by themselves, and where no word says anything of them.
    fn other(&self, unnamed: bool, unheaded: bool) -> Option<&'static str> {
        if self.numbers_rows {
            return Some("counts-up");
        }
        // A few numbers tell nothing by how they are spread.
        let many = self.usable + self.outside >= MANY;
        if many && unheaded && self.outside * 8 > self.usable {
            return Some("out-of-range");
        }
        // All items of a web site can have full marks; whole surveys do not.
        let all_full = self.full == self.usable && self.of_one_instrument;
        if many && unheaded && self.decimals == 0 && self.constant_by_instrument && !all_full {
            return Some("constant");
        }
        let looks_like_scores = self.decimals > 0 || self.two_decimals_shown > 0 || self.spreads;
        (unnamed && !looks_like_scores).then_some("no-header")
    }
}

/// A number, or a text that begins with one: `84.67*`; or what would be one if it were calculated.
fn begins_with_number(value: &Value) -> bool {
    *value == Value::Formula
        || score::number(value).is_some()
        || value.text().trim_start().starts_with(|c: char| c.is_numeric())
}

fn steps_by_one(pair: &[(Instrument, Decimal)]) -> bool {
    matches!(pair, [(_, a), (_, b)] if *b - *a == Decimal::ONE)
}

/// A count that begins again at 1.
fn starts_anew(pair: &[(Instrument, Decimal)]) -> bool {
    matches!(pair, [(_, a), (_, b)] if *b == Decimal::ONE && *a > Decimal::ONE)
}

/// A text such as `84.67` or `100.00` was typed, or exported, as a score is.
fn shows_two_decimals(value: &Value) -> bool {
    let text = value.text().trim_end_matches([' ', '%']);
    text.rsplit_once(['.', ',']).is_some_and(|(_, decimals)| decimals.chars().count() == 2)
}

/// Whether two columns have different numbers: those with the same are no choice.
pub(in crate::recognise) fn differ(sheet: &Sheet, rows: &[Row], a: u32, b: u32) -> bool {
    let value =
        |row: &Row, column| sheet.get(CellRef::new(row.row, column)).and_then(|cell| score::number(&cell.value));
    rows.iter().any(|row| value(row, a) != value(row, b))
}

/// The first of some rows of a table.
pub(in crate::recognise) fn first_row(rows: &[Row]) -> u32 {
    rows.iter().map(|row| row.row).min().unwrap_or_default()
}
