//! What is compared is what is shown: two decimals, rounded half up. What is exported is not rounded.

use itasheet::assess::Status;
use itasheet::finding::{FindingCode, Severity};
use itasheet::plan::{PlannedMeasure, Subject};
use itasheet::{Config, Decimal, Instrument, Report};

use crate::support::reports::{TITLE, lines, one, without_topics};

/// A table with the ten indicators and the questions.
fn table(figures: &str, indicator: impl Fn(usize) -> String, question: impl Fn(usize) -> String) -> String {
    let indicators: String = (1..=10).map(|number| format!("ตัวชี้วัดที่ {number},{}\n", indicator(number))).collect();
    format!("{TITLE}{figures}\nตัวชี้วัด,คะแนน\n{indicators}\nรหัส,คะแนน\n{}", lines(question))
}

fn codes(report: &Report) -> Vec<FindingCode> {
    report.assessment.findings.iter().map(|finding| finding.code).collect()
}

#[test]
fn a_score_shown_as_the_threshold_is_weak_nowhere() {
    // Question i1 has no score: its indicator, shown as 85.00, tells whether something must be done.
    let text =
        table("", |_| "84.996".to_owned(), |index| if index == 0 { "-".to_owned() } else { "84.996".to_owned() });
    let report = one(&text, &Config::default());
    let assessment = &report.assessment;
    assert!(assessment.questions.values().all(|own| own.status != Status::Weak));
    assert!(assessment.issues.iter().all(|own| own.status == Status::Passed));
    let measures = || report.plan.issues.iter().flat_map(|issue| &issue.measures);
    let about_indicators =
        |measure: &&PlannedMeasure| measure.answers.iter().any(|(subject, _)| matches!(subject, Subject::Indicator(_)));
    assert!(!measures().any(|measure| about_indicators(&measure)));
    let question = |index| if index == 0 { "-".to_owned() } else { "90".to_owned() };
    let weak = one(&table("", |_| "84.994".to_owned(), question), &Config::default());
    assert!(weak.plan.issues.iter().flat_map(|issue| &issue.measures).any(|own| about_indicators(&own)));
}

#[test]
fn a_score_shown_as_100_is_kept_up_and_not_criticised() {
    let report = one(&table("", |_| "99.996".to_owned(), |_| "99.996".to_owned()), &Config::default());
    assert!(report.assessment.questions.values().all(|own| own.status == Status::Full));
    let rows = report.plan.issues.iter().flat_map(|issue| &issue.texts).flat_map(|text| &text.rows);
    assert_eq!(rows.filter(|row| !row.finding.is_empty()).count(), 0);
}

#[test]
fn computed_figures_are_exact_and_shown_ones_rounded() {
    // A third of a hundredth in each of the first three indicators.
    let question =
        |index: usize| if index.is_multiple_of(3) && index < 9 { "90.01".to_owned() } else { "90".to_owned() };
    let text = table("", |number| if number < 6 { "-".to_owned() } else { "90".to_owned() }, question);
    let report = one(&text, &Config::default());
    let iit = report.assessment.instruments[&Instrument::Iit];
    assert_eq!(iit.computed.unwrap().round_dp(6).to_string(), "90.002000");
    assert_eq!(iit.shown(), Some("90.00".parse().unwrap()));
    assert_eq!(report.assessment.total.computed.unwrap().round_dp(6).to_string(), "90.000600");
    let records = itasheet::write::rows::records(&report, "input");
    let computed = |kind: &str, code: Option<&str>| {
        let record = records.iter().find(|own| own.kind.word() == kind && own.code.as_deref() == code);
        record.unwrap().computed.unwrap()
    };
    assert_eq!(computed("instrument", Some("IIT")), Decimal::new(90_002, 3));
    assert_eq!(computed("total", None), Decimal::new(900_006, 4));
    assert_eq!(computed("indicator", Some("1")), Decimal::new(90_003_333, 6));
}

#[test]
fn a_difference_within_the_rounding_of_a_total_is_none() {
    // The computed total is 90.0149: published as 90.01 it may lie off by a hundredth, not by rounding alone.
    let question = |index: usize| if index < 15 { "90.0497".to_owned() } else { "90".to_owned() };
    let text = |total: &str| table(total, |number| if number < 6 { "-".to_owned() } else { "90".to_owned() }, question);
    for (total, differs) in [("คะแนนรวม,90.00", false), ("คะแนนรวม,90.01", false), ("คะแนนรวม,89.99", true)]
    {
        let report = one(&text(total), &Config::default());
        assert_eq!(codes(&report).contains(&FindingCode::TotalDiffers), differs, "{total}");
    }
}

