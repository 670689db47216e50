//! Arguments of the subcommands that look at many agencies together.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::app::cli::Environment;
use crate::app::cli::batch::FailOn;
use crate::app::cli::choices::DigitsArg;
use crate::app::cli::hints::ReadingArgs;
use crate::app::invocation::Invocation;
use crate::config::Config;
use crate::domain::digits::Digits;
use crate::error::{Cause, Error};
use crate::settings::SettingFiles;
use crate::write::rows::RowFormat;

pub(super) const OVERVIEW_EXAMPLES: &str = "\
Examples:
  itasheet overview scores/ -o overview.xlsx                 all agencies below a folder in one workbook
  itasheet overview scores/ -o overview.xlsx --previous last-year/

Exit codes: 0 all read, 1 an input could not be read (the others were), 2 nothing was attempted.
What a file may take, and the flags that change it: itasheet reference limits";

pub(super) const EXPORT_EXAMPLES: &str = "\
Examples:
  itasheet export scores/ -o rows.csv                 one row an agency, year and item
  itasheet export scores/ --format jsonl | head
  duckdb -c \"SELECT kind, avg(published) FROM 'rows.csv' GROUP BY kind\"

Exit codes: 0 all read, 1 an input could not be read (the others were), 2 nothing was attempted.
What a file may take, and the flags that change it: itasheet reference limits";

/// Arguments of `overview`.
#[derive(Debug, Args)]
pub struct OverviewArgs {
    /// Score files, and folders to search
    #[arg(value_name = "INPUT", required = true)]
    pub inputs: Vec<PathBuf>,
    /// The workbook to write
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// Replace an output that exists; it is kept beside as NAME (ฉบับก่อน N).xlsx
    #[arg(long)]
    pub force: bool,
    /// Score files of last year, folders with them, or the output folder of last year's batch
    #[arg(long, value_name = "PATH")]
    pub previous: Vec<PathBuf>,
    /// The folder with workbooks whose follow-up is filled in: what has come of the measures is added, of each agency the
    /// newest
    #[arg(long, value_name = "FOLDER")]
    pub follow_ups: Option<PathBuf>,
    /// Digits of the workbook
    #[arg(long, value_enum)]
    pub digits: Option<DigitsArg>,
    /// End with exit code 1 where there is a warning, or something that must be mended
    #[arg(long, value_enum, value_name = "WHAT")]
    pub fail_on: Option<FailOn>,
    #[command(flatten)]
    reading: ReadingArgs,
}

/// Arguments of `export`.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// Score files, and folders to search
    #[arg(value_name = "INPUT", required = true)]
    pub inputs: Vec<PathBuf>,
    /// The format (by the output's name if not given; csv on standard output)
    #[arg(long, value_enum)]
    pub format: Option<FormatArg>,
    /// The file to write, .csv .jsonl .ndjson or .json (standard output if not given)
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Replace an output that exists; what is no export is kept beside under another name
    #[arg(long)]
    pub force: bool,
    /// The folder with workbooks whose follow-up is filled in: what has come of the measures is added, of each agency the
    /// newest
    #[arg(long, value_name = "FOLDER")]
    pub follow_ups: Option<PathBuf>,
    /// End with exit code 1 where there is a warning, or something that must be mended
    #[arg(long, value_enum, value_name = "WHAT")]
    pub fail_on: Option<FailOn>,
    #[command(flatten)]
    reading: ReadingArgs,
}

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FormatArg {
    /// Comma-separated values, UTF-8 with a byte order mark
    Csv,
    /// One JSON object a line
    Jsonl,
    /// One JSON array
    Json,
}

impl From<FormatArg> for RowFormat {
    fn from(format: FormatArg) -> Self {
        match format {
            FormatArg::Csv => Self::Csv,
            FormatArg::Jsonl => Self::JsonLines,
            FormatArg::Json => Self::Json,
        }
    }
}

impl OverviewArgs {
    /// The settings and the files with more of them.
    pub fn invocation(self, environment: &Environment) -> (Invocation, SettingFiles) {
        let files = self.reading.files();
        let digits = self.digits.map(Digits::from);
        let invocation = self.reading.invocation(environment);
        (Invocation { config: Config { digits, ..invocation.config }, force: self.force, ..invocation }, files)
    }
}

impl ExportArgs {
    /// The format that was asked for, or that the output's name tells.
    ///
    /// # Errors
    /// When the output's name is that of another format, or of none that is written.
    pub fn format(&self) -> Result<RowFormat, Error> {
        let wanted = self.format.map(RowFormat::from);
        let Some(output) = &self.output else { return Ok(wanted.unwrap_or_default()) };
        let named = output.extension().map(|extension| RowFormat::of_extension(&extension.to_string_lossy()));
        let expected = wanted.as_ref().map_or(RowFormat::ALL.as_slice(), std::slice::from_ref);
        match (named, wanted) {
            (Some(Some(format)), _) if expected.contains(&format) => Ok(format),
            // A name that tells nothing contradicts nothing, as that of a pipe.
            (None, Some(format)) => Ok(format),
            _ => {
                let expected = expected.iter().flat_map(|format| format.extensions());
                Err(Error::new(output, Cause::OutputNotRows { expected: expected.copied().collect() }))
            }
        }
    }

    /// The settings and the files with more of them.
    pub fn invocation(self, environment: &Environment) -> (Invocation, SettingFiles) {
        let files = self.reading.files();
        (Invocation { force: self.force, ..self.reading.invocation(environment) }, files)
    }
}
