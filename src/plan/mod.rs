//! An [`Assessment`] into an [`ActionPlan`]: what each issue's analysis says, and what is done next year.

mod cover;
mod text;

use rust_decimal::Decimal;

pub use text::InstrumentText;

use crate::advice::{Advice, Measure, Units};
use crate::assess::{Assessment, IssueResult};
use crate::framework::{Framework, QuestionCode};
use crate::thai;

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
    pub measure: &'static Measure,
    /// The weak questions that it answers with their scores, lowest first; none for a maintaining measure.
    pub answers: Vec<(QuestionCode, Decimal)>,
    /// The unit that carries it out.
    pub unit: String,
    /// When, in words.
    pub period: String,
}

/// Makes the plan of an agency whose name is `agency`.
pub fn plan(assessment: &Assessment, advice: &'static Advice, agency: Option<&str>) -> ActionPlan {
    let year = assessment.framework.year + 1;
    let units = Units::built_in();
    let issues = assessment.issues.iter().map(|issue| {
        let planned = cover::measures(issue, assessment, advice).into_iter().map(|(measure, answers)| PlannedMeasure {
            measure,
            answers,
            unit: units.unit(agency, &measure.role).to_owned(),
            period: thai::fiscal_period(year, measure.months.0, measure.months.1),
        });
        IssuePlan { number: issue.number, texts: text::texts(issue, assessment, advice), measures: planned.collect() }
    });
    ActionPlan { year, issues: issues.collect(), units: units.all(agency).into_iter().map(str::to_owned).collect() }
}

/// The issue in which a question is dealt with: the first that lists it.
fn home_issue(framework: &Framework, code: QuestionCode) -> Option<u8> {
    framework.issues_of(code).next().map(|issue| issue.number)
}

/// Whether a question of `issue` is dealt with in an earlier issue that lists it too.
fn dealt_with_before(framework: &Framework, issue: &IssueResult, code: QuestionCode) -> Option<u8> {
    home_issue(framework, code).filter(|home| *home < issue.number)
}
