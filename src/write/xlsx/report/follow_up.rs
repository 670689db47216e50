//! The follow-up: the same measures a year later, with what has come of them.

use rust_xlsxwriter::{ConditionalFormatDataBar, ConditionalFormatType, DataValidation, DataValidationRule, Worksheet};

use rust_decimal::Decimal;

use crate::domain::sheet_names::{FOLLOW_UP, PLAN};
use crate::plan::items::{Followed, LAST_YEAR, LastYearPlan, Outcome, follow_up_key, issue_number};
use crate::write::printed::Wording;
use crate::write::xlsx::error::WorkbookError;
use crate::write::xlsx::kit::census::Census;
use crate::write::xlsx::kit::pagination::{HEADER_ROW, Pagination};
use crate::write::xlsx::kit::sheet::{CachedResult, Page, Paper};
use crate::write::xlsx::kit::style::{CHART_COLUMN, TEXT_SIZE};
use crate::write::xlsx::report::addresses::local;
use crate::write::xlsx::report::{Context, plan};

/// Widths of the columns in digits; together the width of a lying A4 page.
const WIDTHS: [f64; 8] = [7.0, 29.0, 22.0, 11.5, 7.5, 14.5, 9.5, 10.5];

/// How many measures added to the plan by hand are followed.
const ADDED: u32 = 5;

/// Columns, from 0.
pub(crate) mod at {
    pub const NUMBER: u16 = 0;
    pub const MEASURE: u16 = 1;
    pub const RESULT: u16 = 2;
    pub const STATE: u16 = 3;
    pub const PERCENT: u16 = 4;
    pub const PROBLEM: u16 = 5;
    pub const DATE: u16 = 6;
    pub const EVIDENCE: u16 = 7;
    /// The stable name of a measure, outside the printed table.
    pub const KEY: u16 = 8;
}

/// Writes the sheet for the measures whose titles stand in these rows of the plan.
pub(super) fn write(sheet: &mut Worksheet, titles: &[u32], context: &Context<'_>) -> Result<Census, WorkbookError> {
    let kept = context.kept(FOLLOW_UP, at::KEY);
    Page::keep(sheet, context.breaks, (&WIDTHS, Paper::Landscape), kept, |page| {
        let styles = context.styles;
        let title = context.with_year(&format!("{} ปีงบประมาณ พ.ศ. ", context.printed().follow_up()), 1);
        let heads = Wording::built_in().follow_up.heads.each_ref().map(String::as_str);
        let mut flow = Pagination::open(page, &title, &context.agency_and_place(), &heads, context.styles)?;
        let first = HEADER_ROW + 1;
        let mut row = first;
        let mut rows_of_plan = titles.iter();
        let mut issues = Vec::new();
        for (issue, plan) in context.framework.issues.iter().zip(&context.report.plan.issues) {
            let number = context.digits.number(&issue.number.to_string());
            let heading = format!("{number}. {}", issue.title);
            let height = page.height(&heading, (0, at::EVIDENCE), TEXT_SIZE, true);
            flow.keep(row, height + page.one_line() * 2.0);
            page.block((row, row), (0, at::EVIDENCE), &heading, &styles.issue)?;
            page.name(row, &format!("F/-issue/{}", issue.number))?;
            flow.put(page.row_height(row, height)?);
            row += 1;
            let start = row;
            let mut outcomes = Vec::new();
            for (index, planned) in plan.measures.iter().enumerate() {
                let Some(of_plan) = rows_of_plan.next() else { break };
                let number = context.digits.number(&format!("{}.{}", issue.number, index + 1));
                let cell = |column| format!("='{PLAN}'!{}&\"\"", local(*of_plan, column));
                // As text: a formula's result that looks like a number would be stored as one.
                page.text(row, at::NUMBER, &number, &styles.centred)?;
                page.live_text(row, at::MEASURE, (&cell(plan::at::MEASURE), &planned.title), &styles.text)?;
                let height = page.height(&planned.title, (at::MEASURE, at::MEASURE), TEXT_SIZE, false);
                let key = (issue.number, planned.id.clone());
                let outcome = context.report.plan.follow_up.outcomes.get(&key);
                outcomes.extend(outcome);
                let height = height.max(inputs(page, row, outcome, context)?);
                page.name(row, &follow_up_key(issue.number, &planned.id))?;
                flow.keep(row, height);
                flow.put(page.row_height(row, height)?);
                row += 1;
            }
            let added = context.report.plan.follow_up.added.iter().filter(|added| added.issue == issue.number);
            for followed in added {
                outcomes.push(&followed.outcome);
                let height = typed(page, row, followed, context)?;
                flow.keep(row, height);
                flow.put(page.row_height(row, height)?);
                row += 1;
            }
            if row > start {
                issues.push(Span { issue: issue.number, rows: (start, row - 1), outcomes });
            }
        }
        row = added(page, row, titles, &mut flow, context)?;
        choices(page, (first, row - 1))?;
        flow.keep(row, page.one_line() * f64::from(u8::try_from(issues.len()).unwrap_or(7) + 2));
        let mut end = totals(page, row + 1, &issues, "F", context)?;
        if let Some(last_year) = &context.report.plan.follow_up.last_year {
            end = self::last_year(page, end + 1, last_year, &mut flow, context)?;
        }
        flow.close(page, end)
    })
}

