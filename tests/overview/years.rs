//! Results of several years among the inputs.

use crate::support::TestEnv;
use crate::support::table::questions;

/// A score file of an agency and year.
fn file(agency: &str, year: u16) -> String {
    format!("ผลการประเมิน ITA ปีงบประมาณ {year}\n{agency} จังหวัดนครราชสีมา\n\n{}", questions())
}

#[test]
fn the_year_that_counts_was_only_said_in_the_workbook() {
    let env = TestEnv::new();
    std::fs::create_dir(env.path("in")).unwrap();
    for (name, agency, year) in [
        ("a.csv", "เทศบาลตำบลหนึ่ง", 2567),
        ("b.csv", "เทศบาลตำบลสอง", 2567),
        ("c.csv", "เทศบาลตำบลสาม", 2566),
        ("d.csv", "เทศบาลตำบลหนึ่ง", 2567),
    ] {
        std::fs::write(env.path(&format!("in/{name}")), file(agency, year)).unwrap();
    }
    let run = env.expect(0, ["overview", "in", "-o", "out.xlsx", "--lang", "en"]);
    assert!(run.stdout.contains("out.xlsx: 2 agencies"), "{}", run.stdout);
    for words in ["counted is 2567, the year of most results; not counted: 1 of 2566", "not counted: 1 second results"]
    {
        assert!(run.stderr.contains(words), "{words}: {}", run.stderr);
    }
    let run = env.expect(0, ["overview", "in/a.csv", "-o", "one.xlsx", "--lang", "en"]);
    assert!(!run.stderr.contains("counted"), "{}", run.stderr);
}

#[test]
fn a_folder_is_inspected_as_it_is_counted() {
    let env = TestEnv::new();
    std::fs::create_dir(env.path("in")).unwrap();
    std::fs::write(env.path("in/a.csv"), file("เทศบาลตำบลหนึ่ง", 2567)).unwrap();
    std::fs::write(env.path("in/other.csv"), "x,y\n1,2\n").unwrap();
    env.expect(0, ["in/a.csv", "-o", "in/a-itasheet.xlsx"]);
    let run = env.expect(0, ["inspect", "in", "--lang", "en"]);
    assert!(run.stdout.contains("เทศบาลตำบลหนึ่ง"), "{}", run.stdout);
    assert_eq!(run.stderr.matches("skipped:").count(), 2, "{}", run.stderr);
    // Named itself it is read, whoever wrote it.
    env.expect(0, ["inspect", "in/a-itasheet.xlsx"]);
}
