//! Is a framework file complete, does it agree with itself, and can all that is made of it be written?

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::RangeInclusive;

use rust_decimal::Decimal;

use crate::domain::thai;
use crate::framework::{Basis, Framework, Instrument, QuestionCode, Topics};

/// The fiscal years that a framework can be of, Buddhist era.
const YEARS: RangeInclusive<u16> = 2500..=2700;

/// The most indicators, issues and questions of an issue: so many a formula can list.
const MOST: usize = 99;

/// The most levels: so many a formula can tell apart.
const MOST_LEVELS: usize = 8;

/// The most characters of names and titles, and of those that stand in a narrow column or in a formula.
const LONGEST: usize = 300;
const LONGEST_NAME: usize = 60;

/// What is wrong with a framework file.
#[derive(Debug, thiserror::Error)]
pub enum FrameworkError {
    /// Not TOML, or not of this schema.
    #[error("{0}")]
    Syntax(String),
    /// Made for another version of this program.
    #[error("schema is {0}, expected 1")]
    Schema(u32),
    /// A name or a title cannot be shown as it stands.
    #[error("{place} {problem}")]
    Text {
        /// Where it stands.
        place: String,
        /// What is wrong with it.
        problem: TextProblem,
    },
    /// A number lies outside the range that it can have.
    #[error("{place} is {found}, expected {expected}")]
    Range {
        /// What the number is.
        place: String,
        /// The number.
        found: Decimal,
        /// The range.
        expected: &'static str,
    },
    /// The weight of an instrument is not given, though the total is made of it.
    #[error("instrument {0} has no weight")]
    MissingWeight(Instrument),
    /// An instrument is made of nothing.
    #[error("no indicator is of instrument {0}")]
    NoIndicator(Instrument),
    /// Two indicators could not be told apart in a file.
    #[error("indicators {0} and {1} have the same title")]
    SameTitle(u8, u8),
    /// A sub-indicator or an issue has no questions.
    #[error("{0} has no questions")]
    NoQuestions(String),
    /// More of something than a workbook can show.
    #[error("{place} {count}, at most {most} are possible")]
    TooMany {
        /// Of what.
        place: String,
        /// How many there are.
        count: usize,
        /// How many there may be.
        most: usize,
    },
    /// An issue lists a question twice.
    #[error("issue {issue} names {code} twice")]
    Twice {
        /// The issue's number.
        issue: u8,
        /// The question.
        code: QuestionCode,
    },
    /// The instruments' weights do not make a whole.
    #[error("the weights of the instruments sum to {0}, expected 100")]
    Weights(Decimal),
    /// An instrument is not described.
    #[error("instrument {0} is missing")]
    MissingInstrument(Instrument),
    /// A question counts in no indicator, or in several.
    #[error("question {code} is in {count} indicators, expected exactly one")]
    InIndicators {
        /// The question.
        code: QuestionCode,
        /// In how many indicators it stands.
        count: usize,
    },
    /// A question is about a topic that is not known.
    #[error("question {code} is about `{topic}`, which is no topic")]
    UnknownTopic {
        /// The question.
        code: QuestionCode,
        /// What stands there.
        topic: String,
    },
    /// There is no built-in year to take from what a file leaves open.
    #[error("there is no year to take `{0}` from")]
    NothingToFillFrom(&'static str),
    /// A code is used that is no question of the file.
    #[error("{place} names {code}, which is not among the questions")]
    UnknownCode {
        /// Where the code is used.
        place: String,
        /// The code.
        code: QuestionCode,
    },
    /// A question counts in an indicator of another instrument.
    #[error("question {code} is in indicator {indicator}, which is of another instrument")]
    ForeignCode {
        /// The question.
        code: QuestionCode,
        /// The indicator's number.
        indicator: u8,
    },
    /// An indicator's `basis` does not fit what it is made of.
    #[error("indicator {0}: basis does not fit its questions and sub-indicators")]
    Basis(u8),
    /// Indicators or issues are not numbered 1, 2, 3 ...
    #[error("{0} are not numbered in order from 1")]
    Numbering(&'static str),
    /// Levels are not ordered from best to worst, or the last does not catch every total.
    #[error("the levels must be ordered from the highest total to 0")]
    Levels,
    /// A level that nobody can reach: whoever meets its conditions has met those of one before it.
    #[error("level `{0}` can never be reached: the one before it asks for no more")]
    UnreachableLevel(String),
    /// Two levels have one name.
    #[error("two levels are called `{0}`")]
    SameLevel(String),
    /// An agency would pass with a lower level and not with a higher one.
    #[error("level `{0}` passes, though a higher one does not")]
    Passing(String),
    /// The conditions of the levels are said to be known, and there are no levels.
    #[error("level_rule is given, but there are no levels")]
    NoLevels,
}

/// Why a text cannot be shown as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextProblem {
    /// Nothing can be seen of it.
    Blank,
    /// It has line ends or other control characters.
    Control,
    /// It has more characters than this.
    TooLong(usize),
}

impl fmt::Display for TextProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Blank => f.write_str("is blank"),
            Self::Control => f.write_str("has a line end or another control character"),
            Self::TooLong(most) => write!(f, "is longer than {most} characters"),
        }
    }
}

