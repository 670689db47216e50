//! Finished workbooks and documents get their names, in the order of the inputs, and what came of each input is recorded.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use tempfile::TempPath;

use crate::batch::discover::InputFile;
use crate::batch::file_name::{TakenNames, document_name};
use crate::batch::journal::{Journal, Line};
use crate::batch::pool::protocol::{Earlier, Job, Known, Made, Verdict};
use crate::batch::pool::{Files, JobPart};
use crate::batch::record::{Agency, DocumentEntry, Outcome, OutputKind, Reason, Record};
use crate::batch::run_file::Left;
use crate::domain::digest::sha256;
use crate::error::Cause;
use crate::write::disk::Disk;
use crate::write::save::{Existing, is_open, place, unlooked};

/// Workbooks that get their names together: the journal that says so is flushed to the disk once for all of them.
const MOST_PENDING: usize = 64;

/// The longest that a finished file waits for others.
const LONGEST_WAIT: Duration = Duration::from_millis(100);

/// The records of a run, as they come to be.
pub(in crate::batch) struct Ledger<'a> {
    /// The files to be converted.
    pub inputs: &'a [InputFile],
    /// Where everything is written.
    pub disk: &'a dyn Disk,
    /// The folder for the workbooks.
    pub out: &'a Path,
    /// Where records are kept while the run lasts; nothing in a dry run.
    pub journal: Option<Journal<'a>>,
    /// Whether to do everything again and replace what is in the way.
    pub force: bool,
    /// What is known from earlier runs, by input.
    pub before: HashMap<String, Record>,
    /// Every fingerprint that this program gave to a workbook of a name, the newest last.
    pub digests: HashMap<String, Vec<String>>,
    /// The names that are given out.
    pub names: TakenNames,
    /// The records made so far.
    pub records: Vec<Record>,
    /// The record of a file of which more parts are to come.
    pub open: Option<Record>,
    /// Files that are done but for the names of their workbooks.
    pub pending: Vec<Pending>,
    /// How many workbooks are new or replaced.
    pub written: usize,
    /// How many were there already as they should be.
    pub same: usize,
    /// Workbooks of inputs that were there no more.
    pub left: Vec<Left>,
    /// Told of every record.
    pub listener: &'a mut dyn FnMut(&Record) -> io::Result<()>,
}

/// A file whose workbooks are about to get their names.
pub(in crate::batch) struct Pending {
    record: Record,
    steps: Vec<Numbered>,
    since: Instant,
}

/// What is to be done with the workbook of an agency.
struct Numbered {
    /// The agency's number among those of its file.
    agency: usize,
    /// Which of its files it is about.
    kind: OutputKind,
    /// The file's name so far.
    temporary: Option<String>,
    step: Step,
}

/// What is to be done with a workbook.
enum Step {
    /// Give it its name, and keep what has that name now.
    Write(OnDisk),
    /// One with the same bytes is there.
    Adopt,
    /// Another one is there that must not be replaced.
    Keep,
    /// Nothing can be put there.
    Refuse(Cause, OnDisk),
}

/// What stands under a workbook's name before it gets it.
enum OnDisk {
    Nothing,
    /// An older one with this fingerprint, written by this program and not edited since.
    Ours(String),
    /// Another one, with this fingerprint.
    Other(String),
}

impl Step {
    /// The fingerprint of an older one of ours that stands under the name.
    fn ours(&self) -> Option<String> {
        match self {
            Self::Write(OnDisk::Ours(hash)) | Self::Refuse(_, OnDisk::Ours(hash)) => Some(hash.clone()),
            _ => None,
        }
    }

