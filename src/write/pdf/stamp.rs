//! What LibreOffice writes anew into every PDF, put to values of ours: the time, and the two marks that tell the file and the
//! document that it was made from. A PDF whose mark fits its content is one that this program wrote and nobody has edited.

use crate::domain::digest::sha256;
use crate::write::docx::calendar;

/// Letters of a mark.
const LENGTH: usize = 32;

/// Where each value begins, behind these words.
const TIME: &[u8] = b"/CreationDate(D:";
const FILE: &[u8] = b"/ID [ <";
const DOCUMENT: &[u8] = b"/DocChecksum /";

/// What stands between the two equal marks of the file.
const BETWEEN: &[u8] = b">\n<";

/// The mark of the document that a PDF was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stamp(String);

impl Stamp {
    /// The mark of a document with this SHA-256.
    pub fn of_document(sha256: &str) -> Self {
        Self(sha256.chars().take(LENGTH).collect::<String>().to_uppercase())
    }

    /// The mark that stands in a PDF; nothing where it is none that this program wrote, or was edited since.
    pub fn of(pdf: &[u8]) -> Option<Self> {
        let mut pdf = pdf.to_vec();
        let mark = read(&pdf, DOCUMENT)?;
        let file = read(&pdf, FILE)?;
        write_file_mark(&mut pdf, &"0".repeat(LENGTH))?;
        (file == mark_of(&pdf)).then_some(Self(mark))
    }

    /// Puts the values of ours into what LibreOffice has written; nothing where it has not written them.
    pub fn put(&self, mut pdf: Vec<u8>, created: u64) -> Option<Vec<u8>> {
        let time: String = calendar(created).chars().filter(char::is_ascii_digit).collect();
        write(&mut pdf, TIME, &time)?;
        write(&mut pdf, DOCUMENT, &self.0)?;
        write_file_mark(&mut pdf, &"0".repeat(LENGTH))?;
        let mark = mark_of(&pdf);
        write_file_mark(&mut pdf, &mark)?;
        Some(pdf)
    }
}

/// The mark of a file whose own mark is blank.
fn mark_of(pdf: &[u8]) -> String {
    Stamp::of_document(&sha256(pdf)).0
}

/// Where the value behind `words` begins: these stand near the end, so the last is the one.
fn place(pdf: &[u8], words: &[u8]) -> Option<usize> {
    pdf.windows(words.len()).rposition(|window| window == words).map(|at| at + words.len())
}

fn read(pdf: &[u8], words: &[u8]) -> Option<String> {
    let at = place(pdf, words)?;
    Some(String::from_utf8_lossy(pdf.get(at..at + LENGTH)?).into_owned())
}

fn write(pdf: &mut [u8], words: &[u8], value: &str) -> Option<usize> {
    let at = place(pdf, words)?;
    let end = at + value.len();
    pdf.get_mut(at..end)?.copy_from_slice(value.as_bytes());
    Some(end)
}

/// The mark of the file stands there twice.
fn write_file_mark(pdf: &mut [u8], mark: &str) -> Option<()> {
    let end = write(pdf, FILE, mark)?;
    let second = end + BETWEEN.len();
    (pdf.get(end..second)? == BETWEEN).then_some(())?;
    pdf.get_mut(second..second + LENGTH)?.copy_from_slice(mark.as_bytes());
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pdf(time: &str, mark: char) -> Vec<u8> {
        let mark = mark.to_string().repeat(LENGTH);
        format!(
            "%PDF-1.6 content /CreationDate(D:{time}Z')>>\ntrailer\n/ID [ <{mark}>\n<{mark}> ]\n/DocChecksum /{mark}\n"
        )
        .into_bytes()
    }

    #[test]
    fn what_differs_from_run_to_run_is_put_to_values_of_ours() {
        let stamp = Stamp::of_document(&sha256(b"document"));
        let made = stamp.put(pdf("20260101120000", 'A'), 1_727_740_800).expect("a PDF");
        assert_eq!(stamp.put(pdf("20270202130000", 'B'), 1_727_740_800), Some(made.clone()));
        assert!(String::from_utf8_lossy(&made).contains("D:20241001000000Z"));
        assert_eq!(Stamp::of(&made), Some(stamp));
        let edited = String::from_utf8_lossy(&made).replace("content", "another").into_bytes();
        assert_eq!((Stamp::of(&edited), Stamp::of(&pdf("20260101120000", 'A')), Stamp::of(b"")), (None, None, None));
    }
}
