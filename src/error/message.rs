//! What an error says and what to do about it, from `catalogue.toml`.

use std::sync::OnceLock;

use indexmap::IndexMap;
use serde::Deserialize;

use crate::domain::embedded;
use crate::domain::embedded::embedded;
use crate::domain::language::Language;
use crate::error::Cause;
use crate::error::detail::{About, of_system, said};

/// The texts of one kind of error.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct ErrorTexts {
    thai: String,
    thai_hint: String,
    english: String,
    english_hint: String,
}

fn catalogue() -> &'static IndexMap<String, ErrorTexts> {
    static CATALOGUE: OnceLock<IndexMap<String, ErrorTexts>> = OnceLock::new();
    CATALOGUE.get_or_init(|| embedded::read(embedded!("error/catalogue")))
}

/// One kind of error as the catalogue has it: words in braces stand for what is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErrorKind {
    /// Its stable name.
    pub code: &'static str,
    /// What is wrong.
    pub message: &'static str,
    /// What to do about it.
    pub hint: &'static str,
}

impl Cause {
    /// Every kind of error, in the order of the catalogue, with its texts in the given language.
    pub fn kinds(language: Language) -> impl Iterator<Item = ErrorKind> {
        catalogue().iter().map(move |(code, entry)| ErrorKind {
            code,
            message: language.pick(&entry.thai, &entry.english),
            hint: language.pick(&entry.thai_hint, &entry.english_hint),
        })
    }

