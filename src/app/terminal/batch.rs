//! What a run over folders shows: its progress, a line of JSON for each file, and at the end what became of them.

use std::io::{self, Write};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::app::terminal::{error_label, hint_label, is_seen, line, message, path, stderr};
use crate::batch::pdf_files::PdfFiles;
use crate::batch::{Agency, Listener, Outcome, Reason, Record, RunOptions, Summary};
use crate::domain::language::Language;
use crate::error::{Cause, Error};
use crate::finding::Severity;

/// How many files with warnings are named; the run file has all.
const WARNINGS_SHOWN: usize = 20;

/// How many earlier versions that were kept are named.
const EARLIER_VERSIONS_SHOWN: usize = 20;

/// How many things to look at are named of one file.
const LINES_SHOWN: usize = 12;

/// What is wanted on the terminal.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shown {
    /// Only what went wrong.
    pub quiet: bool,
    /// A line of JSON on standard output for each file.
    pub log: bool,
}

/// The progress of a run.
pub(crate) struct Progress<'a, W: Write> {
    shown: Shown,
    language: Language,
    bar: ProgressBar,
    out: &'a mut W,
}

impl<'a, W: Write> Progress<'a, W> {
    pub(crate) fn new(shown: Shown, language: Language, out: &'a mut W) -> Self {
        Self { shown, language, bar: ProgressBar::hidden(), out }
    }

    /// Takes the bar away.
    pub(crate) fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

impl<W: Write> Listener for Progress<'_, W> {
    fn found(&mut self, inputs: usize) {
        if self.shown.quiet || !is_seen() {
            return;
        }
        self.bar = ProgressBar::with_draw_target(Some(inputs as u64), ProgressDrawTarget::stderr());
        // The last column stays empty: it is not cleared in a console of Windows.
        let template =
            self.language.pick("{wide_bar} {pos}/{len} ไฟล์ เหลือ {eta} ", "{wide_bar} {pos}/{len} files, {eta} left ");
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.bar.set_style(style);
        }
    }

    fn damaged(&mut self, error: &Error) -> io::Result<()> {
        let (cause, language) = (&error.cause, self.language);
        let label = Severity::Warning.name(language);
        self.bar.suspend(|| {
            let mut err = stderr();
            writeln!(err, "{label}: {}: {}", path(&error.path), message(&cause.message(language)))?;
            writeln!(err, "  {} {}", hint_label(language), cause.hint(language))
        })
    }

    fn finished(&mut self, record: &Record) -> io::Result<()> {
        self.bar.inc(1);
        if self.shown.log {
            serde_json::to_writer(&mut *self.out, record)?;
            writeln!(self.out)?;
            self.out.flush()?;
        }
        Ok(())
    }
}

/// What became of the files: counts, what failed and why, what should be looked at.
pub(crate) fn summary(
    out: &mut impl Write,
    summary: &Summary,
    options: &RunOptions,
    shown: Shown,
    language: Language,
) -> io::Result<()> {
    let mut err = stderr();
    if let Some(problem) = &summary.problem {
        let (cause, label) = (&problem.cause, error_label(language));
        writeln!(err, "{label}: {}: {}", path(&problem.path), message(&cause.message(language)))?;
        writeln!(err, "  {} {}", hint_label(language), cause.hint(language))?;
    }
    let records = || summary.run.files.iter();
    for record in records().filter(|record| record.outcome == Outcome::Failed) {
        failed(&mut err, record, language)?;
    }
    if shown.quiet {
        return Ok(());
    }
    for record in records().filter(|record| record.outcome == Outcome::Skipped) {
        let reason = record.reason.as_ref().map_or("", |reason| reason.message.in_language(language));
        let reason = message(reason);
        writeln!(err, "{}: {}: {reason}", language.pick("ข้าม", "skipped"), line(&record.input))?;
    }
    let with_warnings: Vec<&Record> = records().filter(|record| record.outcome == Outcome::Warnings).collect();
    for record in with_warnings.iter().take(WARNINGS_SHOWN) {
        warnings(&mut err, record, language)?;
    }
    if let Some(more @ 1..) = with_warnings.len().checked_sub(WARNINGS_SHOWN) {
        let run_file = path(&options.out.join(crate::batch::RUN_FILE));
        match language {
            Language::Thai => writeln!(err, "... และอีก {more} ไฟล์ที่มีคำเตือน ดูได้ใน {run_file}")?,
            Language::English => writeln!(err, "... and {more} more files with warnings; see {run_file}")?,
        }
    }
    if let Some(kept) = summary.run.overview.as_ref().filter(|overview| overview.kept) {
        let (message, hint) = (Cause::OutputKept.message(language), Cause::OutputKept.hint(language));
        writeln!(err, "{}: {}: {message}", Severity::Warning.name(language), line(&kept.workbook))?;
        writeln!(err, "  {} {hint}", hint_label(language))?;
    }
    let earlier = if options.force { Some(&summary.run.earlier_versions) } else { None };
    for copy in earlier.into_iter().flatten().take(EARLIER_VERSIONS_SHOWN) {
        let text = language.pick("เก็บฉบับก่อนไว้เป็น", "the earlier version is kept as");
        writeln!(err, "{text} {}", path(copy.as_ref()))?;
    }
    if let Some(more @ 1..) = earlier.and_then(|all| all.len().checked_sub(EARLIER_VERSIONS_SHOWN)) {
        let run_file = path(&options.out.join(crate::batch::RUN_FILE));
        match language {
            Language::Thai => writeln!(err, "... และอีก {more} ฉบับ ดูได้ใน {run_file}")?,
            Language::English => writeln!(err, "... and {more} more earlier versions; see {run_file}")?,
        }
    }
    for left in &summary.run.left {
        let (workbook, input) = (line(&left.workbook), line(&left.input));
        match language {
            Language::Thai => writeln!(err, "คงไว้: {workbook} ไม่มีไฟล์ต้นทาง {input} แล้ว จึงไม่ได้ปรับปรุง")?,
            Language::English => writeln!(err, "left: {workbook} is no longer made from {input}; it is not updated")?,
        }
    }
    // With a log standard output is for programs.
    if shown.log { counts(&mut err, summary, options, language) } else { counts(out, summary, options, language) }
}

