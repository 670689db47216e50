//! One test binary: every test runs the real executable in a folder of its own, or looks at the project's files.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

mod advice;
mod assess;
mod batch;
mod command;
mod document;
mod edits;
mod overview;
#[path = "bench/plain/mod.rs"]
mod plain;
mod plan;
mod project;
mod read;
mod recognise;
#[cfg(feature = "serve")]
mod serve;
mod support;
mod workbook;
