//! What a plan says as a whole: success that its steps bring about, and words that fit the kind of agency.

use itasheet::advice::{Advice, STORED_BREAKS};
use itasheet::plan::{ActionPlan, Amount, Phase};
use itasheet::typeset::Breaks;

use crate::plan::made_up::{planned, planned_for, six};

/// The words of a text that say something.
fn words(text: &str) -> Vec<String> {
    let breaks = Breaks::from_stored(STORED_BREAKS);
    let mut start = 0;
    let mut all = Vec::new();
    for end in breaks.positions(text) {
        all.push(text[start..end].trim().to_owned());
        start = end;
    }
    all.retain(|word| word.chars().count() >= 3);
    all
}

/// Everything that a plan prints, row by row.
fn printed(plan: &ActionPlan) -> Vec<String> {
    let mut all = Vec::new();
    for issue in &plan.issues {
        for row in issue.texts.iter().flat_map(|text| &text.rows) {
            all.extend([row.finding.clone()].into_iter().chain(row.recommendations.clone()));
        }
        for measure in &issue.measures {
            all.extend([measure.title.clone(), measure.output.clone(), measure.success.clone()]);
            all.extend(measure.steps.iter().map(|step| step.text.clone()));
        }
    }
    all
}

#[test]
fn success_is_what_the_steps_of_a_measure_bring_about() {
    // What a measure is judged by, not what it does.
    const OF_JUDGING: [&str; 6] = ["ภายใน", "ปีงบประมาณ", "อย่างน้อย", "ครบถ้วน", "ได้รับ", "ถ้ามี"];
    let mut worst = Vec::new();
    for (name, submission) in six() {
        for amount in [Amount::Usual, Amount::All] {
            let (_, plan) = planned(&submission, amount);
            for measure in plan.issues.iter().flat_map(|issue| &issue.measures) {
                let steps: String = measure.steps.iter().map(|step| format!("{} ", step.text)).collect();
                let done = words(&format!("{} {steps}", measure.title));
                let mut promised = words(&measure.success);
                promised.retain(|word| !OF_JUDGING.iter().any(|own| word.contains(own)));
                let kept = promised.iter().filter(|word| done.contains(word)).count();
                if kept * 2 < promised.len() {
                    worst.push(format!(
                        "{name} {}: {kept} of {}: {}\n   {steps}",
                        measure.id,
                        promised.len(),
                        measure.success
                    ));
                }
            }
        }
    }
    worst.sort();
    worst.dedup();
    assert!(worst.is_empty(), "{}", worst.join("\n"));
}

#[test]
fn only_local_government_is_told_of_its_political_side() {
    let speaks = |agency: &str| {
        let poorest = six().pop().map(|(_, submission)| submission).unwrap();
        let (_, plan) = planned_for(agency, &poorest, Amount::All);
        let all = printed(&plan);
        ["ฝ่ายการเมือง", "สมาชิกสภา", "ท้องถิ่น"].iter().any(|word| all.iter().any(|text| text.contains(word)))
    };
    for local in ["เทศบาลตำบลตัวอย่าง", "องค์การบริหารส่วนตำบลตัวอย่าง", "องค์การบริหารส่วนจังหวัดสงขลา", "เมืองพัทยา"]
    {
        assert!(speaks(local), "{local}");
    }
    for other in ["จังหวัดสงขลา", "กรมที่ดิน", "มหาวิทยาลัยพะเยา", "โรงเรียนตัวอย่าง", "หน่วยงานตัวอย่าง"]
    {
        assert!(!speaks(other), "{other}");
    }
}

#[test]
fn a_measure_says_no_other_time_than_its_period() {
    for (name, submission) in six() {
        let (_, plan) = planned(&submission, Amount::Usual);
        for text in printed(&plan) {
            for word in ["ไตรมาส", "รอบ 6 เดือน", "ทุก 6 เดือน", "เดือนที่"]
            {
                assert!(!text.contains(word), "{name}: {word} in {text}");
            }
        }
    }
}

#[test]
fn no_sentence_stands_twice_in_a_report() {
    for (name, submission) in six() {
        for amount in [Amount::Few, Amount::Usual, Amount::All] {
            let (_, plan) = planned(&submission, amount);
            let mut analysis: Vec<String> = Vec::new();
            let mut measures: Vec<String> = Vec::new();
            for issue in &plan.issues {
                for text in &issue.texts {
                    let said = text.rows.iter().flat_map(|row| row.recommendations.iter().chain([&row.finding]));
                    analysis.extend(said.chain(&text.note).filter(|text| !text.is_empty()).cloned());
                }
                for measure in &issue.measures {
                    let told = [&measure.title, &measure.output, &measure.success];
                    measures.extend(told.into_iter().chain(measure.steps.iter().map(|step| &step.text)).cloned());
                }
            }
            // How what is beyond the bounds is gathered is the same in each issue.
            let gathers = |text: &String| {
                let gathering = plan.issues.iter().flat_map(|issue| &issue.measures).filter(|m| m.id == "remaining");
                gathering.flat_map(|m| &m.steps).any(|step| step.carries.is_none() && &step.text == text)
            };
            for part in [analysis, measures] {
                let mut sorted: Vec<&String> = part.iter().filter(|text| !gathers(text)).collect();
                sorted.sort();
                let twice = sorted.windows(2).find(|pair| pair[0] == pair[1]);
                assert!(twice.is_none(), "{name} {amount:?}: {}", twice.map_or("", |pair| pair[0].as_str()));
            }
        }
    }
}

#[test]
fn what_is_beyond_both_phases_is_named_by_the_measure_that_gathers_it() {
    let (_, poorest) = six().pop().unwrap();
    let (_, plan) = planned(&poorest, Amount::Usual);
    let issue = plan.issues.iter().find(|issue| issue.number == 2).unwrap();
    let remaining = issue.measures.last().unwrap();
    assert_eq!((remaining.id.as_str(), remaining.phase), ("remaining", Phase::Second));
    assert!(remaining.answers.len() > 1);
    assert!(remaining.title.ends_with("ข้อ o11-o13, o25"), "{}", remaining.title);
}

#[test]
fn a_question_stood_in_a_measure_that_had_no_step_about_it() {
    for (name, submission) in six() {
        for amount in [Amount::Usual, Amount::All] {
            let (_, plan) = planned(&submission, amount);
            for measure in plan.issues.iter().flat_map(|issue| &issue.measures) {
                let Some(texts) = Advice::built_in().measure(&measure.id) else { continue };
                let is_frame = |text: &String| *text == texts.end || Some(text) == texts.begin.as_ref();
                let about = measure.steps.iter().filter(|step| !is_frame(&step.text)).count();
                assert!(about >= measure.answers.len(), "{name} {}: {about} for {:?}", measure.id, measure.answers);
            }
        }
    }
}

#[test]
fn a_document_that_is_due_before_april_was_put_off_until_then() {
    for (name, submission) in six() {
        let (_, plan) = planned(&submission, Amount::Usual);
        for measure in plan.issues.iter().flat_map(|issue| &issue.measures) {
            let late = measure.phase == Phase::Second;
            let past = measure.steps.iter().find(|step| step.text.contains("ของปีที่ผ่านมา"));
            assert!(!late || past.is_none(), "{name} {}: {past:?}", measure.id);
            assert!(!late || measure.period.starts_with("เม.ย. "), "{name} {}: {}", measure.id, measure.period);
        }
    }
}
