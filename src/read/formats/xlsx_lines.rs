//! Rows and columns that an .xlsx does not show: hidden, filtered out or folded away. Its parser does not tell them.

use std::collections::HashMap;
use std::io::BufReader;

use memchr::memmem;
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::read::formats::xlsx_parts::Parts;
use crate::read::formats::xml::{attribute, number};
use crate::read::grid::HiddenLines;
use crate::read::limits::Limits;

/// The hidden lines of each sheet, by its name. What cannot be read here hides nothing: the sheet's own reader says what is
/// wrong with it.
pub(in crate::read) fn hidden_lines(bytes: &[u8], limits: &Limits) -> HashMap<String, HiddenLines> {
    let mut found = HashMap::new();
    let Some(mut parts) = Parts::new(bytes, limits) else { return found };
    for (name, path) in parts.sheets() {
        let Some(sheet) = parts.part(&path) else { continue };
        // Most sheets hide nothing, and need not be parsed for it.
        if memmem::find(&sheet, b"hidden=").is_some() {
            found.insert(name, lines(&sheet));
        }
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
