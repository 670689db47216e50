//! Finished workbooks get their names, in the order of the inputs, and what came of each input is recorded.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::Path;

use super::digest::sha256;
use super::find::InputFile;
use super::journal::{Journal, Line};
use super::names::Names;
use super::outcome::{Agency, Outcome, Reason, Record};
use super::pool::{Files, Part};
use super::protocol::{Job, Known, Made, Verdict};
use super::run_file::Left;
use crate::error::Cause;
use crate::write::save::{is_open, rename_cause};

/// The records of a run, as they come to be.
pub(super) struct Ledger<'a> {
    /// The files to be converted.
    pub inputs: &'a [InputFile],
    /// The folder for the workbooks.
    pub out: &'a Path,
    /// Where records are kept while the run lasts; nothing in a dry run.
    pub journal: Option<Journal>,
    /// Whether to do everything again and replace what is in the way.
    pub force: bool,
    /// What is known from earlier runs, by input.
    pub before: HashMap<String, Record>,
    /// Every fingerprint that this program gave to a workbook of a name, the newest last.
    pub own: HashMap<String, Vec<String>>,
    /// The names that are given out.
    pub names: Names,
    /// The records made so far.
    pub records: Vec<Record>,
    /// The record of a file of which more parts are to come.
    pub open: Option<Record>,
    /// How many workbooks are new or replaced.
    pub written: usize,
    /// How many were there already as they should be.
    pub same: usize,
    /// Workbooks of inputs that were there no more.
    pub left: Vec<Left>,
    /// Told of every record.
    pub listener: &'a mut dyn FnMut(&Record) -> io::Result<()>,
}

/// What is to be done with a workbook.
enum Step {
    /// Give it its name.
    Write,
    /// One with the same bytes is there.
    Adopt,
    /// Another one is there that must not be replaced.
    Keep,
    /// Nothing can be put there.
    Refuse(Cause),
}

impl Files for Ledger<'_> {
    fn job(&self, file: usize, first: usize) -> Job {
        let input = self.inputs.get(file);
        let source = input.map(|input| input.name.clone()).unwrap_or_default();
        let before = self.before.get(&source).filter(|record| first == 0 && !self.force && record.is_final());
        Job {
            path: input.map(|input| input.path.clone().into_os_string()).unwrap_or_default(),
            named: input.is_some_and(|input| input.named),
            first,
            known: before.and_then(|record| self.known(record)),
            source,
        }
    }

    fn take(&mut self, file: usize, part: Part) -> io::Result<()> {
        let name = self.inputs.get(file).map(|input| input.name.clone()).unwrap_or_default();
        let Part { made, end, last } = part;
        let mut record = self.open.take().unwrap_or_else(|| Record {
            input: name,
            outcome: Outcome::Written,
            reason: None,
            sha256: end.sha256.clone(),
            settings_sha256: end.settings_sha256.clone(),
            agencies: Vec::new(),
        });
        match end.verdict {
            Verdict::Unchanged(differing) => {
                if let Some(known) = self.before.remove(&record.input) {
                    record = known;
                    self.take_unchanged(&mut record, &differing);
                }
                return self.finish(record);
            }
            Verdict::Made(_) => self.take_made(&mut record, made, last)?,
            Verdict::Skipped(reason) => (record.outcome, record.reason) = (Outcome::Skipped, Some(reason)),
            Verdict::Failed(reason) => {
                self.discard(&made);
                (record.outcome, record.reason) = (Outcome::Failed, Some(reason));
                // Whatever it was that went wrong, the next run tries again if it cannot tell that nothing has changed.
                record.sha256 = end.sha256;
            }
        }
        if last {
            let needs_line = record.agencies.is_empty() || record.reason.is_some();
            if needs_line {
                self.note(&Line::File(Box::new(record.clone())))?;
            }
            return self.finish(record);
        }
        self.open = Some(record);
        Ok(())
    }
}

