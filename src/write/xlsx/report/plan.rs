//! Part 2 of the report: measures of the next fiscal year, a step a row.

use rust_xlsxwriter::{DataValidation, Format, Formula, Worksheet};

use crate::domain::sheet_names::{PLAN, SCORES};
use crate::framework::Issue;
use crate::plan::items::{ANSWERS, Item, MeasureItems, REVIEW_KEY, measure_key, no_measures_key, signature_key};
use crate::plan::{IssuePlan, Phase, PlannedMeasure, Subject};
use crate::write::printed::{Wording, fill};
use crate::write::xlsx::error::WorkbookError;
use crate::write::xlsx::figure_row::FigureRow;
use crate::write::xlsx::kit::census::Census;
use crate::write::xlsx::kit::pagination::{HEADER_ROW, Pagination};
use crate::write::xlsx::kit::sheet::{LiveText, Page, Paper};
use crate::write::xlsx::kit::style::TEXT_SIZE;
use crate::write::xlsx::report::Context;
use crate::write::xlsx::report::addresses::{column, local};
use crate::write::xlsx::report::formulas::{REVIEW, score_format};

/// Widths of the columns in digits; together the width of a lying A4 page.
const WIDTHS: [f64; 5] = [6.0, 39.0, 38.5, 13.5, 15.5];

const HEADERS: [&str; 5] =
    ["หัวข้อ", "มาตรการ โครงการ หรือกิจกรรม", "ขั้นตอน/วิธีปฏิบัติ", "ระยะเวลา\nดำเนินงาน", "ผู้รับผิดชอบ/\nผู้ที่เกี่ยวข้อง"];

/// Columns, from 0.
pub(crate) mod at {
    pub const NUMBER: u16 = 0;
    pub const MEASURE: u16 = 1;
    pub const STEPS: u16 = 2;
    pub const PERIOD: u16 = 3;
    pub const UNIT: u16 = 4;
    /// The stable name of a measure, outside the printed table.
    pub const KEY: u16 = 5;
    /// What should be looked at, likewise.
    pub const HINT: u16 = 6;
}

/// A cell of a measure's first column of texts.
enum Line {
    Text(String),
    Live(LiveText),
}

/// A row of a measure: what stands in the column of measures, the step, and the height in points.
struct MeasureRow {
    line: Option<Line>,
    step: Option<String>,
    /// A unit that carries the measure out, or those for which there is no further row.
    unit: String,
    /// The keys of the three.
    key: String,
    height: f64,
}

impl Line {
    fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Live(live) => &live.text,
        }
    }
}

/// Writes the sheet; returns the rows of the measures' titles, in order.
pub(super) fn write(sheet: &mut Worksheet, context: &Context<'_>) -> Result<(Vec<u32>, Census), WorkbookError> {
    let mut titles = Vec::new();
    let kept = context.kept(PLAN, at::KEY);
    let census = Page::keep(sheet, context.breaks, (&WIDTHS, Paper::Landscape), kept, |page| {
        let values = [("part", context.digits.title("2")), ("year", String::new())];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        let title = context.with_year(&fill(&Wording::built_in().plan.part, &values), 1);
        let mut flow = Pagination::open(page, &title, &context.agency_and_place(), &HEADERS, context.styles)?;
        let mut row = HEADER_ROW + 1;
        // The lines to sign on stay together, and with the end of the table.
        let signatures_height = page.one_line() * (context.printed().signatures().len() + 1) as f64;
        let last = context.framework.issues.last().map(|issue| issue.number);
        for (issue, plan) in context.framework.issues.iter().zip(&context.report.plan.issues) {
            let behind = if Some(issue.number) == last { signatures_height } else { 0.0 };
            row = write_issue(page, row, (issue, plan, behind), &mut flow, &mut titles, context)?;
        }
        choose_unit(page, (HEADER_ROW + 1, row - 1), context)?;
        flow.keep(row, signatures_height);
        let end = signatures(page, row + 1, context)?;
        flow.close(page, end)
    })?;
    Ok((titles, census))
}

