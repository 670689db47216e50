//! Which year's rules apply: those of the year that is named, else those that the codes fit.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::error::Cause;
use crate::finding::{Finding, FindingCode};
use crate::framework::{Framework, QuestionCode, code_list};
use crate::recognise::settle::other_assessment;
use crate::recognise::submission::{Given, Origin, Submission};
use crate::recognise::{CodedSheet, Hints};

/// The framework for a submission, whose file names the year `told`; that of `assumed` where no year is named; one without
/// titles and issues where its year has none.
pub(in crate::recognise) fn framework(
    submission: &mut Submission,
    sheets: &[CodedSheet<'_>],
    hints: &Hints,
    (told, assumed): (Option<u16>, Option<u16>),
) -> Result<Arc<Framework>, Cause> {
    let codes: BTreeSet<QuestionCode> =
        sheets.iter().flat_map(|coded| coded.columns.iter().flatten()).map(|cell| cell.found.code).collect();
    let all = || known(hints);
    let unknown = |year| Cause::UnknownYear { year, known: years(all()) };
    let given = submission.year.as_ref().map(|given| given.value);
    let is_of_year = |framework: &&Arc<Framework>| given.is_none_or(|year| framework.year == year);
    // The same codes with other questions behind them: only a framework of the user's own can name these.
    if let Some((other, place)) = other_assessment::titled(sheets)
        && !hints.frameworks.iter().any(|framework| is_of_year(&framework))
    {
        submission.findings.push(Finding::new(FindingCode::OtherAssessment, "").found(other).at([place]));
        let year = given.or_else(|| Some(fitting(all(), &codes)?.year)).ok_or_else(|| unknown(0))?;
        return Framework::placeholder(year, codes).ok_or_else(|| unknown(year));
    }
    let chosen = match &submission.year {
        Some(given) => match hints.framework(given.value) {
            Some(framework) => framework.clone(),
            None => {
                let finding = Finding::new(FindingCode::YearWithoutFramework, "").at(given.place().cloned());
                submission.findings.push(finding.found(given.value).expected(years(all())));
                Framework::placeholder(given.value, codes.clone()).ok_or_else(|| unknown(given.value))?
            }
        },
        None => {
            let best = assumed.and_then(|year| hints.framework(year)).or_else(|| fitting(all(), &codes));
            let best = best.ok_or_else(|| unknown(0))?;
            submission.findings.push(Finding::new(FindingCode::YearMissing, "").found(best.year));
            best.clone()
        }
    };
    if let (Some(given), false) = (&submission.year, hints.force_year)
        && let Some(cause) = wrong_year(given, &chosen, (&codes, told), hints)
    {
        return Err(cause);
    }
    Ok(chosen)
}

/// That the codes are just another year's: the one that is named lacks some of them, or it has more and only the user names
/// it, while the file names the other. A framework of the user's own is never doubted, nor is a year that nothing is known of.
fn wrong_year(
    given: &Given<u16>,
    chosen: &Framework,
    (codes, told): (&BTreeSet<QuestionCode>, Option<u16>),
    hints: &Hints,
) -> Option<Cause> {
    let is_own = |year: u16| hints.frameworks.iter().any(|framework| framework.year == year);
    if is_own(given.value) || Framework::built_in(given.value).is_none() {
        return None;
    }
    let of = |framework: &Framework| framework.questions.keys().copied().collect::<BTreeSet<_>>();
    let named = of(chosen);
    // A list that is just another year's is that year's; a part of one may be of either.
    let others = Framework::all_built_in().filter(|other| other.year != chosen.year && of(other) == *codes);
    // Of several years with the same codes that which the file names itself.
    let other = others.min_by_key(|other| Some(other.year) != told)?;
    // Codes that the named year lacks exclude it; that some of its own are not there does so where the file says so too.
    let has_foreign = !codes.is_subset(&named);
    let is_told = matches!(given.origin, Origin::Flag(_)) && told == Some(other.year) && named != *codes;
    if !has_foreign && !is_told {
        return None;
    }
    let differing = named.symmetric_difference(codes).copied();
    let named_by = given.origin.to_string();
    Some(Cause::WrongYear { year: given.value, named: named_by, other: other.year, codes: code_list(differing) })
}

/// The user's frameworks, then the built-in ones.
fn known(hints: &Hints) -> impl Iterator<Item = &Arc<Framework>> {
    let built_in = Framework::all_built_in().map(|framework| -> &Arc<Framework> { framework });
    hints.frameworks.iter().chain(built_in)
}

fn years<'a>(all: impl Iterator<Item = &'a Arc<Framework>>) -> String {
    let years: BTreeSet<String> = all.map(|framework| framework.year.to_string()).collect();
    years.into_iter().collect::<Vec<_>>().join(", ")
}

/// Of the frameworks that know every code the one with just these codes, else one whose issues are known, and for
/// certain, else the newest.
fn fitting<'a>(
    all: impl Iterator<Item = &'a Arc<Framework>>,
    codes: &BTreeSet<QuestionCode>,
) -> Option<&'a Arc<Framework>> {
    all.max_by_key(|framework| {
        let foreign = codes.iter().filter(|code| !framework.questions.contains_key(*code)).count();
        let exact = foreign == 0 && framework.questions.len() == codes.len();
        (std::cmp::Reverse(foreign), exact, !framework.issues.is_empty(), !framework.draft, framework.year)
    })
}

/// Reports codes that the framework does not have, with the assessments that have all of them.
pub(in crate::recognise) fn foreign_codes(
    submission: &mut Submission,
    foreign: &[(QuestionCode, crate::finding::Place)],
    framework: &Framework,
) {
    if foreign.is_empty() {
        return;
    }
    let has_all = |framework: &&Arc<Framework>| foreign.iter().all(|(code, _)| framework.questions.contains_key(code));
    let others: Vec<&str> =
        Framework::all_built_in().filter(has_all).map(|framework| framework.short_name.as_str()).collect();
    let list = code_list(foreign.iter().map(|(code, _)| *code));
    let code = if others.is_empty() { FindingCode::QuestionUnknown } else { FindingCode::QuestionOfOtherYear };
    let finding = Finding::new(code, list).found(others.join(", ")).expected(framework);
    submission.findings.push(finding.at(foreign.iter().map(|(_, place)| place.clone())));
}
