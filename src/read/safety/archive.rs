//! What a zip archive holds, and whether it is safe to unpack, before any spreadsheet parser sees it.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use flate2::read::GzDecoder;
use zip::ZipArchive;
use zip::result::ZipError;

use crate::error::{Cause, Content, Quantity};
use crate::read::Limits;

/// Deflate cannot make more than this many bytes out of one.
const MAX_EXPANSION: u64 = 1032;

/// A workbook that unpacks to no more than this, with styles of no more than that, cannot hurt its parser.
const PLAIN_BYTES: u64 = 16 << 20;
const PLAIN_STYLES: u64 = 1 << 20;
const PLAIN_STRINGS: u64 = 4 << 20;

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// What a zip archive turned out to be.
pub(in crate::read) enum Package<'a> {
    /// An .xlsx; a plain one is within bounds that the parser is known to live through.
    Xlsx { plain: bool },
    /// An .xlsb.
    Xlsb,
    /// An .ods, open to be read.
    OpenDocument(Archive<'a>),
}

/// Checks a zip's directory, its unpacked size and what its parts claim.
///
/// # Errors
/// When it is not a workbook, is encrypted, passes a limit or cannot be unpacked.
pub(in crate::read) fn check<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Package<'a>, Cause> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    limits.check(Quantity::Parts, archive.len() as u64)?;
    let names: Vec<String> =
        archive.file_names().map(|name| name.map(|n| n.to_string())).collect::<Result<_, _>>().map_err(damaged)?;
    // Some writers use backslashes, some other letter case; parsers forgive that.
    let parts: Vec<String> = names.iter().map(|name| name.replace('\\', "/").to_ascii_lowercase()).collect();
    let has = |wanted: &str| parts.iter().any(|part| part.contains(wanted));
    let is_document = has("meta-inf/manifest.xml") && !has("_rels/.rels");
    if is_document && is_encrypted(&mut archive, limits)? {
        return Err(Cause::Encrypted);
    }
    if has("[content_types].xml") && (has("word/document") || has("ppt/presentation")) {
        return Err(Cause::NotWorkbook { found: Content::OtherOffice });
    }
    let is_workbook = has("_rels/.rels") || is_document && has("content.xml");
    if !is_workbook {
        return Err(Cause::NotWorkbook { found: Content::Archive });
    }
    let most = check_unpacked(&mut archive, limits)?;
    if is_document {
        return Ok(Package::OpenDocument(archive));
    }
    for name in names.iter().filter(|name| name.to_ascii_lowercase().ends_with("sharedstrings.xml")) {
        check_shared_strings(&mut archive, name, limits)?;
    }
    if parts.iter().any(|part| part.ends_with("/workbook.bin")) {
        return Ok(Package::Xlsb);
    }
    let mut plain = most <= PLAIN_BYTES;
    for name in names.iter().filter(|name| name.to_ascii_lowercase().ends_with("styles.xml")) {
        plain = plain && is_short(&mut archive, name, PLAIN_STYLES)?;
    }
    Ok(Package::Xlsx { plain })
}

/// The names of an archive's parts, and their sizes as its directory gives them; most first.
pub(in crate::read) fn parts(bytes: &[u8]) -> Vec<(String, u64)> {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return Vec::new() };
    let listed = archive.len().min(LISTED);
    let of = |index| {
        let entry = archive.by_index_raw(index).ok()?;
        let name = entry.name().ok()?.into_owned();
        Some((name, entry.size()))
    };
    (0..listed).filter_map(of).collect()
}

/// How many parts of an archive are listed.
const LISTED: usize = 200;

