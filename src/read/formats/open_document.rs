//! An OpenDocument spreadsheet (.ods, or .fods as one XML file) into our own grid.
//!
//! Read as a stream: the usual parser lays every repeated row and column out in memory.

use std::collections::HashSet;
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::domain::cell_ref::CellRef;
use crate::error::{Cause, Content};
use crate::read::formats::xml::{attribute, entity, number as count};
use crate::read::grid::{Day, HiddenLines, Value};
use crate::read::limits;
use crate::read::limits::{Intake, text_value};
use crate::read::number;

/// Repeats of rows and columns beyond those of a sheet are filling.
const MOST: u32 = limits::ROWS;

/// Elements whose text is not a cell's own.
const ASIDE: [&str; 4] = ["annotation", "note", "frame", "tracked-changes"];

/// Reads every table of the content.
pub(in crate::read) fn read(content: impl BufRead, intake: &mut Intake<'_>) -> Result<(), Cause> {
    let mut reader = Reader::from_reader(content);
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().check_end_names = false;
    let mut document = DocumentState::default();
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|e| Cause::Damaged(e.to_string()))? {
            Event::Start(element) => document.start(&element, intake)?,
            Event::End(element) => document.end(element.local_name().as_ref(), intake)?,
            Event::Text(text) => document.text(&text.xml10_content(), intake)?,
            Event::CData(text) => document.text(&text.xml10_content(), intake)?,
            Event::GeneralRef(reference) => {
                let mut buffer = [0; 4];
                let c = entity(&reference).map_or("", |c| c.encode_utf8(&mut buffer));
                document.text(c, intake)?;
            }
            Event::Eof => break,
            _ => {}
        }
    }
    // A file that was cut off must not pass for a shorter table.
    if document.sheet.is_some() {
        return Err(Cause::Damaged("content.xml ends inside a table".to_owned()));
    }
    if !document.spreadsheet {
        return Err(Cause::NotWorkbook { found: Content::OtherOffice });
    }
    Ok(())
}

/// Where the stream stands.
#[derive(Default)]
struct DocumentState {
    /// Whether `office:spreadsheet` was met: a text document has tables too.
    spreadsheet: bool,
    style: Option<String>,
    /// Styles of sheets that are not shown, and of texts that are raised.
    hidden: HashSet<String>,
    raised: HashSet<String>,
    /// Name of the table that is being read, and whether it is hidden.
    sheet: Option<(String, bool)>,
    /// How deep inside a table inside a cell, and inside other things that are not the cell's own text.
    nested: u32,
    aside: u32,
    /// Rows and columns of the table that are not shown, and for each group of them that is open whether it is folded.
    lines: HiddenLines,
    folded: Vec<bool>,
    next_column: u32,
    row: u32,
    row_repeats: u32,
    cells: Vec<(u32, Value)>,
    /// Bytes of the row's texts, each as often as its cell is repeated.
    text: u64,
    column: u32,
    cell: Option<OpenCell>,
}

struct OpenCell {
    /// Under a merged cell, which hides its content.
    covered: bool,
    repeats: u32,
    /// Columns and rows that it takes up.
    spans: (u32, u32),
    kind: String,
    value: Option<String>,
    /// Whether a formula stands behind it.
    formula: bool,
    text: String,
    /// What is raised: a footnote's mark is no part of the text before it.
    raised: String,
    /// The parts of the text that are open, and whether each is raised.
    open_parts: Vec<bool>,
    paragraph: bool,
}

