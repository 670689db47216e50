//! The cells of an .xlsx's worksheet anew, each in the plainest form: number, text, or nothing.

use std::fmt::Write;

use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event};

use crate::domain::cell_ref::CellRef;
use crate::error::Cause;
use crate::read::formats::xml::{attribute, damaged, entity};
use crate::read::mend::rich_text;

/// Error values that the parser knows; any other is a text.
const ERRORS: [&str; 7] = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];

/// The worksheet with what is needed of it: its cells, of which those are left out that say no value that there is.
///
/// # Errors
/// When it ends inside its cells: a sheet that was cut off must not pass for a shorter one.
pub(in crate::read) fn plain(part: &[u8], strings: usize) -> Result<Vec<u8>, Cause> {
    let mut reader = Reader::from_reader(part);
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().check_end_names = false;
    let mut out = String::from("<worksheet><sheetData>");
    let (mut row, mut column, mut inside) = (0u32, 0u32, false);
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Start(start) => match start.local_name().as_ref() {
                "sheetData" => inside = true,
                "row" if inside => {
                    row = attribute(&start, "r").and_then(|r| r.trim().parse().ok()).map_or(row, |r: u32| r.max(1) - 1);
                    column = 0;
                    let _ = write!(out, "<row r=\"{}\">", u64::from(row) + 1);
                }
                "c" if inside => {
                    let at = attribute(&start, "r").and_then(|r| CellRef::parse(&r.trim().replace('$', "")));
                    let at = at.unwrap_or(CellRef::new(row, column));
                    (row, column) = (at.row, at.column.saturating_add(1));
                    let cell = OpenCell::read(&mut reader, &start)?;
                    cell.write(at, strings, &mut out);
                }
                _ => {}
            },
            Event::End(end) => match end.local_name().as_ref() {
                "row" if inside => {
                    row = row.saturating_add(1);
                    out.push_str("</row>");
                }
                "sheetData" => break,
                _ => {}
            },
            Event::Eof if inside => return Err(Cause::Damaged("it ends inside a worksheet".to_owned())),
            Event::Eof => return Err(Cause::Damaged("a worksheet has no cells".to_owned())),
            _ => {}
        }
    }
    out.push_str("</sheetData></worksheet>");
    Ok(out.into_bytes())
}

/// What a cell says of itself.
#[derive(Debug, Default)]
struct OpenCell {
    style: Option<u32>,
    kind: String,
    value: Option<String>,
    inline: Option<String>,
}

impl OpenCell {
    /// Reads the cell that has just begun, up to its end; what else stands in it is passed over.
    fn read(reader: &mut Reader<&[u8]>, start: &BytesStart<'_>) -> Result<Self, Cause> {
        let mut cell = Self {
            style: attribute(start, "s").and_then(|style| style.trim().parse().ok()),
            kind: attribute(start, "t").map(|kind| kind.trim().to_owned()).unwrap_or_default(),
            ..Self::default()
        };
        let mut depth = 0u32;
        loop {
            match reader.read_event().map_err(damaged)? {
                Event::Start(start) if depth == 0 && start.local_name().as_ref() == "is" => {
                    cell.inline = Some(rich_text::text(reader, "is")?);
                }
                Event::Start(start) if depth == 0 && start.local_name().as_ref() == "v" => {
                    cell.value = Some(characters(reader, "v")?);
                }
                Event::Start(_) => depth += 1,
                Event::End(_) if depth > 0 => depth -= 1,
                Event::End(end) if end.local_name().as_ref() == "c" => return Ok(cell),
                Event::Eof => return Err(Cause::Damaged("it ends inside a cell".to_owned())),
                _ => {}
            }
        }
    }

    fn write(&self, at: CellRef, strings: usize, out: &mut String) {
        let style = self.style.map(|style| format!(" s=\"{style}\"")).unwrap_or_default();
        let trimmed = self.value.as_deref().map(str::trim).unwrap_or_default();
        let (kind, value) = match self.kind.as_str() {
            _ if self.inline.is_some() => ("str", self.inline.as_deref().unwrap_or_default()),
            "s" if trimmed.parse::<usize>().is_ok_and(|index| index < strings) => ("s", trimmed),
            // An index that is none stands for no text.
            "s" => return,
            "b" if ["0", "1"].contains(&trimmed) || trimmed.eq_ignore_ascii_case("true") => ("b", trimmed),
            "b" if trimmed.eq_ignore_ascii_case("false") => ("b", trimmed),
            "e" if ERRORS.contains(&trimmed) => ("e", trimmed),
            "d" => ("d", trimmed),
            "n" | "" if trimmed.parse::<f64>().is_ok() => ("n", trimmed),
            _ => ("str", self.value.as_deref().unwrap_or_default()),
        };
        if value.trim().is_empty() {
            return;
        }
        let _ = write!(out, "<c r=\"{at}\"{style} t=\"{kind}\"><v>{}</v></c>", escape(value));
    }
}

/// The characters up to the end of an element.
fn characters(reader: &mut Reader<&[u8]>, closing: &str) -> Result<String, Cause> {
    let mut text = String::new();
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Text(part) => text.push_str(&part.xml10_content()),
            Event::CData(part) => text.push_str(&part.xml10_content()),
            Event::GeneralRef(reference) => text.extend(entity(&reference)),
            Event::End(end) if end.local_name().as_ref() == closing => return Ok(text),
            Event::Eof => return Err(Cause::Damaged("it ends inside a cell".to_owned())),
            _ => {}
        }
    }
}
