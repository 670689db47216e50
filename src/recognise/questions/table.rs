//! Tables of questions: a column of codes with a column of scores in the same rows.

use crate::recognise::sheet::header::Headers;
use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::domain::thai;
use crate::framework::{Instrument, QuestionCode};
use crate::read::{Cell, CellRef, Sheet};
use crate::recognise::cell::score;
use crate::recognise::questions::candidate::{Candidate, RIVAL, Row};
use crate::recognise::questions::column;

use crate::recognise::questions::eit_halves;
use crate::recognise::questions::rows_below::{MOST_ROWS, RowsBelow, continues};
use crate::recognise::questions::scale::{self, Scale};
use crate::recognise::sheet::code_cells::CodeCell;
use crate::recognise::sheet::header;
use crate::recognise::submission::{ColumnChoice, Table};

/// A column of codes on a sheet, with the column that was chosen for its scores.
pub(in crate::recognise) struct ScoredColumn<'a> {
    pub sheet: &'a Sheet,
    pub codes: Vec<CodeCell>,
    pub table: Table,
    /// Columns that were nearly as likely to hold the scores.
    pub rivals: Vec<Candidate>,
    /// The column of corrections, which has numbers only where the score has changed.
    pub corrections: Option<Candidate>,
    /// Columns that could be that of the scores as well, and nothing tells which is.
    pub undecided: Vec<Candidate>,
    /// Columns into which some scores have slipped.
    pub overflow: Vec<u32>,
    /// The rows of scores below those of codes that stand over several rows.
    pub rows_below: RowsBelow,
    /// Columns of the two parts of the external survey.
    pub parts: Option<(u32, u32)>,
    /// Whether a column beside the two parts has the scores as they were published.
    pub parts_have_scores: bool,
    /// The fiscal year that is wanted, Buddhist era.
    pub year: Option<u16>,
    /// What stands over its columns.
    pub headers: Headers<'a>,
    /// The scale of each instrument's numbers.
    pub scales: BTreeMap<Instrument, Scale>,
}

/// What the user has settled about the table.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::recognise) struct Wanted {
    pub code_column: Option<u32>,
    pub score_column: Option<u32>,
    pub year: Option<u16>,
}

/// The fewest codes with a score in the same cell that are not just notes.
const FEWEST_IN_OWN_CELLS: usize = 3;

/// Whether the column at an index holds codes of its own, so that numbers beyond it belong to it: several, and not just
/// those of another column again, as where titles begin with their codes.
pub(in crate::recognise) fn bounds(sheet: &Sheet, columns: &[Vec<CodeCell>], index: usize) -> bool {
    let Some(cells_with_codes) = columns.get(index) else { return false };
    let most = columns.iter().map(Vec::len).max().unwrap_or_default();
    let mine: BTreeSet<(u32, QuestionCode)> =
        cells_with_codes.iter().map(|cell| (cell.at.row, cell.found.code)).collect();
    let Some(column) = cells_with_codes.first().map(|cell| cell.at.column) else { return false };
    // Scores between two columns of the same codes are those of the first: last year's table stands beside this year's.
    let scored_between = |other: &CodeCell| {
        let between = sheet.cells_in(other.at.row, other.at.column + 1..column).iter();
        between.into_iter().any(|cell| score::number(&cell.value).is_some_and(score::in_range))
    };
    let again = columns.iter().take(index).any(|other| {
        let same = other.iter().filter(|cell| mine.contains(&(cell.at.row, cell.found.code)) && !scored_between(cell));
        same.count() * 2 > cells_with_codes.len()
    });
    cells_with_codes.len() >= 3 && cells_with_codes.len() * 10 >= most && !again
}

