//! Workbooks go to the disk before they get their names. Threads of the run wait for that, so that no worker has to.

use crate::batch::pool::event::Done;
use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::batch::pool::event::Event;
use crate::batch::pool::protocol::Made;
use crate::batch::record::Reason;
use crate::error::Cause;
use crate::write::disk::{Disk, System};

/// Files that are flushed at a time: the system writes what belongs to several of them at once.
const THREADS: usize = 4;

/// The threads that wait for the disk.
pub(in crate::batch) struct Flusher {
    queue: Sender<Done>,
}

impl Flusher {
    /// Starts them for the temporary files in `folder`; what is flushed is said to `events`.
    ///
    /// # Errors
    /// When the system has no threads to give.
    pub(in crate::batch) fn start(folder: &Path, events: &Sender<Event>) -> io::Result<Self> {
        let (queue, jobs) = mpsc::channel::<Done>();
        let jobs = Arc::new(Mutex::new(jobs));
        for _ in 0..THREADS {
            let (folder, events, jobs) = (folder.to_owned(), events.clone(), Arc::clone(&jobs));
            thread::Builder::new().spawn(move || serve(&folder, &events, &jobs))?;
        }
        Ok(Self { queue })
    }

    /// Flushes the workbooks of a job. What cannot be flushed is not made.
    ///
    /// # Errors
    /// When the threads have gone.
    pub(in crate::batch) fn give(&self, done: Done) -> io::Result<()> {
        self.queue.send(done).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}

fn serve(folder: &Path, events: &Sender<Event>, jobs: &Mutex<Receiver<Done>>) {
    loop {
        let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        // The run has ended.
        let Ok(mut done) = next else { return };
        done.made.iter_mut().for_each(|made| flush(folder, made));
        if events.send(Event::Flushed(done)).is_err() {
            return;
        }
    }
}

fn flush(folder: &Path, made: &mut Made) {
    let paths: Vec<PathBuf> = made.temporaries().map(|name| folder.join(name)).collect();
    if let Err(e) = paths.iter().try_for_each(flushed) {
        for path in paths {
            // The next run would remove it, too.
            let _ = fs::remove_file(path);
        }
        (made.temporary, made.document) = (None, None);
        (made.agency.sha256, made.agency.document) = (None, None);
        made.agency.reason = Some(Reason::new(&Cause::Unwritable(e)));
    }
}

fn flushed(path: &PathBuf) -> io::Result<()> {
    // Windows flushes only what is open for writing.
    System.flush(&OpenOptions::new().write(true).open(path)?)
}
