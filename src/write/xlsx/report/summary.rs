//! The dashboard: the result on one page.

use std::borrow::Cow;

use rust_decimal::Decimal;
use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartFont, ChartFormat, ChartPoint, ChartSolidFill, ChartType, Format, Worksheet,
};

use crate::assess::{IssueResult, Status, lowest_first};
use crate::domain::digits::Digits;
use crate::domain::figure::{Figure, round2, two_decimals};
use crate::domain::sheet_names::{FINDINGS, NAMES_COLUMN, SCORES, SUMMARY};
use crate::finding::Severity;
use crate::framework::Instrument;
use crate::write::printed::{Wording, fill};
use crate::write::xlsx::error::WorkbookError;
use crate::write::xlsx::figure_row::FigureRow;
use crate::write::xlsx::kit::census::{CellKind, Census};
use crate::write::xlsx::kit::sheet::{LiveText, Page, Paper};
use crate::write::xlsx::kit::style::{ARABIC, CHART_COLUMN, CHART_LINE, TEXT_SIZE, THAI};
use crate::write::xlsx::report::addresses::{Fact, column, local};
use crate::write::xlsx::report::formulas::WEAK_QUESTIONS;
use crate::write::xlsx::report::{Context, formulas};

/// Widths of the columns in digits; the sheet is printed on one page, a little smaller than written.
const WIDTHS: [f64; 8] = [6.0, 6.0, 36.0, 13.0, 10.0, 9.0, 13.5, 13.5];
const LAST: u16 = 7;

/// The column of counts that other formulas need, outside the printed page.
const COUNT: u16 = LAST + 1;

/// Rows that the chart takes up where it stands below the table.
const CHART_ROWS: u32 = 9;

/// How many of the weakest questions are listed.
const WEAKEST: u32 = 5;

pub(super) fn write(sheet: &mut Worksheet, context: &Context<'_>) -> Result<Census, WorkbookError> {
    let kept = context.kept(SUMMARY, NAMES_COLUMN);
    Page::keep(sheet, context.breaks, (&WIDTHS, Paper::Portrait), kept, |page| {
        let row = title(page, context)?;
        let row = sentence(page, row, context)?;
        let row = result(page, row, context)?;
        let row = indicators(page, row, context)?;
        let row = if context.has_analysis() { issues(page, row + 1, context)? } else { no_issues(page, row, context)? };
        let end = weakest(page, row + 1, context)?;
        page.sheet.set_print_area(0, 0, end - 1, LAST)?;
        page.sheet.set_print_fit_to_pages(1, 1);
        page.sheet.set_print_center_horizontally(true);
        Ok(())
    })
}

/// The title block as the report has it; returns the next row.
fn title<'a>(page: &mut Page<'a>, context: &Context<'a>) -> Result<u32, WorkbookError> {
    let styles = context.styles;
    let mut row = logo(page, context)?;
    let agency = context.agency_line();
    for (name, text) in [("document", context.document()), ("shows", &context.printed().shows())] {
        page.line(row, text, &styles.title, 18.0, true)?;
        page.name(row, &format!("S/{name}"))?;
        row += 1;
    }
    let lines: [(LiveText, &'a Format, f64); 3] = [
        (context.with_year("ปีงบประมาณ พ.ศ. ", 0), &styles.title, 18.0),
        (agency, &styles.subtitle, TEXT_SIZE),
        (context.place_line(), &styles.subtitle, TEXT_SIZE),
    ];
    for ((line, format, size), name) in lines.iter().zip(["year", "agency", "place"]) {
        page.live_line(row, line, format, *size, true)?;
        page.name(row, &format!("S/{name}"))?;
        row += 1;
    }
    notice(page, context)?;
    Ok(row)
}

/// What must be looked at before the report is published, beside the printed page.
fn notice<'a>(page: &mut Page<'a>, context: &Context<'a>) -> Result<(), WorkbookError> {
    let findings = &context.report.assessment.findings;
    let must_fix = findings.iter().filter(|finding| finding.severity() == Severity::MustFix).count();
    let warnings = findings.iter().filter(|finding| finding.severity() == Severity::Warning).count();
    if context.publish || must_fix + warnings == 0 {
        return Ok(());
    }
    let text = format!("ก่อนเผยแพร่ ต้องแก้ไข {must_fix} รายการ ควรตรวจสอบ {warnings} รายการ ดูชีต {FINDINGS}");
    let text = context.digits.number(&text);
    page.sheet.write_url_with_text(0, LAST + 2, format!("internal:'{FINDINGS}'!A1").as_str(), &text)?;
    page.sheet.set_cell_format(0, LAST + 2, &context.styles.hint_link)?;
    page.note((0, LAST + 2), &text, CellKind::Result, None);
    Ok(())
}

