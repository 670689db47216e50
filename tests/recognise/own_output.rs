//! A workbook that the program has written is an input again, and says what the first input said.

use std::fmt::Write;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::TestEnv;
use crate::support::agencies::codes;

const LEVELS: [&str; 3] = ["ผ่านดีเยี่ยม", "ผ่านดี", "ผ่าน"];

/// What an input says; what it lacks is left out of it.
#[derive(Debug, Clone)]
struct Facts {
    kind: usize,
    number: u32,
    place: bool,
    year: u16,
    total: Option<u32>,
    level: Option<usize>,
    rank: Option<u32>,
    indicators: Vec<Option<u32>>,
    scores: Vec<Option<u32>>,
}

prop_compose! {
    fn facts()(
        kind in 0usize..4,
        number in 1u32..1000,
        place in any::<bool>(),
        year in 2566u16..=2568,
        total in option::of(0u32..=10_000),
        level in option::of(0..LEVELS.len()),
        rank in option::of(1u32..8_400),
        indicators in vec(option::of(0u32..=10_000), 10),
        scores in vec(option::weighted(0.95, 0u32..=10_000), 59),
    ) -> Facts {
        Facts { kind, number, place, year, total, level, rank, indicators, scores }
    }
}

impl Facts {
    fn agency(&self) -> String {
        let kind = ["เทศบาลตำบล", "องค์การบริหารส่วนตำบล", "มหาวิทยาลัย", "กรม"][self.kind];
        format!("{kind}ตัวอย่าง {}", self.number)
    }

    fn csv(&self) -> String {
        let score = |hundredths: u32| format!("{:.2}", f64::from(hundredths) / 100.0);
        let mut text = format!("ผลการประเมิน ITA ปีงบประมาณ พ.ศ. {}\n\"{}\"\n", self.year, self.agency());
        if self.place {
            text.push_str("อำเภอเมือง จังหวัดตรัง\n");
        }
        for (label, value) in [
            ("คะแนนรวม", self.total.map(score)),
            ("ระดับ", self.level.map(|level| LEVELS[level].to_owned())),
            ("อันดับ", self.rank.map(|rank| rank.to_string())),
        ] {
            value.iter().for_each(|value| writeln!(text, "{label},{value}").unwrap());
        }
        text.push_str("\nตัวชี้วัด,คะแนน\n");
        for (number, own) in (1..).zip(&self.indicators) {
            own.iter().for_each(|own| writeln!(text, "ตัวชี้วัดที่ {number},{}", score(*own)).unwrap());
        }
        text.push_str("\nรหัส,คะแนน\n");
        // 2568 has fewer published items than the years before.
        let known =
            |code: &String| self.year < 2568 || !code.starts_with('o') || code[1..].parse::<u8>().unwrap() <= 28;
        for (code, own) in codes().zip(&self.scores).filter(|(code, _)| known(code)) {
            writeln!(text, "{code},{}", own.map(score).unwrap_or_default()).unwrap();
        }
        text
    }
}

/// What must come back: where a cell stood does not matter.
fn content(document: &Value) -> Value {
    let value = |key: &str| document[key]["value"].clone();
    let list = |key: &str, fields: [&str; 2]| -> Vec<Value> {
        let rows = document[key].as_array().cloned().unwrap_or_default();
        rows.iter().map(|row| json!([row[fields[0]], row[fields[1]]])).collect()
    };
    json!({
        "agency": value("agency"),
        "district": value("district"),
        "province": value("province"),
        "year": value("year"),
        "rank": value("rank"),
        "total": document["total"]["published"],
        "level": document["level"]["published"],
        "indicators": list("indicators", ["name", "published"]),
        "instruments": list("instruments", ["name", "published"]),
        "questions": list("questions", ["code", "score"]),
    })
}

fn holds(facts: &Facts) {
    let env = TestEnv::new();
    std::fs::write(env.path("in.csv"), facts.csv()).unwrap();
    for (name, args) in [
        ("report.xlsx", &[] as &[&str]),
        ("thai.xlsx", &["--digits", "thai"]),
        ("publish.xlsx", &["--publish", "--titles-checked", "--digits", "arabic"]),
    ] {
        env.expect(0, ["in.csv", "-o", name].iter().chain(args));
    }
    let run = env.expect(0, ["inspect", "--json", "in.csv", "report.xlsx", "thai.xlsx", "publish.xlsx"]);
    let documents: Vec<Value> = serde_json::from_str(&run.stdout).unwrap();
    let input = content(&documents[0]);
    assert_eq!(input["agency"], facts.agency().as_str());
    for (document, name) in documents[1..].iter().zip(["report", "thai", "publish"]) {
        let content = content(document);
        let differing: Vec<_> = input.as_object().unwrap().iter().filter(|(key, own)| content[*key] != **own).collect();
        assert!(differing.is_empty(), "{name}: {differing:?}, not {content}");
    }
}

#[test]
fn what_was_not_published_stays_so() {
    for year in [2566, 2567, 2568] {
        let none = Facts {
            kind: 0,
            number: 7,
            place: true,
            year,
            total: None,
            level: None,
            rank: None,
            indicators: vec![None; 10],
            scores: (0..59).map(|index| Some(5012 + index * 37)).collect(),
        };
        holds(&none);
        let mut one = none.clone();
        one.indicators[3] = Some(6120);
        holds(&one);
        holds(&Facts { total: Some(6870), level: Some(2), ..none });
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_figure_of_any_agency_comes_back(facts in facts()) {
        holds(&facts);
    }
}
