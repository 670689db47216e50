//! What stands between an untrusted file and a parser: checks of its container before anything is unpacked, a process of
//! its own for files that could end this one, and a net for panics.

pub(in crate::read) mod archive;
pub(in crate::read) mod biff_memory;
pub mod catch_panic;
pub(in crate::read) mod ole;
pub(crate) mod sandbox;
