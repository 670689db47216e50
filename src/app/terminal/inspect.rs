//! What `inspect` prints: what was recognised, and from which cells.

use std::fmt::Display;
use std::io::{self, Write};
use std::path::Path;

use crate::app::terminal::{finding, line, path, summary};
use crate::domain::figure::{Figure, two_decimals};
use crate::domain::language::Language;
use crate::edits::{ChangeKind, Edits};
use crate::read::column_name;
use crate::recognise::{Given, Submission, Table};
use crate::report::Report;

/// Prints everything that is known about one input.
pub(crate) fn print(
    out: &mut impl Write,
    input: &Path,
    report: &Report,
    reasons: bool,
    language: Language,
) -> io::Result<()> {
    writeln!(out, "{}", path(input))?;
    writeln!(out, "  {}", line(&summary(report, language)))?;
    writeln!(out, "  {}", report.source.describe(language))?;
    let submission = &report.submission;
    heading(out, language.pick("ข้อมูลหน่วยงาน", "Agency"))?;
    given(out, language.pick("หน่วยงาน", "agency"), submission.agency.as_ref())?;
    given(out, language.pick("อำเภอ", "district"), submission.district.as_ref())?;
    given(out, language.pick("จังหวัด", "province"), submission.province.as_ref())?;
    given(out, language.pick("ปีงบประมาณ", "fiscal year"), submission.year.as_ref())?;
    heading(out, language.pick("ตารางคะแนน", "Tables of scores"))?;
    for table in &submission.tables {
        self::table(out, table, language)?;
        if reasons {
            choices(out, table, language)?;
        }
    }
    if reasons {
        facts(out, submission, language)?;
    }
    figures(out, report, language)?;
    questions(out, report, language)?;
    heading(out, language.pick("ผลการตรวจสอบ", "Findings"))?;
    for entry in &report.assessment.findings {
        finding(out, entry, language)?;
    }
    Ok(())
}

/// What cells said of layout, year, agency and published figures, each with its reasons and points.
fn facts(out: &mut impl Write, submission: &Submission, language: Language) -> io::Result<()> {
    if submission.choices.is_empty() {
        return Ok(());
    }
    heading(out, language.pick("เหตุผลของข้อมูลอื่น", "Reasons for the other facts"))?;
    for choice in &submission.choices {
        let reasons: Vec<String> =
            choice.evidence.iter().map(|evidence| format!("{} {:+}", evidence.rule, evidence.points)).collect();
        let verdict = if choice.taken {
            language.pick("ใช้", "taken")
        } else {
            language.pick("ไม่ใช้", "not taken")
        };
        let (name, value) = (choice.of.name(), &choice.value);
        let text = format!("{name} {value}: {} = {} ({}, {verdict})", choice.points, reasons.join(" "), choice.place);
        writeln!(out, "    {}", line(&text))?;
    }
    Ok(())
}

/// The columns that could have held the scores, each with its reasons and points.
fn choices(out: &mut impl Write, table: &Table, language: Language) -> io::Result<()> {
    for choice in &table.choices {
        let name = if table.transposed { (choice.column + 1).to_string() } else { column_name(choice.column) };
        let header = choice.header.as_ref().map(|header| format!(" \"{header}\"")).unwrap_or_default();
        let reasons: Vec<String> =
            choice.evidence.iter().map(|evidence| format!("{} {:+}", evidence.rule, evidence.points)).collect();
        let points = choice.points;
        let verdict = match &choice.other {
            _ if choice.column == table.score_column => language.pick("ใช้", "taken").to_owned(),
            Some(other) => format!("{} {}", language.pick("ไม่ใช่คะแนน:", "no scores:"), other.in_language(language)),
            None => language.pick("ไม่ใช้", "not taken").to_owned(),
        };
        writeln!(out, "      {}", line(&format!("{name}{header}: {points} = {} ({verdict})", reasons.join(" "))))?;
    }
    Ok(())
}

fn heading(out: &mut impl Write, text: &str) -> io::Result<()> {
    writeln!(out, "\n  {text}")
}

fn given<T: Display>(out: &mut impl Write, label: &str, value: Option<&Given<T>>) -> io::Result<()> {
    match value {
        Some(given) => writeln!(out, "    {label}: {}", line(&format!("{} ({})", given.value, given.origin))),
        None => writeln!(out, "    {label}: -"),
    }
}

fn table(out: &mut impl Write, table: &Table, language: Language) -> io::Result<()> {
    let thai = language == Language::Thai;
    // In a wide table codes stand in a row, and an agency's scores in another.
    let place = |index: u32| match (table.transposed, thai) {
        (false, true) => format!("คอลัมน์ {}", column_name(index)),
        (false, false) => format!("column {}", column_name(index)),
        (true, true) => format!("แถว {}", index + 1),
        (true, false) => format!("row {}", index + 1),
    };
    let (first, last) = table.rows;
    let along = match (table.transposed, thai) {
        (false, true) => format!("แถว {}-{}", first + 1, last + 1),
        (false, false) => format!("rows {}-{}", first + 1, last + 1),
        (true, true) => format!("คอลัมน์ {}-{}", column_name(first), column_name(last)),
        (true, false) => format!("columns {}-{}", column_name(first), column_name(last)),
    };
    let header = table.score_header.as_ref().map(|header| format!(" \"{header}\"")).unwrap_or_default();
    let (codes, scores, titles) = (place(table.code_column), place(table.score_column), table.title_column.map(place));
    let (sheet, header) = (line(&table.sheet), line(&header));
    if thai {
        let titles = titles.map(|place| format!(" ข้อคำถามใน{place}")).unwrap_or_default();
        writeln!(out, "    ชีต \"{sheet}\" {along}: รหัสใน{codes} คะแนนใน{scores}{header}{titles}")
    } else {
        let titles = titles.map(|place| format!(", titles in {place}")).unwrap_or_default();
        writeln!(out, "    sheet \"{sheet}\", {along}: codes in {codes}, scores in {scores}{header}{titles}")
    }
}

