//! A worker process: does everything for one file at a time, and may die of one.
//!
//! It lives as long as its standard input is open, so that none is left behind when the run is stopped.

mod carried;

use std::fs;
use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc;

use crate::batch::file_name::Facts;
use crate::batch::last_year;
use crate::batch::pool::description;
use crate::batch::pool::protocol::{Described, End, Job, Known, Made, Reply, Setup, Verdict, Version, contents_of};
use crate::batch::record::{Agency, DocumentEntry, FindingEntry, Reason};
use crate::config::Config;
use crate::domain::digest::sha256;
use crate::edits::{self, Change};
use crate::error::{Cause, Error};
use crate::overview::AgencyResult;
use crate::profile::PROFILE_NAME;
use crate::read;
use crate::read::safety::catch_panic;
use crate::report::{Input, Report};
use crate::settings;
use crate::settings::SettingFiles;
use crate::system::memory;
use crate::write::disk::System;
use crate::write::save::leave_temporary;

/// Agencies of one file that are done as one job: those of a large file are shared out between the workers.
pub(in crate::batch) const AGENCIES_A_JOB: usize = 100;

/// Takes jobs from standard input and answers them on standard output until there are no more.
///
/// # Errors
/// When the process that gave the jobs has gone away.
pub(crate) fn serve() -> io::Result<()> {
    // What a parser says when it breaks down is the parent's to tell.
    std::panic::set_hook(Box::new(|_| {}));
    let lines = lines_of_stdin();
    let Ok(first) = lines.recv() else { return Ok(()) };
    let setup: Setup = serde_json::from_str(&first)?;
    match memory::limit(setup.max_memory) {
        Err(e) if cfg!(target_os = "linux") => return Err(e),
        // Some systems cannot limit it; the caps on what is read still hold there.
        _ => {}
    }
    let mut worker = Worker::new(setup)?;
    worker.answer(&Reply::Ready)?;
    for line in lines {
        let job: Job = serde_json::from_str(&line)?;
        let end = worker.work(&job)?;
        worker.answer(&Reply::End(end))?;
    }
    Ok(())
}

/// Lines as they come; the process ends at once when there can be no more, whatever it is at.
fn lines_of_stdin() -> mpsc::Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        for line in io::stdin().lock().lines() {
            let Ok(line) = line else { break };
            if sender.send(line).is_err() {
                break;
            }
        }
        std::process::exit(0);
    });
    receiver
}

struct Worker {
    setup: Setup,
    /// The settings without those of a profile beside the input.
    config: Config,
    files: SettingFiles,
    /// Contents of the files with settings that were named.
    named: Vec<Vec<u8>>,
    folder: Option<FolderSettings>,
    open: Option<OpenFile>,
}

/// The settings for the files of a folder.
struct FolderSettings {
    profile: PathBuf,
    text: Option<Vec<u8>>,
    config: Config,
    sha256: String,
}

/// The file that was worked on last: its next agencies may be asked for.
struct OpenFile {
    /// Where it is; the input has the name that reports give it.
    path: PathBuf,
    input: Input,
    sha256: String,
}

/// A file that waits for its name; it has none yet in a dry run.
struct SavedFile {
    temporary: Option<String>,
    sha256: String,
}

/// Why there is nothing to make.
enum Stop {
    Unchanged(Vec<String>),
    OwnWorkbook,
    /// The file or its settings are not what its first part was made of.
    Changed,
    Error(Error),
}

impl Worker {
    fn new(setup: Setup) -> io::Result<Self> {
        let work = &setup.work;
        let path = |path: &Option<std::ffi::OsString>| path.as_ref().map(PathBuf::from);
        let files = SettingFiles {
            profile: path(&work.profile),
            advice: path(&work.advice),
            framework: path(&work.framework),
            previous: None,
        };
        let config = Config {
            threshold: work.threshold,
            hints: work.hints.clone(),
            read: read::Options {
                limits: work.limits.clone(),
                encoding: work.encoding.as_deref().and_then(|name| name.parse().ok()),
                trial: None,
            },
            document_parts: work.document_parts.clone(),
            publish: work.publish,
            digits: work.digits,
            amount: work.amount,
            titles_checked: work.titles_checked,
            created: work.created,
            ..Config::default()
        };
        // The run has loaded them too: it says what is wrong with them.
        let previous = path(&work.previous).map(|path| last_year::figures(&path, &config.read));
        let previous = previous.transpose().map_err(io::Error::other)?.map(Arc::new);
        let plans = path(&work.previous).map(|path| Arc::new(edits::last_year_plans(&path, &config.read)));
        let config = Config { previous, last_year_plans: plans, ..config };
        let config = settings::load(config, &files).map_err(io::Error::other)?;
        let named = contents_of(&files, &config)?;
        Ok(Self { setup, config, files, named, folder: None, open: None })
    }

    fn answer(&self, answer: &Reply) -> io::Result<()> {
        let mut out = io::stdout().lock();
        serde_json::to_writer(&mut out, answer)?;
        out.write_all(b"\n")?;
        out.flush()
    }

