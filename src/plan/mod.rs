//! An [`Assessment`] into an [`ActionPlan`]: what each issue's analysis says, and what is done next year.
//!
//! It takes the assessment and the texts of [`crate::advice`] and chooses among them; it makes up no text of its own but the
//! few words around a score. It knows no sheet and no file.

mod cover;
mod text;

use indexmap::IndexMap;
use rust_decimal::Decimal;

pub use crate::plan::text::InstrumentText;

use crate::advice::{Advice, Measure, Units};
use crate::assess::{Assessment, IssueResult};
use crate::domain::digits::Digits;
use crate::domain::thai;
use crate::framework::{Framework, QuestionCode};

/// The texts of the analysis and the measures of the plan.
#[derive(Debug, Clone)]
pub struct ActionPlan {
    /// The fiscal year of the plan, Buddhist era: the one after the year assessed.
    pub year: u16,
    /// The issues, in order.
    pub issues: Vec<IssuePlan>,
    /// The units that could carry measures out, for choosing another.
    pub units: Vec<String>,
}

/// One issue's texts and measures.
#[derive(Debug, Clone)]
pub struct IssuePlan {
    /// The issue's number.
    pub number: u8,
    /// What is said of each of its instruments, in the order of [`IssueResult::groups`].
    pub texts: Vec<InstrumentText>,
    /// The measures, that for the lowest score first.
    pub measures: Vec<PlannedMeasure>,
}

/// A measure chosen for an agency.
#[derive(Debug, Clone)]
pub struct PlannedMeasure {
    /// The measure.
    pub measure: Measure,
    /// The weak questions that it answers with their scores, lowest first; none for a maintaining measure.
    pub answers: Vec<(QuestionCode, Decimal)>,
    /// The weak indicators that it answers for want of question scores, with their scores.
    pub indicators: Vec<(u8, Decimal)>,
    /// The unit that carries it out.
    pub unit: String,
    /// When, in words.
    pub period: String,
}

/// Whose plan it is and how it is written.
#[derive(Debug, Clone, Copy)]
pub struct Settings<'a> {
    /// The agency's name, which shows what its units are called.
    pub agency: Option<&'a str>,
    /// Names of its units by role, where they are known.
    pub units: &'a IndexMap<String, String>,
    /// Which digits texts and periods are written with.
    pub digits: Digits,
}

/// Chooses the texts and makes the plan.
pub fn plan(assessment: &Assessment, advice: &Advice, settings: Settings<'_>) -> ActionPlan {
    let year = assessment.framework.year + 1;
    let built_in = Units::built_in();
    let unit = |role: &str| match settings.units.get(role) {
        Some(name) => name.clone(),
        None => built_in.unit(settings.agency, role).to_owned(),
    };
    let issues = assessment.issues.iter().map(|issue| {
        let planned = cover::measures(issue, assessment, advice).into_iter().map(|(measure, answers)| PlannedMeasure {
            unit: unit(&measure.role),
            period: settings.digits.title(&thai::fiscal_period(year, measure.months.0, measure.months.1)),
            indicators: indicators(assessment, measure),
            measure: measure.clone(),
            answers,
        });
        IssuePlan {
            number: issue.number,
            texts: text::texts(issue, assessment, advice, settings.digits),
            measures: planned.collect(),
        }
    });
    let mut units: Vec<String> = Vec::new();
    for name in built_in.roles().map(unit) {
        if !units.contains(&name) {
            units.push(name);
        }
    }
    ActionPlan { year, issues: issues.collect(), units }
}

/// The weak indicators of those questions of a measure that have no score.
fn indicators(assessment: &Assessment, measure: &Measure) -> Vec<(u8, Decimal)> {
    let unscored = measure.answers.iter().filter(|code| !measure.maintain && assessment.score(**code).is_none());
    let mut found: Vec<(u8, Decimal)> = unscored.filter_map(|code| cover::weak_indicator(assessment, *code)).collect();
    found.dedup();
    found
}

/// The issue in which a question is dealt with: the first that lists it.
fn home_issue(framework: &Framework, code: QuestionCode) -> Option<u8> {
    framework.issues_of(code).next().map(|issue| issue.number)
}

/// Whether a question of `issue` is dealt with in an earlier issue that lists it too.
fn dealt_with_before(framework: &Framework, issue: &IssueResult, code: QuestionCode) -> Option<u8> {
    home_issue(framework, code).filter(|home| *home < issue.number)
}