    /// The stable name of this kind of error, in kebab case. Texts may change, names do not.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::Folder => "folder",
            Self::Unreadable(_) => "unreadable",
            Self::Empty => "empty",
            Self::LockFile => "lock-file",
            Self::EarlierVersion => "earlier-version",
            Self::NoEdits => "no-edits",
            Self::InUse => "in-use",
            Self::NotWorkbook { .. } => "not-workbook",
            Self::OtherFormat { .. } => "other-format",
            Self::Encrypted => "encrypted",
            Self::TooLarge { .. } => "too-large",
            Self::RowTooFar { .. } => "row-too-far",
            Self::Damaged(_) => "damaged",
            Self::OtherAssessment { .. } => "other-assessment",
            Self::NoCodes { .. } => "no-codes",
            Self::FewCodes { .. } => "few-codes",
            Self::NoScores { .. } => "no-scores",
            Self::Uncalculated { .. } => "uncalculated",
            Self::RawAnswers { .. } => "raw-answers",
            Self::NoSheet { .. } => "no-sheet",
            Self::NoAgency { .. } => "no-agency",
            Self::OfAgency { .. } => "of-agency",
            Self::NoIndicator { .. } => "no-indicator",
            Self::NoFollowUp => "no-follow-up",
            Self::UnknownYear { .. } => "unknown-year",
            Self::WrongYear { .. } => "wrong-year",
            Self::WrongYearByTitles { .. } => "wrong-year-titles",
            Self::Draft { .. } => "draft",
            Self::Framework(_) => "framework",
            Self::Advice(_) => "advice",
            Self::Settings(_) => "settings",
            Self::OutputExists => "output-exists",
            Self::OutputIsInput => "output-is-input",
            Self::OutputNotXlsx => "output-not-xlsx",
            Self::OutputNotReport => "output-not-report",
            Self::OutputNotAlone => "output-not-alone",
            Self::OutputNotDocument => "output-not-document",
            Self::OutputNotRows { .. } => "output-not-rows",
            Self::SeveralAgencies { .. } => "several-agencies",
            Self::OutputOpen => "output-open",
            Self::OutputKept => "output-kept",
            Self::RunInProgress => "run-in-progress",
            Self::NothingFound => "nothing-found",
            Self::DamagedRunFile(_) => "damaged-run-file",
            Self::DamagedRecord { .. } => "damaged-record",
            Self::BrokenOff(_) => "broken-off",
            Self::Unwritable(_) => "unwritable",
            Self::Workbook(_) => "workbook",
            Self::Document(_) => "document",
            Self::NetworkNotOffered => "network-not-offered",
            Self::PageNotStarted(_) => "page-not-started",
            Self::NoOffice => "no-office",
            Self::Office(_) => "office",
            Self::Parser(_) => "parser",
            Self::TookTooLong { .. } => "took-too-long",
            Self::TookTooMuchMemory { .. } => "took-too-much-memory",
            Self::ReaderEnded(_) => "reader-ended",
            Self::ChangedWhileRead => "changed-while-read",
            Self::OwnWorkbook => "own-workbook",
            Self::Program(_) => "program",
        }
    }

    /// What is wrong, in the given language.
    pub fn message(&self, language: Language) -> String {
        let entry = self.entry();
        let template: &str = language.pick(&entry.thai, &entry.english);
        let words = self.words(language);
        let mut message = String::with_capacity(template.len());
        let mut rest = template;
        // One pass, so that braces in what is filled in stay as they are.
        while let Some((head, (name, tail))) =
            rest.split_once('{').and_then(|(head, tail)| Some((head, tail.split_once('}')?)))
        {
            message.push_str(head);
            message.push_str(words.iter().find(|(word, _)| *word == name).map_or(name, |(_, text)| text));
            rest = tail;
        }
        message.push_str(rest);
        message
    }

    /// What to do about it, in the given language.
    pub fn hint(&self, language: Language) -> &'static str {
        if let Self::OfAgency { cause, .. } = self {
            return cause.hint(language);
        }
        let entry = self.entry();
        language.pick(&entry.thai_hint, &entry.english_hint)
    }

    #[expect(clippy::expect_used, reason = "a test holds that the catalogue has every code")]
    fn entry(&self) -> &'static ErrorTexts {
        catalogue().get(self.code()).expect("a code of the catalogue")
    }

    /// What stands for the words in braces.
    fn words(&self, language: Language) -> Vec<(&'static str, String)> {
        let thai = language == Language::Thai;
        match self {
            Self::Unreadable(e) | Self::BrokenOff(e) | Self::Unwritable(e) | Self::PageNotStarted(e) => {
                vec![("detail", of_system(e, language))]
            }
            Self::Damaged(detail) | Self::DamagedRunFile(detail) => {
                vec![("detail", said(detail, About::File, language))]
            }
            Self::Settings(detail) => vec![("detail", said(detail, About::Setting, language))],
            Self::Workbook(detail) | Self::Document(detail) | Self::ReaderEnded(detail) | Self::Program(detail) => {
                vec![("detail", said(detail, About::Program, language))]
            }
            Self::WrongYear { year, named, other, codes } | Self::WrongYearByTitles { year, named, other, codes } => {
                vec![
                    ("year", year.to_string()),
                    ("named", named.clone()),
                    ("other", other.to_string()),
                    ("codes", codes.clone()),
                ]
            }
            Self::Office(detail) if detail.is_empty() => vec![("detail", String::new())],
            Self::Office(detail) => vec![("detail", format!(": {}", said(detail, About::Program, language)))],
            Self::Draft { year } => vec![("year", year.to_string())],
            Self::Framework(e) => vec![("detail", said(&e.to_string(), About::Setting, language))],
            Self::Advice(e) => vec![("detail", said(&e.to_string(), About::Setting, language))],
            Self::Parser(how) => vec![("detail", if thai { how.thai() } else { how.to_string() })],
            Self::NotWorkbook { found } | Self::OtherFormat { found } => {
                vec![("found", if thai { found.thai().to_owned() } else { found.to_string() })]
            }
            Self::TooLarge { what, found, limit } => vec![
                ("what", if thai { what.thai().to_owned() } else { what.to_string() }),
                ("found", found.to_string()),
                ("limit", limit.to_string()),
                ("flag", what.flag().to_owned()),
            ],
            Self::TookTooLong { seconds } => vec![("seconds", seconds.to_string())],
            Self::TookTooMuchMemory { megabytes } => vec![("megabytes", megabytes.to_string())],
            Self::RowTooFar { row, last } => vec![("row", row.to_string()), ("last", last.to_string())],
            Self::OtherAssessment { assessment, places } => vec![
                ("assessment", assessment.to_string()),
                ("audience", language.pick(&assessment.thai, &assessment.english).to_owned()),
                ("places", places.clone()),
            ],
            Self::NoCodes { sheets, cells } => vec![("sheets", sheets.to_string()), ("cells", cells.to_string())],
            Self::FewCodes { count, places } | Self::Uncalculated { count, places } => {
                vec![("count", count.to_string()), ("places", places.clone())]
            }
            Self::NoScores { places, columns } => {
                let named: Vec<String> = columns
                    .iter()
                    .map(|column| format!("{} ({})", column.name, column.what.in_language(language)))
                    .collect();
                let label = language.pick(" คอลัมน์ที่มีตัวเลขแต่ไม่ใช่คะแนน: ", "; columns whose numbers are no scores: ");
                let columns = if named.is_empty() { String::new() } else { format!("{label}{}", named.join(", ")) };
                vec![("places", places.clone()), ("columns", columns)]
            }
            Self::RawAnswers { count } => vec![("count", count.to_string())],
            Self::NoSheet { wanted, names } => vec![("wanted", wanted.clone()), ("names", names.clone())],
            Self::NoAgency { wanted, count, first } => {
                vec![("wanted", wanted.clone()), ("count", count.to_string()), ("first", first.join(", "))]
            }
            Self::OfAgency { agency, cause } => vec![("agency", agency.clone()), ("cause", cause.message(language))],
            Self::NoIndicator { number, framework } => {
                vec![("number", number.to_string()), ("framework", framework.clone())]
            }
            Self::UnknownYear { year, known } => vec![("year", year.to_string()), ("known", known.clone())],
            Self::OutputNotRows { expected } => vec![("expected", expected.join(language.pick(" หรือ ", " or ")))],
            Self::SeveralAgencies { agencies } => vec![("agencies", agencies.to_string())],
            Self::DamagedRecord { detail, kept, usable } => {
                vec![
                    ("detail", said(detail, About::File, language)),
                    ("kept", kept.clone()),
                    ("usable", usable.to_string()),
                ]
            }
            Self::NotFound
            | Self::Folder
            | Self::Empty
            | Self::LockFile
            | Self::EarlierVersion
            | Self::NoEdits
            | Self::InUse
            | Self::Encrypted
            | Self::OutputExists
            | Self::OutputIsInput
            | Self::OutputNotXlsx
            | Self::OutputNotReport
            | Self::NoOffice
            | Self::NetworkNotOffered
            | Self::OutputNotAlone
            | Self::OutputNotDocument
            | Self::NoFollowUp
            | Self::OutputOpen
            | Self::OutputKept
            | Self::RunInProgress
            | Self::NothingFound
            | Self::ChangedWhileRead
            | Self::OwnWorkbook => Vec::new(),
        }
    }
}

#[cfg(test)]
#[path = "message_tests.rs"]
mod tests;
