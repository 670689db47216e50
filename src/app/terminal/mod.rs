//! What the user sees: results on standard output, errors and findings on standard error.
//!
//! It takes results, errors and findings and gives lines in the user's language, or JSON. Whatever stands in a file or in its
//! name passes [`plain`] first, which lets no control character through. It decides nothing.

pub(crate) mod batch;
pub(crate) mod desktop;
pub(crate) mod inspect;
mod plain;
#[cfg(feature = "serve")]
pub(crate) mod serve;
pub(crate) mod sketch;

use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::{self, Write};
use std::panic::PanicHookInfo;
use std::path::Path;

pub(crate) use crate::app::terminal::plain::{is_seen, line, lines, message, path, stderr, stdout};

use crate::app::reference::years;
use crate::domain::figure::two_decimals;
use crate::domain::language::Language;
use crate::error::{Cause, Error};
use crate::finding::{Finding, Severity};
use crate::framework::Framework;
use crate::overview::Counted;
use crate::report::Report;

/// Says what is wrong with a file and what to do about it.
pub(crate) fn error(error: &Error, language: Language) -> io::Result<()> {
    let mut err = stderr();
    let label = error_label(language);
    writeln!(err, "{label}: {}: {}", path(&error.path), message(&error.cause.message(language)))?;
    writeln!(err, "  {} {}", hint_label(language), error.cause.hint(language))
}

/// Says that the program itself has a fault; where the user has asked for it, with the calls that led there.
pub(crate) fn panic(panic: &PanicHookInfo<'_>, language: Language) {
    let mut err = stderr();
    let fault = language.pick("ข้อผิดพลาดภายในโปรแกรม", "a fault of this program");
    let calls = Backtrace::capture();
    let calls = if calls.status() == BacktraceStatus::Captured { format!("\n{calls}") } else { String::new() };
    let remedy = Cause::Workbook(String::new()).hint(language);
    // Where nothing can be said any more, nothing is left to do.
    let _ = writeln!(err, "{fault}: {panic}{calls}\n  {} {remedy}", hint_label(language));
}

/// Says that standard output cannot be written to.
pub(crate) fn broken_output(error: &io::Error, language: Language) {
    let message = Cause::Unwritable(io::Error::new(error.kind(), error.to_string())).message(language);
    let _ = writeln!(stderr(), "{}: stdout: {message}", error_label(language));
}

/// Says that a search has come upon a file without scores of its own, which is left out.
pub(crate) fn passed_over(path: &Path, why: &Cause, language: Language) -> io::Result<()> {
    let label = language.pick("ข้าม", "skipped");
    writeln!(stderr(), "{label}: {}: {}", self::path(path), why.message(language))
}

/// Says that a folder among the inputs makes it a run, and where its results go.
pub fn folder_as_run(out: &Path, language: Language) -> io::Result<()> {
    let folder = path(out);
    let text = match language {
        Language::Thai => format!("มีโฟลเดอร์ในรายการ จึงแปลงทุกไฟล์ในโฟลเดอร์ ผลอยู่ที่ {folder}"),
        Language::English => format!("a folder is among the inputs: all files in it are converted, into {folder}"),
    };
    writeln!(stderr(), "{text}")
}

/// Says how many earlier versions of workbooks a search has come upon, which are left out.
pub(crate) fn earlier_versions_passed_over(count: usize, language: Language) -> io::Result<()> {
    match (count, language) {
        (0, _) => Ok(()),
        (_, Language::Thai) => writeln!(stderr(), "ข้าม: สมุดงานฉบับก่อนที่เก็บไว้ {count} ไฟล์"),
        (1, Language::English) => writeln!(stderr(), "skipped: 1 earlier version of a workbook"),
        (_, Language::English) => writeln!(stderr(), "skipped: {count} earlier versions of workbooks"),
    }
}

/// Says where what was replaced is kept.
pub(crate) fn earlier_version(copy: &Path, language: Language) -> io::Result<()> {
    let text = language.pick("เก็บฉบับก่อนไว้เป็น", "the earlier version is kept as");
    writeln!(stderr(), "  {text} {}", path(copy))
}

/// Says that many agencies' results were written into one file.
pub(crate) fn collected(out: &mut impl Write, path: &Path, agencies: usize, language: Language) -> io::Result<()> {
    let path = self::path(path);
    match language {
        Language::Thai => writeln!(out, "{path}: {agencies} หน่วยงาน"),
        Language::English => writeln!(out, "{path}: {agencies} {}", if agencies == 1 { "agency" } else { "agencies" }),
    }
}

