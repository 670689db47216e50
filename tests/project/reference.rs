//! The reference is complete: its file is what the program prints, and it names every key of what the program writes.

use std::collections::BTreeSet;

use clap::CommandFactory;
use itasheet::app::cli::Cli;
use itasheet::app::reference::{Topic, markdown};
use itasheet::batch::{DocumentEntry, Left, Reason, RunFile};
use itasheet::write::json::EditText;
use itasheet::{Cause, FindingCode, Language, Quantity};
use serde_json::Value;

use crate::support::binary::retype;
use crate::support::{TestEnv, project};

/// Set to write the file anew.
const WRITE: &str = "ITASHEET_WRITE_REFERENCE";

/// What the tables name beside keys: values of keys, and a sheet.
const VALUES: [&str; 18] = [
    "xlsx",
    "xlsb",
    "xls",
    "ods",
    "xml",
    "html",
    "text",
    "weak",
    "passed",
    "full",
    "no-score",
    "added",
    "removed",
    "moved",
    "number",
    "follow-up",
    "null",
    "ผลการตรวจสอบ",
];

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

/// The values at a path such as `files[].agencies[]`, lists taken apart.
fn values<'a>(roots: &'a [Value], path: &str) -> Vec<&'a Value> {
    let mut found: Vec<&Value> = roots.iter().collect();
    for key in path.split('.') {
        let below = found.into_iter().filter_map(|value| value.get(key.trim_end_matches("[]")));
        found = below
            .flat_map(|value| value.as_array().map_or_else(|| vec![value], |list| list.iter().collect()))
            .collect();
    }
    found
}

/// The keys of a value's objects, `depth` of them inside each other.
fn keys(value: &Value, depth: usize, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) if depth > 0 => {
            for (key, value) in object {
                found.insert(key.clone());
                keys(value, depth - 1, found);
            }
        }
        Value::Array(list) => list.iter().for_each(|item| keys(item, depth, found)),
        _ => {}
    }
}

/// Asserts that a table has a row for each key of the objects and names what is in it to a depth, and that nothing is named
/// that they lack.
fn assert_table(page: &str, objects: &[Value], depth: usize) {
    let mut listed = BTreeSet::new();
    let rows = page.lines().filter(|line| line.starts_with("| `"));
    for (paths, text) in rows.filter_map(|line| line.strip_prefix("| ")?.split_once(" | ")) {
        let mut all = BTreeSet::new();
        let names = named(text);
        for path in named(paths) {
            let parent = path.rsplit_once('.').map_or(objects.iter().collect(), |(parent, _)| values(objects, parent));
            let key = path.rsplit('.').next().unwrap().trim_end_matches("[]");
            assert!(parent.iter().any(|value| value.get(key).is_some()), "no JSON has `{path}`");
            for value in values(objects, &path) {
                let mut near = BTreeSet::new();
                keys(value, depth, &mut near);
                let unnamed: Vec<_> = near.difference(&names).collect();
                assert!(unnamed.is_empty(), "{unnamed:?} of `{path}` are not in: {text}");
                keys(value, usize::MAX, &mut all);
            }
            listed.insert(path);
        }
        let gone: Vec<_> =
            names.iter().filter(|name| !all.contains(*name) && !VALUES.contains(&name.as_str())).collect();
        assert!(gone.is_empty(), "no JSON has {gone:?} of: {text}");
    }
    let present: BTreeSet<String> =
        objects.iter().flat_map(|object| object.as_object().unwrap().keys().cloned()).collect();
    let missing: Vec<_> = present.difference(&listed).collect();
    assert!(missing.is_empty(), "no row for {missing:?}");
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
fn the_table_of_the_json_has_its_keys_and_no_others() {
    let env = TestEnv::new();
    let sample = env.sample("khok-muang-2567.xlsx");
    let broken = env.path("broken.xlsx");
    std::fs::write(&broken, b"nothing").unwrap();
    let run = env.run(["inspect".as_ref(), sample.as_os_str(), broken.as_os_str(), "--json".as_ref()]);
    let mut documents: Value = serde_json::from_str(&run.stdout).unwrap();
    let text = String::new;
    let edit = EditText { kind: "text", key: text(), text: text(), from: Some(text()) };
    documents[0]["edits"] = serde_json::to_value([edit]).unwrap();
    for language in [Language::English, Language::Thai] {
        assert_table(&Topic::Json.markdown(language), documents.as_array().unwrap(), usize::MAX);
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
fn the_table_of_the_run_file_has_its_keys_and_no_others() {
    let env = TestEnv::new();
    std::fs::create_dir(env.path("scores")).unwrap();
    for name in ["khok-muang-2567.xlsx", "clean-2567.xlsx"] {
        std::fs::rename(env.sample(name), env.path(&format!("scores/{name}"))).unwrap();
    }
    std::fs::write(env.path("scores/broken.xlsx"), b"nothing").unwrap();
    env.run(["batch", "scores", "-o", "out", "-q"]);
    let mut run = RunFile::load(&env.path("out")).unwrap();
    assert_eq!(run.files.iter().map(|file| file.agencies.len()).sum::<usize>(), 2);
    // What stands there only where it says something.
    let text = || Some(String::new());
    for agency in run.files.iter_mut().flat_map(|file| &mut file.agencies) {
        (agency.kept, agency.merged) = (true, true);
        (agency.duplicate_of, agency.duplicated_by) = (text(), text());
        agency.reason = Some(Reason::new(&Cause::OwnWorkbook));
        agency.document = Some(DocumentEntry { name: text(), sha256: text(), kept: true });
    }
    run.left.push(Left { input: String::new(), workbook: String::new(), sha256: String::new() });
    let run_file = serde_json::to_value(&run).unwrap();
    for language in [Language::English, Language::Thai] {
        // Deeper are the codes of questions and the extensions of files.
        assert_table(&Topic::RunFile.markdown(language), std::slice::from_ref(&run_file), 1);
    }
}
