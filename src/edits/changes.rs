//! What an officer has changed, one by one: what `inspect` lists.

use std::collections::BTreeSet;

use crate::edits::record::State;
use crate::edits::{CellText, Edits, ItemText, MeasureLines, steps, tidy};
use crate::finding::Place;
use crate::plan::items::{CAUTION, Followed};
use crate::write::json::EditText;

/// What kind of change it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// A text is another.
    Text,
    /// A row or a text was added.
    Added,
    /// A row or a text was taken out.
    Removed,
    /// Rows stand in another order.
    Moved,
    /// A number or a name of the sheet of scores is another.
    Number,
    /// Something was filled in about a measure.
    FollowUp,
}

impl ChangeKind {
    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Moved => "moved",
            Self::Number => "number",
            Self::FollowUp => "follow-up",
        }
    }
}

/// A change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its kind.
    pub kind: ChangeKind,
    /// What was changed, by its key; empty for what was added.
    pub key: String,
    /// What stands there now.
    pub text: String,
    /// Where, if it stands anywhere.
    pub place: Option<Place>,
}

impl Change {
    fn new(kind: ChangeKind, key: impl Into<String>, cell: &CellText) -> Self {
        Self { kind, key: key.into(), text: tidy(&cell.text), place: Some(cell.place.clone()) }
    }

    fn without_place(kind: ChangeKind, key: impl Into<String>, text: impl Into<String>) -> Self {
        Self { kind, key: key.into(), text: text.into(), place: None }
    }
}

impl From<Change> for EditText {
    fn from(change: Change) -> Self {
        let from = change.place.map(|place| place.to_string());
        Self { kind: change.kind.name(), key: change.key, text: change.text, from }
    }
}

impl Edits {
    /// Everything that an officer has changed.
    pub fn changes(&self) -> Vec<Change> {
        let mut changes = Vec::new();
        self.analysis_changes(&mut changes);
        for lines in &self.plan {
            if let Some(none) = &lines.none {
                self.text(&format!("P/{}/-none/text", lines.issue), none, &mut changes);
            }
            lines.measures.iter().for_each(|measure| self.measure_changes(measure, &mut changes));
        }
        self.plan_order(&mut changes);
        for (key, [left, right]) in &self.signatures {
            match key {
                Some(key) => {
                    self.text(&format!("{key}/left"), left, &mut changes);
                    self.text(&format!("{key}/right"), right, &mut changes);
                }
                None => changes.extend([left, right].map(|cell| Change::new(ChangeKind::Added, "", cell))),
            }
        }
        let filled = self.outcomes.iter().filter(|(_, outcome)| !outcome.is_empty());
        changes.extend(filled.map(|(key, outcome)| {
            let text = outcome.cells().into_iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>();
            Change::without_place(ChangeKind::FollowUp, key, text.join(" "))
        }));
        let added = |followed: &Followed| {
            let texts = [&followed.number, &followed.title].into_iter().chain(followed.outcome.cells());
            let text = texts.filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join(" ");
            Change::without_place(ChangeKind::FollowUp, "", text)
        };
        changes.extend(self.followed.iter().map(added));
        changes.extend(self.typed().map(|(key, cell)| Change::new(ChangeKind::Number, key, cell)));
        changes.extend(self.frame_changes());
        changes
    }

    /// What was typed into titles, heads, labels and empty cells; without the record nothing tells.
    fn frame_changes(&self) -> impl Iterator<Item = Change> {
        let is_whole = self.record.state == State::Whole;
        self.frame.iter().filter(move |_| is_whole).map(|cell| {
            let key = cell.base.as_ref().and(cell.name.as_ref()).map(ToString::to_string).unwrap_or_default();
            let text = cell.typed.text();
            let kind = match &cell.base {
                Some(_) if text.is_empty() => ChangeKind::Removed,
                Some(_) => ChangeKind::Text,
                None => ChangeKind::Added,
            };
            Change { kind, key, text, place: Some(cell.place.clone()) }
        })
    }

    /// Numbers and names that are others than the program wrote.
    pub(super) fn typed(&self) -> impl Iterator<Item = (&String, &CellText)> {
        let is_whole = self.record.state == State::Whole;
        let typed = move |(key, cell): &(&String, &CellText)| is_whole && self.is_changed(key, &cell.text);
        self.numbers.iter().filter(typed)
    }

    /// Where a text is another than the program's it is put down.
    fn text(&self, key: &str, cell: &CellText, changes: &mut Vec<Change>) {
        if self.is_changed(key, &cell.text) {
            changes.push(Change::new(ChangeKind::Text, key, cell));
        }
    }

