//! Fingerprints of inputs, settings and workbooks.

use std::borrow::Cow;

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
pub(crate) fn normalised(text: &str) -> Cow<'_, str> {
    // nearly every cell is a short line with none of these
    if !text.contains(['\r', '\n', '_']) {
        return Cow::Borrowed(text.trim_end_matches(SPACES).trim());
    }
    let text = text.replace("_x000D_", "").replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = text.split('\n').map(|line| line.trim_end_matches(SPACES)).collect();
    Cow::Owned(lines.join("\n").trim().to_owned())
}

/// What stands unseen at the end of a line.
const SPACES: [char; 3] = [' ', '\u{A0}', '\t'];

/// The fingerprint of a text: enough to tell whether it was changed.
pub(crate) fn text_digest(text: &str) -> String {
    let digest = Sha256::digest(normalised(text).as_bytes());
    hexadecimal(digest.get(..6).unwrap_or(&digest))
}

fn sha256_of<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    hexadecimal(&hash.finalize())
}

/// Two digits a byte. A workbook has some thousand fingerprints: formatting each byte took a fifth of a conversion.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from(if value < 10 { b'0' + value } else { b'a' + value - 10 });
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_are_those_of_sha256() {
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(text_digest("abc"), "ba7816bf8f01");
        assert_eq!(text_digest(" abc\u{A0} \r\n_x000D_"), "ba7816bf8f01");
    }

    #[test]
    fn a_text_of_one_line_is_normalised_as_others_are() {
        for text in ["", " ", "a", " a ", "a\u{A0}", "\u{A0}a \t", "\u{2003}a\u{2003} "] {
            assert_eq!(normalised(text), normalised(&format!("{text}\n")), "{text:?}");
        }
    }
}
