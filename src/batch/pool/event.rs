//! What a run waits for.

use crate::batch::pool::protocol::{End, Made, Reply};

/// A job that is done: its workbooks stand under temporary names.
pub(in crate::batch) struct Done {
    /// The file's number, and the number of the first agency.
    pub key: (usize, usize),
    /// The agencies that were made.
    pub made: Vec<Made>,
    /// How it ended.
    pub end: End,
}

/// What a run waits for.
pub(in crate::batch) enum Event {
    /// A worker has said something; nothing when its output has ended.
    Reply(usize, Option<Reply>),
    /// The workbooks of a job are on the disk.
    Flushed(Done),
}
