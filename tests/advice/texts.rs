//! The data files: complete, and written as their style sheet says.

use std::collections::BTreeMap;
use std::sync::Arc;

use itasheet::Decimal;
use itasheet::advice::Advice;
use itasheet::framework::{Framework, Instrument, QuestionCode, Topics};

fn framework() -> &'static Arc<Framework> {
    Framework::built_in(2567).unwrap()
}

fn advice() -> &'static Advice {
    Advice::built_in()
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
    assert_eq!((framework.issues.len(), printed), (7, 59));
    let o15: QuestionCode = "o15".parse().unwrap();
    assert_eq!(framework.issues_of(o15).map(|issue| issue.number).collect::<Vec<_>>(), [5]);
}

/// Every text with a name for messages.
pub fn texts() -> Vec<(String, &'static str)> {
    let advice = advice();
    let mut texts: Vec<(String, &str)> = Vec::new();
    for (key, topic) in &advice.topics {
        texts.extend(topic.finding.iter().map(|(grade, text)| (format!("{key} {grade}"), text.as_str())));
        for action in &topic.actions {
            for local in [false, true] {
                let (recommend, step) = action.words(local);
                texts.push((format!("{key} {}", action.when), recommend));
                texts.push((format!("{key} {} step", action.when), step));
            }
        }
        for urgent in topic.urgent.iter() {
            let single = [&urgent.recommend, &urgent.title, &urgent.output, &urgent.success];
            let all = single.into_iter().chain(&urgent.steps);
            texts.extend(all.map(|text| (format!("{key} urgent"), text.as_str())));
        }
    }
    for (key, indicator) in &advice.indicators {
        let all = [&indicator.finding, &indicator.recommend, &indicator.step];
        texts.extend(all.into_iter().map(|text| (key.clone(), text.as_str())));
    }
    for measure in &advice.measures {
        let single = [&measure.title, &measure.end, &measure.output, &measure.success];
        let all = single.into_iter().chain(&measure.keep).chain(&measure.begin);
        texts.extend(all.map(|text| (measure.id.clone(), text.as_str())));
    }
    let phrases = &advice.phrases;
    let single = [
        &phrases.lead_in,
        &phrases.lead_in_one,
        &phrases.lead_in_oit,
        &phrases.lead_in_oit_one,
        &phrases.caution,
        &phrases.second_phase,
        &phrases.urgent_period,
        &phrases.no_scores,
        &phrases.no_texts,
        &phrases.no_measures,
    ];
    let keep = phrases.keep.values().flat_map(|variants| variants.iter());
    texts.extend(single.into_iter().map(String::as_str).chain(keep).map(|text| ("phrases".to_owned(), text)));
    texts
}

#[test]
fn every_topic_has_a_title_and_every_title_a_topic() {
    let topics: Vec<&str> = Topics::built_in().keys().collect();
    let written: Vec<&str> = advice().topics.keys().map(String::as_str).collect();
    assert_eq!(topics, written);
    for framework in Framework::all_built_in() {
        for (code, question) in &framework.questions {
            if let Some(topic) = &question.topic {
                assert!(topics.contains(&topic.as_str()), "{framework} {code}: {topic}");
            }
        }
    }
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
        assert!(!text.trim_end_matches("ป.ป.ช.").ends_with('.'), "{name}: full stop in {text}");
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
        let text = text.replace("{questions}", "");
        for word in text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty()) {
            assert!(ALLOWED.contains(&word), "{name}: {word} in {text}");
        }
    }
}

