//! What an .xlsx's worksheet says that its parser does not tell: rows and columns that are not shown, and formulas whose
//! results were never calculated.

use std::collections::HashSet;

use memchr::memmem;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::domain::cell_ref::CellRef;
use crate::read::formats::xml::{attribute, number};
use crate::read::grid::HiddenLines;
use crate::read::limits;

/// What a worksheet says beside its cells' values.
#[derive(Debug, Default)]
pub(in crate::read) struct SheetFacts {
    /// Hidden, filtered out or folded away.
    pub hidden_lines: HiddenLines,
    /// The first and the last cell of each merged range.
    pub merges: Vec<(CellRef, CellRef)>,
    /// Cells with formulas without a result.
    pub uncalculated: HashSet<CellRef>,
}

impl SheetFacts {
    /// Reads a worksheet. In a workbook that asks to be calculated when it is opened, a zero is a result that its writer
    /// has put in for want of one.
    ///
    /// What cannot be read here says nothing: the sheet's own reader says what is wrong with it. No more than `most` formulas
    /// without a result are kept.
    pub fn read(part: &[u8], recalculates: bool, most: usize) -> Self {
        // Most sheets hide nothing and have all results, and need not be parsed for it.
        let hides = memmem::find(part, b"hidden=").is_some();
        let lacks = may_lack_results(part, recalculates);
        let mut facts = Self { merges: merges(part), ..Self::default() };
        if !hides && !lacks {
            return facts;
        }
        let mut reader = Reader::from_reader(part);
        reader.config_mut().expand_empty_elements = true;
        reader.config_mut().check_end_names = false;
        let mut place = Position::default();
        let mut cell = FormulaCell::default();
        while let Ok(event) = reader.read_event() {
            match event {
                Event::Start(start) => match start.local_name().as_ref() {
                    "col" => facts.hide_columns(&start),
                    "row" => {
                        place.begin_row(&start);
                        if is_hidden(&start) {
                            facts.hidden_lines.rows.push(place.row..=place.row);
                        }
                    }
                    "c" if lacks => cell = FormulaCell::new(place.begin_cell(&start), &start),
                    "f" => cell.formula = true,
                    "v" | "is" => cell.open = true,
                    _ => {}
                },
                Event::Text(text) if cell.open => cell.value.push_str(&text.xml10_content()),
                Event::End(end) => match end.local_name().as_ref() {
                    "v" | "is" => cell.open = false,
                    "row" => place.row = place.row.saturating_add(1),
                    "c" if cell.lacks_result(recalculates) && facts.uncalculated.len() < most => {
                        facts.uncalculated.insert(cell.at);
                    }
                    _ => {}
                },
                Event::Eof => break,
                _ => {}
            }
        }
        facts
    }

    fn hide_columns(&mut self, start: &BytesStart<'_>) {
        if !is_hidden(start) {
            return;
        }
        if let (Some(min @ 1..), Some(max @ 1..)) = (number(start, "min"), number(start, "max")) {
            self.hidden_lines.columns.push(min - 1..=max - 1);
        }
    }
}

/// Merged ranges stand in elements of few signs, behind all cells.
fn merges(part: &[u8]) -> Vec<(CellRef, CellRef)> {
    let range = |at: usize| {
        let element = part.get(at..at + 64).unwrap_or(part.get(at..).unwrap_or_default());
        let element = element.split(|byte| *byte == b'>').next().unwrap_or_default();
        let text = std::str::from_utf8(element).ok()?;
        let (first, last) = text.split_once("ref=\"")?.1.split_once('"')?.0.split_once(':')?;
        Some((CellRef::parse(first)?, CellRef::parse(last)?))
    };
    memmem::find_iter(part, b"<mergeCell ").filter_map(range).take(limits::MERGES).collect()
}

fn is_hidden(start: &BytesStart<'_>) -> bool {
    attribute(start, "hidden").is_some_and(|value| matches!(&*value, "1" | "true"))
}

/// Where the rows and cells stand, whose addresses may be left out.
#[derive(Default)]
struct Position {
    row: u32,
    column: u32,
}

impl Position {
    fn begin_row(&mut self, start: &BytesStart<'_>) {
        self.row = number(start, "r").map_or(self.row, |row| row.saturating_sub(1));
        self.column = 0;
    }

    fn begin_cell(&mut self, start: &BytesStart<'_>) -> CellRef {
        let at = attribute(start, "r").and_then(|at| CellRef::parse(at.trim()));
        let at = at.unwrap_or(CellRef::new(self.row, self.column));
        self.column = at.column.saturating_add(1);
        at
    }
}

struct FormulaCell {
    at: CellRef,
    is_text: bool,
    formula: bool,
    open: bool,
    value: String,
}

impl Default for FormulaCell {
    fn default() -> Self {
        Self { at: CellRef::new(0, 0), is_text: false, formula: false, open: false, value: String::new() }
    }
}

impl FormulaCell {
    fn new(at: CellRef, start: &BytesStart<'_>) -> Self {
        // An empty text is a result.
        let is_text = attribute(start, "t").is_some_and(|kind| !matches!(kind.trim(), "n" | ""));
        Self { at, is_text, ..Self::default() }
    }

    fn lacks_result(&self, recalculates: bool) -> bool {
        let value = self.value.trim();
        let is_zero = || value.parse::<f64>().is_ok_and(|number| number == 0.0);
        self.formula && !self.is_text && (value.is_empty() || recalculates && is_zero())
    }
}

/// A quick look whether a formula has nothing, or a zero in a workbook that is to be calculated, behind it.
fn may_lack_results(part: &[u8], recalculates: bool) -> bool {
    // Another prefix hides the elements from this look.
    if memmem::find(part, b":f>").is_some() || memmem::find(part, b":f ").is_some() {
        return true;
    }
    memmem::find_iter(part, b"<f").any(|at| {
        let rest = part.get(at + 2..).unwrap_or_default();
        if !matches!(rest.first(), Some(b' ' | b'>' | b'/')) {
            return false;
        }
        let end = memchr::memchr(b'>', rest).unwrap_or(rest.len());
        let is_empty = end.checked_sub(1).and_then(|before| rest.get(before)) == Some(&b'/');
        let behind = if is_empty {
            rest.get(end + 1..)
        } else {
            // One that never ends is for the parser to say.
            let Some(closed) = memmem::find(rest, b"</f>") else { return true };
            rest.get(closed + 4..)
        };
        let behind = behind.unwrap_or_default().trim_ascii_start();
        match behind.strip_prefix(b"<v>") {
            Some(value) => value.starts_with(b"<") || recalculates && matches!(value, [b'0', b'<' | b'.', ..]),
            None => true,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_without_results_were_kept_beyond_the_bound_of_cells() {
        let cells: String = (1..=100).map(|row| format!("<row r=\"{row}\"><c><f>A1</f></c></row>")).collect();
        let part = format!("<worksheet><sheetData>{cells}</sheetData></worksheet>");
        for (most, kept) in [(0, 0), (7, 7), (100, 100), (1_000, 100)] {
            assert_eq!(SheetFacts::read(part.as_bytes(), false, most).uncalculated.len(), kept, "{most}");
        }
    }
}
