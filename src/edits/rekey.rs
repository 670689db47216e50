//! Keys of rows that were left behind: somebody has sorted or moved the printed columns without the hidden one, or has taken
//! that one out. What the program wrote into a row tells which it is.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::cell_ref::CellRef;
use crate::domain::digest::text_digest;
use crate::domain::sheet_names::{ANALYSIS, PLAN};
use crate::edits::columns::Layout;
use crate::edits::frame::is_text_of;
use crate::edits::grid::Grid;
use crate::edits::record::{Record, State};
use crate::edits::steps;
use crate::edits::value_text::value_text;
use crate::plan::items::{ANSWERS, REVIEW_KEY, TITLE};
use crate::write::printed::Wording;
use crate::write::xlsx::report::{analysis, plan};

/// The keys of rows as what stands in them tells; nothing where all stand where they were written.
pub(super) fn names(grid: &Grid<'_>, layout: Layout, record: &Record) -> Option<BTreeMap<u32, String>> {
    if record.state != State::Whole {
        return None;
    }
    let mut names = grid.names().clone();
    if grid.columns.key.is_none() {
        names.extend(by_frame(grid, layout, record));
    }
    match layout.name {
        ANALYSIS => by_question(grid, record, &mut names),
        PLAN => by_measure(grid, record, &mut names),
        _ => {}
    }
    (names != *grid.names()).then_some(names)
}

/// Rows by their titles, heads and labels, each key once.
fn by_frame(grid: &Grid<'_>, layout: Layout, record: &Record) -> BTreeMap<u32, String> {
    let mut names = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for cells in grid.sheet.rows() {
        let Some(row) = cells.first().map(|cell| cell.at.row) else { continue };
        let is_of = |column: &u32, digest: &str| {
            let cell = grid.sheet.get(CellRef::new(row, *column));
            cell.is_some_and(|cell| is_text_of(&value_text(&cell.value), digest))
        };
        // Titles and heads have one cell that tells, rows of tables several that do.
        let found = record.rows_of(layout.name).find(|(name, bases)| {
            // The result of a formula need not be stored.
            let mut texts = bases.iter().filter(|(_, base)| !base.is_live).peekable();
            let has_texts = texts.peek().is_some();
            !taken.contains(*name) && has_texts && texts.all(|(column, base)| is_of(column, &base.digest))
        });
        if let Some((name, _)) = found {
            taken.insert(name.to_owned());
            names.insert(row, name.to_owned());
        }
    }
    names
}

/// The questions of an analysis.
fn by_question(grid: &Grid<'_>, record: &Record, names: &mut BTreeMap<u32, String>) {
    let mut keys: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for name in record.names("A/", "/question") {
        let key = format!("A/{name}");
        if let Some(digest) = record.digest(&format!("{key}/question")) {
            keys.entry(digest).or_default().push(key);
        }
    }
    let text = |row: u32| text_digest(&grid.text(row, analysis::at::QUESTION.into()));
    let rows: Vec<u32> = grid.sheet.rows().filter_map(|cells| cells.first().map(|cell| cell.at.row)).collect();
    let own = |names: &BTreeMap<u32, String>, row: u32| {
        names.get(&row).map(|key| key.trim_end_matches(REVIEW_KEY).to_owned()).unwrap_or_default()
    };
    let is_right = |key: &str, row: u32| record.digest(&format!("{key}/question")) == Some(text(row).as_str());
    let mut taken: BTreeSet<String> =
        rows.iter().map(|row| own(names, *row)).filter(|key| !key.is_empty()).collect::<BTreeSet<_>>();
    let wrong: Vec<u32> = rows.iter().copied().filter(|row| !is_right(&own(names, *row), *row)).collect();
    // A key that stands beside another question is free for its own.
    for row in &wrong {
        let key = own(names, *row);
        if record.digest(&format!("{key}/question")).is_some() {
            taken.remove(&key);
        }
    }
    let mut issue = String::new();
    let mut given: Vec<(u32, String)> = Vec::new();
    for row in rows {
        let key = own(names, row);
        issue = key.split('/').nth(1).map_or(issue, str::to_owned);
        let Some(known) = wrong.contains(&row).then(|| keys.get(text(row).as_str())).flatten() else { continue };
        let free = known.iter().filter(|key| !taken.contains(*key));
        let in_issue = |key: &&String| key.split('/').nth(1) == Some(issue.as_str());
        if let Some(key) = free.clone().find(in_issue).or_else(|| free.clone().next()) {
            taken.insert(key.clone());
            given.push((row, key.clone()));
        }
    }
    give(names, given);
}

/// The texts of measures by their fingerprints: the columns of lines, steps and units.
struct Texts(BTreeMap<(char, String), Vec<(String, String)>>);

