//! What `--force` replaces is kept beside it and said, and no command takes it for an input.

use std::fs;
use std::path::PathBuf;

use crate::support::run_file::{record, run_file};
use crate::support::{Run, TestEnv, agencies};

const SAMPLE: &str = "khok-muang-2567.xlsx";
const OTHER: &str = "clean-2567.xlsx";
const TYPED: &str = "typed by an officer";

/// The name of the copy of a file that was kept.
fn copy_of(name: &str, number: u32) -> String {
    let (stem, extension) = name.rsplit_once('.').unwrap();
    format!("{stem} (ฉบับก่อน {number}).{extension}")
}

fn workbook(number: usize) -> String {
    format!("{}-2567.xlsx", agencies::agency(number))
}

/// The files of a folder that are earlier versions, with their texts.
fn copies(env: &TestEnv, folder: &str) -> Vec<(String, String)> {
    let tree = env.tree(folder).into_iter().filter(|(name, _)| name.contains("ฉบับก่อน"));
    tree.map(|(name, bytes)| (name, String::from_utf8_lossy(&bytes).into_owned())).collect()
}

fn says(run: &Run, words: &str) {
    assert!(run.stderr.contains(words), "`{words}` is not in:\n{}", run.stderr);
}

#[test]
fn convert_force_keeps_what_it_replaces_and_says_so() {
    let env = TestEnv::new();
    env.sample(SAMPLE);
    fs::write(env.path("a.xlsx"), TYPED).unwrap();
    let run = env.expect(0, [SAMPLE, "-o", "a.xlsx", "--force"]);
    says(&run, "the earlier version is kept as a (ฉบับก่อน 1).xlsx");
    assert_eq!(fs::read_to_string(env.path(&copy_of("a.xlsx", 1))).unwrap(), TYPED);
    // the same bytes again: nothing is lost with them
    let run = env.expect(0, [SAMPLE, "-o", "a.xlsx", "--force"]);
    assert!(!run.stderr.contains("kept as") && env.files().len() == 3, "{:?}", env.files());
    let first = fs::read(env.path("a.xlsx")).unwrap();
    let run = env.expect(0, [SAMPLE, "-o", "a.xlsx", "--force", "--threshold", "90", "--lang", "th"]);
    says(&run, "เก็บฉบับก่อนไว้เป็น a (ฉบับก่อน 2).xlsx");
    assert!(first == fs::read(env.path(&copy_of("a.xlsx", 2))).unwrap());
}

#[test]
fn convert_force_keeps_the_workbooks_of_several_agencies_too() {
    let env = TestEnv::new();
    agencies::write_wide(&env.path("wide.xlsx"), 3);
    env.expect(0, ["wide.xlsx"]);
    fs::write(env.path("wide-itasheet").join(workbook(1)), TYPED).unwrap();
    env.expect(0, ["wide.xlsx", "--force"]);
    assert_eq!(copies(&env, "wide-itasheet"), [(copy_of(&workbook(1), 1), TYPED.to_owned())]);
}

#[test]
fn a_workbook_that_a_run_wrote_and_nobody_edited_is_not_kept() {
    let env = TestEnv::new();
    agencies::write_all(&env.path("in"), 2, 1);
    env.expect(0, ["batch", "in", "-o", "out"]);
    env.sample(SAMPLE);
    let output = PathBuf::from("out").join(workbook(0));
    let args = [SAMPLE.as_ref(), "-o".as_ref(), output.as_os_str(), "--force".as_ref()];
    env.expect(0, args);
    env.expect(0, ["overview", "in", "-o", "out/ภาพรวม.xlsx", "--threshold", "90", "--force"]);
    assert_eq!(copies(&env, "out"), []);
    fs::write(env.path("out").join(workbook(0)), TYPED).unwrap();
    env.expect(0, args);
    assert_eq!(copies(&env, "out"), [(copy_of(&workbook(0), 1), TYPED.to_owned())]);
}

#[test]
fn batch_force_keeps_what_was_edited_and_says_so_in_the_run_file() {
    let env = TestEnv::new();
    agencies::write_all(&env.path("in"), 4, 1);
    env.expect(0, ["batch", "in", "-o", "out"]);
    assert_eq!(run_file(&env, "out")["earlier_versions"], serde_json::json!([]));
    fs::write(env.path("out").join(workbook(1)), TYPED).unwrap();
    fs::write(env.path("out/ภาพรวม.xlsx"), "another text").unwrap();
    let force = ["batch", "in", "-o", "out", "--threshold", "90", "--force"];
    let run = env.expect(0, force);
    let kept = [(copy_of("ภาพรวม.xlsx", 1), "another text".to_owned()), (copy_of(&workbook(1), 1), TYPED.to_owned())];
    // those that nobody edited have other bytes now, and are not kept
    assert_eq!(copies(&env, "out"), kept);
    for (name, _) in &kept {
        says(&run, &format!("the earlier version is kept as {name}"));
    }
    let names: Vec<&str> = kept.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(run_file(&env, "out")["earlier_versions"], serde_json::json!(names));
    assert_eq!(record(&env, "out", "000/00001.xlsx")["outcome"], "written");
    let tree = env.tree("out");
    let run = env.expect(0, force.iter().chain(&["--lang", "th"]));
    says(&run, &format!("เก็บฉบับก่อนไว้เป็น {}", kept[1].0));
    assert!(tree == env.tree("out"));
    let run = env.expect(0, ["batch", "in", "-o", "out", "--threshold", "90"]);
    assert!(run.stdout.contains("0 workbooks written, 4 unchanged"), "{}", run.stdout);
    assert!(tree == env.tree("out"));
}

