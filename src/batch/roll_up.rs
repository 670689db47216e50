//! The overview of a run's agencies: written like a workbook of the run, made again only when something has changed.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::digest::{sha256, sha256_of_parts};
use super::journal::{Journal, Line};
use super::outcome::{Agency, Outcome, Reason, Record};
use super::run_file::RunFile;
use super::{OVERVIEW, temporary_name};
use crate::config::Config;
use crate::error::Cause;
use crate::language::Language;
use crate::overview::{self, AgencyResult, Failure};
use crate::write::save::{is_open, rename_cause};

/// What the run file says of the overview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverviewFile {
    /// Its file name.
    pub workbook: String,
    /// Its SHA-256 as this program made it.
    pub sha256: String,
    /// SHA-256 of what it was made from.
    pub from_sha256: String,
    /// Whether another file of its name was found and kept.
    pub kept: bool,
}

/// What the overview is made with.
pub(super) struct RollUp<'a> {
    pub out: &'a Path,
    pub config: &'a Config,
    /// SHA-256 of the settings.
    pub settings: String,
    /// The folder of last year's run.
    pub previous: Option<&'a Path>,
    pub force: bool,
    /// The fingerprints of workbooks that are known as ours.
    pub own: &'a HashMap<String, Vec<String>>,
    /// The overview of the run before.
    pub before: Option<OverviewFile>,
}

impl RollUp<'_> {
    /// Writes the overview, unless nothing counts in it or it is there already.
    ///
    /// # Errors
    /// When it cannot be made or written; the workbooks of the run are not touched by that.
    pub(super) fn write(self, records: &[Record], journal: &mut Journal) -> Result<Option<OverviewFile>, Cause> {
        let results: Vec<AgencyResult> = counted(records).collect();
        if results.is_empty() {
            return Ok(None);
        }
        let failures: Vec<Failure> = records.iter().flat_map(failures).collect();
        let previous = self.previous.map(|folder| counted(&RunFile::load(folder).files).collect::<Vec<_>>());
        let from_sha256 = self.fingerprint(&results, &failures, previous.as_deref()).map_err(cannot_write)?;
        let path = self.out.join(OVERVIEW);
        let found = fs::read(&path).ok().map(|bytes| sha256(&bytes));
        if let Some(before) = self.before.as_ref().filter(|own| own.from_sha256 == from_sha256 && !self.force)
            && let Some(found) = &found
        {
            let kept = before.sha256 != *found && !self.is_ours(found);
            if kept || before.sha256 == *found {
                return Ok(Some(OverviewFile { kept, ..before.clone() }));
            }
        }
        let bytes = overview::write(&results, &failures, previous.as_deref(), self.config)?;
        let made = OverviewFile { workbook: OVERVIEW.to_owned(), sha256: sha256(&bytes), from_sha256, kept: false };
        let in_the_way = found.filter(|found| *found != made.sha256);
        if in_the_way.as_ref().is_some_and(|found| !self.force && !self.is_ours(found)) {
            return Ok(Some(OverviewFile { kept: true, ..made }));
        }
        if in_the_way.is_some() && is_open(&path) {
            return Err(Cause::OutputOpen);
        }
        journal.add(&Line::Writing(vec![(made.workbook.clone(), made.sha256.clone())])).map_err(cannot_write)?;
        let temporary = self.out.join(temporary_name("overview"));
        fs::write(&temporary, bytes).map_err(Cause::Unwritable)?;
        fs::rename(&temporary, &path).map_err(|e| rename_cause(e, &path))?;
        Ok(Some(made))
    }

    fn is_ours(&self, found: &String) -> bool {
        let known = self.own.get(OVERVIEW).is_some_and(|hashes| hashes.contains(found));
        known || self.before.as_ref().is_some_and(|before| before.sha256 == *found)
    }

    fn fingerprint(
        &self,
        results: &[AgencyResult],
        failures: &[Failure],
        previous: Option<&[AgencyResult]>,
    ) -> io::Result<String> {
        let texts = [serde_json::to_vec(results)?, serde_json::to_vec(failures)?, serde_json::to_vec(&previous)?];
        Ok(sha256_of_parts([self.settings.as_bytes()].into_iter().chain(texts.iter().map(Vec::as_slice))))
    }
}

/// The agencies that count: one for each agency and year.
fn counted(records: &[Record]) -> impl Iterator<Item = AgencyResult> {
    records.iter().flat_map(|record| &record.agencies).filter(|agency| agency.counts()).filter_map(Agency::result)
}

/// The failures of an input, in Thai as the overview is.
fn failures(record: &Record) -> Vec<Failure> {
    let whole = record.reason.iter().filter(|_| record.outcome == Outcome::Failed);
    let parts = record.agencies.iter().filter_map(|agency| agency.reason.as_ref());
    let failure = |reason: &Reason| Failure {
        input: record.input.clone(),
        reason: reason.message.in_language(Language::Thai).to_owned(),
        remedy: reason.hint.in_language(Language::Thai).to_owned(),
    };
    whole.chain(parts).map(failure).collect()
}

fn cannot_write(error: io::Error) -> Cause {
    Cause::Unwritable(error)
}
