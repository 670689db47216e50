//! The league table: who stands where.

use rust_decimal::Decimal;

use crate::domain::figure::round2;
use crate::overview::AgencyResult;
use crate::overview::change::EarlierResults;

/// An agency's place in the group.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing<'a> {
    /// Its result.
    pub result: &'a AgencyResult,
    /// Its rank by the total as it is shown: equal totals share a rank, the next is as if they had not (1, 1, 3).
    /// Nothing without a total.
    pub rank: Option<usize>,
    /// Last year's total, rounded to two decimals.
    pub previous: Option<Decimal>,
}

impl Standing<'_> {
    /// The total, rounded to two decimals.
    pub fn total(&self) -> Option<Decimal> {
        self.result.total.map(round2)
    }

    /// By how much the total has risen since last year, in points.
    pub fn change(&self) -> Option<Decimal> {
        Some(self.total()? - self.previous?)
    }
}

/// The standings, best first, then those without a total; within one rank by province, district and name.
pub(super) fn standings<'a>(members: &[&'a AgencyResult], last_year: &EarlierResults<'_>) -> Vec<Standing<'a>> {
    let mut standings: Vec<Standing<'a>> = members
        .iter()
        .map(|result| {
            let previous = last_year.result(result).and_then(|earlier| earlier.total).map(round2);
            Standing { result, rank: None, previous }
        })
        .collect();
    let place = |result: &AgencyResult| (result.province.clone(), result.district.clone(), result.agency.clone());
    standings.sort_by_cached_key(|standing| {
        (standing.total().is_none(), standing.total().map(std::cmp::Reverse), place(standing.result))
    });
    let mut shared: Option<(Decimal, usize)> = None;
    for (at, standing) in (1..).zip(&mut standings) {
        let Some(total) = standing.total() else { break };
        let rank = match shared {
            Some((before, rank)) if before == total => rank,
            _ => at,
        };
        shared = Some((total, rank));
        standing.rank = Some(rank);
    }
    standings
}
