//! The scale that the numbers of each instrument are on: 0 to 100, fractions of 1, or another one, which is no score.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::framework::Instrument;
use crate::recognise::cell::score;

/// What the numbers of an instrument are out of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::recognise) enum Scale {
    /// Of 100, as scores are.
    Hundred,
    /// Of 1: fractions, or 1 and 0 for items that are published or not.
    One,
    /// Of something else: the highest number.
    Other(Decimal),
}

impl Scale {
    /// A number of this scale as a score; nothing where the scale is none of scores.
    pub fn score(self, number: Decimal) -> Option<Decimal> {
        match self {
            Self::Hundred => Some(number),
            Self::One => Some(number * Decimal::ONE_HUNDRED),
            Self::Other(_) => None,
        }
    }
}

/// The fewest numbers of an instrument that tell its scale.
const FEWEST: usize = 5;

/// Nobody has all scores of an instrument as low as this: they are out of 4, 5, 10 or 20.
const LOW: u32 = 20;

/// Highest weighted scores: surveys count for 30 %, the items for 40 %.
const WEIGHTED: (u32, u32) = (30, 40);

/// The scale of each instrument, by the numbers of its questions.
pub(in crate::recognise) fn scales(numbers: &[(Instrument, Decimal)]) -> BTreeMap<Instrument, Scale> {
    let of = |instrument: Instrument| -> Vec<Decimal> {
        numbers.iter().filter(|(own, number)| *own == instrument && score::in_range(*number)).map(|(_, n)| *n).collect()
    };
    let most = |instrument: Instrument| of(instrument).into_iter().max();
    let surveys = [Instrument::Iit, Instrument::Eit].map(most);
    let weighted = most(Instrument::Oit) == Some(Decimal::from(WEIGHTED.1))
        && surveys.iter().all(|most| most.is_some_and(|most| most <= Decimal::from(WEIGHTED.0)));
    let mut scales: BTreeMap<Instrument, Scale> = Instrument::ALL
        .into_iter()
        .filter_map(|instrument| {
            let numbers = of(instrument);
            let most = *numbers.iter().max()?;
            let scale = if weighted { Scale::Other(most) } else { scale(instrument, &numbers, most) };
            Some((instrument, scale))
        })
        .collect();
    // Beside numbers out of something else, fractions may be low numbers of the same kind.
    if scales.values().any(|scale| matches!(scale, Scale::Other(_))) {
        let has_fractions = |instrument: Instrument| of(instrument).iter().any(|number| !number.fract().is_zero());
        for (instrument, scale) in scales.iter_mut().filter(|(_, scale)| **scale == Scale::One) {
            if let Some(most) = most(*instrument).filter(|_| has_fractions(*instrument)) {
                *scale = Scale::Other(most);
            }
        }
    }
    scales
}

fn scale(instrument: Instrument, numbers: &[Decimal], most: Decimal) -> Scale {
    if most.is_zero() || numbers.len() < FEWEST {
        return Scale::Hundred;
    }
    if most <= Decimal::ONE {
        let fractions = numbers.iter().filter(|number| !number.fract().is_zero()).count();
        let is_fraction = fractions >= FEWEST.min(numbers.len() / 2);
        return if is_fraction || instrument == Instrument::Oit { Scale::One } else { Scale::Other(most) };
    }
    if most <= Decimal::from(LOW) { Scale::Other(most) } else { Scale::Hundred }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(instrument: Instrument, texts: &str) -> Option<Scale> {
        let numbers: Vec<(Instrument, Decimal)> =
            texts.split(' ').filter_map(|text| Some((instrument, text.parse().ok()?))).collect();
        scales(&numbers).get(&instrument).copied()
    }

    #[test]
    fn each_instrument_has_its_scale() {
        let five = Some(Scale::Other(Decimal::new(49, 1)));
        assert_eq!(of(Instrument::Iit, "84.67 90 100 77 0"), Some(Scale::Hundred));
        assert_eq!(of(Instrument::Iit, "0 0 0 0 0 0"), Some(Scale::Hundred));
        assert_eq!(of(Instrument::Iit, "0.8467 0.9 1 0.77 0.5"), Some(Scale::One));
        assert_eq!(of(Instrument::Iit, "4.1 3.9 4.9 4.4 4.0"), five);
        assert_eq!(of(Instrument::Oit, "1 0 1 1 1 0"), Some(Scale::One));
        assert_eq!(of(Instrument::Oit, "0 0 50 0 0 0"), Some(Scale::Hundred));
        assert_eq!(of(Instrument::Oit, "1 0"), Some(Scale::Hundred));
        assert_eq!(of(Instrument::Eit, "90"), Some(Scale::Hundred));
    }

    #[test]
    fn deviations_that_happen_to_be_below_one_were_taken_for_fractions() {
        let numbers = |instrument, texts: &str| -> Vec<(Instrument, Decimal)> {
            texts.split(' ').filter_map(|text| Some((instrument, text.parse().ok()?))).collect()
        };
        let visitors = numbers(Instrument::Eit, "0.11 0.62 0.9 0.31 0.74 0.2");
        let deviations = [numbers(Instrument::Iit, "1.2 0.4 1.9 0.8 1.1 0.3"), visitors.clone()].concat();
        assert_eq!(scales(&deviations).get(&Instrument::Eit), Some(&Scale::Other(Decimal::new(90, 2))));
        let mixed = [numbers(Instrument::Iit, "88.2 90.4 91.9 80.8 81.1 70.3"), visitors].concat();
        assert_eq!(scales(&mixed).get(&Instrument::Eit), Some(&Scale::One));
    }
}