impl Ledger<'_> {
    fn known(&self, record: &Record) -> Option<Known> {
        let hashes = |name: &str, newest: &str| {
            let older = self.own.get(name).into_iter().flatten().filter(|hash| *hash != newest);
            older.cloned().chain([newest.to_owned()]).collect()
        };
        Some(Known {
            sha256: record.sha256.clone()?,
            settings_sha256: record.settings_sha256.clone()?,
            workbooks: record.workbooks().map(|(name, hash)| (name.to_owned(), hashes(name, hash))).collect(),
        })
    }

    fn take_unchanged(&mut self, record: &mut Record, differing: &[String]) {
        for agency in &mut record.agencies {
            let Some(name) = agency.workbook.clone() else { continue };
            self.names.reserve(&name);
            agency.kept = differing.contains(&name);
            self.same += usize::from(!agency.kept);
        }
    }

    /// Names first, then the line in the journal, then the renaming: what carries a name of ours is always known as ours.
    fn take_made(&mut self, record: &mut Record, made: Vec<Made>, last: bool) -> io::Result<()> {
        let mut steps = Vec::with_capacity(made.len());
        for mut made in made {
            let step = self.step(&record.input, &mut made);
            record.agencies.push(made.agency);
            steps.push((record.agencies.len() - 1, made.temporary, step));
        }
        let line = if last {
            Line::File(Box::new(record.clone()))
        } else {
            let named = steps.iter().filter_map(|(index, ..)| record.agencies.get(*index));
            Line::Writing(named.filter_map(name_and_hash).collect())
        };
        self.note(&line)?;
        let mut refused = false;
        for (index, temporary, step) in steps {
            let Some(agency) = record.agencies.get_mut(index) else { continue };
            if let Err(cause) = self.carry_out(agency, temporary.as_deref(), step) {
                agency.reason = Some(Reason::of(&cause));
                refused = true;
            }
        }
        if refused && last {
            self.note(&Line::File(Box::new(record.clone())))?;
        }
        Ok(())
    }

    /// Gives an agency's workbook its name and looks at what is there.
    fn step(&mut self, input: &str, made: &mut Made) -> Option<Step> {
        let agency = &mut made.agency;
        let hash = agency.sha256.as_ref()?;
        let name = self.names.give(input, &made.stem);
        let path = self.out.join(&name);
        let ours = |found: &String| self.own.get(&name).is_some_and(|hashes| hashes.contains(found));
        let step = match fs::read(&path).map(|bytes| sha256(&bytes)) {
            Ok(found) if found == *hash => Step::Adopt,
            Ok(found) if !self.force && !ours(&found) => Step::Keep,
            Ok(_) if is_open(&path) => Step::Refuse(Cause::OutputOpen),
            Ok(_) => Step::Write,
            Err(e) if e.kind() == io::ErrorKind::NotFound => Step::Write,
            Err(e) => Step::Refuse(Cause::Unwritable(e)),
        };
        agency.kept = matches!(step, Step::Keep);
        agency.workbook = Some(name);
        Some(step)
    }

    fn carry_out(&mut self, agency: &Agency, temporary: Option<&str>, step: Option<Step>) -> Result<(), Cause> {
        let (Some(step), Some((name, hash))) = (step, name_and_hash(agency)) else { return Ok(()) };
        let done = match step {
            Step::Write => {
                self.written += 1;
                self.own.entry(name.clone()).or_default().push(hash);
                let path = self.out.join(name);
                match temporary {
                    Some(from) => fs::rename(self.out.join(from), &path).map_err(|e| rename_cause(e, &path)),
                    None => Ok(()),
                }
            }
            Step::Adopt => {
                self.same += 1;
                Ok(())
            }
            Step::Keep => Ok(()),
            Step::Refuse(cause) => Err(cause),
        };
        if let Some(from) = temporary {
            // Gone already where it has got its name.
            let _ = fs::remove_file(self.out.join(from));
        }
        done
    }

    fn discard(&self, made: &[Made]) {
        for temporary in made.iter().filter_map(|made| made.temporary.as_ref()) {
            let _ = fs::remove_file(self.out.join(temporary));
        }
    }

    fn note(&mut self, line: &Line) -> io::Result<()> {
        self.journal.as_mut().map_or(Ok(()), |journal| journal.add(line))
    }

    fn finish(&mut self, mut record: Record) -> io::Result<()> {
        record.settle();
        (self.listener)(&record)?;
        self.records.push(record);
        Ok(())
    }
}

fn name_and_hash(agency: &Agency) -> Option<(String, String)> {
    Some((agency.workbook.clone()?, agency.sha256.clone()?))
}
