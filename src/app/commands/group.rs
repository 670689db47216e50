//! `overview` and `export`: many agencies looked at together, read one after the other.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::app::commands::{Exit, guarded, is_workbook};
use crate::app::terminal;
use crate::batch;
use crate::batch::{InputFile, RUN_FILE, RunFile, find};
use crate::config::Config;
use crate::domain::sheet_names;
use crate::error::{Cause, Error};
use crate::overview::{AgencyResult, Failure};
use crate::recognise::Hints;
use crate::report::{Input, Report};
use crate::settings;
use crate::settings::SettingFiles;
use crate::write::rows;
use crate::write::rows::Sink;
use crate::write::save::same_file;
use crate::write::xlsx::overview as workbook;
use crate::write::{Existing, Saved, Target};

/// What is done with the reports as they are read, and with inputs that give none.
trait Visitor {
    /// A report, and the name of its input.
    fn report(&mut self, report: &Report, source: &str) -> io::Result<()>;
    /// An input that could not be read, or an agency of one.
    fn failure(&mut self, source: &str, error: &Error);
}

/// Writes the overview of all agencies of the inputs; `previous` names where last year's results are.
pub(super) fn overview(
    inputs: &[PathBuf],
    output: &Path,
    previous: &[PathBuf],
    config: &Config,
    files: &SettingFiles,
    out: &mut impl Write,
) -> io::Result<Exit> {
    let target = if is_workbook(output) {
        prepare(output, inputs, config, batch::can_be_made_again)
    } else {
        Err(Error::new(output, Cause::OutputNotXlsx))
    };
    let target = match target {
        Ok(target) => target,
        Err(error) => return terminal::error(&error, config.language).map(|()| Exit::NotAttempted),
    };
    let mut collected = Collected::default();
    let mut exit = visit(inputs, Some(output), config, files, &mut collected)?;
    let before = if previous.is_empty() {
        None
    } else {
        let (before, read) = last_year(previous, config)?;
        exit = exit.max(read);
        Some(before)
    };
    let bytes = workbook::bytes(&collected.results, &collected.failures, before.as_deref(), config);
    match bytes.map_err(|cause| Error::new(output, cause)).and_then(|bytes| target.write(&bytes)) {
        Ok(saved) => saved_as(out, saved, collected.results.len(), config).map(|()| exit),
        Err(error) => terminal::error(&error, config.language).map(|()| Exit::Failed),
    }
}

/// Writes every agency's result as rows, to a file or to standard output.
pub(super) fn export(
    inputs: &[PathBuf],
    format: rows::RowFormat,
    output: Option<&Path>,
    config: &Config,
    files: &SettingFiles,
    out: &mut impl Write,
) -> io::Result<Exit> {
    let Some(output) = output else {
        let mut rows = Rows { sink: Sink::new(format, &mut *out)?, agencies: 0 };
        let exit = visit(inputs, None, config, files, &mut rows)?;
        return rows.sink.finish().map(|_| exit);
    };
    let mut target = match prepare(output, inputs, config, rows::is_export) {
        Ok(target) => target,
        Err(error) => return terminal::error(&error, config.language).map(|()| Exit::NotAttempted),
    };
    let written = Sink::new(format, target.writer()).and_then(|sink| {
        let mut rows = Rows { sink, agencies: 0 };
        let exit = visit(inputs, Some(output), config, files, &mut rows)?;
        let agencies = rows.agencies;
        rows.sink.finish().map(|_| (exit, agencies))
    });
    let named = written.map_err(|e| Error::new(output, Cause::Unwritable(e)));
    match named.and_then(|(exit, agencies)| Ok((exit, agencies, target.finish()?))) {
        Ok((exit, agencies, saved)) => saved_as(out, saved, agencies, config).map(|()| exit),
        Err(error) => terminal::error(&error, config.language).map(|()| Exit::Failed),
    }
}

/// The output's place; with `--force` what stands there is kept unless `can_be_made_again`.
fn prepare(
    output: &Path,
    inputs: &[PathBuf],
    config: &Config,
    can_be_made_again: fn(&Path) -> bool,
) -> Result<Target<'static>, Error> {
    if inputs.iter().any(|input| same_file(input, output)) {
        return Err(Error::new(output, Cause::OutputIsInput));
    }
    Target::prepare(output, if config.force { Existing::Replaced { can_be_made_again } } else { Existing::Stays })
}

fn saved_as(out: &mut impl Write, saved: Saved, agencies: usize, config: &Config) -> io::Result<()> {
    let Saved { path, earlier } = saved;
    terminal::collected(out, &path, agencies, config.language)?;
    earlier.map_or(Ok(()), |earlier| terminal::earlier_version(&earlier, config.language))
}

/// What the overview is made from.
#[derive(Default)]
struct Collected {
    results: Vec<AgencyResult>,
    failures: Vec<Failure>,
}

impl Visitor for Collected {
    fn report(&mut self, report: &Report, source: &str) -> io::Result<()> {
        self.results.push(AgencyResult::new(report, source.to_owned()));
        Ok(())
    }

    fn failure(&mut self, source: &str, error: &Error) {
        self.failures.push(Failure::new(source.to_owned(), error));
    }
}

/// Rows as they are written.
struct Rows<W: Write> {
    sink: Sink<W>,
    agencies: usize,
}

