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

/// What the program has written, hidden: by it an officer's edits are told.
pub(crate) const WRITTEN: &str = "ข้อมูลโปรแกรม";

/// The hidden column with the names of rows, from 0, on the sheets that have one beside what may be typed there: summary,
/// findings and scores.
pub(crate) const NAMES_COLUMN: u16 = 20;

/// Whether these are the names of an analysis workbook's sheets: it has those that a published one has too, or the hidden one
/// that nobody gives another name.
pub(crate) fn are_of_a_report<'a, N: Iterator<Item = &'a str>>(names: impl Fn() -> N) -> bool {
    names().any(|name| name == WRITTEN)
        || [SUMMARY, ANALYSIS, PLAN, SCORES].into_iter().all(|wanted| names().any(|name| name == wanted))
}

/// Whether these are the names of an overview's sheets: it has those that every overview has.
pub(crate) fn are_of_an_overview<'a, N: Iterator<Item = &'a str>>(names: impl Fn() -> N) -> bool {
    [overview::FIRST, overview::CHECK_LIST].into_iter().all(|wanted| names().any(|name| name == wanted))
}

/// Names of the sheets of a group's overview.
pub(crate) mod overview {
    /// The story of the group.
    pub(crate) const FIRST: &str = "ภาพรวม";
    /// Who stands where.
    pub(crate) const LEAGUE: &str = "ตารางอันดับ";
    /// Every agency's every score.
    pub(crate) const HEAT_MAP: &str = "ตารางสีคะแนน";
    /// What the questions amount to.
    pub(crate) const QUESTIONS: &str = "รายข้อ";
    /// What the indicators and the instruments amount to.
    pub(crate) const INDICATORS: &str = "รายตัวชี้วัด";
    /// What the issues amount to.
    pub(crate) const ISSUES: &str = "รายประเด็น";
    /// The provinces beside each other.
    pub(crate) const PROVINCES: &str = "รายจังหวัด";
    /// The districts beside each other.
    pub(crate) const DISTRICTS: &str = "รายอำเภอ";
    /// Who does not pass yet, the nearest first.
    pub(crate) const NEAR_PASS: &str = "ยังไม่ผ่านเกณฑ์";
    /// What has come of the measures, issue by issue.
    pub(crate) const MEASURE_ISSUES: &str = "ผลมาตรการรายประเด็น";
    /// What has come of each measure.
    pub(crate) const MEASURES: &str = "ผลรายมาตรการ";
    /// Inputs that failed and results that are not counted.
    pub(crate) const CHECK_LIST: &str = "รายการที่ควรตรวจสอบ";
}
