//! The command line: outputs, messages, settings, exit codes.

mod breakdowns;
mod convert;
mod errors;
mod export;
mod inputs;
mod mended;
mod messages;
mod settings;
mod shell;
mod sketch;
mod terminal;
#[cfg(windows)]
mod windows;