/// The scores of a column of codes; where no column beside it has any, those with numbers that are none.
pub(in crate::recognise) fn scored<'a>(
    sheet: &'a Sheet,
    codes: Vec<CodeCell>,
    others: &[u32],
    wanted: Wanted,
) -> Result<ScoredColumn<'a>, Vec<ColumnChoice>> {
    let Some(code_column) = codes.first().map(|cell| cell.at.column) else { return Err(Vec::new()) };
    let rows: Vec<Row> =
        codes.iter().map(|cell| Row { row: cell.at.row, instrument: cell.found.code.instrument() }).collect();
    // Beyond the next column of codes, numbers belong to that one.
    let next = others.iter().copied().filter(|&other| other > code_column).min();
    let before_next = |column: u32| next.is_none_or(|next| column < next) && !others.contains(&column);
    // Where the last column of codes has no numbers behind it, the scores of each stand before it.
    let last = others.iter().copied().chain([code_column]).max().unwrap_or(code_column);
    let is_number = |cell: &Cell| cell.at.column > last && score::number(&cell.value).is_some();
    let stand_before = !others.is_empty() && !rows.iter().any(|row| sheet.row(row.row).iter().any(is_number));
    let previous = others.iter().copied().filter(|&other| other < code_column).max();
    let is_before = |column: u32| column < code_column && previous.is_none_or(|previous| column > previous);
    let before_next = |column: u32| before_next(column) && (!stand_before || is_before(column));
    let mut found =
        column::candidates(sheet, &all_rows(sheet, &rows, code_column), code_column, wanted.year, before_next);
    // So do numbers behind another column of codes to the left, where there are others.
    let before = others.iter().copied().filter(|&other| other < code_column).min();
    let behind_other = |c: &Candidate| c.column < code_column && before.is_some_and(|other| other < c.column);
    if !stand_before && found.iter().any(|candidate| candidate.column > code_column) {
        found.retain(|candidate| !behind_other(candidate));
    }
    if let Some(column) = wanted.score_column {
        found.retain(|candidate| candidate.column == column);
    }
    let choices: Vec<ColumnChoice> = found.iter().map(Candidate::choice).collect();
    // A column that the user has named is that of the scores.
    found.retain(|candidate| candidate.other.is_none() || wanted.score_column.is_some());
    let corrections = corrections(&mut found, rows.len());
    let Some(chosen) = found.first().cloned() else {
        let in_codes = wanted.score_column.is_none().then(|| in_own_cells(sheet, codes)).flatten();
        return in_codes.ok_or(choices);
    };
    let parts = eit_halves::columns(&found);
    // The other part of a survey is no other choice.
    found.retain(|candidate| {
        parts.is_none_or(|(public, survey)| ![public, survey].contains(&candidate.column))
            || candidate.column == chosen.column
    });
    let in_range = |row: &Row, column| {
        let cell = sheet.get(CellRef::new(row.row, column));
        cell.and_then(|cell| score::number(&cell.value)).is_some_and(score::in_range)
    };
    let parts_have_scores = parts.is_some_and(|(public, survey)| {
        let apart = ![public, survey].contains(&chosen.column);
        apart && rows.iter().any(|row| [public, survey, chosen.column].iter().all(|column| in_range(row, *column)))
    });
    // Where headers do not tell which column is meant, numbers alone do not either.
    let told = |c: &Candidate| c.header.as_deref().map(|header| header::header_weight(header, wanted.year));
    let weight = told(&chosen);
    let same_header = |c: &Candidate| weight.is_some() && told(c) == weight && c.usable * 2 > rows.len();
    let others = found.into_iter().skip(1).filter(|c| column::differ(sheet, &rows, c.column, chosen.column));
    let is_undecided = |c: &Candidate| chosen.is_undecided_with(c);
    let (undecided, others): (Vec<Candidate>, Vec<Candidate>) = others.partition(is_undecided);
    // A few numbers under a header that says nothing against them may be what has changed.
    let is_aside = |c: &Candidate| {
        let says_nothing = |header: &str| header::header_weight(header, wanted.year) >= 0;
        c.usable * 2 <= rows.len() && c.header.as_deref().is_some_and(says_nothing)
    };
    let rivals: Vec<Candidate> =
        others.into_iter().filter(|c| chosen.weight - c.weight < RIVAL || same_header(c) || is_aside(c)).collect();
    let table = Table {
        sheet: sheet.name.to_string(),
        code_column,
        score_column: chosen.column,
        title_column: title_column(sheet, &rows, code_column, chosen.column),
        rows: rows.first().zip(rows.last()).map(|(first, last)| (first.row, last.row)).unwrap_or_default(),
        score_header: chosen.header.clone(),
        scored: chosen.usable,
        transposed: sheet.transposed,
        choices,
    };
    let overflow = overflow(sheet, &rows, chosen.column);
    let rows_below = RowsBelow::new(sheet, &codes, table.title_column, chosen.column, wanted.year);
    let scales = scale::scales(&numbers(sheet, &rows, &rows_below, chosen.column));
    Ok(ScoredColumn {
        sheet,
        codes,
        table,
        rivals,
        corrections,
        undecided,
        overflow,
        rows_below,
        parts,
        parts_have_scores,
        year: wanted.year,
        headers: Headers::new(sheet),
        scales,
    })
}

