//! The choices as fields of a form.

use maud::{Markup, html};

use crate::domain::language::Texts;
use crate::framework::Framework;
use crate::serve::choices::{Choices, INDICATOR};
use crate::serve::page::{Voice, Wording};

/// What is known of a file, to be offered for choice.
#[derive(Debug, Default)]
pub(super) struct Offered {
    /// The names of its sheets.
    pub sheets: Vec<String>,
    /// Columns that could hold the scores, with their headers.
    pub columns: Vec<(String, String)>,
    /// Indicators without a score.
    pub indicators: Vec<u8>,
    /// Whether the published total can be given.
    pub total: bool,
    /// What tells the form's fields from those of another on the page.
    pub prefix: &'static str,
}

/// What a field is called.
pub(super) fn label(field: &str) -> &'static Texts {
    let words = &Wording::built_in().choice;
    match field {
        "agency" => &words.agency,
        "district" => &words.district,
        "province" => &words.province,
        "year" => &words.year,
        "sheet" => &words.sheet,
        "code-column" => &words.code_column,
        "score-column" => &words.score_column,
        "total" => &words.total,
        "threshold" => &words.threshold,
        "measures" => &words.measures,
        "digits" => &words.digits,
        _ => &words.indicator,
    }
}

/// The fields, with what was chosen.
pub(super) fn fields(voice: Voice, choices: &Choices, offered: &Offered) -> Markup {
    let words = &Wording::built_in().choice;
    let text = |field: &str| text_field(voice, choices, offered, field, None);
    html! {
        fieldset {
            legend { (voice.say(&words.legend)) }
            div.fields {
                (text("agency"))
                (text("district"))
                (text("province"))
                (text_field(voice, choices, offered, "year", Some(&words.year_hint)))
            }
            datalist id={ (offered.prefix) "years" } {
                @for framework in Framework::all_built_in() { option value=(framework.year) {} }
            }
            (tick(voice, "force-year", &words.force_year, choices.force_year, offered))
            (tick(voice, "titles-checked", &words.titles_checked, choices.titles_checked, offered))
        }
        fieldset {
            legend { (voice.say(&words.legend_reading)) }
            div.fields {
                (text("sheet"))
                (text_field(voice, choices, offered, "code-column", Some(&words.column_hint)))
                (text_field(voice, choices, offered, "score-column", Some(&words.column_hint)))
            }
            @if !offered.sheets.is_empty() {
                datalist id={ (offered.prefix) "sheets" } {
                    @for sheet in &offered.sheets { option value=(sheet) {} }
                }
            }
            @if !offered.columns.is_empty() {
                datalist id={ (offered.prefix) "columns" } {
                    @for (column, header) in &offered.columns { option value=(column) { (header) } }
                }
            }
        }
        @if offered.total || !offered.indicators.is_empty() {
            fieldset {
                legend { (voice.say(&words.legend_figures)) }
                div.fields {
                    @for number in &offered.indicators { (indicator(voice, choices, offered, *number)) }
                    @if offered.total { (text("total")) }
                }
            }
        }
        fieldset {
            legend { (voice.say(&words.legend_output)) }
            div.fields {
                (text_field(voice, choices, offered, "threshold", Some(&words.threshold_hint)))
                (select(voice, choices, offered, "measures", &[
                    ("few", &words.few),
                    ("usual", &words.usual),
                    ("all", &words.all),
                ]))
                (select(voice, choices, offered, "digits", &[
                    ("report", &words.report),
                    ("thai", &words.thai),
                    ("arabic", &words.arabic),
                ]))
            }
        }
    }
}

fn text_field(voice: Voice, choices: &Choices, offered: &Offered, field: &str, hint: Option<&'static Texts>) -> Markup {
    let id = format!("{}{field}", offered.prefix);
    let hint_id = format!("{id}-hint");
    let list = match field {
        "year" => Some("years"),
        "sheet" if !offered.sheets.is_empty() => Some("sheets"),
        "score-column" if !offered.columns.is_empty() => Some("columns"),
        _ => None,
    };
    let list = list.map(|list| format!("{}{list}", offered.prefix));
    let is_number = matches!(field, "year" | "threshold" | "total");
    html! {
        div.field {
            label for=(id) { (voice.say(label(field))) }
            input type="text" id=(id) name=(field) value=(choices.text(field)) maxlength="200" autocomplete="off"
                list=[list] inputmode=[is_number.then_some("decimal")] aria-describedby=[hint.map(|_| hint_id.as_str())];
            @if let Some(hint) = hint { span.hint id=(hint_id) { (voice.say(hint)) } }
        }
    }
}

fn indicator(voice: Voice, choices: &Choices, offered: &Offered, number: u8) -> Markup {
    let name = format!("{INDICATOR}{number}");
    let id = format!("{}{name}", offered.prefix);
    let number_text = number.to_string();
    html! {
        div.field {
            label for=(id) {
                (voice.fill(&Wording::built_in().choice.indicator, &[("number", &number_text)]))
            }
            input type="text" id=(id) name=(name) value=(choices.indicator(number)) maxlength="10" autocomplete="off"
                inputmode="decimal";
        }
    }
}

fn select(
    voice: Voice,
    choices: &Choices,
    offered: &Offered,
    field: &str,
    options: &[(&str, &'static Texts)],
) -> Markup {
    let id = format!("{}{field}", offered.prefix);
    let chosen = choices.text(field);
    html! {
        div.field {
            label for=(id) { (voice.say(label(field))) }
            select id=(id) name=(field) {
                option value="" { (voice.say(&Wording::built_in().choice.by_program)) }
                @for (value, texts) in options {
                    option value=(value) selected[chosen == *value] { (voice.say(texts)) }
                }
            }
        }
    }
}

fn tick(voice: Voice, field: &str, texts: &'static Texts, ticked: bool, offered: &Offered) -> Markup {
    let id = format!("{}{field}", offered.prefix);
    html! {
        div.tick {
            input type="checkbox" id=(id) name=(field) value="on" checked[ticked];
            label for=(id) { (voice.say(texts)) }
        }
    }
}
