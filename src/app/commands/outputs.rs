//! The files that come of an agency: its workbook, its Word document, or several files of one run.

use std::path::{Path, PathBuf};

use crate::app::commands::is_workbook;
use crate::app::invocation::{Invocation, Output};
use crate::batch;
use crate::error::{Cause, Error};
use crate::recognise::follow_up::FollowUp;
use crate::report::{Input, Report};
use crate::write::pdf::{self, Office};
use crate::write::save::{free_name, same_file};
use crate::write::{DOCUMENT_ENDING, Existing, FOLLOW_UP_SUFFIX, OUTPUT_SUFFIX, Saved, Target};

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
pub(super) fn check(inputs: &[PathBuf], invocation: &Invocation) -> Result<(), Error> {
    let paths = if let Output::Files(paths) = &invocation.output { paths.as_slice() } else { &[] };
    let pdf = paths.iter().find(|path| Kind::of(path) == Some(Kind::Pdf));
    if let Some(named) = pdf.or(inputs.first().filter(|_| invocation.pdf)) {
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
pub(super) struct Paths {
    files: Vec<(Kind, PathBuf)>,
    /// The workbooks that were written before under this name, and with a number behind it.
    pub before: Vec<PathBuf>,
}

impl Paths {
    fn of(files: Vec<(Kind, PathBuf)>) -> Self {
        let before = files.first().map(|(_, path)| written_before(&path.with_extension("xlsx")));
        Self { files, before: before.unwrap_or_default() }
    }

    /// The files of an input, if it holds one agency. What the run `has_written` stays.
    pub fn of_input(input: &Path, invocation: &Invocation, has_written: &[PathBuf]) -> Result<Self, Error> {
        // A name need not be valid text.
        let mut name = input.file_stem().unwrap_or_default().to_owned();
        name.push(if invocation.follow_up { FOLLOW_UP_SUFFIX } else { OUTPUT_SUFFIX });
        name.push(".xlsx");
        let paths = match &invocation.output {
            Output::Files(paths) => Self::named(paths, invocation)?,
            Output::Beside => Self::of_workbook(input.with_file_name(name), invocation),
            Output::Folder(folder) => Self::of_workbook(folder.join(name), invocation),
        };
        let beside = matches!(invocation.output, Output::Beside) && !invocation.force;
        // Two inputs of one name: what this run has written is not in the way, it is kept.
        let again = paths.all().any(|path| has_written.contains(path));
        let paths = if beside || again { paths.free() } else { paths };
        if let Some(path) = paths.all().find(|path| same_file(input, path)) {
            return Err(Error::new(path, Cause::OutputIsInput));
        }
        Ok(paths)
    }

    /// The files of one of several agencies, by the path of its workbook.
    pub fn of_workbook(workbook: PathBuf, invocation: &Invocation) -> Self {
        if invocation.follow_up {
            let mut paths = Self::of(vec![(Kind::FollowUp, workbook.with_extension(DOCUMENT_ENDING))]);
            paths.add_asked(invocation);
            return paths;
        }
        let mut paths = Self::of(vec![(Kind::Workbook, workbook)]);
        paths.add_asked(invocation);
        paths
    }

    /// What the names that were given stand for; one that is given twice is one file.
    fn named(names: &[PathBuf], invocation: &Invocation) -> Result<Self, Error> {
        let mut paths = Self::of(Vec::new());
        for path in names {
            let kind = match Kind::of(path) {
                Some(Kind::Document) if invocation.follow_up => Kind::FollowUp,
                Some(Kind::Pdf) => Kind::Pdf,
                _ if invocation.follow_up => return Err(Error::new(path, Cause::OutputNotDocument)),
                kind => kind.ok_or_else(|| Error::new(path, Cause::OutputNotReport))?,
            };
            if !paths.all().any(|known| known == path) {
                paths.files.push((kind, path.clone()));
            }
        }
        let first = paths.files.first().map(|(_, path)| written_before(&path.with_extension("xlsx")));
        paths.before = first.unwrap_or_default();
        paths.add_asked(invocation);
        Ok(paths)
    }

    /// What is asked for beside the workbook, unless a name was given for it.
    fn add_asked(&mut self, invocation: &Invocation) {
        let Some((_, first)) = self.files.first().cloned() else { return };
        let asked = [(Kind::Document, invocation.word), (Kind::Pdf, invocation.pdf)];
        for (kind, _) in asked.into_iter().filter(|(_, is_asked)| *is_asked) {
            if !self.files.iter().any(|(known, _)| *known == kind) {
                self.files.push((kind, first.with_extension(kind.ending())));
            }
        }
    }

    fn all(&self) -> impl Iterator<Item = &PathBuf> {
        self.files.iter().map(|(_, path)| path)
    }

    /// The same with a number in the name where one of the names is taken.
    fn free(&self) -> Self {
        let Some(first) = self.all().next() else { return self.clone() };
        let renamed =
            |name: &Path| self.files.iter().map(|(kind, _)| (*kind, name.with_extension(kind.ending()))).collect();
        let free = free_name(first, |name| !Self::of(renamed(name)).all().any(|path| path.exists()));
        Self { files: renamed(&free), before: self.before.clone() }
    }

    /// Sees to it that all can be written.
    pub fn prepare(&self, invocation: &Invocation) -> Result<Targets, Error> {
        let target = |(kind, path): &(Kind, PathBuf)| Ok((*kind, Target::prepare(path, existing(*kind, invocation))?));
        self.files.iter().map(target).collect::<Result<_, _>>().map(Targets)
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
pub(super) struct Targets(Vec<(Kind, Target<'static>)>);

impl Targets {
    /// Makes everything, and only then writes it.
    pub fn write(self, report: &Report, input: &Input, invocation: &Invocation) -> Result<Vec<Saved>, Error> {
        let config = &invocation.config;
        let document = || match invocation.follow_up {
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
fn existing(kind: Kind, invocation: &Invocation) -> Existing {
    let can_be_made_again = if kind == Kind::Pdf { pdf::can_be_made_again } else { batch::can_be_made_again };
    if invocation.force { Existing::Replaced { can_be_made_again } } else { Existing::Stays }
}
