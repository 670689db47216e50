//! Outcomes in the follow-up whose measure stands in the plan no more: they keep a row.

use std::collections::BTreeMap;

use crate::edits::merge::Merge;
use crate::plan::ActionPlan;
use crate::plan::items::{Followed, Outcome, follow_up_key};

/// What the keys of the rows for measures begin with that are added to the plan by hand.
const ADDED: &str = "F/added/";

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
        let added =
            edits.plan.iter().flat_map(|lines| &lines.measures).filter(|measure| self.added_outcome(measure).is_some());
        taken.extend(added.filter_map(|measure| self.added_row_of(measure)).map(|row| format!("{ADDED}{row}")));
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