/// `คะแนนภาพรวมของหน่วยงาน ... คะแนนที่ได้ ... คะแนน ระดับผลการประเมิน ...`, as published reports have it; returns the next row.
fn sentence<'a>(page: &mut Page<'a>, row: u32, context: &Context<'a>) -> Result<u32, WorkbookError> {
    let agency = context.agency_line();
    let total = context.cells.shown(FigureRow::Total)?;
    let level = context.cells.fact(Fact::ShownLevel);
    let number = if context.digits == Digits::Arabic { "0.00" } else { "[$-D00041E]0.00" };
    let joined = |formula: &str| format!("\"&{formula}&\"");
    let values = [
        ("agency", joined(agency.formula.trim_start_matches('='))),
        ("total", joined(&format!("IF(ISNUMBER({total}),TEXT({total},\"{number}\"),\"-\")"))),
        ("level", joined(&format!("IF({level}=\"\",\"-\",{level})"))),
    ];
    let values = values.each_ref().map(|(name, formula)| (*name, formula.as_str()));
    let words = fill(&Wording::built_in().sentence, &values);
    let formula = format!("=\"{}", words.trim_end_matches("&\""));
    let text = context.printed().sentence();
    page.live_line(row, &LiveText { formula, text }, &context.styles.subtitle, TEXT_SIZE, true)?;
    page.name(row, "S/sentence")?;
    Ok(row + 1)
}

/// The agency's logo in a row of its own above the title; returns the next row.
fn logo<'a>(page: &mut Page<'a>, context: &Context<'a>) -> Result<u32, WorkbookError> {
    const HEIGHT: f64 = 60.0;
    let Some(logo) = &context.logo else { return Ok(0) };
    page.row_height(0, HEIGHT)?;
    // 96 pixels an inch, 72 points
    let scale = HEIGHT / 72.0 * 96.0 / logo.height().max(1.0);
    page.name(0, "S/logo")?;
    let logo = logo.clone().set_scale_height(scale).set_scale_width(scale).set_alt_text("ตราหน่วยงาน");
    let (width, _) = page.pixels((0, LAST), (0, 0));
    let left = (f64::from(width) - logo.width() * scale).max(0.0) / 2.0;
    page.sheet.insert_image_with_offset(0, 0, &logo, left as u32, 0)?;
    Ok(1)
}

/// Total, level, rank, and why this level; returns the next row.
fn result<'a>(page: &mut Page<'a>, row: u32, context: &Context<'a>) -> Result<u32, WorkbookError> {
    let (styles, cells, assessment) = (context.styles, context.cells, &context.report.assessment);
    page.header_blocks(row, &[((0, 2), "คะแนนรวม"), ((3, 5), "ระดับ"), ((6, 7), "อันดับ")], &styles.label)?;
    let values = row + 1;
    page.merge((values, values), (0, 2), &styles.figure)?;
    let total = cells.shown(FigureRow::Total)?;
    page.live(values, 0, &blank_as_text(&total), assessment.total.shown().into(), &styles.figure)?;
    page.merge((values, values), (3, 5), &styles.level)?;
    let level = assessment.level.shown().unwrap_or_default();
    page.live(values, 3, &format!("={}&\"\"", cells.fact(Fact::ShownLevel)), level.into(), &styles.level)?;
    page.merge((values, values), (6, 7), &styles.title_whole)?;
    let rank = assessment.rank.map(Decimal::from);
    page.live(values, 6, &blank_as_text(cells.fact(Fact::Rank)), rank.into(), &styles.title_whole)?;
    page.row_height(
        values,
        page.height("ต้องปรับปรุงโดยด่วน", (3, 5), 20.0, true).max(page.height("1", (0, 2), 24.0, true)),
    )?;
    let reason = values + 1;
    page.merge((reason, reason), (0, LAST), &styles.note)?;
    let text = context.digits.title(&assessment.level.reason);
    let text = text.as_str();
    page.live_text(reason, 0, (&format!("={}&\"\"", cells.fact(Fact::Reason)), text), &styles.note)?;
    for (row, name) in [(row, "head"), (values, "result"), (reason, "reason")] {
        page.name(row, &format!("S/{name}"))?;
    }
    let height = page.height(&context.longest_reason(), (0, LAST), TEXT_SIZE, false);
    page.row_height(reason, height)?;
    Ok(reason + 1)
}

