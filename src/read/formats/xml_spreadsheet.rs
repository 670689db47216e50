//! XML Spreadsheet 2003, which many systems write under the name .xls.

use std::collections::{BTreeMap, HashSet};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::error::Cause;
use crate::read::formats::xml::{attribute, entity, number as count};
use crate::read::grid::{Day, HiddenLines, Value};
use crate::read::limits::{Intake, text_value};
use crate::read::number;

/// Reads every worksheet.
pub(in crate::read) fn read(text: &str, intake: &mut Intake<'_>) -> Result<(), Cause> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().check_end_names = false;
    let mut workbook = Workbook::default();
    loop {
        match reader.read_event().map_err(|e| Cause::Damaged(e.to_string()))? {
            Event::Start(element) => workbook.start(&element),
            Event::End(element) => workbook.end(element.local_name().as_ref(), intake)?,
            Event::Text(text) => workbook.text(&text.xml10_content()),
            Event::CData(text) => workbook.text(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                workbook.data.iter_mut().for_each(|(_, text)| text.extend(entity(&reference)));
            }
            Event::Eof if workbook.sheet.is_some() => {
                return Err(Cause::Damaged("the file ends inside a worksheet".to_owned()));
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// Where the stream stands.
#[derive(Default)]
struct Workbook {
    style: Option<String>,
    /// Styles that show a percentage, by themselves or after the one that they go by.
    percents: HashSet<String>,
    /// Columns that show percentages where a cell and its row have no style: from the first to the last.
    percent_columns: BTreeMap<u32, u32>,
    /// The column that the next description of one is about.
    next_column: u32,
    /// Whether the row that is being read shows percentages, if it has a style.
    row_percent: Option<bool>,
    /// The name of the worksheet that is being read.
    sheet: Option<String>,
    /// Inside what says whether the worksheet is shown, and inside a cell's note.
    visibility: bool,
    comment: bool,
    hidden: bool,
    /// Rows and columns of the worksheet that are not shown.
    lines: HiddenLines,
    row: u32,
    /// Rows that a row stands for beside its own.
    down: u32,
    column: u32,
    percent: bool,
    /// Columns that the cell covers beside its own.
    across: u32,
    /// The kind and the text of the cell's content.
    data: Option<(String, String)>,
}

impl Workbook {
    fn start(&mut self, element: &BytesStart<'_>) {
        match element.local_name().as_ref() {
            "Style" => {
                self.style = attribute(element, "ID").map(Into::into);
                if self.shows_percent(element, "Parent") == Some(true) {
                    self.percents.extend(self.style.clone());
                }
            }
            "NumberFormat" => {
                let format = attribute(element, "Format").unwrap_or_default();
                if &*format == "Percent" || number::shows_percent(&format) {
                    self.percents.extend(self.style.clone());
                } else if let Some(style) = &self.style {
                    self.percents.remove(style);
                }
            }
            "Worksheet" => {
                *self = Self { percents: std::mem::take(&mut self.percents), ..Self::default() };
                self.sheet = Some(attribute(element, "Name").unwrap_or_default().into_owned());
            }
            "Visible" => self.visibility = true,
            "Column" => {
                let first = count(element, "Index").map_or(self.next_column, |index| index.saturating_sub(1));
                let last = first.saturating_add(count(element, "Span").unwrap_or_default());
                self.next_column = last.saturating_add(1);
                if is_hidden(element) {
                    self.lines.columns.push(first..=last);
                }
                if self.shows_percent(element, "StyleID") == Some(true) {
                    self.percent_columns.insert(first, last);
                }
            }
            "Row" => {
                self.row = count(element, "Index").map_or(self.row, |index| index.saturating_sub(1));
                self.down = count(element, "Span").unwrap_or_default();
                if is_hidden(element) {
                    self.lines.rows.push(self.row..=self.row.saturating_add(self.down));
                }
                self.row_percent = self.shows_percent(element, "StyleID");
                self.column = 0;
            }
            "Cell" => {
                self.column = count(element, "Index").map_or(self.column, |index| index.saturating_sub(1));
                self.across = count(element, "MergeAcross").unwrap_or_default();
                let percent = self.shows_percent(element, "StyleID").or(self.row_percent);
                let before = self.percent_columns.range(..=self.column).next_back();
                let of_column = before.is_some_and(|(_, last)| self.column <= *last);
                self.percent = percent.unwrap_or(of_column);
            }
            "Comment" => self.comment = true,
            "Data" if !self.comment => {
                self.data = Some((attribute(element, "Type").unwrap_or_default().into_owned(), String::new()));
            }
            _ => {}
        }
    }

    /// Whether the style that an attribute names shows a percentage; nothing where it names none.
    fn shows_percent(&self, element: &BytesStart<'_>, name: &str) -> Option<bool> {
        attribute(element, name).map(|style| self.percents.contains(&*style))
    }

    fn text(&mut self, text: &str) {
        if let Some((_, content)) = &mut self.data {
            content.push_str(text);
        }
        self.hidden |= self.visibility && text.contains("Hidden");
    }

    fn end(&mut self, name: &str, intake: &mut Intake<'_>) -> Result<(), Cause> {
        match name {
            "Data" => {
                if let Some(value) = self.data.take().and_then(|(kind, text)| value(&kind, text, self.percent)) {
                    intake.cell(self.row, self.column, value)?;
                }
            }
            "Cell" => self.column = self.column.saturating_add(self.across).saturating_add(1),
            "Row" => self.row = self.row.saturating_add(self.down).saturating_add(1),
            "Comment" => self.comment = false,
            "Visible" => self.visibility = false,
            "Worksheet" => {
                if let Some(name) = self.sheet.take() {
                    intake.hide(std::mem::take(&mut self.lines));
                    intake.end_sheet(name, self.hidden)?;
                }
            }
            _ => {}
        }
        Ok(())
    }
}

/// Whether a row or a column is hidden or filtered out.
fn is_hidden(element: &BytesStart<'_>) -> bool {
    attribute(element, "Hidden").is_some_and(|hidden| hidden.trim() == "1")
}

fn value(kind: &str, text: String, percent: bool) -> Option<Value> {
    match kind {
        "Number" => number::of_text(&text, percent),
        "DateTime" => Some(Value::Date(Day::parse(&text))),
        "Boolean" => Some(Value::Bool(text.trim() == "1")),
        "Error" => Some(Value::Error(text)),
        _ => text_value(&text),
    }
}
