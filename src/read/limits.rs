//! How much of an untrusted file is read, and the count of what has been.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::domain::cell_ref::CellRef;
use crate::error::{Cause, Quantity};
use crate::read::grid::{Cell, HiddenLines, Sheet, Value};

/// Rows of a sheet in Excel 2007 and later, and in LibreOffice: a cell below them is in no spreadsheet.
pub(in crate::read) const ROWS: u32 = 1 << 20;

/// Merged ranges of a sheet that are kept: nobody merges more by hand.
pub(in crate::read) const MERGES: usize = 2000;

/// How much of an untrusted file is read. Every limit is checked before the memory for it is taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes of the file itself.
    pub file_bytes: u64,
    /// Bytes of all its parts together, unpacked.
    pub unpacked_bytes: u64,
    /// Parts in its container.
    pub parts: u64,
    /// Sheets.
    pub sheets: u64,
    /// Cells with content, all sheets together.
    pub cells: u64,
    /// Columns up to the last that has content.
    pub columns: u64,
    /// Characters of one cell.
    pub text: u64,
    /// Bytes of all cells' texts together.
    pub all_text: u64,
    /// Bytes of memory while a file is tried in a process of its own; see [`super::Options::trial`].
    pub memory: u64,
    /// Seconds while a file is tried in a process of its own.
    pub seconds: u64,
}

impl Default for Limits {
    /// Far above a national score file (8,300 agencies of 70 cells), far below what hurts.
    fn default() -> Self {
        Self {
            file_bytes: 64 << 20,
            unpacked_bytes: 128 << 20,
            parts: 10_000,
            sheets: 500,
            cells: 2_000_000,
            columns: 16_384,
            text: 100_000,
            all_text: 64 << 20,
            memory: 300 << 20,
            seconds: 10,
        }
    }
}

impl Limits {
    /// The limit on one measure.
    pub fn limit(&self, what: Quantity) -> u64 {
        match what {
            Quantity::FileBytes => self.file_bytes,
            Quantity::UnpackedBytes => self.unpacked_bytes,
            Quantity::Parts => self.parts,
            Quantity::Sheets => self.sheets,
            Quantity::Cells => self.cells,
            Quantity::Columns => self.columns,
            Quantity::Text => self.text,
            Quantity::AllText => self.all_text,
            Quantity::Memory => self.memory,
            Quantity::Seconds => self.seconds,
        }
    }

    /// One cell more than there may be: who has kept so many need keep no more, as the sheet is refused.
    pub(in crate::read) fn beyond_cells(&self) -> usize {
        usize::try_from(self.cells).unwrap_or(usize::MAX).saturating_add(1)
    }

    /// Refuses what is more than the limit on it.
    pub(crate) fn check(&self, what: Quantity, found: u64) -> Result<(), Cause> {
        let limit = self.limit(what);
        if found > limit { Err(Cause::TooLarge { what, found, limit }) } else { Ok(()) }
    }
}

/// Takes sheets and cells in from any format and keeps count: what passes a limit is refused before it is kept.
pub(in crate::read) struct Intake<'a> {
    limits: &'a Limits,
    sheets: Vec<Sheet>,
    cells: u64,
    text: u64,
    open: Vec<Cell>,
    hidden_lines: HiddenLines,
    merges: Vec<(CellRef, CellRef)>,
    number_formats: BTreeMap<String, usize>,
}

impl<'a> Intake<'a> {
    pub(in crate::read) fn new(limits: &'a Limits) -> Self {
        Self {
            limits,
            sheets: Vec::new(),
            cells: 0,
            text: 0,
            open: Vec::new(),
            hidden_lines: HiddenLines::default(),
            merges: Vec::new(),
            number_formats: BTreeMap::new(),
        }
    }

    pub(in crate::read) fn limits(&self) -> &'a Limits {
        self.limits
    }

    /// One more cell of the sheet that is being read; both numbers count from 0.
    pub(in crate::read) fn cell(&mut self, row: u32, column: u32, value: Value) -> Result<(), Cause> {
        if row >= ROWS {
            return Err(Cause::RowTooFar { row: u64::from(row) + 1, last: ROWS });
        }
        self.check_column(column)?;
        if let Value::Text(text) | Value::Error(text) = &value {
            self.check_text(text)?;
        }
        self.check_room(1, value.text_bytes())?;
        self.cells += 1;
        self.text += value.text_bytes();
        self.open.push(Cell { at: CellRef::new(row, column), value });
        Ok(())
    }

    /// Whether there is room for as many cells more, with as many bytes of text.
    pub(in crate::read) fn check_room(&self, cells: u64, text: u64) -> Result<(), Cause> {
        self.limits.check(Quantity::Cells, self.cells.saturating_add(cells))?;
        self.limits.check(Quantity::AllText, self.text.saturating_add(text))
    }

    pub(in crate::read) fn check_column(&self, column: u32) -> Result<(), Cause> {
        self.limits.check(Quantity::Columns, u64::from(column) + 1)
    }

    pub(in crate::read) fn check_text(&self, text: &str) -> Result<(), Cause> {
        // A text never has more characters than bytes.
        if text.len() as u64 <= self.limits.text {
            return Ok(());
        }
        self.limits.check(Quantity::Text, text.chars().count() as u64)
    }

    /// A text cell, unless it is blank.
    pub(in crate::read) fn text(&mut self, row: u32, column: u32, text: &str) -> Result<(), Cause> {
        match text_value(text) {
            Some(value) => self.cell(row, column, value),
            None => Ok(()),
        }
    }

    /// What is not shown of the sheet that is being read.
    pub(in crate::read) fn hide(&mut self, lines: HiddenLines) {
        self.hidden_lines = lines;
    }

    /// A range of merged cells of the sheet that is being read.
    pub(in crate::read) fn merge(&mut self, first: CellRef, last: CellRef) {
        if first != last && self.merges.len() < MERGES {
            self.merges.push((first, last));
        }
    }

    /// How many cells with numbers of the sheet that is being read have a number format.
    pub(in crate::read) fn number_format(&mut self, code: &str, cells: usize) {
        *self.number_formats.entry(code.to_owned()).or_default() += cells;
    }

    /// Ends a sheet: its cells are those taken in since the last one ended.
    pub(in crate::read) fn end_sheet(&mut self, name: impl Into<Arc<str>>, hidden: bool) -> Result<(), Cause> {
        self.limits.check(Quantity::Sheets, self.sheets.len() as u64 + 1)?;
        let mut sheet = Sheet::new(name, hidden, std::mem::take(&mut self.open));
        sheet.hidden_lines = std::mem::take(&mut self.hidden_lines);
        sheet.merges = std::mem::take(&mut self.merges).into();
        sheet.number_formats = std::mem::take(&mut self.number_formats);
        self.sheets.push(sheet);
        Ok(())
    }

    /// Forgets all that was taken in, for a file that is read again.
    pub(in crate::read) fn restart(&mut self) {
        *self = Self::new(self.limits);
    }

    pub(in crate::read) fn into_sheets(self) -> Vec<Sheet> {
        self.sheets
    }
}

/// A text as a cell's value; nothing where it is blank.
pub(in crate::read) fn text_value(text: &str) -> Option<Value> {
    (!text.trim().is_empty()).then(|| Value::Text(text.to_owned()))
}