/// Says which results an overview does not count, and why.
pub(crate) fn not_counted(counted: &Counted, language: Language) -> io::Result<()> {
    let mut err = stderr();
    let year = counted.year;
    if !counted.other_years.is_empty() {
        let others = counted.other_years.iter();
        let text = match language {
            Language::Thai => {
                let others: Vec<String> = others.map(|(other, count)| format!("ปี {other} {count} รายการ")).collect();
                format!("นับเฉพาะปี {year} ซึ่งมีผลมากที่สุด ไม่นับผลของ{}", others.join(" "))
            }
            Language::English => {
                let others: Vec<String> = others.map(|(other, count)| format!("{count} of {other}")).collect();
                format!("counted is {year}, the year of most results; not counted: {}", others.join(", "))
            }
        };
        writeln!(err, "  {text}")?;
    }
    match (counted.repeated, language) {
        (0, _) => Ok(()),
        (count, Language::Thai) => writeln!(err, "  ไม่นับผลซ้ำของหน่วยงานเดียวกัน {count} รายการ"),
        (count, Language::English) => writeln!(err, "  not counted: {count} second results of an agency"),
    }
}

/// Says what was written of an agency, with its main figures; what should be looked at goes to standard error.
pub(crate) fn converted<'p>(
    out: &mut impl Write,
    input: &Path,
    outputs: impl Iterator<Item = &'p Path>,
    report: &Report,
    language: Language,
) -> io::Result<()> {
    for output in outputs {
        writeln!(out, "{} -> {}", path(input), path(output))?;
    }
    writeln!(out, "  {}", line(&summary(report, language)))?;
    out.flush()?;
    let mut err = stderr();
    let findings = &report.assessment.findings;
    for finding in findings.iter().filter(|finding| finding.severity() > Severity::Note) {
        self::finding(&mut err, finding, language)?;
    }
    Ok(())
}

/// Says that results have something to look at, which ends the program with exit code 1 as was asked.
pub(crate) fn failed_on_warning(results: usize, language: Language) -> io::Result<()> {
    let text = match (results, language) {
        (_, Language::Thai) => format!("จบด้วยรหัส 1 ตาม --fail-on warning: มีสิ่งที่ควรตรวจ {results} หน่วยงาน"),
        (1, Language::English) => "exit code 1, as --fail-on warning asks: 1 result has warnings".to_owned(),
        (_, Language::English) => format!("exit code 1, as --fail-on warning asks: {results} results have warnings"),
    };
    writeln!(stderr(), "{text}")
}

/// One line: whose result, and what it is.
fn summary(report: &Report, language: Language) -> String {
    let assessment = &report.assessment;
    let blank = "-".to_owned();
    let agency = report.submission.agency.as_ref().map_or(&blank, |given| &given.value);
    let total = assessment.total.shown().map_or(blank.clone(), two_decimals);
    let level = assessment.level.shown().unwrap_or("-");
    let scored = assessment.questions.values().filter(|question| question.score.is_some()).count();
    let all = assessment.questions.len();
    let year = assessment.framework.year;
    let counts = counts(&assessment.findings, language);
    match language {
        Language::Thai => {
            format!("{agency} ปี {year}: คะแนนรวม {total} ระดับ {level} มีคะแนน {scored}/{all} ข้อ {counts}")
        }
        Language::English => {
            format!("{agency}, {year}: total {total}, level {level}, {scored} of {all} questions scored; {counts}")
        }
    }
}

/// How many findings of each severity there are.
fn counts(findings: &[Finding], language: Language) -> String {
    let count = |severity| findings.iter().filter(|finding| finding.severity() == severity).count();
    let (must, warnings, notes) = (count(Severity::MustFix), count(Severity::Warning), count(Severity::Note));
    let plural = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
    match language {
        Language::Thai => format!("(ต้องแก้ไข {must} คำเตือน {warnings} ข้อสังเกต {notes})"),
        Language::English => {
            format!("{must} must-fix, {}, {}", plural(warnings, "warning"), plural(notes, "note"))
        }
    }
}

/// The built-in frameworks, and what is known of each and how sure.
pub(crate) fn frameworks(out: &mut impl Write, language: Language) -> io::Result<()> {
    for framework in Framework::all_built_in() {
        writeln!(out, "{framework}")?;
        for (name, fact) in years::names(language).into_iter().zip(years::facts(framework, language)) {
            writeln!(out, "  {name}: {fact}")?;
        }
    }
    Ok(())
}

/// One finding: what and where, then what to do.
fn finding(out: &mut impl Write, finding: &Finding, language: Language) -> io::Result<()> {
    let severity = finding.severity().name(language);
    write!(out, "  {severity} [{}]", finding.code)?;
    if !finding.places.is_empty() {
        write!(out, " {}:", line(&finding.place_text()))?;
    }
    writeln!(out, " {}", line(&finding.message(language)))?;
    writeln!(out, "    {} {}", hint_label(language), line(&finding.hint(language)))
}

/// What stands in front of an error: it ends a file, which no finding does.
fn error_label(language: Language) -> &'static str {
    language.pick("ข้อผิดพลาด", "error")
}

fn hint_label(language: Language) -> &'static str {
    language.pick("คำแนะนำ:", "hint:")
}
