//! Whose scores are these, and of which year? Read from the title block around the table.

use std::sync::Arc;

use super::submission::{Given, Submission};
use crate::finding::Place;
use crate::read::{Cell, Sheet};
use crate::thai;

/// Labels in front of an agency's name; longer ones first.
const AGENCY_LABELS: [&str; 6] = ["ชื่อหน่วยงานภาครัฐ", "ชื่อหน่วยงาน", "หน่วยงานภาครัฐ", "หน่วยงาน", "agency name", "agency"];
const DISTRICT_LABELS: [&str; 4] = ["อำเภอ", "เขต", "district", "amphoe"];
const PROVINCE_LABELS: [&str; 4] = ["จังหวัด", "province", "changwat", "จ."];

/// What agencies' names begin with.
const AGENCY_WORDS: [&str; 21] = [
    "เทศบาล",
    "องค์การ",
    "อบต",
    "อบจ",
    "มหาวิทยาลัย",
    "สถาบัน",
    "วิทยาลัย",
    "โรงเรียน",
    "โรงพยาบาล",
    "กรม",
    "กระทรวง",
    "สำนัก",
    "สํานัก",
    "การไฟฟ้า",
    "การประปา",
    "การทาง",
    "การท่า",
    "ธนาคาร",
    "บริษัท",
    "กองทุน",
    "กรุงเทพมหานคร",
];

/// Words that end a name inside a sentence.
const AFTER_NAME: [&str; 8] = ["อำเภอ", "จังหวัด", "คะแนนที่ได้", "ได้คะแนน", "คะแนน", "ประจำปี", "ปีงบประมาณ", "ในปี"];

/// Fills in year, agency, district and province from the cells outside `table_rows`.
pub(super) fn read(sheet: &Sheet, in_table: impl Fn(u32) -> bool, into: &mut Submission) {
    let name: Arc<str> = sheet.name.as_str().into();
    let mut year: Option<(u8, Given<u16>)> = None;
    for row in sheet.rows().filter(|row| row.first().is_some_and(|cell| !in_table(cell.at.row))) {
        for (index, cell) in row.iter().enumerate() {
            let text = thai::clean(&cell.value.to_string());
            let place = || Place { sheet: name.clone(), cell: cell.at };
            let next = row.get(index + 1);
            if let Some((rank, value)) = year_in(&text, next)
                && year.as_ref().is_none_or(|(best, _)| rank < *best)
            {
                year = Some((rank, Given::in_cell(value, place())));
            }
            fill(&mut into.agency, || agency_in(&text, next), place);
            fill(
                &mut into.district,
                || labelled(&text, &DISTRICT_LABELS, next, &["จังหวัด"]).filter(|t| is_name(t)),
                place,
            );
            fill(
                &mut into.province,
                || labelled(&text, &PROVINCE_LABELS, next, &["อำเภอ"]).filter(|t| is_name(t)),
                place,
            );
        }
    }
    into.year = year.map(|(_, given)| given);
}

fn fill(slot: &mut Option<Given<String>>, find: impl FnOnce() -> Option<String>, place: impl FnOnce() -> Place) {
    if slot.is_none() {
        *slot = find().map(|value| Given::in_cell(value, place()));
    }
}

/// Every fiscal year (Buddhist era) that a text names; years of the Common Era are converted.
pub(super) fn years(text: &str) -> Vec<u16> {
    let plain = thai::arabic_digits(text);
    let mut years = Vec::new();
    for group in plain.split(|c: char| !c.is_ascii_digit()).filter(|group| group.len() == 4) {
        let year = match group.parse::<u16>() {
            Ok(year @ 2550..=2599) => year,
            Ok(year @ 2007..=2056) => year + 543,
            _ => continue,
        };
        if !years.contains(&year) {
            years.push(year);
        }
    }
    years
}

