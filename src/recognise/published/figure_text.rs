//! Numbers at the beginning of texts beside labels: a score with facts behind it, a rank in the whole country.

use crate::recognise::words::words;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::recognise::cell::score;

/// The number that a text begins with, and what follows it.
fn leading_number(text: &str) -> Option<(Decimal, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(text.len());
    let (number, rest) = text.split_at_checked(end)?;
    score::plain_number(number.trim_end_matches(['.', ','])).map(|number| (number, rest))
}

/// A score that stands alone or before other facts; `100 คะแนน (IIT 30 ...)` and `85 คะแนนขึ้นไป` explain something.
pub(super) fn lone_number(text: &str) -> Option<Decimal> {
    let (number, rest) = leading_number(text)?;
    let rest = rest.trim_start_matches('%').strip_prefix("คะแนน").unwrap_or(rest).trim_start_matches([',', ')']);
    let follows = &words().behind_totals;
    (rest.is_empty() || follows.iter().any(|word| rest.starts_with(word))).then_some(number)
}

/// A rank in the whole country: `1,519`, `1,519 จาก 8,325`; not `5 ของจังหวัด`, not `1 ใน 5`.
pub(super) fn national_rank(text: &str) -> Option<u32> {
    let (number, rest) = leading_number(text)?;
    let fits = rest.is_empty() || words().behind_national_ranks.iter().any(|word| rest.starts_with(word));
    number.to_u32().filter(|rank| fits && *rank > 0 && number.fract().is_zero())
}
