//! Fiscal years in titles, headers and sheets' names: Buddhist or Common Era, four digits or two, Thai or Arabic.

use crate::recognise::words::words;
use memchr::memmem;
use rust_decimal::Decimal;

use crate::domain::thai;
use crate::read::{Cell, Value};
use crate::recognise::vocabulary::Wording;

/// Every year (Buddhist era) that a text names with four digits; years of the Common Era are converted.
pub(in crate::recognise) fn years(text: &str) -> Vec<u16> {
    let plain = thai::arabic_digits(text);
    let mut years = Vec::new();
    for group in plain.split(|c: char| !c.is_ascii_digit()).filter(|group| group.len() == 4) {
        let year = group.parse().ok().and_then(buddhist);
        years.extend(year.filter(|year| !years.contains(year)));
    }
    years
}

/// Whether a cell holds a year and nothing else.
pub(in crate::recognise) fn is_year(text: &str) -> bool {
    let key = thai::key(text);
    let bare = words().year_words.iter().fold(key.as_str(), |rest, word| rest.strip_prefix(word).unwrap_or(rest));
    bare.len() == 4 && years(bare).len() == 1
}

/// Below every year, of either era.
const YEARS_FROM: u32 = 2000;

fn buddhist(year: u16) -> Option<u16> {
    match year {
        2550..=2599 => Some(year),
        2007..=2056 => Some(year + 543),
        _ => None,
    }
}

/// The one year that a column's header names: with four digits, or with two as in `ปี 67` and `67`.
pub(in crate::recognise) fn of_header(header: &str) -> Option<u16> {
    let key = thai::key(header);
    match years(&key).as_slice() {
        [only] => return Some(*only),
        [] => {}
        _ => return None,
    }
    let digits = key.strip_prefix("คะแนน").unwrap_or(&key);
    let digits = digits.strip_prefix("ปี").unwrap_or(digits).trim_start_matches("พ.ศ.");
    short(digits).or_else(|| short_at_end(&key))
}

/// The year of two digits that a header ends with, behind a word for it: `คะแนน ITA66`, `ผล ปีงบ 67`, `FY24`.
fn short_at_end(key: &str) -> Option<u16> {
    let digits = key.len().checked_sub(2).and_then(|at| key.get(at..))?;
    let before = key.get(..key.len() - 2)?.trim_end_matches(['\'', '’', '.', '-']);
    let common = digits.parse::<u16>().ok().filter(|year| before.ends_with("fy") && (7..57).contains(year));
    let word = words().before_short_years.iter().any(|word| before.ends_with(word));
    common.map(|year| 2543 + year).or_else(|| short(digits).filter(|_| word))
}

/// The year that a sheet's name tells: with four digits, or with two behind a word, as in `ITA66` and `ปี 67`.
pub(in crate::recognise) fn of_sheet(name: &str) -> Option<u16> {
    if let Some(year) = years(name).first() {
        return Some(*year);
    }
    let key = thai::key(name);
    let word = words().before_years_of_sheets.iter().find_map(|word| key.rsplit_once(word));
    short(word?.1.trim_start_matches(['-', '_', '.']))
}

/// A year of two digits, 60 to 79.
fn short(digits: &str) -> Option<u16> {
    let year: u16 = digits.parse().ok().filter(|_| digits.len() == 2)?;
    (60..80).contains(&year).then_some(2500 + year)
}

/// How clearly the year of a line about something else is told, at best.
pub(in crate::recognise) const ASIDE: u8 = 3;

/// The year of a title and how clearly it is told: 0 behind `ปีงบประมาณ`, 1 behind another word or beside `ITA`, 2 alone;
/// 3 more in a line about something else.
pub(in crate::recognise) fn of_title(text: &str, next: Option<&Cell>) -> Option<(u8, u16)> {
    // Most texts have no digit, nor one beside them.
    let in_cell = |cell: &Cell| match &cell.value {
        Value::Number { value, .. } => *value > Decimal::from(YEARS_FROM),
        value => thai::has_digit(value.text()),
    };
    if !thai::has_digit(text) && !next.is_some_and(in_cell) {
        return None;
    }
    // `แผน ปี 2568 จากผล ITA ปี 2567`: the result's year stands behind its word.
    let result = words().from_results.iter().find_map(|word| text.split_once(word)).map(|(_, rest)| rest);
    if let Some(found) = result.and_then(|rest| told(&Wording::new(rest), next)) {
        return Some(found);
    }
    let wording = Wording::new(text);
    let (rank, year) = told(&wording, next)?;
    // A plan names the assessment that it is for: `แผนยกระดับ ITA ปี 2568`.
    let is_plan = || wording.has(&words().lines_of_plans);
    let other = || !wording.has(&["ita"]) && wording.has(&words().lines_of_other_years);
    let other = !wording.has(&["ผลการประเมิน"]) && (is_plan() || other());
    Some((rank + if other { ASIDE } else { 0 }, year))
}

