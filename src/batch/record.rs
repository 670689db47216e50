//! What became of each input: what the run file holds and the terminal shows.

use serde::{Deserialize, Serialize};

use crate::batch::json_blob::JsonBlob;
use crate::domain::language::Texts;
use crate::error::Cause;
use crate::finding::{Finding, FindingCode, Severity};
use crate::overview::AgencyResult;

/// What became of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// All its workbooks are there and nothing needs a look.
    Written,
    /// Its workbooks are there, and there is something to look at.
    Warnings,
    /// It is readable but holds no ITA scores, or is a workbook of this program.
    Skipped,
    /// It, or one of its agencies, could not be converted.
    Failed,
}

/// Why something was not done, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The stable name of the error, as `itasheet reference errors` lists them; empty in a record of an older version.
    #[serde(default)]
    pub code: String,
    /// What is wrong.
    pub message: Texts,
    /// What to do.
    pub hint: Texts,
}

/// One input's outcome.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Record {
    /// The input: its path from the folder that was given, with `/`.
    pub input: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Why it was skipped or failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// SHA-256 of its bytes; nothing where they could not be read, or where reading them went wrong.
    pub sha256: Option<String>,
    /// SHA-256 of the settings and the version that it was converted with.
    pub settings_sha256: Option<String>,
    /// Its agencies, in the order in which they stand.
    pub agencies: Vec<Agency>,
}

/// One agency of an input, and its workbook.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Agency {
    /// The file name of its workbook in the output folder.
    pub workbook: Option<String>,
    /// SHA-256 of the workbook that belongs to it.
    pub sha256: Option<String>,
    /// Whether another file of the workbook's name was found and kept in its place.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub kept: bool,
    /// Whether an officer's edits were carried into it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub merged: bool,
    /// Its Word document, where there is to be one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentEntry>,
    /// The input before this one in the list that has the same agency and year; only that one counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duplicate_of: Option<String>,
    /// The first input after this one in the list that has the same agency and year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duplicated_by: Option<String>,
    /// Why it has no workbook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// Its figures; nothing where it could not be recognised.
    result: Option<JsonBlob<AgencyResult>>,
    /// What should be looked at.
    findings: Option<JsonBlob<Vec<FindingEntry>>>,
}

/// The Word document of an agency, which has its workbook's name with another ending.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentEntry {
    /// Its file name in the output folder.
    pub name: Option<String>,
    /// SHA-256 of the document that belongs to the agency.
    pub sha256: Option<String>,
    /// Whether another file of its name was found and kept in its place.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub kept: bool,
}

/// A file of an agency that has its name: which it is, and its fingerprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::batch) enum OutputKind {
    Workbook,
    Document,
}

/// A finding without its sentences, which its code gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingEntry {
    /// What kind of thing.
    pub code: FindingCode,
    /// The cells it is about, the first few by name.
    pub cells: String,
    /// What it is about.
    pub item: String,
    /// What was found.
    pub found: String,
    /// What was expected.
    pub expected: String,
}

impl Reason {
    /// The reason why an output could not be written, with its name.
    pub fn of_output(cause: &Cause, name: &str) -> Self {
        let message = Texts::in_both(|language| format!("{name}: {}", cause.message(language)));
        Self { message, ..Self::new(cause) }
    }

    /// What the program says about an error.
    pub fn new(cause: &Cause) -> Self {
        Self {
            code: cause.code().to_owned(),
            message: Texts::in_both(|language| cause.message(language)),
            hint: Texts::in_both(|language| cause.hint(language).to_owned()),
        }
    }
}

impl Record {
    /// An input of which nothing came.
    pub fn without_agencies(input: &str, outcome: Outcome, reason: Reason) -> Self {
        let input = input.to_owned();
        Self { input, outcome, reason: Some(reason), sha256: None, settings_sha256: None, agencies: Vec::new() }
    }

