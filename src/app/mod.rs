//! The executable: arguments in, messages and exit codes out. No part of the library's interface.
//!
//! It takes a command line, wires the rooms together for its inputs, and says what became of each. It decides nothing
//! about scores, texts or outputs; nothing outside this room uses it.

pub mod cli;
pub mod commands;
pub mod desktop;
pub mod invocation;
pub mod reference;
pub(crate) mod terminal;
