//! Inputs are treated alike by every command: what was named is read or fails, what a search comes upon may be passed over.

use std::fs;

use itasheet::{Cause, Config, Report};

use crate::support::TestEnv;

const SAMPLE: &str = "khok-muang-2567.xlsx";

/// Every command that takes score files, with where its output goes.
const COMMANDS: [&[&str]; 5] = [
    &["inspect"],
    &["convert", "-o", "out/"],
    &["export", "-o", "out/rows.csv"],
    &["overview", "-o", "out/all.xlsx"],
    &["batch", "-o", "out/run"],
];

/// A folder with a result, its workbook, an earlier version of that, a lock file and a table of something else.
fn folder() -> TestEnv {
    let env = TestEnv::new();
    env.sample(SAMPLE);
    fs::create_dir(env.path("in")).unwrap();
    fs::rename(env.path(SAMPLE), env.path("in/good.xlsx")).unwrap();
    env.expect(0, ["in/good.xlsx", "-o", "in/own.xlsx"]);
    fs::copy(env.path("in/own.xlsx"), env.path("in/own (ฉบับก่อน 1).xlsx")).unwrap();
    fs::write(env.path("in/~$good.xlsx"), "lock").unwrap();
    fs::write(env.path("in/other.csv"), "a,b\n1,2\n").unwrap();
    env
}

/// The output folder is there and empty.
fn cleared(env: &TestEnv) {
    let _ = fs::remove_dir_all(env.path("out"));
    fs::create_dir(env.path("out")).unwrap();
}

fn arguments<'a>(command: &[&'a str], inputs: &[&'a str]) -> Vec<&'a str> {
    let (name, options) = command.split_first().unwrap();
    [*name].into_iter().chain(inputs.iter().copied()).chain(options.iter().copied()).collect()
}

#[test]
fn a_file_that_was_named_is_read_or_fails_whatever_the_command() {
    let env = folder();
    let cases = [
        ("in/own.xlsx", 0, ""),
        ("in/good.xlsx", 0, ""),
        ("in/other.csv", 1, "no ITA question code"),
        ("in/~$good.xlsx", 1, "lock file"),
        ("in/own (ฉบับก่อน 1).xlsx", 1, "the earlier version of a workbook that was replaced"),
    ];
    for (file, code, words) in cases {
        for command in COMMANDS {
            cleared(&env);
            let run = env.expect(code, arguments(command, &[file]));
            assert!(run.stderr.contains(words), "{command:?} {file}: {}", run.stderr);
            assert_eq!(run.stderr.contains("error:"), code == 1, "{command:?} {file}: {}", run.stderr);
        }
    }
}

#[test]
fn what_a_search_comes_upon_is_passed_over_with_its_reason_whatever_the_command() {
    let env = folder();
    for command in COMMANDS {
        cleared(&env);
        let _ = fs::remove_dir_all(env.path("in-itasheet"));
        let run = env.expect(0, arguments(command, &["in"]));
        let passed: Vec<&str> = run.stderr.lines().filter(|line| line.starts_with("skipped: ")).collect();
        for (file, words) in [("other.csv", "no ITA question code"), ("own.xlsx", "a workbook that this program wrote")]
        {
            let said = passed.iter().any(|line| line.contains(file) && line.contains(words));
            assert!(said, "{command:?} {file}: {}", run.stderr);
        }
        assert!(!run.stderr.contains("error:"), "{command:?}: {}", run.stderr);
    }
}

#[test]
fn an_input_that_is_not_there_stops_no_other_whatever_the_command() {
    let env = folder();
    for command in COMMANDS {
        cleared(&env);
        let run = env.expect(1, arguments(command, &["in/none.xlsx", "in/good.xlsx"]));
        assert!(run.stderr.contains("in/none.xlsx: no such file"), "{command:?}: {}", run.stderr);
        let made = fs::read_dir(env.path("out")).unwrap().count();
        assert!(made > 0 || command == ["inspect"], "{command:?}");
        assert!(command != ["inspect"] || run.stdout.contains("92.13"), "{}", run.stdout);
    }
}

#[test]
fn a_file_of_several_agencies_is_no_report_of_one() {
    let env = TestEnv::new();
    let text = "หน่วยงาน,i1,i2,o1\nเทศบาลตำบลหนึ่ง,84.67,91.5,100\nเทศบาลตำบลสอง,90,91,100\n";
    fs::write(env.path("two.csv"), text).unwrap();
    let error = Report::of_file(&env.path("two.csv"), &Config::default()).unwrap_err();
    assert!(matches!(error.cause, Cause::SeveralAgencies { agencies: 2 }), "{error:?}");
}
