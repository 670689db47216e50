//! Saving: a temporary file in the target's folder, flushed to the disk, renamed, the folder flushed. Whatever step fails,
//! the old file or the new one stands under the name, whole.

use crate::write::disk::folder;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, TempPath};

use crate::domain::copy_name::earlier_version;
use crate::error::{Cause, Error};
use crate::write::disk::{Disk, Stream, System, is_held};
use crate::write::kept_copy::{keep, same_bytes};

/// What becomes of a file that has the output's name already.
#[derive(Debug, Clone, Copy)]
pub enum Existing {
    /// It stays, and is in the way.
    Stays,
    /// It is replaced. An earlier version that is not the same is kept beside it under another name, unless
    /// `can_be_made_again` says of its path that nothing in it is anybody's work.
    Replaced {
        /// Whether the file holds what this program wrote and nothing else.
        can_be_made_again: fn(&Path) -> bool,
    },
}

impl Existing {
    /// It is replaced, and nothing is lost with it.
    pub(crate) const OURS: Self = Self::Replaced { can_be_made_again: |_| true };

    /// It is replaced, and kept under another name.
    pub(crate) const KEPT: Self = Self::Replaced { can_be_made_again: |_| false };
}

/// A file that was saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// Where it is.
    pub path: PathBuf,
    /// Where what it replaced was kept; nothing where nothing had to be.
    pub earlier: Option<PathBuf>,
}

/// An output that can be written: its folder, or that in which it will be made, takes files, and nothing is in the way.
///
/// Made before the work starts, so that an output that cannot be written fails at once.
#[derive(Debug)]
pub struct Target<'d> {
    path: PathBuf,
    file: NamedTempFile,
    existing: Existing,
    disk: &'d dyn Disk,
}

impl Target<'static> {
    /// Prepares to write `path`.
    ///
    /// # Errors
    /// When the file exists and is to stay, is open in another program, or its folder cannot be written to.
    pub fn prepare(path: &Path, existing: Existing) -> Result<Self, Error> {
        Self::on(&System, path, existing)
    }
}

impl<'d> Target<'d> {
    /// As [`Target::prepare`], on the disk that is given.
    pub(crate) fn on(disk: &'d dyn Disk, path: &Path, existing: Existing) -> Result<Self, Error> {
        let fail = |cause| Err(Error::new(path, cause));
        if path.is_dir() {
            return fail(Cause::Folder);
        }
        if path.exists() {
            if matches!(existing, Existing::Stays) {
                return fail(Cause::OutputExists);
            }
            if is_open(path) {
                return fail(Cause::OutputOpen);
            }
        }
        // A folder that is not there yet is made when there is something to put into it.
        let there = folder(path).ancestors().find(|folder| folder.as_os_str().is_empty() || folder.is_dir());
        let there = there.filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        match disk.create(there) {
            Ok(file) => Ok(Self { path: path.to_owned(), file, existing, disk }),
            Err(e) => fail(Cause::Unwritable(e)),
        }
    }

    /// Writes the bytes and gives the file its name.
    ///
    /// # Errors
    /// When the disk is full, or the file has meanwhile been made or opened by another program.
    pub fn write(mut self, bytes: &[u8]) -> Result<Saved, Error> {
        match (Stream { disk: self.disk, file: self.file.as_file_mut() }).write_all(bytes) {
            Ok(()) => self.finish(),
            Err(e) => {
                closed(self.file);
                Err(Error::new(self.path, Cause::Unwritable(e)))
            }
        }
    }

    /// Where to write what comes bit by bit; [`Target::finish`] then gives the file its name.
    pub fn writer(&mut self) -> impl Write + '_ {
        io::BufWriter::new(Stream { disk: self.disk, file: self.file.as_file_mut() })
    }

    /// Gives the file its name.
    ///
    /// # Errors
    /// As [`Target::write`].
    pub fn finish(self) -> Result<Saved, Error> {
        let Self { path, file, existing, disk } = self;
        let flushed = disk.flush(file.as_file()).map_err(Cause::Unwritable);
        let temporary = closed(file);
        let saved = flushed.and_then(|()| {
            if !folder(&path).is_dir() {
                fs::create_dir_all(folder(&path)).map_err(Cause::Unwritable)?;
            }
            let earlier = place(disk, temporary, &path, existing)?;
            disk.flush_folder(folder(&path)).map_err(Cause::Unwritable)?;
            Ok(earlier)
        });
        match saved {
            Ok(earlier) => Ok(Saved { path, earlier }),
            Err(cause) => Err(Error::new(path, cause)),
        }
    }
}

