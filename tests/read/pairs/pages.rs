//! A spreadsheet in the making: sheets of cells that any format can hold.

use std::collections::BTreeSet;

use crate::support::binary::{Cells, Content};

/// One sheet.
pub struct Page {
    pub name: String,
    cells: Cells,
    /// Cells that are shown as one: first row and column, last row and column.
    pub merged: Vec<[u32; 4]>,
    /// Cells whose number is shown a hundred times as large, with a percent sign.
    percents: BTreeSet<(u32, u32)>,
}

impl Page {
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), cells: Vec::new(), merged: Vec::new(), percents: BTreeSet::new() }
    }

    pub fn text(&mut self, row: u32, column: u32, text: impl Into<String>) {
        self.cells.push((row, column, Content::Text(text.into())));
    }

    /// Texts side by side; blank ones make no cell.
    pub fn texts(&mut self, row: u32, column: u32, texts: &[&str]) {
        for (at, text) in (column..).zip(texts).filter(|(_, text)| !text.is_empty()) {
            self.text(row, at, *text);
        }
    }

    pub fn number(&mut self, row: u32, column: u32, number: f64) {
        self.cells.push((row, column, Content::Number(number)));
    }

    pub fn percent(&mut self, row: u32, column: u32, number: f64) {
        self.number(row, column, number);
        self.percents.insert((row, column));
    }

    pub fn is_percent(&self, row: u32, column: u32) -> bool {
        self.percents.contains(&(row, column))
    }

    pub fn merge(&mut self, first: (u32, u32), last: (u32, u32)) {
        if first != last {
            self.merged.push([first.0, first.1, last.0, last.1]);
        }
    }

    /// The cells, row by row.
    pub fn cells(&self) -> Cells {
        let mut cells = self.cells.clone();
        cells.sort_by_key(|(row, column, _)| (*row, *column));
        cells
    }

    /// Rows of what stands in each place, blank places included.
    pub fn grid(&self) -> Vec<Vec<Option<Content>>> {
        let end = |of: fn(&(u32, u32, Content)) -> u32| self.cells.iter().map(of).max().map_or(0, |last| last + 1);
        let mut grid = vec![vec![None; end(|cell| cell.1) as usize]; end(|cell| cell.0) as usize];
        for (row, column, content) in &self.cells {
            grid[*row as usize][*column as usize] = Some(content.clone());
        }
        grid
    }

    /// How many rows and columns the merged cell that begins here covers.
    pub fn span(&self, row: u32, column: u32) -> (u32, u32) {
        let own = self.merged.iter().find(|own| own[0] == row && own[1] == column);
        own.map_or((1, 1), |own| (own[2] - own[0] + 1, own[3] - own[1] + 1))
    }

    /// Whether a place lies under a merged cell that begins elsewhere.
    pub fn is_covered(&self, row: u32, column: u32) -> bool {
        let inside = |own: &[u32; 4]| (own[0]..=own[2]).contains(&row) && (own[1]..=own[3]).contains(&column);
        self.merged.iter().any(|own| inside(own) && (own[0], own[1]) != (row, column))
    }
}
