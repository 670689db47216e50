//! A new report and an officer's edits into the report that is written.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::config::Config;
use crate::domain::digest::{normalised, text_digest};
use crate::domain::digits::Digits;
use crate::domain::identity::Identity;
use crate::domain::place::shortened;
use crate::domain::sheet_names::{ANALYSIS, PLAN};
use crate::edits::arrange::{Slot, arrange};
use crate::edits::place::place;
use crate::edits::record::State;
use crate::edits::{AnalysisLine, CellText, Edits, IssueLines, MeasureLines, old_version, steps, tidy};
use crate::error::Error;
use crate::finding::{Finding, FindingCode};
use crate::plan::items::{ANSWERS, CAUTION, Outcome, measure_key, no_measures_key, signature_key};
use crate::plan::{ActionPlan, IssuePlan, Phase, PlannedMeasure};
use crate::report::{Input, Report};
use crate::write::printed::Printed;

/// Whose text is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Choice {
    Program,
    Officer,
}

/// What is known while a report is put together.
pub(super) struct Merge<'a> {
    pub edits: &'a Edits,
    pub printed: Printed<'a>,
    held: BTreeMap<String, String>,
    findings: Vec<Finding>,
    removed: BTreeSet<String>,
    stays: Vec<String>,
}

/// The report with the officer's words, and findings about them.
pub fn merge(report: Report, edits: &Edits, digits: Digits) -> Report {
    if !edits.is_of(&report) {
        let mut report = report;
        let said = [edits.fact("agency"), edits.fact("year")].into_iter().flatten().collect::<Vec<_>>().join(" ");
        report.assessment.add([Finding::new(FindingCode::EditsOfOther, edits.file.as_str()).found(said)]);
        return report;
    }
    let (plan, held, findings) = {
        let printed = Printed::of_program(&report, digits);
        let of_old_version = old_version::matched(edits, &report.plan, &printed);
        let edits = of_old_version.as_ref().unwrap_or(edits);
        let mut merge = Merge {
            edits,
            printed,
            held: BTreeMap::new(),
            findings: Vec::new(),
            removed: BTreeSet::new(),
            stays: Vec::new(),
        };
        let plan = merge.plan(&report.plan);
        merge.say_all();
        (plan, merge.held, merge.findings)
    };
    let mut report = report;
    report.held.extend(held);
    report.written = Some(Arc::new(std::mem::replace(&mut report.plan, plan)));
    report.assessment.add(findings);
    report
}

/// The report of an input's agency, by its number from 0, with the officer's edits; what was typed on the sheet of scores
/// counts before anything is computed.
///
/// # Errors
/// As the report itself has.
pub fn carry(
    report: Report,
    (input, number): (&Input, usize),
    edits: &Edits,
    config: &Config,
) -> Result<Report, Error> {
    let typed = edits.typed_values();
    let mut report = report;
    if !typed.0.is_empty() && edits.is_of(&report) {
        let config = Config { typed: Some(Arc::new(typed)), ..config.clone() };
        if let Some(again) = input.reports_from(number, &config)?.next() {
            report = again?;
        }
    }
    let is_of = edits.is_of(&report);
    let merged = merge(report, edits, config.digits());
    if !is_of {
        return Ok(merged);
    }
    place(merged, edits, config).map_err(|cause| Error::new(&input.path, cause))
}

impl Edits {
    /// Whether these are edits of the same agency's and year's workbook.
    pub fn is_of(&self, report: &Report) -> bool {
        let submission = &report.submission;
        let text = |given: &Option<crate::recognise::Given<String>>| given.as_ref().map(|given| given.value.clone());
        let (agency, district) = (text(&submission.agency), text(&submission.district));
        let province = text(&submission.province);
        let year = report.assessment.framework.year.to_string();
        // What was typed over the program's own is the same agency's still.
        let is_year = !self.is_changed("N/year", &year) || self.fact("year").is_none_or(|own| own == year);
        let was = agency.as_deref().is_some_and(|name| !self.is_changed("N/agency", name));
        let identity = Identity::new(agency.as_deref(), district.as_deref(), province.as_deref());
        let own = Identity::new(self.fact("agency"), self.fact("district"), self.fact("province"));
        let same = identity.zip(own).is_none_or(|(one, other)| one.may_be(&other));
        is_year && (was || same)
    }
}

