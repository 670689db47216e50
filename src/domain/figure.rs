//! Figures: a score as published and as recomputed, with the assessment's rounding.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;

/// A score that may be published, recomputed, both or neither.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// The published score, 0 to 100, as it stands in the input.
    pub published: Option<Decimal>,
    /// The score recomputed from its parts, unrounded; nothing where a part is missing.
    pub computed: Option<Decimal>,
}

impl Figure {
    /// The score to compute with: the published one, or the computed one, unrounded, where nothing is published.
    pub fn exact(&self) -> Option<Decimal> {
        self.published.or(self.computed)
    }

    /// The score to show: the published one as it stands, or the computed one, rounded to two decimals, where nothing is
    /// published.
    pub fn shown(&self) -> Option<Decimal> {
        self.published.or(self.rounded())
    }

    /// The computed score, rounded to two decimals as a result is published.
    pub fn rounded(&self) -> Option<Decimal> {
        self.computed.map(round2)
    }

    /// The same with the computed score rounded, as instruments and the total are held against published ones.
    #[must_use]
    pub fn as_shown(&self) -> Self {
        Self { computed: self.rounded(), ..*self }
    }

    /// Whether both are there and lie further apart than `tolerance`, the computed one rounded to two decimals.
    pub fn differs(&self, tolerance: Decimal) -> bool {
        match (self.published, self.rounded()) {
            (Some(published), Some(computed)) => (published - computed).abs() > tolerance,
            _ => false,
        }
    }
}

/// Rounded half up to two decimals, as results are compared and shown.
pub fn round2(score: Decimal) -> Decimal {
    score.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

/// A score with two decimals: `92.13`, `100.00`.
pub fn two_decimals(score: Decimal) -> String {
    format!("{:.2}", round2(score))
}

/// The mean at full precision; nothing where a score is missing or there is none at all.
pub fn mean(scores: impl IntoIterator<Item = Option<Decimal>>) -> Option<Decimal> {
    let mut sum = Decimal::ZERO;
    let mut count = 0u32;
    for score in scores {
        sum += score?;
        count += 1;
    }
    (count > 0).then(|| sum / Decimal::from(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_hundredth_is_rounded_up() {
        assert_eq!(two_decimals(Decimal::new(84_995, 3)), "85.00");
        assert_eq!(two_decimals(Decimal::new(84_994, 3)), "84.99");
        assert_eq!(two_decimals(Decimal::ONE_HUNDRED), "100.00");
    }

    #[test]
    fn a_missing_score_is_not_zero() {
        assert_eq!(mean([Some(Decimal::ONE), None]), None);
        assert_eq!(mean([]), None);
        assert_eq!(mean([Some(Decimal::ONE), Some(Decimal::TWO)]), Some(Decimal::new(15, 1)));
    }
}
