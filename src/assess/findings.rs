//! What the numbers themselves give reason to look at.

use rust_decimal::Decimal;

use crate::assess::{Assessment, IndicatorResult};
use crate::domain::figure::two_decimals;
use crate::finding::{Finding, FindingCode};
use crate::framework::{Basis, Framework, Instrument};
use crate::recognise::Submission;

pub(super) fn all(assessment: &Assessment, submission: &Submission) -> Vec<Finding> {
    let framework = &assessment.framework;
    let mut findings = Vec::new();
    for result in &assessment.indicators {
        let basis = framework
            .indicators
            .iter()
            .find(|indicator| indicator.number == result.number)
            .map(|indicator| indicator.basis);
        let (code, computed) = match basis {
            Some(Basis::Questions) => (FindingCode::IndicatorDiffers, result.figure.computed),
            Some(Basis::SubIndicators) => (FindingCode::SubIndicatorsDiffer, result.figure.computed),
            Some(Basis::Published) if result.figure.computed.is_some() => {
                (FindingCode::IndicatorDiffers, result.figure.computed)
            }
            Some(Basis::Published) => (FindingCode::IndicatorNotRecomputed, result.questions_mean),
            Some(Basis::Unknown) => (FindingCode::IndicatorRuleUnknown, result.questions_mean),
            None => continue,
        };
        let given = submission.published.indicators.get(&result.number);
        if let (Some(given), Some(computed)) = (given, computed)
            && (given.value - computed).abs() > framework.tolerance
        {
            let finding = Finding::new(code, result.number.to_string()).at(given.place().cloned());
            findings.push(finding.found(two_decimals(given.value)).expected(two_decimals(computed)));
        }
    }
    for (instrument, figure) in &assessment.instruments {
        let given = submission.published.instruments.get(instrument);
        if let (Some(given), Some(computed), true) = (given, figure.computed, figure.differs(framework.tolerance)) {
            let finding = Finding::new(FindingCode::InstrumentDiffers, instrument.name()).at(given.place().cloned());
            findings.push(finding.found(two_decimals(given.value)).expected(two_decimals(computed)));
        }
    }
    findings.extend(blanks(assessment));
    findings.extend(halves(assessment, submission));
    findings.extend(total(assessment, submission));
    findings.extend(explanation(assessment, submission));
    findings.extend(level(assessment, submission));
    findings.extend(twice(framework));
    findings
}

/// Indicators that can only be published and are not, with what stays blank for want of them.
fn blanks(assessment: &Assessment) -> Option<Finding> {
    let needed =
        |instrument: Instrument| assessment.instruments.get(&instrument).is_some_and(|figure| figure.shown().is_none());
    let published_only = |number: u8| {
        let mut indicators = assessment.framework.indicators.iter();
        indicators
            .any(|indicator| indicator.number == number && matches!(indicator.basis, Basis::Published | Basis::Unknown))
    };
    let missing = assessment
        .indicators
        .iter()
        .filter(|result| result.figure.shown().is_none() && needed(result.instrument) && published_only(result.number));
    let (numbers, instruments): (Vec<String>, Vec<Instrument>) =
        missing.map(|result| (result.number.to_string(), result.instrument)).unzip();
    let mut names: Vec<&str> = instruments.into_iter().map(Instrument::name).collect();
    names.dedup();
    let finding = || Finding::new(FindingCode::IndicatorMissing, numbers.join(", ")).expected(names.join(", "));
    (!numbers.is_empty()).then(finding)
}

fn total(assessment: &Assessment, submission: &Submission) -> Option<Finding> {
    let total = &assessment.total;
    match (&submission.published.total, total.computed) {
        (Some(given), Some(computed)) if total.differs(assessment.framework.tolerance) => {
            let finding = Finding::new(FindingCode::TotalDiffers, "").at(given.place().cloned());
            Some(finding.found(two_decimals(given.value)).expected(two_decimals(computed)))
        }
        (None, Some(computed)) => Some(Finding::new(FindingCode::TotalNotPublished, "").found(two_decimals(computed))),
        (None, None) => {
            let missing = assessment.instruments.iter().filter(|(_, figure)| figure.shown().is_none());
            let names: Vec<&str> = missing.map(|(instrument, _)| instrument.name()).collect();
            Some(Finding::new(FindingCode::TotalMissing, names.join(", ")))
        }
        _ => None,
    }
}

/// The other half of an indicator that is half a survey which is not shown by question: twice the indicator less the mean
/// of its questions.
fn other_half(published: Decimal, mean: Decimal) -> Decimal {
    published * Decimal::TWO - mean
}

