//! A sheet of a written workbook, row by row: texts as they stand there, and the key of each row.

use std::collections::BTreeSet;

use crate::domain::cell_ref::CellRef;
use crate::edits::CellText;
use crate::read::{Sheet, Value};

/// A sheet whose rows have keys in a column.
pub(super) struct Grid<'a> {
    sheet: &'a Sheet,
    key_column: u32,
}

/// A row with content.
pub(super) struct GridRow<'a> {
    grid: &'a Grid<'a>,
    /// Its number, from 0.
    pub row: u32,
    /// Its key; nothing where it has none, or that of a row before it.
    pub key: Option<String>,
}

impl<'a> Grid<'a> {
    pub fn new(sheet: &'a Sheet, key_column: u32) -> Self {
        Self { sheet, key_column }
    }

    /// The rows from the first with a key on; one key counts once.
    pub fn rows(&'a self) -> Vec<GridRow<'a>> {
        let mut seen = BTreeSet::new();
        let mut rows = Vec::new();
        for cells in self.sheet.rows() {
            let Some(row) = cells.first().map(|cell| cell.at.row) else { continue };
            let key = self.text(row, self.key_column).trim().to_owned();
            let key = (!key.is_empty() && seen.insert(key.clone())).then_some(key);
            if key.is_some() || !rows.is_empty() {
                rows.push(GridRow { grid: self, row, key });
            }
        }
        rows
    }

    /// Whether any row has a key.
    pub fn has_keys(&self) -> bool {
        self.sheet.cells().iter().any(|cell| cell.at.column == self.key_column && !cell.value.text().is_empty())
    }

    /// What stands in a cell, as a text.
    pub fn text(&self, row: u32, column: u32) -> String {
        self.sheet.get(CellRef { row, column }).map(|cell| value_text(&cell.value)).unwrap_or_default()
    }

    pub fn cell(&self, row: u32, column: u32) -> CellText {
        CellText { text: self.text(row, column), place: self.sheet.place(CellRef { row, column }) }
    }
}

impl GridRow<'_> {
    pub fn text(&self, column: u32) -> String {
        self.grid.text(self.row, column)
    }

    pub fn cell(&self, column: u32) -> CellText {
        self.grid.cell(self.row, column)
    }

    /// Cells with content that the table does not have.
    pub fn beyond(&self, printed: u32, known: &[u32]) -> Vec<crate::finding::Place> {
        let cells = self.grid.sheet.row(self.row).iter();
        let is_beyond = |column: u32| column > printed && !known.contains(&column);
        cells
            .filter(|cell| is_beyond(cell.at.column) && !value_text(&cell.value).trim().is_empty())
            .map(|cell| self.grid.sheet.place(cell.at))
            .collect()
    }
}

/// A value as a text: numbers in their shortest form, dates as serial numbers of days.
pub(super) fn value_text(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Number { value, .. } => value.normalize().to_string(),
        Value::Date(day) => day.map(|day| day.serial().to_string()).unwrap_or_default(),
        Value::Bool(value) => value.to_string(),
        Value::Error(error) => error.clone(),
        Value::Formula => String::new(),
    }
}
