//! One measure: the program's texts and the officer's put together, column by column.

use crate::edits::arrange::{Slot, arrange};
use crate::edits::merge::{Choice, Merge};
use crate::edits::{ItemText, MeasureLines, steps, tidy};
use crate::plan::items::{ANSWERS, Item, MeasureItems, TITLE};
use crate::plan::{Phase, PlannedMeasure};

/// The columns of a measure, by their names in keys.
const LINES: &str = "l";
const STEPS: &str = "s";
const UNITS: &str = "u";

impl Merge<'_> {
    /// The program's measure with what the officer has made of it; `key` is its key as the program wrote it.
    pub(super) fn measure(&mut self, new: &PlannedMeasure, edited: &MeasureLines, key: &str) -> PlannedMeasure {
        let program = self.printed.items(new);
        let items = MeasureItems {
            number: (!edited.number.is_empty() && !steps::is_number(&edited.number)).then(|| tidy(&edited.number)),
            lines: self.column(key, LINES, &program.lines, &edited.lines),
            steps: self.column(key, STEPS, &program.steps, &edited.steps),
            units: self.column(key, UNITS, &program.units, &edited.units),
        };
        let mut merged = PlannedMeasure { review: new.review || edited.review, ..new.clone() };
        if let Some(period) = &edited.period {
            merged.period = self.chosen(&format!("{key}/period"), period, &new.period);
        }
        let phase = if edited.second_phase { "2" } else { "1" };
        let was = if new.phase == Phase::First { "1" } else { "2" };
        // Where it stands is the officer's choice only if that was made after the program's.
        if self.edits.record.digest(&format!("{key}/phase")).is_some()
            && self.edits.is_changed(&format!("{key}/phase"), phase)
            && phase != was
        {
            merged.phase = if edited.second_phase { Phase::Second } else { Phase::First };
            self.hold(&format!("{key}/phase"));
        }
        if items != program {
            settle(&mut merged, items);
        }
        merged
    }

    /// A measure that only the officer has: an added one, or one that nothing calls for any more.
    pub(super) fn officers_measure(&self, edited: &MeasureLines, id: String, review: bool) -> PlannedMeasure {
        let item = |item: &ItemText| Item::new(item.key.clone().unwrap_or_default(), tidy(&item.cell.text));
        // Scores of a year before are not those of this one.
        let is_stale = |item: &&ItemText| review && item.key.as_deref() == Some(ANSWERS);
        let step = |text: &ItemText| {
            let (numbered, rest) = steps::without_number(&text.cell.text);
            Item { key: text.key.clone().unwrap_or_default(), text: tidy(rest), numbered }
        };
        let items = MeasureItems {
            number: (!edited.number.is_empty() && !steps::is_number(&edited.number)).then(|| tidy(&edited.number)),
            lines: edited.lines.iter().filter(|text| !is_stale(text)).map(item).collect(),
            steps: edited.steps.iter().map(step).collect(),
            units: edited.units.iter().map(item).collect(),
        };
        let mut measure = PlannedMeasure {
            id,
            phase: if edited.second_phase { Phase::Second } else { Phase::First },
            title: String::new(),
            answers: Vec::new(),
            steps: Vec::new(),
            unit: String::new(),
            period: edited.period.as_ref().map(|period| tidy(&period.text)).unwrap_or_default(),
            output: String::new(),
            success: String::new(),
            duty: false,
            items: None,
            review,
        };
        settle(&mut measure, items);
        measure
    }

    fn column(&mut self, key: &str, column: &str, program: &[Item], edited: &[ItemText]) -> Vec<Item> {
        let base = self.edits.record.names(&format!("{key}/{column}/"), "");
        let keys: Vec<Option<String>> = edited.iter().map(|item| item.key.clone()).collect();
        let new: Vec<String> = program.iter().map(|item| item.key.clone()).collect();
        let item_key = |name: &str| format!("{key}/{column}/{name}");
        let edits = self.edits;
        let stays = |at: usize| {
            let Some(item) = edited.get(at) else { return false };
            let name = item.key.as_deref().unwrap_or_default();
            // A live line is the program's alone.
            name != ANSWERS
                && edits.is_changed(&item_key(name), text_of(column, item).1)
                && !item.cell.text.trim().is_empty()
        };
        let arranged = arrange(&base, &keys, &new, stays);
        self.removed(arranged.removed.iter().filter_map(|index| new.get(*index)).map(|name| item_key(name)));
        let mut items = Vec::with_capacity(arranged.slots.len());
        for slot in arranged.slots {
            match slot {
                Slot::New(index, other) => {
                    let Some(new) = program.get(index) else { continue };
                    let Some(item) = other.and_then(|at| edited.get(at)).filter(|_| new.key != ANSWERS) else {
                        items.push(new.clone());
                        continue;
                    };
                    let (_, text) = text_of(column, item);
                    let text = match self.choose(&item_key(&new.key), text, &new.text) {
                        Choice::Program => new.text.clone(),
                        Choice::Officer => {
                            self.conflict(&item_key(&new.key), &item.cell, &new.text);
                            tidy(text)
                        }
                    };
                    items.push(Item { text, ..new.clone() });
                }
                Slot::Officer(at) => {
                    let Some(item) = edited.get(at) else { continue };
                    let (numbered, text) = text_of(column, item);
                    let name = item.key.clone().unwrap_or_default();
                    if !name.is_empty() {
                        self.hold(&item_key(&name));
                        self.stays(&item.cell);
                    }
                    items.push(Item { key: name, text: tidy(text), numbered });
                }
            }
        }
        items
    }
}

/// Whether a text has a number before it, or needs none, and the text.
fn text_of<'t>(column: &str, item: &'t ItemText) -> (bool, &'t str) {
    match column {
        STEPS => steps::without_number(&item.cell.text),
        _ => (true, item.cell.text.as_str()),
    }
}

/// Puts texts into a measure.
fn settle(measure: &mut PlannedMeasure, items: MeasureItems) {
    let title = items.lines.iter().find(|line| line.key == TITLE).or(items.lines.first());
    measure.title = title.map(|line| line.text.clone()).unwrap_or_default();
    measure.unit = items.units.iter().map(|unit| unit.text.as_str()).collect::<Vec<_>>().join("\n");
    measure.items = Some(items);
}