impl DocumentState {
    fn start(&mut self, element: &BytesStart<'_>, intake: &Intake<'_>) -> Result<(), Cause> {
        let name = element.local_name();
        let name = name.as_ref();
        if self.aside > 0 || ASIDE.contains(&name) {
            self.aside += u32::from(ASIDE.contains(&name));
            return Ok(());
        }
        match name {
            "spreadsheet" => self.spreadsheet = true,
            "style" => self.style = attribute(element, "name").map(Into::into),
            "table-properties" if attribute(element, "display").as_deref() == Some("false") => {
                self.hidden.extend(self.style.clone());
            }
            "text-properties" if is_raised(&attribute(element, "text-position").unwrap_or_default()) => {
                self.raised.extend(self.style.clone());
            }
            "table" if self.sheet.is_some() => self.nested += 1,
            _ if self.nested > 0 => {}
            "table" => {
                let hidden = attribute(element, "style-name").is_some_and(|style| self.hidden.contains(&*style));
                self.sheet = Some((attribute(element, "name").unwrap_or_default().into_owned(), hidden));
                (self.row, self.next_column) = (0, 0);
                self.lines = HiddenLines::default();
                self.folded.clear();
            }
            "table-row-group" | "table-column-group" => {
                self.folded.push(attribute(element, "display").as_deref() == Some("false"));
            }
            "table-column" => {
                let first = self.next_column;
                let count = count(element, "number-columns-repeated").unwrap_or(1).clamp(1, MOST);
                self.next_column = first.saturating_add(count);
                if self.hides(element) {
                    self.lines.columns.push(first..=self.next_column - 1);
                }
            }
            "table-row" => {
                self.row_repeats = count(element, "number-rows-repeated").unwrap_or(1).clamp(1, MOST);
                self.column = 0;
                if self.hides(element) {
                    self.lines.rows.push(self.row..=self.row.saturating_add(self.row_repeats - 1));
                }
            }
            "table-cell" | "covered-table-cell" => self.cell = Some(OpenCell::new(element)),
            _ => return self.inline(name, element, intake),
        }
        Ok(())
    }

    /// Whether a row or a column is hidden, filtered out or folded away.
    fn hides(&self, element: &BytesStart<'_>) -> bool {
        let visibility = attribute(element, "visibility");
        self.folded.contains(&true) || matches!(visibility.as_deref(), Some("collapse" | "filter"))
    }

    /// Marks inside a cell's text.
    fn inline(&mut self, name: &str, element: &BytesStart<'_>, intake: &Intake<'_>) -> Result<(), Cause> {
        let Some(cell) = &mut self.cell else { return Ok(()) };
        match name {
            "p" | "h" => {
                if !cell.text.is_empty() {
                    cell.text.push('\n');
                }
                cell.paragraph = true;
            }
            "s" => (0..count(element, "c").unwrap_or(1).min(100)).for_each(|_| cell.text.push(' ')),
            "span" => {
                let style = attribute(element, "style-name").unwrap_or_default();
                let raised = cell.is_raised() || self.raised.contains(&*style);
                cell.open_parts.push(raised);
            }
            "tab" => cell.text.push('\t'),
            "line-break" => cell.text.push('\n'),
            _ => {}
        }
        // A few bytes of markup can stand for many spaces.
        intake.check_text(&cell.text)
    }

    fn text(&mut self, text: &str, intake: &Intake<'_>) -> Result<(), Cause> {
        match &mut self.cell {
            Some(cell) if cell.paragraph && self.aside == 0 && self.nested == 0 => {
                let own = if cell.is_raised() { &mut cell.raised } else { &mut cell.text };
                own.push_str(text);
                intake.check_text(own)
            }
            _ => Ok(()),
        }
    }

