//! Rows for other programs: the three formats say the same, and what is in them is what is in the file.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::support::group::write_all;
use crate::support::khok_muang::KHOK_MUANG;
use crate::support::{TestEnv, project};

const SAMPLE: &str = "khok-muang-2567.xlsx";
const COLUMNS: &str = "agency,district,province,year,kind,code,instrument,indicator,issues,published,computed,status,source_file,sheet,cell";

fn csv_rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.strip_prefix('\u{FEFF}').unwrap().as_bytes());
    reader.deserialize().map(|row| row.unwrap()).collect()
}

/// A JSON value as its CSV field.
fn field(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(field).collect::<Vec<_>>().join(";"),
        other => other.to_string(),
    }
}

#[test]
fn every_score_of_the_sample_is_a_row_with_its_cell() {
    let env = TestEnv::new();
    env.sample(SAMPLE);
    let text = env.expect(0, ["export", SAMPLE]).stdout;
    assert_eq!(text.lines().next().unwrap().trim_start_matches('\u{FEFF}'), COLUMNS);
    let rows = csv_rows(&text);
    for (instrument, code, score) in KHOK_MUANG {
        let code = code.replace('๐', "o");
        let row = rows.iter().find(|row| row["kind"] == "question" && row["code"] == code).unwrap();
        assert_eq!(row["published"].parse::<f64>().unwrap(), score, "{code}");
        assert_eq!(row["instrument"], instrument);
        assert!(!row["cell"].is_empty() && !row["sheet"].is_empty());
    }
    let count = |kind: &str| rows.iter().filter(|row| row["kind"] == kind).count();
    let kinds = ["question", "indicator", "instrument", "total", "level", "rank"].map(count);
    assert_eq!(kinds, [59, 10, 3, 1, 1, 1]);
    let one = |kind: &str| rows.iter().find(|row| row["kind"] == kind).unwrap();
    assert_eq!((one("total")["published"].as_str(), one("total")["status"].as_str()), ("92.13", "passed"));
    assert_eq!((one("level")["computed"].as_str(), one("level")["status"].as_str()), ("3", "ผ่าน"));
    assert_eq!(one("rank")["published"], "1519");
    let o15 = rows.iter().find(|row| row["code"] == "o15").unwrap();
    assert_eq!(o15["issues"], "5");
    assert_eq!(rows[0]["agency"], "เทศบาลตำบลโคกม่วง");
}

#[test]
fn the_three_formats_say_the_same() {
    let env = TestEnv::new();
    write_all(&env.path("scores"), 12, 2567, 1);
    let rows = csv_rows(&env.expect(0, ["export", "scores"]).stdout);
    assert!(rows.len() > 12 * 70);
    let lines = env.expect(0, ["export", "scores", "--format", "jsonl"]).stdout;
    let of_lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of_json: Vec<Value> =
        serde_json::from_str(&env.expect(0, ["export", "scores", "--format", "json"]).stdout).unwrap();
    assert_eq!(of_lines, of_json);
    assert_eq!(of_lines.len(), rows.len());
    for (json, row) in of_lines.iter().zip(&rows) {
        for (column, text) in row {
            assert_eq!(field(&json[column.as_str()]), *text, "{column} of {row:?}");
        }
        assert!(json["published"].is_number() || json["published"].is_null());
    }
}

#[test]
fn a_file_has_the_bytes_of_standard_output_and_is_not_replaced_unasked() {
    let env = TestEnv::new();
    env.sample(SAMPLE);
    for (name, format) in [("a.csv", "csv"), ("a.jsonl", "jsonl"), ("a.json", "json")] {
        env.expect(0, ["export", SAMPLE, "-o", name]);
        let shown = env.expect(0, ["export", SAMPLE, "--format", format]).stdout;
        assert_eq!(std::fs::read_to_string(env.path(name)).unwrap(), shown, "{name}");
        env.expect(2, ["export", SAMPLE, "-o", name]);
        env.expect(0, ["export", SAMPLE, "-o", name, "--force"]);
    }
    assert_eq!(env.files(), ["a.csv", "a.json", "a.jsonl", SAMPLE]);
}

