//! What an .xls says that its parser does not tell: rows and columns that are not shown, percentages, raised marks, and
//! formulas whose results were never calculated.

use std::collections::HashMap;
use std::ops::Range;

use crate::domain::cell_ref::CellRef;
use crate::read::formats::biff_formats::Formats;
use crate::read::formats::biff_strings::{self, Raised};
use crate::read::grid::HiddenLines;
use crate::read::number_format::NumberFormat;
use crate::read::safety::biff_memory::{BOF, BOUND_SHEET, EOF, FORMULA_CELL, SEVERAL_NUMBERS, records, u16_at, u32_at};

const ROW: u16 = 0x0208;
const COLUMNS: u16 = 0x007D;
const NUMBER: u16 = 0x0203;
const PACKED_NUMBER: u16 = 0x027E;
const SHARED_TEXT: u16 = 0x00FD;
const RICH_TEXT: u16 = 0x00D6;
const MERGED: u16 = 0x00E5;

/// The bit of a row's options that it has no height, and that of a column's that it is hidden.
const ROW_HIDDEN: u16 = 0x0020;
const COLUMN_HIDDEN: u16 = 0x0001;
/// The bit of a formula's options that it is to be calculated when the file is opened.
const ON_LOAD: u16 = 0x0002;

/// What a sheet says beside its cells' values.
#[derive(Debug, Default)]
pub(in crate::read) struct SheetFacts {
    pub hidden_lines: HiddenLines,
    /// The first and the last cell of each merged range.
    pub merges: Vec<(CellRef, CellRef)>,
    /// The format of each cell whose format shows percentages: its place among the formats.
    percents: HashMap<CellRef, u16>,
    /// What of a cell's text is raised, in units of UTF-16.
    raised: HashMap<CellRef, Raised>,
    /// Formulas without a result: a zero in want of one, and nothing.
    zeros: Vec<CellRef>,
    blanks: Vec<CellRef>,
    has_results: bool,
    /// How many of either are kept.
    most: usize,
}

/// What a workbook says beside its cells' values.
#[derive(Debug, Default)]
pub(in crate::read) struct BookFacts {
    formats: Formats,
    /// The sheets in the order of the workbook's list.
    pub sheets: Vec<SheetFacts>,
}

impl BookFacts {
    /// Reads a workbook's stream; no more than `most` formulas without a result are kept of a sheet.
    pub fn read(stream: &[u8], most: usize) -> Self {
        let formats = Formats::read(stream);
        let shared = if formats.has_raised_font() { biff_strings::raised(stream, &formats) } else { HashMap::new() };
        let starts = records(stream).take_while(|(kind, _)| *kind != EOF).filter(|(kind, _)| *kind == BOUND_SHEET);
        let sheet = |body: &[u8]| {
            let start = u32_at(body, 0).and_then(|start| stream.get(start as usize..)).unwrap_or_default();
            SheetFacts::read(start, &formats, &shared, most)
        };
        let mut sheets: Vec<SheetFacts> = starts.map(|(_, body)| sheet(body)).collect();
        // An empty text is a result of some formulas, but not of all.
        if sheets.iter().any(|sheet| sheet.has_results) {
            sheets.iter_mut().for_each(|sheet| sheet.blanks.clear());
        }
        Self { formats, sheets }
    }

    /// The format of a cell of a sheet, if that shows percentages.
    pub fn format<'a>(&'a self, sheet: &SheetFacts, at: CellRef) -> Option<&'a NumberFormat> {
        self.formats.percent(*sheet.percents.get(&at)?)
    }
}

impl SheetFacts {
    /// Those of the sheet that begins here, without those of charts inside it.
    fn read(sheet: &[u8], formats: &Formats, shared: &HashMap<u32, Raised>, most: usize) -> Self {
        let mut facts = Self { most, ..Self::default() };
        let mut depth = 0u32;
        for (kind, body) in records(sheet) {
            match kind {
                BOF => depth += 1,
                EOF if depth <= 1 => break,
                EOF => depth -= 1,
                _ if depth == 1 => facts.record(kind, body, formats, shared),
                _ => {}
            }
        }
        facts.hidden_lines.rows.sort_unstable_by_key(|rows| *rows.start());
        facts
    }

