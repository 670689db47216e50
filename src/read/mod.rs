//! Bytes into a [`Book`]: what the file is, whether it is safe to open, and its cells.

mod container;
mod grid;
mod spreadsheet;

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use serde::{Deserialize, Serialize};

pub use grid::{Book, Cell, CellRef, Sheet, Value, column_name, parse_column};

use crate::error::{Cause, Content, Error, Measure};

/// How much of an untrusted file is read. Every limit is checked before the memory for it is taken.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Limits {
    /// Bytes of the file itself.
    pub file_bytes: u64,
    /// Bytes of all its parts together, unpacked.
    pub unpacked_bytes: u64,
    /// Parts in its container.
    pub parts: u64,
    /// Sheets.
    pub sheets: u64,
    /// Cells with content, all sheets together.
    pub cells: u64,
}

impl Default for Limits {
    /// Far above a national score file (8,300 agencies of 70 cells), far below what hurts.
    fn default() -> Self {
        Self { file_bytes: 64 << 20, unpacked_bytes: 256 << 20, parts: 10_000, sheets: 500, cells: 2_000_000 }
    }
}

/// Reads a spreadsheet file.
///
/// # Errors
/// When the file is not there, is not an .xlsx workbook, is encrypted or damaged, or passes a limit.
pub fn read_file(path: &Path, limits: &Limits) -> Result<Book, Error> {
    let bytes = load_file(path, limits)?;
    read_bytes(&bytes, limits).map_err(|cause| Error::new(path, cause))
}

/// The bytes of a file, not looked at yet.
///
/// # Errors
/// When it is not there, is a folder or a lock file, cannot be read, or is too large.
pub fn load_file(path: &Path, limits: &Limits) -> Result<Vec<u8>, Error> {
    load(path, limits).map_err(|cause| Error::new(path, cause))
}

/// Reads a spreadsheet from memory.
///
/// # Errors
/// As [`read_file`], without the file's name.
pub fn read_bytes(bytes: &[u8], limits: &Limits) -> Result<Book, Cause> {
    match container::content_of(bytes) {
        _ if bytes.is_empty() => Err(Cause::Empty),
        Content::Zip => {
            container::check_zip(bytes, limits)?;
            spreadsheet::read_xlsx(bytes, limits)
        }
        Content::OldExcel if container::is_encrypted(bytes) => Err(Cause::Encrypted),
        found => Err(Cause::NotWorkbook { found }),
    }
}

fn load(path: &Path, limits: &Limits) -> Result<Vec<u8>, Cause> {
    let facts = fs::metadata(path).map_err(|e| match e.kind() {
        std::io::ErrorKind::NotFound => Cause::NotFound,
        _ => Cause::Unreadable(e),
    })?;
    if facts.is_dir() {
        return Err(Cause::Folder);
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if name.starts_with("~$") || name.starts_with(".~lock.") {
        return Err(Cause::LockFile);
    }
    if facts.len() > limits.file_bytes {
        return Err(Cause::TooLarge { what: Measure::FileBytes, found: facts.len(), limit: limits.file_bytes });
    }
    let mut bytes = Vec::with_capacity(usize::try_from(facts.len()).unwrap_or_default());
    // A pipe or a growing file has no size to trust.
    let mut file = File::open(path).map_err(Cause::Unreadable)?.take(limits.file_bytes + 1);
    file.read_to_end(&mut bytes).map_err(Cause::Unreadable)?;
    if bytes.len() as u64 > limits.file_bytes {
        return Err(Cause::TooLarge { what: Measure::FileBytes, found: bytes.len() as u64, limit: limits.file_bytes });
    }
    Ok(bytes)
}
