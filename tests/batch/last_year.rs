//! Last year's results beside this year's, wherever they are; and what the user has chosen reaches every workbook.

use calamine::DataType;

use crate::support::agencies;
use crate::support::{TestEnv, sheet, texts};

/// All numbers of a workbook's first sheet.
fn numbers(env: &TestEnv, workbook: &str) -> Vec<f64> {
    sheet(&env.path(workbook), "สรุปผล").used_cells().filter_map(|(_, _, cell)| cell.as_f64()).collect()
}

fn workbooks(env: &TestEnv, folder: &str) -> Vec<String> {
    let names = env.tree(folder).into_keys().filter(|name| name.ends_with(".xlsx") && !name.contains("ภาพรวม"));
    names.map(|name| format!("{folder}/{name}")).collect()
}

#[test]
fn batch_left_last_year_out_of_the_workbooks() {
    let env = TestEnv::new();
    agencies::write_all(&env.path("now"), 3, 1);
    agencies::write_all(&env.path("before"), 3, 2);
    env.expect(0, ["batch", "before", "-o", "run"]);
    // An output folder, and a folder of score files.
    for (previous, out) in [("run", "a"), ("before", "b")] {
        env.expect(0, ["batch", "now", "-o", out, "--previous", previous]);
        for workbook in workbooks(&env, out) {
            let before = workbook.replace(out, "run");
            let old = numbers(&env, &before)[0];
            assert!(numbers(&env, &workbook).contains(&old), "{workbook} has no {old}");
        }
    }
    // The same again changes nothing; other figures do.
    let first = env.tree("b");
    env.expect(0, ["batch", "now", "-o", "b", "--previous", "before"]);
    assert_eq!(env.tree("b"), first);
    env.expect(0, ["batch", "now", "-o", "b"]);
    assert!(env.tree("b") != first);
    // One agency takes its own figures from a folder too.
    env.expect(0, ["convert", "now/000/00001.xlsx", "-o", "one.xlsx", "--previous", "run"]);
    let other = workbooks(&env, "a").into_iter().find(|name| name.contains(&agencies::agency(1))).unwrap();
    assert_eq!(numbers(&env, "one.xlsx"), numbers(&env, &other));
}

#[test]
fn an_agency_that_last_year_does_not_hold_was_compared_with_a_list_of_others() {
    let env = TestEnv::new();
    agencies::write_all(&env.path("before"), 6, 2);
    agencies::write(&env.path("new.xlsx"), 9, 1);
    let run = env.expect(0, ["convert", "new.xlsx", "-o", "new-out.xlsx", "--previous", "before"]);
    assert!(!run.stderr.contains("previous-agency-differs"), "{}", run.stderr);
    let cells = texts(&sheet(&env.path("new-out.xlsx"), "ผลการตรวจสอบ"));
    assert!(cells.iter().any(|(_, _, text)| text.contains("previous-missing")), "{cells:?}");
}

#[test]
fn batch_forgot_how_many_measures_were_wanted() {
    let env = TestEnv::new();
    agencies::write_all(&env.path("in"), 1, 1);
    for measures in ["few", "usual", "all"] {
        env.expect(0, ["batch", "in", "-o", measures, "--measures", measures]);
        let one = format!("{measures}.xlsx");
        env.expect(0, ["convert", "in/000/00000.xlsx", "-o", &one, "--measures", measures]);
        let plan = |workbook: &str| texts(&sheet(&env.path(workbook), "แผนปฏิบัติการ"));
        assert_eq!(plan(&workbooks(&env, measures)[0]), plan(&one), "{measures}");
    }
    assert!(texts(&sheet(&env.path("few.xlsx"), "แผนปฏิบัติการ")) != texts(&sheet(&env.path("all.xlsx"), "แผนปฏิบัติการ")));
}

#[test]
fn batch_forgot_that_titles_were_checked() {
    let env = TestEnv::new();
    std::fs::create_dir(env.path("in")).unwrap();
    let rows: String = agencies::codes()
        .filter(|code| !code.starts_with("o3") && code != "o29")
        .map(|code| format!("{code},90.25\n"))
        .collect();
    let text = format!("ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2568\nเทศบาลตำบลหนึ่ง\nรหัส,คะแนน\n{rows}");
    std::fs::write(env.path("in/a.csv"), text).unwrap();
    let is_draft = |out: &str| {
        let cells = texts(&sheet(&env.path(&workbooks(&env, out)[0]), "ผลการตรวจสอบ"));
        cells.iter().any(|(_, _, text)| text.contains("topics-unconfirmed"))
    };
    env.expect(0, ["batch", "in", "-o", "draft"]);
    env.expect(0, ["batch", "in", "-o", "checked", "--titles-checked"]);
    assert!(is_draft("draft") && !is_draft("checked"));
}
