//! Inputs that are looked at together: files and folders, read one after the other; what cannot be read is said and never
//! stops the others.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::app::commands::{Exit, Warned, guarded};
use crate::app::terminal;
use crate::batch::{InputFile, find};
use crate::config::Config;
use crate::error::{Cause, Error};
use crate::report::{Input, Report};
use crate::settings::{self, SettingFiles};
use crate::write::save::same_file;
use crate::write::{Existing, Saved, Target};

/// What is done with the reports as they are read, and with inputs that give none.
pub(super) trait Visitor {
    /// A report, and the name of its input.
    fn report(&mut self, report: &Report, source: &str) -> io::Result<()>;
    /// An input that could not be read, or an agency of one.
    fn failure(&mut self, source: &str, error: &Error);
}

/// The output's place; with `--force` what stands there is kept unless `can_be_made_again`.
pub(super) fn prepare(
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

pub(super) fn saved_as(out: &mut impl Write, saved: Saved, agencies: usize, config: &Config) -> io::Result<()> {
    let Saved { path, earlier } = saved;
    terminal::collected(out, &path, agencies, config.language)?;
    earlier.map_or(Ok(()), |earlier| terminal::earlier_version(&earlier, config.language))
}

/// Reads the inputs one after the other. What cannot be read is said on standard error and never stops the others.
///
/// What the output replaces is no input.
pub(super) fn visit(
    inputs: &[PathBuf],
    output: Option<&Path>,
    config: &Config,
    files: &SettingFiles,
    (mut warned, visitor): (Warned, &mut impl Visitor),
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
                            Ok(report) => {
                                warned.take(&report);
                                match guarded(&file.path, || visitor.report(&report, &file.name)) {
                                    Ok(taken) => taken?,
                                    Err(e) => {
                                        fail(&file.name, &e, &mut |source, error| visitor.failure(source, error))?;
                                    }
                                }
                            }
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
    warned.exit(exit, config.language)
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
    Ok((file.named || !input.is_written_here()).then_some((input, config)))
}
