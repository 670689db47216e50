//! Whole folders: every file below them is converted into one folder, and what became of each is kept there.
//!
//! Files are read by worker processes, because a spreadsheet parser can take its whole process down with it: then one
//! file has failed, and another worker takes over. Workers write workbooks under temporary names; this process alone
//! gives them their names, in the order of the inputs, so that a folder is the same however many workers there are.
//!
//! A run that was stopped is gone on with by the next: see [`run_file`] and the journal beside it. Also after a power cut no
//! name carries less than a whole file, because each step is on the disk before the next: a workbook's bytes, the line of
//! the journal that announces its name, the name; at the end the names, then the run file, and only then does the journal go.

mod discover;
mod duplicates;
pub mod file_name;
mod flusher;
mod journal;
mod json_blob;
pub(crate) mod last_year;
mod ledger;
mod overview_file;
pub(crate) mod pdf_files;
mod pool;
mod record;
pub mod run_file;
#[cfg_attr(not(feature = "serve"), expect(dead_code, reason = "the page alone asks about one file"))]
pub(crate) mod single_file;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

#[cfg(feature = "serve")]
pub(crate) use crate::batch::discover::EXTENSIONS;
pub use crate::batch::discover::{Found, InputFile, Passed, find, find_workbooks};
pub use crate::batch::overview_file::OverviewFile;
pub(crate) use crate::batch::pool::worker::serve;
pub use crate::batch::record::{Agency, DocumentEntry, FindingEntry, Outcome, Reason, Record};
pub use crate::batch::run_file::{Counts, Left, RunFile};

use crate::batch::file_name::{NameTemplate, TakenNames};
use crate::batch::journal::{Journal, Line, Opened};
use crate::batch::ledger::Ledger;
use crate::batch::overview_file::RollUp;
use crate::batch::pdf_files::PdfFiles;
use crate::batch::pool::Pool;
use crate::batch::pool::process::WorkerLimits;
use crate::batch::pool::protocol::{Setup, Work};
use crate::config::Config;
use crate::domain::digest::sha256;
use crate::error::{Cause, Error};
use crate::settings::SettingFiles;
use crate::write::disk::{Disk, System, TEMPORARY_PREFIX, TEMPORARY_SUFFIX};
use crate::write::pdf::Office;

/// The file that says what became of every input.
pub const RUN_FILE: &str = "itasheet-run.json";

/// What a run has done so far; gone when it has ended.
const JOURNAL: &str = ".itasheet-journal.jsonl";

/// The overview of all agencies.
pub const OVERVIEW: &str = "ภาพรวม.xlsx";

/// The hidden command that makes this program a worker.
pub(crate) const WORKER_COMMAND: &str = "batch-worker";

/// What a run is told besides the settings of each file.
#[derive(Debug, Clone)]
pub struct RunOptions {
    /// Folders to search, and files.
    pub inputs: Vec<PathBuf>,
    /// The folder for workbooks and the run file.
    pub out: PathBuf,
    /// What workbooks are called.
    pub name: NameTemplate,
    /// How many worker processes there are, at least 1.
    pub jobs: usize,
    /// The most memory that a worker may take, in bytes.
    pub max_memory: u64,
    /// How long a worker may be at one agency, in seconds.
    pub max_seconds: u64,
    /// Whether to find out what would be done and write nothing.
    pub dry_run: bool,
    /// Whether to do everything again and replace what is in the way.
    pub force: bool,
    /// Whether what was edited in workbooks is dropped: with `force` they are replaced, without it they are kept.
    pub discard_edits: bool,
    /// The output folder of last year's run, for the overview.
    pub previous: Option<PathBuf>,
    /// Whether a Word document is written beside each workbook.
    pub word: bool,
}

/// What a run came to.
#[derive(Debug, Default)]
pub struct Summary {
    /// What the run file says.
    pub run: RunFile,
    /// How many workbooks are new or replaced, or would be in a dry run.
    pub written: usize,
    /// How many were there already as they should be.
    pub same: usize,
    /// Why there is no overview.
    pub problem: Option<Error>,
    /// Records of earlier runs that were damaged.
    pub damaged: Vec<Error>,
    /// What has become of PDFs; `None` where none were asked for.
    pub(crate) pdfs: Option<PdfFiles>,
}

/// Told how a run goes on.
pub trait Listener {
    /// So many inputs were found.
    fn found(&mut self, inputs: usize);

    /// A record of an earlier run is damaged.
    ///
    /// # Errors
    /// When it cannot be shown: the run ends.
    fn damaged(&mut self, error: &Error) -> io::Result<()>;

    /// This came of the next input, in the order of the inputs.
    ///
    /// # Errors
    /// When it cannot be shown: the run ends.
    fn finished(&mut self, record: &Record) -> io::Result<()>;
}

