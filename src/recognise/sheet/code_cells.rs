//! The cells of a sheet that hold question codes, by columns.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::framework::QuestionCode;
use crate::read::{CellRef, Sheet};
use crate::recognise::cell::code::{self, FoundCode};
use crate::recognise::sheet::numbered_codes;

/// One cell with a code.
#[derive(Clone)]
pub(in crate::recognise) struct CodeCell {
    pub at: CellRef,
    pub found: FoundCode,
}

/// The most columns of codes on a sheet that are looked at: each is held against every column of numbers.
const MOST_COLUMNS: usize = 50;

/// Every column of a sheet in which codes stand, left to right.
pub(in crate::recognise) fn code_columns(sheet: &Sheet) -> Vec<Vec<CodeCell>> {
    let mut columns: BTreeMap<u32, Vec<CodeCell>> = BTreeMap::new();
    for cell in sheet.cells() {
        if let Some(found) = code::find_code(cell.value.text()) {
            columns.entry(cell.at.column).or_default().push(CodeCell { at: cell.at, found });
        }
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
    if columns.is_empty() {
        let of_column =
            |found: Vec<(CellRef, FoundCode)>| found.into_iter().map(|(at, found)| CodeCell { at, found }).collect();
        return numbered_codes::column(sheet).map(of_column).into_iter().collect();
    }
    if columns.len() > MOST_COLUMNS {
        let mut lengths: Vec<(Reverse<usize>, u32)> =
            columns.iter().map(|(column, codes)| (Reverse(codes.len()), *column)).collect();
        lengths.sort_unstable();
        let most: BTreeSet<u32> = lengths.into_iter().take(MOST_COLUMNS).map(|(_, column)| column).collect();
        columns.retain(|column, _| most.contains(column));
    }
    columns.into_values().collect()
}
