//! A stored number as a decimal.

use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};

/// Decimals kept of a stored number: below any score's precision, above the noise of binary sums.
const DECIMALS: u32 = 10;

/// The number as it was written: its shortest decimal form, without binary noise.
pub(super) fn of_float(value: f64) -> Option<Decimal> {
    let text = format!("{value}");
    let number = Decimal::from_str(&text).or_else(|_| Decimal::from_scientific(&format!("{value:e}"))).ok()?;
    Some(rounded(number))
}

/// The number that stands in an XML file.
pub(super) fn of_text(text: &str) -> Option<Decimal> {
    of_float(text.trim().parse().ok()?)
}

fn rounded(number: Decimal) -> Decimal {
    number.round_dp_with_strategy(DECIMALS, RoundingStrategy::MidpointAwayFromZero)
}

/// Whether a number format shows a percentage: a `%` outside quotes, brackets and escapes.
pub(super) fn shows_percent(format: &str) -> bool {
    let (mut quoted, mut bracketed, mut escaped) = (false, false, false);
    for c in format.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' | '_' | '*' if !quoted => escaped = true,
            '"' => quoted = !quoted,
            '[' if !quoted => bracketed = true,
            ']' if !quoted => bracketed = false,
            '%' if !quoted && !bracketed => return true,
            _ => {}
        }
    }
    false
}