#[test]
fn a_run_that_was_stopped_between_copy_and_replacement_keeps_one_copy() {
    let env = TestEnv::new();
    agencies::write_all(&env.path("in"), 2, 1);
    env.expect(0, ["batch", "in", "-o", "out"]);
    let edited = env.path("out").join(workbook(1));
    fs::write(&edited, TYPED).unwrap();
    fs::hard_link(&edited, env.path("out").join(copy_of(&workbook(1), 1))).unwrap();
    env.expect(0, ["batch", "in", "-o", "out", "--force"]);
    assert_eq!(copies(&env, "out"), [(copy_of(&workbook(1), 1), TYPED.to_owned())]);
    assert!(fs::read(&edited).unwrap().starts_with(b"PK"));
}

#[test]
fn overview_force_keeps_what_it_replaces() {
    let env = TestEnv::new();
    env.sample(SAMPLE);
    fs::write(env.path("all.xlsx"), TYPED).unwrap();
    let run = env.expect(0, ["overview", SAMPLE, "-o", "all.xlsx", "--force"]);
    says(&run, "kept as all (ฉบับก่อน 1).xlsx");
    assert_eq!(fs::read_to_string(env.path(&copy_of("all.xlsx", 1))).unwrap(), TYPED);
}

#[test]
fn export_force_keeps_all_but_an_export() {
    for (name, format) in [("rows.csv", "csv"), ("rows.jsonl", "jsonl"), ("rows.json", "json")] {
        let env = TestEnv::new();
        env.sample(SAMPLE);
        env.sample(OTHER);
        fs::write(env.path(name), TYPED).unwrap();
        let run = env.expect(0, ["export", SAMPLE, "-o", name, "--force"]);
        says(&run, &format!("kept as {}", copy_of(name, 1)));
        env.expect(0, ["export", SAMPLE, OTHER, "-o", name, "--format", format, "--force"]);
        assert_eq!(env.files().len(), 4, "rows were kept: {:?}", env.files());
        assert_eq!(fs::read_to_string(env.path(&copy_of(name, 1))).unwrap(), TYPED);
    }
}

#[test]
fn no_command_takes_an_earlier_version_that_is_named() {
    let env = TestEnv::new();
    env.sample(SAMPLE);
    fs::create_dir(env.path("in")).unwrap();
    let copy = copy_of("in/a.xlsx", 1);
    fs::copy(env.path(SAMPLE), env.path(&copy)).unwrap();
    let copy = copy.as_str();
    for args in [
        vec![copy],
        vec!["convert", copy, "-o", "new.xlsx", "--force"],
        vec!["inspect", copy],
        vec!["batch", copy, "-o", "out"],
        vec!["overview", copy, "-o", "new.xlsx"],
        vec!["export", copy],
    ] {
        let run = env.expect(1, &args);
        says(&run, "this is the earlier version of a workbook that was replaced");
        says(&run, "hint: name the workbook that took its place");
        assert_eq!(env.tree("in").len(), 1, "{args:?}");
    }
    // last year's figures
    let run = env.expect(2, [SAMPLE, "-o", "new.xlsx", "--force", "--previous", copy]);
    says(&run, "this is the earlier version of a workbook");
    let run = env.expect(1, [copy, "--lang", "th"]);
    says(&run, "เป็นฉบับก่อนของสมุดงานที่ถูกแทนที่");
}

#[test]
fn searches_pass_over_earlier_versions_and_count_them() {
    let env = TestEnv::new();
    agencies::write_all(&env.path("in"), 3, 1);
    let rows = env.expect(0, ["export", "in"]).stdout;
    // an input that was typed anew, with the old one beside it
    agencies::write(&env.path("in/000").join(copy_of("00001.xlsx", 1)), 1, 7);
    agencies::write(&env.path("in/000").join(copy_of("00001.xlsx", 2)), 1, 8);
    let run = env.expect(0, ["export", "in"]);
    assert!(run.stdout == rows);
    says(&run, "skipped: 2 earlier versions of workbooks");
    let run = env.expect(0, ["overview", "in", "-o", "all.xlsx", "--lang", "th"]);
    says(&run, "ข้าม: สมุดงานฉบับก่อนที่เก็บไว้ 2 ไฟล์");
    assert!(run.stdout.contains("3 หน่วยงาน"), "{}", run.stdout);
    let run = env.expect(0, ["batch", "in", "-o", "out"]);
    assert!(run.stdout.contains("2 earlier versions of workbooks"), "{}", run.stdout);
    let run = run_file(&env, "out");
    assert_eq!((&run["passed"]["earlier_versions"], run["files"].as_array().unwrap().len()), (&2.into(), 3));
}

#[test]
fn an_output_never_replaces_an_input_that_is_named_and_is_none_where_a_folder_is() {
    let env = TestEnv::new();
    agencies::write_all(&env.path("in"), 2, 1);
    env.sample(SAMPLE);
    let csv = crate::support::formats::delimited(&crate::support::formats::cells(), ',');
    fs::write(env.path("scores.csv"), &csv).unwrap();
    for args in [
        ["export", "scores.csv", "-o", "scores.csv", "--force"],
        ["export", "scores.csv", "-o", "./scores.csv", "--force"],
        ["overview", SAMPLE, "-o", SAMPLE, "--force"],
    ] {
        says(&env.expect(2, args), "the output would overwrite the input file");
    }
    assert_eq!(fs::read_to_string(env.path("scores.csv")).unwrap(), csv);
    let export = ["export", "in", "-o", "in/rows.csv", "--force"];
    env.expect(0, export);
    let rows = fs::read(env.path("in/rows.csv")).unwrap();
    env.expect(0, export);
    assert!(rows == fs::read(env.path("in/rows.csv")).unwrap());
}
