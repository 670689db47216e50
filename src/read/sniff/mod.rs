//! What a file is: told by its bytes, never by its name; and which encoding a text has.

pub(in crate::read) mod content;
pub(in crate::read) mod encoding;
