//! Files that bring their parser down: every command says one thing about each and goes on with the others.

use crate::support::binary::ole;
use crate::support::hostile::{all_corners, endless_attributes, many_formats, sheet_beyond_the_end};
use crate::support::{Run, TestEnv, sheet, texts};

const SAMPLE: &str = "khok-muang-2567.xlsx";
const AGENCY: &str = "เทศบาลตำบลโคกม่วง";

/// Killers by name, and what is said about each: by all commands, and by `batch`, which reads all files in other processes.
fn killers() -> Vec<(&'static str, Vec<u8>, &'static str, &'static str)> {
    let (mut circle, table) = ole("Workbook", &[0; 5000]);
    circle[table..table + 4].fill(0);
    vec![
        ("circle.xls", circle, "circle", "circle"),
        ("corners.xls", all_corners(), "--max-memory", "--max-memory"),
        // These two get through to the parser, and the first takes its process with it.
        ("formats.xlsx", many_formats(), "--max-memory", "more than 300 MB of memory"),
        ("panic.xls", sheet_beyond_the_end(), "made the spreadsheet reader fail", "made the spreadsheet reader fail"),
    ]
}

/// A folder `in` with the killers among two good files, and their paths.
fn folder() -> (TestEnv, Vec<String>) {
    let env = TestEnv::new();
    std::fs::create_dir(env.path("in")).unwrap();
    for name in ["a.xlsx", "z.xlsx"] {
        std::fs::copy(env.sample(SAMPLE), env.path("in").join(name)).unwrap();
    }
    for (name, bytes, ..) in killers() {
        std::fs::write(env.path("in").join(name), bytes).unwrap();
    }
    let names = killers().into_iter().map(|(name, ..)| name);
    let paths = ["a.xlsx"].into_iter().chain(names).chain(["z.xlsx"]).map(|name| format!("in/{name}"));
    (env, paths.collect())
}

/// One error for each killer, with its words, and nothing of what a dying process says.
fn assert_told(run: &Run, in_batch: bool) {
    let errors: Vec<&str> = run.stderr.lines().filter(|line| line.starts_with("error:")).collect();
    assert_eq!(errors.len(), killers().len(), "{}", run.stderr);
    for (name, _, words, batch_words) in killers() {
        let (_, told) = run.stderr.split_once(&format!("{name}: ")).unwrap_or_else(|| panic!("{name}: {}", run.stderr));
        let told = told.split("error:").next().unwrap_or_default();
        let words = if in_batch { batch_words } else { words };
        // Memory is bounded on Linux only.
        let bounded = cfg!(target_os = "linux") || !words.contains("memory");
        assert!(!bounded || told.contains(words), "{name}: {told}");
    }
    assert!(!run.stderr.contains("panicked") && !run.stderr.contains("memory allocation of"), "{}", run.stderr);
}

#[test]
fn convert_and_inspect_go_on() {
    let (env, paths) = folder();
    let paths = || paths.iter().map(String::as_str);
    let run = env.expect(1, ["convert", "-o", "out"].into_iter().chain(paths()));
    assert_told(&run, false);
    assert_eq!(env.tree("out").into_keys().collect::<Vec<_>>(), ["a-itasheet.xlsx", "z-itasheet.xlsx"]);
    let run = env.expect(1, ["inspect"].into_iter().chain(paths()));
    assert_told(&run, false);
    assert!(run.stdout.contains("in/a.xlsx") && run.stdout.contains("in/z.xlsx"), "{}", run.stdout);
}

#[test]
fn overview_and_export_go_on() {
    let (env, _) = folder();
    let run = env.expect(1, ["export", "in"]);
    assert_told(&run, false);
    assert!(run.stdout.contains(",a.xlsx,") && run.stdout.contains(",z.xlsx,"), "{}", run.stdout);
    let run = env.expect(1, ["overview", "in", "-o", "overview.xlsx", "--previous", "in"]);
    assert!(!run.stderr.contains("panicked") && !run.stderr.contains("memory allocation of"), "{}", run.stderr);
    let listed = texts(&sheet(&env.path("overview.xlsx"), "รายการที่ควรตรวจสอบ"));
    for (name, ..) in killers() {
        assert!(listed.iter().any(|(_, _, text)| text.contains(name)), "{name}: {listed:?}");
    }
    let ranked = texts(&sheet(&env.path("overview.xlsx"), "ตารางอันดับ"));
    assert!(ranked.iter().any(|(_, _, text)| text == AGENCY), "{ranked:?}");
}

#[test]
fn batch_goes_on_under_its_own_limits() {
    let (env, _) = folder();
    let run = env.expect(1, ["batch", "in", "-o", "out", "--jobs", "2"]);
    assert_told(&run, true);
    let names: Vec<String> = env.tree("out").into_keys().collect();
    assert_eq!(names.iter().filter(|name| name.starts_with(AGENCY)).count(), 2, "{names:?}");
}

#[test]
fn what_takes_its_parser_for_ever_is_given_up_by_all() {
    let env = TestEnv::new();
    std::fs::create_dir(env.path("in")).unwrap();
    std::fs::write(env.path("in/page.html"), endless_attributes()).unwrap();
    std::fs::copy(env.sample(SAMPLE), env.path("in/z.xlsx")).unwrap();
    for args in [vec!["export", "in"], vec!["overview", "in", "-o", "overview.xlsx"], vec!["batch", "in", "-o", "out"]]
    {
        let run = env.expect(1, args.iter().copied().chain(["--max-seconds", "1"]));
        assert_eq!(run.stderr.matches("error:").count(), 1, "{args:?}: {}", run.stderr);
        assert!(run.stderr.contains("--max-seconds"), "{args:?}: {}", run.stderr);
    }
    assert!(env.path("overview.xlsx").exists());
    assert_eq!(env.tree("out").keys().filter(|name| name.starts_with(AGENCY)).count(), 1);
}
