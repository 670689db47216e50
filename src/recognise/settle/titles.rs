//! A year that the items' titles exclude: under the same codes they are another year's.

use std::sync::Arc;

use crate::framework::{Framework, ItemTitles, QuestionCode, code_list};
use crate::recognise::Hints;
use crate::recognise::submission::Submission;

/// The fewest titles of another year that exclude one; a single one may be a slip of whoever made the list.
const FEWEST: usize = 3;

/// How many times fewer titles another year may have against it.
const TIMES: usize = 4;

/// The year that the titles are of instead, and the codes that tell.
pub(in crate::recognise) struct ByTitles {
    pub year: u16,
    pub codes: String,
}

/// The other year that the items' titles are of, where they exclude a framework's. One of the user's own is never doubted.
pub(in crate::recognise) fn other_year(
    submission: &Submission,
    framework: &Framework,
    hints: &Hints,
) -> Option<ByTitles> {
    if hints.frameworks.iter().any(|own| own.year == framework.year) {
        return None;
    }
    let against = |framework: &Framework| -> Vec<QuestionCode> {
        let titled = submission.answers.iter().filter_map(|(code, answer)| Some((*code, answer.title.as_deref()?)));
        let is_other = |(code, title): &(QuestionCode, &str)| {
            ItemTitles::built_in().is_other(framework, *code, title) == Some(true)
        };
        titled.filter(is_other).map(|(code, _)| code).collect()
    };
    let excluding = against(framework);
    if excluding.len() < FEWEST {
        return None;
    }
    let has_all = |other: &&Arc<Framework>| submission.answers.keys().all(|code| other.questions.contains_key(code));
    let others = Framework::all_built_in().rev().filter(|other| other.year != framework.year).filter(has_all);
    let (count, other) = others.map(|other| (against(other).len(), other)).min_by_key(|(count, _)| *count)?;
    (count * TIMES <= excluding.len()).then(|| ByTitles { year: other.year, codes: code_list(excluding) })
}
