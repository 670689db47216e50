//! What the run and its worker processes say to each other: one line of JSON at a time.

use std::ffi::OsString;
use std::{fs, io};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::batch::file_name::NameTemplate;
use crate::batch::record::{Agency, Reason};
use crate::config::Config;
use crate::domain::digest::sha256_of_parts;
use crate::domain::digits::Digits;
use crate::domain::document_part::DocumentPart;
use crate::domain::language::Language;
use crate::error::Error;
use crate::plan::Amount;
use crate::read::Limits;
use crate::recognise::Hints;
use crate::settings;
use crate::settings::SettingFiles;

/// The first line that a worker is given: what is the same for all files.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Setup {
    /// What decides the bytes of workbooks.
    pub work: Work,
    /// The folder for workbooks, and for temporary files until they get their names.
    pub out: OsString,
    /// Whether nothing is to be written.
    pub dry_run: bool,
    /// Whether workbooks are replaced with what cannot be carried out of them.
    pub force: bool,
    /// Whether what was edited in workbooks is dropped.
    pub discard_edits: bool,
    /// Whether what `inspect` and `export` say of each agency is wanted beside its workbook.
    pub described: bool,
    /// The most memory to take, in bytes.
    pub max_memory: u64,
}

/// The settings that decide the bytes of workbooks.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Work {
    pub threshold: Option<Decimal>,
    pub hints: Hints,
    pub limits: Limits,
    /// The encoding of text files, by its name.
    pub encoding: Option<String>,
    pub publish: bool,
    /// Whether each agency gets a Word document too.
    pub word: bool,
    /// What it has beside the report.
    pub document_parts: Option<Vec<DocumentPart>>,
    pub digits: Option<Digits>,
    /// How many measures an issue of the plan gets.
    pub amount: Option<Amount>,
    /// Whether the user says that the topics were held against the year's manual.
    pub titles_checked: bool,
    pub created: u64,
    pub profile: Option<OsString>,
    pub advice: Option<OsString>,
    /// The framework of the user's own.
    pub framework: Option<OsString>,
    /// Where last year's results are.
    pub previous: Option<OsString>,
    pub name: NameTemplate,
}

/// A file, or a part of one with many agencies.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Job {
    pub path: OsString,
    /// The input's name in reports.
    pub source: String,
    /// Whether the user named the file itself.
    pub named: bool,
    /// The number of its first agency, from 0.
    pub first: usize,
    /// What its first part was made of; nothing for that part itself.
    pub version: Option<Version>,
    /// What came of it before, where that may still hold.
    pub known: Option<Known>,
    /// The workbooks that were made of it before.
    pub earlier: Vec<Earlier>,
}

/// A workbook that was made of a file before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Earlier {
    /// Its name in the output folder.
    pub name: String,
    /// Every fingerprint that this program gave it.
    pub ours: Vec<String>,
    /// Whether an officer's edits were carried into it.
    pub merged: bool,
}

/// What a file was when a run came to it: all its parts are made of the same bytes with the same settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Version {
    pub sha256: String,
    pub settings_sha256: String,
}

/// What came of a file in an earlier run.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Known {
    pub sha256: String,
    pub settings_sha256: String,
    /// Names of its workbooks with every fingerprint that this program gave them, the newest last.
    pub workbooks: Vec<(String, Vec<String>)>,
}

/// What a worker answers: first that it is ready, then for each job its agencies one by one, and the end.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum Reply {
    Ready,
    Agency(Box<Made>),
    End(End),
}

/// A workbook that waits for its name.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Made {
    /// The temporary file's name in the output folder.
    pub temporary: Option<String>,
    /// The same of the Word document.
    pub document: Option<String>,
    /// What is said of the agency, where that is wanted.
    pub described: Option<Described>,
    /// The name that it should get, without extension.
    pub stem: String,
    /// The fingerprint of the workbook whose edits were carried into it.
    pub merged: Option<String>,
    /// Whether a workbook is there that could not be read: what was typed into it is not in this one.
    pub unread: bool,
    pub agency: Agency,
}

/// The temporary files that say what an agency's result is.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Described {
    /// The object that `inspect --json` prints.
    pub json: String,
    /// The rows that `export` writes, as CSV.
    pub rows: String,
}

/// The end of a job.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct End {
    pub sha256: Option<String>,
    pub settings_sha256: Option<String>,
    /// The names of the file's sheets, where it is to be described.
    pub sheets: Vec<String>,
    pub verdict: Verdict,
}

/// How a job ended.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum Verdict {
    /// Its agencies were made; the file has this many in all.
    Made(usize),
    /// Nothing has changed, but these of its workbooks are not as they were written.
    Unchanged(Vec<String>),
    Skipped(Reason),
    Failed(Reason),
}

impl Made {
    /// The names of its temporary files.
    pub(crate) fn temporaries(&self) -> impl Iterator<Item = &String> {
        self.temporary.iter().chain(&self.document)
    }
}

impl Work {
    /// The fingerprint of the settings, the program's version and the contents of the files that the settings name.
    pub(crate) fn sha256<'a>(&self, files: impl Iterator<Item = &'a [u8]>) -> serde_json::Result<String> {
        // Where a file stands does not matter, only what it says.
        let settings =
            serde_json::to_vec(&Self { profile: None, advice: None, framework: None, previous: None, ..self.clone() })?;
        let version = env!("CARGO_PKG_VERSION").as_bytes();
        Ok(sha256_of_parts([version, settings.as_slice()].into_iter().chain(files.map(|file| -> &[u8] { file }))))
    }

    /// The same with the files that the command line names.
    pub(crate) fn sha256_with_files(&self, files: &SettingFiles, config: &Config) -> io::Result<String> {
        let contents = contents_of(files, config)?;
        Ok(self.sha256(contents.iter().map(Vec::as_slice))?)
    }
}

/// The contents of the files with settings that the command line names, with those that they name themselves.
pub(crate) fn contents_of(files: &SettingFiles, config: &Config) -> io::Result<Vec<Vec<u8>>> {
    let SettingFiles { profile, advice, framework, previous: _ } = files;
    let unreadable = |error: Error| io::Error::other(error.cause.message(Language::English));
    let frameworks = framework.iter().map(|path| settings::framework_files(path).map_err(unreadable));
    let frameworks = frameworks.collect::<io::Result<Vec<_>>>()?;
    let named = [profile, advice, &config.profile.logo];
    let read = named.into_iter().flatten().chain(frameworks.iter().flatten()).map(fs::read);
    let previous = config.previous.iter().map(|last_year| Ok(last_year.fingerprint().into_bytes()));
    let plans = config.last_year_plans.iter().filter(|plans| !plans.0.is_empty());
    let plans = plans.map(|plans| Ok(plans.fingerprint().into_bytes()));
    read.chain(previous).chain(plans).collect()
}
