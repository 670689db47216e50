//! A column that could hold the scores, with the reasons for and against it.

use crate::domain::language::Texts;
use crate::framework::Instrument;
use crate::recognise::sheet::header_rules;
use crate::recognise::sheet::owner;
use crate::recognise::submission::{ColumnChoice, Evidence};

/// A row of a table: where it is and, for a question, of which instrument.
#[derive(Debug, Clone, Copy)]
pub(in crate::recognise) struct Row {
    pub row: u32,
    pub instrument: Instrument,
}

/// How close in points a second column must come to be reported; and how close in what tells to be as good as the first.
pub(in crate::recognise) const RIVAL: i32 = 12;

/// The rule of headers over means.
const MEAN: &str = "mean";

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

    /// Whether a rule speaks for it or against it.
    pub fn has(&self, rule: &str) -> bool {
        self.evidence.iter().any(|evidence| evidence.rule == rule)
    }

    /// The points of the evidence that tells scores from other numbers, without what only leans.
    pub fn told(&self) -> i32 {
        self.evidence
            .iter()
            .filter(|evidence| !header_rules::leans(&evidence.rule))
            .map(|evidence| evidence.points)
            .sum()
    }

    /// The points that tell whose and which scores they are: what is told without the mere word for scores, which a header
    /// of other numbers may hold as well.
    pub fn distinct(&self) -> i32 {
        let word = self.evidence.iter().find(|evidence| evidence.rule == header_rules::SCORE_WORD);
        self.told() - word.map_or(0, |evidence| evidence.points)
    }

    /// Whether another column, with other numbers, could be the right one as well: as much tells for it, or only the mere
    /// word for scores tells for this one.
    pub fn is_undecided_with(&self, other: &Self) -> bool {
        // A few numbers beside a column are notes, or have slipped.
        let is_level = self.told() - other.told() < RIVAL && other.usable * 2 > self.usable;
        // A mean may be the score, and what stands beside it may be anything: only words for it tell.
        if other.is_mean_alone() && !self.is_named() && other.usable * 4 >= self.usable * 3 {
            return true;
        }
        let is_full = other.header.is_some() && other.usable * 4 >= self.usable * 3 && other.looks_like(self);
        is_level || (is_full && self.distinct() - other.distinct() < RIVAL)
    }

    /// Whether its header speaks of a mean, and nothing else tells against it.
    fn is_mean_alone(&self) -> bool {
        let against: Vec<&Evidence> = self.evidence.iter().filter(|evidence| evidence.points < 0).collect();
        matches!(against.as_slice(), [only] if only.rule == MEAN)
    }

    /// Whether its header tells for it, by a word or by an agency's name.
    fn is_named(&self) -> bool {
        let tells = |evidence: &Evidence| evidence.points > 0 && !header_rules::is_look(&evidence.rule);
        self.evidence.iter().any(tells) || self.header.as_deref().is_some_and(owner::names_agency)
    }

    /// Whether nothing that its numbers look like speaks against it which does not speak against the other one too.
    pub fn looks_like(&self, other: &Self) -> bool {
        let against = |evidence: &&Evidence| evidence.points < 0 && header_rules::is_look(&evidence.rule);
        self.evidence.iter().filter(against).all(|own| other.has(&own.rule))
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
