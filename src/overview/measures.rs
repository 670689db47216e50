//! What has come of the measures of many agencies.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::framework::Framework;
use crate::plan::items::{Followed, issue_number};

/// The filled follow-up of an agency's plan.
#[derive(Debug, Clone)]
pub struct AgencyMeasures {
    /// The agency's name.
    pub agency: String,
    /// Its district, where the workbook says it.
    pub district: Option<String>,
    /// Its province, likewise.
    pub province: Option<String>,
    /// The fiscal year that the measures are carried out in, Buddhist era.
    pub year: u16,
    /// The workbook.
    pub source: String,
    /// The rules of the year that the plan answers, where they are known.
    pub framework: Option<Arc<Framework>>,
    /// The measures, in the order of the plan.
    pub measures: Vec<Followed>,
}

/// What the measures of an issue amount to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IssueMeasures {
    /// How many there are.
    pub measures: usize,
    /// How many have each state, by its words.
    pub states: BTreeMap<String, usize>,
    /// The mean of their percentages, those without one counted as 0; nothing where none has one.
    pub mean: Option<Decimal>,
}

impl AgencyMeasures {
    /// An issue's title, with its number before it.
    pub fn issue_title(&self, number: u8) -> String {
        let issues = self.framework.iter().flat_map(|framework| &framework.issues);
        let title = issues.into_iter().find(|issue| issue.number == number).map(|issue| issue.title.clone());
        title.map_or_else(|| issue_number(number), |title| format!("{number}. {title}"))
    }
}

/// The measures of all agencies, issue by issue.
pub fn by_issue(all: &[AgencyMeasures]) -> BTreeMap<u8, IssueMeasures> {
    let mut issues: BTreeMap<u8, (IssueMeasures, Vec<Decimal>)> = BTreeMap::new();
    for followed in all.iter().flat_map(|agency| &agency.measures) {
        let (sums, percents) = issues.entry(followed.issue).or_default();
        sums.measures += 1;
        if !followed.outcome.state.is_empty() {
            *sums.states.entry(followed.outcome.state.clone()).or_default() += 1;
        }
        percents.extend(followed.outcome.percent.parse::<Decimal>().ok());
    }
    let mean = |(number, (mut sums, percents)): (u8, (IssueMeasures, Vec<Decimal>))| {
        let sum: Decimal = percents.iter().sum();
        sums.mean = (!percents.is_empty()).then(|| sum / Decimal::from(sums.measures.max(1)));
        (number, sums)
    };
    issues.into_iter().map(mean).collect()
}