/// The one file that gzip has packed.
///
/// # Errors
/// When it unpacks to more than the limit, cannot be unpacked, or is packed once more.
pub(in crate::read) fn unpacked(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, Cause> {
    let mut file = Vec::new();
    let most = limits.unpacked_bytes.saturating_add(1);
    GzDecoder::new(bytes).take(most).read_to_end(&mut file).map_err(|e| Cause::Damaged(e.to_string()))?;
    limits.check(Quantity::UnpackedBytes, file.len() as u64)?;
    if file.starts_with(b"\x1F\x8B") { Err(Cause::NotWorkbook { found: Content::Archive }) } else { Ok(file) }
}

/// A part's bytes, unpacked as they are read and never more than the limit.
pub(in crate::read) fn part<'a>(archive: &'a mut Archive<'_>, name: &str, limit: u64) -> Result<impl Read + 'a, Cause> {
    archive.by_name(name).map(|entry| entry.take(limit)).map_err(damaged)
}

/// Returns how many bytes it unpacks to at most.
///
/// The directory may lie about sizes, so a file that could unpack to more than is harmless is unpacked to nowhere first.
fn check_unpacked(archive: &mut Archive<'_>, limits: &Limits) -> Result<u64, Cause> {
    let (mut claimed, mut packed) = (0u64, 0u64);
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(damaged)?;
        claimed = claimed.saturating_add(entry.size());
        // Entries may overlap: each is as long as it says.
        packed = packed.saturating_add(entry.compressed_size());
        if entry.encrypted() {
            return Err(Cause::Encrypted);
        }
    }
    limits.check(Quantity::UnpackedBytes, claimed)?;
    let most = packed.saturating_mul(MAX_EXPANSION);
    if most <= PLAIN_BYTES.min(limits.unpacked_bytes) {
        return Ok(most);
    }
    let mut unpacked = 0u64;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(damaged)?;
        let rest = limits.unpacked_bytes.saturating_sub(unpacked).saturating_add(1);
        unpacked += io::copy(&mut entry.take(rest), &mut io::sink()).map_err(|e| Cause::Damaged(e.to_string()))?;
        limits.check(Quantity::UnpackedBytes, unpacked)?;
    }
    Ok(unpacked)
}

/// Whether a part unpacks to no more than `limit` bytes.
fn is_short(archive: &mut Archive<'_>, name: &str, limit: u64) -> Result<bool, Cause> {
    let entry = archive.by_name(name).map_err(damaged)?;
    if entry.compressed_size().saturating_mul(MAX_EXPANSION) <= limit {
        return Ok(true);
    }
    let unpacked = io::copy(&mut entry.take(limit + 1), &mut io::sink());
    unpacked.map(|unpacked| unpacked <= limit).map_err(|e| Cause::Damaged(e.to_string()))
}

/// Whether an OpenDocument's parts are encrypted, which its manifest tells.
fn is_encrypted(archive: &mut Archive<'_>, limits: &Limits) -> Result<bool, Cause> {
    let mut manifest = Vec::new();
    let read = part(archive, "META-INF/manifest.xml", limits.unpacked_bytes.min(1 << 20))?.read_to_end(&mut manifest);
    read.map_err(|e| Cause::Damaged(e.to_string()))?;
    Ok(manifest.windows(15).any(|window| window == b"encryption-data"))
}

/// The spreadsheet parser keeps all strings that there are.
fn check_shared_strings(archive: &mut Archive<'_>, name: &str, limits: &Limits) -> Result<(), Cause> {
    let entry = archive.by_name(name).map_err(damaged)?;
    if entry.size() <= PLAIN_STRINGS {
        return Ok(());
    }
    limits.check(Quantity::Cells, strings(BufReader::with_capacity(1 << 16, entry.take(limits.unpacked_bytes)))?)
}

/// How many strings there are; one on the edge of two buffers may be missed.
fn strings(mut part: impl BufRead) -> Result<u64, Cause> {
    let mut count = 0;
    loop {
        let chunk = part.fill_buf().map_err(|e| Cause::Damaged(e.to_string()))?;
        if chunk.is_empty() {
            return Ok(count);
        }
        count += memchr::memmem::find_iter(chunk, "<si").count() as u64;
        let length = chunk.len();
        part.consume(length);
    }
}

#[allow(clippy::needless_pass_by_value, reason = "handed to map_err")]
fn damaged(error: ZipError) -> Cause {
    Cause::Damaged(error.to_string())
}