#[test]
fn texts_are_as_long_as_their_place_allows() {
    let between = |name: &str, text: &str, least: usize, most: usize| {
        let length = text.chars().count();
        assert!((least..=most).contains(&length), "{name}: {length} characters, {least} to {most}: {text}");
    };
    for (key, topic) in &advice().topics {
        topic.finding.values().for_each(|text| between(key, text, 35, 190));
        for action in &topic.actions {
            for (recommend, step) in [action.words(false), action.words(true)] {
                between(key, recommend, 25, 175);
                between(key, step, 20, 120);
            }
        }
        topic.urgent.iter().for_each(|urgent| between(key, &urgent.title, 20, 105));
    }
    for measure in &advice().measures {
        between(&measure.id, &measure.title, 20, 105);
        measure.keep.iter().for_each(|text| between(&measure.id, text, 20, 105));
        measure.begin.iter().chain([&measure.end]).for_each(|text| between(&measure.id, text, 20, 120));
        between(&measure.id, &measure.output, 20, 105);
        between(&measure.id, &measure.success, 20, 120);
    }
}

#[test]
fn a_finding_reports_and_never_orders_or_counts() {
    // What a mean cannot say: how many people; and what belongs to a recommendation.
    const NEVER: [&str; 10] =
        ["ควร", "ต้อง", "จำนวนมาก", "บางราย", "ส่วนหนึ่งเห็น", "เพียงส่วนน้อย", "ร้อยละ", "หลายราย", "บางคน", "โดยเร็ว"];
    let topics = advice().topics.iter().flat_map(|(key, topic)| topic.finding.values().map(move |text| (key, text)));
    let indicators = advice().indicators.iter().map(|(key, texts)| (key, &texts.finding));
    for (key, text) in topics.chain(indicators) {
        for word in NEVER {
            assert!(!text.replace("ถูกต้อง", "").contains(word), "{key}: {word} in {text}");
        }
        assert!(!text.chars().any(|c| c.is_ascii_digit()), "{key}: a number in {text}");
    }
}

#[test]
fn a_recommendation_is_a_bare_item_below_one_lead_in() {
    for (key, topic) in &advice().topics {
        for action in &topic.actions {
            for text in [action.words(false), action.words(true)].into_iter().flat_map(<[&str; 2]>::from) {
                assert!(!text.starts_with("หน่วยงาน"), "{key}: {text}");
            }
        }
    }
}

#[test]
fn no_text_cites_a_section_a_year_or_a_question() {
    for (name, text) in texts() {
        for word in ["มาตรา ", "พ.ศ.", "พ.ร.บ.", "ข้อ i", "ข้อ e", "ข้อ o", "พระราชบัญญัติ", "25"]
        {
            assert!(!text.contains(word), "{name}: {word} in {text}");
        }
    }
}

#[test]
fn no_text_asks_for_papers_of_a_past_date_or_settles_a_crime_by_paying_back() {
    for (name, text) in texts() {
        assert!(!text.contains("ย้อนหลัง"), "{name}: {text}");
        assert!(!text.contains("เรียกเงินคืน") || text.contains("ดำเนินการทางวินัยและตามกฎหมาย"), "{name}: {text}");
    }
}

#[test]
fn fact_finding_never_looks_at_who_answered() {
    let urgent: Vec<_> =
        advice().topics.iter().filter_map(|(key, topic)| Some((key, topic.urgent.as_ref()?))).collect();
    assert_eq!(urgent.len(), 5);
    for (key, urgent) in urgent {
        let last = urgent.steps.last().map(String::as_str).unwrap_or_default();
        assert!(last.contains("ห้ามสืบหาหรือดำเนินการใดต่อผู้ตอบแบบวัด"), "{key}");
        let length: usize = urgent.steps.iter().chain([&urgent.title]).map(|text| text.chars().count()).sum();
        assert!(length <= 450, "{key}: {length}");
    }
}

#[test]
fn no_sentence_stands_in_two_topics() {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for (key, topic) in &advice().topics {
        for text in topic
            .actions
            .iter()
            .map(|action| action.recommend.as_str())
            .chain(topic.finding.values().map(String::as_str))
        {
            if let Some(other) = seen.insert(text, key) {
                assert_eq!(other, key, "{text}");
            }
        }
    }
}
