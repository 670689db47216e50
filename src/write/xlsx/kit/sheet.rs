//! A sheet while it is written: text, numbers, live formulas, merged blocks, and rows as high as their text needs.

use std::borrow::Cow;
use std::collections::HashMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{Format, Worksheet};

use crate::typeset::{Breaks, TextBox, columns_px, text_width_pt};
use crate::write::xlsx::error::{WorkbookError, column_count};
use crate::write::xlsx::kit::book::DEFAULT_WIDTH;
use crate::write::xlsx::kit::census::{CellKind, Census};
use crate::write::xlsx::kit::formula::formula_of;
use crate::write::xlsx::kit::style::TEXT_SIZE;

/// The highest a row can be, in points.
pub(in crate::write::xlsx) const MAX_ROW: f64 = 409.0;

/// The most characters that a cell holds, in UTF-16 units.
const CELL_TEXT: usize = 32_767;

/// More characters than a row of the greatest height can show.
const FILLS_A_ROW: usize = 8_000;

/// How far texts are indented from a cell's border, in points: three spaces of the workbook's font.
const INDENT: f64 = 12.0;

/// Centimetres to inches, the unit of margins.
const INCH: f64 = 2.54;

/// A4, upright or lying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::write::xlsx) enum Paper {
    Portrait,
    Landscape,
}

/// The result that a formula is written with.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::write::xlsx) enum CachedResult {
    Number(Decimal),
    Text(String),
    Blank,
}

/// A text that a formula puts together, and what it comes to as the workbook is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::write::xlsx) struct LiveText {
    pub formula: String,
    pub text: String,
}

/// A sheet, its columns and what it takes to measure text on it.
pub(in crate::write::xlsx) struct Page<'a> {
    pub sheet: &'a mut Worksheet,
    breaks: &'a Breaks,
    columns: Vec<f64>,
    pub(super) heights: HashMap<u32, f64>,
    /// The last column of the printed table.
    pub last: u16,
    /// The formats met so far.
    formats: Vec<&'a Format>,
    /// The cells as they were written, one after the other.
    written: Vec<Written>,
    /// What was written, where that is kept.
    pub(super) census: Option<Census>,
    /// The formats of cells with a text of their own, where that is kept.
    pub(super) cell_formats: HashMap<(u32, u16), &'a Format>,
    /// The column of the names of rows, and its format.
    pub(super) names: Option<(u16, &'a Format)>,
}

/// A cell that was written.
#[derive(Clone, Copy)]
struct Written {
    column: u16,
    row: u32,
    /// The number of the format that it still is to get.
    format: Option<usize>,
}

impl From<Option<Decimal>> for CachedResult {
    fn from(score: Option<Decimal>) -> Self {
        score.map_or(Self::Blank, Self::Number)
    }
}

impl From<&str> for CachedResult {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Blank } else { Self::Text(text.to_owned()) }
    }
}

impl<'a> Page<'a> {
    /// A sheet with these column widths, in digits of running text, set up for A4 with the margins of official documents.
    /// `write` puts everything on it; the sheet is done when it returns.
    pub fn write(
        sheet: &'a mut Worksheet,
        breaks: &'a Breaks,
        columns: &[f64],
        paper: Paper,
        write: impl FnOnce(&mut Self) -> Result<(), WorkbookError>,
    ) -> Result<(), WorkbookError> {
        let mut page = Self::new(sheet, breaks, columns, paper)?;
        write(&mut page)?;
        page.finish()
    }

    pub(super) fn new(
        sheet: &'a mut Worksheet,
        breaks: &'a Breaks,
        columns: &[f64],
        paper: Paper,
    ) -> Result<Self, WorkbookError> {
        for (column, width) in (0u16..).zip(columns) {
            sheet.set_column_width(column, *width)?;
        }
        let last = column_count(columns.len().saturating_sub(1))?;
        sheet.set_paper_size(9);
        if paper == Paper::Landscape {
            sheet.set_landscape();
        }
        // left 3, right 2, top 2.5, bottom 2 cm; header and footer 1 cm from the edge
        sheet.set_margins(3.0 / INCH, 2.0 / INCH, 2.5 / INCH, 2.0 / INCH, 1.0 / INCH, 1.0 / INCH);
        // A formula whose result is an empty text must not be stored as the number 0.
        sheet.set_formula_result_default("");
        Ok(Self {
            sheet,
            breaks,
            columns: columns.to_vec(),
            heights: HashMap::new(),
            last,
            formats: Vec::new(),
            written: Vec::new(),
            census: None,
            cell_formats: HashMap::new(),
            names: None,
        })
    }

    pub fn text(&mut self, row: u32, column: u16, text: &str, format: &'a Format) -> Result<(), WorkbookError> {
        self.note((row, column), text, CellKind::Text, Some(format));
        if text.is_empty() {
            self.with_format((row, row), (column, column));
            self.sheet.write_blank(row, column, format)?;
        } else if self.may_be_bare(row, column, format) {
            self.sheet.write_string(row, column, in_cell(text))?;
        } else {
            self.sheet.write_string_with_format(row, column, in_cell(text), format)?;
        }
        Ok(())
    }

