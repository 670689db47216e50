//! A [`Submission`] into an [`Assessment`]: indicators, instruments, total, level, and each issue's standing.
//!
//! It takes scores and a framework and gives figures. The published score is the one shown; what can be recomputed stands
//! beside it, and a difference is a finding. It changes no published number and reads no cell.

mod findings;
mod framework;
mod level;
mod titles;

use std::sync::Arc;

use indexmap::IndexMap;
use rust_decimal::Decimal;
use serde::Serialize;

pub(crate) use crate::assess::framework::about_framework;
pub use crate::assess::level::{LevelResult, Shortfall};
pub use crate::assess::titles::{HeldAgainstTitles, hold_against_titles, recalled_topics};

use crate::domain::figure::{Figure, mean, round2};
use crate::finding::Finding;
use crate::framework::{Basis, Framework, Indicator, Instrument, Issue, QuestionCode};
use crate::recognise::Submission;

/// One agency's result.
#[derive(Debug, Clone)]
pub struct Assessment {
    /// The fiscal year's rules.
    pub framework: Arc<Framework>,
    /// The score below which a question falls short.
    pub threshold: Decimal,
    /// Every question of the framework, in its order.
    pub questions: IndexMap<QuestionCode, QuestionResult>,
    /// The indicators, in order.
    pub indicators: Vec<IndicatorResult>,
    /// The instruments, computed from the indicators as published, or as computed where they are not.
    pub instruments: IndexMap<Instrument, Figure>,
    /// The total, computed from unrounded instruments; of one whose indicators are not known as it is published.
    pub total: Figure,
    /// The level and what stands between it and the next.
    pub level: LevelResult,
    /// The published rank.
    pub rank: Option<u32>,
    /// The issues, in order.
    pub issues: Vec<IssueResult>,
    /// What should be looked at, by severity; of equal ones the submission's own first.
    pub findings: Vec<Finding>,
}

/// One question's result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionResult {
    /// Its score, 0 to 100; nothing where the file has none.
    pub score: Option<Decimal>,
    /// How it stands against the threshold.
    pub status: Status,
}

/// How a score stands. The four words are fixed: they are listed in the README.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Below the threshold.
    Weak,
    /// At or above the threshold, but not 100.
    Passed,
    /// 100.
    Full,
    /// There is no score.
    NoScore,
}

/// One indicator's result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndicatorResult {
    /// Its number.
    pub number: u8,
    /// Its instrument.
    pub instrument: Instrument,
    /// Its score.
    pub figure: Figure,
    /// The mean of the questions shown, where that is not the score itself.
    pub questions_mean: Option<Decimal>,
}

/// One issue's standing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueResult {
    /// Its number.
    pub number: u8,
    /// Its questions by instrument, in the order in which they are printed.
    pub groups: Vec<(Instrument, Vec<QuestionCode>)>,
    /// The mean of those of its questions that have a score, unrounded.
    pub mean: Option<Decimal>,
    /// Its lowest question; the first by code where several are equal.
    pub lowest: Option<(QuestionCode, Decimal)>,
    /// Weak where any question is, full where all are.
    pub status: Status,
}

impl Status {
    /// All four.
    pub const ALL: [Self; 4] = [Self::Weak, Self::Passed, Self::Full, Self::NoScore];

    /// How `score`, as it is shown with two decimals, stands against `threshold`.
    pub fn classify(score: Option<Decimal>, threshold: Decimal) -> Self {
        match score {
            None => Self::NoScore,
            Some(score) if round2(score) < threshold => Self::Weak,
            Some(score) if round2(score) >= Decimal::ONE_HUNDRED => Self::Full,
            Some(_) => Self::Passed,
        }
    }

    /// The word that the workbook shows.
    pub fn thai(self) -> &'static str {
        match self {
            Self::Weak => "ควรปรับปรุง",
            Self::Passed => "พัฒนาต่อเนื่อง",
            Self::Full => "รักษาระดับ",
            Self::NoScore => "ไม่มีคะแนน",
        }
    }
}

impl Assessment {
    /// The score of a question.
    pub fn score(&self, code: QuestionCode) -> Option<Decimal> {
        self.questions.get(&code).and_then(|question| question.score)
    }

    /// How a question stands.
    pub fn status(&self, code: QuestionCode) -> Status {
        self.questions.get(&code).map_or(Status::NoScore, |question| question.status)
    }

    /// Adds what should be looked at: what must be mended stands first, within one severity what was met first.
    pub(crate) fn add(&mut self, findings: impl IntoIterator<Item = Finding>) {
        self.findings.extend(findings);
        self.findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity()));
    }

    /// The questions with a score, lowest first; equal ones by code.
    pub fn ranking(&self) -> Vec<(QuestionCode, Decimal)> {
        lowest_first(self.questions.keys().copied(), |code| self.score(code))
    }
}