#[test]
fn a_level_that_its_own_total_excludes_is_said_though_an_instrument_is_missing() {
    // No score of the external survey: its indicators are not published.
    let table = |figures: &str| {
        let text = table(
            figures,
            |number| if (6..9).contains(&number) { "-".to_owned() } else { "90".to_owned() },
            |_| "90".to_owned(),
        );
        let report = one(&text, &Config::default());
        assert_eq!(report.assessment.level.computed, None);
        let findings = report.assessment.findings;
        findings.into_iter().find(|own| own.code == FindingCode::LevelDiffers).map(|own| own.expected)
    };
    for (total, level, expected) in [
        ("79.50", "ผ่านดี", Some("ต้องปรับปรุง")),
        ("79.50", "ต้องปรับปรุง", None),
        ("90", "ผ่านดี", None),
        ("90", "ผ่าน", None),
        ("90", "ผ่านดีเยี่ยม", Some("ผ่านดี / ผ่าน")),
        ("90", "ต้องปรับปรุง", Some("ผ่านดี / ผ่าน")),
        ("84.996", "ผ่าน", None),
    ] {
        assert_eq!(table(&format!("คะแนนรวม,{total}\nระดับ,{level}")).as_deref(), expected, "{total} {level}");
    }
}

#[test]
fn findings_stand_by_severity_whatever_adds_them_last() {
    // There are no texts for this year's framework, which is found out when all else is known.
    let framework = itasheet::framework::Framework::text_of(2567).unwrap().replacen("year = 2567", "year = 2570", 1);
    let framework = without_topics(&framework);
    let framework = itasheet::framework::Framework::parse(&framework).unwrap();
    let mut config = Config::default();
    config.hints.frameworks.push(framework.into());
    let text = table("", |_| "90".to_owned(), |index| if index == 0 { "105".to_owned() } else { "90".to_owned() });
    let report = one(&text.replace("พ.ศ. 2567", "พ.ศ. 2570"), &config);
    assert!(codes(&report).contains(&FindingCode::AdviceMissing));
    let severities: Vec<Severity> = report.assessment.findings.iter().map(|own| own.severity()).collect();
    assert!(severities.contains(&Severity::Note) && severities[0] == Severity::MustFix);
    assert!(severities.is_sorted_by(|a, b| a >= b), "{severities:?}");
}

#[test]
fn a_survey_is_no_reason_for_an_indicator_that_has_none() {
    let text = table("", |_| "90".to_owned(), |_| "80".to_owned()).replace("พ.ศ. 2567", "พ.ศ. 2568");
    let mut config = Config::default();
    config.hints.force_year = true;
    let report = one(&text, &config);
    let about = |code| {
        let findings = report.assessment.findings.iter().filter(|own| own.code == code);
        findings.map(|own| own.item.clone()).collect::<Vec<_>>()
    };
    assert_eq!(about(FindingCode::IndicatorNotRecomputed), ["6", "7", "8"]);
    assert_eq!(about(FindingCode::IndicatorRuleUnknown), ["1", "2", "3", "4", "5", "9", "10"]);
}

#[test]
fn a_reason_of_several_parts_had_a_conjunction_before_each() {
    let reason = |iit: u32, eit: u32, oit: u32| {
        let indicator = |number| {
            if number <= 5 {
                iit
            } else if number <= 8 {
                eit
            } else {
                oit
            }
            .to_string()
        };
        let question = |index| {
            if index < 15 {
                iit
            } else if index < 24 {
                eit
            } else {
                oit
            }
            .to_string()
        };
        one(&table("", indicator, question), &Config::default()).assessment.level.reason
    };
    for (scores, reasons) in [
        ((94, 96, 96), "คะแนน IIT 94.00 ต่ำกว่า 95.00"),
        ((94, 94, 100), "คะแนน IIT 94.00 ต่ำกว่า 95.00 และคะแนน EIT 94.00 ต่ำกว่า 95.00"),
        (
            (90, 90, 90),
            "คะแนนรวม 90.00 ต่ำกว่า 95.00 คะแนน IIT 90.00 ต่ำกว่า 95.00 คะแนน EIT 90.00 ต่ำกว่า 95.00 และคะแนน OIT 90.00 ต่ำกว่า 95.00",
        ),
    ] {
        assert_eq!(reason(scores.0, scores.1, scores.2), format!("ยังไม่ถึงระดับผ่านดีเยี่ยม เพราะ{reasons}"));
    }
}
