//! Is a hundred behind a label its score, or the full mark beside it?

use rust_decimal::Decimal;

/// The weight of a header that surely names another's numbers.
const SURELY_OTHER: i32 = -100;

/// Which of several numbers, each with the weight of its header, is a hundred that is the score: under a word for scores, or
/// where the others are surely another's.
pub(super) fn score(numbers: &[(Decimal, i32)]) -> Option<usize> {
    let is_full = |number: Decimal| number == Decimal::ONE_HUNDRED;
    let likeliest = numbers.iter().filter(|(number, _)| !is_full(*number)).map(|(_, weight)| *weight).max()?;
    let needed = match likeliest {
        weight if weight <= SURELY_OTHER => 0,
        weight if weight < 0 => 1,
        _ => return None,
    };
    numbers.iter().position(|(number, weight)| is_full(*number) && *weight >= needed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_is_the_score_only_where_the_others_are_none() {
        let number = |number: i64, weight| (Decimal::from(number), weight);
        assert_eq!(score(&[number(91, -45), number(100, 40)]), Some(1));
        assert_eq!(score(&[number(95, -100), number(100, 0)]), Some(1));
        assert_eq!(score(&[number(91, -45), number(100, 0)]), None);
        assert_eq!(score(&[number(100, 0), number(91, 0)]), None);
        assert_eq!(score(&[number(100, -100), number(91, -45)]), None);
        assert_eq!(score(&[number(100, 0)]), None);
    }
}
