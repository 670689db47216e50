//! A run over folders can be repeated, and stopped at any moment: nothing is done twice, lost or half-written.

use std::collections::BTreeMap;
use std::fs;
use std::process::Stdio;
use std::time::{Duration, SystemTime};

use crate::support::run_file::{record, run_file};
use crate::support::{TestEnv, agencies};

const BATCH: [&str; 4] = ["batch", "in", "-o", "out"];

/// The times at which the files of a folder were written.
fn times(env: &TestEnv, folder: &str) -> BTreeMap<String, SystemTime> {
    let entries = fs::read_dir(env.path(folder)).unwrap().map(Result::unwrap);
    entries
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.metadata().unwrap().modified().unwrap()))
        .collect()
}

fn workbook(number: usize) -> String {
    format!("{}-2567.xlsx", agencies::agency(number))
}

#[test]
fn a_second_run_writes_nothing_and_a_third_only_what_changed() {
    let env = TestEnv::new();
    let inputs = agencies::write_all(&env.path("in"), 8, 1);
    env.expect(0, BATCH);
    let (first, tree) = (times(&env, "out"), env.tree("out"));
    let run = env.expect(0, BATCH);
    assert!(run.stdout.contains("0 workbooks written, 8 unchanged"), "{}", run.stdout);
    assert!(tree == env.tree("out"));
    std::thread::sleep(Duration::from_millis(20));
    agencies::write(&inputs[3], 3, 99);
    let run = env.expect(0, BATCH);
    assert!(run.stdout.contains("1 workbooks written, 7 unchanged"), "{}", run.stdout);
    let changed: Vec<String> = times(&env, "out")
        .into_iter()
        .filter(|(name, time)| first.get(name) != Some(time))
        .map(|(name, _)| name)
        .collect();
    assert!(changed.contains(&workbook(3)), "{changed:?}");
    assert!(!changed.iter().any(|name| name.ends_with("-2567.xlsx") && *name != workbook(3)), "{changed:?}");
}

#[test]
fn other_settings_do_everything_again() {
    let env = TestEnv::new();
    agencies::write_all(&env.path("in"), 3, 1);
    env.expect(0, BATCH);
    let run = env.expect(0, ["batch", "in", "-o", "out", "--threshold", "90"]);
    assert!(run.stdout.contains("3 workbooks written"), "{}", run.stdout);
    fs::write(env.path("in/000/profile.toml"), "digits = \"thai\"\n").unwrap();
    let run = env.expect(0, ["batch", "in", "-o", "out", "--threshold", "90"]);
    assert!(run.stdout.contains("3 workbooks written"), "{}", run.stdout);
}

#[test]
fn a_workbook_that_was_edited_is_kept_until_force() {
    let env = TestEnv::new();
    let inputs = agencies::write_all(&env.path("in"), 3, 1);
    env.expect(0, BATCH);
    let edited = env.path("out").join(workbook(1));
    fs::write(&edited, "edited by an officer").unwrap();
    for change in [false, true] {
        if change {
            agencies::write(&inputs[1], 1, 5);
        }
        let run = env.expect(0, BATCH);
        assert_eq!(fs::read_to_string(&edited).unwrap(), "edited by an officer");
        assert!(run.stderr.contains("it is kept") && run.stderr.contains("--force"), "{}", run.stderr);
        let record = record(&env, "out", "000/00001.xlsx");
        assert_eq!((&record["outcome"], &record["agencies"][0]["kept"]), (&"warnings".into(), &true.into()));
    }
    env.expect(0, ["batch", "in", "-o", "out", "--force"]);
    assert!(fs::read(&edited).unwrap().starts_with(b"PK"));
    let run = env.expect(0, BATCH);
    assert!(run.stdout.contains("0 workbooks written, 3 unchanged"), "{}", run.stdout);
}

#[test]
fn a_file_of_another_is_never_replaced() {
    let env = TestEnv::new();
    agencies::write_all(&env.path("in"), 2, 1);
    fs::create_dir(env.path("out")).unwrap();
    fs::write(env.path("out").join(workbook(0)), "precious").unwrap();
    env.expect(0, BATCH);
    assert_eq!(fs::read_to_string(env.path("out").join(workbook(0))).unwrap(), "precious");
    assert_eq!(record(&env, "out", "000/00000.xlsx")["agencies"][0]["kept"], true);
}

#[test]
fn workbooks_without_a_run_file_are_adopted() {
    let env = TestEnv::new();
    agencies::write_all(&env.path("in"), 3, 1);
    env.expect(0, BATCH);
    let tree = env.tree("out");
    fs::remove_file(env.path("out/itasheet-run.json")).unwrap();
    let run = env.expect(0, BATCH);
    assert!(run.stdout.contains("0 workbooks written, 3 unchanged"), "{}", run.stdout);
    assert!(tree == env.tree("out"));
}

