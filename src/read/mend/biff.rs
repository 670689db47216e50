//! The stream of an .xls as its parser can read it.
//!
//! The parser drops number formats that redefine a built-in one, so that a score turns into a date; it knows few code
//! pages; and it lays out each sheet's rectangle, so that one cell in a far corner takes more memory than there is.

use std::collections::{BTreeSet, HashMap};

use crate::error::Cause;
use crate::read::formats::biff_formats::{codes, is_biff8};
use crate::read::number_format::{self, NumberFormat};
use crate::read::safety::biff_memory::{self, BOF, BOUND_SHEET, CELL_FORMAT, DIMENSIONS, EOF, records, u16_at, u32_at};
use crate::read::sniff::encoding;

const CODE_PAGE: u16 = 0x0042;
const LABEL: u16 = 0x0204;
const FILE_PASS: u16 = 0x002F;

/// Formats of cells for numbers and for dates.
const GENERAL: u16 = 0;
const DATE: u16 = 14;
/// The built-in format of percentages.
const PERCENT: u16 = 10;

/// The version of Excel 5, and what a worksheet is.
const BIFF5: u16 = 0x0500;
const WORKSHEET: u16 = 0x0010;

/// UTF-16, in which Excel 97 keeps all its texts whatever the file says.
const UNICODE: u16 = 1200;

/// A workbook's stream, which may have been changed.
pub(in crate::read) struct Stream {
    pub bytes: Vec<u8>,
    pub changed: bool,
    /// The code page that its texts are to be read in, where it is another than the file says.
    pub code_page: Option<u16>,
    /// For each sheet the rows that its rows stand for, where they were moved together.
    pub rows: HashMap<usize, Vec<u16>>,
}

impl Stream {
    /// The stream as it stands in its container.
    ///
    /// # Errors
    /// When it is encrypted.
    pub fn new(bytes: Vec<u8>) -> Result<Self, Cause> {
        if records(&bytes).take_while(|(kind, _)| *kind != EOF).any(|(kind, _)| kind == FILE_PASS) {
            return Err(Cause::Encrypted);
        }
        let code_page = code_page(&bytes);
        let mut stream = Self { bytes, changed: false, code_page, rows: HashMap::new() };
        stream.settle_formats();
        Ok(stream)
    }

    /// The stream of a file that has no container: a workbook, or a worksheet alone, which gets a workbook around it.
    pub fn without_container(bytes: &[u8]) -> Result<Self, Cause> {
        let kind = u16_at(bytes, 6).unwrap_or_default();
        let mut stream = if kind == WORKSHEET { worksheet_alone(bytes) } else { bytes.to_vec() };
        // Version 0 is written by scripts, whose texts are as in Excel 5.
        if let Some(version) = stream.get_mut(4..6).filter(|version| *version == [0, 0]) {
            version.copy_from_slice(&BIFF5.to_le_bytes());
        }
        let mut stream = Self::new(stream)?;
        stream.changed = true;
        Ok(stream)
    }

    /// Gives formats of cells that redefine a built-in number format what they are: a number or a date.
    fn settle_formats(&mut self) {
        let codes = codes(&self.bytes);
        // A percentage is told by its own code, beside the parser, which takes its number for no date but where that is one.
        let shows_percent = |code: &str| NumberFormat::parse(code).has_percent();
        let is_date_id = |id: &u16| matches!(id, 14..=22 | 27..=36 | 45..=47 | 50..=58);
        let dropped = |id: &u16, code: &str| {
            !matches!(id, 5..=8 | 23..=26 | 41..=44 | 63..=66 | 164..=382) && (is_date_id(id) || !shows_percent(code))
        };
        let put_right = |code: &str| match (number_format::is_date(code), shows_percent(code)) {
            (true, _) => DATE,
            (false, true) => PERCENT,
            (false, false) => GENERAL,
        };
        let dropped: HashMap<u16, u16> =
            codes.iter().filter(|(id, code)| dropped(id, code)).map(|(id, code)| (*id, put_right(code))).collect();
        if dropped.is_empty() {
            return;
        }
        let (mut at, mut wrong) = (0, Vec::new());
        for (kind, body) in records(&self.bytes).take_while(|(kind, _)| *kind != EOF) {
            let id = u16_at(body, 2).filter(|_| kind == CELL_FORMAT);
            wrong.extend(id.and_then(|id| dropped.get(&id)).map(|format| (at + 6, *format)));
            at += 4 + body.len();
        }
        wrong.into_iter().for_each(|(at, format)| self.set(at, format));
    }