/// The cells of a measure that are filled in, with what is known; returns the height that they need.
fn inputs<'a>(
    page: &mut Page<'a>,
    row: u32,
    outcome: Option<&Outcome>,
    context: &Context<'a>,
) -> Result<f64, WorkbookError> {
    let styles = context.styles;
    let blank = Outcome::default();
    let mut height = page.one_line();
    for (column, text) in (at::RESULT..).zip(outcome.unwrap_or(&blank).cells()) {
        let (format, is_number) = match column {
            at::PERCENT => (&styles.input_whole, true),
            at::DATE => (&styles.input_date, true),
            _ => (&styles.input_text, false),
        };
        match text.parse::<Decimal>().ok().filter(|_| is_number) {
            Some(number) => page.number(row, column, Some(number), format)?,
            None => page.text(row, column, text, format)?,
        }
        height = height.max(page.height(text, (column, column), TEXT_SIZE, false));
    }
    Ok(height)
}

/// A measure whose number and title stand here as texts; returns the height that it needs.
fn typed<'a>(page: &mut Page<'a>, row: u32, followed: &Followed, context: &Context<'a>) -> Result<f64, WorkbookError> {
    page.text(row, at::NUMBER, &followed.number, &context.styles.centred)?;
    page.text(row, at::MEASURE, &followed.title, &context.styles.text)?;
    let height = page.height(&followed.title, (at::MEASURE, at::MEASURE), TEXT_SIZE, false);
    Ok(height.max(inputs(page, row, Some(&followed.outcome), context)?))
}

/// Last year's measures with what has come of them, and their totals by issue; returns the next row.
fn last_year<'a>(
    page: &mut Page<'a>,
    row: u32,
    last_year: &LastYearPlan,
    flow: &mut Pagination,
    context: &Context<'a>,
) -> Result<u32, WorkbookError> {
    let year = context.digits.title(&last_year.year.to_string());
    let heading = format!("ผลการดำเนินการตามมาตรการของปีงบประมาณ พ.ศ. {year}");
    flow.keep(row, page.one_line() * 4.0);
    page.block((row, row), (0, at::EVIDENCE), &heading, &context.styles.issue)?;
    page.name(row, &format!("{LAST_YEAR}/-year/{}", last_year.year))?;
    flow.put(page.row_height(row, page.one_line())?);
    let mut next = row + 1;
    let mut issues: Vec<Span<'_>> = Vec::new();
    for (number, followed) in last_year.measures.iter().enumerate() {
        let height = typed(page, next, followed, context)?;
        page.name(next, &format!("{LAST_YEAR}/{}/{number}", followed.issue))?;
        flow.keep(next, height);
        flow.put(page.row_height(next, height)?);
        match issues.last_mut() {
            Some(span) if span.issue == followed.issue => {
                span.rows.1 = next;
                span.outcomes.push(&followed.outcome);
            }
            _ => issues.push(Span { issue: followed.issue, rows: (next, next), outcomes: vec![&followed.outcome] }),
        }
        next += 1;
    }
    if next == row + 1 {
        return Ok(next);
    }
    choices(page, (row + 1, next - 1))?;
    flow.keep(next, page.one_line() * f64::from(u8::try_from(issues.len()).unwrap_or(7) + 2));
    totals(page, next + 1, &issues, LAST_YEAR, context)
}

