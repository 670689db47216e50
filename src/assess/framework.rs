//! What a year's framework itself gives reason to look at: what is inferred, taken from another year or left open.

use crate::advice::Advice;
use crate::finding::{Finding, FindingCode};
use crate::framework::{Certainty, Framework, QuestionCode, code_list};

/// Findings about the framework that a result is shown by, and about the texts that there are for its questions.
pub(crate) fn about_framework(framework: &Framework, advice: &Advice) -> Vec<Finding> {
    let mut findings = Vec::new();
    let about = |code, item: String| Finding::new(code, item).expected(framework);
    if let Some(filled) = &framework.filled {
        let from = Framework::built_in(filled.year).map(|framework| framework.short_name.clone()).unwrap_or_default();
        findings.push(about(FindingCode::FrameworkFilled, filled.taken.join(", ")).found(from));
    }
    if framework.issues.is_empty() {
        // Without questions there is nothing that could be in an issue.
        let unknown = || about(FindingCode::IssuesUnknown, String::new());
        findings.extend((!framework.questions.is_empty()).then(unknown));
        return findings;
    }
    if framework.issues.iter().any(|issue| issue.certainty != Certainty::Confirmed) {
        findings.push(about(FindingCode::IssuesInferred, String::new()));
    }
    let in_none = framework.questions.keys().filter(|code| framework.issues_of(**code).next().is_none()).copied();
    let in_none: Vec<QuestionCode> = in_none.collect();
    if !in_none.is_empty() {
        findings.push(about(FindingCode::QuestionInNoIssue, code_list(in_none)));
    }
    if let Some(feeds) = framework.feeds.as_ref().filter(|feeds| feeds.unseen) {
        findings.push(about(FindingCode::FormUnseen, feeds.item.to_string()).found(feeds.year));
    }
    findings.extend(without_texts(framework, advice));
    findings
}

/// Questions in issues that there are no texts about.
fn without_texts(framework: &Framework, advice: &Advice) -> Option<Finding> {
    let all = || framework.issues.iter().flat_map(|issue| &issue.questions).copied();
    let lacking = || all().filter(|code| !advice.is_about(framework, *code));
    let code = match (all().count(), lacking().count()) {
        (_, 0) => return None,
        (all, lacking) if all == lacking => FindingCode::AdviceMissing,
        _ => FindingCode::QuestionWithoutText,
    };
    Some(Finding::new(code, code_list(lacking())).expected(framework))
}
