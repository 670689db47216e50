//! Titles, heads, labels and whatever is typed beside the tables: cells that have no key of their own.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::domain::cell_name::{CellName, Typed};
use crate::domain::cell_ref::CellRef;
use crate::domain::figure::round2;
use crate::domain::sheet_names::{FINDINGS, SCORES};
use crate::domain::thai;
use crate::edits::columns::Layout;
use crate::edits::grid::Grid;
use crate::edits::record::{Base, Record, State};
use crate::edits::tidy;
use crate::edits::value_text::value_text;
use crate::finding::Place;
use crate::framework::QuestionCode;
use crate::plan::items::REVIEW_KEY;
use crate::read::{Cell, Value};
use crate::write::{has_key, short_digest};

/// Such a cell that is not as the program wrote it.
#[derive(Debug, Clone)]
pub(super) struct FrameCell {
    /// Its name; nothing for a cell of a column that the program does not have.
    pub name: Option<CellName>,
    /// Where it stands.
    pub place: Place,
    /// What stands in it.
    pub typed: Typed,
    /// What the program wrote into it.
    pub base: Option<Base>,
    /// Whether a formula stands in it.
    pub is_formula: bool,
}

/// The cells of a sheet that were changed or filled in, beside those that have found their place.
pub(super) fn read(grid: &Grid<'_>, layout: Layout, record: &Record) -> Vec<FrameCell> {
    let mut found = Vec::new();
    let mut last: Option<(u32, String)> = None;
    for (row, cells) in &rows_of(grid) {
        let row = *row;
        if let Some(name) = name_of(grid, layout, row) {
            last = Some((row, name));
        }
        let (start, name) = last.clone().unwrap_or((0, String::new()));
        let row_name =
            |column| CellName { sheet: layout.name.to_owned(), row: name.clone(), below: row - start, column };
        let bases = (start == row).then(|| record.cells(&row_name(0).row_key())).flatten();
        for at in cells.iter().copied() {
            let value = grid.sheet.get(at).map(|cell| &cell.value);
            let text = value.map(value_text).unwrap_or_default();
            let formula = grid.look.and_then(|look| look.formulas.get(&at));
            if Some(at.column) == grid.columns.key || grid.is_used(at) {
                continue;
            }
            let written = grid.columns.written(at.column);
            let own = |column: u32| {
                let column = u16::try_from(column).unwrap_or(u16::MAX);
                layout.name == SCORES && start == row && has_key(SCORES, &name, column)
            };
            if written.is_some_and(own) {
                continue;
            }
            let base = written.and_then(|column| bases?.get(&column));
            // In a sheet with other columns the program's own texts and formulas may stand where none are known.
            let is_own = |base: &Base| is_text_of(&text, &base.digest) || formula.is_some() && base.is_live;
            let is_displaced = grid.columns.have_moved() && bases.is_some_and(|bases| bases.values().any(is_own));
            if base.is_none() && is_displaced {
                continue;
            }
            let is_same = base.is_some_and(|base| is_text_of(&text, &base.digest) || base.is_live && formula.is_some());
            let is_blank = text.trim().is_empty() && formula.is_none_or(String::is_empty);
            if is_same || is_blank && base.is_none() {
                continue;
            }
            let typed = match formula {
                Some(formula) if text.trim().is_empty() || base.is_none() && record.state == State::Whole => {
                    Typed::Text(format!("={formula} {}", tidy(&text)).trim().to_owned())
                }
                _ => value.map_or(Typed::Text(String::new()), typed),
            };
            found.push(FrameCell {
                name: written.map(row_name),
                place: grid.sheet.place(at),
                typed,
                base: base.cloned(),
                is_formula: formula.is_some(),
            });
        }
        found.extend(cleared(grid, row, bases, row_name));
    }
    found
}

/// All texts of a sheet that was written without a record.
pub(super) fn texts(grid: &Grid<'_>, layout: Layout) -> Vec<FrameCell> {
    let is_formula = |at: &CellRef| grid.look.is_some_and(|look| look.formulas.contains_key(at));
    // The tables of findings and of scores are made anew, but for the units in the first column.
    let is_made_anew = |at: &CellRef| match layout.name {
        FINDINGS => at.column <= 4,
        SCORES => (1..=8).contains(&at.column),
        _ => false,
    };
    let is_text =
        |cell: &&Cell| !cell.value.text().trim().is_empty() && !is_formula(&cell.at) && !is_made_anew(&cell.at);
    let cells = grid.sheet.cells().iter().filter(is_text);
    let cell = |cell: &Cell| FrameCell {
        name: None,
        place: grid.sheet.place(cell.at),
        typed: typed(&cell.value),
        base: None,
        is_formula: false,
    };
    cells.map(cell).collect()
}

/// The cells with something in them, row by row: a formula need not have its result.
fn rows_of(grid: &Grid<'_>) -> BTreeMap<u32, BTreeSet<CellRef>> {
    let mut rows: BTreeMap<u32, BTreeSet<CellRef>> = BTreeMap::new();
    let formulas = grid.look.into_iter().flat_map(|look| look.formulas.keys());
    for at in grid.sheet.cells().iter().map(|cell| &cell.at).chain(formulas) {
        rows.entry(at.row).or_default().insert(*at);
    }
    rows
}

/// Cells of a row that the officer has emptied.
fn cleared(
    grid: &Grid<'_>,
    row: u32,
    bases: Option<&BTreeMap<u32, Base>>,
    name: impl Fn(u32) -> CellName,
) -> Vec<FrameCell> {
    let cell = |(column, base): (&u32, &Base)| {
        let at = CellRef::new(row, grid.columns.now(*column));
        let is_there = grid.sheet.get(at).is_some() || grid.look.is_some_and(|look| look.formulas.contains_key(&at));
        (!base.is_live && !is_there).then(|| FrameCell {
            name: Some(name(*column)),
            place: grid.sheet.place(at),
            typed: Typed::Text(String::new()),
            base: Some(base.clone()),
            is_formula: false,
        })
    };
    bases.into_iter().flatten().filter_map(cell).collect()
}

/// The name of a row: its key, in the table of scores its code.
fn name_of(grid: &Grid<'_>, layout: Layout, row: u32) -> Option<String> {
    let code = || grid.text(row, 0).trim().parse::<QuestionCode>().ok();
    let name = grid.names().get(&row).filter(|key| layout.is_key(key));
    let name = name.map(|key| key.trim_end_matches(REVIEW_KEY).to_owned());
    name.or_else(|| (layout.name == SCORES).then(code).flatten().map(|code| code.to_string()))
}

/// Whether a text is the one of a short fingerprint, whatever digits a number in it has.
pub(super) fn is_text_of(text: &str, digest: &str) -> bool {
    if short_digest(text) == digest {
        return true;
    }
    let number = thai::arabic_digits(text).trim().parse::<Decimal>();
    let is_of = |number: Decimal| short_digest(&number.normalize().to_string()) == digest;
    // A figure is shown with two decimals.
    number.is_ok_and(|number| is_of(number) || is_of(round2(number)))
}

/// A value as it is typed again: what is no plain number as the text that it shows.
fn typed(value: &Value) -> Typed {
    match value {
        Value::Number { value, percent: false } => Typed::Number(*value),
        Value::Date(Some(day)) => Typed::Text(format!("{}/{}/{}", day.day, day.month, day.year)),
        Value::Text(text) => Typed::Text(tidy(text)),
        other => Typed::Text(other.to_string()),
    }
}
