//! Means, medians and shares by question, indicator and issue, each with a chart.

use rust_decimal::Decimal;
use rust_xlsxwriter::{Chart, Worksheet};

use crate::domain::sheet_names::overview::{INDICATORS, ISSUES, QUESTIONS};
use crate::framework::QuestionCode;
use crate::overview::Statistic;
use crate::write::xlsx::error::{WorkbookError, row_count};
use crate::write::xlsx::kit::pagination::Pagination;
use crate::write::xlsx::kit::sheet::{Page, Paper};
use crate::write::xlsx::overview::Frame;
use crate::write::xlsx::overview::charts;
use crate::write::xlsx::overview::charts::{ChartSource, Words};
use crate::write::xlsx::overview::table;
use crate::write::xlsx::overview::table::{Column, HEADER_ROW, TableValue};

/// The columns of a statistic.
const STATISTIC: [Column<'_>; 7] = [
    ("จำนวน\nหน่วยงาน", 10.0),
    ("ค่าเฉลี่ย", 9.5),
    ("มัธยฐาน", 9.5),
    ("ต่ำสุด", 9.0),
    ("สูงสุด", 9.0),
    ("ถึงเกณฑ์ (แห่ง)", 10.0),
    ("ถึงเกณฑ์ (ร้อยละ)", 10.0),
];

/// The column of the means on the sheet of indicators, from 0, and that of the mark.
pub(in crate::write::xlsx) const INDICATOR_MEAN: u16 = 4;
/// See [`INDICATOR_MEAN`].
pub(in crate::write::xlsx) const INDICATOR_MARK: u16 = 10;
/// The column of the labels on the sheet of indicators.
pub(in crate::write::xlsx) const INDICATOR_LABEL: u16 = 0;

/// The columns of no given width beside the table of questions that its charts lie over, and how wide these are in pixels.
const CHART_COLUMNS: u16 = 5;
const CHART_WIDTH: u32 = 400;

/// The scale of the sheet of questions on paper, in percent: a lying page then takes the table and the charts beside it.
const QUESTIONS_SCALE: u16 = 60;

/// Rows of the standard height that a chart under a table takes up.
const CHART_ROWS: u32 = 11;

/// The values of a statistic.
fn values(statistic: &Statistic) -> [TableValue; 7] {
    [
        TableValue::Count(Some(statistic.count)),
        TableValue::Score(statistic.mean),
        TableValue::Score(statistic.median),
        TableValue::Score(statistic.lowest),
        TableValue::Score(statistic.highest),
        TableValue::Count(Some(statistic.passing)),
        TableValue::Score(statistic.share()),
    ]
}

pub(in crate::write::xlsx) fn questions(sheet: &mut Worksheet, frame: &Frame<'_>) -> Result<(), WorkbookError> {
    let overview = frame.overview;
    let mut columns: Vec<Column<'_>> = vec![("ข้อ", 7.0), ("ตัวชี้วัด", 9.0), ("เรื่องที่ประเมิน", 46.0)];
    columns.extend(STATISTIC);
    let note = frame.mark_note();
    frame.page(
        sheet,
        &table::widths(&columns),
        Paper::Landscape,
        "ผลรายข้อคำถาม",
        &note,
        |page| {
            let row = |(code, statistic): (&QuestionCode, &Statistic)| {
                let indicator = overview.framework.indicator_of(*code).map(|indicator| indicator.number.to_string());
                let title = frame.title_of(*code)?.to_owned();
                let head = [
                    TableValue::Centred(code.to_string()),
                    TableValue::Centred(indicator.unwrap_or_default()),
                    TableValue::Text(title),
                ];
                Ok(head.into_iter().chain(values(statistic)).collect())
            };
            let rows: Result<Vec<Vec<TableValue>>, WorkbookError> = overview.questions.iter().map(row).collect();
            let end = table::write(page, &columns, rows?.into_iter(), frame)?;
            let beside = page.last + 1;
            table::set_up(page, end, true, beside + CHART_COLUMNS)?;
            let above = page.rows_height((0, HEADER_ROW - 1));
            let mut flow = Pagination::scaled(QUESTIONS_SCALE, above, page.rows_height((HEADER_ROW, HEADER_ROW)));
            let questions: Vec<(QuestionCode, Option<Decimal>)> =
                overview.questions.iter().map(|(code, statistic)| (*code, statistic.mean)).collect();
            let mut first = HEADER_ROW + 1;
            for of_instrument in questions.chunk_by(|a, b| a.0.instrument() == b.0.instrument()) {
                let height = page.rows_height((first, first + row_count(of_instrument.len())? - 1));
                // No chart lies over a page's end: what fills more than a page is shared out evenly.
                let pages = (height / flow.most()).ceil().max(1.0) as usize;
                for part in of_instrument.chunks(of_instrument.len().div_ceil(pages)) {
                    let rows = (first, first + row_count(part.len())? - 1);
                    let height = page.rows_height(rows);
                    flow.keep(first, height);
                    flow.put(height);
                    let chart = question_chart(part, rows, height, frame);
                    page.sheet.insert_chart_with_offset(first, beside, &chart, 12, 0)?;
                    first = rows.1 + 1;
                }
            }
            page.sheet.set_print_scale(QUESTIONS_SCALE).set_page_breaks(&flow.breaks)?;
            Ok(())
        },
    )
}

