//! Whose scores are these? Read from the title block around the table.

use crate::recognise::words::words;
use std::cmp::Reverse;

use memchr::memmem;

use crate::domain::{identity, thai};
use crate::finding::Place;
use crate::read::{Cell, CellRef, Sheet, Value};
use crate::recognise::cell::{score, year};
use crate::recognise::evidence::{self, Candidate};
use crate::recognise::sheet::header_rules::HeaderWords;
use crate::recognise::submission::{Fact, Given, Submission};
use crate::recognise::vocabulary;

/// Longer texts, in bytes, head no column.
const LONGEST_HEADER: usize = 120;

/// As many numbers in a row make it one of a table.
const ROW_OF_NUMBERS: usize = 5;

/// Longer texts, in bytes, are no titles.
const LONGEST: usize = 2000;

/// The most characters of a name: longer texts are sentences.
const LONGEST_NAME: usize = 200;

/// Fills in year, agency, district and province from the cells outside the rows of the table.
pub(in crate::recognise) fn read(sheet: &Sheet, in_table: impl Fn(u32) -> bool, into: &mut Submission) {
    let mut years: Vec<Candidate<u16>> = Vec::new();
    let mut agencies: Vec<Candidate<String>> = Vec::new();
    let mut looked_at = 0;
    for row in sheet.rows().filter(|row| row.first().is_some_and(|cell| !in_table(cell.at.row))) {
        let numbers = row.iter().filter(|cell| score::number(&cell.value).is_some()).count();
        let mut of_row_years: Vec<Candidate<u16>> = Vec::new();
        for (index, cell) in row.iter().enumerate() {
            let place = || sheet.place(cell.at);
            let text = match &cell.value {
                Value::Text(text) if text.len() > LONGEST => continue,
                Value::Text(text) => thai::clean(text),
                value => value.to_string(),
            };
            // `เป้าหมาย ปี 2568` over a column of numbers, or before a row of them, tells of these.
            let is_short = row.len() > 1 && text.len() <= LONGEST_HEADER;
            let of_row = (numbers >= ROW_OF_NUMBERS || is_short) && HeaderWords::of_sheet(&text).other.is_some();
            if !of_row
                && let Some((rank, value)) = year::of_title(&text, row.get(index + 1))
                && years.len() + of_row_years.len() < MOST_CANDIDATES
            {
                of_row_years.push(Candidate::new(value, place(), Fact::Year, year_reasons(rank)));
            }
            if cell.value.text().is_empty() {
                continue;
            }
            let around = TitleSurroundings { sheet, cell, next: row.get(index + 1) };
            // Behind the first name a few more cells are looked at for another one.
            if agencies.is_empty() || looked_at < MOST_TITLES {
                looked_at += usize::from(!agencies.is_empty());
                let found = agency_in(&text, &around);
                agencies.extend(found.map(|(name, reason)| {
                    let rare = words().rarely_assessed.iter().any(|word| name.starts_with(word));
                    let reasons: &[&'static str] = if rare { &[reason, "rarely-assessed"] } else { &[reason] };
                    Candidate::new(name, place(), Fact::Agency, reasons)
                }));
            }
            fill(&mut into.district, || district_in(&text, &around), place);
            fill(&mut into.province, || place_in(&text, &words().province_labels, &around), place);
        }
        // Of several years in one row, the headers of a table, the latest is the newest result.
        of_row_years.sort_by_key(|candidate| Reverse(candidate.value));
        years.append(&mut of_row_years);
    }
    let (agency, choices) = evidence::choose(Fact::Agency, &agencies);
    into.choices.extend(choices);
    into.agency = into.agency.take().or_else(|| agency.map(|best| Given::in_cell(best.value, best.place)));
    // `เป้าหมาย 2568` is no result of that year.
    if HeaderWords::of_sheet(&sheet.name).other.is_some() {
        return;
    }
    if let (Some(year), Some(first)) = (year::of_sheet(&sheet.name), sheet.cells().first()) {
        years.push(Candidate::new(year, sheet.place(first.at), Fact::Year, &["sheet-name"]));
    }
    let (year, choices) = evidence::choose(Fact::Year, &years);
    into.choices.extend(choices);
    into.year = year.map(|best| Given::in_cell(best.value, best.place));
}

/// How many cells are kept as candidates for a fact.
const MOST_CANDIDATES: usize = 40;

/// How many cells behind the first agency's name are looked at for another one.
const MOST_TITLES: usize = 40;

/// The reasons for a year that a title tells this clearly: see [`year::of_title`].
fn year_reasons(rank: u8) -> &'static [&'static str] {
    match rank {
        0 => &["fiscal-year-word"],
        1 => &["year-word"],
        2 => &["bare-year"],
        3 => &["fiscal-year-word", "other-line"],
        4 => &["year-word", "other-line"],
        _ => &["bare-year", "other-line"],
    }
}

