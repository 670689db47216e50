//! The cells of a sheet that hold question codes. Every cell is read once; a part of a sheet takes its codes over.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use crate::framework::QuestionCode;
use crate::read::{CellRef, Sheet};
use crate::recognise::cell::code::{self, FoundCode};
use crate::recognise::sheet::numbered_codes;

/// One cell with a code.
#[derive(Debug, Clone)]
pub(in crate::recognise) struct CodeCell {
    pub at: CellRef,
    pub found: FoundCode,
}

/// The codes of a sheet, or of a part of it, in order of row and column.
#[derive(Debug, Clone, Default)]
pub(in crate::recognise) struct SheetCodes {
    cells: Vec<CodeCell>,
}

/// Of fewer codes, numbers that count an instrument's questions say more.
const FEWEST_SURE: usize = 3;

#[cfg(test)]
thread_local! {
    /// How many sheets this thread has looked through for codes.
    pub(in crate::recognise) static SHEETS_READ: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

impl SheetCodes {
    /// Looks through all cells of a sheet.
    pub fn of(sheet: &Sheet) -> Self {
        #[cfg(test)]
        SHEETS_READ.with(|count| count.set(count.get() + 1));
        let code =
            |cell: &crate::read::Cell| Some(CodeCell { at: cell.at, found: code::find_code(cell.value.text())? });
        let mut codes = Self { cells: sheet.cells().iter().filter_map(code).collect() };
        if !codes.cells.is_empty() {
            codes.leave_out_places(sheet);
        }
        let sure: BTreeSet<QuestionCode> =
            codes.cells.iter().filter(|cell| !cell.found.needs_context).map(|cell| cell.found.code).collect();
        if sure.len() < FEWEST_SURE
            && let Some(numbered) = numbered_codes::find(sheet)
        {
            codes.cells = numbered.into_iter().map(|(at, found)| CodeCell { at, found }).collect();
        }
        codes
    }

    /// Leaves out what is one of many letters with numbers in its column: places on a plate or a map run from A1 to H12.
    fn leave_out_places(&mut self, sheet: &Sheet) {
        let mut others: BTreeMap<u32, usize> = BTreeMap::new();
        for cell in sheet.cells().iter().filter(|cell| code::is_place(cell.value.text())) {
            *others.entry(cell.at.column).or_default() += 1;
        }
        let mut own: BTreeMap<u32, usize> = BTreeMap::new();
        self.cells.iter().for_each(|cell| *own.entry(cell.at.column).or_default() += 1);
        let is_outnumbered = |column: &u32| others.get(column) > own.get(column);
        self.cells.retain(|cell| !is_outnumbered(&cell.at.column));
    }

    /// The codes in order of row and column.
    pub fn cells(&self) -> &[CodeCell] {
        &self.cells
    }

    /// Those of some rows and columns, with addresses as [`Sheet::select`] gives them.
    #[must_use]
    pub fn select(
        &self,
        rows: &[RangeInclusive<u32>],
        columns: Option<&[RangeInclusive<u32>]>,
        transposed: bool,
    ) -> Self {
        let wanted =
            |cell: &&CodeCell| columns.is_none_or(|ranges| ranges.iter().any(|range| range.contains(&cell.at.column)));
        let mut cells: Vec<CodeCell> = Vec::new();
        for row in rows {
            let start = self.cells.partition_point(|cell| cell.at.row < *row.start());
            let end = self.cells.partition_point(|cell| cell.at.row <= *row.end());
            cells.extend(self.cells.get(start..end).unwrap_or_default().iter().filter(wanted).cloned());
        }
        if transposed {
            cells.iter_mut().for_each(|cell| cell.at = cell.at.transposed());
        }
        cells.sort_by_key(|cell| cell.at);
        cells.dedup_by_key(|cell| cell.at);
        Self { cells }
    }

    /// Those that stand in cells that a sheet still has.
    #[must_use]
    pub fn kept(self, sheet: &Sheet) -> Self {
        Self { cells: self.cells.into_iter().filter(|cell| sheet.get(cell.at).is_some()).collect() }
    }
}

/// The most columns of codes on a sheet that are looked at: each is held against every column of numbers.
const MOST_COLUMNS: usize = 50;

/// Every column of a sheet in which codes stand, left to right.
pub(in crate::recognise) fn code_columns(codes: &SheetCodes) -> Vec<Vec<CodeCell>> {
    let mut columns: BTreeMap<u32, Vec<CodeCell>> = BTreeMap::new();
    for cell in codes.cells() {
        columns.entry(cell.at.column).or_default().push(cell.clone());
    }
    // `019` and `OIT 3` are codes among codes: beside others in their column, or beside another column of them.
    let sure = |codes: &Vec<CodeCell>| codes.iter().any(|cell| !cell.found.needs_context);
    let elsewhere = columns.values().any(sure);
    let known: BTreeSet<QuestionCode> =
        columns.values().filter(|codes| sure(codes)).flatten().map(|cell| cell.found.code).collect();
    let many = |codes: &[CodeCell]| codes.iter().map(|cell| cell.found.code).collect::<BTreeSet<_>>().len() >= 3;
    columns.retain(|_, codes| {
        if sure(codes) {
            // `OIT 3` among plain codes counts or sums them up.
            codes.retain(|cell| !cell.found.is_name);
            return true;
        }
        let named = codes.iter().all(|cell| cell.found.is_name);
        let new = codes.iter().all(|cell| !known.contains(&cell.found.code));
        many(codes) && (named || (elsewhere && new))
    });
    if columns.len() > MOST_COLUMNS {
        let mut lengths: Vec<(Reverse<usize>, u32)> =
            columns.iter().map(|(column, codes)| (Reverse(codes.len()), *column)).collect();
        lengths.sort_unstable();
        let most: BTreeSet<u32> = lengths.into_iter().take(MOST_COLUMNS).map(|(_, column)| column).collect();
        columns.retain(|column, _| most.contains(column));
    }
    columns.into_values().collect()
}
