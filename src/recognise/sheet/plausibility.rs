//! Is this an ITA result at all? `O3` and `E9` are names of cells and of much else too.

use crate::domain::place::place_list;
use crate::error::Cause;
use crate::finding::{FindingCode, Place};
use crate::framework::Instrument;
use crate::recognise::submission::Submission;
use crate::recognise::{CodedSheet, Hints};

/// So many questions from an instrument's first on are no chance.
const FIRST: u8 = 3;

/// Whether the sheets have any Thai text, or else no row without a code: then they were made for this.
pub(in crate::recognise) fn is_likely(sheets: &[CodedSheet<'_>]) -> bool {
    let thai = |text: &str| text.chars().any(|c| ('\u{0E01}'..='\u{0E5B}').contains(&c));
    let cells = || sheets.iter().flat_map(|coded| coded.sheet.cells().iter().map(|cell| (&coded.rows, cell)));
    cells().any(|(_, cell)| thai(cell.value.text())) || cells().all(|(rows, cell)| rows.contains(&cell.at.row))
}

/// Refuses a table that only looks like one of scores: a few codes in a file that says nothing of its year, its agency or
/// published figures, nor anything in Thai.
pub(in crate::recognise) fn check(submission: &Submission, hints: &Hints, is_likely: bool) -> Result<(), Cause> {
    let published = &submission.published;
    let has_figures =
        !published.indicators.is_empty() || published.total.is_some() || !published.instruments.is_empty();
    // Numbers under a word that looks like an instrument's name are much else.
    let numbered = submission.findings.iter().any(|finding| finding.code == FindingCode::CodeWithoutLetter);
    let has_figures = has_figures && !numbered;
    let is_named = is_likely || submission.year.is_some() || submission.agency.is_some();
    if has_figures || is_named || hints.year.is_some() || hints.agency.is_some() {
        return Ok(());
    }
    let scored = || submission.answers.iter().filter(|(_, answer)| answer.score.is_some());
    let begins = |instrument: Instrument| {
        let first = scored().filter(|(code, _)| code.instrument() == instrument && code.number() <= FIRST);
        first.count() == usize::from(FIRST)
    };
    if Instrument::ALL.into_iter().any(begins) {
        return Ok(());
    }
    let places: Vec<Place> = scored().map(|(_, answer)| answer.code_place.clone()).collect();
    Err(Cause::FewCodes { count: places.len(), places: place_list(&places) })
}
