//! What the program is told beyond the library's settings: which files are made, where they go, what becomes of what is in
//! their way, and in which language it speaks.

use std::path::{Path, PathBuf};

use crate::config::Config;
use crate::domain::language::Language;
use crate::error::Error;
use crate::settings::{self, SettingFiles};

/// One run of the program, or one input of it with the settings of its own.
#[derive(Debug, Clone, Default)]
pub struct Invocation {
    /// How files are read and what is written about them.
    pub config: Config,
    /// Where outputs go.
    pub output: Output,
    /// Whether an existing output may be replaced.
    pub force: bool,
    /// Whether an officer's edits are dropped.
    pub discard_edits: bool,
    /// The workbook whose edits are carried; the input's own or the present output's where nothing is given.
    pub edits: Option<PathBuf>,
    /// The language of messages.
    pub language: Language,
    /// Whether a Word document is written beside each workbook.
    pub word: bool,
    /// Whether a PDF of the Word document is written beside each workbook.
    pub pdf: bool,
    /// Whether to write the report on the plan's follow-up, from a workbook in which it was filled in.
    pub follow_up: bool,
}

/// Where outputs go.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Output {
    /// Beside each input, under its name with a suffix.
    #[default]
    Beside,
    /// To these files, each what its name says; several for one input of one agency only.
    Files(Vec<PathBuf>),
    /// Into this folder, under the input's name with a suffix.
    Folder(PathBuf),
}

impl Invocation {
    /// Whether there is a Word document of each workbook: a PDF is made of the one that stands beside it.
    pub(crate) fn has_document(&self) -> bool {
        self.word || self.pdf
    }

    /// The same for one input: `profile.toml` in its folder counts where the command line names none.
    ///
    /// # Errors
    /// When a file with settings cannot be read or sets something that cannot be used.
    pub(crate) fn for_input(&self, files: &SettingFiles, input: &Path) -> Result<Self, Error> {
        let config = settings::for_input(&self.config, files, input)?;
        Ok(Self { config, ..self.clone() })
    }
}
