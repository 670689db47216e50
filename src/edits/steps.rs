//! Numbers before steps: they say where a step stands and are no part of its text.

/// Whether a text begins with a number and a full stop, and the text without them.
pub(super) fn without_number(text: &str) -> (bool, &str) {
    let trimmed = text.trim_start();
    let digits = trimmed.find(|c: char| !c.is_ascii_digit() && !('๐'..='๙').contains(&c)).unwrap_or_default();
    let rest = trimmed.get(digits..).and_then(|rest| rest.strip_prefix('.').or_else(|| rest.strip_prefix(')')));
    match rest {
        Some(rest) if digits > 0 && (rest.starts_with(char::is_whitespace) || rest.is_empty()) => {
            (true, rest.trim_start())
        }
        _ => (false, text),
    }
}

/// Whether a text is only the number of a measure, such as `1.2`.
pub(super) fn is_number(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_digit() || ('๐'..='๙').contains(&c) || c == '.';
    !text.is_empty() && text.chars().all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_told_from_the_words_behind_it() {
        for (text, wanted) in [
            ("1. ทำ", (true, "ทำ")),
            ("๑๒. ทำ", (true, "ทำ")),
            ("2) ทำ", (true, "ทำ")),
            ("3 กระบวนงาน", (false, "3 กระบวนงาน")),
            ("1.5 ล้าน", (false, "1.5 ล้าน")),
            ("ทำ", (false, "ทำ")),
        ] {
            assert_eq!(without_number(text), wanted);
        }
    }
}
