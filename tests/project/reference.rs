//! The reference is complete: its file is what the program prints, and it names every key of what the program writes.

use std::collections::BTreeSet;

use clap::CommandFactory;
use itasheet::app::cli::Cli;
use itasheet::app::reference::{Topic, markdown};
use itasheet::{Cause, FindingCode, Language, Quantity};
use serde_json::Value;

use crate::support::binary::retype;
use crate::support::{TestEnv, project};

/// Set to write the file anew.
const WRITE: &str = "ITASHEET_WRITE_REFERENCE";

/// The words in backticks of a text.
fn named(text: &str) -> BTreeSet<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The content cell of the row whose first cell names `key`.
fn content(markdown: &str, key: &str) -> String {
    let row = markdown.lines().find(|line| {
        line.strip_prefix("| ").and_then(|line| line.split(" | ").next()).is_some_and(|cell| named(cell).contains(key))
    });
    row.unwrap_or_else(|| panic!("no row for `{key}`")).split(" | ").nth(1).unwrap().to_owned()
}

/// Asserts that every key of an object is named in `text`.
fn assert_keys(object: &Value, text: &str) {
    let names = named(text);
    for key in object.as_object().unwrap().keys() {
        assert!(names.contains(key), "`{key}` is not in: {text}");
    }
}

#[test]
fn the_file_is_what_the_program_prints() {
    let path = project().join("src/reference.md");
    let printed = TestEnv::new().expect(0, ["reference", "--lang", "en"]).stdout;
    if std::env::var_os(WRITE).is_some() {
        std::fs::write(&path, &printed).unwrap();
    }
    let file = std::fs::read_to_string(path).unwrap().replace("\r\n", "\n");
    assert_eq!(file, printed, "write it anew: {WRITE}=1 cargo test reference");
    assert_eq!(markdown(Language::English), printed);
}

#[test]
fn a_topic_alone_is_its_part_of_the_whole() {
    let env = TestEnv::new();
    for name in ["findings", "errors", "json", "rows", "run-file", "limits"] {
        for (lang, language) in [("en", Language::English), ("th", Language::Thai)] {
            let topic = env.expect(0, ["reference", name, "--lang", lang]).stdout;
            assert!(markdown(language).contains(&topic), "{name}");
        }
    }
}

#[test]
fn every_finding_error_and_limit_has_its_row() {
    for language in [Language::English, Language::Thai] {
        let (findings, errors) = (Topic::Findings.markdown(language), Topic::Errors.markdown(language));
        for code in FindingCode::all() {
            assert!(findings.contains(&format!("| `{code}` | {} |", code.severity().name(language))), "{code}");
        }
        for kind in Cause::kinds(language) {
            assert!(errors.contains(&format!("| `{}` |", kind.code)), "{kind:?}");
        }
        let limits = Topic::Limits.markdown(language);
        let root = Cli::command();
        let convert = root.find_subcommand("convert").unwrap();
        for what in Quantity::ALL {
            let default = content(&limits, what.flag());
            let is_its = |flag: &&clap::Arg| flag.get_long().is_some_and(|name| what.flag() == format!("--{name}"));
            let flag = convert.get_arguments().find(is_its).unwrap();
            assert_eq!(flag.get_default_values(), [default.as_str()], "{what}");
        }
    }
}

#[test]
fn every_key_of_the_json_is_named() {
    let env = TestEnv::new();
    let sample = env.sample("khok-muang-2567.xlsx");
    let broken = env.path("broken.xlsx");
    std::fs::write(&broken, b"nothing").unwrap();
    let run = env.run(["inspect".as_ref(), sample.as_os_str(), broken.as_os_str(), "--json".as_ref()]);
    let documents: Value = serde_json::from_str(&run.stdout).unwrap();
    for language in [Language::English, Language::Thai] {
        let page = Topic::Json.markdown(language);
        for document in documents.as_array().unwrap() {
            for (key, value) in document.as_object().unwrap() {
                let text = content(&page, key);
                match value {
                    Value::Object(_) => assert_keys(value, &text),
                    Value::Array(list) => list.iter().for_each(|item| assert_keys(item, &text)),
                    _ => {}
                }
            }
        }
    }
}

/// Every key and every text in a value, at any depth.
fn words_in(value: &Value, words: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            words.extend(object.keys().cloned());
            object.values().for_each(|value| words_in(value, words));
        }
        Value::Array(list) => list.iter().for_each(|value| words_in(value, words)),
        Value::String(text) => drop(words.insert(text.clone())),
        _ => {}
    }
}

/// The words in backticks of a topic that stand nowhere in what was written.
fn named_in_vain(topic: Topic, written: &Value) -> Vec<String> {
    let mut words = BTreeSet::new();
    words_in(written, &mut words);
    let mut vain: BTreeSet<String> = BTreeSet::new();
    for language in [Language::English, Language::Thai] {
        let rows =
            topic.markdown(language).lines().filter(|line| line.starts_with("| `")).map(named).collect::<Vec<_>>();
        let parts = rows.into_iter().flatten().flat_map(|word| word.split('.').map(str::to_owned).collect::<Vec<_>>());
        vain.extend(parts.map(|part| part.trim_end_matches("[]").to_owned()).filter(|part| !words.contains(part)));
    }
    vain.into_iter().collect()
}

