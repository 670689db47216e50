//! Whether anybody still has the page open: the program ends some time after the last one is closed.
//!
//! A page with a script says again and again that it is there. One without cannot: it is taken to be open as long as results
//! are kept. Time is counted in ticks and not by the clock, so that a machine that slept ends nothing when it wakes.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use crate::serve::Server;

/// What was heard of pages.
#[derive(Debug, Default)]
pub(super) struct Presence {
    heard: AtomicBool,
    /// Whether the page that was last heard of has a script.
    scripted: AtomicBool,
    /// Requests that are being answered.
    busy: AtomicUsize,
}

/// A request that is being answered.
pub(super) struct Busy<'a>(&'a Presence);

impl Presence {
    /// A page says that it is there.
    pub fn beat(&self) {
        self.scripted.store(true, Ordering::Relaxed);
        self.heard.store(true, Ordering::Relaxed);
    }

    /// A page is being loaded: whether it has a script is to be seen.
    pub fn loaded(&self) {
        self.scripted.store(false, Ordering::Relaxed);
        self.heard.store(true, Ordering::Relaxed);
    }

    /// A request of the page is being answered as long as what is returned lives.
    pub fn busy(&self) -> Busy<'_> {
        self.busy.fetch_add(1, Ordering::Relaxed);
        self.heard.store(true, Ordering::Relaxed);
        Busy(self)
    }

    fn is_there(&self) -> bool {
        self.heard.swap(false, Ordering::Relaxed) || self.busy.load(Ordering::Relaxed) > 0
    }
}

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        self.0.busy.fetch_sub(1, Ordering::Relaxed);
        self.0.heard.store(true, Ordering::Relaxed);
    }
}

/// The longest that a tick takes.
const LONGEST_TICK: Duration = Duration::from_secs(5);

/// Ends the page when nobody has it open any more, and lets results go when their time is over.
pub(super) async fn watch(server: Arc<Server>) {
    let limits = &server.limits;
    let tick = (limits.idle / 10).clamp(Duration::from_millis(50), LONGEST_TICK);
    let mut silent = Duration::ZERO;
    loop {
        tokio::time::sleep(tick).await;
        server.shelf.expire(limits.results);
        silent = if server.presence.is_there() { Duration::ZERO } else { silent + tick };
        let scripted = server.presence.scripted.load(Ordering::Relaxed);
        if silent >= if scripted { limits.idle } else { limits.results.max(limits.idle) } {
            server.end.notify_one();
            return;
        }
    }
}
