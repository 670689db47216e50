//! What comes from a file, or from a file's name, must not steer the terminal: all that is printed goes through here.

use std::borrow::Cow;
use std::io::{self, BufWriter, IsTerminal, StderrLock, StdoutLock, Write};
use std::path::Path;

/// Standard output, through which only plain text gets.
pub(crate) fn stdout() -> Plain<BufWriter<StdoutLock<'static>>> {
    Plain::new(BufWriter::new(io::stdout().lock()))
}

/// Standard error, through which only plain text gets.
pub(crate) fn stderr() -> Plain<StderrLock<'static>> {
    Plain::new(io::stderr().lock())
}

/// Whether somebody sees standard error as it is written.
pub(crate) fn is_seen() -> bool {
    io::stderr().is_terminal()
}

/// Passes text on with everything that steers a terminal written out, but for line ends and tabs.
pub(crate) struct Plain<W: Write> {
    inner: W,
    /// The first bytes of a character whose others are still to come.
    begun: Vec<u8>,
}

/// A path to be shown on one line.
pub(crate) fn path(path: &Path) -> String {
    line(&path.to_string_lossy()).into_owned()
}

/// A name or another text to be shown on one line.
pub(crate) fn line(text: &str) -> Cow<'_, str> {
    escaped(text, |c| !steers(c))
}

/// A message of one line or several: a line end in a name inside it begins nothing that looks like another message.
pub(crate) fn message(text: &str) -> String {
    text.trim_end().replace('\n', "\n    ")
}

/// A text of one line or several.
pub(crate) fn lines(text: &str) -> Cow<'_, str> {
    escaped(text, |c| !steers(c) || matches!(c, '\n' | '\t'))
}

/// Whether a character moves the cursor, changes colours, or makes what follows appear in another order.
fn steers(c: char) -> bool {
    match c {
        // Marks, embeddings, overrides and isolates of the writing direction, and the separators of lines and paragraphs.
        '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => true,
        c => c.is_control(),
    }
}

/// Such characters become `\u001b` and the like, which is also how JSON has them.
fn escaped(text: &str, is_plain: impl Fn(char) -> bool) -> Cow<'_, str> {
    if text.chars().all(&is_plain) {
        return Cow::Borrowed(text);
    }
    let write = |c| if is_plain(c) { String::from(c) } else { format!("\\u{:04x}", u32::from(c)) };
    text.chars().map(write).collect()
}

impl<W: Write> Plain<W> {
    pub(crate) fn new(inner: W) -> Self {
        Self { inner, begun: Vec::new() }
    }

    /// Writes out bytes that are no text.
    fn raw(&mut self, bytes: &[u8]) -> io::Result<()> {
        bytes.iter().try_for_each(|byte| write!(self.inner, "\\x{byte:02x}"))
    }
}

impl<W: Write> Write for Plain<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        let joined = if self.begun.is_empty() { Cow::Borrowed(bytes) } else { [&self.begun, bytes].concat().into() };
        self.begun.clear();
        let mut chunks = joined.utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            self.inner.write_all(lines(chunk.valid()).as_bytes())?;
            let invalid = chunk.invalid();
            // A writer that hands on blocks of bytes may end one inside a character.
            let is_begun = std::str::from_utf8(invalid).is_err_and(|e| e.error_len().is_none());
            if is_begun && chunks.peek().is_none() {
                self.begun = invalid.to_vec();
            } else {
                self.raw(invalid)?;
            }
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        let begun = std::mem::take(&mut self.begun);
        self.raw(&begun)?;
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(parts: &[&[u8]]) -> String {
        let mut plain = Plain::new(Vec::new());
        for part in parts {
            plain.write_all(part).expect("a vector takes all");
        }
        plain.flush().expect("a vector takes all");
        String::from_utf8(plain.inner).expect("text")
    }

    #[test]
    fn what_steers_a_terminal_is_written_out() {
        let text = "ข้อ\ti1\n\u{1b}[31m\u{9b}2J\r\u{7}\u{202e}txt.exe\u{2066}";
        assert_eq!(written(&[text.as_bytes()]), "ข้อ\ti1\n\\u001b[31m\\u009b2J\\u000d\\u0007\\u202etxt.exe\\u2066");
        assert_eq!(line("a\nb\tc"), "a\\u000ab\\u0009c");
        // A mark that Thai text may have between words steers nothing.
        assert_eq!(written(&["ก\u{200b}ข\u{feff}".as_bytes()]), "ก\u{200b}ข\u{feff}");
    }

    #[test]
    fn a_character_that_comes_in_two_blocks_hides_nothing_from_the_writer() {
        let bytes = "คะแนน\u{1b}[2J".as_bytes();
        for at in 0..=bytes.len() {
            assert_eq!(written(&[&bytes[..at], &bytes[at..]]), "คะแนน\\u001b[2J", "{at}");
        }
        let each: Vec<&[u8]> = bytes.chunks(1).collect();
        assert_eq!(written(&each), "คะแนน\\u001b[2J");
    }

    #[test]
    fn bytes_that_are_no_text_are_written_out() {
        assert_eq!(written(&[b"a\x9b2J\xe0\xb8", b"b\xff\xe0"]), "a\\x9b2J\\xe0\\xb8b\\xff\\xe0");
    }
}
