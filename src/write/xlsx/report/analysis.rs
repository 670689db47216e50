//! SharedRows 1 of the report: the seven issues, question by question.

use rust_xlsxwriter::Worksheet;

use crate::assess::IssueResult;
use crate::framework::{Issue, QuestionCode};
use crate::plan::IssuePlan;
use crate::write::xlsx::error::{WorkbookError, row_count};
use crate::write::xlsx::kit::pagination::{HEADER_ROW, Pagination, spread};
use crate::write::xlsx::kit::sheet::{CachedResult, Page, Paper};
use crate::write::xlsx::kit::style::TEXT_SIZE;
use crate::write::xlsx::report::{Context, formulas};

/// Widths of the columns in digits; all but the last together the width of a lying A4 page.
const WIDTHS: [f64; 8] = [5.5, 12.0, 10.5, 24.5, 8.5, 11.5, 38.0, 14.0];

const HEADERS: [&str; 7] =
    ["ลำดับ", "หัวข้อ", "เครื่องมือการประเมิน", "ข้อคำถาม", "คะแนน", "สถานะ", "ข้อบกพร่อง/ข้อแก้ไข/ปรับปรุง/รักษาระดับ"];

/// Columns, from 0.
mod at {
    pub const NUMBER: u16 = 0;
    pub const ISSUE: u16 = 1;
    pub const INSTRUMENT: u16 = 2;
    pub const QUESTION: u16 = 3;
    pub const SCORE: u16 = 4;
    pub const STATUS: u16 = 5;
    pub const TEXT: u16 = 6;
    pub const HINT: u16 = 7;
}

/// Rows that share one finding cell. Its text lies on one page; a page ends inside only where the rows alone fill it.
struct SharedRows {
    group: usize,
    rows: Vec<PartRow>,
    /// How many rows these are.
    count: u32,
    text: String,
    /// How much of the rows' height the text needs, from the top.
    text_height: f64,
}

/// A row of a part.
struct PartRow {
    /// The question; nothing for a row that only makes room for a long text.
    code: Option<QuestionCode>,
    height: f64,
}

impl SharedRows {
    fn height(&self) -> f64 {
        self.rows.iter().map(|row| row.height).sum()
    }
}

pub(in crate::write::xlsx) fn write(sheet: &mut Worksheet, context: &Context<'_>) -> Result<(), WorkbookError> {
    Page::write(sheet, context.breaks, &WIDTHS, Paper::Landscape, |page| {
        page.last = at::TEXT;
        let year = context.digits.title(&context.framework.year.to_string());
        let part = context.digits.title("1");
        let title = format!("ส่วนที่ {part} ข้อมูลรายละเอียดการวิเคราะห์ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. {year}");
        let mut flow = Pagination::open(page, &title, context.agency(), &HEADERS, context.styles)?;
        let mut row = HEADER_ROW + 1;
        let issues =
            context.framework.issues.iter().zip(&context.report.assessment.issues).zip(&context.report.plan.issues);
        for ((issue, result), plan) in issues {
            let heading = page.height(&issue_heading(issue), (0, at::TEXT), TEXT_SIZE, true);
            let parts = parts(page, issue, result, plan, flow.room() - heading, context)?;
            let first = parts.first().map_or(0.0, |part| part.text_height);
            let whole = heading + parts.iter().map(SharedRows::height).sum::<f64>();
            // An issue that fits on a page is not torn, and no heading is left alone at a page's end.
            flow.keep(row, if whole <= flow.room() { whole } else { heading + first });
            flow.put(heading);
            for (start, part) in starts(row + 1, &parts) {
                flow.keep(start, part.text_height);
                for (number, shown) in (start..).zip(&part.rows) {
                    flow.keep(number, shown.height);
                    flow.put(shown.height);
                }
            }
            write_issue(page, row, issue, result, &parts, context)?;
            page.row_height(row, heading)?;
            row += 1 + parts.iter().map(|part| part.count).sum::<u32>();
        }
        page.colour_statuses((HEADER_ROW + 1, row - 1), at::STATUS)?;
        flow.close(page, row)
    })
}

/// Each part with its first row.
fn starts(first: u32, parts: &[SharedRows]) -> impl Iterator<Item = (u32, &SharedRows)> {
    parts.iter().scan(first, |next, part| {
        let start = *next;
        *next += part.count;
        Some((start, part))
    })
}

/// `ข้อ i1` and what it is about.
fn question_text(code: QuestionCode, context: &Context<'_>) -> Result<String, WorkbookError> {
    Ok(format!("ข้อ {code} {}", context.title(code)?))
}

fn issue_heading(issue: &Issue) -> String {
    format!("ประเด็นที่ {} {}", issue.number, issue.title)
}

