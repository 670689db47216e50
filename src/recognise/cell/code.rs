//! Question codes as they stand in real files: `i1`, `ข้อ ๐11`, `O-12`, `019`, `i1 : question`.

use crate::domain::thai;
use crate::framework::{Instrument, QuestionCode};
use crate::recognise::words::words;

/// Letters of other scripts, and others that look alike, for each instrument's own.
const LOOK_ALIKES: [(Instrument, &str); 3] =
    [(Instrument::Iit, "іІιΙıl|"), (Instrument::Eit, "еЕεΕ"), (Instrument::Oit, "оОοΟ〇")];

/// What may stand around a code beside hyphens: brackets, quotes, bullets.
const AROUND: [char; 17] = ['(', '[', '*', '•', '▪', ' ', '"', '\'', '“', '”', '‘', '’', '`', '«', '»', '{', '·'];

/// A code found in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::recognise) struct FoundCode {
    /// The code.
    pub code: QuestionCode,
    /// What else the cell says: the question, mostly.
    pub rest: String,
    /// Whether only its surroundings can tell that it is a code: `019`, `OIT 3`.
    pub needs_context: bool,
    /// Whether the instrument's name stands for the letter: `OIT 3`.
    pub is_name: bool,
    /// Whether a zero, Thai or Arabic, or a look-alike stands for the letter.
    pub respelled: bool,
    /// Whether it is a bare number under its instrument's name.
    pub is_number: bool,
}

impl FoundCode {
    /// A code that was written as its number alone.
    pub fn of_number(code: QuestionCode) -> Self {
        Self { code, rest: String::new(), needs_context: false, is_name: false, respelled: false, is_number: true }
    }
}

/// Reads the code that a cell's text begins with, or that ends it in brackets.
pub(in crate::recognise) fn find_code(text: &str) -> Option<FoundCode> {
    first_code(text).or_else(|| last_code(text))
}

/// The code in brackets that ends a sentence: `การเปิดเผยงบประมาณ (i4)`.
fn last_code(text: &str) -> Option<FoundCode> {
    let end = text.trim_end();
    let round = || end.strip_suffix(')')?.rsplit_once('(');
    let (sentence, inside) = round().or_else(|| end.strip_suffix(']')?.rsplit_once('['))?;
    if inside.len() > 4 || !thai::has_letters(sentence, 2) {
        return None;
    }
    let found = first_code(inside)?;
    let is_plain = found.rest.is_empty() && !found.needs_context;
    // A second code in the sentence makes it one about codes.
    let is_alone = sentence.split([' ', '(', ')', ',']).all(|word| word.is_empty() || first_code(word).is_none());
    (is_plain && is_alone).then(|| FoundCode { rest: thai::clean(sentence), ..found })
}

/// Reads the code that a cell's text begins with, if it does.
fn first_code(text: &str) -> Option<FoundCode> {
    // Most cells are told by their first character.
    if !may_begin_a_code(text) {
        return None;
    }
    let clean = thai::clean(text);
    let body = without_number(clean.trim_start_matches(is_around));
    let prefix = words().before_codes.iter().find_map(|prefix| body.strip_prefix(prefix));
    let (letter, after) = letter(prefix.unwrap_or(body).trim_start_matches([' ', '.', ':', '(', '"', '“', '\'', '‘']))?;
    let digits_at = after.trim_start_matches(|c| matches!(c, ' ' | '.' | '_' | ':') || thai::is_hyphen(c));
    let (number, rest) = number(digits_at)?;
    if runs_on(rest) {
        return None;
    }
    let code = QuestionCode::new(letter.instrument, number)?;
    let spaced = digits_at.len() < after.len();
    // `IIT 15 ข้อ` counts questions.
    if letter.is_name && rest.trim_start().starts_with("ข้อ") {
        return None;
    }
    // A bare zero followed by a space or a dot is a number, not a letter.
    if letter.is_zero && (spaced || (prefix.is_none() && !rest_is_text(rest))) {
        return None;
    }
    Some(FoundCode {
        code,
        rest: rest
            .trim_start_matches(is_around)
            .trim_start_matches(|c| matches!(c, ' ' | ':' | '.' | ')' | ']' | '*') || thai::is_hyphen(c))
            .to_owned(),
        needs_context: prefix.is_none() && (letter.is_zero || letter.is_name || letter.is_doubtful),
        is_name: letter.is_name,
        respelled: letter.is_zero || letter.is_look_alike,
        is_number: false,
    })
}

/// Whether a text is a letter that no code begins with and one or two digits: `A1`, `H12`.
pub(in crate::recognise) fn is_place(text: &str) -> bool {
    matches!(text.trim().as_bytes(), [letter, digits @ ..] if letter.is_ascii_alphabetic()
        && !b"iIeEoOlL".contains(letter)
        && (1..=2).contains(&digits.len())
        && digits.iter().all(u8::is_ascii_digit))
}

