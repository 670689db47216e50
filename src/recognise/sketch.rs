//! What a book looks like without what it says: its sheets and rows, with letters as ก and digits as 0.
//!
//! Words that the program knows headers and labels by stay, names and numbers do not: an officer can send a sketch of a
//! file that was not read without showing a score or a name.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::domain::thai;
use crate::framework::Instrument;
use crate::read::{Book, Cell, CellRef, Sheet, Value};
use crate::recognise::cell::code;
use crate::recognise::sheet::header_rules;
use crate::recognise::words::words;

/// A sheet's shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetSketch {
    /// Its name, masked.
    pub name: String,
    /// Whether its tab is hidden.
    pub hidden: bool,
    /// The corners of the rectangle that its cells take up; nothing where it has none.
    pub extent: Option<(CellRef, CellRef)>,
    /// How many cells have content.
    pub cells: usize,
    /// How many rows and columns that have content are not shown.
    pub hidden_lines: usize,
    /// Merged ranges.
    pub merges: Vec<(CellRef, CellRef)>,
    /// Number formats, with quoted texts masked, and how many cells have each.
    pub number_formats: Vec<(String, usize)>,
    /// Its rows, those that are alike together.
    pub rows: Vec<RowSketch>,
}

/// Rows that are alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowSketch {
    /// The first and the last of them, from 0.
    pub rows: (u32, u32),
    /// How many there are.
    pub count: usize,
    /// The cells of the first.
    pub cells: Vec<CellSketch>,
}

/// A cell's shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellSketch {
    /// Its column, from 0.
    pub column: u32,
    /// What is in it.
    pub kind: CellKind,
    /// What that looks like.
    pub shape: String,
    /// What of it tells rows that are alike.
    skeleton: String,
}

/// What is in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellKind {
    /// Text.
    Text,
    /// A number.
    Number,
    /// A number that is shown as a percentage.
    Percentage,
    /// A date or a time.
    Date,
    /// A truth value.
    Truth,
    /// An error.
    Error,
    /// A formula without a result.
    Formula,
}

/// The shapes of a book's sheets.
pub fn sketch(book: &Book) -> Vec<SheetSketch> {
    book.sheets.iter().map(of_sheet).collect()
}

fn of_sheet(sheet: &Sheet) -> SheetSketch {
    let mut rows: Vec<RowSketch> = Vec::new();
    for row in sheet.rows() {
        let Some(number) = row.first().map(|cell| cell.at.row) else { continue };
        let cells: Vec<CellSketch> = row.iter().map(of_cell).collect();
        let alike = |a: &CellSketch, b: &CellSketch| (a.column, a.kind, &a.skeleton) == (b.column, b.kind, &b.skeleton);
        match rows.last_mut() {
            Some(last)
                if last.cells.len() == cells.len() && last.cells.iter().zip(&cells).all(|(a, b)| alike(a, b)) =>
            {
                last.rows.1 = number;
                last.count += 1;
            }
            _ => rows.push(RowSketch { rows: (number, number), count: 1, cells }),
        }
    }
    let at = || sheet.cells().iter().map(|cell| cell.at);
    let corner = |row: Option<u32>, column: Option<u32>| Some(CellRef::new(row?, column?));
    let first = corner(at().map(|at| at.row).min(), at().map(|at| at.column).min());
    let last = corner(at().map(|at| at.row).max(), at().map(|at| at.column).max());
    SheetSketch {
        name: masked(&sheet.name),
        hidden: sheet.hidden,
        extent: first.zip(last),
        cells: sheet.cells().len(),
        hidden_lines: hidden(at().map(|at| at.row), &sheet.hidden_lines.rows)
            + hidden(at().map(|at| at.column), &sheet.hidden_lines.columns),
        merges: sheet.merges.to_vec(),
        number_formats: sheet.number_formats.iter().map(|(code, cells)| (masked_format(code), *cells)).collect(),
        rows,
    }
}

/// How many of the lines that have content are not shown: a range may go on to the last line that there can be.
fn hidden(with_content: impl Iterator<Item = u32>, ranges: &[RangeInclusive<u32>]) -> usize {
    let lines: BTreeSet<u32> = with_content.collect();
    let hidden: BTreeSet<u32> =
        ranges.iter().filter(|range| !range.is_empty()).flat_map(|range| lines.range(range.clone())).copied().collect();
    hidden.len()
}

fn of_cell(cell: &Cell) -> CellSketch {
    let kind = match &cell.value {
        Value::Text(_) => CellKind::Text,
        Value::Number { percent: false, .. } => CellKind::Number,
        Value::Number { percent: true, .. } => CellKind::Percentage,
        Value::Date(_) => CellKind::Date,
        Value::Bool(_) => CellKind::Truth,
        Value::Error(_) => CellKind::Error,
        Value::Formula => CellKind::Formula,
    };
    let shape = match &cell.value {
        Value::Text(text) => masked(text),
        value @ Value::Number { .. } => masked(&value.to_string()),
        // A spreadsheet program's own errors say nothing of a file's content.
        Value::Error(text) if text.starts_with('#') && text.len() < 9 => text.clone(),
        Value::Error(text) => masked(text),
        Value::Date(_) | Value::Bool(_) | Value::Formula => String::new(),
    };
    let skeleton = if kind == CellKind::Text { skeleton(&shape) } else { String::new() };
    CellSketch { column: cell.at.column, kind, shape, skeleton }
}