/// The year that a text names and how clearly: 0 behind `ปีงบประมาณ`, 1 behind another word for year, 2 alone.
fn year_in(text: &str, next: Option<&Cell>) -> Option<(u8, u16)> {
    let key = thai::key(text);
    let named = key.contains("งบประมาณ") || key.contains("fiscal");
    let about = named || ["พ.ศ.", "ปี", "year", "ita"].iter().any(|word| key.contains(word));
    let beside = || next.filter(|_| about && key.chars().count() < 40).map(|cell| cell.value.to_string());
    let year = years(text).first().copied().or_else(|| years(&beside()?).first().copied())?;
    if named {
        Some((0, year))
    } else if about {
        Some((1, year))
    } else {
        // A bare number may be anything; a text that is only the year is a heading.
        (key.len() == 4 && next.is_none()).then_some((2, year))
    }
}

fn agency_in(text: &str, next: Option<&Cell>) -> Option<String> {
    // The office that publishes the assessment is named on many files; it is not the agency assessed.
    if text.contains("ป.ป.ช.") {
        return None;
    }
    let fits = |name: &String| is_name(name) && !is_heading(name);
    let labelled = AGENCY_LABELS.iter().find_map(|label| {
        let rest = strip_ignoring_case(text, label)?;
        let own = rest.trim_start_matches([' ', ':']);
        if own.is_empty() {
            return next.map(|cell| thai::clean(&cell.value.to_string()));
        }
        let is_value = rest.trim_start().starts_with(':') || AGENCY_WORDS.iter().any(|word| own.starts_with(word));
        is_value.then(|| cut(own, &AFTER_NAME).to_owned())
    });
    labelled.filter(fits).or_else(|| {
        // `... ของหน่วยงาน เทศบาลตำบลโคกม่วง คะแนนที่ได้ ...`, or a line that is the name
        let start = AGENCY_WORDS
            .iter()
            .filter_map(|word| text.match_indices(word).map(|(at, _)| at).find(|&at| begins_a_word(text, at)))
            .min()?;
        Some(cut(text.get(start..)?, &AFTER_NAME).to_owned()).filter(fits)
    })
}

fn strip_ignoring_case<'a>(text: &'a str, label: &str) -> Option<&'a str> {
    let head = text.get(..label.len())?;
    head.eq_ignore_ascii_case(label).then(|| text.get(label.len()..)).flatten()
}

fn begins_a_word(text: &str, at: usize) -> bool {
    text.get(..at)
        .is_some_and(|before| before.is_empty() || before.ends_with([' ', ':', '(']) || before.ends_with("ของ"))
}

/// The text behind a label, in the same cell or in the next one, up to any of `ends`.
fn labelled(text: &str, labels: &[&str], next: Option<&Cell>, ends: &[&str]) -> Option<String> {
    for label in labels {
        let Some(at) = find_ignoring_case(text, label).filter(|&at| begins_a_word(text, at)) else { continue };
        let rest = text.get(at + label.len()..)?.trim_start_matches([' ', ':', '.', '-']);
        if !rest.is_empty() {
            return Some(cut(rest, ends).to_owned()).filter(|name| !name.is_empty());
        }
        if at == 0 {
            return next.map(|cell| thai::clean(&cell.value.to_string())).filter(|name| !name.is_empty());
        }
    }
    None
}

fn find_ignoring_case(text: &str, label: &str) -> Option<usize> {
    if label.is_ascii() { text.to_ascii_lowercase().find(label) } else { text.find(label) }
}

fn cut<'a>(text: &'a str, ends: &[&str]) -> &'a str {
    let end = ends
        .iter()
        .filter_map(|end| text.match_indices(end).map(|(at, _)| at).find(|&at| begins_a_word(text, at)))
        .min();
    end.and_then(|end| text.get(..end)).unwrap_or(text).trim_matches([' ', ',', ':', '*', '(', ')'])
}

/// A name has letters and is no number, no sentence.
fn is_name(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 2 && text.chars().count() <= 160 && !text.starts_with(|c: char| c.is_ascii_digit())
}

/// Column headings and parts of the assessment's own name.
fn is_heading(text: &str) -> bool {
    ["คะแนน", "ภาครัฐ", "ตัวชี้วัด", "อำเภอ", "จังหวัด", "ประเภท", "district", "province"]
        .iter()
        .any(|word| text.starts_with(word))
}