/// Writes an issue's measures, whose last row is kept with so much that stands behind it; returns the next row.
fn write_issue<'a>(
    page: &mut Page<'a>,
    row: u32,
    (issue, plan, behind): (&'a Issue, &'a IssuePlan, f64),
    flow: &mut Pagination,
    titles: &mut Vec<u32>,
    context: &Context<'a>,
) -> Result<u32, WorkbookError> {
    let styles = context.styles;
    let heading = context.printed().plan_issue(issue.number, &issue.title);
    let height = page.height(&heading, (0, at::UNIT), TEXT_SIZE, true);
    let first = plan.measures.first().map(|measure| measure_rows(page, measure, context)).transpose()?;
    let first: Vec<f64> = first.into_iter().flatten().map(|row| row.height).collect();
    // A heading goes where its first measure goes.
    flow.keep_block(row, height + first.iter().sum::<f64>(), height + first.first().copied().unwrap_or_default());
    page.block((row, row), (0, at::UNIT), &heading, &styles.issue)?;
    page.name(row, &format!("P/{}", issue.number))?;
    flow.put(page.row_height(row, height)?);
    let mut next = row + 1;
    if let Some(why) = &plan.no_measures {
        let height = page.line(next, why, &styles.text, TEXT_SIZE, false)?;
        page.name(next, &no_measures_key(issue.number))?;
        flow.put(height);
        next += 1;
    }
    let mut phase = Phase::First;
    for (index, planned) in plan.measures.iter().enumerate() {
        let rows = measure_rows(page, planned, context)?;
        let whole: f64 = rows.iter().map(|row| row.height).sum();
        if planned.phase != phase {
            phase = planned.phase;
            let text = context.digits.number(&context.report.plan.second_phase);
            let height = page.height(&text, (0, at::UNIT), TEXT_SIZE, true);
            flow.keep_block(next, height + whole, height + rows.first().map_or(0.0, |row| row.height));
            page.block((next, next), (0, at::UNIT), &text, &styles.phase)?;
            page.name(next, &format!("P/{}/-phase", issue.number))?;
            flow.put(page.row_height(next, height)?);
            next += 1;
        }
        let first = rows.first().map_or(0.0, |row| row.height);
        if index == 0 {
            flow.keep(next, first);
        } else {
            flow.keep_block(next, whole, first);
        }
        titles.push(next);
        let number = context.digits.number(&format!("{}.{}", issue.number, index + 1));
        write_measure(page, next, (issue.number, &number), planned, &rows, context)?;
        let is_last = index + 1 == plan.measures.len();
        for (at, (row, of_measure)) in (next..).zip(&rows).enumerate() {
            let behind = if is_last && at + 1 == rows.len() { behind } else { 0.0 };
            flow.keep(row, of_measure.height + behind);
            flow.put(page.row_height(row, of_measure.height)?);
        }
        next += u32::try_from(rows.len()).map_err(|_| WorkbookError::Count(rows.len()))?;
    }
    Ok(next)
}

/// The rows of a measure: what stands in the column of measures, the step, and the height.
fn measure_rows(
    page: &Page<'_>,
    planned: &PlannedMeasure,
    context: &Context<'_>,
) -> Result<Vec<MeasureRow>, WorkbookError> {
    let MeasureItems { lines, steps, units, .. } = context.printed().items(planned);
    let mut rest = answers(planned, context)?;
    let keyed_lines: Vec<(String, Line)> = lines
        .into_iter()
        .map(|item| match rest.take_if(|live| item.key == ANSWERS && item.text == live.text) {
            Some(live) => (item.key, Line::Live(live)),
            None => (item.key, Line::Text(item.text)),
        })
        .collect();
    let lines = keyed_lines;
    let steps: Vec<(String, String)> =
        (1..).zip(&steps).map(|(number, step)| (step.key.clone(), context.printed().step(number, step))).collect();
    // A unit a row, so that none makes the row of the title high, and each can be chosen from the list.
    let count = lines.len().max(steps.len()).max(units.len());
    let mut units = units.into_iter();
    let mut lines = lines.into_iter();
    let mut steps = steps.into_iter();
    let mut rows = Vec::with_capacity(count);
    for index in 0..count {
        let (line, step, unit): (_, _, Option<Item>) = (lines.next(), steps.next(), units.next());
        let (of_line, line) = line.unzip();
        let (of_step, step): (Option<String>, Option<String>) = step.unzip();
        let (of_unit, unit) = unit.map_or_else(Default::default, |unit| (unit.key, unit.text));
        let key = format!("|{}|{}|{of_unit}", of_line.unwrap_or_default(), of_step.unwrap_or_default());
        let height = |text: &str, at: u16| page.height(text, (at, at), TEXT_SIZE, false);
        let first = |text: &str, at: u16| if index == 0 { height(text, at) } else { 0.0 };
        let needs = [
            page.one_line(),
            height(line.as_ref().map_or("", Line::text), at::MEASURE),
            height(step.as_deref().unwrap_or_default(), at::STEPS),
            first(&planned.period, at::PERIOD),
            height(&unit, at::UNIT),
        ];
        rows.push(MeasureRow { line, step, unit, key, height: needs.into_iter().fold(0.0, f64::max) });
    }
    Ok(rows)
}

