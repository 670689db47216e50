//! The files that were sent and what came of them, kept for a while: by numbers, in no order but that of their coming.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tempfile::TempPath;

use crate::batch::Reason;
use crate::batch::single_file::AgencyFiles;
use crate::serve::choices::Choices;

/// All files that are kept.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    kept: Mutex<Kept>,
    taken: Arc<Taken>,
}

/// What all files take that are kept or on their way.
#[derive(Debug, Default)]
struct Taken {
    files: AtomicUsize,
    bytes: AtomicU64,
}

#[derive(Debug, Default)]
struct Kept {
    last: u32,
    files: BTreeMap<u32, Arc<ReadFile>>,
}

/// A file as it was sent; gone when nothing needs it any more.
#[derive(Debug)]
pub(super) struct Upload {
    /// Where it is: a name that says nothing of the file.
    pub path: TempPath,
    /// What the person calls it.
    pub name: String,
    _room: Reserved,
}

/// The room of a file that is spoken for.
#[derive(Debug)]
pub(super) struct Reserved {
    all: Arc<Taken>,
    own: u64,
}

/// A file that was read.
#[derive(Debug)]
pub(super) struct ReadFile {
    /// The file itself.
    pub upload: Arc<Upload>,
    /// How it was read.
    pub choices: Choices,
    /// What came of it.
    pub outcome: Outcome,
    /// When.
    pub since: Instant,
    /// Where its agencies' files are.
    pub folder: PathBuf,
}

/// What came of a file.
#[derive(Debug)]
pub(super) enum Outcome {
    /// It could not be read; the names of its sheets, as far as they are known.
    Failed(Reason),
    /// It was read.
    Read {
        /// Its agencies.
        agencies: Vec<AgencyFiles>,
        /// How many it has in all.
        count: usize,
        /// The names of its sheets.
        sheets: Vec<String>,
    },
}

impl Shelf {
    /// Room for a file that is coming; none where so many are kept or on their way.
    pub fn reserve(&self, most: usize) -> Option<Reserved> {
        let reserved = Reserved { all: Arc::clone(&self.taken), own: 0 };
        // What is not taken gives its place back.
        (self.taken.files.fetch_add(1, Ordering::Relaxed) < most).then_some(reserved)
    }

    /// Keeps a file, under a new number.
    pub fn add(&self, file: ReadFile) -> u32 {
        let mut kept = self.lock();
        kept.last += 1;
        let number = kept.last;
        kept.files.insert(number, Arc::new(file));
        number
    }

    /// Keeps what came of a file when it was read again; nothing where it is gone by now.
    pub fn replace(&self, number: u32, file: ReadFile) {
        if let Some(known) = self.lock().files.get_mut(&number) {
            *known = Arc::new(file);
        }
    }

    /// A file.
    pub fn get(&self, number: u32) -> Option<Arc<ReadFile>> {
        self.lock().files.get(&number).cloned()
    }

    /// All files with their numbers, the newest first.
    pub fn all(&self) -> Vec<(u32, Arc<ReadFile>)> {
        self.lock().files.iter().rev().map(|(number, file)| (*number, Arc::clone(file))).collect()
    }

    /// Lets a file go.
    pub fn remove(&self, number: u32) {
        self.lock().files.remove(&number);
    }

    /// Lets all files go.
    pub fn clear(&self) {
        self.lock().files.clear();
    }

    /// Lets go what was read longer ago than that.
    pub fn expire(&self, age: Duration) {
        self.lock().files.retain(|_, file| file.since.elapsed() < age);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Upload {
    pub fn new(path: TempPath, name: String, room: Reserved) -> Self {
        Self { path, name, _room: room }
    }
}

impl Reserved {
    /// Speaks for more; gives how many bytes all files have by then.
    pub fn add(&mut self, bytes: u64) -> u64 {
        self.own += bytes;
        self.all.bytes.fetch_add(bytes, Ordering::Relaxed) + bytes
    }

    /// How many these are.
    pub fn own(&self) -> u64 {
        self.own
    }
}

impl Drop for Reserved {
    fn drop(&mut self) {
        self.all.bytes.fetch_sub(self.own, Ordering::Relaxed);
        self.all.files.fetch_sub(1, Ordering::Relaxed);
    }
}

impl ReadFile {
    /// Its agencies; none where it failed.
    pub fn agencies(&self) -> &[AgencyFiles] {
        match &self.outcome {
            Outcome::Failed(_) => &[],
            Outcome::Read { agencies, .. } => agencies,
        }
    }

    /// The folder of its agencies' files.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Drop for ReadFile {
    fn drop(&mut self) {
        let folder = self.folder.clone();
        self.agencies().iter().for_each(|agency| agency.remove(&folder));
    }
}
