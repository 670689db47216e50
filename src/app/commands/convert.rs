//! `convert`: each input to a workbook or a Word document, or to a folder of them where it holds several agencies.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::app::commands::outputs::{Paths, Targets};
use crate::app::commands::{Exit, Warned, edited, guarded};
use crate::app::invocation::{Invocation, Output};
use crate::app::terminal;
use crate::batch::RunOptions;
use crate::batch::file_name::{DEFAULT_NAME, Facts, NameTemplate, TakenNames};
use crate::domain::language::Language;
use crate::error::{Cause, Error};
use crate::report::{Input, Report};
use crate::settings::SettingFiles;
use crate::write::save::free_name;
use crate::write::{OUTPUT_SUFFIX, Saved};

/// The run that inputs with a folder among them call for: into the folder that is given, else into one beside the first.
/// Nothing where all are files, or where the user says things of a single file.
pub(super) fn run_of_folders(
    inputs: &[PathBuf],
    invocation: &Invocation,
    files: &SettingFiles,
    jobs: usize,
) -> Option<RunOptions> {
    let first = inputs.iter().find(|input| input.is_dir())?;
    // Each workbook has a follow-up of its own.
    if invocation.config.hints.is_of_one_file() || invocation.follow_up {
        return None;
    }
    let beside = || {
        // A whole path on Windows is not what people know it by.
        let folder = if cfg!(windows) { std::path::absolute(first) } else { fs::canonicalize(first) }.ok()?;
        let mut name = folder.file_name()?.to_owned();
        name.push(OUTPUT_SUFFIX);
        Some(folder.with_file_name(name))
    };
    let out = match &invocation.output {
        Output::Beside => beside()?,
        Output::Folder(folder) => folder.clone(),
        Output::Files(files) => files.first()?.with_extension(""),
    };
    let limits = &invocation.config.read.limits;
    Some(RunOptions {
        inputs: inputs.to_vec(),
        out,
        name: DEFAULT_NAME.parse().ok()?,
        jobs: jobs.max(1),
        max_memory: limits.memory,
        max_seconds: limits.seconds.saturating_mul(RUN_SECONDS),
        dry_run: false,
        force: invocation.force,
        discard_edits: invocation.discard_edits,
        previous: files.previous.clone(),
        word: invocation.has_document(),
    })
}

/// In a run an agency's workbook is written in the time of its file too.
const RUN_SECONDS: u64 = 6;

/// Converts the inputs one after the other.
pub(super) fn convert(
    inputs: &[PathBuf],
    invocation: &Invocation,
    files: &SettingFiles,
    warned: Warned,
    out: &mut impl Write,
) -> io::Result<Exit> {
    if let Output::Folder(folder) = &invocation.output
        && let Err(e) = fs::create_dir_all(folder)
    {
        terminal::error(&Error::new(folder, Cause::Unwritable(e)), invocation.language)?;
        return Ok(Exit::NotAttempted);
    }
    let mut run = Conversion::new(out, invocation.language, warned);
    for input in inputs {
        match invocation.for_input(files, input).and_then(|invocation| run.open(input, invocation)) {
            Ok(OpenedInput { invocation, target, input, before }) => {
                match guarded(&input.path, || run.convert(&input, &invocation, target, &before)) {
                    Ok(converted) => converted?,
                    Err(error) => run.error(&error)?,
                }
            }
            Err(error) => run.error(&error)?,
        }
    }
    run.warned.exit(run.exit(), invocation.language)
}

/// What the inputs before have come to.
struct Conversion<'a, W> {
    out: &'a mut W,
    language: Language,
    warned: Warned,
    converted: usize,
    failed: usize,
    refused: usize,
    written: Vec<PathBuf>,
    /// TakenNames of agencies' workbooks in the folder that was given.
    names: TakenNames,
}

/// An input that could be read.
struct OpenedInput {
    invocation: Invocation,
    input: Input,
    /// Where the files of its only agency go; the error where something is in their way, but not in that of a folder.
    target: Result<Targets, Error>,
    /// The workbooks that were written for it before.
    before: Vec<PathBuf>,
}

impl<'a, W: Write> Conversion<'a, W> {
    fn new(out: &'a mut W, language: Language, warned: Warned) -> Self {
        let (converted, failed, refused) = (0, 0, 0);
        Self { out, language, warned, converted, failed, refused, written: Vec::new(), names: TakenNames::default() }
    }

    fn exit(&self) -> Exit {
        match (self.converted, self.failed, self.refused) {
            (_, 0, 0) => Exit::Done,
            // Where every output was refused, nothing was attempted.
            (0, 0, _) => Exit::NotAttempted,
            _ => Exit::Failed,
        }
    }

    fn error(&mut self, error: &Error) -> io::Result<()> {
        if error.exit_code() == 2 {
            self.refused += 1;
        } else {
            self.failed += 1;
        }
        terminal::error(error, self.language)
    }

