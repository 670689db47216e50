//! Thai text: digits, sara am, spaces, and dates of the Buddhist era.

/// The months as tables abbreviate them, from January.
const MONTHS: [&str; 12] =
    ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."];

/// The text with Arabic digits in place of Thai ones.
pub fn arabic_digits(text: &str) -> String {
    text.chars().map(|c| thai_digit(c).map_or(c, |digit| char::from(b'0' + digit))).collect()
}

/// The text with Thai digits in place of Arabic ones.
pub fn thai_digits(text: &str) -> String {
    text.chars().map(|c| c.to_digit(10).and_then(|digit| char::from_u32('๐' as u32 + digit)).unwrap_or(c)).collect()
}

/// The value of a Thai digit, 0 to 9.
pub fn thai_digit(c: char) -> Option<u8> {
    match c {
        '๐'..='๙' => u8::try_from(u32::from(c) - u32::from('๐')).ok(),
        _ => None,
    }
}

/// The text as it was meant: one kind of space, no invisible characters, no full-width letters and digits, sara am and
/// sara ae as single letters.
///
/// Web pages and old converters leave U+0E4D U+0E32 for sara am (a tone mark may stand between), two sara e for
/// sara ae, no-break and zero-width spaces.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match tidied(c, &mut out) {
            Some(' ') if out.is_empty() || out.ends_with(' ') => {}
            Some(c) => out.push(c),
            None => {}
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Whether a sign takes no room: joiners, marks of direction, soft hyphens, byte order marks.
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
    )
}

/// Whether a sign is a hyphen, a dash or a minus of any kind.
pub fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}')
}

/// What a character adds to a cleaned text that ends with `out`: itself, a plain space for any other, or nothing.
#[inline]
fn tidied(c: char, out: &mut String) -> Option<char> {
    match c {
        '\u{0E32}' if compose_sara_am(out) => None,
        'เ' if out.ends_with('เ') => {
            out.pop();
            Some('แ')
        }
        // Most are Thai or ASCII, and need no table to be told.
        '!'..='~' | '\u{0E01}'..='\u{0E5B}' => Some(c),
        c if is_invisible(c) => None,
        c if c.is_whitespace() || c.is_control() => Some(' '),
        // Full-width forms of an East Asian keyboard, a fixed distance from ASCII.
        '！'..='～' => char::from_u32(c as u32 - ('！' as u32 - '!' as u32)),
        c => Some(c),
    }
}

/// Turns a nikhahit at the end of `out`, alone or under a tone mark, into sara am.
fn compose_sara_am(out: &mut String) -> bool {
    let tone = out.chars().next_back().filter(|c| ('\u{0E48}'..='\u{0E4B}').contains(c));
    let stem = out.len() - tone.map_or(0, char::len_utf8);
    let Some(base) = out.get(..stem).and_then(|stem| stem.strip_suffix('\u{0E4D}')) else { return false };
    out.truncate(base.len());
    out.extend(tone);
    out.push('\u{0E33}');
    true
}

/// The text cleaned, with Arabic digits, in lower case and without spaces: for comparing labels.
pub fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for c in text.chars() {
        match tidied(c, &mut key) {
            Some(' ') | None => {}
            Some('๐'..='๙') => key.extend(thai_digit(c).map(|digit| char::from(b'0' + digit))),
            Some(c @ '\u{0E01}'..='\u{0E5B}') => key.push(c),
            Some(c) if c.is_ascii() => key.push(c.to_ascii_lowercase()),
            Some(c) => key.extend(c.to_lowercase()),
        }
    }
    key
}

/// Whether a text has a digit, Thai or Arabic.
pub(crate) fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit()) || text.contains(|c| thai_digit(c).is_some())
}

/// Whether a text has at least so many letters; the rest of a long one is not looked at.
pub(crate) fn has_letters(text: &str, least: usize) -> bool {
    // Thai letters are told without a table.
    let letter = |c: &char| match c {
        '\u{0E01}'..='\u{0E3A}' | '\u{0E40}'..='\u{0E46}' => true,
        '\u{0E00}'..='\u{0E7F}' => false,
        c => c.is_alphabetic(),
    };
    text.chars().filter(letter).take(least).count() == least
}

/// A span of whole months of a fiscal year, short enough for a table's column: `ต.ค. ๒๕๖๗ ถึง ก.ย. ๒๕๖๘`.
///
/// `year` is the fiscal year (Buddhist era); months are counted from its start, 1 for October to 12 for September.
pub fn fiscal_period(year: u16, first: u8, last: u8) -> String {
    let (start, start_year) = calendar_month(year, first);
    let (end, end_year) = calendar_month(year, last);
    let month = |index: usize| MONTHS.get(index).copied().unwrap_or_default();
    thai_digits(&format!("{} {start_year} ถึง {} {end_year}", month(start), month(end)))
}

/// A month of the calendar, 1 to 12, as tables abbreviate it; nothing for any other number.
pub fn month(number: u8) -> &'static str {
    let index = usize::from(number).checked_sub(1);
    index.and_then(|index| MONTHS.get(index)).copied().unwrap_or_default()
}

/// The calendar month (from 0) and its Buddhist year, for a month of a fiscal year.
fn calendar_month(fiscal_year: u16, month: u8) -> (usize, u16) {
    let month = usize::from(month.clamp(1, 12));
    if month <= 3 { (month + 8, fiscal_year.saturating_sub(1)) } else { (month - 4, fiscal_year) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fiscal_year_runs_from_october_to_september() {
        assert_eq!(fiscal_period(2568, 1, 12), "ต.ค. ๒๕๖๗ ถึง ก.ย. ๒๕๖๘");
    }

    #[test]
    fn decomposed_sara_am_is_composed_also_under_a_tone_mark() {
        assert_eq!(clean("ด\u{0E4D}\u{0E32}เนิน"), "ดำเนิน");
        assert_eq!(clean("น\u{0E4D}\u{0E49}\u{0E32}"), "น้ำ");
        assert_eq!(clean("ตา"), "ตา");
    }

    #[test]
    fn invisible_and_odd_spaces_are_tidied() {
        assert_eq!(clean("\u{FEFF} ข้อ\u{00A0}\u{00A0}i1\u{200B}\n"), "ข้อ i1");
        assert_eq!(clean("คะเเนน"), "คะแนน");
    }

    #[test]
    fn digits_go_both_ways() {
        assert_eq!(arabic_digits("๒๕๖๗"), "2567");
        assert_eq!(thai_digits("92.13"), "๙๒.๑๓");
    }
}
