//! The run file: all that is known about the last run into a folder. No times are in it: equal runs give equal files.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::batch::discover::Passed;
use crate::batch::overview_file::OverviewFile;
use crate::batch::record::{Agency, Outcome, Record};
use crate::batch::{OVERVIEW, RUN_FILE};
use crate::domain::copy_name::{damaged, is_earlier_version};
use crate::error::{Cause, Error};
use crate::write::disk::Disk;
use crate::write::kept_copy::keep;
use crate::write::save::{Existing, Target};

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
    /// The overview that is there; nothing where no agency has counted in one.
    pub overview: Option<OverviewFile>,
    /// Every input, sorted by name.
    pub files: Vec<Record>,
    /// Workbooks of inputs that are there no more.
    pub left: Vec<Left>,
    /// Earlier versions of workbooks in the folder, kept when `--force` replaced them: their file names, sorted.
    pub earlier_versions: BTreeSet<String>,
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
    pub fn new(records: &[Record]) -> Self {
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
    /// The run file of a folder; an empty one where there is none.
    ///
    /// # Errors
    /// When it cannot be read, or holds what no run has written.
    pub fn load(folder: &Path) -> Result<Self, Error> {
        let path = folder.join(RUN_FILE);
        let fail = |cause| Error::new(&path, cause);
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(e) => return Err(fail(Cause::Unreadable(e))),
        };
        match serde_json::from_reader::<_, Self>(BufReader::new(file)) {
            Ok(run) if run.itasheet.is_empty() => {
                Err(fail(Cause::DamagedRunFile("it does not name the program's version".to_owned())))
            }
            Ok(run) => Ok(run),
            Err(e) if e.is_io() => Err(fail(Cause::Unreadable(e.into()))),
            Err(e) => Err(fail(Cause::DamagedRunFile(e.to_string()))),
        }
    }

    /// As [`RunFile::load`]; of a damaged file what can be read, with the error.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(in crate::batch) fn load_readable(folder: &Path) -> Result<(Self, Option<Error>), Error> {
        match Self::load(folder) {
            Err(damage) if matches!(damage.cause, Cause::DamagedRunFile(_)) => {
                let run = Self::readable_lines(&damage.path);
                run.map_err(|e| Error::new(&damage.path, Cause::Unreadable(e))).map(|run| (run, Some(damage)))
            }
            loaded => loaded.map(|run| (run, None)),
        }
    }

    /// The same for a run into the folder: a damaged file is kept under another name, and what can be read of it takes its
    /// place.
    ///
    /// # Errors
    /// When the file cannot be read, or the folder cannot be written to.
    pub(in crate::batch) fn load_or_mend(disk: &dyn Disk, folder: &Path) -> Result<(Self, Option<Error>), Error> {
        let (run, damage) = Self::load_readable(folder)?;
        let Some(Error { path, cause: Cause::DamagedRunFile(detail) }) = damage else { return Ok((run, damage)) };
        let kept = keep(disk, &path, damaged).map_err(|e| Error::new(&path, Cause::Unwritable(e)))?;
        run.save(disk, folder)?;
        let kept = kept.map(|kept| kept.path.file_name().unwrap_or_default().to_string_lossy().into_owned());
        let usable = run.files.len() + run.left.len();
        let cause = Cause::DamagedRecord { detail, kept: kept.unwrap_or_default(), usable };
        Ok((run, Some(Error::new(path, cause))))
    }

    /// What can be read of a damaged run file: it has an input on each line.
    fn readable_lines(path: &Path) -> io::Result<Self> {
        let version = env!("CARGO_PKG_VERSION").to_owned();
        let mut run = Self { itasheet: version, ..Self::default() };
        for line in BufReader::new(File::open(path)?).split(b'\n') {
            let line = line?;
            let line = line.trim_ascii();
            let line = line.strip_suffix(b",").unwrap_or(line);
            // The last of a list has the list's end behind it.
            let line = line.strip_suffix(b"]").unwrap_or(line);
            if let Ok(record) = serde_json::from_slice(line) {
                run.files.push(record);
            } else if let Ok(left) = serde_json::from_slice(line) {
                run.left.push(left);
            } else if let Some(overview) = line.strip_prefix(b"\"overview\":") {
                run.overview = serde_json::from_slice(overview).unwrap_or_default();
            }
        }
        run.counts = Counts::new(&run.files);
        Ok(run)
    }

    /// Writes it, one line an input.
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub(crate) fn save(&self, disk: &dyn Disk, folder: &Path) -> Result<(), Error> {
        let path = folder.join(RUN_FILE);
        let mut target = Target::on(disk, &path, Existing::OURS)?;
        self.print(target.writer()).map_err(|e| Error::new(&path, Cause::Unwritable(e)))?;
        target.finish().map(|_| ())
    }

    fn print(&self, mut out: impl Write) -> io::Result<()> {
        let head = [
            ("itasheet", serde_json::to_string(&self.itasheet)?),
            ("counts", serde_json::to_string(&self.counts)?),
            ("passed", serde_json::to_string(&self.passed)?),
            ("overview", serde_json::to_string(&self.overview)?),
            ("earlier_versions", serde_json::to_string(&self.earlier_versions)?),
        ];
        writeln!(out, "{{")?;
        for (key, value) in head {
            writeln!(out, "\"{key}\":{value},")?;
        }
        lines(&mut out, "files", &self.files)?;
        writeln!(out, ",")?;
        lines(&mut out, "left", &self.left)?;
        writeln!(out, "\n}}")?;
        out.flush()
    }

    /// Whether the run file of a folder says that a workbook of this name was written with this fingerprint.
    pub(crate) fn names_as_written(folder: &Path, name: &str, sha256: &str) -> bool {
        let Ok(run) = Self::load(folder) else { return false };
        let overview = run.overview.iter().filter(|_| name == OVERVIEW).map(|file| file.sha256.as_str());
        let left = run.left.iter().filter(|left| left.workbook == name).map(|left| left.sha256.as_str());
        // What an officer has written is in those that it was carried into.
        let made = run.files.iter().flat_map(|record| &record.agencies).filter(|agency| !agency.merged);
        let files = made.flat_map(Agency::outputs).filter(|(workbook, _)| *workbook == name).map(|(_, hash)| hash);
        overview.chain(left).chain(files).any(|digest| digest == sha256)
    }
}

/// The earlier versions of workbooks that are kept in a folder.
pub(in crate::batch) fn earlier_versions(folder: &Path) -> io::Result<BTreeSet<String>> {
    let names = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.file_name().to_string_lossy().into_owned()));
    names.filter(|name| name.as_ref().map_or(true, |name| is_earlier_version(Path::new(name)))).collect()
}

fn lines<T: Serialize>(out: &mut impl Write, key: &str, items: &[T]) -> io::Result<()> {
    write!(out, "\"{key}\":[")?;
    for (index, item) in items.iter().enumerate() {
        write!(out, "{}", if index == 0 { "\n" } else { ",\n" })?;
        serde_json::to_writer(&mut *out, item)?;
    }
    write!(out, "]")
}
