//! Codes without their letters: numbers from 1 on under, beside or behind the name of their instrument.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::domain::thai;
use crate::framework::{Framework, Instrument, QuestionCode};
use crate::read::{Cell, CellRef, Sheet};
use crate::recognise::cell::code::FoundCode;
use crate::recognise::cell::score;
use crate::recognise::words::words;

/// How many numbers of each instrument tell that they are its questions and not, say, its indicators: the staff's, the
/// visitors' and the published data's.
const FEWEST: [(Instrument, usize); 3] = [(Instrument::Iit, 10), (Instrument::Eit, 7), (Instrument::Oit, 15)];

/// Longer texts, in characters, name no instrument as a heading does.
const LONGEST: usize = 120;

/// How many rows over a row of numbers may name their instruments.
const ROWS_OVER: u32 = 3;

/// A cell with a number, and whose question it would count.
type Counted = (CellRef, Instrument, u8);

/// The cells whose numbers count instruments' questions, each instrument from 1 on without a gap: the leftmost column of
/// such numbers, or else the rows.
pub(in crate::recognise) fn find(sheet: &Sheet) -> Option<Vec<(CellRef, FoundCode)>> {
    let name = named(&sheet.name);
    let cells = || sheet.cells().iter();
    let before_number = cells().zip(cells().skip(1)).filter_map(|(cell, next)| {
        let is_next = next.at == CellRef::new(cell.at.row, cell.at.column + 1) && number(next).is_some();
        Some((cell.at, letter(cell.value.text())?)).filter(|_| is_next)
    });
    let names = cells().filter_map(|cell| Some((cell.at, named(cell.value.text())?)));
    let names = Names(names.chain(before_number).collect());
    if name.is_none() && names.0.is_empty() {
        return None;
    }
    let cells = column(sheet, name, &names).or_else(|| rows(sheet, name, &names))?;
    let code =
        |(at, instrument, number): Counted| Some((at, FoundCode::of_number(QuestionCode::new(instrument, number)?)));
    Some(cells.into_iter().filter_map(code).collect())
}

/// The cells that name an instrument.
struct Names(BTreeMap<CellRef, Instrument>);

impl Names {
    fn in_row(&self, row: u32, last: u32) -> impl DoubleEndedIterator<Item = Instrument> {
        self.0.range(CellRef::new(row, 0)..=CellRef::new(row, last)).map(|(_, instrument)| *instrument)
    }

    fn are_in(&self, row: u32) -> bool {
        self.in_row(row, u32::MAX).next().is_some()
    }

    /// The one nearest to the left in a row.
    fn to_the_left(&self, row: u32, column: u32) -> Option<Instrument> {
        self.in_row(row, column).next_back()
    }

    /// The one that a row names for a column: the nearest to the left of several, or the first.
    fn of(&self, row: u32, column: u32) -> Option<Instrument> {
        let several = self.in_row(row, u32::MAX).nth(1).is_some();
        let near = self.to_the_left(row, column).filter(|_| several);
        near.or_else(|| self.in_row(row, u32::MAX).next())
    }
}

/// The leftmost column that counts questions, each under its instrument's name or beside it, with those to its right that
/// count the questions of other instruments.
fn column(sheet: &Sheet, name: Option<Instrument>, names: &Names) -> Option<Vec<Counted>> {
    let mut over: Option<u32> = None;
    let mut columns: BTreeMap<u32, Vec<Counted>> = BTreeMap::new();
    for row in sheet.rows() {
        over = row.first().map(|cell| cell.at.row).filter(|row| names.are_in(*row)).or(over);
        for cell in row {
            let Some(Number { own, value }) = number(cell) else { continue };
            let Some(instrument) = own.or_else(|| names.of(over?, cell.at.column)).or(name) else { continue };
            columns.entry(cell.at.column).or_default().push((cell.at, instrument, value));
        }
    }
    let mut counting = columns.into_values().filter(|cells| count_in_order(cells));
    let mut found = counting.next()?;
    for cells in counting {
        if count_all(&cells) && are_new(&cells, &found) {
            found.extend(cells);
        }
    }
    found.sort_by_key(|(at, ..)| *at);
    Some(found)
}

