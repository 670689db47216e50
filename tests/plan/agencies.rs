//! Six agencies from the best to the worst: what is spoken of, how many measures, what is carried out.

use std::collections::BTreeSet;

use itasheet::assess::Status;
use itasheet::framework::QuestionCode;
use itasheet::plan::{Amount, Phase, Subject};
use proptest::prelude::*;

use crate::plan::made_up::{framework, planned, six, submission};

/// The least and the most measures of an issue's first phase.
fn bounds(issue: u8) -> (usize, usize) {
    if issue == 7 { (3, 6) } else { (2, 4) }
}

#[test]
fn measures_are_within_their_bounds_and_carry_out_what_is_recommended() {
    println!("agency                 weak  texts  measures an issue (phase 2)                    carried");
    for (name, submission) in six() {
        let (assessment, plan) = planned(&submission, Amount::Usual);
        let weak = assessment.questions.values().filter(|question| question.status == Status::Weak).count();
        let weak_indicators = assessment
            .indicators
            .iter()
            .filter(|result| result.figure.shown().is_some_and(|score| score < assessment.threshold))
            .count();
        let rows = || plan.issues.iter().flat_map(|issue| &issue.texts).flat_map(|text| &text.rows);
        let texts = rows().filter(|row| !row.finding.is_empty()).count();
        let recommended = rows().map(|row| row.recommendations.len()).sum::<usize>();
        let mut counts = Vec::new();
        for issue in &plan.issues {
            let of = |phase| issue.measures.iter().filter(|measure| measure.phase == phase).count();
            let (first, second) = (of(Phase::First), of(Phase::Second));
            let (least, most) = bounds(issue.number);
            assert!((least..=most).contains(&first), "{name}, issue {}: {first} measures", issue.number);
            assert!(second <= most, "{name}, issue {}: {second} in the second phase", issue.number);
            counts.push(if second > 0 { format!("{first} (+{second})") } else { first.to_string() });
        }
        let steps = || plan.issues.iter().flat_map(|issue| &issue.measures).flat_map(|measure| &measure.steps);
        let carried = steps().filter(|step| step.carries.is_some()).count();
        assert_eq!(carried, recommended, "{name}");
        println!(
            "{name:<22} {weak:>2}+{weak_indicators:<2} {texts:>5}  {:<47} {carried} of {recommended}",
            counts.join(" ")
        );
    }
}

#[test]
fn the_sample_has_as_many_measures_as_an_office_can_carry_out() {
    let sample = crate::support::project().join("samples/khok-muang-2567.xlsx");
    let report = itasheet::Report::of_file(&sample, &itasheet::Config::default()).unwrap();
    let first = report.plan.issues.iter().flat_map(|issue| &issue.measures).filter(|m| m.phase == Phase::First).count();
    assert!((15..=24).contains(&first), "{first}");
}

#[test]
fn the_amount_is_the_users() {
    let (_, worst) = six().pop().unwrap();
    let count = |amount| {
        let (_, plan) = planned(&worst, amount);
        let all = plan.issues.iter().flat_map(|issue| &issue.measures);
        let first = all.filter(|measure| measure.phase == Phase::First).count();
        (first, plan.issues.iter().map(|issue| issue.measures.len()).sum::<usize>())
    };
    let (few, usual, all) = (count(Amount::Few), count(Amount::Usual), count(Amount::All));
    assert!(few.0 < usual.0 && usual.0 < all.0, "{few:?} {usual:?} {all:?}");
    assert_eq!(all.0, all.1, "there is no second phase");
    let (_, plan) = planned(&worst, Amount::Between(1, 1));
    assert!(
        plan.issues.iter().take(6).all(|issue| issue.measures.iter().filter(|m| m.phase == Phase::First).count() == 1)
    );
}

#[test]
fn what_must_be_spoken_of_is_spoken_of_below_a_full_score() {
    for code in ["i3", "i5", "i8", "i9", "e3"] {
        let code: QuestionCode = code.parse().unwrap();
        let submission = submission(|other| Some(if other == code { 9900 } else { 10000 }));
        let (_, plan) = planned(&submission, Amount::Usual);
        let rows = plan.issues.iter().flat_map(|issue| &issue.texts).flat_map(|text| &text.rows);
        let row = rows.into_iter().find(|row| row.subject == Subject::Question(code)).unwrap();
        assert!(!row.finding.is_empty() && !row.recommendations.is_empty(), "{code}");
        let answered = plan.issues.iter().flat_map(|issue| &issue.measures).flat_map(|measure| &measure.answers);
        assert!(answered.into_iter().any(|(subject, _)| *subject == Subject::Question(code)), "{code}");
    }
}

#[test]
fn a_weak_indicator_over_strong_questions_has_a_row_and_a_measure() {
    let (_, submission) = six().swap_remove(2);
    let (_, plan) = planned(&submission, Amount::Usual);
    for (number, issue) in [(6, 2), (7, 3), (8, 2)] {
        let issue = plan.issues.iter().find(|plan| plan.number == issue).unwrap();
        let subject = Subject::Indicator(number);
        let rows: Vec<_> =
            issue.texts.iter().flat_map(|text| &text.rows).filter(|row| row.subject == subject).collect();
        assert_eq!(rows.len(), 1, "{number}");
        assert!(rows[0].finding.contains("ไม่แสดงเป็นรายข้อ"));
        assert!(issue.measures.iter().any(|measure| measure.answers.iter().any(|(about, _)| *about == subject)));
    }
}