/// Converts everything below the inputs; with an office also to PDFs.
///
/// # Errors
/// When nothing can be attempted: an input is not there, nothing is found, the output folder cannot be written to or is
/// in use; or when the run has to be broken off. What is wrong with one file is in its record.
pub(crate) fn run(
    options: &RunOptions,
    config: &Config,
    files: &SettingFiles,
    office: Option<&Office>,
    listener: &mut dyn Listener,
) -> Result<Summary, Error> {
    let out = options.out.as_path();
    let fail = |e| Error::new(out, Cause::Unwritable(e));
    let mut found = find(&options.inputs, out)?;
    if let Some(first) = found.missing.first().filter(|_| found.missing.len() == options.inputs.len()) {
        return Err(Error::new(first, Cause::NotFound));
    }
    let missing = found.missing.iter().map(|path| (path.to_string_lossy().into_owned(), Cause::NotFound));
    found.unreadable.extend(missing);
    let previous = options.previous.as_deref().map(|path| last_year::results(path, config)).transpose()?;
    previous
        .iter()
        .flat_map(|earlier| &earlier.problems)
        .try_for_each(|error| listener.damaged(error))
        .map_err(fail)?;
    if found.inputs.is_empty() && found.unreadable.is_empty() {
        let first = options.inputs.first().map_or(out, PathBuf::as_path);
        return Err(Error::new(first, Cause::NothingFound));
    }
    listener.found(found.inputs.len() + found.unreadable.len());
    let disk: &dyn Disk = &System;
    let (journal, past, damaged) = if options.dry_run {
        let (before, damage) = RunFile::load_readable(out)?;
        (None, Past::new(before, Vec::new()), Vec::from_iter(damage))
    } else {
        fs::create_dir_all(out).map_err(fail)?;
        let Opened { journal, lines, damage } = Journal::open(disk, out)?;
        remove_temporaries(out).map_err(fail)?;
        let (before, damaged) = RunFile::load_or_mend(disk, out)?;
        (Some(journal), Past::new(before, lines), damage.into_iter().chain(damaged).collect())
    };
    damaged.iter().try_for_each(|error| listener.damaged(error)).map_err(fail)?;
    let overview = past.overview.clone();
    let setup = setup(options, config, files, false);
    let settings = setup.work.sha256_with_files(files, config).map_err(fail)?;
    let mut listen = |record: &Record| listener.finished(record);
    let mut ledger = ledger(disk, options, &found, past, journal, &mut listen);
    let limited = WorkerLimits { memory: options.max_memory, seconds: options.max_seconds };
    let broken_off = |e| Error::new(out, Cause::BrokenOff(e));
    let pool = Pool::new(&setup, limited, options.jobs, found.inputs.len());
    pool.and_then(|pool| pool.run(&mut ledger)).map_err(broken_off)?;
    for (name, cause) in &found.unreadable {
        ledger.records.push(Record::without_agencies(name, Outcome::Failed, Reason::new(cause)));
    }
    let (journal, written, same) = (ledger.journal.take(), ledger.written, ledger.same);
    let mut records = std::mem::take(&mut ledger.records);
    records.sort_by(|a, b| a.input.as_bytes().cmp(b.input.as_bytes()));
    duplicates::mark(&mut records);
    let left = left(out, &ledger, &records);
    let version = env!("CARGO_PKG_VERSION").to_owned();
    let counts = Counts::new(&records);
    let passed = found.passed.clone();
    let earlier_versions = BTreeSet::new();
    let mut run = RunFile { itasheet: version, counts, passed, overview: None, files: records, left, earlier_versions };
    let (mut problem, mut pdfs) = (None, None);
    if let Some(mut journal) = journal {
        let previous = previous.as_ref().map(|earlier| earlier.results.as_slice());
        let (force, digests) = (options.force, &ledger.digests);
        let roll_up = RollUp { disk, out, config, settings, previous, force, digests, before: overview.clone() };
        match roll_up.write(&run.files, &mut journal) {
            Ok(overview) => run.overview = overview,
            // The workbooks are written all the same, and that should be on record; the overview of before is still ours.
            Err(cause) => {
                problem = Some(Error::new(out.join(OVERVIEW), cause));
                run.overview = overview;
            }
        }
        run.earlier_versions = run_file::earlier_versions(out).map_err(fail)?;
        disk.flush_folder(out).map_err(fail)?;
        run.save(disk, out)?;
        // The folder is this run's alone as long as the journal is there.
        pdfs = office.map(|office| pdf_files::make(office, out, &run, options.force, config.created));
        remove_temporaries(out).and_then(|()| journal.remove()).map_err(fail)?;
    }
    Ok(Summary { run, written, same, problem, damaged, pdfs })
}

/// Whether a file stands in an output folder as a run has written it: nobody has edited it, and it can be made again.
pub(crate) fn can_be_made_again(path: &Path) -> bool {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return false };
    let is_of_run = |bytes: Vec<u8>| RunFile::names_as_written(folder, &name.to_string_lossy(), &sha256(&bytes));
    folder.join(RUN_FILE).is_file() && fs::read(path).is_ok_and(is_of_run)
}