/// How far a half may lie outside 0 to 100: the indicator is rounded to two decimals.
const HALF_TOLERANCE: Decimal = Decimal::from_parts(2, 0, 0, false, 2);

fn is_possible(half: Decimal) -> bool {
    half >= -HALF_TOLERANCE && half <= Decimal::ONE_HUNDRED + HALF_TOLERANCE
}

/// Indicators that cannot be right, as the half that is not shown would lie outside 0 to 100.
fn halves(assessment: &Assessment, submission: &Submission) -> Vec<Finding> {
    let published = |number: u8| {
        let mut indicators = assessment.framework.indicators.iter();
        indicators.any(|indicator| indicator.number == number && indicator.basis == Basis::Published)
    };
    let of = |result: &IndicatorResult| {
        let given = submission.published.indicators.get(&result.number)?;
        // Where both halves are shown there is nothing hidden.
        let mean = result.questions_mean.filter(|_| result.figure.computed.is_none())?;
        let half = other_half(given.value, mean);
        let finding = Finding::new(FindingCode::IndicatorImpossible, result.number.to_string());
        let finding = finding.at(given.place().cloned()).found(two_decimals(given.value)).expected(two_decimals(half));
        (!is_possible(half)).then_some(finding)
    };
    assessment.indicators.iter().filter(|result| published(result.number)).filter_map(of).collect()
}

/// Where the total differs: which one indicator would explain it, and by which score.
fn explanation(assessment: &Assessment, submission: &Submission) -> Option<Finding> {
    let total = &assessment.total;
    let (given, computed) = (submission.published.total.as_ref()?, total.computed?);
    if !total.differs(assessment.framework.tolerance) {
        return None;
    }
    let share = |instrument: Instrument| {
        let weight = assessment.framework.instruments.get(&instrument)?.weight?;
        let count = assessment.indicators.iter().filter(|result| result.instrument == instrument).count();
        (weight > Decimal::ZERO && count > 0).then(|| weight / Decimal::ONE_HUNDRED / Decimal::from(count))
    };
    let near = |a: Decimal, b: Decimal| (a - b).abs() <= Decimal::new(6, 2);
    let explains = |result: &IndicatorResult| -> Option<(u8, Decimal)> {
        let wanted = result.figure.exact()? + (given.value - computed) / share(result.instrument)?;
        let in_range = wanted >= Decimal::ZERO && wanted <= Decimal::ONE_HUNDRED;
        // What can be recomputed is told by that; of the others the half that is not shown must be possible.
        let fits = match (result.figure.computed, result.questions_mean) {
            (Some(computed), _) => near(computed, wanted),
            (None, Some(mean)) => is_possible(other_half(wanted, mean)),
            (None, None) => true,
        };
        (in_range && fits).then_some((result.number, wanted))
    };
    let found: Vec<String> = assessment
        .indicators
        .iter()
        .filter_map(explains)
        .map(|(number, wanted)| format!("{number} = {}", two_decimals(wanted)))
        .collect();
    let finding = Finding::new(FindingCode::TotalExplained, found.join(", ")).at(given.place().cloned());
    (!found.is_empty()).then_some(finding)
}

fn level(assessment: &Assessment, submission: &Submission) -> Option<Finding> {
    let (framework, level) = (&assessment.framework, &assessment.level);
    let Some(given) = submission.published.level.as_ref() else {
        // A rule that is taken over from another year is said to be one.
        let computed = level.computed.as_ref().filter(|_| framework.draft)?;
        return Some(Finding::new(FindingCode::LevelInferred, "").found(computed).expected(framework));
    };
    let possible = &level.possible;
    if possible.is_empty() || possible.contains(&given.value) {
        return None;
    }
    let code = if framework.draft { FindingCode::LevelDiffersFromInferred } else { FindingCode::LevelDiffers };
    Some(Finding::new(code, "").at(given.place().cloned()).found(&given.value).expected(possible.join(" / ")))
}

/// Questions that the framework itself lists under two issues.
fn twice(framework: &Framework) -> impl Iterator<Item = Finding> {
    framework.questions.keys().filter_map(|code| {
        let issues: Vec<String> = framework.issues_of(*code).map(|issue| issue.number.to_string()).collect();
        let finding = || Finding::new(FindingCode::QuestionInTwoIssues, code.to_string()).found(issues.join(", "));
        (issues.len() > 1).then(finding)
    })
}
