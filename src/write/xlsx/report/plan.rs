//! Part 2 of the report: measures of the next fiscal year.

use rust_xlsxwriter::{DataValidation, Formula, Worksheet};

use crate::domain::sheet_names::SCORES;
use crate::framework::Issue;
use crate::plan::{IssuePlan, PlannedMeasure};
use crate::write::xlsx::error::{WorkbookError, row_count};
use crate::write::xlsx::kit::pagination::{HEADER_ROW, Pagination, spread};
use crate::write::xlsx::kit::sheet::{Page, Paper};
use crate::write::xlsx::kit::style::TEXT_SIZE;
use crate::write::xlsx::report::Context;
use crate::write::xlsx::report::addresses::{column, local};

/// Widths of the columns in digits; together the width of a lying A4 page.
const WIDTHS: [f64; 5] = [12.5, 28.0, 45.5, 12.0, 13.5];

const HEADERS: [&str; 5] =
    ["หัวข้อ", "มาตรการ โครงการ หรือกิจกรรม", "ขั้นตอน/วิธีปฏิบัติ", "ระยะเวลาดำเนินงาน", "ผู้รับผิดชอบ/ผู้ที่เกี่ยวข้อง"];

/// Columns, from 0.
mod at {
    pub const ISSUE: u16 = 0;
    pub const MEASURE: u16 = 1;
    pub const STEPS: u16 = 2;
    pub const PERIOD: u16 = 3;
    pub const UNIT: u16 = 4;
}

pub(in crate::write::xlsx) fn write(sheet: &mut Worksheet, context: &Context<'_>) -> Result<(), WorkbookError> {
    Page::write(sheet, context.breaks, &WIDTHS, Paper::Landscape, |page| {
        let year = context.digits.title(&context.report.plan.year.to_string());
        let part = context.digits.title("2");
        let title = format!("ส่วนที่ {part} การนำผลการวิเคราะห์แต่ละประเด็นไปสู่การปฏิบัติ ในปีงบประมาณ พ.ศ. {year}");
        let mut flow = Pagination::open(page, &title, context.agency(), &HEADERS, context.styles)?;
        let mut row = HEADER_ROW + 1;
        for (issue, plan) in context.framework.issues.iter().zip(&context.report.plan.issues) {
            row = write_issue(page, row, issue, plan, &mut flow, context)?;
        }
        choose_unit(page, (HEADER_ROW + 1, row - 1), context)?;
        // The lines to sign on stay together.
        flow.keep(row, page.one_line() * 5.0);
        let end = signatures(page, row + 1, context)?;
        flow.close(page, end)
    })
}

fn issue_text(issue: &Issue) -> String {
    format!("{}. {}", issue.number, issue.title)
}

/// What is done, which questions it answers, and how its success is measured.
fn measure_text(issue: &Issue, number: usize, planned: &PlannedMeasure) -> String {
    let mut text = format!("{}.{number} {}", issue.number, planned.measure.title);
    if !planned.answers.is_empty() {
        let answers = planned
            .answers
            .iter()
            .map(|(code, score)| format!("{code} ({})", crate::domain::figure::two_decimals(*score)));
        text.push_str(&format!("\nตอบข้อ {}", answers.collect::<Vec<_>>().join(", ")));
    }
    for (number, score) in &planned.indicators {
        text.push_str(&format!("\nตอบตัวชี้วัดที่ {number} ({})", crate::domain::figure::two_decimals(*score)));
    }
    text.push_str(&format!("\nตัวชี้วัดความสำเร็จ: {}", planned.measure.success));
    text
}

fn steps_text(planned: &PlannedMeasure) -> String {
    let steps = planned.measure.steps.iter().enumerate();
    steps.map(|(index, step)| format!("{}. {step}", index + 1)).collect::<Vec<_>>().join("\n")
}

/// Writes an issue's measures; returns the next row.
fn write_issue<'a>(
    page: &mut Page<'a>,
    row: u32,
    issue: &Issue,
    plan: &IssuePlan,
    flow: &mut Pagination,
    context: &Context<'a>,
) -> Result<u32, WorkbookError> {
    let styles = context.styles;
    let mut heights = Vec::new();
    for (line, (index, planned)) in (row..).zip(plan.measures.iter().enumerate()) {
        let texts = [
            (measure_text(issue, index + 1, planned), at::MEASURE),
            (steps_text(planned), at::STEPS),
            (planned.period.clone(), at::PERIOD),
            (planned.unit.clone(), at::UNIT),
        ];
        let mut height = page.one_line();
        for (text, column) in &texts {
            page.text(line, *column, text, &styles.text)?;
            height = height.max(page.height(text, (*column, *column), TEXT_SIZE, false));
        }
        heights.push(height);
    }
    let title = issue_text(issue);
    let needed = page.block_height(&title, (at::ISSUE, at::ISSUE));
    let heights = spread(&heights, needed, page.line_pitch());
    for (line, height) in (row..).zip(&heights) {
        let height = page.row_height(line, *height)?;
        flow.keep(line, height);
        flow.put(height);
    }
    let next = row + row_count(heights.len())?;
    page.block((row, next - 1), (at::ISSUE, at::ISSUE), &title, &styles.text)?;
    Ok(next)
}

/// The responsible unit can be chosen from the list on the sheet of scores; any other text is taken too.
fn choose_unit<'a>(page: &mut Page<'a>, rows: (u32, u32), context: &Context<'a>) -> Result<(), WorkbookError> {
    let (first, last) = context.units_rows();
    let list = format!("='{SCORES}'!{}:{}", local(first, column::CODE), local(last, column::CODE));
    let choice = DataValidation::new().allow_list_formula(Formula::new(list)).show_error_message(false);
    page.sheet.add_data_validation(rows.0, at::UNIT, rows.1, at::UNIT, &choice)?;
    Ok(())
}

/// Lines to sign on; returns the next row.
fn signatures<'a>(page: &mut Page<'a>, row: u32, context: &Context<'a>) -> Result<u32, WorkbookError> {
    let signature = &context.styles.signature;
    let dots = ".".repeat(44);
    let lines = [
        (format!("ลงชื่อ {dots} ผู้จัดทำ"), format!("ลงชื่อ {dots} ผู้เห็นชอบ")),
        (format!("({dots})"), format!("({dots})")),
        (format!("ตำแหน่ง {dots}"), format!("ตำแหน่ง {dots}")),
        (format!("วันที่ {dots}"), format!("วันที่ {dots}")),
    ];
    let mut at_row = row;
    for (left, right) in &lines {
        page.block((at_row, at_row), (at::ISSUE, at::MEASURE), left, signature)?;
        page.block((at_row, at_row), (at::STEPS, at::UNIT), right, signature)?;
        page.row_height(at_row, page.one_line())?;
        at_row += 1;
    }
    Ok(at_row)
}
