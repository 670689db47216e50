//! Every agency's every score, coloured by rules over whole ranges; the numbers stand in the cells.

use rust_decimal::Decimal;
use rust_xlsxwriter::{ConditionalFormatBlank, ConditionalFormatCell, ConditionalFormatCellRule, Format, Worksheet};

use crate::domain::figure::{round2, two_decimals};
use crate::framework::{Framework, Indicator, QuestionCode};
use crate::write::xlsx::error::{WorkbookError, row_count};
use crate::write::xlsx::kit::sheet::{Page, Paper, float};
use crate::write::xlsx::kit::style::STATUS_COLOURS;
use crate::write::xlsx::overview::table;
use crate::write::xlsx::overview::table::TableValue;
use crate::write::xlsx::overview::{Frame, SMALL_SIZE, league};

/// Over the codes stand the indicators and the group's means: all three rows stay on the screen.
const INDICATOR_ROW: u32 = 2;
const MEAN_ROW: u32 = 3;
const CODE_ROW: u32 = 4;

/// Rank, name, total, province.
const BEFORE: u16 = 4;

/// The columns that are repeated on every printed page: rank, name and total.
const REPEATED: u16 = 3;

/// The width of a score's column, in characters.
const SCORE_WIDTH: f64 = 6.6;

/// The scale on paper in percent, and the characters that a lying page then has room for.
const SCALE: u16 = 44;
const ROOM: f64 = 258.0;

/// Text and fill of scores that are far below the threshold.
const FAR_BELOW: (u32, u32) = (0x0073_0B05, 0x00F3_B4AE);

pub(in crate::write::xlsx) fn write(sheet: &mut Worksheet, frame: &Frame<'_>) -> Result<(), WorkbookError> {
    let overview = frame.overview;
    let groups = groups(&overview.framework);
    let codes: Vec<QuestionCode> = groups.iter().flat_map(|(_, codes)| codes).copied().collect();
    let mut widths = vec![8.0, league::name_width(frame), 9.5, 15.0];
    widths.extend(codes.iter().map(|_| SCORE_WIDTH));
    let note = frame.styles.note.clone().unset_text_wrap();
    Page::write(sheet, frame.breaks, &widths, Paper::Landscape, |page| {
        page.sheet.set_default_row_height(page.one_line());
        // Over the columns that stay on the screen only, so that they can be read wherever the sheet is scrolled to.
        page.text(0, 0, "ตารางสีคะแนนรายหน่วยงานและรายข้อ", &frame.styles.heading)?;
        page.text(1, 0, &legend(frame), &note)?;
        let breaks = headers(page, &groups, &widths, frame)?;
        for (row, standing) in (CODE_ROW + 1..).zip(&overview.standings) {
            let result = standing.result;
            table::value(page, (row, 0), &TableValue::Count(standing.rank), frame)?;
            page.text(row, 1, &frame.agency(result), &frame.formats.shrunk)?;
            table::value(page, (row, 2), &TableValue::Score(standing.total()), frame)?;
            page.text(row, 3, result.province.as_deref().unwrap_or_default(), &frame.formats.shrunk)?;
            for (column, code) in (BEFORE..).zip(&codes) {
                let score = result.questions.get(code).copied().flatten();
                page.number(row, column, score.map(round2), &frame.formats.small_score)?;
            }
        }
        let end = CODE_ROW + row_count(overview.standings.len())?;
        colour(page, end, frame)?;
        let last = page.last;
        page.sheet.autofilter(CODE_ROW, 0, end, last)?;
        page.sheet.set_freeze_panes(CODE_ROW + 1, REPEATED)?;
        page.sheet.set_repeat_rows(INDICATOR_ROW, CODE_ROW)?;
        page.sheet.set_repeat_columns(0, REPEATED - 1)?;
        page.sheet.set_print_area(0, 0, end, last)?;
        page.sheet.set_print_scale(SCALE);
        page.sheet.set_vertical_page_breaks(&breaks)?;
        Ok(())
    })
}

/// The questions by indicator, with its title; last those that no indicator is known for.
fn groups(framework: &Framework) -> Vec<(String, Vec<QuestionCode>)> {
    let titled = |indicator: &Indicator| {
        (format!("{} {}", indicator.number, indicator.title), indicator.all_questions().collect())
    };
    let mut groups: Vec<(String, Vec<QuestionCode>)> = framework.indicators.iter().map(titled).collect();
    let rest = framework.questions.keys().copied().filter(|code| framework.indicator_of(*code).is_none());
    groups.push((String::new(), rest.collect()));
    groups.retain(|(_, codes)| !codes.is_empty());
    groups
}

