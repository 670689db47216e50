//! Rooms depend on rooms below them only, files on each other without circles, and foreign crates stay where they belong.

use std::collections::{BTreeMap, BTreeSet};

use super::imports::{Import, imports, sources};
use crate::support::project;

/// All rooms and single files of `src`, bottom up: each may use those before it, never those behind.
///
/// A framework and its texts know nothing of errors: an error may be that of a framework file, so it stands above them.
/// Settings check a logo with the workbook's own eyes, so they stand above what writes.
const ROOMS: [&str; 24] = [
    "system",
    "domain",
    "framework",
    "advice",
    "error",
    "finding",
    "read",
    "repair",
    "recognise",
    "assess",
    "plan",
    "profile",
    "previous",
    "config",
    "report",
    "overview",
    "typeset",
    "write",
    "edits",
    "settings",
    "batch",
    "serve",
    "app",
    "main",
];

/// A crate and the only places that may name it.
const PLACES: [(&str, &[&str]); 13] = [
    ("calamine", &["src/read/formats/"]),
    ("rust_xlsxwriter", &["src/write/xlsx/"]),
    ("csv", &["src/read/formats/", "src/write/rows/"]),
    ("encoding_rs", &["src/read/sniff/", "src/repair/"]),
    ("html5ever", &["src/read/formats/"]),
    ("rlimit", &["src/system/"]),
    ("windows_sys", &["src/system/"]),
    // the test of hints asks which flags a command has
    ("clap", &["src/app/cli/", "src/main.rs", "src/error/message_tests.rs"]),
    ("hyper", &["src/serve/"]),
    ("tokio", &["src/serve/"]),
    ("multer", &["src/serve/"]),
    ("maud", &["src/serve/"]),
    ("icu_segmenter", &["src/typeset/"]),
];

/// The room, or single file, that a file belongs to.
fn room(path: &str) -> &str {
    let inside = path.trim_start_matches("src/");
    inside.split('/').next().unwrap_or_default().trim_end_matches(".rs")
}

/// Every source file: its path from the project, with slashes, and its code lines.
fn files() -> Vec<(String, Vec<String>)> {
    let lines = |code: &str| code.lines().map(str::to_owned).collect();
    sources().into_iter().map(|source| (source.path, lines(&source.code))).collect()
}

#[test]
fn every_room_has_its_place_and_uses_only_those_below() {
    let sources = sources();
    let place = |path: &str| ROOMS.iter().position(|name| *name == room(path));
    for source in sources.iter().filter(|source| source.path != "src/lib.rs" && !source.path.starts_with("src/build")) {
        assert!(place(&source.path).is_some(), "{} is in no room of the list", source.path);
    }
    for Import { from, to, written } in imports(&sources).iter().filter(|import| import.from != "src/lib.rs") {
        assert!(place(to) <= place(from), "{from} uses {written}, which stands above it, in {to}");
    }
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for Import { from, to, .. } in imports(&sources()) {
        uses.entry(from).or_default().insert(to);
    }
    // Files that use nothing, or only files taken away before, are in no circle.
    loop {
        let open: BTreeSet<String> = uses.keys().cloned().collect();
        let before = uses.len();
        uses.retain(|_, used| used.iter().any(|file| open.contains(file)));
        if uses.len() == before {
            break;
        }
    }
    assert!(uses.is_empty(), "{uses:#?}");
}

#[test]
fn no_code_names_a_year_that_there_is_a_framework_of() {
    for source in sources().iter().filter(|source| !source.path.starts_with("src/build")) {
        for framework in itasheet::Framework::all_built_in() {
            let year = framework.year.to_string();
            let line =
                source.code.lines().find(|line| line.split("//").next().is_some_and(|code| code.contains(&year)));
            assert_eq!(line, None, "{}: adding a year is adding a file", source.path);
        }
    }
}

#[test]
fn few_files_stand_outside_the_rooms() {
    let entries = std::fs::read_dir(project().join("src")).unwrap().map(|entry| entry.unwrap().path());
    let loose = entries.filter(|path| path.is_file()).count();
    assert!(loose <= 9, "{loose} files stand loose in src");
}

#[test]
fn every_room_says_what_it_takes_gives_and_must_not_do() {
    for source in sources().iter().filter(|source| source.path.ends_with("/mod.rs")) {
        let text = std::fs::read_to_string(project().join(&source.path)).unwrap();
        let words: usize =
            text.lines().take_while(|line| line.starts_with("//!")).map(|line| line.split_whitespace().count()).sum();
        let least = if source.module.len() == 1 { 25 } else { 12 };
        assert!(words >= least, "{} opens with {words} words", source.path);
    }
}

#[test]
fn no_name_is_a_preposition_or_a_pronoun() {
    const WORDS: [&str; 20] = [
        "across", "keyed", "who", "own", "of", "part", "other", "others", "strip", "bare", "trial", "with", "from",
        "by", "into", "its", "that", "this", "both", "whole",
    ];
    for source in sources() {
        let name = source.module.last().map(String::as_str).unwrap_or_default();
        assert!(!WORDS.contains(&name), "{}", source.path);
    }
}

#[test]
fn foreign_crates_are_named_only_where_they_belong() {
    for (file, code) in files() {
        for (name, places) in PLACES {
            let allowed = places.iter().any(|place| file.starts_with(place));
            let used = code.iter().any(|line| line.contains(&format!("{name}::")));
            assert!(allowed || !used, "{file} names {name}");
        }
    }
}

#[test]
fn the_middle_stages_touch_nothing_outside() {
    for (file, code) in files() {
        if !["src/repair/", "src/recognise/", "src/assess/", "src/plan/"].iter().any(|folder| file.starts_with(folder))
        {
            continue;
        }
        for line in code {
            for word in ["std::fs", "std::io", "std::env", "std::time", "println!", "eprintln!"] {
                assert!(!line.contains(word), "{file}: {line}");
            }
        }
    }
}

#[test]
fn all_that_is_printed_goes_through_the_writer_that_escapes() {
    // The writer itself, what a worker tells the run that started it, and what Cargo is told.
    let places = ["src/app/terminal/plain.rs", "src/batch/pool/worker.rs", "src/build.rs", "src/build/windows.rs"];
    for (file, code) in files().into_iter().filter(|(file, _)| !places.contains(&file.as_str())) {
        for line in code {
            for word in ["io::stdout", "io::stderr", "println!", "print!("] {
                assert!(!line.contains(word), "{file}: {line}");
            }
        }
    }
}

#[test]
fn no_file_is_two_things_in_one() {
    for (file, _) in files() {
        let lines = std::fs::read_to_string(project().join(&file)).unwrap().lines().count();
        assert!(lines <= 400, "{file} has {lines} lines");
    }
}

#[test]
fn every_text_of_the_page_is_escaped_by_what_makes_its_markup() {
    for (file, code) in files().into_iter().filter(|(file, _)| file.starts_with("src/serve/")) {
        for line in code {
            assert!(!line.contains("PreEscaped"), "{file}: {line}");
        }
    }
}

#[test]
fn only_the_room_of_the_system_has_unsafe_code() {
    for (file, code) in files() {
        let is_unsafe = code.iter().any(|line| line.contains("unsafe ") || line.contains("unsafe_code"));
        assert!(!is_unsafe || file.starts_with("src/system/"), "{file}");
    }
}
