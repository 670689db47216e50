//! The first page: where files are dropped, and the list of what came of them.

use std::sync::Arc;

use hyper::StatusCode;
use maud::{Markup, html};

use crate::serve::answer::{self, Answer};
use crate::serve::choices::Choices;
use crate::serve::page::choices_form::{self, Offered};
use crate::serve::page::{Voice, Wording, card, whole};
use crate::serve::shelf::ReadFile;

/// What the first page shows.
pub(in crate::serve) struct Home<'a> {
    /// The files, the newest first.
    pub files: &'a [(u32, Arc<ReadFile>)],
    /// Bytes that a file may have.
    pub file_bytes: u64,
    /// The endings of files that may hold scores.
    pub types: &'a [&'a str],
}

/// The first page.
pub(in crate::serve) fn home(voice: Voice, home: &Home<'_>) -> Answer {
    let wording = Wording::built_in();
    let words = &wording.home;
    let megabytes = (home.file_bytes >> 20).to_string();
    let accept = home.types.iter().map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(",");
    let offered = Offered { prefix: "choice-", ..Offered::default() };
    let content = html! {
        h1 { (voice.say(&words.heading)) }
        p.lead { (voice.say(&words.lead)) }
        p.private.line { (voice.say(&wording.page.private)) }
        form.send id="send" method="post" action="/files" enctype="multipart/form-data" {
            div.drop id="drop" {
                label.button.main for="file" { (voice.say(&words.choose)) }
                input type="file" id="file" name="file" multiple accept=(accept) aria-describedby="kinds";
                button.button id="folder" type="button" hidden { (voice.say(&words.folder)) }
                input type="file" id="folder-input" hidden multiple webkitdirectory tabindex="-1" aria-hidden="true";
                p.scripted hidden { (voice.say(&words.drop)) }
                p.hint id="kinds" { (voice.fill(&words.kinds, &[("megabytes", &megabytes)])) }
            }
            details.choices {
                summary { (voice.say(&words.choices)) }
                (choices_form::fields(voice, &Choices::default(), &offered))
            }
            button.main.unscripted type="submit" { (voice.say(&words.read)) }
        }
        div.progress id="progress" hidden {
            progress id="bar" max="1" value="0" aria-labelledby="said" {}
        }
        p.said id="said" role="status" aria-live="polite" {}
        section aria-labelledby="results" {
            h2 id="results" { (voice.say(&words.results)) }
            p id="none" hidden[!home.files.is_empty()] { (voice.say(&words.none)) }
            div.together id="together" hidden[home.files.is_empty()] role="group" aria-label=(voice.say(&words.together)) {
                span { (voice.say(&words.together)) ":" }
                a.button href="/all.zip" { (voice.say(&words.zip)) }
                a.button href="/overview.xlsx" { (voice.say(&words.overview)) }
                a.button href="/rows.csv" { (voice.say(&words.rows)) }
            }
            ul.cards id="cards" {
                @for (number, file) in home.files { (card(voice, *number, file)) }
            }
        }
    };
    let script = script(voice, home);
    answer::page(StatusCode::OK, whole(voice, voice.say(&wording.page.title), &content, Some(&script), true))
}

/// What the script needs to know.
fn script(voice: Voice, home: &Home<'_>) -> Markup {
    let words = &Wording::built_in().progress;
    html! {
        div id="for-script" hidden
            data-types=(home.types.join(" "))
            data-bytes=(home.file_bytes)
            data-waiting=(voice.say(&words.waiting))
            data-finished=(voice.say(&words.finished))
            data-passed=(voice.say(&words.passed))
            data-beyond=(voice.say(&words.beyond))
            data-lost=(voice.say(&words.lost))
            data-large=(voice.say(&words.large)) {}
    }
}