/// A cell's value; an empty text where the cell is blank, which a bare reference would show as 0.
fn blank_as_text(cell: &str) -> String {
    format!("=IF(ISNUMBER({cell}),{cell},\"\")")
}

/// The table of indicators with its chart: beside it, or below where last year's figures take that place.
fn indicators<'a>(page: &mut Page<'a>, row: u32, context: &Context<'a>) -> Result<u32, WorkbookError> {
    let (styles, assessment) = (context.styles, &context.report.assessment);
    let words = &Wording::built_in().indicators;
    page.headers(row, &words.heads.each_ref().map(String::as_str), &styles.header)?;
    page.name(row, "S/indicators")?;
    let mut at = row + 1;
    for instrument in Instrument::ALL {
        let start = at;
        for indicator in context.framework.indicators_of(instrument) {
            page.text(at, 0, "", &styles.centred)?;
            page.text(at, 1, &context.digits.title(&indicator.number.to_string()), &styles.centred)?;
            page.text(at, 2, &indicator.title, &styles.text)?;
            let figure = assessment.indicators.iter().find(|result| result.number == indicator.number);
            let shown = figure.and_then(|result| result.figure.exact());
            self::figure(page, at, FigureRow::Indicator(indicator.number), shown, context)?;
            let height = page.height(&indicator.title, (2, 2), TEXT_SIZE, false);
            page.row_height(at, height)?;
            page.name(at, &format!("S/indicator-{}", indicator.number))?;
            at += 1;
        }
        if start < at {
            page.block((start, at - 1), (0, 0), instrument.name(), &styles.centred)?;
        }
    }
    for instrument in Instrument::ALL {
        let shown = assessment.instruments.get(&instrument).and_then(Figure::shown);
        let label = context.printed().instrument(instrument, context.instrument(instrument)?);
        page.block((at, at), (0, 2), &label, &styles.text)?;
        figure(page, at, FigureRow::Instrument(instrument), shown, context)?;
        page.name(at, &format!("S/{}", instrument.name()))?;
        page.row_height(at, page.one_line())?;
        at += 1;
    }
    let Some(previous) = &context.report.previous else {
        chart(page, (row, at - 1), (4, LAST), context)?;
        return Ok(at);
    };
    page.block((at, at), (0, 2), &words.total, &styles.text)?;
    figure(page, at, FigureRow::Total, assessment.total.shown(), context)?;
    page.name(at, "S/total")?;
    page.row_height(at, page.one_line())?;
    let year = previous
        .year
        .map_or("ปีก่อน".to_owned(), |year| format!("ปี {}", context.digits.title(&year.to_string())));
    page.text(row, 4, &year, &styles.header)?;
    page.text(row, 5, "เพิ่ม/ลด", &styles.header)?;
    let rows = (at + 1, at + CHART_ROWS);
    for line in rows.0..=rows.1 {
        page.row_height(line, page.one_line())?;
    }
    chart(page, rows, (0, LAST), context)?;
    Ok(rows.1 + 1)
}

/// A score as shown, and where last year's is known that and the change.
fn figure<'a>(
    page: &mut Page<'a>,
    row: u32,
    figure: FigureRow,
    shown: Option<Decimal>,
    context: &Context<'a>,
) -> Result<(), WorkbookError> {
    let (styles, cells) = (context.styles, context.cells);
    let shown_cell = cells.shown(figure)?;
    page.live(row, 3, &blank_as_text(&shown_cell), shown.into(), &styles.title_score)?;
    if context.report.previous.is_none() {
        return Ok(());
    }
    let previous = context.previous(figure);
    let cell = format!("'{SCORES}'!{}", local(cells.figure_row(figure)?, column::PREVIOUS));
    page.live(row, 4, &blank_as_text(&cell), previous.into(), &styles.title_score)?;
    let change = shown.zip(previous).map(|(shown, previous)| round2(shown - previous));
    let formula = format!("=IF(AND(ISNUMBER({shown_cell}),ISNUMBER({cell})),ROUND({shown_cell}-{cell},2),\"\")");
    page.live(row, 5, &formula, change.into(), &styles.change)
}

