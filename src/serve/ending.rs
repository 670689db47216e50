//! The page's end: nothing is begun any more, what is at work is waited for, and then all files go.

use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use crate::serve::Server;
use crate::serve::refusal::Refusal;

/// More work than there can be at a time.
const MOST: u32 = 1 << 16;

/// How long work may take to stop: whoever reads a file looks often whether somebody still waits for it.
const LAST_WORK: Duration = Duration::from_secs(5);

/// What is at work, and whether the page has come to its end.
#[derive(Debug)]
pub(super) struct Work {
    over: watch::Sender<bool>,
    permits: Arc<Semaphore>,
}

impl Default for Work {
    fn default() -> Self {
        Self { over: watch::Sender::new(false), permits: Arc::new(Semaphore::new(MOST as usize)) }
    }
}

impl Work {
    /// Work that touches files, as long as what is returned lives; none is begun at the end.
    pub fn begin(&self) -> Result<OwnedSemaphorePermit, Refusal> {
        Arc::clone(&self.permits).try_acquire_owned().map_err(|_| Refusal::Ended)
    }

    /// Whether the page has come to its end.
    pub fn is_over(&self) -> bool {
        *self.over.borrow()
    }

    /// An answer, unless the page comes to its end before.
    pub async fn answer<T>(&self, answer: impl Future<Output = Result<T, Refusal>>) -> Result<T, Refusal> {
        let mut told = self.over.subscribe();
        let mut over = pin!(told.wait_for(|over| *over));
        let mut answer = pin!(answer);
        std::future::poll_fn(|context| {
            if over.as_mut().poll(context).is_ready() {
                return Poll::Ready(Err(Refusal::Ended));
            }
            answer.as_mut().poll(context)
        })
        .await
    }
}

/// Ends all work and removes all files; whether these are gone.
pub(super) async fn close(server: &Server) -> bool {
    let work = &server.work;
    work.over.send_replace(true);
    // Whoever has come here first has closed it.
    let _ = tokio::time::timeout(LAST_WORK, work.permits.acquire_many(MOST)).await;
    work.permits.close();
    server.shelf.clear();
    server.folder.close()
}
