//! The story of the group on two printed pages: what it has reached, where it is weak, who is almost there.

use rust_decimal::Decimal;
use rust_xlsxwriter::{Chart, Worksheet};

use crate::domain::figure::round2;
use crate::domain::sheet_names::overview::{FIRST, INDICATORS};
use crate::overview::{PlaceResult, percent};
use crate::write::xlsx::error::{WorkbookError, row_count};
use crate::write::xlsx::kit::sheet::{Page, Paper};
use crate::write::xlsx::kit::style::TEXT_SIZE;
use crate::write::xlsx::overview::charts;
use crate::write::xlsx::overview::charts::{ChartSource, Words};
use crate::write::xlsx::overview::statistics::{INDICATOR_LABEL, INDICATOR_MARK, INDICATOR_MEAN};
use crate::write::xlsx::overview::table;
use crate::write::xlsx::overview::table::{HEADER_ROW, TableValue};
use crate::write::xlsx::overview::{Frame, near_pass, story, with_commas};

/// Widths of the columns in characters; printed a little smaller than written.
const WIDTHS: [f64; 10] = [6.0, 8.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0];
const LAST: u16 = 9;
const SCALE: u16 = 73;

/// Rows of the standard height that the chart of indicators takes up.
const CHART_ROWS: u32 = 10;

/// How many of the agencies nearest to the pass mark are told here.
const NEAREST: usize = 10;

/// How many of their weak indicators are told here.
const INDICATORS_EACH: usize = 3;

pub(in crate::write::xlsx) fn write(sheet: &mut Worksheet, frame: &Frame<'_>) -> Result<(), WorkbookError> {
    Page::write(sheet, frame.breaks, &WIDTHS, Paper::Portrait, |page| {
        let year = frame.digits.title(&frame.overview.framework.year.to_string());
        page.line(0, &format!("ภาพรวม{}", frame.overview.framework.name), &frame.styles.title, 18.0, true)?;
        page.line(1, &format!("ปีงบประมาณ พ.ศ. {year}"), &frame.styles.title, 18.0, true)?;
        page.line(2, &scope(frame), &frame.styles.subtitle, TEXT_SIZE, true)?;
        let mut row = figures(page, 3, frame)?;
        for paragraph in story::paragraphs(frame) {
            page.line(row, &paragraph, &frame.styles.text, TEXT_SIZE, false)?;
            row += 1;
        }
        if !frame.overview.standings.is_empty() {
            row = levels(page, row + 1, frame)?;
            row = indicators(page, row + 1, frame)?;
            page.sheet.set_page_breaks(&[row])?;
            row = weakest(page, row, frame)?;
            row = nearest(page, row + 1, frame)?;
        }
        page.sheet.set_print_area(0, 0, row - 1, LAST)?;
        page.sheet.set_print_scale(SCALE);
        page.sheet.set_print_center_horizontally(true);
        Ok(())
    })
}

/// How many agencies of how many places.
fn scope(frame: &Frame<'_>) -> String {
    let overview = frame.overview;
    let provinces = overview.provinces.iter().filter(|place| place.province.is_some()).count();
    let districts = overview.districts.iter().filter(|place| place.district.is_some()).count();
    let mut text = format!("{} หน่วยงาน", with_commas(overview.standings.len()));
    if districts > 0 {
        text.push_str(&format!(" {districts} อำเภอ/เขต"));
    }
    match overview.provinces.as_slice() {
        [PlaceResult { province: Some(name), .. }] => text.push_str(&format!(" จังหวัด{name}")),
        _ if provinces > 0 => text.push_str(&format!(" {provinces} จังหวัด")),
        _ => {}
    }
    frame.digits.title(&text)
}