/// A named bar for each indicator, with its value; those below the pass mark have another colour.
fn chart<'a>(
    page: &mut Page<'a>,
    rows: (u32, u32),
    columns: (u16, u16),
    context: &Context<'a>,
) -> Result<(), WorkbookError> {
    let indicators = &context.framework.indicators;
    let (Some(first), Some(last)) = (indicators.first(), indicators.last()) else { return Ok(()) };
    let row = |number: u8| context.cells.figure_row(FigureRow::Indicator(number));
    let (from, to) = (row(first.number)?, row(last.number)?);
    let font = || ChartFont::new().set_name(context.font).set_size(12).clone();
    let assessment = &context.report.assessment;
    let all_published = assessment.indicators.iter().all(|result| result.figure.published.is_some());
    // Typed numbers give previewers something to draw; the shown column fills in where some are missing.
    let values = if all_published { column::PUBLISHED } else { column::SHOWN };
    let points: Vec<ChartPoint> = assessment
        .indicators
        .iter()
        .map(|result| {
            let weak = result.figure.shown().is_some_and(|score| round2(score) < assessment.threshold);
            let colour = if weak { CHART_LINE } else { CHART_COLUMN };
            let fill = ChartSolidFill::new().set_color(colour).clone();
            ChartPoint::new().set_format(ChartFormat::new().set_solid_fill(&fill))
        })
        .collect();
    let number = if context.digits == Digits::Arabic { ARABIC } else { THAI };
    let mut chart = Chart::new(ChartType::Bar);
    chart
        .add_series()
        .set_name("คะแนนตัวชี้วัด")
        .set_categories((SCORES, from, column::LABEL, to, column::LABEL))
        .set_values((SCORES, from, values, to, values))
        .set_gap(40)
        .set_points(&points)
        .set_data_label(ChartDataLabel::new().show_value().set_num_format(number).set_font(&font()))
        .set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(CHART_COLUMN)));
    let threshold = context.digits.title(&two_decimals(assessment.threshold));
    let title = format!("คะแนนรายตัวชี้วัด (สีแดงคือต่ำกว่า {threshold})");
    chart.title().set_name(&title).set_font(font().set_size(12).unset_bold());
    // The first indicator stands at the top, the scale below the last.
    chart.y_axis().set_font(&font()).set_reverse();
    chart.x_axis().set_min(0).set_max(100).set_major_unit(20).set_font(&font()).set_num_format("0").set_hidden(true);
    chart.x_axis().set_major_gridlines(false);
    chart.legend().set_hidden();
    // The sheet of scores is hidden where the workbook is for publication.
    chart.show_hidden_data();
    chart.set_alt_text("แผนภูมิแท่งแสดงคะแนนของตัวชี้วัดทั้งสิบ แท่งสีแดงคือตัวชี้วัดที่ต่ำกว่าเกณฑ์");
    let (width, height) = page.pixels(columns, rows);
    chart.set_width(width.saturating_sub(8)).set_height(height);
    page.sheet.insert_chart_with_offset(rows.0, columns.0, &chart, 6, 0)?;
    Ok(())
}

/// The issues with their means, lowest questions and statuses; returns the next row.
fn issues<'a>(page: &mut Page<'a>, row: u32, context: &Context<'a>) -> Result<u32, WorkbookError> {
    let (styles, cells) = (context.styles, context.cells);
    page.block((row - 1, row - 1), (0, LAST), "ผลตามประเด็นการวิเคราะห์", &styles.heading)?;
    page.row_height(row - 1, page.one_line())?;
    let headers = [((0, 0), "ที่"), ((1, 3), "ประเด็น"), ((4, 4), "ค่าเฉลี่ย"), ((5, 5), "ต่ำสุด"), ((6, 7), "สถานะ")];
    page.header_blocks(row, &headers, &styles.header)?;
    page.name(row - 1, "S/-issues")?;
    page.name(row, "S/issues")?;
    let mut at = row + 1;
    for (issue, result) in context.framework.issues.iter().zip(&context.report.assessment.issues) {
        let scores = cells.arguments(issue.questions.iter().copied(), column::SCORE)?;
        let title = context.digits.number(&issue.number.to_string());
        let ranks = cells.arguments(issue.questions.iter().copied(), column::RANK)?;
        page.text(at, 0, &title, &styles.centred)?;
        page.block((at, at), (1, 3), &issue.title, &styles.text)?;
        page.live(at, 4, &formulas::mean(&scores), result.mean.into(), &styles.score)?;
        let lowest = result.lowest.map(|(code, _)| code.to_string()).unwrap_or_default();
        let formula = formulas::text_of_rank(cells, &format!("MIN({ranks})"), column::CODE);
        page.live(at, 5, &formula, lowest.as_str().into(), &styles.centred)?;
        page.merge((at, at), (6, 7), &styles.status)?;
        let count = Decimal::from(context.weak_questions(result));
        page.live(at, COUNT, &formulas::weak_count(cells, &scores), Some(count).into(), &styles.plain)?;
        page.name(at, &format!("S/issue-{}", issue.number))?;
        let status = context.issue_status(result);
        let formula = formulas::issue_status(cells, &local(at, COUNT), &scores, context.digits);
        page.live(at, 6, &formula, status.as_str().into(), &styles.status)?;
        let height = page.height(&issue.title, (1, 3), TEXT_SIZE, false);
        page.row_height(at, height)?;
        at += 1;
    }
    page.sheet.set_column_hidden(COUNT)?;
    page.colour_statuses((row + 1, at - 1), 6)?;
    Ok(at)
}

