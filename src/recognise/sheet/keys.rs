//! Where on a sheet the keys of scores stand: question codes, or indicators where there are no codes.

use std::collections::{BTreeMap, BTreeSet};

use crate::framework::Framework;
use crate::read::{CellRef, Sheet};
use crate::recognise::sheet::code_cells::SheetCodes;
use crate::recognise::sheet::labels;

/// A cell that says what the numbers beside it or below it are scores of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::recognise) struct Key {
    pub at: CellRef,
    /// What it is the key of: equal for equal codes.
    pub of: u32,
}

/// The fewest keys that make a row or a column of them.
pub(in crate::recognise) const FEWEST: usize = 3;

/// The keys of a sheet in order of row and column: its codes, or its indicators where it has no codes.
pub(in crate::recognise) fn keys(sheet: &Sheet, codes: &SheetCodes) -> Vec<Key> {
    let codes = codes.cells().iter().filter(|cell| !cell.found.is_name);
    let codes: Vec<Key> = codes
        .map(|cell| {
            let code = cell.found.code;
            Key { at: cell.at, of: u32::from(code.instrument().letter()) * 100 + u32::from(code.number()) }
        })
        .collect();
    if distinct(&codes) >= FEWEST {
        return codes;
    }
    let Some(framework) = Framework::all_built_in().next_back() else { return codes };
    let of_cell = |cell: &crate::read::Cell| {
        let number = labels::indicator_of(cell.value.text(), framework)?;
        Some(Key { at: cell.at, of: u32::from(number) })
    };
    sheet.cells().iter().filter(|cell| !cell.value.text().is_empty()).filter_map(of_cell).collect()
}

/// How many different things keys are of.
pub(in crate::recognise) fn distinct(keys: &[Key]) -> usize {
    keys.iter().map(|key| key.of).collect::<BTreeSet<_>>().len()
}

/// The rows that are headers of keys: several in one row, and nothing but the same again in their columns.
pub(in crate::recognise) fn header_rows(keys: &[Key]) -> Vec<&[Key]> {
    let mut of_column: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for key in keys {
        of_column.entry(key.at.column).or_default().insert(key.of);
    }
    let alone = |key: &&Key| of_column.get(&key.at.column).is_some_and(|distinct_keys| distinct_keys.len() == 1);
    keys.chunk_by(|a, b| a.at.row == b.at.row)
        .filter(|row| distinct(row) >= FEWEST && row.iter().filter(alone).count() * 5 >= row.len() * 4)
        .collect()
}