    /// Replaces nothing where what was typed into it could not be read.
    fn unless(self, unread: bool) -> Self {
        match self {
            Self::Write(found @ (OnDisk::Ours(_) | OnDisk::Other(_))) if unread => {
                Self::Refuse(Cause::OutputOpen, found)
            }
            step => step,
        }
    }
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
            version: None,
            known: before.and_then(|record| self.known(record)),
            earlier: self.before.get(&source).map(|record| self.earlier(record)).unwrap_or_default(),
            source,
        }
    }

    fn take(&mut self, file: usize, part: JobPart) -> io::Result<()> {
        let name = self.inputs.get(file).map(|input| input.name.clone()).unwrap_or_default();
        let JobPart { made, end, last } = part;
        if !last {
            // Its workbooks get their names at once: those of the files before it come first.
            self.settle(true)?;
        }
        let mut record = self.open.take().unwrap_or_else(|| Record {
            input: name,
            outcome: Outcome::Written,
            reason: None,
            sha256: end.sha256.clone(),
            settings_sha256: end.settings_sha256.clone(),
            agencies: Vec::new(),
        });
        let mut steps = Vec::new();
        match end.verdict {
            Verdict::Unchanged(differing) => {
                if let Some(known) = self.before.remove(&record.input) {
                    record = known;
                    self.take_unchanged(&mut record, &differing);
                }
                self.put_off(record, Vec::new());
                return Ok(());
            }
            Verdict::Made(_) => steps = self.take_made(&mut record, made, last)?,
            Verdict::Skipped(reason) => (record.outcome, record.reason) = (Outcome::Skipped, Some(reason)),
            Verdict::Failed(reason) => {
                self.discard(&made);
                (record.outcome, record.reason) = (Outcome::Failed, Some(reason));
                // Whatever it was that went wrong, the next run tries again if it cannot tell that nothing has changed.
                record.sha256 = record.sha256.and(end.sha256);
            }
        }
        if last {
            let needs_line = record.agencies.is_empty() || record.reason.is_some();
            if needs_line {
                self.note(&Line::File(Box::new(record.clone())))?;
            }
            self.put_off(record, steps);
            return Ok(());
        }
        self.flush_journal()?;
        self.carry_out_all(&mut record, steps);
        self.open = Some(record);
        Ok(())
    }

    fn settle(&mut self, all: bool) -> io::Result<()> {
        let workbooks: usize = self.pending.iter().map(|pending| pending.steps.len()).sum();
        let is_due = |pending: &Pending| pending.since.elapsed() >= LONGEST_WAIT;
        if !all && workbooks < MOST_PENDING && !self.pending.first().is_some_and(is_due) {
            return Ok(());
        }
        if workbooks > 0 {
            self.flush_journal()?;
        }
        for Pending { mut record, steps, .. } in std::mem::take(&mut self.pending) {
            if self.carry_out_all(&mut record, steps) {
                self.note(&Line::File(Box::new(record.clone())))?;
            }
            record.settle();
            (self.listener)(&record)?;
            self.records.push(record);
        }
        Ok(())
    }
}

