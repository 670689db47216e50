//! The overview of a run's agencies: written like a workbook of the run, made again only when something has changed.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::batch::OVERVIEW;
use crate::batch::journal::{Journal, Line};
use crate::batch::record::{Agency, Outcome, Reason, Record};
use crate::config::Config;
use crate::domain::digest::{sha256, sha256_of_parts};
use crate::domain::language::Language;
use crate::error::Cause;
use crate::overview::{AgencyResult, Failure};
use crate::write::disk::Disk;
use crate::write::save::{Existing, Target, unlooked};
use crate::write::xlsx::overview as workbook;

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
pub(in crate::batch) struct RollUp<'a> {
    pub disk: &'a dyn Disk,
    pub out: &'a Path,
    pub config: &'a Config,
    /// SHA-256 of the settings.
    pub settings: String,
    /// Last year's results.
    pub previous: Option<&'a [AgencyResult]>,
    pub force: bool,
    /// The fingerprints of workbooks that are known as ours.
    pub digests: &'a HashMap<String, Vec<String>>,
    /// The overview of the run before.
    pub before: Option<OverviewFile>,
}

impl RollUp<'_> {
    /// Writes the overview, unless nothing counts in it or it is there already; returns the one that is there.
    ///
    /// # Errors
    /// When it cannot be made or written; the workbooks of the run are not touched by that.
    pub(in crate::batch) fn write(
        self,
        records: &[Record],
        journal: &mut Journal<'_>,
    ) -> Result<Option<OverviewFile>, Cause> {
        let results: Vec<AgencyResult> = counted(records).collect();
        if results.is_empty() {
            // One that is there stays, and is known as ours when there are results again.
            return Ok(self.before.filter(|before| self.out.join(&before.workbook).exists()));
        }
        let failures: Vec<Failure> = records.iter().flat_map(failures).collect();
        let from_sha256 = self.fingerprint(&results, &failures, self.previous).map_err(cannot_write)?;
        let path = self.out.join(OVERVIEW);
        let found = match fs::read(&path) {
            Ok(bytes) => Some(sha256(&bytes)),
            Err(e) if e.kind() == io::ErrorKind::NotFound => None,
            Err(e) => return Err(unlooked(&path, e)),
        };
        if let Some(before) = self.before.as_ref().filter(|file| file.from_sha256 == from_sha256 && !self.force)
            && let Some(found) = &found
        {
            let kept = before.sha256 != *found && !self.is_ours(found);
            if kept || before.sha256 == *found {
                return Ok(Some(OverviewFile { kept, ..before.clone() }));
            }
        }
        let bytes = workbook::bytes(&results, &failures, self.previous, self.config)?;
        let made = OverviewFile { workbook: OVERVIEW.to_owned(), sha256: sha256(&bytes), from_sha256, kept: false };
        let existing = match &found {
            Some(found) if *found == made.sha256 => return Ok(Some(made)),
            Some(found) if self.is_ours(found) => Existing::OURS,
            Some(_) if self.force => Existing::KEPT,
            Some(_) => return Ok(Some(OverviewFile { kept: true, ..made })),
            None => Existing::Stays,
        };
        let target = Target::on(self.disk, &path, existing).map_err(|e| e.cause)?;
        let line = Line::Writing(vec![(made.workbook.clone(), made.sha256.clone())]);
        journal.add(&line).and_then(|()| journal.flush()).map_err(cannot_write)?;
        target.write(&bytes).map_err(|e| e.cause)?;
        Ok(Some(made))
    }

    fn is_ours(&self, found: &String) -> bool {
        let known = self.digests.get(OVERVIEW).is_some_and(|hashes| hashes.contains(found));
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
pub(in crate::batch) fn counted(records: &[Record]) -> impl Iterator<Item = AgencyResult> {
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
