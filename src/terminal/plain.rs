//! What comes from a file, or from a file's name, must not steer the terminal.

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::Path;

/// Passes text on with control characters written out, but for line ends and tabs.
pub(crate) struct Plain<W: Write>(pub W);

/// A path to be shown on one line.
pub(crate) fn path(path: &Path) -> String {
    escaped(&path.to_string_lossy(), |c| !c.is_control()).into_owned()
}

/// Control characters become `\u001b` and the like, which is also how JSON has them.
fn escaped(text: &str, is_plain: impl Fn(char) -> bool) -> Cow<'_, str> {
    if text.chars().all(&is_plain) {
        return Cow::Borrowed(text);
    }
    let write = |c| if is_plain(c) { String::from(c) } else { format!("\\u{:04x}", u32::from(c)) };
    text.chars().map(write).collect()
}

impl<W: Write> Write for Plain<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        match std::str::from_utf8(bytes) {
            Ok(text) => self.0.write_all(escaped(text, |c| !c.is_control() || matches!(c, '\n' | '\t')).as_bytes()),
            Err(_) => self.0.write_all(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
