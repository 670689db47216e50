//! What an issue's analysis must speak of: what falls short, and what must be spoken of at anything below a full score.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use crate::advice::{IndicatorTexts, TopicTexts};
use crate::assess::{IssueResult, Status, lowest_first};
use crate::domain::figure::round2;
use crate::framework::{Basis, Instrument, QuestionCode};
use crate::plan::{Planner, Subject};

/// What a text and a measure are about.
#[derive(Clone, Copy)]
pub(super) struct Spoken<'a> {
    pub subject: Subject,
    pub instrument: Instrument,
    pub score: Decimal,
    pub texts: Texts<'a>,
    /// Whether it falls short, or must be spoken of as if it did.
    pub weak: bool,
}

/// Where its texts come from.
#[derive(Clone, Copy)]
pub(super) enum Texts<'a> {
    Topic(&'a str, &'a TopicTexts),
    Indicator(&'a IndicatorTexts),
}

impl<'a> Planner<'a> {
    /// What must be spoken of in an issue, the most pressing first: what must be spoken of in any case before the rest, then by
    /// score; of equals the surveys first.
    pub(super) fn spoken(&self, issue: &IssueResult) -> Vec<Spoken<'a>> {
        let codes = self.codes(issue);
        let questions = codes.iter().filter_map(|code| self.question(*code)).filter(|spoken| spoken.weak);
        let mut all: Vec<Spoken<'a>> = questions.collect();
        let indicators = self.indicators(issue, &all);
        all.extend(indicators);
        all.sort_by_key(|spoken| {
            let always = matches!(spoken.texts, Texts::Topic(_, texts) if texts.always);
            (Reverse(always), spoken.score, spoken.instrument, spoken.subject)
        });
        all
    }

    /// The questions of an issue that need not be spoken of, the lowest first; of equals the surveys first.
    pub(super) fn others(&self, issue: &IssueResult) -> Vec<Spoken<'a>> {
        let scored = lowest_first(self.codes(issue), |code| self.assessment.score(code));
        let others = scored.into_iter().filter_map(|(code, _)| self.question(code)).filter(|spoken| !spoken.weak);
        others.collect()
    }

    /// The questions of an issue that are dealt with there: one that is listed again is dealt with where it is listed first.
    fn codes(&self, issue: &IssueResult) -> Vec<QuestionCode> {
        let all = issue.groups.iter().flat_map(|(_, codes)| codes).copied();
        all.filter(|code| self.home(*code) == Some(issue.number)).collect()
    }

    /// The issue in which a question is dealt with.
    pub(super) fn home(&self, code: QuestionCode) -> Option<u8> {
        self.framework.issues_of(code).next().map(|issue| issue.number)
    }

    fn question(&self, code: QuestionCode) -> Option<Spoken<'a>> {
        let score = self.assessment.score(code)?;
        let topic = self.framework.topic(code)?;
        let texts = self.advice.topic(topic)?;
        let status = self.assessment.status(code);
        let weak = status == Status::Weak || (texts.always && status != Status::Full);
        let subject = Subject::Question(code);
        Some(Spoken { subject, instrument: code.instrument(), score, texts: Texts::Topic(topic, texts), weak })
    }

    /// The indicators below the threshold of which no question speaks: half of them is not shown by question, or the file lacks a
    /// score of their questions.
    fn indicators(&self, issue: &IssueResult, spoken: &[Spoken<'a>]) -> Vec<Spoken<'a>> {
        let mut found = Vec::new();
        for indicator in &self.framework.indicators {
            let Some(first) = indicator.all_questions().next() else { continue };
            if self.home(first) != Some(issue.number) {
                continue;
            }
            let unscored = indicator.all_questions().any(|code| self.assessment.score(code).is_none());
            let is_half = indicator.basis == Basis::Published;
            // A question that falls short itself is reason enough; one that is spoken of in any case is none.
            let is_told = spoken.iter().any(|other| {
                let Subject::Question(code) = other.subject else { return false };
                self.assessment.status(code) == Status::Weak && indicator.all_questions().any(|inner| inner == code)
            });
            if !(unscored || is_half) || is_told {
                continue;
            }
            let result = self.assessment.indicators.iter().find(|result| result.number == indicator.number);
            let score = result.and_then(|result| result.figure.shown());
            let texts = indicator.topic.as_deref().and_then(|topic| self.advice.indicators.get(topic));
            let (Some(score), Some(texts)) = (score, texts) else { continue };
            if round2(score) < self.assessment.threshold {
                let (subject, texts) = (Subject::Indicator(indicator.number), Texts::Indicator(texts));
                found.push(Spoken { subject, instrument: indicator.instrument, score, texts, weak: true });
            }
        }
        found
    }
}
