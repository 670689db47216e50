//! What the program has written on a sheet, cell by cell, and the names of the rows.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::cell_name::CellName;

/// What a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CellKind {
    /// A text.
    Text,
    /// A text that a formula puts together: another may stand in its place.
    Line,
    /// A number that was typed in.
    Number,
    /// A figure or a word that a formula computes: nothing else may be shown there.
    Result,
}

impl CellKind {
    /// Whether a formula stands in the cell.
    pub fn is_live(self) -> bool {
        matches!(self, Self::Line | Self::Result)
    }
}

/// A cell with what it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CensusCell {
    pub text: String,
    pub kind: CellKind,
}

/// The cells of a sheet.
#[derive(Debug, Clone, Default)]
pub(crate) struct Census {
    /// The sheet's name.
    pub sheet: String,
    /// Those with something in them, by row and column from 0.
    pub cells: BTreeMap<(u32, u16), CensusCell>,
    /// The names of rows.
    pub rows: BTreeMap<u32, String>,
    /// Cells that are one: first and last row, first and last column.
    pub blocks: Vec<((u32, u32), (u16, u16))>,
    /// The widths of the columns, in digits.
    pub widths: Vec<f64>,
    /// The heights of the rows, in quarters of a point.
    pub heights: BTreeSet<u32>,
}

impl Census {
    /// The row of a name.
    pub fn row_of(&self, name: &str) -> Option<u32> {
        self.rows.iter().find(|(_, known)| *known == name).map(|(row, _)| *row)
    }

    /// The row and the column of a cell that has a name.
    pub fn place_of(&self, name: &CellName) -> Option<(u32, u16)> {
        let row = if name.row.is_empty() { 0 } else { self.row_of(&name.row)? };
        Some((row.checked_add(name.below)?, u16::try_from(name.column).ok()?))
    }

    /// The columns of the block that begins with a cell.
    pub fn block_from(&self, (row, column): (u32, u16)) -> (u16, u16) {
        let begins = |((first, _), (left, _)): &&((u32, u32), (u16, u16))| (*first, *left) == (row, column);
        self.blocks.iter().find(begins).map_or((column, column), |(_, columns)| *columns)
    }

    /// Whether a cell is covered by the first of its block.
    pub fn is_covered(&self, (row, column): (u32, u16)) -> bool {
        self.blocks.iter().any(|(rows, columns)| {
            let inside = (rows.0..=rows.1).contains(&row) && (columns.0..=columns.1).contains(&column);
            inside && (rows.0, columns.0) != (row, column)
        })
    }

    /// The cells of a row that has a name, from left to right.
    pub fn cells_of(&self, row: u32) -> impl Iterator<Item = (u16, &CensusCell)> {
        self.cells.range((row, 0)..=(row, u16::MAX)).map(|((_, column), cell)| (*column, cell))
    }
}
