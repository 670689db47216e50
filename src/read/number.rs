//! A stored number as a decimal.

use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::read::grid::Value;

/// Decimals kept of a stored number: below any score's precision, above the noise of binary sums.
const DECIMALS: u32 = 10;

/// Stored numbers from here on, of either sign, are errors: a spreadsheet keeps fifteen digits of a number, and sums,
/// differences and products with a hundred of smaller ones stay far inside a decimal.
const TOO_LARGE: f64 = 1e15;

/// The value of a stored number: as it was written, by its shortest decimal form without binary noise. One that is too
/// large to be told exactly, or no number at all, is an error value.
pub(in crate::read) fn of_float(number: f64, percent: bool) -> Value {
    let small = number.abs() < TOO_LARGE;
    let text = format!("{number}");
    let decimal = || Decimal::from_str(&text).or_else(|_| Decimal::from_scientific(&format!("{number:e}"))).ok();
    match small.then(decimal).flatten() {
        Some(value) => Value::Number { value: rounded(value), percent },
        None => Value::Error(format!("{number:E}")),
    }
}

/// The value of a number that stands in an XML file; nothing where it is blank.
pub(in crate::read) fn of_text(text: &str, percent: impl FnOnce(f64) -> bool) -> Option<Value> {
    let text = text.trim();
    match text.parse() {
        Ok(number) => Some(of_float(number, percent(number))),
        Err(_) if text.is_empty() => None,
        Err(_) => Some(Value::Error(text.to_owned())),
    }
}

fn rounded(number: Decimal) -> Decimal {
    number.round_dp_with_strategy(DECIMALS, RoundingStrategy::MidpointAwayFromZero)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_beyond_fifteen_digits_is_an_error_value() {
        for (text, expected) in [("999999999999999", "999999999999999"), ("-999999999999999", "-999999999999999")] {
            assert_eq!(of_text(text, |_| false).map(|value| value.to_string()).as_deref(), Some(expected));
        }
        for (text, expected) in [
            ("1e15", "1E15"),
            ("-1000000000000000", "-1E15"),
            ("5e27", "5E27"),
            ("1e300", "1E300"),
            ("1e999", "inf"),
            ("NaN", "NaN"),
            ("84..67", "84..67"),
        ] {
            assert_eq!(of_text(text, |_| true), Some(Value::Error(expected.to_owned())), "{text}");
        }
        assert_eq!(of_text(" ", |_| false), None);
    }

    #[test]
    fn a_tiny_number_is_zero() {
        assert_eq!(of_float(1e-300, false), Value::Number { value: Decimal::ZERO, percent: false });
    }
}
