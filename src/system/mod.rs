//! What the operating system does for this process: it bounds the memory, and says whether the console is the process's own.
//!
//! It takes numbers and gives a yes, a no or the system's error; it knows nothing of files, scores or messages. The only room
//! with `unsafe` code, which is for Windows alone: calls of its functions, a few lines each.

pub(crate) mod console;
pub(crate) mod memory;
