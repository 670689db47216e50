//! A sheet with keys, and regions of it, each of one agency and year.

use std::ops::RangeInclusive;

use crate::read::Sheet;
use crate::recognise::sheet::code_cells::SheetCodes;
use crate::recognise::sheet::keys::Key;
use crate::recognise::sheet::owner::Owner;

/// A sheet with the keys of its scores.
pub(in crate::recognise) struct KeyedSheet<'a> {
    pub sheet: &'a Sheet,
    /// Its place in the book.
    pub index: usize,
    pub codes: &'a SheetCodes,
    pub keys: Vec<Key>,
}

impl KeyedSheet<'_> {
    /// Whom some of its rows name.
    pub fn owner_in(&self, rows: RangeInclusive<u32>) -> Owner {
        let rows = [rows];
        Owner::of_sheet(&self.sheet.select(&rows, None, false), &self.codes.select(&rows, None, false))
    }
}

/// Some rows and columns of a sheet that belong to one agency.
#[derive(Debug, Clone)]
pub(in crate::recognise) struct Section {
    /// The sheet, by its place in the book.
    pub sheet: usize,
    /// What the table says about whose they are.
    pub owner: Owner,
    pub rows: Vec<RangeInclusive<u32>>,
    /// All columns where nothing is given.
    pub columns: Option<Vec<RangeInclusive<u32>>>,
    /// Whether its codes stand in a row: rows and columns are exchanged before it is read.
    pub transposed: bool,
}
