//! Texts that nobody can guess.

use std::fmt;
use std::io;

use crate::domain::digest::{hexadecimal, sha256};

/// A random text of 256 bits, in hexadecimal.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Secret(String);

impl Secret {
    /// A new one.
    pub fn new() -> io::Result<Self> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(io::Error::other)?;
        Ok(Self(hexadecimal(&bytes)))
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Whether a text is the secret; how long that takes tells nothing of it.
    pub fn is(&self, text: &str) -> bool {
        // Of two digests not even a common beginning says anything about the texts.
        sha256(text.as_bytes()) == sha256(self.0.as_bytes())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}