/// Rows for measures that are added to the plan by hand: those with a number there and without this program's mark.
fn added<'a>(
    page: &mut Page<'a>,
    row: u32,
    titles: &[u32],
    flow: &mut Pagination,
    context: &Context<'a>,
) -> Result<u32, WorkbookError> {
    /// As far down the plan as is looked.
    const LAST: u32 = 999;
    let styles = context.styles;
    let heading = "มาตรการที่เพิ่มเติมในแผนปฏิบัติการ (แสดงเมื่อพิมพ์หัวข้อและชื่อมาตรการในแผน)";
    flow.keep(row, page.one_line() * f64::from(ADDED + 1));
    page.block((row, row), (0, at::EVIDENCE), heading, &styles.phase)?;
    page.name(row, "F/-added")?;
    flow.put(page.row_height(row, page.one_line())?);
    let first = titles.first().copied().unwrap_or(HEADER_ROW + 1);
    let range = |column| format!("'{PLAN}'!{}:{}", local(first, column), local(LAST, column));
    let (numbers, keys) = (range(plan::at::NUMBER), range(plan::at::KEY));
    let mut next = row + 1;
    for count in 1..=ADDED {
        // How far above the last row the wanted one lies: 0 where there is none.
        let place = format!(
            "SUMPRODUCT(LARGE(ISNUMBER(SEARCH(\".\",{numbers}))*(LEN({numbers})<7)*({keys}=\"\")*({}-ROW({numbers})),{count}))",
            LAST + 2
        );
        let cell = |column| {
            format!(
                "=IF({place}=0,\"\",INDEX('{PLAN}'!${0}:${0},{1}-{place})&\"\")",
                crate::read::column_name(column),
                LAST + 2
            )
        };
        page.live_text(next, at::NUMBER, (&cell(plan::at::NUMBER.into()), ""), &styles.centred)?;
        page.live_text(next, at::MEASURE, (&cell(plan::at::MEASURE.into()), ""), &styles.text)?;
        let outcome = context.report.plan.follow_up.outcomes.get(&(0, count.to_string()));
        inputs(page, next, outcome, context)?;
        page.name(next, &format!("F/added/{count}"))?;
        flow.put(page.row_height(next, page.one_line())?);
        next += 1;
    }
    Ok(next)
}

/// The status from a list, the percentage from 0 to 100 with a bar.
fn choices(page: &mut Page<'_>, rows: (u32, u32)) -> Result<(), WorkbookError> {
    let states = DataValidation::new().allow_list_strings(&Wording::built_in().follow_up.states)?;
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

/// The rows of an issue's measures, and what is known of these.
struct Span<'a> {
    issue: u8,
    rows: (u32, u32),
    outcomes: Vec<&'a Outcome>,
}

impl Span<'_> {
    fn done(&self) -> usize {
        let [_, _, done, _] = &Wording::built_in().follow_up.states;
        self.outcomes.iter().filter(|outcome| outcome.state == *done).count()
    }

    /// The mean of the percentages over all measures; nothing where none is known.
    fn mean(&self) -> Option<Decimal> {
        let known: Vec<Decimal> = self.outcomes.iter().filter_map(|outcome| outcome.percent.parse().ok()).collect();
        let sum: Decimal = known.iter().sum();
        (!known.is_empty()).then(|| sum / Decimal::from(self.rows.1 - self.rows.0 + 1))
    }
}

/// How many measures of each issue are done, and how far they have come on average; returns the next row.
fn totals<'a>(
    page: &mut Page<'a>,
    row: u32,
    issues: &[Span<'_>],
    key: &str,
    context: &Context<'a>,
) -> Result<u32, WorkbookError> {
    let styles = context.styles;
    let [issue, count, done_head, mean] = Wording::built_in().follow_up.total_heads.each_ref().map(String::as_str);
    let headers = [
        ((at::NUMBER, at::NUMBER), issue),
        ((at::MEASURE, at::MEASURE), count),
        ((at::RESULT, at::RESULT), done_head),
        ((at::STATE, at::PERCENT), mean),
    ];
    page.header_blocks(row, &headers, &styles.header)?;
    let [_, _, done, _] = &Wording::built_in().follow_up.states;
    page.name(row, &format!("{key}/-totals"))?;
    let mut line = row + 1;
    for span in issues {
        let (first, last) = span.rows;
        let range = |column| format!("{}:{}", local(first, column), local(last, column));
        page.text(line, at::NUMBER, &context.digits.number(&issue_number(span.issue)), &styles.centred)?;
        page.name(line, &format!("{key}/-total/{}", span.issue))?;
        let count = last - first + 1;
        let formula = format!("=ROWS({})", range(at::MEASURE));
        page.live(line, at::MEASURE, &formula, CachedResult::Number(count.into()), &styles.whole)?;
        let formula = format!("=COUNTIF({},\"{done}\")", range(at::STATE));
        page.live(line, at::RESULT, &formula, CachedResult::Number(span.done().into()), &styles.whole)?;
        page.merge((line, line), (at::STATE, at::PERCENT), &styles.score)?;
        let percent = range(at::PERCENT);
        let formula = format!("=IF(COUNT({percent})=0,\"\",SUM({percent})/ROWS({percent}))");
        page.live(line, at::STATE, &formula, span.mean().into(), &styles.score)?;
        page.row_height(line, page.one_line())?;
        line += 1;
    }
    Ok(line)
}
