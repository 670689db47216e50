//! The page of an agency's result, or of a file that has none: with the choices to read it again.

use hyper::StatusCode;
use maud::{Markup, html};

use crate::finding::Severity;
use crate::serve::answer::{self, Answer};
use crate::serve::page::choices_form::{self, Offered};
use crate::serve::page::{Voice, Wording, agency, whole};
use crate::serve::results::{Column, Details, Finding};
use crate::serve::shelf::{Outcome, ReadFile};

/// An agency of a file by its number; what is known of it is `details`.
pub(in crate::serve) fn file(
    voice: Voice,
    (number, index): (u32, usize),
    file: &ReadFile,
    details: Option<&Details>,
) -> Answer {
    let wording = Wording::built_in();
    let words = &wording.result;
    let heading = match details {
        Some(details) => details.agency.as_ref().map_or(voice.say(&words.unnamed), |given| given.value.as_str()),
        None => voice.say(&words.failed),
    };
    let reason = match &file.outcome {
        Outcome::Failed(reason) => Some(reason),
        Outcome::Read { agencies, .. } => agencies.get(index).and_then(|agency| agency.agency.reason.as_ref()),
    };
    let content = html! {
        p.back { a href="/" { "← " (voice.say(&wording.page.back)) } }
        h1 { (heading) }
        @if let Some(details) = details {
            @if let Some(place) = place(details) { p.place lang="th" { (place) } }
        } @else {
            p.of-file { (file.upload.name) }
        }
        @if let Some(reason) = reason {
            section.notice {
                p.message { (Wording::message(&reason.message, voice.language)) }
                p { (wording.remedy(&reason.code, &reason.hint, voice.language)) }
            }
        }
        @if let (Some(details), Some(agency)) = (details, file.agencies().get(index)) {
            (agency::result(voice, (number, index), file, agency, details))
        }
        (settle(voice, number, file, details))
    };
    answer::page(StatusCode::OK, whole(voice, heading, &content, None, true))
}

/// Where the agency is.
fn place(details: &Details) -> Option<String> {
    let parts = [("อำเภอ", &details.district), ("จังหวัด", &details.province)];
    let known = parts.iter().filter_map(|(word, given)| given.as_ref().map(|given| format!("{word}{}", given.value)));
    let known = known.collect::<Vec<_>>().join(" ");
    (!known.is_empty()).then_some(known)
}

/// The choices, filled with those that were made; open where something needs them.
fn settle(voice: Voice, number: u32, file: &ReadFile, details: Option<&Details>) -> Markup {
    let words = Wording::built_in();
    let is_settled_here =
        |finding: &Finding| finding.severity > Severity::Note && words.remedies.contains_key(&finding.code.to_string());
    let needed = details.is_none_or(|details| {
        details.agency.is_none() || details.year.is_none() || details.findings.iter().any(is_settled_here)
    });
    html! {
        details.settle open[needed || !file.choices.is_empty()] {
            summary { h2 { (voice.say(&words.result.settle)) } }
            form method="post" action={ "/files/" (number) "/settle" } enctype="multipart/form-data" {
                (choices_form::fields(voice, &file.choices, &offered(file, details)))
                button.main type="submit" { (voice.say(&words.choice.again)) }
            }
        }
    }
}

fn offered(file: &ReadFile, details: Option<&Details>) -> Offered {
    let sheets = match &file.outcome {
        Outcome::Read { sheets, .. } => sheets.clone(),
        Outcome::Failed(_) => Vec::new(),
    };
    // Of several agencies a figure would count for all.
    let alone = file.agencies().len() <= 1;
    let mut offered = Offered { sheets, total: alone, prefix: "settle-", ..Offered::default() };
    let Some(details) = details else {
        offered.indicators = file.choices.given_indicators().collect();
        return offered;
    };
    for table in details.tables.iter().filter(|table| !table.turned) {
        let column = |column: &Column| (column.column.clone(), column.header.clone().unwrap_or_default());
        offered.columns.extend(table.choices.iter().map(column));
    }
    offered.columns.dedup();
    let given = |number: u8| !file.choices.indicator(number).is_empty();
    let indicators = details.indicators.iter().filter(|_| alone);
    offered.indicators = indicators
        .filter(|indicator| indicator.figure.shown().is_none() || given(indicator.name))
        .map(|indicator| indicator.name)
        .collect();
    offered
}