/// Gives a temporary file that is on the disk its name, and returns where what stood there was kept.
///
/// The folder is left to be flushed: for many files that is done once.
///
/// # Errors
/// When the name is taken by what is to stay or by what another program has open, or the folder cannot be written to: what
/// stood there still does.
pub(crate) fn place(
    disk: &dyn Disk,
    temporary: TempPath,
    path: &Path,
    existing: Existing,
) -> Result<Option<PathBuf>, Cause> {
    let (replace, kept) = match existing {
        Existing::Stays => (false, None),
        // One that was kept could not be taken away again.
        Existing::Replaced { .. } if is_held(path) => return Err(Cause::OutputOpen),
        Existing::Replaced { can_be_made_again } => {
            let is_no_loss = same_bytes(path, &temporary).unwrap_or(false) || can_be_made_again(path);
            let kept =
                if is_no_loss { None } else { keep(disk, path, earlier_version).map_err(|e| rename_cause(e, path))? };
            (true, kept)
        }
    };
    match disk.rename(temporary, path, replace) {
        Ok(()) => Ok(kept.map(|kept| kept.path)),
        Err(e) => {
            kept.iter().for_each(|kept| kept.undo(path));
            Err(rename_cause(e, path))
        }
    }
}

/// Writes the bytes into a temporary file and leaves it there, not flushed yet, for [`place`]; returns its name.
pub(crate) fn leave_temporary(disk: &dyn Disk, folder: &Path, bytes: &[u8]) -> io::Result<String> {
    let mut temporary = disk.create(folder)?;
    let written = (Stream { disk, file: temporary.as_file_mut() }).write_all(bytes);
    let temporary = closed(temporary);
    written?;
    let path = temporary.keep().map_err(|e| e.error)?;
    Ok(path.file_name().unwrap_or_default().to_string_lossy().into_owned())
}

/// The path alone of a temporary file, gone when it is dropped: not every Windows removes a file that is open.
fn closed(file: NamedTempFile) -> TempPath {
    file.into_temp_path()
}

/// Why an output that is there cannot be looked at.
pub(crate) fn unlooked(path: &Path, error: io::Error) -> Cause {
    if is_open(path) { Cause::OutputOpen } else { Cause::Unwritable(error) }
}

/// Office programs leave a lock file beside a workbook that is open, and on Windows let nobody take its name away.
pub(crate) fn is_open(path: &Path) -> bool {
    if is_held(path) {
        return true;
    }
    let Some(name) = path.file_name().map(|name| name.to_string_lossy().into_owned()) else { return false };
    [format!("~${name}"), format!(".~lock.{name}#")].iter().any(|lock| path.with_file_name(lock).exists())
}

/// What a failed rename means for the user.
fn rename_cause(error: io::Error, path: &Path) -> Cause {
    // Windows: 32 sharing violation, 33 lock violation, 5 access denied while another program has the file.
    let sharing = cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32 | 33)) && path.exists();
    match error.kind() {
        io::ErrorKind::AlreadyExists => Cause::OutputExists,
        _ if sharing => Cause::OutputOpen,
        _ => Cause::Unwritable(error),
    }
}

/// `path`, or with a number added the first such name that is free.
pub(crate) fn free_name(path: &Path, mut is_free: impl FnMut(&Path) -> bool) -> PathBuf {
    let numbered = (2..10_000).map(|n| {
        // A name need not be valid text.
        let mut name = path.file_stem().unwrap_or_default().to_owned();
        name.push(format!(" ({n})"));
        if let Some(extension) = path.extension() {
            name.push(".");
            name.push(extension);
        }
        path.with_file_name(name)
    });
    std::iter::once(path.to_owned()).chain(numbered).find(|name| is_free(name)).unwrap_or_else(|| path.to_owned())
}

/// Whether two paths lead to one file.
pub(crate) fn same_file(a: &Path, b: &Path) -> bool {
    matches!((fs::canonicalize(a), fs::canonicalize(b)), (Ok(a), Ok(b)) if a == b)
}
