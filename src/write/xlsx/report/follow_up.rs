//! The follow-up: the same measures a year later, with what has come of them.

use rust_xlsxwriter::{ConditionalFormatDataBar, ConditionalFormatType, DataValidation, DataValidationRule, Worksheet};

use crate::write::xlsx::error::WorkbookError;
use crate::write::xlsx::kit::pagination::{HEADER_ROW, Pagination, spread};
use crate::write::xlsx::kit::sheet::{CachedResult, Page, Paper};
use crate::write::xlsx::kit::style::{CHART_COLUMN, TEXT_SIZE};
use crate::write::xlsx::report::Context;
use crate::write::xlsx::report::addresses::local;

/// Widths of the columns in digits; together the width of a lying A4 page.
const WIDTHS: [f64; 7] = [14.0, 28.0, 24.5, 12.0, 8.0, 11.0, 13.0];

const HEADERS: [&str; 7] =
    ["ประเด็น", "มาตรการ โครงการ หรือกิจกรรม", "ผลการดำเนินงาน", "สถานะ", "ร้อยละ", "วันที่รายงาน", "หลักฐาน (ลิงก์)"];

/// What a measure's status can be.
const STATES: [&str; 4] = ["ยังไม่เริ่ม", "กำลังดำเนินการ", "แล้วเสร็จ", "ยกเลิก"];

/// Columns, from 0.
mod at {
    pub const ISSUE: u16 = 0;
    pub const MEASURE: u16 = 1;
    pub const RESULT: u16 = 2;
    pub const STATE: u16 = 3;
    pub const PERCENT: u16 = 4;
    pub const DATE: u16 = 5;
    pub const EVIDENCE: u16 = 6;
}

pub(in crate::write::xlsx) fn write(sheet: &mut Worksheet, context: &Context<'_>) -> Result<(), WorkbookError> {
    Page::write(sheet, context.breaks, &WIDTHS, Paper::Landscape, |page| {
        let styles = context.styles;
        let year = context.digits.title(&context.report.plan.year.to_string());
        let title = format!("รายงานผลการดำเนินการตามมาตรการ ปีงบประมาณ พ.ศ. {year}");
        let mut flow = Pagination::open(page, &title, context.agency(), &HEADERS, context.styles)?;
        let first = HEADER_ROW + 1;
        let mut row = first;
        let mut issues = Vec::new();
        for (issue, plan) in context.framework.issues.iter().zip(&context.report.plan.issues) {
            let texts = plan.measures.iter().enumerate().map(|(index, planned)| {
                let measure = &planned.measure;
                format!("{}.{} {}\nหลักฐานที่ควรเก็บ: {}", issue.number, index + 1, measure.title, measure.evidence)
            });
            let texts: Vec<String> = texts.collect();
            let heights: Vec<f64> =
                texts.iter().map(|text| page.height(text, (at::MEASURE, at::MEASURE), TEXT_SIZE, false)).collect();
            let title = format!("{}. {}", issue.number, issue.title);
            let needed = page.block_height(&title, (at::ISSUE, at::ISSUE));
            let heights = spread(&heights, needed, page.line_pitch());
            let last = row + u32::try_from(heights.len()).unwrap_or(1).max(1) - 1;
            for (number, (index, height)) in (row..).zip(heights.iter().enumerate()) {
                page.text(number, at::MEASURE, texts.get(index).map_or("", String::as_str), &styles.text)?;
                for column in [at::RESULT, at::STATE, at::EVIDENCE] {
                    page.text(number, column, "", &styles.input_text)?;
                }
                page.text(number, at::PERCENT, "", &styles.input_whole)?;
                page.text(number, at::DATE, "", &styles.input_date)?;
                flow.keep(number, *height);
                flow.put(page.row_height(number, *height)?);
            }
            page.block((row, last), (at::ISSUE, at::ISSUE), &title, &styles.text)?;
            issues.push((issue.number, row, last));
            row = last + 1;
        }
        let last = row - 1;
        choices(page, (first, last))?;
        flow.keep(row, page.one_line() * f64::from(u8::try_from(issues.len()).unwrap_or(7) + 2));
        let end = totals(page, row + 1, &issues, context)?;
        flow.close(page, end)
    })
}

/// The status from a list, the percentage from 0 to 100 with a bar.
fn choices(page: &mut Page<'_>, rows: (u32, u32)) -> Result<(), WorkbookError> {
    let states = DataValidation::new().allow_list_strings(&STATES)?;
    page.sheet.add_data_validation(rows.0, at::STATE, rows.1, at::STATE, &states)?;
    let percent = DataValidation::new()
        .allow_decimal_number(DataValidationRule::Between(0.0, 100.0))
        .set_error_title("ร้อยละ")?
        .set_error_message("พิมพ์ตัวเลข 0 ถึง 100")?;
    page.sheet.add_data_validation(rows.0, at::PERCENT, rows.1, at::PERCENT, &percent)?;
    let bar = ConditionalFormatDataBar::new()
        .set_fill_color(CHART_COLUMN)
        .set_solid_fill(true)
        .set_minimum(ConditionalFormatType::Number, 0)
        .set_maximum(ConditionalFormatType::Number, 100);
    page.sheet.add_conditional_format(rows.0, at::PERCENT, rows.1, at::PERCENT, &bar)?;
    Ok(())
}

/// How many measures of each issue are done, and how far they have come on average; returns the next row.
fn totals<'a>(
    page: &mut Page<'a>,
    row: u32,
    issues: &[(u8, u32, u32)],
    context: &Context<'a>,
) -> Result<u32, WorkbookError> {
    let styles = context.styles;
    let headers = [
        ((at::ISSUE, at::ISSUE), "ประเด็นที่"),
        ((at::MEASURE, at::MEASURE), "จำนวนมาตรการ"),
        ((at::RESULT, at::RESULT), "แล้วเสร็จ"),
        ((at::STATE, at::PERCENT), "ร้อยละเฉลี่ย"),
    ];
    page.header_blocks(row, &headers, &styles.header)?;
    let mut line = row + 1;
    for (number, first, last) in issues {
        let range = |column| format!("{}:{}", local(*first, column), local(*last, column));
        page.text(line, at::ISSUE, &number.to_string(), &styles.centred)?;
        let count = last - first + 1;
        let formula = format!("=ROWS({})", range(at::MEASURE));
        page.live(line, at::MEASURE, &formula, CachedResult::Number(count.into()), &styles.whole)?;
        let formula = format!("=COUNTIF({},\"{}\")", range(at::STATE), STATES[2]);
        page.live(line, at::RESULT, &formula, CachedResult::Number(0.into()), &styles.whole)?;
        page.merge((line, line), (at::STATE, at::PERCENT), &styles.score)?;
        let percent = range(at::PERCENT);
        let formula = format!("=IF(COUNT({percent})=0,\"\",SUM({percent})/ROWS({percent}))");
        page.live(line, at::STATE, &formula, CachedResult::Blank, &styles.score)?;
        page.row_height(line, page.one_line())?;
        line += 1;
    }
    Ok(line)
}
