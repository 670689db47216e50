//! Number formats and fonts of an .xls: which formats show percentages, which fonts raise their text.

use std::collections::HashMap;

use crate::read::number_format::{BUILT_IN_PERCENTS, NumberFormat};
use crate::read::safety::biff_memory::{BOF, CELL_FORMAT, EOF, records, u16_at};

const FONT: u16 = 0x0031;
const FORMAT: u16 = 0x041E;

/// The version of workbooks of Excel 97 and later.
const BIFF8: u16 = 0x0600;

/// A font's position above the line.
const RAISED: u16 = 1;

/// Formats and fonts of a workbook.
#[derive(Debug, Default)]
pub(in crate::read) struct Formats {
    /// For each format of cells the number format, if that shows percentages.
    percents: Vec<Option<NumberFormat>>,
    has_percent: bool,
    /// For each font whether it raises its text.
    raised_fonts: Vec<bool>,
    biff8: bool,
}

impl Formats {
    pub fn read(stream: &[u8]) -> Self {
        let mut formats = Self { biff8: is_biff8(stream), ..Self::default() };
        let codes = codes(stream);
        for (kind, body) in records(stream).take_while(|(kind, _)| *kind != EOF) {
            match kind {
                FONT => formats.raised_fonts.push(u16_at(body, 8) == Some(RAISED)),
                CELL_FORMAT => {
                    let id = u16_at(body, 2).unwrap_or_default();
                    let own = codes.get(&id).map(|code| NumberFormat::parse(code));
                    let built_in = || BUILT_IN_PERCENTS.contains(&id).then(NumberFormat::percent);
                    let percent = own.map_or_else(built_in, |own| own.has_percent().then_some(own));
                    formats.has_percent |= percent.is_some();
                    formats.percents.push(percent);
                }
                _ => {}
            }
        }
        formats
    }

    pub fn has_no_percent(&self) -> bool {
        !self.has_percent
    }

    /// A format of cells that shows percentages.
    pub fn percent(&self, format: u16) -> Option<&NumberFormat> {
        self.percents.get(usize::from(format))?.as_ref()
    }

    /// Whether the workbook is of Excel 97 or later.
    pub fn is_biff8(&self) -> bool {
        self.biff8
    }

    pub fn has_raised_font(&self) -> bool {
        self.raised_fonts.contains(&true)
    }

    /// Whether a font, by the number that texts have for it, raises its text; there is no font 4.
    pub fn is_raised(&self, font: u16) -> bool {
        let index = usize::from(if font > 4 { font - 1 } else { font });
        self.raised_fonts.get(index) == Some(&true)
    }
}

/// Whether a stream is of Excel 97 or later.
pub(in crate::read) fn is_biff8(stream: &[u8]) -> bool {
    records(stream).next().is_some_and(|(kind, body)| kind == BOF && u16_at(body, 0) == Some(BIFF8))
}

/// The number formats that a workbook defines, by their numbers.
pub(in crate::read) fn codes(stream: &[u8]) -> HashMap<u16, String> {
    let wide = is_biff8(stream);
    let formats = records(stream).take_while(|(kind, _)| *kind != EOF).filter(|(kind, _)| *kind == FORMAT);
    formats.filter_map(|(_, body)| Some((u16_at(body, 0)?, code(body, wide)?))).collect()
}

/// The code of a format; signs beyond Latin are of no matter in it.
fn code(body: &[u8], wide: bool) -> Option<String> {
    if !wide {
        let length = usize::from(*body.get(2)?);
        let bytes = body.get(3..)?;
        return Some(bytes.iter().take(length).map(|byte| char::from(*byte)).collect());
    }
    let (length, options, rest) = (usize::from(u16_at(body, 2)?), *body.get(4)?, body.get(5..)?);
    if options & 1 == 0 {
        return Some(rest.iter().take(length).map(|byte| char::from(*byte)).collect());
    }
    let units: Vec<u16> = rest.chunks_exact(2).take(length).filter_map(|two| u16_at(two, 0)).collect();
    Some(String::from_utf16_lossy(&units))
}
