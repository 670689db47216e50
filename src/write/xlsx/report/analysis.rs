//! Part 1 of the report: the seven issues, each text in the row of its question.

use rust_xlsxwriter::Worksheet;

use crate::assess::IssueResult;
use crate::domain::sheet_names::ANALYSIS;
use crate::framework::Issue;
use crate::plan::items::{CAUTION, OfficerRow, REVIEW_KEY, analysis_key, note_key};
use crate::plan::{AnalysisRow, InstrumentText, IssuePlan, Subject};
use crate::typeset::advance;
use crate::write::printed::{Wording, fill};
use crate::write::xlsx::error::WorkbookError;
use crate::write::xlsx::figure_row::FigureRow;
use crate::write::xlsx::kit::census::Census;
use crate::write::xlsx::kit::pagination::{HEADER_ROW, Pagination};
use crate::write::xlsx::kit::sheet::{Page, Paper};
use crate::write::xlsx::kit::style::TEXT_SIZE;
use crate::write::xlsx::report::{Context, formulas};

/// Widths of the columns in digits; all but the last together the width of a lying A4 page. What questions and texts share
/// is shared out anew for each report.
const WIDTHS: [f64; 7] = [5.0, 7.5, 27.5, 7.5, 12.0, 52.0, 14.0];

/// What the column of questions may have of what it shares with the texts: little where all is found wanting, much where
/// nothing is.
const QUESTION_WIDTHS: [f64; 8] = [27.5, 18.0, 20.0, 24.0, 32.0, 36.0, 40.0, 44.0];

/// So much of a font's units a digit's width holds, where some is lost at the ends of lines.
const DIGIT_UNITS: f64 = 340.0;

const HEADERS: [&str; 6] = ["ลำดับ", "หัวข้อ/\nเครื่องมือ", "ข้อคำถาม", "คะแนน", "สถานะ", "ข้อบกพร่อง/ข้อแก้ไข/ปรับปรุง/รักษาระดับ"];

/// Columns, from 0.
pub(crate) mod at {
    pub const NUMBER: u16 = 0;
    pub const INSTRUMENT: u16 = 1;
    pub const QUESTION: u16 = 2;
    pub const SCORE: u16 = 3;
    pub const STATUS: u16 = 4;
    pub const TEXT: u16 = 5;
    pub const HINT: u16 = 6;
    /// The stable name of a row, outside the printed table.
    pub const KEY: u16 = 7;
}

pub(super) fn write(sheet: &mut Worksheet, context: &Context<'_>) -> Result<Census, WorkbookError> {
    let kept = context.kept(ANALYSIS, at::KEY);
    Page::keep(sheet, context.breaks, (&widths(context)?, Paper::Landscape), kept, |page| {
        page.last = at::TEXT;
        let values = [("part", context.digits.title("1")), ("year", String::new())];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        let title = context.with_year(&fill(&Wording::built_in().analysis.part, &values), 0);
        let mut flow = Pagination::open(page, &title, &context.agency_and_place(), &HEADERS, context.styles)?;
        let mut row = HEADER_ROW + 1;
        let issues =
            context.framework.issues.iter().zip(&context.report.assessment.issues).zip(&context.report.plan.issues);
        let caution = &context.report.plan.caution;
        let height = page.height(caution, (0, at::TEXT), TEXT_SIZE, false);
        let last = context.framework.issues.last().map(|issue| issue.number);
        for ((issue, result), plan) in issues {
            // The caution stands on the page of the last two rows.
            let behind = if Some(issue.number) == last { height } else { 0.0 };
            row = write_issue(page, row, (issue, result, plan), behind, &mut flow, context)?;
        }
        page.colour_statuses((HEADER_ROW + 1, row - 1), at::STATUS)?;
        page.line(row, caution, &context.styles.note, TEXT_SIZE, false)?;
        page.name(row, CAUTION)?;
        flow.put(height);
        flow.close(page, row + 1)
    })
}