/// The rows of the codes, with those below them where most codes have several: a row of targets is all alike.
fn all_rows(sheet: &Sheet, rows: &[Row], code_column: u32) -> Vec<Row> {
    let ends = rows.iter().skip(1).map(|next| next.row).chain(rows.last().map(|last| last.row + 1));
    let own = rows.iter().zip(ends).flat_map(|(row, end)| {
        let below = (row.row + 1..end.min(row.row + MOST_ROWS)).filter(|below| continues(sheet, *below, code_column));
        std::iter::once(*row).chain(below.map(|below| Row { row: below, ..*row }))
    });
    let all: Vec<Row> = own.collect();
    if all.len() * 2 > rows.len() * 3 { all } else { rows.to_vec() }
}

/// Takes out the column that has numbers for a few questions only, those that changed by an appeal or a review.
fn corrections(found: &mut Vec<Candidate>, rows: usize) -> Option<Candidate> {
    let is_corrected = |candidate: &Candidate| candidate.has(CORRECTED);
    let is_partial = |candidate: &Candidate| candidate.usable > 0 && candidate.usable * 4 <= rows;
    let at = found.iter().position(|candidate| is_corrected(candidate) && is_partial(candidate))?;
    let has_base = found.iter().any(|other| !is_corrected(other) && other.usable * 2 > rows);
    has_base.then(|| found.remove(at))
}

/// The rule of headers over what an appeal or a review has changed.
const CORRECTED: &str = "corrected";

/// A column of codes as it is, or one for each instrument where each has a column of scores of its own.
pub(in crate::recognise) fn by_instrument<'a>(
    whole: ScoredColumn<'a>,
    others: &[u32],
    wanted: Wanted,
) -> Vec<ScoredColumn<'a>> {
    let mut of: BTreeMap<Instrument, Vec<CodeCell>> = BTreeMap::new();
    if whole.table.scored < whole.codes.len() {
        for cell in &whole.codes {
            of.entry(cell.found.code.instrument()).or_default().push(cell.clone());
        }
    }
    let apart: Vec<ScoredColumn<'a>> =
        of.into_values().filter_map(|codes| scored(whole.sheet, codes, others, wanted).ok()).collect();
    let columns: BTreeSet<u32> = apart.iter().map(|table| table.table.score_column).collect();
    let sum: usize = apart.iter().map(|table| table.table.scored).sum();
    // The column of one instrument has no numbers of another: those of a column that fills what the scores lack are others.
    let alone = |table: &ScoredColumn<'_>| {
        let own: BTreeSet<u32> = table.codes.iter().map(|cell| cell.at.row).collect();
        let mut others = whole.codes.iter().map(|cell| cell.at.row).filter(|row| !own.contains(row));
        let number = |row| score::number(&whole.sheet.get(CellRef::new(row, table.table.score_column))?.value);
        others.all(|row| number(row).is_none())
    };
    let is_apart = columns.len() == apart.len() && sum > whole.table.scored && apart.iter().all(alone);
    if is_apart { apart } else { vec![whole] }
}

/// Codes that have their scores behind them in the same cell, as in a message: `i1 84.67`.
fn in_own_cells(sheet: &Sheet, codes: Vec<CodeCell>) -> Option<ScoredColumn<'_>> {
    let scored = codes.iter().filter(|cell| score::at_end(&cell.found.rest).is_some()).count();
    if scored < FEWEST_IN_OWN_CELLS || scored * 5 < codes.len() * 4 {
        return None;
    }
    let column = codes.first()?.at.column;
    let table = Table {
        sheet: sheet.name.to_string(),
        code_column: column,
        score_column: column,
        title_column: None,
        rows: (codes.first()?.at.row, codes.last()?.at.row),
        score_header: None,
        scored,
        transposed: sheet.transposed,
        choices: Vec::new(),
    };
    Some(ScoredColumn {
        sheet,
        codes,
        table,
        rivals: Vec::new(),
        corrections: None,
        undecided: Vec::new(),
        overflow: Vec::new(),
        rows_below: RowsBelow::default(),
        parts: None,
        parts_have_scores: false,
        year: None,
        headers: Headers::new(sheet),
        scales: BTreeMap::new(),
    })
}

