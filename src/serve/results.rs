//! What a page shows of an agency: read from what `inspect --json` says of it.

use std::fs;
use std::io;
use std::path::Path;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer};

use crate::batch::single_file::AgencyFiles;
use crate::domain::language::Texts;
use crate::finding::{FindingCode, Severity};

/// An agency's result.
#[derive(Debug, Deserialize)]
pub(super) struct Details {
    pub framework: String,
    pub fiscal_year: u16,
    pub year: Option<Given<u16>>,
    pub agency: Option<Given<String>>,
    pub district: Option<Given<String>>,
    pub province: Option<Given<String>>,
    #[serde(with = "rust_decimal::serde::float")]
    pub threshold: Decimal,
    pub tables: Vec<Table>,
    pub indicators: Vec<Indicator>,
    pub instruments: Vec<Instrument>,
    pub total: Figure,
    pub level: Level,
    pub issues: Vec<Issue>,
    pub findings: Vec<Finding>,
    pub edits: Vec<Edit>,
}

/// A value that the file, or a person, has given.
#[derive(Debug, Deserialize)]
pub(super) struct Given<T> {
    pub value: T,
}

/// Where scores were read.
#[derive(Debug, Deserialize)]
pub(super) struct Table {
    pub sheet: String,
    pub turned: bool,
    pub score_column: String,
    pub choices: Vec<Column>,
}

/// A column that could have held the scores.
#[derive(Debug, Deserialize)]
pub(super) struct Column {
    pub column: String,
    pub header: Option<String>,
}

/// A figure as it is published and as it is recomputed.
#[derive(Debug, Deserialize)]
pub(super) struct Figure {
    #[serde(deserialize_with = "score")]
    pub published: Option<Decimal>,
    #[serde(deserialize_with = "score")]
    pub computed: Option<Decimal>,
}

impl Figure {
    /// The figure to show.
    pub fn shown(&self) -> Option<Decimal> {
        self.published.or(self.computed)
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Indicator {
    pub name: u8,
    pub title: Option<String>,
    #[serde(flatten)]
    pub figure: Figure,
}

#[derive(Debug, Deserialize)]
pub(super) struct Instrument {
    pub name: String,
    #[serde(flatten)]
    pub figure: Figure,
}

#[derive(Debug, Deserialize)]
pub(super) struct Level {
    pub published: Option<String>,
    pub computed: Option<String>,
    /// In Thai.
    pub reason: String,
    pub shortfalls: Vec<Shortfall>,
}

/// What keeps the next level away.
#[derive(Debug, Deserialize)]
pub(super) struct Shortfall {
    pub name: String,
    #[serde(with = "rust_decimal::serde::float")]
    pub score: Decimal,
    #[serde(with = "rust_decimal::serde::float")]
    pub needed: Decimal,
}

#[derive(Debug, Deserialize)]
pub(super) struct Issue {
    pub number: u8,
    pub title: String,
    #[serde(deserialize_with = "score")]
    pub mean: Option<Decimal>,
    pub status: String,
    pub lowest: Option<Lowest>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Lowest {
    pub code: String,
    #[serde(with = "rust_decimal::serde::float")]
    pub score: Decimal,
}

#[derive(Debug, Deserialize)]
pub(super) struct Finding {
    pub code: FindingCode,
    pub severity: Severity,
    pub places: Vec<String>,
    pub message: Texts,
    pub hint: Texts,
}

#[derive(Debug, Deserialize)]
pub(super) struct Edit {
    pub text: String,
    pub from: Option<String>,
}

impl Details {
    /// Reads what was written of an agency; nothing where it could not be made.
    pub fn of(agency: &AgencyFiles, folder: &Path) -> io::Result<Option<Self>> {
        let Some(name) = &agency.json else { return Ok(None) };
        Ok(Some(serde_json::from_slice(&fs::read(folder.join(name))?)?))
    }
}

/// A number of JSON, or nothing.
fn score<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Decimal>, D::Error> {
    let number = Option::<f64>::deserialize(deserializer)?;
    number.map(Decimal::try_from).transpose().map_err(serde::de::Error::custom)
}
