//! What columns of numbers say of each other: shares that add up to 100, the mean of others, the last of several rounds.

use crate::recognise::words::words;
use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::domain::thai;
use crate::read::{CellRef, Sheet};
use crate::recognise::cell::score;
use crate::recognise::questions::candidate::{Candidate, Row};

use crate::recognise::cell::year;
use crate::recognise::sheet::header;
use crate::recognise::sheet::header_rules;

/// The share of rows in which columns must agree for what they are together to be told.
const MOST: (usize, usize) = (9, 10);

/// What the columns say of each other: which add up to 100, which is the mean of others, which is the last of several.
pub(in crate::recognise) fn compare(sheet: &Sheet, rows: &[Row], found: &mut [Candidate]) {
    let value = |row: &Row, column: u32| score::number(&sheet.get(CellRef::new(row.row, column))?.value);
    // Beside a column of full marks that are not 100, numbers up to these are on that scale.
    let full_marks = |candidate: &&Candidate| candidate.evidence.iter().any(|evidence| evidence.rule == "full-marks");
    let fulls: Vec<u32> = found.iter().filter(full_marks).map(|candidate| candidate.column).collect();
    for full in fulls {
        let below =
            |full: Decimal, number: Decimal| full > Decimal::ONE && full < Decimal::ONE_HUNDRED && number <= full;
        for candidate in found.iter_mut().filter(|candidate| candidate.column != full && candidate.other.is_none()) {
            let numbers: Vec<(&Row, Decimal)> =
                rows.iter().filter_map(|row| Some((row, value(row, candidate.column)?))).collect();
            if numbers.len() > 2
                && numbers.iter().all(|(row, number)| value(row, full).is_some_and(|full| below(full, *number)))
            {
                candidate.add("of-full-marks", -100);
                candidate.other = Some(header_rules::numbers("scale"));
            }
        }
    }
    let mut columns: Vec<u32> = found.iter().map(|candidate| candidate.column).collect();
    columns.sort_unstable();
    let holds = |columns: &[u32], test: &dyn Fn(&[Decimal]) -> bool| {
        let mut full = 0;
        let mut agreeing = 0;
        for row in rows {
            let values: Option<Vec<Decimal>> = columns.iter().map(|column| value(row, *column)).collect();
            let Some(values) = values else { continue };
            full += 1;
            agreeing += usize::from(test(&values));
        }
        full * 2 > rows.len() && agreeing * MOST.1 >= full * MOST.0
    };
    let sum = |values: &[Decimal]| values.iter().sum::<Decimal>();
    let near = |a: Decimal, b: Decimal, tolerance: Decimal| (a - b).abs() <= tolerance;
    for width in 3..=6 {
        for run in columns.windows(width) {
            let is_whole = |values: &[Decimal]| near(sum(values), Decimal::ONE_HUNDRED, Decimal::new(6, 1));
            if holds(run, &is_whole) {
                for candidate in found.iter_mut().filter(|candidate| run.contains(&candidate.column)) {
                    candidate.add("shares", -100);
                    candidate.other.get_or_insert_with(|| header_rules::numbers("shares"));
                }
            }
        }
        for run in columns.windows(width.min(columns.len())) {
            let Some((last, before)) = run.split_last() else { continue };
            let is_mean = |values: &[Decimal]| {
                let Some((mean, values)) = values.split_last() else { return false };
                let differ = values.windows(2).any(|pair| pair.first() != pair.last());
                !differ || near(sum(values) / Decimal::from(values.len()), *mean, Decimal::new(11, 3))
            };
            let differ = |values: &[Decimal]| values.windows(2).any(|pair| pair.first() != pair.last());
            let varies = rows.iter().any(|row| {
                let values: Vec<Decimal> = before.iter().filter_map(|column| value(row, *column)).collect();
                differ(&values)
            });
            // Years, and others beside one's own, are no parts of one result.
            let alike = || {
                let kinds: Vec<Option<(i32, Option<u16>)>> = before.iter().map(|column| kind(found, *column)).collect();
                kinds.windows(2).all(|pair| pair.first() == pair.last())
                    && kinds.iter().all(|kind| kind.is_some_and(|(_, year)| year.is_none()))
            };
            if before.len() > 1 && varies && holds(run, &is_mean) && alike() {
                for candidate in
                    found.iter_mut().filter(|candidate| candidate.column == *last && candidate.other.is_none())
                {
                    candidate.add("mean-of-the-others", 110);
                }
            }
        }
    }
    last_of_several(found);
    latest_year(found);
}