/// Checks everything that the rest of the program relies on.
pub(super) fn complete(framework: &Framework) -> Result<(), FrameworkError> {
    if framework.schema != 1 {
        return Err(FrameworkError::Schema(framework.schema));
    }
    if !YEARS.contains(&framework.year) {
        return range("year", framework.year.into(), "a fiscal year from 2500 to 2700, Buddhist era");
    }
    percent("threshold", framework.threshold)?;
    percent("tolerance", framework.tolerance)?;
    named("name", &framework.name, LONGEST)?;
    named("short_name", &framework.short_name, LONGEST_NAME)?;
    titled("document", &framework.document, LONGEST_NAME * 2)?;
    titled("follow_up", &framework.follow_up, LONGEST_NAME * 2)?;
    instruments(framework)?;
    numbering(framework)?;
    indicators(framework)?;
    questions(framework)?;
    issues(framework)?;
    levels(framework)
}

fn range(place: &str, found: Decimal, expected: &'static str) -> Result<(), FrameworkError> {
    Err(FrameworkError::Range { place: place.to_owned(), found, expected })
}

/// Numbers of 0 to 100, with as many decimals as a formula and a message show.
fn percent(place: &str, number: Decimal) -> Result<(), FrameworkError> {
    let fits = number >= Decimal::ZERO && number <= Decimal::ONE_HUNDRED && number.normalize().scale() <= 4;
    if fits { Ok(()) } else { range(place, number, "0 to 100 with at most four decimals") }
}

fn named(place: &str, text: &str, most: usize) -> Result<(), FrameworkError> {
    if thai::clean(text).is_empty() {
        return Err(FrameworkError::Text { place: place.to_owned(), problem: TextProblem::Blank });
    }
    titled(place, text, most)
}

/// A title that may be empty where it is not known.
fn titled(place: &str, text: &str, most: usize) -> Result<(), FrameworkError> {
    let problem = if text.chars().any(char::is_control) {
        TextProblem::Control
    } else if text.chars().count() > most {
        TextProblem::TooLong(most)
    } else {
        return Ok(());
    };
    Err(FrameworkError::Text { place: place.to_owned(), problem })
}

fn instruments(framework: &Framework) -> Result<(), FrameworkError> {
    let mut sum = Decimal::ZERO;
    for instrument in Instrument::ALL {
        let facts = framework.instruments.get(&instrument).ok_or(FrameworkError::MissingInstrument(instrument))?;
        named(&format!("the title of {instrument}"), &facts.title, LONGEST)?;
        // Where no weight is known, no total is made; with one known, all must be.
        if framework.instruments.values().all(|facts| facts.weight.is_none()) {
            continue;
        }
        let weight = facts.weight.ok_or(FrameworkError::MissingWeight(instrument))?;
        percent(&format!("the weight of {instrument}"), weight)?;
        sum += weight;
    }
    if sum == Decimal::ONE_HUNDRED || framework.instruments.values().all(|facts| facts.weight.is_none()) {
        Ok(())
    } else {
        Err(FrameworkError::Weights(sum))
    }
}

fn numbering(framework: &Framework) -> Result<(), FrameworkError> {
    let indicators = framework.indicators.iter().map(|indicator| indicator.number);
    let issues = framework.issues.iter().map(|issue| issue.number);
    in_order("indicators", indicators)?;
    in_order("issues", issues)
}

fn in_order(place: &'static str, numbers: impl ExactSizeIterator<Item = u8>) -> Result<(), FrameworkError> {
    let count = numbers.len();
    if count > MOST {
        return Err(FrameworkError::TooMany { place: format!("the number of {place} is"), count, most: MOST });
    }
    if numbers.zip(1..).all(|(number, expected)| number == expected) {
        Ok(())
    } else {
        Err(FrameworkError::Numbering(place))
    }
}

