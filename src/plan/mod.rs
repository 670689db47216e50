//! An [`Assessment`] into an [`ActionPlan`]: what each issue's analysis says, and what is done next year.
//!
//! It takes the assessment and the texts of [`crate::advice`] and chooses among them: what must be spoken of, the measures
//! that are about it, and which recommendations are printed, each with the step of a measure that carries it out. It makes up
//! no text of its own. It knows no sheet and no file.

mod bounds;
mod carry;
mod choice;
pub mod items;
mod spoken;

use indexmap::IndexMap;
use rust_decimal::Decimal;

pub use crate::plan::bounds::Amount;

use crate::advice::{Advice, Units};
use crate::assess::Assessment;
use crate::domain::digits::Digits;
use crate::domain::thai;
use crate::framework::{Framework, Instrument, QuestionCode};
use crate::plan::choice::Chosen;
use crate::plan::items::{FollowUp, MeasureItems, OfficerRow};

/// The texts of the analysis and the measures of the plan.
#[derive(Debug, Clone)]
pub struct ActionPlan {
    /// The fiscal year of the plan, Buddhist era: the one after the year assessed.
    pub year: u16,
    /// The issues, in order.
    pub issues: Vec<IssuePlan>,
    /// The units that could carry measures out, for choosing another.
    pub units: Vec<String>,
    /// What part 1 ends with.
    pub caution: String,
    /// What stands above measures of the second phase.
    pub second_phase: String,
    /// What stands above the recommendations of a question.
    pub lead_in: String,
    /// What stands right before the only recommendation of a question.
    pub lead_in_one: String,
    /// What stands there for an item of the disclosure check.
    pub lead_in_oit: String,
    /// What stands right before the only recommendation of such an item.
    pub lead_in_oit_one: String,
    /// The lines to sign on, left and right, where the officer has filled them in.
    pub signatures: Option<Vec<[String; 2]>>,
    /// What has come of the measures.
    pub follow_up: FollowUp,
}

/// One issue's texts and measures.
#[derive(Debug, Clone)]
pub struct IssuePlan {
    /// The issue's number.
    pub number: u8,
    /// What is said of each of its instruments, in the order of [`crate::assess::IssueResult::groups`].
    pub texts: Vec<InstrumentText>,
    /// The measures: those of the first phase, then those of the second, each the most pressing first.
    pub measures: Vec<PlannedMeasure>,
    /// Why there is no measure, where there is none.
    pub no_measures: Option<String>,
}

/// What is said of the questions of one instrument in an issue.
#[derive(Debug, Clone)]
pub struct InstrumentText {
    /// The instrument.
    pub instrument: Instrument,
    /// Its rows: every question in the order of the framework, then indicators that are spoken of as a whole.
    pub rows: Vec<AnalysisRow>,
    /// What is said below them.
    pub note: Option<String>,
    /// Whether that is the officer's text, printed as it stands.
    pub officers_note: bool,
}

/// What a row of the analysis and a measure of the plan are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// A question.
    Question(QuestionCode),
    /// An indicator as a whole.
    Indicator(u8),
    /// Something that the officer has added, by its number among these.
    Added(u16),
}

/// A row of the analysis.
#[derive(Debug, Clone)]
pub struct AnalysisRow {
    /// What it is about.
    pub subject: Subject,
    /// What is found wrong; empty where nothing is said.
    pub finding: String,
    /// What is recommended; each is carried out by a step of the plan.
    pub recommendations: Vec<String>,
    /// What the officer has made of it.
    pub officer: Option<OfficerRow>,
}

/// When a measure is carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// Within the numbers that an agency can carry out.
    First,
    /// What is beyond them.
    Second,
}

