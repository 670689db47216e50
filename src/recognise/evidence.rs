//! Candidates for a fact about the result, each with named reasons; the most points win and the losers stay known.

use std::sync::OnceLock;

use serde::Deserialize;

use crate::domain::embedded::{self, embedded};
use crate::finding::Place;
use crate::recognise::submission::{Evidence, Fact, FactChoice, Origin, Submission};

/// A rule of `evidence.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    of: Fact,
    name: String,
    points: i32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    #[serde(rename = "rule")]
    rules: Vec<Rule>,
}

fn rules() -> &'static [Rule] {
    static RULES: OnceLock<Rules> = OnceLock::new();
    &RULES.get_or_init(|| embedded::read(embedded!("recognise/evidence"))).rules
}

/// The reason of a name, with its points; a test holds that each has its rule.
pub(in crate::recognise) fn reason(of: Fact, name: &str) -> Evidence {
    let points = rules().iter().find(|rule| rule.of == of && rule.name == name).map_or(0, |rule| rule.points);
    Evidence { rule: name.to_owned(), points }
}

/// A value that a cell gives for a fact.
#[derive(Debug, Clone)]
pub(in crate::recognise) struct Candidate<T> {
    pub value: T,
    pub place: Place,
    pub evidence: Vec<Evidence>,
}

impl<T: ToString> Candidate<T> {
    pub fn new(value: T, place: Place, of: Fact, names: &[&str]) -> Self {
        Self { value, place, evidence: names.iter().map(|name| reason(of, name)).collect() }
    }

    pub fn points(&self) -> i32 {
        self.evidence.iter().map(|evidence| evidence.points).sum()
    }

    /// The candidate as it is kept and shown.
    pub fn choice(&self, of: Fact, taken: bool) -> FactChoice {
        let (value, place) = (self.value.to_string(), self.place.clone());
        FactChoice { of, value, place, points: self.points(), evidence: self.evidence.clone(), taken }
    }
}

/// The candidate with the most points, of equal ones the first, and what became of each.
pub(in crate::recognise) fn choose<'a, T: Clone + ToString>(
    of: Fact,
    candidates: &'a [Candidate<T>],
) -> (Option<Candidate<T>>, Vec<FactChoice>) {
    let first_best = |best: (usize, &'a Candidate<T>), other: (usize, &'a Candidate<T>)| {
        if other.1.points() > best.1.points() { other } else { best }
    };
    let best = candidates.iter().enumerate().reduce(first_best);
    let taken = best.map(|(at, _)| at);
    let choices = candidates.iter().enumerate().map(|(at, one)| one.choice(of, Some(at) == taken)).collect();
    (best.map(|(_, candidate)| candidate.clone()), choices)
}

/// Marks as taken what the whole book was read by: of several sheets, each with its own title, one was followed.
pub(in crate::recognise) fn settle(submission: &mut Submission) {
    let year = submission.year.as_ref().map(|given| given.origin.clone());
    let agency = submission.agency.as_ref().map(|given| given.origin.clone());
    for choice in &mut submission.choices {
        let origin = Some(Origin::Cell(choice.place.clone()));
        match choice.of {
            Fact::Year => choice.taken = origin == year,
            Fact::Agency => choice.taken = origin == agency,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::CellRef;

    fn candidate(value: &'static str, row: u32, names: &[&str]) -> Candidate<&'static str> {
        let place = Place { sheet: "Sheet1".into(), cell: CellRef::new(row, 0) };
        Candidate::new(value, place, Fact::Year, names)
    }

    #[test]
    fn the_most_points_win_and_the_losers_stay_known() {
        let all = [
            candidate("2566", 0, &["year-word"]),
            candidate("2567", 1, &["fiscal-year-word"]),
            candidate("2568", 2, &["fiscal-year-word", "other-line"]),
            candidate("2569", 3, &["fiscal-year-word"]),
        ];
        let (best, choices) = choose(Fact::Year, &all);
        assert_eq!(best.map(|best| best.value), Some("2567"));
        let points: Vec<(i32, bool)> = choices.iter().map(|choice| (choice.points, choice.taken)).collect();
        assert_eq!(points, [(30, false), (40, true), (10, false), (40, false)]);
    }

    #[test]
    fn no_two_rules_of_a_fact_have_one_name() {
        for (at, rule) in rules().iter().enumerate() {
            assert!(
                rules().iter().skip(at + 1).all(|other| (other.of, &other.name) != (rule.of, &rule.name)),
                "{rule:?}"
            );
        }
    }
}
