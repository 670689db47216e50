//! What the titles of a file tell about the topics of a year that are not confirmed.

use std::sync::Arc;

use crate::finding::{Finding, FindingCode};
use crate::framework::{Certainty, Framework, Question, QuestionCode, TitleKind, Topics, code_list};
use crate::recognise::{Answer, Submission};

/// A framework as the titles of a file leave it.
#[derive(Debug, Clone)]
pub struct HeldAgainstTitles {
    /// The framework, with the topics that the file's titles show.
    pub framework: Arc<Framework>,
    /// Whether the file's own titles show the topics of all survey questions.
    pub confirmed: bool,
    /// Questions whose title shows another topic than was supposed.
    pub findings: Vec<Finding>,
}

/// Holds the supposed topics of survey questions against the titles that the file has for them.
pub fn hold_against_titles(submission: &Submission, framework: &Arc<Framework>) -> HeldAgainstTitles {
    let mut held = HeldAgainstTitles { framework: framework.clone(), confirmed: true, findings: Vec::new() };
    if !framework.draft {
        return held;
    }
    let topics = Topics::built_in();
    let surveys = framework.questions.iter().filter(|(code, _)| {
        framework.instruments.get(&code.instrument()).is_some_and(|facts| facts.titles == TitleKind::Topic)
    });
    for (&code, question) in surveys {
        let title = submission.answers.get(&code).and_then(|answer| answer.title.as_deref());
        // What this program wrote itself confirms nothing.
        let Some(title) = title.filter(|title| !topics.has_written(title)) else {
            held.confirmed = false;
            continue;
        };
        let shows = |key: &str| topics.topic(key).is_some_and(|topic| topic.is_shown_by(title));
        if question.topic.as_deref().is_some_and(shows) {
            continue;
        }
        held.confirmed = false;
        if let Some(topic) = other_topic(framework, code, title) {
            held.findings.push(finding(submission, code, question.topic.as_deref(), title));
            if let Some(question) = Arc::make_mut(&mut held.framework).questions.get_mut(&code) {
                question.topic = Some(topic);
            }
        }
    }
    held
}

/// Names the survey questions, with their cells, whose topics are only recalled and which the file's own titles do not show:
/// what was asked should be looked up before the report is published.
pub fn recalled_topics(submission: &Submission, framework: &Framework) -> Option<Finding> {
    let topics = Topics::built_in();
    let recalled = framework.questions.iter().filter_map(|(code, question)| {
        let is_topic =
            framework.instruments.get(&code.instrument()).is_some_and(|facts| facts.titles == TitleKind::Topic);
        let answer = submission.answers.get(code).filter(|_| is_topic && question.certainty == Certainty::Recalled)?;
        let title = answer.title.as_deref().filter(|title| !topics.has_written(title));
        let topic = question.topic.as_deref().and_then(|key| topics.topic(key));
        let is_shown = topic.zip(title).is_some_and(|(topic, title)| topic.is_shown_by(title));
        (!is_shown).then_some((*code, question, answer))
    });
    let recalled: Vec<(QuestionCode, &Question, &Answer)> = recalled.collect();
    let named: Vec<String> = recalled.iter().map(|(code, question, _)| format!("{code} {}", question.title)).collect();
    let finding = Finding::new(FindingCode::TopicsRecalled, code_list(recalled.iter().map(|(code, ..)| *code)))
        .expected(named.join(", "))
        .at(recalled.iter().map(|(.., answer)| answer.code_place.clone()));
    (!recalled.is_empty()).then_some(finding)
}

/// The only topic of the instrument's other questions that a title shows.
fn other_topic(framework: &Framework, code: QuestionCode, title: &str) -> Option<String> {
    let others = framework.questions.iter().filter(|(other, _)| other.instrument() == code.instrument());
    let mut shown = others.filter_map(|(_, question)| {
        let key = question.topic.as_deref()?;
        Topics::built_in().topic(key)?.is_shown_by(title).then_some(key)
    });
    let first = shown.next()?;
    shown.all(|other| other == first).then(|| first.to_owned())
}

fn finding(submission: &Submission, code: QuestionCode, supposed: Option<&str>, title: &str) -> Finding {
    let supposed = supposed.and_then(|key| Topics::built_in().topic(key)).map_or("", |topic| topic.title.as_str());
    let place = submission.answers.get(&code).map(|answer| answer.code_place.clone());
    Finding::new(FindingCode::TitleOfOtherTopic, code.to_string())
        .found(title.to_owned())
        .expected(supposed.to_owned())
        .at(place)
}