/// The four figures that matter most; returns the next row.
fn figures<'a>(page: &mut Page<'a>, row: u32, frame: &Frame<'a>) -> Result<u32, WorkbookError> {
    let (styles, totals) = (frame.styles, &frame.overview.totals);
    let blocks = [
        ((0, 2), "หน่วยงาน", Some(Decimal::from(frame.overview.standings.len())), &frame.formats.figure_count),
        ((3, 5), "คะแนนรวมเฉลี่ย", totals.mean, &styles.figure),
        ((6, 7), "มัธยฐาน", totals.median, &styles.figure),
        ((8, 9), "ผ่านเกณฑ์ (ร้อยละ)", totals.share(), &styles.figure),
    ];
    let labels = blocks.map(|(columns, label, _, _)| (columns, label));
    page.header_blocks(row, &labels, &styles.label)?;
    for (columns, _, number, format) in blocks {
        page.merge((row + 1, row + 1), columns, format)?;
        page.number(row + 1, columns.0, number.map(round2), format)?;
    }
    let height = page.height("1", (0, 2), 24.0, true);
    page.row_height(row + 1, height)?;
    Ok(row + 2)
}

/// How many agencies have reached which level, as a table and a chart beside it; returns the next row.
fn levels<'a>(page: &mut Page<'a>, row: u32, frame: &Frame<'a>) -> Result<u32, WorkbookError> {
    let (styles, overview) = (frame.styles, frame.overview);
    heading(page, row - 1, "ระดับผลการประเมิน", frame)?;
    page.header_blocks(row, &[((0, 2), "ระดับ"), ((3, 3), "แห่ง"), ((4, 4), "ร้อยละ")], &styles.header)?;
    let mut at = row + 1;
    for (name, count) in &overview.levels {
        let name = name.as_deref().unwrap_or("ไม่ทราบระดับ");
        page.block((at, at), (0, 2), name, &styles.text)?;
        table::value(page, (at, 3), &TableValue::Count(Some(*count)), frame)?;
        let share = percent(*count, overview.standings.len());
        table::value(page, (at, 4), &TableValue::Score(share), frame)?;
        let height = page.height(name, (0, 2), TEXT_SIZE, false);
        page.row_height(at, height.max(page.one_line() * 1.25))?;
        at += 1;
    }
    let source = ChartSource { sheet: FIRST, rows: (row + 1, at - 1), categories: 0, values: 3 };
    let words = Words {
        title: "จำนวนหน่วยงานตามระดับ",
        alt: "แผนภูมิแท่งแสดงจำนวนหน่วยงานในแต่ละระดับผลการประเมิน ตัวเลขอยู่ในตารางด้านซ้าย",
    };
    place(page, (row, at - 1), (5, LAST), charts::counts(source, &words, frame))?;
    Ok(at)
}

/// The indicators' means as a chart; returns the next row.
fn indicators<'a>(page: &mut Page<'a>, row: u32, frame: &Frame<'a>) -> Result<u32, WorkbookError> {
    let count = row_count(frame.overview.indicators.len())?;
    let rows = (row, row + CHART_ROWS - 1);
    for row in rows.0..=rows.1 {
        page.row_height(row, page.one_line())?;
    }
    let source = ChartSource {
        sheet: INDICATORS,
        rows: (HEADER_ROW + 1, HEADER_ROW + count),
        categories: INDICATOR_LABEL,
        values: INDICATOR_MEAN,
    };
    let words = Words {
        title: "คะแนนเฉลี่ยรายตัวชี้วัดเทียบกับเกณฑ์",
        alt: "แผนภูมิแท่งแสดงคะแนนเฉลี่ยของกลุ่มในแต่ละตัวชี้วัด เทียบกับเส้นเกณฑ์ ตัวเลขอยู่ในชีตรายตัวชี้วัด",
    };
    place(page, rows, (0, LAST), charts::columns(source, INDICATOR_MARK, &words, frame))?;
    Ok(rows.1 + 1)
}

