//! Names with `*` and `?`: the shells of Windows hand them on as they are typed.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// The files that each name with `*` or `?` in its last part stands for, sorted; a name that none fits stays as it is.
///
/// What office programs leave beside an open workbook, and hidden files, are not meant.
pub(super) fn expanded(paths: Vec<PathBuf>) -> Vec<PathBuf> {
    paths.into_iter().flat_map(|path| files(&path).filter(|files| !files.is_empty()).unwrap_or(vec![path])).collect()
}

/// Nothing for a name that is no pattern, or whose folder cannot be looked into.
fn files(path: &Path) -> Option<Vec<PathBuf>> {
    let pattern = path.file_name()?.to_str().filter(|name| name.contains(['*', '?']))?;
    let pattern: Vec<char> = pattern.to_lowercase().chars().collect();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let names = fs::read_dir(folder).ok()?.filter_map(|entry| Some(entry.ok()?.file_name()));
    let mut found: Vec<PathBuf> =
        names.filter(|name| fits(name, &pattern)).map(|name| path.with_file_name(name)).collect();
    found.sort();
    Some(found)
}

fn fits(name: &OsStr, pattern: &[char]) -> bool {
    let Some(name) = name.to_str().filter(|name| !name.starts_with("~$") && !name.starts_with('.')) else {
        return false;
    };
    // The letters before the last `*` that was met need not be looked at again: time stays below length times length.
    let name: Vec<char> = name.to_lowercase().chars().collect();
    let (mut at, mut wanted, mut retry) = (0, 0, None);
    while let Some(letter) = name.get(at) {
        match pattern.get(wanted) {
            Some('*') => {
                retry = Some((at, wanted));
                wanted += 1;
            }
            Some(mark) if mark == letter || *mark == '?' => (at, wanted) = (at + 1, wanted + 1),
            _ => match retry {
                Some((start, star)) => {
                    (at, wanted) = (start + 1, star + 1);
                    retry = Some((start + 1, star));
                }
                None => return false,
            },
        }
    }
    pattern.get(wanted..).unwrap_or_default().iter().all(|mark| *mark == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_patterns_as_shells_have_it() {
        for (pattern, fitting, others) in [
            (
                "*.xlsx",
                &["a.xlsx", "คะแนน 1.XLSX", ".xlsx.xlsx"][..2],
                &["a.xls", "~$a.xlsx", ".a.xlsx", "a.xlsx.bak"][..],
            ),
            ("ITA-25??.csv", &["ita-2567.csv"], &["ita-256.csv", "ita-25678.csv"]),
            ("*67*", &["ita-2567.csv", "67", "6-67"], &["ita-2566.csv"]),
            ("คะแนน*", &["คะแนน.ods", "คะแนน"], &["คะแน.ods"]),
        ] {
            let pattern: Vec<char> = pattern.to_lowercase().chars().collect();
            for name in fitting {
                assert!(fits(OsStr::new(name), &pattern), "{name}");
            }
            for name in others {
                assert!(!fits(OsStr::new(name), &pattern), "{name}");
            }
        }
    }

    #[test]
    fn a_pattern_stands_for_the_files_of_its_folder_in_their_order() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        for name in ["b.xlsx", "a.xlsx", "c.csv"] {
            fs::write(path(name), "").expect("a file");
        }
        let given = vec![path("c.csv"), path("*.xlsx"), path("*.ods"), path("none/*.xlsx")];
        let expected = [path("c.csv"), path("a.xlsx"), path("b.xlsx"), path("*.ods"), path("none/*.xlsx")];
        assert_eq!(expanded(given), expected);
    }
}
