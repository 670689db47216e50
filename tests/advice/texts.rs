//! The data files: complete, and written as their style sheet says.

use std::collections::BTreeSet;
use std::sync::Arc;

use indexmap::IndexMap;
use itasheet::advice::Advice;
use itasheet::assess::assess;
use itasheet::framework::{Framework, Instrument, QuestionCode};
use itasheet::plan::{Settings, plan};
use itasheet::recognise::{Answer, Submission};
use itasheet::{Decimal, Digits, Place};
use proptest::prelude::*;

fn framework() -> &'static Arc<Framework> {
    Framework::built_in(2567).unwrap()
}

fn advice() -> &'static Advice {
    Advice::built_in(2567).unwrap()
}

#[test]
fn the_framework_is_complete() {
    let framework = framework();
    assert_eq!(framework.questions.len(), 59);
    let counts = Instrument::ALL.map(|own| framework.questions.keys().filter(|code| code.instrument() == own).count());
    assert_eq!(counts, [15, 9, 35]);
    for (code, question) in &framework.questions {
        let indicators = framework.indicators.iter().filter(|own| own.all_questions().any(|inner| inner == *code));
        assert_eq!(indicators.count(), 1, "{code}");
        assert!(framework.issues_of(*code).count() >= 1, "{code}");
        assert!(!question.title.is_empty(), "{code}");
    }
    let weights: Decimal = framework.instruments.values().filter_map(|facts| facts.weight).sum();
    assert_eq!(weights, Decimal::ONE_HUNDRED);
    assert_eq!(framework.indicators.len(), 10);
    let printed: usize = framework.issues.iter().map(|issue| issue.questions.len()).sum();
    assert_eq!((framework.issues.len(), printed), (7, 60));
    let o15: QuestionCode = "o15".parse().unwrap();
    assert_eq!(framework.issues_of(o15).map(|issue| issue.number).collect::<Vec<_>>(), [5, 6]);
}

/// Every text with a name for messages.
fn texts() -> Vec<(String, &'static str)> {
    let advice = advice();
    let mut texts: Vec<(String, &str)> = Vec::new();
    for (code, question) in &advice.questions {
        texts.extend(question.finding.iter().map(|(grade, text)| (format!("{code} {grade}"), text.as_str())));
        for (name, list) in &question.recommend {
            texts.extend(list.iter().map(|text| (format!("{code} {name}"), text.as_str())));
        }
    }
    texts.extend(advice.maintain.iter().map(|(instrument, text)| (instrument.to_string(), text.as_str())));
    for measure in &advice.measures {
        let own = [&measure.title, &measure.output, &measure.success, &measure.evidence];
        texts.extend(own.into_iter().chain(&measure.steps).map(|text| (measure.id.clone(), text.as_str())));
    }
    texts
}

/// A vowel or a tone mark that sits above or below a consonant.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{0E31}' | '\u{0E34}'..='\u{0E3A}' | '\u{0E47}'..='\u{0E4E}')
}

#[test]
fn texts_are_spelled_as_the_style_sheet_says() {
    for (name, text) in texts() {
        assert!(!text.contains("  ") && text.trim() == text, "{name}: spaces in {text}");
        assert!(!text.contains("\u{0E4D}\u{0E32}") && !text.contains("เเ"), "{name}: split vowel in {text}");
        assert!(!text.contains(['\n', '"', '“', '”', '!', '\t']), "{name}: {text}");
        assert!(!text.ends_with('.'), "{name}: full stop in {text}");
        assert!(!text.chars().any(|c| ('๐'..='๙').contains(&c)), "{name}: Thai digit in {text}");
        let allowed = |c: char| c.is_ascii() || ('\u{0E01}'..='\u{0E5B}').contains(&c);
        assert!(text.chars().all(allowed), "{name}: odd character in {text}");
        let chars: Vec<char> = text.chars().collect();
        for pair in chars.windows(2) {
            assert!(!(is_mark(pair[0]) && pair[0] == pair[1]), "{name}: doubled mark in {text}");
            assert!(!(pair[0] == 'ๆ' && pair[1] != ' ' && pair[1] != ')'), "{name}: no space after ๆ in {text}");
            assert!(!(pair[1] == 'ๆ' && pair[0] != ' '), "{name}: no space before ๆ in {text}");
            let leading = |c: char| ('เ'..='ไ').contains(&c);
            assert!(!leading(pair[0]) || ('ก'..='ฮ').contains(&pair[1]), "{name}: stray vowel in {text}");
        }
    }
}

#[test]
fn every_latin_word_in_a_text_is_an_allowed_one() {
    const ALLOWED: [&str; 24] = [
        "ITA",
        "ITAS",
        "IIT",
        "EIT",
        "OIT",
        "E",
        "Service",
        "No",
        "Gift",
        "Policy",
        "Q",
        "A",
        "QR",
        "Code",
        "LINE",
        "Facebook",
        "Dos",
        "Don",
        "ts",
        "ts",
        "PDF",
        "Infographic",
        "OA",
        "Official",
    ];
    for (name, text) in texts() {
        for word in text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty()) {
            assert!(ALLOWED.contains(&word), "{name}: {word} in {text}");
        }
    }
}

