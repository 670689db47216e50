//! Every year that an officer holds: what a result of 2566, 2568 or 2569 gives, and which year a file is of.

use std::collections::BTreeMap;

use itasheet::framework::{Framework, QuestionCode, Topics};
use itasheet::plan::Subject;
use itasheet::{Cause, Config, Report};

use crate::support::reports::{cause, one};
use crate::support::years::{Result, asked, varied};
use crate::support::{TestEnv, finding_codes};

/// The title of an item, or what a survey asks in other words than ours.
fn in_other_words(code: QuestionCode, title: &str) -> String {
    asked(code).map_or_else(|| title.to_owned(), str::to_owned)
}

fn codes_of(report: &Report) -> Vec<String> {
    report.assessment.findings.iter().map(|finding| finding.code.to_string()).collect()
}

#[test]
fn questions_in_other_words_than_ours_confirm_the_topics_and_the_draft_mark_is_gone() {
    for year in [2568, 2569] {
        let env = TestEnv::new();
        let result = Result { year, total: "90.63", level: "ผ่าน", ..Result::default() };
        let report = one(&result.scores(varied), &Config::default());
        assert!(report.draft && codes_of(&report).contains(&"topics-unconfirmed".to_owned()), "{year}");
        // Our own titles, as a template has them, confirm nothing.
        let report = one(&result.table(|_, question| question.title.clone(), varied), &Config::default());
        assert!(report.draft, "{year}");
        let table = result.table(|code, question| in_other_words(code, &question.title), varied);
        let report = one(&table, &Config::default());
        assert!(!report.draft && !codes_of(&report).contains(&"topics-unconfirmed".to_owned()), "{year}");
        assert!(!codes_of(&report).contains(&"title-of-other-topic".to_owned()), "{year}: {:?}", codes_of(&report));
        std::fs::write(env.path("in.csv"), table).unwrap();
        env.expect(0, ["in.csv", "-o", "out.xlsx", "-o", "out.docx", "--publish"]);
        // One question of the surveys without its own title is enough for a draft.
        let title = |code: QuestionCode, title: &str| {
            if code.to_string() == "e5" { String::new() } else { in_other_words(code, title) }
        };
        assert!(one(&result.table(|code, question| title(code, &question.title), varied), &Config::default()).draft);
    }
}

#[test]
fn the_level_of_2568_follows_its_instruments_and_is_said_to_be_inferred() {
    // A total of 92.43 with every instrument from 85, and one of 94.64 with a lower external survey.
    let cases = [
        (2567, "92.43", "", [92.0, 92.0, 92.0, 92.0, 92.0, 88.0, 88.0, 88.0, 96.0, 96.0], "ผ่านดี", None),
        (
            2568,
            "94.64",
            "",
            [98.0, 98.0, 98.0, 98.0, 98.0, 84.0, 84.0, 84.0, 100.0, 100.0],
            "ผ่าน",
            Some("level-inferred"),
        ),
        (2568, "94.64", "ผ่าน", [98.0, 98.0, 98.0, 98.0, 98.0, 84.0, 84.0, 84.0, 100.0, 100.0], "ผ่าน", None),
        (
            2568,
            "94.64",
            "ผ่านดี",
            [98.0, 98.0, 98.0, 98.0, 98.0, 84.0, 84.0, 84.0, 100.0, 100.0],
            "ผ่าน",
            Some("level-differs-from-inferred"),
        ),
    ];
    for (year, total, level, indicators, computed, finding) in cases {
        let report = one(&Result { year, total, level, indicators }.scores(varied), &Config::default());
        assert_eq!(report.assessment.level.computed.as_deref(), Some(computed), "{year} {level}");
        assert_eq!(report.assessment.total.published.map(|total| total.to_string()).as_deref(), Some(total));
        let codes = codes_of(&report);
        let found: Vec<&str> = codes.iter().map(String::as_str).filter(|code| code.starts_with("level")).collect();
        assert_eq!(found, finding.into_iter().collect::<Vec<_>>(), "{year} {level}");
    }
    // Of 2569 nothing is computed.
    let report = one(&Result { year: 2569, ..Result::default() }.scores(varied), &Config::default());
    assert!(report.assessment.level.computed.is_none() && report.assessment.total.computed.is_none());
    assert!(report.assessment.instruments.values().all(|figure| figure.computed.is_none()));
    assert!(report.assessment.indicators.iter().all(|result| result.figure.computed.is_none()));
}

