//! Does an advice file answer every topic of a framework, and can all that it says be done?

use crate::advice::{Advice, Measure, SCHEMA, TopicTexts, Units};
use crate::framework::{Framework, Instrument, QuestionCode};

/// What is wrong with an advice file.
#[derive(Debug, thiserror::Error)]
pub enum AdviceError {
    /// Not TOML, or not of this schema.
    #[error("{0}")]
    Syntax(String),
    /// Made for another version of this program.
    #[error("schema is {0}, expected 2")]
    Schema(u32),
    /// The framework has no such question.
    #[error("{0} is no question of the framework")]
    UnknownQuestion(QuestionCode),
    /// Neither the framework nor the texts know the topic.
    #[error("there is no topic `{0}`")]
    UnknownTopic(String),
    /// A topic has no texts.
    #[error("topic `{topic}` of {code} has no texts")]
    MissingTopic {
        /// The topic.
        topic: String,
        /// The question that is about it.
        code: QuestionCode,
    },
    /// A topic has no sentence for a grade, or no recommendation that a grade asks for.
    #[error("topic `{topic}` has no {what} `{name}`")]
    MissingText {
        /// The topic.
        topic: String,
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
    /// A number of measures that cannot be.
    #[error("the least number of measures is {least}, the most is {most}")]
    Bounds {
        /// The least.
        least: usize,
        /// The most.
        most: usize,
    },
}

pub(super) fn complete(advice: &Advice, framework: &Framework) -> Result<(), AdviceError> {
    if advice.schema != SCHEMA {
        return Err(AdviceError::Schema(advice.schema));
    }
    let own = framework.issues.iter().filter_map(|issue| issue.measures);
    for (least, most) in own.chain([(advice.bounds.least, advice.bounds.most)]) {
        if least > most || most == 0 {
            return Err(AdviceError::Bounds { least, most });
        }
    }
    for (&code, question) in &framework.questions {
        let Some(topic) = &question.topic else { continue };
        let missing = || AdviceError::MissingTopic { topic: topic.clone(), code };
        texts(advice, topic, advice.topic(topic).ok_or_else(missing)?, code.instrument())?;
    }
    for (index, measure) in advice.measures.iter().enumerate() {
        if advice.measures.iter().take(index).any(|other| other.id == measure.id) {
            return Err(wrong(&measure.id, "there is another of this name".to_owned()));
        }
        usable(advice, measure)?;
    }
    for (key, texts) in &advice.indicators {
        if advice.measure(&texts.measure).is_none() {
            return Err(wrong(&texts.measure, format!("indicator `{key}` names it, but there is none")));
        }
    }
    Ok(())
}

fn wrong(id: &str, problem: String) -> AdviceError {
    AdviceError::Measure { id: id.to_owned(), problem }
}

/// Whether a topic has what the grades of its instrument ask for.
fn texts(advice: &Advice, topic: &str, texts: &TopicTexts, instrument: Instrument) -> Result<(), AdviceError> {
    for grade in advice.grades.iter().filter(|grade| grade.instruments.contains(&instrument)) {
        let missing =
            |what, name: &str| AdviceError::MissingText { topic: topic.to_owned(), what, name: name.to_owned() };
        // Nothing is found wrong where the score is full.
        let full = grade.up_to.is_some_and(|bound| bound >= rust_decimal::Decimal::ONE_HUNDRED);
        if !full && texts.finding.get(&grade.id).is_none_or(String::is_empty) {
            return Err(missing("finding", &grade.id));
        }
        for name in [&grade.weak, &grade.passed] {
            if !texts.actions.iter().any(|action| &action.when == name && action.absent.is_none()) {
                return Err(missing("recommendation", name));
            }
        }
    }
    if advice.measure_about(topic).is_none() {
        return Err(wrong(&texts.measure, format!("topic `{topic}` names it, but there is none")));
    }
    let roles = texts.urgent.iter().flat_map(|urgent| &urgent.roles);
    match roles.into_iter().find(|role| !Units::built_in().has_role(role)) {
        Some(role) => Err(wrong(topic, format!("there is no role `{role}`"))),
        None => Ok(()),
    }
}

fn usable(advice: &Advice, measure: &Measure) -> Result<(), AdviceError> {
    if let Some(role) = measure.roles.iter().find(|role| !Units::built_in().has_role(role)) {
        return Err(wrong(&measure.id, format!("there is no role `{role}`")));
    }
    if measure.roles.is_empty() {
        return Err(wrong(&measure.id, "it needs at least one role".to_owned()));
    }
    if let Some(topic) = measure.answers.iter().find(|topic| !advice.topics.contains_key(*topic)) {
        return Err(AdviceError::UnknownTopic(topic.clone()));
    }
    let (first, last) = measure.months;
    if !(1..=12).contains(&first) || !(first..=12).contains(&last) {
        return Err(wrong(&measure.id, format!("months [{first}, {last}] are not within 1 to 12")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_texts_are_complete() {
        for framework in Framework::all_built_in() {
            let advice = Advice::parse(include_str!("texts.toml"), framework);
            assert!(advice.is_ok(), "{framework}: {:?}", advice.err());
        }
    }
}
