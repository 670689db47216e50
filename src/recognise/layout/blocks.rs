//! Blocks below each other, each with its codes in a row and their scores in the rows below.

use std::collections::BTreeMap;

use crate::read::{Cell, Sheet};
use crate::recognise::cell::score;
use crate::recognise::layout::section::{KeyedSheet, Section};
use crate::recognise::sheet::keys;
use crate::recognise::sheet::keys::Key;
use crate::recognise::sheet::owner::Owner;

/// How many rows below its codes a block may have.
const ROWS: u32 = 6;

/// The section of a sheet of blocks, to be read with rows and columns exchanged: then they stand side by side.
pub(in crate::recognise) fn sections(keyed: &KeyedSheet<'_>) -> Vec<Section> {
    let (sheet, index, all) = (keyed.sheet, keyed.index, keyed.keys.as_slice());
    if !are_blocks(sheet, all) {
        return Vec::new();
    }
    vec![Section {
        sheet: index,
        owner: Owner::around(sheet, all),
        rows: vec![0..=u32::MAX],
        columns: None,
        transposed: true,
    }]
}

/// Whether keys stand in several rows with their scores below each; not where a code stands twice, or where numbers stand
/// beside codes.
pub(super) fn are_blocks(sheet: &Sheet, all: &[Key]) -> bool {
    let mut rows: BTreeMap<u32, Vec<Key>> = BTreeMap::new();
    for key in all {
        rows.entry(key.at.row).or_default().push(*key);
    }
    let heads: Vec<(&u32, &Vec<Key>)> = rows.iter().filter(|(_, row)| row.len() >= keys::FEWEST).collect();
    let in_heads: usize = heads.iter().map(|(_, row)| row.len()).sum();
    let once = keys::distinct(all) == all.len();
    if heads.len() < 2 || !once || in_heads * 10 < all.len() * 9 {
        return false;
    }
    let has_numbers = |(row, codes): &(&u32, &Vec<Key>)| {
        let is_number = |row: u32, key: &Key| {
            let mut cells = sheet.cells_in(row, key.at.column..key.at.column + 1).iter();
            cells.any(|cell| score::number(&cell.value).is_some())
        };
        let is_code = |cell: &Cell| codes.iter().any(|key| key.at == cell.at);
        let beside = sheet.row(**row).iter().any(|cell| !is_code(cell) && score::number(&cell.value).is_some());
        let below = |key: &&Key| (**row + 1..=**row + ROWS).any(|below| is_number(below, key));
        !beside && codes.iter().filter(below).count() * 2 > codes.len()
    };
    heads.iter().all(has_numbers)
}
