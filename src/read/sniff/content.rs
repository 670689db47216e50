//! What the bytes of a file are.

use crate::error::Content;

/// How the content of a file begins.
pub(in crate::read) enum Beginning {
    /// A zip archive: an .xlsx, an .ods, or something else.
    Zip,
    /// An OLE container: an .xls, or something else.
    Ole,
    /// The records of an .xls without their container.
    Biff,
    /// Nothing that holds a table.
    Other(Content),
    /// None of these: text, perhaps.
    Text,
}

/// First bytes that settle what a file is.
const MAGIC: [(&[u8], Beginning); 16] = [
    (b"PK\x03\x04", Beginning::Zip),
    (b"PK\x05\x06", Beginning::Zip),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Beginning::Ole),
    (b"%PDF", Beginning::Other(Content::Pdf)),
    (b"\x89PNG", Beginning::Other(Content::Picture)),
    (b"\xFF\xD8\xFF", Beginning::Other(Content::Picture)),
    (b"GIF8", Beginning::Other(Content::Picture)),
    (b"{\\rtf", Beginning::Other(Content::OtherOffice)),
    (b"\x1F\x8B", Beginning::Other(Content::Archive)),
    (b"Rar!", Beginning::Other(Content::Archive)),
    (b"7z\xBC\xAF\x27\x1C", Beginning::Other(Content::Archive)),
    (b"\x09\x00\x04\x00", Beginning::Other(Content::AncientExcel)),
    (b"\x09\x02\x06\x00", Beginning::Other(Content::AncientExcel)),
    (b"\x09\x04\x06\x00", Beginning::Other(Content::AncientExcel)),
    (b"\x09\x08\x08\x00", Beginning::Biff),
    (b"\x09\x08\x10\x00", Beginning::Biff),
];

/// Tags that a page or a piece of one begins with, or has soon after.
const HTML: [&str; 8] = ["<html", "<!doctype html", "<table", "<meta", "<body", "<head", "<div", "<tr"];

/// What the first bytes say.
pub(in crate::read) fn beginning(bytes: &[u8]) -> &'static Beginning {
    let found = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic));
    found.map_or(&Beginning::Text, |(_, beginning)| beginning)
}

/// What a text is marked up as.
pub(in crate::read) enum Markup {
    Html,
    /// XML Spreadsheet 2003.
    XmlSpreadsheet,
    /// An OpenDocument spreadsheet as one XML file.
    FlatOpenDocument,
    /// Something else in angle brackets.
    OtherXml,
    /// Columns of text.
    None,
}

/// Tells a page from XML from plain columns.
pub(in crate::read) fn markup(text: &str) -> Markup {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    let head: String = text.chars().take(8192).collect::<String>().to_ascii_lowercase();
    let has = |word: &str| head.contains(word);
    if !head.starts_with('<') {
        Markup::None
    } else if has("urn:schemas-microsoft-com:office:spreadsheet") && has("<workbook") || has("<ss:workbook") {
        Markup::XmlSpreadsheet
    } else if has("<office:document") {
        Markup::FlatOpenDocument
    } else if HTML.iter().any(|tag| has(tag)) {
        Markup::Html
    } else if has("<?xml") || has("xmlns") {
        Markup::OtherXml
    } else {
        Markup::None
    }
}
