//! Connections: so many at a time, each for one request, none for longer than its bounds.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
#[cfg(windows)]
use std::task::Poll;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use crate::serve::answer::Answer;
use crate::serve::timed_stream::TimedStream;
use crate::serve::{Server, router};

/// Bytes of a request's head.
const HEAD_BYTES: usize = 32 << 10;

/// What is taken of a request that was refused: so many times what one may have.
const DRAINED: u64 = 8;

/// Bytes that are taken of it at a time.
const PIECE: usize = 64 << 10;

/// How long the next bytes of it are waited for.
const SILENCE: Duration = Duration::from_secs(1);

/// Takes connections as long as it is polled. Those beyond the bound wait in the system until another is done.
pub(super) async fn accept(listener: TcpListener, server: Arc<Server>, permits: Arc<Semaphore>) {
    loop {
        let Ok(permit) = Arc::clone(&permits).acquire_owned().await else { return };
        // What fails is one connection, or the system has no more files to give for now.
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        let server = Arc::clone(&server);
        tokio::spawn(async move {
            let limits = &server.limits;
            let stream = TokioIo::new(TimedStream::new(stream, limits.stalled));
            let refused = AtomicBool::new(false);
            let serve = service_fn(|request| {
                let (server, refused) = (Arc::clone(&server), &refused);
                async move {
                    let answer = router::answer(server, request).await;
                    let status = answer.as_ref().map(Answer::status);
                    let is_refused = status.is_ok_and(|status| status.is_client_error() || status.is_server_error());
                    refused.store(is_refused, Ordering::Relaxed);
                    answer
                }
            });
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(limits.head)
                .keep_alive(false)
                .max_buf_size(HEAD_BYTES)
                .serve_connection(stream, serve)
                .without_shutdown()
                .await;
            // Whatever went wrong with it, nobody is there to hear of it.
            if let Ok(connection) = connection {
                let unread =
                    if refused.load(Ordering::Relaxed) { limits.request_bytes.saturating_mul(DRAINED) } else { 0 };
                close(connection.io.into_inner(), unread, limits.stalled).await;
            }
            drop(permit);
        });
    }
}

/// Closes a connection; takes up to so many bytes that still come, and drops them. A browser whose request was refused before
/// all of it was sent would otherwise find the connection cut and show nothing of the answer.
async fn close(mut stream: TimedStream, mut unread: u64, patience: Duration) {
    let drained = async {
        stream.shutdown().await?;
        let mut bytes = vec![0; PIECE];
        while unread > 0 {
            match tokio::time::timeout(SILENCE, stream.read(&mut bytes)).await {
                Ok(Ok(read)) if read > 0 => unread = unread.saturating_sub(read as u64),
                _ => break,
            }
        }
        io::Result::Ok(())
    };
    // Who goes on beyond that has been told.
    let _ = tokio::time::timeout(patience, drained).await;
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

/// Ctrl-C, Ctrl-Break, the window closed, the user logged off, the machine switched off.
#[cfg(windows)]
async fn signal() {
    use tokio::signal::windows::{ctrl_break, ctrl_c, ctrl_close, ctrl_logoff, ctrl_shutdown};
    let (mut interrupt, mut pause, mut close) = (ctrl_c(), ctrl_break(), ctrl_close());
    let (mut logoff, mut shutdown) = (ctrl_logoff(), ctrl_shutdown());
    // One that the system does not give never comes. All are asked, so that each wakes this task.
    std::future::poll_fn(|context| {
        let is_told = [
            interrupt.as_mut().is_ok_and(|signal| signal.poll_recv(context).is_ready()),
            pause.as_mut().is_ok_and(|signal| signal.poll_recv(context).is_ready()),
            close.as_mut().is_ok_and(|signal| signal.poll_recv(context).is_ready()),
            logoff.as_mut().is_ok_and(|signal| signal.poll_recv(context).is_ready()),
            shutdown.as_mut().is_ok_and(|signal| signal.poll_recv(context).is_ready()),
        ];
        if is_told.contains(&true) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}

#[cfg(not(any(unix, windows)))]
async fn signal() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
