//! One file by a worker of its own: for who asks about files one at a time and has other settings for each.
//!
//! A worker lives for one file, so that nothing of one is left when the next is read. As in a run, it is held to its memory and
//! its time, and its death is that file's failure.

use std::path::Path;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};
use std::{fs, io};

use crate::batch::file_name::DEFAULT_NAME;
use crate::batch::pool::end_of_dead;
use crate::batch::pool::event::Event;
use crate::batch::pool::process::{Process, WorkerLimits};
use crate::batch::pool::protocol::{End, Job, Made, Reply, Setup, Verdict};
use crate::batch::pool::worker::AGENCIES_A_JOB;
use crate::batch::record::{Agency, Reason};
use crate::batch::{RunOptions, setup};
use crate::config::Config;
use crate::settings::SettingFiles;

/// How often it is looked whether the worker is late, or nobody waits for it any more.
const TICK: Duration = Duration::from_millis(50);

/// Seconds that an agency may take for each that its file may: its workbook and document are written in that time too.
const AGENCY_SECONDS: u64 = 6;

/// A file to be read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SingleFile<'a> {
    /// Where it is.
    pub path: &'a Path,
    /// What it is called, which need not be its name on the disk.
    pub name: &'a str,
    /// The folder for what comes of it, under temporary names.
    pub out: &'a Path,
    /// The settings.
    pub config: &'a Config,
    /// The most agencies that are made; what is beyond is counted.
    pub most_agencies: usize,
}

/// What came of a file.
#[derive(Debug)]
pub(crate) struct FileResult {
    /// Its agencies, in the order in which they stand.
    pub agencies: Vec<AgencyFiles>,
    /// How many agencies it has in all.
    pub count: usize,
    /// The names of its sheets.
    pub sheets: Vec<String>,
    /// Why it was not read to its end.
    pub reason: Option<Reason>,
}

/// An agency, and the names of its files in the output folder.
#[derive(Debug)]
pub(crate) struct AgencyFiles {
    /// The workbook; nothing where it could not be made.
    pub workbook: Option<String>,
    /// The Word document.
    pub document: Option<String>,
    /// What `inspect --json` says.
    pub json: Option<String>,
    /// What `export` writes.
    pub rows: Option<String>,
    /// What the workbook should be called, without extension.
    pub stem: String,
    /// Its figures and findings.
    pub agency: Agency,
}

impl SingleFile<'_> {
    /// Reads the file and makes what is wanted of it; ends early once it is to `stop`.
    ///
    /// # Errors
    /// When no worker can be started.
    pub(crate) fn read(self, stop: &dyn Fn() -> bool) -> io::Result<FileResult> {
        let limits = &self.config.read.limits;
        let seconds = limits.seconds.saturating_mul(AGENCY_SECONDS);
        let limits = WorkerLimits { memory: limits.memory, seconds };
        let setup = self.setup(limits.memory)?;
        let mut all = FileResult { agencies: Vec::new(), count: 0, sheets: Vec::new(), reason: None };
        let (events, replies) = mpsc::channel();
        let mut process = Process::start(0, &setup, events)?;
        process.give(&self.job(0), Duration::from_secs(seconds));
        loop {
            // Also where one answer follows another without a pause.
            process.check(if stop() { Instant::now() + STOPPED } else { Instant::now() });
            let reply = match replies.recv_timeout(TICK) {
                Ok(Event::Reply(_, reply)) => reply,
                Ok(Event::Flushed(_)) | Err(RecvTimeoutError::Timeout) => continue,
                Err(RecvTimeoutError::Disconnected) => None,
            };
            let end = match reply {
                Some(Reply::Ready) => continue,
                Some(Reply::Agency(made)) => {
                    process.extend(Duration::from_secs(seconds));
                    all.agencies.push(AgencyFiles::of(*made));
                    continue;
                }
                Some(Reply::End(end)) => end,
                None => {
                    let end = end_of_dead(process.reason(limits));
                    self.end(end, &mut all);
                    return Ok(all);
                }
            };
            self.end(end, &mut all);
            let next = all.agencies.len();
            let more =
                all.reason.is_none() && next < all.count.min(self.most_agencies) && next.is_multiple_of(AGENCIES_A_JOB);
            if next == 0 || !more {
                process.finish();
                return Ok(all);
            }
            process.give(&self.job(next), Duration::from_secs(seconds));
        }
    }

    /// Takes the end of a part. Where the file has failed, what was made of it goes.
    fn end(&self, end: End, all: &mut FileResult) {
        if !end.sheets.is_empty() {
            all.sheets = end.sheets;
        }
        match end.verdict {
            Verdict::Made(count) => all.count = count,
            // Nothing was made of it before.
            Verdict::Unchanged(_) => {}
            Verdict::Skipped(reason) | Verdict::Failed(reason) => {
                all.agencies.drain(..).for_each(|agency| agency.remove(self.out));
                all.reason = Some(reason);
            }
        }
    }

    fn job(&self, first: usize) -> Job {
        Job {
            path: self.path.as_os_str().to_owned(),
            source: self.name.to_owned(),
            named: true,
            first,
            version: None,
            known: None,
            earlier: Vec::new(),
        }
    }

    fn setup(&self, max_memory: u64) -> io::Result<Setup> {
        let options = RunOptions {
            inputs: Vec::new(),
            out: self.out.to_owned(),
            name: DEFAULT_NAME.parse().map_err(io::Error::other)?,
            jobs: 1,
            max_memory,
            max_seconds: 0,
            dry_run: false,
            force: true,
            discard_edits: false,
            previous: None,
            word: true,
        };
        Ok(setup(&options, self.config, &SettingFiles::default(), true))
    }
}

/// Beyond every deadline: a worker that nobody waits for is late.
const STOPPED: Duration = Duration::from_secs(1 << 24);

impl AgencyFiles {
    fn of(made: Made) -> Self {
        let Made { temporary, document, described, stem, merged: _, unread: _, agency } = made;
        let (json, rows) = described.map(|described| (described.json, described.rows)).unzip();
        Self { workbook: temporary, document, json, rows, stem, agency }
    }

    /// The names of its files.
    pub(crate) fn names(&self) -> impl Iterator<Item = &String> {
        [&self.workbook, &self.document, &self.json, &self.rows].into_iter().flatten()
    }

    /// Removes its files from the folder that they were made in.
    pub(crate) fn remove(&self, folder: &Path) {
        for name in self.names() {
            // What cannot be removed now goes with the folder.
            let _ = fs::remove_file(folder.join(name));
        }
    }
}
