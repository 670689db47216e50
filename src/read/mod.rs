//! Bytes into a [`Book`]: what the file is, whether it is safe to open, and its cells.
//!
//! It takes a path or bytes, and limits, and gives typed cells with their addresses as the file has them. It knows nothing of
//! codes and scores: what a cell means is for [`crate::recognise`].

mod formats;
mod grid;
mod limits;
mod mend;
mod number;
mod number_format;
pub mod safety;
mod sniff;
mod source;

use std::borrow::Cow;
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

pub use crate::domain::cell_ref::{CellRef, column_name, parse_column};
pub(crate) use crate::read::formats::html::html_text;
pub use crate::read::formats::xlsx_look::Look;
pub use crate::read::grid::{Book, Cell, Day, HiddenLines, Sheet, Value};
pub use crate::read::limits::Limits;
pub use crate::read::sniff::encoding::Encoding;
pub use crate::read::source::{Format, Source};

use crate::domain::copy_name::is_earlier_version;
use crate::error::{Breakdown, Cause, Content, Error, Quantity};
use crate::read::formats::{delimited, html, open_document, spreadsheet, xlsx_look, xml_spreadsheet};
use crate::read::limits::Intake;
use crate::read::mend::biff::Stream;
use crate::read::safety::archive::Package;
use crate::read::safety::{archive, biff_memory, catch_panic, ole, sandbox};
use crate::read::sniff::content::{Beginning, Markup};
use crate::read::sniff::{content, encoding};

/// How files are read.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Options {
    /// How much of one is read.
    pub limits: Limits,
    /// The encoding of text files and web pages; found by looking where nothing is given.
    pub encoding: Option<Encoding>,
    /// This program's own executable, if a file whose parser could end the process is to be tried in another process
    /// first. Without it such files have the checks before the parser only.
    pub trial: Option<PathBuf>,
}

/// Markup longer than this is tried first: its attributes can take time that grows with the square of their number.
const LONG_MARKUP: usize = 256 << 10;

/// Reads a spreadsheet file.
///
/// # Errors
/// When the file is not there, holds no table, is encrypted or damaged, or passes a limit.
pub fn read_file(path: &Path, options: &Options) -> Result<Book, Error> {
    let bytes = load_file(path, &options.limits)?;
    read_bytes(&bytes, options).map_err(|cause| Error::new(path, cause))
}

/// The text of a file with settings: UTF-8, or UTF-16 with a byte order mark, as PowerShell's `>` writes it.
///
/// # Errors
/// When the file cannot be read, or is in another encoding.
pub(crate) fn settings_text(path: &Path) -> Result<String, Error> {
    let fail = |problem| Error::new(path, Cause::Settings(problem));
    let bytes = fs::read(path).map_err(|e| fail(e.to_string()))?;
    encoding::marked(&bytes).map(Cow::into_owned).map_err(|encoding| fail(format!("the text is not valid {encoding}")))
}

