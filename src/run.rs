//! The subcommands: each wires the stages together for its inputs, and one bad input never stops the others.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::cli::{Cli, Command, Environment};
use crate::config::{Config, OUTPUT_SUFFIX, Output};
use crate::error::{Cause, Error};
use crate::report::Report;
use crate::terminal;
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
    let mut out = io::BufWriter::new(io::stdout().lock());
    let exit = match cli.command {
        Some(Command::Inspect(args)) => {
            let (inputs, config, json) = args.into_config(environment);
            inspect(&inputs, &config, json, &mut out)?
        }
        Some(Command::Convert(args)) => {
            let (inputs, config) = args.into_config(environment, |path| path.is_dir());
            convert(&inputs, &config, &mut out)?
        }
        None => {
            let (inputs, config) = cli.convert.into_config(environment, |path| path.is_dir());
            convert(&inputs, &config, &mut out)?
        }
    };
    out.flush()?;
    Ok(exit)
}

fn convert(inputs: &[PathBuf], config: &Config, out: &mut impl Write) -> io::Result<Exit> {
    if let Output::Folder(folder) = &config.output
        && let Err(e) = std::fs::create_dir_all(folder)
    {
        terminal::error(&Error::new(folder, Cause::Unwritable(e)), config.language)?;
        return Ok(Exit::NotAttempted);
    }
    let (mut converted, mut failed, mut refused) = (0, 0, 0);
    for input in inputs {
        match convert_one(input, config) {
            Ok((report, path)) => {
                converted += 1;
                terminal::converted(out, input, &path, &report, config.language)?;
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

fn convert_one(input: &Path, config: &Config) -> Result<(Report, PathBuf), Error> {
    let path = output_path(input, config)?;
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
    let stem = input.file_stem().unwrap_or_default().to_string_lossy();
    let name = format!("{stem}{OUTPUT_SUFFIX}.xlsx");
    let path = match &config.output {
        Output::File(path) => path.clone(),
        Output::Beside if config.force => input.with_file_name(name),
        Output::Beside => free_name(&input.with_file_name(name)),
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

fn inspect(inputs: &[PathBuf], config: &Config, json: bool, out: &mut impl Write) -> io::Result<Exit> {
    let mut exit = Exit::Done;
    let mut documents = Vec::new();
    for input in inputs {
        let result = Report::of_file(input, config);
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
