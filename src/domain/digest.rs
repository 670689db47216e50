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

/// What a text is without what programs change on the way: line ends, what Excel writes for a carriage return, spaces at the
/// ends of lines and of the whole.
pub(crate) fn normalised(text: &str) -> String {
    let text = text.replace("_x000D_", "").replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = text.split('\n').map(|line| line.trim_end_matches([' ', '\u{A0}', '\t'])).collect();
    lines.join("\n").trim().to_owned()
}

/// The fingerprint of a text: enough to tell whether it was changed.
pub(crate) fn text_digest(text: &str) -> String {
    let mut digest = sha256(normalised(text).as_bytes());
    digest.truncate(12);
    digest
}

fn sha256_of<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