impl<W: Write> Visitor for Rows<W> {
    fn report(&mut self, report: &Report, source: &str) -> io::Result<()> {
        self.agencies += 1;
        rows::records(report, source).iter().try_for_each(|record| self.sink.write(record))
    }

    fn failure(&mut self, _source: &str, _error: &Error) {}
}

/// Reads the inputs one after the other. What cannot be read is said on standard error and never stops the others.
///
/// What the output replaces is no input.
fn visit(
    inputs: &[PathBuf],
    output: Option<&Path>,
    config: &Config,
    files: &SettingFiles,
    visitor: &mut impl Visitor,
) -> io::Result<Exit> {
    let mut exit = Exit::Done;
    let mut fail = |source: &str, error: &Error, visitor: &mut dyn FnMut(&str, &Error)| {
        exit = Exit::Failed;
        visitor(source, error);
        terminal::error(error, config.language)
    };
    let (there, missing): (Vec<PathBuf>, Vec<PathBuf>) = inputs.iter().cloned().partition(|path| path.exists());
    for path in missing {
        let error = Error::new(&path, Cause::NotFound);
        fail(&path.to_string_lossy(), &error, &mut |source, error| visitor.failure(source, error))?;
    }
    let mut found = match find(&there, Path::new("")) {
        Ok(found) => found,
        Err(error) => {
            terminal::error(&error, config.language)?;
            return Ok(Exit::NotAttempted);
        }
    };
    found.inputs.retain(|input| !output.is_some_and(|output| same_file(&input.path, output)));
    terminal::earlier_versions_passed_over(found.passed.earlier_versions, config.language)?;
    for (name, cause) in found.unreadable {
        let error = Error::new(&name, cause);
        fail(&name, &error, &mut |source, error| visitor.failure(source, error))?;
    }
    // One file that was named is its folder's own; of many a profile beside them names at most one.
    let alone = found.inputs.len() == 1 && found.inputs.iter().all(|input| input.named);
    for file in &found.inputs {
        match open(file, alone, config, files) {
            Ok(None) => terminal::passed_over(&file.path, config.language)?,
            Ok(Some((input, config))) => match input.reports(&config) {
                Ok(reports) => {
                    for report in reports {
                        match report {
                            Ok(report) => match guarded(&file.path, || visitor.report(&report, &file.name)) {
                                Ok(taken) => taken?,
                                Err(e) => fail(&file.name, &e, &mut |source, error| visitor.failure(source, error))?,
                            },
                            Err(e) => fail(&file.name, &e, &mut |source, error| visitor.failure(source, error))?,
                        }
                    }
                }
                Err(error) if !file.named && error.cause.is_of_no_result() => {
                    terminal::passed_over(&file.path, config.language)?;
                }
                Err(error) => fail(&file.name, &error, &mut |source, error| visitor.failure(source, error))?,
            },
            Err(error) => fail(&file.name, &error, &mut |source, error| visitor.failure(source, error))?,
        }
    }
    Ok(exit)
}

/// A file and the settings for it; nothing where a search has come upon a workbook that this program wrote.
fn open(
    file: &InputFile,
    alone: bool,
    config: &Config,
    files: &SettingFiles,
) -> Result<Option<(Input, Config)>, Error> {
    let mut config = settings::for_input(config, files, &file.path)?;
    if !alone {
        let profile = &mut config.profile;
        (profile.agency, profile.district, profile.province) = (None, None, None);
    }
    let input = Input::read(&file.path, &config)?;
    let names = || input.book.sheets.iter().map(|sheet| &*sheet.name);
    let is_written_here = sheet_names::are_of_a_report(names) || sheet_names::are_of_an_overview(names);
    Ok((file.named || !is_written_here).then_some((input, config)))
}

/// Last year's results: of the run file of an output folder, or read from score files.
fn last_year(paths: &[PathBuf], config: &Config) -> io::Result<(Vec<AgencyResult>, Exit)> {
    let mut exit = Exit::Done;
    let mut results = Vec::new();
    for path in paths {
        if path.join(RUN_FILE).is_file() {
            match RunFile::load(path) {
                Ok(run) => {
                    let agencies = run.files.iter().flat_map(|record| &record.agencies);
                    results.extend(agencies.filter_map(|agency| agency.result()));
                }
                Err(error) => {
                    terminal::error(&error, config.language)?;
                    exit = Exit::Failed;
                }
            }
            continue;
        }
        let found = match find(std::slice::from_ref(path), Path::new("")) {
            Ok(found) => found,
            Err(error) => {
                terminal::error(&error, config.language)?;
                exit = Exit::Failed;
                continue;
            }
        };
        for file in found.inputs {
            // What the user says about this year's files is not said about last year's.
            let hints = Hints { frameworks: config.hints.frameworks.clone(), ..Hints::default() };
            let config = Config { read: config.read.clone(), hints, ..Config::default() };
            match results_of(&file, &config) {
                Ok(more) => results.extend(more),
                Err(error) if !file.named && error.cause.is_of_no_result() => {}
                Err(error) => {
                    terminal::error(&error, config.language)?;
                    exit = Exit::Failed;
                }
            }
        }
    }
    Ok((results, exit))
}

/// The results of a file.
fn results_of(file: &InputFile, config: &Config) -> Result<Vec<AgencyResult>, Error> {
    let input = Input::read(&file.path, config)?;
    let reports = input.reports(config)?;
    reports.map(|report| report.map(|report| AgencyResult::new(&report, file.name.clone()))).collect()
}