impl Texts {
    fn new(record: &Record) -> Self {
        let mut items: BTreeMap<(char, String), Vec<(String, String)>> = BTreeMap::new();
        for name in record.names("P/", "") {
            let parts: Vec<&str> = name.splitn(4, '/').collect();
            let [issue, measure, column, item] = parts.as_slice() else { continue };
            let digest = record.digest(&format!("P/{name}"));
            if let (Some(digest), Some(column)) = (digest, column.chars().next()) {
                let entry = (format!("P/{issue}/{measure}"), (*item).to_owned());
                items.entry((column, digest.to_owned())).or_default().push(entry);
            }
        }
        Self(items)
    }

    /// The measures that have a text in a column, each with what it is there.
    fn find(&self, column: char, text: &str) -> &[(String, String)] {
        let text = steps::without_number(text).1;
        let found = (!text.trim().is_empty()).then(|| self.0.get(&(column, text_digest(text)))).flatten();
        found.map(Vec::as_slice).unwrap_or_default()
    }
}

/// The measures of a plan and the texts in their rows.
fn by_measure(grid: &Grid<'_>, record: &Record, names: &mut BTreeMap<u32, String>) {
    use plan::at;
    let known = Texts::new(record);
    let mut given: Vec<(u32, Option<String>)> = Vec::new();
    // The measure whose rows these are, and whether it stands beside the keys of another.
    let (mut measure, mut has_moved) = (String::new(), false);
    for cells in grid.sheet.rows() {
        let Some(row) = cells.first().map(|cell| cell.at.row) else { continue };
        let key = names.get(&row).map(String::as_str).unwrap_or_default();
        let (own, _) = key.split_once('|').unwrap_or((key, ""));
        if !key.is_empty() && !key.contains('|') {
            // A heading, or a line to sign on.
            (measure, has_moved) = (String::new(), false);
            continue;
        }
        let [line, step, unit] = [at::MEASURE, at::STEPS, at::UNIT].map(|column| grid.text(row, column.into()));
        let found = [known.find('l', &line), known.find('s', &step), known.find('u', &unit)];
        // Many measures have the same unit.
        let [of_line, of_step, of_unit] = found;
        let is_by_unit = of_line.is_empty() && of_step.is_empty();
        let telling = if is_by_unit { [of_unit, &[]] } else { [of_line, of_step] };
        let is_of = |of: &str| telling.iter().copied().flatten().any(|(key, _)| key == of);
        let titles = of_line.iter().filter(|(_, item)| item == TITLE);
        // A number begins a measure, whatever its title is now: its first step tells.
        let is_first = !grid.text(row, at::NUMBER.into()).trim().is_empty();
        let by_step = of_step.iter().find(|_| is_first && !is_of(own));
        if let Some((title, _)) = titles.clone().find(|(key, _)| key == own).or(titles.clone().next()).or(by_step) {
            (measure, has_moved) = (title.clone(), title != own);
        } else if is_of(own) && !(has_moved && is_by_unit) || (!has_moved && !is_of(&measure)) {
            if !own.is_empty() {
                own.clone_into(&mut measure);
                has_moved = false;
            }
            continue;
        }
        if own == measure || measure.is_empty() {
            continue;
        }
        let is_answers = is_answers(grid, row);
        if !is_of(&measure) && !is_answers {
            // A row of the officer's between those of a measure that was moved.
            given.push((row, None));
            continue;
        }
        let name = |(column, of): (char, &[(String, String)])| {
            let item = of.iter().find(|(key, _)| *key == measure).map(|(_, item)| item.clone());
            let item = item.or((column == 'l' && is_first).then(|| TITLE.to_owned()));
            item.or((column == 'l' && is_answers).then(|| ANSWERS.to_owned())).unwrap_or_default()
        };
        let parts = [('l', of_line), ('s', of_step), ('u', of_unit)].map(name);
        given.push((row, Some(format!("{measure}|{}", parts.join("|")))));
    }
    for (row, _) in given.iter().filter(|(_, key)| key.is_none()) {
        names.remove(row);
    }
    give(names, given.into_iter().filter_map(|(row, key)| Some((row, key?))).collect());
}

/// Whether a row has the line that says what its measure answers.
fn is_answers(grid: &Grid<'_>, row: u32) -> bool {
    let answers = &Wording::built_in().plan.answers;
    let at = CellRef::new(row, grid.columns.now(plan::at::MEASURE.into()));
    let formula = grid.look.and_then(|look| look.formulas.get(&at));
    let text = grid.text(row, plan::at::MEASURE.into());
    text.starts_with(answers) || formula.is_some_and(|formula| formula.contains(answers))
}

/// Gives rows their keys; a row that has had one of these has none, unless it gets another.
fn give(names: &mut BTreeMap<u32, String>, given: Vec<(u32, String)>) {
    let new: BTreeSet<&str> = given.iter().map(|(_, key)| key.as_str()).collect();
    names.retain(|_, key| !new.contains(key.trim_end_matches(REVIEW_KEY)));
    names.extend(given);
}
