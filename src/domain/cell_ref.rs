//! Addresses of cells.

use std::fmt;

/// A cell's address, counted from 0; displayed as `B7`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellRef {
    /// Row, from 0.
    pub row: u32,
    /// Column, from 0.
    pub column: u32,
}

impl CellRef {
    /// The address of a row and a column, both counted from 0.
    pub fn new(row: u32, column: u32) -> Self {
        Self { row, column }
    }

    /// The address with row and column exchanged.
    #[must_use]
    pub fn transposed(self) -> Self {
        Self { row: self.column, column: self.row }
    }

    /// Reads an address such as `B7`, in either case of letter; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (column, row) = text.split_at_checked(letters)?;
        let row: u32 = row.parse().ok()?;
        Some(Self::new(row.checked_sub(1)?, parse_column(column)?))
    }
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", column_name(self.column), self.row.saturating_add(1))
    }
}

/// The letters of a column counted from 0: `A`, `Z`, `AA`.
pub fn column_name(column: u32) -> String {
    // the columns of nearly all cells
    if let Ok(letter @ 0..26) = u8::try_from(column) {
        return char::from(b'A' + letter).to_string();
    }
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// The column, counted from 0, that letters such as `AB` name; `None` for anything else or beyond `XFD`.
pub fn parse_column(letters: &str) -> Option<u32> {
    if letters.is_empty() || letters.len() > 3 || !letters.bytes().all(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    let number = letters.bytes().fold(0u32, |sum, letter| sum * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    (number <= 16_384).then(|| number - 1)
}
