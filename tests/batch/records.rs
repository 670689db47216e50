//! The run file and the journal: what is damaged in them is said and kept, and never taken for a folder without a run.

use std::fs;

use serde_json::Value;

use crate::support::run_file::{record, run_file};
use crate::support::{TestEnv, agencies};

const BATCH: [&str; 4] = ["batch", "in", "-o", "out"];
const RUN_FILE: &str = "out/itasheet-run.json";
const JOURNAL: &str = "out/.itasheet-journal.jsonl";

fn workbook(number: usize) -> String {
    format!("{}-2567.xlsx", agencies::agency(number))
}

/// A folder with the results of a run over ten inputs.
fn folder() -> (TestEnv, Vec<std::path::PathBuf>) {
    let env = TestEnv::new();
    let inputs = agencies::write_all(&env.path("in"), 10, 1);
    env.expect(0, BATCH);
    (env, inputs)
}

/// The records of the run file.
fn records(env: &TestEnv) -> Vec<Value> {
    run_file(env, "out")["files"].as_array().unwrap().clone()
}

/// The journal of a run that has written all workbooks and was stopped before its run file.
fn journal(env: &TestEnv) -> String {
    let text = fs::read_to_string(env.path(RUN_FILE)).unwrap();
    let records = text.lines().filter(|line| line.starts_with("{\"input\":"));
    records.map(|line| format!("{{\"file\":{}}}\n", line.trim_end_matches([',', ']']))).collect()
}

#[test]
fn a_damaged_run_file_is_said_and_kept_and_what_can_be_read_is_used() {
    let (whole, _) = folder();
    let text = fs::read(whole.path(RUN_FILE)).unwrap();
    let half = text.len() / 2;
    let mut hole = text.clone();
    hole[half..half + 200].fill(0);
    for (name, damaged, usable) in [
        ("cut off", text[..half].to_vec(), 4..6),
        ("a hole", hole, 8..9),
        ("empty", Vec::new(), 0..1),
        ("zeros", vec![0; 4096], 0..1),
        ("something else", b"\xFF\xFEno run file".to_vec(), 0..1),
        ("no version", b"{}".to_vec(), 0..1),
    ] {
        let (env, inputs) = folder();
        fs::write(env.path(RUN_FILE), &damaged).unwrap();
        // Its workbook is older than it would be made now.
        agencies::write(&inputs[0], 0, 99);
        let before = fs::read(env.path("out").join(workbook(0))).unwrap();
        let dry = env.expect(0, BATCH.iter().chain(&["--dry-run"]));
        assert!(dry.stderr.contains("the record of the run is damaged"), "{name}: {}", dry.stderr);
        assert!(fs::read(env.path(RUN_FILE)).unwrap() == damaged, "{name}");
        let run = env.expect(0, BATCH);
        let words = [
            "itasheet-run.json: the record of the last run is damaged",
            "kept as itasheet-run (เสียหาย 1).json",
            "hint:",
        ];
        words.iter().for_each(|words| assert!(run.stderr.contains(words), "{name}: {}", run.stderr));
        let number = run.stderr.split("and the ").nth(1).unwrap().split(' ').next().unwrap();
        assert!(usable.contains(&number.parse().unwrap()), "{name}: {}", run.stderr);
        assert!(fs::read(env.path("out/itasheet-run (เสียหาย 1).json")).unwrap() == damaged, "{name}");
        // What was known as ours still is; else it is kept, and said.
        let is_known = usable.start > 0;
        assert_eq!(before != fs::read(env.path("out").join(workbook(0))).unwrap(), is_known, "{name}");
        assert_eq!(run.stderr.contains("it is kept\n    hint:"), !is_known, "{name}: {}", run.stderr);
        assert_eq!(records(&env).len(), 10, "{name}");
        let again = env.expect(0, BATCH);
        assert!(!again.stderr.contains("damaged"), "{name}: {}", again.stderr);
    }
}

#[test]
fn the_message_is_thai_too_and_a_warning() {
    let (env, _) = folder();
    fs::write(env.path(RUN_FILE), "x").unwrap();
    let run = env.expect(1, BATCH.iter().chain(&["--quiet", "--lang", "th", "--fail-on", "warning"]));
    for words in
        ["คำเตือน: out/itasheet-run.json: บันทึกการทำงานครั้งก่อนเสียหาย", "เก็บไว้เป็น itasheet-run (เสียหาย 1).json", "คำแนะนำ:"]
    {
        assert!(run.stderr.contains(words), "{}", run.stderr);
    }
    fs::write(env.path(RUN_FILE), "y").unwrap();
    env.expect(0, BATCH);
    assert_eq!(fs::read_to_string(env.path("out/itasheet-run (เสียหาย 2).json")).unwrap(), "y");
}

