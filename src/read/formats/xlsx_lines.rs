//! Rows and columns that an .xlsx does not show: hidden, filtered out or folded away. Its parser does not tell them.

use std::collections::HashMap;
use std::io::{BufReader, Cursor, Read};

use memchr::memmem;
use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use crate::read::formats::xml::{attribute, number};
use crate::read::grid::HiddenLines;
use crate::read::limits::Limits;

/// The hidden lines of each sheet, by its name. What cannot be read here hides nothing: the sheet's own reader says what is
/// wrong with it.
pub(in crate::read) fn hidden_lines(bytes: &[u8], limits: &Limits) -> HashMap<String, HiddenLines> {
    let mut found = HashMap::new();
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return found };
    let mut part = |name: &str| {
        let mut text = Vec::new();
        let entry = archive.by_name(name).ok()?;
        entry.take(limits.unpacked_bytes).read_to_end(&mut text).ok()?;
        Some(text)
    };
    let (Some(workbook), Some(relations)) = (part("xl/workbook.xml"), part("xl/_rels/workbook.xml.rels")) else {
        return found;
    };
    let targets: HashMap<String, String> = elements(&relations, "Relationship", &["Id", "Target"])
        .into_iter()
        .filter_map(|values| Some((values.first()?.clone(), values.get(1)?.clone())))
        .collect();
    for values in elements(&workbook, "sheet", &["name", "id"]) {
        let (Some(name), Some(target)) = (values.first(), values.get(1).and_then(|id| targets.get(id))) else {
            continue;
        };
        let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
        let Some(sheet) = part(&path) else { continue };
        // Most sheets hide nothing, and need not be parsed for it.
        if memmem::find(&sheet, b"hidden=").is_some() {
            found.insert(name.clone(), lines(&sheet));
        }
    }
    found
}

/// The attributes of all elements of a name; those that have all of them.
fn elements(xml: &[u8], element: &str, names: &[&str]) -> Vec<Vec<String>> {
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

fn lines(xml: &[u8]) -> HiddenLines {
    let mut reader = Reader::from_reader(BufReader::new(xml));
    let (mut buffer, mut lines, mut next) = (Vec::new(), HiddenLines::default(), 1u32);
    while let Ok(event) = reader.read_event_into(&mut buffer) {
        match event {
            Event::Start(start) | Event::Empty(start) => {
                let hidden = || attribute(&start, "hidden").is_some_and(|value| matches!(&*value, "1" | "true"));
                match start.local_name().as_ref() {
                    "col" if hidden() => {
                        if let (Some(min @ 1..), Some(max @ 1..)) = (number(&start, "min"), number(&start, "max")) {
                            lines.columns.push(min - 1..=max - 1);
                        }
                    }
                    "row" => {
                        let row = number(&start, "r").unwrap_or(next);
                        next = row.saturating_add(1);
                        if let (true, Some(row)) = (hidden(), row.checked_sub(1)) {
                            lines.rows.push(row..=row);
                        }
                    }
                    _ => {}
                }
            }
            Event::Eof => break,
            _ => {}
        }
        buffer.clear();
    }
    lines
}