impl Ledger<'_> {
    fn known(&self, record: &Record) -> Option<Known> {
        let hashes = |name: &str, newest: &str| {
            let older = self.digests.get(name).into_iter().flatten().filter(|hash| *hash != newest);
            older.cloned().chain([newest.to_owned()]).collect()
        };
        Some(Known {
            sha256: record.sha256.clone()?,
            settings_sha256: record.settings_sha256.clone()?,
            workbooks: record.outputs().map(|(name, hash)| (name.to_owned(), hashes(name, hash))).collect(),
        })
    }

    /// The workbooks of a record, with every fingerprint that they were given.
    fn earlier(&self, record: &Record) -> Vec<Earlier> {
        let earlier = |agency: &Agency| {
            let name = agency.workbook.clone()?;
            let ours = self.digests.get(&name).cloned().unwrap_or_default();
            Some(Earlier { name, ours, merged: agency.merged })
        };
        record.agencies.iter().filter_map(earlier).collect()
    }

    fn take_unchanged(&mut self, record: &mut Record, differing: &[String]) {
        for agency in &mut record.agencies {
            let Some(name) = agency.workbook.clone() else { continue };
            self.names.reserve(&name);
            agency.kept = differing.contains(&name);
            self.same += usize::from(!agency.kept);
            if let Some(document) = &mut agency.document {
                document.kept = document.name.as_ref().is_some_and(|name| differing.contains(name));
            }
        }
    }

    /// TakenNames first, then the line in the journal, then the renaming: what carries a name of ours is always known as ours.
    fn take_made(&mut self, record: &mut Record, made: Vec<Made>, last: bool) -> io::Result<Vec<Numbered>> {
        let mut steps = Vec::with_capacity(made.len());
        for mut made in made {
            steps.extend(self.steps(&record.input, record.agencies.len(), &mut made));
            record.agencies.push(made.agency);
        }
        let line = if last {
            Line::File(Box::new(record.clone()))
        } else {
            let named = steps.iter().filter_map(|numbered| record.agencies.get(numbered.agency));
            let owned = |(name, hash): (&str, &str)| (name.to_owned(), hash.to_owned());
            // Both files of an agency have a step: each is named once.
            Line::Writing(named.flat_map(Agency::outputs).map(owned).collect::<BTreeSet<_>>().into_iter().collect())
        };
        self.note(&line)?;
        Ok(steps)
    }

    /// A file is done but for the names of its workbooks.
    fn put_off(&mut self, record: Record, steps: Vec<Numbered>) {
        self.pending.push(Pending { record, steps, since: Instant::now() });
    }

    /// Gives workbooks their names; says whether one could not get it.
    fn carry_out_all(&mut self, record: &mut Record, steps: Vec<Numbered>) -> bool {
        let mut refused = false;
        for Numbered { agency, kind, temporary, step } in steps {
            let Some(agency) = record.agencies.get_mut(agency) else { continue };
            let older = step.ours();
            if let Err(cause) = self.carry_out(agency, kind, temporary.as_deref(), step) {
                let name = agency.output(kind).map(|(name, _)| name).unwrap_or_default();
                agency.reason = Some(Reason::of_output(&cause, name));
                // The next run should know the one that has stayed as ours.
                match (kind, &mut agency.document) {
                    (OutputKind::Document, Some(document)) => document.sha256 = older.or(document.sha256.take()),
                    _ => agency.sha256 = older.or(agency.sha256.take()),
                }
                refused = true;
            }
        }
        refused
    }

    /// Chooses the name of an agency's files and looks at what is there.
    fn steps(&mut self, input: &str, number: usize, made: &mut Made) -> Vec<Numbered> {
        let agency = &mut made.agency;
        let Some(hash) = &agency.sha256 else { return Vec::new() };
        let name = self.names.give(input, &made.stem);
        let step = self.step(&name, hash, made.merged.as_deref()).unless(made.unread);
        agency.kept = matches!(step, Step::Keep);
        let (kind, temporary) = (OutputKind::Workbook, made.temporary.take());
        let mut steps = vec![Numbered { agency: number, kind, temporary, step }];
        if let Some(DocumentEntry { name: of_document, sha256: Some(hash), kept }) = &mut agency.document {
            let name = document_name(&name);
            let step = self.step(&name, hash, None).unless(made.unread);
            *kept = matches!(step, Step::Keep);
            *of_document = Some(name);
            let (kind, temporary) = (OutputKind::Document, made.document.take());
            steps.push(Numbered { agency: number, kind, temporary, step });
        }
        agency.workbook = Some(name);
        steps
    }

    /// Looks at what is there under a name, for a file with this fingerprint.
    /// One whose edits were carried into it is `merged`, by its fingerprint, and is replaced.
    fn step(&self, name: &str, hash: &str, merged: Option<&str>) -> Step {
        let path = self.out.join(name);
        let ours = |found: &String| self.digests.get(name).is_some_and(|hashes| hashes.contains(found));
        match fs::read(&path).map(|bytes| sha256(&bytes)) {
            Ok(found) if found == hash => Step::Adopt,
            Ok(found) if !self.force && !ours(&found) && merged != Some(found.as_str()) => Step::Keep,
            Ok(found) => {
                let found = if ours(&found) { OnDisk::Ours(found) } else { OnDisk::Other(found) };
                if is_open(&path) { Step::Refuse(Cause::OutputOpen, found) } else { Step::Write(found) }
            }
            Err(e) if e.kind() == io::ErrorKind::NotFound => Step::Write(OnDisk::Nothing),
            Err(e) => {
                // What stands there is taken to be what was put there last.
                let newest = self.digests.get(name).and_then(|hashes| hashes.last());
                let found = newest.map_or(OnDisk::Nothing, |hash| OnDisk::Ours(hash.clone()));
                Step::Refuse(unlooked(&path, e), found)
            }
        }
    }

    fn carry_out(
        &mut self,
        agency: &Agency,
        kind: OutputKind,
        temporary: Option<&str>,
        step: Step,
    ) -> Result<(), Cause> {
        let Some((name, hash)) = agency.output(kind) else { return Ok(()) };
        // Agencies are counted, whatever comes of each.
        let counted = usize::from(kind == OutputKind::Workbook);
        let done = match step {
            Step::Write(found) => {
                self.digests.entry(name.to_owned()).or_default().push(hash.to_owned());
                let done = temporary.map_or(Ok(()), |temporary| self.rename(temporary, name, &found));
                self.written += if done.is_ok() { counted } else { 0 };
                done
            }
            Step::Adopt => {
                self.same += counted;
                Ok(())
            }
            Step::Keep => Ok(()),
            Step::Refuse(cause, _) => Err(cause),
        };
        if let Some(from) = temporary {
            // Gone already where it has got its name.
            let _ = fs::remove_file(self.out.join(from));
        }
        done
    }

    fn rename(&self, temporary: &str, name: &str, found: &OnDisk) -> Result<(), Cause> {
        let path = self.out.join(name);
        let (hash, existing) = match found {
            OnDisk::Nothing => (None, Existing::Stays),
            OnDisk::Ours(hash) => (Some(hash), Existing::OURS),
            OnDisk::Other(hash) => (Some(hash), Existing::KEPT),
        };
        // Somebody may have saved it since it was looked at.
        if let Some(hash) = hash {
            match fs::read(&path) {
                Ok(bytes) if sha256(&bytes) != *hash => return Err(Cause::OutputKept),
                Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(unlooked(&path, e)),
                _ => {}
            }
        }
        let temporary = TempPath::try_from_path(self.out.join(temporary)).map_err(Cause::Unwritable)?;
        place(self.disk, temporary, &path, existing).map(|_| ())
    }

    fn discard(&self, made: &[Made]) {
        for temporary in made.iter().flat_map(Made::temporaries) {
            let _ = fs::remove_file(self.out.join(temporary));
        }
    }

    fn note(&mut self, line: &Line) -> io::Result<()> {
        self.journal.as_mut().map_or(Ok(()), |journal| journal.add(line))
    }

    fn flush_journal(&self) -> io::Result<()> {
        self.journal.as_ref().map_or(Ok(()), Journal::flush)
    }
}
