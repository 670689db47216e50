//! The files that come of an agency: its workbook, its Word document, or both under one name.

use std::path::{Path, PathBuf};

use crate::app::commands::is_workbook;
use crate::batch;
use crate::config::{Config, OUTPUT_SUFFIX, Output};
use crate::error::{Cause, Error};
use crate::report::Report;
use crate::write::save::{free_name, same_file};
use crate::write::{DOCUMENT_ENDING, Existing, Saved, Target};

/// Where the files of an agency go; at least one of them is there.
#[derive(Debug, Clone)]
pub(super) struct Paths {
    workbook: Option<PathBuf>,
    document: Option<PathBuf>,
    /// The workbooks that were written before under this name, and with a number behind it.
    pub before: Vec<PathBuf>,
}

impl Paths {
    /// The files of an input, if it holds one agency. What the run `has_written` stays.
    pub fn of_input(input: &Path, config: &Config, has_written: &[PathBuf]) -> Result<Self, Error> {
        // A name need not be valid text.
        let mut name = input.file_stem().unwrap_or_default().to_owned();
        name.push(OUTPUT_SUFFIX);
        name.push(".xlsx");
        let path = match &config.output {
            Output::File(path) => path.clone(),
            Output::Beside => input.with_file_name(name),
            Output::Folder(folder) => folder.join(name),
        };
        let paths = Self::named(path, config)?;
        let beside = matches!(config.output, Output::Beside) && !config.force;
        // Two inputs of one name: what this run has written is not in the way, it is kept.
        let again = paths.all().any(|path| has_written.contains(path));
        let paths = if beside || again { paths.free() } else { paths };
        if let Some(path) = paths.all().find(|path| same_file(input, path)) {
            return Err(Error::new(path, Cause::OutputIsInput));
        }
        Ok(paths)
    }

    /// The files of one of several agencies, by the path of its workbook.
    pub fn of_workbook(workbook: PathBuf, config: &Config) -> Self {
        let document = config.word.then(|| workbook.with_extension(DOCUMENT_ENDING));
        Self { before: written_before(&workbook), workbook: Some(workbook), document }
    }

    /// What a name stands for.
    fn named(path: PathBuf, config: &Config) -> Result<Self, Error> {
        if is_workbook(&path) {
            return Ok(Self::of_workbook(path, config));
        }
        if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(DOCUMENT_ENDING)) {
            let before = written_before(&path.with_extension("xlsx"));
            return Ok(Self { workbook: None, document: Some(path), before });
        }
        Err(Error::new(path, Cause::OutputNotReport))
    }

    fn all(&self) -> impl Iterator<Item = &PathBuf> {
        self.workbook.iter().chain(&self.document)
    }

    /// The same with a number in the name where one of the names is taken.
    fn free(&self) -> Self {
        let Some(first) = self.all().next() else { return self.clone() };
        let both = self.workbook.is_some() && self.document.is_some();
        let free = free_name(first, |name| !name.exists() && (!both || !name.with_extension(DOCUMENT_ENDING).exists()));
        Self {
            workbook: self.workbook.as_ref().map(|_| free.clone()),
            document: self.document.as_ref().map(|_| free.with_extension(DOCUMENT_ENDING)),
            before: self.before.clone(),
        }
    }

    /// Sees to it that all can be written.
    pub fn prepare(&self, config: &Config) -> Result<Targets, Error> {
        let target =
            |path: &Option<PathBuf>| path.as_ref().map(|path| Target::prepare(path, existing(config))).transpose();
        Ok(Targets { workbook: target(&self.workbook)?, document: target(&self.document)? })
    }
}

/// The workbooks of a name that are there: as it is, then with numbers up to the first that is free.
fn written_before(workbook: &Path) -> Vec<PathBuf> {
    let mut there = Vec::new();
    free_name(workbook, |name| {
        let is_there = name.exists();
        if is_there {
            there.push(name.to_owned());
        }
        !is_there
    });
    there
}

/// The files of an agency that can be written.
pub(super) struct Targets {
    workbook: Option<Target<'static>>,
    document: Option<Target<'static>>,
}

impl Targets {
    /// Makes everything, and only then writes it.
    pub fn write(self, report: &Report, input: &Path, config: &Config) -> Result<Vec<Saved>, Error> {
        let made = |target: Option<Target<'static>>, bytes: &dyn Fn() -> Result<Vec<u8>, Cause>| {
            let made = target.map(|target| bytes().map(|bytes| (target, bytes)));
            made.transpose().map_err(|cause| Error::new(input, cause))
        };
        let workbook = made(self.workbook, &|| report.workbook(config))?;
        let document = made(self.document, &|| report.document(config))?;
        workbook.into_iter().chain(document).map(|(target, bytes)| target.write(&bytes)).collect()
    }
}

/// What becomes of a file that has the output's name.
fn existing(config: &Config) -> Existing {
    if config.force { Existing::Replaced { can_be_made_again: batch::can_be_made_again } } else { Existing::Stays }
}