impl Merge<'_> {
    /// Whose text is printed under a key.
    pub fn choose(&self, key: &str, text: &str, new: &str) -> Choice {
        let is_new = text_digest(text) == text_digest(new);
        if is_new || !self.edits.is_changed(key, text) { Choice::Program } else { Choice::Officer }
    }

    /// The text that is printed under a key; where both have changed it that is said.
    pub fn chosen(&mut self, key: &str, cell: &CellText, new: &str) -> String {
        match self.choose(key, &cell.text, new) {
            Choice::Program => new.to_owned(),
            Choice::Officer => {
                self.conflict(key, cell, new);
                tidy(&cell.text)
            }
        }
    }

    /// Says where the program has another text than it had when the officer changed it.
    pub fn conflict(&mut self, key: &str, cell: &CellText, new: &str) {
        let Some(base) = self.edits.record.digest(key) else { return };
        if base == text_digest(new) {
            return;
        }
        self.hold(key);
        let finding = Finding::new(FindingCode::EditConflict, place_name(key));
        let (_, text) = steps::without_number(&cell.text);
        self.findings.push(finding.found(tidy(text)).expected(normalised(new)));
    }

    /// Keeps the fingerprint that the program wrote under a key, so that the officer's change is still known as one.
    pub fn hold(&mut self, key: &str) {
        if let Some(digest) = self.edits.record.digest(key) {
            self.held.insert(key.to_owned(), digest.to_owned());
        }
    }

    pub fn removed(&mut self, keys: impl Iterator<Item = String>) {
        self.removed.extend(keys);
    }

    pub fn stays(&mut self, cell: &CellText) {
        self.stays.push(shortened(&tidy(&cell.text)));
    }

    fn plan(&mut self, program: &ActionPlan) -> ActionPlan {
        let mut plan = program.clone();
        for (index, issue) in plan.issues.iter_mut().enumerate() {
            let is_last = index + 1 == program.issues.len();
            for (number, text) in issue.texts.iter_mut().enumerate() {
                let is_end = is_last && number + 1 == program.issues.get(index).map_or(0, |issue| issue.texts.len());
                self.rows(issue.number, number == 0, is_end, text);
            }
        }
        if let Some(line) = self.line(CAUTION) {
            let [.., text] = &line.cells;
            plan.caution = self.chosen(&format!("{CAUTION}/text"), &text.clone(), &program.caution);
        }
        let known: Vec<&PlannedMeasure> = program.issues.iter().flat_map(|issue| &issue.measures).collect();
        let mut outcomes = BTreeMap::new();
        for issue in &mut plan.issues {
            let lines = self.edits.plan.iter().find(|lines| lines.issue == issue.number);
            if let Some(lines) = lines {
                self.issue(issue, lines, &known, &mut outcomes);
            }
        }
        plan.follow_up.added = self.edits.followed.clone();
        self.outcomes_without_measure(&mut outcomes, &mut plan);
        plan.follow_up.outcomes = outcomes;
        for followed in &mut plan.follow_up.added {
            let is_known = program.issues.iter().any(|issue| issue.number == followed.issue);
            followed.issue =
                if is_known { followed.issue } else { program.issues.first().map_or(0, |issue| issue.number) };
        }
        if !self.edits.last_year.measures.is_empty() {
            plan.follow_up.last_year = Some(self.edits.last_year.clone());
        }
        self.signatures(&mut plan);
        plan
    }

    pub(super) fn line(&self, key: &str) -> Option<&'_ AnalysisLine> {
        self.edits.analysis.iter().find(|line| line.key.as_deref() == Some(key))
    }

    fn issue(
        &mut self,
        issue: &mut IssuePlan,
        lines: &IssueLines,
        known: &[&PlannedMeasure],
        outcomes: &mut BTreeMap<(u8, String), Outcome>,
    ) {
        let edits = self.edits;
        let number = issue.number;
        if let (Some(why), Some(cell)) = (&issue.no_measures, &lines.none) {
            issue.no_measures = Some(self.chosen(&format!("{}/text", no_measures_key(number)), cell, why));
        }
        let start = format!("P/{number}/");
        let base: Vec<String> =
            edits.record.names(&start, "/period").iter().map(|name| format!("{start}{name}")).collect();
        let edited: Vec<Option<String>> = lines.measures.iter().map(|measure| measure.key.clone()).collect();
        let new: Vec<String> = issue.measures.iter().map(|measure| measure_key(number, &measure.id)).collect();
        let outcome = |measure: &MeasureLines| {
            let key = measure.key.as_ref()?.replacen('P', "F", 1);
            edits.outcomes.get(&key).filter(|outcome| !outcome.is_empty()).cloned()
        };
        let program = |key: &str| known.iter().find(|measure| key.rsplit('/').next() == Some(measure.id.as_str()));
        let stays = |at: usize| {
            let Some(measure) = lines.measures.get(at) else { return false };
            let key = measure.key.as_deref().unwrap_or_default();
            let is_moved =
                program(key).is_some() && !edits.record.names(key, "/period").is_empty() && !key.starts_with(&start);
            is_added(key) || is_moved || edits.is_measure_changed(measure) || outcome(measure).is_some()
        };
        let arranged = arrange(&base, &edited, &new, stays);
        self.removed(arranged.removed.iter().filter_map(|index| new.get(*index).cloned()));
        let mut taken: BTreeSet<String> = lines.measures.iter().filter_map(|measure| measure.key.clone()).collect();
        let mut measures: Vec<PlannedMeasure> = Vec::with_capacity(arranged.slots.len());
        for slot in arranged.slots {
            let (merged, edited) = match slot {
                Slot::New(index, at) => {
                    let Some(new) = issue.measures.get(index) else { continue };
                    match at.and_then(|at| lines.measures.get(at)) {
                        Some(edited) => (self.measure(new, edited, &measure_key(number, &new.id)), Some(edited)),
                        None => (new.clone(), None),
                    }
                }
                Slot::Officer(at) => {
                    let Some(edited) = lines.measures.get(at) else { continue };
                    (self.kept_measure(edited, number, &mut taken, program), Some(edited))
                }
            };
            let found = edited.and_then(|edited| outcome(edited).or_else(|| self.edits.added_outcome(edited)));
            outcomes.extend(found.map(|outcome| ((number, merged.id.clone()), outcome)));
            measures.push(merged);
        }
        // The second phase stands behind the first.
        measures.sort_by_key(|measure| measure.phase == Phase::Second);
        issue.measures = measures;
    }

    /// A measure that the program does not have in this issue.
    fn kept_measure<'m>(
        &mut self,
        edited: &MeasureLines,
        issue: u8,
        taken: &mut BTreeSet<String>,
        program: impl Fn(&str) -> Option<&'m &'m PlannedMeasure>,
    ) -> PlannedMeasure {
        let key = edited.key.as_deref().unwrap_or_default();
        if is_added(key) {
            let id = match key.rsplit('/').next().filter(|id| !id.is_empty()) {
                Some(id) => id.to_owned(),
                None => {
                    let free = (1..).map(|number| format!("{ADDED}{number}"));
                    let id = free.into_iter().find(|id| !taken.contains(&measure_key(issue, id))).unwrap_or_default();
                    taken.insert(measure_key(issue, &id));
                    id
                }
            };
            return self.officers_measure(edited, id, false);
        }
        if let Some(new) = program(key) {
            // It was moved here from another issue.
            return self.measure(new, edited, key);
        }
        let id = key.rsplit('/').next().unwrap_or_default().to_owned();
        for item in edited.lines.iter().chain(&edited.steps).chain(&edited.units) {
            let columns = ["l", "s", "u"];
            let name = item.key.clone().unwrap_or_default();
            // What it answered is not printed any more.
            if name != ANSWERS {
                columns.iter().for_each(|column| self.hold(&format!("{key}/{column}/{name}")));
            }
        }
        self.hold(&format!("{key}/period"));
        self.hold(&format!("{key}/phase"));
        let title = edited.lines.first().map(|line| tidy(&line.cell.text)).unwrap_or_default();
        self.findings.push(Finding::new(FindingCode::EditedMeasureStays, title));
        self.officers_measure(edited, id, true)
    }

    fn signatures(&mut self, plan: &mut ActionPlan) {
        let program = self.printed.signatures();
        let edits = self.edits;
        if edits.signatures.is_empty() {
            return;
        }
        let mut merged = Vec::new();
        for (number, [left, right]) in (1..).zip(&program) {
            let key = signature_key(number);
            let found = edits.signatures.iter().find(|(known, _)| known.as_ref() == Some(&key));
            merged.push(match found {
                Some((_, [own_left, own_right])) => [
                    self.chosen(&format!("{key}/left"), own_left, left),
                    self.chosen(&format!("{key}/right"), own_right, right),
                ],
                None => [left.clone(), right.clone()],
            });
        }
        for (key, cells) in &edits.signatures {
            let is_known =
                key.as_ref().is_some_and(|key| (1..=program.len()).any(|number| *key == signature_key(number)));
            if !is_known {
                merged.push(cells.each_ref().map(|cell| tidy(&cell.text)));
            }
        }
        if merged != program {
            plan.signatures = Some(merged);
        }
    }

    /// What is to be said about all of it.
    fn say_all(&mut self) {
        let file = self.edits.file.as_str();
        if self.edits.old {
            let mut places = self.edits.left().texts.clone();
            places.extend(old_version::without_place(self.edits).into_iter().map(|item| item.cell.place.clone()));
            let places = crate::domain::place::place_list(&places);
            let places = if places.is_empty() { "-".to_owned() } else { places };
            self.findings.push(Finding::new(FindingCode::EditsOfOldVersion, file).found(places));
        } else if self.edits.record.state != State::Whole {
            self.findings.push(Finding::new(FindingCode::EditsWithoutRecord, file));
        }
        // Of a version without a record nothing tells what was taken out.
        if !self.removed.is_empty() && !self.edits.old {
            let names = std::mem::take(&mut self.removed).into_iter().collect::<Vec<_>>().join(", ");
            self.findings.push(Finding::new(FindingCode::EditRemoved, names));
        }
        if !self.stays.is_empty() {
            let texts = std::mem::take(&mut self.stays).join(" / ");
            self.findings.push(Finding::new(FindingCode::EditStays, texts));
        }
        let left = self.edits.left();
        if !left.is_empty() {
            let finding = Finding::new(FindingCode::EditsNotCarried, file).at(left.texts.iter().cloned());
            let counts = [left.sheets, left.pictures, left.comments, left.widths, left.colours, left.formulas];
            let counts = counts.into_iter().chain([left.texts.len()]).map(|count| count.to_string());
            self.findings.push(finding.found(counts.collect::<Vec<_>>().join(" / ")));
        }
    }
}

/// Where a text stands, by its key and not by its cell, which moves from workbook to workbook.
fn place_name(key: &str) -> String {
    let sheet = if key.starts_with('A') { ANALYSIS } else { PLAN };
    let parts: Vec<&str> = key.split('/').skip(1).collect();
    let name = match parts.as_slice() {
        [_, subject, _] if key.starts_with('A') => (*subject).to_owned(),
        [issue, _, ..] => (*issue).to_owned(),
        _ => String::new(),
    };
    format!("{sheet} {name}").trim().to_owned()
}

/// What the names of measures begin with that an officer has added.
const ADDED: &str = "added-";

fn is_added(key: &str) -> bool {
    key.is_empty() || key.rsplit('/').next().is_some_and(|id| id.starts_with(ADDED))
}
