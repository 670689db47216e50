//! The one door for inputs: files and folders, read one after the other in one order; what cannot be read is said and never
//! stops the others.
//!
//! A file that was named is read whatever it is. Where a folder is searched, lock files, kept copies and output folders are no
//! inputs, and a file without ITA codes or a workbook that this program wrote is passed over, and named.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::app::commands::{Exit, Warned, edited, guarded};
use crate::app::invocation::Invocation;
use crate::app::terminal;
use crate::batch::{InputFile, find, find_workbooks};
use crate::config::Config;
use crate::domain::language::Language;
use crate::edits;
use crate::edits::Edits;
use crate::error::{Cause, Error};
use crate::overview::AgencyMeasures;
use crate::report::{Input, Report};
use crate::settings::{self, SettingFiles};
use crate::write::save::same_file;
use crate::write::{Existing, Saved, Target};

/// What is done with the reports as they are read, and with inputs that give none.
pub(super) trait Visitor {
    /// The report of an agency of a file, with what an officer has made of it where it is a workbook of this program.
    fn report(&mut self, report: &Report, file: &InputFile, edits: Option<&Edits>) -> io::Result<()>;
    /// A file that could not be read, or an agency of one.
    fn failure(&mut self, file: &InputFile, error: &Error) -> io::Result<()>;
}

/// The output's place; with `--force` what stands there is kept unless `can_be_made_again`.
pub(super) fn prepare(
    output: &Path,
    inputs: &[PathBuf],
    force: bool,
    can_be_made_again: fn(&Path) -> bool,
) -> Result<Target<'static>, Error> {
    if inputs.iter().any(|input| same_file(input, output)) {
        return Err(Error::new(output, Cause::OutputIsInput));
    }
    Target::prepare(output, if force { Existing::Replaced { can_be_made_again } } else { Existing::Stays })
}

/// What has come of the measures in the workbooks of a folder; what cannot be read is said on standard error.
pub(super) fn measures(folder: Option<&Path>, invocation: &Invocation) -> io::Result<(Vec<AgencyMeasures>, Exit)> {
    let Some(folder) = folder else { return Ok((Vec::new(), Exit::Done)) };
    let (measures, problems) = match find_workbooks(folder) {
        Ok(found) => {
            let paths = found.inputs.iter().map(|input| input.path.as_path());
            let (measures, mut problems) = edits::follow_ups(paths, &invocation.config.read);
            problems.extend(found.unreadable.into_iter().map(|(name, cause)| Error::new(name, cause)));
            (measures, problems)
        }
        Err(error) => (Vec::new(), vec![error]),
    };
    problems.iter().try_for_each(|error| terminal::error(error, invocation.language))?;
    Ok((measures, if problems.is_empty() { Exit::Done } else { Exit::Failed }))
}

pub(super) fn saved_as(out: &mut impl Write, saved: Saved, agencies: usize, language: Language) -> io::Result<()> {
    let Saved { path, earlier } = saved;
    terminal::collected(out, &path, agencies, language)?;
    earlier.map_or(Ok(()), |earlier| terminal::earlier_version(&earlier, language))
}

/// Reads the inputs one after the other. What cannot be read is said on standard error and never stops the others.
///
/// What the output replaces is no input.
pub(super) fn visit(
    inputs: &[PathBuf],
    output: Option<&Path>,
    invocation: &Invocation,
    files: &SettingFiles,
    (warned, visitor): (Warned, &mut impl Visitor),
) -> io::Result<Exit> {
    let mut found = match find(inputs, Path::new("")) {
        Ok(found) => found,
        Err(error) => {
            terminal::error(&error, invocation.language)?;
            return Ok(Exit::NotAttempted);
        }
    };
    let mut visit = Visit { invocation, files, visitor, warned, exit: Exit::Done };
    for path in &found.missing {
        visit.fail(&of_name(path, &path.to_string_lossy()), &Error::new(path, Cause::NotFound))?;
    }
    // Files are taken as they were named; what a search comes upon, by its name.
    if found.inputs.iter().all(|input| input.named) {
        found.inputs.sort_by_key(|input| inputs.iter().position(|path| *path == input.path));
    }
    found.inputs.retain(|input| !output.is_some_and(|output| same_file(&input.path, output)));
    terminal::earlier_versions_passed_over(found.passed.earlier_versions, invocation.language)?;
    for (name, cause) in found.unreadable {
        visit.fail(&of_name(Path::new(&name), &name), &Error::new(&name, cause))?;
    }
    // One file that was named is its folder's own; of many a profile beside them names at most one.
    let alone = found.inputs.len() == 1 && found.inputs.iter().all(|input| input.named);
    for file in &found.inputs {
        visit.file(file, alone)?;
    }
    visit.warned.exit(visit.exit, invocation.language)
}

/// An input that no search has come upon.
fn of_name(path: &Path, name: &str) -> InputFile {
    InputFile { path: path.to_owned(), name: name.to_owned(), named: true }
}

struct Visit<'a, V> {
    invocation: &'a Invocation,
    files: &'a SettingFiles,
    visitor: &'a mut V,
    warned: Warned,
    exit: Exit,
}

impl<V: Visitor> Visit<'_, V> {
    fn fail(&mut self, file: &InputFile, error: &Error) -> io::Result<()> {
        self.exit = self.exit.max(Exit::Failed);
        terminal::error(error, self.invocation.language)?;
        self.visitor.failure(file, error)
    }

    fn file(&mut self, file: &InputFile, alone: bool) -> io::Result<()> {
        let OpenedFile { input, config, edits } = match open(file, alone, &self.invocation.config, self.files) {
            Ok(Some(opened)) => opened,
            Ok(None) => return terminal::passed_over(&file.path, &Cause::OwnWorkbook, self.invocation.language),
            Err(error) => return self.fail(file, &error),
        };
        let is_none = |error: &Error| !file.named && error.cause.is_of_no_result();
        let reports = match input.reports(&config) {
            Ok(reports) => reports,
            Err(error) if is_none(&error) => {
                return terminal::passed_over(&file.path, &error.cause, self.invocation.language);
            }
            Err(error) => return self.fail(file, &error),
        };
        let alone = reports.len() == 1;
        for report in reports {
            let taken = report.and_then(|report| {
                self.warned.take(&report);
                guarded(&file.path, || self.visitor.report(&report, file, edits.as_ref()))
            });
            match taken {
                Ok(taken) => taken?,
                Err(error) if alone && is_none(&error) => {
                    terminal::passed_over(&file.path, &error.cause, self.invocation.language)?;
                }
                Err(error) => self.fail(file, &error)?,
            }
        }
        Ok(())
    }
}

/// A file that could be read.
struct OpenedFile {
    input: Input,
    config: Config,
    edits: Option<Edits>,
}

/// A file and the settings for it; nothing where a search has come upon a workbook that this program wrote.
fn open(file: &InputFile, alone: bool, config: &Config, files: &SettingFiles) -> Result<Option<OpenedFile>, Error> {
    let mut config = settings::for_input(config, files, &file.path)?;
    if !alone {
        let profile = &mut config.profile;
        (profile.agency, profile.district, profile.province) = (None, None, None);
    }
    let input = Input::read(&file.path, &config)?;
    if !file.named && input.is_written_here() {
        return Ok(None);
    }
    let edits = edited::of_input(&input, &config);
    config.typed = edits.as_ref().and_then(edited::confirmation).or(config.typed);
    Ok(Some(OpenedFile { input, config, edits }))
}
