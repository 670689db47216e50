//! What a file is: told by its bytes, never by its name; and which encoding a text has.
//!
//! It takes bytes and gives a format, or what the content looks like instead, for a message.

pub(in crate::read) mod content;
pub(in crate::read) mod encoding;
