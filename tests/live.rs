//! The workbook lives: numbers changed in it give, recalculated by another program, what this program writes for them.

use std::process::Command;

use crate::support::{TestEnv, project};

/// A Python that has openpyxl: the one that `ITASHEET_PYTHON` names, or the system's.
fn python() -> Option<String> {
    let named = std::env::var("ITASHEET_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let works = Command::new(&named).args(["-c", "import openpyxl"]).output().is_ok_and(|run| run.status.success());
    works.then_some(named)
}

#[test]
fn every_formula_follows_the_numbers_typed_in() {
    let office = Command::new("soffice").arg("--version").output().is_ok_and(|run| run.status.success());
    let Some(python) = python().filter(|_| office) else {
        println!("skipped: needs LibreOffice and a Python with openpyxl");
        return;
    };
    let env = TestEnv::new();
    let sample = env.sample("khok-muang-2567.xlsx");
    let run = Command::new(python)
        .arg(project().join("tests/live/recalculate.py"))
        .args([env!("CARGO_BIN_EXE_itasheet").as_ref(), sample.as_os_str(), env.path("").as_os_str()])
        .output()
        .unwrap();
    let (out, err) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(run.status.success(), "{out}\n{err}");
}
