//! A file that was sent is read: by a worker process, so many at a time, and no longer than somebody waits for it.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use crate::batch::single_file::SingleFile;
use crate::serve::Server;
use crate::serve::choices::Choices;
use crate::serve::refusal::Refusal;
use crate::serve::shelf::{Outcome, ReadFile, Upload};

/// Tells the reader to stop when the request that waits for it has gone.
struct StopOnDrop(Arc<AtomicBool>);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Reads a file as was chosen.
pub(super) async fn read(server: &Arc<Server>, upload: Arc<Upload>, choices: Choices) -> Result<ReadFile, Refusal> {
    let config = choices.config(&server.config)?;
    let permit = Arc::clone(&server.readers).acquire_owned().await.map_err(io::Error::other)?;
    let work = server.work.begin()?;
    let stop = StopOnDrop(Arc::default());
    let (stopped, server) = (Arc::clone(&stop.0), Arc::clone(server));
    let read = tokio::task::spawn_blocking(move || {
        let folder = server.folder.path().to_owned();
        let file = SingleFile {
            path: &upload.path,
            name: &upload.name,
            out: &folder,
            config: &config,
            most_agencies: server.limits.agencies,
        };
        let result = file.read(&|| stopped.load(Ordering::Relaxed) || server.work.is_over());
        drop((permit, work));
        let result = result?;
        let outcome = match result.reason {
            Some(reason) => Outcome::Failed(reason),
            None => Outcome::Read { agencies: result.agencies, count: result.count, sheets: result.sheets },
        };
        Ok(ReadFile { upload, choices, outcome, since: Instant::now(), folder })
    });
    read.await.map_err(io::Error::other)?
}
