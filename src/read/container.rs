//! What the bytes of a file are, and whether it is safe to unpack them, before any spreadsheet parser sees them.

use std::io::{self, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use super::Limits;
use crate::error::{Cause, Content, Measure};

/// Deflate cannot make more than this many bytes out of one.
const MAX_EXPANSION: u64 = 1032;

/// Names the content by its first bytes and, for a zip, by the parts it has.
pub(super) fn content_of(bytes: &[u8]) -> Content {
    const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    let pictures: [&[u8]; 4] = [b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8", b"BM"];
    if bytes.starts_with(b"PK") {
        Content::Zip
    } else if bytes.starts_with(OLE) {
        Content::OldExcel
    } else if bytes.starts_with(b"%PDF") {
        Content::Pdf
    } else if pictures.iter().any(|magic| bytes.starts_with(magic)) {
        Content::Picture
    } else {
        text_content(bytes)
    }
}

fn text_content(bytes: &[u8]) -> Content {
    let head = bytes.get(..1024).unwrap_or(bytes);
    let lower = String::from_utf8_lossy(head).to_lowercase();
    if ["<html", "<!doctype html", "<table", "<meta"].iter().any(|tag| lower.contains(tag)) {
        Content::Html
    } else if head.contains(&0) {
        Content::Unknown
    } else {
        Content::Text
    }
}

/// Whether an OLE container holds an encrypted package: its directory names are UTF-16.
pub(super) fn is_encrypted(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}

/// Checks a zip's directory, its unpacked size and what its shared strings claim.
///
/// # Errors
/// When it is not an .xlsx workbook, passes a limit or cannot be unpacked.
pub(super) fn check_zip(bytes: &[u8], limits: &Limits) -> Result<(), Cause> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| Cause::Damaged(e.to_string()))?;
    limit(Measure::Parts, archive.len() as u64, limits.parts)?;
    let names = part_names(&archive)?;
    if let Some(found) = other_zip(&names) {
        return Err(Cause::NotWorkbook { found });
    }
    check_unpacked(&mut archive, bytes.len() as u64, limits)?;
    for name in names.iter().filter(|name| name.to_ascii_lowercase().ends_with("sharedstrings.xml")) {
        check_shared_strings(&mut archive, name, limits)?;
    }
    Ok(())
}

fn part_names(archive: &ZipArchive<Cursor<&[u8]>>) -> Result<Vec<String>, Cause> {
    archive.file_names().map(|name| name.map(|n| n.to_string()).map_err(|e| Cause::Damaged(e.to_string()))).collect()
}

fn other_zip(names: &[String]) -> Option<Content> {
    let has = |part: &str| names.iter().any(|name| name.replace('\\', "/").to_ascii_lowercase().contains(part));
    if has("xl/workbook.bin") {
        Some(Content::BinaryWorkbook)
    } else if has("[content_types].xml") && (has("word/document") || has("ppt/presentation")) {
        Some(Content::OtherOffice)
    } else if has("meta-inf/manifest.xml") && has("content.xml") {
        Some(Content::OpenDocument)
    } else if !has("_rels/.rels") {
        Some(Content::Zip)
    } else {
        None
    }
}

/// The directory may lie about sizes, so a file that could unpack to more than the limit is unpacked to nowhere first.
fn check_unpacked(archive: &mut ZipArchive<Cursor<&[u8]>>, packed: u64, limits: &Limits) -> Result<(), Cause> {
    let damaged = |e: zip::result::ZipError| Cause::Damaged(e.to_string());
    let mut claimed = 0u64;
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(damaged)?;
        claimed = claimed.saturating_add(entry.size());
        if entry.encrypted() {
            return Err(Cause::Encrypted);
        }
    }
    limit(Measure::UnpackedBytes, claimed, limits.unpacked_bytes)?;
    // Entries that overlap could each expand the same bytes.
    let most = packed.saturating_mul(MAX_EXPANSION).saturating_mul(archive.len() as u64);
    if most <= limits.unpacked_bytes {
        return Ok(());
    }
    let mut unpacked = 0u64;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(damaged)?;
        let rest = limits.unpacked_bytes.saturating_sub(unpacked).saturating_add(1);
        unpacked += io::copy(&mut entry.take(rest), &mut io::sink()).map_err(|e| Cause::Damaged(e.to_string()))?;
        limit(Measure::UnpackedBytes, unpacked, limits.unpacked_bytes)?;
    }
    Ok(())
}

/// The spreadsheet parser reserves memory for as many strings as the table claims to have.
fn check_shared_strings(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str, limits: &Limits) -> Result<(), Cause> {
    let entry = archive.by_name(name).map_err(|e| Cause::Damaged(e.to_string()))?;
    let size = entry.size();
    let mut reader = Reader::from_reader(io::BufReader::new(entry.take(limits.unpacked_bytes)));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(start) | Event::Empty(start)) => {
                let claims = start.attributes().flatten().filter(|a| a.key.local_name().as_ref() == "uniqueCount");
                let most = claims.filter_map(|a| a.value.trim().parse::<u64>().ok()).max().unwrap_or_default();
                // `<si/>` is the shortest a string can be.
                return limit(Measure::SharedStrings, most, (size / 5).max(1000).min(limits.cells));
            }
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(_) => {}
        }
    }
}

fn limit(what: Measure, found: u64, limit: u64) -> Result<(), Cause> {
    if found > limit { Err(Cause::TooLarge { what, found, limit }) } else { Ok(()) }
}
