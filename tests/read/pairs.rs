//! One table of scores in every layout and every format gives one and the same submission.

mod formats;
mod layouts;
mod pages;
mod pasted_report;

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::Value;

use crate::support::TestEnv;
use crate::support::agencies::codes;
use layouts::{Digits, Facts, LEVELS};

/// What must be the same however the table is laid out and saved.
#[derive(Debug, PartialEq)]
struct Submission {
    agency: Value,
    year: Value,
    total: Option<f64>,
    level: Value,
    indicators: Vec<Option<f64>>,
    scores: BTreeMap<String, f64>,
}

impl Submission {
    fn new(facts: &Facts) -> Self {
        let score = |hundredths: &u32| f64::from(*hundredths) / 100.0;
        Self {
            agency: facts.agency.as_str().into(),
            year: facts.year.into(),
            total: Some(score(&facts.total)),
            level: LEVELS[facts.level].into(),
            indicators: facts.indicators.iter().map(|own| Some(score(own))).collect(),
            scores: codes().zip(facts.scores.iter().map(score)).collect(),
        }
    }

    fn read(document: &Value) -> Self {
        let list = |key: &str| document[key].as_array().cloned().unwrap_or_default();
        let scored = |own: &Value| Some((own["code"].as_str()?.to_owned(), own["score"].as_f64()?));
        Self {
            agency: document["agency"]["value"].clone(),
            year: document["year"]["value"].clone(),
            total: document["total"]["published"].as_f64(),
            level: document["level"]["published"].clone(),
            indicators: list("indicators").iter().map(|own| own["published"].as_f64()).collect(),
            scores: list("questions").iter().filter_map(scored).collect(),
        }
    }

    /// What of this is not as expected.
    fn differences(&self, expected: &Self) -> Vec<String> {
        let mut found = Vec::new();
        let mut hold = |what: &str, own: String, expected: String| {
            if own != expected {
                found.push(format!("{what}: {own}, expected {expected}"));
            }
        };
        hold("agency", self.agency.to_string(), expected.agency.to_string());
        hold("year", self.year.to_string(), expected.year.to_string());
        hold("total", format!("{:?}", self.total), format!("{:?}", expected.total));
        hold("level", self.level.to_string(), expected.level.to_string());
        hold("indicators", format!("{:?}", self.indicators), format!("{:?}", expected.indicators));
        for code in codes() {
            hold(&code, format!("{:?}", self.scores.get(&code)), format!("{:?}", expected.scores.get(&code)));
        }
        hold("scores", self.scores.len().to_string(), expected.scores.len().to_string());
        found
    }
}

prop_compose! {
    fn facts()(
        number in 1u32..400,
        year in 2566u16..=2567,
        level in 0..LEVELS.len(),
        total in 4000u32..10_000,
        indicators in vec(3000u32..10_000, 10),
        survey in vec(2000u32..=10_000, 24),
        published in vec(prop_oneof![6 => Just(10_000u32), 1 => Just(0), 1 => Just(5000)], 35),
        seed in any::<u64>(),
        spelling in 0u8..5,
        digits in prop_oneof![2 => Just(Digits::Number), 1 => Just(Digits::Text), 1 => Just(Digits::ThaiText)],
    ) -> Facts {
        Facts {
            agency: format!("เทศบาลตำบลตัวอย่างที่ {number}"),
            year,
            total,
            level,
            indicators,
            scores: survey.into_iter().chain(published).collect(),
            seed,
            spelling,
            digits,
        }
    }
}

/// Writes the files and reads all of them in one run: each with its name and what it was read as.
fn read(env: &TestEnv, files: Vec<(String, Vec<u8>)>) -> Vec<(String, Vec<Value>)> {
    let names: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
    for (name, bytes) in files {
        std::fs::write(env.path(&name), bytes).unwrap();
    }
    let run = env.run(["inspect", "--json"].into_iter().chain(names.iter().map(String::as_str)));
    let documents: Vec<Value> = serde_json::from_str(&run.stdout).unwrap();
    let of = |name: &String| documents.iter().filter(|own| own["file"] == name.as_str()).cloned().collect();
    names.iter().map(|name| (name.clone(), of(name))).collect()
}

/// Writes one table in every layout, or in `only` one, and every format, and returns what differs, file by file.
fn differences(facts: &Facts, turn: usize, only: Option<&str>) -> Vec<String> {
    let mut files = Vec::new();
    for (layout, lay) in layouts::LAYOUTS.into_iter().filter(|(name, _)| only.is_none_or(|only| only == *name)) {
        let pages = lay(facts);
        let mut own = formats::write_styled(&pages, turn);
        if !matches!(facts.digits, Digits::Percent) {
            own.extend(formats::write_plain(&pages));
        }
        files.extend(own.into_iter().map(|(format, bytes)| (format!("{layout}.{format}"), bytes)));
    }
    let expected = Submission::new(facts);
    let mut found = Vec::new();
    for (name, documents) in read(&TestEnv::new(), files) {
        // Some layouts hold other agencies too.
        let own = documents.iter().find(|own| own["agency"]["value"] == facts.agency.as_str());
        let document = own.unwrap_or(&documents[0]);
        let differences = Submission::read(document).differences(&expected);
        if !differences.is_empty() {
            found.push(format!("{name} {}: {}", document["error"], differences.join("; ")));
        }
    }
    found
}

fn hold(facts: &Facts, turn: usize, only: Option<&str>) {
    let found = differences(facts, turn, only);
    assert!(found.is_empty(), "{} files differ for {facts:?}:\n{}", found.len(), found.join("\n"));
}

#[test]
fn every_layout_in_every_format_gives_the_same_submission() {
    let mut runner = TestRunner::default();
    // Encodings and separators are paired anew at each turn, so that after four each has met each.
    for turn in 0..4 {
        hold(&facts().new_tree(&mut runner).unwrap().current(), turn, None);
    }
}

#[test]
fn a_section_whose_few_scores_had_slipped_was_left_out() {
    let facts = Facts {
        agency: "เทศบาลตำบลตัวอย่างที่ 116".to_owned(),
        year: 2566,
        total: 6112,
        level: 1,
        indicators: vec![3246, 4611, 7580, 7526, 7423, 5218, 5593, 4771, 6360, 4202],
        scores: vec![
            7673, 5208, 5472, 8833, 6959, 5104, 6729, 6121, 2527, 9239, 6324, 9506, 4309, 6051, 7084, 3654, 5413, 9655,
            6481, 7499, 5544, 7737, 6234, 5747, 10000, 5000, 10000, 10000, 5000, 10000, 10000, 10000, 10000, 10000,
            10000, 10000, 0, 10000, 5000, 10000, 10000, 10000, 10000, 10000, 0, 10000, 10000, 10000, 10000, 5000,
            10000, 10000, 0, 10000, 10000, 10000, 10000, 5000, 0,
        ],
        seed: 5159624364213495876,
        spelling: 3,
        digits: Digits::ThaiText,
    };
    hold(&facts, 0, Some("report"));
}

#[test]
fn scores_shown_as_percentages_are_the_same_scores() {
    let facts = facts().new_tree(&mut TestRunner::default()).unwrap().current();
    hold(&Facts { digits: Digits::Percent, ..facts }, 0, None);
}