#[test]
fn a_bad_file_is_said_and_the_others_are_rows() {
    let env = TestEnv::new();
    env.sample(SAMPLE);
    std::fs::write(env.path("bad.xlsx"), "not a workbook").unwrap();
    let run = env.expect(1, ["export", "bad.xlsx", "gone.xlsx", SAMPLE]);
    assert!(run.stderr.contains("bad.xlsx") && run.stderr.contains("gone.xlsx"), "{}", run.stderr);
    assert_eq!(csv_rows(&run.stdout).len(), 75);
}

#[test]
fn a_name_that_begins_like_a_formula_is_text_in_csv() {
    let env = TestEnv::new();
    std::fs::copy(project().join("samples").join(SAMPLE), env.path("=1+1.xlsx")).unwrap();
    let rows = csv_rows(&env.expect(0, ["export", "=1+1.xlsx"]).stdout);
    assert_eq!(rows[0]["source_file"], "'=1+1.xlsx");
    let lines = env.expect(0, ["export", "=1+1.xlsx", "--format", "jsonl"]).stdout;
    let first: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!(first["source_file"], "=1+1.xlsx");
}

#[test]
fn a_column_of_scores_never_begins_as_one_of_whole_numbers() {
    let env = TestEnv::new();
    env.write_rows("full.xlsx", &(1..=15).map(|number| (format!("i{number}"), 100.0)).collect::<Vec<_>>());
    let rows = csv_rows(&env.expect(0, ["export", "full.xlsx"]).stdout);
    assert_eq!(rows[0]["published"], "100.0");
    let lines = env.expect(0, ["export", "full.xlsx", "--format", "jsonl"]).stdout;
    assert!(lines.lines().next().unwrap().contains("\"published\":100.0,"), "{lines}");
}

#[test]
fn rows_are_never_written_under_the_name_of_another_format() {
    let env = TestEnv::new();
    env.sample(SAMPLE);
    let refused = [
        (&["-o", "rows.parquet"][..], ".csv or .jsonl or .ndjson or .json"),
        (&["-o", "rows.xlsx"], ".csv or"),
        (&["-o", "rows"], ".csv or"),
        (&["-o", "rows.csv.gz"], ".csv or"),
        (&["-o", "rows.xlsx", "--format", "csv"], "must end in .csv\n"),
        (&["-o", "rows.csv", "--format", "json"], "must end in .json\n"),
        (&["-o", "rows.json", "--format", "jsonl"], "must end in .jsonl or .ndjson\n"),
    ];
    for (args, words) in refused {
        for language in ["en", "th"] {
            let run = env.expect(2, [&["export", SAMPLE, "--lang", language], args].concat());
            let (words, hint) = match language {
                "th" => (words.replace(" or", " หรือ"), "เขียนได้เฉพาะ .csv .jsonl .ndjson และ .json"),
                _ => (words.to_owned(), "rows are written as .csv, .jsonl, .ndjson or .json"),
            };
            let words = words.replace("must end in", if language == "th" { "ต้องลงท้ายด้วย" } else { "must end in" });
            assert!(run.stderr.contains(&words) && run.stderr.contains(hint), "{args:?}: {}", run.stderr);
            assert!(run.stdout.is_empty(), "{args:?}");
            assert_eq!(env.files(), [SAMPLE], "{args:?}");
        }
    }
    let written: [(&[&str], &str); 6] = [
        (&["-o", "a.csv"], "\u{FEFF}agency"),
        (&["-o", "B.CSV", "--format", "csv"], "\u{FEFF}agency"),
        (&["-o", "c.jsonl"], "{\"agency"),
        (&["-o", "d.ndjson", "--format", "jsonl"], "{\"agency"),
        (&["-o", "e.Json"], "[\n{"),
        // A name that tells nothing, as that of a pipe.
        (&["-o", "rows", "--format", "json"], "[\n{"),
    ];
    for (args, begin) in written {
        env.expect(0, [&["export", SAMPLE], args].concat());
        let text = std::fs::read_to_string(env.path(args[1])).unwrap();
        assert!(text.starts_with(begin), "{args:?}: {}", &text[..60]);
    }
}