/// A text with letters as ก and digits as 0, but for the letters of codes and the words of headers.
pub fn masked(text: &str) -> String {
    if let Some(found) = code::find_code(text) {
        let rest = masked_text(&found.rest);
        let code = masked_digits(&found.code.to_string());
        return if rest.is_empty() { code } else { format!("{code} {rest}") };
    }
    masked_text(text)
}

fn masked_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for found in known_words().into_iter().flat_map(|words| words.find_iter(text)) {
        let word = text.get(found.range()).unwrap_or_default();
        // Inside a longer Latin word a short one says nothing.
        let before = text.get(..found.start()).and_then(|before| before.chars().next_back());
        if word.is_ascii() && before.is_some_and(|c| c.is_ascii_alphabetic()) {
            continue;
        }
        mask(text.get(from..found.start()).unwrap_or_default(), &mut out);
        out.push_str(&masked_digits(word));
        from = found.end();
    }
    mask(text.get(from..).unwrap_or_default(), &mut out);
    out.trim().to_owned()
}

fn mask(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            // Vowels and marks above and below their consonants.
            '\u{0E31}' | '\u{0E34}'..='\u{0E3A}' | '\u{0E47}'..='\u{0E4E}' => {}
            c if c.is_numeric() => out.push('0'),
            c if c.is_alphabetic() => out.push('ก'),
            c if c.is_whitespace() || c.is_control() => out.push(' '),
            c if thai::is_invisible(c) => out.push_str(&format!("<U+{:04X}>", u32::from(c))),
            c => out.push(c),
        }
    }
}

fn masked_digits(text: &str) -> String {
    text.chars().map(|c| if c.is_numeric() { '0' } else { c }).collect()
}

/// A number format with its quoted texts masked.
fn masked_format(code: &str) -> String {
    let mask_quoted = |(at, part): (usize, &str)| if at % 2 == 1 { masked(part) } else { part.to_owned() };
    code.split('"').enumerate().map(mask_quoted).collect::<Vec<_>>().join("\"")
}

/// What of a masked text tells rows that are alike: each run of signs of one kind once, without spaces.
fn skeleton(shape: &str) -> String {
    let mut out = String::with_capacity(shape.len());
    for c in shape.chars().filter(|c| !c.is_whitespace()) {
        let filling = if c == 'ก' || c == '0' || c.is_ascii_punctuation() { 'ก' } else { c };
        if filling != 'ก' || !out.ends_with('ก') {
            out.push(filling);
        }
    }
    out
}

/// The shortest word that is left as it is: a shorter one may be a part of a name.
const SHORTEST: usize = 3;

/// Words that headers and labels are known by.
fn known_words() -> Option<&'static AhoCorasick> {
    static KNOWN: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let build = || {
        let lists = words();
        let of_labels = [
            &lists.agency_labels,
            &lists.district_labels,
            &lists.province_labels,
            &lists.total_labels,
            &lists.level_labels,
            &lists.rank_labels,
            &lists.headers_of_codes,
            &lists.indicator_labels,
            &lists.before_instruments,
            &lists.year_words,
            &lists.rounds,
            &lists.units_of_scores,
        ];
        let labels = of_labels.into_iter().flatten().copied();
        let instruments = Instrument::ALL.map(Instrument::name);
        let all = labels.chain(header_rules::words_of_headers()).chain(instruments).chain(["ITA", "รายการ", "ประเด็น"]);
        let all = all.filter(|word| word.chars().count() >= SHORTEST);
        AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).ascii_case_insensitive(true).build(all).ok()
    };
    KNOWN.get_or_init(build).as_ref()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_are_masked_and_headers_are_not() {
        for (text, shape) in [
            ("คะแนน", "คะแนน"),
            ("ชื่อหน่วยงาน: เทศบาลตำบลโคกม่วง", "ชื่อหน่วยงาน: กกกกกกกกกกกกกกกก"),
            ("ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567", "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 0000"),
            ("o12 แผนงาน", "o00 กกกกกก"),
            ("84.67*", "00.00*"),
            ("๘๔.๖๗", "00.00"),
            ("Score of Smith", "Score กก กกกกก"),
            ("Metascore", "กกกกกกกกก"),
            ("ไอ\u{200B}1", "กก<U+200B>0"),
        ] {
            assert_eq!(masked(text), shape, "{text}");
        }
        assert_eq!(masked_format("0.00\" ของเรือ\""), "0.00\"กกกกกก\"");
    }
}
