//! What the titles of a file tell about the topics of its questions.

use std::sync::Arc;

use crate::finding::{Finding, FindingCode};
use crate::framework::{
    Certainty, Framework, ItemTitles, Question, QuestionCode, TitleKind, Topics, code_list, is_item,
};
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

/// What a title of a file says of its question's topic.
enum Told {
    /// That it is the supposed one.
    Supposed,
    /// That it is another, or none that there are texts about.
    Other(Option<String>),
    /// Nothing.
    Nothing,
}

/// Holds the supposed topics of questions against the titles that the file has for them: where a title shows another it wins.
pub fn hold_against_titles(submission: &Submission, framework: &Arc<Framework>) -> HeldAgainstTitles {
    let mut held = HeldAgainstTitles { framework: framework.clone(), confirmed: true, findings: Vec::new() };
    for (&code, question) in &framework.questions {
        let title = submission.answers.get(&code).and_then(|answer| answer.title.as_deref());
        let told = match (is_item(framework, code), title) {
            (_, None) => Told::Nothing,
            (true, Some(title)) => of_item(framework, code, title),
            (false, Some(title)) => of_survey(framework, code, title),
        };
        // What items are called was seen; what the surveys asked was not.
        held.confirmed &= is_item(framework, code) || matches!(told, Told::Supposed);
        if let (Told::Other(topic), Some(title)) = (told, title) {
            held.findings.push(finding(submission, code, question, title));
            if let Some(question) = Arc::make_mut(&mut held.framework).questions.get_mut(&code) {
                question.topic = topic;
            }
        }
    }
    held
}

/// What the title of a survey's question says: its words show a topic. What this program wrote itself says nothing.
fn of_survey(framework: &Framework, code: QuestionCode, title: &str) -> Told {
    let topics = Topics::built_in();
    if topics.has_written(title) {
        return Told::Nothing;
    }
    let shows = |key: &str| topics.topic(key).is_some_and(|topic| topic.is_shown_by(title));
    if framework.topic(code).is_some_and(shows) {
        return Told::Supposed;
    }
    match other_topic(framework, code, title) {
        Some(topic) if framework.topic(code).is_some() => Told::Other(Some(topic)),
        _ => Told::Nothing,
    }
}

/// What the title of an item says: it is the name of one.
fn of_item(framework: &Framework, code: QuestionCode, title: &str) -> Told {
    let titles = ItemTitles::built_in();
    match titles.is_other(framework, code, title) {
        Some(true) => Told::Other(titles.topic(title).map(str::to_owned)),
        Some(false) => Told::Supposed,
        None => Told::Nothing,
    }
}

/// Names the survey questions, with their cells, whose topics are only recalled and which the file's own titles do not show:
/// what was asked should be looked up before the report is published.
pub fn recalled_topics(submission: &Submission, framework: &Framework) -> Option<Finding> {
    let topics = Topics::built_in();
    let recalled = framework.questions.iter().filter_map(|(code, question)| {
        let is_topic =
            framework.instruments.get(&code.instrument()).is_some_and(|facts| facts.titles == TitleKind::Topic);
        // Of a question without a topic nothing is supposed.
        let is_recalled = is_topic && question.topic.is_some() && question.certainty == Certainty::Recalled;
        let answer = submission.answers.get(code).filter(|_| is_recalled)?;
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

fn finding(submission: &Submission, code: QuestionCode, supposed: &Question, title: &str) -> Finding {
    let topic = supposed.topic.as_deref().and_then(|key| Topics::built_in().topic(key));
    let expected = if supposed.title.is_empty() { topic.map_or("", |topic| &topic.title) } else { &supposed.title };
    let place = submission.answers.get(&code).map(|answer| answer.code_place.clone());
    Finding::new(FindingCode::TitleOfOtherTopic, code.to_string()).found(title).expected(expected).at(place)
}
