//! Provinces and districts beside each other, best mean first.

use rust_decimal::Decimal;
use rust_xlsxwriter::Worksheet;

use crate::domain::sheet_names::overview::{DISTRICTS, PROVINCES};
use crate::framework::Instrument;
use crate::overview::PlaceResult;
use crate::write::xlsx::error::{WorkbookError, column_count, row_count};
use crate::write::xlsx::kit::sheet::Paper;
use crate::write::xlsx::overview::Frame;
use crate::write::xlsx::overview::charts;
use crate::write::xlsx::overview::charts::{ChartSource, Words};
use crate::write::xlsx::overview::table;
use crate::write::xlsx::overview::table::{Column, HEADER_ROW, TableValue};

/// The most places that a chart has room for.
const MOST_BARS: usize = 30;

/// Pixels of a row of the standard height, at the least.
const LOWEST_ROW: u32 = 20;

const UNKNOWN: &str = "(ไม่ระบุ)";

pub(in crate::write::xlsx) fn provinces(sheet: &mut Worksheet, frame: &Frame<'_>) -> Result<(), WorkbookError> {
    write(sheet, (PROVINCES, "จังหวัด"), &frame.overview.provinces, frame)
}

pub(in crate::write::xlsx) fn districts(sheet: &mut Worksheet, frame: &Frame<'_>) -> Result<(), WorkbookError> {
    write(sheet, (DISTRICTS, "อำเภอ/เขต"), &frame.overview.districts, frame)
}

fn write(
    sheet: &mut Worksheet,
    (sheet_name, kind): (&str, &str),
    places: &[PlaceResult],
    frame: &Frame<'_>,
) -> Result<(), WorkbookError> {
    let of_districts = sheet_name == DISTRICTS;
    let mut columns: Vec<Column<'_>> = vec![("ที่", 6.0), (kind, 20.0)];
    if of_districts {
        columns.push(("จังหวัด", 18.0));
    }
    let mean = column_count(columns.len() + 2)?;
    columns.extend([
        ("จำนวน\nหน่วยงาน", 10.0),
        ("มีคะแนน\nรวม", 9.5),
        ("ค่าเฉลี่ย", 9.5),
        ("มัธยฐาน", 9.5),
        ("ต่ำสุด", 9.0),
        ("สูงสุด", 9.0),
        ("ผ่าน (แห่ง)", 9.5),
        ("ผ่าน (ร้อยละ)", 11.0),
    ]);
    columns.extend(Instrument::ALL.iter().map(|instrument| (instrument.name(), 9.0)));
    let mark = frame.score(Some(frame.overview.pass_mark));
    let title = format!("ผลราย{kind}");
    let note = format!("เรียงตามคะแนนรวมเฉลี่ย ผ่านหมายถึงคะแนนรวมตั้งแต่ {mark} คอลัมน์ IIT EIT OIT เป็นค่าเฉลี่ย");
    frame.page(sheet, &table::widths(&columns), Paper::Landscape, &title, &note, |page| {
        let rows = (1..).zip(places).map(|(at, place)| row(at, place, of_districts));
        let end = table::write(page, &columns, rows, frame)?;
        // The chart stands beside the table: the places at its end are those to look at.
        let scored = places.iter().filter(|place| place.totals.mean.is_some()).count();
        let shown = scored.min(MOST_BARS);
        let (first, last) = (HEADER_ROW + 1 + row_count(scored - shown)?, HEADER_ROW + row_count(scored)?);
        // One place alone cannot be compared.
        if shown < 2 {
            return table::set_up(page, end, true, 0);
        }
        let means: Vec<Option<Decimal>> =
            places.iter().take(scored).skip(scored - shown).map(|place| place.totals.mean).collect();
        let title = if shown < scored {
            format!("คะแนนรวมเฉลี่ย {kind}ที่ต่ำที่สุด {shown} ลำดับ (สีแดงคือต่ำกว่าเกณฑ์)")
        } else {
            format!("คะแนนรวมเฉลี่ยราย{kind} (สีแดงคือต่ำกว่าเกณฑ์)")
        };
        let alt = format!("แผนภูมิแท่งแสดงคะแนนรวมเฉลี่ยราย{kind} ที่ต่ำกว่าเกณฑ์เป็นสีแดง ตัวเลขอยู่ในตารางด้านซ้าย");
        let source = ChartSource { sheet: sheet_name, rows: (first, last), categories: 1, values: mean };
        let words = Words { title: &title, alt: &alt };
        let mut chart = charts::bars(source, &means, frame.overview.pass_mark, &words, frame);
        let beside = page.last + 1;
        let height = shown as u32 * 26 + 70;
        chart.set_width(430).set_height(height);
        page.sheet.insert_chart_with_offset(HEADER_ROW + 1, beside, &chart, 12, 0)?;
        let last = beside + 6;
        table::set_up(page, end, true, last)?;
        // Of few places the chart is higher than the table, and is printed as a whole.
        let below_chart = HEADER_ROW + 1 + height / LOWEST_ROW;
        if below_chart >= end {
            page.sheet.set_print_area(0, 0, below_chart, last)?;
        }
        Ok(())
    })
}

fn row(at: usize, place: &PlaceResult, of_districts: bool) -> Vec<TableValue> {
    let line = |name: &Option<String>| TableValue::Line(name.clone().unwrap_or_else(|| UNKNOWN.to_owned()));
    let totals = &place.totals;
    let mut row = vec![TableValue::Count(Some(at))];
    if of_districts {
        row.push(line(&place.district));
    }
    row.extend([
        line(&place.province),
        TableValue::Count(Some(place.agencies)),
        TableValue::Count(Some(totals.count)),
        TableValue::Score(totals.mean),
        TableValue::Score(totals.median),
        TableValue::Score(totals.lowest),
        TableValue::Score(totals.highest),
        TableValue::Count(Some(totals.passing)),
        TableValue::Score(totals.share()),
    ]);
    row.extend(place.instruments.values().map(|mean| TableValue::Score(*mean)));
    row
}
