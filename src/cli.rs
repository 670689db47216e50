//! The command line: its arguments and their help. No logic.

mod batch;
mod group;

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, Parser, Subcommand, ValueEnum};
use rust_decimal::Decimal;

pub use batch::{BatchArgs, FailOn, LogFormat};
pub use group::{ExportArgs, FormatArg, OverviewArgs};

use crate::config::{CREATED, Config, Digits, Output};
use crate::language::Language;
use crate::read::parse_column;
use crate::recognise::Hints;

const EXAMPLES: &str = "\
Examples:
  itasheet scores.xlsx                     write scores-itasheet.xlsx beside it
  itasheet convert scores.xlsx -o out.xlsx write to a name of your own
  itasheet convert *.xlsx -o reports/      one workbook for each file
  itasheet inspect scores.xlsx             what is read from where, and every finding; nothing is written
  itasheet convert scores.xlsx --indicator 6=87.03 --indicator 7=86.45 --indicator 8=72.94 --total 92.13

Exit codes: 0 all done, 1 an input could not be converted, 2 nothing was attempted.";

/// Turns the ITA scores of a Thai public agency into its published analysis and action plan.
#[derive(Debug, Parser)]
#[command(name = "itasheet", version, after_help = EXAMPLES, args_conflicts_with_subcommands = true, arg_required_else_help = true)]
pub struct Cli {
    /// What to do; paths alone mean `convert`.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The arguments of `convert`, where no command is named.
    #[command(flatten)]
    pub convert: ConvertArgs,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write the analysis workbook of each score file
    #[command(after_help = EXAMPLES)]
    Convert(ConvertArgs),
    /// Work with the texts of findings, recommendations and measures
    Advice {
        /// What to do with them
        #[command(subcommand)]
        command: AdviceCommand,
    },
    /// Work with frameworks: the questions, indicators and issues of each fiscal year
    Framework {
        /// What to do with them
        #[command(subcommand)]
        command: FrameworkCommand,
    },
    /// Work with profile.toml, an agency's settings for all its files
    Profile {
        /// What to do with it
        #[command(subcommand)]
        command: ProfileCommand,
    },
    /// Convert every score file below folders into one folder, one workbook an agency
    #[command(after_help = batch::EXAMPLES)]
    Batch(BatchArgs),
    /// Write one workbook about many agencies: league table, all scores, means, who is nearest to passing
    #[command(after_help = group::OVERVIEW_EXAMPLES)]
    Overview(OverviewArgs),
    /// Write every score as a row, for other programs to read
    #[command(after_help = group::EXPORT_EXAMPLES)]
    Export(ExportArgs),
    /// Convert the files that a run gives on standard input
    #[command(name = crate::batch::WORKER_COMMAND, hide = true)]
    BatchWorker,
    /// Show what is recognised, from which cells, and every finding; write nothing
    #[command(after_help = EXAMPLES)]
    Inspect(InspectArgs),
}

/// What to do with the texts.
#[derive(Debug, Subcommand)]
pub enum AdviceCommand {
    /// Print the built-in texts, to be changed and given back with --advice
    Export,
    /// Check a file of one's own
    Check {
        /// The file
        file: PathBuf,
    },
}

/// What to do with frameworks: what each fiscal year asks.
#[derive(Debug, Subcommand)]
pub enum FrameworkCommand {
    /// List the built-in frameworks and what is known of each
    List,
    /// Print a built-in framework, to be changed and given back with --framework
    Show {
        /// Fiscal year, Buddhist era
        year: u16,
    },
    /// Check a file of one's own
    Check {
        /// The file
        file: PathBuf,
    },
}

/// What to do with a profile.
#[derive(Debug, Subcommand)]
pub enum ProfileCommand {
    /// Write a commented profile.toml here
    Init {
        /// Where to write it
        #[arg(default_value = crate::profile::PROFILE_NAME)]
        file: PathBuf,
    },
}

