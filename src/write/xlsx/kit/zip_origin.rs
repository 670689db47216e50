//! A zip file says on which system it was made; a workbook has the same bytes on every one.

use rust_xlsxwriter::Workbook;

use crate::write::xlsx::error::WorkbookError;

/// The signature of a file's entry in the central directory.
const ENTRY: &[u8] = b"PK\x01\x02";
/// Bytes of the entry before its name, and of the record at the end of the file, which has no comment.
const ENTRY_BYTES: usize = 46;
const END_BYTES: usize = 22;

/// The bytes of a workbook, the same on every system.
pub(in crate::write::xlsx) fn bytes_of(workbook: &mut Workbook) -> Result<Vec<u8>, WorkbookError> {
    Ok(unified(workbook.save_to_buffer()?))
}

/// The same bytes as they are on every system.
pub(in crate::write::xlsx) fn unified(mut workbook: Vec<u8>) -> Vec<u8> {
    unify(&mut workbook);
    workbook
}

/// Sets the system of every entry to MS-DOS, the one that Excel itself writes.
fn unify(workbook: &mut [u8]) {
    let Some(end) = workbook.len().checked_sub(END_BYTES) else { return };
    let Some(mut at) = number(workbook, end + 16, 4) else { return };
    while workbook.get(at..at + ENTRY.len()) == Some(ENTRY) {
        // the high byte of "version made by"
        if let Some(system) = workbook.get_mut(at + 5) {
            *system = 0;
        }
        let lengths: Option<Vec<usize>> = [28, 30, 32].iter().map(|offset| number(workbook, at + offset, 2)).collect();
        let Some(lengths) = lengths else { return };
        at += ENTRY_BYTES + lengths.iter().sum::<usize>();
    }
}

/// A little-endian number of so many bytes.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<usize> {
    let field = bytes.get(at..at.checked_add(length)?)?;
    Some(field.iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte)))
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::write::{SimpleFileOptions, ZipWriter};

    use super::*;

    #[test]
    fn every_entry_has_the_same_system_and_can_be_read() {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for name in ["a.xml", "โฟลเดอร์/b.xml"] {
            zip.start_file(name, SimpleFileOptions::default()).expect("a file");
            zip.write_all(b"<a/>").expect("its bytes");
        }
        let mut bytes = zip.finish().expect("a zip").into_inner();
        unify(&mut bytes);
        let systems: Vec<u8> =
            (0..bytes.len()).filter(|at| bytes[*at..].starts_with(ENTRY)).map(|at| bytes[at + 5]).collect();
        assert_eq!(systems, [0, 0]);
        assert_eq!(zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip").len(), 2);
        unify(&mut []);
        unify(&mut [0; 30]);
    }
}
