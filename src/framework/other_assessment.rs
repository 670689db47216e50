//! Assessments with codes or titles of their own that a file may turn out to be of.

use std::fmt;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::domain::embedded;
use crate::domain::embedded::embedded;

/// An assessment that is not the one this program reads.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OtherAssessment {
    /// The name by which messages call it.
    pub name: String,
    /// Whose it is, in Thai.
    pub thai: String,
    /// Whose it is, in English.
    pub english: String,
    /// The letters that its codes begin with, where they are its own.
    pub prefix: Option<String>,
    /// The last number of such codes.
    pub last: Option<u8>,
    /// What titles of its results say, without spaces and in lower case.
    #[serde(default)]
    pub words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Others {
    assessments: Vec<OtherAssessment>,
}

impl OtherAssessment {
    /// Every one that is known.
    pub fn all() -> &'static [Self] {
        static ALL: OnceLock<Others> = OnceLock::new();
        &ALL.get_or_init(|| embedded::read(embedded!("framework/others"))).assessments
    }
}

impl fmt::Display for OtherAssessment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_can_be_told_by_codes_or_by_words() {
        assert!(!OtherAssessment::all().is_empty());
        for other in OtherAssessment::all() {
            assert!(other.prefix.is_some() || !other.words.is_empty(), "{other}");
            assert_eq!(other.prefix.is_some(), other.last.is_some(), "{other}");
            assert!(other.words.iter().all(|word| *word == crate::domain::thai::key(word)), "{other}");
        }
    }
}
