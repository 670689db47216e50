//! A table: a row of headers, then rows of values, each as high as it needs.

use rust_decimal::Decimal;
use rust_xlsxwriter::Url;

use crate::domain::figure::round2;
use crate::write::xlsx::error::WorkbookError;
use crate::write::xlsx::kit::sheet::Page;
use crate::write::xlsx::kit::style::TEXT_SIZE;
use crate::write::xlsx::overview::Frame;

/// The row of the headers, from 0, under the title and the note.
pub(in crate::write::xlsx) const HEADER_ROW: u32 = 2;

/// What stands in a cell.
pub(in crate::write::xlsx) enum TableValue {
    /// A text that wraps.
    Text(String),
    /// A text on one line.
    Line(String),
    /// A centred text that wraps.
    Centred(String),
    /// A figure of 0 to 100.
    Score(Option<Decimal>),
    /// A change with its sign.
    Change(Option<Decimal>),
    /// A whole number.
    Count(Option<usize>),
    /// A text that opens a file beside the workbook.
    Link { text: String, file: String },
}

/// A column: its header and its width in characters.
pub(in crate::write::xlsx) type Column<'a> = (&'a str, f64);

/// The widths of columns.
pub(in crate::write::xlsx) fn widths(columns: &[Column<'_>]) -> Vec<f64> {
    columns.iter().map(|(_, width)| *width).collect()
}

/// Writes the headers and the rows from [`HEADER_ROW`] on; returns the row behind the last.
pub(in crate::write::xlsx) fn write<'a>(
    page: &mut Page<'a>,
    columns: &[Column<'_>],
    rows: impl Iterator<Item = Vec<TableValue>>,
    frame: &Frame<'a>,
) -> Result<u32, WorkbookError> {
    let headers: Vec<&str> = columns.iter().map(|(header, _)| *header).collect();
    page.headers(HEADER_ROW, &headers, &frame.styles.header)?;
    let mut at = HEADER_ROW + 1;
    for row in rows {
        for (column, value) in (0u16..).zip(&row) {
            self::value(page, (at, column), value, frame)?;
        }
        fit(page, at, &row)?;
        at += 1;
    }
    Ok(at)
}

/// Makes a row higher where a text needs it: all others have the sheet's own height.
fn fit(page: &mut Page<'_>, at: u32, row: &[TableValue]) -> Result<(), WorkbookError> {
    let one_line = page.one_line();
    let mut height = one_line;
    for (column, value) in (0u16..).zip(row) {
        if let TableValue::Text(text) | TableValue::Centred(text) | TableValue::Link { text, .. } = value {
            height = height.max(page.height(text, (column, column), TEXT_SIZE, false));
        }
    }
    if height > one_line {
        page.row_height(at, height)?;
    }
    Ok(())
}

/// Writes one value into its cell.
pub(in crate::write::xlsx) fn value<'a>(
    page: &mut Page<'a>,
    (row, column): (u32, u16),
    value: &TableValue,
    frame: &Frame<'a>,
) -> Result<(), WorkbookError> {
    let (styles, formats) = (frame.styles, frame.formats);
    match value {
        TableValue::Text(text) => page.text(row, column, text, &styles.text),
        TableValue::Line(text) => page.text(row, column, text, &formats.line),
        TableValue::Centred(text) => page.text(row, column, text, &styles.centred),
        TableValue::Score(score) => page.number(row, column, score.map(round2), &styles.score),
        TableValue::Change(change) => page.number(row, column, change.map(round2), &formats.change),
        TableValue::Count(count) => page.number(row, column, count.map(Decimal::from), &formats.count),
        TableValue::Link { text, file } => match relative(file) {
            Some(link) => {
                let tip: String = format!("เปิด {file}").chars().take(250).collect();
                page.sheet.write_url_with_options(row, column, Url::new(link), text, tip, Some(&formats.link))?;
                Ok(())
            }
            None => page.text(row, column, text, &styles.text),
        },
    }
}

/// A link to a file in the workbook's own folder. Whatever means something in a link is escaped; Thai letters may stand.
/// Nothing where the writer could not tell an escaped name from a plain one, or the name is too long for a link.
fn relative(file: &str) -> Option<String> {
    let mut escaped = String::with_capacity(file.len());
    for c in file.chars() {
        match c {
            '%' | ' ' | '"' | '<' | '>' | '`' | '[' | ']' | '^' | '{' | '}' | '#' | '?' | '\\' | '|' => {
                escaped.push_str(&format!("%{:02X}", u32::from(c)));
            }
            c if c.is_ascii_control() => return None,
            c => escaped.push(c),
        }
    }
    // The writer escapes a name again unless it sees one of the escapes that it makes itself.
    let seen = ["%20", "%25", "%22", "%60", "%3C", "%3E", "%5B", "%5D", "%5E", "%7B", "%7D"];
    let safe = !escaped.contains('%') || seen.iter().any(|known| escaped.contains(known));
    (safe && escaped.encode_utf16().count() < 2_000).then(|| format!("file://{escaped}"))
}

/// Sets up the table for the screen and for paper: the headers stay and repeat, one page wide, with a filter if wanted.
pub(in crate::write::xlsx) fn set_up(
    page: &mut Page<'_>,
    end: u32,
    filter: bool,
    last: u16,
) -> Result<(), WorkbookError> {
    let columns = page.last;
    page.sheet.set_repeat_rows(HEADER_ROW, HEADER_ROW)?;
    page.sheet.set_freeze_panes(HEADER_ROW + 1, 0)?;
    if filter && end > HEADER_ROW + 1 {
        page.sheet.autofilter(HEADER_ROW, 0, end - 1, columns)?;
    }
    page.sheet.set_print_area(0, 0, end.max(HEADER_ROW + 2) - 1, last.max(columns))?;
    page.sheet.set_print_fit_to_pages(1, 0);
    page.sheet.set_print_center_horizontally(true);
    Ok(())
}
