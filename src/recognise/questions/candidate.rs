//! A column that could hold the scores, with the reasons for and against it.

use crate::domain::language::Texts;
use crate::framework::Instrument;
use crate::recognise::sheet::header_rules;
use crate::recognise::submission::{ColumnChoice, Evidence};

/// A row of a table: where it is and, for a question, of which instrument.
#[derive(Debug, Clone, Copy)]
pub(in crate::recognise) struct Row {
    pub row: u32,
    pub instrument: Instrument,
}

/// A column that could hold the scores, and how likely it is to.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::recognise) struct Candidate {
    pub column: u32,
    pub header: Option<String>,
    /// Higher is likelier: the points of all evidence.
    pub weight: i32,
    /// In how many rows it has a number from 0 to 100.
    pub usable: usize,
    /// The reasons for and against it.
    pub evidence: Vec<Evidence>,
    /// What its numbers are, where they can be no scores even if there are no others.
    pub other: Option<Texts>,
}

impl Candidate {
    /// Adds a reason, by the name of its rule.
    pub fn add(&mut self, rule: &str, points: i32) {
        self.weight += points;
        self.evidence.push(Evidence { rule: rule.to_owned(), points });
    }

    /// The points of the evidence that tells scores from other numbers, without what only leans.
    pub fn told(&self) -> i32 {
        self.evidence
            .iter()
            .filter(|evidence| !header_rules::leans(&evidence.rule))
            .map(|evidence| evidence.points)
            .sum()
    }

    /// The candidate as it is kept and shown.
    pub fn choice(&self) -> ColumnChoice {
        ColumnChoice {
            column: self.column,
            header: self.header.clone(),
            points: self.weight,
            evidence: self.evidence.clone(),
            other: self.other.clone(),
        }
    }
}
