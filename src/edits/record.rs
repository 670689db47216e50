//! What the program wrote: the hidden sheet, read back.

use std::collections::BTreeMap;

use crate::domain::cell_name::CELL;
use crate::domain::digest::{normalised, text_digest};
use crate::read::Sheet;
use crate::write::RECORD_FORMAT;

/// How much of the record there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum State {
    /// All of it.
    Whole,
    /// The sheet is gone.
    #[default]
    Missing,
    /// Something in it was changed, or it is of a version that is not known.
    Damaged,
}

/// The fingerprints of what the program wrote.
#[derive(Debug, Clone, Default)]
pub(super) struct Record {
    /// How much of it there is.
    pub state: State,
    /// The keys of the program's texts, in their order.
    pub order: Vec<String>,
    digests: BTreeMap<String, String>,
    /// Cells without a key of their own, by the key of their row and their column.
    cells: BTreeMap<String, BTreeMap<u32, Base>>,
}

/// What the program wrote into a cell without a key of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Base {
    /// The beginning of its fingerprint.
    pub digest: String,
    /// Whether a formula stood there.
    pub is_live: bool,
}

impl Record {
    /// The record of a workbook's hidden sheet, if it has one.
    pub fn read(sheet: Option<&Sheet>) -> Self {
        let Some(sheet) = sheet else { return Self::default() };
        let damaged = Self { state: State::Damaged, ..Self::default() };
        let mut texts = sheet.cells().iter().filter(|cell| cell.at.column == 0).map(|cell| cell.value.text().trim());
        let (Some(format), Some(check)) = (texts.next(), texts.next()) else { return damaged };
        // A cell has many lines.
        let cells: Vec<_> = texts.map(normalised).collect();
        let lines: Vec<&str> = cells.iter().flat_map(|cell| cell.lines()).collect();
        if format != RECORD_FORMAT || check != format!("{} {}", text_digest(&lines.join("\n")), lines.len()) {
            return damaged;
        }
        let mut record = Self { state: State::Whole, ..Self::default() };
        for line in lines {
            let Some((digest, key)) = line.split_once(' ') else { return damaged };
            if key.starts_with(CELL) {
                record.cells.insert(key.to_owned(), digest.split(',').filter_map(base).collect());
                continue;
            }
            let held = key.strip_suffix(" held");
            let key = held.unwrap_or(key).to_owned();
            record.digests.insert(key.clone(), digest.to_owned());
            if held.is_none() {
                record.order.push(key);
            }
        }
        record
    }

    /// The fingerprint under a key.
    pub fn digest(&self, key: &str) -> Option<&str> {
        self.digests.get(key).map(String::as_str)
    }

    /// Takes it that the program wrote texts under these keys, though nothing tells what they were.
    pub fn expect(&mut self, keys: Vec<String>) {
        self.order.extend(keys);
    }

    /// Whether it knows cells without a key of their own.
    pub fn has_cells(&self) -> bool {
        !self.cells.is_empty()
    }

    /// What the program wrote into the cells of a row that have no key of their own, by column.
    pub fn cells(&self, row_key: &str) -> Option<&BTreeMap<u32, Base>> {
        self.cells.get(row_key)
    }

    /// The rows of a sheet with what the program wrote into their cells that have no key of their own.
    pub fn rows_of(&self, sheet: &str) -> impl Iterator<Item = (&str, &BTreeMap<u32, Base>)> {
        let start = format!("{CELL}{sheet}/");
        self.cells.iter().filter_map(move |(key, bases)| Some((key.strip_prefix(&start)?, bases)))
    }

    /// The program's keys that begin with `start` and end with `end`, without these, in order.
    pub fn names(&self, start: &str, end: &str) -> Vec<String> {
        let inside = |key: &String| key.strip_prefix(start)?.strip_suffix(end).map(str::to_owned);
        self.order.iter().filter_map(inside).collect()
    }
}

/// A column, `:` or `=` for a formula, and the beginning of a fingerprint.
fn base(entry: &str) -> Option<(u32, Base)> {
    let at = entry.find([':', '='])?;
    let (column, rest) = entry.split_at_checked(at)?;
    let digest = rest.get(1..)?.to_owned();
    Some((column.parse().ok()?, Base { digest, is_live: rest.starts_with('=') }))
}