/// A measure chosen for an agency.
#[derive(Debug, Clone)]
pub struct PlannedMeasure {
    /// Its stable name: the measure's, or `urgent-` and the topic's.
    pub id: String,
    /// When it is carried out.
    pub phase: Phase,
    /// What is done.
    pub title: String,
    /// What it answers, the lowest score first, with the scores.
    pub answers: Vec<(Subject, Decimal)>,
    /// How, step by step.
    pub steps: Vec<Step>,
    /// The units that carry it out.
    pub unit: String,
    /// When, in words.
    pub period: String,
    /// What comes out of it.
    pub output: String,
    /// How its success is measured.
    pub success: String,
    /// Whether it is a yearly duty.
    pub duty: bool,
    /// Its texts where the officer has changed some of them.
    pub items: Option<MeasureItems>,
    /// Whether nothing calls for it any more, and it stays for the officer's words.
    pub review: bool,
}

/// A step of a measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What is done.
    pub text: String,
    /// The recommendation that it carries out: what it is about, and the text as it is printed.
    pub carries: Option<(Subject, String)>,
}

impl PlannedMeasure {
    /// How many characters its title and steps have together.
    pub fn letters(&self) -> usize {
        self.title.chars().count() + self.steps.iter().map(|step| step.text.chars().count()).sum::<usize>()
    }
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
    /// How many measures an issue gets.
    pub amount: Amount,
}

/// What the texts call an agency's units.
const DIVISION: &str = "ส่วนราชการ";

/// What the choice is made from.
struct Planner<'a> {
    assessment: &'a Assessment,
    framework: &'a Framework,
    advice: &'a Advice,
    settings: Settings<'a>,
    year: u16,
}

/// Chooses the texts and makes the plan.
pub fn plan(assessment: &Assessment, advice: &Advice, settings: Settings<'_>) -> ActionPlan {
    let framework = &*assessment.framework;
    let planner = Planner { assessment, framework, advice, settings, year: framework.year + 1 };
    let phrases = &advice.phrases;
    let mut units: Vec<String> = Vec::new();
    for name in Units::built_in().roles().map(|role| planner.unit(role)) {
        if !units.contains(&name) {
            units.push(name);
        }
    }
    ActionPlan {
        year: planner.year,
        issues: assessment.issues.iter().map(|issue| planner.issue(issue)).collect(),
        units,
        caution: phrases.caution.clone(),
        second_phase: phrases.second_phase.clone(),
        lead_in: phrases.lead_in.clone(),
        lead_in_one: phrases.lead_in_one.clone(),
        lead_in_oit: phrases.lead_in_oit.clone(),
        lead_in_oit_one: phrases.lead_in_oit_one.clone(),
        signatures: None,
        follow_up: FollowUp::default(),
    }
}

impl Planner<'_> {
    /// The unit that has a role.
    fn unit(&self, role: &str) -> String {
        let named = self.settings.units.get(role).cloned();
        named.unwrap_or_else(|| Units::built_in().unit(self.settings.agency, role).to_owned())
    }

    /// A text in the agency's own word for its units and with the digits that are wanted.
    fn words(&self, text: &str) -> String {
        let division = Units::built_in().division(self.settings.agency);
        self.settings.digits.number(&text.replace(DIVISION, division))
    }

    /// The units that have some roles, each once.
    fn units(&self, roles: &[String]) -> String {
        let mut names: Vec<String> = Vec::new();
        for name in roles.iter().map(|role| self.unit(role)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.join("\n")
    }

    /// When a measure is carried out: its months, or the second half of them in the second phase.
    fn period(&self, chosen: &Chosen<'_>) -> String {
        let text = match chosen {
            Chosen { urgent: Some(_), .. } => self.advice.phrases.urgent_period.clone(),
            Chosen { phase: Phase::Second, measure, .. } => {
                thai::fiscal_period(self.year, measure.months.0.max(7), measure.months.1.max(12))
            }
            Chosen { measure, .. } => thai::fiscal_period(self.year, measure.months.0, measure.months.1),
        };
        self.settings.digits.title(&text)
    }
}
