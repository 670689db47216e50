//! Folders: every file is one outcome, one bad file stops nothing, and the result does not depend on the workers.

use crate::support::run_file::{record, run_file};
use std::io::Write;

use serde_json::Value;

use crate::support::{TestEnv, agencies, sheet, texts};

const SAMPLE: &str = "khok-muang-2567.xlsx";

fn zip_with(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A real workbook of so many texts that reading it takes far more memory than the score files do.
fn large_workbook(path: &std::path::Path) {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for row in 0..40_000 {
        for column in 0..8 {
            sheet.write(row, column, format!("ข้อความในแถวที่ {row} คอลัมน์ที่ {column} ซึ่งไม่มีรหัสข้อคำถาม")).unwrap();
        }
    }
    workbook.save(path).unwrap();
}

/// Broken files, and a word of what is said about each.
fn broken() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let password = crate::support::binary::ole("EncryptedPackage", &[0; 5000]).0;
    let sample = std::fs::read(crate::support::samples_folder().join(SAMPLE)).unwrap();
    let zeros = vec![0u8; 300 << 20];
    let claim = br#"<?xml version="1.0"?><sst uniqueCount="1000000000000"><si><t>i1</t></si></sst>"#;
    vec![
        ("empty.xlsx", Vec::new(), "empty"),
        ("truncated.xlsx", sample[..sample.len() / 2].to_vec(), "damaged"),
        ("password.xlsx", password, "password"),
        ("bomb.xlsx", zip_with(&[("_rels/.rels", b"x"), ("xl/sharedStrings.xml", &zeros)]), "unpacked size"),
        ("claim.xlsx", zip_with(&[("_rels/.rels", b"x"), ("xl/sharedStrings.xml", claim)]), ""),
        ("word.xlsx", zip_with(&[("[Content_Types].xml", b"x"), ("word/document.xml", b"x")]), "a Word document"),
        ("pdf.xlsx", b"%PDF-1.7".to_vec(), "a PDF document"),
        ("picture.xlsx", b"\x89PNG\r\n\x1a\n0000".to_vec(), "a picture"),
        ("bytes.xlsx", vec![0, 1, 2, 3, 0, 0, 0, 255], "unknown data"),
    ]
}

#[test]
fn good_and_bad_files_each_have_one_outcome_and_the_good_ones_their_workbooks() {
    let env = TestEnv::new();
    agencies::write_all(&env.path("in"), 24, 1);
    for (name, bytes, _) in broken() {
        std::fs::write(env.path("in/001").join(name), bytes).unwrap();
    }
    large_workbook(&env.path("in/large.xlsx"));
    std::fs::create_dir(env.path("in/folder.xlsx")).unwrap();
    std::fs::create_dir(env.path("in/.hidden")).unwrap();
    std::fs::write(env.path("in/~$00001.xlsx"), "lock").unwrap();
    std::fs::write(env.path("in/letter.docx"), "letter").unwrap();
    std::fs::write(env.path("in/notes"), "notes").unwrap();
    env.write_rows("in/prices.xlsx", &[("apples".to_owned(), 30.0)]);
    // The limit is one that the score files are far below.
    let run = env.expect(1, ["batch", "in", "-o", "out", "--max-memory", "120M", "--jobs", "2"]);
    for (name, _, words) in broken() {
        let record = record(&env, "out", &format!("001/{name}"));
        assert_eq!(record["outcome"], "failed", "{record:#}");
        let message = record["reason"]["message"]["en"].as_str().unwrap();
        assert!(message.contains(words), "{name}: {message}");
        assert!(run.stderr.contains(&format!("001/{name}: {message}")), "{}", run.stderr);
        assert!(!record["reason"]["hint"]["th"].as_str().unwrap().is_empty());
    }
    if cfg!(target_os = "linux") {
        let large = record(&env, "out", "large.xlsx");
        assert_eq!(large["outcome"], "failed");
        assert!(large["reason"]["message"]["en"].as_str().unwrap().contains("more than 120 MB"), "{large:#}");
    }
    assert_eq!(record(&env, "out", "prices.xlsx")["outcome"], "skipped");
    assert!(run.stderr.contains("skipped: prices.xlsx: no ITA question code"), "{}", run.stderr);
    let run = run_file(&env, "out");
    assert_eq!(run["passed"]["lock_files"], 1);
    assert_eq!(run["passed"]["hidden"], 1);
    assert_eq!(run["passed"]["other_types"], serde_json::json!({"": 1, "docx": 1}));
    for number in 0..24 {
        let name = format!("{}-2567.xlsx", agencies::agency(number));
        let cells = texts(&sheet(&env.path("out").join(name), "สรุปผล"));
        assert!(cells.iter().any(|(_, _, text)| *text == agencies::agency(number)), "{number}");
    }
    assert_eq!(env.tree("out").keys().filter(|name| name.ends_with(".xlsx") && name.contains("-2567")).count(), 24);
}

