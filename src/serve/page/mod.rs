//! The page itself: markup made of results and choices, with its style, its script and its words.
//!
//! It takes what is known of files and gives markup in which every text is escaped by the macro that makes it; nothing here is
//! marked as escaped already. Style, script and picture are files beside this one, compiled in. It reads no request and no file.

mod agency;
mod card;
mod chart;
mod choices_form;
mod file;
mod home;
mod wording;

use hyper::StatusCode;
use maud::{DOCTYPE, Markup, html};

pub(super) use crate::serve::page::card::card;
pub(super) use crate::serve::page::file::file;
pub(super) use crate::serve::page::home::{Home, home};
pub(super) use crate::serve::page::wording::Wording;

use crate::domain::language::{Language, Texts};
use crate::serve::answer::{self, Answer};
use crate::serve::refusal::Refusal;
use crate::write::printed::fill;

/// The page's style.
pub(super) const STYLE: &str = include_str!("page.css");

/// Its script.
pub(super) const SCRIPT: &str = include_str!("page.js");

/// Its picture in the browser's tab.
pub(super) const ICON: &str = include_str!("icon.svg");

/// How a page speaks, and for how long its results are kept.
#[derive(Debug, Clone, Copy)]
pub(super) struct Voice {
    pub language: Language,
    pub kept_minutes: u64,
}

impl Voice {
    /// A text in the page's language.
    pub fn say(self, texts: &'static Texts) -> &'static str {
        texts.in_language(self.language)
    }

    /// The same with words filled in.
    pub fn fill(self, texts: &'static Texts, words: &[(&str, &str)]) -> String {
        fill(texts.in_language(self.language), words)
    }

    /// The language's name in markup.
    fn tag(self) -> &'static str {
        self.language.pick("th", "en")
    }
}

/// A whole page around its content.
pub(super) fn whole(voice: Voice, heading: &str, content: &Markup, script: Option<&Markup>, ends: bool) -> Markup {
    let words = &Wording::built_in().page;
    let other = voice.language.pick("en", "th");
    let minutes = voice.kept_minutes.to_string();
    html! {
        (DOCTYPE)
        html lang=(voice.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (heading) " · itasheet" }
                link rel="stylesheet" href="/page.css";
                link rel="icon" type="image/svg+xml" href="/icon.svg";
                script src="/page.js" defer {}
            }
            body {
                a.skip href="#content" { (voice.say(&words.skip)) }
                header.top {
                    a.brand href="/" { span.mark aria-hidden="true" { "ITA" } span { "itasheet" } }
                    nav.tools aria-label="itasheet" {
                        a.language href={ "?lang=" (other) } lang=(other) hreflang=(other) {
                            (voice.say(&words.other_language))
                        }
                        @if ends {
                            form method="post" action="/end" {
                                button.quiet type="submit" { (voice.say(&words.end)) }
                            }
                        }
                    }
                }
                @if ends { p.lost id="lost" role="alert" hidden { (voice.say(&Wording::built_in().progress.lost)) } }
                main #content tabindex="-1" { (content) }
                footer.foot {
                    p.private { (voice.say(&words.private)) }
                    p { (voice.fill(&words.kept, &[("minutes", &minutes)])) }
                    p.version { (voice.fill(&words.version, &[("version", env!("CARGO_PKG_VERSION"))])) }
                }
                @if let Some(script) = script { (script) }
            }
        }
    }
}

/// The page that says that there is none any more, and whether its files are gone.
pub(super) fn ended(voice: Voice, gone: bool) -> Answer {
    let words = &Wording::built_in().ended;
    let heading = voice.say(&words.heading);
    let content = html! {
        section.notice {
            h1 { (heading) }
            p { (voice.say(if gone { &words.text } else { &words.left })) }
        }
    };
    answer::page(StatusCode::OK, whole(voice, heading, &content, None, false))
}

/// What a refusal says: what is wrong, and what to do.
fn refusal_texts(voice: Voice, refusal: &Refusal) -> (String, &'static str) {
    let wording = Wording::built_in();
    let Some(words) = wording.refusals.get(refusal.code()) else { return (refusal.code().to_owned(), "") };
    let label = match refusal {
        Refusal::Choice { field, .. } => voice.say(choices_form::label(field)),
        _ => "",
    };
    let given = refusal.words();
    let filled: Vec<(&str, &str)> =
        given.iter().map(|(word, text)| (*word, text.as_str())).chain([("label", label)]).collect();
    (voice.fill(&words.message, &filled), voice.say(&words.hint))
}

/// The page in place of what was asked for.
pub(super) fn refused(voice: Voice, refusal: &Refusal) -> Answer {
    let words = &Wording::built_in().refused;
    let heading = voice.say(&words.heading);
    let (message, hint) = refusal_texts(voice, refusal);
    let content = html! {
        section.notice {
            h1 { (heading) }
            p.message { (message) }
            p { (hint) }
            p { a href="/" { (voice.say(&words.again)) } }
        }
    };
    answer::page(refusal.status(), whole(voice, heading, &content, None, false))
}

/// The same for the script, which shows it in its place.
pub(super) fn refused_in_words(voice: Voice, refusal: &Refusal) -> Answer {
    let (message, hint) = refusal_texts(voice, refusal);
    answer::text(refusal.status(), format!("{message} {hint}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_has_its_words_and_none_is_left_open() {
        let refusals = [
            Refusal::Host,
            Refusal::Origin,
            Refusal::Cookie,
            Refusal::NotFound,
            Refusal::Method,
            Refusal::NotForm,
            Refusal::NoFile,
            Refusal::TooLarge(64 << 20),
            Refusal::TooManyFiles(200),
            Refusal::TooSlow,
            Refusal::Full,
            Refusal::Ended,
            Refusal::Choice { field: "year", given: "67".to_owned() },
            Refusal::System(std::io::ErrorKind::StorageFull.into()),
        ];
        assert_eq!(refusals.len(), Wording::built_in().refusals.len());
        for refusal in refusals {
            for language in [Language::Thai, Language::English] {
                let (message, hint) = refusal_texts(Voice { language, kept_minutes: 60 }, &refusal);
                assert!(message.len() > 10 && hint.len() > 10, "{message} {hint}");
                assert!(!message.contains('{'), "{message}");
            }
        }
    }
}
