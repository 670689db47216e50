//! Faults of the disk and kills at every step of a run, brought about by strace: nothing in the program is made for them.
//!
//! `ITASHEET_FAULTS=all` goes through every call of every process; else some of them are taken.

use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Stdio};

use crate::support::{TestEnv, agencies};

/// The calls that write, by kind, and how many of each one process of a small run makes at most.
const CALLS: [(&str, usize); 5] = [
    ("write", 40),
    ("fsync", 10),
    ("rename,renameat,renameat2", 10),
    ("link,linkat", 3),
    ("unlink,unlinkat,ftruncate", 8),
];

const TYPED: &[u8] = b"typed by an officer";

/// What happens at a call.
const FAULTS: [&str; 3] = ["signal=KILL", "error=EIO", "error=ENOSPC"];

/// What strace is told, for each fault at each call; without `ITASHEET_FAULTS=all` for one in so many of them.
fn injections(one_in: usize) -> impl Iterator<Item = [String; 2]> {
    let all = std::env::var("ITASHEET_FAULTS").is_ok_and(|value| value == "all");
    let numbered = CALLS.into_iter().flat_map(|(calls, most)| (1..=most).map(move |number| (calls, number)));
    let each = numbered.flat_map(|(calls, number)| FAULTS.map(|fault| (calls, number, fault)));
    let some = each.enumerate().filter(move |(at, _)| all || at % one_in == 0).map(|(_, injection)| injection);
    some.map(|(calls, number, fault)| [format!("trace={calls}"), format!("inject={calls}:{fault}:when={number}")])
}

/// Whether strace is there and may look into processes.
fn has_strace() -> bool {
    let works = Command::new("strace").args(["-f", "-o", "/dev/null", "true"]).stderr(Stdio::null()).status();
    let works = works.is_ok_and(|status| status.success());
    if !works {
        println!("skipped: needs strace");
    }
    works
}

/// The command line in an environment, run by strace.
fn traced(env: &TestEnv, strace: &[&str], args: &[&str]) {
    let itasheet = env.command();
    let mut command = Command::new("strace");
    command.args(strace).arg(itasheet.get_program()).args(args).current_dir(env.path(""));
    command.env("LC_ALL", "C").env_remove("SOURCE_DATE_EPOCH");
    // What it says, and that it fails, is not what is looked at.
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
}

/// Every file of a folder but temporary ones and the journal, which a run that was stopped leaves behind.
fn named(env: &TestEnv, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let tree = env.tree(folder).into_iter();
    tree.filter(|(name, _)| !name.starts_with(".itasheet-")).collect()
}

/// A folder with the results of a run, in which three inputs have changed since, a workbook was edited and one is missing.
fn prepared() -> TestEnv {
    let env = TestEnv::new();
    let inputs = agencies::write_all(&env.path("in"), 5, 1);
    env.expect(0, ["batch", "in", "-o", "out"]);
    inputs.iter().take(3).enumerate().for_each(|(number, path)| agencies::write(path, number, 2));
    let workbook = |number| env.path("out").join(format!("{}-2567.xlsx", agencies::agency(number)));
    fs::write(workbook(1), TYPED).unwrap();
    fs::remove_file(workbook(4)).unwrap();
    env
}

