//! What has come of the agencies' measures: by issue, and one by one.

use rust_decimal::Decimal;
use rust_xlsxwriter::Worksheet;

use crate::overview::{AgencyMeasures, by_issue};
use crate::plan::items::issue_number;
use crate::write::printed::Wording;
use crate::write::xlsx::error::WorkbookError;
use crate::write::xlsx::kit::sheet::Paper;
use crate::write::xlsx::overview::Frame;
use crate::write::xlsx::overview::table;
use crate::write::xlsx::overview::table::{Column, TableValue};

const COLUMNS: [Column<'_>; 9] = [
    ("ที่", 6.0),
    ("หน่วยงาน", 30.0),
    ("ประเด็น", 9.0),
    ("หัวข้อ", 9.0),
    ("มาตรการ โครงการ หรือกิจกรรม", 45.0),
    ("สถานะ", 17.0),
    ("ร้อยละ", 9.0),
    ("ผลการดำเนินงาน", 40.0),
    ("ปัญหา/อุปสรรค", 34.0),
];

/// Writes how the measures of each issue stand.
pub(super) fn issues(sheet: &mut Worksheet, frame: &Frame<'_>) -> Result<(), WorkbookError> {
    let states = &Wording::built_in().follow_up.states;
    let mut columns: Vec<Column<'_>> = vec![("ประเด็น", 60.0), ("จำนวนมาตรการ", 14.0)];
    columns.extend(states.iter().map(|state| (state.as_str(), 15.0)));
    columns.push(("ร้อยละเฉลี่ย", 12.0));
    let all = frame.overview.measures;
    frame.page(
        sheet,
        &table::widths(&columns),
        Paper::Landscape,
        "ผลการดำเนินการตามมาตรการรายประเด็น",
        &note(frame),
        |page| {
            let rows = by_issue(all).into_iter().map(|(number, sums)| {
                let title = all.first().map_or_else(|| number.to_string(), |agency| agency.issue_title(number));
                let counts = states.iter().map(|state| sums.states.get(state).copied().unwrap_or_default());
                let counts = std::iter::once(sums.measures).chain(counts).map(|count| TableValue::Count(Some(count)));
                std::iter::once(TableValue::Text(title)).chain(counts).chain([TableValue::Score(sums.mean)]).collect()
            });
            let end = table::write(page, &columns, rows, frame)?;
            table::set_up(page, end, false, 0)
        },
    )
}

/// Writes every measure with what has come of it.
pub(super) fn measures(sheet: &mut Worksheet, frame: &Frame<'_>) -> Result<(), WorkbookError> {
    let title = "ผลการดำเนินการรายมาตรการ";
    frame.page(sheet, &table::widths(&COLUMNS), Paper::Landscape, title, &note(frame), |page| {
        let all =
            frame.overview.measures.iter().flat_map(|agency| agency.measures.iter().map(move |one| (agency, one)));
        let rows = (1..).zip(all).map(|(at, (agency, followed))| {
            let outcome = &followed.outcome;
            let percent = match outcome.percent.parse::<Decimal>() {
                Ok(percent) => TableValue::Score(Some(percent)),
                Err(_) => TableValue::Centred(outcome.percent.clone()),
            };
            vec![
                TableValue::Count(Some(at)),
                TableValue::Text(agency.agency.clone()),
                TableValue::Centred(frame.digits.number(&issue_number(followed.issue))),
                TableValue::Centred(followed.number.clone()),
                TableValue::Text(followed.title.clone()),
                TableValue::Centred(outcome.state.clone()),
                percent,
                TableValue::Text(outcome.result.clone()),
                TableValue::Text(outcome.problem.clone()),
            ]
        });
        let end = table::write(page, &COLUMNS, rows, frame)?;
        table::set_up(page, end, true, 1)
    })
}

/// How many agencies and measures these are, and of which year.
fn note(frame: &Frame<'_>) -> String {
    let all = frame.overview.measures;
    let count = all.iter().map(|agency| agency.measures.len()).sum();
    let mut years: Vec<u16> = all.iter().map(|agency: &AgencyMeasures| agency.year).collect();
    years.sort_unstable();
    years.dedup();
    let years: Vec<String> = years.iter().map(|year| frame.digits.number(&year.to_string())).collect();
    format!(
        "{} หน่วยงาน {} มาตรการ ของปีงบประมาณ พ.ศ. {} นับสมุดงานล่าสุดที่กรอกผลแล้วของแต่ละหน่วยงาน",
        frame.count(all.len()),
        frame.count(count),
        years.join(", ")
    )
}
