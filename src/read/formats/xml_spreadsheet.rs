//! XML Spreadsheet 2003, which many systems write under the name .xls.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::domain::cell_ref::CellRef;
use crate::error::Cause;
use crate::read::formats::xml::{attribute, entity, number as count};
use crate::read::grid::{Day, HiddenLines, Value};
use crate::read::limits::{Intake, text_value};
use crate::read::mend::rich_text::Runs;
use crate::read::number;
use crate::read::number_format::NumberFormat;

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
                let mut buffer = [0; 4];
                workbook.text(entity(&reference).map_or("", |c| c.encode_utf8(&mut buffer)));
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
    /// Formats of styles that show a percentage, by themselves or after the one that they go by.
    percents: HashMap<String, Rc<NumberFormat>>,
    /// Columns that show percentages where a cell and its row have no style: from the first to the last.
    percent_columns: BTreeMap<u32, (u32, Rc<NumberFormat>)>,
    /// The column that the next description of one is about.
    next_column: u32,
    /// Whether the row that is being read shows percentages, if it has a style.
    row_percent: Option<Option<Rc<NumberFormat>>>,
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
    percent: Option<Rc<NumberFormat>>,
    /// Whether the cell has a formula, and whether a result stands behind it.
    formula: bool,
    result: bool,
    /// Columns and rows that the cell covers beside its own.
    across: u32,
    below: u32,
    /// The kind and the text of the cell's content, and how many elements raise what stands in them.
    data: Option<(String, Runs)>,
    raised: u32,
}

impl Workbook {
    fn start(&mut self, element: &BytesStart<'_>) {
        match element.local_name().as_ref() {
            "Style" => {
                self.style = attribute(element, "ID").map(Into::into);
                if let (Some(Some(format)), Some(style)) = (self.percent_format(element, "Parent"), &self.style) {
                    self.percents.insert(style.clone(), format);
                }
            }
            "NumberFormat" => {
                let format = attribute(element, "Format").unwrap_or_default();
                let format = if &*format == "Percent" { NumberFormat::percent() } else { NumberFormat::parse(&format) };
                if let Some(style) = &self.style {
                    match format.has_percent() {
                        true => drop(self.percents.insert(style.clone(), Rc::new(format))),
                        false => drop(self.percents.remove(style)),
                    }
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
                if let Some(Some(format)) = self.percent_format(element, "StyleID") {
                    self.percent_columns.insert(first, (last, format));
                }
            }
            "Row" => {
                self.row = count(element, "Index").map_or(self.row, |index| index.saturating_sub(1));
                self.down = count(element, "Span").unwrap_or_default();
                if is_hidden(element) {
                    self.lines.rows.push(self.row..=self.row.saturating_add(self.down));
                }
                self.row_percent = self.percent_format(element, "StyleID");
                self.column = 0;
            }
            "Cell" => {
                self.column = count(element, "Index").map_or(self.column, |index| index.saturating_sub(1));
                self.across = count(element, "MergeAcross").unwrap_or_default();
                self.below = count(element, "MergeDown").unwrap_or_default();
                let own = self.percent_format(element, "StyleID").or_else(|| self.row_percent.clone());
                let before = self.percent_columns.range(..=self.column).next_back();
                let of_column = before.filter(|(_, (last, _))| self.column <= *last).map(|(_, (_, format))| format);
                self.percent = own.unwrap_or_else(|| of_column.cloned());
                self.formula = attribute(element, "Formula").is_some_and(|formula| !formula.trim().is_empty());
                self.result = false;
            }
            "Comment" => self.comment = true,
            "Data" if !self.comment => {
                self.data = Some((attribute(element, "Type").unwrap_or_default().into_owned(), Runs::default()));
                self.raised = 0;
            }
            name if self.data.is_some() && name.eq_ignore_ascii_case("sup") => self.raised += 1,
            _ => {}
        }
    }

    /// The format of the style that an attribute names, if that shows a percentage; nothing where it names none.
    fn percent_format(&self, element: &BytesStart<'_>, name: &str) -> Option<Option<Rc<NumberFormat>>> {
        attribute(element, name).map(|style| self.percents.get(&*style).cloned())
    }

    fn text(&mut self, text: &str) {
        if let Some((_, content)) = &mut self.data {
            content.push(self.raised > 0, text);
        }
        self.hidden |= self.visibility && text.contains("Hidden");
    }

    fn end(&mut self, name: &str, intake: &mut Intake<'_>) -> Result<(), Cause> {
        match name {
            "Data" => {
                let data = self.data.take().filter(|_| !self.result);
                let format = self.percent.as_deref();
                // An empty text is a result too.
                self.result |= data.as_ref().is_some_and(|(kind, _)| kind == "String");
                if let Some(value) = data.and_then(|(kind, runs)| value(&kind, runs.text(), format)) {
                    intake.cell(self.row, self.column, value)?;
                    self.result = true;
                }
            }
            name if self.data.is_some() && name.eq_ignore_ascii_case("sup") => {
                self.raised = self.raised.saturating_sub(1);
            }
            "Cell" => {
                if std::mem::take(&mut self.formula) && !self.result {
                    intake.cell(self.row, self.column, Value::Formula)?;
                }
                let right = self.column.saturating_add(self.across);
                let last = CellRef::new(self.row.saturating_add(self.below), right);
                intake.merge(CellRef::new(self.row, self.column), last);
                self.column = right.saturating_add(1);
            }
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

fn value(kind: &str, text: String, format: Option<&NumberFormat>) -> Option<Value> {
    match kind {
        "Number" => number::of_text(&text, |number| format.is_some_and(|format| format.shows_percent(number))),
        "DateTime" => Some(Value::Date(Day::parse(&text))),
        "Boolean" => Some(Value::Bool(text.trim() == "1")),
        "Error" => Some(Value::Error(text)),
        _ => text_value(&text),
    }
}