/// The numbers of a column, each with its instrument, where the rows of scores are known.
fn numbers(sheet: &Sheet, rows: &[Row], below: &RowsBelow, column: u32) -> Vec<(Instrument, Decimal)> {
    let number = |row: &Row| {
        let at = below.chosen.get(&row.row).copied().unwrap_or(row.row);
        Some((row.instrument, score::number(&sheet.get(CellRef::new(at, column))?.value)?))
    };
    rows.iter().filter_map(number).collect()
}

/// Blocks of a column of codes that stand under headers of their own; none where one header serves all.
pub(in crate::recognise) fn blocks(sheet: &Sheet, codes: &[CodeCell]) -> Vec<Vec<CodeCell>> {
    let same = |a: &CodeCell, b: &CodeCell| {
        let is_head = |row: &[Cell]| header::is_header(row) || header::heads_codes(row, a.at.column);
        !sheet.rows_in(a.at.row + 1..b.at.row).any(is_head)
    };
    let blocks: Vec<Vec<CodeCell>> = codes.chunk_by(same).map(<[CodeCell]>::to_vec).collect();
    if blocks.len() > 1 { blocks } else { Vec::new() }
}

/// Whether blocks, each with its codes under a head of its own, have other headers over the same columns: then no column is
/// that of the scores in all of them only because it is in the first.
pub(in crate::recognise) fn heads_differ(blocks: &[ScoredColumn<'_>]) -> bool {
    let headed = |block: &&ScoredColumn<'_>| {
        let Some(first) = block.codes.first() else { return false };
        let above = block.sheet.rows_in(0..first.at.row).last();
        above.is_some_and(|row| header::heads_codes(row, block.table.code_column))
    };
    // A column without numbers in one of them has its header all the same.
    let columns: BTreeSet<u32> =
        blocks.iter().flat_map(|block| block.table.choices.iter().map(|choice| choice.column)).collect();
    let heads = |block: &ScoredColumn<'_>| -> Vec<Option<String>> {
        let first = block.codes.first().map(|cell| cell.at.row).unwrap_or_default();
        columns.iter().map(|column| block.headers.over(first, *column)).collect()
    };
    let mut all = blocks.iter().filter(headed).map(heads);
    all.next().is_some_and(|first| all.any(|other| other != first))
}

/// Columns just right of the scores that have numbers only in rows where the scores have none, under no other header.
fn overflow(sheet: &Sheet, rows: &[Row], score_column: u32) -> Vec<u32> {
    let number = |row: u32, column| sheet.get(CellRef::new(row, column)).and_then(|cell| score::number(&cell.value));
    let (headers, first) = (Headers::new(sheet), column::first_row(rows));
    let scores = headers.over(first, score_column);
    let fits = |column: &u32| {
        let filled = rows.iter().filter(|row| number(row.row, *column).is_some());
        let alone = filled.clone().all(|row| sheet.get(CellRef::new(row.row, score_column)).is_none());
        let few = filled.count() * 3 <= rows.len();
        let header = headers.over(first, *column);
        few && alone && header.is_none_or(|header| Some(&header) == scores.as_ref() || header::names_remarks(&header))
    };
    (score_column + 1..=score_column + 3).filter(fits).collect()
}

/// The column in which most rows have a text of their own.
fn title_column(sheet: &Sheet, rows: &[Row], code_column: u32, score_column: u32) -> Option<u32> {
    let mut texts: BTreeMap<u32, BTreeSet<&str>> = BTreeMap::new();
    for row in rows {
        for cell in sheet.row(row.row).iter().filter(|cell| is_title(cell)) {
            texts.entry(cell.at.column).or_default().insert(cell.value.text().trim());
        }
    }
    texts.retain(|column, titles| {
        *column != code_column && *column != score_column && titles.len() * 5 >= rows.len() * 3
    });
    texts.into_iter().max_by_key(|(column, titles)| (titles.len(), u32::MAX - column)).map(|(column, _)| column)
}

fn is_title(cell: &Cell) -> bool {
    let text = cell.value.text();
    thai::has_letters(text, 3) && score::number(&cell.value).is_none()
}
