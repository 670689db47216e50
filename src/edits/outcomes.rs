//! Outcomes in the follow-up whose measure stands in the plan no more: they keep a row.

use std::collections::BTreeMap;

use crate::edits::merge::Merge;
use crate::edits::{Edits, MeasureLines};
use crate::plan::ActionPlan;
use crate::plan::items::{Followed, Outcome, follow_up_key};

/// What the keys of the rows for measures begin with that are added to the plan by hand.
const ADDED: &str = "F/added/";

impl Edits {
    /// What was filled in about a measure that was added to the plan by hand: it stands in the rows for these.
    pub(super) fn added_outcome(&self, measure: &MeasureLines) -> Option<Outcome> {
        let row = self.added_row_of(measure)?;
        self.outcomes.get(&format!("{ADDED}{row}")).filter(|outcome| !outcome.is_empty()).cloned()
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
            let issue = key.split('/').nth(1).and_then(|issue| issue.parse().ok()).unwrap_or_default();
            let [number, title] = edits.titles.get(key).cloned().unwrap_or_default();
            plan.follow_up.added.push(Followed { issue, number, title, outcome: outcome.clone() });
        }
    }
}
