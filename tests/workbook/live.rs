//! What another program makes of a workbook: numbers changed in it give, recalculated, what this program writes for them, and
//! its rows are as high as their text needs.

use std::path::PathBuf;
use std::process::Command;

use crate::support::agencies::codes;
use crate::support::{TestEnv, project, sheet, texts};

/// A Python that has openpyxl: the one that `ITASHEET_PYTHON` names, or the system's.
fn python() -> Option<String> {
    let named = std::env::var("ITASHEET_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let works = Command::new(&named).args(["-c", "import openpyxl"]).output().is_ok_and(|run| run.status.success());
    works.then_some(named)
}

/// That Python, where there is LibreOffice too.
fn python_with_office() -> Option<String> {
    let office = Command::new("soffice").arg("--version").output().is_ok_and(|run| run.status.success());
    let python = python().filter(|_| office);
    if python.is_none() {
        println!("skipped: needs LibreOffice and a Python with openpyxl");
    }
    python
}

/// The workbook of a year whose weakest questions have no titles: a formula that fetches one must not show 0.
fn untitled(env: &TestEnv, year: u16) -> PathBuf {
    let (input, output) = (format!("{year}.csv"), format!("out-{year}.xlsx"));
    let rows: String = codes().zip(120..).map(|(code, half)| format!("{code},{}\n", f64::from(half) / 2.0)).collect();
    std::fs::write(env.path(&input), format!("ปีงบประมาณ พ.ศ. {year}\nรหัส,คะแนน\n{rows}")).unwrap();
    env.expect(0, ["convert", &input, "-o", &output]);
    let cells = texts(&sheet(&env.path(&output), "สรุปผล"));
    for code in ["i1", "i2", "i3", "i4", "i5"] {
        let (row, ..) = cells.iter().find(|(_, column, text)| *column == 1 && text == code).unwrap();
        assert!(cells.contains(&(*row, 2, String::new())), "{code} has a title: {cells:?}");
    }
    env.path(&output)
}

/// The workbook of a framework with quotes in its levels' names.
fn quoted(env: &TestEnv) -> PathBuf {
    let shown = env.expect(0, ["framework", "show", "2567"]).stdout;
    let own = shown.replace("name = \"ผ่าน", "name = \"\\\"ผ่าน\\\"");
    assert_ne!(own, shown);
    std::fs::write(env.path("quoted.toml"), own).unwrap();
    env.expect(0, ["framework", "check", "quoted.toml"]);
    let args = ["convert", "khok-muang-2567.xlsx", "--framework", "quoted.toml", "-o", "out-quoted.xlsx"];
    env.expect(0, args);
    let cells = texts(&sheet(&env.path("out-quoted.xlsx"), "สรุปผล"));
    assert!(cells.iter().any(|(_, _, text)| text.starts_with("ยังไม่ถึงระดับ\"ผ่าน\"")), "{cells:?}");
    env.path("out-quoted.xlsx")
}

#[test]
fn every_formula_follows_the_numbers_typed_in() {
    let Some(python) = python_with_office() else { return };
    let env = TestEnv::new();
    let sample = env.sample("khok-muang-2567.xlsx");
    let others = [untitled(&env, 2566), untitled(&env, 2565), quoted(&env)];
    let run = Command::new(python)
        .arg(project().join("tests/workbook/live/recalculate.py"))
        .args([env!("CARGO_BIN_EXE_itasheet").as_ref(), sample.as_os_str(), env.path("").as_os_str()])
        .args(others)
        .output()
        .unwrap();
    let (out, err) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(run.status.success(), "{out}\n{err}");
}

#[test]
fn no_row_is_lower_than_its_text_and_few_lines_are_spare() {
    let Some(python) = python_with_office() else { return };
    // Heights are those of one font: without it there is nothing to compare.
    let fonts = Command::new("fc-list").args([":", "family"]).output();
    if !fonts.is_ok_and(|run| String::from_utf8_lossy(&run.stdout).contains("TH SarabunPSK")) {
        println!("not compared: TH SarabunPSK is not installed");
        return;
    }
    let env = TestEnv::new();
    env.sample("problems-2567.xlsx");
    env.expect(0, ["convert", "problems-2567.xlsx", "-o", "out.xlsx"]);
    let script = project().join("tests/workbook/live/row_heights.py");
    let run = Command::new(python).arg(script).arg(env.path("out.xlsx")).arg(env.path("")).output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(run.status.success(), "{out}\n{err}");
}
