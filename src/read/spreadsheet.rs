//! An .xlsx workbook into our own grid. The only module that knows the spreadsheet parser.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::str::FromStr;

use calamine::{DataRef, Reader, SheetType, SheetVisible, Style, Xlsx, XlsxError};
use rust_decimal::{Decimal, RoundingStrategy};

use super::Limits;
use super::grid::{Book, Cell, CellRef, Sheet, Value};
use crate::error::{Cause, Measure};

/// Decimals kept of a stored number: below any score's precision, above the noise of binary sums.
const DECIMALS: u32 = 10;

/// Reads every worksheet. A panic of the parser is returned as an error.
///
/// # Errors
/// When the workbook is encrypted or damaged, or passes a limit.
pub(super) fn read_xlsx(bytes: &[u8], limits: &Limits) -> Result<Book, Cause> {
    catch_unwind(AssertUnwindSafe(|| read(bytes, limits))).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
        Err(Cause::Parser(text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()))
    })
}

fn read(bytes: &[u8], limits: &Limits) -> Result<Book, Cause> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(cause)?;
    let sheets = workbook.sheets_metadata().to_vec();
    if sheets.len() as u64 > limits.sheets {
        return Err(Cause::TooLarge { what: Measure::Sheets, found: sheets.len() as u64, limit: limits.sheets });
    }
    let mut book = Book::default();
    let mut room = limits.cells;
    let mut percent = None;
    for sheet in sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        let Some(cells) = read_sheet(&mut workbook, &sheet.name, &mut percent, &mut room, limits)? else { continue };
        book.sheets.push(Sheet::new(&sheet.name, sheet.visible != SheetVisible::Visible, cells));
    }
    Ok(book)
}

/// The cells of one sheet; nothing for a tab that is no worksheet after all.
fn read_sheet(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    percent: &mut Option<Vec<bool>>,
    room: &mut u64,
    limits: &Limits,
) -> Result<Option<Vec<Cell>>, Cause> {
    let mut reader = match workbook.worksheet_cells_reader(name) {
        Ok(reader) => reader,
        Err(XlsxError::NotAWorksheet(_) | XlsxError::WorksheetNotFound(_)) => return Ok(None),
        Err(e) => return Err(cause(e)),
    };
    // All sheets share the styles.
    let percent = percent.get_or_insert_with(|| {
        let shows = |style: &Style| style.number_format.as_ref().is_some_and(|own| shows_percent(&own.format_code));
        reader.styles().iter().map(shows).collect()
    });
    let mut cells = Vec::new();
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(cause)? {
        let is_percent = percent.get(style).copied().unwrap_or_default();
        let Some(value) = value_of(cell.get_value(), is_percent) else { continue };
        let Some(rest) = room.checked_sub(1) else {
            return Err(Cause::TooLarge { what: Measure::Cells, found: limits.cells + 1, limit: limits.cells });
        };
        *room = rest;
        let (row, column) = cell.get_position();
        cells.push(Cell { at: CellRef::new(row, column), value });
    }
    Ok(Some(cells))
}

fn value_of(data: &DataRef<'_>, percent: bool) -> Option<Value> {
    let number = |value: Option<Decimal>| value.map(|value| Value::Number { value, percent });
    match data {
        DataRef::Empty => None,
        DataRef::Int(value) => number(Some(Decimal::from(*value))),
        DataRef::Float(value) => number(decimal_of(*value)),
        DataRef::String(text) => text_value(text),
        DataRef::SharedString(text) => text_value(text),
        DataRef::Bool(value) => Some(Value::Bool(*value)),
        DataRef::DateTime(_) | DataRef::DateTimeIso(_) | DataRef::DurationIso(_) => Some(Value::Date),
        DataRef::Error(error) => Some(Value::Error(error.to_string())),
    }
}

fn text_value(text: &str) -> Option<Value> {
    (!text.trim().is_empty()).then(|| Value::Text(text.to_owned()))
}

/// The number as it was written: its shortest decimal form, without binary noise.
fn decimal_of(value: f64) -> Option<Decimal> {
    let text = format!("{value}");
    let number = Decimal::from_str(&text).or_else(|_| Decimal::from_scientific(&format!("{value:e}"))).ok()?;
    Some(number.round_dp_with_strategy(DECIMALS, RoundingStrategy::MidpointAwayFromZero))
}

/// Whether a number format shows a percentage: a `%` outside quotes, brackets and escapes.
fn shows_percent(format: &str) -> bool {
    let (mut quoted, mut bracketed, mut escaped) = (false, false, false);
    for c in format.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' | '_' | '*' if !quoted => escaped = true,
            '"' => quoted = !quoted,
            '[' if !quoted => bracketed = true,
            ']' if !quoted => bracketed = false,
            '%' if !quoted && !bracketed => return true,
            _ => {}
        }
    }
    false
}

fn cause(error: XlsxError) -> Cause {
    match error {
        XlsxError::Password => Cause::Encrypted,
        other => Cause::Damaged(other.to_string()),
    }
}
