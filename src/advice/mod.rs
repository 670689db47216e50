//! What to say and what to do about a score, as data.
//!
//! It takes TOML, built in or the user's own, and gives checked texts: a finding and recommendations for each question and
//! grade, measures, and what units are called by kind of agency. Which of them an agency gets is for [`crate::plan`] to choose.

mod check;
mod patch;
mod roles;

use std::sync::OnceLock;

use indexmap::IndexMap;
use rust_decimal::Decimal;
use serde::Deserialize;

pub use crate::advice::check::AdviceError;
pub use crate::advice::patch::AdvicePatch;
pub use crate::advice::roles::{Kind, Units};

use crate::domain::embedded;
use crate::domain::embedded::embedded;
use crate::domain::figure::round2;
use crate::framework::{Framework, Instrument, QuestionCode};

/// The built-in texts as they stand in their file, to be copied and changed.
pub const BUILT_IN_2567: &str = include_str!("2567.toml");

/// Where lines of the fixed texts may break, made from them ahead of time: see [`crate::typeset`].
pub const STORED_BREAKS: &str = include_str!("breaks.txt");

/// The texts for one framework.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Advice {
    /// The version of the file's schema; this program reads version 1.
    pub schema: u32,
    /// The fiscal year (Buddhist era) whose questions the texts are about.
    pub framework: u16,
    /// The grades that choose the wording, lowest first for each instrument.
    #[serde(rename = "grade")]
    pub grades: Vec<Grade>,
    /// What is said of an instrument in an issue when all its questions are at 100.
    pub maintain: IndexMap<Instrument, String>,
    /// The texts of each question.
    pub questions: IndexMap<QuestionCode, QuestionAdvice>,
    /// The bank of measures, in order of preference within an issue.
    #[serde(rename = "measure")]
    pub measures: Vec<Measure>,
}

/// A range of scores that shares a wording. Grades choose words only; what is weak is told by the threshold.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grade {
    /// Its name, by which the texts refer to it.
    pub id: String,
    /// The instruments it is for.
    pub instruments: Vec<Instrument>,
    /// Scores below this belong to it, unless they belong to a lower one.
    pub below: Option<Decimal>,
    /// Scores up to and including this belong to it, unless they belong to a lower one.
    pub up_to: Option<Decimal>,
    /// Which recommendations a question gets that is below the threshold.
    pub weak: Vec<String>,
    /// Which recommendations a question gets that is not.
    pub mild: Vec<String>,
}

/// The texts of one question.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionAdvice {
    /// One sentence for each grade.
    pub finding: IndexMap<String, String>,
    /// Recommendations by name; a grade tells which are given.
    pub recommend: IndexMap<String, Vec<String>>,
}

/// A measure, project or activity of the action plan.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Its stable name.
    pub id: String,
    /// The issue it belongs to.
    pub issue: u8,
    /// The questions that it answers, all of its issue.
    pub answers: Vec<QuestionCode>,
    /// What is done.
    pub title: String,
    /// How, step by step.
    pub steps: Vec<String>,
    /// Who does it: a role of `roles.toml`.
    pub role: String,
    /// The first and the last month of the fiscal year, 1 for October to 12 for September.
    pub months: (u8, u8),
    /// What comes out of it.
    pub output: String,
    /// How its success is measured.
    pub success: String,
    /// What to keep as evidence.
    pub evidence: String,
    /// Whether it maintains a standard: used only where nothing of its issue is weak.
    pub maintain: bool,
}

impl Advice {
    /// Reads an advice file and checks it against its framework.
    ///
    /// # Errors
    /// When the text is not TOML of this schema, or leaves a question, grade or role open: see [`AdviceError`].
    pub fn parse(text: &str, framework: &Framework) -> Result<Self, AdviceError> {
        let advice: Self = toml::from_str(text).map_err(|e| AdviceError::Syntax(e.to_string()))?;
        check::complete(&advice, framework)?;
        Ok(advice)
    }

    /// The built-in texts of a fiscal year (Buddhist era), if there are any.
    pub fn built_in(year: u16) -> Option<&'static Self> {
        static ADVICE_2567: OnceLock<Advice> = OnceLock::new();
        // Checked against its framework by a test, so that a start need not check it again.
        let advice = ADVICE_2567.get_or_init(|| embedded::read(embedded!("advice/2567")));
        (advice.framework == year).then_some(advice)
    }

    /// No texts at all, for a fiscal year (Buddhist era) that there are none for.
    pub fn empty(year: u16) -> Self {
        Self {
            schema: 1,
            framework: year,
            grades: Vec::new(),
            maintain: IndexMap::new(),
            questions: IndexMap::new(),
            measures: Vec::new(),
        }
    }

    /// The grade of a score of a question; nothing for a full score.
    pub fn grade(&self, code: QuestionCode, score: Decimal) -> Option<&Grade> {
        let score = round2(score);
        self.grades.iter().find(|grade| {
            let below = grade.below.is_some_and(|bound| score < bound);
            let up_to = grade.up_to.is_some_and(|bound| score <= bound);
            grade.instruments.contains(&code.instrument()) && (below || up_to)
        })
    }

    /// The finding and the recommendations for a question with this score; nothing for a full score.
    pub fn for_score(&self, code: QuestionCode, score: Decimal, weak: bool) -> Option<(&str, Vec<&str>)> {
        let grade = self.grade(code, score)?;
        let texts = self.questions.get(&code)?;
        let finding = texts.finding.get(&grade.id)?;
        let wanted = if weak { &grade.weak } else { &grade.mild };
        let given = wanted.iter().filter_map(|name| texts.recommend.get(name)).flatten();
        Some((finding, given.map(String::as_str).collect()))
    }

    /// Every text that can come to stand in a workbook.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let of_questions = self
            .questions
            .values()
            .flat_map(|question| question.finding.values().chain(question.recommend.values().flatten()));
        let of_measures = self.measures.iter().flat_map(|measure| {
            let single = [&measure.title, &measure.output, &measure.success, &measure.evidence];
            single.into_iter().chain(&measure.steps)
        });
        self.maintain.values().chain(of_questions).chain(of_measures).map(String::as_str)
    }

    /// The measures of an issue, in order of preference.
    pub fn measures_of(&self, issue: u8) -> impl Iterator<Item = &Measure> {
        self.measures.iter().filter(move |measure| measure.issue == issue)
    }
}
