//! The stable name of a cell of a written workbook: by it the cell is found again in one that is made anew.

use std::fmt;

/// A cell by its sheet, the name of its row and its column.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellName {
    /// The sheet's name.
    pub sheet: String,
    /// The name of the nearest row at or above it that has one; empty where none above has.
    pub row: String,
    /// How many rows it stands below that row.
    pub below: u32,
    /// Its column, from 0.
    pub column: u32,
}

/// What the names of such cells begin with among other keys.
pub(crate) const CELL: &str = "C/";

impl fmt::Display for CellName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.row_key(), self.column)
    }
}

impl CellName {
    /// The key of its row.
    pub(crate) fn row_key(&self) -> String {
        let below = if self.below == 0 { String::new() } else { format!("+{}", self.below) };
        format!("{CELL}{}/{}{below}", self.sheet, self.row)
    }
}

/// What an officer has typed into such a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    /// A text; an empty one where the officer has taken a text out.
    Text(String),
    /// A number.
    Number(rust_decimal::Decimal),
}

impl Typed {
    /// The same as a text.
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.normalize().to_string(),
        }
    }
}

/// A text that has no place in a workbook that is made anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unplaced {
    /// Where it stood: sheet and cell.
    pub place: String,
    /// The text.
    pub text: String,
}