/// Which questions and indicators a measure answers, each with its score as it stands on the sheet of scores.
fn answers(planned: &PlannedMeasure, context: &Context<'_>) -> Result<Option<LiveText>, WorkbookError> {
    let Some(text) = context.printed().answers(planned) else { return Ok(None) };
    let (words, format) = (&Wording::built_in().plan, score_format(context.digits));
    let mut formula = format!("=\"{}", words.answers);
    for (index, (subject, _)) in planned.answers.iter().enumerate() {
        let cell = match subject {
            Subject::Question(code) => context.cells.score(*code)?,
            Subject::Indicator(number) => context.cells.shown(FigureRow::Indicator(*number))?,
            Subject::Added(_) => continue,
        };
        let score = fill(&words.score, &[("score", &format!("\"&TEXT({cell},\"{format}\")&\""))]);
        let space = if index == 0 { "" } else { " " };
        formula.push_str(&format!("{space}{} {score}", context.printed().answered(*subject)));
    }
    formula.push('"');
    Ok(Some(LiveText { formula, text }))
}

fn write_measure<'a>(
    page: &mut Page<'a>,
    row: u32,
    (issue, number): (u8, &str),
    planned: &PlannedMeasure,
    rows: &[MeasureRow],
    context: &Context<'a>,
) -> Result<(), WorkbookError> {
    let styles = context.styles;
    let last = rows.len().saturating_sub(1);
    let own_number = planned.items.as_ref().and_then(|items| items.number.as_deref());
    let number = own_number.unwrap_or(number);
    for (at_row, (index, MeasureRow { line, step, unit, key, .. })) in (row..).zip(rows.iter().enumerate()) {
        // The rows of a measure are one block: lines are drawn around it only.
        let format = |first: &'a Format, middle: &'a Format, end: &'a Format| {
            if index == 0 {
                first
            } else if index == last {
                end
            } else {
                middle
            }
        };
        let text = format(&styles.block_first, &styles.block_middle, &styles.block_last);
        let first = |shown: &str| if index == 0 { shown.to_owned() } else { String::new() };
        page.text(at_row, at::NUMBER, &first(number), text)?;
        match line {
            Some(Line::Live(live)) => page.live(at_row, at::MEASURE, &live.formula, live.text.as_str().into(), text)?,
            Some(Line::Text(shown)) => page.text(at_row, at::MEASURE, shown, text)?,
            None => page.text(at_row, at::MEASURE, "", text)?,
        }
        page.text(at_row, at::STEPS, step.as_deref().unwrap_or_default(), text)?;
        page.text(at_row, at::PERIOD, &first(&planned.period), text)?;
        page.text(at_row, at::UNIT, unit, text)?;
        let mark = if index == 0 && planned.review { REVIEW_KEY } else { "" };
        let key = format!("{}{key}{mark}", measure_key(issue, &planned.id));
        page.name(at_row, &key)?;
        if index == 0 && planned.review {
            page.text(at_row, at::HINT, REVIEW, &styles.hint)?;
        }
    }
    Ok(())
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
    let mut at_row = row;
    for [left, right] in &context.printed().signatures() {
        page.block((at_row, at_row), (at::NUMBER, at::MEASURE), left, signature)?;
        page.block((at_row, at_row), (at::STEPS, at::UNIT), right, signature)?;
        page.row_height(at_row, page.one_line())?;
        let key = signature_key((at_row - row) as usize + 1);
        page.name(at_row, &key)?;
        at_row += 1;
    }
    Ok(at_row)
}
