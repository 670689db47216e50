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
    let other = known.as_ref().filter(|known| known.value != candidate.value);
    if let Some(other) = other {
        let (used, left) = if wins { (&candidate.value, &other.value) } else { (&other.value, &candidate.value) };
        let (used, left) = (used.to_string(), left.to_string());
        // What was said of the other one, when it was the best, is no more so.
        into.findings.retain(|finding| {
            !wins || finding.code != FindingCode::FigureOfSeveral || finding.found != other.value.to_string()
        });
        let finding = Finding::new(FindingCode::FigureOfSeveral, figure.label).found(used);
        let places = other.place().cloned().into_iter().chain([candidate.place.clone()]);
        into.findings.push(finding.expected(left).at(places));
    }
    match known {
        Some(known) if !wins || known.value == candidate.value => {
            into.choices.push(candidate.choice(of, false));
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
