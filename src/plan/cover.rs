//! Which measures does an issue need? Every weak question is answered, by as few measures as can be.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use crate::advice::{Advice, Measure};
use crate::assess::{Assessment, IssueResult, Status, lowest_first};
use crate::domain::figure::round2;
use crate::framework::QuestionCode;
use crate::plan::dealt_with_before;

/// A measure and the weak questions that it answers, lowest score first.
type Chosen<'a> = (&'a Measure, Vec<(QuestionCode, Decimal)>);

/// The measures for an issue, that for the lowest score first; the maintaining ones where nothing is weak.
pub(super) fn measures<'a>(issue: &IssueResult, assessment: &Assessment, advice: &'a Advice) -> Vec<Chosen<'a>> {
    let codes = issue.groups.iter().flat_map(|(_, codes)| codes).copied();
    let weak = lowest_first(codes, |code| assessment.score(code).filter(|_| assessment.status(code) == Status::Weak));
    // Where the file has no score of a question, its indicator tells whether something must be done.
    let unscored = issue
        .groups
        .iter()
        .flat_map(|(_, codes)| codes)
        .copied()
        .filter(|code| assessment.score(*code).is_none() && weak_indicator(assessment, *code).is_some());
    let open: Vec<QuestionCode> = weak
        .iter()
        .map(|(code, _)| *code)
        .chain(unscored)
        .filter(|code| dealt_with_before(&assessment.framework, issue, *code).is_none())
        .collect();
    let mut chosen: Vec<Chosen<'a>> = Vec::new();
    let bank: Vec<&Measure> = advice.measures_of(issue.number).filter(|measure| !measure.maintain).collect();
    for measure in fewest(open, &bank) {
        let answers = weak.iter().filter(|(code, _)| measure.answers.contains(code)).copied().collect();
        chosen.push((measure, answers));
    }
    if chosen.is_empty() {
        let keep = advice.measures_of(issue.number).filter(|measure| measure.maintain);
        chosen.extend(keep.map(|measure| (measure, Vec::new())));
    }
    // A measure for an indicator only comes after those for questions.
    chosen.sort_by_key(|(_, answers)| {
        answers.first().map_or((Decimal::MAX, None), |(code, score)| (*score, Some(*code)))
    });
    chosen
}

/// The number and the score of a question's indicator, where that is below the threshold.
pub(super) fn weak_indicator(assessment: &Assessment, code: QuestionCode) -> Option<(u8, Decimal)> {
    let number = assessment.framework.indicator_of(code)?.number;
    let result = assessment.indicators.iter().find(|candidate| candidate.number == number)?;
    result.figure.shown().filter(|score| round2(*score) < assessment.threshold).map(|score| (number, score))
}

/// Greedy cover: the measure that answers most open questions; of equals the one that speaks of least else.
fn fewest<'a>(mut open: Vec<QuestionCode>, bank: &[&'a Measure]) -> Vec<&'a Measure> {
    let mut chosen = Vec::new();
    while !open.is_empty() {
        let answered = |measure: &Measure| open.iter().filter(|code| measure.answers.contains(code)).count();
        // The first of equals wins: the bank is in order of preference.
        let best = bank.iter().copied().min_by_key(|measure| (Reverse(answered(measure)), measure.answers.len()));
        let Some(best) = best.filter(|measure| answered(measure) > 0) else { break };
        open.retain(|code| !best.answers.contains(code));
        chosen.push(best);
    }
    chosen
}
