//! Last year's result of an agency, found by its name; by its place too where a name is not its alone.

use std::collections::HashMap;

use rust_decimal::Decimal;

use crate::domain::identity::Register;
use crate::overview::AgencyResult;
use crate::overview::group::identity;
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

/// Last year's results by whose they are.
pub(super) struct EarlierResults<'a> {
    results: Register<&'a AgencyResult>,
    /// How often a name occurs this year.
    now: HashMap<String, usize>,
}

impl<'a> EarlierResults<'a> {
    pub(super) fn new(previous: Vec<&'a AgencyResult>, members: &[&AgencyResult]) -> Self {
        let mut results: Register<&AgencyResult> = Register::default();
        for result in previous {
            if let Some(identity) = identity(result) {
                results.insert(identity, result);
            }
        }
        let mut now: HashMap<String, usize> = HashMap::new();
        for identity in members.iter().filter_map(|result| identity(result)) {
            *now.entry(identity.name().to_owned()).or_default() += 1;
        }
        Self { results, now }
    }

    /// Last year's result of an agency; nothing where it could be more than one, or another agency's.
    pub(super) fn result(&self, result: &AgencyResult) -> Option<&'a AgencyResult> {
        let identity = identity(result)?;
        let found = self.results.find(&identity).copied()?;
        // A file of either year may leave out the place: that will do where the name is unmistakable in both.
        let alone = self.now.get(identity.name()) == Some(&1);
        (alone || self::identity(found).as_ref() == Some(&identity)).then_some(found)
    }
}
