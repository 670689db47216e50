//! Last year's results, wherever they are: an output folder, a folder of score files or a file.

use std::path::{Path, PathBuf};

use crate::batch::RUN_FILE;
use crate::batch::discover::{InputFile, find};
use crate::batch::overview_file::counted;
use crate::batch::run_file::RunFile;
use crate::config::Config;
use crate::error::{Cause, Error};
use crate::framework::Framework;
use crate::overview::AgencyResult;
use crate::previous::{LastYear, Previous, by_topic};
use crate::read;
use crate::recognise::Hints;
use crate::report::Input;

/// Last year's results, and what could not be read of them.
#[derive(Debug, Default)]
pub(crate) struct EarlierRun {
    pub results: Vec<AgencyResult>,
    pub problems: Vec<Error>,
}

/// The results at a path: those that a run has put down in its folder, or those of score files.
///
/// # Errors
/// When the path is not there or a run's record is damaged. A file that cannot be read is a problem and stops no other.
pub(crate) fn results(path: &Path, config: &Config) -> Result<EarlierRun, Error> {
    if path.join(RUN_FILE).is_file() {
        let results = counted(&RunFile::load(path)?.files).collect();
        return Ok(EarlierRun { results, problems: Vec::new() });
    }
    // What the user says about this year's files is not said about last year's.
    let hints = Hints { frameworks: config.hints.frameworks.clone(), ..Hints::default() };
    let config = Config { read: config.read.clone(), hints, ..Config::default() };
    let mut earlier = EarlierRun::default();
    for file in files(path)? {
        match results_of(&file, &config) {
            Ok(more) => earlier.results.extend(more),
            Err(error) if !file.named && error.cause.is_of_no_result() => {}
            Err(error) => earlier.problems.push(error),
        }
    }
    Ok(earlier)
}

/// The figures at a path, to stand beside this year's.
///
/// # Errors
/// As [`results`]; and when there is nothing at all that can be compared.
pub(crate) fn figures(path: &Path, options: &read::Options) -> Result<LastYear, Error> {
    if !path.is_dir() {
        return LastYear::of_file(path, options);
    }
    let agencies: Vec<Previous> = if path.join(RUN_FILE).is_file() {
        counted(&RunFile::load(path)?.files).map(of_result).collect()
    } else {
        files(path)?.iter().filter_map(|file| LastYear::agencies_of_file(&file.path, options).ok()).flatten().collect()
    };
    if agencies.is_empty() {
        return Err(Error::new(path, Cause::NothingFound));
    }
    Ok(LastYear::new(agencies))
}

fn files(path: &Path) -> Result<Vec<InputFile>, Error> {
    if !path.exists() {
        return Err(Error::new(path, Cause::NotFound));
    }
    Ok(find(&[PathBuf::from(path)], Path::new(""))?.inputs)
}

/// The results of a file.
fn results_of(file: &InputFile, config: &Config) -> Result<Vec<AgencyResult>, Error> {
    let input = Input::read(&file.path, config)?;
    let reports = input.reports(config)?;
    reports.map(|report| report.map(|report| AgencyResult::new(&report, file.name.clone()))).collect()
}

/// The figures of a result that a run has put down.
fn of_result(result: AgencyResult) -> Previous {
    let questions = result.questions.iter().filter_map(|(code, score)| Some((*code, (*score)?)));
    let score = |code| result.questions.get(&code).copied().flatten();
    let topics = Framework::built_in(result.year).map(|framework| by_topic(framework, score));
    Previous {
        year: Some(result.year),
        questions: questions.collect(),
        topics: topics.unwrap_or_default(),
        agency: result.agency,
        district: result.district,
        province: result.province,
        indicators: result.indicators,
        instruments: result.instruments,
        total: result.total,
    }
}
