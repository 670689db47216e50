//! Which of a book's tables count: the one with the most scored codes, with those that add to it.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::domain::place::{place_list, shortened};
use crate::error::{Cause, OtherColumn};
use crate::finding::{Finding, FindingCode, Place};
use crate::framework::{Instrument, QuestionCode};
use crate::read::{Sheet, column_name};
use crate::recognise::cell::year;
use crate::recognise::questions::table;
use crate::recognise::questions::table::{ScoredColumn, Wanted};
use crate::recognise::sheet::header;
use crate::recognise::sheet::header_rules::HeaderWords;
use crate::recognise::submission::ColumnChoice;
use crate::recognise::{CodedSheet, Hints, is_secondary_sheet, no_codes};

/// Every column of codes that has scores, sheet by sheet.
pub(in crate::recognise) fn scored_columns<'a>(
    coded: Vec<CodedSheet<'a>>,
    hints: &Hints,
    year: u16,
) -> Result<Vec<ScoredColumn<'a>>, Cause> {
    let wanted = Wanted { code_column: hints.code_column, score_column: hints.score_column, year: Some(year) };
    let mut scored = Vec::new();
    let mut unscored: Vec<Place> = Vec::new();
    let mut left: Vec<OtherColumn> = Vec::new();
    let sheets: Vec<&Sheet> = coded.iter().map(|coded_sheet| coded_sheet.sheet).collect();
    for coded_sheet in coded {
        // A sheet of targets or of a self-assessment holds no scores, not even where no other has them.
        let named = HeaderWords::of_sheet(&coded_sheet.sheet.name).other;
        if let Some(what) = named.filter(|_| hints.sheet.is_none()) {
            unscored.extend(coded_sheet.columns.iter().flatten().next().map(|cell| coded_sheet.sheet.place(cell.at)));
            left.push(OtherColumn { name: format!("\"{}\"", shortened(&coded_sheet.sheet.name)), what });
            continue;
        }
        let bounds: Vec<(u32, BTreeSet<u32>)> = (0..coded_sheet.columns.len())
            .filter(|at| table::bounds(coded_sheet.sheet, &coded_sheet.columns, *at))
            .filter_map(|at| coded_sheet.columns.get(at))
            .filter_map(|codes| Some((codes.first()?.at.column, codes.iter().map(|cell| cell.at.row).collect())))
            .collect();
        for codes in coded_sheet.columns {
            let Some(at) = codes.first().map(|cell| cell.at) else { continue };
            if wanted.code_column.is_some_and(|column| column != at.column) {
                continue;
            }
            // In rows that have slipped to the left, scores stand where other rows have their codes.
            let beside = |rows: &BTreeSet<u32>| codes.iter().any(|cell| rows.contains(&cell.at.row));
            let others: Vec<u32> = bounds
                .iter()
                .filter(|(column, rows)| *column != at.column && beside(rows))
                .map(|(column, _)| *column)
                .collect();
            // Blocks under headers of their own may have their scores in other columns.
            let blocks = table::blocks(coded_sheet.sheet, &codes);
            let of_blocks: Vec<ScoredColumn<'_>> = blocks
                .into_iter()
                .filter_map(|block| table::scored(coded_sheet.sheet, block, &others, wanted).ok())
                .collect();
            let columns: BTreeSet<u32> = of_blocks.iter().map(|block| block.table.score_column).collect();
            // What stands between two blocks may be no header after all.
            let told = |block: &ScoredColumn<'_>| {
                let header = block.table.score_header.as_deref();
                header.is_some_and(|header| header::header_weight(header, wanted.year) > 0)
            };
            if columns.len() > 1 && of_blocks.iter().all(told) {
                scored.extend(of_blocks);
                continue;
            }
            match table::scored(coded_sheet.sheet, codes, &others, wanted) {
                Ok(column) => scored.extend(table::by_instrument(column, &others, wanted)),
                Err(choices) => {
                    unscored.push(coded_sheet.sheet.place(at));
                    left.extend(choices.into_iter().filter_map(|choice| other_column(coded_sheet.sheet, choice)));
                }
            }
        }
    }
    if !scored.is_empty() {
        Ok(scored)
    } else if unscored.is_empty() {
        Err(no_codes(&sheets))
    } else {
        left.dedup();
        left.truncate(MOST_NAMED);
        Err(Cause::NoScores { places: place_list(&unscored), columns: left })
    }
}

