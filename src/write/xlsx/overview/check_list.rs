//! Inputs that gave no result, and results that are not counted.

use rust_xlsxwriter::Worksheet;

use crate::overview::{Excluded, Exclusion};
use crate::write::xlsx::error::WorkbookError;
use crate::write::xlsx::kit::sheet::Paper;
use crate::write::xlsx::kit::style::TEXT_SIZE;
use crate::write::xlsx::overview::Frame;
use crate::write::xlsx::overview::table;
use crate::write::xlsx::overview::table::{Column, TableValue};

const COLUMNS: [Column<'_>; 5] = [("ที่", 6.0), ("ผล", 13.0), ("ไฟล์ต้นทาง", 38.0), ("สิ่งที่พบ", 45.0), ("สิ่งที่ควรทำ", 45.0)];

pub(in crate::write::xlsx) fn write(sheet: &mut Worksheet, frame: &Frame<'_>) -> Result<(), WorkbookError> {
    let overview = frame.overview;
    let title = "ไฟล์ที่อ่านไม่สำเร็จและผลที่ไม่นับรวม";
    let note = format!(
        "อ่านไม่สำเร็จ {} ไฟล์ ไม่นับรวม {} รายการ",
        frame.count(overview.failures.len()),
        frame.count(overview.excluded.len()),
    );
    frame.page(sheet, &table::widths(&COLUMNS), Paper::Landscape, title, &note, |page| {
        let failures = overview.failures.iter().map(|failure| {
            let texts = [failure.input.clone(), failure.reason.clone(), failure.remedy.clone()];
            ("อ่านไม่สำเร็จ", texts)
        });
        let excluded = overview.excluded.iter().map(|left| ("ไม่นับรวม", left_out(left, frame)));
        let rows = (1..).zip(failures.chain(excluded)).map(|(at, (outcome, texts))| {
            let head = [TableValue::Count(Some(at)), TableValue::Centred(outcome.to_owned())];
            head.into_iter().chain(texts.map(TableValue::Text)).collect()
        });
        let mut end = table::write(page, &COLUMNS, rows, frame)?;
        let empty = overview.failures.is_empty() && overview.excluded.is_empty();
        if empty {
            page.line(end, "ไม่มีรายการที่ควรตรวจสอบ", &frame.styles.text, TEXT_SIZE, false)?;
            end += 1;
        }
        table::set_up(page, end, !empty, 0)
    })
}

/// Input, reason and remedy of a result that is not counted.
fn left_out(left: &Excluded<'_>, frame: &Frame<'_>) -> [String; 3] {
    let (result, group) = (left.result, frame.overview.framework.year);
    let agency = frame.agency(result);
    let digits = |year: u16| frame.digits.number(&year.to_string());
    let (reason, remedy) = match left.reason {
        Exclusion::OtherYear => (
            format!("{agency}: เป็นผลของปีงบประมาณ พ.ศ. {} ภาพรวมนี้เป็นของปี {}", digits(result.year), digits(group)),
            "แยกไฟล์ของแต่ละปีงบประมาณไว้คนละโฟลเดอร์ แล้วจัดทำภาพรวมทีละปี".to_owned(),
        ),
        Exclusion::Repeated(first) => (
            format!("{agency}: มีผลของหน่วยงานและปีเดียวกันจากไฟล์ {first} อยู่แล้ว จึงนับเพียงไฟล์นั้น"),
            "ตรวจว่าไฟล์ใดถูกต้อง แล้วนำอีกไฟล์ออก หากเป็นคนละหน่วยงาน ให้ระบุอำเภอและจังหวัดในไฟล์".to_owned(),
        ),
    };
    [result.source.clone(), reason, remedy]
}
