//! A code over several rows: years, rounds, sexes, target and result. Words in the rows decide which is the score's.

use std::collections::{BTreeMap, BTreeSet};

use crate::framework::Instrument;
use crate::read::{Cell, CellRef, Sheet};
use crate::recognise::cell::score;
use crate::recognise::sheet::code_cells::CodeCell;
use crate::recognise::sheet::header;
use crate::recognise::sheet::header_rules::HeaderWords;
use crate::recognise::vocabulary::Wording;

/// The fewest questions with several rows that tell that rows are meant so.
const FEWEST: usize = 3;

/// The most rows that a code has.
pub(in crate::recognise) const MOST_ROWS: u32 = 8;

/// Longer texts, in bytes, are titles and tell nothing of a row.
const LONGEST: usize = 90;

/// Which row of each code has its score, where that is not the code's own.
#[derive(Debug, Clone, Default)]
pub(in crate::recognise) struct RowsBelow {
    /// Code rows with the row of their score.
    pub chosen: BTreeMap<u32, u32>,
    /// Code rows of which words do not tell the row.
    pub undecided: BTreeMap<u32, Vec<u32>>,
    /// Rows without a code that have a number in the column of scores and are none of these.
    pub left: Vec<u32>,
}

/// How much the words of a row, its code and number aside, speak for its number being the score.
pub(in crate::recognise) fn row_points(
    sheet: &Sheet,
    row: u32,
    columns: impl Fn(u32) -> bool,
    year: Option<u16>,
) -> (i32, bool) {
    let mut points = 0;
    let mut speaks = false;
    for cell in sheet.row(row).iter().filter(|cell| columns(cell.at.column)) {
        let text = cell.value.to_string();
        if text.len() > LONGEST {
            continue;
        }
        let wording = Wording::new(&text);
        let is_number = score::number(&cell.value).is_some();
        if !is_number {
            let words = HeaderWords::new(&wording, None);
            speaks |= !words.evidence.is_empty();
            points += words.evidence.iter().map(|evidence| evidence.points).sum::<i32>();
        }
        if let Some(evidence) = header::year_evidence(&wording, year) {
            speaks = true;
            points += evidence.points;
        }
    }
    (points, speaks)
}

/// Whether a row may go on with the code above it: its own code is merged away, and it is no sum or header.
pub(in crate::recognise) fn continues(sheet: &Sheet, row: u32, code_column: u32) -> bool {
    let cells = sheet.row(row);
    !cells.is_empty() && sheet.get(CellRef::new(row, code_column)).is_none() && !header::is_header(cells)
}

impl RowsBelow {
    /// Looks below each code for rows without a code that have a number in the column of scores.
    pub fn new(sheet: &Sheet, codes: &[CodeCell], title: Option<u32>, score_column: u32, year: Option<u16>) -> Self {
        let code_rows: BTreeSet<u32> = codes.iter().map(|cell| cell.at.row).collect();
        let code_column = codes.first().map(|cell| cell.at.column).unwrap_or_default();
        let has_number = |row: u32| {
            sheet.get(CellRef::new(row, score_column)).is_some_and(|cell: &Cell| score::number(&cell.value).is_some())
        };
        let rows_of = |row: &u32| -> Vec<u32> {
            let below = (row + 1..=row + MOST_ROWS)
                .take_while(|next| !code_rows.contains(next) && !sheet.row(*next).is_empty())
                .take_while(|next| has_number(*next) && continues(sheet, *next, code_column));
            below.collect()
        };
        let below: BTreeMap<u32, Vec<u32>> =
            code_rows.iter().map(|row| (*row, rows_of(row))).filter(|(_, rows)| !rows.is_empty()).collect();
        let mut found = Self::default();
        // A sum below the last question is no row of it: most questions of an instrument have several rows, or none has.
        let share = |instrument: Instrument| {
            let of = codes.iter().filter(|cell| cell.found.code.instrument() == instrument);
            let (all, several) = of.fold((0, 0), |(all, several), cell| {
                (all + 1, several + usize::from(below.contains_key(&cell.at.row)))
            });
            several >= FEWEST && several * 2 > all
        };
        if !Instrument::ALL.into_iter().any(share) {
            let last = code_rows.last().copied();
            found.left = below.into_iter().filter(|(row, _)| Some(*row) != last).flat_map(|(_, rows)| rows).collect();
            return found;
        }
        // Words stand in a column of theirs; a title that stands over the table, or beside it, is none of a row.
        let mut texts: BTreeMap<u32, usize> = BTreeMap::new();
        for cell in
            below.iter().flat_map(|(row, rows)| std::iter::once(row).chain(rows)).flat_map(|row| sheet.row(*row))
        {
            *texts.entry(cell.at.column).or_default() += 1;
        }
        let has_column = |column: u32| texts.get(&column).is_some_and(|count| count * 2 > below.len());
        let tells = |column: u32| {
            column != code_column && column != score_column && Some(column) != title && has_column(column)
        };
        for (row, rows) in below.clone() {
            let all: Vec<u32> = std::iter::once(row).filter(|row| has_number(*row)).chain(rows).collect();
            let points = |row: &u32| row_points(sheet, *row, tells, year);
            let ranked: Vec<(i32, bool, u32)> = all.iter().map(|row| (points(row).0, points(row).1, *row)).collect();
            let Some(best) = ranked.iter().max_by_key(|(points, ..)| *points) else { continue };
            let alone = ranked.iter().filter(|(points, ..)| *points == best.0).count() == 1;
            let told = ranked.iter().any(|(_, speaks, _)| *speaks);
            if alone && told {
                if best.2 != row {
                    found.chosen.insert(row, best.2);
                }
            } else if all.len() > 1 {
                found.undecided.insert(row, all);
            }
        }
        found
    }
}
