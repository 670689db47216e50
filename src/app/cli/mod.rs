//! The command line: its arguments and their help. No logic.
//!
//! It takes the process's arguments and gives settings and paths that look right by themselves; whether a file is there is for
//! [`super::commands`] to find out. The only room that names clap.

mod batch;
mod choices;
mod document;
mod environment;
mod group;
mod hints;
mod inspect;
mod reading;
#[cfg(feature = "serve")]
mod serve;
mod shell;
mod thai;
mod topic;

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

pub use crate::app::cli::batch::{BatchArgs, FailOn, LogFormat};
use crate::app::cli::choices::{DigitsArg, MeasuresArg};
use crate::app::cli::document::DocumentArgs;
pub use crate::app::cli::environment::{Environment, Lang};
pub use crate::app::cli::group::{ExportArgs, FormatArg, OverviewArgs};
use crate::app::cli::hints::HintArgs;
pub use crate::app::cli::inspect::{InspectArgs, Shape};
pub use crate::app::cli::reading::ReadArgs;
#[cfg(feature = "serve")]
pub use crate::app::cli::serve::ServeArgs;
pub(crate) use crate::app::cli::shell::{completions, manual};
pub use crate::app::cli::topic::TopicArg;

use crate::app::invocation::{Invocation, Output};
use crate::app::terminal;
use crate::config::Config;
use crate::domain::digits::Digits;
use crate::domain::language::Language;
use crate::framework::Framework;
use crate::plan::Amount;
use crate::settings::SettingFiles;

const EXAMPLES: &str = "\
Examples:
  itasheet scores.xlsx                     write scores-itasheet.xlsx beside it
  itasheet convert scores.xlsx -o out.xlsx write to a name of your own
  itasheet convert *.xlsx -o reports/      one workbook for each file
  itasheet inspect scores.xlsx             what is read from where, and every finding; nothing is written
  itasheet convert scores.xlsx --indicator 6=87.03 --indicator 7=86.45 --indicator 8=72.94 --total 92.13

Exit codes: 0 all done, 1 an input could not be converted, 2 nothing was attempted.
What a file may take, and the flags that change it: itasheet reference limits";

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

impl Cli {
    /// Reads the process's arguments, in the language that they ask for, else in the one given; help, and what is wrong with
    /// them, end the process.
    pub fn read(language: Language) -> Self {
        let asked = thai::asked(std::env::args_os()).and_then(|name| Lang::from_str(&name, true).ok());
        let language = asked.map_or(language, Language::from);
        let command = match language {
            Language::Thai => thai::localised(Self::command()),
            Language::English => Self::command(),
        };
        let matches = command.try_get_matches();
        let cli = matches.and_then(|matches| Self::from_arg_matches(&matches));
        let cli = cli.unwrap_or_else(|error| end(&error, language));
        // Behind an option the name of a command would be taken for a file.
        let inputs = cli.convert.inputs.iter().filter_map(|path| path.to_str()).filter(|_| cli.command.is_none());
        for name in inputs.filter(|name| name.bytes().all(|byte| byte.is_ascii_lowercase())) {
            let mut command = Self::command();
            if command.find_subcommand(name).is_some() {
                if language == Language::Thai {
                    end_with(&thai::command_last(name, command.get_name()));
                }
                let message = format!("put `{name}` before all options; for a file of that name write ./{name}");
                end(&command.error(ErrorKind::ArgumentConflict, message), language);
            }
        }
        cli
    }

    /// What a double click on the program asks for: the page in the browser.
    #[cfg(feature = "serve")]
    pub fn of_double_click() -> Result<Self, clap::Error> {
        Self::try_parse_from([env!("CARGO_PKG_NAME"), "serve"])
    }

