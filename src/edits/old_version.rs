//! Texts of a version that kept no record, matched to what the program says now: rows by their questions, measures by what
//! they answer and by their words.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::thai;
use crate::edits::{Edits, IssueLines, ItemText, MeasureLines, steps, tidy};
use crate::framework::QuestionCode;
use crate::plan::items::{MeasureItems, SUCCESS, TITLE, analysis_key, measure_key};
use crate::plan::{ActionPlan, PlannedMeasure, Subject};
use crate::write::printed::{Printed, Wording};
use crate::write::xlsx::kit::census::Census;

/// So many letters together are compared between two texts.
const LETTERS: usize = 3;

/// The edits with the keys that the texts have now; nothing where they have keys of their own.
pub(super) fn matched(edits: &Edits, plan: &ActionPlan, printed: &Printed<'_>) -> Option<Edits> {
    if !edits.old {
        return None;
    }
    let mut edits = edits.clone();
    rows(&mut edits, plan);
    for lines in &mut edits.plan {
        let Some(issue) = plan.issues.iter().find(|issue| issue.number == lines.issue) else { continue };
        for (at, index) in pairs(lines, &issue.measures) {
            let (Some(old), Some(new)) = (lines.measures.get_mut(at), issue.measures.get(index)) else { continue };
            let names = give_keys(old, &measure_key(issue.number, &new.id), &printed.items(new));
            edits.record.expect(names);
        }
    }
    outcomes(&mut edits);
    Some(edits)
}

/// Outcomes were counted by their measures from the first: those of measures with a key have the same now, the others are
/// counted anew.
fn outcomes(edits: &mut Edits) {
    let mut known = std::mem::take(&mut edits.outcomes);
    let mut rest = 0;
    for (place, measure) in (1..).zip(edits.plan.iter().flat_map(|lines| &lines.measures)) {
        rest += usize::from(measure.key.is_none());
        let key = measure.key.as_ref().map_or_else(|| format!("F/added/{rest}"), |key| key.replacen('P', "F", 1));
        edits.outcomes.extend(known.remove(&format!("F/added/{place}")).map(|outcome| (key, outcome)));
    }
    edits.outcomes.append(&mut known);
}

/// A text stands beside the first question of its block that the issue still has.
fn rows(edits: &mut Edits, plan: &ActionPlan) {
    for line in &mut edits.analysis {
        let Some(issue) = plan.issues.iter().find(|issue| issue.number == line.issue) else { continue };
        let rows = issue.texts.iter().flat_map(|text| &text.rows);
        let known: BTreeSet<String> = rows.map(|row| analysis_key(issue.number, row.subject)).collect();
        let of_block = line.block.iter().map(|code| analysis_key(issue.number, Subject::Question(*code)));
        if let Some(key) = of_block.into_iter().find(|key| known.contains(key)) {
            line.key = Some(key);
        }
    }
}

/// Which old measure stands in the place of which new one of the issue: first by the questions that both answer, then by the
/// words that both have.
fn pairs(lines: &IssueLines, new: &[PlannedMeasure]) -> Vec<(usize, usize)> {
    let mut likeness: Vec<(u32, usize, usize)> = Vec::new();
    for (at, old) in lines.measures.iter().enumerate() {
        let words = letters_of(old.lines.iter().chain(&old.steps).map(|item| item.cell.text.as_str()));
        for (index, measure) in new.iter().enumerate() {
            let answers = |code| measure.answers.iter().any(|(subject, _)| *subject == Subject::Question(code));
            // The first question that it named is the one that it was made for.
            let place = old.answers.iter().position(|code| answers(*code));
            let by_question = place.map_or(0, |place| 2_000 - u32::try_from(place).unwrap_or(999).min(999));
            let texts = measure.steps.iter().map(|step| step.text.as_str()).chain([measure.title.as_str()]);
            likeness.push((by_question + common(&words, &letters_of(texts)), at, index));
        }
    }
    likeness.sort_by_key(|(points, at, index)| (std::cmp::Reverse(*points), *at, *index));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (_, at, index) in likeness {
        if !pairs.iter().any(|(old, new)| *old == at || *new == index) {
            pairs.push((at, index));
        }
    }
    pairs
}

