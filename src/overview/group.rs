//! Who is in the group: one assessment's agencies, each once.

use std::collections::{BTreeMap, HashMap};

use crate::domain::thai;
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

/// An agency and its place, as they are told apart.
pub(super) type Name = (String, String, String);

/// The agency, district and province in one spelling; nothing where the agency is not named.
pub(super) fn name_of(result: &AgencyResult) -> Option<Name> {
    let part = |text: &Option<String>| text.as_deref().map(thai::clean).unwrap_or_default();
    result.agency.as_ref().map(|_| (part(&result.agency), part(&result.district), part(&result.province)))
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
    let mut seen: HashMap<Name, &str> = HashMap::new();
    let (mut members, mut excluded) = (Vec::new(), Vec::new());
    for result in results {
        if result.year != year {
            excluded.push(Excluded { result, reason: Exclusion::OtherYear });
            continue;
        }
        let Some(name) = name_of(result) else {
            members.push(result);
            continue;
        };
        match seen.get(&name) {
            Some(first) => excluded.push(Excluded { result, reason: Exclusion::Repeated(first) }),
            None => {
                seen.insert(name, &result.source);
                members.push(result);
            }
        }
    }
    (members, excluded)
}