    /// The files and folders to be worked on.
    pub fn inputs_mut(&mut self) -> Option<&mut Vec<PathBuf>> {
        match &mut self.command {
            Some(Command::Inspect(args)) => Some(&mut args.inputs),
            Some(Command::Convert(args)) => Some(&mut args.inputs),
            Some(Command::Batch(args)) => Some(&mut args.inputs),
            Some(Command::Overview(args)) => Some(&mut args.inputs),
            Some(Command::Export(args)) => Some(&mut args.inputs),
            Some(_) => None,
            None => Some(&mut self.convert.inputs),
        }
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write a blank workbook to type or paste scores into
    Template {
        /// Where to write it
        #[arg(short, long, value_name = "FILE", default_value = "itasheet-template.xlsx")]
        output: PathBuf,
        /// Fiscal year, Buddhist era
        #[arg(long, default_value_t = Framework::usual_year())]
        year: u16,
        /// Replace an output that exists
        #[arg(long)]
        force: bool,
        /// Language of messages (by the system's locale if not given)
        #[arg(long, value_enum)]
        lang: Option<Lang>,
    },
    /// Show what is recognised, from which cells, and every finding; write nothing
    #[command(after_help = EXAMPLES)]
    Inspect(InspectArgs),
    /// Write the analysis workbook of each score file
    #[command(after_help = EXAMPLES)]
    Convert(ConvertArgs),
    /// Convert every score file below folders into one folder, one workbook an agency
    #[command(after_help = batch::EXAMPLES)]
    Batch(BatchArgs),
    /// Write one workbook about many agencies: league table, all scores, means, who is nearest to passing
    #[command(after_help = group::OVERVIEW_EXAMPLES)]
    Overview(OverviewArgs),
    /// Write every score as a row, for other programs to read
    #[command(after_help = group::EXPORT_EXAMPLES)]
    Export(ExportArgs),
    /// Open a page in the browser on which files are dropped and results fetched; nothing leaves this machine
    #[cfg(feature = "serve")]
    #[command(after_help = serve::EXAMPLES)]
    Serve(ServeArgs),
    /// Work with profile.toml, an agency's settings for all its files
    Profile {
        /// What to do with it
        #[command(subcommand)]
        command: ProfileCommand,
        /// Language of messages (by the system's locale if not given)
        #[arg(long, value_enum, global = true)]
        lang: Option<Lang>,
    },
    /// Work with the texts of findings, recommendations and measures
    Advice {
        /// What to do with them
        #[command(subcommand)]
        command: AdviceCommand,
        /// Language of messages (by the system's locale if not given)
        #[arg(long, value_enum, global = true)]
        lang: Option<Lang>,
    },
    /// Work with frameworks: the questions, indicators and issues of each fiscal year
    Framework {
        /// What to do with them
        #[command(subcommand)]
        command: FrameworkCommand,
        /// Language of messages (by the system's locale if not given)
        #[arg(long, value_enum, global = true)]
        lang: Option<Lang>,
    },
    /// Print the reference: findings, errors, and the keys of JSON, rows and run files
    Reference {
        /// What to look up (everything if not given)
        #[arg(value_enum)]
        topic: Option<TopicArg>,
        /// Language (by the system's locale if not given)
        #[arg(long, value_enum)]
        lang: Option<Lang>,
    },
    /// Print the file with which a shell completes commands and options
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
    /// Convert the files that a run gives on standard input
    #[command(name = crate::batch::WORKER_COMMAND, hide = true)]
    BatchWorker,
    /// Read standard input under limits and write nothing; the program starts itself so for a file that could end it
    #[command(name = crate::read::safety::sandbox::COMMAND, hide = true)]
    TryRead(ReadArgs),
}

/// What to do with the texts.
#[derive(Debug, Subcommand)]
pub enum AdviceCommand {
    /// Print the built-in texts, to be changed and given back with --advice
    Export {
        /// Where to write it (standard output if not given)
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
        /// Replace a file that exists
        #[arg(long, requires = "output")]
        force: bool,
    },
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
        /// Where to write it (standard output if not given)
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
        /// Replace a file that exists
        #[arg(long, requires = "output")]
        force: bool,
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
        #[arg(default_value = crate::profile::PROFILE_NAME, conflicts_with = "output")]
        file: PathBuf,
        /// Where to write it
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
        /// Replace a file that exists
        #[arg(long)]
        force: bool,
    },
}

