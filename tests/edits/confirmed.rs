//! That the topics of a draft were checked is typed into a cell once, and holds from then on.

use super::{cell, edit};
use crate::support::years::{Result, varied};
use crate::support::{TestEnv, finding_codes, sheet, texts};

const OUT: &str = "s-itasheet.xlsx";

/// Types into the cell by its label.
fn typed(env: &TestEnv, text: &str) -> Option<String> {
    let script = format!(
        "for row in range(1, scores.max_row + 1):\n    if str(scores.cell(row, 1).value).startswith('หัวข้อข้อคำถามที่ตรวจกับคู่มือแล้ว'):\n        \
         scores.cell(row, 6).value = {text}"
    );
    edit(env, OUT, &script)
}

fn is_draft(env: &TestEnv) -> bool {
    let report = texts(&sheet(&env.path(OUT), "ผลการตรวจสอบ"));
    report.iter().any(|(_, _, text)| text.contains("ยังไม่ได้ตรวจกับคู่มือ"))
}

/// What stands in the cell.
fn confirmed(env: &TestEnv) -> String {
    let scores = texts(&sheet(&env.path(OUT), "คะแนนรายข้อ"));
    let row = scores.iter().find(|(_, _, text)| text.starts_with("หัวข้อข้อคำถามที่ตรวจกับคู่มือแล้ว")).unwrap().0;
    cell(&env.path(OUT), "คะแนนรายข้อ", row, 5)
}

#[test]
fn the_year_typed_into_its_cell_confirms_the_topics_once_and_for_all() {
    for text in ["2568", "'๒๕๖๘'"] {
        let env = TestEnv::new();
        std::fs::write(env.path("s.csv"), Result::default().scores(varied)).unwrap();
        env.expect(0, ["s.csv", "-o", OUT]);
        assert!(is_draft(&env) && confirmed(&env).is_empty());
        // Another year confirms nothing, and that is said.
        if typed(&env, "2567").is_none() {
            return;
        }
        let run = env.expect(0, ["s.csv", "-o", OUT, "--force"]);
        assert!(is_draft(&env) && run.stderr.contains("[edit-titles-of-other-year]"), "{}", run.stderr);
        typed(&env, text);
        for _ in 0..3 {
            env.expect(0, ["s.csv", "-o", OUT, "--force"]);
            assert!(!is_draft(&env) && confirmed(&env) == "2568", "{text}");
        }
        // The workbook itself is converted with the same effect, for publication too.
        env.expect(0, [OUT, "-o", "published.xlsx", "--publish"]);
        // Taken out again it is a draft again.
        typed(&env, "None");
        env.expect(0, ["s.csv", "-o", OUT, "--force"]);
        assert!(is_draft(&env) && confirmed(&env).is_empty());
    }
}

#[test]
fn what_a_flag_confirmed_holds_for_the_workbook_that_was_written() {
    let env = TestEnv::new();
    std::fs::write(env.path("s.csv"), Result::default().scores(varied)).unwrap();
    env.expect(0, ["s.csv", "-o", OUT, "--titles-checked"]);
    assert_eq!(confirmed(&env), "2568");
    assert_eq!(env.inspect(&[OUT])["edits"], serde_json::json!([]));
    env.expect(0, [OUT, "-o", "again.xlsx", "--publish"]);
    // The program's own titles confirm nothing: without what was carried it is a draft again.
    env.expect(1, [OUT, "-o", "other.xlsx", "--publish", "--discard-edits"]);
}

#[test]
fn topics_that_a_workbook_has_confirmed_were_said_to_be_unconfirmed() {
    let env = TestEnv::new();
    std::fs::write(env.path("s.csv"), Result::default().scores(varied)).unwrap();
    env.expect(0, ["s.csv", "-o", OUT]);
    let unconfirmed = || finding_codes(&env.inspect(&[OUT])).contains(&"topics-unconfirmed".to_owned());
    assert!(unconfirmed());
    // Another year confirms nothing.
    for (text, is_draft) in [("2567", true), ("2568", false), ("None", true)] {
        if typed(&env, text).is_none() {
            return;
        }
        assert_eq!(unconfirmed(), is_draft, "{text}");
    }
    env.expect(0, ["s.csv", "-o", OUT, "--force", "--titles-checked"]);
    assert!(!unconfirmed());
}
