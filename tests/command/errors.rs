//! Bad input and outputs that cannot be written: one clear message with a hint, the right code, and no file.

use std::io::Write;

use crate::support::TestEnv;

const SAMPLE: &str = "khok-muang-2567.xlsx";

/// Runs the executable, expects this code and these words, and that no file has appeared.
fn fails(env: &TestEnv, code: i32, args: &[&str], words: &[&str]) {
    let before = env.files();
    let run = env.expect(code, args);
    for word in words {
        assert!(run.stderr.contains(word), "`{word}` is not in:\n{}", run.stderr);
    }
    assert!(run.stderr.contains("hint:"), "{}", run.stderr);
    assert_eq!(env.files(), before);
}

fn zip_with(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_missing_file() {
    fails(&TestEnv::new(), 1, &["nowhere.xlsx"], &["nowhere.xlsx", "no such file"]);
}

#[test]
fn a_folder() {
    let env = TestEnv::new();
    std::fs::create_dir(env.path("folder.xlsx")).unwrap();
    fails(&env, 2, &["folder.xlsx"], &["folder.xlsx", "no spreadsheet was found"]);
    // What is said of one file cannot be meant of all.
    fails(&env, 1, &["folder.xlsx", "--sheet", "A"], &["folder.xlsx", "this is a folder"]);
}

#[test]
fn content_that_is_no_workbook() {
    let ole = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0];
    let cases: [(&str, &[u8], &str); 8] = [
        ("text.xlsx", b"no codes here", "no ITA question code"),
        ("empty.xlsx", b"", "empty"),
        ("web.xlsx", b"<html><table></table></html>", "no ITA question code"),
        ("doc.xlsx", b"%PDF-1.7", "a PDF document"),
        ("old.xlsx", &ole, "damaged"),
        ("picture.xlsx", b"\x89PNG\r\n", "a picture"),
        ("bytes.xlsx", &[0, 1, 2, 3], "unknown data"),
        ("~$lock.xlsx", b"x", "lock file"),
    ];
    for (name, bytes, words) in cases {
        let env = TestEnv::new();
        std::fs::write(env.path(name), bytes).unwrap();
        fails(&env, 1, &[name], &[name, words]);
    }
}

#[test]
fn a_truncated_workbook() {
    let env = TestEnv::new();
    let path = env.sample(SAMPLE);
    let bytes = std::fs::read(&path).unwrap();
    for share in [3, 2] {
        std::fs::write(&path, &bytes[..bytes.len() * (share - 1) / share]).unwrap();
        fails(&env, 1, &[SAMPLE], &["damaged"]);
    }
}

#[test]
fn a_workbook_without_any_code() {
    let env = TestEnv::new();
    env.write_rows("prices.xlsx", &[("apples".to_owned(), 30.0), ("pears".to_owned(), 40.0)]);
    fails(&env, 1, &["prices.xlsx"], &["no ITA question code"]);
}

#[test]
fn codes_without_scores() {
    let env = TestEnv::new();
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write(0, 0, "i1").unwrap().write(1, 0, "i2").unwrap();
    workbook.save(env.path("codes.xlsx")).unwrap();
    fails(&env, 1, &["codes.xlsx"], &["Sheet1!A1", "no column with scores"]);
}

#[test]
fn another_kind_of_zip() {
    let env = TestEnv::new();
    std::fs::write(env.path("a.xlsx"), zip_with(&[("readme.txt", b"x")])).unwrap();
    fails(&env, 1, &["a.xlsx"], &["an archive of something else"]);
    std::fs::write(env.path("a.xlsx"), zip_with(&[("[Content_Types].xml", b"x"), ("word/document.xml", b"x")]))
        .unwrap();
    fails(&env, 1, &["a.xlsx"], &["a Word document"]);
}

#[test]
fn a_zip_bomb_is_refused_before_it_is_unpacked() {
    let env = TestEnv::new();
    let zeros = vec![0u8; 300 << 20];
    std::fs::write(env.path("bomb.xlsx"), zip_with(&[("_rels/.rels", b"x"), ("xl/sharedStrings.xml", &zeros)]))
        .unwrap();
    fails(&env, 1, &["bomb.xlsx"], &["unpacked size"]);
}

#[test]
fn a_cell_in_the_last_corner_takes_no_memory() {
    let env = TestEnv::new();
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write(0, 0, "i1").unwrap().write(0, 1, 90.0).unwrap().write(1_048_575, 16_383, 1).unwrap();
    workbook.save(env.path("corner.xlsx")).unwrap();
    env.expect(0, ["corner.xlsx", "--year", "2567"]);
}