/// A cell's neighbours, in which a label has its value.
struct TitleSurroundings<'a> {
    sheet: &'a Sheet,
    cell: &'a Cell,
    next: Option<&'a Cell>,
}

impl TitleSurroundings<'_> {
    /// The value of a label that fills its cell: the next cell, or the one below where labels stand in a row.
    fn value(&self) -> Option<String> {
        let text = |cell: &Cell| thai::clean(&cell.value.to_string());
        match self.next.map(text) {
            Some(next) if !is_heading(&next) => Some(next),
            Some(_) => {
                let below = CellRef::new(self.cell.at.row + 1, self.cell.at.column);
                self.sheet.get(below).map(text).filter(|text| !is_heading(text))
            }
            None => None,
        }
    }
}

fn fill(slot: &mut Option<Given<String>>, find: impl FnOnce() -> Option<String>, place: impl FnOnce() -> Place) {
    if slot.is_none() {
        *slot = find().map(|value| Given::in_cell(value, place()));
    }
}

/// An agency's name in a cell, with the reason for taking it for one.
fn agency_in(text: &str, around: &TitleSurroundings<'_>) -> Option<(String, &'static str)> {
    let lower = text.to_lowercase();
    if words().lines_of_others.iter().any(|word| lower.starts_with(word)) {
        return None;
    }
    let labelled = words().agency_labels.iter().find_map(|label| {
        let rest = strip_ignoring_case(text, label)?;
        let value = rest.trim_start_matches([' ', ':']);
        if value.is_empty() {
            return around.value();
        }
        let is_value =
            rest.trim_start().starts_with(':') || begins_like_an_agency(value) || province_behind(value).is_some();
        is_value.then(|| cut(value, &words().after_name).to_owned())
    });
    if let Some(name) = labelled.filter(|name| is_name(name)) {
        return Some((name, "labelled"));
    }
    if words().publisher.iter().any(|name| text.contains(name)) {
        return None;
    }
    // `... ของหน่วยงาน เทศบาลตำบลโคกม่วง คะแนนที่ได้ ...`, or a line that is the name
    let mut starts = text.char_indices().map(|(at, _)| at).filter(|&at| begins_a_word(text, at));
    let start = starts.find(|&at| text.get(at..).is_some_and(begins_like_an_agency))?;
    let name = cut(text.get(start..)?, &words().after_name).to_owned();
    is_name(&name).then_some((name, "line-of-its-own"))
}

/// The province that is named as nothing but an agency can be: `ผลการประเมิน ITA ของจังหวัดลำปาง`, or alone on its line.
pub(in crate::recognise) fn province_as_agency(sheet: &Sheet, in_table: impl Fn(u32) -> bool) -> Option<Given<String>> {
    let cells = sheet.cells().iter().filter(|cell| !in_table(cell.at.row) && cell.value.text().len() <= LONGEST);
    let named = |cell: &Cell| {
        let text = thai::clean(cell.value.text());
        let (at, _) = text.match_indices(PROVINCE).find(|(at, _)| begins_a_word(&text, *at))?;
        let (before, name) = (text.get(..at)?, text.get(at..)?);
        let key = thai::key(before);
        let is_whose = key.is_empty() || words().before_provinces.iter().any(|word| key.ends_with(word));
        let province = province_behind(name).filter(|_| is_whose)?;
        Some(Given::in_cell(format!("{PROVINCE}{province}"), sheet.place(cell.at)))
    };
    cells.into_iter().find_map(named)
}

/// The word before the name of a province.
const PROVINCE: &str = "จังหวัด";

/// The province that a text begins with, behind the word for one: `จังหวัดลำปาง`.
fn province_behind(text: &str) -> Option<&'static str> {
    let rest = text.strip_prefix(PROVINCE)?.trim_start();
    let ends = |name: &&&str| rest.strip_prefix(**name).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    words().provinces.iter().find(ends).copied()
}

/// Whether a text is an agency's name: it begins as such names do, and is not the mere name of a kind.
pub(in crate::recognise) fn begins_like_a_name(text: &str) -> bool {
    begins_like_an_agency(text) && is_name(text)
}

fn begins_like_an_agency(text: &str) -> bool {
    words().agency_words.iter().any(|word| vocabulary::begins_with(text, word))
}

/// A name that stands where a table has its names, whatever it is like: what is too long for a name is cut, with a mark.
pub(in crate::recognise) fn name_in_table(text: &str) -> String {
    let clean = thai::clean(text);
    match clean.char_indices().nth(LONGEST_NAME).and_then(|(end, _)| clean.get(..end)) {
        Some(head) => format!("{head}…"),
        None => clean,
    }
}

