//! The subcommands: each wires the rooms together for its inputs, and one bad input never stops the others.
//!
//! It takes settings and paths and gives an exit code; what is said on the way goes through [`super::terminal`]. What a score
//! means, or how a sheet looks, is decided elsewhere.

mod convert;
mod group;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::advice::BUILT_IN_2567;
use crate::app::cli::{AdviceCommand, Cli, Command, Environment, FailOn, FrameworkCommand, ProfileCommand};
use crate::app::reference;
use crate::app::reference::Topic;
use crate::app::terminal;
use crate::app::terminal::batch::Shown;
use crate::batch;
use crate::batch::RunOptions;
use crate::config::Config;
use crate::domain::language::Language;
use crate::error::{Cause, Error};
use crate::framework::Framework;
use crate::profile::TEMPLATE;
use crate::read;
use crate::read::safety::catch_panic;
use crate::report::{Input, Report};
use crate::settings;
use crate::settings::SettingFiles;
use crate::write::xlsx::template;
use crate::write::{Existing, Target};

/// How a run ended. Merged over all inputs; the numbers are listed in the help and the README.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// All that was asked for was done, with or without findings.
    Done,
    /// At least one input could not be converted.
    Failed,
    /// Nothing was attempted.
    NotAttempted,
}

impl Exit {
    /// The process's exit code.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::NotAttempted => 2,
        }
    }
}

/// Runs what the command line asks for.
///
/// # Errors
/// Only when standard output cannot be written to.
pub fn run(cli: Cli, environment: &Environment) -> io::Result<Exit> {
    let mut out = terminal::stdout();
    let is_folder = |path: &PathBuf| path.is_dir();
    let exit = match cli.command {
        Some(Command::Inspect(args)) => {
            let (inputs, config, files, json) = args.into_config(environment);
            with_settings(config, &files, |config| inspect(&inputs, config, &files, json, &mut out))?
        }
        Some(Command::Convert(args)) => {
            let (inputs, config, files) = args.into_config(environment, is_folder);
            with_settings(config, &files, |config| convert::convert(&inputs, config, &files, &mut out))?
        }
        Some(Command::Batch(args)) => {
            let shown = Shown { quiet: args.quiet, log: args.log.is_some() };
            let fail_on_warning = args.fail_on == Some(FailOn::Warning);
            let (options, config, files) = args.into_config(environment);
            with_settings(config, &files, |config| batch(&options, config, &files, fail_on_warning, shown, &mut out))?
        }
        Some(Command::BatchWorker) => {
            // The worker has standard output for itself.
            drop(out);
            return batch::serve().map(|()| Exit::Done);
        }
        Some(Command::Overview(args)) => {
            let (inputs, output, previous) = (args.inputs.clone(), args.output.clone(), args.previous.clone());
            let (config, files) = args.config(environment);
            with_settings(config, &files, |config| {
                group::overview(&inputs, &output, &previous, config, &files, &mut out)
            })?
        }
        Some(Command::Export(args)) => {
            let (inputs, output, format) = (args.inputs.clone(), args.output.clone(), args.format());
            let (config, files) = args.config(environment);
            match format {
                Ok(format) => with_settings(config, &files, |config| {
                    group::export(&inputs, format, output.as_deref(), config, &files, &mut out)
                })?,
                Err(error) => terminal::error(&error, config.language).map(|()| Exit::NotAttempted)?,
            }
        }
        Some(Command::Template { output, year, force, lang }) => {
            template(&output, year, force, environment.language(lang), &mut out)?
        }
        Some(Command::Framework { command, lang }) => framework(&command, environment.language(lang), &mut out)?,
        Some(Command::Advice { command, lang }) => advice(&command, environment.language(lang), &mut out)?,
        Some(Command::Profile { command: ProfileCommand::Init { file, force }, lang }) => {
            profile_init(&file, force, environment.language(lang), &mut out)?
        }
        Some(Command::Reference { topic, lang }) => {
            let language = environment.language(lang);
            let text = match topic {
                Some(topic) => Topic::from(topic).markdown(language),
                None => reference::markdown(language),
            };
            out.write_all(text.as_bytes()).map(|()| Exit::Done)?
        }
        Some(Command::TryRead(args)) => {
            let code = read::safety::sandbox::run(&args.options(None), io::stdin().lock(), &mut out)?;
            out.flush()?;
            // The numbers are between this program and itself.
            std::process::exit(code.into());
        }
        None => {
            let (inputs, config, files) = cli.convert.into_config(environment, is_folder);
            with_settings(config, &files, |config| convert::convert(&inputs, config, &files, &mut out))?
        }
    };
    out.flush()?;
    Ok(exit)
}