/// What workers are told; `described` asks them for more than a run needs.
fn setup(options: &RunOptions, config: &Config, files: &SettingFiles, described: bool) -> Setup {
    let path = |path: &Option<PathBuf>| path.as_ref().map(|path| path.clone().into_os_string());
    Setup {
        work: Work {
            threshold: config.threshold,
            hints: config.hints.clone(),
            limits: config.read.limits.clone(),
            encoding: config.read.encoding.map(|encoding| encoding.to_string()),
            publish: config.publish,
            word: options.word,
            document_parts: config.document_parts.clone(),
            digits: config.digits,
            amount: config.amount,
            titles_checked: config.titles_checked,
            created: config.created,
            profile: path(&files.profile),
            advice: path(&files.advice),
            framework: path(&files.framework),
            previous: path(&options.previous),
            name: options.name.clone(),
        },
        out: options.out.clone().into_os_string(),
        dry_run: options.dry_run,
        force: options.force,
        discard_edits: options.discard_edits,
        described,
        max_memory: options.max_memory,
    }
}

/// What is known from the runs before.
struct Past {
    records: HashMap<String, Record>,
    overview: Option<OverviewFile>,
    left: Vec<Left>,
    /// Fingerprints that were announced for workbooks of files that were not finished.
    announced: Vec<(String, String)>,
}

impl Past {
    /// What the run file says, overlaid by the journal of a run that was stopped. What a newer line takes the place of
    /// stays known by its fingerprint.
    fn new(run: RunFile, lines: Vec<Line>) -> Self {
        let RunFile { overview, left, .. } = run;
        let mut past = Self { records: HashMap::new(), overview, left, announced: Vec::new() };
        for record in run.files {
            past.records.insert(record.input.clone(), record);
        }
        for line in lines {
            match line {
                Line::Writing(workbooks) => past.announced.extend(workbooks),
                Line::File(record) => {
                    if let Some(older) = past.records.insert(record.input.clone(), *record) {
                        past.announced.extend(older.outputs().map(|(name, hash)| (name.to_owned(), hash.to_owned())));
                    }
                }
            }
        }
        past
    }
}

fn ledger<'a>(
    disk: &'a dyn Disk,
    options: &'a RunOptions,
    found: &'a Found,
    past: Past,
    journal: Option<Journal<'a>>,
    listener: &'a mut dyn FnMut(&Record) -> io::Result<()>,
) -> Ledger<'a> {
    let mut digests: HashMap<String, Vec<String>> = HashMap::new();
    let left = past.left.iter().map(|left| (left.workbook.clone(), left.sha256.clone()));
    for (name, hash) in left.chain(past.announced) {
        digests.entry(name).or_default().push(hash);
    }
    let mut names = TakenNames::default();
    names.reserve(OVERVIEW);
    let present: HashSet<&str> = found.inputs.iter().map(|input| input.name.as_str()).collect();
    for record in past.records.values() {
        for (name, hash) in record.outputs() {
            digests.entry(name.to_owned()).or_default().push(hash.to_owned());
        }
        if present.contains(record.input.as_str()) {
            names.keep_for(&record.input, record.workbooks().map(str::to_owned));
        }
    }
    Ledger {
        inputs: &found.inputs,
        disk,
        out: &options.out,
        journal,
        force: options.force,
        before: past.records,
        digests,
        names,
        records: Vec::new(),
        open: None,
        pending: Vec::new(),
        written: 0,
        same: 0,
        left: past.left,
        listener,
    }
}

/// Workbooks and documents of this program that no input makes any more; they are left where they are.
fn left(out: &Path, ledger: &Ledger<'_>, records: &[Record]) -> Vec<Left> {
    let current: HashSet<&str> = records.iter().flat_map(Record::outputs).map(|(name, _)| name).collect();
    let of_record = |record: &Record| {
        let outputs = record.outputs();
        let left = |(name, hash): (&str, &str)| Left {
            input: record.input.clone(),
            workbook: name.to_owned(),
            sha256: hash.to_owned(),
        };
        outputs.map(left).collect::<Vec<_>>()
    };
    let mut left: Vec<Left> = ledger.before.values().flat_map(of_record).chain(ledger.left.iter().cloned()).collect();
    left.retain(|left| !current.contains(left.workbook.as_str()) && out.join(&left.workbook).exists());
    left.sort_by(|a, b| a.workbook.cmp(&b.workbook));
    left.dedup_by(|a, b| a.workbook == b.workbook);
    left
}

/// Removes the temporary files of a run that was stopped.
fn remove_temporaries(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(TEMPORARY_PREFIX) && name.ends_with(TEMPORARY_SUFFIX) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
