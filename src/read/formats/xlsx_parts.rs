//! The parts of an .xlsx by name, for what its parser does not tell.

use std::collections::HashMap;
use std::io::{BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use crate::read::formats::xml::attribute;
use crate::read::limits::Limits;

/// The archive that a workbook is.
pub(in crate::read) struct Parts<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    most: u64,
}

/// What a part refers to.
pub(in crate::read) struct Relation {
    /// What it is: the last word of its type.
    pub kind: String,
    /// The part.
    pub path: String,
}

impl<'b> Parts<'b> {
    /// Nothing where the bytes are no archive.
    pub fn new(bytes: &'b [u8], limits: &Limits) -> Option<Self> {
        Some(Self { archive: ZipArchive::new(Cursor::new(bytes)).ok()?, most: limits.unpacked_bytes })
    }

    /// The bytes of a part.
    pub fn part(&mut self, name: &str) -> Option<Vec<u8>> {
        let mut text = Vec::new();
        let entry = self.archive.by_name(name).ok()?;
        entry.take(self.most).read_to_end(&mut text).ok()?;
        Some(text)
    }

    /// The sheets by name, in the order of their tabs, each with its part.
    pub fn sheets(&mut self) -> Vec<(String, String)> {
        let targets = self.relations("xl/workbook.xml");
        let Some(workbook) = self.part("xl/workbook.xml") else { return Vec::new() };
        let sheet = |values: Vec<String>| {
            let mut values = values.into_iter();
            let (name, id) = (values.next()?, values.next()?);
            Some((name, targets.get(&id)?.path.clone()))
        };
        elements(&workbook, "sheet", &["name", "id"]).into_iter().filter_map(sheet).collect()
    }

    /// What a part refers to, by the names that it has for them.
    pub fn relations(&mut self, path: &str) -> HashMap<String, Relation> {
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let Some(xml) = self.part(&format!("{folder}/_rels/{file}.rels")) else { return HashMap::new() };
        let relation = |values: Vec<String>| {
            let mut values = values.into_iter();
            let (id, kind, target) = (values.next()?, values.next()?, values.next()?);
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            Some((id, Relation { kind, path: resolved(folder, &target) }))
        };
        elements(&xml, "Relationship", &["Id", "Type", "Target"]).into_iter().filter_map(relation).collect()
    }
}

/// A target as a path from the archive's root.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').collect();
    for part in target.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The attributes of all elements of a name; those that have all of them.
pub(in crate::read) fn elements(xml: &[u8], element: &str, names: &[&str]) -> Vec<Vec<String>> {
    let mut reader = Reader::from_reader(BufReader::new(xml));
    let (mut buffer, mut found) = (Vec::new(), Vec::new());
    while let Ok(event) = reader.read_event_into(&mut buffer) {
        match event {
            Event::Start(start) | Event::Empty(start) if start.local_name().as_ref() == element => {
                let values: Option<Vec<String>> =
                    names.iter().map(|name| attribute(&start, name).map(|value| value.into_owned())).collect();
                found.extend(values);
            }
            Event::Eof => break,
            _ => {}
        }
        buffer.clear();
    }
    found
}
