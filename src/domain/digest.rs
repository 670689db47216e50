//! Fingerprints of inputs, settings and workbooks.

use sha2::{Digest, Sha256};

/// The SHA-256 of some bytes, in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    sha256_of([bytes])
}

/// The SHA-256 of several parts; each is preceded by its length, so that parts cannot run into one another.
pub(crate) fn sha256_of_parts<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let lengths_and_parts: Vec<_> = parts.into_iter().map(|part| (part.len().to_le_bytes(), part)).collect();
    sha256_of(lengths_and_parts.iter().flat_map(|(length, part)| [length.as_slice(), *part]))
}

fn sha256_of<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