/// Whether a header stands over agencies' names.
pub(in crate::recognise) fn is_agency_header(text: &str) -> bool {
    let lower = thai::clean(text).to_lowercase();
    words().agency_headers.iter().any(|label| lower.starts_with(label)) && lower.chars().count() < 40
}

/// Whether a header stands over names of districts.
pub(in crate::recognise) fn is_district_header(text: &str) -> bool {
    is_place_header(text, &words().district_labels)
}

/// Whether a header stands over names of provinces.
pub(in crate::recognise) fn is_province_header(text: &str) -> bool {
    is_place_header(text, &words().province_labels)
}

fn is_place_header(text: &str, labels: &[&str]) -> bool {
    let key = thai::key(text);
    labels.iter().any(|label| key.strip_prefix(label).is_some_and(|rest| rest.chars().count() < 8))
}

/// The name of a place in a table: without `อำเภอ` or `จังหวัด` in front.
pub(in crate::recognise) fn place_name(text: &str) -> String {
    let clean = name_in_table(text);
    let mut labels = words().district_labels.iter().chain(&words().province_labels);
    let bare = labels.find_map(|label| clean.strip_prefix(label)).map(str::trim).filter(|rest| !rest.is_empty());
    bare.map(str::to_owned).unwrap_or(clean)
}

fn strip_ignoring_case<'a>(text: &'a str, label: &str) -> Option<&'a str> {
    let head = text.get(..label.len())?;
    head.eq_ignore_ascii_case(label).then(|| text.get(label.len()..)).flatten()
}

fn district_in(text: &str, around: &TitleSurroundings<'_>) -> Option<String> {
    place_in(text, &words().district_labels, around)
        .filter(|name| !words().no_districts.iter().any(|word| name.starts_with(word)))
}

/// A district or a province behind its label, in the same cell or in the next one.
fn place_in(text: &str, labels: &[&str], around: &TitleSurroundings<'_>) -> Option<String> {
    for label in labels {
        let Some(at) = find_ignoring_case(text, label).filter(|&at| begins_a_word(text, at)) else { continue };
        let rest = text.get(at + label.len()..)?.trim_start_matches([' ', ':', '.', '-']);
        let found = if rest.is_empty() { if at > 0 { None } else { around.value() } } else { Some(rest.to_owned()) };
        let name = found.map(|name| {
            let end = name.find(|c: char| c.is_ascii_digit()).unwrap_or(name.len());
            cut(name.get(..end).unwrap_or_default(), &words().after_place).trim().to_owned()
        });
        if let Some(name) = name.filter(|name| is_name(name)) {
            return Some(name);
        }
    }
    None
}

fn find_ignoring_case(text: &str, label: &str) -> Option<usize> {
    if label.is_ascii() {
        text.as_bytes().windows(label.len()).position(|window| window.eq_ignore_ascii_case(label.as_bytes()))
    } else {
        memmem::find(text.as_bytes(), label.as_bytes())
    }
}

fn begins_a_word(text: &str, at: usize) -> bool {
    text.get(..at)
        .is_some_and(|before| before.is_empty() || before.ends_with([' ', ':', '(']) || before.ends_with("ของ"))
}

/// The text up to the first of `ends` that begins a word; a closing bracket stays where it was opened.
fn cut<'a>(text: &'a str, ends: &[&str]) -> &'a str {
    let end = ends
        .iter()
        .filter_map(|end| {
            text.match_indices(end)
                .map(|(at, _)| at)
                .find(|&at| at > 0 && text.get(..at).is_some_and(|b| b.ends_with(' ')))
        })
        .min();
    let text = end.and_then(|end| text.get(..end)).unwrap_or(text).trim_matches([' ', ',', ':', '*', '(', '-']);
    if text.contains('(') { text } else { text.trim_end_matches(')') }
}

/// A name has letters and is no number, no sentence, no heading and no mere kind of agency.
fn is_name(text: &str) -> bool {
    let plain = thai::has_letters(text, 2)
        && text.chars().count() <= LONGEST_NAME
        && !text.starts_with(|c: char| c.is_ascii_digit());
    plain && !is_heading(text) && !words().kinds_of_agencies.contains(&text) && identity::kind(text).is_none()
}

/// Column headings and parts of the assessment's own name.
fn is_heading(text: &str) -> bool {
    if province_behind(text).is_some() {
        return false;
    }
    let lower = text.to_lowercase();
    words().headings.iter().any(|word| {
        lower == *word
            || (lower.starts_with(word) && lower.chars().count() < 16 && !words().headings_alone.contains(word))
    })
}
