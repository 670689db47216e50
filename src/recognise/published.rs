//! The published figures: indicators, instruments, total, level and rank, wherever they stand.

use std::sync::Arc;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::column::{self, Row};
use super::score::{self, Reading};
use super::submission::{Given, Submission};
use crate::finding::{Finding, FindingCode, Place};
use crate::framework::{Framework, Instrument};
use crate::read::{Book, Cell, CellRef, Sheet};
use crate::thai;

/// Labels of the total, without spaces and in lower case; longer ones first.
const TOTAL_LABELS: [&str; 15] = [
    "คะแนนรวมที่ประกาศ", "คะแนนภาพรวมของหน่วยงาน", "คะแนนรวมทั้งหมด", "คะแนนเฉลี่ยรวม", "ผลคะแนนรวม", "คะแนนภาพรวม", "คะแนนรวม",
    "คะแนนที่ได้", "ผลการประเมินภาพรวม", "คะแนนita", "รวมทั้งสิ้น", "totalscore", "overallscore", "itascore", "total",
];
const LEVEL_LABELS: [&str; 6] = ["ระดับผลการประเมินอยู่ที่", "ระดับผลการประเมิน", "ระดับที่ประกาศ", "ผลการประเมินระดับ", "ระดับ", "level"];
const RANK_LABELS: [&str; 4] = ["อันดับที่ประกาศ", "อันดับที่", "อันดับ", "rank"];

/// The range that a score must lie in, as messages write it.
pub(super) const RANGE: &str = "0-100";

/// An indicator's row.
struct IndicatorRow {
    number: u8,
    instrument: Instrument,
    at: CellRef,
}

/// Looks through every sheet; `in_table` tells the rows that belong to the table of questions.
pub(super) fn read(book: &Book, framework: &Framework, in_table: impl Fn(&str, u32) -> bool, into: &mut Submission) {
    let mut best: Option<(&Sheet, Vec<IndicatorRow>)> = None;
    for sheet in &book.sheets {
        let rows = indicator_rows(sheet, framework, |row| in_table(&sheet.name, row));
        if rows.len() > best.as_ref().map_or(0, |(_, found)| found.len()) {
            best = Some((sheet, rows));
        }
    }
    if let Some((sheet, rows)) = &best {
        indicators(sheet, rows, into);
    }
    for sheet in &book.sheets {
        let name: Arc<str> = sheet.name.as_str().into();
        for row in sheet.rows() {
            let number = row.first().map_or(0, |cell| cell.at.row);
            let is_indicator = best.as_ref().is_some_and(|(own, rows)| {
                own.name == sheet.name && rows.iter().any(|indicator| indicator.at.row == number)
            });
            if !is_indicator && !in_table(&sheet.name, number) {
                labelled_row(row, &name, framework, into);
            }
        }
    }
}

fn indicator_rows(sheet: &Sheet, framework: &Framework, in_table: impl Fn(u32) -> bool) -> Vec<IndicatorRow> {
    let mut rows: Vec<IndicatorRow> = Vec::new();
    for cell in sheet.cells().iter().filter(|cell| !cell.value.text().is_empty() && !in_table(cell.at.row)) {
        let Some(indicator) = indicator_of(cell.value.text(), framework) else { continue };
        if rows.iter().all(|row| row.number != indicator) {
            let instrument = framework.indicators.iter().find(|own| own.number == indicator).map(|own| own.instrument);
            rows.extend(instrument.map(|instrument| IndicatorRow { number: indicator, instrument, at: cell.at }));
        }
    }
    rows
}

/// The indicator that a text names: its title, alone or behind its number, or `ตัวชี้วัดที่ 6`.
fn indicator_of(text: &str, framework: &Framework) -> Option<u8> {
    if text.chars().count() > 120 {
        return None;
    }
    let key = thai::key(text);
    let label = ["ตัวชี้วัดที่", "ตัวชี้วัด", "indicator"].iter().find_map(|label| key.strip_prefix(label));
    let rest = label.unwrap_or(&key);
    let title = rest.trim_start_matches(|c: char| c.is_ascii_digit() || ".:)(-".contains(c));
    let number: Option<u8> = rest.get(..rest.len() - title.len()).and_then(|n| n.trim_end_matches(['.', ':', ')', '(', '-']).parse().ok());
    let titled = framework.indicators.iter().find(|indicator| indicator.is_titled(title)).map(|own| own.number);
    let known = |number: &u8| framework.indicators.iter().any(|indicator| indicator.number == *number);
    titled.or_else(|| number.filter(|_| label.is_some() && title.is_empty()).filter(known))
}

fn indicators(sheet: &Sheet, rows: &[IndicatorRow], into: &mut Submission) {
    let name: Arc<str> = sheet.name.as_str().into();
    let Some(key_column) = rows.first().map(|row| row.at.column) else { return };
    let plain: Vec<Row> = rows.iter().map(|row| Row { row: row.at.row, instrument: row.instrument }).collect();
    let year = into.year.as_ref().map(|given| given.value);
    let candidates = column::candidates(sheet, &plain, key_column, year);
    let Some(chosen) = candidates.iter().find(|candidate| candidate.column > key_column) else { return };
    for row in rows {
        let at = CellRef::new(row.at.row, chosen.column);
        let Some(cell) = sheet.get(at) else { continue };
        let place = Place { sheet: name.clone(), cell: at };
        match score::read_score(&cell.value) {
            Reading::Number(score) if score::in_range(score) => {
                into.published.indicators.insert(row.number, Given::in_cell(score, place));
            }
            Reading::None => {}
            _ => into.findings.push(unreadable(format!("ตัวชี้วัดที่ {}", row.number), cell, place)),
        }
    }
}