/// Arguments of `convert`.
#[derive(Debug, Args)]
pub struct ConvertArgs {
    /// Score files (.xlsx .xlsm .xlsb .xls .ods .csv .tsv .txt .html)
    #[arg(value_name = "INPUT", required = true)]
    pub inputs: Vec<PathBuf>,
    /// The output: a workbook (.xlsx), a Word document (.docx), a PDF of it (.pdf), or a folder (beside the input if not given); of one input
    /// several files may be named
    #[arg(short, long, value_name = "OUT")]
    pub output: Vec<PathBuf>,
    /// Replace an output that exists; it is kept beside as NAME (ฉบับก่อน N).xlsx
    #[arg(long)]
    pub force: bool,
    #[command(flatten)]
    document: DocumentArgs,
    /// Write the report on the plan's follow-up as a Word document, from the filled sheet ติดตามผล of a workbook
    #[arg(long, conflicts_with_all = ["word", "document_parts"])]
    pub follow_up: bool,
    /// The workbook whose edits are carried (by default the input's own, or those of the output that is there)
    #[arg(long, value_name = "FILE", conflicts_with = "discard_edits")]
    pub edits: Option<PathBuf>,
    /// Drop what was edited in the workbook; what is replaced is kept all the same
    #[arg(long)]
    pub discard_edits: bool,
    /// Leave out what is not for publication: notes and the sheet of findings
    #[arg(long)]
    pub publish: bool,
    /// Last year's scores, to show their figures beside this year's: a score file, a folder of them, or an output folder
    #[arg(long, value_name = "PATH")]
    pub previous: Option<PathBuf>,
    /// Digits of the workbook
    #[arg(long, value_enum)]
    pub digits: Option<DigitsArg>,
    /// The topics of the questions were held against the year's manual: what is written about them is no draft
    #[arg(long)]
    pub titles_checked: bool,
    /// Texts and measures of one's own; see `itasheet advice export`
    #[arg(long, value_name = "FILE")]
    pub advice: Option<PathBuf>,
    /// How many measures an issue of the plan gets
    #[arg(long, value_enum, value_name = "AMOUNT")]
    pub measures: Option<MeasuresArg>,
    /// End with exit code 1 where there is a warning, or something that must be mended
    #[arg(long, value_enum, value_name = "WHAT")]
    pub fail_on: Option<FailOn>,
    #[command(flatten)]
    hints: HintArgs,
}

impl ConvertArgs {
    /// The inputs, the settings and the files with more of them. One output for several inputs is a folder.
    pub fn into_invocation(
        self,
        environment: &Environment,
        is_folder: impl Fn(&PathBuf) -> bool,
    ) -> (Vec<PathBuf>, Invocation, SettingFiles) {
        let several = self.inputs.len() > 1;
        let output = match self.output.as_slice() {
            [] => Output::Beside,
            [path] if several || is_folder(path) || ends_with_separator(path) => Output::Folder(path.clone()),
            _ => Output::Files(self.output),
        };
        let digits = self.digits.map(Digits::from);
        let amount = self.measures.map(Amount::from);
        let files = SettingFiles { previous: self.previous, advice: self.advice, ..self.hints.files() };
        let invocation = self.document.on(self.hints.invocation(environment));
        let (publish, titles_checked) = (self.publish, self.titles_checked);
        let invocation = Invocation {
            config: Config { publish, titles_checked, digits, amount, ..invocation.config },
            output,
            force: self.force,
            edits: self.edits,
            discard_edits: self.discard_edits,
            follow_up: self.follow_up,
            ..invocation
        };
        (self.inputs, invocation, files)
    }
}

/// Ends the process with a message on standard error.
fn end_with(message: &str) -> ! {
    let written = write!(terminal::stderr(), "{message}");
    // Where nothing can be said any more, nothing is left to do.
    drop(written);
    std::process::exit(2)
}

/// Ends the process with help, or with what is wrong with the arguments, which may hold anything.
fn end(error: &clap::Error, language: Language) -> ! {
    if error.use_stderr()
        && language == Language::Thai
        && error.kind() != ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    {
        end_with(&terminal::lines(&thai::error(error, env!("CARGO_PKG_NAME"))));
    }
    // The message has colours, which are control characters too: where an argument has some there are none.
    let steers = |argument: OsString| {
        let text = argument.to_string_lossy();
        terminal::lines(&text) != text
    };
    if error.use_stderr() && std::env::args_os().any(steers) {
        let written = write!(terminal::stderr(), "{}", error.render());
        std::process::exit(if written.is_ok() { error.exit_code() } else { 2 });
    }
    error.exit()
}

fn ends_with_separator(path: &std::path::Path) -> bool {
    path.to_string_lossy().ends_with(std::path::is_separator)
}
