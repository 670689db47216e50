//! An agency's result: its figures, its issues, what should be looked at.

use maud::{Markup, html};

use crate::assess::Status;
use crate::batch::single_file::AgencyFiles;
use crate::domain::figure::two_decimals;
use crate::domain::language::Language;
use crate::finding::Severity;
use crate::serve::page::card::{downloads, path};
use crate::serve::page::{Voice, Wording, chart};
use crate::serve::results::{Details, Finding};
use crate::serve::shelf::ReadFile;

/// Everything about an agency, below its name.
pub(super) fn result(
    voice: Voice,
    (number, index): (u32, usize),
    file: &ReadFile,
    agency: &AgencyFiles,
    details: &Details,
) -> Markup {
    let words = &Wording::built_in().result;
    let name = details.agency.as_ref().map_or(voice.say(&words.unnamed), |given| given.value.as_str());
    html! {
        (figures(voice, details))
        section.fetch aria-labelledby="fetch" {
            h2 id="fetch" { (voice.say(&words.download)) }
            div.actions { (downloads(voice, &path(number, index), name, agency)) }
            @if !details.edits.is_empty() {
                p { (voice.fill(&words.carried, &[("count", &details.edits.len().to_string())])) }
            }
        }
        (findings(voice, details))
        section aria-labelledby="indicators" {
            h2 id="indicators" { (voice.say(&words.indicators)) }
            (chart::indicators(voice, details))
            dl.facts.small {
                @for instrument in &details.instruments {
                    div {
                        dt { (instrument.name) }
                        dd { (instrument.figure.shown().map(two_decimals).as_deref().unwrap_or(voice.say(&words.unknown))) }
                    }
                }
            }
        }
        (issues(voice, details))
        (origin(voice, file, details))
    }
}

fn figures(voice: Voice, details: &Details) -> Markup {
    let words = &Wording::built_in().result;
    let unknown = voice.say(&words.unknown);
    let level = details.level.published.as_deref().or(details.level.computed.as_deref());
    html! {
        dl.facts.head {
            div { dt { (voice.say(&words.total)) }
                dd.total id="total" { (details.total.shown().map(two_decimals).as_deref().unwrap_or(unknown)) } }
            div { dt { (voice.say(&words.level)) }
                dd.level id="level" lang=[level.map(|_| "th")] { (level.unwrap_or(unknown)) } }
            div { dt { (voice.say(&words.year)) } dd id="year" { (details.fiscal_year) } }
        }
        @if let Some(reason) = reason(voice, details) {
            p.reason { strong { (voice.say(&words.reason)) ": " } (reason) }
        }
    }
}

/// Why the level is not the next one.
fn reason(voice: Voice, details: &Details) -> Option<String> {
    let words = &Wording::built_in().result;
    let level = &details.level;
    if voice.language == Language::Thai || level.reason.is_empty() {
        return (!level.reason.is_empty()).then(|| level.reason.clone());
    }
    let short = level.shortfalls.iter().map(|short| {
        let (score, needed) = (two_decimals(short.score), two_decimals(short.needed));
        let texts = if short.name == "total" { &words.short_total } else { &words.short_instrument };
        voice.fill(texts, &[("name", &short.name), ("score", &score), ("needed", &needed)])
    });
    let short = short.collect::<Vec<_>>().join(", ");
    Some(if short.is_empty() {
        voice.say(&words.highest).to_owned()
    } else {
        voice.fill(&words.next_level, &[("short", &short)])
    })
}

