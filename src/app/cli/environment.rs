//! What surrounds the process, and the language of its messages.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::domain::language::Language;

/// The languages of messages.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Lang {
    /// Thai
    Th,
    /// English
    En,
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
    /// This program's executable.
    pub executable: Option<PathBuf>,
}

impl Environment {
    /// The language that was asked for, else that of the system's locale.
    pub fn language(&self, lang: Option<Lang>) -> Language {
        lang.map_or(self.language, Language::from)
    }
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Th => Self::Thai,
            Lang::En => Self::English,
        }
    }
}
