//! What the program wrote: the hidden sheet, read back.

use std::collections::BTreeMap;

use crate::domain::digest::text_digest;
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
}

impl Record {
    /// The record of a workbook's hidden sheet, if it has one.
    pub fn read(sheet: Option<&Sheet>) -> Self {
        let Some(sheet) = sheet else { return Self::default() };
        let damaged = Self { state: State::Damaged, ..Self::default() };
        let mut texts = sheet.cells().iter().filter(|cell| cell.at.column == 0).map(|cell| cell.value.text().trim());
        let (Some(format), Some(check)) = (texts.next(), texts.next()) else { return damaged };
        let lines: Vec<&str> = texts.collect();
        if format != RECORD_FORMAT || check != format!("{} {}", text_digest(&lines.join("\n")), lines.len()) {
            return damaged;
        }
        let mut record = Self { state: State::Whole, ..Self::default() };
        for line in lines {
            let Some((digest, key)) = line.split_once(' ') else { return damaged };
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

    /// The program's keys that begin with `start` and end with `end`, without these, in order.
    pub fn names(&self, start: &str, end: &str) -> Vec<String> {
        let inside = |key: &String| key.strip_prefix(start)?.strip_suffix(end).map(str::to_owned);
        self.order.iter().filter_map(inside).collect()
    }
}
