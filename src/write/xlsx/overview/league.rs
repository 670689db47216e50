//! The league table: one row an agency, with a link to its workbook.

use rust_xlsxwriter::Worksheet;

use crate::framework::Instrument;
use crate::overview::{AgencyResult, Standing};
use crate::typeset::advance;
use crate::write::xlsx::error::WorkbookError;
use crate::write::xlsx::kit::sheet::Paper;
use crate::write::xlsx::overview::Frame;
use crate::write::xlsx::overview::table;
use crate::write::xlsx::overview::table::{Column, TableValue};

pub(in crate::write::xlsx) fn write(sheet: &mut Worksheet, frame: &Frame<'_>) -> Result<(), WorkbookError> {
    let overview = frame.overview;
    let indicators: Vec<String> =
        overview.framework.indicators.iter().map(|indicator| indicator.number.to_string()).collect();
    let mut columns: Vec<Column<'_>> = vec![
        ("อันดับ", 8.5),
        ("หน่วยงาน", name_width(frame)),
        ("อำเภอ/เขต", 15.0),
        ("จังหวัด", 15.0),
        ("คะแนนรวม", 11.5),
        ("ระดับ", 19.0),
    ];
    columns.extend(Instrument::ALL.iter().map(|instrument| (instrument.name(), 8.5)));
    columns.extend(indicators.iter().map(|number| (number.as_str(), 7.5)));
    let previous =
        overview.changes.as_ref().map(|changes| format!("ปี {}", frame.digits.number(&changes.year.to_string())));
    if let Some(previous) = &previous {
        columns.extend([(previous.as_str(), 9.5), ("เปลี่ยน\nแปลง", 9.5)]);
    }
    let linked = overview.standings.iter().any(|standing| standing.result.workbook.is_some());
    let note = format!(
        "คะแนนรวมเท่ากันได้อันดับเดียวกัน หน่วยงานที่ไม่มีคะแนนรวมไม่จัดอันดับ คอลัมน์ {}-{} คือตัวชี้วัด{}",
        indicators.first().map_or("", String::as_str),
        indicators.last().map_or("", String::as_str),
        if linked {
            " คลิกชื่อหน่วยงานเพื่อเปิดสมุดงานของหน่วยงาน"
        } else {
            ""
        },
    );
    frame.page(
        sheet,
        &table::widths(&columns),
        Paper::Landscape,
        "ตารางอันดับหน่วยงาน",
        &note,
        |page| {
            let rows = overview.standings.iter().map(|standing| row(standing, frame));
            let end = table::write(page, &columns, rows, frame)?;
            table::set_up(page, end, true, 0)?;
            // the name stays as well
            page.sheet.set_freeze_panes(table::HEADER_ROW + 1, 2)?;
            Ok(())
        },
    )
}

fn row(standing: &Standing<'_>, frame: &Frame<'_>) -> Vec<TableValue> {
    let result = standing.result;
    let mut row = vec![
        TableValue::Count(standing.rank),
        name(result, frame),
        TableValue::Line(result.district.clone().unwrap_or_default()),
        TableValue::Line(result.province.clone().unwrap_or_default()),
        TableValue::Score(standing.total()),
        TableValue::Line(result.level.clone().unwrap_or_default()),
    ];
    row.extend(Instrument::ALL.iter().map(|instrument| TableValue::Score(result.instruments.get(instrument).copied())));
    let indicators = frame.overview.framework.indicators.iter();
    row.extend(indicators.map(|indicator| TableValue::Score(result.indicators.get(&indicator.number).copied())));
    if frame.overview.changes.is_some() {
        row.extend([TableValue::Score(standing.previous), TableValue::Change(standing.change())]);
    }
    row
}

/// The agency's name, with a link to its workbook where there is one.
pub(in crate::write::xlsx) fn name(result: &AgencyResult, frame: &Frame<'_>) -> TableValue {
    let text = frame.agency(result);
    match &result.workbook {
        Some(file) => TableValue::Link { text, file: file.clone() },
        None => TableValue::Text(text),
    }
}

/// A width in characters that holds almost every name on one line, within reason.
pub(in crate::write::xlsx) fn name_width(frame: &Frame<'_>) -> f64 {
    let width = |result: &AgencyResult| {
        let units: u32 = frame.agency(result).chars().map(|c| u32::from(advance(c))).sum();
        // thousandths of 16 points; 0.75 points a pixel, 7 pixels a character, 10 of padding
        (f64::from(units) * 0.016 / 0.75 + 10.0) / 7.0
    };
    let widest = frame.overview.standings.iter().map(|standing| width(standing.result)).fold(0.0, f64::max);
    widest.ceil().clamp(24.0, 44.0)
}
