//! PDFs by LibreOffice, and what is said where it is not installed.

use std::fs;
use std::process::Command;

use crate::support::{TestEnv, agencies};

const SAMPLE: &str = "khok-muang-2567.xlsx";

/// Whether LibreOffice is on the search path.
fn has_office() -> bool {
    let found = Command::new("soffice").arg("--version").output().is_ok_and(|run| run.status.success());
    if !found {
        println!("skipped: needs LibreOffice");
    }
    found
}

#[test]
fn a_pdf_is_the_same_each_time_and_kept_when_edited() {
    if !has_office() {
        return;
    }
    let env = TestEnv::new();
    env.sample(SAMPLE);
    let run = env.expect(0, [SAMPLE, "-o", "report.pdf"]);
    assert!(run.stdout.contains("-> report.pdf"), "{}", run.stdout);
    assert_eq!(env.files(), [SAMPLE, "report.pdf"]);
    let first = fs::read(env.path("report.pdf")).unwrap();
    assert!(first.starts_with(b"%PDF-"));
    env.expect(2, [SAMPLE, "-o", "report.pdf"]);
    // What nobody has edited can be made again, and is not kept.
    env.expect(0, [SAMPLE, "-o", "report.pdf", "--force"]);
    assert!(fs::read(env.path("report.pdf")).unwrap() == first);
    assert_eq!(env.files(), [SAMPLE, "report.pdf"]);
    fs::write(env.path("report.pdf"), "signed by hand").unwrap();
    env.expect(0, [SAMPLE, "-o", "report.pdf", "--force"]);
    assert_eq!(fs::read_to_string(env.path("report (ฉบับก่อน 1).pdf")).unwrap(), "signed by hand");
}

#[test]
fn batch_makes_the_pdfs_of_documents_that_have_changed_and_keeps_what_was_edited() {
    if !has_office() {
        return;
    }
    let env = TestEnv::new();
    agencies::write_all(&env.path("in"), 2, 1);
    let args = ["batch", "in", "-o", "out", "--pdf"];
    let run = env.expect(0, args);
    assert!(run.stdout.contains("PDF: 2 written, 0 unchanged"), "{}", run.stdout);
    let first = env.tree("out");
    let name = |number: usize, ending: &str| format!("{}-2567.{ending}", agencies::agency(number));
    assert!(first.contains_key(&name(0, "docx")) && first[&name(1, "pdf")].starts_with(b"%PDF-"));
    let run = env.expect(0, args);
    assert!(run.stdout.contains("PDF: 0 written, 2 unchanged"), "{}", run.stdout);
    assert!(env.tree("out") == first);
    fs::write(env.path("out").join(name(0, "pdf")), "signed by hand").unwrap();
    fs::remove_file(env.path("out").join(name(1, "pdf"))).unwrap();
    let run = env.expect(0, args);
    assert!(run.stdout.contains("PDF: 1 written, 0 unchanged"), "{}", run.stdout);
    assert!(run.stderr.contains("is not as this program wrote it"), "{}", run.stderr);
    assert_eq!(fs::read_to_string(env.path("out").join(name(0, "pdf"))).unwrap(), "signed by hand");
    let run = env.expect(0, ["batch", "in", "-o", "out", "--pdf", "--threshold", "90", "--force"]);
    assert!(run.stdout.contains("PDF: 2 written"), "{}", run.stdout);
    let kept = env.path("out").join(name(0, "pdf").replace(".pdf", " (ฉบับก่อน 1).pdf"));
    assert_eq!(fs::read_to_string(kept).unwrap(), "signed by hand");
    assert!(fs::read(env.path("out").join(name(1, "pdf"))).unwrap() != first[&name(1, "pdf")]);
}

#[test]
fn without_libreoffice_nothing_is_written_and_it_is_said() {
    let env = TestEnv::new();
    env.sample(SAMPLE);
    fs::create_dir(env.path("in")).unwrap();
    for args in [vec![SAMPLE, "--pdf"], vec![SAMPLE, "-o", "a.pdf"], vec!["batch", "in", "-o", "out", "--pdf"]] {
        let run = env.command().env("ITASHEET_OFFICE", env.path("soffice")).args(args).output().unwrap();
        let said = String::from_utf8(run.stderr).unwrap();
        assert_eq!(run.status.code(), Some(2), "{said}");
        assert!(said.contains("LibreOffice, which makes the PDF, is not found"), "{said}");
    }
    assert_eq!(env.files(), ["in", SAMPLE]);
}
