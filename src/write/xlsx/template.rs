//! A form to type or paste scores into, for those who see them on a web page only.
//!
//! Only yellow cells can be typed in; a number that no score can be is refused where it is typed, in Thai.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, Format, ProtectionOptions, Worksheet,
};

use crate::domain::digits::Digits;
use crate::framework::Framework;
use crate::write::printed::breaks;
use crate::write::xlsx::error::WorkbookError;
use crate::write::xlsx::kit::book::{FONT, ZIP_LEVEL, blank, footer_of};
use crate::write::xlsx::kit::sheet::{Page, Paper};
use crate::write::xlsx::kit::style::{Styles, TEXT_SIZE};
use crate::write::xlsx::kit::zip_origin;

/// Widths of the columns in digits; together the width of a standing A4 page.
const WIDTHS: [f64; 3] = [13.0, 49.0, 11.0];

/// Columns, from 0.
mod at {
    pub const KEY: u16 = 0;
    pub const TITLE: u16 = 1;
    pub const SCORE: u16 = 2;
}

const TITLE: &str = "แบบกรอกคะแนน ITA";
const INSTRUCTIONS: [&str; 3] = [
    "พิมพ์หรือวางเฉพาะในช่องสีเหลือง ตามที่ปรากฏในระบบ ITAS ข้อที่ไม่มีคะแนนให้เว้นว่าง",
    "หากหัวข้อไม่ตรงกับแบบวัดของหน่วยงาน ให้ยกเลิกการป้องกันแผ่นงาน (ไม่มีรหัสผ่าน) แล้วแก้ไขหัวข้อ",
    "บันทึกแล้วใช้ไฟล์นี้เป็นไฟล์คะแนน",
];

/// The formats that the form has beside those of a report: what is typed in is not locked.
struct Formats {
    score: Format,
    text: Format,
    whole: Format,
}

/// Makes the form of a fiscal year.
pub(crate) fn make(framework: &Framework) -> Result<Vec<u8>, WorkbookError> {
    let styles = Styles::new(FONT, Digits::Arabic, None);
    let open = |format: &Format| format.clone().set_unlocked();
    let formats =
        Formats { score: open(&styles.input), text: open(&styles.input_text), whole: open(&styles.input_whole) };
    let mut workbook = blank(FONT)?;
    write(workbook.add_worksheet().set_name("คะแนน ITA")?, framework, &styles, &formats)?;
    workbook.set_zip_compression_level(ZIP_LEVEL);
    zip_origin::bytes_of(&mut workbook)
}

fn write(
    sheet: &mut Worksheet,
    framework: &Framework,
    styles: &Styles,
    formats: &Formats,
) -> Result<(), WorkbookError> {
    Page::write(sheet, breaks(), &WIDTHS, Paper::Portrait, |page| {
        let mut row = 0;
        page.line(row, TITLE, &styles.title, 18.0, true)?;
        for instruction in INSTRUCTIONS {
            row += 1;
            page.line(row, instruction, &styles.note, TEXT_SIZE, false)?;
        }
        row += 2;
        for label in ["หน่วยงาน", "อำเภอ", "จังหวัด"] {
            field(page, row, label, styles)?;
            page.block((row, row), (at::TITLE, at::SCORE), "", &formats.text)?;
            row += 1;
        }
        field(page, row, "ปีงบประมาณ พ.ศ.", styles)?;
        page.block((row, row), (at::TITLE, at::SCORE), &framework.year.to_string(), &formats.text)?;
        row += 2;
        let header = row;
        page.headers(row, &["รหัส", "เรื่องที่ประเมิน", "คะแนน"], &styles.header)?;
        row += 1;
        let first = row;
        for (code, question) in &framework.questions {
            scored(page, row, &code.to_string(), &question.title, styles, formats)?;
            row += 1;
        }
        only_scores(page, (first, row - 1))?;
        row += 1;
        if !framework.indicators.is_empty() {
            page.sheet.set_page_breaks(&[row])?;
            page.headers(row, &["ตัวชี้วัดที่", "ตัวชี้วัด", "คะแนน"], &styles.header)?;
            row += 1;
            let first = row;
            for indicator in &framework.indicators {
                scored(page, row, &indicator.number.to_string(), &indicator.title, styles, formats)?;
                row += 1;
            }
            only_scores(page, (first, row - 1))?;
            row += 1;
        }
        for (label, format) in [("คะแนนรวม", &formats.score), ("ระดับ", &formats.text), ("อันดับ", &formats.whole)]
        {
            field(page, row, label, styles)?;
            page.text(row, at::TITLE, "", &styles.text)?;
            page.text(row, at::SCORE, "", format)?;
            if label == "คะแนนรวม" {
                only_scores(page, (row, row))?;
            }
            row += 1;
        }
        page.sheet.set_freeze_panes(header + 1, 0)?;
        page.sheet.set_repeat_rows(header, header)?;
        page.sheet.set_print_area(0, 0, row - 1, at::SCORE)?;
        page.sheet.set_footer(footer_of(&format!("{TITLE} ปีงบประมาณ พ.ศ. {}", framework.year), FONT));
        // Without a password: whoever has another wording may change a title.
        let allowed = ProtectionOptions { format_columns: true, format_rows: true, ..ProtectionOptions::default() };
        page.sheet.protect_with_options(&allowed);
        Ok(())
    })
}

/// A label in front of what is typed in.
fn field<'a>(page: &mut Page<'a>, row: u32, label: &str, styles: &'a Styles) -> Result<(), WorkbookError> {
    page.text(row, at::KEY, label, &styles.text)?;
    let height = page.height(label, (at::KEY, at::KEY), TEXT_SIZE, false);
    page.row_height(row, height.max(page.one_line()))?;
    Ok(())
}

/// A row whose score is typed in.
fn scored<'a>(
    page: &mut Page<'a>,
    row: u32,
    key: &str,
    title: &str,
    styles: &'a Styles,
    formats: &'a Formats,
) -> Result<(), WorkbookError> {
    page.text(row, at::KEY, key, &styles.centred)?;
    page.text(row, at::TITLE, title, &styles.text)?;
    page.text(row, at::SCORE, "", &formats.score)?;
    let height = page.height(title, (at::TITLE, at::TITLE), TEXT_SIZE, false);
    page.row_height(row, height.max(page.one_line()))?;
    Ok(())
}

/// Refuses what no score can be where it is typed.
fn only_scores(page: &mut Page<'_>, rows: (u32, u32)) -> Result<(), WorkbookError> {
    let validation = DataValidation::new()
        .allow_decimal_number(DataValidationRule::Between(0.0, 100.0))
        .set_input_title("คะแนน")?
        .set_input_message("ตัวเลข 0 ถึง 100 ทศนิยมไม่เกินสองตำแหน่ง")?
        .set_error_title("คะแนนไม่ถูกต้อง")?
        .set_error_message("คะแนนต้องเป็นตัวเลขตั้งแต่ 0 ถึง 100")?
        .set_error_style(DataValidationErrorStyle::Stop);
    page.sheet.add_data_validation(rows.0, at::SCORE, rows.1, at::SCORE, &validation)?;
    Ok(())
}
