//! Hands files out to worker processes and takes what comes of them back in the order of the files. It gives no workbook its
//! name and keeps no record.

mod description;
pub(super) mod event;
pub(super) mod process;
pub(super) mod protocol;
pub(super) mod worker;

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::io;
use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use crate::batch::flusher::Flusher;
use crate::batch::pool::event::Done;
use crate::batch::pool::event::Event;
use crate::batch::pool::process::{Process, WorkerLimits};
use crate::batch::pool::protocol::{End, Job, Made, Reply, Setup, Verdict, Version};
use crate::batch::pool::worker::AGENCIES_A_JOB;
use crate::batch::record::Reason;

/// What came of one job.
pub(in crate::batch) struct JobPart {
    /// The agencies that were made.
    pub made: Vec<Made>,
    /// How it ended.
    pub end: End,
    /// Whether it is the last part of its file.
    pub last: bool,
}

/// The files to work through, numbered from 0.
pub(in crate::batch) trait Files {
    /// The job that begins with this agency of this file.
    fn job(&self, file: usize, first: usize) -> Job;

    /// Takes what came of a part of a file; its workbooks are on the disk.
    fn take(&mut self, file: usize, part: JobPart) -> io::Result<()>;

    /// Gives the workbooks of what was taken their names: of all, or only if it is time to.
    fn settle(&mut self, all: bool) -> io::Result<()>;
}

/// A file's number and the number of the first agency of one of its parts.
type Key = (usize, usize);

/// Jobs that may wait for the disk at a time: where that is slow, no more is made than it takes.
const MOST_FLUSHING: usize = 64;

/// How often it is looked whether it is time to settle.
const TICK: Duration = Duration::from_millis(50);

/// Workers and what they are at.
pub(in crate::batch) struct Pool<'a> {
    setup: &'a Setup,
    limited: WorkerLimits,
    workers: Vec<Option<WorkerState>>,
    events: Receiver<Event>,
    sender: Sender<Event>,
    waiting: VecDeque<Key>,
    done: BTreeMap<Key, (Vec<Made>, End)>,
    flusher: Flusher,
    /// Jobs whose workbooks are being flushed.
    flushing: usize,
    /// The files that have so many agencies that they are done in parts.
    large: HashMap<usize, Large>,
}

/// A file that is done in parts.
struct Large {
    agencies: usize,
    /// What its first part was made of.
    version: Option<Version>,
}

struct WorkerState {
    process: Process,
    ready: bool,
    job: Option<(Key, Vec<Made>)>,
}

impl<'a> Pool<'a> {
    /// A pool for the files numbered from 0 to `files`.
    ///
    /// # Errors
    /// When the system has no threads to give.
    pub(in crate::batch) fn new(
        setup: &'a Setup,
        limited: WorkerLimits,
        workers: usize,
        files: usize,
    ) -> io::Result<Self> {
        let (sender, events) = mpsc::channel();
        let workers = (0..workers.max(1)).map(|_| None).collect();
        let waiting = (0..files).map(|file| (file, 0)).collect();
        let flusher = Flusher::start(Path::new(&setup.out), &sender)?;
        let (done, large) = (BTreeMap::new(), HashMap::new());
        Ok(Self { setup, limited, workers, events, sender, waiting, done, flusher, flushing: 0, large })
    }

    /// Works through all files; the parts of each are taken back in the order of files and agencies.
    ///
    /// # Errors
    /// When a worker cannot be started, or a part cannot be taken.
    pub(in crate::batch) fn run(mut self, files: &mut impl Files) -> io::Result<()> {
        let mut next: Key = (0, 0);
        loop {
            self.hand_out(files)?;
            while let Some((made, end)) = self.done.remove(&next) {
                let (file, first) = next;
                let following = first + AGENCIES_A_JOB;
                let last = self.large.get(&file).is_none_or(|large| following >= large.agencies);
                next = if last { (file + 1, 0) } else { (file, following) };
                files.take(file, JobPart { made, end, last })?;
            }
            let is_idle = self.workers.iter().flatten().all(|worker| worker.job.is_none()) && self.flushing == 0;
            let has_ended = self.waiting.is_empty() && is_idle;
            files.settle(has_ended)?;
            if has_ended {
                break;
            }
            self.wait()?;
        }
        for worker in self.workers.into_iter().flatten() {
            worker.process.finish();
        }
        Ok(())
    }