/// Of columns whose headers name different years, where none is asked for, the latest is the result: `Score 23 | Score 24`.
fn latest_year(found: &mut [Candidate]) {
    let year = |candidate: &Candidate| {
        let header = candidate.header.as_deref().filter(|_| candidate.other.is_none())?;
        year::of_header(header).or_else(|| short_number(header))
    };
    let years: Vec<Option<u16>> = found.iter().map(year).collect();
    let named: BTreeSet<u16> = years.iter().flatten().copied().collect();
    let (Some(first), Some(last)) = (named.first(), named.last()) else { return };
    // Numbers far apart are no years.
    if first == last || last - first > MOST_YEARS {
        return;
    }
    for (candidate, _) in found.iter_mut().zip(&years).filter(|(_, year)| year.is_some_and(|year| year < *last)) {
        candidate.add(EARLIER, -120);
        candidate.other = Some(header_rules::numbers(EARLIER));
    }
}

/// The rule of columns of an earlier year beside one of a later.
const EARLIER: &str = "earlier-of-years";

/// The most years that columns are apart.
const MOST_YEARS: u16 = 4;

/// A year of two digits, of either era, that a header ends with, in brackets or not.
fn short_number(header: &str) -> Option<u16> {
    let key = thai::key(header);
    let bare = key.trim_end_matches(')');
    let digits = bare.get(bare.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + 1)..)?;
    let before = bare.get(..bare.len() - digits.len())?.chars().last();
    let digits = digits.get(..2).filter(|two| two.len() == digits.len())?;
    // Behind a point or a slash it is a part of another number; behind such a letter a scale's.
    let alone = before.is_none_or(|c| !"./-".contains(c));
    digits.parse::<u16>().ok().filter(|year| alone && ((60..80).contains(year) || (17..37).contains(year))).map(
        |year| {
            if year >= 60 { 2500 + year } else { 2543 + year }
        },
    )
}

/// How much a column's header speaks for scores, and the year that it names; nothing where its numbers are others.
fn kind(found: &[Candidate], column: u32) -> Option<(i32, Option<u16>)> {
    let candidate = found.iter().find(|candidate| candidate.column == column && candidate.other.is_none())?;
    let header = candidate.header.as_deref().unwrap_or_default();
    Some((header::all_points(header), year::of_header(&thai::key(header))))
}

/// Of columns whose headers differ in a number only, such as rounds and quarters, the last is the result, unless a column
/// beside them is that of the whole.
fn last_of_several(found: &mut [Candidate]) {
    if found.iter().any(|candidate| candidate.has(WHOLE)) {
        return;
    }
    let numbered: Vec<Option<(String, u32)>> =
        found.iter().map(|candidate| candidate.header.as_deref().and_then(numbered)).collect();
    let last: Vec<bool> = numbered
        .iter()
        .map(|own| {
            let Some((stem, number)) = own else { return false };
            let same = || numbered.iter().flatten().filter(|(other, _)| other == stem);
            same().count() > 1 && same().all(|(_, other)| other <= number)
        })
        .collect();
    for (candidate, is_last) in found.iter_mut().zip(last) {
        if is_last {
            candidate.add("last-of-several", 40);
        }
    }
}

/// The rule of headers over what sums the others up.
const WHOLE: &str = "whole";

/// A header without the number of its round, and that number.
fn numbered(header: &str) -> Option<(String, u32)> {
    let key = thai::key(header);
    let (at, word) = words().rounds.iter().find_map(|word| key.find(word).map(|at| (at + word.len(), *word)))?;
    let rest = key.get(at..)?;
    let digits = rest.get(..rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()))?;
    let number: u32 = digits.parse().ok().filter(|_| digits.len() <= 2)?;
    Some((format!("{}{}", key.get(..at - word.len())?, rest.get(digits.len()..)?), number))
}