/// A quick look at the first visible character, as most cells of a sheet are no codes.
fn may_begin_a_code(text: &str) -> bool {
    let mut visible = text.chars().filter(|c| !c.is_whitespace() && !thai::is_invisible(*c));
    visible.by_ref().find(|c| !is_around(*c)).is_some_and(|c| match c {
        'i' | 'I' | 'e' | 'E' | 'o' | 'O' | '0' | '๐' | 'ข' | 'ค' | 'ร' => true,
        // A number in front of the code: `12. i12`, `12) i12`.
        '1'..='9' => visible.take(2).any(|c| matches!(c, '.' | ')')),
        'l' | '|' | '！'..='～' => true,
        '\u{0E00}'..='\u{0E7F}' => false,
        c => !c.is_ascii() && look_alike(c).is_some(),
    })
}

fn is_around(c: char) -> bool {
    AROUND.contains(&c) || thai::is_hyphen(c)
}

/// The text behind a running number, where a code's letter follows it: `12. i12`, but not `12.5`.
fn without_number(text: &str) -> &str {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let behind = text.get(digits..).filter(|_| (1..=2).contains(&digits));
    let rest = behind.and_then(|rest| rest.strip_prefix(['.', ')'])).map(|rest| rest.trim_start_matches(is_around));
    rest.filter(|rest| rest.starts_with(|c| "iIeEoO".contains(c) || look_alike(c).is_some())).unwrap_or(text)
}

/// The instrument whose letter this one looks like.
fn look_alike(c: char) -> Option<Instrument> {
    LOOK_ALIKES.iter().find(|(_, letters)| letters.contains(c)).map(|(instrument, _)| *instrument)
}

/// The letter of a code and how it was written.
struct Letter {
    instrument: Instrument,
    /// Written as a zero.
    is_zero: bool,
    /// Written as a letter of another script.
    is_look_alike: bool,
    /// Written as a small L or a bar, which may be just that.
    is_doubtful: bool,
    /// Written as the instrument's name.
    is_name: bool,
}

impl Letter {
    fn plain(instrument: Instrument) -> Self {
        Self { instrument, is_zero: false, is_look_alike: false, is_doubtful: false, is_name: false }
    }
}

fn letter(text: &str) -> Option<(Letter, &str)> {
    for instrument in Instrument::ALL {
        let named = text.get(..3).filter(|head| head.eq_ignore_ascii_case(instrument.name()));
        if let Some(rest) = named.and_then(|_| text.get(3..)) {
            let letter = Letter { instrument, is_name: true, ..Letter::plain(instrument) };
            // `IIT-i1` and `IIT/i1` too.
            return match self::letter(
                rest.trim_start_matches(|c| matches!(c, ' ' | '/' | ':' | '_') || thai::is_hyphen(c)),
            ) {
                // `OIT o12`, but not `OIT 012` read as a zero for the letter
                Some((inner, after)) if !inner.is_zero => Some((inner, after)),
                _ => Some((letter, rest)),
            };
        }
    }
    let first = text.chars().next()?;
    let letter = match first {
        'i' | 'I' => Letter::plain(Instrument::Iit),
        'e' | 'E' => Letter::plain(Instrument::Eit),
        'o' | 'O' => Letter::plain(Instrument::Oit),
        '0' | '๐' => Letter { is_zero: true, ..Letter::plain(Instrument::Oit) },
        other => Letter { is_look_alike: true, is_doubtful: other.is_ascii(), ..Letter::plain(look_alike(other)?) },
    };
    text.get(first.len_utf8()..).map(|after| (letter, after))
}

/// One or two digits, Thai or Arabic, behind any number of leading zeros; a third digit makes it something else.
fn number(text: &str) -> Option<(u8, &str)> {
    let digit = |c: char| c.to_digit(10).or_else(|| thai::thai_digit(c).map(u32::from));
    let end = text.find(|c| digit(c).is_none()).unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    if digits.chars().count() > 3 {
        return None;
    }
    let value = digits.chars().filter_map(digit).try_fold(0u32, |sum, d| (sum < 100).then_some(sum * 10 + d))?;
    u8::try_from(value).ok().filter(|value| (1..=99).contains(value)).map(|value| (value, rest))
}