    fn hand_out(&mut self, files: &impl Files) -> io::Result<()> {
        if self.flushing >= MOST_FLUSHING {
            return Ok(());
        }
        let mut free = self.workers.iter().flatten().filter(|worker| worker.job.is_none()).count();
        for (number, slot) in self.workers.iter_mut().enumerate() {
            if slot.is_none() && free < self.waiting.len() {
                let process = Process::start(number, self.setup, self.sender.clone())?;
                *slot = Some(WorkerState { process, ready: false, job: None });
                free += 1;
            }
            if let Some(worker) = slot.as_mut().filter(|worker| worker.ready && worker.job.is_none())
                && let Some(key) = self.waiting.pop_front()
            {
                let version = self.large.get(&key.0).and_then(|large| large.version.clone());
                let job = Job { version, ..files.job(key.0, key.1) };
                worker.process.give(&job, Duration::from_secs(self.limited.seconds));
                worker.job = Some((key, Vec::new()));
                free -= 1;
            }
        }
        Ok(())
    }

    fn wait(&mut self) -> io::Result<()> {
        let deadline = self.workers.iter().flatten().filter_map(|worker| worker.process.deadline()).min();
        let time = deadline.map_or(TICK, |at| at.saturating_duration_since(Instant::now()));
        match self.events.recv_timeout(time.min(TICK)) {
            Ok(event) => self.handle(event)?,
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
        }
        let now = Instant::now();
        self.workers.iter_mut().flatten().for_each(|worker| worker.process.check(now));
        Ok(())
    }

    fn handle(&mut self, event: Event) -> io::Result<()> {
        let (number, answer) = match event {
            Event::Reply(number, answer) => (number, answer),
            Event::Flushed(Done { key, made, end }) => {
                self.flushing -= 1;
                self.done.insert(key, (made, end));
                return Ok(());
            }
        };
        let Some(slot) = self.workers.get_mut(number) else { return Ok(()) };
        let Some(worker) = slot else { return Ok(()) };
        match answer {
            Some(Reply::Ready) => worker.ready = true,
            Some(Reply::Agency(made)) => {
                worker.process.extend(Duration::from_secs(self.limited.seconds));
                if let Some((_, all)) = &mut worker.job {
                    all.push(*made);
                }
            }
            Some(Reply::End(end)) => {
                worker.process.rest();
                if let Some((key, made)) = worker.job.take() {
                    self.end(key, made, end)?;
                }
            }
            None => {
                let Some(dead) = slot.take() else { return Ok(()) };
                let reason = dead.process.reason(self.limited);
                match dead.job {
                    Some((key, made)) => self.end(key, made, end_of_dead(reason))?,
                    // One that dies before its first job would do so again.
                    None if !dead.ready => return Err(io::Error::other(reason.message.en)),
                    None => {}
                }
            }
        }
        Ok(())
    }

    fn end(&mut self, key: Key, made: Vec<Made>, end: End) -> io::Result<()> {
        let (file, first) = key;
        if let Verdict::Made(count) = end.verdict
            && first == 0
            && count > AGENCIES_A_JOB
        {
            let version = end.sha256.clone().zip(end.settings_sha256.clone());
            let version = version.map(|(sha256, settings_sha256)| Version { sha256, settings_sha256 });
            self.large.insert(file, Large { agencies: count, version });
            // The other parts of a large file come next, before the files behind it.
            let others = (1..count.div_ceil(AGENCIES_A_JOB)).rev().map(|part| (file, part * AGENCIES_A_JOB));
            others.for_each(|key| self.waiting.push_front(key));
        }
        if made.iter().all(|made| made.temporaries().next().is_none()) {
            self.done.insert(key, (made, end));
            return Ok(());
        }
        self.flushing += 1;
        self.flusher.give(Done { key, made, end })
    }
}

/// The end of a job whose worker has died.
pub(in crate::batch) fn end_of_dead(reason: Reason) -> End {
    End { sha256: None, settings_sha256: None, sheets: Vec::new(), verdict: Verdict::Failed(reason) }
}
