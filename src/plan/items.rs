//! What an officer has made of a plan: texts one by one, each under the stable key of what the program has put there.

use std::collections::BTreeMap;

use crate::domain::identity::Register;
use crate::framework::Instrument;
use crate::plan::{PlannedMeasure, Subject};

/// A text of a measure as it is printed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Item {
    /// What it is among the texts of its column; empty for a text that the officer has added.
    pub key: String,
    /// The text, of a step without its number.
    pub text: String,
    /// Whether a number stands before it, as before every step of the program.
    pub numbered: bool,
}

impl Item {
    /// A text of the program.
    pub fn new(key: impl Into<String>, text: impl Into<String>) -> Self {
        Self { key: key.into(), text: text.into(), numbered: true }
    }
}

/// The texts of a measure, column by column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MeasureItems {
    /// What stands before the title where it is no number.
    pub number: Option<String>,
    /// The title, what it answers, how its success is measured, and what the officer has added.
    pub lines: Vec<Item>,
    /// The steps.
    pub steps: Vec<Item>,
    /// The units that carry it out.
    pub units: Vec<Item>,
}

/// The key of a title among the lines of a measure.
pub const TITLE: &str = "title";
/// The key of what a measure answers.
pub const ANSWERS: &str = "answers";
/// The key of what comes out of it.
pub const OUTPUT: &str = "output";
/// The key of how its success is measured.
pub const SUCCESS: &str = "success";

/// What an officer has made of a row of the analysis.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OfficerRow {
    /// The text in place of the program's.
    pub text: Option<String>,
    /// The question in place of the program's.
    pub question: Option<String>,
    /// Number, instrument, question, score and status of a row that the officer has added.
    pub added: Option<[String; 5]>,
    /// Whether the text stands for several questions and should be looked at.
    pub review: bool,
}

/// What was filled in about a measure a year later.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// What has come of it.
    pub result: String,
    /// How far it is.
    pub state: String,
    /// The percentage as it was typed; a number where it is one.
    pub percent: String,
    /// What stood in the way.
    pub problem: String,
    /// When it was reported, as it was typed; a serial number of days where it is a date.
    pub date: String,
    /// Where the evidence is.
    pub evidence: String,
}

impl Outcome {
    /// Its cells, from left to right.
    pub fn cells(&self) -> [&String; 6] {
        [&self.result, &self.state, &self.percent, &self.problem, &self.date, &self.evidence]
    }

    /// The outcome of cells, from left to right.
    pub fn of_cells([result, state, percent, problem, date, evidence]: [String; 6]) -> Self {
        Self { result, state, percent, problem, date, evidence }
    }

    /// Whether nothing was filled in.
    pub fn is_empty(&self) -> bool {
        self.cells().into_iter().all(String::is_empty)
    }
}

/// A measure whose outcome is known, with its number and title.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Followed {
    /// The issue's number; 0 where it is not known.
    pub issue: u8,
    /// Its number, such as `1.2`.
    pub number: String,
    /// Its title.
    pub title: String,
    /// What has come of it.
    pub outcome: Outcome,
}

/// An issue's number as it is shown; a dash where it is not known.
pub(crate) fn issue_number(issue: u8) -> String {
    if issue == 0 { "-".to_owned() } else { issue.to_string() }
}

/// What has come of measures.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FollowUp {
    /// Outcomes of measures of the plan, by issue and name; under 0 and their number those in rows for measures that are added.
    pub outcomes: BTreeMap<(u8, String), Outcome>,
    /// Rows that the officer has added to the follow-up itself.
    pub added: Vec<Followed>,
    /// Last year's measures.
    pub last_year: Option<LastYearPlan>,
}

/// Last year's measures with what has come of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LastYearPlan {
    /// The fiscal year that they were carried out in, Buddhist era.
    pub year: u16,
    /// The measures, in the order of the plan.
    pub measures: Vec<Followed>,
}

/// Last year's measures of many agencies.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LastYearPlans(pub Register<LastYearPlan>);

impl LastYearPlans {
    /// The plans as a text that is equal for equal ones.
    pub(crate) fn fingerprint(&self) -> String {
        format!("{:?}", self.0.all())
    }
}

impl Subject {
    /// Its name in keys.
    pub fn key(self) -> String {
        match self {
            Self::Question(code) => code.to_string(),
            Self::Indicator(number) => format!("indicator-{number}"),
            Self::Added(number) => format!("added-{number}"),
        }
    }
}

/// The key of an issue's row of the analysis.
pub fn analysis_key(issue: u8, subject: Subject) -> String {
    format!("A/{issue}/{}", subject.key())
}

/// What ends the key of a row that should be looked at.
pub const REVIEW_KEY: &str = "|review";

/// The key of what stands below the rows of an instrument.
pub fn note_key(issue: u8, instrument: Instrument) -> String {
    format!("A/{issue}/{}", instrument.name())
}

/// The key of what part 1 ends with.
pub const CAUTION: &str = "A/caution";

/// The key of a measure.
pub fn measure_key(issue: u8, id: &str) -> String {
    format!("P/{issue}/{id}")
}

/// The key of the reason why an issue has no measure.
pub fn no_measures_key(issue: u8) -> String {
    format!("P/{issue}/-none")
}

/// The key of a measure's row of the follow-up.
pub fn follow_up_key(issue: u8, id: &str) -> String {
    format!("F/{issue}/{id}")
}

/// The key of the heading over last year's measures; theirs begin with it.
pub const LAST_YEAR: &str = "L";

/// What the keys of the rows above a table begin with: title, agency and heads.
pub const TITLE_ROW: &str = "T/";

/// The key of a line to sign on, from 1.
pub fn signature_key(line: usize) -> String {
    format!("P/sign/{line}")
}

impl PlannedMeasure {
    /// The keys of its steps: what each is about, and how many it is of that; the first and the last of the others by where
    /// they stand.
    pub fn step_keys(&self) -> Vec<String> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let last = self.steps.len().saturating_sub(1);
        let key = |(index, step): (usize, &crate::plan::Step)| {
            let name = match &step.carries {
                Some((subject, _)) => subject.key(),
                None if index == last => "end".to_owned(),
                None if index == 0 => "begin".to_owned(),
                None => "step".to_owned(),
            };
            let count = counts.entry(name.clone()).or_default();
            *count += 1;
            format!("{name}.{count}")
        };
        self.steps.iter().enumerate().map(key).collect()
    }
}