impl Context<'_> {
    /// How many questions of an issue fall short.
    fn weak_questions(&self, result: &IssueResult) -> usize {
        let codes = result.groups.iter().flat_map(|(_, codes)| codes);
        codes.filter(|code| self.report.assessment.status(**code) == Status::Weak).count()
    }

    /// How an issue stands: how many of its questions fall short, or the status of its lowest.
    fn issue_status(&self, result: &IssueResult) -> String {
        let weak = self.weak_questions(result);
        if weak == 0 {
            result.status.thai().to_owned()
        } else {
            format!("{WEAK_QUESTIONS} {} ข้อ", self.digits.number(&weak.to_string()))
        }
    }
}

/// What takes the place of the issues where it is not known which questions they have; returns the next row.
fn no_issues<'a>(page: &mut Page<'a>, row: u32, context: &Context<'a>) -> Result<u32, WorkbookError> {
    let text = context.printed().no_issues();
    page.line(row, &text, &context.styles.note, TEXT_SIZE, false)?;
    page.name(row, "S/no-issues")?;
    Ok(row + 1)
}

/// The questions with the lowest scores; returns the next row.
fn weakest<'a>(page: &mut Page<'a>, row: u32, context: &Context<'a>) -> Result<u32, WorkbookError> {
    let (styles, cells, assessment) = (context.styles, context.cells, &context.report.assessment);
    page.block((row - 1, row - 1), (0, LAST), "ข้อที่ได้คะแนนต่ำที่สุด", &styles.heading)?;
    page.row_height(row - 1, page.one_line())?;
    let headers = [((0, 0), "ที่"), ((1, 1), "ข้อ"), ((2, 4), "เรื่องที่ประเมิน"), ((5, 5), "คะแนน"), ((6, 7), "สถานะ")];
    page.header_blocks(row, &headers, &styles.header)?;
    page.name(row - 1, "S/-weakest")?;
    page.name(row, "S/weakest")?;
    let ranked = lowest_first(assessment.questions.keys().copied(), |code| assessment.score(code));
    let mut at = row + 1;
    for n in 1..=WEAKEST {
        let lowest = usize::try_from(n - 1).ok().and_then(|index| ranked.get(index)).copied();
        let wanted = n.to_string();
        page.text(at, 0, &context.digits.number(&wanted), &styles.centred)?;
        let code = lowest.map(|(code, _)| code.to_string()).unwrap_or_default();
        page.live(at, 1, &formulas::link_to_rank(cells, &wanted), code.as_str().into(), &styles.centred_link)?;
        page.merge((at, at), (2, 4), &styles.text)?;
        let title = lowest.map_or(Ok(Cow::Borrowed("")), |(code, _)| context.title(code))?;
        page.live(at, 2, &formulas::text_of_rank(cells, &wanted, column::TITLE), title.as_ref().into(), &styles.text)?;
        let score = lowest.map(|(_, score)| score);
        page.live(at, 5, &formulas::number_of_rank(cells, &wanted, column::SCORE), score.into(), &styles.score)?;
        page.merge((at, at), (6, 7), &styles.status)?;
        let status = lowest.map(|(code, _)| assessment.status(code).thai()).unwrap_or_default();
        page.live(at, 6, &formulas::text_of_rank(cells, &wanted, column::STATUS), status.into(), &styles.status)?;
        let height = page.height(&title, (2, 4), TEXT_SIZE, false);
        page.row_height(at, height)?;
        page.name(at, &format!("S/weakest-{n}"))?;
        at += 1;
    }
    page.colour_statuses((row + 1, at - 1), 6)?;
    Ok(at)
}
