//! What many scores amount to.

use rust_decimal::Decimal;

use crate::domain::figure::{mean, round2};

/// Mean, median and range of the scores that there are, and how many reach a mark.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Statistic {
    /// How many scores there are; missing ones are not counted.
    pub count: usize,
    /// How many, rounded to two decimals, reach the mark.
    pub passing: usize,
    /// Their mean, unrounded; nothing where there is no score.
    pub mean: Option<Decimal>,
    /// The middle one, or the mean of the two in the middle.
    pub median: Option<Decimal>,
    /// The lowest.
    pub lowest: Option<Decimal>,
    /// The highest.
    pub highest: Option<Decimal>,
}

impl Statistic {
    /// The statistic of `scores` (0 to 100) against `mark`.
    pub fn new(scores: impl IntoIterator<Item = Decimal>, mark: Decimal) -> Self {
        let mut scores: Vec<Decimal> = scores.into_iter().collect();
        scores.sort_unstable();
        let middle = scores.len() / 2;
        let lower = if scores.len().is_multiple_of(2) { middle.wrapping_sub(1) } else { middle };
        Self {
            count: scores.len(),
            passing: scores.iter().filter(|score| round2(**score) >= mark).count(),
            mean: mean(scores.iter().copied().map(Some)),
            median: mean([scores.get(lower).copied(), scores.get(middle).copied()]),
            lowest: scores.first().copied(),
            highest: scores.last().copied(),
        }
    }

    /// The share that reaches the mark, in percent; nothing where there is no score.
    pub fn share(&self) -> Option<Decimal> {
        percent(self.passing, self.count)
    }
}

/// `part` of `whole` in percent, unrounded.
pub fn percent(part: usize, whole: usize) -> Option<Decimal> {
    (whole > 0).then(|| Decimal::from(part) * Decimal::ONE_HUNDRED / Decimal::from(whole))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::*;

    fn statistic(scores: &[&str]) -> Statistic {
        Statistic::new(scores.iter().map(|score| score.parse().unwrap()), Decimal::from(85))
    }

    #[test]
    fn an_even_count_has_the_mean_of_the_two_in_the_middle() {
        assert_eq!(statistic(&["4", "1", "3", "2"]).median, Some("2.5".parse().unwrap()));
        assert_eq!(statistic(&["9", "1", "3"]).median, Some(Decimal::from(3)));
        assert_eq!(statistic(&[]), Statistic::default());
    }

    #[test]
    fn a_score_passes_as_it_is_shown() {
        assert_eq!(statistic(&["84.995", "84.994", "85"]).passing, 2);
    }
}