fn unreadable(item: String, cell: &Cell, place: Place) -> Finding {
    Finding::new(FindingCode::IndicatorUnreadable, item).at([place]).found(&cell.value).expected(RANGE)
}

/// Instruments, total, level and rank: a label with its value behind it, in the same cell or in the next ones.
fn labelled_row(row: &[Cell], sheet: &Arc<str>, framework: &Framework, into: &mut Submission) {
    for (index, cell) in row.iter().enumerate() {
        let text = cell.value.text();
        if text.is_empty() || text.chars().count() > 400 {
            continue;
        }
        let key = thai::key(text);
        let behind = row.get(index + 1..).unwrap_or_default();
        let place = |cell: &Cell| Place { sheet: sheet.clone(), cell: cell.at };
        if let Some(instrument) = instrument_of(&key) {
            if let Some((score, at)) = first_number(behind).filter(|(score, _)| score::in_range(*score)) {
                into.published.instruments.entry(instrument).or_insert_with(|| Given::in_cell(score, place(at)));
            }
        }
        if into.published.total.is_none() {
            let inline = value_in(&key, &TOTAL_LABELS).and_then(leading_number).map(|score| (score, cell));
            let beside = || ends_with_label(&key, &TOTAL_LABELS).then(|| first_number(behind)).flatten();
            let total = inline.or_else(beside).filter(|(score, _)| score::in_range(*score));
            into.published.total = total.map(|(score, at)| Given::in_cell(score, place(at)));
        }
        if into.published.rank.is_none() {
            let inline = value_in(&key, &RANK_LABELS).and_then(leading_number).map(|rank| (rank, cell));
            let beside = || RANK_LABELS.contains(&key.as_str()).then(|| first_number(behind)).flatten();
            if let Some((rank, at)) = inline.or_else(beside).and_then(|(rank, at)| Some((whole(rank)?, at))) {
                into.published.rank = Some(Given::in_cell(rank, place(at)));
            }
        }
        level(cell, &key, behind, sheet, framework, into);
    }
}

fn level(cell: &Cell, key: &str, behind: &[Cell], sheet: &Arc<str>, framework: &Framework, into: &mut Submission) {
    if into.published.level.is_some() {
        return;
    }
    let place = |cell: &Cell| Place { sheet: sheet.clone(), cell: cell.at };
    let inline = value_in(key, &LEVEL_LABELS).map(|value| (value.to_owned(), cell));
    let beside = || {
        let next = behind.first().filter(|_| LEVEL_LABELS.contains(&key));
        next.map(|next| (thai::key(&next.value.to_string()), next))
    };
    let Some((value, at)) = inline.or_else(beside) else { return };
    // Longest first: one level's name begins another's.
    let named = framework.levels.iter().filter(|level| value.starts_with(&thai::key(&level.name)));
    if let Some(level) = named.max_by_key(|level| level.name.len()) {
        into.published.level = Some(Given::in_cell(level.name.clone(), place(at)));
    } else if let Some(rank) = leading_number(&value).and_then(whole) {
        if into.published.rank.is_none() {
            let finding = Finding::new(FindingCode::RankInPlaceOfLevel, "").at([place(at)]).found(rank);
            into.findings.push(finding);
            into.published.rank = Some(Given::in_cell(rank, place(at)));
        }
    }
}

/// `IIT`, `คะแนน IIT`, `แบบวัด IIT (30%)`: a cell that is about one instrument and nothing else.
fn instrument_of(key: &str) -> Option<Instrument> {
    let bare = key.trim_start_matches("คะแนน").trim_start_matches("แบบวัด").trim_start_matches("แบบตรวจ").trim_start_matches("แบบ");
    let bare = bare.split_once('(').map_or(bare, |(before, _)| before);
    Instrument::ALL.into_iter().find(|instrument| bare.eq_ignore_ascii_case(instrument.name()))
}

/// What stands behind a label inside the same cell.
fn value_in<'a>(key: &'a str, labels: &[&str]) -> Option<&'a str> {
    let (at, label) = labels.iter().filter_map(|label| key.find(label).map(|at| (at, label))).min_by_key(|(at, label)| (*at, usize::MAX - label.len()))?;
    let rest = key.get(at + label.len()..)?.trim_start_matches([':', '=', '-', '(']);
    let rest = rest.strip_prefix("อยู่ที่").or_else(|| rest.strip_prefix("คือ")).or_else(|| rest.strip_prefix("เท่ากับ")).unwrap_or(rest);
    // A further label in between belongs to the value: `คะแนนภาพรวมของหน่วยงาน ... คะแนนที่ได้ 92.13`.
    match value_in(rest, labels) {
        Some(inner) if leading_number(rest).is_none() => Some(inner),
        _ => (!rest.is_empty()).then_some(rest),
    }
}

fn ends_with_label(key: &str, labels: &[&str]) -> bool {
    let bare = key.split_once('(').map_or(key, |(before, _)| before).trim_end_matches([':', '=']);
    labels.contains(&bare)
}

fn leading_number(text: &str) -> Option<Decimal> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(text.len());
    score::plain_number(text.get(..end)?.trim_end_matches(['.', ',']))
}

fn first_number(cells: &[Cell]) -> Option<(Decimal, &Cell)> {
    cells.iter().find_map(|cell| score::number(&cell.value).map(|number| (number, cell)))
}

fn whole(number: Decimal) -> Option<u32> {
    number.to_u32().filter(|rank| *rank > 0 && number.fract().is_zero())
}
