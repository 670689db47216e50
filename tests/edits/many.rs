//! What has come of the measures of many agencies: the newest filled workbook of each, in the overview and as rows.

use super::{cell, edit, written};

/// A folder with filled workbooks of two agencies, one of them twice, and one that is not filled.
fn folder(env: &crate::support::TestEnv) -> Option<()> {
    // Officers fill in what stands in output folders; how deep is nobody's business, nor is a link back to the top.
    let below = format!("filled/below{}", "/ก".repeat(20));
    std::fs::create_dir_all(env.path(&below)).unwrap();
    std::fs::write(env.path("filled/below/itasheet-run.json"), "{}").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(env.path("filled"), env.path("filled/below/top")).unwrap();
    let of = |agency: &str, name: &str, result: &str, percent: &str| {
        env.expect(0, ["s.xlsx", "-o", name, "--agency", agency, "--force"]);
        let script = format!(
            "follow_up['C5'] = '{result}'\nfollow_up['D5'] = 'แล้วเสร็จ'\nfollow_up['E5'] = {percent}\nfollow_up['F5'] = 'งบประมาณล่าช้า'"
        );
        edit(env, name, if result.is_empty() { "" } else { &script })
    };
    of("เทศบาลตำบลหนึ่ง", "filled/a-old.xlsx", "ผลเดิม", "10")?;
    let old = std::fs::File::options().write(true).open(env.path("filled/a-old.xlsx")).unwrap();
    old.set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
    of("ทต.หนึ่ง", &format!("{below}/a-new.xlsx"), "ผลล่าสุด", "100")?;
    of("เทศบาลตำบลสอง", "filled/b.xlsx", "ผลของสอง", "50")?;
    of("เทศบาลตำบลสาม", "filled/c.xlsx", "", "0")?;
    std::fs::write(env.path("filled/~$b.xlsx"), "").unwrap();
    Some(())
}

#[test]
fn the_newest_filled_workbook_of_each_agency_is_summed() {
    let env = written();
    if folder(&env).is_none() {
        return;
    }
    env.expect(0, ["overview", "s.xlsx", "-o", "overview.xlsx", "--follow-ups", "filled"]);
    let book = env.path("overview.xlsx");
    assert!(cell(&book, "ผลรายมาตรการ", 1, 0).starts_with("2 หน่วยงาน"), "{}", cell(&book, "ผลรายมาตรการ", 1, 0));
    let rows: Vec<[String; 4]> =
        (3..60).map(|row| [1, 5, 6, 7].map(|column| cell(&book, "ผลรายมาตรการ", row, column))).collect();
    let is_there = |agency: &str, percent: &str, result: &str| {
        rows.iter().any(|row| row[0].contains(agency) && row[1] == "แล้วเสร็จ" && row[2] == percent && row[3] == result)
    };
    assert!(is_there("หนึ่ง", "100", "ผลล่าสุด") && is_there("สอง", "50", "ผลของสอง"), "{rows:?}");
    assert!(!rows.iter().flatten().any(|text| text == "ผลเดิม"));
    // Two measures of the first issue are done, their percentages are means over all its measures.
    assert_eq!(cell(&book, "ผลมาตรการรายประเด็น", 3, 4), "2");
    let run = env.expect(0, ["export", "s.xlsx", "--follow-ups", "filled"]);
    let mut lines = run.stdout.lines();
    assert!(lines.next().unwrap().ends_with(",source_file,sheet,cell,measure,result,progress,problems"));
    let measures: Vec<&str> = lines.filter(|line| line.contains(",2568,measure,")).collect();
    assert!(
        measures
            .iter()
            .any(|line| line.contains(",1,,,แล้วเสร็จ,a-new.xlsx,") && line.ends_with(",ผลล่าสุด,100,งบประมาณล่าช้า")),
        "{measures:?}"
    );
    let run = env.expect(0, ["export", "s.xlsx", "--format", "jsonl", "--follow-ups", "filled"]);
    let last: serde_json::Value = serde_json::from_str(run.stdout.lines().next_back().unwrap()).unwrap();
    assert_eq!((&last["kind"], &last["year"]), (&serde_json::json!("measure"), &serde_json::json!(2568)));
    assert!(last["measure"].is_string() && last["progress"].is_string());
}

#[test]
fn a_folder_that_is_not_there_is_said() {
    let env = written();
    let run = env.expect(1, ["export", "s.xlsx", "--follow-ups", "nowhere", "-o", "rows.csv"]);
    assert!(run.stderr.contains("nowhere"), "{}", run.stderr);
}