/// From here on a panic is said in words for the user, unless it is caught: then it is the error of the file at hand.
pub fn report_panics(language: Language) {
    std::panic::set_hook(Box::new(move |panic| {
        if !catch_panic::is_guarded() {
            terminal::panic(panic, language);
        }
    }));
}

/// Says that standard output cannot be written to.
pub fn say_broken_output(error: &io::Error, language: Language) {
    terminal::broken_output(error, language);
}

/// Reads the files with settings first: where one is wrong nothing is attempted.
fn with_settings(
    config: Config,
    files: &SettingFiles,
    then: impl FnOnce(&Config) -> io::Result<Exit>,
) -> io::Result<Exit> {
    let language = config.language;
    match settings::load(config, files) {
        Ok(config) => then(&config),
        Err(error) => {
            terminal::error(&error, language)?;
            Ok(Exit::NotAttempted)
        }
    }
}

fn advice(command: &AdviceCommand, language: Language, out: &mut impl Write) -> io::Result<Exit> {
    match command {
        AdviceCommand::Export => out.write_all(BUILT_IN_2567.as_bytes()).map(|()| Exit::Done),
        AdviceCommand::Check { file } => {
            let checked = settings::read_advice(file)
                .and_then(|patch| settings::with_patch(None, Some(&patch), Some(file), None));
            match checked {
                Ok(_) => {
                    writeln!(out, "{}: {}", terminal::path(file), language.pick("ใช้ได้", "ok")).map(|()| Exit::Done)
                }
                Err(error) => terminal::error(&error, language).map(|()| Exit::Failed),
            }
        }
    }
}

fn template(file: &Path, year: u16, force: bool, language: Language, out: &mut impl Write) -> io::Result<Exit> {
    let known = || Framework::all_built_in().map(|framework| framework.year.to_string()).collect::<Vec<_>>().join(", ");
    let framework =
        Framework::built_in(year).ok_or_else(|| Error::new(file, Cause::UnknownYear { year, known: known() }));
    let made = framework.and_then(|framework| {
        if !is_workbook(file) {
            return Err(Error::new(file, Cause::OutputNotXlsx));
        }
        let target = Target::prepare(file, existing(force))?;
        let bytes = template::make(framework);
        target.write(&bytes.map_err(|e| Error::new(file, Cause::Workbook(e.to_string())))?)
    });
    match made {
        Ok(saved) => writeln!(out, "{}", terminal::path(&saved.path)).map(|()| Exit::Done),
        Err(error) => terminal::error(&error, language).map(|()| Exit::NotAttempted),
    }
}

fn framework(command: &FrameworkCommand, language: Language, out: &mut impl Write) -> io::Result<Exit> {
    match command {
        FrameworkCommand::List => terminal::frameworks(out, language).map(|()| Exit::Done),
        FrameworkCommand::Show { year } => match Framework::text_of(*year) {
            Some(text) => out.write_all(text.as_bytes()).map(|()| Exit::Done),
            None => {
                let known: Vec<String> =
                    Framework::all_built_in().map(|framework| framework.year.to_string()).collect();
                let cause = Cause::UnknownYear { year: *year, known: known.join(", ") };
                terminal::error(&Error::new("framework show", cause), language).map(|()| Exit::NotAttempted)
            }
        },
        FrameworkCommand::Check { file } => match settings::read_framework(file) {
            Ok(checked) => writeln!(out, "{}: {} {}", terminal::path(file), checked, language.pick("ใช้ได้", "ok"))
                .map(|()| Exit::Done),
            Err(error) => terminal::error(&error, language).map(|()| Exit::Failed),
        },
    }
}

/// Whether a file's name is that of a workbook.
fn is_workbook(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx"))
}

/// What becomes of a file that stands where a form is to be written: it may have been filled in.
fn existing(force: bool) -> Existing {
    if force { Existing::KEPT } else { Existing::Stays }
}

