//! What holds for a workbook as a whole: its font, its empty rows and columns, its time, its footer.

use std::path::Path;

use rust_xlsxwriter::{ExcelDateTime, Format, Image, Workbook};

use crate::config::Config;
use crate::write::xlsx::error::WorkbookError;
use crate::write::xlsx::kit::style::TEXT_SIZE;

/// The font of official Thai documents.
pub(crate) const FONT: &str = "TH SarabunPSK";

/// How hard a workbook is packed, 1 to 9: 60 KB at 1, 46 KB at 3, 42 KB at 6, where packing takes thrice the time of 1 and is
/// the most of a conversion. Files this small are not worth it.
pub(crate) const ZIP_LEVEL: u8 = 1;

/// Pixels of an empty row and of a column of no given width in TH SarabunPSK 16, whose digits have 8. No row of text is as
/// low: a height equal to the default would not be stored.
pub(crate) const DEFAULT_ROW: u32 = 30;
pub(crate) const DEFAULT_COLUMN: u32 = 72;
/// The same width in digits.
pub(crate) const DEFAULT_WIDTH: f64 = 8.375;

/// A workbook without sheets in this font.
pub(crate) fn blank(font: &str) -> Result<Workbook, WorkbookError> {
    let mut workbook = Workbook::new();
    // Columns are counted in digits of the default font: in this one Excel's and LibreOffice's are nearly the same.
    let format = Format::new().set_font_name(font).set_font_size(TEXT_SIZE);
    workbook.set_default_format(&format, DEFAULT_ROW, DEFAULT_COLUMN)?;
    Ok(workbook)
}

/// Whether a picture can be put into a workbook.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn check_picture(path: &Path) -> Result<(), String> {
    Image::new(path).map(|_| ()).map_err(|e| e.to_string())
}

/// When the workbook says that it was made.
pub(crate) fn made(config: &Config) -> Result<ExcelDateTime, WorkbookError> {
    let seconds = i64::try_from(config.created).map_err(|_| WorkbookError::Created(config.created))?;
    ExcelDateTime::from_timestamp(seconds).map_err(|_| WorkbookError::Created(config.created))
}

/// A text at the left, the page's number at the right.
pub(crate) fn footer_of(text: &str, font: &str) -> String {
    // `&` begins a code in a footer and is doubled; the whole may have 255 characters
    let mut left = 120;
    let fits = |c: &char| {
        let length = if *c == '&' { 2 } else { 1 };
        let fits = length <= left;
        left -= length.min(left);
        fits
    };
    let text: String = text.chars().take_while(fits).collect::<String>().replace('&', "&&");
    // a long name would run into the page's number
    let size = if text.chars().count() > 80 { 10 } else { 14 };
    // the font between the size and a name that may begin with a digit
    format!("&L&{size}&\"{font},Regular\"{text}&R&14&\"{font},Regular\"หน้า &P/&N")
}
