//! Agencies that almost pass, and what holds them.

use rust_decimal::Decimal;

use crate::domain::figure::round2;
use crate::framework::{Framework, Instrument};
use crate::overview::league::Standing;

/// An agency below the pass mark.
#[derive(Debug, Clone, PartialEq)]
pub struct NearPass<'a> {
    /// Who it is.
    pub standing: Standing<'a>,
    /// How many points its total is short of the pass mark.
    pub missing: Decimal,
    /// Its instruments below the pass mark, the one that costs the total most first.
    pub instruments: Vec<(Instrument, Short)>,
    /// Its indicators below the pass mark, the one that costs the total most first.
    pub indicators: Vec<(u8, Short)>,
}

/// A score that is short of the pass mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Short {
    /// The score, rounded to two decimals.
    pub score: Decimal,
    /// How many points it is short.
    pub missing: Decimal,
    /// How many points the total would rise if it reached the pass mark, unrounded.
    pub cost: Decimal,
}

/// The agencies below the pass mark, the nearest first, at most so many.
pub(super) fn nearest<'a>(
    standings: &[Standing<'a>],
    framework: &Framework,
    mark: Decimal,
    most: usize,
) -> Vec<NearPass<'a>> {
    let below = standings.iter().filter(|standing| standing.total().is_some_and(|total| total < mark));
    below.take(most).map(|standing| near_pass(standing, framework, mark)).collect()
}

fn near_pass<'a>(standing: &Standing<'a>, framework: &Framework, mark: Decimal) -> NearPass<'a> {
    let short = |score: Decimal, weight: Decimal| {
        let score = round2(score);
        (score < mark).then(|| Short { score, missing: mark - score, cost: (mark - score) * weight })
    };
    let weight = |instrument: Instrument| {
        let facts = framework.instruments.get(&instrument);
        // where the weights are not known, all instruments count alike
        facts.and_then(|facts| facts.weight).unwrap_or(Decimal::ONE_HUNDRED) / Decimal::ONE_HUNDRED
    };
    let result = standing.result;
    let mut instruments: Vec<(Instrument, Short)> = result
        .instruments
        .iter()
        .filter_map(|(instrument, score)| Some((*instrument, short(*score, weight(*instrument))?)))
        .collect();
    instruments.sort_by_key(|(_, short)| std::cmp::Reverse(short.cost));
    let mut indicators: Vec<(u8, Short)> = framework
        .indicators
        .iter()
        .filter_map(|indicator| {
            // The indicators of an instrument share its weight evenly.
            let siblings = framework.indicators_of(indicator.instrument).count();
            let weight = weight(indicator.instrument) / Decimal::from(siblings.max(1));
            Some((indicator.number, short(*result.indicators.get(&indicator.number)?, weight)?))
        })
        .collect();
    indicators.sort_by_key(|(_, short)| std::cmp::Reverse(short.cost));
    NearPass {
        missing: standing.total().map_or(Decimal::ZERO, |total| mark - total),
        standing: standing.clone(),
        instruments,
        indicators,
    }
}