    fn record(&mut self, kind: u16, body: &[u8], formats: &Formats, shared: &HashMap<u32, Raised>) {
        match kind {
            ROW if has(body, 12, ROW_HIDDEN) => {
                self.hidden_lines.rows.extend(u16_at(body, 0).map(|row| u32::from(row)..=u32::from(row)));
            }
            COLUMNS if has(body, 8, COLUMN_HIDDEN) => {
                let ends = u16_at(body, 0).zip(u16_at(body, 2));
                self.hidden_lines.columns.extend(ends.map(|(first, last)| u32::from(first)..=u32::from(last)));
            }
            MERGED => {
                let corners = |range: &[u8]| {
                    let [top, bottom, left, right] = [0, 2, 4, 6].map(|at| u16_at(range, at).map(u32::from));
                    Some((CellRef::new(top?, left?), CellRef::new(bottom?, right?)))
                };
                self.merges.extend(body.get(2..).unwrap_or_default().chunks_exact(8).filter_map(corners));
            }
            NUMBER | PACKED_NUMBER => self.format(cell(body), u16_at(body, 4), formats),
            FORMULA_CELL => {
                self.format(cell(body), u16_at(body, 4), formats);
                self.formula(body);
            }
            SEVERAL_NUMBERS => {
                let (Some(first), false) = (cell(body), formats.has_no_percent()) else { return };
                let numbers = body.get(4..).unwrap_or_default().chunks_exact(6);
                for (number, column) in numbers.zip(first.column..) {
                    self.format(Some(CellRef::new(first.row, column)), u16_at(number, 0), formats);
                }
            }
            SHARED_TEXT if !shared.is_empty() => {
                let raised = u32_at(body, 6).and_then(|index| shared.get(&index));
                self.raised.extend(cell(body).zip(raised.cloned()));
            }
            RICH_TEXT if formats.has_raised_font() => {
                self.raised.extend(cell(body).zip(biff_strings::raised_in_cell(body, formats)));
            }
            _ => {}
        }
    }

    fn format(&mut self, at: Option<CellRef>, format: Option<u16>, formats: &Formats) {
        if !formats.has_no_percent() {
            self.percents.extend(at.zip(format.filter(|format| formats.percent(*format).is_some())));
        }
    }

    /// The result of a formula stands in eight bytes: a number, or a mark of what kind it is of.
    fn formula(&mut self, body: &[u8]) {
        let (Some(at), Some(result)) = (cell(body), body.get(6..14)) else { return };
        match result {
            [3, .., 0xFF, 0xFF] => keep(&mut self.blanks, at, self.most),
            [0, 0, 0, 0, 0, 0, 0, 0] if has(body, 14, ON_LOAD) => keep(&mut self.zeros, at, self.most),
            _ => self.has_results = true,
        }
    }

    /// The cells whose formulas have no result.
    pub fn uncalculated(&self) -> impl Iterator<Item = CellRef> {
        self.zeros.iter().chain(&self.blanks).copied()
    }

    /// A cell's text without what is raised in it.
    pub fn without_raised(&self, at: CellRef, text: &str) -> Option<String> {
        let raised = self.raised.get(&at)?;
        let is_raised = |unit: &usize| raised.iter().any(|range: &Range<usize>| range.contains(unit));
        let kept: Vec<u16> =
            text.encode_utf16().enumerate().filter(|(unit, _)| !is_raised(unit)).map(|(_, unit)| unit).collect();
        let kept = String::from_utf16_lossy(&kept);
        (!kept.trim().is_empty()).then_some(kept)
    }
}

fn keep(cells: &mut Vec<CellRef>, at: CellRef, most: usize) {
    if cells.len() < most {
        cells.push(at);
    }
}

fn cell(body: &[u8]) -> Option<CellRef> {
    Some(CellRef::new(u16_at(body, 0)?.into(), u16_at(body, 2)?.into()))
}

fn has(body: &[u8], at: usize, bit: u16) -> bool {
    u16_at(body, at).is_some_and(|options| options & bit != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_without_results_were_kept_beyond_the_bound_of_cells() {
        let record = |kind: u16, body: &[u8]| {
            [&kind.to_le_bytes(), &u16::try_from(body.len()).unwrap().to_le_bytes(), body].concat()
        };
        let formula = |row: u16, result: [u8; 8]| {
            record(FORMULA_CELL, &[&row.to_le_bytes()[..], &[0; 4], &result, &[2, 0, 0, 0, 0, 0]].concat())
        };
        for result in [[0; 8], [3, 0, 0, 0, 0, 0, 0xFF, 0xFF]] {
            let formulas: Vec<u8> = (0..100).flat_map(|row| formula(row, result)).collect();
            let sheet = [record(BOF, &[0; 16]), formulas, record(EOF, &[])].concat();
            for (most, kept) in [(0, 0), (7, 7), (100, 100), (1_000, 100)] {
                let facts = SheetFacts::read(&sheet, &Formats::default(), &HashMap::new(), most);
                assert_eq!(facts.uncalculated().count(), kept, "{most}");
            }
        }
    }
}
