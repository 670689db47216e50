//! The arguments of `batch`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::app::cli::Environment;
use crate::app::cli::choices::{DigitsArg, MeasuresArg};
use crate::app::cli::document::DocumentArgs;
use crate::app::cli::hints::ReadingArgs;
use crate::app::invocation::Invocation;
use crate::batch::RunOptions;
use crate::batch::file_name::{DEFAULT_NAME, NameTemplate};
use crate::config::Config;
use crate::domain::digits::Digits;
use crate::plan::Amount;
use crate::read;
use crate::settings::SettingFiles;

pub(super) const EXAMPLES: &str = "\
Examples:
  itasheet batch scores/ -o reports/            one workbook an agency; run it again and only what changed is done
  itasheet batch scores/ -o reports/ --dry-run  says what would be done, writes nothing
  itasheet batch scores/ -o reports/ --name \"{province}-{agency}-{year}\" --fail-on warning

Exit codes: 0 all written, 1 an input failed or --fail-on was met, 2 nothing was attempted.
What a file may take, and the flags that change it: itasheet reference limits";

/// Arguments of `batch`.
#[derive(Debug, Args)]
pub struct BatchArgs {
    /// Folders to search, and score files
    #[arg(value_name = "FOLDER", required = true)]
    pub inputs: Vec<PathBuf>,
    /// The folder for the workbooks and itasheet-run.json
    #[arg(short, long, value_name = "OUT")]
    pub output: PathBuf,
    /// Names of the workbooks, of {agency}, {district}, {province}, {year} and {input}
    #[arg(long, value_name = "NAME", default_value = DEFAULT_NAME)]
    pub name: NameTemplate,
    /// Files that are converted at a time (as many as there are processors if not given)
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    pub jobs: Option<u16>,
    /// Say what would be done and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Do everything again, and replace workbooks that were edited; they are kept as NAME (ฉบับก่อน N).xlsx
    #[arg(long)]
    pub force: bool,
    /// Drop what was edited in the workbooks; what is replaced is kept all the same
    #[arg(long)]
    pub discard_edits: bool,
    /// End with exit code 1 where there is a warning, or something that must be mended
    #[arg(long, value_enum, value_name = "WHAT")]
    pub fail_on: Option<FailOn>,
    /// Say nothing but what went wrong
    #[arg(short, long)]
    pub quiet: bool,
    /// Print a line for each file when it is done, in the order of the files
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub log: Option<LogFormat>,
    /// Last year's scores, to show them in every workbook and the change in the overview: an output folder, a folder of score
    /// files, or a file
    #[arg(long, value_name = "PATH")]
    pub previous: Option<PathBuf>,
    #[command(flatten)]
    document: DocumentArgs,
    /// Leave out what is not for publication: notes and the sheet of findings
    #[arg(long)]
    pub publish: bool,
    /// Digits of the workbooks
    #[arg(long, value_enum)]
    pub digits: Option<DigitsArg>,
    /// The topics of the questions were held against the year's manual: what is written about them is no draft
    #[arg(long)]
    pub titles_checked: bool,
    /// Texts and measures of one's own; see `itasheet advice export`
    #[arg(long, value_name = "FILE")]
    pub advice: Option<PathBuf>,
    /// How many measures an issue of the plans gets
    #[arg(long, value_enum, value_name = "AMOUNT")]
    pub measures: Option<MeasuresArg>,
    #[command(flatten)]
    reading: ReadingArgs,
}

/// What ends a run with exit code 1 though nothing failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// An input with something to look at.
    Warning,
}

/// How the log is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// JSON, one object a line.
    Json,
}

impl BatchArgs {
    /// What the run is told, the settings of each file, and the files with more of them.
    pub fn into_invocation(self, environment: &Environment) -> (RunOptions, Invocation, SettingFiles) {
        let files =
            SettingFiles { previous: self.previous.clone(), advice: self.advice.clone(), ..self.reading.files() };
        let digits = self.digits.map(Digits::from);
        let invocation = self.document.on(self.reading.invocation(environment));
        let word = invocation.has_document();
        let config = invocation.config;
        // The processes of a run are on their own already: no file needs a trial.
        let read = read::Options { trial: None, ..config.read };
        let limits = read.limits.clone();
        let amount = self.measures.map(Amount::from);
        let config =
            Config { publish: self.publish, digits, amount, read, titles_checked: self.titles_checked, ..config };
        let options = RunOptions {
            inputs: self.inputs,
            out: self.output,
            name: self.name,
            jobs: self.jobs.map_or(environment.processors, usize::from).max(1),
            max_memory: limits.memory,
            // Written are its workbooks too, many at a time.
            max_seconds: limits.seconds.saturating_mul(6),
            dry_run: self.dry_run,
            force: self.force,
            discard_edits: self.discard_edits,
            previous: self.previous,
            word,
        };
        (options, Invocation { config, ..invocation }, files)
    }
}
