//! A file that is about to be replaced is kept under a name of its own first.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use crate::write::disk::folder;
use crate::write::disk::{Disk, Stream};

/// The most copies of one file that are kept.
const MOST_COPIES: u32 = 9_999;

/// A copy of a file.
#[derive(Debug)]
pub(crate) struct Kept {
    /// Where it is.
    pub path: PathBuf,
    /// Whether it was not there before.
    is_new: bool,
}

impl Kept {
    /// Takes the copy away again where the file itself has stayed.
    pub(crate) fn undo(&self, original: &Path) {
        if self.is_new && original.exists() {
            // A copy too many is no loss.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Keeps a file under the first of the names that is free; one that has the same bytes already will do. There is nothing
/// to keep where there is no file.
///
/// The file stays where it is: at every moment its bytes have a name.
///
/// # Errors
/// When the folder takes no more files.
pub(crate) fn keep(disk: &dyn Disk, path: &Path, name: fn(&Path, u32) -> PathBuf) -> io::Result<Option<Kept>> {
    match File::open(path) {
        // What another program has just written may not be on the disk yet; Windows flushes only what is open for writing.
        Ok(file) if cfg!(unix) => disk.flush(&file)?,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        _ => {}
    }
    for copy in (1..=MOST_COPIES).map(|number| name(path, number)) {
        match link_or_copy(disk, path, &copy) {
            Ok(()) => {
                let kept = Kept { path: copy, is_new: true };
                return match disk.flush_folder(folder(path)) {
                    Ok(()) => Ok(Some(kept)),
                    Err(e) => {
                        kept.undo(path);
                        Err(e)
                    }
                };
            }
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {
                // A run that was stopped may have made it.
                if same_bytes(path, &copy).unwrap_or(false) {
                    return Ok(Some(Kept { path: copy, is_new: false }));
                }
            }
            Err(e) => return Err(e),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// A second name for the file, or a copy of it where the folder's file system gives no file two names.
fn link_or_copy(disk: &dyn Disk, path: &Path, copy: &Path) -> io::Result<()> {
    match disk.link(path, copy) {
        Err(e) if e.kind() != io::ErrorKind::AlreadyExists => {}
        done => return done,
    }
    if copy.exists() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let mut original = File::open(path)?;
    let mut temporary = disk.create(folder(copy))?;
    io::copy(&mut original, &mut Stream { disk, file: temporary.as_file_mut() })?;
    if let Ok(time) = original.metadata().and_then(|facts| facts.modified()) {
        // When it was edited tells people which version it is; not every file system can say.
        let _ = temporary.as_file().set_modified(time);
    }
    disk.flush(temporary.as_file())?;
    disk.rename(temporary.into_temp_path(), copy, false)
}

/// Whether two files have the same bytes.
pub(crate) fn same_bytes(a: &Path, b: &Path) -> io::Result<bool> {
    let (mut a, mut b) = (BufReader::new(File::open(a)?), BufReader::new(File::open(b)?));
    if a.get_ref().metadata()?.len() != b.get_ref().metadata()?.len() {
        return Ok(false);
    }
    loop {
        let (left, right) = (a.fill_buf()?, b.fill_buf()?);
        let both = left.len().min(right.len());
        if left.get(..both) != right.get(..both) {
            return Ok(false);
        }
        if both == 0 {
            return Ok(left.len() == right.len());
        }
        a.consume(both);
        b.consume(both);
    }
}