    /// Settles the outcome from what became of the agencies.
    pub(in crate::batch) fn settle(&mut self) {
        if self.agencies.is_empty() || self.reason.is_some() {
            return;
        }
        self.outcome = if self.agencies.iter().any(|agency| agency.reason.is_some()) {
            Outcome::Failed
        } else if self.agencies.iter().any(Agency::needs_a_look) {
            Outcome::Warnings
        } else {
            Outcome::Written
        };
    }

    /// The names of its workbooks that are there.
    pub(in crate::batch) fn workbooks(&self) -> impl Iterator<Item = &str> {
        self.agencies.iter().filter_map(|agency| agency.output(OutputKind::Workbook)).map(|(name, _)| name)
    }

    /// The names and fingerprints of its workbooks and documents.
    pub fn outputs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.agencies.iter().flat_map(Agency::outputs)
    }

    /// Whether it says for good what becomes of these bytes: not where a file was locked or a process was stopped.
    pub(in crate::batch) fn is_final(&self) -> bool {
        self.sha256.is_some() && self.agencies.iter().all(|agency| agency.reason.is_none())
    }
}

impl Agency {
    /// An agency whose workbook has this fingerprint and no name yet; nothing where there is no workbook.
    pub(in crate::batch) fn new(result: &AgencyResult, sha256: Option<String>, findings: &Vec<FindingEntry>) -> Self {
        Self { result: JsonBlob::new(result), sha256, findings: JsonBlob::new(findings), ..Self::default() }
    }

    /// The name and the fingerprint of one of its files, where it has both.
    pub(in crate::batch) fn output(&self, kind: OutputKind) -> Option<(&str, &str)> {
        match kind {
            OutputKind::Workbook => Some((self.workbook.as_deref()?, self.sha256.as_deref()?)),
            OutputKind::Document => {
                let document = self.document.as_ref()?;
                Some((document.name.as_deref()?, document.sha256.as_deref()?))
            }
        }
    }

    /// The names and fingerprints of its files.
    pub fn outputs(&self) -> impl Iterator<Item = (&str, &str)> {
        [OutputKind::Workbook, OutputKind::Document].into_iter().filter_map(|kind| self.output(kind))
    }

    /// The names of its files whose place another one keeps.
    pub fn kept_files(&self) -> impl Iterator<Item = &str> {
        let workbook = self.workbook.as_deref().filter(|_| self.kept);
        let document = self.document.as_ref().filter(|document| document.kept);
        workbook.into_iter().chain(document.and_then(|document| document.name.as_deref()))
    }

    /// Its figures; nothing where it could not be recognised.
    pub fn result(&self) -> Option<AgencyResult> {
        let result = self.result.as_ref().and_then(JsonBlob::get);
        result.map(|result| AgencyResult { workbook: self.workbook.clone(), ..result })
    }

    /// What should be looked at.
    pub fn findings(&self) -> Vec<FindingEntry> {
        self.findings.as_ref().and_then(JsonBlob::get).unwrap_or_default()
    }

    /// Whether it counts in the overview.
    pub fn counts(&self) -> bool {
        self.result.is_some() && self.duplicate_of.is_none()
    }

    fn needs_a_look(&self) -> bool {
        self.kept_files().next().is_some()
            || self.duplicate_of.is_some()
            || self.duplicated_by.is_some()
            || self.findings().iter().any(|finding| finding.code.severity() > Severity::Note)
    }
}

impl FindingEntry {
    /// The entry of a finding.
    pub fn new(finding: &Finding) -> Self {
        Self {
            code: finding.code,
            cells: finding.place_text(),
            item: finding.item.clone(),
            found: finding.found.clone(),
            expected: finding.expected.clone(),
        }
    }

    /// The finding, without its cells: for its sentences.
    pub fn finding(&self) -> Finding {
        let mut finding = Finding::new(self.code, self.item.clone());
        finding.found.clone_from(&self.found);
        finding.expected.clone_from(&self.expected);
        finding
    }
}
