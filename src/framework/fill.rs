//! A framework file of one's own: it needs codes and topics only, and the rest is taken from the nearest year, by topic.

use std::collections::BTreeMap;
use std::sync::Arc;

use indexmap::IndexMap;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::framework::{
    Basis, Certainty, Feed, Framework, FrameworkError, Indicator, Instrument, InstrumentFacts, Issue, Level, Question,
    QuestionCode,
};

/// A framework file as it is written; what the fields are is told at [`Framework`].
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrameworkFile {
    schema: Option<u32>,
    year: u16,
    name: Option<String>,
    short_name: Option<String>,
    #[serde(default)]
    document: String,
    #[serde(default)]
    draft: bool,
    #[serde(default)]
    follow_up: String,
    feeds: Option<Feed>,
    threshold: Option<Decimal>,
    tolerance: Option<Decimal>,
    levels: Option<Vec<Level>>,
    level_rule: Option<Certainty>,
    instruments: Option<IndexMap<Instrument, InstrumentFacts>>,
    indicators: Option<Vec<Indicator>>,
    questions: IndexMap<QuestionCode, Question>,
    issues: Option<Vec<Issue>>,
}

/// What a framework file leaves open, and the year that it was taken from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// The fiscal year, Buddhist era.
    pub year: u16,
    /// The names of what was taken, as a file would have them.
    pub taken: Vec<&'static str>,
}

impl FrameworkFile {
    /// The framework, with what the file leaves open as the nearest built-in year has it.
    ///
    /// # Errors
    /// When there is no such year.
    pub(super) fn filled(self) -> Result<Framework, FrameworkError> {
        let near = nearest(self.year);
        let mut filled =
            Filled { year: near.first().map(|framework| framework.year).unwrap_or_default(), taken: vec![] };
        let mut take = |name: &'static str| -> Result<&Arc<Framework>, FrameworkError> {
            filled.taken.push(name);
            near.first().copied().ok_or(FrameworkError::NothingToFillFrom(name))
        };
        let (levels, level_rule) = match self.levels {
            Some(levels) => (levels, self.level_rule),
            None => {
                let from = take("levels")?;
                (from.levels.clone(), self.level_rule.or(from.level_rule))
            }
        };
        let instruments = match self.instruments {
            Some(instruments) => instruments,
            None => take("instruments")?.instruments.clone(),
        };
        let indicators = match self.indicators {
            Some(indicators) => indicators,
            None => indicators(take("indicators")?, &near, &self.questions),
        };
        let issues = match self.issues {
            Some(issues) => issues,
            None => issues(take("issues")?, &near, &self.questions),
        };
        let name = self.name.map_or_else(|| take("name").map(|from| from.name.clone()), Ok)?;
        let threshold = self.threshold.map_or_else(|| take("threshold").map(|from| from.threshold), Ok)?;
        let tolerance = self.tolerance.map_or_else(|| take("tolerance").map(|from| from.tolerance), Ok)?;
        Ok(Framework {
            schema: self.schema.unwrap_or(1),
            year: self.year,
            name,
            short_name: self.short_name.unwrap_or_else(|| format!("ITA {}", self.year)),
            document: self.document,
            draft: self.draft,
            follow_up: self.follow_up,
            feeds: self.feeds,
            threshold,
            tolerance,
            levels,
            level_rule,
            instruments,
            indicators,
            questions: self.questions,
            issues,
            filled: (!filled.taken.is_empty()).then_some(filled),
        })
    }
}

/// The built-in years, the nearest first; of two the newer.
fn nearest(year: u16) -> Vec<&'static Arc<Framework>> {
    let mut all: Vec<&Arc<Framework>> = Framework::all_built_in().rev().collect();
    all.sort_by_key(|framework| framework.year.abs_diff(year));
    all
}

/// The indicators of the nearest year with the questions that are about the same topics in it or, failing that, in another; a
/// question of another topic goes where the one before it goes. None is recomputed.
fn indicators(
    from: &Framework,
    near: &[&'static Arc<Framework>],
    questions: &IndexMap<QuestionCode, Question>,
) -> Vec<Indicator> {
    let by_topic = |code: QuestionCode| {
        by_topic(near, code, questions, |framework, known| framework.indicator_of(known).map(|own| own.number))
    };
    let is_of = |code: QuestionCode, number: u8| {
        from.indicators_of(code.instrument()).any(|indicator| indicator.number == number)
    };
    let known: BTreeMap<QuestionCode, u8> = questions
        .keys()
        .filter_map(|&code| by_topic(code).filter(|number| is_of(code, *number)).map(|number| (code, number)))
        .collect();
    let place = |code: QuestionCode| {
        let same = |other: &(&QuestionCode, &u8)| other.0.instrument() == code.instrument();
        let before = known.range(..=code).next_back().filter(same);
        let behind = || known.range(code..).next().filter(same);
        let number = before.or_else(behind).map(|(_, number)| *number);
        let same_code = || from.indicator_of(code).map(|indicator| indicator.number);
        let first = || from.indicators_of(code.instrument()).next().map(|indicator| indicator.number);
        number.or_else(same_code).or_else(first)
    };
    let of = |indicator: &Indicator| {
        let own: Vec<QuestionCode> =
            questions.keys().copied().filter(|&code| place(code) == Some(indicator.number)).collect();
        let basis =
            if indicator.basis == Basis::Published && !own.is_empty() { Basis::Published } else { Basis::Unknown };
        let (sub_indicators, certainty) = (Vec::new(), Certainty::Inferred);
        Indicator { basis, certainty, questions: own, sub_indicators, ..indicator.clone() }
    };
    from.indicators.iter().map(of).collect()
}

/// The issues of the nearest year with the questions that are about the same topics; those without one are left out.
fn issues(
    from: &Framework,
    near: &[&'static Arc<Framework>],
    questions: &IndexMap<QuestionCode, Question>,
) -> Vec<Issue> {
    let place = |code: QuestionCode| {
        by_topic(near, code, questions, |framework, known| framework.issues_of(known).next().map(|issue| issue.number))
    };
    let of = |issue: &Issue| {
        let own: Vec<QuestionCode> =
            questions.keys().copied().filter(|&code| place(code) == Some(issue.number)).collect();
        (!own.is_empty()).then(|| Issue { certainty: Certainty::Inferred, questions: own, ..issue.clone() })
    };
    let all = from.issues.iter().filter_map(of);
    (1..).zip(all).map(|(number, issue)| Issue { number, ..issue }).collect()
}

/// What `of` says of the question about the same topic, of the first year where it says something.
fn by_topic(
    near: &[&'static Arc<Framework>],
    code: QuestionCode,
    questions: &IndexMap<QuestionCode, Question>,
    of: impl Fn(&Framework, QuestionCode) -> Option<u8>,
) -> Option<u8> {
    let topic = questions.get(&code)?.topic.as_deref()?;
    near.iter().find_map(|framework| {
        let known = framework.code_about(topic).filter(|known| known.instrument() == code.instrument())?;
        of(framework, known)
    })
}
