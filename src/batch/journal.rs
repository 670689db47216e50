//! What a run has done so far, kept in its output folder line by line, so that a run that was stopped can be gone on with.
//!
//! The journal is locked while a run lasts, and gone when it has ended: its content then stands in the run file.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::JOURNAL;
use super::outcome::Record;
use crate::error::{Cause, Error};

/// One line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Line {
    /// These workbooks, with these fingerprints, are about to get their names; their file is not finished yet.
    Writing(Vec<(String, String)>),
    /// What came of a file; its workbooks are about to get their names.
    File(Box<Record>),
}

/// The journal of a run that lasts.
#[derive(Debug)]
pub(super) struct Journal {
    path: PathBuf,
    file: File,
}

impl Journal {
    /// Opens the journal of a folder, and gives the lines that a stopped run has left.
    ///
    /// # Errors
    /// When another run has it, or the folder cannot be written to.
    pub(super) fn open(folder: &Path) -> Result<(Self, Vec<Line>), Error> {
        let path = folder.join(JOURNAL);
        let fail = |e| Error::new(folder, Cause::Unwritable(e));
        let busy = || Error::new(folder, Cause::RunInProgress);
        let mut file = OpenOptions::new().read(true).append(true).create(true).open(&path).map_err(fail)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(busy()),
            Err(TryLockError::Error(e)) => return Err(fail(e)),
        }
        // Another run may have ended between opening and locking: what is locked then has no name any more.
        let named = same_file::Handle::from_path(&path).ok();
        let locked = file.try_clone().and_then(same_file::Handle::from_file).ok();
        if named != locked {
            return Err(busy());
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(fail)?;
        // The last line may be torn.
        let lines = bytes.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok()).collect();
        if bytes.last().is_some_and(|last| *last != b'\n') {
            file.write_all(b"\n").map_err(fail)?;
        }
        Ok((Self { path, file }, lines))
    }

    /// Adds a line.
    ///
    /// # Errors
    /// When the disk is full.
    pub(super) fn add(&mut self, line: &Line) -> io::Result<()> {
        let mut text = serde_json::to_vec(line)?;
        text.push(b'\n');
        self.file.write_all(&text)
    }

    /// Ends it: all that it says stands in the run file.
    pub(super) fn remove(self) -> io::Result<()> {
        fs::remove_file(&self.path)
    }
}