    fn analysis_changes(&self, changes: &mut Vec<Change>) {
        for line in &self.analysis {
            let [_, _, question, _, _, text] = &line.cells;
            match &line.key {
                Some(key) => {
                    // What was read of the caution stands in its first cell, which has been put last.
                    self.text(&format!("{key}/text"), text, changes);
                    let question_key = format!("{key}/question");
                    if key != CAUTION && self.record.digest(&question_key).is_some() {
                        self.text(&question_key, question, changes);
                    }
                }
                None => {
                    let all = line.cells.iter().map(|cell| tidy(&cell.text)).filter(|text| !text.is_empty());
                    let all = all.collect::<Vec<_>>().join(" ");
                    let place = Some(text.place.clone());
                    changes.push(Change { kind: ChangeKind::Added, key: String::new(), text: all, place });
                }
            }
        }
        let there: Vec<&str> = self.analysis.iter().filter_map(|line| line.key.as_deref()).collect();
        let written = self.record.names("A/", "/text").into_iter().map(|name| format!("A/{name}"));
        order(&written.collect::<Vec<_>>(), &there, changes);
    }

    fn plan_order(&self, changes: &mut Vec<Change>) {
        let measures = self.plan.iter().flat_map(|lines| &lines.measures);
        let there: Vec<&str> = measures.filter_map(|measure| measure.key.as_deref()).collect();
        let written = self.record.names("P/", "/period").into_iter().map(|name| format!("P/{name}"));
        order(&written.collect::<Vec<_>>(), &there, changes);
    }

    /// Whether anything in a measure is the officer's.
    pub(super) fn is_measure_changed(&self, measure: &MeasureLines) -> bool {
        let mut changes = Vec::new();
        self.measure_changes(measure, &mut changes);
        !changes.is_empty()
    }

    fn measure_changes(&self, measure: &MeasureLines, changes: &mut Vec<Change>) {
        let Some(key) = &measure.key else {
            let items = measure.lines.iter().chain(&measure.steps).chain(&measure.units).map(|item| &item.cell);
            let filled = measure.period.iter().filter(|period| !period.text.trim().is_empty());
            changes.extend(items.chain(filled).map(added));
            return;
        };
        for (column, items) in [("l", &measure.lines), ("s", &measure.steps), ("u", &measure.units)] {
            for ItemText { key: name, cell } in items {
                let Some(name) = name else {
                    changes.push(added(cell));
                    continue;
                };
                let item_key = format!("{key}/{column}/{name}");
                // What a measure answers is a formula: its scores move with the sheet of scores.
                if name == crate::plan::items::ANSWERS {
                    continue;
                }
                let text = if column == "s" { steps::without_number(&cell.text).1 } else { cell.text.as_str() };
                if self.is_changed(&item_key, text) {
                    let text = tidy(text);
                    changes.push(Change { text, ..Change::new(ChangeKind::Text, item_key, cell) });
                }
            }
            let there: Vec<&str> = items.iter().filter_map(|item| item.key.as_deref()).collect();
            let written = self.record.names(&format!("{key}/{column}/"), "");
            let mut own = Vec::new();
            order(&written, &there, &mut own);
            changes.extend(own.into_iter().map(|change| {
                let name = format!("{key}/{column}/{}", change.key);
                Change { key: name, ..change }
            }));
        }
        if let Some(period) = &measure.period {
            self.text(&format!("{key}/period"), period, changes);
        }
        let phase = if measure.second_phase { "2" } else { "1" };
        if self.record.state == State::Whole && self.is_changed(&format!("{key}/phase"), phase) {
            changes.push(Change::without_place(ChangeKind::Moved, format!("{key}/phase"), phase));
        }
    }
}

/// A text of a measure that was added.
fn added(cell: &CellText) -> Change {
    let text = tidy(steps::without_number(&cell.text).1);
    Change { text, ..Change::new(ChangeKind::Added, "", cell) }
}

/// What was taken out of a list, and whether the rest stands in another order.
fn order(written: &[String], there: &[&str], changes: &mut Vec<Change>) {
    let present: BTreeSet<&str> = there.iter().copied().collect();
    let known: BTreeSet<&str> = written.iter().map(String::as_str).collect();
    let gone = written.iter().filter(|key| !present.contains(key.as_str()));
    changes.extend(gone.map(|key| Change::without_place(ChangeKind::Removed, key, "")));
    let before: Vec<&str> = written.iter().map(String::as_str).filter(|key| present.contains(key)).collect();
    let now: Vec<&str> = there.iter().copied().filter(|key| known.contains(key)).collect();
    if let Some((_, key)) = before.iter().zip(&now).find(|(before, now)| before != now) {
        changes.push(Change::without_place(ChangeKind::Moved, *key, ""));
    }
}
