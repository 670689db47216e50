//! Formulas whose results were never calculated: where they are why there are no scores, the error says so.

use crate::domain::place::place_list;
use crate::error::Cause;
use crate::finding::{FindingCode, Place};
use crate::read::{Sheet, Value};
use crate::recognise::submission::Submission;

/// So many of them in a file without codes may be its codes.
const FEWEST: usize = 5;

/// What is wrong with sheets in which nothing was found: their formulas, if they have any that could be it.
pub(in crate::recognise) fn cause<'a>(cause: Cause, sheets: impl Iterator<Item = &'a Sheet>) -> Cause {
    let fewest = match cause {
        Cause::NoScores { .. } => 1,
        Cause::NoCodes { .. } | Cause::FewCodes { .. } => FEWEST,
        other => return other,
    };
    let formulas: Vec<Place> = sheets
        .flat_map(|sheet| sheet.cells().iter().map(move |cell| (sheet, cell)))
        .filter(|(_, cell)| cell.value == Value::Formula)
        .map(|(sheet, cell)| sheet.place(cell.at))
        .collect();
    if formulas.len() < fewest { cause } else { uncalculated(&formulas) }
}

/// Refuses a table that has no score because formulas stand for them.
pub(in crate::recognise) fn check(submission: &Submission) -> Result<(), Cause> {
    let has_figures =
        !submission.published.indicators.is_empty() || submission.answers.values().any(|answer| answer.score.is_some());
    if has_figures {
        return Ok(());
    }
    let findings = submission.findings.iter().filter(|finding| finding.code == FindingCode::ScoreUncalculated);
    let formulas: Vec<Place> = findings.flat_map(|finding| finding.places.clone()).collect();
    if formulas.is_empty() { Ok(()) } else { Err(uncalculated(&formulas)) }
}

fn uncalculated(formulas: &[Place]) -> Cause {
    Cause::Uncalculated { count: formulas.len(), places: place_list(formulas) }
}
