//! What commands once did wrongly, each by the name of what went wrong.

use crate::support::TestEnv;

#[test]
fn two_inputs_of_one_name_replaced_each_other() {
    let env = TestEnv::new();
    for folder in ["a", "b"] {
        std::fs::create_dir(env.path(folder)).unwrap();
        std::fs::copy(env.sample("clean-2567.xlsx"), env.path(folder).join("s.xlsx")).unwrap();
    }
    env.expect(0, ["a/s.xlsx", "b/s.xlsx", "-o", "out", "--force"]);
    assert_eq!(std::fs::read_dir(env.path("out")).unwrap().count(), 2);
}

#[test]
fn a_sheet_or_an_indicator_that_is_not_there_is_named() {
    let env = TestEnv::new();
    env.sample("clean-2567.xlsx");
    let run = env.expect(1, ["inspect", "clean-2567.xlsx", "--sheet", "Nope"]);
    assert!(run.stderr.contains("Nope") && run.stderr.contains("คะแนนรายข้อ 2567"), "{}", run.stderr);
    let run = env.expect(1, ["inspect", "clean-2567.xlsx", "--indicator", "11=50"]);
    assert!(run.stderr.contains("no indicator 11"), "{}", run.stderr);
}

#[test]
fn many_conflicts_made_more_text_than_a_cell_holds() {
    let env = TestEnv::new();
    let rows: Vec<(String, f64)> = (0..3000).map(|n| ("i1".to_owned(), f64::from(n % 97))).collect();
    env.write_rows("case.xlsx", &rows);
    env.expect(0, ["case.xlsx"]);
}

#[test]
fn control_characters_reached_the_workbook() {
    let env = TestEnv::new();
    env.write_rows("case.xlsx", &[("i1 : \u{1B}[31mเรื่องที่ถาม\u{7}".to_owned(), 90.0)]);
    let run = env.expect(0, ["inspect", "case.xlsx"]);
    assert!(!run.stdout.contains('\u{1B}') && run.stdout.contains("เรื่องที่ถาม"));
}

#[test]
fn a_document_that_begins_with_a_digit_is_no_size_of_the_footer() {
    let env = TestEnv::new();
    env.sample("khok-muang-2567.xlsx");
    let shown = env.expect(0, ["framework", "show", "2567"]).stdout;
    std::fs::write(env.path("own.toml"), shown.replace("document = \"", "document = \"5 ธันวามหาราช ")).unwrap();
    env.expect(0, ["khok-muang-2567.xlsx", "-o", "out.xlsx", "--framework", "own.toml"]);
    let mut archive = zip::ZipArchive::new(std::fs::File::open(env.path("out.xlsx")).unwrap()).unwrap();
    let part = std::io::read_to_string(archive.by_name("xl/worksheets/sheet1.xml").unwrap()).unwrap();
    assert!(part.contains("Regular&quot;5 ธันวามหาราช") || part.contains("Regular\"5 ธันวามหาราช"), "{part}");
}

#[test]
fn a_score_shown_as_85_was_called_weak() {
    let env = TestEnv::new();
    env.write_rows("case.xlsx", &[("i1".to_owned(), 84.996), ("i2".to_owned(), 84.994)]);
    let document = env.inspect(&["case.xlsx"]);
    assert_eq!(
        (&document["questions"][0]["status"], &document["questions"][1]["status"]),
        (&"passed".into(), &"weak".into())
    );
}

#[test]
fn a_question_of_two_thousand_letters_made_a_row_too_high() {
    let env = TestEnv::new();
    env.write_rows("case.xlsx", &[(format!("i1 : {}", "เรื่องที่ถามยาวมาก ".repeat(120)), 90.0)]);
    let document = env.inspect(&["case.xlsx"]);
    let title = document["questions"][0]["title"].as_str().unwrap();
    assert!(title.ends_with('…') && title.chars().count() == 301, "{title}");
}
