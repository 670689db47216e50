//! The files that come of an agency: its workbook, its Word document, or several files of one run.

use std::path::{Path, PathBuf};

use crate::app::commands::is_workbook;
use crate::batch;
use crate::config::{Config, FOLLOW_UP_SUFFIX, OUTPUT_SUFFIX, Output};
use crate::error::{Cause, Error};
use crate::recognise::follow_up::FollowUp;
use crate::report::{Input, Report};
use crate::write::pdf::{self, Office};
use crate::write::save::{free_name, same_file};
use crate::write::{DOCUMENT_ENDING, Existing, Saved, Target};

/// What a file of an agency is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Workbook,
    Document,
    /// The document about what has come of the plan.
    FollowUp,
    /// Either of both documents as a PDF.
    Pdf,
}

impl Kind {
    /// What a name stands for; nothing where it ends in nothing that is written.
    fn of(path: &Path) -> Option<Self> {
        if is_workbook(path) {
            return Some(Self::Workbook);
        }
        let ends_in = |wanted| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(wanted));
        let kinds = [Self::Document, Self::Pdf];
        kinds.into_iter().find(|kind| ends_in(kind.ending()))
    }

    fn ending(self) -> &'static str {
        match self {
            Self::Workbook => "xlsx",
            Self::Document | Self::FollowUp => DOCUMENT_ENDING,
            Self::Pdf => pdf::ENDING,
        }
    }
}

/// Says where several outputs were named for what does not go into them, and where there is nothing that makes a PDF.
pub(super) fn check(inputs: &[PathBuf], config: &Config) -> Result<(), Error> {
    let paths = if let Output::Files(paths) = &config.output { paths.as_slice() } else { &[] };
    let pdf = paths.iter().find(|path| Kind::of(path) == Some(Kind::Pdf));
    if let Some(named) = pdf.or(inputs.first().filter(|_| config.pdf)) {
        Office::find().map_err(|cause| Error::new(named, cause))?;
    }
    let [_, second, ..] = paths else { return Ok(()) };
    let is_one_file = matches!(inputs, [one] if !one.is_dir());
    let folder = paths.iter().find(|path| path.is_dir() || path.extension().is_none());
    match (is_one_file, folder) {
        (true, None) => Ok(()),
        (_, path) => Err(Error::new(path.unwrap_or(second), Cause::OutputNotAlone)),
    }
}

/// Where the files of an agency go; at least one of them is there.
#[derive(Debug, Clone)]
pub(super) struct Paths(Vec<(Kind, PathBuf)>);

impl Paths {
    /// The files of an input, if it holds one agency. What the run `has_written` stays.
    pub fn of_input(input: &Path, config: &Config, has_written: &[PathBuf]) -> Result<Self, Error> {
        // A name need not be valid text.
        let mut name = input.file_stem().unwrap_or_default().to_owned();
        name.push(if config.follow_up { FOLLOW_UP_SUFFIX } else { OUTPUT_SUFFIX });
        name.push(".xlsx");
        let paths = match &config.output {
            Output::Files(paths) => Self::named(paths, config)?,
            Output::Beside => Self::of_workbook(input.with_file_name(name), config),
            Output::Folder(folder) => Self::of_workbook(folder.join(name), config),
        };
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
        if config.follow_up {
            let mut paths = Self(vec![(Kind::FollowUp, workbook.with_extension(DOCUMENT_ENDING))]);
            paths.add_asked(config);
            return paths;
        }
        let mut paths = Self(vec![(Kind::Workbook, workbook)]);
        paths.add_asked(config);
        paths
    }

    /// What the names that were given stand for; one that is given twice is one file.
    fn named(names: &[PathBuf], config: &Config) -> Result<Self, Error> {
        let mut paths = Self(Vec::new());
        for path in names {
            let kind = match Kind::of(path) {
                Some(Kind::Document) if config.follow_up => Kind::FollowUp,
                Some(Kind::Pdf) => Kind::Pdf,
                _ if config.follow_up => return Err(Error::new(path, Cause::OutputNotDocument)),
                kind => kind.ok_or_else(|| Error::new(path, Cause::OutputNotReport))?,
            };
            if !paths.all().any(|known| known == path) {
                paths.0.push((kind, path.clone()));
            }
        }
        paths.add_asked(config);
        Ok(paths)
    }

    /// What is asked for beside the workbook, unless a name was given for it.
    fn add_asked(&mut self, config: &Config) {
        let Some((_, first)) = self.0.first().cloned() else { return };
        let asked = [(Kind::Document, config.word), (Kind::Pdf, config.pdf)];
        for (kind, _) in asked.into_iter().filter(|(_, is_asked)| *is_asked) {
            if !self.0.iter().any(|(known, _)| *known == kind) {
                self.0.push((kind, first.with_extension(kind.ending())));
            }
        }
    }

    fn all(&self) -> impl Iterator<Item = &PathBuf> {
        self.0.iter().map(|(_, path)| path)
    }

    /// The same with a number in the name where one of the names is taken.
    fn free(&self) -> Self {
        let Some(first) = self.all().next() else { return self.clone() };
        let renamed =
            |name: &Path| self.0.iter().map(|(kind, _)| (*kind, name.with_extension(kind.ending()))).collect();
        let free = free_name(first, |name| !Self(renamed(name)).all().any(|path| path.exists()));
        Self(renamed(&free))
    }

    /// Sees to it that all can be written.
    pub fn prepare(&self, config: &Config) -> Result<Targets, Error> {
        let target = |(kind, path): &(Kind, PathBuf)| Ok((*kind, Target::prepare(path, existing(*kind, config))?));
        self.0.iter().map(target).collect::<Result<_, _>>().map(Targets)
    }
}

/// The files of an agency that can be written.
pub(super) struct Targets(Vec<(Kind, Target<'static>)>);

impl Targets {
    /// Makes everything, and only then writes it.
    pub fn write(self, report: &Report, input: &Input, config: &Config) -> Result<Vec<Saved>, Error> {
        let document = || match config.follow_up {
            true => FollowUp::of_book(input.book.book()).and_then(|found| report.follow_up(&found, config)),
            false => report.document(config),
        };
        let bytes = |kind| match kind {
            Kind::Workbook => report.workbook(config),
            Kind::Document | Kind::FollowUp => document(),
            Kind::Pdf => {
                let pdfs = Office::find()?.pdfs(&[document()?], config.created)?;
                pdfs.into_iter().next().ok_or_else(|| Cause::Office(String::new()))
            }
        };
        let make =
            |(kind, target)| bytes(kind).map(|bytes| (target, bytes)).map_err(|cause| Error::new(&input.path, cause));
        let made: Vec<(Target<'static>, Vec<u8>)> = self.0.into_iter().map(make).collect::<Result<_, _>>()?;
        made.into_iter().map(|(target, bytes)| target.write(&bytes)).collect()
    }
}

/// What becomes of a file that has the output's name.
fn existing(kind: Kind, config: &Config) -> Existing {
    let can_be_made_again = if kind == Kind::Pdf { pdf::can_be_made_again } else { batch::can_be_made_again };
    if config.force { Existing::Replaced { can_be_made_again } } else { Existing::Stays }
}
