//! The modules depend on each other down the flow only, and foreign crates stay where they belong.

use std::path::{Path, PathBuf};

use crate::support::project;

/// The stages in the order of the flow; a module may use those before it, never those behind.
const FLOW: [&str; 7] = ["read", "recognise", "assess", "plan", "write", "batch", "run"];

/// A crate and the only places that may name it.
const PLACES: [(&str, &[&str]); 8] = [
    ("calamine", &["src/read/"]),
    ("rust_xlsxwriter", &["src/write/workbook/"]),
    ("csv", &["src/read/", "src/write/"]),
    ("encoding_rs", &["src/read/", "src/recognise/repair.rs"]),
    ("html5ever", &["src/read/"]),
    ("rlimit", &["src/read/", "src/batch/worker.rs"]),
    // the test of hints asks which flags a command has
    ("clap", &["src/cli.rs", "src/cli/", "src/main.rs", "src/error/message_tests.rs"]),
    ("icu_segmenter", &["src/typeset/"]),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Every source file: its path from the project, with slashes, and its code lines.
fn files() -> Vec<(String, Vec<String>)> {
    let mut paths = Vec::new();
    sources(&project().join("src"), &mut paths);
    paths.sort();
    let read = |path: PathBuf| {
        let name = path.strip_prefix(project()).unwrap().to_string_lossy().replace('\\', "/");
        let text = std::fs::read_to_string(path).unwrap();
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//")).map(str::to_owned).collect();
        (name, code)
    };
    paths.into_iter().map(read).collect()
}

/// The stage that a file belongs to, if it is part of the flow.
fn stage(file: &str) -> Option<usize> {
    let module = file.strip_prefix("src/")?.split(['/', '.']).next()?;
    FLOW.iter().position(|stage| *stage == module)
}

#[test]
fn dependencies_go_down_the_flow_and_never_back() {
    for (file, code) in files() {
        let Some(own) = stage(&file) else { continue };
        for line in code {
            for (later, module) in FLOW.iter().enumerate().skip(own + 1) {
                assert!(!line.contains(&format!("crate::{module}::")), "{file} uses {module}, stage {later}: {line}");
            }
        }
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
        if !["src/recognise/", "src/assess/", "src/plan/"].iter().any(|folder| file.starts_with(folder)) {
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
    let places = ["src/terminal/plain.rs", "src/batch/worker.rs", "src/build.rs"];
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
