//! Names of the written workbook's sheets, by which it is known again when it is read back.

/// The dashboard.
pub(crate) const SUMMARY: &str = "สรุปผล";
/// Part 1 of the report.
pub(crate) const ANALYSIS: &str = "วิเคราะห์ผล";
/// Part 2 of the report.
pub(crate) const PLAN: &str = "แผนปฏิบัติการ";
/// The same measures a year later.
pub(crate) const FOLLOW_UP: &str = "ติดตามผล";
/// Everything that is typed in; all formulas refer to it.
pub(crate) const SCORES: &str = "คะแนนรายข้อ";
/// What should be looked at.
pub(crate) const FINDINGS: &str = "ผลการตรวจสอบ";