/// The three rows of headers; returns the columns before which a page ends, so that no indicator is cut.
fn headers<'a>(
    page: &mut Page<'a>,
    groups: &[(String, Vec<QuestionCode>)],
    widths: &[f64],
    frame: &Frame<'a>,
) -> Result<Vec<u32>, WorkbookError> {
    let (formats, overview) = (frame.formats, frame.overview);
    for (column, text) in (0u16..).zip(["อันดับ", "หน่วยงาน", "คะแนนรวม", "จังหวัด"])
    {
        page.text(INDICATOR_ROW, column, "", &formats.small_header)?;
        page.text(MEAN_ROW, column, "", &formats.small_mean)?;
        page.text(CODE_ROW, column, text, &formats.small_header)?;
    }
    page.text(MEAN_ROW, 1, "ค่าเฉลี่ยของกลุ่ม", &formats.small_mean)?;
    page.number(MEAN_ROW, 2, overview.totals.mean.map(round2), &formats.small_mean)?;
    let repeated: f64 = widths.iter().take(usize::from(REPEATED)).sum();
    let mut filled: f64 = widths.iter().take(usize::from(BEFORE)).sum();
    let (mut column, mut breaks) = (BEFORE, Vec::new());
    for (title, codes) in groups {
        let first = column;
        for code in codes {
            let mean = overview.questions.get(code).and_then(|statistic| statistic.mean);
            page.number(MEAN_ROW, column, mean.map(round2), &formats.small_mean)?;
            page.text(CODE_ROW, column, &code.to_string(), &formats.small_header)?;
            column += 1;
        }
        page.block((INDICATOR_ROW, INDICATOR_ROW), (first, column - 1), title, &formats.small_header)?;
        let width = f64::from(column - first) * (SCORE_WIDTH + 0.7);
        if filled + width > ROOM {
            breaks.push(u32::from(first));
            filled = repeated;
        }
        filled += width;
    }
    let two_lines = page.height("ก", (0, 0), SMALL_SIZE, true) * 2.0;
    page.row_height(INDICATOR_ROW, two_lines)?;
    page.row_height(CODE_ROW, page.one_line())?;
    Ok(breaks)
}

/// What the colours say, in words.
fn legend(frame: &Frame<'_>) -> String {
    let number = |score: Decimal| frame.digits.number(&two_decimals(score));
    let threshold = number(frame.overview.threshold);
    let far = far_below(frame).map_or(String::new(), |far| format!("แดงเข้ม ต่ำกว่า {}  ", number(far)));
    format!("เขียว 100  เหลือง ตั้งแต่ {threshold} แต่ไม่ถึง 100  แดง ต่ำกว่า {threshold}  {far}เทา ไม่มีคะแนน  เรียงตามอันดับ")
}

/// The score below which a level calls for urgent improvement, if it lies below the threshold.
fn far_below(frame: &Frame<'_>) -> Option<Decimal> {
    let levels = frame.overview.framework.levels.iter();
    let far = levels.filter(|level| !level.passes).map(|level| level.total).max()?;
    (far > Decimal::ZERO && far < frame.overview.threshold).then_some(far)
}

/// One rule a colour over all scores. Blank cells come first: they count as 0 to the others.
fn colour<'a>(page: &mut Page<'a>, end: u32, frame: &Frame<'a>) -> Result<(), WorkbookError> {
    let [weak, passed, full, none] = STATUS_COLOURS;
    let format = |(text, fill): (u32, u32)| Format::new().set_font_color(text).set_background_color(fill);
    let last = page.last;
    let area = (CODE_ROW + 1, BEFORE, end, last);
    let blank = ConditionalFormatBlank::new().set_format(format(none)).set_stop_if_true(true);
    page.sheet.add_conditional_format(area.0, area.1, area.2, area.3, &blank)?;
    let threshold = float(frame.overview.threshold)?;
    let mut rules = vec![(ConditionalFormatCellRule::GreaterThanOrEqualTo(100.0), full)];
    rules.push((ConditionalFormatCellRule::GreaterThanOrEqualTo(threshold), passed));
    if let Some(far) = far_below(frame) {
        rules.push((ConditionalFormatCellRule::LessThan(float(far)?), FAR_BELOW));
    }
    rules.push((ConditionalFormatCellRule::LessThan(threshold), weak));
    for (rule, colours) in rules {
        let condition = ConditionalFormatCell::new().set_rule(rule).set_format(format(colours)).set_stop_if_true(true);
        page.sheet.add_conditional_format(area.0, area.1, area.2, area.3, &condition)?;
    }
    Ok(())
}
