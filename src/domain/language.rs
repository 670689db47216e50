//! The two languages that the program speaks to its user. Workbooks are always Thai.

use serde::{Deserialize, Serialize};

/// The language of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Thai.
    Thai,
    /// English.
    #[default]
    English,
}

impl Language {
    /// The language that a POSIX locale name such as `th_TH.UTF-8` asks for; English where it names neither.
    pub fn of_locale(name: &str) -> Self {
        if name.to_ascii_lowercase().starts_with("th") { Self::Thai } else { Self::English }
    }

    /// `thai` or `english`, whichever this language is.
    pub fn pick<T>(self, thai: T, english: T) -> T {
        match self {
            Self::Thai => thai,
            Self::English => english,
        }
    }
}

/// A text in both languages, for those who read it later in either.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Texts {
    /// Thai.
    pub th: String,
    /// English.
    pub en: String,
}

impl Texts {
    /// What `text` says in each language.
    pub fn in_both(text: impl Fn(Language) -> String) -> Self {
        Self { th: text(Language::Thai), en: text(Language::English) }
    }

    /// The text in one of them.
    pub fn in_language(&self, language: Language) -> &str {
        language.pick(&self.th, &self.en)
    }
}
