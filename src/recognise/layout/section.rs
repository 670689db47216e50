//! Regions of a sheet, each of one agency and year.

use std::ops::RangeInclusive;

use crate::recognise::sheet::owner::Owner;

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
