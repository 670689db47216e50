//! Saving: to a temporary file in the target's folder, then renamed. Nothing is ever half-written.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::error::{Cause, Error};

/// An output that can be written: its folder exists, takes files, and nothing is in the way.
///
/// Made before the work starts, so that an output that cannot be written fails at once.
#[derive(Debug)]
pub struct Target {
    path: PathBuf,
    file: NamedTempFile,
    replace: bool,
}

impl Target {
    /// Prepares to write `path`; an existing file is in the way unless `replace`.
    ///
    /// # Errors
    /// When the file exists, is open in another program, or its folder cannot be written to.
    pub fn prepare(path: &Path, replace: bool) -> Result<Self, Error> {
        let fail = |cause| Err(Error::new(path, cause));
        if path.is_dir() {
            return fail(Cause::Folder);
        }
        if path.exists() {
            if !replace {
                return fail(Cause::OutputExists);
            }
            if is_open(path) {
                return fail(Cause::OutputOpen);
            }
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        match temporary(folder) {
            Ok(file) => Ok(Self { path: path.to_owned(), file, replace }),
            Err(e) => fail(Cause::Unwritable(e)),
        }
    }

    /// Writes the bytes and gives the file its name.
    ///
    /// # Errors
    /// When the disk is full, or the file has meanwhile been made or opened by another program.
    pub fn write(mut self, bytes: &[u8]) -> Result<PathBuf, Error> {
        match self.file.write_all(bytes) {
            Ok(()) => self.finish(),
            Err(e) => Err(Error::new(self.path, Cause::Unwritable(e))),
        }
    }

    /// Where to write what comes bit by bit; [`Target::finish`] then gives the file its name.
    pub fn writer(&mut self) -> impl Write + '_ {
        io::BufWriter::new(&mut self.file)
    }

    /// Gives the file its name.
    ///
    /// # Errors
    /// As [`Target::write`].
    pub fn finish(self) -> Result<PathBuf, Error> {
        // What takes another's place must be on the disk before that is gone; a new file can be made again.
        if self.replace
            && self.path.exists()
            && let Err(e) = self.file.as_file().sync_all()
        {
            return Err(Error::new(self.path, Cause::Unwritable(e)));
        }
        let renamed =
            if self.replace { self.file.persist(&self.path) } else { self.file.persist_noclobber(&self.path) };
        match renamed {
            Ok(_) => Ok(self.path),
            Err(e) => Err(Error::new(&self.path, rename_cause(e.error, &self.path))),
        }
    }
}

/// A temporary file with the permissions of an ordinary one.
fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".itasheet-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// Office programs leave a lock file beside a workbook that is open.
pub(crate) fn is_open(path: &Path) -> bool {
    let Some(name) = path.file_name().map(|name| name.to_string_lossy().into_owned()) else { return false };
    [format!("~${name}"), format!(".~lock.{name}#")].iter().any(|lock| path.with_file_name(lock).exists())
}

/// What a failed rename means for the user.
pub(crate) fn rename_cause(error: io::Error, path: &Path) -> Cause {
    // Windows: 32 sharing violation, 33 lock violation, 5 access denied while another program has the file.
    let sharing = cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32 | 33)) && path.exists();
    match error.kind() {
        io::ErrorKind::AlreadyExists => Cause::OutputExists,
        _ if sharing => Cause::OutputOpen,
        _ => Cause::Unwritable(error),
    }
}

/// `path`, or with a number added the first such name that is free.
pub(crate) fn free_name(path: &Path) -> PathBuf {
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
    std::iter::once(path.to_owned()).chain(numbered).find(|name| !name.exists()).unwrap_or_else(|| path.to_owned())
}

/// Whether two paths lead to one file.
pub(crate) fn same_file(a: &Path, b: &Path) -> bool {
    matches!((fs::canonicalize(a), fs::canonicalize(b)), (Ok(a), Ok(b)) if a == b)
}