#[test]
fn one_and_several_workers_leave_the_same_bytes() {
    let env = TestEnv::new();
    agencies::write_all(&env.path("in"), 30, 2);
    // A clash of names on which the order of finishing must have no say.
    for copy in ["a", "z", "m/x"] {
        let path = env.path("in").join(copy).with_extension("xlsx");
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        agencies::write(&path, 3, 7);
    }
    std::fs::write(env.path("in/bad.xlsx"), "").unwrap();
    for jobs in ["1", "2", "5"] {
        env.expect(1, ["batch", "in", "-o", jobs, "--jobs", jobs]);
    }
    let one = env.tree("1");
    assert!(one.contains_key(&format!("{}-2567 (4).xlsx", agencies::agency(3))), "{:?}", one.keys());
    assert!(one == env.tree("2") && one == env.tree("5"));
}

#[test]
fn two_files_of_one_agency_and_year_name_each_other_and_one_counts() {
    let env = TestEnv::new();
    std::fs::create_dir(env.path("in")).unwrap();
    agencies::write(&env.path("in/a.xlsx"), 3, 1);
    agencies::write(&env.path("in/b.xlsx"), 3, 2);
    let run = env.expect(0, ["batch", "in", "-o", "out"]);
    assert_eq!(record(&env, "out", "a.xlsx")["agencies"][0]["duplicated_by"], "b.xlsx");
    assert_eq!(record(&env, "out", "b.xlsx")["agencies"][0]["duplicate_of"], "a.xlsx");
    assert!(run.stderr.contains("same agency and year as a.xlsx, which counts"), "{}", run.stderr);
    env.expect(1, ["batch", "in", "-o", "out", "--fail-on", "warning"]);
}

#[test]
fn names_follow_the_template_and_stay_in_the_folder() {
    let env = TestEnv::new();
    env.write_rows("scores.xlsx", &[("i1".to_owned(), 90.0)]);
    env.expect(0, ["batch", "scores.xlsx", "-o", "out", "--name", "../{input}:{year}?", "--year", "2567"]);
    assert!(env.path("out/scores-2567-.xlsx").exists(), "{:?}", env.tree("out").keys());
    let run = env.expect(2, ["batch", "scores.xlsx", "-o", "out", "--name", "{town}"]);
    assert!(run.stderr.contains("{town}") && run.stderr.contains("{district}"), "{}", run.stderr);
}

#[test]
fn a_profile_beside_the_files_sets_all_but_the_agency() {
    let env = TestEnv::new();
    std::fs::create_dir(env.path("in")).unwrap();
    env.write_rows("in/scores.xlsx", &[("i1".to_owned(), 88.0)]);
    std::fs::write(env.path("in/profile.toml"), "agency = \"เทศบาลอื่น\"\nthreshold = 90\n").unwrap();
    env.expect(0, ["batch", "in", "-o", "out"]);
    let agency = &record(&env, "out", "scores.xlsx")["agencies"][0]["result"]["agency"];
    assert!(agency.is_null(), "{agency}");
    let analysis = texts(&sheet(&env.path("out/scores-2567.xlsx"), "วิเคราะห์ผล"));
    assert!(analysis.iter().any(|(_, _, text)| text == "ควรปรับปรุง"));
}

#[test]
fn a_dry_run_says_what_would_be_done_and_writes_nothing() {
    let env = TestEnv::new();
    agencies::write_all(&env.path("in"), 3, 4);
    let run = env.expect(0, ["batch", "in", "-o", "out", "--dry-run"]);
    assert!(run.stdout.contains("3 workbooks would be written"), "{}", run.stdout);
    assert_eq!(env.files(), ["in"]);
}

