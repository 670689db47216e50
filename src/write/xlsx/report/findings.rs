//! What should be looked at before the report is published.

use rust_xlsxwriter::{Color, Worksheet};

use crate::domain::digest::text_digest;
use crate::domain::language::Language;
use crate::domain::sheet_names::{FINDINGS, NAMES_COLUMN};
use crate::finding::{Finding, FindingCode, Severity};
use crate::write::xlsx::error::WorkbookError;
use crate::write::xlsx::kit::census::Census;
use crate::write::xlsx::kit::pagination::{HEADER_ROW, Pagination};
use crate::write::xlsx::kit::sheet::{Page, Paper};
use crate::write::xlsx::kit::style::TEXT_SIZE;
use crate::write::xlsx::report::Context;

/// Widths of the columns in digits; together the width of a lying A4 page.
const WIDTHS: [f64; 5] = [5.5, 26.0, 16.0, 36.0, 28.0];

const HEADERS: [&str; 5] = ["ลำดับ", "ความสำคัญ", "ตำแหน่งในไฟล์ต้นทาง", "สิ่งที่พบ", "สิ่งที่ควรทำ"];

/// Colours of the sheet's tab.
const MUST_FIX: Color = Color::RGB(0x00C0_392B);
const WARNING: Color = Color::RGB(0x00F0_B429);

/// Columns outside the printed table, from 0.
pub(crate) mod at {
    use crate::domain::sheet_names::NAMES_COLUMN;

    /// A text that has no place elsewhere, whole.
    pub const TEXT: u16 = NAMES_COLUMN + 1;
}

/// What the key of a text begins with that has no place elsewhere.
pub(crate) const UNPLACED: &str = "U/";

pub(super) fn write(sheet: &mut Worksheet, context: &Context<'_>) -> Result<Census, WorkbookError> {
    let kept = context.kept(FINDINGS, NAMES_COLUMN);
    Page::keep(sheet, context.breaks, (&WIDTHS, Paper::Landscape), kept, |page| {
        let styles = context.styles;
        // The sheet is seen at once while something must be fixed.
        let worst = context.report.assessment.findings.iter().map(|finding| finding.severity()).max();
        match worst {
            Some(Severity::MustFix) => page.sheet.set_tab_color(MUST_FIX),
            Some(Severity::Warning) => page.sheet.set_tab_color(WARNING),
            _ => page.sheet,
        };
        let mut above = page.line(0, "ผลการตรวจสอบข้อมูล", &styles.title, 18.0, true)?;
        let source = format!("ไฟล์ต้นทาง: {}", context.report.file_name);
        page.name(0, "W/title")?;
        page.name(1, "W/source")?;
        page.name(HEADER_ROW, "W/head")?;
        above += page.line(1, &source, &styles.note, TEXT_SIZE, false)?;
        let header = page.headers(HEADER_ROW, &HEADERS, &styles.header)?;
        let mut flow = Pagination::scaled(100, above, header);
        flow.header = header;
        let findings = &context.report.assessment.findings;
        let rows: Vec<[String; 5]> =
            findings.iter().enumerate().map(|(index, finding)| texts(index, finding)).collect();
        let height = |texts: &[String; 5]| {
            let columns = (0u16..).zip(texts).map(|(at, text)| page.height(text, (at, at), TEXT_SIZE, false));
            columns.fold(page.one_line(), f64::max)
        };
        let heights: Vec<f64> = rows.iter().map(height).collect();
        let mut row = HEADER_ROW + 1;
        if !context.report.unplaced.is_empty() {
            page.sheet.set_column_hidden(at::TEXT)?;
        }
        for (index, (texts, height)) in rows.iter().zip(&heights).enumerate() {
            // No page holds the last row alone.
            let last = heights.get(index + 1).filter(|_| index + 2 == heights.len()).copied().unwrap_or_default();
            flow.keep(row, *height + last);
            for (column, text) in (0u16..).zip(texts) {
                let format = if column == 0 { &styles.centred } else { &styles.text };
                page.text(row, column, text, format)?;
            }
            if let Some(finding) = findings.get(index) {
                name(page, row, finding, context)?;
            }
            flow.put(page.row_height(row, *height)?);
            row += 1;
        }
        if findings.is_empty() {
            page.line(row, "ไม่พบสิ่งที่ต้องตรวจสอบ", &styles.text, TEXT_SIZE, false)?;
            page.name(row, "W/none")?;
            row += 1;
        }
        flow.close(page, row)
    })
}

/// The row is known by what it says; that of a text without a place has the text with it, so that it is not lost with the
/// workbook that it stood in.
fn name<'a>(page: &mut Page<'a>, row: u32, finding: &Finding, context: &Context<'a>) -> Result<(), WorkbookError> {
    let unplaced = (finding.code == FindingCode::EditNotPlaced)
        .then(|| context.report.unplaced.iter().find(|text| text.place == finding.item))
        .flatten();
    let Some(unplaced) = unplaced else {
        let said = text_digest(&[&finding.item, &finding.found, &finding.place_text()].map(String::as_str).join("|"));
        return page.name(row, &format!("W/{}/{said}", finding.code));
    };
    page.name(row, &format!("{UNPLACED}{}", unplaced.place))?;
    page.hidden_text((row, at::TEXT), &unplaced.text)
}

/// What a row says of a finding: its number, how serious it is with its code, where, what was found, what to do.
fn texts(index: usize, finding: &Finding) -> [String; 5] {
    [
        (index + 1).to_string(),
        format!("{}\n{}", finding.severity().name(Language::Thai), finding.code),
        finding.place_text(),
        finding.message(Language::Thai),
        finding.hint(Language::Thai),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::FindingCode;
    use crate::typeset::{TextBox, text_width_pt};
    use crate::write::printed::breaks;

    #[test]
    fn codes_of_findings_were_broken_over_lines() {
        let [_, width, ..] = WIDTHS;
        let text_box = TextBox { width_pt: text_width_pt(&[width], false), size_pt: TEXT_SIZE, bold: false };
        // A cell keeps so much free at its side.
        let indented = TextBox { width_pt: text_box.width_pt - TEXT_SIZE / 2.0, ..text_box };
        for code in FindingCode::all() {
            // Whatever program parts words at their hyphens.
            assert_eq!(indented.lines(&code.to_string().replace('-', "n"), breaks()), 1, "{code}");
        }
    }
}