/// The parts of an issue: one for each instrument, or several where its text would not fit into `most` points.
fn parts<'a>(
    page: &Page<'a>,
    issue: &Issue,
    result: &IssueResult,
    plan: &IssuePlan,
    most: f64,
    context: &Context<'a>,
) -> Result<Vec<SharedRows>, WorkbookError> {
    let mut parts = Vec::new();
    for (group, (instrument, codes)) in result.groups.iter().enumerate() {
        let no_text = || WorkbookError::NoText { issue: issue.number, instrument: *instrument };
        let paragraphs = &plan.texts.get(group).ok_or_else(no_text)?.paragraphs;
        // Growing rows by whole lines takes up to a line more.
        let texts = page.texts_of_at_most(paragraphs, (at::TEXT, at::TEXT), most - page.line_pitch());
        // The questions are shared out evenly; a text without a question gets a row of its own.
        let each = codes.len().div_ceil(texts.len().max(1)).max(1);
        let mut rest = codes.chunks(each);
        for text in texts {
            let codes_of_part = rest.next().unwrap_or_default();
            let least = |code: &QuestionCode| {
                let text = question_text(*code, context)?;
                Ok(page.height(&text, (at::QUESTION, at::QUESTION), TEXT_SIZE, false))
            };
            let minimums: Result<Vec<f64>, WorkbookError> = codes_of_part.iter().map(least).collect();
            let mut minimums = minimums?;
            if minimums.is_empty() {
                minimums.push(page.one_line());
            }
            let needed = page.block_height(&text, (at::TEXT, at::TEXT));
            let heights = spread(&minimums, needed, page.line_pitch());
            let count = row_count(heights.len())?;
            let heights = heights.into_iter().enumerate();
            let rows =
                heights.map(|(index, height)| PartRow { code: codes_of_part.get(index).copied(), height }).collect();
            parts.push(SharedRows { group, rows, count, text, text_height: needed });
        }
    }
    // The issue's title is merged over all its rows.
    let missing =
        page.block_height(&issue.title, (at::ISSUE, at::ISSUE)) - parts.iter().map(SharedRows::height).sum::<f64>();
    if let Some(last) = parts.last_mut().and_then(|part| part.rows.last_mut()).filter(|_| missing > 0.0) {
        last.height += missing;
    }
    Ok(parts)
}

/// Writes an issue whose heading stands in `row`.
fn write_issue<'a>(
    page: &mut Page<'a>,
    row: u32,
    issue: &Issue,
    result: &IssueResult,
    parts: &[SharedRows],
    context: &Context<'a>,
) -> Result<(), WorkbookError> {
    let styles = context.styles;
    page.block((row, row), (0, at::TEXT), &issue_heading(issue), &styles.issue)?;
    let first = row + 1;
    let mut last = row;
    for (start, part) in starts(first, parts) {
        for (number, shown) in (start..).zip(&part.rows) {
            page.row_height(number, shown.height)?;
            write_question(page, number, shown.code, context)?;
        }
        last = start + part.count - 1;
        page.block((start, last), (at::TEXT, at::TEXT), &part.text, &styles.text)?;
    }
    page.block((first, last), (at::NUMBER, at::NUMBER), &issue.number.to_string(), &styles.centred)?;
    page.block((first, last), (at::ISSUE, at::ISSUE), &issue.title, &styles.text)?;
    for (group, (instrument, _)) in result.groups.iter().enumerate() {
        let parts_of_group = || starts(first, parts).filter(|(_, part)| part.group == group);
        let (Some((start, _)), Some((end, part))) = (parts_of_group().next(), parts_of_group().last()) else {
            continue;
        };
        let rows = (start, end + part.count - 1);
        page.block(rows, (at::INSTRUMENT, at::INSTRUMENT), instrument.name(), &styles.centred)?;
    }
    Ok(())
}

fn write_question<'a>(
    page: &mut Page<'a>,
    row: u32,
    code: Option<QuestionCode>,
    context: &Context<'a>,
) -> Result<(), WorkbookError> {
    let (styles, cells) = (context.styles, context.cells);
    let Some(code) = code else {
        for column in at::QUESTION..=at::STATUS {
            page.text(row, column, "", &styles.text)?;
        }
        return Ok(());
    };
    page.text(row, at::QUESTION, &question_text(code, context)?, &styles.text)?;
    let score = context.report.assessment.score(code);
    let status = context.report.assessment.status(code).thai();
    let result = score.map_or_else(|| status.into(), |score| Some(score).into());
    page.live(row, at::SCORE, &formulas::score(cells, code)?, result, &styles.score)?;
    page.live(row, at::STATUS, &format!("={}", cells.status(code)?), status.into(), &styles.status)?;
    // Beside the printed table: texts are chosen once, scores may change.
    let formula = formulas::crossed(cells, code, &context.bounds(code), score)?;
    page.live(row, at::HINT, &formula, CachedResult::Blank, &styles.hint)
}
