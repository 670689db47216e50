//! Who is in the group: one assessment's agencies, each once.

use std::collections::BTreeMap;

use crate::domain::identity::{Identity, Register};
use crate::overview::AgencyResult;

/// A result that is not counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Excluded<'a> {
    /// The result.
    pub result: &'a AgencyResult,
    /// Why.
    pub reason: Exclusion<'a>,
}

/// Why a result is not counted.
#[derive(Debug, Clone, PartialEq)]
pub enum Exclusion<'a> {
    /// It is of another year's assessment than the group.
    OtherYear,
    /// The same agency has been counted from this input.
    Repeated(&'a str),
}

/// Which results count, and how many do not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The fiscal year of the group, Buddhist era: that of most results, the newest where several have as many.
    pub year: u16,
    /// How many agencies count.
    pub agencies: usize,
    /// How many results are of other years, by year.
    pub other_years: BTreeMap<u16, usize>,
    /// How many are a second result of an agency that counts.
    pub repeated: usize,
}

impl Counted {
    /// Of all results; nothing where there is none.
    pub fn of(results: &[AgencyResult]) -> Option<Self> {
        let year = year_of(results)?;
        let (members, excluded) = members(results, year);
        let mut other_years: BTreeMap<u16, usize> = BTreeMap::new();
        for left_out in excluded.iter().filter(|left_out| left_out.reason == Exclusion::OtherYear) {
            *other_years.entry(left_out.result.year).or_default() += 1;
        }
        let repeated = excluded.len() - other_years.values().sum::<usize>();
        Some(Self { year, agencies: members.len(), other_years, repeated })
    }
}

/// Whose a result is; nothing where the agency is not named.
pub(super) fn identity(result: &AgencyResult) -> Option<Identity> {
    Identity::new(result.agency.as_deref(), result.district.as_deref(), result.province.as_deref())
}

/// The year that most results are of, the newest where several are equal; nothing where there is no result.
pub(super) fn year_of(results: &[AgencyResult]) -> Option<u16> {
    let mut counts: BTreeMap<u16, usize> = BTreeMap::new();
    for result in results {
        *counts.entry(result.year).or_default() += 1;
    }
    counts.into_iter().max_by_key(|&(year, count)| (count, year)).map(|(year, _)| year)
}

/// The results of a year, each agency once (the first counts), and those left out. One without a name is on its own.
pub(super) fn members(results: &[AgencyResult], year: u16) -> (Vec<&AgencyResult>, Vec<Excluded<'_>>) {
    let mut seen: Register<&str> = Register::default();
    let (mut members, mut excluded) = (Vec::new(), Vec::new());
    for result in results {
        if result.year != year {
            excluded.push(Excluded { result, reason: Exclusion::OtherYear });
            continue;
        }
        let Some(identity) = identity(result) else {
            members.push(result);
            continue;
        };
        match seen.first(&identity).copied() {
            Some(first) => excluded.push(Excluded { result, reason: Exclusion::Repeated(first) }),
            None => {
                seen.insert(identity, &result.source);
                members.push(result);
            }
        }
    }
    (members, excluded)
}
