//! Which of a book's tables count: the one with the most scored codes, with those that add to it.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::domain::place::{place_list, shortened};
use crate::error::{Cause, OtherColumn};
use crate::finding::{Finding, FindingCode, Place};
use crate::framework::code_list;
use crate::framework::{Instrument, QuestionCode};
use crate::read::{CellRef, Sheet, column_name};
use crate::recognise::cell::year;
use crate::recognise::questions::candidate::RIVAL;
use crate::recognise::questions::table;
use crate::recognise::questions::table::{ScoredColumn, Wanted};
use crate::recognise::sheet::header;
use crate::recognise::sheet::header_rules::HeaderWords;
use crate::recognise::submission::{Answer, ColumnChoice, Submission};
use crate::recognise::{CodedSheet, Hints, no_codes, sheet_points};

/// Columns of codes with the columns of their scores.
pub(in crate::recognise) struct Scored<'a> {
    /// Those that may be the result, sheet by sheet.
    pub columns: Vec<ScoredColumn<'a>>,
    /// Those on sheets whose names say that their numbers are others.
    pub aside: Vec<ScoredColumn<'a>>,
}

/// Every column of codes that has scores, sheet by sheet.
pub(in crate::recognise) fn scored_columns<'a>(
    coded: Vec<CodedSheet<'a>>,
    hints: &Hints,
    year: u16,
) -> Result<Scored<'a>, Cause> {
    let wanted = Wanted { code_column: hints.code_column, score_column: hints.score_column, year: Some(year) };
    let mut scored = Vec::new();
    let mut unscored: Vec<Place> = Vec::new();
    let mut left: Vec<OtherColumn> = Vec::new();
    let mut plain_unscored = false;
    let mut aside = Vec::new();
    let sheets: Vec<&Sheet> = coded.iter().map(|coded_sheet| coded_sheet.sheet).collect();
    for coded_sheet in coded {
        // A sheet of targets or of a self-assessment holds no scores, not even where no other has them.
        let named = HeaderWords::of_sheet(&coded_sheet.sheet.name).other;
        if let Some(what) = named.filter(|_| hints.sheet.is_none()) {
            unscored.extend(coded_sheet.columns.iter().flatten().next().map(|cell| coded_sheet.sheet.place(cell.at)));
            left.push(OtherColumn { name: format!("\"{}\"", shortened(&coded_sheet.sheet.name)), what });
            let columns = coded_sheet.columns.into_iter();
            aside.extend(columns.filter_map(|codes| table::scored(coded_sheet.sheet, codes, &[], wanted).ok()));
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
            let undecided = of_blocks.iter().any(|block| !block.undecided.is_empty());
            let own_heads = (columns.len() > 1 || undecided) && table::heads_differ(&of_blocks);
            if own_heads || (columns.len() > 1 && of_blocks.iter().all(told)) {
                scored.extend(of_blocks);
                continue;
            }
            match table::scored(coded_sheet.sheet, codes, &others, wanted) {
                Ok(column) => scored.extend(table::by_instrument(column, &others, wanted)),
                Err(choices) => {
                    unscored.push(coded_sheet.sheet.place(at));
                    plain_unscored |= sheet_points(coded_sheet.sheet) >= 0 && !coded_sheet.sheet.hidden;
                    left.extend(choices.into_iter().filter_map(|choice| other_column(coded_sheet.sheet, choice)));
                }
            }
        }
    }
    // Where the result is a form without scores, a draft of it is none.
    let is_aside = |scored: &ScoredColumn<'_>| sheet_points(scored.sheet) < 0;
    if plain_unscored && scored.iter().all(is_aside) {
        unscored.extend(scored.drain(..).filter_map(|s| s.codes.first().map(|cell| s.sheet.place(cell.at))));
    }
    if !scored.is_empty() {
        Ok(Scored { columns: scored, aside })
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

/// How much speaks for a table before another: what is shown before what is hidden, then what its sheet's name says against
/// its numbers being the result, then whether its header names another year.
fn standing(scored: &ScoredColumn<'_>, year: u16) -> (bool, Reverse<i32>, bool) {
    let header = scored.table.score_header.as_deref();
    let of_other_year = header.and_then(year::of_header).is_some_and(|named| named != year);
    (scored.sheet.hidden, Reverse(sheet_points(scored.sheet)), of_other_year)
}

/// What the column of a table's scores says for them.
fn told(scored: &ScoredColumn<'_>) -> i32 {
    let header = scored.table.score_header.as_deref();
    header.map_or(0, |header| header::header_weight(header, scored.year))
}

/// The tables of a book that count, and those that do not.
#[derive(Default)]
pub(in crate::recognise) struct Chosen<'a> {
    /// The table with the most scored codes, with those that add further codes.
    pub tables: Vec<ScoredColumn<'a>>,
    /// Tables that are told from these by their words or order.
    pub rest: Vec<ScoredColumn<'a>>,
    /// Tables that could be the result as well.
    pub undecided: Vec<ScoredColumn<'a>>,
}

