//! What the words of a header say about the numbers below it: the rules of `headers.toml`.

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use rust_decimal::Decimal;
use serde::Deserialize;

use crate::domain::embedded::{self, embedded};
use crate::domain::language::Texts;
use crate::recognise::submission::Evidence;
use crate::recognise::vocabulary::Wording;

/// What the numbers of a column are, where they are no scores.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct OtherNumbers {
    thai: String,
    english: String,
}

/// A rule of `headers.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    name: String,
    points: i32,
    words: Vec<String>,
    #[serde(default)]
    exact: Vec<String>,
    #[serde(default)]
    full: Vec<String>,
    #[serde(default)]
    explains: bool,
    #[serde(default)]
    orders: bool,
    #[serde(default)]
    sheets: bool,
    #[serde(default)]
    named: Vec<String>,
    other: Option<OtherNumbers>,
}

/// Numbers that are no scores whatever their header says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NamedNumbers {
    name: String,
    thai: String,
    english: String,
}

/// What numbers look like, and what that says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Look {
    name: String,
    points: i32,
    #[serde(default)]
    share: bool,
    #[serde(default)]
    leans: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    #[serde(rename = "rule")]
    rules: Vec<Rule>,
    #[serde(rename = "look")]
    looks: Vec<Look>,
    numbers: Vec<NamedNumbers>,
}

fn all_rules() -> &'static Rules {
    static RULES: OnceLock<Rules> = OnceLock::new();
    RULES.get_or_init(|| embedded::read(embedded!("recognise/headers")))
}

fn rules() -> &'static [Rule] {
    &all_rules().rules
}

/// What numbers of this kind are called; a test holds that each kind is named.
pub(in crate::recognise) fn numbers(name: &str) -> Texts {
    let known = all_rules().numbers.iter().find(|numbers| numbers.name == name);
    known.map_or_else(
        || Texts::in_both(|_| name.to_owned()),
        |numbers| Texts { th: numbers.thai.clone(), en: numbers.english.clone() },
    )
}

/// The evidence of a look that `part` of `all` rows have; none where none has.
pub(in crate::recognise) fn look(name: &str, part: usize, all: usize) -> Option<Evidence> {
    let look = all_rules().looks.iter().find(|look| look.name == name)?;
    let whole = |count: usize| i32::try_from(count).unwrap_or(i32::MAX / 200);
    let points = match (look.share, part) {
        (_, 0) => 0,
        (true, part) => look.points * whole(part) / whole(all.max(1)),
        (false, _) => look.points,
    };
    (points != 0).then(|| Evidence { rule: name.to_owned(), points })
}

/// Whether evidence is of what numbers look like, and not of words.
pub(in crate::recognise) fn is_look(rule: &str) -> bool {
    all_rules().looks.iter().any(|look| look.name == rule)
}

/// Whether evidence only leans: scores and other numbers can both be so.
pub(in crate::recognise) fn leans(rule: &str) -> bool {
    all_rules().looks.iter().any(|look| look.leans && look.name == rule)
}

/// What a header's words say, each rule by its name.
#[derive(Debug, Clone, Default)]
pub(in crate::recognise) struct HeaderWords {
    /// The rules that speak, with their points.
    pub evidence: Vec<Evidence>,
    /// What the numbers are instead of scores.
    pub other: Option<Texts>,
    /// Whether a word for scores stands in it.
    pub names_scores: bool,
    /// The points of the rules that tell scores from other numbers, without those that only order columns of scores.
    pub kind_points: i32,
}

impl HeaderWords {
    /// What the name of a sheet says against its numbers being the result.
    pub fn of_sheet(name: &str) -> Self {
        let wording = Wording::new(name);
        let spoken = Spoken::new(&wording);
        let mut found = Self::default();
        for (_, rule) in rules().iter().enumerate().filter(|(at, rule)| rule.speaks_of_sheet(*at, &spoken)) {
            found.evidence.push(Evidence { rule: rule.name.clone(), points: rule.points });
            if let (Some(other), None) = (&rule.other, &found.other) {
                found.other = Some(Texts { th: other.thai.clone(), en: other.english.clone() });
            }
        }
        found
    }

    /// Holds a header against every rule; `most` is the highest number of its column, where that is known.
    pub fn new(wording: &Wording, most: Option<Decimal>) -> Self {
        let spoken = Spoken::new(wording);
        let mut found = Self::default();
        for (at, rule) in rules().iter().enumerate() {
            if (rule.other.is_some() && found.other.is_some()) || !rule.speaks(at, &spoken, most) {
                continue;
            }
            found.evidence.push(Evidence { rule: rule.name.clone(), points: rule.points });
            if !rule.orders {
                found.kind_points += rule.points;
            }
            found.names_scores |= rule.name == SCORE_WORD;
            if let Some(other) = &rule.other {
                found.other = Some(Texts { th: other.thai.clone(), en: other.english.clone() });
            }
        }
        found
    }
}

/// The rule that tells scores.
pub(in crate::recognise) const SCORE_WORD: &str = "score-word";

/// A header with the rules of which a word stands in it.
struct Spoken<'a> {
    wording: &'a Wording,
    rules: BTreeSet<usize>,
    /// The same without the brackets that explain the scores, where it has such.
    unexplained: Option<(Wording, BTreeSet<usize>)>,
}

impl<'a> Spoken<'a> {
    fn new(wording: &'a Wording) -> Self {
        let unexplained = unexplained(wording).map(|bare| {
            let rules = rules_in(&bare);
            (bare, rules)
        });
        Self { wording, rules: rules_in(wording), unexplained }
    }
}

