//! Last year's result of an agency, found by its name; by its place too where a name is not its alone.

use std::collections::HashMap;

use rust_decimal::Decimal;

use crate::overview::AgencyResult;
use crate::overview::group::{Name, name_of};
use crate::overview::statistic::Statistic;

/// How the totals have changed, over the agencies that have one in both years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// Last year, Buddhist era.
    pub year: u16,
    /// The changes, in points.
    pub statistic: Statistic,
    /// How many have risen.
    pub up: usize,
    /// How many have fallen.
    pub down: usize,
}

impl Changes {
    /// The changes from `year`, each rounded to two decimals.
    pub(super) fn new(year: u16, changes: &[Decimal]) -> Self {
        Self {
            year,
            statistic: Statistic::new(changes.iter().copied(), Decimal::ZERO),
            up: changes.iter().filter(|change| **change > Decimal::ZERO).count(),
            down: changes.iter().filter(|change| **change < Decimal::ZERO).count(),
        }
    }
}

/// Last year's results by the agency's name.
pub(super) struct EarlierResults<'a> {
    by_name: HashMap<String, Vec<(Name, &'a AgencyResult)>>,
    /// How often a name occurs this year.
    now: HashMap<String, usize>,
}

impl<'a> EarlierResults<'a> {
    pub(super) fn new(previous: Vec<&'a AgencyResult>, members: &[&AgencyResult]) -> Self {
        let mut by_name: HashMap<String, Vec<(Name, &AgencyResult)>> = HashMap::new();
        for result in previous {
            if let Some(name) = name_of(result) {
                by_name.entry(name.0.clone()).or_default().push((name, result));
            }
        }
        let mut now: HashMap<String, usize> = HashMap::new();
        for name in members.iter().filter_map(|result| name_of(result)) {
            *now.entry(name.0).or_default() += 1;
        }
        Self { by_name, now }
    }

    /// Last year's result of an agency; nothing where it could be more than one, or another agency's.
    pub(super) fn result(&self, result: &AgencyResult) -> Option<&'a AgencyResult> {
        let name = name_of(result)?;
        let of_name = self.by_name.get(&name.0)?;
        if let Some((_, same)) = of_name.iter().find(|(known, _)| *known == name) {
            return Some(same);
        }
        // A file of either year may leave out the place: that will do where the name is unmistakable in both.
        let alone = self.now.get(&name.0) == Some(&1);
        match of_name.as_slice() {
            [(known, only)] if alone && fits(&known.1, &name.1) && fits(&known.2, &name.2) => Some(only),
            _ => None,
        }
    }
}

/// Whether two names of a place do not contradict each other.
fn fits(a: &str, b: &str) -> bool {
    a.is_empty() || b.is_empty() || a == b
}