/// Codes that have a score, lowest first; equal ones by code.
pub(crate) fn lowest_first(
    codes: impl IntoIterator<Item = QuestionCode>,
    score: impl Fn(QuestionCode) -> Option<Decimal>,
) -> Vec<(QuestionCode, Decimal)> {
    let mut scored: Vec<(QuestionCode, Decimal)> =
        codes.into_iter().filter_map(|code| score(code).map(|score| (code, score))).collect();
    scored.sort_by_key(|&(code, score)| (score, code));
    scored
}

/// Assesses a submission. `threshold` (0 to 100) tells which questions fall short; the levels keep their own bounds.
pub fn assess(submission: &Submission, framework: &Arc<Framework>, threshold: Decimal) -> Assessment {
    let questions: IndexMap<QuestionCode, QuestionResult> = framework
        .questions
        .keys()
        .map(|&code| {
            let score = submission.answers.get(&code).and_then(|answer| answer.score);
            (code, QuestionResult { score, status: Status::classify(score, threshold) })
        })
        .collect();
    let score = |code: QuestionCode| questions.get(&code).and_then(|question| question.score);
    let indicators: Vec<IndicatorResult> = framework
        .indicators
        .iter()
        .map(|indicator| {
            let published = submission.published.indicators.get(&indicator.number).map(|given| given.value);
            let in_parts = |code| submission.answers.get(&code).is_some_and(|answer| answer.parts.is_some());
            indicator_result(indicator, published, score, in_parts)
        })
        .collect();
    let unrounded = |instrument: Instrument| {
        mean(indicators.iter().filter(|result| result.instrument == instrument).map(|result| result.figure.exact()))
    };
    let instruments: IndexMap<Instrument, Figure> = Instrument::ALL
        .into_iter()
        .map(|instrument| {
            let published = submission.published.instruments.get(&instrument).map(|given| given.value);
            // How a year without weights makes an instrument of its indicators is not known either.
            let is_known = framework.instruments.get(&instrument).is_some_and(|facts| facts.weight.is_some());
            (instrument, Figure { published, computed: unrounded(instrument).filter(|_| is_known) })
        })
        .collect();
    let weighted = framework.instruments.iter().map(|(instrument, facts)| {
        // The total is made from unrounded parts; a published instrument steps in where they are missing.
        let part = unrounded(*instrument).or_else(|| instruments.get(instrument)?.published)?;
        Some(part * facts.weight? / Decimal::ONE_HUNDRED)
    });
    let computed: Option<Decimal> = weighted.sum();
    let published = submission.published.total.as_ref().map(|given| given.value);
    let total = Figure { published, computed };
    let shown = instruments.iter().map(|(instrument, figure)| (*instrument, figure.shown())).collect();
    let published_level = submission.published.level.as_ref().map(|given| given.value.clone());
    let mut assessment = Assessment {
        framework: framework.clone(),
        threshold,
        issues: framework.issues.iter().map(|issue| issue_result(issue, threshold, score)).collect(),
        questions,
        indicators,
        instruments,
        total,
        level: level::find(framework, total.shown(), &shown, published_level),
        rank: submission.published.rank.as_ref().map(|given| given.value),
        findings: submission.findings.clone(),
    };
    assessment.add(findings::all(&assessment, submission));
    assessment
}

fn indicator_result(
    indicator: &Indicator,
    published: Option<Decimal>,
    score: impl Fn(QuestionCode) -> Option<Decimal>,
    in_parts: impl Fn(QuestionCode) -> bool,
) -> IndicatorResult {
    let flat = mean(indicator.all_questions().map(&score));
    let (computed, questions_mean) = match indicator.basis {
        Basis::Questions => (flat, None),
        Basis::SubIndicators => {
            let subs = indicator.sub_indicators.iter();
            (mean(subs.map(|sub| mean(sub.questions.iter().map(|&code| score(code))))), None)
        }
        // With the second survey at hand its half is known too.
        Basis::Published if flat.is_some() && indicator.all_questions().all(in_parts) => (flat, None),
        Basis::Published | Basis::Unknown => (None, flat),
    };
    let figure = Figure { published, computed };
    IndicatorResult { number: indicator.number, instrument: indicator.instrument, figure, questions_mean }
}

fn issue_result(issue: &Issue, threshold: Decimal, score: impl Fn(QuestionCode) -> Option<Decimal>) -> IssueResult {
    let groups = Instrument::ALL.into_iter().filter_map(|instrument| {
        let codes: Vec<QuestionCode> =
            issue.questions.iter().copied().filter(|code| code.instrument() == instrument).collect();
        (!codes.is_empty()).then_some((instrument, codes))
    });
    let ranked = lowest_first(issue.questions.iter().copied(), score);
    let lowest = ranked.first().copied();
    IssueResult {
        number: issue.number,
        groups: groups.collect(),
        mean: mean(ranked.iter().map(|(_, score)| Some(*score))),
        status: Status::classify(lowest.map(|(_, score)| score), threshold),
        lowest,
    }
}