    fn work(&mut self, job: &Job) -> io::Result<End> {
        let path = PathBuf::from(&job.path);
        let mut end = End { sha256: None, settings_sha256: None, sheets: Vec::new(), verdict: Verdict::Made(0) };
        end.verdict = match self.open(&path, job, &mut end) {
            Ok(()) => self.make(job)?,
            Err(Stop::Unchanged(differing)) => Verdict::Unchanged(differing),
            Err(Stop::OwnWorkbook) => Verdict::Skipped(Reason::new(&Cause::OwnWorkbook)),
            Err(Stop::Changed) => {
                // What its parts were made of is no version of the file: the next run makes all of it again.
                end.sha256 = None;
                Verdict::Failed(Reason::new(&Cause::ChangedWhileRead))
            }
            Err(Stop::Error(error)) => without_report(&error.cause, job),
        };
        Ok(end)
    }

    /// Reads the file, unless it is open already or what came of it still holds.
    fn open(&mut self, path: &Path, job: &Job, end: &mut End) -> Result<(), Stop> {
        self.settle_folder(path).map_err(Stop::Error)?;
        let Some(folder) = &self.folder else { return Ok(()) };
        end.settings_sha256 = Some(folder.sha256.clone());
        let is_other = |sha256: &String| {
            let Some(Version { sha256: bytes, settings_sha256 }) = &job.version else { return false };
            bytes != sha256 || *settings_sha256 != folder.sha256
        };
        if let Some(open) = self.open.as_ref().filter(|open| job.first > 0 && open.path == path)
            && !is_other(&open.sha256)
        {
            end.sha256 = Some(open.sha256.clone());
            return Ok(());
        }
        self.open = None;
        let bytes = read::load_file(path, &folder.config.read.limits).map_err(Stop::Error)?;
        let digest = sha256(&bytes);
        if is_other(&digest) {
            return Err(Stop::Changed);
        }
        end.sha256 = Some(digest.clone());
        let same = |known: &&Known| known.sha256 == digest && known.settings_sha256 == folder.sha256;
        if let Some(differing) = job.known.as_ref().filter(same).and_then(|known| differing(known, self.out())) {
            return Err(Stop::Unchanged(differing));
        }
        let input = Input::of_bytes(Path::new(&job.source), &bytes, &folder.config).map_err(Stop::Error)?;
        if self.setup.described {
            end.sheets = input.book.book().sheets.iter().map(|sheet| sheet.name.to_string()).collect();
        }
        if !job.named && input.is_written_here() {
            return Err(Stop::OwnWorkbook);
        }
        self.open = Some(OpenFile { path: path.to_owned(), input, sha256: digest });
        Ok(())
    }

    /// The settings for a folder are read again when its profile has another text.
    fn settle_folder(&mut self, path: &Path) -> Result<(), Error> {
        let profile = path.with_file_name(PROFILE_NAME);
        let text = if self.files.profile.is_some() { None } else { fs::read(&profile).ok() };
        if self.folder.as_ref().is_some_and(|known| known.text == text && (known.profile == profile || text.is_none()))
        {
            return Ok(());
        }
        self.folder = None;
        let mut config = settings::for_input(&self.config, &self.files, path)?;
        let fail = |e: io::Error| Error::new(&profile, Cause::Settings(e.to_string()));
        let logo = config.profile.logo.as_ref().filter(|_| text.is_some()).map(fs::read).transpose().map_err(fail)?;
        // One profile serves many agencies here.
        (config.profile.agency, config.profile.district, config.profile.province) = (None, None, None);
        let contents = self.named.iter().chain(&text).chain(&logo).map(Vec::as_slice);
        let sha256 = self.setup.work.sha256(contents).map_err(|e| fail(e.into()))?;
        self.folder = Some(FolderSettings { profile, text, config, sha256 });
        Ok(())
    }

    /// Makes the workbooks of a job's agencies.
    fn make(&mut self, job: &Job) -> io::Result<Verdict> {
        let (Some(folder), Some(open)) = (&self.folder, &self.open) else { return Ok(Verdict::Made(0)) };
        let reports = match open.input.reports_from(job.first, &folder.config) {
            Ok(reports) => reports,
            Err(error) => return Ok(without_report(&error.cause, job)),
        };
        let count = job.first + reports.len();
        for (index, report) in reports.take(AGENCIES_A_JOB).enumerate() {
            let number = job.first + index;
            let made = match report {
                Ok(report) => {
                    let made = || Ok(self.made(report, (open, number), &folder.config, job));
                    catch_panic::program(made).unwrap_or_else(|cause| unmade(None, &cause))
                }
                // A file of one agency has no other reason than this one.
                Err(error) if count == 1 => return Ok(without_report(&error.cause, job)),
                Err(error) => unmade(None, &error.cause),
            };
            self.answer(&Reply::Agency(Box::new(made)))?;
        }
        Ok(Verdict::Made(count))
    }

