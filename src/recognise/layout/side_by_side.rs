//! Transposed tables: codes down, agencies across.

use crate::recognise::words::words;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use crate::domain::thai;
use crate::read::{Cell, Sheet};
use crate::recognise::cell::{score, year};
use crate::recognise::layout::section::{KeyedSheet, Section};
use crate::recognise::sheet::header;
use crate::recognise::sheet::keys;
use crate::recognise::sheet::keys::Key;
use crate::recognise::sheet::owner;
use crate::recognise::sheet::owner::Owner;
use crate::recognise::sheet::title_block;
use crate::recognise::submission::Given;

/// How many rows above the first code may hold the agencies' names.
const HEADER_ROWS: u32 = 12;

/// The sections of a sheet with agencies' names over its columns of scores; none where there are not several.
pub(in crate::recognise) fn sections(keyed: &KeyedSheet<'_>) -> Vec<Section> {
    let (sheet, index, all) = (keyed.sheet, keyed.index, keyed.keys.as_slice());
    let mut columns: BTreeMap<u32, Vec<Key>> = BTreeMap::new();
    for key in all {
        columns.entry(key.at.column).or_default().push(*key);
    }
    // Codes may stand in the titles again: the first column with the most of them counts.
    let most = columns.values().map(|column_keys| keys::distinct(column_keys)).max().unwrap_or_default();
    let Some(column_keys) =
        columns.values().find(|column_keys| keys::distinct(column_keys) == most && most >= keys::FEWEST)
    else {
        return Vec::new();
    };
    let (Some(first), Some(key_column)) =
        (column_keys.first().map(|key| key.at.row), column_keys.first().map(|key| key.at.column))
    else {
        return Vec::new();
    };
    let rows: Vec<u32> = column_keys.iter().map(|key| key.at.row).collect();
    let scored = scored_columns(sheet, &rows, key_column);
    if scored.len() < 2 {
        return Vec::new();
    }
    let lines: Vec<Vec<&Cell>> =
        (first.saturating_sub(HEADER_ROWS)..first).rev().map(|row| names(sheet, row, &scored)).collect();
    let header = lines.iter().find(|names| are_agencies(names));
    let header = header.or_else(|| lines.iter().find(|names| could_be_agencies(names) && says_agencies(sheet, first)));
    header.map(|names| of_names(sheet, index, names, key_column)).unwrap_or_default()
}

/// The sections of tables that stand side by side, each with its codes under its agency's name.
pub(in crate::recognise) fn beside(keyed: &KeyedSheet<'_>) -> Vec<Section> {
    let (sheet, index, all) = (keyed.sheet, keyed.index, keyed.keys.as_slice());
    let mut columns: BTreeMap<u32, BTreeMap<u32, u32>> = BTreeMap::new();
    for key in all {
        columns.entry(key.at.column).or_default().insert(key.of, key.at.row);
    }
    columns.retain(|_, rows_of_key| rows_of_key.len() >= keys::FEWEST);
    let Some((start, first)) = columns.iter().next() else { return Vec::new() };
    let Some(top) = first.values().min().copied() else { return Vec::new() };
    // Instruments side by side have other codes each.
    let same = |rows_of_key: &BTreeMap<u32, u32>| {
        rows_of_key.keys().filter(|of| first.contains_key(of)).count() * 2 > first.len()
    };
    let starts: Vec<u32> =
        columns.iter().filter(|(_, rows_of_key)| same(rows_of_key)).map(|(column, _)| *column).collect();
    if starts.len() < 2 {
        return Vec::new();
    }
    let year = Owner::around(sheet, all).year;
    let name_in = |from: u32, to: u32| {
        let rows = (top.saturating_sub(HEADER_ROWS)..top).rev();
        let mut cells = rows.flat_map(|row| sheet.cells_in(row, from..to));
        cells.find(|cell| owner::names_agency(cell.value.text()))
    };
    let ends = starts.iter().skip(1).copied().chain([u32::MAX]);
    let mut sections = Vec::new();
    let mut names: BTreeSet<String> = BTreeSet::new();
    for (from, to) in starts.iter().copied().zip(ends) {
        let Some(name) = name_in(from, to) else { return Vec::new() };
        names.insert(owner::name_key(name.value.text()));
        let agency = Given::in_cell(title_block::name_in_table(name.value.text()), sheet.place(name.at));
        // What stands left of all tables belongs to each.
        let ranges = columns_before(*start).into_iter().chain([from..=to.saturating_sub(1)]).collect();
        let owner = Owner { agency: Some(agency), year: year.clone(), ..Owner::default() };
        sections.push(Section {
            sheet: index,
            owner,
            rows: vec![0..=u32::MAX],
            columns: Some(ranges),
            transposed: false,
        });
    }
    if names.len() > 1 && names.len() == sections.len() { sections } else { Vec::new() }
}

