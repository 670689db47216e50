//! Numbers and names that somebody has typed over those of the input: which of the two counts.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::domain::digest::text_digest;
use crate::finding::{Finding, FindingCode, Place};
use crate::framework::{Instrument, QuestionCode};
use crate::recognise::{Given, Origin, Submission};

/// The name under which it is typed for which year the topics of the questions were held against the manual.
pub(crate) const TITLES_CHECKED: &str = "titles-checked";

/// A value that was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedValue {
    /// What was typed; empty where the value was taken out.
    pub text: String,
    /// Where.
    pub place: Place,
    /// The fingerprint of what the input said when the workbook was made.
    pub base: String,
}

/// Values that were typed, by key such as `N/i1`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedValues(pub BTreeMap<String, TypedValue>);

impl TypedValues {
    /// The value of a key, where it was typed.
    pub fn get(&self, name: &str) -> Option<&TypedValue> {
        self.0.get(&format!("N/{name}"))
    }

    /// Puts what was typed in place of the input's values, as far as these are still what they were; returns the
    /// fingerprints of what was replaced.
    ///
    /// Where the input has meanwhile come to say something third, that is shown, and a finding names both cells.
    pub fn apply(&self, submission: &mut Submission) -> BTreeMap<String, String> {
        let mut held = BTreeMap::new();
        for (key, typed) in &self.0 {
            let name = key.trim_start_matches("N/");
            let Some((found, place)) = value(submission, name) else { continue };
            let is_same = text_digest(&found) == text_digest(&typed.text);
            if !is_same && text_digest(&found) != typed.base {
                let finding = Finding::new(FindingCode::EditNumberConflict, name).at([typed.place.clone()]);
                let finding = finding.at(place).found(shown(&typed.text)).expected(shown(&found));
                submission.findings.push(finding);
                continue;
            }
            if !is_same {
                if !put(submission, name, typed) {
                    continue;
                }
                let finding = Finding::new(FindingCode::EditNumberStays, name).at([typed.place.clone()]);
                submission.findings.push(finding.at(place).found(shown(&typed.text)).expected(shown(&found)));
            }
            held.insert(key.clone(), typed.base.clone());
        }
        held
    }
}

/// A value in a message; what is not there is said so.
fn shown(text: &str) -> &str {
    if text.is_empty() { "-" } else { text }
}

/// What the input says, and where; nothing for a name that it cannot have.
fn value(submission: &Submission, name: &str) -> Option<(String, Option<Place>)> {
    fn given<T: ToString>(given: Option<&Given<T>>) -> (String, Option<Place>) {
        given.map_or_else(Default::default, |given| (given.value.to_string(), given.place().cloned()))
    }
    let number = |found: Option<&Given<Decimal>>| {
        found.map_or_else(Default::default, |found| (found.value.normalize().to_string(), found.place().cloned()))
    };
    let published = &submission.published;
    if let Ok(code) = name.parse::<QuestionCode>() {
        let answer = submission.answers.get(&code)?;
        let score = answer.score.map(|score| score.normalize().to_string()).unwrap_or_default();
        return Some((score, Some(answer.score_place.clone().unwrap_or_else(|| answer.code_place.clone()))));
    }
    if let Some(indicator) = indicator_of(name) {
        return Some(number(published.indicators.get(&indicator)));
    }
    if let Some(instrument) = instrument_of(name) {
        return Some(number(published.instruments.get(&instrument)));
    }
    match name {
        "total" => Some(number(published.total.as_ref())),
        "level" => Some(given(published.level.as_ref())),
        "rank" => Some(given(published.rank.as_ref())),
        "agency" => Some(given(submission.agency.as_ref())),
        "district" => Some(given(submission.district.as_ref())),
        "province" => Some(given(submission.province.as_ref())),
        _ => None,
    }
}

fn indicator_of(name: &str) -> Option<u8> {
    name.strip_prefix("indicator-")?.parse().ok()
}

fn instrument_of(name: &str) -> Option<Instrument> {
    Instrument::ALL.into_iter().find(|instrument| instrument.name() == name)
}

/// Puts a typed value in place of the input's; says whether it can be one.
fn put(submission: &mut Submission, name: &str, typed: &TypedValue) -> bool {
    let origin = || Origin::Cell(typed.place.clone());
    let text = Some(typed.text.clone()).filter(|text| !text.is_empty());
    let number = text.as_ref().and_then(|text| text.parse::<Decimal>().ok());
    let is_score = |score: &Decimal| *score >= Decimal::ZERO && *score <= Decimal::ONE_HUNDRED;
    let score = number.filter(is_score);
    let given = score.map(|value| Given { value, origin: origin() });
    let name_of = text.clone().map(|value| Given { value, origin: origin() });
    let is_possible = text.is_none() || score.is_some();
    let published = &mut submission.published;
    if let Ok(code) = name.parse::<QuestionCode>() {
        if let Some(answer) = submission.answers.get_mut(&code).filter(|_| is_possible) {
            (answer.score, answer.raw) = (score, typed.text.clone());
            answer.score_place = Some(typed.place.clone());
        }
        return is_possible;
    }
    match (indicator_of(name), instrument_of(name), name) {
        (Some(number), ..) if is_possible => {
            published.indicators.remove(&number);
            published.indicators.extend(given.map(|given| (number, given)));
        }
        (_, Some(instrument), _) if is_possible => {
            published.instruments.remove(&instrument);
            published.instruments.extend(given.map(|given| (instrument, given)));
        }
        (.., "total") if is_possible => published.total = given,
        (.., "level") => published.level = name_of,
        (.., "rank") => {
            published.rank = text.and_then(|text| text.parse().ok()).map(|value| Given { value, origin: origin() });
        }
        (.., "agency") => submission.agency = name_of,
        (.., "district") => submission.district = name_of,
        (.., "province") => submission.province = name_of,
        _ => return false,
    }
    true
}