/// Arguments of `convert`.
#[derive(Debug, Args)]
pub struct ConvertArgs {
    /// Score files (.xlsx)
    #[arg(value_name = "INPUT", required = true)]
    pub inputs: Vec<PathBuf>,
    /// The output: a file, or a folder (beside the input if not given)
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,
    /// Replace an output that exists
    #[arg(long)]
    pub force: bool,
    /// Leave out what is not for publication: notes and the sheet of findings
    #[arg(long)]
    pub publish: bool,
    /// Score file of last year, to show its figures beside this year's
    #[arg(long, value_name = "FILE")]
    pub previous: Option<PathBuf>,
    /// Digits of the workbook
    #[arg(long, value_enum)]
    pub digits: Option<DigitsArg>,
    #[command(flatten)]
    hints: HintArgs,
}

/// Arguments of `inspect`.
#[derive(Debug, Args)]
pub struct InspectArgs {
    /// Score files (.xlsx)
    #[arg(value_name = "INPUT", required = true)]
    pub inputs: Vec<PathBuf>,
    /// Print JSON instead of text
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    hints: HintArgs,
}

/// What the user says about one input.
#[derive(Debug, Args)]
#[command(next_help_heading = "What the file does not say")]
struct HintArgs {
    /// Name of the agency
    #[arg(long, value_parser = not_blank)]
    agency: Option<String>,
    /// Published score of an indicator, such as 6=87.03; may be given again
    #[arg(long, value_name = "N=SCORE", value_parser = indicator)]
    indicator: Vec<(u8, Decimal)>,
    /// Published total
    #[arg(long, value_name = "SCORE", value_parser = score)]
    total: Option<Decimal>,
    /// Published level
    #[arg(long, value_parser = not_blank)]
    level: Option<String>,
    /// Published rank
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    rank: Option<u32>,
    #[command(flatten)]
    reading: ReadingArgs,
}

/// What the user says about all inputs.
#[derive(Debug, Args)]
#[command(next_help_heading = "What the files do not say")]
struct ReadingArgs {
    /// Fiscal year, Buddhist era
    #[arg(long, value_parser = clap::value_parser!(u16).range(2500..=2700))]
    year: Option<u16>,
    /// District of the agency
    #[arg(long, value_parser = not_blank)]
    district: Option<String>,
    /// Its province
    #[arg(long, value_parser = not_blank)]
    province: Option<String>,
    /// Score below which a question falls short (85 if not given)
    #[arg(long, value_name = "SCORE", value_parser = score)]
    threshold: Option<Decimal>,
    /// The only sheet to look at
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// Column of the question codes, such as B
    #[arg(long, value_name = "COLUMN", value_parser = column)]
    code_column: Option<u32>,
    /// Column of the scores, such as D
    #[arg(long, value_name = "COLUMN", value_parser = column)]
    score_column: Option<u32>,
    /// Settings of the agency (profile.toml beside the input if not given)
    #[arg(long, value_name = "FILE")]
    profile: Option<PathBuf>,
    /// Texts and measures of one's own; see `itasheet advice export`
    #[arg(long, value_name = "FILE")]
    advice: Option<PathBuf>,
    /// Framework of one's own; see `itasheet framework show`
    #[arg(long, value_name = "FILE")]
    framework: Option<PathBuf>,
    /// Language of messages (by the system's locale if not given)
    #[arg(long, value_enum)]
    lang: Option<Lang>,
}

/// Which digits to write with.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum DigitsArg {
    /// Thai in titles, indicators and dates, Arabic in tables of questions
    Report,
    /// Thai everywhere
    Thai,
    /// Arabic everywhere
    Arabic,
}

/// Files with settings that the command line names.
#[derive(Debug, Clone, Default)]
pub struct SettingFiles {
    /// The profile.
    pub profile: Option<PathBuf>,
    /// The texts.
    pub advice: Option<PathBuf>,
    /// A framework.
    pub framework: Option<PathBuf>,
    /// Last year's scores.
    pub previous: Option<PathBuf>,
}

/// The languages of messages.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Lang {
    /// Thai
    Th,
    /// English
    En,
}

impl HintArgs {
    fn files(&self) -> SettingFiles {
        self.reading.files()
    }

