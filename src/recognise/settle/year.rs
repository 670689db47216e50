//! The fiscal year of a book whose sheets may name several.

use crate::finding::{Finding, FindingCode};
use crate::read::Cell;
use crate::recognise::cell::{score, year};
use crate::recognise::submission::{Fact, Given, Submission};
use crate::recognise::{CodedSheet, Hints};

/// Longer texts, in bytes, are no headers.
const LONGEST_HEADER: usize = 80;

/// The fiscal year: the user's, else the newest that there is a framework for, of those that sheets full of codes name; else
/// any that a sheet names. Sheets of other years are dropped where one of this year has codes.
pub(in crate::recognise) fn settle(coded: &mut Vec<CodedSheet<'_>>, hints: &Hints, submission: &mut Submission) {
    let years = || coded.iter().filter_map(|coded_sheet| coded_sheet.facts.year.as_ref());
    let known = |given: &&Given<u16>| hints.has_framework(given.value);
    let most = coded.iter().map(CodedSheet::codes).max().unwrap_or_default();
    let full = || coded.iter().filter(|coded_sheet| coded_sheet.codes() * 2 >= most.max(1));
    // A plan's year is not that of the result on another sheet.
    let has_result = full().any(|coded_sheet| coded_sheet.facts.year.is_some() && !is_plan(coded_sheet));
    let of_results = full().filter(|coded_sheet| !(has_result && is_plan(coded_sheet)));
    // Of equal ones the first.
    let newest = of_results
        .filter_map(|coded_sheet| coded_sheet.facts.year.as_ref())
        .filter(known)
        .reduce(|best, other| if other.value > best.value { other } else { best });
    submission.year = newest.or_else(|| years().find(known)).or_else(|| years().next()).cloned();
    let Some(year) = hints.year.or(submission.year.as_ref().map(|given| given.value)) else { return };
    // A sheet that was copied from last year's may have this year's title, or this year's the old one.
    let fits = |coded_sheet: &CodedSheet<'_>| {
        let of_tab = year::of_sheet(&coded_sheet.sheet.name);
        coded_sheet.facts.year.as_ref().is_none_or(|given| given.value == year) && of_tab.is_none_or(|tab| tab == year)
    };
    if coded.iter().any(|coded_sheet| fits(coded_sheet) && !coded_sheet.rows.is_empty()) {
        let left = coded.iter().filter(|coded_sheet| !fits(coded_sheet) && !coded_sheet.rows.is_empty());
        let left: Vec<&Given<u16>> = left.filter_map(|coded_sheet| coded_sheet.facts.year.as_ref()).collect();
        let settled = submission.year.clone();
        submission.findings.extend(others(year, settled.as_ref(), &left));
        coded.retain(fits);
    }
}

/// Whether a sheet's year stands in a line about something else than a result.
fn is_plan(coded_sheet: &CodedSheet<'_>) -> bool {
    let years = coded_sheet.facts.choices.iter().filter(|choice| choice.of == Fact::Year && choice.taken);
    years.flat_map(|choice| &choice.evidence).any(|evidence| evidence.rule == OTHER_LINE)
}

/// The reason against a year that stands in such a line.
const OTHER_LINE: &str = "other-line";

/// The year by which the file calls the result that is read: the user's where a title or a header names it, else the one
/// that the file tells. A wrong title is no reason to take the result for another year's.
pub(in crate::recognise) fn in_file(coded: &[CodedSheet<'_>], wanted: Option<u16>, told: Option<u16>) -> Option<u16> {
    let (Some(wanted), Some(told)) = (wanted, told) else { return wanted.or(told) };
    let named = || coded.iter().any(|coded_sheet| coded_sheet.sheet.rows().any(|row| names(row, wanted)));
    Some(if wanted == told || named() { wanted } else { told })
}

/// Whether a row names a year in a title or a header.
fn names(row: &[Cell], wanted: u16) -> bool {
    row.iter().enumerate().any(|(index, cell)| {
        let text = cell.value.to_string();
        let told = year::of_title(&text, row.get(index + 1)).filter(|(rank, _)| *rank < year::ASIDE);
        // Headers stand side by side and are short; a score of 67 is no year.
        let is_short = row.len() > 1 && text.len() < LONGEST_HEADER;
        let is_header = || is_short && (year::is_year(&text) || score::number(&cell.value).is_none());
        told.is_some_and(|(_, year)| year == wanted) || (is_header() && year::of_header(&text) == Some(wanted))
    })
}

/// Says which years' scores were left out, where there are any.
pub(in crate::recognise) fn others(year: u16, settled: Option<&Given<u16>>, left: &[&Given<u16>]) -> Option<Finding> {
    let mut years: Vec<String> = left.iter().map(|given| given.value.to_string()).collect();
    years.dedup();
    let places = settled.into_iter().chain(left.iter().copied()).filter_map(Given::place).cloned();
    let finding = Finding::new(FindingCode::OtherYearIgnored, "").at(places.collect::<Vec<_>>());
    (!years.is_empty()).then(|| finding.found(year).expected(years.join(", ")))
}