/// The chart of some questions, as high as their rows.
fn question_chart(
    questions: &[(QuestionCode, Option<Decimal>)],
    rows: (u32, u32),
    height: f64,
    frame: &Frame<'_>,
) -> Chart {
    let source = ChartSource { sheet: QUESTIONS, rows, categories: 0, values: 4 };
    let instrument = questions.first().map_or("", |(code, _)| code.instrument().name());
    let words = Words {
        title: &format!("คะแนนเฉลี่ยรายข้อ {instrument} (สีแดงคือต่ำกว่าเกณฑ์)"),
        alt: "แผนภูมิแท่งแสดงคะแนนเฉลี่ยของกลุ่มในแต่ละข้อคำถาม ข้อที่ต่ำกว่าเกณฑ์เป็นสีแดง ตัวเลขอยู่ในตารางด้านซ้าย",
    };
    let means: Vec<Option<Decimal>> = questions.iter().map(|(_, mean)| *mean).collect();
    let mut chart = charts::bars(source, &means, frame.overview.threshold, &words, frame);
    // 0.75 points a pixel; one question's chart still needs room for its title
    chart.set_width(CHART_WIDTH).set_height(((height / 0.75) as u32).saturating_sub(4).max(110));
    chart
}

pub(in crate::write::xlsx) fn indicators(sheet: &mut Worksheet, frame: &Frame<'_>) -> Result<(), WorkbookError> {
    let overview = frame.overview;
    let mut columns: Vec<Column<'_>> = vec![("ที่", 8.5), ("แบบ", 7.0), ("ตัวชี้วัดและเครื่องมือ", 34.0)];
    columns.extend(STATISTIC);
    columns.push(("เกณฑ์", 8.5));
    let note = frame.mark_note();
    frame.page(
        sheet,
        &table::widths(&columns),
        Paper::Landscape,
        "ผลรายตัวชี้วัดและเครื่องมือ",
        &note,
        |page| {
            let framework = &overview.framework;
            let row = |label: String,
                       instrument: &str,
                       title: &str,
                       statistic: &Statistic,
                       mark: Decimal|
             -> Vec<TableValue> {
                let head = [
                    TableValue::Centred(label),
                    TableValue::Centred(instrument.to_owned()),
                    TableValue::Text(title.to_owned()),
                ];
                head.into_iter().chain(values(statistic)).chain([TableValue::Score(Some(mark))]).collect()
            };
            let indicators = framework.indicators.iter().filter_map(|indicator| {
                let statistic = overview.indicators.get(&indicator.number)?;
                Some(row(
                    indicator.number.to_string(),
                    indicator.instrument.name(),
                    &indicator.title,
                    statistic,
                    overview.threshold,
                ))
            });
            let instruments: Result<Vec<Vec<TableValue>>, WorkbookError> = overview
                .instruments
                .iter()
                .map(|(instrument, statistic)| {
                    let facts =
                        framework.instruments.get(instrument).ok_or(WorkbookError::NoInstrument(*instrument))?;
                    Ok(row(String::new(), instrument.name(), &facts.title, statistic, overview.pass_mark))
                })
                .collect();
            let total = std::iter::once(row(String::new(), "รวม", "คะแนนรวม", &overview.totals, overview.pass_mark));
            let end = table::write(page, &columns, indicators.chain(instruments?).chain(total), frame)?;
            let count = row_count(overview.indicators.len())?;
            let source = ChartSource {
                sheet: INDICATORS,
                rows: (HEADER_ROW + 1, HEADER_ROW + count),
                categories: INDICATOR_LABEL,
                values: INDICATOR_MEAN,
            };
            let words = Words {
                title: "คะแนนเฉลี่ยรายตัวชี้วัดเทียบกับเกณฑ์",
                alt: "แผนภูมิแท่งแสดงคะแนนเฉลี่ยของกลุ่มในแต่ละตัวชี้วัด เทียบกับเส้นเกณฑ์ ตัวเลขอยู่ในตารางด้านบน",
            };
            below(page, end, &charts::columns(source, INDICATOR_MARK, &words, frame))
        },
    )
}

