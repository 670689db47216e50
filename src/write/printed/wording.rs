//! The words of `wording.toml`.

use std::sync::OnceLock;

use serde::Deserialize;

use crate::domain::embedded;
use crate::domain::embedded::embedded;

/// What is printed beside the texts of the analysis and the plan. What stands in braces is put in by [`fill`].
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wording {
    /// What stands where the agency's name is not known.
    pub no_agency: String,
    /// The document's name in a year whose framework has none.
    pub document: String,
    /// What the document shows: `{assessment}`.
    pub shows: String,
    /// A line with the year: `{year}`.
    pub year: String,
    /// The sentence of the result: `{agency}`, `{total}`, `{level}`.
    pub sentence: String,
    /// What every page of a draft says: `{year}`.
    pub draft: String,
    /// What takes the place of both parts: `{assessment}`.
    pub no_issues: String,
    /// What the agency's picture is.
    pub logo: String,
    /// A file's title that asks for what is bad, behind what its question is about: `{topic}`, `{title}`.
    pub adverse_title: String,
    /// The table of indicators.
    pub indicators: IndicatorWords,
    /// Part 1.
    pub analysis: AnalysisWords,
    /// Part 2.
    pub plan: PlanWords,
    /// What has come of the plan.
    pub follow_up: FollowUpWords,
    /// What only the Word document has.
    pub word: DocumentWords,
}

/// The words of the table of indicators.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct IndicatorWords {
    /// Its heads.
    pub heads: [String; 4],
    /// An instrument's row: `{instrument}`.
    pub instrument: String,
    /// What follows where its weight is known: `{weight}`.
    pub weight: String,
    /// The total's row.
    pub total: String,
}

/// The words of part 1.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnalysisWords {
    /// Its heading: `{part}`, `{year}`.
    pub part: String,
    /// An issue's heading: `{number}`, `{title}`.
    pub issue: String,
    /// An indicator that has a row: `{number}`, `{title}`.
    pub indicator: String,
}

/// The words of part 2.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlanWords {
    /// Its heading: `{part}`, `{year}`.
    pub part: String,
    /// An issue's heading: `{number}`, `{title}`.
    pub issue: String,
    /// What stands before the results that a measure answers.
    pub answers: String,
    /// A question among them: `{code}`.
    pub question: String,
    /// An indicator among them: `{number}`.
    pub indicator: String,
    /// Its score: `{score}`.
    pub score: String,
    /// What comes out of a measure: `{output}`.
    pub output: String,
    /// How a measure's success is measured: `{success}`.
    pub success: String,
    /// The lines to sign on, left and right: `{dots}`.
    pub signatures: Vec<[String; 2]>,
}

/// The words that only the Word document has.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DocumentWords {
    /// The prescribed heads of an issue's table.
    pub analysis_heads: [String; 6],
    /// The prescribed heads of the plan.
    pub plan_heads: [String; 5],
    /// The heading over the result.
    pub result: String,
    /// The heading of the table of contents.
    pub contents: String,
    /// The heading of the appendix: `{year}`.
    pub appendix: String,
    /// Its heads.
    pub appendix_heads: [String; 4],
    /// The covering memo.
    pub memo: MemoWords,
    /// The title among the document's properties: `{document}`, `{agency}`, `{year}`.
    pub title: String,
    /// The caption of the table of indicators: `{number}`.
    pub table_caption: String,
    /// The caption of the chart: `{number}`, `{threshold}`.
    pub chart_caption: String,
    /// What the numbers below the columns are.
    pub chart_axis: String,
    /// What the columns are.
    pub chart_scores: String,
    /// What the line is: `{threshold}`.
    pub chart_mark: String,
    /// The chart in words, for who cannot see it: `{threshold}`, `{scores}`.
    pub chart_description: String,
    /// What stands before a page's number.
    pub page: String,
    /// What the document was made from: `{file}`, `{sha256}`, `{version}`.
    pub small_print: String,
}

/// The words about what has come of the plan.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FollowUpWords {
    /// The name of the document and of the sheet's title where the framework has none.
    pub document: String,
    /// The heads of the measures.
    pub heads: [String; 8],
    /// What a measure's status can be; the third is that of one that is done.
    pub states: [String; 4],
    /// The heads of the totals.
    pub total_heads: [String; 4],
    /// The heading of the totals.
    pub totals: String,
    /// How many measures there are: `{agency}`, `{year}`, `{number}`.
    pub sentence: String,
    /// How many are in a state: `{state}`, `{number}`.
    pub count: String,
    /// The state of those of which none is told.
    pub no_state: String,
    /// The heading of the measures.
    pub details: String,
    /// What stands in place of the title of a measure that was taken out of the plan.
    pub gone: String,
}

/// The words of the covering memo.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MemoWords {
    /// What it is.
    pub title: String,
    /// What stands before the agency, the number, the date and the subject.
    pub office: String,
    pub number: String,
    pub date: String,
    pub subject: String,
    /// The subject: `{document}`, `{year}`.
    pub subject_text: String,
    /// To whom it goes: `{dots}`.
    pub to: String,
    /// That the result has been announced: `{assessment}`, `{year}`, `{agency}`.
    pub announced: String,
    /// The result: `{total}`, `{level}`.
    pub result: String,
    /// What follows where there is none.
    pub no_result: String,
    /// What was made of it: `{document}`, `{issues}`, `{measures}`, `{next}`.
    pub plan: String,
    /// What is asked for.
    pub asked: String,
    /// Under which item of which year it is published, where that is known.
    pub item: String,
    /// The lines to sign on: `{dots}`.
    pub signature: Vec<String>,
}

impl Wording {
    /// The words as they are compiled in.
    pub(crate) fn built_in() -> &'static Self {
        static WORDING: OnceLock<Wording> = OnceLock::new();
        // A test holds that the file is complete.
        WORDING.get_or_init(|| embedded::read(embedded!("write/printed/wording")))
    }
}

/// A text with each `{name}` replaced by what is given for it; a value's own braces stay.
pub(crate) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        filled.push_str(before);
        let known = behind.split_once('}').and_then(|(name, after)| {
            let (_, value) = values.iter().find(|(known, _)| *known == name)?;
            Some((*value, after))
        });
        match known {
            Some((value, after)) => {
                filled.push_str(value);
                rest = after;
            }
            None => {
                filled.push('{');
                rest = behind;
            }
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_is_not_looked_at_again() {
        assert_eq!(fill("{a} {b} {c}", &[("a", "{b}"), ("b", "1")]), "{b} 1 {c}");
    }

    #[test]
    fn every_place_of_the_built_in_words_is_one_that_is_filled() {
        let known = [
            "agency",
            "total",
            "level",
            "assessment",
            "year",
            "instrument",
            "weight",
            "part",
            "number",
            "title",
            "code",
            "score",
            "success",
            "dots",
            "document",
            "threshold",
            "scores",
            "file",
            "sha256",
            "version",
            "issues",
            "measures",
            "next",
            "state",
            "topic",
            "item",
            "output",
        ];
        let text = include_str!("wording.toml");
        for place in text.split('{').skip(1).filter_map(|rest| rest.split_once('}')) {
            assert!(known.contains(&place.0), "{{{}}}", place.0);
        }
    }
}
