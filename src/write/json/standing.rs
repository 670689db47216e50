//! How an agency stands: its issues, the titles of its indicators, and what keeps the next level away.

use serde::Serialize;

use crate::assess::{IssueResult, Shortfall, Status};
use crate::framework::Framework;
use crate::write::json::Number;

/// A figure that keeps the next level away.
#[derive(Serialize)]
pub(super) struct ShortfallText {
    /// The instrument, or the total.
    name: &'static str,
    score: Number,
    needed: Number,
}

/// One of the issues of the analysis.
#[derive(Serialize)]
pub(super) struct IssueText {
    number: u8,
    title: String,
    mean: Option<Number>,
    status: Status,
    lowest: Option<LowestText>,
    questions: Vec<String>,
}

/// The lowest question of an issue.
#[derive(Serialize)]
pub(super) struct LowestText {
    code: String,
    score: Number,
}

pub(super) fn indicator_title(framework: &Framework, number: u8) -> Option<String> {
    let mut indicators = framework.indicators.iter();
    indicators.find(|indicator| indicator.number == number).map(|indicator| indicator.title.clone())
}

pub(super) fn shortfall(short: &Shortfall) -> ShortfallText {
    let name = short.instrument.map_or("total", |instrument| instrument.name());
    ShortfallText { name, score: Number(short.score), needed: Number(short.needed) }
}

pub(super) fn issue(result: &IssueResult, framework: &Framework) -> IssueText {
    let known = framework.issues.iter().find(|issue| issue.number == result.number);
    IssueText {
        number: result.number,
        title: known.map(|issue| issue.title.clone()).unwrap_or_default(),
        mean: result.mean.map(Number),
        status: result.status,
        lowest: result.lowest.map(|(code, score)| LowestText { code: code.to_string(), score: Number(score) }),
        questions: result.groups.iter().flat_map(|(_, codes)| codes).map(ToString::to_string).collect(),
    }
}