    fn end(&mut self, name: &str, intake: &mut Intake<'_>) -> Result<(), Cause> {
        if self.aside > 0 {
            self.aside -= u32::from(ASIDE.contains(&name));
            return Ok(());
        }
        match name {
            "table" if self.nested > 0 => self.nested -= 1,
            _ if self.nested > 0 => {}
            "span" => self.cell.iter_mut().for_each(|cell| _ = cell.open_parts.pop()),
            "p" | "h" => self.cell.iter_mut().for_each(|cell| cell.paragraph = false),
            "table-cell" | "covered-table-cell" => self.end_cell(intake)?,
            "table-row" => self.end_row(intake)?,
            "table-row-group" | "table-column-group" => drop(self.folded.pop()),
            "table" => {
                if let Some((name, hidden)) = self.sheet.take() {
                    intake.hide(std::mem::take(&mut self.lines));
                    intake.end_sheet(name, hidden)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn end_cell(&mut self, intake: &mut Intake<'_>) -> Result<(), Cause> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        let first = self.column;
        self.column = first.saturating_add(cell.repeats);
        let (columns, rows) = cell.spans;
        let last = CellRef::new(self.row.saturating_add(rows - 1), first.saturating_add(columns - 1));
        intake.merge(CellRef::new(self.row, first), last);
        if let Some(value) = cell.value() {
            intake.check_column(self.column.saturating_sub(1))?;
            self.text = self.text.saturating_add(value.text_bytes().saturating_mul(u64::from(cell.repeats)));
            intake.check_room(self.cells.len() as u64 + u64::from(cell.repeats), self.text)?;
            self.cells.extend((first..self.column).map(|column| (column, value.clone())));
        }
        Ok(())
    }

    fn end_row(&mut self, intake: &mut Intake<'_>) -> Result<(), Cause> {
        let first = self.row;
        self.row = first.saturating_add(self.row_repeats);
        if !self.cells.is_empty() {
            for row in first..self.row {
                for (column, value) in &self.cells {
                    intake.cell(row, *column, value.clone())?;
                }
            }
        }
        self.cells.clear();
        self.text = 0;
        Ok(())
    }
}

impl OpenCell {
    fn new(element: &BytesStart<'_>) -> Self {
        // LibreOffice keeps an error as an empty text and says so in an attribute of its own, which comes last.
        let mut attributes = element.attributes();
        let kinds = attributes
            .with_checks(false)
            .flatten()
            .filter(|attribute| attribute.key.local_name().as_ref() == "value-type");
        let kind =
            kinds.map(|kind| kind.value.into_owned()).reduce(|first, kind| if kind == "error" { kind } else { first });
        let kind = kind.unwrap_or_default();
        let value = match kind.as_str() {
            "string" => attribute(element, "string-value"),
            "boolean" => attribute(element, "boolean-value"),
            _ => attribute(element, "value"),
        };
        let repeats = count(element, "number-columns-repeated").unwrap_or(1).clamp(1, MOST);
        let covered = element.local_name().as_ref() == "covered-table-cell";
        Self {
            covered,
            repeats,
            spans: (span(element, "number-columns-spanned"), span(element, "number-rows-spanned")),
            kind,
            value: value.map(Into::into),
            formula: attribute(element, "formula").is_some_and(|formula| !formula.trim().is_empty()),
            text: String::new(),
            raised: String::new(),
            open_parts: Vec::new(),
            paragraph: false,
        }
    }

    fn is_raised(&self) -> bool {
        self.open_parts.last() == Some(&true)
    }

    /// What the cell shows; what is raised counts only where nothing else stands beside it.
    fn shown(&self) -> &str {
        if self.text.trim().is_empty() && !self.raised.is_empty() { &self.raised } else { &self.text }
    }

    fn value(&self) -> Option<Value> {
        if self.covered {
            return None;
        }
        if self.lacks_result() {
            return Some(Value::Formula);
        }
        // Another section of the format may show the number without a percent sign.
        let percent = self.kind == "percentage" && (self.text.trim().is_empty() || self.text.contains(['%', '％']));
        match self.kind.as_str() {
            "float" | "currency" | "percentage" => number::of_text(self.value.as_deref()?, |_| percent),
            "date" | "time" => Some(Value::Date(self.value.as_deref().and_then(Day::parse))),
            "boolean" => Some(Value::Bool(self.value.as_deref() == Some("true"))),
            "error" => Some(Value::Error(self.text.trim().to_owned())),
            _ if self.shown().is_empty() => text_value(self.value.as_deref().unwrap_or_default()),
            _ => text_value(self.shown()),
        }
    }

    /// Whether it has a formula and neither a result nor a text.
    fn lacks_result(&self) -> bool {
        let has_none = match self.kind.as_str() {
            "" | "float" | "currency" | "percentage" => self.value.as_deref().unwrap_or_default().trim().is_empty(),
            _ => false,
        };
        self.formula && has_none && self.shown().trim().is_empty()
    }
}

fn span(element: &BytesStart<'_>, name: &str) -> u32 {
    count(element, name).unwrap_or(1).clamp(1, MOST)
}

/// Whether a position is above the line: `super 58%`, `33% 58%`.
fn is_raised(position: &str) -> bool {
    let first = position.split_whitespace().next().unwrap_or_default();
    let percent = first.strip_suffix('%').and_then(|number| number.parse::<f64>().ok());
    first == "super" || percent.is_some_and(|percent| percent > 0.0)
}
