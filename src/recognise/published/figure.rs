//! Takes published figures over: the one with the best reason, and says where the file has another.

use crate::finding::{Finding, FindingCode, Place};
use crate::recognise::evidence::Candidate;
use crate::recognise::submission::{Fact, FactChoice, Given, Submission};

/// A figure as a cell gives it.
pub(super) struct Figure<T> {
    pub value: T,
    pub place: Place,
    /// What stands in the cell of its label.
    pub label: String,
}

/// Takes a figure, unless one with as good a reason is known already: then the first stays, and another number is said.
pub(super) fn take<T: PartialEq + Clone + ToString>(
    of: Fact,
    reason: &str,
    figure: Figure<T>,
    known: Option<Given<T>>,
    into: &mut Submission,
) -> Given<T> {
    let candidate = Candidate::new(figure.value, figure.place, of, &[reason]);
    let place_of_known = known.as_ref().and_then(Given::place);
    let of_known = |choice: &&mut FactChoice| {
        choice.of == of && choice.taken && place_of_known.is_some_and(|place| *place == choice.place)
    };
    let before = into.choices.iter_mut().find(of_known);
    let wins = before.as_ref().is_none_or(|before| candidate.points() > before.points);
    match known {
        Some(known) if !wins || known.value == candidate.value => {
            let differs = known.value != candidate.value;
            into.choices.push(candidate.choice(of, false));
            if differs {
                let finding = Finding::new(FindingCode::FigureOfSeveral, figure.label).found(known.value.to_string());
                let places = known.place().cloned().into_iter().chain([candidate.place]);
                into.findings.push(finding.expected(candidate.value.to_string()).at(places));
            }
            known
        }
        _ => {
            if let Some(before) = before {
                before.taken = false;
            }
            into.choices.push(candidate.choice(of, true));
            Given::in_cell(candidate.value, candidate.place)
        }
    }
}
