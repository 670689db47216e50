//! Where documents go: named outputs, beside workbooks, in whole folders; what is in the way is kept.

use std::fs;

use crate::support::run_file::{record, run_file};
use crate::support::{TestEnv, agencies};

const SAMPLE: &str = "khok-muang-2567.xlsx";
const TYPED: &str = "typed by an officer";

#[test]
fn a_name_that_ends_in_docx_gives_a_document_alone() {
    let env = TestEnv::new();
    env.sample(SAMPLE);
    let run = env.expect(0, [SAMPLE, "-o", "report.docx"]);
    assert!(run.stdout.contains("-> report.docx"), "{}", run.stdout);
    env.expect(0, [SAMPLE, "-o", "again.docx", "--word"]);
    assert_eq!(env.files(), ["again.docx", SAMPLE, "report.docx"]);
    assert!(fs::read(env.path("report.docx")).unwrap() == fs::read(env.path("again.docx")).unwrap());
    let run = env.expect(2, [SAMPLE, "-o", "report.docx"]);
    assert!(run.stderr.contains("exists already"), "{}", run.stderr);
    let run = env.expect(2, [SAMPLE, "-o", "report.doc"]);
    assert!(run.stderr.contains(".docx (a Word document)"), "{}", run.stderr);
}

#[test]
fn several_outputs_of_one_input_are_made_in_one_run_or_none_is() {
    let env = TestEnv::new();
    env.sample(SAMPLE);
    let run = env.expect(0, [SAMPLE, "-o", "a.xlsx", "-o", "b.docx", "-o", "c.xlsx", "-o", "b.docx", "--word"]);
    assert!(run.stdout.contains("a.xlsx") && run.stdout.contains("b.docx") && run.stdout.contains("c.xlsx"));
    assert_eq!(env.files(), ["a.xlsx", "b.docx", "c.xlsx", SAMPLE]);
    assert!(fs::read(env.path("a.xlsx")).unwrap() == fs::read(env.path("c.xlsx")).unwrap());
    fs::create_dir(env.path("folder")).unwrap();
    agencies::write_wide(&env.path("wide.xlsx"), 2);
    for (args, said) in [
        (vec![SAMPLE, "-o", "new.xlsx", "-o", "b.docx"], "exists already"),
        (vec![SAMPLE, "-o", "new.xlsx", "-o", "new.pub"], "must end in .xlsx"),
        (vec![SAMPLE, "-o", "new.xlsx", "-o", "folder"], "for one score file only"),
        (vec![SAMPLE, "-o", "new.xlsx", "-o", "new/"], "for one score file only"),
        (vec![SAMPLE, "wide.xlsx", "-o", "new.xlsx", "-o", "new.docx"], "for one score file only"),
        (vec!["folder", "-o", "new.xlsx", "-o", "new.docx"], "for one score file only"),
        (vec!["wide.xlsx", "-o", "new.xlsx", "-o", "new.docx"], "2 agencies"),
    ] {
        let run = env.expect(2, &args);
        assert!(run.stderr.contains(said), "{args:?}: {}", run.stderr);
        assert!(!env.files().iter().any(|name| name.starts_with("new")), "{args:?}");
    }
}

#[test]
fn word_writes_a_document_beside_every_workbook() {
    let env = TestEnv::new();
    env.sample(SAMPLE);
    let run = env.expect(0, [SAMPLE, "--word"]);
    assert!(run.stdout.contains("-itasheet.xlsx") && run.stdout.contains("-itasheet.docx"), "{}", run.stdout);
    // One name is taken: both files get the next.
    fs::remove_file(env.path("khok-muang-2567-itasheet.xlsx")).unwrap();
    env.expect(0, [SAMPLE, "--word"]);
    env.expect(0, [SAMPLE, "-o", "out.xlsx", "--word"]);
    agencies::write_wide(&env.path("wide.xlsx"), 2);
    env.expect(0, ["wide.xlsx", "-o", "many/", "--word"]);
    let expected = [
        "khok-muang-2567-itasheet (2).docx",
        "khok-muang-2567-itasheet (2).xlsx",
        "khok-muang-2567-itasheet.docx",
        SAMPLE,
        "many",
        "out.docx",
        "out.xlsx",
        "wide.xlsx",
    ];
    assert_eq!(env.files(), expected);
    let endings: Vec<String> = env.tree("many").into_keys().map(|name| name[name.len() - 5..].to_owned()).collect();
    assert_eq!(endings, [".docx", ".xlsx", ".docx", ".xlsx"]);
}