#[test]
fn the_log_has_a_line_for_each_file_in_their_order() {
    let env = TestEnv::new();
    agencies::write_all(&env.path("in"), 12, 5);
    let run = env.expect(0, ["batch", "in", "-o", "out", "--log", "json", "--jobs", "2"]);
    let lines: Vec<Value> = run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let inputs: Vec<&str> = lines.iter().map(|line| line["input"].as_str().unwrap()).collect();
    let expected: Vec<String> = (0..12).map(|number| format!("000/{number:05}.xlsx")).collect();
    assert_eq!(inputs, expected);
}

#[test]
fn what_cannot_be_started_is_said_and_attempts_nothing() {
    let env = TestEnv::new();
    std::fs::create_dir(env.path("empty")).unwrap();
    env.sample(SAMPLE);
    std::fs::write(env.path("file"), "x").unwrap();
    for (args, words) in [
        (vec!["batch", "nowhere", "-o", "out"], "no such file"),
        (vec!["batch", "empty", "-o", "out"], "no spreadsheet was found"),
        (vec!["batch", ".", "-o", "."], "overwrite the input"),
        (vec!["batch", SAMPLE, "-o", "file"], "cannot be written"),
        (vec!["batch", SAMPLE, "-o", "out", "--profile", "nowhere.toml"], "cannot be used as a setting"),
    ] {
        let run = env.expect(2, &args);
        assert!(run.stderr.contains(words) && run.stderr.contains("hint:"), "{args:?}: {}", run.stderr);
    }
    assert_eq!(env.files(), ["empty", "file", SAMPLE]);
}

