//! Thai and Arabic digits.

use serde::{Deserialize, Serialize};

use crate::domain::thai;

/// Which digits a workbook is written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Digits {
    /// As published reports have them: Thai in titles, indicators and dates, Arabic in tables of questions.
    #[default]
    Report,
    /// Thai everywhere.
    Thai,
    /// Arabic everywhere.
    Arabic,
}

impl Digits {
    /// A text of a title or a date.
    pub fn title(self, text: &str) -> String {
        if self == Self::Arabic { thai::arabic_digits(text) } else { thai::thai_digits(text) }
    }

    /// The digits that titles are written with, and sentences on their page.
    pub fn formal(self) -> Self {
        if self == Self::Report { Self::Thai } else { self }
    }

    /// A number in a table of questions or in running text.
    pub fn number(self, text: &str) -> String {
        if self == Self::Thai { thai::thai_digits(text) } else { text.to_owned() }
    }
}
