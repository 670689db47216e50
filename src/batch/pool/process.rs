//! One worker process, seen from the run that gives it jobs.

use crate::batch::pool::event::Event;
use std::ffi::OsStr;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use crate::batch::WORKER_COMMAND;
use crate::batch::pool::protocol::{Job, Setup};
use crate::batch::record::Reason;
use crate::error::Cause;

/// The most that a dying worker's last words are looked for in.
const LAST_WORDS: u64 = 8 << 10;

/// A running worker.
pub(in crate::batch) struct Process {
    child: Child,
    stdin: Option<ChildStdin>,
    deadline: Option<Instant>,
    late: bool,
}

impl Process {
    /// Starts a worker: this program again, with a hidden command.
    pub(in crate::batch) fn start(number: usize, setup: &Setup, events: Sender<Event>) -> io::Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg(OsStr::new(WORKER_COMMAND))
            // Each thread would otherwise reserve address space that counts against the limit on memory.
            .env("MALLOC_ARENA_MAX", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let stdin = child.stdin.take();
        let stdout = child.stdout.take();
        std::thread::spawn(move || {
            let lines = stdout.map(|stdout| BufReader::new(stdout).lines());
            for line in lines.into_iter().flatten().map_while(Result::ok) {
                let Ok(answer) = serde_json::from_str(&line) else { continue };
                if events.send(Event::Reply(number, Some(answer))).is_err() {
                    return;
                }
            }
            // Nobody may be left to hear it.
            let _ = events.send(Event::Reply(number, None));
        });
        let mut process = Self { child, stdin, deadline: None, late: false };
        process.send(setup)?;
        Ok(process)
    }

    /// Gives it a job. A worker that does not take it is dying, or is stopped; that shows when its output ends.
    pub(in crate::batch) fn give(&mut self, job: &Job, time: Duration) {
        self.deadline = Some(Instant::now() + time);
        if self.send(job).is_err() {
            let _ = self.child.kill();
        }
    }

    /// It has shown a sign of life: the clock starts anew.
    pub(in crate::batch) fn extend(&mut self, time: Duration) {
        self.deadline = Some(Instant::now() + time);
    }

    /// It has nothing to do.
    pub(in crate::batch) fn rest(&mut self) {
        self.deadline = None;
    }

    /// When it will be late.
    pub(in crate::batch) fn deadline(&self) -> Option<Instant> {
        self.deadline
    }

    /// Stops it if it is late.
    pub(in crate::batch) fn check(&mut self, now: Instant) {
        if self.deadline.is_some_and(|deadline| deadline <= now) {
            self.late = true;
            self.deadline = None;
            // It may have died by itself this moment.
            let _ = self.child.kill();
        }
    }

    /// Why it died, once its output has ended.
    pub(in crate::batch) fn reason(mut self, limits: WorkerLimits) -> Reason {
        drop(self.stdin.take());
        // It may have closed its output and live on.
        let _ = self.child.kill();
        let mut last_words = Vec::new();
        if let Some(stderr) = self.child.stderr.take() {
            let _ = stderr.take(LAST_WORDS).read_to_end(&mut last_words);
        }
        // One that is not waited for stays in the system's list of processes as long as the run lasts.
        let status = self.child.wait();
        let cause = if self.late {
            Cause::TookTooLong { seconds: limits.seconds }
        } else if String::from_utf8_lossy(&last_words).contains("memory allocation of") {
            Cause::TookTooMuchMemory { megabytes: limits.memory >> 20 }
        } else {
            Cause::ReaderEnded(status.map(|status| status.to_string()).unwrap_or_default())
        };
        Reason::new(&cause)
    }

    /// Ends it: a worker goes when there can be no more jobs.
    pub(in crate::batch) fn finish(mut self) {
        drop(self.stdin.take());
        let _ = self.child.wait();
    }

    fn send<T: serde::Serialize>(&mut self, line: &T) -> io::Result<()> {
        let Some(stdin) = &mut self.stdin else { return Ok(()) };
        let mut text = serde_json::to_vec(line)?;
        text.push(b'\n');
        stdin.write_all(&text).and_then(|()| stdin.flush())
    }
}

/// What a worker is held to.
#[derive(Debug, Clone, Copy)]
pub(in crate::batch) struct WorkerLimits {
    /// Bytes of memory.
    pub memory: u64,
    /// Seconds without a sign of life.
    pub seconds: u64,
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_worker_killed_for_being_late_is_waited_for() {
        let child = Command::new("sleep").arg("600").stderr(Stdio::piped()).spawn().unwrap();
        let entry = std::path::PathBuf::from(format!("/proc/{}", child.id()));
        let now = Instant::now();
        let mut process = Process { child, stdin: None, deadline: Some(now), late: false };
        process.check(now);
        assert!(entry.exists());
        let reason = process.reason(WorkerLimits { memory: 1 << 20, seconds: 7 });
        assert!(reason.message.en.contains("longer than 7 seconds"), "{reason:?}");
        assert!(!entry.exists(), "the process is still in the system's list");
    }
}
