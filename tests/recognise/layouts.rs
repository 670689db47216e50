//! Tables in every arrangement, with other numbers beside, below and behind the scores: no wrong number is ever taken.
//!
//! `ITASHEET_TABLES=20000 cargo test layouts` tries as many.

use itasheet::read::Book;
use itasheet::recognise::{self, CodedBook, Hints, Submission};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::recognise::arrangement::{Distractor, Layout, OtherSheet, Own, main_sheet, other_sheet_of};
use crate::recognise::distractors::{KINDS, Likeness, OWN, PAIRS, SHEETS};

fn distractor() -> impl Strategy<Value = Distractor> {
    (0..KINDS.len(), option::weighted(0.8, 0usize..8), any::<u32>()).prop_map(|(kind, header, seed)| Distractor {
        kind,
        header,
        seed,
    })
}

prop_compose! {
    fn own()(
        header in option::weighted(0.75, 0..OWN.len()),
        as_text in any::<bool>(),
        without_items in prop::bool::weighted(0.1),
    ) -> Own {
        Own { header, as_text, without_items }
    }
}

prop_compose! {
    fn other_sheet()(
        name in 0..SHEETS.len(),
        first in any::<bool>(),
        numbers in distractor(),
        tempting in any::<bool>(),
        hidden in prop::bool::weighted(0.15),
    ) -> OtherSheet {
        OtherSheet { name, first, numbers, tempting, hidden }
    }
}

prop_compose! {
    fn layout()(
        (first_column, title_rows, headed, spelling, titles) in
            (0u32..26, 1u32..16, prop::bool::weighted(0.8), 0u8..5, any::<bool>()),
        before in vec(distractor(), 0..3),
        between in vec(distractor(), 0..3),
        own in option::weighted(0.8, own()),
        after in vec(distractor(), 0..4),
        (sums, full_row, turned) in
            (prop::bool::weighted(0.3), prop::bool::weighted(0.1), prop::bool::weighted(0.15)),
        sheet in option::weighted(0.25, other_sheet()),
        pair in option::weighted(0.1, (0..PAIRS.len(), any::<bool>())),
        survey in vec(2000u32..=10000, 24),
        published in vec(prop_oneof![3 => Just(10000u32), 1 => Just(0), 1 => Just(5000)], 35),
    ) -> Layout {
        let scores = survey.into_iter().chain(published).collect();
        Layout {
            first_column, title_rows, headed, spelling, titles, before, between, own, after, sums, full_row, turned, pair, sheet, scores,
        }
    }
}

fn recognised(book: &Book) -> Vec<Submission> {
    let hints = Hints::default();
    let (book, _) = CodedBook::new(book.clone());
    let Ok(parts) = recognise::parts(&book, &hints) else { return Vec::new() };
    parts.iter().filter_map(|part| part.recognise(&hints).ok()).map(|found| found.submission).collect()
}

impl Layout {
    fn distractors(&self) -> impl Iterator<Item = &Distractor> {
        self.before.iter().chain(&self.between).chain(&self.after)
    }

    /// Whether nobody could tell that a column holds no scores: no header says so, and its numbers do not.
    fn is_untold(&self, other: &Distractor) -> bool {
        (!self.headed || other.header.is_none()) && other.kind().likeness == Likeness::Scores
    }

    /// Whether a table could be one of scores though it has no column of one's own.
    fn may_be_taken(&self) -> bool {
        let alone = |other: &Distractor| self.is_untold(other) || other.kind().alone;
        // A code of which the scores' row is blank has its other row's number.
        if self.own.is_some_and(|own| own.without_items) && self.pair.is_some() {
            return true;
        }
        self.own.is_none_or(|own| own.without_items) && self.distractors().any(alone)
    }

    /// Whether every score must be found: they are headed as scores, or there is nothing else that could be.
    fn must_be_found(&self) -> bool {
        // Two columns a code in a table of agencies: their words may be lost among the names.
        if self.turned && self.pair.is_some() {
            return false;
        }
        let undecided = |own: &Own| {
            self.distractors().any(|other| self.is_untold(other) || (other.kind().alone && own.header.is_none()))
        };
        self.own.is_some_and(|own| (self.headed && own.header.is_some()) || !undecided(&own))
    }
}

fn check(layout: &Layout) -> Result<(), TestCaseError> {
    let (sheet, expected) = main_sheet(layout);
    let mut sheets = vec![sheet];
    if let Some(other) = &layout.sheet {
        sheets.insert(if other.first { 0 } else { 1 }, other_sheet_of(other));
    }
    let found = recognised(&Book { sheets, ..Book::default() });
    for submission in &found {
        for (code, answer) in &submission.answers {
            let Some(score) = answer.score else { continue };
            let own = expected.get(&code.to_string()).and_then(|(_, own)| *own);
            // Two columns between which nothing tells may have the same number: it is the score either way.
            let is_own = own.is_some() && own == f64::try_from(score).ok();
            let place = answer.score_place.as_ref();
            prop_assert!(is_own, "{code}: {score} from {place:?} for {own:?}");
        }
    }
    if layout.must_be_found() {
        prop_assert_eq!(found.len(), 1);
        for (code, (cell, own)) in &expected {
            let answer = found[0].answers.iter().find(|(known, _)| known.to_string() == *code);
            let score = answer.and_then(|(_, answer)| answer.score).and_then(|score| f64::try_from(score).ok());
            prop_assert_eq!(score, *own, "{}: {:?}", code, found[0].findings);
            let place = answer.and_then(|(_, answer)| answer.score_place.as_ref()).filter(|_| score.is_some());
            prop_assert!(
                place.is_none_or(|place| *place.sheet == *"Sheet1" && place.cell == *cell),
                "{code}: {place:?}"
            );
        }
    }
    Ok(())
}

#[test]
fn no_number_but_a_score_is_taken_for_one() {
    let tables = std::env::var("ITASHEET_TABLES").ok().and_then(|count| count.parse().ok()).unwrap_or(400);
    let config = ProptestConfig {
        cases: tables,
        failure_persistence: None,
        max_global_rejects: u32::MAX,
        ..ProptestConfig::default()
    };
    TestRunner::new(config)
        .run(&layout().prop_filter("undecidable", |layout| !layout.may_be_taken()), |layout| check(&layout))
        .unwrap_or_else(|failure| panic!("{failure}"));
}