/// How many columns that are none of scores a message names.
const MOST_NAMED: usize = 6;

/// A column that could not be taken for scores, as a message names it.
fn other_column(sheet: &Sheet, choice: ColumnChoice) -> Option<OtherColumn> {
    let line = if sheet.transposed { (choice.column + 1).to_string() } else { column_name(choice.column) };
    let name = choice.header.map_or_else(|| line.clone(), |header| format!("{line} \"{}\"", shortened(&header)));
    Some(OtherColumn { name, what: choice.other? })
}

/// The column with the most scored codes, with those that add further codes; and the rest.
pub(in crate::recognise) fn choose(
    mut columns: Vec<ScoredColumn<'_>>,
    year: u16,
) -> (Vec<ScoredColumn<'_>>, Vec<ScoredColumn<'_>>) {
    // Hidden sheets come last, before them drafts, before those tables whose header names another year; of as many codes the
    // table that repeats fewer of them wins. A stable sort: of two equal ones the first wins.
    let of_other_year = |scored: &ScoredColumn<'_>| {
        scored.table.score_header.as_deref().and_then(year::of_header).is_some_and(|named| named != year)
    };
    columns.sort_by_cached_key(|scored| {
        (
            scored.sheet.hidden,
            is_secondary_sheet(scored.sheet),
            of_other_year(scored),
            Reverse(scored.scored_codes().len()),
            scored.codes.len(),
        )
    });
    let mut chosen: Vec<ScoredColumn<'_>> = Vec::new();
    let mut rest = Vec::new();
    let mut seen: BTreeSet<QuestionCode> = BTreeSet::new();
    for column in columns {
        let codes: BTreeSet<QuestionCode> = column.scored_codes().into_keys().collect();
        // Instruments may stand in columns or on sheets of their own, and a code in two blocks; more in common makes it
        // another table, unless it is the other part of the external survey.
        let is_other_half = || {
            let is_eit = codes.iter().all(|code| code.instrument() == Instrument::Eit);
            let half = if is_eit { column.first_half() } else { None };
            let mut halves = chosen.iter().filter_map(ScoredColumn::first_half).peekable();
            half.is_some_and(|half| halves.peek().is_some() && halves.all(|other| other != half))
        };
        if chosen.is_empty() || codes.intersection(&seen).count() * 5 <= codes.len() || is_other_half() {
            seen.extend(codes);
            chosen.push(column);
        } else {
            rest.push(column);
        }
    }
    chosen.sort_by_key(|column| column.table.code_column);
    (chosen, rest)
}

/// Says where another table has different scores for the same codes.
pub(in crate::recognise) fn report_others(
    chosen: &[ScoredColumn<'_>],
    rest: &[ScoredColumn<'_>],
    findings: &mut Vec<Finding>,
) {
    let Some(first) = chosen.first() else { return };
    let chosen_scores: Vec<_> = chosen.iter().map(ScoredColumn::scored_codes).collect();
    for other in rest {
        let differs = other.scored_codes().iter().any(|(code, score)| {
            chosen_scores
                .iter()
                .filter_map(|codes| codes.get(code))
                .next()
                .is_some_and(|chosen_scores| chosen_scores != score)
        });
        if differs {
            let place = |column: &ScoredColumn<'_>| column.codes.first().map(|cell| column.sheet.place(cell.at));
            let text = |column: &ScoredColumn<'_>| place(column).map(|place| place.to_string()).unwrap_or_default();
            let finding =
                Finding::new(FindingCode::OtherTableIgnored, "").at(place(first).into_iter().chain(place(other)));
            findings.push(finding.found(text(first)).expected(text(other)));
        }
    }
}