fn indicators(framework: &Framework) -> Result<(), FrameworkError> {
    let mut titles: BTreeMap<String, u8> = BTreeMap::new();
    let mut counts: BTreeMap<QuestionCode, usize> = BTreeMap::new();
    for indicator in &framework.indicators {
        let place = format!("the title of indicator {}", indicator.number);
        for title in std::iter::once(&indicator.title).chain(&indicator.aliases) {
            named(&place, title, LONGEST)?;
            match titles.insert(thai::key(title), indicator.number) {
                Some(other) if other != indicator.number => {
                    return Err(FrameworkError::SameTitle(other, indicator.number));
                }
                _ => {}
            }
        }
        for sub in &indicator.sub_indicators {
            let place = format!("sub-indicator {} of indicator {}", sub.number, indicator.number);
            named("the number of a sub-indicator", &sub.number, LONGEST_NAME)?;
            for title in std::iter::once(&sub.title).chain(&sub.aliases) {
                named(&format!("the title of {place}"), title, LONGEST)?;
            }
            if sub.questions.is_empty() {
                return Err(FrameworkError::NoQuestions(place));
            }
        }
        let fits = match indicator.basis {
            Basis::SubIndicators => !indicator.sub_indicators.is_empty() && indicator.questions.is_empty(),
            Basis::Questions | Basis::Published => {
                indicator.sub_indicators.is_empty() && !indicator.questions.is_empty()
            }
            // Nothing is made of its questions: it may be shown though none of them is known.
            Basis::Unknown => indicator.sub_indicators.is_empty(),
        };
        if !fits {
            return Err(FrameworkError::Basis(indicator.number));
        }
        for code in indicator.all_questions() {
            known(framework, code, || format!("indicator {}", indicator.number))?;
            if code.instrument() != indicator.instrument {
                return Err(FrameworkError::ForeignCode { code, indicator: indicator.number });
            }
            *counts.entry(code).or_default() += 1;
        }
    }
    for instrument in Instrument::ALL {
        if framework.indicators_of(instrument).next().is_none() {
            return Err(FrameworkError::NoIndicator(instrument));
        }
    }
    for &code in framework.questions.keys() {
        let count = counts.get(&code).copied().unwrap_or(0);
        if count != 1 {
            return Err(FrameworkError::InIndicators { code, count });
        }
    }
    Ok(())
}

fn questions(framework: &Framework) -> Result<(), FrameworkError> {
    for (&code, question) in &framework.questions {
        titled(&format!("the title of {code}"), &question.title, LONGEST)?;
        if let Some(topic) = question.topic.as_ref().filter(|topic| Topics::built_in().topic(topic).is_none()) {
            return Err(FrameworkError::UnknownTopic { code, topic: topic.clone() });
        }
    }
    Ok(())
}

fn issues(framework: &Framework) -> Result<(), FrameworkError> {
    for issue in &framework.issues {
        let place = || format!("issue {}", issue.number);
        named(&format!("the title of {}", place()), &issue.title, LONGEST)?;
        if issue.questions.is_empty() {
            return Err(FrameworkError::NoQuestions(place()));
        }
        if issue.questions.len() > MOST {
            let place = format!("the number of questions of {} is", place());
            return Err(FrameworkError::TooMany { place, count: issue.questions.len(), most: MOST });
        }
        let mut listed: BTreeSet<QuestionCode> = BTreeSet::new();
        for &code in &issue.questions {
            known(framework, code, place)?;
            if !listed.insert(code) {
                return Err(FrameworkError::Twice { issue: issue.number, code });
            }
        }
    }
    Ok(())
}

fn levels(framework: &Framework) -> Result<(), FrameworkError> {
    let levels = &framework.levels;
    let Some(last) = levels.last() else {
        return if framework.level_rule.is_some() { Err(FrameworkError::NoLevels) } else { Ok(()) };
    };
    if levels.len() > MOST_LEVELS {
        let place = "the number of levels is".to_owned();
        return Err(FrameworkError::TooMany { place, count: levels.len(), most: MOST_LEVELS });
    }
    let mut names: BTreeSet<String> = BTreeSet::new();
    for level in levels {
        named("the name of a level", &level.name, LONGEST_NAME)?;
        percent(&format!("the total of level `{}`", level.name), level.total)?;
        if let Some(each) = level.each_instrument {
            percent(&format!("each_instrument of level `{}`", level.name), each)?;
        }
        if !names.insert(thai::key(&level.name)) {
            return Err(FrameworkError::SameLevel(level.name.clone()));
        }
    }
    for pair in levels.windows(2) {
        let [higher, lower] = pair else { continue };
        if lower.total > higher.total {
            return Err(FrameworkError::Levels);
        }
        let is_reached = lower.total < higher.total || lower.each_instrument < higher.each_instrument;
        if framework.level_rule.is_some() && !is_reached {
            return Err(FrameworkError::UnreachableLevel(lower.name.clone()));
        }
        if lower.passes && !higher.passes {
            return Err(FrameworkError::Passing(lower.name.clone()));
        }
    }
    if last.total.is_zero() && last.each_instrument.is_none() { Ok(()) } else { Err(FrameworkError::Levels) }
}

fn known(framework: &Framework, code: QuestionCode, place: impl FnOnce() -> String) -> Result<(), FrameworkError> {
    if framework.questions.contains_key(&code) {
        Ok(())
    } else {
        Err(FrameworkError::UnknownCode { place: place(), code })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_frameworks_are_complete() {
        for framework in Framework::all_built_in() {
            assert!(complete(framework).is_ok(), "{framework}: {:?}", complete(framework).err());
        }
    }
}