#[test]
fn an_output_that_exists_is_kept() {
    let env = TestEnv::new();
    env.sample(SAMPLE);
    std::fs::write(env.path("out.xlsx"), "precious").unwrap();
    fails(&env, 2, &[SAMPLE, "-o", "out.xlsx"], &["out.xlsx", "exists already", "--force"]);
    assert_eq!(std::fs::read_to_string(env.path("out.xlsx")).unwrap(), "precious");
    env.expect(0, [SAMPLE, "-o", "out.xlsx", "--force"]);
    assert!(std::fs::read(env.path("out.xlsx")).unwrap().starts_with(b"PK"));
}

#[test]
fn an_output_that_is_open_is_named_as_such() {
    let env = TestEnv::new();
    env.sample(SAMPLE);
    for lock in ["~$out.xlsx", ".~lock.out.xlsx#"] {
        std::fs::write(env.path("out.xlsx"), "open").unwrap();
        std::fs::write(env.path(lock), "").unwrap();
        fails(&env, 2, &[SAMPLE, "-o", "out.xlsx", "--force"], &["open in another program"]);
        std::fs::remove_file(env.path(lock)).unwrap();
    }
}

#[test]
fn the_input_is_never_the_output() {
    let env = TestEnv::new();
    env.sample(SAMPLE);
    fails(&env, 2, &[SAMPLE, "-o", SAMPLE, "--force"], &["overwrite the input"]);
}

#[test]
fn an_output_in_a_folder_that_is_not_there() {
    let env = TestEnv::new();
    env.sample(SAMPLE);
    env.expect(0, [SAMPLE, "-o", "no/such/out.xlsx"]);
    assert!(env.path("no/such/out.xlsx").is_file());
    // Where there is nothing to write, no folder is made either.
    std::fs::write(env.path("empty.csv"), "x\n").unwrap();
    fails(&env, 1, &["empty.csv", "-o", "none/out.xlsx"], &["no ITA question code"]);
    assert!(!env.path("none").exists());
    std::fs::write(env.path("file"), "x").unwrap();
    fails(&env, 2, &[SAMPLE, "-o", "file/out.xlsx"], &["cannot be written"]);
    fails(&env, 2, &[SAMPLE, "-o", "out.doc"], &["must end in .xlsx", ".docx"]);
}

#[test]
fn wrong_arguments_attempt_nothing() {
    let env = TestEnv::new();
    env.sample(SAMPLE);
    for args in [
        vec![SAMPLE, "--total", "101"],
        vec![SAMPLE, "--indicator", "6"],
        vec![SAMPLE, "--indicator", "x=90"],
        vec![SAMPLE, "--score-column", "1"],
        vec![SAMPLE, "--agency", " "],
        vec!["convert"],
        vec![SAMPLE, "--no-such-flag"],
    ] {
        env.expect(2, &args);
    }
    assert_eq!(env.files(), [SAMPLE]);
}

#[test]
fn one_bad_file_does_not_stop_the_others() {
    let env = TestEnv::new();
    env.sample(SAMPLE);
    env.sample("clean-2567.xlsx");
    std::fs::write(env.path("bad.xlsx"), "%PDF").unwrap();
    let run = env.expect(1, [SAMPLE, "bad.xlsx", "clean-2567.xlsx", "-o", "out"]);
    assert!(run.stderr.contains("bad.xlsx"));
    let out: Vec<_> = std::fs::read_dir(env.path("out")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(out.len(), 2, "{out:?}");
}

#[test]
fn a_year_that_nothing_is_known_of_is_named() {
    let env = TestEnv::new();
    let run = env.expect(2, ["framework", "show", "2560"]);
    assert!(run.stderr.contains("2560") && run.stderr.contains("2566, 2567, 2568"), "{}", run.stderr);
}

#[test]
fn messages_are_thai_where_the_user_is() {
    let env = TestEnv::new();
    let run = env.expect(1, ["nowhere.xlsx", "--lang", "th"]);
    assert!(run.stderr.contains("ไม่พบไฟล์นี้") && run.stderr.contains("คำแนะนำ:"), "{}", run.stderr);
}

#[test]
fn a_command_behind_an_option_is_not_taken_for_a_file() {
    let env = TestEnv::new();
    let sample = env.sample("clean-2567.xlsx").to_string_lossy().into_owned();
    let message = env.expect(2, ["--lang", "en", "inspect", sample.as_str()]).stderr;
    assert!(message.contains("put `inspect` before all options"), "{message}");
    assert_eq!(env.files(), ["clean-2567.xlsx"]);
}