    fn config(self, environment: &Environment) -> Config {
        let config = self.reading.config(environment);
        let hints = Hints {
            agency: self.agency,
            indicators: self.indicator,
            total: self.total,
            level: self.level,
            rank: self.rank,
            ..config.hints
        };
        Config { hints, ..config }
    }
}

impl ReadingArgs {
    fn files(&self) -> SettingFiles {
        SettingFiles {
            profile: self.profile.clone(),
            advice: self.advice.clone(),
            framework: self.framework.clone(),
            previous: None,
        }
    }

    fn config(self, environment: &Environment) -> Config {
        Config {
            threshold: self.threshold,
            language: self.lang.map_or(environment.language, |lang| match lang {
                Lang::Th => Language::Thai,
                Lang::En => Language::English,
            }),
            created: environment.created.unwrap_or(CREATED),
            hints: Hints {
                year: self.year,
                district: self.district,
                province: self.province,
                sheet: self.sheet,
                code_column: self.code_column,
                score_column: self.score_column,
                ..Hints::default()
            },
            ..Config::default()
        }
    }
}

/// What the surroundings of the process say, read once by `main`.
#[derive(Debug, Clone, Default)]
pub struct Environment {
    /// The language of the system's locale.
    pub language: Language,
    /// `SOURCE_DATE_EPOCH`, if it is set.
    pub created: Option<u64>,
    /// How many things the machine can do at a time.
    pub processors: usize,
}

impl ConvertArgs {
    /// The inputs, the settings and the files with more of them. One output for several inputs is a folder.
    pub fn into_config(
        self,
        environment: &Environment,
        is_folder: impl Fn(&PathBuf) -> bool,
    ) -> (Vec<PathBuf>, Config, SettingFiles) {
        let several = self.inputs.len() > 1;
        let output = match self.output {
            None => Output::Beside,
            Some(path) if several || is_folder(&path) || ends_with_separator(&path) => Output::Folder(path),
            Some(path) => Output::File(path),
        };
        let digits = self.digits.map(Digits::from);
        let files = SettingFiles { previous: self.previous, ..self.hints.files() };
        let config = self.hints.config(environment);
        (self.inputs, Config { output, force: self.force, publish: self.publish, digits, ..config }, files)
    }
}

impl From<DigitsArg> for Digits {
    fn from(digits: DigitsArg) -> Self {
        match digits {
            DigitsArg::Report => Self::Report,
            DigitsArg::Thai => Self::Thai,
            DigitsArg::Arabic => Self::Arabic,
        }
    }
}

impl InspectArgs {
    /// The inputs, the settings, the files with more of them, and whether JSON is wanted.
    pub fn into_config(self, environment: &Environment) -> (Vec<PathBuf>, Config, SettingFiles, bool) {
        let files = self.hints.files();
        (self.inputs, self.hints.config(environment), files, self.json)
    }
}

fn ends_with_separator(path: &std::path::Path) -> bool {
    path.to_string_lossy().ends_with(std::path::is_separator)
}

fn not_blank(text: &str) -> Result<String, String> {
    let text = crate::thai::clean(text);
    match text.chars().count() {
        0 => Err("must not be blank".to_owned()),
        1..=200 => Ok(text),
        _ => Err("must not be longer than 200 characters".to_owned()),
    }
}

fn score(text: &str) -> Result<Decimal, String> {
    let text = crate::thai::arabic_digits(text);
    match Decimal::from_str(text.trim()) {
        Ok(score) if score >= Decimal::ZERO && score <= Decimal::ONE_HUNDRED => Ok(score),
        _ => Err("expected a number from 0 to 100".to_owned()),
    }
}

fn indicator(text: &str) -> Result<(u8, Decimal), String> {
    let (number, value) = text.split_once('=').ok_or("expected NUMBER=SCORE, such as 6=87.03")?;
    let number = crate::thai::arabic_digits(number).trim().parse().ok().filter(|number| (1..=99).contains(number));
    Ok((number.ok_or("expected the number of an indicator before the =")?, score(value)?))
}

fn column(text: &str) -> Result<u32, String> {
    parse_column(text).ok_or_else(|| "expected the letters of a column, such as D".to_owned())
}
