//! The records of an .xlsb's parts: read one by one, and written.

use crate::read::safety::biff_memory::{u16_at, u32_at};

/// Record types of a worksheet.
pub(super) const ROW: u16 = 0x0000;
pub(super) const COLUMNS: u16 = 0x003C;
pub(super) const SHEET_BEGINS: u16 = 0x0081;
pub(super) const SHEET_ENDS: u16 = 0x0082;
pub(super) const CELLS_BEGIN: u16 = 0x0091;
pub(super) const CELLS_END: u16 = 0x0092;
pub(super) const DIMENSIONS: u16 = 0x0094;
pub(super) const MERGED: u16 = 0x00B0;
/// Cells with a column of their own.
pub(super) const BLANK: u16 = 0x0001;
pub(super) const PACKED_NUMBER: u16 = 0x0002;
pub(super) const ERROR: u16 = 0x0003;
pub(super) const TRUTH: u16 = 0x0004;
pub(super) const NUMBER: u16 = 0x0005;
pub(super) const TEXT: u16 = 0x0006;
pub(super) const SHARED_TEXT: u16 = 0x0007;
pub(super) const RICH_TEXT: u16 = 0x003E;
/// The same with a formula.
pub(super) const FORMULA_TEXT: u16 = 0x0008;
pub(super) const FORMULA_NUMBER: u16 = 0x0009;
pub(super) const FORMULA_TRUTH: u16 = 0x000A;
pub(super) const FORMULA_ERROR: u16 = 0x000B;
/// Short forms of blank cells and those from [`PACKED_NUMBER`] to [`SHARED_TEXT`], behind another cell of their row.
pub(super) const SHORT: std::ops::RangeInclusive<u16> = 0x000C..=0x0012;
/// How far the number of a short form is from that of the whole.
pub(super) const SHORT_OFFSET: u16 = 0x000B;

/// Record types of the other parts.
pub(super) const BOOK_PROPERTIES: u16 = 0x0099;
pub(super) const CALCULATION: u16 = 0x009D;
pub(super) const TAB: u16 = 0x009C;
pub(super) const TABS_END: u16 = 0x0090;
pub(super) const STRINGS_BEGIN: u16 = 0x009F;
pub(super) const STRING: u16 = 0x0013;
pub(super) const FONT: u16 = 0x002B;
pub(super) const FORMAT: u16 = 0x002C;
pub(super) const CELL_FORMAT: u16 = 0x002F;
pub(super) const CELL_FORMATS_BEGIN: u16 = 0x0269;
pub(super) const CELL_FORMATS_END: u16 = 0x026A;

/// The records of a part, up to the first that is not whole.
pub(super) fn records(part: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = part;
    std::iter::from_fn(move || {
        let (first, mut behind) = rest.split_first()?;
        let mut kind = u16::from(*first);
        if first & 0x80 != 0 {
            let (second, more) = behind.split_first()?;
            kind = u16::from(first & 0x7F) | u16::from(second & 0x7F) << 7;
            behind = more;
        }
        let mut length = 0usize;
        for shift in [0, 7, 14, 21] {
            let (byte, more) = behind.split_first()?;
            length |= usize::from(byte & 0x7F) << shift;
            behind = more;
            if byte & 0x80 == 0 {
                break;
            }
        }
        let body = behind.get(..length)?;
        rest = behind.get(length..)?;
        Some((kind, body))
    })
}

/// Adds a record to a part.
pub(super) fn write(part: &mut Vec<u8>, kind: u16, body: &[&[u8]]) {
    let byte = |number: usize| u8::try_from(number & 0x7F).unwrap_or_default();
    let kind = usize::from(kind);
    if kind < 0x80 {
        part.push(byte(kind));
    } else {
        part.extend([byte(kind) | 0x80, byte(kind >> 7)]);
    }
    let mut length: usize = body.iter().map(|piece| piece.len()).sum();
    while length >= 0x80 {
        part.push(byte(length) | 0x80);
        length >>= 7;
    }
    part.push(byte(length));
    body.iter().for_each(|piece| part.extend_from_slice(piece));
}

/// A text with its length in front, and what stands behind it.
pub(super) fn wide_text(bytes: &[u8]) -> Option<(Vec<u16>, &[u8])> {
    let length = u32_at(bytes, 0)? as usize;
    let units = bytes.get(4..4 + length.checked_mul(2)?)?;
    let text = units.chunks_exact(2).filter_map(|two| u16_at(two, 0)).collect();
    Some((text, bytes.get(4 + units.len()..)?))
}

/// A text with its length in front.
pub(super) fn wide(text: &[u16]) -> Vec<u8> {
    let length = u32::try_from(text.len()).unwrap_or_default();
    length.to_le_bytes().into_iter().chain(text.iter().flat_map(|unit| unit.to_le_bytes())).collect()
}