/// The rows that count questions, each under its instrument's name or to its right. A row of numbers may be of anything, so
/// it has as many as some year's instrument has questions.
fn rows(sheet: &Sheet, name: Option<Instrument>, names: &Names) -> Option<Vec<Counted>> {
    let mut found: Vec<Counted> = Vec::new();
    for row in sheet.rows() {
        let Some(first) = row.first().map(|cell| cell.at.row) else { continue };
        let over = (first.saturating_sub(ROWS_OVER)..first).rev().find(|row| names.are_in(*row));
        let counted = |cell: &Cell| {
            let Number { own, value } = number(cell)?;
            let here = own.or_else(|| names.to_the_left(first, cell.at.column));
            let instrument = here.or_else(|| names.to_the_left(over?, cell.at.column)).or(name)?;
            Some((cell.at, instrument, value))
        };
        let cells: Vec<Counted> = row.iter().filter_map(counted).collect();
        if count_in_order(&cells) && count_all(&cells) && are_new(&cells, &found) {
            found.extend(cells);
        }
    }
    (!found.is_empty()).then_some(found)
}

/// Whether none of the instruments is known already.
fn are_new(cells: &[Counted], known: &[Counted]) -> bool {
    cells.iter().all(|(_, own, _)| known.iter().all(|(_, instrument, _)| own != instrument))
}

/// Whether numbers count each instrument from 1 on without a gap, and at least one of them far enough.
fn count_in_order(cells: &[Counted]) -> bool {
    let of = |instrument| cells.iter().filter(move |(_, own, _)| *own == instrument).map(|(.., number)| *number);
    let in_order = |instrument| of(instrument).zip(1u8..).all(|(number, expected)| number == expected);
    Instrument::ALL.into_iter().all(in_order)
        && FEWEST.iter().any(|(instrument, fewest)| of(*instrument).count() >= *fewest)
        && FEWEST.iter().all(|(instrument, _)| of(*instrument).count() != 1)
}

/// Whether each instrument has as many numbers as it has questions in some year.
fn count_all(cells: &[Counted]) -> bool {
    let instruments: BTreeSet<Instrument> = cells.iter().map(|(_, instrument, _)| *instrument).collect();
    instruments.into_iter().all(|instrument| {
        let count = cells.iter().filter(|(_, own, _)| *own == instrument).count();
        let questions =
            |framework: &Framework| framework.questions.keys().filter(|code| code.instrument() == instrument).count();
        Framework::all_built_in().any(|framework| questions(framework) == count)
    })
}

/// The one instrument that a heading, a cell of a column of instruments or a sheet's name names.
fn named(text: &str) -> Option<Instrument> {
    if text.len() < 3 || text.chars().count() > LONGEST || score::plain_number(text.trim()).is_some() {
        return None;
    }
    let key = thai::key(text);
    let mut found = Instrument::ALL.into_iter().filter(|instrument| key.contains(&instrument.name().to_lowercase()));
    found.next().filter(|_| found.next().is_none())
}

/// The instrument whose letter a cell holds and nothing else.
fn letter(text: &str) -> Option<Instrument> {
    let [letter] = text.trim().as_bytes() else { return None };
    let is_letter = |instrument: &Instrument| instrument.letter().eq_ignore_ascii_case(&char::from(*letter));
    Instrument::ALL.into_iter().find(is_letter)
}

/// A whole number that may count a question.
struct Number {
    /// The instrument that the cell names itself: `IIT ข้อ 1`, `(EIT) 3`.
    own: Option<Instrument>,
    value: u8,
}

/// The number of a cell that holds nothing else but words for it and, may be, its instrument.
fn number(cell: &Cell) -> Option<Number> {
    let counts = |value: u8| (1..=60).contains(&value);
    let text = cell.value.text();
    if text.is_empty() || score::plain_number(text.trim()).is_some() {
        let number = score::number(&cell.value)?;
        let value = number.to_u8().filter(|small| counts(*small) && number == Decimal::from(*small))?;
        return Some(Number { own: None, value });
    }
    // Most texts are longer than any such label.
    if text.chars().count() > 24 {
        return None;
    }
    let key = thai::key(&thai::arabic_digits(text));
    let is_joint = |c: char| " ()[].:_#/".contains(c) || thai::is_hyphen(c);
    let bare = key.trim_matches(is_joint);
    let own = Instrument::ALL.into_iter().find(|instrument| bare.starts_with(&instrument.name().to_lowercase()));
    let rest = own.and_then(|own| bare.get(own.name().len()..)).unwrap_or(bare).trim_start_matches(is_joint);
    let word = words().before_codes.iter().chain(&words().before_numbers).find_map(|word| rest.strip_prefix(*word));
    let digits = word.unwrap_or(rest).trim_matches(is_joint);
    let value = digits.parse::<u8>().ok().filter(|value| counts(*value))?;
    Some(Number { own, value })
}