#[test]
fn items_of_2566_have_the_texts_of_their_topics_and_its_surveys_are_scores() {
    let report = one(&Result { year: 2566, ..Result::default() }.scores(varied), &Config::default());
    assert!(!report.draft);
    let codes = codes_of(&report);
    for code in ["issues-inferred", "question-without-text"] {
        assert!(codes.contains(&code.to_owned()), "{code}: {codes:?}");
    }
    let framework = Framework::built_in(2566).unwrap();
    let mut spoken = 0;
    for issue in &report.plan.issues {
        for row in issue.texts.iter().flat_map(|text| &text.rows) {
            let Subject::Question(code) = row.subject else { panic!("{:?}", row.subject) };
            let weak = report.assessment.score(code).is_some_and(|score| score < framework.threshold);
            assert_eq!(!row.finding.is_empty(), weak && framework.topic(code).is_some(), "{code}");
            spoken += usize::from(!row.finding.is_empty());
        }
        // Every text below names what has none, and every issue has a measure or says why not.
        assert_eq!(issue.measures.is_empty(), issue.no_measures.is_some(), "{}", issue.number);
    }
    assert_eq!(spoken, 3);
    let without = report.plan.issues.iter().filter(|issue| issue.no_measures.is_some());
    assert_eq!(without.map(|issue| issue.number).collect::<Vec<_>>(), [4]);
    let notes = report.plan.issues.iter().flat_map(|issue| &issue.texts).filter_map(|text| text.note.as_ref());
    let notes: Vec<&String> = notes.filter(|note| note.contains("แสดงเฉพาะคะแนน")).collect();
    assert!(notes.iter().any(|note| note.starts_with("ข้อ i19-i24 ")), "{notes:?}");
}

#[test]
fn the_same_score_under_the_same_topic_gives_the_same_text_in_every_year() {
    let mut said: BTreeMap<(String, String), (u16, String)> = BTreeMap::new();
    let mut compared = 0;
    for framework in Framework::all_built_in() {
        for score in [0.0, 30.0, 60.0, 75.0, 84.0, 92.0] {
            let result = Result { year: framework.year, total: "80.00", ..Result::default() };
            let report = one(&result.scores(|_| score), &Config::default());
            for row in report.plan.issues.iter().flat_map(|issue| &issue.texts).flat_map(|text| &text.rows) {
                let Subject::Question(code) = row.subject else { continue };
                // Something is said of what does not fall short only where a measure builds on it.
                let Some(topic) = framework.topic(code).filter(|_| !row.finding.is_empty()) else { continue };
                let key = (topic.to_owned(), score.to_string());
                let (year, text) = said.entry(key).or_insert_with(|| (framework.year, row.finding.clone()));
                assert_eq!(*text, row.finding, "{topic} at {score} in {year} and {framework}");
                compared += usize::from(*year != framework.year);
            }
        }
    }
    assert!(compared > 300, "{compared}");
}

/// The codes that a text names.
fn named(text: &str) -> impl Iterator<Item = QuestionCode> + '_ {
    text.split(|c: char| !c.is_ascii_alphanumeric()).filter_map(|word| word.parse().ok())
}

