//! Scores as they stand in real files: `84.67`, `๘๔.๖๗`, `84,67`, `84.67%`, `84.67 คะแนน`, `-`.

use crate::recognise::words::words;
use std::str::FromStr;

use rust_decimal::Decimal;

use crate::domain::thai;
use crate::read::Value;

/// What a cell says where a score is expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::recognise) enum Reading {
    /// A number; whether it lies between 0 and 100 is for the caller to judge.
    Number(Decimal),
    /// A dash or a word for "none".
    None,
    /// Something that is no score.
    Other,
}

/// Reads a cell as a score.
pub(in crate::recognise) fn read_score(value: &Value) -> Reading {
    match value {
        Value::Number { value, percent: true } => Reading::Number(value * Decimal::ONE_HUNDRED),
        Value::Number { value, percent: false } => Reading::Number(*value),
        Value::Text(text) => read_text(text),
        Value::Date(_) | Value::Bool(_) | Value::Error(_) | Value::Formula => Reading::Other,
    }
}

/// The number of a cell, if it holds one.
pub(in crate::recognise) fn number(value: &Value) -> Option<Decimal> {
    match read_score(value) {
        Reading::Number(number) => Some(number),
        _ => None,
    }
}

/// Whether a number can be a score at all.
pub(in crate::recognise) fn in_range(score: Decimal) -> bool {
    score >= Decimal::ZERO && score <= Decimal::ONE_HUNDRED
}

/// Reads a text as a score.
pub(in crate::recognise) fn read_text(text: &str) -> Reading {
    // Most texts of a sheet are plain numbers or sentences, and are told without being tidied.
    if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && !text.is_empty() {
        return plain_number(text).map_or(Reading::Other, Reading::Number);
    }
    if let Some(number) = scientific(text.trim()) {
        return Reading::Number(number);
    }
    // No word before a number and none for no number begins with another letter.
    let first = text.trim_start().chars().next();
    if first.is_some_and(|c| ('\u{0E01}'..='\u{0E4F}').contains(&c) && !['ร', 'ค', 'ไ'].contains(&c)) {
        return Reading::Other;
    }
    let letters = || text.bytes().any(|byte| byte.is_ascii_alphabetic());
    if text.len() > 120 || (text.len() > 12 && letters()) || (text.len() > 60 && !thai::has_digit(text)) {
        return Reading::Other;
    }
    let clean = thai::clean(text);
    let clean = without_full_mark(&clean);
    let digit = |c: char| c.is_ascii_digit() || thai::thai_digit(c).is_some();
    // Two numbers in one cell are no score.
    if clean.split(' ').filter(|word| word.starts_with(digit)).count() > 1 {
        return Reading::Other;
    }
    let key = thai::key(clean);
    if words().no_score.contains(&key.as_str()) {
        return Reading::None;
    }
    if !key.bytes().any(|byte| byte.is_ascii_digit()) {
        return Reading::Other;
    }
    // A spreadsheet program shows the apostrophe in front of a text to nobody.
    let key = key.trim_start_matches(['\'', '’', '‘']);
    let body = words().before_scores.iter().fold(key, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
    let units = &words().units_of_scores;
    let body = units.iter().fold(body, |rest, unit| rest.strip_suffix(unit).unwrap_or(rest));
    plain_number(body).map_or(Reading::Other, Reading::Number)
}

/// A text without the full mark behind its score: `84.67/100`, `84.67 / 100 คะแนน`.
fn without_full_mark(text: &str) -> &str {
    let Some((score, mark)) = text.rsplit_once('/') else { return text };
    let mark = thai::key(mark);
    if matches!(mark.trim_end_matches("คะแนน"), "100" | "100.00") { score } else { text }
}

/// The score that a text ends with, and what stands before it: `ปฏิบัติงานตามขั้นตอน : 84.67 คะแนน`.
pub(in crate::recognise) fn at_end(text: &str) -> Option<(&str, &str)> {
    let body = text.trim_end().trim_end_matches("คะแนน").trim_end();
    let at = body.rfind([' ', ':', '=']).map_or(0, |at| at + 1);
    let (before, number) = body.split_at_checked(at)?;
    let is_score = matches!(read_text(number), Reading::Number(score) if in_range(score));
    is_score.then_some((before.trim_end_matches([' ', ':', '=', '-']), number))
}

/// A number as programs write it with its power of ten: `8.467E+01`; without a sign it could be a code.
fn scientific(text: &str) -> Option<Decimal> {
    let (number, power) = text.split_once(['E', 'e'])?;
    let digits = power.strip_prefix(['+', '-'])?;
    let is_power = (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = number.starts_with(|c: char| c.is_ascii_digit()) && plain_number(number).is_some();
    let value = (is_power && is_number && !number.contains(',')).then(|| text.parse::<f64>().ok()).flatten()?;
    // By its shortest decimal form, without binary noise.
    Decimal::from_str(&value.to_string()).ok()
}

/// A number with a decimal point, or with a decimal comma, or with commas between thousands.
pub(in crate::recognise) fn plain_number(text: &str) -> Option<Decimal> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || digits.len() > 24 || !digits.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',') {
        return None;
    }
    let plain = match digits.rsplit_once(',') {
        None => text.to_owned(),
        Some((_, after)) if after.split('.').next().is_some_and(|group| group.len() == 3) => text.replace(',', ""),
        Some((before, _)) if !before.contains([',', '.']) && !digits.contains('.') => text.replace(',', "."),
        Some(_) => return None,
    };
    // `1.` and `.5` are typing slips, not scores.
    if plain.ends_with('.') || plain.trim_start_matches(['-', '+']).starts_with('.') {
        return None;
    }
    Decimal::from_str(&plain).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_as_they_really_come() {
        for (text, expected) in [
            ("84.67", "84.67"),
            ("๘๔.๖๗", "84.67"),
            ("84,67", "84.67"),
            ("84.67%", "84.67"),
            ("84.67 %", "84.67"),
            ("84.67/100", "84.67"),
            ("84.67 / 100", "84.67"),
            ("๘๔.๖๗ / ๑๐๐.๐๐ คะแนน", "84.67"),
            ("84.67 คะแนน", "84.67"),
            ("ร้อยละ 84.67", "84.67"),
            (" 100.00 ", "100.00"),
            ("100", "100"),
            ("-3", "-3"),
            ("105", "105"),
            ("8.467E+01", "84.67"),
            ("1E+02", "100"),
            ("8.4670000000000002E+01", "84.67"),
            ("'84.67", "84.67"),
            ("๑,๕๑๙", "1519"),
            ("1,519.5", "1519.5"),
        ] {
            assert_eq!(read_text(text), Reading::Number(Decimal::from_str(expected).unwrap_or_default()), "{text}");
        }
    }

    #[test]
    fn a_dash_and_a_word_for_none_are_no_score() {
        for text in ["-", "–", "ไม่มีข้อมูล", "N/A", "ไม่มีคะแนน"] {
            assert_eq!(read_text(text), Reading::None, "{text}");
        }
    }

    #[test]
    fn anything_else_is_not_guessed_at() {
        for text in ["ผ่าน", "84.67.1", "8 ข้อ", "1.", ".5", "1,23,4", "12/60", "i1", "1E1", "2e2", "#REF!"]
        {
            assert_eq!(read_text(text), Reading::Other, "{text}");
        }
    }

    #[test]
    fn a_cell_shown_as_a_percentage_is_a_hundred_times_its_number() {
        let cell = Value::Number { value: Decimal::new(8467, 4), percent: true };
        assert_eq!(read_score(&cell), Reading::Number(Decimal::new(846_700, 4)));
    }
}
