//! Labels in a row with their values in the row below: `คะแนนรวม | ระดับ | อันดับ` over `92.13 | ผ่าน | 1,519`.

use crate::read::{Cell, CellRef, Sheet};
use crate::recognise::cell::score;

/// The fewest labels that make a row a strip of them.
const FEWEST: usize = 2;

/// Each label of a row with the value below it; none where the row is no such strip, but the head of a table or a row whose
/// labels have their values beside them.
pub(in crate::recognise) fn pairs(
    sheet: &Sheet,
    row: &[Cell],
    is_label: impl Fn(&str) -> bool,
    taken: impl Fn(u32) -> bool,
) -> Vec<[Cell; 2]> {
    let Some(number) = row.first().map(|cell| cell.at.row) else { return Vec::new() };
    let is_number = |cell: &Cell| score::number(&cell.value).is_some();
    if row.len() < FEWEST || row.iter().any(is_number) || taken(number + 1) {
        return Vec::new();
    }
    let labels: Vec<&Cell> = row.iter().filter(|cell| is_label(cell.value.text())).collect();
    let below = |cell: &Cell, rows: u32| sheet.get(CellRef::new(cell.at.row + rows, cell.at.column));
    let pairs: Vec<[Cell; 2]> =
        labels.iter().filter_map(|cell| Some([(*cell).clone(), below(cell, 1)?.clone()])).collect();
    let numbers = pairs.iter().filter(|[_, value]| is_number(value)).count();
    // One more number of several may be a note's; more make a table.
    let goes_on =
        pairs.iter().filter(|[label, _]| below(label, 2).is_some_and(is_number)).count() * 2 >= numbers.max(1);
    if labels.len() < FEWEST || goes_on || numbers == 0 { Vec::new() } else { pairs }
}
