//! The steps that saving asks of the file system, one by one: tests put a disk in their place on which any of them fails.

use std::borrow::Cow;
use std::fmt::Debug;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use tempfile::{NamedTempFile, TempPath};

/// What a temporary file's name begins with: hidden, and known as ours.
pub(crate) const TEMPORARY_PREFIX: &str = ".itasheet-";

/// What a temporary file's name ends with.
pub(crate) const TEMPORARY_SUFFIX: &str = ".tmp";

/// A file system, as far as saving needs one.
pub(crate) trait Disk: Debug + Send + Sync {
    /// An empty file with a name that nothing else has; gone when it is dropped.
    fn create(&self, folder: &Path) -> io::Result<NamedTempFile>;

    /// Writes some of the bytes, and says how many.
    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<usize>;

    /// Returns once the file's bytes would survive a power cut.
    fn flush(&self, file: &File) -> io::Result<()>;

    /// Gives a file a second name, which must be free.
    fn link(&self, file: &Path, name: &Path) -> io::Result<()>;

    /// Gives a temporary file its name: at no moment is there no file or a part of one under it.
    fn rename(&self, temporary: TempPath, name: &Path, replace: bool) -> io::Result<()>;

    /// Returns once the names in a folder would survive a power cut.
    fn flush_folder(&self, folder: &Path) -> io::Result<()>;
}

/// The file system of the computer.
#[derive(Debug)]
pub(crate) struct System;

impl Disk for System {
    fn create(&self, folder: &Path) -> io::Result<NamedTempFile> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(TEMPORARY_PREFIX).suffix(TEMPORARY_SUFFIX);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // What it becomes is an ordinary file.
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        builder.tempfile_in(long(folder))
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<usize> {
        file.write(bytes)
    }

    fn flush(&self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    fn link(&self, file: &Path, name: &Path) -> io::Result<()> {
        fs::hard_link(file, name)
    }

    fn rename(&self, temporary: TempPath, name: &Path, replace: bool) -> io::Result<()> {
        let renamed = if replace { temporary.persist(long(name)) } else { temporary.persist_noclobber(long(name)) };
        renamed.map_err(|e| e.error)
    }

    #[cfg(unix)]
    fn flush_folder(&self, folder: &Path) -> io::Result<()> {
        match File::open(folder)?.sync_all() {
            // Some network folders cannot be flushed; their server sees to it.
            Err(e) if matches!(e.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
            done => done,
        }
    }

    // Windows opens no folder for flushing; NTFS keeps the order of names in a log of its own, behind bytes flushed before.
    #[cfg(not(unix))]
    fn flush_folder(&self, _folder: &Path) -> io::Result<()> {
        Ok(())
    }
}

/// A path under which Windows finds what lies deeper than 260 letters, also for those of its functions that stop there.
fn long(path: &Path) -> Cow<'_, Path> {
    if !cfg!(windows) {
        return Cow::Borrowed(path);
    }
    // The file itself may not be there yet.
    let whole = match (fs::canonicalize(folder(path)), path.file_name()) {
        _ if path.is_dir() => fs::canonicalize(path).ok(),
        (Ok(folder), Some(name)) => Some(folder.join(name)),
        _ => None,
    };
    whole.map_or(Cow::Borrowed(path), Cow::Owned)
}

/// Whether another program has a file open and lets nobody take its name away: 32 sharing violation, 33 lock violation.
#[cfg(windows)]
pub(crate) fn is_held(path: &Path) -> bool {
    use std::os::windows::fs::OpenOptionsExt;
    const DELETE: u32 = 0x0001_0000;
    let opened = fs::OpenOptions::new().access_mode(DELETE).open(long(path));
    opened.is_err_and(|e| matches!(e.raw_os_error(), Some(32 | 33)))
}

/// Elsewhere a name can be taken from a file that is open.
#[cfg(not(windows))]
pub(crate) fn is_held(_path: &Path) -> bool {
    false
}

/// A file that is written by way of a disk.
#[derive(Debug)]
pub(crate) struct Stream<'a> {
    pub disk: &'a dyn Disk,
    pub file: &'a mut File,
}

impl Write for Stream<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.disk.write(self.file, bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        // On its way, not on the disk: that is a step of its own.
        Ok(())
    }
}

/// The folder that a file stands in.
pub(crate) fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