/// Says why a run in which nothing failed ends as if something had: the user has asked for that.
pub(crate) fn failed_on_warning(summary: &Summary, options: &RunOptions, language: Language) -> io::Result<()> {
    let files = summary.run.counts.warnings;
    let what = match (files, language) {
        (0, Language::Thai) => "ภาพรวมถูกเก็บไว้ตามเดิม".to_owned(),
        (0, Language::English) => "the overview was kept as it is".to_owned(),
        (_, Language::Thai) => format!("มีคำเตือน {files} ไฟล์"),
        (1, Language::English) => "1 file has warnings".to_owned(),
        (_, Language::English) => format!("{files} files have warnings"),
    };
    // A run that only says what it would do leaves no run file.
    let run_file = path(&options.out.join(crate::batch::RUN_FILE));
    let see = if options.dry_run {
        String::new()
    } else {
        language.pick(format!(" ดูได้ใน {run_file}"), format!("; see {run_file}"))
    };
    let reason = language.pick("จบด้วยรหัส 1 ตาม --fail-on warning:", "exit code 1, as --fail-on warning asks:");
    writeln!(stderr(), "{reason} {what}{see}")
}

fn failed(err: &mut impl Write, record: &Record, language: Language) -> io::Result<()> {
    let label = error_label(language);
    let mut say = |owner: &str, reason: &Reason| {
        writeln!(err, "{label}: {}{owner}: {}", line(&record.input), message(reason.message.in_language(language)))?;
        writeln!(err, "  {} {}", hint_label(language), reason.hint.in_language(language))
    };
    if let Some(reason) = &record.reason {
        say("", reason)?;
    }
    for agency in &record.agencies {
        let Some(reason) = &agency.reason else { continue };
        let name = agency.result().and_then(|result| result.agency);
        say(&name.map(|name| format!(" ({})", line(&name))).unwrap_or_default(), reason)?;
    }
    Ok(())
}

fn warnings(err: &mut impl Write, record: &Record, language: Language) -> io::Result<()> {
    writeln!(err, "{}: {}", Severity::Warning.name(language), line(&record.input))?;
    let mut lines = record.agencies.iter().flat_map(|agency| of_agency(agency, language));
    for (text, hint) in lines.by_ref().take(LINES_SHOWN) {
        writeln!(err, "  {}", line(&text))?;
        if let Some(hint) = hint {
            writeln!(err, "    {} {}", hint_label(language), line(&hint))?;
        }
    }
    match lines.count() {
        0 => Ok(()),
        more => {
            writeln!(err, "  {}", language.pick(format!("... และอีก {more} รายการ"), format!("... and {more} more")))
        }
    }
}