/// All words of all rules by their first letters, each with its rule: quicker to be made than a searcher, which a single
/// file's few headers would not pay for.
type WordRules = HashMap<char, Vec<(&'static str, usize)>>;

/// The rules of which a word stands in a header.
fn rules_in(wording: &Wording) -> BTreeSet<usize> {
    static WORDS: OnceLock<WordRules> = OnceLock::new();
    let known = WORDS.get_or_init(|| {
        let mut known = WordRules::new();
        for (at, rule) in rules().iter().enumerate() {
            for word in &rule.words {
                known.entry(word.chars().next().unwrap_or_default()).or_default().push((word, at));
            }
        }
        known
    });
    let key = wording.key();
    let mut found = BTreeSet::new();
    for (place, first) in key.char_indices() {
        let rest = key.get(place..).unwrap_or_default();
        let words = known.get(&first).into_iter().flatten();
        let here = words
            .filter(|(word, rule)| !found.contains(rule) && rest.starts_with(word) && wording.stands_at(place, word));
        let rules: Vec<usize> = here.map(|(_, rule)| *rule).collect();
        found.extend(rules);
    }
    found
}

impl Rule {
    fn speaks_of_sheet(&self, at: usize, name: &Spoken<'_>) -> bool {
        self.named.iter().any(|named| named == name.wording.key()) || (self.sheets && self.speaks(at, name, None))
    }

    fn speaks(&self, at: usize, header: &Spoken<'_>, most: Option<Decimal>) -> bool {
        let key = header.wording.key();
        let bare = key.split_once('(').map_or(key, |(before, _)| before);
        let unexplained = header.unexplained.as_ref().filter(|_| self.explains);
        let spoken = unexplained.map_or(&header.rules, |(_, rules)| rules);
        self.exact.iter().any(|exact| exact == key || (!bare.is_empty() && exact == bare))
            || spoken.contains(&at)
            || self
                .full
                .iter()
                .any(|word| full_mark(key, word).is_some_and(|full| most.is_none_or(|most| most <= full)))
    }
}

/// A header of scores without its brackets, where a number in them explains the scores; nothing where it has none such.
fn unexplained(wording: &Wording) -> Option<Wording> {
    let (before, rest) = wording.key().split_once('(')?;
    let (inside, behind) = rest.split_once(')').unwrap_or((rest, ""));
    let names_scores = score_words().any(|word| before.contains(word));
    (names_scores && inside.bytes().any(|byte| byte.is_ascii_digit()))
        .then(|| Wording::new(&format!("{before}{behind}")))
}

/// The full mark below 100 that a header names behind a word: `คะแนนเต็ม 5`, `คะแนน (10)`.
fn full_mark(key: &str, word: &str) -> Option<Decimal> {
    key.match_indices(word).find_map(|(at, _)| {
        let rest = key.get(at + word.len()..)?;
        let digits = rest.get(..rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()))?;
        let closed = word != "(" || rest.get(digits.len()..)?.starts_with(')');
        let full: Decimal = digits.parse().ok()?;
        (closed && full > Decimal::ONE && full < Decimal::ONE_HUNDRED).then_some(full)
    })
}

/// All words of all rules.
pub(in crate::recognise) fn words_of_headers() -> impl Iterator<Item = &'static str> {
    rules().iter().flat_map(|rule| rule.words.iter().chain(&rule.exact)).map(String::as_str)
}

/// The words that tell a column of scores.
pub(in crate::recognise) fn score_words() -> impl Iterator<Item = &'static str> {
    let rule = rules().iter().find(|rule| rule.name == SCORE_WORD);
    rule.into_iter().flat_map(|rule| &rule.words).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::thai;

    fn names(header: &str) -> Vec<String> {
        HeaderWords::new(&Wording::new(header), None).evidence.into_iter().map(|evidence| evidence.rule).collect()
    }

    #[test]
    fn the_rules_can_be_read_and_their_words_are_keys() {
        let parsed: Result<Rules, _> = toml::from_str(include_str!("../headers.toml"));
        assert!(parsed.is_ok(), "{parsed:?}");
        for rule in rules() {
            for word in rule.words.iter().chain(&rule.exact).chain(&rule.named) {
                assert_eq!(*word, thai::key(word), "{}", rule.name);
            }
            assert!(rule.other.is_none() || rule.points < 0, "{}", rule.name);
        }
    }

    #[test]
    fn each_header_has_its_evidence() {
        for (header, rules) in [
            ("คะแนน", vec!["score-word"]),
            ("คะแนนหลังอุทธรณ์", vec!["score-word", "corrected"]),
            ("คะแนนเบื้องต้น", vec!["score-word", "draft"]),
            ("รวม", vec!["whole"]),
            ("คะแนนที่ได้", vec!["score-word", "own"]),
            ("คะแนนเฉลี่ยระดับประเทศ", vec!["score-word", "mean", "others"]),
            ("หน้า", vec!["page"]),
            ("งบประมาณ (บาท)", vec!["money"]),
            ("คะแนนปีงบประมาณ 2567", vec!["score-word"]),
            ("คะแนน (เต็ม 5 คะแนน)", vec!["score-word", "scale"]),
            ("คะแนน (เต็ม 100 คะแนน)", vec!["score-word"]),
            ("ก่อนแก้ไข", vec!["before"]),
            ("ปี 2567", vec![]),
        ] {
            assert_eq!(names(header), rules, "{header}");
        }
    }
}