/// The questions with the lowest means; returns the next row.
fn weakest<'a>(page: &mut Page<'a>, row: u32, frame: &Frame<'a>) -> Result<u32, WorkbookError> {
    let (styles, overview) = (frame.styles, frame.overview);
    let weakest = overview.weakest();
    let text = format!("ข้อที่กลุ่มได้คะแนนเฉลี่ยต่ำที่สุด {} ข้อ", frame.count(weakest.len()));
    heading(page, row, &text, frame)?;
    let headers = [
        ((0, 0), "ที่"),
        ((1, 1), "ข้อ"),
        ((2, 6), "เรื่องที่ประเมิน"),
        ((7, 7), "ค่าเฉลี่ย"),
        ((8, 8), "มัธยฐาน"),
        ((9, 9), "ถึงเกณฑ์ (ร้อยละ)"),
    ];
    page.header_blocks(row + 1, &headers, &styles.header)?;
    let mut at = row + 2;
    for (n, (code, statistic)) in (1usize..).zip(weakest) {
        let title = frame.title_of(code)?;
        table::value(page, (at, 0), &TableValue::Count(Some(n)), frame)?;
        page.text(at, 1, &code.to_string(), &styles.centred)?;
        page.block((at, at), (2, 6), title, &styles.text)?;
        for (column, score) in (7u16..).zip([statistic.mean, statistic.median, statistic.share()]) {
            table::value(page, (at, column), &TableValue::Score(score), frame)?;
        }
        let height = page.height(title, (2, 6), TEXT_SIZE, false);
        page.row_height(at, height)?;
        at += 1;
    }
    Ok(at)
}

/// The agencies nearest to the pass mark from below and what holds them; returns the next row.
fn nearest<'a>(page: &mut Page<'a>, row: u32, frame: &Frame<'a>) -> Result<u32, WorkbookError> {
    let (styles, overview) = (frame.styles, frame.overview);
    heading(page, row, "หน่วยงานที่ใกล้ผ่านเกณฑ์ที่สุด และสิ่งที่ยังขาด", frame)?;
    let headers = [
        ((0, 0), "ที่"),
        ((1, 4), "หน่วยงาน"),
        ((5, 5), "คะแนนรวม"),
        ((6, 6), "คะแนนที่ขาด"),
        ((7, 9), "ตัวชี้วัดที่ควรเร่งปรับปรุง (คะแนนที่ขาด)"),
    ];
    page.header_blocks(row + 1, &headers, &styles.header)?;
    let mut at = row + 2;
    for (n, near) in (1usize..).zip(overview.nearest.iter().take(NEAREST)) {
        let result = near.standing.result;
        let place = [&result.district, &result.province].into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
        let name = if place.is_empty() { frame.agency(result) } else { format!("{} ({place})", frame.agency(result)) };
        let held = near_pass::indicators(near, frame, INDICATORS_EACH);
        table::value(page, (at, 0), &TableValue::Count(Some(n)), frame)?;
        page.block((at, at), (1, 4), &name, &styles.text)?;
        table::value(page, (at, 5), &TableValue::Score(near.standing.total()), frame)?;
        table::value(page, (at, 6), &TableValue::Score(Some(near.missing)), frame)?;
        page.block((at, at), (7, 9), &held, &styles.text)?;
        let heights = [page.height(&name, (1, 4), TEXT_SIZE, false), page.height(&held, (7, 9), TEXT_SIZE, false)];
        page.row_height(at, heights.into_iter().fold(page.one_line(), f64::max))?;
        at += 1;
    }
    if overview.nearest.is_empty() {
        page.line(at, "ไม่มีหน่วยงานที่คะแนนรวมต่ำกว่าเกณฑ์", &styles.text, TEXT_SIZE, false)?;
        at += 1;
    }
    Ok(at)
}

fn heading<'a>(page: &mut Page<'a>, row: u32, text: &str, frame: &Frame<'a>) -> Result<(), WorkbookError> {
    page.block((row, row), (0, LAST), text, &frame.styles.heading)?;
    page.row_height(row, page.one_line())?;
    Ok(())
}

/// Puts a chart over a block of cells.
fn place(page: &mut Page<'_>, rows: (u32, u32), columns: (u16, u16), mut chart: Chart) -> Result<(), WorkbookError> {
    let (width, height) = page.pixels(columns, rows);
    // columns are a little narrower in LibreOffice than in Excel
    chart.set_width(width.saturating_sub(8 + width / 25)).set_height(height.saturating_sub(2));
    page.sheet.insert_chart_with_offset(rows.0, columns.0, &chart, 6, 1)?;
    Ok(())
}
