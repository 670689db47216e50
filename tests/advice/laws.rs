//! Which laws the texts name, and what is known of each: a section, a clause or a year of a law stands in no text without a
//! source, and there is none at present.

use itasheet::advice::Advice;
use itasheet::framework::Topics;

use crate::support::project;

/// A section, a clause or a year as a text has it, and the public source in which it was seen. There is none: what laws ask for
/// is said in general words.
const SECTIONS: [(&str, &str); 0] = [];

/// A law by its name alone, and why it is named.
const LAWS: [(&str, &str); 3] = [
    (
        "กฎหมายว่าด้วยการจัดซื้อจัดจ้างและการบริหารพัสดุภาครัฐ",
        "the item on procurement notices rests on it, as a school's disclosure form of 2566 says (horwang.ac.th, O20)",
    ),
    (
        "กฎหมายว่าด้วยข้อมูลข่าวสารของราชการ",
        "its form is what the items of 2569 on monthly and yearly summaries ask for (rtrdasmartrailway/web-app-rtrda on GitHub, O11 and O12)",
    ),
    (
        "กฎหมายว่าด้วยการอำนวยความสะดวกในการพิจารณาอนุญาต",
        "no source was seen: its name only, nothing that it asks for is quoted as its words",
    ),
];

/// What begins a citation: what stands behind it is looked up in [`SECTIONS`] or [`LAWS`].
const NAMES: [&str; 5] = ["กฎหมายว่าด้วย", "ระเบียบว่าด้วย", "พระราชบัญญัติ", "พระราชกำหนด", "ประกาศคณะกรรมการ"];

/// The texts of the bank, the names of units and what is said of them, and the titles of topics.
fn texts() -> Vec<String> {
    let mut texts: Vec<String> = Advice::built_in().texts().map(str::to_owned).collect();
    let roles = std::fs::read_to_string(project().join("src/advice/roles.toml")).unwrap();
    texts.extend(roles.split('"').skip(1).step_by(2).map(str::to_owned));
    let topics = Topics::built_in();
    texts.extend(topics.keys().filter_map(|key| topics.topic(key)).map(|topic| topic.title.clone()));
    texts
}

/// Where a section, a clause or a year of a law begins.
fn sections(text: &str) -> Vec<&str> {
    let digits = |rest: &str| rest.trim_start().starts_with(|c: char| c.is_ascii_digit() || ('๐'..='๙').contains(&c));
    let numbered = ["มาตรา", "ข้อ", "วรรค", "หมวด"].into_iter().flat_map(|word| {
        text.match_indices(word).filter_map(move |(at, word)| digits(&text[at + word.len()..]).then_some(&text[at..]))
    });
    let named = ["พ.ศ.", "พ.ร.บ.", "พ.ร.ป.", "พ.ร.ก."].into_iter();
    numbered.chain(named.flat_map(|word| text.match_indices(word).map(|(at, _)| &text[at..]))).collect()
}

#[test]
fn every_section_clause_and_year_of_a_law_has_its_source() {
    for text in texts() {
        for cited in sections(&text) {
            assert!(SECTIONS.iter().any(|(section, _)| cited.starts_with(section)), "no source: {cited} in {text}");
        }
    }
    assert_eq!(sections("ตามมาตรา 9 และข้อ 213 ของระเบียบ พ.ศ. 2560").len(), 3, "the three would be found");
    assert!(sections("มาตรการ 2 ข้อ และข้อมูล").is_empty());
}

#[test]
fn every_law_that_is_named_is_known_by_that_name() {
    let texts = texts();
    for text in &texts {
        for (at, _) in NAMES.iter().flat_map(|name| text.match_indices(name)) {
            let cited = &text[at..];
            assert!(LAWS.iter().any(|(law, _)| cited.starts_with(law)), "not in the list: {cited} in {text}");
        }
    }
    for (law, source) in LAWS.iter().chain(&SECTIONS) {
        assert!(texts.iter().any(|text| text.contains(law)), "no text names {law}");
        assert!(source.len() > 20, "{law}: {source}");
    }
}
