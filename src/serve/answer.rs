//! Answers: what every one of them carries, and bodies that come from memory or from the disk.

use std::fs::File;
use std::io::{self, Read};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use hyper::body::{Body, Bytes, Frame, SizeHint};
use hyper::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, HeaderName, HeaderValue, LOCATION, SET_COOKIE};
use hyper::{Response, StatusCode};
use maud::Markup;

use crate::serve::disposition;

/// An answer.
pub(super) type Answer = Response<Content>;

/// What every answer says: a browser takes nothing but what is the page's own, keeps nothing, and tells nobody of it.
const HEADERS: [(&str, &str); 8] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'",
    ),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
    ("cache-control", "no-store"),
];

/// The body of an answer.
pub(super) enum Content {
    /// From memory.
    Bytes(Bytes),
    /// From the disk, piece by piece.
    File(FileContent),
}

/// A file that is being sent.
pub(super) struct FileContent {
    file: File,
    left: u64,
    /// What must not be removed before it is sent.
    _kept: Option<Arc<dyn Send + Sync>>,
}

/// Bytes that are read from the disk at a time.
const PIECE: u64 = 64 << 10;

impl Body for Content {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        match self.get_mut() {
            Self::Bytes(bytes) if bytes.is_empty() => Poll::Ready(None),
            Self::Bytes(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Self::File(content) => Poll::Ready(content.piece().transpose().map(|piece| piece.map(Frame::data))),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Bytes(bytes) => bytes.is_empty(),
            Self::File(content) => content.left == 0,
        }
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::File(content) => content.left,
        })
    }
}

impl FileContent {
    /// The next bytes. The file was written a moment ago on this machine: to wait for it holds nobody up.
    fn piece(&mut self) -> io::Result<Option<Bytes>> {
        if self.left == 0 {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        let read = (&self.file).take(self.left.min(PIECE)).read_to_end(&mut bytes)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.left -= (read as u64).min(self.left);
        Ok(Some(bytes.into()))
    }
}

/// A page.
pub(super) fn page(status: StatusCode, markup: Markup) -> Answer {
    with_type(status, "text/html; charset=utf-8", Bytes::from(markup.into_string()))
}

/// A file that belongs to the page.
pub(super) fn asset(kind: &'static str, text: &'static str) -> Answer {
    with_type(StatusCode::OK, kind, Bytes::from_static(text.as_bytes()))
}

/// A text.
pub(super) fn text(status: StatusCode, text: String) -> Answer {
    with_type(status, "text/plain; charset=utf-8", Bytes::from(text))
}

/// Nothing: what was asked for is done.
pub(super) fn done() -> Answer {
    with_type(StatusCode::NO_CONTENT, "text/plain; charset=utf-8", Bytes::new())
}

/// The page to go on with, of this server's own.
pub(super) fn redirect(to: &str) -> Answer {
    let answer = with_type(StatusCode::SEE_OTHER, "text/plain; charset=utf-8", Bytes::new());
    with_header(answer, LOCATION, to)
}

/// A file to be kept under a name, from memory.
pub(super) fn download(name: &str, kind: &'static str, bytes: Vec<u8>) -> Answer {
    let answer = with_type(StatusCode::OK, kind, Bytes::from(bytes));
    with_header(answer, CONTENT_DISPOSITION, &disposition::attachment(name))
}

/// The same from the disk; what is `kept` stays until the file is sent.
pub(super) fn download_file(
    name: &str,
    kind: &'static str,
    file: File,
    kept: Option<Arc<dyn Send + Sync>>,
) -> io::Result<Answer> {
    let left = file.metadata()?.len();
    let answer = with_type(StatusCode::OK, kind, Bytes::new());
    let answer = answer.map(|_| Content::File(FileContent { file, left, _kept: kept }));
    Ok(with_header(answer, CONTENT_DISPOSITION, &disposition::attachment(name)))
}

/// The answer with a cookie.
pub(super) fn with_cookie(answer: Answer, cookie: &str) -> Answer {
    with_header(answer, SET_COOKIE, cookie)
}

fn with_header(mut answer: Answer, name: HeaderName, value: &str) -> Answer {
    // All that comes here is plain ASCII; what were not would be left out.
    if let Ok(value) = HeaderValue::from_str(value) {
        answer.headers_mut().append(name, value);
    }
    answer
}

fn with_type(status: StatusCode, kind: &'static str, bytes: Bytes) -> Answer {
    let mut answer = Response::new(Content::Bytes(bytes));
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    debug_assert!(headers.contains_key(CACHE_CONTROL));
    answer
}
