//! One test binary: every test runs the real executable in a folder of its own, or looks at the project's files.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

mod addresses;
mod agencies;
mod batch;
mod batch_repeat;
mod binary;
mod breakdowns;
mod breaks;
mod cells;
mod convert;
mod errors;
mod export;
mod extremes;
#[cfg(target_os = "linux")]
mod faults;
mod findings;
mod formats;
mod framework_check;
mod frameworks;
mod golden;
mod hostile;
mod killers;
mod layouts;
mod live;
mod long_texts;
mod mended;
mod misread;
mod misread_sums;
mod mutations;
mod overview;
mod own_output;
mod pairs;
#[path = "bench/plain/mod.rs"]
mod plain;
mod readme;
mod records;
mod reference;
mod replaced;
mod samples;
mod settings;
mod shapes;
mod structure;
mod support;
mod terminal;
mod texts;
mod thresholds;
mod wordings;
mod yardstick;
mod years;
