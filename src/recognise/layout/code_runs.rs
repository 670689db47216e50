//! A header in which all codes stand twice or more, each run of them under a year or a round of its own.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use crate::read::Sheet;
use crate::recognise::cell::year;
use crate::recognise::sheet::header;
use crate::recognise::sheet::keys::Key;
use crate::recognise::submission::Given;

/// How many rows above the codes may name their runs.
const LABEL_ROWS: u32 = 3;

/// The columns of one run of codes, and the year that stands over them.
#[derive(Debug, Clone)]
pub(in crate::recognise) struct CodeRun {
    pub columns: RangeInclusive<u32>,
    pub year: Option<Given<u16>>,
}

/// The runs of a header row that are to be read: one for each year, or that whose label speaks most for it. None where the
/// codes stand once, or where nothing tells the runs apart.
pub(in crate::recognise) fn runs(sheet: &Sheet, header: &[Key]) -> Vec<CodeRun> {
    let mut runs: Vec<(u32, u32, BTreeSet<u32>)> = Vec::new();
    for key in header {
        match runs.last_mut().filter(|(.., of)| !of.contains(&key.of)) {
            Some((_, last, of)) => {
                *last = key.at.column;
                of.insert(key.of);
            }
            None => runs.push((key.at.column, key.at.column, BTreeSet::from([key.of]))),
        }
    }
    let Some(row) = header.first().map(|key| key.at.row) else { return Vec::new() };
    let repeats = |first: &BTreeSet<u32>| runs.iter().all(|(.., of)| of.intersection(first).count() * 2 > first.len());
    if runs.len() < 2 || !runs.first().is_some_and(|(.., first)| repeats(first)) {
        return Vec::new();
    }
    let label = |start: u32, end: u32| {
        let rows = (row.saturating_sub(LABEL_ROWS)..row).rev();
        rows.into_iter().find_map(|above| sheet.cells_in(above, start..end + 1).first())
    };
    let named: Vec<_> = runs.iter().map(|(start, end, _)| (*start..=*end, label(*start, *end))).collect();
    let years: Vec<CodeRun> = named
        .iter()
        .filter_map(|(columns, label)| {
            let cell = (*label)?;
            let year = year::of_header(&cell.value.to_string())?;
            Some(CodeRun { columns: columns.clone(), year: Some(Given::in_cell(year, sheet.place(cell.at))) })
        })
        .collect();
    let distinct: BTreeSet<u16> = years.iter().filter_map(|run| run.year.as_ref()).map(|given| given.value).collect();
    if distinct.len() == runs.len() {
        return years;
    }
    let points =
        |label: &Option<&crate::read::Cell>| label.map_or(0, |cell| header::all_points(&cell.value.to_string()));
    let best = named.iter().map(|(_, label)| points(label)).max().unwrap_or_default();
    let mut chosen = named.into_iter().filter(|(_, label)| points(label) == best);
    match (chosen.next(), chosen.next()) {
        (Some((columns, _)), None) => vec![CodeRun { columns, year: None }],
        _ => Vec::new(),
    }
}
