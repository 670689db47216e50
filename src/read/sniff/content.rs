//! What the bytes of a file are.

use memchr::memmem;

use crate::error::Content;

/// How the content of a file begins.
pub(in crate::read) enum Beginning {
    /// A zip archive: an .xlsx, an .ods, or something else.
    Zip,
    /// An OLE container: an .xls, or something else.
    Ole,
    /// The records of an .xls without their container.
    Biff,
    /// One file, packed.
    Gzip,
    /// A table in a format that is not read.
    Format(Content),
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
    (b"\x1F\x8B\x08", Beginning::Gzip),
    (b"Rar!", Beginning::Other(Content::Archive)),
    (b"7z\xBC\xAF\x27\x1C", Beginning::Other(Content::Archive)),
    (b"\x09\x00\x04\x00", Beginning::Format(Content::AncientExcel)),
    (b"\x09\x02\x06\x00", Beginning::Format(Content::AncientExcel)),
    (b"\x09\x04\x06\x00", Beginning::Format(Content::AncientExcel)),
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

/// How far into a file its beginning is looked for.
const FAR: usize = 4096;

/// The bytes from where a workbook begins: a server's script may have left blank lines, or a warning, in front of it.
pub(in crate::read) fn from_beginning(bytes: &[u8]) -> &[u8] {
    if !matches!(beginning(bytes), Beginning::Text) {
        return bytes;
    }
    let head = bytes.get(..FAR).unwrap_or(bytes);
    let containers = MAGIC.iter().filter(|(_, beginning)| matches!(beginning, Beginning::Zip | Beginning::Ole));
    let first = containers.filter_map(|(magic, _)| memmem::find(head, magic)).min();
    first.and_then(|first| bytes.get(first..)).unwrap_or(bytes)
}

/// What a text is marked up as.
pub(in crate::read) enum Markup {
    Html,
    /// XML Spreadsheet 2003.
    XmlSpreadsheet,
    /// An OpenDocument spreadsheet as one XML file.
    FlatOpenDocument,
    /// A table in a format that is not read.
    Format(Content),
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
    let begins = |words: &[&str]| words.iter().any(|word| head.starts_with(word));
    if begins(&["mime-version:"]) || has("content-type: multipart/related") {
        return Markup::Format(Content::WebArchive);
    }
    // Some pages begin with a line of text.
    let is_page = has("<html") || has("<!doctype html") || has("<table") && has("<tr");
    if has("<frameset") && !has("<table") {
        Markup::Format(Content::Frameset)
    } else if begins(&["id;p"]) {
        Markup::Format(Content::Sylk)
    } else if begins(&["table\n0,1", "table\r\n0,1", "table\r0,1"]) {
        Markup::Format(Content::Dif)
    } else if !head.starts_with('<') {
        if is_page { Markup::Html } else { Markup::None }
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
