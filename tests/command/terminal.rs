//! What stands in a file, in its name or in an argument never steers the terminal, whichever command says it.

#[cfg(unix)]
use std::collections::BTreeSet;

use crate::support::TestEnv;
#[cfg(unix)]
use crate::support::agencies;

/// Clears the screen, rings the bell, and turns what follows around.
const STEERING: &str = "\u{1b}[2J\u{7}\u{202e}";

/// The same as it is shown.
const SHOWN: &str = "\\u001b[2J\\u0007\\u202e";

fn steers(text: &str) -> bool {
    text.contains(|c: char| (c.is_control() && !"\n\t".contains(c)) || "\u{202e}\u{2066}\u{200f}".contains(c))
}

/// Runs the executable; what it says must steer nothing.
fn steers_nothing(env: &TestEnv, code: i32, args: &[&str]) -> String {
    let run = env.expect(code, args);
    let said = run.stdout + &run.stderr;
    assert!(!said.is_empty() && !steers(&said), "{args:?}: {said:?}");
    said
}

/// As [`steers_nothing`], and names the file as it can be shown.
fn says(env: &TestEnv, code: i32, args: &[&str]) -> String {
    let said = steers_nothing(env, code, args);
    // Messages are read with one kind of stroke on every system.
    let shown = if cfg!(windows) { SHOWN.replace('\\', "/") } else { SHOWN.to_owned() };
    assert!(said.contains(&shown), "{args:?}: {said:?}");
    said
}

#[test]
#[cfg(unix)]
fn a_file_name_that_steers_a_terminal_is_written_out_by_every_command() {
    let env = TestEnv::new();
    let folder = format!("in{STEERING}");
    std::fs::create_dir(env.path(&folder)).unwrap();
    let name = |kind: &str| format!("{folder}/{kind}{STEERING}.csv");
    let path = |kind: &str| env.path(&name(kind));
    std::fs::write(path("broken"), "").unwrap();
    std::fs::write(path("skipped"), "apples,30\npears,40\n").unwrap();
    std::fs::write(path("warning"), "i1,90\ni2,300\ni3,80\n").unwrap();
    let (out, overview, rows) = (format!("out{STEERING}"), format!("o{STEERING}.xlsx"), format!("r{STEERING}.csv"));
    let said = says(&env, 1, &["batch", &folder, "-o", &out]);
    let kinds: BTreeSet<&str> =
        ["broken", "skipped", "warning"].into_iter().filter(|kind| said.contains(&format!("{kind}{SHOWN}"))).collect();
    assert_eq!(kinds.len(), 3, "{said}");
    // Edited, and with an input less: kept and left ones are named too.
    let edited = env.tree(&out).into_keys().find(|name| name.contains("2567")).unwrap();
    std::fs::write(env.path(&out).join(edited), "edited").unwrap();
    std::fs::write(path("warning"), "i1,90\ni2,300\ni3,81\n").unwrap();
    says(&env, 1, &["batch", &folder, "-o", &out]);
    std::fs::remove_file(path("warning")).unwrap();
    says(&env, 1, &["batch", &folder, "-o", &out]);
    says(&env, 1, &["batch", &folder, "-o", &out, "--log", "json"]);
    std::fs::write(path("warning"), "i1,90\ni2,300\ni3,80\n").unwrap();
    says(&env, 1, &["overview", &folder, "-o", &overview]);
    says(&env, 1, &["export", &folder, "-o", &rows]);
    says(&env, 1, &["export", &folder]);
    says(&env, 1, &["export", &folder, "--format", "jsonl"]);
    says(&env, 0, &["inspect", &name("warning")]);
    says(&env, 0, &["inspect", "--json", &name("warning")]);
    says(&env, 1, &["inspect", &name("broken")]);
    says(&env, 0, &["convert", &name("warning")]);
    says(&env, 1, &["convert", &name("broken")]);
    says(&env, 2, &["convert", &name("warning"), "-o", &name("nothing")]);
    says(&env, 2, &["convert", &name("warning"), "--profile", &name("skipped")]);
    says(&env, 0, &["template", "-o", &overview, "--force"]);
    says(&env, 0, &["profile", "init", &name("profile")]);
    says(&env, 2, &["profile", "init", &name("profile")]);
    says(&env, 1, &["framework", "check", &name("broken")]);
    says(&env, 1, &["advice", "check", &name("skipped")]);
    let shown = env.expect(0, ["framework", "show", "2567"]).stdout;
    std::fs::write(path("framework"), shown).unwrap();
    says(&env, 0, &["framework", "check", &name("framework")]);
    let wide = format!("wide{STEERING}.xlsx");
    agencies::write_wide(&env.path(&wide), 2);
    says(&env, 2, &["convert", &wide, "-o", &overview]);
    says(&env, 0, &["convert", &wide]);
}

#[test]
fn arguments_that_steer_a_terminal_are_written_out() {
    let env = TestEnv::new();
    let flag = format!("--{STEERING}");
    for args in [
        vec![flag.as_str()],
        vec!["a.xlsx", "--total", STEERING],
        vec!["a.xlsx", "--sheet", "x", STEERING, "--column", STEERING],
        vec!["template", "--year", STEERING],
        vec!["framework", "show", STEERING],
        vec!["batch", "in", "-o", "out", "--name", STEERING],
    ] {
        steers_nothing(&env, 2, &args);
    }
    says(&env, 1, &[STEERING]);
}

#[test]
fn what_stands_in_cells_and_names_of_sheets_steers_no_terminal() {
    let env = TestEnv::new();
    let table = format!("หน่วยงาน,เทศบาลตำบล{STEERING}ตัวอย่าง\nรหัส,ข้อ{STEERING},คะแนน{STEERING}\n");
    let table = format!("{table}i1,ก{STEERING},{STEERING}\ni2,ข,80\ni3,ค,90\nระดับ,\u{202e}ผ่าน{STEERING}\n");
    std::fs::write(env.path("in.csv"), table).unwrap();
    let xml = "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">\
               <Worksheet ss:Name=\"a&#10;error: b&#x202E;\u{9b}2J\"><Table><Row><Cell><Data ss:Type=\"String\">i1</Data></Cell>\
               <Cell><Data ss:Type=\"Number\">300</Data></Cell></Row><Row><Cell><Data ss:Type=\"String\">i2</Data></Cell>\
               <Cell><Data ss:Type=\"Number\">90</Data></Cell></Row></Table></Worksheet></Workbook>";
    std::fs::write(env.path("sheet.xml"), xml).unwrap();
    for name in ["in.csv", "sheet.xml"] {
        for args in [
            vec!["inspect", name, "--year", "2567"],
            vec!["inspect", "--json", name, "--year", "2567"],
            vec!["convert", name, "--year", "2567", "-o", "out.xlsx", "--force"],
            vec!["export", name, "--year", "2567"],
            vec!["inspect", name, "--year", "2567", "--sheet", "none"],
            vec!["inspect", name, "--year", "2567", "--agency", "none"],
        ] {
            let run = env.run(&args);
            let said = run.stdout + &run.stderr;
            assert!(!steers(&said), "{args:?}: {said:?}");
            // A name with a line end in it begins no line of its own; in a row of data it stands in quotes.
            assert!(args[0] == "export" || !said.lines().any(|line| line.starts_with("error: b")), "{said}");
        }
    }
}