#[test]
fn our_own_workbooks_among_the_inputs_are_no_inputs() {
    let env = TestEnv::new();
    std::fs::create_dir(env.path("in")).unwrap();
    agencies::write(&env.path("in/a.xlsx"), 1, 1);
    env.expect(0, ["in/a.xlsx"]);
    env.expect(0, ["batch", "in", "-o", "in/out"]);
    // the output folder of another run lies below, too
    env.expect(0, ["batch", "in", "-o", "other"]);
    assert_eq!(record(&env, "other", "a-itasheet.xlsx")["outcome"], "skipped");
    assert_eq!(run_file(&env, "other")["files"].as_array().unwrap().len(), 2);
    assert_eq!(run_file(&env, "other")["passed"]["output_folders"], 1);
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_loops_are_not() {
    let env = TestEnv::new();
    std::fs::create_dir_all(env.path("in/sub")).unwrap();
    agencies::write(&env.path("elsewhere.xlsx"), 1, 1);
    std::os::unix::fs::symlink(env.path("in"), env.path("in/sub/loop")).unwrap();
    std::os::unix::fs::symlink(env.path("elsewhere.xlsx"), env.path("in/link.xlsx")).unwrap();
    std::os::unix::fs::symlink(env.path("gone.xlsx"), env.path("in/dangling.xlsx")).unwrap();
    env.expect(1, ["batch", "in", "-o", "out"]);
    assert_eq!(run_file(&env, "out")["passed"]["link_loops"], 1);
    assert_eq!(record(&env, "out", "link.xlsx")["agencies"].as_array().unwrap().len(), 1);
    assert_eq!(record(&env, "out", "dangling.xlsx")["outcome"], "failed");
}

#[cfg(unix)]
#[test]
fn a_file_that_never_ends_is_given_up_in_time() {
    let env = TestEnv::new();
    agencies::write_all(&env.path("in"), 3, 6);
    let pipe = std::process::Command::new("mkfifo").arg(env.path("in/pipe.xlsx")).status().unwrap();
    assert!(pipe.success());
    env.expect(1, ["batch", "in", "-o", "out", "--max-seconds", "1"]);
    let pipe = record(&env, "out", "pipe.xlsx");
    assert!(pipe["reason"]["message"]["en"].as_str().unwrap().contains("longer than 6 seconds"), "{pipe:#}");
    assert_eq!(run_file(&env, "out")["counts"]["failed"], 1);
}

#[test]
fn a_file_of_many_agencies_is_shared_out_and_gives_a_workbook_each() {
    let env = TestEnv::new();
    std::fs::create_dir(env.path("in")).unwrap();
    agencies::write_wide(&env.path("in/wide.xlsx"), 110);
    agencies::write(&env.path("in/x.xlsx"), 7, 1);
    env.expect(0, ["batch", "in", "-o", "one", "--jobs", "1"]);
    env.expect(0, ["batch", "in", "-o", "two", "--jobs", "2"]);
    let tree = env.tree("one");
    assert!(tree == env.tree("two"));
    let wide = record(&env, "one", "wide.xlsx");
    let names: Vec<&str> =
        wide["agencies"].as_array().unwrap().iter().map(|a| a["workbook"].as_str().unwrap()).collect();
    let expected: Vec<String> = (0..110).map(|number| format!("{}-2567.xlsx", agencies::agency(number))).collect();
    assert_eq!(names, expected);
    assert!(tree.contains_key(&format!("{}-2567 (2).xlsx", agencies::agency(7))));
    let run = env.expect(0, ["batch", "in", "-o", "one"]);
    assert!(run.stdout.contains("0 workbooks written, 111 unchanged"), "{}", run.stdout);
}

/// A pipe gives each reader another content, as a file does that is saved while a run is at it.
#[cfg(unix)]
#[test]
fn a_file_that_changes_while_its_parts_are_read_fails_and_is_made_again_as_a_whole() {
    let env = TestEnv::new();
    std::fs::create_dir(env.path("in")).unwrap();
    agencies::write_wide(&env.path("first.xlsx"), 201);
    agencies::write_wide(&env.path("second.xlsx"), 2);
    agencies::write(&env.path("in/x.xlsx"), 7, 1);
    let pipe = env.path("in/wide.xlsx");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    // The second comes when the first part is done: else one reader would get both.
    let done = "until [ -s out/.itasheet-journal.jsonl ]; do sleep 0.05; done";
    let script = format!("cat first.xlsx > in/wide.xlsx; {done}; cat second.xlsx > in/wide.xlsx");
    let mut writer = std::process::Command::new("sh").args(["-c", &script]).current_dir(env.path("")).spawn().unwrap();
    let run = env.expect(1, ["batch", "in", "-o", "out", "--jobs", "2"]);
    assert!(writer.wait().unwrap().success(), "the file was read once only");
    assert!(run.stderr.contains("wide.xlsx: the file, or the profile.toml beside it, was changed"), "{}", run.stderr);
    let wide = record(&env, "out", "wide.xlsx");
    assert_eq!((&wide["outcome"], &wide["sha256"]), (&"failed".into(), &Value::Null));
    assert_eq!(record(&env, "out", "x.xlsx")["outcome"], "written");
    std::fs::remove_file(&pipe).unwrap();
    std::fs::rename(env.path("second.xlsx"), &pipe).unwrap();
    env.expect(0, ["batch", "in", "-o", "out"]);
    let wide = record(&env, "out", "wide.xlsx");
    assert_eq!((wide["sha256"].is_string(), wide["agencies"].as_array().unwrap().len()), (true, 2), "{wide:#}");
}

#[test]
fn convert_gives_several_agencies_a_folder() {
    let env = TestEnv::new();
    agencies::write_wide(&env.path("wide.xlsx"), 3);
    env.expect(0, ["wide.xlsx"]);
    let names = |number| format!("{}-2567.xlsx", agencies::agency(number));
    let expected: std::collections::BTreeSet<String> = (0..3).map(names).collect();
    assert_eq!(env.tree("wide-itasheet").into_keys().collect::<std::collections::BTreeSet<_>>(), expected);
    env.expect(0, ["wide.xlsx"]);
    assert_eq!(env.tree("wide-itasheet (2)").len(), 3);
    env.expect(0, ["convert", "wide.xlsx", "-o", "folder/"]);
    assert!(env.tree("folder") == env.tree("wide-itasheet"));
    let run = env.expect(2, ["convert", "wide.xlsx", "-o", "folder/"]);
    assert!(run.stderr.contains("exists already"), "{}", run.stderr);
    let run = env.expect(2, ["convert", "wide.xlsx", "-o", "one.xlsx"]);
    assert!(run.stderr.contains("holds 3 agencies") && run.stderr.contains("--agency"), "{}", run.stderr);
    env.expect(0, ["convert", "wide.xlsx", "-o", "one.xlsx", "--agency", &agencies::agency(1)]);
    assert!(env.path("one.xlsx").exists());
}

#[test]
fn the_overview_is_written_once_and_kept_where_it_was_edited() {
    let env = TestEnv::new();
    agencies::write_all(&env.path("in"), 5, 9);
    std::fs::write(env.path("in/bad.xlsx"), "").unwrap();
    env.expect(1, ["batch", "in", "-o", "out"]);
    let overview = env.path("out/ภาพรวม.xlsx");
    let first = std::fs::metadata(&overview).unwrap().modified().unwrap();
    env.expect(1, ["batch", "in", "-o", "out"]);
    assert_eq!(first, std::fs::metadata(&overview).unwrap().modified().unwrap());
    let bytes = std::fs::read(&overview).unwrap();
    agencies::write(&env.path("in/000/00001.xlsx"), 1, 10);
    env.expect(1, ["batch", "in", "-o", "out", "--previous", "out"]);
    assert!(bytes != std::fs::read(&overview).unwrap());
    std::fs::write(&overview, "edited").unwrap();
    let run = env.expect(1, ["batch", "in", "-o", "out"]);
    assert!(run.stderr.contains("ภาพรวม.xlsx: the file in the output folder is not as"), "{}", run.stderr);
    assert_eq!(std::fs::read_to_string(&overview).unwrap(), "edited");
    let run = env.expect(2, ["batch", "in", "-o", "out", "--previous", "nowhere"]);
    assert!(run.stderr.contains("no such file"), "{}", run.stderr);
}

#[test]
fn a_quiet_run_that_fails_on_a_warning_says_why() {
    let env = TestEnv::new();
    std::fs::create_dir(env.path("in")).unwrap();
    agencies::write(&env.path("in/clean.xlsx"), 1, 1);
    let quiet = |more: &[&'static str]| [&["batch", "in", "-o", "out", "-q", "--fail-on", "warning"], more].concat();
    let run = env.expect(0, quiet(&[]));
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("", ""));
    std::fs::write(env.path("in/a.csv"), "i1,90\ni2,300\ni3,80\n").unwrap();
    let run = env.expect(1, quiet(&["--dry-run"]));
    assert_eq!(run.stderr, "exit code 1, as --fail-on warning asks: 1 file has warnings\n");
    let run = env.expect(1, quiet(&[]));
    let expected = "exit code 1, as --fail-on warning asks: 1 file has warnings; see out/itasheet-run.json\n";
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("", expected));
    let run = env.expect(1, quiet(&["--lang", "th"]));
    assert!(run.stderr.contains("จบด้วยรหัส 1 ตาม --fail-on warning: มีคำเตือน 1 ไฟล์"), "{}", run.stderr);
    std::fs::remove_file(env.path("in/a.csv")).unwrap();
    std::fs::write(env.path("out/ภาพรวม.xlsx"), "edited").unwrap();
    let run = env.expect(1, quiet(&[]));
    assert!(run.stderr.contains("the overview was kept as it is"), "{}", run.stderr);
    std::fs::write(env.path("in/bad.xlsx"), "").unwrap();
    let run = env.expect(1, ["batch", "in", "-o", "out", "-q"]);
    assert!(run.stderr.contains("error: bad.xlsx: the file is empty"), "{}", run.stderr);
}

#[test]
fn a_folder_given_to_convert_was_refused() {
    let env = TestEnv::new();
    agencies::write_all(&env.path("scores"), 2, 1);
    std::fs::write(env.path("scores/notes.csv"), "no codes here").unwrap();
    let run = env.expect(0, ["scores"]);
    assert!(run.stderr.contains("a folder is among the inputs"), "{}", run.stderr);
    let made = env.tree("scores-itasheet");
    assert_eq!(made.keys().filter(|name| name.ends_with("-2567.xlsx")).count(), 2, "{:?}", made.keys());
    assert!(made.contains_key("itasheet-run.json"));
    // Its own output folder is no input of the next run, and the folder can be named.
    env.expect(0, ["convert", "scores", "-o", "elsewhere"]);
    assert_eq!(env.tree("elsewhere").len(), made.len());
    env.expect(0, ["batch", "scores", "-o", "run"]);
    assert_eq!(env.tree("run"), made);
}
