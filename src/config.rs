//! The settings of one run, validated, without touching the system.

use std::path::PathBuf;

use rust_decimal::Decimal;

use crate::language::Language;
use crate::read::Limits;
use crate::recognise::Hints;

/// Everything that a run is told.
#[derive(Debug, Clone)]
pub struct Config {
    /// The score, 0 to 100, below which a question falls short; the framework's own where nothing is given.
    pub threshold: Option<Decimal>,
    /// What the user says about the inputs; wins over what the files say.
    pub hints: Hints,
    /// How much of an untrusted file is read.
    pub limits: Limits,
    /// Where outputs go.
    pub output: Output,
    /// Whether an existing output may be replaced.
    pub force: bool,
    /// The language of messages.
    pub language: Language,
    /// When the workbook says it was made: seconds since 1970. A fixed time, so that equal inputs give equal bytes.
    pub created: u64,
}

/// Where outputs go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// Beside each input, under its name with a suffix.
    Beside,
    /// To this file.
    File(PathBuf),
    /// Into this folder, under the input's name with a suffix.
    Folder(PathBuf),
}

/// What is added to an input's name to make its output's.
pub const OUTPUT_SUFFIX: &str = "-itasheet";

/// The time that workbooks say they were made at unless `SOURCE_DATE_EPOCH` gives another: 1 October 2024, 0:00 UTC.
pub const CREATED: u64 = 1_727_740_800;

impl Default for Config {
    fn default() -> Self {
        Self {
            threshold: None,
            hints: Hints::default(),
            limits: Limits::default(),
            output: Output::Beside,
            force: false,
            language: Language::default(),
            created: CREATED,
        }
    }
}