pub(in crate::write::xlsx) fn issues(sheet: &mut Worksheet, frame: &Frame<'_>) -> Result<(), WorkbookError> {
    let overview = frame.overview;
    let mut columns: Vec<Column<'_>> = vec![("ประเด็นที่", 9.5), ("ประเด็นการวิเคราะห์", 40.0)];
    columns.extend(STATISTIC);
    columns.push(("เกณฑ์", 8.5));
    let note = format!("{} ผลของหน่วยงานคือค่าเฉลี่ยของข้อคำถามในประเด็นที่มีคะแนน", frame.mark_note());
    frame.page(
        sheet,
        &table::widths(&columns),
        Paper::Landscape,
        "ผลรายประเด็นการวิเคราะห์",
        &note,
        |page| {
            let rows = overview.framework.issues.iter().filter_map(|issue| {
                let statistic = overview.issues.get(&issue.number)?;
                let head = [TableValue::Centred(issue.number.to_string()), TableValue::Text(issue.title.clone())];
                Some(
                    head.into_iter()
                        .chain(values(statistic))
                        .chain([TableValue::Score(Some(overview.threshold))])
                        .collect(),
                )
            });
            let end = table::write(page, &columns, rows, frame)?;
            let source = ChartSource { sheet: ISSUES, rows: (HEADER_ROW + 1, end - 1), categories: 0, values: 3 };
            let words = Words {
                title: "คะแนนเฉลี่ยรายประเด็นเทียบกับเกณฑ์",
                alt: "แผนภูมิแท่งแสดงคะแนนเฉลี่ยของกลุ่มในแต่ละประเด็นการวิเคราะห์ เทียบกับเส้นเกณฑ์ ตัวเลขอยู่ในตารางด้านบน",
            };
            below(page, end, &charts::columns(source, 9, &words, frame))
        },
    )
}

/// Puts a chart under the table, as wide as it.
fn below(page: &mut Page<'_>, end: u32, chart: &Chart) -> Result<(), WorkbookError> {
    let last = page.last;
    let rows = (end + 1, end + CHART_ROWS);
    for row in rows.0..=rows.1 {
        page.row_height(row, page.one_line())?;
    }
    let (width, height) = page.pixels((0, last), rows);
    let mut chart = chart.clone();
    chart.set_width(width.saturating_sub(8)).set_height(height.saturating_sub(8));
    page.sheet.insert_chart_with_offset(rows.0, 0, &chart, 4, 4)?;
    table::set_up(page, rows.1 + 1, false, 0)?;
    page.sheet.set_print_fit_to_pages(1, 1);
    Ok(())
}
