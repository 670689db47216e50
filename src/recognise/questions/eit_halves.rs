//! The external survey in two parts: what visitors answered themselves, and what a survey asked them.

use crate::read::{Cell, Sheet};
use crate::recognise::cell::code;
use crate::recognise::questions::candidate::Candidate;
use crate::recognise::vocabulary::Wording;
use crate::recognise::words::words;

/// How far above a question the title of its table may stand.
const TITLE_ROWS: u32 = 14;

/// One of the two parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::recognise) enum Half {
    /// What visitors answered themselves.
    Public,
    /// What the survey found.
    Survey,
}

impl Half {
    fn named(text: &str) -> Option<Self> {
        let wording = Wording::new(text);
        match (wording.has(&words().public_half), wording.has(&words().survey_half)) {
            (true, false) => Some(Self::Public),
            (false, true) => Some(Self::Survey),
            _ => None,
        }
    }
}

/// The columns of the two parts, where there is one of each and no more.
pub(in crate::recognise) fn columns(candidates: &[Candidate]) -> Option<(u32, u32)> {
    let of = |words: &[&str]| {
        let has =
            |candidate: &&Candidate| candidate.header.as_deref().is_some_and(|header| Wording::new(header).has(words));
        let mut headed = candidates.iter().filter(has);
        headed.next().filter(|_| headed.next().is_none()).map(|candidate| candidate.column)
    };
    of(&words().public_half).zip(of(&words().survey_half)).filter(|(public, survey)| public != survey)
}

/// The part that the nearest title above a row names, or the sheet's own name.
pub(in crate::recognise) fn half_above(sheet: &Sheet, row: u32) -> Option<Half> {
    // The title of a question is none of a table's.
    let is_code = |cell: &Cell| code::find_code(cell.value.text()).is_some_and(|found| !found.needs_context);
    let above = sheet.rows_in(row.saturating_sub(TITLE_ROWS)..row).rev().filter(|cells| !cells.iter().any(is_code));
    let short = |text: &str| (!text.is_empty() && text.len() <= 240).then(|| Half::named(text)).flatten();
    above
        .into_iter()
        .find_map(|cells| cells.iter().find_map(|cell| short(cell.value.text())))
        .or_else(|| short(&sheet.name))
}
