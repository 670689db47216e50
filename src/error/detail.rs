//! The details of errors in Thai: what the system, libraries and checks say in English.

use std::io;
use std::sync::OnceLock;

use indexmap::IndexMap;
use serde::Deserialize;

use crate::domain::embedded::{self, embedded};
use crate::domain::language::Language;

/// `details.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Details {
    unknown: Unknown,
    system: IndexMap<String, String>,
    #[serde(rename = "detail")]
    details: Vec<Pattern>,
}

/// What stands for a detail that has no entry.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Unknown {
    system: String,
    file: String,
    setting: String,
    program: String,
}

/// A detail with `{}` for what differs.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pattern {
    english: String,
    thai: String,
}

/// What a detail is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    /// An input's structure.
    File,
    /// A file of settings.
    Setting,
    /// This program.
    Program,
}

/// What differs in a pattern.
const BLANK: &str = "{}";

fn details() -> &'static Details {
    static DETAILS: OnceLock<Details> = OnceLock::new();
    DETAILS.get_or_init(|| embedded::read(embedded!("error/details")))
}

/// A detail in a language.
pub(super) fn said(english: &str, about: About, language: Language) -> String {
    if language == Language::English {
        return english.to_owned();
    }
    let unknown = &details().unknown;
    let unknown = match about {
        About::File => &unknown.file,
        About::Setting => &unknown.setting,
        About::Program => &unknown.program,
    };
    in_thai(english).unwrap_or_else(|| unknown.clone())
}

/// What the system says, in a language.
pub(super) fn of_system(error: &io::Error, language: Language) -> String {
    let text = error.to_string();
    if language == Language::English {
        // Behind it stands the name of a file that nobody knows.
        return text.split(" at path ").next().unwrap_or_default().to_owned();
    }
    let details = details();
    if let Some(thai) = in_thai(&text) {
        return thai;
    }
    let kind = details.system.get(name(error.kind())).unwrap_or(&details.unknown.system);
    match (error.raw_os_error(), details.system.get("code")) {
        (Some(code), Some(template)) => template.replace("{kind}", kind).replace("{code}", &code.to_string()),
        _ => kind.clone(),
    }
}

fn name(kind: io::ErrorKind) -> &'static str {
    match kind {
        io::ErrorKind::NotFound => "not-found",
        io::ErrorKind::PermissionDenied => "permission-denied",
        io::ErrorKind::AlreadyExists => "already-exists",
        io::ErrorKind::StorageFull | io::ErrorKind::WriteZero => "storage-full",
        io::ErrorKind::QuotaExceeded => "quota-exceeded",
        io::ErrorKind::ReadOnlyFilesystem => "read-only",
        io::ErrorKind::FileTooLarge => "file-too-large",
        io::ErrorKind::NotADirectory => "not-a-directory",
        io::ErrorKind::IsADirectory => "is-a-directory",
        io::ErrorKind::InvalidFilename => "invalid-name",
        io::ErrorKind::Interrupted => "interrupted",
        io::ErrorKind::TimedOut => "timed-out",
        io::ErrorKind::BrokenPipe => "broken-pipe",
        io::ErrorKind::OutOfMemory => "out-of-memory",
        io::ErrorKind::ResourceBusy | io::ErrorKind::ExecutableFileBusy => "busy",
        io::ErrorKind::InvalidData => "invalid-text",
        io::ErrorKind::UnexpectedEof => "ends-early",
        _ => "",
    }
}

/// The Thai of a detail that has an entry.
fn in_thai(english: &str) -> Option<String> {
    details().details.iter().find_map(|pattern| {
        let words = words(&pattern.english, english)?;
        let mut rest = words.into_iter();
        let mut thai = String::with_capacity(pattern.thai.len());
        for (at, text) in pattern.thai.split(BLANK).enumerate() {
            if at > 0 {
                let word = rest.next().unwrap_or_default();
                thai.push_str(&in_thai(word).unwrap_or_else(|| word.to_owned()));
            }
            thai.push_str(text);
        }
        Some(thai)
    })
}

/// What stands for each blank of a pattern; nothing where the text is not of it.
fn words<'t>(pattern: &str, text: &'t str) -> Option<Vec<&'t str>> {
    let mut pieces = pattern.split(BLANK);
    let mut rest = text.strip_prefix(pieces.next()?)?;
    let mut words = Vec::new();
    let pieces: Vec<&str> = pieces.collect();
    let Some((last, between)) = pieces.split_last() else { return rest.is_empty().then_some(words) };
    for piece in between {
        let (word, behind) = rest.split_once(piece)?;
        words.push(word);
        rest = behind;
    }
    words.push(rest.strip_suffix(last)?);
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn details_are_said_in_thai() {
        let cases = [
            ("[units] has no role `x`", "[units] ไม่มีบทบาท `x`"),
            ("measure `a-b`: there is no role `x`", "มาตรการ `a-b`: ไม่มีบทบาท `x`"),
            (
                "TOML parse error at line 3, column 5\n  |\n3 | x = = 1\n",
                "บรรทัดที่ 3 คอลัมน์ที่ 5: เขียนไม่ถูกรูปแบบ หรือมีชื่อที่ไม่รู้จัก",
            ),
            ("nobody knows this", "รูปแบบของไฟล์ไม่ถูกต้อง"),
        ];
        for (english, thai) in cases {
            assert_eq!(said(english, About::Setting, Language::Thai), thai);
            assert_eq!(said(english, About::Setting, Language::English), english);
        }
        let invalid = "invalid Zip archive: Could not find EOCD";
        assert_eq!(said(invalid, About::File, Language::Thai), "ไฟล์ไม่ครบ ส่วนท้ายของไฟล์หายไป");
    }

    #[test]
    fn what_the_system_says_is_thai_with_its_number() {
        let code = if cfg!(windows) { 5 } else { 13 };
        let denied = io::Error::from_raw_os_error(code);
        assert_eq!(of_system(&denied, Language::Thai), format!("ไม่มีสิทธิ์เข้าถึง (รหัส {code})"));
        let named =
            io::Error::new(io::ErrorKind::PermissionDenied, "Permission denied (os error 13) at path \"/x/.y\"");
        assert_eq!(of_system(&named, Language::English), "Permission denied (os error 13)");
        assert_eq!(of_system(&named, Language::Thai), "ไม่มีสิทธิ์เข้าถึง");
    }

    #[test]
    fn every_entry_has_as_many_blanks_in_thai_or_fewer() {
        for pattern in &details().details {
            let count = |text: &str| text.matches(BLANK).count();
            assert!(count(&pattern.thai) <= count(&pattern.english), "{}", pattern.english);
        }
    }
}