/// The widths by which the rows take the fewest lines, as far as adding up letters can tell.
fn widths(context: &Context<'_>) -> Result<[f64; 7], WorkbookError> {
    let digits = |text: &str| f64::from(text.chars().map(|c| u32::from(advance(c))).sum::<u32>()) / DIGIT_UNITS;
    let rows = context.report.plan.issues.iter().flat_map(|issue| &issue.texts).flat_map(|text| &text.rows);
    let rows: Vec<(f64, Vec<f64>)> = rows
        .map(|row| {
            let text = row_text(row, context);
            Ok((digits(&subject_text(row, context)?), text.split('\n').map(digits).collect()))
        })
        .collect::<Result<_, WorkbookError>>()?;
    let [_, _, question, _, _, text, _] = WIDTHS;
    let lines = |width: f64| -> f64 {
        let rest = question + text - width;
        let of_row = |(question, texts): &(f64, Vec<f64>)| {
            let texts: f64 = texts.iter().map(|digits| (digits / rest).ceil()).sum();
            (question / width).ceil().max(texts)
        };
        rows.iter().map(of_row).sum()
    };
    let best = QUESTION_WIDTHS.into_iter().map(|width| (lines(width), width));
    let best =
        best.reduce(|best, other| if other.0 < best.0 { other } else { best }).map_or(question, |(_, width)| width);
    let mut widths = WIDTHS;
    let [_, _, of_question, _, _, of_text, _] = &mut widths;
    (*of_question, *of_text) = (best, question + text - best);
    Ok(widths)
}

/// Writes an issue, whose last row is kept with so much that stands behind it; returns the next row.
fn write_issue<'a>(
    page: &mut Page<'a>,
    row: u32,
    (issue, result, plan): (&'a Issue, &IssueResult, &'a IssuePlan),
    behind: f64,
    flow: &mut Pagination,
    context: &Context<'a>,
) -> Result<u32, WorkbookError> {
    let styles = context.styles;
    let heights: Vec<Vec<f64>> = plan
        .texts
        .iter()
        .map(|text| text.rows.iter().map(|row| row_height(page, row, context)).collect::<Result<_, _>>())
        .collect::<Result<_, _>>()?;
    let heading = page.height(&issue.title, (at::INSTRUMENT, at::TEXT), TEXT_SIZE, true);
    let first = heights.iter().flatten().next().copied().unwrap_or_default();
    let whole = heading + heights.iter().flatten().sum::<f64>();
    // No heading is left alone at a page's end.
    flow.keep_block(row, whole, heading + first);
    page.text(row, at::NUMBER, &context.digits.number(&issue.number.to_string()), &styles.issue_number)?;
    page.block(
        (row, row),
        (at::INSTRUMENT, at::TEXT),
        &context.printed().issue(issue.number, &issue.title),
        &styles.issue,
    )?;
    page.name(row, &format!("A/{}", issue.number))?;
    page.row_height(row, heading)?;
    flow.put(heading);
    let mut next = row + 1;
    let last_group = plan.texts.len().saturating_sub(1);
    for (group, ((text, heights), (instrument, _))) in plan.texts.iter().zip(&heights).zip(&result.groups).enumerate() {
        let note = context.printed().note_of(text).map(|note| {
            let height = page.height(&note, (at::TEXT, at::TEXT), TEXT_SIZE, false);
            (note, height)
        });
        let all: Vec<f64> = heights.iter().copied().chain(note.as_ref().map(|(_, height)| *height)).collect();
        // What must find its place behind a row: behind the last row what follows, behind the one before the last row too.
        let after = |index: usize| match all.get(index + 1..) {
            _ if group != last_group => 0.0,
            Some([]) => behind,
            // What stands behind the last issue is not to be alone with its last row.
            Some([last]) if behind > 0.0 => last + behind,
            _ => 0.0,
        };
        if text.instrument != *instrument {
            return Err(WorkbookError::NoText { issue: issue.number, instrument: *instrument });
        }
        for (index, (shown, height)) in text.rows.iter().zip(heights).enumerate() {
            flow.keep(next, *height + after(index));
            write_row(page, next, (issue.number, text), shown, context)?;
            page.row_height(next, *height)?;
            flow.put(*height);
            next += 1;
        }
        if let Some((note, height)) = note {
            flow.keep(next, height + after(heights.len()));
            page.text(next, at::NUMBER, "", &styles.text)?;
            page.text(next, at::INSTRUMENT, instrument.name(), &styles.centred)?;
            for column in at::QUESTION..at::TEXT {
                page.text(next, column, "", &styles.text)?;
            }
            page.text(next, at::TEXT, &note, &styles.text)?;
            page.name(next, &note_key(issue.number, *instrument))?;
            page.row_height(next, height)?;
            flow.put(height);
            next += 1;
        }
    }
    Ok(next)
}