fn profile_init(file: &Path, force: bool, language: Language, out: &mut impl Write) -> io::Result<Exit> {
    let written = Target::prepare(file, existing(force)).and_then(|target| target.write(TEMPLATE.as_bytes()));
    match written {
        Ok(saved) => writeln!(out, "{}", terminal::path(&saved.path)).map(|()| Exit::Done),
        Err(error) => terminal::error(&error, language).map(|()| Exit::NotAttempted),
    }
}

fn batch(
    options: &RunOptions,
    config: &Config,
    files: &SettingFiles,
    fail_on_warning: bool,
    shown: Shown,
    out: &mut impl Write,
) -> io::Result<Exit> {
    let language = config.language;
    let mut progress = terminal::batch::Progress::new(shown, language, out);
    let result = batch::run(options, config, files, &mut progress);
    progress.clear();
    match result {
        Ok(summary) => {
            terminal::batch::summary(out, &summary, options, shown, language)?;
            let counts = summary.run.counts;
            let kept = summary.run.overview.as_ref().is_some_and(|overview| overview.kept);
            let failed = counts.failed > 0 || summary.problem.is_some();
            let warned = counts.warnings > 0 || kept || !summary.damaged.is_empty();
            if !failed && fail_on_warning && warned {
                terminal::batch::failed_on_warning(&summary, options, language)?;
                return Ok(Exit::Failed);
            }
            Ok(if failed { Exit::Failed } else { Exit::Done })
        }
        Err(error) => {
            terminal::error(&error, language)?;
            Ok(if matches!(error.cause, Cause::BrokenOff(_)) { Exit::Failed } else { Exit::NotAttempted })
        }
    }
}

fn inspect(
    inputs: &[PathBuf],
    config: &Config,
    files: &SettingFiles,
    json: bool,
    out: &mut impl Write,
) -> io::Result<Exit> {
    let mut exit = Exit::Done;
    let mut documents = json.then(terminal::json::Documents::default);
    for input in inputs {
        each_report(input, config, files, |result| {
            if let Err(error) = &result {
                exit = exit.max(Exit::Failed);
                terminal::error(error, config.language)?;
            }
            let shown = guarded(input, || match (&mut documents, &result) {
                (Some(documents), _) => documents.add(out, input, &result),
                (None, Ok(report)) => terminal::inspect::print(out, input, report, config.language),
                (None, Err(_)) => Ok(()),
            });
            shown.unwrap_or_else(|error| {
                exit = exit.max(Exit::Failed);
                terminal::error(&error, config.language)
            })
        })?;
    }
    documents.map_or(Ok(()), |documents| documents.end(out))?;
    Ok(exit)
}

/// Shows or writes what is known of an input. Where the program breaks down on it, that is the input's error.
fn guarded<T>(input: &Path, work: impl FnOnce() -> io::Result<T>) -> Result<io::Result<T>, Error> {
    catch_panic::program(|| Ok(work())).map_err(|cause| Error::new(input, cause))
}

/// Hands on the report of each agency of an input, or what is wrong with it or with the whole input.
fn each_report(
    input: &Path,
    config: &Config,
    files: &SettingFiles,
    mut then: impl FnMut(Result<Report, Error>) -> io::Result<()>,
) -> io::Result<()> {
    let read =
        settings::for_input(config, files, input).and_then(|settled| Ok((Input::read(input, &settled)?, settled)));
    let (read, settled) = match read {
        Ok(both) => both,
        Err(error) => return then(Err(error)),
    };
    match read.reports(&settled) {
        Ok(mut reports) => reports.try_for_each(then),
        Err(error) => then(Err(error)),
    }
}

#[cfg(test)]
#[allow(clippy::panic, reason = "panics are what is caught here")]
mod tests {
    use super::*;

    #[test]
    fn a_panic_while_a_report_is_shown_is_its_inputs_error() {
        let broken: Result<io::Result<()>, Error> = guarded(Path::new("in.xlsx"), || panic!("shown"));
        let error = broken.expect_err("an error");
        assert_eq!((error.path.as_path(), error.exit_code()), (Path::new("in.xlsx"), 1));
        assert!(matches!(error.cause, Cause::Program(words) if words == "shown"));
    }
}
