//! Tables as texts, and what the library makes of them: no process is started.

use std::path::Path;

use itasheet::recognise::Hints;
use itasheet::write::json::Documents;
use itasheet::{Config, Input};
use rust_xlsxwriter::Workbook;
use serde_json::Value;

pub use super::agencies::codes;

pub const TITLE: &str = "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567\nเทศบาลตำบลตัวอย่าง\n";

/// The documents of a file's agencies, or the one that says what is wrong with it, as `inspect --json` prints them.
pub fn documents(bytes: &[u8], hints: Hints) -> Vec<Value> {
    let mut config = Config::default();
    config.hints = hints;
    let (path, mut out, mut documents) = (Path::new("input"), Vec::new(), Documents::default());
    match Input::of_bytes(path, bytes, &config) {
        Err(error) => documents.add(&mut out, path, Err(&error), &[]).unwrap(),
        Ok(input) => match input.reports(&config) {
            Err(error) => documents.add(&mut out, path, Err(&error), &[]).unwrap(),
            Ok(reports) => reports.for_each(|report| documents.add(&mut out, path, report.as_ref(), &[]).unwrap()),
        },
    }
    documents.end(&mut out).unwrap();
    serde_json::from_slice::<Value>(&out).unwrap().as_array().unwrap().clone()
}

/// The agencies that a text is read as.
pub fn all(text: &str) -> Vec<Value> {
    documents(text.as_bytes(), Hints::default())
}

/// The only agency that a text is read as.
#[track_caller]
pub fn one(text: &str) -> Value {
    only(all(text))
}

/// The only agency that a file is read as.
#[track_caller]
pub fn one_of_bytes(bytes: &[u8]) -> Value {
    only(documents(bytes, Hints::default()))
}

#[track_caller]
fn only(documents: Vec<Value>) -> Value {
    assert_eq!(documents.len(), 1, "{documents:?}");
    documents.into_iter().next().unwrap()
}

/// A workbook with a sheet for each text: a line a row, a comma between cells, numbers as numbers.
pub fn workbook(sheets: &[(&str, String)]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, text) in sheets {
        let sheet = workbook.add_worksheet().set_name(*name).unwrap();
        for (row, line) in (0u32..).zip(text.lines()) {
            for (column, cell) in (0u16..).zip(line.split(',')).filter(|(_, cell)| !cell.is_empty()) {
                match cell.parse::<f64>() {
                    Ok(number) => sheet.write(row, column, number).unwrap(),
                    Err(_) => sheet.write(row, column, cell).unwrap(),
                };
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// A score that tells each question from the others.
pub fn score(index: usize) -> f64 {
    40.25 + index as f64
}

/// A line for each question with its code and score.
pub fn rows(line: impl Fn(&str, f64) -> String) -> String {
    codes().enumerate().map(|(index, code)| line(&code, score(index)) + "\n").collect()
}

/// The questions under a header.
pub fn questions() -> String {
    format!("รหัส,คะแนน\n{}", rows(|code, score| format!("{code},{score}")))
}

/// The score that a document gives a question.
pub fn score_of(document: &Value, code: &str) -> Option<f64> {
    let questions = document["questions"].as_array()?;
    questions.iter().find(|question| question["code"] == code)?["score"].as_f64()
}

/// Asserts that every question has its own score, by its place.
#[track_caller]
pub fn assert_scores_by(document: &Value, score: impl Fn(usize) -> f64) {
    for (index, code) in codes().enumerate() {
        assert_eq!(score_of(document, &code), Some(score(index)), "{code}");
    }
}

/// Asserts that every question has the score of [`score`].
#[track_caller]
pub fn assert_scores(document: &Value) {
    assert_scores_by(document, score);
}

/// The published score of an instrument or an indicator.
pub fn published(document: &Value, list: &str, name: impl Into<Value>) -> Option<f64> {
    let name = name.into();
    let figure = document[list].as_array()?.iter().find(|figure| figure["name"] == name);
    figure.and_then(|figure| figure["published"].as_f64())
}
