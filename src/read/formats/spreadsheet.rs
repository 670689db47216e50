//! An .xlsx, .xlsb or .xls workbook into our own grid. The only module that knows the spreadsheet parser.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::io::Cursor;

use calamine::{
    DataType, Reader, Sheet, SheetType, SheetVisible, Style, Xls, XlsError, XlsOptions, Xlsb, XlsbError, Xlsx,
    XlsxError,
};

use crate::domain::cell_ref::CellRef;
use crate::error::{Cause, Quantity};
use crate::read::formats::biff_facts::{BookFacts, SheetFacts};
use crate::read::formats::biff_formats::is_biff8;
use crate::read::grid::{Day, Value};
use crate::read::limits::{Intake, text_value};
use crate::read::mend::biff::Stream;
use crate::read::mend::compound::container;
use crate::read::mend::xlsb_package;
use crate::read::mend::xlsx_package::{self, Extent, Prepared};
use crate::read::number;
use crate::read::number_format::NumberFormat;

/// Reads every worksheet of an .xlsx; one that its parser gives up is put right, if it can be, and read again.
///
/// # Errors
/// When the workbook is encrypted or damaged, or passes a limit.
pub(in crate::read) fn read_xlsx(bytes: &[u8], intake: &mut Intake<'_>) -> Result<(), Cause> {
    let prepared = xlsx_package::prepare(bytes, intake.limits(), Extent::Silent)?;
    let Err(Cause::Damaged(detail)) = parse_xlsx(prepared, intake)? else { return Ok(()) };
    let prepared = xlsx_package::prepare(bytes, intake.limits(), Extent::Whole);
    if !matches!(&prepared, Ok(prepared) if matches!(prepared.bytes, Cow::Owned(_))) {
        return Err(Cause::Damaged(detail));
    }
    intake.restart();
    parse_xlsx(prepared?, intake)?.map_err(|_| Cause::Damaged(detail))
}

fn parse_xlsx(mut prepared: Prepared<'_>, intake: &mut Intake<'_>) -> Result<Result<(), Cause>, Cause> {
    let mut workbook: Xlsx<_> = match Xlsx::new(Cursor::new(&*prepared.bytes)) {
        Ok(workbook) => workbook,
        Err(e) => return Ok(Err(xlsx_cause(e))),
    };
    let mut formats = None;
    for sheet in worksheets(workbook.sheets_metadata(), intake)? {
        let facts = prepared.facts.remove(&sheet.name).unwrap_or_default();
        let mut reader = match workbook.worksheet_cells_reader(&sheet.name) {
            Ok(reader) => reader,
            // A tab that is no worksheet after all.
            Err(XlsxError::NotAWorksheet(_) | XlsxError::WorksheetNotFound(_)) => continue,
            Err(e) => return Ok(Err(xlsx_cause(e))),
        };
        // All sheets share the styles.
        let formats = formats.get_or_insert_with(|| {
            let format = |style: &Style| style.number_format.as_ref().map(|own| NumberFormat::parse(&own.format_code));
            reader.styles().iter().map(|style| format(style).unwrap_or_default()).collect::<Vec<NumberFormat>>()
        });
        let mut styles = vec![0usize; formats.len()];
        loop {
            let (cell, style) = match reader.next_cell_with_style_id() {
                Ok(Some(found)) => found,
                Ok(None) => break,
                Err(e) => return Ok(Err(xlsx_cause(e))),
            };
            let (row, column) = cell.get_position();
            let is_formula = !facts.uncalculated.is_empty() && facts.uncalculated.contains(&CellRef::new(row, column));
            if is_formula {
                continue;
            }
            if let Some(value) = value_of(cell.get_value(), formats.get(style)) {
                if let (Value::Number { .. }, Some(count)) = (&value, styles.get_mut(style)) {
                    *count += 1;
                }
                intake.cell(row, column, value)?;
            }
        }
        // A cell without a value may not have come through the parser.
        for at in &facts.uncalculated {
            intake.cell(at.row, at.column, Value::Formula)?;
        }
        for (style, count) in reader.styles().iter().zip(styles).filter(|(_, count)| *count > 0) {
            intake.number_format(style.number_format.as_ref().map_or("General", |own| &own.format_code), count);
        }
        facts.merges.into_iter().for_each(|(first, last)| intake.merge(first, last));
        intake.hide(facts.hidden_lines);
        intake.end_sheet(sheet.name, sheet.visible != SheetVisible::Visible)?;
    }
    Ok(Ok(()))
}

/// Reads every worksheet of an .xlsb.
///
/// # Errors
/// As [`read_xlsx`].
pub(in crate::read) fn read_xlsb(bytes: &[u8], intake: &mut Intake<'_>) -> Result<(), Cause> {
    let mut prepared = xlsb_package::prepare(bytes, intake.limits())?;
    let new = std::mem::take(&mut prepared.bytes);
    let mut workbook: Xlsb<_> = Xlsb::new(Cursor::new(&*new)).map_err(xlsb_cause)?;
    for sheet in worksheets(workbook.sheets_metadata(), intake)? {
        let facts = prepared.facts.remove(&sheet.name).unwrap_or_default();
        let mut reader = match workbook.worksheet_cells_reader(&sheet.name) {
            Ok(reader) => reader,
            Err(XlsbError::WorksheetNotFound(_)) => continue,
            Err(e) => return Err(xlsb_cause(e)),
        };
        while let Some(cell) = reader.next_cell().map_err(xlsb_cause)? {
            let (row, column) = cell.get_position();
            let format = prepared.format(&facts, CellRef::new(row, column));
            let Some(value) = value_of(cell.get_value(), format) else { continue };
            intake.cell(row, column, value)?;
        }
        facts.merges.into_iter().for_each(|(first, last)| intake.merge(first, last));
        intake.hide(facts.hidden_lines);
        intake.end_sheet(sheet.name, sheet.visible != SheetVisible::Visible)?;
    }
    Ok(())
}