#[test]
fn a_workbook_that_was_deleted_is_made_again() {
    let env = TestEnv::new();
    agencies::write_all(&env.path("in"), 3, 1);
    env.expect(0, BATCH);
    let tree = env.tree("out");
    fs::remove_file(env.path("out").join(workbook(2))).unwrap();
    env.expect(0, BATCH);
    assert!(tree == env.tree("out"));
}

#[test]
fn the_workbook_of_an_input_that_is_gone_is_left_and_said() {
    let env = TestEnv::new();
    let inputs = agencies::write_all(&env.path("in"), 3, 1);
    env.expect(0, BATCH);
    fs::remove_file(&inputs[2]).unwrap();
    for _ in 0..2 {
        let run = env.expect(0, BATCH);
        assert!(run.stderr.contains("is no longer made from 000/00002.xlsx"), "{}", run.stderr);
        assert_eq!(run_file(&env, "out")["left"][0]["workbook"], workbook(2).as_str());
    }
    // a renamed input takes its workbook over
    fs::rename(&inputs[1], env.path("in/000/renamed.xlsx")).unwrap();
    env.expect(0, BATCH);
    assert_eq!(record(&env, "out", "000/renamed.xlsx")["agencies"][0]["workbook"], workbook(1).as_str());
}

#[test]
fn a_new_neighbour_does_not_move_the_numbers_of_clashes() {
    let env = TestEnv::new();
    fs::create_dir(env.path("in")).unwrap();
    agencies::write(&env.path("in/b.xlsx"), 3, 1);
    agencies::write(&env.path("in/c.xlsx"), 3, 2);
    env.expect(0, BATCH);
    let before = fs::read(env.path("out").join(workbook(3))).unwrap();
    agencies::write(&env.path("in/a.xlsx"), 3, 3);
    env.expect(0, BATCH);
    assert!(before == fs::read(env.path("out").join(workbook(3))).unwrap());
    let name = &record(&env, "out", "a.xlsx")["agencies"][0]["workbook"];
    assert_eq!(*name, workbook(3).replace(".xlsx", " (3).xlsx").as_str());
}

#[test]
fn two_runs_into_one_folder_at_a_time_are_refused() {
    let env = TestEnv::new();
    agencies::write_all(&env.path("in"), 60, 1);
    let mut first = env.command().args(BATCH).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let journal = env.path("out/.itasheet-journal.jsonl");
    while fs::metadata(&journal).map_or(0, |facts| facts.len()) == 0 {
        assert!(first.try_wait().unwrap().is_none(), "the first run ended too soon");
    }
    let second = env.expect(2, BATCH);
    assert!(second.stderr.contains("another run is writing"), "{}", second.stderr);
    assert!(first.wait().unwrap().success());
    env.expect(0, BATCH);
}

/// `ITASHEET_KILLS=60` kills a run of 400 files as often.
#[test]
fn a_run_that_is_killed_again_and_again_ends_as_one_that_was_not() {
    let kills = std::env::var("ITASHEET_KILLS").map_or(6, |kills| kills.parse().unwrap());
    let env = TestEnv::new();
    agencies::write_all(&env.path("in"), if kills > 6 { 400 } else { 80 }, 1);
    fs::write(env.path("in/000/bad.xlsx"), "").unwrap();
    env.expect(1, ["batch", "in", "-o", "whole"]);
    let whole = env.tree("whole");
    let mut random = agencies::Random::new(1);
    let journal = env.path("out/.itasheet-journal.jsonl");
    let lines = || fs::read(&journal).map_or(0, |bytes| bytes.iter().filter(|byte| **byte == b'\n').count());
    let mut landed = 0;
    for _ in 0..kills {
        let start = lines();
        let mut run = env.command().args(BATCH).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // Some files further on than the run before, the run is stopped.
        let wanted = start + 1 + random.up_to(6) as usize;
        while lines() < wanted && run.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_micros(200));
        }
        std::thread::sleep(Duration::from_micros(random.up_to(4_000)));
        landed += usize::from(run.try_wait().unwrap().is_none());
        run.kill().unwrap();
        run.wait().unwrap();
        assert!(journal.exists() && !env.path("out/itasheet-run.json").exists(), "the run had ended");
        for (name, bytes) in env.tree("out").into_iter().filter(|(name, _)| !name.starts_with(".itasheet-")) {
            assert!(whole.get(&name) == Some(&bytes), "{name} is not whole");
        }
    }
    assert_eq!(landed, kills);
    // a torn line, and a file that a worker had begun
    fs::write(env.path("out/.itasheet-1-1.tmp"), "half").unwrap();
    let torn = fs::read(&journal).unwrap();
    fs::write(&journal, &torn[..torn.len() - 20]).unwrap();
    let run = env.expect(1, BATCH);
    assert!(!run.stderr.contains("damaged"), "{}", run.stderr);
    assert!(whole == env.tree("out"));
}