/// Whether what follows shows that this was no code: `i1.5`, `i1-i3`, `i1, i2`, `i1 ถึง i3`, `o1/2`, `e2e`.
fn runs_on(rest: &str) -> bool {
    let mut chars = rest.chars();
    match chars.next() {
        Some(c) if c.is_ascii_alphabetic() => return true,
        Some('.') if chars.next().is_some_and(|c| c.is_ascii_digit() || thai::thai_digit(c).is_some()) => return true,
        Some('%') => return true,
        _ => {}
    }
    let bare = rest.trim_start_matches([' ', ')']);
    let joined = ["~", ",", "/", "ถึง", "และ", "to "].iter().find_map(|join| bare.strip_prefix(join));
    let joined = joined.or_else(|| bare.strip_prefix(thai::is_hyphen));
    joined.is_some_and(|next| {
        let next = next.trim_start_matches([' ', '(']);
        let next =
            words().before_codes.iter().find_map(|prefix| next.strip_prefix(prefix)).unwrap_or(next).trim_start();
        let code = letter(next).is_some_and(|(_, after)| number(after.trim_start_matches([' ', '-', '.'])).is_some());
        code || number(next).is_some_and(|(_, rest)| !rest.starts_with(char::is_alphabetic))
    })
}

fn rest_is_text(rest: &str) -> bool {
    rest.is_empty() || rest.chars().any(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Option<String> {
        find_code(text).map(|found| found.code.to_string())
    }

    #[test]
    fn codes_as_they_really_come() {
        let cases = [
            ("i1", "i1"),
            ("I 1", "i1"),
            ("ข้อ i1", "i1"),
            ("ข้อi15", "i15"),
            ("ข้อ ๐11", "o11"),
            ("๐1", "o1"),
            ("๐10", "o10"),
            ("๐๑๒", "o12"),
            ("O-12", "o12"),
            ("o๑๒", "o12"),
            ("ข้อ 019", "o19"),
            ("019", "o19"),
            ("09คู่มือการปฏิบัติงาน", "o9"),
            ("O31 :", "o31"),
            ("O1.", "o1"),
            ("O1โครงสร้าง", "o1"),
            ("o 16", "o16"),
            ("o_16", "o16"),
            ("o016", "o16"),
            ("(O15)", "o15"),
            ("OIT1", "o1"),
            ("OIT 42", "o42"),
            ("OIT o12", "o12"),
            ("EIT e9", "e9"),
            ("IIT-i1", "i1"),
            ("การเปิดเผยงบประมาณ [i4]", "i4"),
            ("i1 : ปฏิบัติงานตามขั้นตอน", "i1"),
            ("ข้อที่ e3", "e3"),
            ("ข้อ\u{00A0}i7\u{200B}", "i7"),
            ("о5", "o5"),
            ("ο5", "o5"),
            ("Ε9", "e9"),
            ("і15", "i15"),
            ("ｏ１２", "o12"),
            ("l7", "i7"),
            ("i\u{2011}1", "i1"),
            ("e\u{2010}3", "e3"),
            ("o\u{2014}12", "o12"),
            ("O\u{2212}12", "o12"),
            ("\u{200E}i1", "i1"),
            ("\u{202B}o\u{2069}7", "o7"),
            ("\u{00AD}e9", "e9"),
            ("– i1", "i1"),
            ("“i1”", "i1"),
            ("'i1", "i1"),
            ("12. i12", "i12"),
            ("3) e3 เรื่องที่ประเมิน", "e3"),
            ("E1", "e1"),
        ];
        for (text, expected) in cases {
            assert_eq!(code(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_code_is_none() {
        for text in [
            "",
            "i",
            "o",
            "0",
            "๐",
            "๑๐",
            "10",
            "0.5",
            "00",
            "100",
            "i0",
            "i100",
            "o123",
            "i1.5",
            "i1-i3",
            "i1 - i15",
            "i1\u{2011}i15",
            "e2e",
            "E-Service",
            "IIT",
            "OIT",
            "ข้อ",
            "ข้อ 12",
            "IIT 91.64",
            "OIT 100.00",
            "0 12",
            "ITA 2567",
            "e",
            "MOIT 1",
            "O 2567",
            "1519",
            "ประเด็นที่ 1",
            "012.5",
            "i1%",
            "0-1",
            "1. โครงสร้าง",
            "12.5",
            "1) 85",
            "|",
            "10. 019",
        ] {
            assert_eq!(code(text), None, "{text}");
        }
    }

    #[test]
    fn the_question_behind_the_code_is_kept() {
        let found = find_code("o7 : แผนยุทธศาสตร์").expect("a code");
        assert_eq!((found.rest.as_str(), found.needs_context), ("แผนยุทธศาสตร์", false));
    }

    #[test]
    fn a_bare_zero_needs_its_surroundings_and_is_reported() {
        let bare = find_code("๐11").expect("a code");
        assert!(bare.needs_context && bare.respelled);
        let named = find_code("ข้อ ๐11").expect("a code");
        assert!(!named.needs_context && named.respelled);
    }
}