/// Reads every worksheet of an .xls of Excel 5 to 2003, whose stream was taken out of its container.
///
/// # Errors
/// As [`read_xlsx`].
pub(in crate::read) fn read_xls(bytes: &[u8], stream: &Stream, intake: &mut Intake<'_>) -> Result<(), Cause> {
    let mut options = XlsOptions::default();
    options.force_codepage = stream.code_page;
    let name = if is_biff8(&stream.bytes) { "Workbook" } else { "Book" };
    let bytes = if stream.changed { Cow::Owned(container(name, &stream.bytes)) } else { Cow::Borrowed(bytes) };
    let mut workbook: Xls<_> = Xls::new_with_options(Cursor::new(&*bytes), options).map_err(xls_cause)?;
    let mut facts = BookFacts::read(&stream.bytes, intake.limits().beyond_cells());
    let of_sheets = std::mem::take(&mut facts.sheets);
    let names: Vec<String> = workbook.sheets_metadata().iter().map(|sheet| sheet.name.clone()).collect();
    // The parser keeps the order of the list; where it has left a sheet out, nothing tells whose facts these are.
    let known = names.len() == of_sheets.len();
    let mut sheets: HashMap<String, (usize, SheetFacts)> =
        if known { names.into_iter().zip(of_sheets.into_iter().enumerate()).collect() } else { HashMap::new() };
    for sheet in worksheets(workbook.sheets_metadata(), intake)? {
        let range = match workbook.worksheet_range(&sheet.name) {
            Ok(range) => range,
            Err(XlsError::WorksheetNotFound(_)) => continue,
            Err(e) => return Err(xls_cause(e)),
        };
        let found = sheets.remove(&sheet.name);
        let moved = found.as_ref().and_then(|(number, _)| stream.rows.get(number));
        if found.is_none() && !stream.rows.is_empty() {
            return Err(Cause::Damaged(format!("the rows of sheet {} cannot be told", sheet.name)));
        }
        let own = found.map(|(_, own)| own).unwrap_or_default();
        // Where rows were moved together for the parser, each goes back to its place.
        let row_of = |row: u32| moved.and_then(|rows| rows.get(row as usize)).map_or(row, |row| u32::from(*row));
        // The range begins at its first row and column with content.
        let (top, left) = range.start().unwrap_or_default();
        let uncalculated: HashSet<CellRef> = own.uncalculated().collect();
        for (row, column, data) in range.used_cells() {
            let at = |start: u32, offset: usize| start.saturating_add(u32::try_from(offset).unwrap_or(u32::MAX));
            let at = CellRef::new(at(top, row), at(left, column));
            if uncalculated.contains(&at) {
                continue;
            }
            let Some(mut value) = value_of(data, facts.format(&own, at)) else { continue };
            if let Value::Text(text) = &mut value
                && let Some(kept) = own.without_raised(at, text)
            {
                *text = kept;
            }
            intake.cell(row_of(at.row), at.column, value)?;
        }
        for at in uncalculated {
            intake.cell(row_of(at.row), at.column, Value::Formula)?;
        }
        own.merges.into_iter().for_each(|(first, last)| intake.merge(first, last));
        intake.hide(own.hidden_lines);
        intake.end_sheet(sheet.name, sheet.visible != SheetVisible::Visible)?;
    }
    Ok(())
}

/// The tabs that are worksheets.
fn worksheets(sheets: &[Sheet], intake: &Intake<'_>) -> Result<Vec<Sheet>, Cause> {
    intake.limits().check(Quantity::Sheets, sheets.len() as u64)?;
    Ok(sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).cloned().collect())
}

/// A cell's value, and whether its format shows that as a percentage.
fn value_of(data: &impl DataType, format: Option<&NumberFormat>) -> Option<Value> {
    let percent = |number: f64| format.is_some_and(|format| format.shows_percent(number));
    if let Some(text) = data.get_string() {
        text_value(text)
    } else if let Some(value) = data.get_float() {
        Some(number::of_float(value, percent(value)))
    } else if let Some(value) = data.get_int() {
        // An integer that loses digits here is too large anyway.
        Some(number::of_float(value as f64, percent(value as f64)))
    } else if data.is_empty() {
        None
    } else if let Some(value) = data.get_bool() {
        Some(Value::Bool(value))
    } else if let Some(error) = data.get_error() {
        Some(Value::Error(error.to_string()))
    } else {
        let day = data.get_datetime().map(|date| date.to_ymd_hms_milli());
        let day = day.and_then(|(year, month, day, ..)| Day::new(year, month, day));
        Some(Value::Date(day.or_else(|| Day::parse(data.get_datetime_iso()?))))
    }
}

fn xlsx_cause(error: XlsxError) -> Cause {
    match error {
        XlsxError::Password => Cause::Encrypted,
        other => Cause::Damaged(other.to_string()),
    }
}

fn xlsb_cause(error: XlsbError) -> Cause {
    match error {
        XlsbError::Password => Cause::Encrypted,
        other => Cause::Damaged(other.to_string()),
    }
}

fn xls_cause(error: XlsError) -> Cause {
    match error {
        XlsError::Password => Cause::Encrypted,
        other => Cause::Damaged(other.to_string()),
    }
}
