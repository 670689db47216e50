//! What a request, and all of them together, may take.

use std::time::Duration;

/// The bounds of the page.
#[derive(Debug, Clone)]
pub struct PageLimits {
    /// Time for the head of a request.
    pub head: Duration,
    /// Time without a byte while a request's body comes, or while nobody takes an answer.
    pub stalled: Duration,
    /// Time for the whole of a request's body, beside a second for each [`BYTES_A_SECOND`] that have come.
    pub body: Duration,
    /// Connections at a time.
    pub connections: usize,
    /// Bytes of a request.
    pub request_bytes: u64,
    /// Files of a request.
    pub request_files: usize,
    /// Files that are kept at a time.
    pub kept_files: usize,
    /// Bytes of files that were sent and are kept at a time.
    pub kept_bytes: u64,
    /// Agencies that are made of one file.
    pub agencies: usize,
    /// How long results are kept.
    pub results: Duration,
    /// Time after the last page is closed until the program ends.
    pub idle: Duration,
}

/// The slowest that a body may come.
pub(super) const BYTES_A_SECOND: u64 = 256 << 10;

impl Default for PageLimits {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(5),
            stalled: Duration::from_secs(20),
            body: Duration::from_secs(60),
            connections: 64,
            request_bytes: 256 << 20,
            request_files: 200,
            kept_files: 1_000,
            kept_bytes: 1 << 30,
            agencies: 500,
            results: Duration::from_secs(60 * 60),
            idle: Duration::from_secs(10 * 60),
        }
    }
}