/// The parts of a file's container and their sizes, if it has one that can be looked into.
pub(crate) fn container_parts(bytes: &[u8]) -> Vec<(String, u64)> {
    let bytes = content::from_beginning(bytes);
    match content::beginning(bytes) {
        Beginning::Zip => archive::parts(bytes),
        Beginning::Ole => ole::streams(bytes),
        _ => Vec::new(),
    }
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
pub fn read_bytes(bytes: &[u8], options: &Options) -> Result<Book, Cause> {
    options.limits.check(Quantity::FileBytes, bytes.len() as u64)?;
    if bytes.is_empty() {
        return Err(Cause::Empty);
    }
    let bytes = content::from_beginning(bytes);
    let mut intake = Intake::new(&options.limits);
    let source = match content::beginning(bytes) {
        Beginning::Gzip => return read_bytes(&archive::unpacked(bytes, &options.limits)?, options),
        Beginning::Format(found) => return Err(Cause::OtherFormat { found: *found }),
        Beginning::Zip => read_zip(bytes, options, &mut intake)?,
        Beginning::Ole => read_xls(bytes, Stream::new(ole::workbook(bytes)?)?, options, &mut intake)?,
        Beginning::Biff => read_xls(bytes, Stream::without_container(bytes)?, options, &mut intake)?,
        Beginning::Other(found) => return Err(Cause::NotWorkbook { found: *found }),
        Beginning::Text => read_text(bytes, options, &mut intake)?,
    };
    Ok(Book { sheets: intake.into_sheets(), source })
}

/// What the sheets of an .xlsx have beside values, by their names; nothing for another format.
pub fn looks(bytes: &[u8], limits: &Limits) -> Option<HashMap<String, Look>> {
    xlsx_look::looks(bytes, limits)
}

/// Tries the bytes in a process of their own, if there is one to be had, then parses them here.
fn attempt(bytes: &[u8], options: &Options, parse: impl FnOnce() -> Result<(), Cause>) -> Result<(), Cause> {
    if let Some(executable) = &options.trial {
        sandbox::survives(executable, bytes, options)?;
    }
    catch_panic::parser(parse)
}

fn read_xls(bytes: &[u8], mut stream: Stream, options: &Options, intake: &mut Intake<'_>) -> Result<Source, Cause> {
    let mut reserved = biff_memory::check(&stream.bytes, &options.limits);
    if matches!(reserved, Err(Cause::Parser(Breakdown::Memory(_)) | Cause::Damaged(_))) {
        stream.move_rows_together();
        reserved = biff_memory::check(&stream.bytes, &options.limits);
    }
    let limits = Limits { memory: options.limits.memory.saturating_add(reserved?), ..options.limits.clone() };
    let options = Options { limits, ..options.clone() };
    attempt(bytes, &options, || spreadsheet::read_xls(bytes, &stream, intake))?;
    Ok(Source { format: Format::Xls, ..Source::default() })
}

fn read_zip(bytes: &[u8], options: &Options, intake: &mut Intake<'_>) -> Result<Source, Cause> {
    let format = match archive::check(bytes, &options.limits)? {
        Package::Xlsx { plain: true } => {
            catch_panic::parser(|| spreadsheet::read_xlsx(bytes, intake)).map(|()| Format::Xlsx)
        }
        Package::Xlsx { plain: false } => {
            attempt(bytes, options, || spreadsheet::read_xlsx(bytes, intake)).map(|()| Format::Xlsx)
        }
        Package::Xlsb => attempt(bytes, options, || spreadsheet::read_xlsb(bytes, intake)).map(|()| Format::Xlsb),
        Package::OpenDocument(mut archive) => {
            let content = archive::part(&mut archive, "content.xml", options.limits.unpacked_bytes)?;
            open_document::read(BufReader::new(content), intake).map(|()| Format::OpenDocument)
        }
    }?;
    Ok(Source { format, ..Source::default() })
}

fn read_text(bytes: &[u8], options: &Options, intake: &mut Intake<'_>) -> Result<Source, Cause> {
    let unknown = Err(Cause::NotWorkbook { found: Content::Unknown });
    if options.encoding.is_none() && !encoding::may_be_text(bytes) {
        return unknown;
    }
    let decoded = encoding::decode(bytes, options.encoding);
    if !decoded.is_text() {
        return unknown;
    }
    let text = &decoded.text;
    let mut separator = None;
    let format = match content::markup(text) {
        Markup::Html if text.len() > LONG_MARKUP => {
            attempt(bytes, options, || html::read(text, intake)).map(|()| Format::Html)
        }
        Markup::Html => catch_panic::parser(|| html::read(text, intake)).map(|()| Format::Html),
        Markup::XmlSpreadsheet => xml_spreadsheet::read(text, intake).map(|()| Format::XmlSpreadsheet),
        Markup::FlatOpenDocument => open_document::read(text.as_bytes(), intake).map(|()| Format::OpenDocument),
        Markup::Format(found) => return Err(Cause::OtherFormat { found }),
        Markup::OtherXml => return Err(Cause::NotWorkbook { found: Content::Xml }),
        Markup::None => {
            separator = delimited::read(text, intake)?;
            Ok(Format::Delimited)
        }
    }?;
    Ok(Source { format, encoding: Some(decoded.encoding), undecoded: decoded.undecoded, separator })
}

fn load(path: &Path, limits: &Limits) -> Result<Vec<u8>, Cause> {
    let facts = fs::metadata(path).map_err(|e| match e.kind() {
        io::ErrorKind::NotFound => Cause::NotFound,
        _ => refused(e),
    })?;
    if facts.is_dir() {
        return Err(Cause::Folder);
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if name.starts_with("~$") || name.starts_with(".~lock.") {
        return Err(Cause::LockFile);
    }
    if is_earlier_version(path) {
        return Err(Cause::EarlierVersion);
    }
    limits.check(Quantity::FileBytes, facts.len())?;
    let mut bytes = Vec::with_capacity(usize::try_from(facts.len()).unwrap_or_default());
    // A pipe or a growing file has no size to trust.
    let mut file = File::open(path).map_err(refused)?.take(limits.file_bytes.saturating_add(1));
    file.read_to_end(&mut bytes).map_err(refused)?;
    limits.check(Quantity::FileBytes, bytes.len() as u64)?;
    Ok(bytes)
}

/// Windows: 32 sharing violation, 33 lock violation, as Excel has it while a workbook is open.
fn refused(error: io::Error) -> Cause {
    let open = cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33));
    if open { Cause::InUse } else { Cause::Unreadable(error) }
}
