//! `overview`: one workbook about many agencies.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::app::commands::inputs::{Visitor, prepare, saved_as, visit};
use crate::app::commands::{Exit, is_workbook};
use crate::app::terminal;
use crate::batch::{self, InputFile, RUN_FILE, RunFile, find};
use crate::config::Config;
use crate::error::{Cause, Error};
use crate::overview::{AgencyResult, Failure};
use crate::recognise::Hints;
use crate::report::{Input, Report};
use crate::settings::SettingFiles;
use crate::write::xlsx::overview as workbook;

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
