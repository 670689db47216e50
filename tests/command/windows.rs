//! What is so on Windows alone: patterns that no shell expands, long paths, files that another program has open.

use std::fs::{self, OpenOptions};
use std::os::windows::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use crate::support::TestEnv;

const SAMPLE: &str = "khok-muang-2567.xlsx";
const OUTPUT: &str = "khok-muang-2567-itasheet.xlsx";

/// A path of more than 260 letters, with Thai in it.
fn deep(root: &Path) -> PathBuf {
    let folder = (0..9).fold(root.to_owned(), |folder, _| folder.join("โฟลเดอร์ผลคะแนนการประเมินของหน่วยงาน"));
    fs::create_dir_all(&folder).unwrap();
    assert!(folder.to_string_lossy().chars().count() > 260);
    folder
}

#[test]
fn a_pattern_is_expanded() {
    let env = TestEnv::new();
    env.sample(SAMPLE);
    env.sample("clean-2567.xlsx");
    let run = env.expect(0, ["*-2567.XLSX", "-o", "reports/"]);
    assert_eq!(run.stdout.matches("->").count(), 2, "{}", run.stdout);
    env.expect(1, ["*.ods"]);
}

#[test]
fn paths_may_be_long_and_thai() {
    let env = TestEnv::new();
    let folder = deep(&env.path(""));
    let input = folder.join("คะแนน ๒๕๖๗.xlsx");
    fs::copy(env.sample(SAMPLE), &input).unwrap();
    env.expect(0, [&input]);
    assert!(folder.join("คะแนน ๒๕๖๗-itasheet.xlsx").exists());
    for _ in 0..2 {
        env.expect(0, [Path::new("convert"), &input, Path::new("-o"), &folder.join("o.xlsx"), Path::new("--force")]);
    }
    env.expect(0, [Path::new("batch"), &folder, Path::new("-o"), &folder.join("out")]);
    assert!(folder.join("out").join("ภาพรวม.xlsx").exists());
}

#[test]
fn a_folder_is_a_run_into_a_folder_beside_it_named_as_people_know_it() {
    let env = TestEnv::new();
    fs::create_dir(env.path("คะแนน")).unwrap();
    fs::copy(env.sample(SAMPLE), env.path("คะแนน/a.xlsx")).unwrap();
    let run = env.expect(0, [env.path("คะแนน")]);
    assert!(env.path("คะแนน-itasheet/ภาพรวม.xlsx").exists());
    assert!(!(run.stdout + &run.stderr).contains(r"\\?\"));
}

#[test]
fn what_another_program_has_open_is_named_with_the_remedy() {
    let env = TestEnv::new();
    let input = env.sample(SAMPLE);
    env.expect(0, [SAMPLE]);
    // Reading is all that Excel leaves to others while a workbook is open.
    let share = |path: &Path, others: u32| OpenOptions::new().read(true).write(true).share_mode(others).open(path);
    for others in [0, 1] {
        let open = share(&env.path(OUTPUT), others).unwrap();
        let run = env.expect(2, ["convert", SAMPLE, "-o", OUTPUT, "--force", "--agency", "เทศบาลตำบลอื่น"]);
        assert!(run.stderr.contains("open in another program") && run.stderr.contains("close it"), "{}", run.stderr);
        drop(open);
        // A copy of what it was to replace stayed, one more with each attempt.
        assert!(!env.files().iter().any(|name| name.contains("ฉบับก่อน")), "{others}: {:?}", env.files());
    }
    let open = share(&input, 0).unwrap();
    let run = env.expect(1, ["inspect", SAMPLE]);
    assert!(run.stderr.contains("hint:"), "{}", run.stderr);
    drop(open);
}

#[test]
fn a_workbook_of_a_run_that_is_open_is_named_and_replaced_once_it_is_closed() {
    let env = TestEnv::new();
    fs::create_dir(env.path("in")).unwrap();
    fs::copy(env.sample(SAMPLE), env.path("in/a.xlsx")).unwrap();
    env.expect(0, ["batch", "in", "-o", "out"]);
    let (workbook, overview) = ("เทศบาลตำบลโคกม่วง-2567.xlsx", "ภาพรวม.xlsx");
    for (others, name, threshold) in
        [(0, workbook, "90"), (0, overview, "91"), (1, workbook, "92"), (1, overview, "93")]
    {
        let path = env.path("out").join(name);
        let open = OpenOptions::new().read(true).write(true).share_mode(others).open(&path).unwrap();
        let run = env.run(["batch", "in", "-o", "out", "--threshold", threshold]);
        let said = format!("{name}: the file is open in another program");
        assert!(run.stderr.contains(&said), "{others} {name}: {}", run.stderr);
        drop(open);
        let run = env.expect(0, ["batch", "in", "-o", "out", "--threshold", threshold]);
        assert!(!run.stderr.contains("it is kept"), "{others} {name}: {}", run.stderr);
    }
    assert!(!env.tree("out").keys().any(|name| name.contains("ฉบับก่อน")), "{:?}", env.tree("out").keys());
}
