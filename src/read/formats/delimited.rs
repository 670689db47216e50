//! Text with a separator between the columns: .csv, .tsv and the like.

use std::borrow::Cow;

use csv::{Reader, ReaderBuilder};

use crate::error::{Cause, Quantity};
use crate::read::formats::delimited_quotes;
use crate::read::formats::delimited_rows::RowLayout;
use crate::read::limits::Intake;

/// What may stand between columns; the first wins where two fit equally well. A comma is last, as it also stands in
/// numbers and in running text.
const SEPARATORS: [u8; 4] = [b'\t', b';', b'|', b','];

/// Records that are looked at to find the separator.
const RECORDS: usize = 200;

/// Reads the one sheet of a text and returns the separator that was found, if there is more than one column.
///
/// Rows and columns have the addresses that a spreadsheet program would give them: a blank line is a row.
pub(in crate::read) fn read(text: &str, intake: &mut Intake<'_>) -> Result<Option<char>, Cause> {
    let text = text.trim_start_matches('\u{FEFF}');
    let (stated, text) = stated_separator(text);
    // Lines are counted by one kind of end.
    let text = &match text.contains('\r') || !text.ends_with('\n') {
        true => Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n") + "\n"),
        false => Cow::Borrowed(text),
    };
    let found = || find_separator(text);
    let mended = delimited_quotes::mended(text, stated.or_else(found).unwrap_or(b'\t'));
    let text = &*mended;
    let separator = stated.or_else(|| find_separator(text));
    let torn = if separator == Some(b',') { torn_fields(text) } else { None };
    let layout =
        RowLayout::of(records(text, separator.unwrap_or(b'\t')).filter(|_| torn.is_none() && separator.is_some()));
    let mut reader = reader(text, separator.unwrap_or(b'\t'));
    let mut record = csv::StringRecord::new();
    let (mut row, mut lines) = (0u32, 1u64);
    while reader.read_record(&mut record).map_err(|e| Cause::Damaged(e.to_string()))? {
        intake.limits().check(Quantity::Columns, record.len() as u64)?;
        let inner: usize = record.iter().map(|field| field.matches('\n').count()).sum();
        let end = reader.position().line();
        // The parser passes over blank lines, the address must not.
        let blank = (end - lines).saturating_sub(inner as u64 + 1);
        lines = end;
        row = row.saturating_add(u32::try_from(blank).unwrap_or(u32::MAX));
        if let Some((fields, number)) = decimal_at_end(&record).filter(|_| torn == Some(record.len())) {
            for (column, field) in (0u32..).zip(record.iter().take(fields)) {
                intake.text(row, column, unguarded(field))?;
            }
            intake.text(row, u32::try_from(fields).unwrap_or(u32::MAX), &number)?;
        } else if let Some(fields) = layout.as_ref().and_then(|layout| layout.fitted(&record)) {
            for (column, field) in (0u32..).zip(&fields) {
                intake.text(row, column, unguarded(field))?;
            }
        } else {
            for (column, field) in (0u32..).zip(&record) {
                intake.text(row, column, unguarded(field))?;
            }
        }
        row = row.saturating_add(1);
    }
    intake.end_sheet("Sheet1", false)?;
    Ok(separator.map(char::from))
}

/// The last two fields as the number that a comma has torn apart, and how many fields stand before: `84,67`.
fn decimal_at_end(record: &csv::StringRecord) -> Option<(usize, String)> {
    let fields = record.len().checked_sub(2).filter(|fields| *fields > 0)?;
    let (whole, decimals) = (record.get(fields)?, record.get(fields + 1)?);
    let digits = |text: &str, most: usize| (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    (digits(whole, 3) && digits(decimals, 2)).then(|| (fields, format!("{whole}.{decimals}")))
}

/// The fields of records whose last number has been torn apart by its decimal comma, where nearly all are: the records below a
/// header have a field more than it, and end in two whole numbers, the second of one or two digits.
fn torn_fields(text: &str) -> Option<usize> {
    let records: Vec<csv::StringRecord> = records(text, b',').collect();
    let first = records.iter().position(|record| decimal_at_end(record).is_some())?;
    let count = records.get(first).map(csv::StringRecord::len)?;
    let is_text = |field: &str| !field.trim().is_empty() && field.parse::<f64>().is_err();
    let is_header = |record: &csv::StringRecord| record.len() + 1 == count && record.iter().all(is_text);
    let header = first.checked_sub(1).and_then(|before| records.get(before));
    let rows: Vec<&csv::StringRecord> = records.iter().skip(first).filter(|record| record.len() == count).collect();
    let torn = rows.iter().filter(|record| decimal_at_end(record).is_some()).count();
    (header.is_some_and(is_header) && rows.len() > 4 && torn * 10 >= rows.len() * 9).then_some(count)
}

/// Excel writes `sep=;` as a first line of its own, which is no row.
fn stated_separator(text: &str) -> (Option<u8>, &str) {
    let line = text.lines().next().unwrap_or_default();
    let stated = line.trim().strip_prefix("sep=").or_else(|| line.trim().strip_prefix("SEP="));
    // A tab would be trimmed away.
    let stated = if line.to_ascii_lowercase().starts_with("sep=\t") { Some("\t") } else { stated };
    match stated.map(str::as_bytes) {
        Some([separator]) if separator.is_ascii() && !separator.is_ascii_alphanumeric() => {
            let rest = text.get(line.len()..).unwrap_or_default();
            let rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n')).unwrap_or(rest);
            (Some(*separator), rest)
        }
        _ => (None, text),
    }
}

/// The separator that most records agree on having the same number of.
fn find_separator(text: &str) -> Option<u8> {
    let head = text.char_indices().nth(1 << 16).and_then(|(end, _)| text.get(..end)).unwrap_or(text);
    let mut best: Option<(usize, u8)> = None;
    for separator in SEPARATORS {
        let mut counts: Vec<usize> =
            records(head, separator).map(|record| record.len()).filter(|count| *count > 1).collect();
        counts.sort_unstable();
        let agree = counts.chunk_by(|a, b| a == b).map(<[usize]>::len).max().unwrap_or_default();
        if agree > best.map_or(0, |(most, _)| most) {
            best = Some((agree, separator));
        }
    }
    best.map(|(_, separator)| separator)
}

fn reader(text: &str, separator: u8) -> Reader<&[u8]> {
    ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes())
}

/// The first records.
fn records(text: &str, separator: u8) -> impl Iterator<Item = csv::StringRecord> {
    reader(text, separator).into_records().flatten().take(RECORDS)
}

/// `="o1"` is how exports keep a spreadsheet program from changing a text.
fn unguarded(field: &str) -> &str {
    let inner = field.trim().strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    inner.filter(|inner| !inner.contains('"')).unwrap_or(field)
}
