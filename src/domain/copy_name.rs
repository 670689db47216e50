//! Names of copies that are kept of a file when another takes its name, by which they are known again.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// What stands in the name of a workbook that `--force` replaced.
const EARLIER: &str = "ฉบับก่อน";

/// What stands in the name of a record of a run that could not be read.
const DAMAGED: &str = "เสียหาย";

/// The most bytes of a file name on Linux.
const MOST_BYTES: usize = 255;

/// `NAME (ฉบับก่อน N).xlsx` beside `NAME.xlsx`.
pub(crate) fn earlier_version(path: &Path, number: u32) -> PathBuf {
    marked(path, EARLIER, number)
}

/// `NAME (เสียหาย N).json` beside `.NAME.json`: what is kept for people to look at is not hidden.
pub(crate) fn damaged(path: &Path, number: u32) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    marked(&path.with_file_name(name.trim_start_matches('.')), DAMAGED, number)
}

/// Whether a file's name says that it is the earlier version of a workbook.
pub(crate) fn is_earlier_version(path: &Path) -> bool {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let number = stem.strip_suffix(')').and_then(|text| text.rsplit_once(" (")).and_then(|(_, mark)| {
        let (word, number) = mark.split_once(' ')?;
        (word == EARLIER).then_some(number)
    });
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

fn marked(path: &Path, word: &str, number: u32) -> PathBuf {
    // A name need not be valid text, unless it has to be cut.
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    let mut end = OsString::from(format!(" ({word} {number})"));
    if let Some(extension) = path.extension() {
        end.push(".");
        end.push(extension);
    }
    if name.len() + end.len() > MOST_BYTES {
        let text = name.to_string_lossy();
        let most = MOST_BYTES.saturating_sub(end.len());
        name = (0..=most).rev().find_map(|end| text.get(..end)).unwrap_or_default().into();
    }
    name.push(end);
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_known_by_its_name_and_nothing_else_is() {
        let copy = earlier_version(Path::new("out/เทศบาลตำบล ก-2567.xlsx"), 12);
        assert_eq!(copy, Path::new("out/เทศบาลตำบล ก-2567 (ฉบับก่อน 12).xlsx"));
        for (name, known) in [
            ("a (ฉบับก่อน 1).xlsx", true),
            ("a (ฉบับก่อน 1) (ฉบับก่อน 2).xlsx", true),
            ("a (2) (ฉบับก่อน 1).csv", true),
            ("a (ฉบับก่อน ).xlsx", false),
            ("a (ฉบับก่อน).xlsx", false),
            ("a (ฉบับก่อน หนึ่ง).xlsx", false),
            ("a (ฉบับก่อน 1) แก้ไข.xlsx", false),
            ("a (2).xlsx", false),
            ("ฉบับก่อน 1.xlsx", false),
        ] {
            assert_eq!(is_earlier_version(Path::new(name)), known, "{name}");
        }
    }

    #[test]
    fn the_copy_of_a_long_name_is_no_longer_than_a_name_may_be() {
        let copy = earlier_version(&Path::new("out").join(format!("{}.xlsx", "ก".repeat(78))), 1);
        let name = copy.file_name().unwrap().to_string_lossy().into_owned();
        assert!(name.len() <= MOST_BYTES && name.len() > MOST_BYTES - 3, "{} bytes", name.len());
        assert!(is_earlier_version(&copy), "{name}");
    }

    #[test]
    fn a_damaged_record_is_kept_where_people_see_it() {
        assert_eq!(damaged(Path::new("out/itasheet-run.json"), 1), Path::new("out/itasheet-run (เสียหาย 1).json"));
        let hidden = damaged(Path::new("out/.itasheet-journal.jsonl"), 2);
        assert_eq!(hidden, Path::new("out/itasheet-journal (เสียหาย 2).jsonl"));
    }
}