    /// Sees to it that there is a place for the output, then reads the input.
    fn open(&self, input: &Path, invocation: Invocation) -> Result<OpenedInput, Error> {
        let paths = Paths::of_input(input, &invocation, &self.written)?;
        // An input that is not there is the better message than a folder that cannot be written to.
        if !input.exists() {
            return Err(Error::new(input, Cause::NotFound));
        }
        let target = match paths.prepare(&invocation) {
            // Several agencies' workbooks would have other names.
            Err(error) if !matches!(invocation.output, Output::Folder(_)) => return Err(error),
            other => other,
        };
        let input = Input::read(input, &invocation.config)?;
        Ok(OpenedInput { invocation, target, input, before: paths.before })
    }

    fn convert(
        &mut self,
        input: &Input,
        invocation: &Invocation,
        target: Result<Targets, Error>,
        before: &[PathBuf],
    ) -> io::Result<()> {
        let reports = match input.reports(&invocation.config) {
            Ok(reports) => reports,
            Err(error) => return self.error(&error),
        };
        if reports.len() > 1 {
            drop(target);
            return match self.folder(input, invocation, reports.len()) {
                Ok(folder) => reports
                    .enumerate()
                    .try_for_each(|(number, report)| self.one_of_several((input, number), report, invocation, &folder)),
                Err(error) => self.error(&error),
            };
        }
        let none = || Err(Error::new(&input.path, Cause::NoCodes { sheets: 0, cells: 0 }));
        let mut reports = reports;
        let written = target.and_then(|target| {
            let report = reports.next().unwrap_or_else(none)?;
            let source = edited::source(input, before, invocation)?;
            let report = edited::report(report, (input, 0), source.as_ref(), &invocation.config)?;
            target.write(&report, input, invocation).map(|saved| (report, saved))
        });
        self.done(input, written)
    }

    /// The folder for the workbooks of an input with several agencies.
    fn folder(&self, input: &Input, invocation: &Invocation, agencies: usize) -> Result<PathBuf, Error> {
        let folder = match &invocation.output {
            Output::Folder(folder) => folder.clone(),
            Output::Files(paths) => {
                let named = paths.first().map_or(input.path.as_path(), PathBuf::as_path);
                return Err(Error::new(named, Cause::SeveralAgencies { agencies }));
            }
            Output::Beside => {
                let stem = input.path.file_stem().unwrap_or_default().to_string_lossy();
                let folder = input.path.with_file_name(format!("{stem}{OUTPUT_SUFFIX}"));
                if invocation.force { folder } else { free_name(&folder, |name| !name.exists()) }
            }
        };
        fs::create_dir_all(&folder).map_err(|e| Error::new(&folder, Cause::Unwritable(e)))?;
        Ok(folder)
    }

    fn one_of_several(
        &mut self,
        (input, number): (&Input, usize),
        report: Result<Report, Error>,
        invocation: &Invocation,
        folder: &Path,
    ) -> io::Result<()> {
        let written = report.and_then(|report| {
            let name = self.names.give(&folder.to_string_lossy(), &stem(&report, input)?);
            let paths = Paths::of_workbook(folder.join(name), invocation);
            let targets = paths.prepare(invocation)?;
            let source = edited::source(input, &paths.before, invocation)?;
            let report = edited::report(report, (input, number), source.as_ref(), &invocation.config)?;
            targets.write(&report, input, invocation).map(|saved| (report, saved))
        });
        self.done(input, written)
    }

    fn done(&mut self, input: &Input, written: Result<(Report, Vec<Saved>), Error>) -> io::Result<()> {
        match written {
            Ok((report, saved)) => {
                self.converted += 1;
                self.warned.take(&report);
                let paths = saved.iter().map(|saved| saved.path.as_path());
                terminal::converted(self.out, &input.path, paths, &report, self.language)?;
                for Saved { path, earlier } in saved {
                    self.written.push(path);
                    earlier.map_or(Ok(()), |earlier| terminal::earlier_version(&earlier, self.language))?;
                }
                Ok(())
            }
            Err(error) => self.error(&error),
        }
    }
}

/// The name of an agency's workbook, as `batch` would choose it.
fn stem(report: &Report, input: &Input) -> Result<String, Error> {
    let template: NameTemplate =
        DEFAULT_NAME.parse().map_err(|problem| Error::new(&input.path, Cause::Settings(problem)))?;
    let submission = &report.submission;
    Ok(template.stem(Facts {
        agency: submission.agency.as_ref().map(|given| given.value.as_str()),
        district: submission.district.as_ref().map(|given| given.value.as_str()),
        province: submission.province.as_ref().map(|given| given.value.as_str()),
        year: report.assessment.framework.year,
        input: &input.path.file_stem().unwrap_or_default().to_string_lossy(),
    }))
}
