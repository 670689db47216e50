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
