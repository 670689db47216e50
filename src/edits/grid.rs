//! A sheet of a written workbook, row by row: texts as they stand there, and the key of each row.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::domain::cell_ref::CellRef;
use crate::edits::CellText;
use crate::edits::columns::Columns;
use crate::edits::value_text::value_text;
use crate::plan::items::TITLE_ROW;
use crate::read::{Look, Sheet};
use crate::write::printed::Wording;

/// A sheet whose rows have keys in a column.
#[derive(Clone)]
pub(super) struct Grid<'a> {
    pub sheet: &'a Sheet,
    pub columns: Columns,
    /// What it has beside values.
    pub look: Option<&'a Look>,
    /// The keys of rows.
    names: BTreeMap<u32, String>,
    /// Cells whose text has found its place.
    used: RefCell<BTreeSet<CellRef>>,
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
    pub fn new(sheet: &'a Sheet, columns: Columns, look: Option<&'a Look>) -> Self {
        let mut seen = BTreeSet::new();
        let mut names = BTreeMap::new();
        if let Some(column) = columns.key {
            let keys = sheet.cells().iter().filter(|cell| cell.at.column == column);
            for cell in keys {
                let key = cell.value.text().trim();
                // One key counts once: a copied row is the officer's.
                if !key.is_empty() && seen.insert(key.to_owned()) {
                    names.insert(cell.at.row, key.to_owned());
                }
            }
        }
        Self { sheet, columns, look, names, used: RefCell::default() }
    }

    /// A sheet without keys.
    pub fn without_keys(sheet: &'a Sheet) -> Self {
        Self::new(sheet, Columns::default(), None)
    }

    /// The same with other keys of rows.
    pub fn with_names(self, names: BTreeMap<u32, String>) -> Self {
        Self { names, ..self }
    }

    /// The keys of rows.
    pub fn names(&self) -> &BTreeMap<u32, String> {
        &self.names
    }

    /// The rows from the first with a key on, without titles and heads.
    pub fn rows(&'a self) -> Vec<GridRow<'a>> {
        let mut rows = Vec::new();
        for cells in self.sheet.rows() {
            let Some(row) = cells.first().map(|cell| cell.at.row) else { continue };
            let key = self.names.get(&row).cloned();
            let is_title = key.as_ref().is_some_and(|key| key.starts_with(TITLE_ROW));
            if !is_title && (key.is_some() || !rows.is_empty()) {
                rows.push(GridRow { grid: self, row, key });
            }
        }
        rows
    }

    /// What stands in a cell, as a text.
    pub fn text(&self, row: u32, column: u32) -> String {
        let at = CellRef { row, column: self.columns.now(column) };
        self.sheet.get(at).map(|cell| value_text(&cell.value)).unwrap_or_default()
    }

    pub fn cell(&self, row: u32, column: u32) -> CellText {
        let at = CellRef { row, column: self.columns.now(column) };
        let text = self.text(row, column);
        let text = if text.is_empty() { self.formula(at).unwrap_or_default() } else { text };
        CellText { text, place: self.sheet.place(at) }
    }

    /// How many formulas stand in cells whose text has found its place; what a measure answers is the program's own.
    pub fn formulas(&self) -> usize {
        let used = self.used.borrow();
        let is_typed =
            |at: &&CellRef| self.look.is_some_and(|look| look.formulas.contains_key(at)) && !self.is_own(**at);
        used.iter().filter(is_typed).count()
    }

    /// Whether the program itself has put a formula there.
    fn is_own(&self, at: CellRef) -> bool {
        let answers = &Wording::built_in().plan.answers;
        let formula = self.look.and_then(|look| look.formulas.get(&at)).map(String::as_str).unwrap_or_default();
        // Of one that is shared only the first cell has the text.
        formula.is_empty() || formula.contains(answers) || formula.contains('!')
    }

    /// A formula that somebody has typed and whose result is not stored.
    fn formula(&self, at: CellRef) -> Option<String> {
        let formula = self.look?.formulas.get(&at)?;
        (!self.is_own(at)).then(|| format!("={formula}"))
    }

    /// Whether a cell's text has found its place.
    pub fn is_used(&self, at: CellRef) -> bool {
        self.used.borrow().contains(&at)
    }
}

impl GridRow<'_> {
    pub fn text(&self, column: u32) -> String {
        self.grid.text(self.row, column)
    }

    pub fn cell(&self, column: u32) -> CellText {
        self.grid.cell(self.row, column)
    }

    /// Says that these columns have found their place.
    pub fn used(&self, columns: impl IntoIterator<Item = u16>) {
        let at = |column: u16| CellRef { row: self.row, column: self.grid.columns.now(column.into()) };
        self.grid.used.borrow_mut().extend(columns.into_iter().map(at));
    }
}