fn figures(out: &mut impl Write, report: &Report, language: Language) -> io::Result<()> {
    let (assessment, published) = (&report.assessment, &report.submission.published);
    heading(out, language.pick("ตัวชี้วัด (ประกาศ / คำนวณ)", "Indicators (published / recomputed)"))?;
    for result in &assessment.indicators {
        let title = assessment.framework.indicators.iter().find(|indicator| indicator.number == result.number);
        let place = published.indicators.get(&result.number);
        let title = title.map_or("", |indicator| &indicator.title);
        writeln!(out, "    {:>2} {}{} {title}", result.number, pair(&result.figure), origin(place))?;
    }
    for (instrument, figure) in &assessment.instruments {
        let place = published.instruments.get(instrument);
        writeln!(out, "    {instrument} {}{}", pair(figure), origin(place))?;
    }
    let label = language.pick("คะแนนรวม", "total");
    writeln!(out, "    {label} {}{}", pair(&assessment.total), origin(published.total.as_ref()))?;
    let level = &assessment.level;
    let text = |level: &Option<String>| level.clone().unwrap_or_else(|| "-".to_owned());
    let label = language.pick("ระดับ", "level");
    let place = origin(published.level.as_ref());
    let (published_level, computed) = (text(&level.published), text(&level.computed));
    let level = format!("{published_level} / {computed}{place} {}", level.reason);
    writeln!(out, "    {label} {}", line(&level))?;
    given(out, language.pick("อันดับ", "rank"), published.rank.as_ref())
}

fn pair(figure: &Figure) -> String {
    let text = |score: Option<_>| score.map_or("-".to_owned(), two_decimals);
    format!("{} / {}", text(figure.published), text(figure.computed))
}

fn origin<T>(given: Option<&Given<T>>) -> String {
    given.map(|given| format!(" ({})", line(&given.origin.to_string()))).unwrap_or_default()
}

fn questions(out: &mut impl Write, report: &Report, language: Language) -> io::Result<()> {
    heading(out, language.pick("คะแนนรายข้อ", "Questions"))?;
    let submission: &Submission = &report.submission;
    for (code, result) in &report.assessment.questions {
        let Some(answer) = submission.answers.get(code) else {
            writeln!(out, "    {code:<4} -")?;
            continue;
        };
        let score = result.score.map_or("-".to_owned(), two_decimals);
        let place = answer.score_place.as_ref().unwrap_or(&answer.code_place);
        let title = answer.title.as_deref().unwrap_or_default();
        let found = format!("({place}) {title}");
        writeln!(out, "    {:<4} {score:>6} {} {}", code.to_string(), result.status.thai(), line(&found))?;
    }
    Ok(())
}

/// What an officer has changed in a workbook of this program.
pub(crate) fn edits(out: &mut impl Write, edits: &Edits, language: Language) -> io::Result<()> {
    let changes = edits.changes();
    heading(out, language.pick("สิ่งที่แก้ไขในสมุดงาน", "Edits in the workbook"))?;
    if changes.is_empty() {
        writeln!(out, "    {}", language.pick("ไม่มี", "none"))?;
    }
    for change in &changes {
        let place = change.place.as_ref().map(|place| format!("{place} ")).unwrap_or_default();
        let what = if change.key.is_empty() { String::new() } else { format!(" {}", change.key) };
        let kind = kind_name(change.kind, language);
        writeln!(out, "    {}", line(&format!("{place}({kind}{what}) {}", change.text.replace('\n', " "))))?;
    }
    let left = edits.left();
    if !left.is_empty() {
        let label = language.pick("นำไปใส่ในสมุดงานใหม่ไม่ได้", "cannot be carried into a new workbook");
        let (sheets, pictures, comments) = (left.sheets, left.pictures, left.comments);
        let (formulas, texts) = (left.formulas, left.texts.len());
        let (widths, colours) = (left.widths, left.colours);
        let counts = match language {
            Language::Thai => {
                format!(
                    "ชีต {sheets} รูปภาพ {pictures} ความคิดเห็น {comments} ความกว้างและความสูง {widths} สี {colours} สูตร {formulas} ข้อความนอกตาราง {texts}"
                )
            }
            Language::English => format!(
                "{sheets} sheets, {pictures} pictures, {comments} comments, {widths} widths and heights, {colours} colours, {formulas} formulas, {texts} texts outside"
            ),
        };
        writeln!(out, "    {label}: {counts}")?;
    }
    Ok(())
}

fn kind_name(kind: ChangeKind, language: Language) -> &'static str {
    let thai = match kind {
        ChangeKind::Text => "แก้ข้อความ",
        ChangeKind::Added => "เพิ่ม",
        ChangeKind::Removed => "ตัดออก",
        ChangeKind::Moved => "ย้าย",
        ChangeKind::Number => "แก้ตัวเลขหรือชื่อ",
        ChangeKind::FollowUp => "ผลการดำเนินงาน",
    };
    language.pick(thai, kind.name())
}
