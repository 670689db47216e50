//! What stands in a workbook and cannot be carried into a new one: counted, never looked into.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use memchr::memmem;
use zip::ZipArchive;

use crate::domain::digest::text_digest;
use crate::domain::sheet_names::{ANALYSIS, FINDINGS, FOLLOW_UP, PLAN, SCORES, SUMMARY, WRITTEN};
use crate::edits::{Edits, Left};
use crate::read::{Book, Limits};

/// Counts it.
pub(super) fn left(book: &Book, bytes: &[u8], limits: &Limits, edits: &Edits) -> Left {
    let mut left = Left { sheets: added_sheets(book), ..edits.left.clone() };
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return left };
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for index in 0..archive.len() {
        let Ok(part) = archive.by_index(index) else { continue };
        let Ok(name) = part.name().map(|name| name.into_owned()) else { continue };
        if name.starts_with("xl/media/") {
            *counts.entry("pictures").or_default() += 1;
        }
        if name.starts_with("xl/comments") || name.contains("/comments") || name.contains("threadedComment") {
            let mut text = Vec::new();
            if part.take(limits.unpacked_bytes).read_to_end(&mut text).is_ok() {
                *counts.entry("comments").or_default() += memmem::find_iter(&text, b"<comment ").count();
            }
        }
    }
    let beyond = |name: &str| {
        let count = counts.get(name).copied().unwrap_or_default();
        let Some(digest) = edits.record.digest(&format!("X/{name}")) else { return 0 };
        // How many the program itself has put there.
        let own = (0..=count).find(|number| text_digest(&number.to_string()) == digest);
        own.map_or(0, |own| count - own)
    };
    left.pictures = beyond("pictures");
    left.comments = beyond("comments");
    left
}

/// How many sheets are not the program's.
fn added_sheets(book: &Book) -> usize {
    let known = [SUMMARY, FINDINGS, ANALYSIS, PLAN, FOLLOW_UP, SCORES, WRITTEN];
    book.sheets.iter().filter(|sheet| !known.contains(&&*sheet.name)).count()
}
