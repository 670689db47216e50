//! What the page says, from `wording.toml`.

use std::sync::OnceLock;

use indexmap::IndexMap;
use serde::Deserialize;

use crate::domain::embedded::{self, embedded};
use crate::domain::language::{Language, Texts};

/// A group of texts, by their keys.
macro_rules! texts {
    ($(#[$doc:meta])* $name:ident: $($key:ident),+ $(,)?) => {
        $(#[$doc])*
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields, rename_all = "kebab-case")]
        pub(in crate::serve) struct $name {
            $(pub $key: Texts,)+
        }
    };
}

texts!(
    /// What stands on every page.
    PageWords: title, skip, other_language, private, kept, end, back, version
);
texts!(
    /// The first page.
    HomeWords: heading, lead, choose, folder, drop, kinds, read, choices, results, none, together, zip, overview, rows
);
texts!(
    /// What the script says.
    ProgressWords: waiting, finished, passed, beyond, lost, large
);
texts!(
    /// What came of a file.
    ResultWords: unnamed, year, total, level, unknown, file, read_from, of_column, of_row, workbook, document, both,
    failed, settle, remove, agencies, not_all, carried, must_fix, warnings, clear, download, reason, short_total,
    short_instrument, next_level, highest, indicators, indicator, score, bar, mark, below, issues, issue, mean,
    status, lowest, no_issues, findings, no_findings, cells, remedy, notes, edits
);
texts!(
    /// The choices.
    ChoiceWords: legend, legend_reading, legend_figures, legend_output, agency, district, province, year, year_hint,
    force_year, titles_checked, sheet, code_column, score_column, column_hint, indicator, total, threshold, threshold_hint,
    measures, few, usual, all, digits, report, thai, arabic, by_program, again
);
texts!(
    /// The page's end.
    EndedWords: heading, text, left
);
texts!(
    /// A request that is not carried out.
    RefusedWords: heading, again
);
texts!(
    /// Why, and what to do.
    RefusalWords: message, hint
);

/// All texts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::serve) struct Wording {
    pub page: PageWords,
    pub home: HomeWords,
    pub progress: ProgressWords,
    pub result: ResultWords,
    pub choice: ChoiceWords,
    pub ended: EndedWords,
    pub refused: RefusedWords,
    /// Refusals by their names.
    pub refusals: IndexMap<String, RefusalWords>,
    /// What to do about findings and errors, by their codes, where their own hints speak of flags.
    pub remedies: IndexMap<String, Texts>,
}

impl Wording {
    /// The texts that come with the program.
    pub fn built_in() -> &'static Self {
        static WORDING: OnceLock<Wording> = OnceLock::new();
        WORDING.get_or_init(|| embedded::read(embedded!("serve/page/wording")))
    }

    /// What to do about a finding or an error: on a page there are fields and no flags.
    pub fn remedy<'t>(&'t self, code: &str, hint: &'t Texts, language: Language) -> &'t str {
        self.remedies.get(code).unwrap_or(hint).in_language(language)
    }

    /// What is wrong, without the flag that would allow it.
    pub fn message(message: &Texts, language: Language) -> &str {
        let text = message.in_language(language);
        match text.rsplit_once(" (") {
            Some((before, flag)) if flag.contains("--") => before,
            _ => text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Cause;
    use crate::finding::{Finding, FindingCode};

    /// Errors that no file on a page can have: they are about outputs, settings and runs.
    const ELSEWHERE: [&str; 16] = [
        "no-edits",
        "no-follow-up",
        "draft",
        "advice",
        "settings",
        "output-exists",
        "output-not-alone",
        "output-not-rows",
        "several-agencies",
        "output-kept",
        "damaged-run-file",
        "broken-off",
        "no-office",
        "office",
        "network-not-offered",
        "page-not-started",
    ];

    /// Findings that no file on a page can have.
    const OF_SETTINGS: [FindingCode; 3] =
        [FindingCode::PreviousAgencyDiffers, FindingCode::AgencyDiffers, FindingCode::IssueSettingUnused];

    fn speaks_of_flags(text: &str) -> bool {
        ["--", "itasheet ", "profile.toml"].iter().any(|word| text.contains(word))
    }

    #[test]
    fn no_remedy_on_a_page_speaks_of_flags() {
        let wording = Wording::built_in();
        let findings = FindingCode::all()
            // Last year's figures and a profile are named to the command line alone.
            .filter(|code| !OF_SETTINGS.contains(code))
            .map(|code| (code.to_string(), Texts::in_both(|language| Finding::new(code, "").hint(language))));
        let errors = Cause::kinds(Language::Thai).zip(Cause::kinds(Language::English));
        let errors = errors.filter(|(kind, _)| !ELSEWHERE.contains(&kind.code)).map(|(thai, english)| {
            (thai.code.to_owned(), Texts { th: thai.hint.to_owned(), en: english.hint.to_owned() })
        });
        for (code, hint) in findings.chain(errors) {
            for language in [Language::Thai, Language::English] {
                let shown = wording.remedy(&code, &hint, language);
                assert!(!speaks_of_flags(shown), "{code}: {shown}");
            }
        }
    }

    #[test]
    fn every_remedy_is_of_a_hint_that_speaks_of_flags() {
        let known: Vec<String> = FindingCode::all()
            .map(|code| code.to_string())
            .chain(Cause::kinds(Language::Thai).map(|kind| kind.code.to_owned()))
            .collect();
        for code in Wording::built_in().remedies.keys() {
            assert!(known.contains(code), "there is nothing of the code {code}");
        }
    }

    #[test]
    fn a_message_names_no_flag() {
        let of = |text: &str| Texts { th: text.to_owned(), en: text.to_owned() };
        let message = of("the file's size in bytes is 2, more than the limit of 1 (--max-file-bytes raises it)");
        let shown = Wording::message(&message, Language::English);
        assert_eq!(shown, "the file's size in bytes is 2, more than the limit of 1");
        assert_eq!(Wording::message(&of("a (b) c (d)"), Language::Thai), "a (b) c (d)");
    }
}
