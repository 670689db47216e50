//! Outcomes in the follow-up whose measure stands in the plan no more: they keep a row, this year and the next.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::thai;
use crate::edits::merge::Merge;
use crate::edits::{Edits, MeasureLines};
use crate::plan::ActionPlan;
use crate::plan::items::{Followed, Outcome, follow_up_key};
use crate::write::printed::Wording;

/// What the keys of the rows for measures begin with that are added to the plan by hand.
const ADDED: &str = "F/added/";

impl Edits {
    /// Last year's measures with what has come of them: what was filled in about this workbook's plan, also about measures that
    /// were taken out of it since.
    pub fn followed(&self) -> Vec<Followed> {
        let measures = self.plan.iter().flat_map(|lines| &lines.measures);
        let told: BTreeSet<String> = measures.filter_map(|measure| self.outcome_key(measure)).collect();
        let rest = self.outcomes.keys().filter(|key| !told.contains(*key)).filter_map(|key| self.without_measure(key));
        let mut rest: Vec<Followed> = rest.chain(self.followed.iter().cloned()).collect();
        let mut all = Vec::new();
        for lines in &self.plan {
            for (index, measure) in lines.measures.iter().enumerate() {
                let outcome = self.outcome_key(measure).and_then(|key| self.outcomes.get(&key)).cloned();
                let title = measure.lines.first().map(|line| line.cell.text.trim().to_owned()).unwrap_or_default();
                let number = format!("{}.{}", lines.issue, index + 1);
                all.push(Followed { issue: lines.issue, number, title, outcome: outcome.unwrap_or_default() });
            }
            all.extend(rest.extract_if(.., |followed| followed.issue == lines.issue));
        }
        // Those of an issue that the plan has no more.
        rest.sort_by_key(|followed| followed.issue);
        all.append(&mut rest);
        all
    }

    /// What was filled in about a measure that was added to the plan by hand: it stands in the rows for these.
    pub(super) fn added_outcome(&self, measure: &MeasureLines) -> Option<Outcome> {
        self.outcomes.get(&self.added_key(measure)?).filter(|outcome| !outcome.is_empty()).cloned()
    }

    /// The key of the row in which a measure's outcome stands.
    fn outcome_key(&self, measure: &MeasureLines) -> Option<String> {
        let own = measure.key.as_ref().map(|key| key.replacen('P', "F", 1));
        own.or_else(|| self.added_key(measure))
    }

    /// The key of the row that shows a measure that was added by hand.
    fn added_key(&self, measure: &MeasureLines) -> Option<String> {
        self.added_row_of(measure).map(|row| format!("{ADDED}{row}"))
    }

    /// What was filled in under a key that no measure has, with what the row says of its measure; nothing where it is blank.
    fn without_measure(&self, key: &str) -> Option<Followed> {
        let outcome = self.outcomes.get(key).filter(|outcome| !outcome.is_empty()).cloned()?;
        let [number, title] = self.titles.get(key).cloned().unwrap_or_default();
        // The row repeats a cell of the plan: of one that was deleted there is no text left.
        let is_gone = |text: &str| text.is_empty() || text.starts_with('#');
        let number = if is_gone(&number) { String::new() } else { number };
        let title = if is_gone(&title) { Wording::built_in().follow_up.gone.clone() } else { title };
        let of_number = || thai::arabic_digits(&number).split('.').next().and_then(|issue| issue.trim().parse().ok());
        let issue = key.split('/').nth(1).and_then(|issue| issue.parse().ok()).or_else(of_number).unwrap_or_default();
        Some(Followed { issue, number, title, outcome })
    }

    /// Which of these rows shows a measure, from 1.
    fn added_row_of(&self, measure: &MeasureLines) -> Option<usize> {
        if measure.key.is_some() {
            return None;
        }
        let added = self.plan.iter().flat_map(|lines| &lines.measures).filter(|measure| measure.key.is_none());
        // Only those with a number such as `1.2` are shown there.
        let mut numbered = added.filter(|measure| measure.number.contains('.') && measure.number.chars().count() < 7);
        numbered.position(|other| other.place == measure.place).map(|place| place + 1)
    }
}

impl Merge<'_> {
    /// Puts outcomes that no measure has into rows of their own.
    pub(super) fn outcomes_without_measure(
        &self,
        outcomes: &mut BTreeMap<(u8, String), Outcome>,
        plan: &mut ActionPlan,
    ) {
        let edits = self.edits;
        let mut taken: Vec<String> = outcomes.keys().map(|(issue, id)| follow_up_key(*issue, id)).collect();
        // Those of measures that were added stand with these now.
        let added = edits
            .plan
            .iter()
            .flat_map(|lines| &lines.measures)
            .filter(|measure| edits.added_outcome(measure).is_some());
        taken.extend(added.filter_map(|measure| edits.added_row_of(measure)).map(|row| format!("{ADDED}{row}")));
        for (key, outcome) in edits.outcomes.iter().filter(|(_, outcome)| !outcome.is_empty()) {
            if taken.contains(key) {
                continue;
            }
            if let Some(row) = key.strip_prefix(ADDED) {
                outcomes.insert((0, row.to_owned()), outcome.clone());
                continue;
            }
            // A measure that was moved to another issue has taken its outcome with it.
            let id = key.rsplit('/').next().unwrap_or_default();
            if outcomes.iter().any(|((_, known), of)| known == id && of == outcome) {
                continue;
            }
            plan.follow_up.added.extend(edits.without_measure(key));
        }
    }
}
