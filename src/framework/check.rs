//! Is a framework file complete, and does it agree with itself?

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Basis, Framework, Instrument, QuestionCode};

/// What is wrong with a framework file.
#[derive(Debug, thiserror::Error)]
pub enum FrameworkError {
    /// Not TOML, or not of this schema.
    #[error("{0}")]
    Syntax(String),
    /// Made for another version of this program.
    #[error("schema is {0}, expected 1")]
    Schema(u32),
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
    /// A question is part of no issue.
    #[error("question {0} is in no issue")]
    InNoIssue(QuestionCode),
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
}

/// Checks everything that the rest of the program relies on.
pub(super) fn complete(framework: &Framework) -> Result<(), FrameworkError> {
    if framework.schema != 1 {
        return Err(FrameworkError::Schema(framework.schema));
    }
    instruments(framework)?;
    numbering(framework)?;
    indicators(framework)?;
    issues(framework)?;
    levels(framework)
}

fn instruments(framework: &Framework) -> Result<(), FrameworkError> {
    for instrument in Instrument::ALL {
        if !framework.instruments.contains_key(&instrument) {
            return Err(FrameworkError::MissingInstrument(instrument));
        }
    }
    let sum: Decimal = framework.instruments.values().filter_map(|facts| facts.weight).sum();
    if sum == Decimal::ONE_HUNDRED { Ok(()) } else { Err(FrameworkError::Weights(sum)) }
}

fn numbering(framework: &Framework) -> Result<(), FrameworkError> {
    if !framework.indicators.iter().map(|indicator| indicator.number).eq((1..).take(framework.indicators.len())) {
        return Err(FrameworkError::Numbering("indicators"));
    }
    if !framework.issues.iter().map(|issue| issue.number).eq((1..).take(framework.issues.len())) {
        return Err(FrameworkError::Numbering("issues"));
    }
    Ok(())
}

fn indicators(framework: &Framework) -> Result<(), FrameworkError> {
    let mut counts: BTreeMap<QuestionCode, usize> = BTreeMap::new();
    for indicator in &framework.indicators {
        let fits = match indicator.basis {
            Basis::SubIndicators => !indicator.sub_indicators.is_empty() && indicator.questions.is_empty(),
            Basis::Questions | Basis::Published | Basis::Unknown => {
                indicator.sub_indicators.is_empty() && !indicator.questions.is_empty()
            }
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
    for &code in framework.questions.keys() {
        let count = counts.get(&code).copied().unwrap_or_default();
        if count != 1 {
            return Err(FrameworkError::InIndicators { code, count });
        }
    }
    Ok(())
}

fn issues(framework: &Framework) -> Result<(), FrameworkError> {
    for issue in &framework.issues {
        for &code in &issue.questions {
            known(framework, code, || format!("issue {}", issue.number))?;
        }
    }
    if framework.issues.is_empty() {
        return Ok(());
    }
    match framework.questions.keys().find(|&&code| framework.issues_of(code).next().is_none()) {
        Some(&code) => Err(FrameworkError::InNoIssue(code)),
        None => Ok(()),
    }
}

fn levels(framework: &Framework) -> Result<(), FrameworkError> {
    let ordered = framework.levels.windows(2).all(|pair| match pair {
        [higher, lower] => higher.total >= lower.total,
        _ => true,
    });
    let catches_all =
        framework.levels.last().is_some_and(|level| level.total.is_zero() && level.each_instrument.is_none());
    if framework.levels.is_empty() || (ordered && catches_all) { Ok(()) } else { Err(FrameworkError::Levels) }
}

fn known(framework: &Framework, code: QuestionCode, place: impl FnOnce() -> String) -> Result<(), FrameworkError> {
    if framework.questions.contains_key(&code) {
        Ok(())
    } else {
        Err(FrameworkError::UnknownCode { place: place(), code })
    }
}
