//! A blank workbook to type or paste scores into, for those who see them on a web page only.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet};

use crate::framework::Framework;
use crate::write::xlsx::error::WorkbookError;
use crate::write::xlsx::kit::book::FONT;
use crate::write::xlsx::kit::style::TEXT_SIZE;
use crate::write::xlsx::kit::zip_origin;

/// Widths of the columns in characters.
const WIDTHS: [f64; 3] = [16.0, 80.0, 16.0];

/// Makes the blank workbook of a fiscal year.
pub(crate) fn make(framework: &Framework) -> Result<Vec<u8>, WorkbookError> {
    let plain =
        Format::new().set_font_name(FONT).set_font_size(TEXT_SIZE).set_border(FormatBorder::Thin).set_text_wrap();
    let header = plain.clone().set_bold().set_align(FormatAlign::Center);
    let input = plain.clone().set_background_color(0xFFF9E5).set_num_format("0.00");
    let text = plain.clone().set_background_color(0xFFF9E5);
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("คะแนน ITA")?;
    for (column, width) in (0u16..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    let mut row = 0;
    for label in ["หน่วยงาน", "อำเภอ", "จังหวัด"] {
        line(sheet, &mut row, label, &plain)?;
        sheet.write_blank(row - 1, 1, &text)?;
    }
    line(sheet, &mut row, "ปีงบประมาณ พ.ศ.", &plain)?;
    sheet.write_number_with_format(row - 1, 1, framework.year, &text.clone().set_align(FormatAlign::Left))?;
    row += 1;
    headers(sheet, &mut row, ["รหัส", "เรื่องที่ประเมิน", "คะแนน"], &header)?;
    for (code, question) in &framework.questions {
        line(sheet, &mut row, &code.to_string(), &plain)?;
        sheet.write_string_with_format(row - 1, 1, &question.title, &plain)?.write_blank(row - 1, 2, &input)?;
    }
    row += 1;
    headers(sheet, &mut row, ["ตัวชี้วัดที่", "ตัวชี้วัด", "คะแนน"], &header)?;
    for indicator in &framework.indicators {
        sheet.write_number_with_format(row, 0, indicator.number, &plain)?;
        sheet.write_string_with_format(row, 1, &indicator.title, &plain)?.write_blank(row, 2, &input)?;
        row += 1;
    }
    row += 1;
    for (label, format) in [("คะแนนรวม", &input), ("ระดับ", &text), ("อันดับ", &text)]
    {
        line(sheet, &mut row, label, &plain)?;
        sheet.write_blank(row - 1, 1, &plain)?.write_blank(row - 1, 2, format)?;
    }
    sheet.set_freeze_panes(6, 0)?;
    zip_origin::bytes_of(&mut workbook)
}

fn line(sheet: &mut Worksheet, row: &mut u32, label: &str, format: &Format) -> Result<(), WorkbookError> {
    sheet.write_string_with_format(*row, 0, label, format)?;
    *row += 1;
    Ok(())
}

fn headers(sheet: &mut Worksheet, row: &mut u32, texts: [&str; 3], format: &Format) -> Result<(), WorkbookError> {
    for (column, text) in (0u16..).zip(texts) {
        sheet.write_string_with_format(*row, column, text, format)?;
    }
    *row += 1;
    Ok(())
}