#[test]
fn no_text_names_an_item_of_another_year() {
    for text in itasheet::advice::Advice::built_in().texts() {
        assert_eq!(named(text).next(), None, "{text}");
    }
    for framework in Framework::all_built_in() {
        // Long titles can be told from words of every day; what this year asks for too, in other words, is its own.
        let has = |topic: &str| {
            framework
                .questions
                .values()
                .any(|own| own.topic.as_deref().is_some_and(|own| Topics::built_in().are_akin(own, topic)))
        };
        let others = Framework::all_built_in().flat_map(|other| other.questions.values());
        let others = others.filter(|other| other.topic.as_deref().is_some_and(|topic| !has(topic)));
        let others: Vec<&String> =
            others.map(|other| &other.title).filter(|title| title.chars().count() >= 12).collect();
        assert!(!others.is_empty(), "{framework}");
        for score in [0.0, 60.0, 92.0, 100.0] {
            let result = Result { year: framework.year, total: "80.00", ..Result::default() };
            let report = one(&result.scores(|_| score), &Config::default());
            for issue in &report.plan.issues {
                let rows = issue.texts.iter().flat_map(|text| &text.rows);
                let rows = rows.flat_map(|row| row.recommendations.iter().chain([&row.finding]));
                let notes = issue.texts.iter().filter_map(|text| text.note.as_ref());
                let measures = issue.measures.iter().flat_map(|own| {
                    let steps = own.steps.iter().map(|step| &step.text);
                    steps.chain([&own.title, &own.output, &own.success]).collect::<Vec<_>>()
                });
                for text in rows.chain(notes).chain(measures) {
                    for code in named(text) {
                        assert!(framework.questions.contains_key(&code), "{framework}: {text}");
                    }
                    let other = others.iter().find(|title| text.contains(title.as_str()));
                    assert_eq!(other, None, "{framework}: {text}");
                }
            }
        }
    }
}

/// A result of 2568 with the titles of its items, as far as a code, under a title that names a year.
fn under(named: u16, last: u8) -> String {
    let table = Result::default().table(|code, question| in_other_words(code, &question.title), varied);
    let table = table.replacen("พ.ศ. 2568", &format!("พ.ศ. {named}"), 1);
    let is_kept = |line: &&str| {
        let number =
            line.strip_prefix('o').and_then(|rest| rest.split(',').next()).and_then(|text| text.parse::<u8>().ok());
        number.is_none_or(|number| number <= last)
    };
    table.lines().filter(is_kept).map(|line| format!("{line}\n")).collect()
}

#[test]
fn a_year_that_the_items_titles_exclude_is_refused_with_both_years_named() {
    let config = |year: Option<u16>, force_year: bool| {
        let mut config = Config::default();
        (config.hints.year, config.hints.force_year) = (year, force_year);
        config
    };
    // The codes may be of either year: only the titles tell.
    let table = under(2567, 20);
    for given in [None, Some(2567)] {
        let cause = cause(table.as_bytes(), &config(given, false));
        assert!(matches!(cause, Cause::WrongYearByTitles { year: 2567, other: 2568, .. }), "{given:?}: {cause:?}");
    }
    let year = |config: &Config| one(&table, config).assessment.framework.year;
    assert_eq!(year(&config(Some(2568), false)), 2568);
    assert_eq!(year(&config(Some(2567), true)), 2567);
    // Where no year is named the titles tell it.
    let nameless = table.replacen(" ประจำปีงบประมาณ พ.ศ. 2567", "", 1);
    assert_eq!(one(&nameless, &Config::default()).assessment.framework.year, 2568);
    // The titles of its own year exclude none.
    assert_eq!(one(&under(2568, 28), &Config::default()).assessment.framework.year, 2568);
}

#[test]
fn a_title_of_another_item_wins_and_is_said() {
    let other = "แผนปฏิบัติการป้องกันการทุจริต";
    let title = |code: QuestionCode, title: &str| {
        if code.to_string() == "o13" { other.to_owned() } else { in_other_words(code, title) }
    };
    let report =
        one(&Result::default().table(|code, question| title(code, &question.title), |_| 0.0), &Config::default());
    let findings =
        report.assessment.findings.iter().filter(|finding| finding.code.to_string() == "title-of-other-topic");
    let items: Vec<(&str, &str)> = findings.map(|finding| (finding.item.as_str(), finding.found.as_str())).collect();
    assert_eq!(items, [("o13", other)]);
    assert_eq!(report.assessment.framework.topic("o13".parse().unwrap()), Some("prevention-plan"));
    // The parts of an item are no other item: an agency may still call it by its old name.
    let title = |code: QuestionCode, title: &str| {
        if code.to_string() == "o1" { "โครงสร้าง".to_owned() } else { in_other_words(code, title) }
    };
    let report =
        one(&Result::default().table(|code, question| title(code, &question.title), varied), &Config::default());
    assert!(!codes_of(&report).contains(&"title-of-other-topic".to_owned()));
}

