//! Connections: so many at a time, each for one request, none for longer than its bounds.

use std::sync::Arc;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use crate::serve::timed_stream::TimedStream;
use crate::serve::{Server, router};

/// Bytes of a request's head.
const HEAD_BYTES: usize = 32 << 10;

/// Takes connections as long as it is polled. Those beyond the bound wait in the system until another is done.
pub(super) async fn accept(listener: TcpListener, server: Arc<Server>, permits: Arc<Semaphore>) {
    loop {
        let Ok(permit) = Arc::clone(&permits).acquire_owned().await else { return };
        // What fails is one connection, or the system has no more files to give for now.
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            continue;
        };
        let server = Arc::clone(&server);
        tokio::spawn(async move {
            let limits = &server.limits;
            let stream = TokioIo::new(TimedStream::new(stream, limits.stalled));
            let serve = service_fn(|request| router::answer(Arc::clone(&server), request));
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(limits.head)
                .keep_alive(false)
                .max_buf_size(HEAD_BYTES)
                .serve_connection(stream, serve)
                .await;
            // Whatever went wrong with it, nobody is there to hear of it.
            drop(connection);
            drop(permit);
        });
    }
}

/// Ends the page when the person or the system says so in the terminal, so that nothing is left on the disk.
pub(super) async fn end_on_signal(server: Arc<Server>) {
    signal().await;
    server.end.notify_one();
}

#[cfg(unix)]
async fn signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let (ended, mut ends) = tokio::sync::mpsc::channel(1);
    for kind in [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()] {
        let Ok(mut signal) = signal(kind) else { continue };
        let ended = ended.clone();
        tokio::spawn(async move {
            signal.recv().await;
            // One is enough.
            let _ = ended.try_send(());
        });
    }
    ends.recv().await;
}

#[cfg(windows)]
async fn signal() {
    let (ended, mut ends) = tokio::sync::mpsc::channel(1);
    let closed = ended.clone();
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            let _ = ended.try_send(());
        }
    });
    tokio::spawn(async move {
        // Its window is closed.
        if let Ok(mut signal) = tokio::signal::windows::ctrl_close() {
            signal.recv().await;
            let _ = closed.try_send(());
        }
    });
    ends.recv().await;
}

#[cfg(not(any(unix, windows)))]
async fn signal() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
