//! The page in the browser for who has no shell: a server for one person on one machine.
//!
//! It takes an address of the machine itself, a port and settings, gives a page on which files are dropped and results fetched,
//! and returns when the page is ended. Files are read by worker processes as those of a run are; what a page shows of an agency
//! is what `inspect --json` says of it. It must not listen on a network, name a file on the disk by anything that a request
//! says, put a text into a page unescaped, ask another host for anything, or leave a file behind.

mod admission;
mod answer;
mod archive;
mod browser;
mod choices;
mod connections;
mod disposition;
mod handlers;
mod limits;
mod page;
mod presence;
mod private_folder;
mod reading;
mod refusal;
mod results;
mod router;
mod second_start;
mod secret;
mod shelf;
mod timed_stream;
mod upload;

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::runtime::Builder;
use tokio::sync::{Notify, Semaphore};

pub use crate::serve::limits::PageLimits;

use crate::config::Config;
use crate::error::{Cause, Error};
use crate::serve::admission::Admission;
use crate::serve::presence::Presence;
use crate::serve::private_folder::{Opened, PrivateFolder};
use crate::serve::shelf::Shelf;

/// What the page is started with.
#[derive(Debug, Clone)]
pub struct ServeOptions {
    /// The address to listen on; only one of the machine itself is taken.
    pub address: IpAddr,
    /// The port; 0 for one that is free.
    pub port: u16,
    /// Whether the page is opened in the browser.
    pub open: bool,
    /// How many files are read at a time, at least 1.
    pub workers: usize,
    /// What a person, or a hostile program on the machine, may ask for.
    pub limits: PageLimits,
}

/// Told where the page is.
#[derive(Debug, Clone, Copy)]
pub struct Started<'a> {
    /// The address that opens the page, once.
    pub url: &'a str,
    /// Whether the page was there already, of a start before.
    pub again: bool,
    /// Whether a browser was asked to open it.
    pub opened: bool,
}

/// All that requests are answered from.
#[derive(Debug)]
struct Server {
    config: Config,
    limits: PageLimits,
    folder: PrivateFolder,
    admission: Admission,
    shelf: Shelf,
    /// A permit for each file that may be read at a time.
    readers: Arc<Semaphore>,
    presence: Presence,
    /// Told when the page is to end.
    end: Notify,
    /// Whether it is at its end: no file is read any more.
    ending: AtomicBool,
}

/// Serves the page until it is ended; where it is open already, of a start before, opens it again and returns.
///
/// # Errors
/// When a network is asked for, or the page cannot be started.
pub fn run(
    options: &ServeOptions,
    config: &Config,
    told: &mut dyn FnMut(Started<'_>) -> io::Result<()>,
) -> Result<(), Error> {
    let at = SocketAddr::new(options.address, options.port).to_string();
    if !options.address.is_loopback() {
        return Err(Error::new(options.address.to_string(), Cause::NetworkNotOffered));
    }
    let fail = |e| Error::new(&at, Cause::PageNotStarted(e));
    let runtime = Builder::new_current_thread().enable_all().max_blocking_threads(BLOCKING_THREADS).build();
    let runtime = runtime.map_err(fail)?;
    let folder = match PrivateFolder::open().map_err(fail)? {
        Opened::Own(folder) => folder,
        Opened::OfAnother(root) => {
            let url = second_start::url(&root).map_err(fail)?;
            let opened = options.open && browser::open(&url).is_ok();
            return told(Started { url: &url, again: true, opened }).map_err(fail);
        }
    };
    let ended = runtime.block_on(serve(options, config, folder, told)).map_err(fail);
    // Readers of files end when nobody waits for them any more.
    runtime.shutdown_timeout(Duration::from_secs(2));
    ended
}

/// Threads that wait for workers and the disk.
const BLOCKING_THREADS: usize = 16;

/// How long answers that are on their way may take when the page ends.
const LAST_ANSWERS: Duration = Duration::from_secs(2);

/// How long readers of files may take to stop.
const LAST_READERS: Duration = Duration::from_secs(1);

async fn serve(
    options: &ServeOptions,
    config: &Config,
    folder: PrivateFolder,
    told: &mut dyn FnMut(Started<'_>) -> io::Result<()>,
) -> io::Result<()> {
    let listener = TcpListener::bind((options.address, options.port)).await?;
    let admission = Admission::new(listener.local_addr()?)?;
    folder.write_state(&admission)?;
    let url = admission.first_address()?;
    let server = Arc::new(Server {
        config: config.clone(),
        limits: options.limits.clone(),
        folder,
        admission,
        shelf: Shelf::default(),
        readers: Arc::new(Semaphore::new(options.workers.max(1))),
        presence: Presence::default(),
        end: Notify::new(),
        ending: AtomicBool::new(false),
    });
    let connections = Arc::new(Semaphore::new(options.limits.connections));
    let accepting = tokio::spawn(connections::accept(listener, Arc::clone(&server), Arc::clone(&connections)));
    let watching = tokio::spawn(presence::watch(Arc::clone(&server)));
    let signals = tokio::spawn(connections::end_on_signal(Arc::clone(&server)));
    let opened = options.open && browser::open(&url).is_ok();
    told(Started { url: &url, again: false, opened })?;
    server.end.notified().await;
    server.ending.store(true, Ordering::Relaxed);
    accepting.abort();
    watching.abort();
    signals.abort();
    let all = u32::try_from(options.limits.connections).unwrap_or(u32::MAX);
    // Whoever has not got an answer by then gets none.
    let _ = tokio::time::timeout(LAST_ANSWERS, connections.acquire_many(all)).await;
    // One that still writes would leave what it makes.
    let readers = u32::try_from(options.workers.max(1)).unwrap_or(u32::MAX);
    let _ = tokio::time::timeout(LAST_READERS, server.readers.acquire_many(readers)).await;
    server.shelf.clear();
    server.folder.close();
    Ok(())
}
