//! What `inspect --sketch` prints: a file's shape, which can be shown to others.

use std::io::{self, Write};
use std::path::Path;

use crate::app::terminal::line;
use crate::domain::language::Language;
use crate::error::Cause;
use crate::read::{CellRef, Source, column_name};
use crate::recognise::sketch::{CellKind, CellSketch, RowSketch, SheetSketch, masked};

/// How much of a sheet is printed.
const ROWS: usize = 120;
const CELLS: usize = 30;
const SIGNS: usize = 60;
const MERGES: usize = 12;

/// Prints the file's kind and size; its name may say whose it is, and is masked.
pub(crate) fn head(
    out: &mut impl Write,
    path: &Path,
    bytes: usize,
    source: Option<&Source>,
    language: Language,
) -> io::Result<()> {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    // What stands behind the last point is no kind of file where it is long.
    let extension = path.extension().map(|extension| extension.to_string_lossy()).unwrap_or_default();
    let is_kind = extension.is_ascii() && extension.len() <= 4;
    let extension = if is_kind { format!(".{extension}") } else { masked(&extension) };
    let kind = source.map(|source| format!(", {}", source.describe(language))).unwrap_or_default();
    let unit = language.pick("ไบต์", "bytes");
    writeln!(out, "{}: {bytes} {unit}{}", line(&(masked(&stem) + &extension)), line(&kind))
}

/// Prints why a file was not read, and the parts of its container.
pub(crate) fn unread(
    out: &mut impl Write,
    cause: &Cause,
    parts: &[(String, u64)],
    language: Language,
) -> io::Result<()> {
    writeln!(out, "  {} [{}]: {}", language.pick("อ่านไม่ได้", "not read"), cause.code(), line(&cause.message(language)))?;
    for (name, size) in parts {
        let known = ["xl/", "_rels/", "docProps/", "META-INF/", "[Content_Types].xml", "content.xml", "styles.xml"];
        let is_known =
            known.iter().any(|start| name.starts_with(start)) || ["Workbook", "Book"].contains(&name.as_str());
        let name = if is_known && name.is_ascii() { name.clone() } else { masked(name) };
        writeln!(out, "  {} {size}", line(&name))?;
    }
    Ok(())
}

/// Prints one sheet.
pub(crate) fn sheet(out: &mut impl Write, number: usize, sheet: &SheetSketch, language: Language) -> io::Result<()> {
    let extent = sheet.extent.map_or_else(String::new, |(first, last)| format!(" {}", range(first, last)));
    let hidden = if sheet.hidden { language.pick(" (ซ่อน)", " (hidden)") } else { "" };
    let (sheet_word, cells) = (language.pick("ชีต", "sheet"), language.pick("เซลล์", "cells"));
    writeln!(out, "\n  {sheet_word} {number} \"{}\"{hidden}:{extent}, {} {cells}", line(&sheet.name), sheet.cells)?;
    if sheet.hidden_lines > 0 {
        writeln!(out, "    {} {}", language.pick("แถวและคอลัมน์ที่ซ่อน", "hidden rows and columns"), sheet.hidden_lines)?;
    }
    if !sheet.merges.is_empty() {
        let shown = sheet.merges.iter().take(MERGES).map(|(first, last)| range(*first, *last)).collect::<Vec<_>>();
        let rest = more(sheet.merges.len(), MERGES);
        writeln!(out, "    {} {}{rest}", language.pick("ผสานเซลล์", "merged"), shown.join(" "))?;
    }
    if !sheet.number_formats.is_empty() {
        let formats = sheet.number_formats.iter().take(MERGES).map(|(code, cells)| format!("{} ({cells})", line(code)));
        let formats = formats.collect::<Vec<_>>().join(", ");
        writeln!(out, "    {} {formats}", language.pick("รูปแบบตัวเลข", "number formats"))?;
    }
    for row in sheet.rows.iter().take(ROWS) {
        self::row(out, row, language)?;
    }
    let rest = more(sheet.rows.len(), ROWS);
    if rest.is_empty() { Ok(()) } else { writeln!(out, "   {rest}") }
}

fn row(out: &mut impl Write, row: &RowSketch, language: Language) -> io::Result<()> {
    let (first, last) = (row.rows.0 + 1, row.rows.1 + 1);
    let rows = if first == last { first.to_string() } else { format!("{first}-{last} ({})", row.count) };
    let cells: Vec<String> = row.cells.iter().take(CELLS).map(|own| cell(own, language)).collect();
    writeln!(out, "    {rows}: {}{}", cells.join("  "), more(row.cells.len(), CELLS))
}

fn cell(cell: &CellSketch, language: Language) -> String {
    let column = column_name(cell.column);
    let cut: String = cell.shape.chars().take(SIGNS).collect();
    let dots = if cut.len() < cell.shape.len() { "…" } else { "" };
    let shape = line(&(cut + dots)).into_owned();
    match cell.kind {
        CellKind::Text => format!("{column} \"{shape}\""),
        CellKind::Number | CellKind::Percentage | CellKind::Error => format!("{column} {shape}"),
        CellKind::Date => format!("{column} {}", language.pick("วันที่", "date")),
        CellKind::Truth => format!("{column} {}", language.pick("จริง/เท็จ", "true/false")),
        CellKind::Formula => format!("{column} {}", language.pick("สูตรไม่มีผล", "formula without a result")),
    }
}

fn range(first: CellRef, last: CellRef) -> String {
    format!("{first}:{last}")
}

fn more(count: usize, shown: usize) -> String {
    if count > shown { format!(" … (+{})", count - shown) } else { String::new() }
}