fn copy(from: &TestEnv) -> TestEnv {
    let env = TestEnv::new();
    for folder in ["in", "out"] {
        for (name, bytes) in from.tree(folder) {
            let path = env.path(folder).join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }
    env
}

#[test]
fn a_fault_at_any_call_leaves_whole_files_and_the_next_run_makes_them_right() {
    if !has_strace() {
        return;
    }
    let prepared = prepared();
    let before = named(&prepared, "out");
    let run = ["batch", "in", "-o", "out", "--force", "--jobs", "2"];
    let undisturbed = copy(&prepared);
    undisturbed.expect(0, run);
    let expected = undisturbed.tree("out");
    assert!(expected.values().any(|bytes| bytes == TYPED));
    let mut disturbed = 0;
    for [trace, inject] in injections(11) {
        let env = copy(&prepared);
        traced(&env, &["-f", "-o", "/dev/null", "-e", &trace, "-e", &inject], &run);
        let after = env.tree("out");
        disturbed += usize::from(after != expected);
        for (name, bytes) in named(&env, "out") {
            let is_whole = before.get(&name) == Some(&bytes) || expected.get(&name) == Some(&bytes);
            // the run file of a run with a fault tells of it
            let is_record = name == "itasheet-run.json" && serde_json::from_slice::<serde_json::Value>(&bytes).is_ok();
            let is_overview = name == "ภาพรวม.xlsx" && is_workbook(&bytes);
            assert!(is_whole || is_record || is_overview, "{inject}: {name} has {} bytes", bytes.len());
        }
        let kept = after.values().any(|bytes| bytes == TYPED);
        assert!(kept, "{inject}: what was typed is gone");
        env.expect(0, run);
        let again = env.tree("out");
        let names = again.keys().chain(expected.keys());
        let differing: Vec<&String> = names.filter(|name| again.get(*name) != expected.get(*name)).collect();
        assert!(differing.is_empty(), "{inject}: {differing:?}");
    }
    println!("{disturbed} runs left something else than an undisturbed one");
    assert!(disturbed > 3);
}

#[test]
fn a_fault_at_any_call_of_convert_leaves_the_old_workbook_or_the_new_one() {
    if !has_strace() {
        return;
    }
    let run = ["khok-muang-2567.xlsx", "-o", "out/a.xlsx", "--force"];
    let prepared = || {
        let env = TestEnv::new();
        env.sample(run[0]);
        fs::create_dir(env.path("out")).unwrap();
        fs::write(env.path("out/a.xlsx"), TYPED).unwrap();
        env
    };
    let undisturbed = prepared();
    undisturbed.expect(0, run);
    let expected = undisturbed.tree("out");
    let mut disturbed = 0;
    for [trace, inject] in injections(7) {
        let env = prepared();
        traced(&env, &["-f", "-o", "/dev/null", "-e", &trace, "-e", &inject], &run);
        let after = named(&env, "out");
        disturbed += usize::from(after != expected);
        let is_whole = |bytes: &Vec<u8>| bytes == TYPED || *bytes == expected["a.xlsx"];
        assert!(after.contains_key("a.xlsx") && after.values().all(is_whole), "{inject}: {:?}", after.keys());
        assert!(after.values().any(|bytes| bytes == TYPED), "{inject}: what was typed is gone");
        env.expect(0, run);
        assert!(named(&env, "out") == expected, "{inject}: {:?}", env.tree("out").keys());
    }
    println!("{disturbed} conversions left something else than an undisturbed one");
    assert!(disturbed > 0);
}

/// An overview is of the inputs that a run with a fault could read: it is no file of an undisturbed run, but a whole one.
fn is_workbook(bytes: &[u8]) -> bool {
    zip::ZipArchive::new(std::io::Cursor::new(bytes)).is_ok_and(|mut zip| zip.by_name("xl/workbook.xml").is_ok())
}

#[test]
fn no_workbook_gets_its_name_before_its_bytes_and_its_line_are_on_the_disk() {
    if !has_strace() {
        return;
    }
    let env = TestEnv::new();
    agencies::write_all(&env.path("in"), 12, 1);
    let calls = "trace=write,fsync,rename,renameat,renameat2,unlink";
    traced(&env, &["-f", "-y", "-s", "100000", "-o", "calls", "-e", calls], &["batch", "in", "-o", "out"]);
    // A call is told in two lines when another process calls before it returns: what is flushed is when it has returned,
    // what gets a name has it from the beginning.
    let text = fs::read_to_string(env.path("calls")).unwrap();
    let temporary = |line: &str| {
        let start = line.find(".itasheet-")?;
        let end = line[start..].find(".tmp")?;
        Some(line[start..start + end].to_owned())
    };
    let (mut flushed, mut lines_flushed, mut lines) = (Vec::new(), 0, 0);
    let (mut renamed, mut folder_flushed, mut run_file) = (0, false, false);
    let mut begun: BTreeMap<&str, &str> = BTreeMap::new();
    for line in text.lines() {
        let (process, call) = line.split_once(' ').unwrap();
        let call = call.trim_start();
        if call.ends_with("<unfinished ...>") && !call.starts_with("rename") {
            begun.insert(process, call);
            continue;
        }
        let Some(call) = (if call.starts_with("<...") { begun.remove(process) } else { Some(call) }) else { continue };
        let is_journal = call.contains("itasheet-journal.jsonl");
        match call.split('(').next().unwrap() {
            "write" if is_journal => lines += 1,
            "fsync" if is_journal => lines_flushed = lines,
            "fsync" if temporary(call).is_some() => flushed.extend(temporary(call)),
            "fsync" => folder_flushed = call.contains("/out>"),
            "rename" | "renameat" | "renameat2" => {
                let from = temporary(call).unwrap();
                assert!(flushed.contains(&from), "{from} was not flushed before {call}");
                renamed += 1;
                if call.contains("itasheet-run.json") {
                    assert!(folder_flushed, "the names are not on the disk before the run file");
                    run_file = true;
                } else {
                    // one line for each file, in the order of their names; the last is the overview's
                    assert!(lines_flushed >= renamed, "{lines_flushed} lines, {renamed} names");
                }
                folder_flushed = false;
            }
            "unlink" if is_journal => {
                assert!(run_file && folder_flushed, "the journal goes before the run file is there");
            }
            _ => {}
        }
    }
    assert_eq!((renamed, lines), (14, 13));
}
