//! Lists of words that labels, names, units and years are told by: see `words.toml`.

use std::sync::OnceLock;

use serde::Deserialize;

use crate::domain::embedded::embedded;

/// The lists of `words.toml`, which says what each is for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub(in crate::recognise) struct Words {
    pub sheets_aside: Vec<&'static str>,
    pub agency_labels: Vec<&'static str>,
    pub district_labels: Vec<&'static str>,
    pub province_labels: Vec<&'static str>,
    pub agency_headers: Vec<&'static str>,
    pub agency_words: Vec<&'static str>,
    pub before_provinces: Vec<&'static str>,
    pub provinces: Vec<&'static str>,
    pub after_name: Vec<&'static str>,
    pub after_place: Vec<&'static str>,
    pub lines_of_others: Vec<&'static str>,
    pub publisher: Vec<&'static str>,
    pub rarely_assessed: Vec<&'static str>,
    pub summary_ends: Vec<&'static str>,
    pub groups_of_agencies: Vec<&'static str>,
    pub headings: Vec<&'static str>,
    pub kinds_of_agencies: Vec<&'static str>,
    pub summaries: Vec<&'static str>,
    pub respondents: Vec<&'static str>,
    pub whole_agencies: Vec<&'static str>,
    pub parts_of_agencies: Vec<&'static str>,
    pub total_labels: Vec<&'static str>,
    pub whole_labels: Vec<&'static str>,
    pub sum_labels: Vec<&'static str>,
    pub level_labels: Vec<&'static str>,
    pub rank_labels: Vec<&'static str>,
    pub headers_of_counts: Vec<&'static str>,
    pub units_of_counts: Vec<&'static str>,
    pub year_words: Vec<&'static str>,
    pub lines_of_plans: Vec<&'static str>,
    pub lines_of_other_years: Vec<&'static str>,
    pub verbs_before_labels: Vec<&'static str>,
    pub no_score: Vec<&'static str>,
    pub before_codes: Vec<&'static str>,
    pub ends_of_years: Vec<&'static str>,
    pub before_numbers: Vec<&'static str>,
    pub rounds: Vec<&'static str>,
    pub public_half: Vec<&'static str>,
    pub survey_half: Vec<&'static str>,
    pub no_districts: Vec<&'static str>,
    pub headings_alone: Vec<&'static str>,
    pub words_of_places: Vec<&'static str>,
    pub no_places: Vec<&'static str>,
    pub headers_of_codes: Vec<&'static str>,
    pub headers_of_mentions: Vec<&'static str>,
    pub indicator_labels: Vec<&'static str>,
    pub before_instruments: Vec<&'static str>,
    pub of_whom: Vec<&'static str>,
    pub behind_levels: Vec<&'static str>,
    pub behind_totals: Vec<&'static str>,
    pub behind_national_ranks: Vec<&'static str>,
    pub before_short_years: Vec<&'static str>,
    pub before_years_of_sheets: Vec<&'static str>,
    pub from_results: Vec<&'static str>,
    pub behind_labels: Vec<&'static str>,
    pub verbs_behind_labels: Vec<&'static str>,
    pub before_scores: Vec<&'static str>,
    pub units_of_scores: Vec<&'static str>,
    pub labels_of_facts: Vec<&'static str>,
    pub level_words: Vec<&'static str>,
    pub headers_of_agencies_beside: Vec<&'static str>,
    pub headers_of_years: Vec<&'static str>,
    pub header_beginnings: Vec<&'static str>,
}

/// All lists.
pub(in crate::recognise) fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(read)
}

/// No input has a part in it.
#[expect(clippy::expect_used, reason = "a test holds that the file can be read")]
fn read() -> Words {
    serde_json::from_str(embedded!("recognise/words")).expect("the words that are compiled in")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_has_words_and_none_twice() {
        let all: toml::Table = toml::from_str(include_str!("words.toml")).expect("the file");
        assert!(!words().total_labels.is_empty());
        for (name, list) in &all {
            let list: Vec<&str> = list.as_array().into_iter().flatten().filter_map(toml::Value::as_str).collect();
            assert!(!list.is_empty(), "{name}");
            assert!(list.iter().enumerate().all(|(at, word)| !list[at + 1..].contains(word)), "{name}");
        }
    }
}
