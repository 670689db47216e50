//! What a run has done so far, kept in its output folder line by line, so that a run that was stopped can be gone on with.
//!
//! The journal is locked while a run lasts, and gone when it has ended: its content then stands in the run file.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::batch::JOURNAL;
use crate::batch::record::Record;
use crate::domain::copy_name::damaged;
use crate::error::{Cause, Error};
use crate::write::disk::{Disk, Stream};
use crate::write::kept_copy::keep;

/// One line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::batch) enum Line {
    /// These workbooks, with these fingerprints, are about to get their names; their file is not finished yet.
    Writing(Vec<(String, String)>),
    /// What came of a file; its workbooks are about to get their names.
    File(Box<Record>),
}

/// The journal of a run that lasts.
#[derive(Debug)]
pub(in crate::batch) struct Journal<'d> {
    path: PathBuf,
    file: File,
    disk: &'d dyn Disk,
}

/// A journal that was opened.
#[derive(Debug)]
pub(in crate::batch) struct Opened<'d> {
    pub journal: Journal<'d>,
    /// What a stopped run has left.
    pub lines: Vec<Line>,
    /// What is wrong with what it has left; the lines are those that can be read.
    pub damage: Option<Error>,
}

/// What stands in a journal.
struct JournalContent {
    lines: Vec<Line>,
    /// Bytes up to the end of the last whole line: what a stopped run has begun to write is behind them.
    whole: u64,
    /// What is wrong with the first line that no run has written.
    damage: Option<String>,
}

impl<'d> Journal<'d> {
    /// Opens the journal of a folder. What no run has written is kept under another name, and said.
    ///
    /// # Errors
    /// When another run has it, or the folder cannot be written to.
    pub(in crate::batch) fn open(disk: &'d dyn Disk, folder: &Path) -> Result<Opened<'d>, Error> {
        let path = folder.join(JOURNAL);
        let fail = |e| Error::new(&path, Cause::Unwritable(e));
        let busy = || Error::new(folder, Cause::RunInProgress);
        let mut file = open(&path).map_err(fail)?;
        lock(&file).map_err(|e| if e.kind() == io::ErrorKind::WouldBlock { busy() } else { fail(e) })?;
        // Another run may have ended between opening and locking: what is locked then has no name any more.
        let is_named = {
            let named = same_file::Handle::from_path(&path).ok();
            named == file.try_clone().and_then(same_file::Handle::from_file).ok()
        };
        if !is_named {
            return Err(busy());
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(|e| Error::new(&path, Cause::Unreadable(e)))?;
        let JournalContent { lines, whole, damage } = JournalContent::parse(&bytes);
        let mut journal = Self { path: path.clone(), file, disk };
        let Some(detail) = damage else {
            journal.file.set_len(whole).map_err(fail)?;
            journal.file.seek(SeekFrom::End(0)).map_err(fail)?;
            disk.flush_folder(folder).map_err(fail)?;
            return Ok(Opened { journal, lines, damage: None });
        };
        let kept = keep(disk, &path, damaged).map_err(fail)?;
        let journal = journal.rewritten(folder, &lines).map_err(fail)?;
        let kept = kept.map(|kept| kept.path.file_name().unwrap_or_default().to_string_lossy().into_owned());
        let cause = Cause::DamagedRecord { detail, kept: kept.unwrap_or_default(), usable: lines.len() };
        Ok(Opened { journal, lines, damage: Some(Error::new(&path, cause)) })
    }

    /// The journal with these lines alone. Under its name stands the old one or the new one, whole.
    fn rewritten(self, folder: &Path, lines: &[Line]) -> io::Result<Self> {
        let Self { path, file, disk } = self;
        let mut temporary = disk.create(folder)?;
        let mut text = Vec::new();
        for line in lines {
            serde_json::to_writer(&mut text, line)?;
            text.push(b'\n');
        }
        (Stream { disk, file: temporary.as_file_mut() }).write_all(&text)?;
        disk.flush(temporary.as_file())?;
        lock(temporary.as_file())?;
        // Windows replaces no file that is open; elsewhere no other run gets between.
        let old = (!cfg!(windows)).then_some(file);
        let (file, temporary) = temporary.into_parts();
        disk.rename(temporary, &path, true)?;
        drop(old);
        disk.flush_folder(folder)?;
        Ok(Self { path, file, disk })
    }

    /// Adds a line. It is on the disk after [`Journal::flush`].
    ///
    /// # Errors
    /// When the disk is full.
    pub(in crate::batch) fn add(&mut self, line: &Line) -> io::Result<()> {
        let mut text = serde_json::to_vec(line)?;
        text.push(b'\n');
        (Stream { disk: self.disk, file: &mut self.file }).write_all(&text)
    }

    /// Returns once all lines are on the disk.
    ///
    /// # Errors
    /// When they cannot be written there.
    pub(in crate::batch) fn flush(&self) -> io::Result<()> {
        self.disk.flush(&self.file)
    }

    /// Ends it: all that it says stands in the run file.
    pub(in crate::batch) fn remove(self) -> io::Result<()> {
        fs::remove_file(&self.path)
    }
}

fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)
}

fn lock(file: &File) -> io::Result<()> {
    file.try_lock().map_err(|e| match e {
        TryLockError::WouldBlock => io::ErrorKind::WouldBlock.into(),
        TryLockError::Error(e) => e,
    })
}

impl JournalContent {
    fn parse(bytes: &[u8]) -> Self {
        let mut content = Self { lines: Vec::new(), whole: 0, damage: None };
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            let is_whole = line.ends_with(b"\n");
            match serde_json::from_slice(line) {
                Ok(line) if is_whole => content.lines.push(line),
                // A run was stopped while it wrote: what the line was to say has not been done.
                Ok(_) => break,
                Err(e) if e.is_eof() && !is_whole => break,
                Err(e) => content.damage = content.damage.or(Some(e.to_string())),
            }
            content.whole += line.len() as u64;
        }
        content
    }
}
