//! The subcommands: each wires the stages together for its inputs, and one bad input never stops the others.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::advice::BUILT_IN_2567;
use crate::cli::{AdviceCommand, Cli, Command, Environment, ProfileCommand, SettingFiles};
use crate::config::{Config, OUTPUT_SUFFIX, Output};
use crate::error::{Cause, Error};
use crate::language::Language;
use crate::profile::TEMPLATE;
use crate::read;
use crate::report::Report;
use crate::settings;
use crate::terminal::{self, Plain};
use crate::write::Target;
use crate::write::save::{free_name, same_file};

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
    let mut out = Plain(io::BufWriter::new(io::stdout().lock()));
    let is_folder = |path: &PathBuf| path.is_dir();
    let exit = match cli.command {
        Some(Command::Inspect(args)) => {
            let (inputs, config, files, json) = args.into_config(environment);
            with_settings(config, &files, |config| inspect(&inputs, config, &files, json, &mut out))?
        }
        Some(Command::Convert(args)) => {
            let (inputs, config, files) = args.into_config(environment, is_folder);
            with_settings(config, &files, |config| convert(&inputs, config, &files, &mut out))?
        }
        Some(Command::Advice { command }) => advice(&command, environment.language, &mut out)?,
        Some(Command::Profile { command: ProfileCommand::Init { file } }) => {
            profile_init(&file, environment.language, &mut out)?
        }
        Some(Command::TryRead(limits)) => {
            let code = read::trial::run(limits.limits(), io::stdin().lock(), &mut out)?;
            out.flush()?;
            // The numbers are between this program and itself.
            std::process::exit(code.into());
        }
        None => {
            let (inputs, config, files) = cli.convert.into_config(environment, is_folder);
            with_settings(config, &files, |config| convert(&inputs, config, &files, &mut out))?
        }
    };
    out.flush()?;
    Ok(exit)
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
            let checked =
                settings::read_advice(file).and_then(|patch| settings::with_patch(None, Some(&patch), Some(file)));
            match checked {
                Ok(_) => {
                    writeln!(out, "{}: {}", terminal::path(file), language.pick("ใช้ได้", "ok")).map(|()| Exit::Done)
                }
                Err(error) => terminal::error(&error, language).map(|()| Exit::Failed),
            }
        }
    }
}

fn profile_init(file: &Path, language: Language, out: &mut impl Write) -> io::Result<Exit> {
    let written = Target::prepare(file, false).and_then(|target| target.write(TEMPLATE.as_bytes()));
    match written {
        Ok(path) => writeln!(out, "{}", terminal::path(&path)).map(|()| Exit::Done),
        Err(error) => terminal::error(&error, language).map(|()| Exit::NotAttempted),
    }
}

fn convert(inputs: &[PathBuf], config: &Config, files: &SettingFiles, out: &mut impl Write) -> io::Result<Exit> {
    if let Output::Folder(folder) = &config.output
        && let Err(e) = std::fs::create_dir_all(folder)
    {
        terminal::error(&Error::new(folder, Cause::Unwritable(e)), config.language)?;
        return Ok(Exit::NotAttempted);
    }
    let (mut converted, mut failed, mut refused) = (0, 0, 0);
    let mut written: Vec<PathBuf> = Vec::new();
    for input in inputs {
        match convert_one(input, config, files, &written) {
            Ok((report, path)) => {
                converted += 1;
                terminal::converted(out, input, &path, &report, config.language)?;
                written.push(path);
            }
            Err(error) => {
                if error.exit_code() == 2 {
                    refused += 1;
                } else {
                    failed += 1;
                }
                terminal::error(&error, config.language)?;
            }
        }
    }
    Ok(match (converted, failed, refused) {
        (_, 0, 0) => Exit::Done,
        // Where every output was refused, nothing was attempted.
        (0, 0, _) => Exit::NotAttempted,
        _ => Exit::Failed,
    })
}

fn convert_one(
    input: &Path,
    config: &Config,
    files: &SettingFiles,
    written: &[PathBuf],
) -> Result<(Report, PathBuf), Error> {
    let config = &settings::for_input(config, files, input)?;
    let mut path = output_path(input, config)?;
    // Two inputs of one name: what this run has written is not in the way, it is kept.
    if written.contains(&path) {
        path = free_name(&path);
    }
    // An input that is not there is the better message than a folder that cannot be written to.
    if !input.exists() {
        return Err(Error::new(input, Cause::NotFound));
    }
    let target = Target::prepare(&path, config.force)?;
    let report = Report::of_file(input, config)?;
    let bytes = report.workbook(config).map_err(|cause| Error::new(input, cause))?;
    target.write(&bytes).map(|path| (report, path))
}

/// Where the workbook of an input goes.
fn output_path(input: &Path, config: &Config) -> Result<PathBuf, Error> {
    // A name need not be valid text.
    let mut name = input.file_stem().unwrap_or_default().to_owned();
    name.push(OUTPUT_SUFFIX);
    name.push(".xlsx");
    let path = match &config.output {
        Output::File(path) => path.clone(),
        Output::Beside if config.force => input.with_file_name(name),
        Output::Beside => free_name(&input.with_file_name(&name)),
        Output::Folder(folder) => folder.join(name),
    };
    let is_workbook = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx"));
    if !is_workbook {
        return Err(Error::new(path, Cause::OutputNotXlsx));
    }
    if same_file(input, &path) {
        return Err(Error::new(path, Cause::OutputIsInput));
    }
    Ok(path)
}

fn inspect(
    inputs: &[PathBuf],
    config: &Config,
    files: &SettingFiles,
    json: bool,
    out: &mut impl Write,
) -> io::Result<Exit> {
    let mut exit = Exit::Done;
    let mut documents = Vec::new();
    for input in inputs {
        let own = settings::for_input(config, files, input);
        let result = own.and_then(|config| Report::of_file(input, &config));
        if let Err(error) = &result {
            exit = exit.max(Exit::Failed);
            terminal::error(error, config.language)?;
        }
        if json {
            documents.push(terminal::json::document(input, &result));
        } else if let Ok(report) = &result {
            terminal::inspect::print(out, input, report, config.language)?;
        }
    }
    if json {
        serde_json::to_writer_pretty(&mut *out, &documents)?;
        writeln!(out)?;
    }
    Ok(exit)
}