#[test]
fn a_run_that_stops_after_it_set_a_run_file_aside_still_knows_what_was_read_of_it() {
    let (env, inputs) = folder();
    let text = fs::read(env.path(RUN_FILE)).unwrap();
    fs::write(env.path(RUN_FILE), &text[..text.len() - 30]).unwrap();
    agencies::write(&inputs[0], 0, 99);
    // no worker can start
    let stopped = env.run(BATCH.iter().chain(&["--max-memory", "1"]));
    assert!(stopped.code != 0 && stopped.stderr.contains("itasheet-run (เสียหาย 1).json"), "{}", stopped.stderr);
    let run = env.expect(0, BATCH);
    assert!(run.stdout.contains("1 workbooks written, 9 unchanged"), "{}{}", run.stdout, run.stderr);
}

#[test]
fn a_workbook_that_could_not_be_looked_at_for_once_was_no_longer_known_as_ours() {
    let (env, _) = folder();
    let (path, aside) = (env.path("out").join(workbook(0)), env.path("aside.xlsx"));
    fs::rename(&path, &aside).unwrap();
    fs::create_dir(&path).unwrap();
    let again = [BATCH.as_slice(), &["--threshold", "90"]].concat();
    let run = env.expect(1, &again);
    assert!(run.stderr.contains(&workbook(0)) && run.stdout.contains("9 workbooks written"), "{}", run.stderr);
    fs::remove_dir(&path).unwrap();
    fs::rename(&aside, &path).unwrap();
    let run = env.expect(0, &again);
    assert!(run.stdout.contains("1 workbooks written, 9 unchanged"), "{}{}", run.stdout, run.stderr);
}

#[test]
fn a_run_file_that_cannot_be_read_stops_the_run_and_stays() {
    let (env, _) = folder();
    fs::remove_file(env.path(RUN_FILE)).unwrap();
    fs::create_dir(env.path(RUN_FILE)).unwrap();
    let before = env.tree("out");
    let run = env.expect(2, BATCH);
    assert!(run.stderr.contains("itasheet-run.json: cannot be read") && run.stderr.contains("hint:"), "{}", run.stderr);
    assert!(env.path(RUN_FILE).is_dir());
    fs::remove_file(env.path(JOURNAL)).unwrap();
    assert!(before == env.tree("out"));
}

#[test]
fn a_damaged_journal_is_said_and_kept_and_what_can_be_read_is_used() {
    for (name, damage) in [("text", "no line of ours\n"), ("no end", "no line of ours"), ("zeros", "\0\0\0\0")] {
        let (env, inputs) = folder();
        let damaged = journal(&env) + damage;
        fs::write(env.path(JOURNAL), &damaged).unwrap();
        fs::remove_file(env.path(RUN_FILE)).unwrap();
        agencies::write(&inputs[3], 3, 99);
        let run = env.expect(0, BATCH);
        for words in [
            "itasheet-journal.jsonl: the record of the last run is damaged",
            "kept as itasheet-journal (เสียหาย 1).jsonl",
            "the 10 entries",
        ] {
            assert!(run.stderr.contains(words), "{name}: {}", run.stderr);
        }
        assert!(fs::read_to_string(env.path("out/itasheet-journal (เสียหาย 1).jsonl")).unwrap() == damaged, "{name}");
        assert!(run.stdout.contains("1 workbooks written, 9 unchanged"), "{name}: {}", run.stdout);
        assert!(!env.path(JOURNAL).exists());
    }
}

#[test]
fn a_line_that_a_stopped_run_has_begun_is_no_damage() {
    let (env, _) = folder();
    let before = env.tree("out");
    let whole = journal(&env);
    for end in [whole.len(), whole.len() - 1, whole.len() - 100, 1, 0] {
        fs::write(env.path(JOURNAL), &whole.as_bytes()[..end]).unwrap();
        let run = env.expect(0, BATCH);
        assert!(!run.stderr.contains("damaged"), "{end}: {}", run.stderr);
        assert!(before == env.tree("out"), "{end}");
    }
}

#[test]
fn last_years_damaged_run_file_is_said_and_stays() {
    let (env, _) = folder();
    fs::write(env.path(RUN_FILE), "damaged").unwrap();
    let before = env.tree("out");
    let run = env.expect(2, ["batch", "in", "-o", "new", "--previous", "out"]);
    assert!(run.stderr.contains("out/itasheet-run.json: the record of the run is damaged"), "{}", run.stderr);
    assert!(!env.path("new").exists());
    let run = env.expect(1, ["overview", "in", "-o", "new.xlsx", "--previous", "out"]);
    assert!(run.stderr.contains("out/itasheet-run.json: the record of the run is damaged"), "{}", run.stderr);
    assert!(before == env.tree("out"));
}

#[test]
fn a_run_file_of_the_version_before_is_read() {
    let (env, inputs) = folder();
    let mut run = run_file(&env, "out");
    run["passed"].as_object_mut().unwrap().remove("earlier_versions").unwrap();
    run.as_object_mut().unwrap().remove("earlier_versions").unwrap();
    fs::write(env.path(RUN_FILE), run.to_string()).unwrap();
    agencies::write(&inputs[2], 2, 99);
    let again = env.expect(0, BATCH);
    assert!(!again.stderr.contains("damaged"), "{}", again.stderr);
    assert!(again.stdout.contains("1 workbooks written, 9 unchanged"), "{}", again.stdout);
    assert_eq!(record(&env, "out", "000/00002.xlsx")["outcome"], "written");
}