    fn set(&mut self, at: usize, number: u16) {
        if let Some(place) = self.bytes.get_mut(at..at + 2).filter(|place| **place != number.to_le_bytes()) {
            place.copy_from_slice(&number.to_le_bytes());
            self.changed = true;
        }
    }

    /// Moves the rows of each sheet together, so that its rectangle is as high as it has rows with cells, and takes out
    /// what it claims to reach over.
    pub fn move_rows_together(&mut self) {
        let starts: Vec<usize> = records(&self.bytes)
            .take_while(|(kind, _)| *kind != EOF)
            .filter(|(kind, _)| *kind == BOUND_SHEET)
            .filter_map(|(_, body)| u32_at(body, 0).map(|start| start as usize))
            .collect();
        for (sheet, start) in starts.into_iter().enumerate() {
            let cells: Vec<(usize, u16)> = self.cells(start);
            let with_rows = cells.iter().filter(|(_, kind)| *kind != DIMENSIONS);
            let rows: BTreeSet<u16> = with_rows.filter_map(|(at, _)| u16_at(&self.bytes, at + 4)).collect();
            let rows: Vec<u16> = rows.into_iter().collect();
            for (at, kind) in cells {
                if kind == DIMENSIONS {
                    // A record of no known kind is passed over.
                    self.set(at, 0xFFFF);
                    continue;
                }
                let row = u16_at(&self.bytes, at + 4).and_then(|row| rows.binary_search(&row).ok());
                if let Some(row) = row.and_then(|row| u16::try_from(row).ok()) {
                    self.set(at + 4, row);
                }
            }
            self.rows.insert(sheet, rows);
        }
    }

    /// Where the records of a sheet's cells stand, and what they are.
    fn cells(&self, start: usize) -> Vec<(usize, u16)> {
        let (mut at, mut depth, mut cells) = (start, 0u32, Vec::new());
        while let Some((kind, body)) = records(self.bytes.get(at..).unwrap_or_default()).next() {
            match kind {
                BOF => depth += 1,
                EOF if depth <= 1 => break,
                EOF => depth -= 1,
                kind if depth == 1 && (biff_memory::is_cell(kind)) => cells.push((at, kind)),
                _ => {}
            }
            at += 4 + body.len();
        }
        cells
    }
}

/// The code page of a workbook's texts, where its parser would take or know another.
fn code_page(stream: &[u8]) -> Option<u16> {
    let mut globals = records(stream).take_while(|(kind, _)| *kind != EOF);
    let said = globals.find(|(kind, _)| *kind == CODE_PAGE).and_then(|(_, body)| u16_at(body, 0));
    if is_biff8(stream) {
        return said.filter(|said| *said != UNICODE).map(|_| UNICODE);
    }
    match said {
        // Thai on a Macintosh.
        Some(10_021) => Some(874),
        Some(10_029) => Some(1250),
        Some(32_768) => Some(10_000),
        Some(
            866
            | 874
            | 932
            | 936
            | 949
            | 950
            | 1250..=1258
            | 10_000
            | 10_007
            | 20_866
            | 21_866
            | 28_592..=28_606
            | 65_001,
        ) => None,
        Some(_) => Some(1252),
        None => guessed(stream),
    }
}

/// The code page of texts that say none: Thai, if they look so.
fn guessed(stream: &[u8]) -> Option<u16> {
    let labels = records(stream).filter(|(kind, _)| *kind == LABEL).filter_map(|(_, body)| body.get(8..));
    let texts: Vec<&[u8]> = labels.filter(|text| !text.is_ascii()).collect();
    (!texts.is_empty()).then(|| if encoding::is_thai(&texts) { 874 } else { 1252 })
}

/// A workbook around a worksheet.
fn worksheet_alone(sheet: &[u8]) -> Vec<u8> {
    const NAME: &[u8] = b"Sheet1";
    let version = u16_at(sheet, 4).filter(|version| *version != 0).unwrap_or(BIFF5).to_le_bytes();
    let record = |kind: u16, body: &[u8]| {
        let length = u16::try_from(body.len()).unwrap_or_default();
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), body].concat()
    };
    let begin = record(BOF, &[&version[..], &[5, 0, 0, 0, 0, 0]].concat());
    let end = record(EOF, &[]);
    // State and kind, then the length of the name.
    let rest = [&[0, 0, 6][..], NAME].concat();
    let start = begin.len() + 4 + 4 + rest.len() + end.len();
    let start = u32::try_from(start).unwrap_or_default().to_le_bytes();
    let listed = record(BOUND_SHEET, &[&start[..], &rest].concat());
    let mut sheet = sheet.to_vec();
    if let Some(own) = sheet.get_mut(4..6) {
        own.copy_from_slice(&version);
    }
    [begin, listed, end, sheet].concat()
}