#[test]
fn everything_that_is_known_of_a_year_carries_how_sure_it_is() {
    let sure = |value: &toml::Value| {
        value
            .get("certainty")
            .and_then(toml::Value::as_str)
            .is_some_and(|own| ["confirmed", "inferred", "recalled"].contains(&own))
    };
    for framework in Framework::all_built_in() {
        let file: toml::Table = toml::from_str(Framework::text_of(framework.year).unwrap()).unwrap();
        let table = |name: &str| file[name].as_table().unwrap().iter();
        let list = |name: &str| file[name].as_array().unwrap().iter();
        for (code, question) in table("questions") {
            assert!(sure(question), "{framework} {code}");
        }
        for (name, instrument) in table("instruments") {
            assert!(sure(instrument), "{framework} {name}");
        }
        for own in list("indicators").chain(list("issues")) {
            assert!(sure(own), "{framework} {own}");
            let parts = own.get("sub_indicators").and_then(toml::Value::as_array);
            assert!(parts.into_iter().flatten().all(sure), "{framework} {own}");
        }
        if let Some(feeds) = file.get("feeds") {
            assert!(sure(feeds), "{framework}");
        }
        assert!(framework.level_rule.is_some() || !file.contains_key("level_rule"), "{framework}");
        // What is printed of a later year was seen there.
        let seen = framework.feeds.as_ref().is_some_and(|feeds| feeds.year == framework.year + 1);
        assert!(seen || framework.document.is_empty(), "{framework}");
    }
}

#[test]
fn framework_list_tells_what_is_known_of_each_year_and_how_sure() {
    let env = TestEnv::new();
    for (language, words) in [
        ("en", ["confirmed", "inferred", "recalled", "as published"]),
        ("th", ["ยืนยันแล้ว", "อนุมาน", "จากความจำ", "ตามที่ประกาศ"]),
    ] {
        let list = env.expect(0, ["framework", "list", "--lang", language]).stdout;
        for framework in Framework::all_built_in() {
            let lines: Vec<&str> =
                list.lines().skip_while(|line| *line != framework.short_name).skip(1).take(6).collect();
            assert!(
                lines.len() == 6 && lines.iter().all(|line| line.starts_with("  ") && line.contains(": ")),
                "{list}"
            );
        }
        words.iter().for_each(|word| assert!(list.contains(word), "{word}: {list}"));
    }
}

#[test]
fn the_form_of_the_next_item_is_a_note_and_on_no_published_page() {
    let env = TestEnv::new();
    std::fs::write(env.path("in.csv"), Result::default().scores(varied)).unwrap();
    let document = env.inspect(&["in.csv"]);
    let note = document["findings"].as_array().unwrap().iter().find(|own| own["code"] == "form-unseen").unwrap();
    assert_eq!((note["severity"].as_str(), note["item"].as_str()), (Some("note"), Some("o25")));
    env.expect(0, ["in.csv", "-o", "out.xlsx", "--publish", "--titles-checked"]);
    let mut archive = zip::ZipArchive::new(std::fs::File::open(env.path("out.xlsx")).unwrap()).unwrap();
    for index in 0..archive.len() {
        let text = std::io::read_to_string(archive.by_index(index).unwrap()).unwrap_or_default();
        assert!(!text.contains("ยังไม่เคยเห็นแบบ"));
    }
    assert!(finding_codes(&document).contains(&"issues-inferred".to_owned()));
}
