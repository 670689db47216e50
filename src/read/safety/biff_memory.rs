//! How much memory the cells of an .xls take: its parser lays out every sheet's rectangle from its first to its last cell.

use crate::error::{Breakdown, Cause, Quantity};
use crate::read::Limits;

/// Bytes of a cell in the parser's rectangle of values, in that of formulas, and in its list of cells.
const VALUE: u64 = 32;
const FORMULA: u64 = 24;
const LISTED: u64 = 40;

/// Cells of a sheet of Excel 2003.
const WHOLE_SHEET: u64 = 65_536 * 256;

/// Record types.
pub(in crate::read) const EOF: u16 = 0x000A;
pub(in crate::read) const BOF: u16 = 0x0809;
pub(in crate::read) const BOUND_SHEET: u16 = 0x0085;
pub(in crate::read) const CELL_FORMAT: u16 = 0x00E0;
pub(in crate::read) const DIMENSIONS: u16 = 0x0200;
pub(in crate::read) const FORMULA_CELL: u16 = 0x0006;
pub(in crate::read) const SEVERAL_NUMBERS: u16 = 0x00BD;
/// Number, label, rich text, truth value, packed number, shared text.
const CELLS: [u16; 6] = [0x0203, 0x0204, 0x00D6, 0x0205, 0x027E, 0x00FD];

/// Whether a record is a cell, whose row stands first in it, or says how far the sheet reaches.
pub(in crate::read) fn is_cell(kind: u16) -> bool {
    matches!(kind, FORMULA_CELL | SEVERAL_NUMBERS | DIMENSIONS) || CELLS.contains(&kind)
}

/// Checks the sheets' rectangles and returns how many bytes the parser reserves, without using them, for a sheet that
/// claims to be large.
///
/// # Errors
/// When there are too many sheets, or they take too much memory.
pub(in crate::read) fn check(stream: &[u8], limits: &Limits) -> Result<u64, Cause> {
    let sheets: Vec<usize> = records(stream)
        .take_while(|(kind, _)| *kind != EOF)
        .filter(|(kind, _)| *kind == BOUND_SHEET)
        .filter_map(|(_, body)| body.first_chunk().map(|four| u32::from_le_bytes(*four) as usize))
        .collect();
    limits.check(Quantity::Sheets, sheets.len() as u64)?;
    let (mut taken, mut largest, mut reserved) = (0u64, 0, 0);
    for start in sheets {
        let sheet = Extent::parse(stream.get(start..).unwrap_or_default())?;
        taken = taken.saturating_add(sheet.values.area() * VALUE + sheet.formulas.area() * FORMULA);
        reserved = reserved.max(sheet.claimed * LISTED);
        // Each sheet is handed out as a copy.
        largest = largest.max(sheet.values.area() * VALUE);
        if taken.saturating_add(largest) > limits.memory {
            return Err(Cause::Parser(Breakdown::Memory(limits.memory)));
        }
    }
    Ok(reserved)
}

/// The records of a stream: what they are and what they hold.
pub(in crate::read) fn records(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        let (kind, length) = (u16_at(rest, 0)?, u16_at(rest, 2)?);
        let body = rest.get(4..4 + usize::from(length))?;
        rest = rest.get(4 + body.len()..)?;
        Some((kind, body))
    })
}

#[derive(Default)]
struct Extent {
    values: Rectangle,
    formulas: Rectangle,
    /// Cells that the sheet claims to reach over.
    claimed: u64,
}

impl Extent {
    /// The cells of the sheet that begins here, without those of charts inside it.
    fn parse(sheet: &[u8]) -> Result<Self, Cause> {
        let mut extent = Self::default();
        let (mut begun, mut nested) = (false, 0u32);
        for (kind, body) in records(sheet) {
            match kind {
                BOF if begun => nested += 1,
                BOF => begun = true,
                EOF if nested > 0 => nested -= 1,
                EOF => break,
                _ if nested > 0 => {}
                DIMENSIONS => extent.claimed = extent.claimed.max(claimed(body)?),
                SEVERAL_NUMBERS => {
                    extent.values.add(body, 2);
                    extent.values.add(body, body.len().saturating_sub(2));
                }
                FORMULA_CELL => {
                    extent.values.add(body, 2);
                    extent.formulas.add(body, 2);
                }
                kind if CELLS.contains(&kind) => extent.values.add(body, 2),
                _ => {}
            }
        }
        Ok(extent)
    }
}

/// The cells between the rows and columns that a sheet says it uses.
fn claimed(body: &[u8]) -> Result<u64, Cause> {
    let long = body.len() >= 14;
    let row = |at: usize| if long { u32_at(body, at * 2) } else { u16_at(body, at).map(u32::from) };
    let column = |at: usize| u16_at(body, if long { at + 4 } else { at });
    let (Some(first), Some(last), Some(left), Some(right)) = (row(0), row(2), column(4), column(6)) else {
        return Ok(0);
    };
    let left = if left > 0xFF || right < left { 0 } else { left };
    let wrong = || Cause::Damaged("a sheet claims rows that there cannot be".to_owned());
    if last == 0 || right == 0 {
        return Ok(1);
    }
    let rows = u64::from(last.checked_sub(first).ok_or_else(wrong)?);
    let cells = rows * u64::from(right.saturating_sub(left));
    if cells > WHOLE_SHEET { Err(wrong()) } else { Ok(cells) }
}

#[derive(Default)]
struct Rectangle(Option<[u16; 4]>);

impl Rectangle {
    /// Widens it to a cell: the row stands first in the record, the column `at`.
    fn add(&mut self, body: &[u8], at: usize) {
        if let (Some(row), Some(column)) = (u16_at(body, 0), u16_at(body, at)) {
            let [top, bottom, left, right] = self.0.unwrap_or([row, row, column, column]);
            self.0 = Some([top.min(row), bottom.max(row), left.min(column), right.max(column)]);
        }
    }

    fn area(&self) -> u64 {
        let side = |first: u16, last: u16| u64::from(last - first) + 1;
        self.0.map_or(0, |[top, bottom, left, right]| side(top, bottom) * side(left, right))
    }
}

pub(in crate::read) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|two| u16::from_le_bytes(*two))
}

pub(in crate::read) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|four| u32::from_le_bytes(*four))
}