    pub fn number(
        &mut self,
        row: u32,
        column: u16,
        number: Option<Decimal>,
        format: &'a Format,
    ) -> Result<(), WorkbookError> {
        let Some(number) = number else { return self.text(row, column, "", format) };
        self.note((row, column), &number.normalize().to_string(), CellKind::Number, Some(format));
        if self.may_be_bare(row, column, format) {
            self.sheet.write_number(row, column, float(number)?)?;
        } else {
            self.sheet.write_number_with_format(row, column, float(number)?, format)?;
        }
        Ok(())
    }

    /// A formula with the result that it has for the scores as they are written.
    pub fn live(
        &mut self,
        row: u32,
        column: u16,
        formula: &str,
        result: CachedResult,
        format: &'a Format,
    ) -> Result<(), WorkbookError> {
        let shown = match &result {
            CachedResult::Number(number) => number.normalize().to_string(),
            CachedResult::Text(text) => text.clone(),
            CachedResult::Blank => String::new(),
        };
        self.note((row, column), &shown, CellKind::Result, Some(format));
        let formula = formula_of(formula)?;
        let formula = match result {
            CachedResult::Number(number) => formula.set_result(float(number)?.to_string()),
            CachedResult::Text(text) => formula.set_result(text),
            CachedResult::Blank => formula,
        };
        if self.may_be_bare(row, column, format) {
            self.sheet.write_formula(row, column, formula)?;
        } else {
            self.sheet.write_formula_with_format(row, column, formula, format)?;
        }
        Ok(())
    }

    /// Makes one cell of a block of rows and columns; the caller writes its content afterwards.
    pub fn merge(&mut self, rows: (u32, u32), columns: (u16, u16), format: &'a Format) -> Result<(), WorkbookError> {
        if rows.0 < rows.1 || columns.0 < columns.1 {
            self.keep_block(rows, columns);
            self.with_format(rows, columns);
            self.sheet.merge_range(rows.0, columns.0, rows.1, columns.1, "", format)?;
        }
        Ok(())
    }

    /// A text over a block of rows and columns.
    pub fn block(
        &mut self,
        rows: (u32, u32),
        columns: (u16, u16),
        text: &str,
        format: &'a Format,
    ) -> Result<(), WorkbookError> {
        if rows.0 == rows.1 && columns.0 == columns.1 {
            return self.text(rows.0, columns.0, text, format);
        }
        self.keep_block(rows, columns);
        self.note((rows.0, columns.0), text, CellKind::Text, Some(format));
        self.with_format(rows, columns);
        self.sheet.merge_range(rows.0, columns.0, rows.1, columns.1, &in_cell(text), format)?;
        Ok(())
    }

    /// A row of headers, one a column; returns its height.
    pub fn headers(&mut self, row: u32, texts: &[&str], format: &'a Format) -> Result<f64, WorkbookError> {
        let blocks: Vec<((u16, u16), &str)> = (0u16..).zip(texts).map(|(at, text)| ((at, at), *text)).collect();
        self.header_blocks(row, &blocks, format)
    }

    /// A row of headers over some columns each; returns its height.
    pub fn header_blocks(
        &mut self,
        row: u32,
        blocks: &[((u16, u16), &str)],
        format: &'a Format,
    ) -> Result<f64, WorkbookError> {
        let mut height: f64 = 0.0;
        for (columns, text) in blocks {
            self.block((row, row), *columns, text, format)?;
            height = height.max(self.height(text, *columns, TEXT_SIZE, true));
        }
        self.row_height(row, height)
    }

    /// The height that a text needs over some columns, in points; of more than fits into the highest row at least so much.
    pub fn height(&self, text: &str, columns: (u16, u16), size: f64, bold: bool) -> f64 {
        let text_box = self.text_box(columns, columns.0 < columns.1, size, bold);
        // So much fills the highest row over the widest columns: the rest need not be measured.
        let end = || text.char_indices().nth(FILLS_A_ROW).and_then(|(end, _)| text.get(..end));
        let text = if text.len() > FILLS_A_ROW { end().unwrap_or(text) } else { text };
        text_box.height_pt(text_box.lines(text, self.breaks))
    }

    /// Sets a row's height, at most what a row can have; returns it.
    pub fn row_height(&mut self, row: u32, height: f64) -> Result<f64, WorkbookError> {
        let height = height.min(MAX_ROW);
        self.sheet.set_row_height(row, height)?;
        self.heights.insert(row, height);
        Ok(height)
    }

    /// A line of text over the printed columns, as high as it needs; returns its height.
    pub fn line(
        &mut self,
        row: u32,
        text: &str,
        format: &'a Format,
        size: f64,
        bold: bool,
    ) -> Result<f64, WorkbookError> {
        let last = self.last;
        self.block((row, row), (0, last), text, format)?;
        let height = self.height(text, (0, last), size, bold);
        self.row_height(row, height)
    }

