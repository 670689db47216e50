//! Codes without their letters: numbers from 1 on under, or beside, the name of their instrument.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::domain::thai;
use crate::framework::{Instrument, QuestionCode};
use crate::read::{Cell, CellRef, Sheet};
use crate::recognise::cell::code::FoundCode;
use crate::recognise::cell::score;

/// How many numbers of each instrument tell that they are its questions and not, say, its indicators: the staff's, the
/// visitors' and the published data's.
const FEWEST: [(Instrument, usize); 3] = [(Instrument::Iit, 10), (Instrument::Eit, 7), (Instrument::Oit, 15)];

/// Longer texts, in characters, name no instrument as a heading does.
const LONGEST: usize = 120;

/// The leftmost column whose numbers count an instrument's questions, each instrument from 1 on without a gap.
pub(in crate::recognise) fn column(sheet: &Sheet) -> Option<Vec<(CellRef, FoundCode)>> {
    let mut instrument = named(&sheet.name);
    let mut columns: BTreeMap<u32, Vec<(CellRef, Instrument, u8)>> = BTreeMap::new();
    for row in sheet.rows() {
        instrument = row.iter().find_map(|cell| named(cell.value.text())).or(instrument);
        let Some(instrument) = instrument else { continue };
        let numbers = row.iter().filter_map(|cell| Some((cell.at, instrument, number(cell)?)));
        for found in numbers {
            columns.entry(found.0.column).or_default().push(found);
        }
    }
    let counts = |cells: &Vec<(CellRef, Instrument, u8)>| {
        let of = |instrument| cells.iter().filter(move |(_, own, _)| *own == instrument).map(|(.., number)| *number);
        let in_order = |instrument| of(instrument).zip(1u8..).all(|(number, expected)| number == expected);
        Instrument::ALL.into_iter().all(in_order)
            && FEWEST.iter().any(|(instrument, fewest)| of(*instrument).count() >= *fewest)
            && FEWEST.iter().all(|(instrument, _)| of(*instrument).count() != 1)
    };
    let cells = columns.into_values().find(counts)?;
    let code = |(at, instrument, number): (CellRef, Instrument, u8)| {
        let code = QuestionCode::new(instrument, number)?;
        Some((at, FoundCode::of_number(code)))
    };
    Some(cells.into_iter().filter_map(code).collect())
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

/// A whole number that may count a question.
fn number(cell: &Cell) -> Option<u8> {
    let number = score::number(&cell.value)?;
    number.to_u8().filter(|small| (1..=60).contains(small) && number == Decimal::from(*small))
}