/// The column with the most scored codes, with those that add further codes; and the rest.
pub(in crate::recognise) fn choose(scored: Scored<'_>, year: u16) -> Chosen<'_> {
    let Scored { mut columns, aside } = scored;
    // Of as many codes the table that repeats fewer of them wins. A stable sort: of two equal ones the first wins.
    columns.sort_by_cached_key(|scored| {
        (standing(scored, year), Reverse(scored.scored_codes().len()), scored.codes.len())
    });
    let mut chosen = Chosen { tables: Vec::<ScoredColumn<'_>>::new(), rest: aside, undecided: Vec::new() };
    let mut seen: BTreeSet<QuestionCode> = BTreeSet::new();
    for column in columns {
        let codes: BTreeSet<QuestionCode> = column.scored_codes().into_keys().collect();
        // Instruments may stand in columns or on sheets of their own, and a code in two blocks; more in common makes it
        // another table, unless it is the other part of the external survey.
        let is_other_half = || {
            let is_eit = codes.iter().all(|code| code.instrument() == Instrument::Eit);
            let half = if is_eit { column.first_half() } else { None };
            let mut halves = chosen.tables.iter().filter_map(ScoredColumn::first_half).peekable();
            half.is_some_and(|half| halves.peek().is_some() && halves.all(|other| other != half))
        };
        // What a sheet of tests or drafts has beyond the result's codes is no part of it.
        let best = chosen.tables.first().map_or(0, |first| sheet_points(first.sheet).min(0));
        let adds = codes.intersection(&seen).count() * 5 <= codes.len() && sheet_points(column.sheet) >= best;
        if chosen.tables.is_empty() || (adds && !codes.is_empty()) || is_other_half() {
            // Where its number is none that can be used, another table's does not take its place.
            seen.extend(column.codes_with_numbers());
            chosen.tables.push(column);
            continue;
        }
        let first = chosen.tables.iter().find(|table| {
            let common = table.scored_codes().keys().filter(|code| codes.contains(*code)).count();
            common * 2 > codes.len()
        });
        let is_equal = first.is_some_and(|first| {
            standing(first, year) == standing(&column, year)
                && (told(first) - told(&column)).abs() < RIVAL
                && codes.len() * 2 > first.scored_codes().len()
                && first.sheet.name != column.sheet.name
        });
        if is_equal { chosen.undecided.push(column) } else { chosen.rest.push(column) }
    }
    chosen.tables.sort_by_key(|column| column.table.code_column);
    chosen
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

/// Takes the scores of codes for which another table, which could be the result as well, has other ones; and says so.
pub(in crate::recognise) fn leave_undecided(chosen: &Chosen<'_>, submission: &mut Submission) {
    for other in &chosen.undecided {
        let others = other.scored_codes();
        let differs = |(code, answer): &(&QuestionCode, &Answer)| {
            others.get(*code).is_some_and(|score| answer.score.is_some_and(|own| own != *score))
        };
        let codes: Vec<QuestionCode> = submission.answers.iter().filter(differs).map(|(code, _)| *code).collect();
        let first = codes.first().and_then(|code| submission.answers.get(code)?.score_place.clone());
        let Some(place) = first else { continue };
        let there = other.codes.iter().find(|cell| codes.contains(&cell.found.code));
        let there = there.map(|cell| other.sheet.place(CellRef::new(cell.at.row, other.table.score_column)));
        for code in &codes {
            if let Some(answer) = submission.answers.get_mut(code) {
                answer.score = None;
            }
        }
        let text = there.as_ref().map(ToString::to_string).unwrap_or_default();
        let finding = Finding::new(FindingCode::ScoreUndecided, code_list(codes));
        let finding = finding.found(&place).expected(text);
        submission.findings.push(finding.at(std::iter::once(place).chain(there)));
    }
}