    /// A line of live text over the printed columns, as high as its present text needs; returns its height.
    pub fn live_line(
        &mut self,
        row: u32,
        line: &LiveText,
        format: &'a Format,
        size: f64,
        bold: bool,
    ) -> Result<f64, WorkbookError> {
        let last = self.last;
        self.merge((row, row), (0, last), format)?;
        self.live_text(row, 0, (&line.formula, &line.text), format)?;
        let height = self.height(&line.text, (0, last), size, bold);
        self.row_height(row, height.max(self.one_line()))
    }

    /// The height of some rows together, in points; those without a height of their own have one line.
    pub fn rows_height(&self, rows: (u32, u32)) -> f64 {
        (rows.0..=rows.1).map(|row| self.heights.get(&row).copied().unwrap_or_else(|| self.one_line())).sum()
    }

    /// The width of some columns and the height of some rows, in pixels.
    pub fn pixels(&self, columns: (u16, u16), rows: (u32, u32)) -> (u32, u32) {
        let height: f64 = (rows.0..=rows.1).filter_map(|row| self.heights.get(&row)).sum();
        // 0.75 points a pixel
        (columns_px(&self.span(columns)) as u32, (height / 0.75) as u32)
    }

    /// Whether a cell can be written without its format, which it gets in [`Page::finish`] together with the cells above and
    /// below: the writer looks through all that a format says for every cell. The first of each comes at once, so that they
    /// are numbered in the order in which they are met.
    fn may_be_bare(&mut self, row: u32, column: u16, format: &'a Format) -> bool {
        let number = self.formats.iter().position(|known| std::ptr::eq(*known, format));
        if number.is_none() {
            self.formats.push(format);
        }
        self.written.push(Written { column, row, format: number });
        number.is_some()
    }

    /// Remembers that cells were written with their format: none that they were written with before is given to them.
    fn with_format(&mut self, rows: (u32, u32), columns: (u16, u16)) {
        for column in columns.0..=columns.1 {
            self.written.extend((rows.0..=rows.1).map(|row| Written { column, row, format: None }));
        }
    }

    /// Gives the cells without a format theirs, whole runs of a column at a time.
    pub(super) fn finish(mut self) -> Result<(), WorkbookError> {
        // What was written last to a cell comes last of its entries.
        self.written.sort_by_key(|cell| (cell.column, cell.row));
        let same_cell = |a: &Written, b: &Written| (a.column, a.row) == (b.column, b.row);
        let last = self.written.chunk_by(same_cell).filter_map(|entries| entries.last());
        let bare: Vec<Written> = last.filter(|cell| cell.format.is_some()).copied().collect();
        let is_run = |a: &Written, b: &Written| a.column == b.column && a.format == b.format && b.row - a.row == 1;
        for run in bare.chunk_by(is_run) {
            let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
            if let Some(format) = first.format.and_then(|number| self.formats.get(number)) {
                self.sheet.set_range_format(first.row, first.column, last.row, last.column, format)?;
            }
        }
        Ok(())
    }

    /// The widths of some columns; one of no given width has the sheet's own.
    fn span(&self, columns: (u16, u16)) -> Cow<'_, [f64]> {
        let (first, last) = (usize::from(columns.0), usize::from(columns.1));
        match self.columns.get(first..=last) {
            Some(span) => Cow::Borrowed(span),
            None => (first..=last).map(|at| self.columns.get(at).copied().unwrap_or(DEFAULT_WIDTH)).collect(),
        }
    }

    fn text_box(&self, columns: (u16, u16), merged: bool, size: f64, bold: bool) -> TextBox {
        // Heads and titles are centred, running text is indented.
        let indent = if bold { 0.0 } else { INDENT };
        let width_pt = (text_width_pt(&self.span(columns), merged) - indent).max(1.0);
        TextBox { width_pt, size_pt: size, bold }
    }

    /// The height of one line of running text.
    pub fn one_line(&self) -> f64 {
        TextBox { width_pt: f64::MAX, size_pt: TEXT_SIZE, bold: false }.height_pt(1)
    }
}

/// A text as a cell holds it: what is longer than a cell's limit is cut, with a mark.
pub(in crate::write::xlsx) fn in_cell(text: &str) -> Cow<'_, str> {
    // no text has more UTF-16 units than bytes
    if text.len() <= CELL_TEXT || text.encode_utf16().count() <= CELL_TEXT {
        return Cow::Borrowed(text);
    }
    let mut length = 0;
    let fits = |c: &char| {
        length += c.len_utf16();
        length < CELL_TEXT
    };
    Cow::Owned(text.chars().take_while(fits).chain(['…']).collect())
}

/// A number as cells have it.
pub(in crate::write::xlsx) fn float(number: Decimal) -> Result<f64, WorkbookError> {
    number.to_f64().ok_or(WorkbookError::Number(number))
}

#[cfg(test)]
#[path = "sheet_tests.rs"]
mod tests;
