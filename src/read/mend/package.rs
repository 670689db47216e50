//! The parts of a zip package, by the paths that other parts give for them; and a new package of parts.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{Cursor, Read, Write};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::error::Cause;
use crate::read::formats::xml::attribute;
use crate::read::sniff::encoding;

/// A package that is being read.
pub(in crate::read) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// The place of each part, by its path in small letters.
    places: HashMap<String, usize>,
    /// Most bytes that a part is unpacked to.
    limit: u64,
}

impl<'a> Package<'a> {
    /// Opens a package; nothing where it is none.
    pub fn open(bytes: &'a [u8], limit: u64) -> Option<Self> {
        let archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
        let names = archive.file_names().map(|name| name.map(|name| key(&name)));
        let places = names.zip(0..).filter_map(|(name, at)| Some((name.ok()?, at))).collect();
        Some(Self { archive, places, limit })
    }

    /// Whether there is such a part.
    pub fn has(&self, path: &str) -> bool {
        self.places.contains_key(&key(path))
    }

    /// The path of the part that the package is about.
    pub fn main(&mut self) -> Option<String> {
        let root = relations_of(&in_utf8(self.part("_rels/.rels")?).0);
        let main = root.into_iter().find(|relation| relation.kind == "officeDocument");
        main.map(|relation| resolved("", &relation.target))
    }

    /// Whether there is a part whose path is spelt so to the letter.
    pub fn has_exactly(&self, path: &str) -> bool {
        self.archive.index_for_name(path).is_some()
    }

    /// A part's bytes, unpacked.
    pub fn part(&mut self, path: &str) -> Option<Vec<u8>> {
        self.head(path, self.limit)
    }

    /// The first bytes of a part.
    pub fn head(&mut self, path: &str, most: u64) -> Option<Vec<u8>> {
        let entry = self.archive.by_index(*self.places.get(&key(path))?).ok()?;
        let mut bytes = Vec::new();
        entry.take(most.min(self.limit)).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }
}

fn key(path: &str) -> String {
    path.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

/// A part in UTF-8, whatever it was in.
pub(in crate::read) fn in_utf8(part: Vec<u8>) -> (Vec<u8>, bool) {
    match encoding::of_xml(&part) {
        Some(text) => (text.into_bytes(), true),
        None => (part, false),
    }
}

/// The path of a part that another one names, from the folder of the latter: `../a b.xml` may be written `..\a%20b.xml`.
pub(in crate::read) fn resolved(folder: &str, target: &str) -> String {
    let target = decoded(target).replace('\\', "/");
    let whole = if target.starts_with('/') { target } else { format!("{folder}{target}") };
    let mut names: Vec<&str> = Vec::new();
    for name in whole.split('/') {
        match name {
            "" | "." => {}
            ".." => drop(names.pop()),
            name => names.push(name),
        }
    }
    names.join("/")
}

/// A path with its `%20` resolved.
fn decoded(path: &str) -> Cow<'_, str> {
    if !path.contains('%') {
        return Cow::Borrowed(path);
    }
    let mut bytes = Vec::new();
    let mut rest = path.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.first_chunk::<2>().and_then(|two| std::str::from_utf8(two).ok());
        match code.filter(|_| *first == b'%').and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(path), Cow::Owned)
}

/// A relationship from one part to another.
pub(in crate::read) struct Relation {
    pub id: String,
    /// The last word of its type: `worksheet`, `styles`.
    pub kind: String,
    pub target: String,
}

/// The relationships that a part lists.
pub(in crate::read) fn relations_of(part: &[u8]) -> Vec<Relation> {
    let mut reader = Reader::from_reader(part);
    let mut found = Vec::new();
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(start) | Event::Empty(start) if start.local_name().as_ref() == "Relationship" => {
                let get = |name: &str| attribute(&start, name).unwrap_or_default().into_owned();
                let kind = get("Type").rsplit('/').next().unwrap_or_default().to_owned();
                found.push(Relation { id: get("Id"), kind, target: get("Target") });
            }
            Event::Eof => break,
            _ => {}
        }
    }
    found
}

/// A part that lists relationships: the number, the kind and the target of each.
pub(in crate::read) fn relations<'a>(list: impl IntoIterator<Item = (&'a str, &'a str, &'a str)>) -> String {
    let mut xml = String::from("<Relationships>");
    for (id, kind, target) in list {
        xml += &format!("<Relationship Id=\"{id}\" Type=\"{RELATIONSHIPS}/{kind}\" Target=\"{target}\"/>");
    }
    xml + "</Relationships>"
}

/// What the types of relationships begin with.
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A package that is being written.
pub(in crate::read) struct NewPackage(ZipWriter<Cursor<Vec<u8>>>);

impl NewPackage {
    pub fn new() -> Self {
        Self(ZipWriter::new(Cursor::new(Vec::new())))
    }

    /// Adds a part; it is read once more only, so it is not packed.
    pub fn add(&mut self, path: &str, part: &[u8]) -> Result<(), Cause> {
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        self.0.start_file(path, stored).map_err(|e| Cause::Damaged(e.to_string()))?;
        self.0.write_all(part).map_err(|e| Cause::Damaged(e.to_string()))
    }

    /// Adds a part of another package as it is packed there.
    pub fn copy(&mut self, path: &str, package: &mut Package<'_>, from: &str) -> Result<(), Cause> {
        let Some(index) = package.places.get(&key(from)).copied() else { return Ok(()) };
        let entry = package.archive.by_index_raw(index).map_err(|e| Cause::Damaged(e.to_string()))?;
        self.0.raw_copy_file_rename(entry, path).map_err(|e| Cause::Damaged(e.to_string()))
    }

    pub fn finish(self) -> Result<Vec<u8>, Cause> {
        self.0.finish().map(Cursor::into_inner).map_err(|e| Cause::Damaged(e.to_string()))
    }
}
