//! What is known of each fiscal year, and how sure it is: for `framework list` and for the table of the README.

use crate::advice::Advice;
use crate::domain::language::Language;
use crate::framework::{Basis, Certainty, Framework, Instrument, QuestionCode, TitleKind};

/// What can be said of a year, with its name in both languages.
const FACTS: [(&str, &str); 6] = [
    ("รายการ OIT", "OIT items"),
    ("หัวข้อข้อคำถาม IIT และ EIT", "topics of IIT and EIT"),
    ("ประเด็น", "issues"),
    ("คำนวณตัวชี้วัด", "indicators recomputed"),
    ("คะแนนรวมและระดับ", "total and level"),
    ("บทวิเคราะห์และแผน", "analysis and plan"),
];

/// The names of the facts, in their order.
pub(crate) fn names(language: Language) -> [&'static str; 6] {
    FACTS.map(|(thai, english)| language.pick(thai, english))
}

/// The facts of a year, in their order.
pub(crate) fn facts(framework: &Framework, language: Language) -> [String; 6] {
    [
        titles(framework, TitleKind::Item, language),
        titles(framework, TitleKind::Topic, language),
        issues(framework, language),
        recomputed(framework, language),
        result(framework, language),
        report(framework, language),
    ]
}

/// All years as a Markdown table, oldest first.
pub fn table(language: Language) -> String {
    let head: Vec<String> =
        std::iter::once(language.pick("ปี", "year")).chain(names(language)).map(str::to_owned).collect();
    let years = Framework::all_built_in()
        .map(|framework| std::iter::once(framework.year.to_string()).chain(facts(framework, language)).collect());
    let mut text = String::new();
    super::line(&mut text, &head);
    super::line(&mut text, &vec!["---".to_owned(); head.len()]);
    years.for_each(|cells: Vec<String>| super::line(&mut text, &cells));
    text
}

/// How often each certainty occurs, the surest first: `3 confirmed, 32 recalled`.
fn counts(all: &[Certainty], language: Language) -> String {
    let counts = [Certainty::Confirmed, Certainty::Inferred, Certainty::Recalled]
        .map(|certainty| (all.iter().filter(|own| **own == certainty).count(), name(certainty, language)));
    let said = counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, name)| match language {
        Language::Thai => format!("{name} {count}"),
        Language::English => format!("{count} {name}"),
    });
    said.collect::<Vec<_>>().join(", ")
}

fn name(certainty: Certainty, language: Language) -> &'static str {
    match certainty {
        Certainty::Confirmed => language.pick("ยืนยันแล้ว", "confirmed"),
        Certainty::Inferred => language.pick("อนุมาน", "inferred"),
        Certainty::Recalled => language.pick("จากความจำ", "recalled"),
    }
}

/// Titles and topics of the questions of instruments whose titles are of a kind.
fn titles(framework: &Framework, kind: TitleKind, language: Language) -> String {
    let is_of =
        |code: &QuestionCode| framework.instruments.get(&code.instrument()).is_some_and(|own| own.titles == kind);
    let all = framework.questions.iter().filter(|(code, _)| is_of(code)).map(|(_, question)| question);
    let known = all.clone().filter(|question| !question.title.is_empty());
    let known: Vec<Certainty> = known.map(|question| question.certainty).collect();
    let said = if known.is_empty() {
        language.pick("ไม่ทราบ", "not known").to_owned()
    } else {
        counts(&known, language)
    };
    format!("{}: {said}", all.count())
}

fn issues(framework: &Framework, language: Language) -> String {
    match framework.issues.len() {
        0 => language.pick("ไม่ทราบ", "not known").to_owned(),
        count => {
            let least = framework.issues.iter().map(|issue| issue.certainty).max().unwrap_or_default();
            format!("{count}: {}", name(least, language))
        }
    }
}

/// The indicators that are recomputed, with how sure it is that these questions make them up.
fn recomputed(framework: &Framework, language: Language) -> String {
    let of = |certainty| {
        let is_its = |basis| matches!(basis, Basis::Questions | Basis::SubIndicators);
        let own = framework.indicators.iter().filter(|own| is_its(own.basis) && own.certainty == certainty);
        let numbers: Vec<u8> = own.map(|indicator| indicator.number).collect();
        (!numbers.is_empty()).then(|| format!("{}: {}", runs(&numbers), name(certainty, language)))
    };
    let said: Vec<String> =
        [Certainty::Confirmed, Certainty::Inferred, Certainty::Recalled].into_iter().filter_map(of).collect();
    if said.is_empty() { language.pick("ไม่คำนวณ", "none").to_owned() } else { said.join(", ") }
}

/// Numbers in words: `1-5, 9`.
fn runs(numbers: &[u8]) -> String {
    let runs = numbers.chunk_by(|a, b| a + 1 == *b).map(|run| match run {
        [first, .., last] => format!("{first}-{last}"),
        single => single.iter().map(u8::to_string).collect(),
    });
    runs.collect::<Vec<_>>().join(", ")
}

/// By which weights the total is made, and whether there is a rule for the level.
fn result(framework: &Framework, language: Language) -> String {
    let weights = Instrument::ALL.map(|instrument| framework.instruments.get(&instrument).and_then(|own| own.weight));
    let total = match weights.into_iter().collect::<Option<Vec<_>>>() {
        Some(weights) => {
            let weights: Vec<String> = weights.iter().map(ToString::to_string).collect();
            let least = framework.instruments.values().map(|own| own.certainty).max().unwrap_or_default();
            format!("{}: {}", weights.join("/"), name(least, language))
        }
        None => language.pick("คะแนนรวมตามที่ประกาศ", "total as published").to_owned(),
    };
    let level = match framework.level_rule {
        Some(certainty) => format!("{}: {}", language.pick("เกณฑ์ระดับ", "rule of levels"), name(certainty, language)),
        None => language.pick("ระดับตามที่ประกาศ", "level as published").to_owned(),
    };
    format!("{total}; {level}")
}

fn report(framework: &Framework, language: Language) -> String {
    let all: Vec<QuestionCode> = framework.issues.iter().flat_map(|issue| issue.questions.iter().copied()).collect();
    let told = all.iter().filter(|code| Advice::built_in().is_about(framework, **code)).count();
    match (told, framework.draft) {
        (0, _) => language.pick("ไม่มี", "none").to_owned(),
        (told, _) if told < all.len() => match language {
            Language::Thai => format!("{told} จาก {} ข้อ", all.len()),
            Language::English => format!("of {told} of {} questions", all.len()),
        },
        (_, true) => language.pick("ร่างจนกว่าจะตรวจหัวข้อ", "draft until topics are checked").to_owned(),
        (_, false) => language.pick("ทุกข้อ", "of all questions").to_owned(),
    }
}