#[test]
fn nothing_is_written_where_one_of_both_files_is_in_the_way() {
    let env = TestEnv::new();
    env.sample(SAMPLE);
    fs::write(env.path("out.docx"), TYPED).unwrap();
    env.expect(2, [SAMPLE, "-o", "out.xlsx", "--word"]);
    assert_eq!(env.files(), [SAMPLE, "out.docx"]);
    let run = env.expect(0, [SAMPLE, "-o", "out.xlsx", "--word", "--force"]);
    assert!(run.stderr.contains("out (ฉบับก่อน 1).docx"), "{}", run.stderr);
    assert_eq!(fs::read_to_string(env.path("out (ฉบับก่อน 1).docx")).unwrap(), TYPED);
}

#[test]
fn batch_keeps_a_document_that_was_edited_and_makes_one_that_is_gone() {
    let env = TestEnv::new();
    agencies::write_all(&env.path("in"), 2, 1);
    let args = ["batch", "in", "-o", "out", "--word"];
    env.expect(0, args);
    let first = env.tree("out");
    let name = |number: usize| format!("{}-2567.docx", agencies::agency(number));
    assert!(first.contains_key(&name(0)) && first.contains_key(&name(1)));
    env.expect(0, args);
    assert!(env.tree("out") == first);
    let edited = env.path("out").join(name(0));
    fs::write(&edited, TYPED).unwrap();
    let run = env.expect(0, args);
    assert!(run.stderr.contains(&format!("{}: the file in the output folder is not as", name(0))), "{}", run.stderr);
    assert_eq!(fs::read_to_string(&edited).unwrap(), TYPED);
    let agency = &record(&env, "out", "000/00000.xlsx")["agencies"][0];
    assert_eq!((&agency["document"]["kept"], agency.get("kept")), (&true.into(), None));
    // Other settings make everything anew, but not what was edited.
    env.expect(0, ["batch", "in", "-o", "out", "--word", "--threshold", "90"]);
    assert_eq!(fs::read_to_string(&edited).unwrap(), TYPED);
    assert!(fs::read(env.path("out").join(name(1))).unwrap() != first[&name(1)]);
    env.expect(0, ["batch", "in", "-o", "out", "--word", "--force"]);
    let kept = name(0).replace(".docx", " (ฉบับก่อน 1).docx");
    assert_eq!(fs::read_to_string(env.path("out").join(kept)).unwrap(), TYPED);
    fs::remove_file(&edited).unwrap();
    env.expect(0, args);
    assert!(fs::read(&edited).unwrap() == first[&name(0)]);
}

#[test]
fn batch_without_word_leaves_the_documents_and_says_so() {
    let env = TestEnv::new();
    agencies::write_all(&env.path("in"), 1, 1);
    env.expect(0, ["batch", "in", "-o", "out", "--word"]);
    let run = env.expect(0, ["batch", "in", "-o", "out"]);
    let name = format!("{}-2567.docx", agencies::agency(0));
    assert!(run.stderr.contains(&format!("left: {name}")), "{}", run.stderr);
    assert_eq!(run_file(&env, "out")["left"][0]["workbook"], name.as_str());
    assert!(env.path("out").join(name).exists());
}

#[test]
fn a_document_is_the_same_from_convert_and_from_batch() {
    let env = TestEnv::new();
    fs::create_dir(env.path("in")).unwrap();
    env.sample(SAMPLE);
    fs::copy(env.path(SAMPLE), env.path("in").join(SAMPLE)).unwrap();
    env.expect(0, [SAMPLE, "-o", "one.docx"]);
    env.expect(0, ["batch", "in", "-o", "out", "--word"]);
    let of_batch = env.path("out/เทศบาลตำบลโคกม่วง-2567.docx");
    assert!(fs::read(env.path("one.docx")).unwrap() == fs::read(of_batch).unwrap());
}