fn told(wording: &Wording, next: Option<&Cell>) -> Option<(u8, u16)> {
    let key = wording.key();
    if let Some(year) = words().year_words.iter().find_map(|word| behind(key, word).map(|year| (word, year))) {
        let (word, year) = year;
        return Some((u8::from(*word != "ปีงบประมาณ" && *word != "ปีงบ" && *word != "fiscalyear"), year));
    }
    let is_label = words().year_words.iter().any(|word| key.ends_with(word)) && key.chars().count() < 40;
    if let Some(year) = next.filter(|_| is_label).and_then(|cell| years(&cell.value.to_string()).first().copied()) {
        return Some((u8::from(!key.contains("งบประมาณ")), year));
    }
    let year = period_end(key).or_else(|| years(key).first().copied())?;
    if wording.has(&["ita"]) {
        return Some((1, year));
    }
    // A bare number may be anything; a text that is only the year is a heading.
    (key.len() == 4 && next.is_none()).then_some((2, year))
}

/// The fiscal year of a period that ends in its last month: `1 ตุลาคม 2566 - 30 กันยายน 2567`.
fn period_end(key: &str) -> Option<u16> {
    let (before, _) = words().ends_of_years.iter().find_map(|month| key.split_once(month))?;
    let started = years(before).into_iter().next()?;
    words().ends_of_years.iter().find_map(|month| behind(key, month)).filter(|year| *year == started + 1)
}

/// The year that stands right behind a word, with another such word between at most.
fn behind(key: &str, word: &str) -> Option<u16> {
    memmem::find_iter(key.as_bytes(), word.as_bytes()).find_map(|at| {
        let rest = key.get(at + word.len()..)?.trim_start_matches("พ.ศ.").trim_start_matches([':', '.', '=']);
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let digits = rest.get(..end)?;
        let first = if digits.len() == 4 { digits.parse().ok().and_then(buddhist) } else { short(digits) };
        // Of `2566 - 2567` and `2566 และ 2567` the later one is the newer result.
        let joined = ["-", "–", "และ", "ถึง", ",", "/"].iter().find_map(|join| rest.get(end..)?.strip_prefix(join));
        let second = joined.and_then(|next| years(next.get(..4)?).first().copied());
        first.max(second)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_behind_the_clearest_word_counts() {
        for (text, year) in [
            ("ผลการประเมิน ประจำปีงบประมาณ พ.ศ. 2567", 2567),
            ("แผนปี 2568 จากผลการประเมิน ปีงบประมาณ 2567", 2567),
            ("1 ตุลาคม 2566 - 30 กันยายน 2567 ปีงบประมาณ พ.ศ. ๒๕๖๗", 2567),
            ("ITA 2024", 2567),
            ("ปีงบประมาณ 66", 2566),
            ("ผลการประเมิน ปี 2566 และ 2567", 2567),
            ("FY2024", 2567),
            ("ITA (1 ตุลาคม 2566 – 30 กันยายน 2567)", 2567),
            ("ITA 1 ต.ค. 2565 - 30 ก.ย. พ.ศ. 2566", 2566),
        ] {
            assert_eq!(of_title(text, None).map(|(_, year)| year), Some(year), "{text}");
        }
        assert_eq!(of_title("อันดับ 2567 ของประเทศ", None), None);
        assert_eq!(of_title("แผนยกระดับ ITA ปีงบประมาณ พ.ศ. 2568", None), Some((ASIDE, 2568)));
    }

    #[test]
    fn headers_name_years_with_four_digits_or_two() {
        assert_eq!(of_header("คะแนนปี 2566"), Some(2566));
        assert_eq!(of_header("คะแนน ปี ๖๗"), Some(2567));
        assert_eq!(of_header("66"), Some(2566));
        assert_eq!(of_header("Score 2023"), Some(2566));
        assert_eq!(of_header("คะแนน ITA66"), Some(2566));
        assert_eq!(of_header("ผลการประเมิน ปีงบ 67"), Some(2567));
        assert_eq!(of_header("FY23"), Some(2566));
        assert_eq!(of_header("คะแนน 67"), Some(2567));
        assert_eq!(of_header("คะแนน IIT 67"), None);
        assert_eq!(of_header("คะแนน"), None);
        assert_eq!(of_header("2566 และ 2567"), None);
    }
}