    fn made(&self, report: Report, (open, number): (&OpenFile, usize), config: &Config, job: &Job) -> Made {
        let stem = self.stem(&report, &job.source);
        let found = match self.own_edits(open) {
            Ok(Some(own)) => Ok(Some((own, None))),
            Ok(None) => self.edits(&report, job, &stem, config),
            Err(error) => return unmade(None, &error.cause),
        };
        let unread = found.is_err();
        let (report, carried) = match found.ok().flatten() {
            Some((edits, sha256)) => match edits::carry(report.clone(), (&open.input, number), &edits, config) {
                // What has no place in the new workbook is not taken out of its own.
                Ok(merged) if sha256.is_some() && !self.setup.force && !edits.is_all_placed(&merged) => (report, None),
                Ok(merged) => (merged, Some((sha256, edits.changes()))),
                Err(error) => return unmade(None, &error.cause),
            },
            None => (report, None),
        };
        let has_edits = carried.is_some();
        let (merged, changes) = carried.unwrap_or_default();
        let result = AgencyResult::new(&report, job.source.clone());
        let (workbook, document) = match self.written(&report, config) {
            Ok(written) => written,
            Err(cause) => return unmade(Some(result), &cause),
        };
        let described = match self.described(&report, &job.source, changes) {
            Ok(described) => described,
            Err(cause) => return unmade(Some(result), &cause),
        };
        let SavedFile { temporary, sha256 } = workbook;
        let findings = report.assessment.findings.iter().map(FindingEntry::new).collect();
        let mut agency = Agency::new(&result, Some(sha256), &findings);
        agency.merged = has_edits || unread;
        let entry = |file: &SavedFile| DocumentEntry { sha256: Some(file.sha256.clone()), ..DocumentEntry::default() };
        agency.document = document.as_ref().map(entry);
        Made { temporary, document: document.and_then(|file| file.temporary), described, stem, merged, unread, agency }
    }

    fn stem(&self, report: &Report, source: &str) -> String {
        let submission = &report.submission;
        self.setup.work.name.stem(Facts {
            agency: submission.agency.as_ref().map(|given| given.value.as_str()),
            district: submission.district.as_ref().map(|given| given.value.as_str()),
            province: submission.province.as_ref().map(|given| given.value.as_str()),
            year: report.assessment.framework.year,
            input: &Path::new(source).file_stem().unwrap_or_default().to_string_lossy(),
        })
    }

    /// What is said of an agency, where that is wanted.
    fn described(&self, report: &Report, source: &str, changes: Vec<Change>) -> Result<Option<Described>, Cause> {
        if !self.setup.described {
            return Ok(None);
        }
        let (json, rows) = description::of(report, source, changes).map_err(Cause::Unwritable)?;
        let name = |file: SavedFile| file.temporary.unwrap_or_default();
        Ok(Some(Described { json: name(self.save(&json)?), rows: name(self.save(&rows)?) }))
    }

    /// The workbook, and the document where there is to be one: all is made before anything is saved.
    fn written(&self, report: &Report, config: &Config) -> Result<(SavedFile, Option<SavedFile>), Cause> {
        let workbook = report.workbook(config)?;
        let document = self.setup.work.word.then(|| report.document(config)).transpose()?;
        Ok((self.save(&workbook)?, document.map(|bytes| self.save(&bytes)).transpose()?))
    }

    /// The run flushes the file to the disk and gives it its name.
    fn save(&self, bytes: &[u8]) -> Result<SavedFile, Cause> {
        let save = || leave_temporary(&System, self.out(), bytes).map_err(Cause::Unwritable);
        let temporary = if self.setup.dry_run { None } else { Some(save()?) };
        Ok(SavedFile { temporary, sha256: sha256(bytes) })
    }

    fn out(&self) -> &Path {
        Path::new(&self.setup.out)
    }
}

/// What became of a file without a report: what a search has come upon may be anything, what was named should be a result.
fn without_report(cause: &Cause, job: &Job) -> Verdict {
    let is_none = cause.is_of_no_result() && !job.named;
    if is_none { Verdict::Skipped(Reason::new(cause)) } else { Verdict::Failed(Reason::new(cause)) }
}

fn unmade(result: Option<AgencyResult>, cause: &Cause) -> Made {
    let known = result.map(|result| Agency::new(&result, None, &Vec::new()));
    let mut agency = known.unwrap_or_default();
    agency.reason = Some(Reason::new(cause));
    Made { temporary: None, document: None, described: None, stem: String::new(), merged: None, unread: false, agency }
}

/// Those of the workbooks that are not as this program wrote them; nothing where one is missing or an older one of ours.
fn differing(known: &Known, out: &Path) -> Option<Vec<String>> {
    let mut differing = Vec::new();
    for (name, hashes) in &known.workbooks {
        let digest = sha256(&fs::read(out.join(name)).ok()?);
        match hashes.iter().rposition(|hash| *hash == digest) {
            Some(last) if last + 1 == hashes.len() => {}
            Some(_) => return None,
            None => differing.push(name.clone()),
        }
    }
    Some(differing)
}
