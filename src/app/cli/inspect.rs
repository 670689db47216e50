//! The arguments of `inspect`.

use std::path::PathBuf;

use clap::Args;

use crate::app::cli::batch::FailOn;
use crate::app::cli::environment::Environment;
use crate::app::cli::hints::HintArgs;
use crate::app::invocation::Invocation;
use crate::settings::SettingFiles;

/// Arguments of `inspect`.
#[derive(Debug, Args)]
pub struct InspectArgs {
    /// Score files (.xlsx .xlsm .xlsb .xls .ods .csv .tsv .txt .html)
    #[arg(value_name = "INPUT", required = true)]
    pub inputs: Vec<PathBuf>,
    /// Print JSON instead of text
    #[arg(long)]
    pub json: bool,
    /// Print the reasons for each column of scores that was chosen, and against the others
    #[arg(long, conflicts_with = "json")]
    pub why: bool,
    /// Print the file's shape without its contents (letters as ก, digits as 0), to be sent to somebody who can help
    #[arg(long, conflicts_with_all = ["json", "why"])]
    pub sketch: bool,
    /// End with exit code 1 where there is a warning, or something that must be mended
    #[arg(long, value_enum, value_name = "WHAT")]
    pub fail_on: Option<FailOn>,
    #[command(flatten)]
    hints: HintArgs,
}

/// How `inspect` shows what it has found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Text.
    Text,
    /// Text with the reasons for each choice.
    Reasons,
    /// JSON, which has the reasons too.
    Json,
    /// The file's shape without its contents.
    Sketch,
}

impl InspectArgs {
    /// The inputs, the settings, the files with more of them, and how to show what is found.
    pub fn into_invocation(self, environment: &Environment) -> (Vec<PathBuf>, Invocation, SettingFiles, Shape) {
        let files = self.hints.files();
        let shape = match (self.sketch, self.json, self.why) {
            (true, ..) => Shape::Sketch,
            (false, true, _) => Shape::Json,
            (false, false, true) => Shape::Reasons,
            (false, false, false) => Shape::Text,
        };
        (self.inputs, self.hints.invocation(environment), files, shape)
    }
}