/// What should be looked at about one agency, each with what to do about it.
fn of_agency(agency: &Agency, language: Language) -> Vec<(String, Option<String>)> {
    let workbook = agency.workbook.as_deref().unwrap_or_default();
    let mut texts = Vec::new();
    for kept in agency.kept_files() {
        let (message, hint) = (Cause::OutputKept.message(language), Cause::OutputKept.hint(language));
        texts.push((format!("{kept}: {message}"), Some(hint.to_owned())));
    }
    if let Some(other) = &agency.duplicate_of {
        let text = match language {
            Language::Thai => format!("{workbook}: หน่วยงานและปีเดียวกับ {other} ซึ่งเป็นไฟล์ที่นับในภาพรวม"),
            Language::English => format!("{workbook}: same agency and year as {other}, which counts in the overview"),
        };
        texts.push((text, None));
    }
    if let Some(other) = &agency.duplicated_by {
        let text = match language {
            Language::Thai => format!("{workbook}: หน่วยงานและปีเดียวกับ {other} ซึ่งไม่นับในภาพรวม"),
            Language::English => {
                format!("{workbook}: same agency and year as {other}, which does not count in the overview")
            }
        };
        texts.push((text, None));
    }
    for entry in agency.findings().iter().filter(|entry| entry.code.severity() > Severity::Note) {
        let finding = entry.finding();
        let severity = finding.severity().name(language);
        let at = if entry.cells.is_empty() { String::new() } else { format!(" {}:", entry.cells) };
        let text = format!("{severity} [{}]{at} {}", entry.code, finding.message(language));
        texts.push((text, Some(finding.hint(language))));
    }
    texts
}

/// What became of the PDFs of a run's documents.
pub(crate) fn pdfs(out: &mut impl Write, pdfs: &PdfFiles, shown: Shown, language: Language) -> io::Result<()> {
    let mut err = stderr();
    for problem in &pdfs.problems {
        super::error(problem, language)?;
    }
    for kept in &pdfs.kept {
        let (message, hint) = (Cause::OutputKept.message(language), Cause::OutputKept.hint(language));
        writeln!(err, "{}: {}: {message}", Severity::Warning.name(language), path(kept))?;
        writeln!(err, "  {} {hint}", hint_label(language))?;
    }
    if shown.quiet {
        return Ok(());
    }
    let (made, same) = (pdfs.made, pdfs.same);
    let text = match language {
        Language::Thai => format!("  PDF: เขียน {made} ไฟล์ คงเดิม {same} ไฟล์"),
        Language::English => format!("  PDF: {made} written, {same} unchanged"),
    };
    // With a log standard output is for programs.
    if shown.log { writeln!(err, "{text}") } else { writeln!(out, "{text}") }
}

fn counts(out: &mut impl Write, summary: &Summary, options: &RunOptions, language: Language) -> io::Result<()> {
    let (run, folder) = (&summary.run, path(&options.out));
    let (counts, passed) = (run.counts, &run.passed);
    let (new, same) = (summary.written, summary.same);
    let files = run.files.len();
    match (language, options.dry_run) {
        (Language::Thai, false) => writeln!(out, "{folder}: เขียนสมุดงาน {new} ไฟล์ คงเดิม {same} ไฟล์")?,
        (Language::Thai, true) => writeln!(out, "{folder}: จะเขียนสมุดงาน {new} ไฟล์ คงเดิม {same} ไฟล์ (ยังไม่ได้เขียนสิ่งใด)")?,
        (Language::English, false) => writeln!(out, "{folder}: {new} workbooks written, {same} unchanged")?,
        (Language::English, true) => {
            writeln!(out, "{folder}: {new} workbooks would be written, {same} unchanged; nothing was written")?;
        }
    }
    let (written, warnings, skipped, failed) = (counts.written, counts.warnings, counts.skipped, counts.failed);
    match language {
        Language::Thai => writeln!(
            out,
            "  ไฟล์ต้นทาง {files} ไฟล์: สำเร็จ {written} สำเร็จแต่มีคำเตือน {warnings} ข้าม {skipped} ล้มเหลว {failed}"
        )?,
        Language::English => writeln!(
            out,
            "  of {files} files: {written} converted, {warnings} converted with warnings, {skipped} skipped, {failed} failed"
        )?,
    }
    let other: usize = passed.other_types.values().sum();
    let kinds = [
        (other, "ชนิดอื่น", "of other types"),
        (passed.lock_files, "ไฟล์ล็อก", "lock files"),
        (passed.hidden, "ไฟล์ซ่อน", "hidden"),
        (passed.earlier_versions, "ฉบับก่อนของสมุดงาน", "earlier versions of workbooks"),
        (passed.output_folders, "โฟลเดอร์ผลลัพธ์", "output folders"),
        (passed.link_loops, "ลิงก์วนซ้ำ", "links that lead back"),
    ];
    let kinds = kinds.into_iter().filter(|(count, ..)| *count > 0);
    let text: Vec<String> =
        kinds.map(|(count, th, en)| language.pick(format!("{th} {count}"), format!("{count} {en}"))).collect();
    if !text.is_empty() {
        writeln!(out, "  {} {}", language.pick("ไม่ได้อ่าน:", "passed over:"), text.join(", "))?;
    }
    Ok(())
}