/// The columns with numbers in a good part of the rows of codes: the external survey alone has a seventh of them.
fn scored_columns(sheet: &Sheet, rows: &[u32], key_column: u32) -> BTreeSet<u32> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for row in rows {
        for cell in sheet.row(*row).iter().filter(|cell| cell.at.column != key_column) {
            *counts.entry(cell.at.column).or_default() += usize::from(score::number(&cell.value).is_some());
        }
    }
    counts.into_iter().filter(|(_, count)| *count * 7 >= rows.len()).map(|(column, _)| column).collect()
}

/// The texts of a row that stand over columns of scores, and are no numbers of a row of data.
fn names<'a>(sheet: &'a Sheet, row: u32, scored: &BTreeSet<u32>) -> Vec<&'a Cell> {
    let is_text = |cell: &&Cell| !cell.value.text().trim().is_empty() && score::number(&cell.value).is_none();
    sheet.row(row).iter().filter(|cell| scored.contains(&cell.at.column)).filter(is_text).collect()
}

/// Whether the texts over the scores read like agencies' names.
fn are_agencies(names: &[&Cell]) -> bool {
    let named = names.iter().filter(|cell| owner::names_agency(cell.value.text()));
    named.map(|cell| owner::name_key(cell.value.text())).collect::<BTreeSet<_>>().len() > 1
}

/// Whether the texts over the scores could be names of anything: each is another, and none tells a year or a kind of score.
fn could_be_agencies(names: &[&Cell]) -> bool {
    let neutral = |cell: &&&Cell| {
        let text = cell.value.text();
        let is_level = &words().level_words.iter().any(|level| thai::key(text).starts_with(level));
        let is_header = header::header_weight(text, None) != 0 || year::of_header(text).is_some();
        !is_level && !is_header && !owner::is_summary(text) && !owner::is_part(text)
    };
    let neutral_names: Vec<String> =
        names.iter().filter(neutral).map(|cell| owner::name_key(cell.value.text())).collect();
    // Shares of answers stand beside their score.
    let of_one = names.iter().any(|cell| header::header_weight(cell.value.text(), None) > 0);
    !of_one && neutral_names.len() > 2 && neutral_names.iter().collect::<BTreeSet<_>>().len() == neutral_names.len()
}

/// Whether a short text above the table speaks of agencies. The line of one agency with its place does not.
fn says_agencies(sheet: &Sheet, first: u32) -> bool {
    sheet.cells().iter().take_while(|cell| cell.at.row < first).any(|cell| {
        let text = cell.value.text();
        let key = thai::key(text);
        let words = &words().headers_of_agencies_beside;
        key.chars().count() < 40 && words.iter().any(|word| key.contains(word)) && !owner::names_agency(text)
    })
}

fn columns_before(column: u32) -> Option<RangeInclusive<u32>> {
    column.checked_sub(1).map(|last| 0..=last)
}

fn of_names(sheet: &Sheet, index: usize, names: &[&Cell], key_column: u32) -> Vec<Section> {
    // Left of the codes there are row numbers too.
    let is_agency = |cell: &&&Cell| {
        let text = cell.value.text();
        !owner::is_summary(text) && (cell.at.column > key_column || owner::names_agency(text))
    };
    let agencies: Vec<&&Cell> = names.iter().filter(is_agency).collect();
    // The codes and what stands left of the agencies belong to all of them; nothing to their right does.
    let first = agencies.iter().map(|cell| cell.at.column).min().unwrap_or_default();
    // A name that is merged over several columns stands in the first of them; the last name's are as many.
    let columns: BTreeSet<u32> = agencies.iter().map(|cell| cell.at.column).filter(|at| *at > key_column).collect();
    let apart = columns.iter().zip(columns.iter().skip(1)).map(|(a, b)| b - a).min().unwrap_or(1);
    let end = |column: u32| {
        let next = columns.iter().find(|other| **other > column).copied().unwrap_or(column + apart);
        if columns.contains(&column) { next.max(column + 1) - 1 } else { column }
    };
    let of = |cell: &&&Cell| {
        let agency = Given::in_cell(title_block::name_in_table(cell.value.text()), sheet.place(cell.at));
        let pair = [key_column..=key_column, cell.at.column..=end(cell.at.column)];
        let columns = columns_before(first).into_iter().chain(pair).collect();
        Section {
            sheet: index,
            owner: Owner { agency: Some(agency), ..Owner::default() },
            rows: vec![0..=u32::MAX],
            columns: Some(columns),
            transposed: false,
        }
    };
    agencies.iter().map(of).collect()
}
