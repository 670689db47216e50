//! What should be looked at before the report is published.

use rust_xlsxwriter::{Color, Worksheet};

use crate::domain::language::Language;
use crate::finding::Severity;
use crate::write::xlsx::error::WorkbookError;
use crate::write::xlsx::kit::sheet::{Page, Paper};
use crate::write::xlsx::kit::style::TEXT_SIZE;
use crate::write::xlsx::report::Context;

/// Widths of the columns in digits; together the width of a lying A4 page.
const WIDTHS: [f64; 5] = [5.5, 20.0, 17.0, 39.0, 30.0];

const HEADERS: [&str; 5] = ["ลำดับ", "ความสำคัญ", "ตำแหน่งในไฟล์ต้นทาง", "สิ่งที่พบ", "สิ่งที่ควรทำ"];

const HEADER_ROW: u32 = 2;

/// Colours of the sheet's tab.
const MUST_FIX: Color = Color::RGB(0x00C0_392B);
const WARNING: Color = Color::RGB(0x00F0_B429);

pub(in crate::write::xlsx) fn write(sheet: &mut Worksheet, context: &Context<'_>) -> Result<(), WorkbookError> {
    Page::write(sheet, context.breaks, &WIDTHS, Paper::Landscape, |page| {
        let styles = context.styles;
        // The sheet is seen at once while something must be fixed.
        let worst = context.report.assessment.findings.iter().map(|finding| finding.severity()).max();
        match worst {
            Some(Severity::MustFix) => page.sheet.set_tab_color(MUST_FIX),
            Some(Severity::Warning) => page.sheet.set_tab_color(WARNING),
            _ => page.sheet,
        };
        page.line(0, "ผลการตรวจสอบข้อมูล", &styles.title, 18.0, true)?;
        let source = format!("ไฟล์ต้นทาง: {}", context.report.file_name);
        page.line(1, &source, &styles.note, TEXT_SIZE, false)?;
        page.headers(HEADER_ROW, &HEADERS, &styles.header)?;
        let findings = &context.report.assessment.findings;
        let mut row = HEADER_ROW + 1;
        for (index, finding) in findings.iter().enumerate() {
            let texts = [
                (index + 1).to_string(),
                format!("{}\n{}", finding.severity().name(Language::Thai), finding.code),
                finding.place_text(),
                finding.message(Language::Thai),
                finding.hint(Language::Thai),
            ];
            let mut height = page.one_line();
            for (column, text) in (0u16..).zip(&texts) {
                let format = if column == 0 { &styles.centred } else { &styles.text };
                page.text(row, column, text, format)?;
                height = height.max(page.height(text, (column, column), TEXT_SIZE, false));
            }
            page.row_height(row, height)?;
            row += 1;
        }
        if findings.is_empty() {
            page.line(row, "ไม่พบสิ่งที่ต้องตรวจสอบ", &styles.text, TEXT_SIZE, false)?;
            row += 1;
        }
        page.sheet.set_repeat_rows(HEADER_ROW, HEADER_ROW)?;
        page.sheet.set_freeze_panes(HEADER_ROW + 1, 0)?;
        page.sheet.set_print_area(0, 0, row - 1, 4)?;
        Ok(())
    })
}