#[test]
fn a_system_that_is_not_there_comes_before_its_use() {
    let (e9, o13): (QuestionCode, QuestionCode) = ("e9".parse().unwrap(), "o13".parse().unwrap());
    let text = |o13_score: u32| {
        let score = |code| {
            if code == e9 {
                6000
            } else if code == o13 {
                o13_score
            } else {
                10000
            }
        };
        let (_, plan) = planned(&submission(|code| Some(score(code))), Amount::Usual);
        let rows = plan.issues.iter().flat_map(|issue| &issue.texts).flat_map(|text| &text.rows);
        rows.into_iter().find(|row| row.subject == Subject::Question(e9)).unwrap().recommendations.join(" ")
    };
    assert!(text(0).starts_with("จัดให้มีระบบการให้บริการออนไลน์ก่อน"), "{}", text(0));
    assert!(!text(10000).contains("จัดให้มีระบบ"));
}

#[test]
fn an_issue_without_any_score_gets_no_measure_and_says_why() {
    let (_, plan) = planned(
        &submission(|code| {
            (code.to_string() != "i10" && !["i11", "i12"].contains(&code.to_string().as_str())).then_some(9500)
        }),
        Amount::Usual,
    );
    let issue = plan.issues.iter().find(|issue| issue.number == 4).unwrap();
    assert!(issue.measures.is_empty() && issue.no_measures.is_some());
}

/// A simple sequence of numbers that look random.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

#[test]
fn plans_of_good_agencies_differ() {
    let mut random = Random(2567);
    let rows: Vec<BTreeSet<String>> = (0..200)
        .map(|_| {
            let scores: Vec<u32> = framework()
                .questions
                .keys()
                .map(|code| match code.instrument().name() {
                    // What has two answers is at its full score in most agencies.
                    _ if ["i3", "i9", "e3"].contains(&code.to_string().as_str()) && random.below(10) < 6 => 10000,
                    "OIT" if random.below(12) == 0 => 0,
                    "OIT" => 10000,
                    _ => 10000 - u32::try_from(random.below(1800)).unwrap(),
                })
                .collect();
            let of = |code: QuestionCode| framework().questions.get_index_of(&code).map(|index| scores[index]);
            let (_, plan) = planned(&submission(of), Amount::Usual);
            let measures = plan.issues.iter().flat_map(|issue| &issue.measures).filter(|measure| !measure.duty);
            measures.flat_map(|m| m.steps.iter().map(|step| step.text.clone()).chain([m.title.clone()])).collect()
        })
        .collect();
    let mut shares: Vec<f64> = Vec::new();
    for (index, one) in rows.iter().enumerate() {
        for other in rows.iter().skip(index + 1) {
            let shared = one.intersection(other).count() as f64;
            shares.push(shared / one.len().min(other.len()) as f64);
        }
    }
    shares.sort_by(f64::total_cmp);
    let median = shares[shares.len() / 2];
    println!("the median pair of 200 agencies shares {:.0} % of its rows", median * 100.0);
    assert!(median <= 0.5, "{median}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_weak_question_has_words_and_every_recommendation_a_step(
        scores in proptest::collection::vec(prop_oneof![Just(0u32), Just(10000), 0u32..=10000], 59),
    ) {
        let of = |code: QuestionCode| framework().questions.get_index_of(&code).map(|index| scores[index]);
        let (assessment, plan) = planned(&submission(of), Amount::Usual);
        for issue in &plan.issues {
            let (least, most) = bounds(issue.number);
            let first = issue.measures.iter().filter(|measure| measure.phase == Phase::First).count();
            prop_assert!((least..=most).contains(&first), "issue {}: {first}", issue.number);
            for measure in &issue.measures {
                prop_assert!(measure.letters() <= 450, "{}: {}", measure.id, measure.letters());
                prop_assert!(measure.steps.len() >= 2, "{}", measure.id);
            }
            let steps: Vec<_> = issue.measures.iter().flat_map(|m| &m.steps).filter_map(|step| step.carries.clone()).collect();
            for text in &issue.texts {
                let count: usize = text.rows.iter().map(|row| row.recommendations.len()).sum();
                prop_assert!(count <= 6, "issue {} {}: {count}", issue.number, text.instrument);
                for row in &text.rows {
                    prop_assert!(row.recommendations.len() <= 2);
                    for recommendation in &row.recommendations {
                        prop_assert!(steps.contains(&(row.subject, recommendation.clone())), "{recommendation}");
                    }
                    if let Subject::Question(code) = row.subject {
                        let weak = assessment.status(code) == Status::Weak;
                        prop_assert!(!weak || !row.finding.is_empty(), "{code} is weak and has no finding");
                    }
                }
            }
        }
    }
}