#[test]
fn every_key_that_is_named_is_written() {
    let env = TestEnv::new();
    for name in ["khok-muang-2567.xlsx", "problems-2567.xlsx", "draft-2568.xlsx"] {
        env.sample(name);
    }
    std::fs::write(env.path("broken.xlsx"), b"nothing").unwrap();
    std::fs::write(env.path("text.csv"), "ITA 2567\nข้อ,คะแนน\ni1,90.5\ni2,81.5\ni3,100\n").unwrap();
    env.expect(0, ["khok-muang-2567.xlsx", "-o", "own.xlsx"]);
    retype(&env.path("own.xlsx"), "ควรรักษา", "ให้รักษาความครบถ้วน");
    let inputs =
        ["khok-muang-2567.xlsx", "problems-2567.xlsx", "draft-2568.xlsx", "broken.xlsx", "text.csv", "own.xlsx"];
    let run = env.run(["inspect", "--json"].iter().chain(&inputs));
    // Formats of other files, and what else an officer may have done.
    let values = ["added", "follow-up", "html", "moved", "ods", "removed", "xls", "xlsb", "xml"];
    assert_eq!(named_in_vain(Topic::Json, &serde_json::from_str(&run.stdout).unwrap()), values);
    // One agency twice, and a workbook that an officer has edited between two runs.
    std::fs::copy(env.path("khok-muang-2567.xlsx"), env.path("again.xlsx")).unwrap();
    let run = |threshold| {
        env.run(["batch", ".", "-o", "out", "-q", "--word", "--threshold", threshold]);
        serde_json::from_slice(&std::fs::read(env.path("out/itasheet-run.json")).unwrap()).unwrap()
    };
    let first: Value = run("85");
    let is_workbook = |name: &&String| name.starts_with("เทศบาลตำบลโคกม่วง") && name.ends_with(".xlsx");
    let name = env.tree("out").into_keys().find(|name| is_workbook(&name)).unwrap();
    retype(&env.path("out").join(name), "ควรรักษา", "ให้รักษาความครบถ้วน");
    let second: Value = run("90");
    // The sheet of findings.
    assert_eq!(named_in_vain(Topic::RunFile, &Value::Array(vec![first, second])), ["ผลการตรวจสอบ"]);
}

#[test]
fn every_column_of_the_rows_is_named_in_order() {
    let env = TestEnv::new();
    let sample = env.sample("clean-2567.xlsx");
    let csv = env.expect(0, ["export".as_ref(), sample.as_os_str()]).stdout;
    let columns = csv.trim_start_matches('\u{feff}').lines().next().unwrap().to_owned();
    for language in [Language::English, Language::Thai] {
        let page = Topic::Rows.markdown(language);
        let listed: Vec<String> = page
            .lines()
            .filter_map(|line| line.strip_prefix("| `"))
            .flat_map(|line| {
                format!("`{}", line.split(" | ").next().unwrap()).split(", ").map(str::to_owned).collect::<Vec<_>>()
            })
            .map(|key| key.trim_matches('`').to_owned())
            .collect();
        assert_eq!(listed.join(","), columns);
    }
}

#[test]
fn every_key_of_the_run_file_is_named() {
    let env = TestEnv::new();
    std::fs::create_dir(env.path("scores")).unwrap();
    for name in ["khok-muang-2567.xlsx", "clean-2567.xlsx"] {
        std::fs::rename(env.sample(name), env.path(&format!("scores/{name}"))).unwrap();
    }
    std::fs::write(env.path("scores/broken.xlsx"), b"nothing").unwrap();
    env.run(["batch", "scores", "-o", "out", "-q"]);
    let run_file: Value = serde_json::from_slice(&std::fs::read(env.path("out/itasheet-run.json")).unwrap()).unwrap();
    for language in [Language::English, Language::Thai] {
        let page = Topic::RunFile.markdown(language);
        for (key, value) in run_file.as_object().unwrap() {
            let text = content(&page, key);
            if value.is_object() {
                assert_keys(value, &text);
            }
        }
        let mut agencies = 0;
        for file in run_file["files"].as_array().unwrap() {
            assert_keys(file, &content(&page, "files"));
            for agency in file["agencies"].as_array().unwrap() {
                agencies += 1;
                assert_keys(agency, &content(&page, "files[].agencies[]"));
                assert_keys(&agency["result"], &content(&page, "files[].agencies[].result"));
                for finding in agency["findings"].as_array().unwrap() {
                    assert_keys(finding, &content(&page, "files[].agencies[].findings[]"));
                }
            }
        }
        assert_eq!(agencies, 2);
    }
}
