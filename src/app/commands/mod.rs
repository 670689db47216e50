//! The subcommands: each wires the rooms together for its inputs, and one bad input never stops the others.
//!
//! It takes settings and paths and gives an exit code; what is said on the way goes through `super::terminal`. What a score
//! means, or how a sheet looks, is decided elsewhere.
//!
//! What a search comes upon, and what it passes over, is told by `batch::find` alone; behind it stand three loops. `inputs`
//! reads one file after the other in this process. A run hands paths to workers, so that it never holds a file itself.
//! `convert` takes files in the order in which they were named, and looks for the place of an output before it reads.

mod advice;
mod batch;
mod convert;
mod edited;
mod export;
mod framework;
mod inputs;
mod inspect;
mod outputs;
mod overview;
mod profile;
#[cfg(feature = "serve")]
mod serve;
mod sketch;
mod template;
mod wildcard;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::app::cli::{self, Cli, Command, Environment, FailOn, ProfileCommand, Shape};
use crate::app::invocation::Invocation;
use crate::app::reference;
use crate::app::reference::Topic;
use crate::app::terminal;
use crate::app::terminal::batch::Shown;
use crate::batch::last_year;
use crate::config::Config;
use crate::domain::language::Language;
use crate::edits;
use crate::error::Error;
use crate::finding::Severity;
use crate::read;
use crate::read::safety::catch_panic;
use crate::report::Report;
use crate::settings;
use crate::settings::SettingFiles;
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

/// How many results have something to look at, where that is to end the program with exit code 1.
#[derive(Debug, Clone, Copy)]
struct Warned {
    asked: bool,
    results: usize,
}

impl Warned {
    fn new(fail_on: Option<FailOn>) -> Self {
        Self { asked: fail_on == Some(FailOn::Warning), results: 0 }
    }

    fn take(&mut self, report: &Report) {
        let findings = &report.assessment.findings;
        self.results += usize::from(findings.iter().any(|finding| finding.severity() >= Severity::Warning));
    }

    /// The exit code that a run has come to, with these results; it is said where it is for their sake.
    fn exit(self, exit: Exit, language: Language) -> io::Result<Exit> {
        if !self.asked || self.results == 0 || exit != Exit::Done {
            return Ok(exit);
        }
        terminal::failed_on_warning(self.results, language)?;
        Ok(Exit::Failed)
    }
}

/// Runs what the command line asks for.
///
/// # Errors
/// Only when standard output cannot be written to.
pub fn run(mut cli: Cli, environment: &Environment) -> io::Result<Exit> {
    if let Some(inputs) = cli.inputs_mut().filter(|_| cfg!(windows)) {
        *inputs = wildcard::expanded(std::mem::take(inputs));
    }
    let mut out = terminal::stdout();
    let is_folder = |path: &PathBuf| path.is_dir();
    let exit = match cli.command {
        Some(Command::Inspect(args)) => {
            let fail_on = args.fail_on;
            let (inputs, invocation, files, shape) = args.into_invocation(environment);
            if shape == Shape::Sketch {
                return sketch::sketch_all(&inputs, &invocation, &mut out);
            }
            with_settings(invocation, &files, |invocation| {
                inspect::inspect(&inputs, invocation, &files, (shape, Warned::new(fail_on)), &mut out)
            })?
        }
        Some(Command::Convert(args)) => {
            let fail_on = args.fail_on;
            let asked = args.into_invocation(environment, is_folder);
            convert_all(asked, fail_on, environment, &mut out)?
        }
        Some(Command::Batch(args)) => {
            let shown = Shown { quiet: args.quiet, log: args.log.is_some() };
            let fail_on_warning = args.fail_on == Some(FailOn::Warning);
            let (options, invocation, files) = args.into_invocation(environment);
            with_settings(invocation, &files, |invocation| {
                batch::batch(&options, invocation, &files, fail_on_warning, shown, &mut out)
            })?
        }
        Some(Command::BatchWorker) => {
            // The worker has standard output for itself.
            drop(out);
            return crate::batch::serve().map(|()| Exit::Done);
        }
        Some(Command::Overview(args)) => {
            let (inputs, output, previous) = (args.inputs.clone(), args.output.clone(), args.previous.clone());
            let (fail_on, follow_ups) = (args.fail_on, args.follow_ups.clone());
            let (invocation, files) = args.invocation(environment);
            with_settings(invocation, &files, |invocation| {
                let others = (previous.as_slice(), follow_ups.as_deref());
                overview::overview(&inputs, (&output, others), invocation, &files, Warned::new(fail_on), &mut out)
            })?
        }
        Some(Command::Export(args)) => {
            let (inputs, output, format) = (args.inputs.clone(), args.output.clone(), args.format());
            let (fail_on, follow_ups) = (args.fail_on, args.follow_ups.clone());
            let (invocation, files) = args.invocation(environment);
            match format {
                Ok(format) => with_settings(invocation, &files, |invocation| {
                    let output = (format, output.as_deref(), follow_ups.as_deref());
                    export::export(&inputs, output, invocation, &files, Warned::new(fail_on), &mut out)
                })?,
                Err(error) => terminal::error(&error, invocation.language).map(|()| Exit::NotAttempted)?,
            }
        }
        #[cfg(feature = "serve")]
        Some(Command::Serve(args)) => serve::serve(args, environment, &mut out)?,
        Some(Command::Template { output, year, force, lang }) => {
            template::template(&output, year, force, environment.language(lang), &mut out)?
        }
        Some(Command::Framework { command, lang }) => {
            framework::framework(&command, environment.language(lang), &mut out)?
        }
        Some(Command::Advice { command, lang }) => advice::advice(&command, environment.language(lang), &mut out)?,
        Some(Command::Profile { command: ProfileCommand::Init { file, output, force }, lang }) => {
            profile::init(&output.unwrap_or(file), force, environment.language(lang), &mut out)?
        }
        Some(Command::Reference { topic, lang }) => {
            let language = environment.language(lang);
            let text = match topic {
                Some(topic) => Topic::from(topic).markdown(language),
                None => reference::markdown(language),
            };
            out.write_all(text.as_bytes()).map(|()| Exit::Done)?
        }
        Some(Command::Completions { shell }) => cli::completions(shell, &mut out).map(|()| Exit::Done)?,
        Some(Command::Man) => cli::manual(&mut out).map(|()| Exit::Done)?,
        Some(Command::TryRead(args)) => {
            let code = read::safety::sandbox::run(&args.options(None), io::stdin().lock(), &mut out)?;
            out.flush()?;
            // The numbers are between this program and itself.
            std::process::exit(code.into());
        }
        None => {
            let fail_on = cli.convert.fail_on;
            let asked = cli.convert.into_invocation(environment, is_folder);
            convert_all(asked, fail_on, environment, &mut out)?
        }
    };
    out.flush()?;
    Ok(exit)
}