/// Gives an old measure the keys of a new one; returns the names of those texts of the new one that it takes the place of.
fn give_keys(old: &mut MeasureLines, key: &str, new: &MeasureItems) -> Vec<String> {
    old.key = Some(key.to_owned());
    old.review = true;
    let success = Wording::built_in().plan.success.split('{').next().unwrap_or_default().trim().to_owned();
    for (index, item) in old.lines.iter_mut().enumerate() {
        let is_success = !success.is_empty() && item.cell.text.starts_with(&success);
        item.key = if index == 0 { Some(TITLE.to_owned()) } else { is_success.then(|| SUCCESS.to_owned()) };
    }
    let mut names = vec![format!("{key}/period")];
    for (column, old, new) in [("s", &mut old.steps, &new.steps), ("u", &mut old.units, &new.units)] {
        if old.is_empty() {
            continue;
        }
        let keys = new.iter().map(|item| item.key.clone());
        names.extend(keys.clone().map(|name| format!("{key}/{column}/{name}")));
        for (item, name) in old.iter_mut().zip(keys) {
            item.key = Some(name);
        }
    }
    names
}

/// How often each run of some letters stands in texts.
fn letters_of<'t>(texts: impl Iterator<Item = &'t str>) -> BTreeMap<Vec<char>, u32> {
    let mut counts = BTreeMap::new();
    for text in texts {
        let text = tidy(steps::without_number(text).1);
        let letters: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
        for run in letters.windows(LETTERS) {
            *counts.entry(run.to_vec()).or_default() += 1;
        }
    }
    counts
}

/// How much two texts have in common, in thousandths.
fn common(one: &BTreeMap<Vec<char>, u32>, other: &BTreeMap<Vec<char>, u32>) -> u32 {
    let shared: u32 = one.iter().map(|(run, count)| other.get(run).copied().unwrap_or_default().min(*count)).sum();
    let all: u32 = one.values().chain(other.values()).sum();
    (2_000 * shared).checked_div(all).unwrap_or_default()
}

/// Measures for which no place was found.
pub(super) fn without_place(edits: &Edits) -> Vec<&ItemText> {
    let measures = edits.plan.iter().flat_map(|lines| &lines.measures);
    measures.filter(|measure| measure.key.is_none()).filter_map(|measure| measure.lines.first()).collect()
}

/// All texts of a workbook, as they are compared.
pub(super) fn texts_of(all: &[Census]) -> String {
    let texts = all.iter().flat_map(|census| census.cells.values()).map(|cell| compared(&cell.text));
    texts.collect::<Vec<_>>().join("\n")
}

/// Whether every line of a text stands in these.
pub(super) fn stands_in(texts: &str, text: &str) -> bool {
    // What a measure answers and where its evidence is were the program's words.
    let lines = text.lines().filter(|line| !PROGRAMS.iter().any(|start| line.trim_start().starts_with(start)));
    lines.map(without_name).map(compared).all(|line| texts.contains(&line))
}

/// What lines begin with that are found anew.
const PROGRAMS: [&str; 2] = ["ตอบข้อ", "หลักฐานที่ควรเก็บ"];

/// A line without the number of a step or of a measure, and without the code of a question.
fn without_name(line: &str) -> &str {
    let (_, line) = steps::without_number(line);
    let line = line.trim_start();
    let line = line.strip_prefix("ข้อ ").unwrap_or(line);
    match line.split_once(' ') {
        Some((word, rest)) if steps::is_number(word) || word.parse::<QuestionCode>().is_ok() => rest,
        _ => line,
    }
}

/// A text without what makes no difference.
fn compared(text: impl AsRef<str>) -> String {
    thai::arabic_digits(text.as_ref()).chars().filter(|c| !c.is_whitespace()).collect()
}
