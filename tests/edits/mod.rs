//! What an officer has made of a written workbook: read back, carried, never lost.

mod carried;
mod confirmed;
mod frame;
mod killed;
mod many;
mod rearranged;
mod spoilt;

use std::path::{Path, PathBuf};
use std::process::Command;

use calamine::{Reader, Xlsx, open_workbook};

use crate::support::{TestEnv, project, sheet, texts};

/// The interpreter with openpyxl, where there is one.
fn python() -> Option<PathBuf> {
    let python = std::env::var_os("ITASHEET_PYTHON").map_or_else(|| "python3".into(), PathBuf::from);
    let works = Command::new(&python).args(["-c", "import openpyxl"]).output().is_ok_and(|run| run.status.success());
    if !works {
        println!("skipped: no Python with openpyxl");
    }
    works.then_some(python)
}

/// Runs a script on a workbook, in place; returns what it prints.
#[track_caller]
fn edit(env: &TestEnv, workbook: &str, script: &str) -> Option<String> {
    let text = format!(
        "import sys, warnings, openpyxl\nwarnings.simplefilter('ignore')\nbook = openpyxl.load_workbook(sys.argv[1])\n\
         analysis, plan = book['วิเคราะห์ผล'], book['แผนปฏิบัติการ']\nfollow_up, scores = book['ติดตามผล'], \
         book['คะแนนรายข้อ']\nsummary, findings = book['สรุปผล'], book['ผลการตรวจสอบ']\n{script}\nbook.save(sys.argv[1])\n"
    );
    let run = Command::new(python()?).args(["-c", &text]).arg(env.path(workbook)).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    Some(String::from_utf8_lossy(&run.stdout).into_owned())
}

/// Random edits by a seed; returns the words that were typed.
fn edit_at_random(workbook: &Path, seed: u64) -> Option<Vec<String>> {
    let script = project().join("tests/edits/edit.py");
    let run = Command::new(python()?).arg(script).arg(seed.to_string()).args([workbook, workbook]).output().unwrap();
    assert!(run.status.success(), "seed {seed}: {}", String::from_utf8_lossy(&run.stderr));
    Some(String::from_utf8_lossy(&run.stdout).lines().map(str::to_owned).collect())
}

/// Opens and saves a workbook with LibreOffice, if there is one.
fn edited_by_office(env: &TestEnv, workbook: &str) -> bool {
    let saved = Command::new("soffice")
        // Two of them at a time share no profile.
        .arg(format!("-env:UserInstallation=file://{}", env.path("profile").display()))
        .args(["--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"])
        .args([env.path("office"), env.path(workbook)])
        .output();
    if saved.is_err() {
        println!("skipped: no LibreOffice");
        return false;
    }
    std::fs::copy(env.path("office").join(workbook), env.path(workbook)).unwrap();
    true
}

/// All that stands on the sheets of a report, one text.
fn all_text(workbook: &Path) -> String {
    ["สรุปผล", "ผลการตรวจสอบ", "วิเคราะห์ผล", "แผนปฏิบัติการ", "ติดตามผล", "คะแนนรายข้อ"]
        .into_iter()
        .flat_map(|name| texts(&sheet(workbook, name)))
        .map(|(_, _, text)| text + "\n")
        .collect()
}

/// The text of a cell by its address from 0.
fn cell(workbook: &Path, name: &str, row: u32, column: u32) -> String {
    let mut book: Xlsx<_> = open_workbook(workbook).unwrap();
    let range = book.worksheet_range(name).unwrap();
    range.get_value((row, column)).map(ToString::to_string).unwrap_or_default()
}

/// The sample and what was made of it.
fn written() -> TestEnv {
    let env = TestEnv::new();
    env.sample("khok-muang-2567.xlsx");
    std::fs::rename(env.path("khok-muang-2567.xlsx"), env.path("s.xlsx")).unwrap();
    env.expect(0, ["s.xlsx"]);
    env
}