/// Opens the page for somebody who gave the program nothing to do; where it has none, says what to do.
///
/// # Errors
/// When standard output cannot be written to.
pub fn open_page(environment: &Environment) -> io::Result<Exit> {
    #[cfg(feature = "serve")]
    if let Ok(cli) = Cli::of_double_click() {
        return run(cli, environment);
    }
    let _ = environment;
    terminal::desktop::ways().map(|()| Exit::NotAttempted)
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

/// Converts files one after the other; where a folder is among the inputs, as a run over all of them.
fn convert_all(
    (inputs, invocation, files): (Vec<PathBuf>, Invocation, SettingFiles),
    fail_on: Option<FailOn>,
    environment: &Environment,
    out: &mut impl Write,
) -> io::Result<Exit> {
    if let Err(error) = outputs::check(&inputs, &invocation) {
        return terminal::error(&error, invocation.language).map(|()| Exit::NotAttempted);
    }
    let Some(options) = convert::run_of_folders(&inputs, &invocation, &files, environment.processors) else {
        return with_settings(invocation, &files, |invocation| {
            convert::convert(&inputs, invocation, &files, Warned::new(fail_on), out)
        });
    };
    terminal::folder_as_run(&options.out, invocation.language)?;
    // The processes of a run are on their own already: no file needs a trial.
    let config = Config { read: read::Options { trial: None, ..invocation.config.read }, ..invocation.config };
    let invocation = Invocation { config, ..invocation };
    with_settings(invocation, &files, |invocation| {
        let fail_on_warning = fail_on == Some(FailOn::Warning);
        batch::batch(&options, invocation, &files, fail_on_warning, Shown { quiet: false, log: false }, out)
    })
}

/// Reads the files with settings first: where one is wrong nothing is attempted.
fn with_settings(
    invocation: Invocation,
    files: &SettingFiles,
    then: impl FnOnce(&Invocation) -> io::Result<Exit>,
) -> io::Result<Exit> {
    let (language, config) = (invocation.language, &invocation.config);
    let previous = files.previous.as_deref().map(|path| last_year::figures(path, &config.read));
    let config = match previous.transpose() {
        Ok(previous) => {
            let plans = files.previous.as_deref().map(|path| Arc::new(edits::last_year_plans(path, &config.read)));
            let previous = previous.map(Arc::new).or(config.previous.clone());
            Config { previous, last_year_plans: plans, ..config.clone() }
        }
        Err(error) => return terminal::error(&error, language).map(|()| Exit::NotAttempted),
    };
    match settings::load(config, files) {
        Ok(config) => then(&Invocation { config, ..invocation }),
        Err(error) => {
            terminal::error(&error, language)?;
            Ok(Exit::NotAttempted)
        }
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

/// Writes a text that comes with the program, to a file or to standard output.
fn write_text(
    text: &str,
    output: Option<&Path>,
    force: bool,
    language: Language,
    out: &mut impl Write,
) -> io::Result<Exit> {
    let Some(output) = output else { return out.write_all(text.as_bytes()).map(|()| Exit::Done) };
    match Target::prepare(output, existing(force)).and_then(|target| target.write(text.as_bytes())) {
        Ok(saved) => {
            writeln!(out, "{}", terminal::path(&saved.path))?;
            saved.earlier.map_or(Ok(()), |earlier| terminal::earlier_version(&earlier, language)).map(|()| Exit::Done)
        }
        Err(error) => terminal::error(&error, language).map(|()| Exit::NotAttempted),
    }
}

/// Shows or writes what is known of an input. Where the program breaks down on it, that is the input's error.
fn guarded<T>(input: &Path, work: impl FnOnce() -> io::Result<T>) -> Result<io::Result<T>, Error> {
    catch_panic::program(|| Ok(work())).map_err(|cause| Error::new(input, cause))
}

#[cfg(test)]
#[allow(clippy::panic, reason = "panics are what is caught here")]
mod tests {
    use super::*;
    use crate::error::Cause;

    #[test]
    fn a_panic_while_a_report_is_shown_is_its_inputs_error() {
        let broken: Result<io::Result<()>, Error> = guarded(Path::new("in.xlsx"), || panic!("shown"));
        let error = broken.expect_err("an error");
        assert_eq!((error.path.as_path(), error.exit_code()), (Path::new("in.xlsx"), 1));
        assert!(matches!(error.cause, Cause::Program(words) if words == "shown"));
    }
}
