//! What the program prints of a report, text by text, each under its key: by it an officer's edits are told.

use crate::domain::cell_name::CELL;
use crate::domain::digest::text_digest;
use crate::domain::digits::Digits;
use crate::plan::Phase;
use crate::plan::items::{CAUTION, analysis_key, measure_key, no_measures_key, note_key, signature_key};
use crate::recognise::TITLES_CHECKED;
use crate::report::Report;
use crate::write::printed::Printed;

/// A text of the program and its key.
pub(crate) type Entry = (String, String);

/// The texts of a report as the program itself would have them, in their order; nothing of an officer's is among them.
pub(crate) fn manifest(report: &Report, digits: Digits) -> Vec<Entry> {
    let printed = Printed::of_program(report, digits);
    let mut entries = Vec::new();
    if !printed.has_analysis() {
        return entries;
    }
    let plan = printed.plan;
    for issue in &plan.issues {
        for text in &issue.texts {
            for row in &text.rows {
                let key = analysis_key(issue.number, row.subject);
                entries.push((format!("{key}/text"), printed.row(row).joined()));
                entries.push((format!("{key}/question"), printed.subject(row).unwrap_or_default()));
            }
            let note = text.note.as_ref().map(|note| printed.note(note));
            entries.extend(note.map(|note| (format!("{}/text", note_key(issue.number, text.instrument)), note)));
        }
    }
    entries.push((format!("{CAUTION}/text"), plan.caution.clone()));
    for issue in &plan.issues {
        let why = issue.no_measures.clone();
        entries.extend(why.map(|why| (format!("{}/text", no_measures_key(issue.number)), why)));
        for planned in &issue.measures {
            let key = measure_key(issue.number, &planned.id);
            let items = printed.items(planned);
            let columns = [("l", items.lines), ("s", items.steps), ("u", items.units)];
            let items = columns.into_iter().flat_map(|(column, items)| {
                items.into_iter().map(move |item| (format!("{column}/{}", item.key), item.text))
            });
            entries.extend(items.map(|(name, text)| (format!("{key}/{name}"), text)));
            entries.push((format!("{key}/period"), planned.period.clone()));
            let phase = if planned.phase == Phase::First { "1" } else { "2" };
            entries.push((format!("{key}/phase"), phase.to_owned()));
        }
    }
    for (number, [left, right]) in (1..).zip(printed.signatures()) {
        let key = signature_key(number);
        entries.push((format!("{key}/left"), left));
        entries.push((format!("{key}/right"), right));
    }
    entries.extend(numbers(report));
    entries
}

/// The numbers and names that can be typed over, as the input gave them.
fn numbers(report: &Report) -> impl Iterator<Item = Entry> {
    let (submission, assessment) = (&report.submission, &report.assessment);
    let shown = |value: Option<String>| value.unwrap_or_default();
    let score =
        |code: &crate::framework::QuestionCode| assessment.score(*code).map(|score| score.normalize().to_string());
    let mut entries: Vec<Entry> = Vec::new();
    entries.extend(assessment.framework.questions.keys().map(|code| (format!("N/{code}"), shown(score(code)))));
    let number = |value: Option<rust_decimal::Decimal>| shown(value.map(|value| value.normalize().to_string()));
    for result in &assessment.indicators {
        entries.push((format!("N/indicator-{}", result.number), number(result.figure.published)));
    }
    for (instrument, figure) in &assessment.instruments {
        entries.push((format!("N/{}", instrument.name()), number(figure.published)));
    }
    let text = |given: &Option<crate::recognise::Given<String>>| shown(given.as_ref().map(|given| given.value.clone()));
    entries.push(("N/total".to_owned(), number(assessment.total.published)));
    entries.push(("N/threshold".to_owned(), number(Some(assessment.threshold))));
    entries.push(("N/rank".to_owned(), shown(assessment.rank.map(|rank| rank.to_string()))));
    entries.push(("N/level".to_owned(), shown(assessment.level.published.clone())));
    entries.push(("N/agency".to_owned(), text(&submission.agency)));
    entries.push(("N/district".to_owned(), text(&submission.district)));
    entries.push(("N/province".to_owned(), text(&submission.province)));
    entries.push(("N/year".to_owned(), assessment.framework.year.to_string()));
    let checked = report.titles_checked.then(|| assessment.framework.year.to_string());
    entries.push((format!("N/{TITLES_CHECKED}"), shown(checked)));
    entries.into_iter()
}

/// The lines of the hidden sheet: a key, a fingerprint, and `held` where the key is none of the program's present texts or
/// the fingerprint is that of an earlier one, which the officer has changed.
///
/// `things` are what else the workbook has, such as pictures, by their number.
pub(crate) fn lines(report: &Report, digits: Digits, things: &[(&str, usize)]) -> Vec<String> {
    let mut own = manifest(report, digits);
    own.extend(things.iter().map(|(name, count)| (format!("X/{name}"), count.to_string())));
    let held = &report.held;
    let mut lines: Vec<String> = own
        .iter()
        .map(|(key, text)| match held.get(key) {
            Some(digest) => format!("{digest} {key}"),
            None => format!("{} {key}", text_digest(text)),
        })
        .collect();
    let known: std::collections::BTreeSet<&str> = own.iter().map(|(key, _)| key.as_str()).collect();
    // Those of cells without a key stand with their rows.
    let more = held.iter().filter(|(key, _)| !known.contains(key.as_str()) && !key.starts_with(CELL));
    lines.extend(more.map(|(key, digest)| format!("{digest} {key} held")));
    lines
}
