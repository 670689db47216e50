//! Does an advice file answer every question of its framework?

use crate::advice::{Advice, Units};
use crate::framework::{Framework, QuestionCode};

/// What is wrong with an advice file.
#[derive(Debug, thiserror::Error)]
pub enum AdviceError {
    /// Not TOML, or not of this schema.
    #[error("{0}")]
    Syntax(String),
    /// Made for another version of this program.
    #[error("schema is {0}, expected 1")]
    Schema(u32),
    /// The texts are about another fiscal year.
    #[error("the texts are for {found}, the framework is {expected}")]
    Framework {
        /// The year of the texts.
        found: u16,
        /// The year of the framework.
        expected: u16,
    },
    /// A question has no texts.
    #[error("question {0} has no texts")]
    MissingQuestion(QuestionCode),
    /// A text is about no question of the framework.
    #[error("{0} is no question of the framework")]
    UnknownQuestion(QuestionCode),
    /// A question has no sentence for a grade, or no recommendation that a grade asks for.
    #[error("question {code} has no {what} `{name}`")]
    MissingText {
        /// The question.
        code: QuestionCode,
        /// A finding or a recommendation.
        what: &'static str,
        /// The grade, or the recommendation's name.
        name: String,
    },
    /// A measure cannot be used as it stands.
    #[error("measure `{id}`: {problem}")]
    Measure {
        /// The measure.
        id: String,
        /// What is wrong with it.
        problem: String,
    },
    /// No measure of an issue answers one of its questions.
    #[error("question {code} is answered by no measure of issue {issue}")]
    Unanswered {
        /// The question.
        code: QuestionCode,
        /// The issue.
        issue: u8,
    },
    /// An issue has no measure for when nothing is weak.
    #[error("issue {0} has no measure that maintains its standard")]
    NoMaintenance(u8),
}

pub(super) fn complete(advice: &Advice, framework: &Framework) -> Result<(), AdviceError> {
    if advice.schema != 1 {
        return Err(AdviceError::Schema(advice.schema));
    }
    if advice.framework != framework.year {
        return Err(AdviceError::Framework { found: advice.framework, expected: framework.year });
    }
    questions(advice, framework)?;
    measures(advice, framework)?;
    issues(advice, framework)
}

fn questions(advice: &Advice, framework: &Framework) -> Result<(), AdviceError> {
    if let Some(&code) = advice.questions.keys().find(|code| !framework.questions.contains_key(*code)) {
        return Err(AdviceError::UnknownQuestion(code));
    }
    for &code in framework.questions.keys() {
        let texts = advice.questions.get(&code).ok_or(AdviceError::MissingQuestion(code))?;
        for grade in advice.grades.iter().filter(|grade| grade.instruments.contains(&code.instrument())) {
            let missing = |what, name: &str| AdviceError::MissingText { code, what, name: name.to_owned() };
            if texts.finding.get(&grade.id).is_none_or(String::is_empty) {
                return Err(missing("finding", &grade.id));
            }
            for name in grade.weak.iter().chain(&grade.mild) {
                if texts.recommend.get(name).is_none_or(Vec::is_empty) {
                    return Err(missing("recommendation", name));
                }
            }
        }
    }
    Ok(())
}

fn measures(advice: &Advice, framework: &Framework) -> Result<(), AdviceError> {
    for (index, measure) in advice.measures.iter().enumerate() {
        let wrong = |problem: String| Err(AdviceError::Measure { id: measure.id.clone(), problem });
        if advice.measures.iter().take(index).any(|other| other.id == measure.id) {
            return wrong("there is another of this name".to_owned());
        }
        let Some(issue) = framework.issues.iter().find(|issue| issue.number == measure.issue) else {
            return wrong(format!("there is no issue {}", measure.issue));
        };
        if let Some(code) = measure.answers.iter().find(|code| !issue.questions.contains(code)) {
            return wrong(format!("{code} is not in issue {}", issue.number));
        }
        if !Units::built_in().has_role(&measure.role) {
            return wrong(format!("there is no role `{}`", measure.role));
        }
        let (first, last) = measure.months;
        if !(1..=12).contains(&first) || !(first..=12).contains(&last) {
            return wrong(format!("months [{first}, {last}] are not within 1 to 12"));
        }
        if measure.answers.is_empty() || measure.steps.is_empty() {
            return wrong("it needs at least one question and one step".to_owned());
        }
    }
    Ok(())
}

fn issues(advice: &Advice, framework: &Framework) -> Result<(), AdviceError> {
    for issue in &framework.issues {
        if !advice.measures_of(issue.number).any(|measure| measure.maintain) {
            return Err(AdviceError::NoMaintenance(issue.number));
        }
        for &code in &issue.questions {
            // A question that is listed again is answered where it is listed first.
            let first = framework.issues_of(code).next().map(|issue| issue.number);
            let answered =
                advice.measures_of(issue.number).any(|measure| !measure.maintain && measure.answers.contains(&code));
            if first == Some(issue.number) && !answered {
                return Err(AdviceError::Unanswered { code, issue: issue.number });
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_texts_are_complete() {
        let framework = Framework::built_in(2567).expect("the framework");
        let advice = Advice::parse(include_str!("2567.toml"), framework);
        assert!(advice.is_ok(), "{:?}", advice.err());
    }
}
