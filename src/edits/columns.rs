//! Where the columns of a sheet stand now: somebody may have put others in between.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::cell_name::CELL;
use crate::edits::record::Record;
use crate::edits::value_text::value_text;
use crate::plan::items::REVIEW_KEY;
use crate::read::{CellRef, Sheet};
use crate::write::short_digest;

/// A sheet as the program knows it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    /// The sheet's name.
    pub name: &'static str,
    /// The column of the keys of rows, from 0.
    pub key: u32,
    /// What these keys begin with.
    pub starts: &'static [&'static str],
}

/// The columns of a sheet, as written and as they stand now.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns {
    /// By column as written; nothing where all stand where they were written.
    moved: Option<BTreeMap<u32, u32>>,
    /// The column of keys, as it stands now; nothing where it is gone.
    pub key: Option<u32>,
}

impl Columns {
    pub fn find(sheet: &Sheet, layout: Layout, record: &Record) -> Self {
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        for cell in sheet.cells() {
            if layout.is_key(cell.value.text()) {
                *counts.entry(cell.at.column).or_default() += 1;
            }
        }
        let expected = counts.get(&layout.key).map(|_| layout.key);
        let Some(key) = expected.or(counts.iter().max_by_key(|(_, count)| **count).map(|(column, _)| *column)) else {
            return Self::default();
        };
        let moved = (key != layout.key).then(|| moved(sheet, layout, record, key));
        Self { moved, key: Some(key) }
    }

    /// Whether any stands elsewhere than it was written.
    pub fn have_moved(&self) -> bool {
        self.moved.is_some() || self.key.is_none()
    }

    /// Where a column stands now.
    pub fn now(&self, written: u32) -> u32 {
        let Some(moved) = &self.moved else { return written };
        // One of which nothing tells stands as far behind the last known one as it did.
        let known = moved.range(..=written).next_back();
        known.map_or(written, |(from, to)| to + (written - from))
    }

    /// The column as written that stands here now; nothing for one that was put in.
    pub fn written(&self, now: u32) -> Option<u32> {
        let Some(moved) = &self.moved else { return Some(now) };
        let known = moved.iter().filter(|(_, to)| **to <= now).max_by_key(|(_, to)| **to);
        let (from, to) = known.map_or((0, 0), |(from, to)| (*from, *to));
        let written = from + (now - to);
        (self.now(written) == now).then_some(written)
    }
}

/// Each column stands where most of the texts are that were written into it.
fn moved(sheet: &Sheet, layout: Layout, record: &Record, key: u32) -> BTreeMap<u32, u32> {
    let mut votes: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    for cells in sheet.rows() {
        let Some(row) = cells.first().map(|cell| cell.at.row) else { continue };
        let name = sheet.get(CellRef::new(row, key)).map(|cell| cell.value.text().trim()).unwrap_or_default();
        let name = name.trim_end_matches(REVIEW_KEY);
        let Some(bases) = record.cells(&format!("{CELL}{}/{name}", layout.name)) else { continue };
        // The same number may stand in several columns.
        for cell in cells.iter().filter(|cell| !cell.value.text().is_empty()) {
            let digest = short_digest(&value_text(&cell.value));
            for (column, _) in bases.iter().filter(|(_, base)| base.digest == digest) {
                *votes.entry((*column, cell.at.column)).or_default() += 1;
            }
        }
    }
    let mut all: Vec<((u32, u32), usize)> = votes.into_iter().collect();
    all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let mut found = BTreeMap::from([(layout.key, key)]);
    let mut taken = BTreeSet::from([key]);
    for ((from, to), _) in all {
        let keeps_order = found.iter().all(|(other, at)| (*other < from) == (*at < to));
        if !found.contains_key(&from) && !taken.contains(&to) && keeps_order {
            found.insert(from, to);
            taken.insert(to);
        }
    }
    found
}

impl Layout {
    /// Whether a text is the key of one of its rows.
    pub fn is_key(&self, text: &str) -> bool {
        self.starts.iter().any(|start| text.starts_with(start))
    }
}