/// What a row is about, in words.
fn subject_text(row: &AnalysisRow, context: &Context<'_>) -> Result<String, WorkbookError> {
    context.printed().subject(row).ok_or(match row.subject {
        Subject::Question(code) => WorkbookError::NoQuestion(code),
        Subject::Indicator(number) => WorkbookError::NoFigure(FigureRow::Indicator(number)),
        Subject::Added(_) => WorkbookError::NoFigure(FigureRow::Total),
    })
}

/// What a row says, as a cell has it.
fn row_text(row: &AnalysisRow, context: &Context<'_>) -> String {
    context.printed().row(row).joined()
}

fn row_height(page: &Page<'_>, row: &AnalysisRow, context: &Context<'_>) -> Result<f64, WorkbookError> {
    let question = page.height(&subject_text(row, context)?, (at::QUESTION, at::QUESTION), TEXT_SIZE, false);
    Ok(question.max(page.height(&row_text(row, context), (at::TEXT, at::TEXT), TEXT_SIZE, false)))
}

fn write_row<'a>(
    page: &mut Page<'a>,
    row: u32,
    (issue, text): (u8, &InstrumentText),
    shown: &AnalysisRow,
    context: &Context<'a>,
) -> Result<(), WorkbookError> {
    let (styles, cells, assessment) = (context.styles, context.cells, &context.report.assessment);
    page.text(row, at::TEXT, &row_text(shown, context), &styles.text)?;
    if let Some(OfficerRow { added: Some([number, instrument, question, score, status]), .. }) = &shown.officer {
        let cells = [number, instrument, question, score, status];
        for (column, text) in (at::NUMBER..).zip(cells) {
            let format = if column == at::QUESTION { &styles.text } else { &styles.centred };
            page.text(row, column, text, format)?;
        }
        return Ok(());
    }
    page.text(row, at::NUMBER, "", &styles.text)?;
    page.text(row, at::INSTRUMENT, text.instrument.name(), &styles.centred)?;
    page.text(row, at::QUESTION, &subject_text(shown, context)?, &styles.text)?;
    let review = shown.officer.as_ref().is_some_and(|officer| officer.review);
    let key = format!("{}{}", analysis_key(issue, shown.subject), if review { REVIEW_KEY } else { "" });
    page.name(row, &key)?;
    match shown.subject {
        Subject::Question(code) => {
            let score = assessment.score(code);
            let status = assessment.status(code).thai();
            let result = score.map_or_else(|| status.into(), |score| Some(score).into());
            page.live(row, at::SCORE, &formulas::score(cells, code)?, result, &styles.score)?;
            page.live(row, at::STATUS, &format!("={}", cells.status(code)?), status.into(), &styles.status)?;
            // Beside the printed table: texts are chosen once, scores may change.
            let formula = formulas::crossed(cells, code, &context.bounds(code.instrument()), score)?;
            if review {
                return page.text(row, at::HINT, formulas::REVIEW, &styles.hint);
            }
            page.live_text(row, at::HINT, (&formula, ""), &styles.hint)
        }
        Subject::Added(_) => Ok(()),
        Subject::Indicator(number) => {
            let cell = cells.shown(FigureRow::Indicator(number))?;
            let result = assessment.indicators.iter().find(|result| result.number == number);
            let score = result.and_then(|result| result.figure.shown());
            page.live(row, at::SCORE, &format!("={cell}"), score.into(), &styles.score)?;
            let status = crate::assess::Status::classify(score, assessment.threshold).thai();
            page.live(row, at::STATUS, &formulas::status(cells, &cell), status.into(), &styles.status)
        }
    }
}
