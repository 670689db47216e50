//! The run file: all that is known about the last run into a folder. No times are in it: equal runs give equal files.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::find::Passed;
use super::outcome::{Outcome, Record};
use super::roll_up::OverviewFile;
use super::{RUN_FILE, temporary_name};

/// The run file's content; documented in the README.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RunFile {
    /// The version of the program that wrote it.
    pub itasheet: String,
    /// How many inputs had which outcome.
    pub counts: Counts,
    /// What was passed over.
    pub passed: Passed,
    /// The overview; nothing where no agency counts in one.
    pub overview: Option<OverviewFile>,
    /// Every input, sorted by name.
    pub files: Vec<Record>,
    /// Workbooks of inputs that are there no more.
    pub left: Vec<Left>,
}

/// How many inputs had which outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// See [`Outcome::Written`].
    pub written: usize,
    /// See [`Outcome::Warnings`].
    pub warnings: usize,
    /// See [`Outcome::Skipped`].
    pub skipped: usize,
    /// See [`Outcome::Failed`].
    pub failed: usize,
}

/// A workbook whose input is there no more, or makes another one now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// The input it was made from.
    pub input: String,
    /// Its file name.
    pub workbook: String,
    /// Its SHA-256 when it was written.
    pub sha256: String,
}

impl Counts {
    /// Counts records.
    pub fn of(records: &[Record]) -> Self {
        let count = |outcome| records.iter().filter(|record| record.outcome == outcome).count();
        Self {
            written: count(Outcome::Written),
            warnings: count(Outcome::Warnings),
            skipped: count(Outcome::Skipped),
            failed: count(Outcome::Failed),
        }
    }
}

impl RunFile {
    /// The run file of a folder; an empty one where there is none that can be read: workbooks are then compared by
    /// content alone.
    pub fn load(folder: &Path) -> Self {
        let file = File::open(folder.join(RUN_FILE));
        file.ok().and_then(|file| serde_json::from_reader(BufReader::new(file)).ok()).unwrap_or_default()
    }

    /// Writes it, one line an input.
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub fn save(&self, folder: &Path) -> io::Result<()> {
        let (path, temporary) = (folder.join(RUN_FILE), folder.join(temporary_name("run")));
        let mut out = BufWriter::new(File::create(&temporary)?);
        let head = [
            ("itasheet", serde_json::to_string(&self.itasheet)?),
            ("counts", serde_json::to_string(&self.counts)?),
            ("passed", serde_json::to_string(&self.passed)?),
            ("overview", serde_json::to_string(&self.overview)?),
        ];
        writeln!(out, "{{")?;
        for (key, value) in head {
            writeln!(out, "\"{key}\":{value},")?;
        }
        lines(&mut out, "files", &self.files)?;
        writeln!(out, ",")?;
        lines(&mut out, "left", &self.left)?;
        writeln!(out, "\n}}")?;
        out.into_inner().map_err(|e| e.into_error())?;
        fs::rename(temporary, path)
    }
}

fn lines<T: Serialize>(out: &mut impl Write, key: &str, items: &[T]) -> io::Result<()> {
    write!(out, "\"{key}\":[")?;
    for (index, item) in items.iter().enumerate() {
        write!(out, "{}", if index == 0 { "\n" } else { ",\n" })?;
        serde_json::to_writer(&mut *out, item)?;
    }
    write!(out, "]")
}
