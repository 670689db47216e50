//! A file on the list: what came of it in a few lines, and what can be fetched.

use maud::{Markup, html};

use crate::batch::single_file::AgencyFiles;
use crate::domain::figure::two_decimals;
use crate::finding::Severity;
use crate::serve::page::{Voice, Wording};
use crate::serve::shelf::{Outcome, ReadFile};

/// A file's entry.
pub(in crate::serve) fn card(voice: Voice, number: u32, file: &ReadFile) -> Markup {
    let words = &Wording::built_in().result;
    html! {
        li.card id={ "file-" (number) } {
            @match &file.outcome {
                Outcome::Failed(reason) => {
                    div.failed {
                        h3 { (file.upload.name) }
                        p.message {
                            strong { (voice.say(&words.failed)) ": " }
                            (Wording::message(&reason.message, voice.language))
                        }
                        p { (Wording::built_in().remedy(&reason.code, &reason.hint, voice.language)) }
                    }
                }
                Outcome::Read { agencies, count, .. } => {
                    @if *count > 1 {
                        p.of-file {
                            (file.upload.name) " · "
                            (voice.fill(&words.agencies, &[("count", &count.to_string())]))
                        }
                    }
                    @for (index, agency) in agencies.iter().enumerate() {
                        (entry(voice, (number, index), file, agency, *count == 1))
                    }
                    @if *count > agencies.len() {
                        p { (voice.fill(&words.not_all, &[("shown", &agencies.len().to_string())])) }
                    }
                }
            }
            @if file.agencies().len() != 1 {
                div.actions {
                    @if let Outcome::Failed(_) = &file.outcome {
                        a.button href={ "/files/" (number) }
                            aria-label=(named(voice.say(&words.settle), &file.upload.name)) {
                            (voice.say(&words.settle))
                        }
                    }
                    (remove(voice, number, file))
                }
            }
        }
    }
}

/// The button that takes a file off the list.
fn remove(voice: Voice, number: u32, file: &ReadFile) -> Markup {
    let text = voice.say(&Wording::built_in().result.remove);
    html! {
        form.remove method="post" action={ "/files/" (number) "/remove" } {
            button.quiet type="submit" aria-label=(named(text, &file.upload.name)) { (text) }
        }
    }
}

/// What a button does, and with what: a screen reader reads buttons without what stands around them.
pub(super) fn named(what: &str, name: &str) -> String {
    format!("{what}: {name}")
}

/// Where an agency's result is.
pub(super) fn path(number: u32, index: usize) -> String {
    format!("/files/{number}/{index}")
}

fn entry(voice: Voice, (number, index): (u32, usize), file: &ReadFile, agency: &AgencyFiles, alone: bool) -> Markup {
    let words = &Wording::built_in().result;
    let result = agency.agency.result();
    let name = result.as_ref().and_then(|result| result.agency.clone());
    let name = name.unwrap_or_else(|| voice.say(&words.unnamed).to_owned());
    let unknown = voice.say(&words.unknown);
    let total = result.as_ref().and_then(|result| result.total).map(two_decimals);
    let path = path(number, index);
    html! {
        article.entry {
            div.whose {
                h3 { a href=(path) { (name) } }
                @if alone { p.of-file { (file.upload.name) } }
                (counts(voice, agency))
            }
            dl.facts {
                @if let Some(result) = &result {
                    div { dt { (voice.say(&words.year)) } dd { (result.year) } }
                    div { dt { (voice.say(&words.total)) } dd.total { (total.as_deref().unwrap_or(unknown)) } }
                    div { dt { (voice.say(&words.level)) } dd { (result.level.as_deref().unwrap_or(unknown)) } }
                }
            }
            div.actions {
                (downloads(voice, &path, &name, agency))
                @if alone { (remove(voice, number, file)) }
            }
        }
    }
}

/// How much there is to look at.
fn counts(voice: Voice, agency: &AgencyFiles) -> Markup {
    let words = &Wording::built_in().result;
    let findings = agency.agency.findings();
    let count = |severity| findings.iter().filter(|finding| finding.code.severity() == severity).count();
    let (must_fix, warnings) = (count(Severity::MustFix), count(Severity::Warning));
    html! {
        @if let Some(reason) = &agency.agency.reason {
            p.message { (Wording::message(&reason.message, voice.language)) }
            p { (Wording::built_in().remedy(&reason.code, &reason.hint, voice.language)) }
        }
        p.counts {
            @if must_fix > 0 {
                span.chip.must-fix { (voice.fill(&words.must_fix, &[("count", &must_fix.to_string())])) } " "
            }
            @if warnings > 0 {
                span.chip.warning { (voice.fill(&words.warnings, &[("count", &warnings.to_string())])) }
            }
            @if must_fix + warnings == 0 && agency.agency.reason.is_none() {
                span.chip.clear { (voice.say(&words.clear)) }
            }
        }
    }
}

/// What can be fetched of an agency.
pub(super) fn downloads(voice: Voice, path: &str, name: &str, agency: &AgencyFiles) -> Markup {
    let words = &Wording::built_in().result;
    let link = |kind: &str, text: &str, main: bool| {
        html! {
            a.button.main[main] href={ (path) "/" (kind) } aria-label=(named(text, name)) { (text) }
        }
    };
    html! {
        @if agency.workbook.is_some() {
            (link("workbook", voice.say(&words.workbook), true))
            @if agency.document.is_some() {
                (link("document", voice.say(&words.document), true))
                (link("both", voice.say(&words.both), false))
            }
        }
    }
}