fn issues(voice: Voice, details: &Details) -> Markup {
    let words = &Wording::built_in().result;
    html! {
        section aria-labelledby="issues" {
            h2 id="issues" { (voice.say(&words.issues)) }
            @if details.issues.is_empty() {
                p { (voice.say(&words.no_issues)) }
            } @else {
                table.issues {
                    thead {
                        tr {
                            th scope="col" { (voice.say(&words.issue)) }
                            th.number scope="col" { (voice.say(&words.mean)) }
                            th scope="col" { (voice.say(&words.status)) }
                            th scope="col" { (voice.say(&words.lowest)) }
                        }
                    }
                    tbody {
                        @for issue in &details.issues {
                            tr {
                                th scope="row" lang="th" { (issue.number) ". " (issue.title) }
                                td.number data-label=(voice.say(&words.mean)) {
                                    (issue.mean.map(two_decimals).as_deref().unwrap_or("-"))
                                }
                                td data-label=(voice.say(&words.status)) {
                                    span.chip.(issue.status) lang="th" { (status(&issue.status)) }
                                }
                                td data-label=(voice.say(&words.lowest)) {
                                    @if let Some(lowest) = &issue.lowest {
                                        (lowest.code) " (" (two_decimals(lowest.score)) ")"
                                    } @else { "-" }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The word of a status, as the workbook has it.
fn status(name: &str) -> &'static str {
    let named = |status: &Status| serde_json::to_value(status).is_ok_and(|value| value == name);
    Status::ALL.iter().find(|status| named(status)).map_or("", |status| status.thai())
}

fn findings(voice: Voice, details: &Details) -> Markup {
    let words = &Wording::built_in().result;
    let (notes, others): (Vec<&Finding>, Vec<&Finding>) =
        details.findings.iter().partition(|finding| finding.severity == Severity::Note);
    html! {
        section aria-labelledby="findings" {
            h2 id="findings" { (voice.say(&words.findings)) }
            @if others.is_empty() {
                p.clear { (voice.say(&words.no_findings)) }
            } @else {
                ul.findings { @for finding in others { (self::finding(voice, finding)) } }
            }
            @if !notes.is_empty() {
                details {
                    summary { (voice.fill(&words.notes, &[("count", &notes.len().to_string())])) }
                    ul.findings { @for finding in notes { (self::finding(voice, finding)) } }
                }
            }
        }
    }
}

fn finding(voice: Voice, finding: &Finding) -> Markup {
    let words = &Wording::built_in().result;
    let code = finding.code.to_string();
    let severity = match finding.severity {
        Severity::MustFix => "must-fix",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    html! {
        li.finding data-code=(code) {
            p { span.chip.(severity) { (finding.severity.name(voice.language)) } " " (finding.message.in_language(voice.language)) }
            @if !finding.places.is_empty() {
                p.places { strong { (voice.say(&words.cells)) ": " } (places(finding)) }
            }
            p.remedy {
                strong { (voice.say(&words.remedy)) ": " }
                (Wording::built_in().remedy(&code, &finding.hint, voice.language))
            }
        }
    }
}

/// The cells of a finding, the first few by name.
fn places(finding: &Finding) -> String {
    const MOST: usize = 12;
    let mut text = finding.places.iter().take(MOST).map(String::as_str).collect::<Vec<_>>().join(", ");
    if finding.places.len() > MOST {
        text.push_str(", …");
    }
    text
}

/// Where the scores were read.
fn origin(voice: Voice, file: &ReadFile, details: &Details) -> Markup {
    let words = &Wording::built_in().result;
    html! {
        section aria-labelledby="origin" {
            h2 id="origin" { (voice.say(&words.read_from)) }
            ul.origin {
                li { (voice.say(&words.file)) " " strong { (file.upload.name) } " · " (details.framework) }
                @for table in &details.tables {
                    @let texts = if table.turned { &words.of_row } else { &words.of_column };
                    li { (voice.fill(texts, &[("sheet", &table.sheet), ("column", &table.score_column)])) }
                }
            }
            @if !details.edits.is_empty() {
                details {
                    summary { (voice.fill(&words.edits, &[("count", &details.edits.len().to_string())])) }
                    ul.origin {
                        @for edit in &details.edits {
                            li {
                                @if let Some(from) = &edit.from { strong { (from) } " " }
                                (edit.text)
                            }
                        }
                    }
                }
            }
        }
    }
}