#[test]
fn findings_and_recommendations_have_their_form_and_length() {
    for (code, question) in &advice().questions {
        for text in question.recommend.values().flatten() {
            assert!(text.starts_with("หน่วยงานควร"), "{code}: {text}");
            let length = text.chars().count();
            assert!((50..=230).contains(&length), "{code}: {length} characters: {text}");
        }
        for text in question.finding.values() {
            let length = text.chars().count();
            assert!((40..=190).contains(&length), "{code}: {length} characters: {text}");
            let opening = match code.instrument() {
                Instrument::Iit => text.starts_with("บุคลากรในหน่วยงาน"),
                Instrument::Eit => text.starts_with("ผู้รับบริการหรือผู้มาติดต่อราชการ"),
                Instrument::Oit => true,
            };
            assert!(opening, "{code}: {text}");
        }
    }
}

/// The words of a text as the segmenter finds them, without its opening.
fn words(text: &str) -> BTreeSet<&str> {
    let body = ["เห็นว่า ", "ระบุว่า "].iter().find_map(|mark| text.split_once(mark)).map_or(text, |(_, body)| body);
    let breaks = itasheet::typeset::Breaks::from_stored(itasheet::advice::STORED_BREAKS);
    let mut start = 0;
    let mut words = BTreeSet::new();
    for end in breaks.positions(body) {
        words.insert(body[start..end].trim());
        start = end;
    }
    words
}

#[test]
fn no_two_texts_of_different_questions_are_alike() {
    let advice = advice();
    let mut all: Vec<(QuestionCode, &str, BTreeSet<&str>)> = Vec::new();
    for (code, question) in &advice.questions {
        let own = question.finding.values().chain(question.recommend.values().flatten());
        all.extend(own.map(|text| (*code, text.as_str(), words(text))));
    }
    let mut alike = String::new();
    for (index, (code, text, own)) in all.iter().enumerate() {
        for (other, other_text, others) in all.iter().skip(index + 1).filter(|(other, _, _)| other != code) {
            let (shared, both) = (own.intersection(others).count(), own.len() + others.len());
            if shared * 20 > both * 7 {
                alike += &format!("\n{code} and {other} share {shared} words of {both}:\n{text}\n{other_text}");
            }
        }
    }
    assert!(alike.is_empty(), "{alike}");
}

fn submission(scores: &[u32]) -> Submission {
    let mut submission = Submission::default();
    for (code, hundredths) in framework().questions.keys().zip(scores) {
        let place = Place { sheet: "x".into(), cell: itasheet::read::CellRef::new(0, 0) };
        let answer = Answer {
            score: Some(Decimal::new(i64::from(*hundredths), 2)),
            raw: String::new(),
            parts: None,
            title: None,
            code_place: place,
            score_place: None,
            repeats: Vec::new(),
        };
        submission.answers.insert(*code, answer);
    }
    submission
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_weak_question_is_answered_and_every_score_has_words(
        scores in proptest::collection::vec(prop_oneof![Just(0u32), Just(10000), 0u32..=10000], 59),
        threshold in 0i64..=100,
    ) {
        let assessment = assess(&submission(&scores), framework(), Decimal::from(threshold));
        let units = IndexMap::new();
        let settings = Settings { agency: Some("เทศบาลตำบลตัวอย่าง"), units: &units, digits: Digits::Report };
        let plan = plan(&assessment, advice(), settings);
        let mut answered: BTreeSet<QuestionCode> = BTreeSet::new();
        for (issue, result) in plan.issues.iter().zip(&assessment.issues) {
            prop_assert!(!issue.measures.is_empty());
            answered.extend(issue.measures.iter().flat_map(|own| &own.answers).map(|(code, _)| *code));
            for (text, (instrument, codes)) in issue.texts.iter().zip(&result.groups) {
                prop_assert!(!text.paragraphs.is_empty(), "{instrument} {codes:?}");
                for code in codes.iter().filter(|code| assessment.status(**code) == itasheet::assess::Status::Weak) {
                    prop_assert!(text.about.contains(code) || assessment.score(*code) == Some(Decimal::ONE_HUNDRED));
                }
            }
        }
        for (code, question) in &assessment.questions {
            if question.status == itasheet::assess::Status::Weak {
                prop_assert!(answered.contains(code), "{code} is weak and no measure answers it");
            }
        }
    }
}

#[test]
fn grades_and_measures_leave_no_question_open() {
    let advice = advice();
    println!("question  grades");
    for (code, question) in &advice.questions {
        let grades: Vec<&str> = advice
            .grades
            .iter()
            .filter(|grade| grade.instruments.contains(&code.instrument()))
            .map(|grade| {
                assert!(question.finding.contains_key(&grade.id), "{code} has no text for {}", grade.id);
                grade.id.as_str()
            })
            .collect();
        println!("{:<9} {}", code.to_string(), grades.join(" "));
    }
    println!("issue  measures  questions answered by each");
    for issue in &framework().issues {
        let own: Vec<usize> =
            advice.measures_of(issue.number).filter(|m| !m.maintain).map(|m| m.answers.len()).collect();
        println!("{:<6} {:<9} {own:?}", issue.number, own.len());
        assert!(!own.is_empty());
    }
}
