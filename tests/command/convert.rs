//! The main job: a score file in, the workbook out, read back by a reader that is not ours.

use std::collections::BTreeMap;

use calamine::Data;

use crate::support::khok_muang::{KHOK_MUANG, KHOK_MUANG_INDICATORS};
use crate::support::{TestEnv, finding_codes, sheet, texts};

const SAMPLE: &str = "khok-muang-2567.xlsx";

/// The issue of each printed row, in the order in which the report prints them.
const ISSUE_ROWS: [(u8, usize); 7] = [(1, 7), (2, 10), (3, 9), (4, 3), (5, 7), (6, 8), (7, 16)];

fn converted(env: &TestEnv) -> std::path::PathBuf {
    env.sample(SAMPLE);
    env.expect(0, ["convert", SAMPLE, "-o", "out.xlsx"]);
    env.path("out.xlsx")
}

/// A code as the program writes it: the letter o for the zeros of the printed report.
fn plain(code: &str) -> String {
    code.replace('๐', "o")
}

#[test]
fn the_sample_reads_back_with_its_published_figures() {
    let env = TestEnv::new();
    let summary = sheet(&converted(&env), "สรุปผล");
    let cells = texts(&summary);
    let has = |text: &str| cells.iter().any(|(_, _, own)| own == text);
    assert!(has("92.13"), "{cells:?}");
    assert!(has("ผ่าน"));
    assert!(has("1519"));
    assert!(has("เทศบาลตำบลโคกม่วง"));
    assert!(has("อำเภอคลองหอยโข่ง จังหวัดสงขลา"));
    assert!(cells.iter().any(|(_, _, text)| text.contains("EIT ๘๒.๑๔ ต่ำกว่า ๘๕.๐๐")));
    for (_, title, score) in KHOK_MUANG_INDICATORS {
        let row = cells.iter().find(|(_, _, text)| text == title).map(|(row, _, _)| *row).unwrap();
        assert_eq!(summary.get_value((row, 3)), Some(&Data::Float(score)), "{title}");
    }
}

#[test]
fn every_printed_row_stands_under_its_issue_and_instrument() {
    let env = TestEnv::new();
    let analysis = sheet(&converted(&env), "วิเคราะห์ผล");
    let (mut issue, mut instrument) = (0u8, String::new());
    let mut found: Vec<(u8, String, String, f64)> = Vec::new();
    for row in 0..=analysis.end().unwrap().0 {
        let text = |column| analysis.get_value((row, column)).map(ToString::to_string).unwrap_or_default();
        if let Some(rest) = text(1).strip_prefix("ประเด็นที่ ") {
            issue = rest.split(' ').next().unwrap().parse().unwrap();
        }
        if !text(1).is_empty() {
            instrument = text(1);
        }
        let code = text(2).split(' ').next().unwrap().to_owned();
        if code.starts_with(['i', 'e', 'o']) && code[1..].parse::<u8>().is_ok() {
            found.push((issue, instrument.clone(), code, text(3).parse().unwrap()));
        }
    }
    let mut expected: BTreeMap<(u8, String), (String, f64)> = BTreeMap::new();
    let mut rows = KHOK_MUANG.iter();
    for (issue, count) in ISSUE_ROWS {
        for (instrument, code, score) in rows.by_ref().take(count) {
            expected.insert((issue, plain(code)), ((*instrument).to_owned(), *score));
        }
    }
    // The published report prints o15 in issue 6 too.
    expected.remove(&(6, "o15".to_owned())).unwrap();
    assert_eq!(found.len(), 59);
    for (issue, instrument, code, score) in found {
        assert_eq!(expected.remove(&(issue, code.clone())), Some((instrument, score)), "issue {issue} {code}");
    }
    assert!(expected.is_empty(), "{expected:?}");
}

#[test]
fn the_lowest_score_of_all_has_a_finding_and_a_measure_of_its_own() {
    let env = TestEnv::new();
    let path = converted(&env);
    let analysis = texts(&sheet(&path, "วิเคราะห์ผล"));
    let (row, ..) = analysis.iter().find(|(_, column, text)| *column == 2 && text.starts_with("e9 ")).unwrap();
    let cell = |column| analysis.iter().find(|(at, other, _)| at == row && *other == column).map(|(_, _, text)| text);
    assert_eq!((cell(3).unwrap().as_str(), cell(4).unwrap().as_str()), ("30.49", "ควรปรับปรุง"));
    assert!(cell(5).unwrap().contains(" หน่วยงานควรดำเนินการ ดังนี้\n- "));
    let plan = texts(&sheet(&path, "แผนปฏิบัติการ"));
    let measure = plan.iter().find(|(_, _, text)| text.contains("รองรับผลการประเมินข้อ e9 (30.49 คะแนน)"));
    assert!(measure.is_some(), "{plan:?}");
    assert!(plan.iter().any(|(_, _, text)| text == "ต.ค. ๒๕๖๗ ถึง ก.ย. ๒๕๖๘"));
    let summary = texts(&sheet(&path, "สรุปผล"));
    let heading = summary.iter().position(|(_, _, text)| text == "ข้อที่ได้คะแนนต่ำที่สุด").unwrap();
    let first = summary[heading..].iter().find(|(_, column, text)| *column == 1 && text.starts_with(['i', 'e', 'o']));
    assert_eq!(first.map(|(_, _, code)| code.as_str()), Some("e9"));
}

#[test]
fn every_sheet_has_real_content() {
    let env = TestEnv::new();
    let path = converted(&env);
    for (name, least) in
        [("สรุปผล", 80), ("วิเคราะห์ผล", 190), ("แผนปฏิบัติการ", 30), ("คะแนนรายข้อ", 400), ("ผลการตรวจสอบ", 25)]
    {
        let count = texts(&sheet(&path, name)).len();
        assert!(count >= least, "{name} has {count} cells");
    }
    let scores = sheet(&path, "คะแนนรายข้อ");
    let header: Vec<String> = (0..2).map(|column| scores.get_value((3, column)).unwrap().to_string()).collect();
    assert_eq!(header, ["รหัส", "คะแนน"]);
}

#[test]
fn inspect_names_sheet_columns_and_cells_and_writes_nothing() {
    let env = TestEnv::new();
    env.sample(SAMPLE);
    let document = env.inspect(&[SAMPLE]);
    assert_eq!(env.files(), [SAMPLE]);
    let table = &document["tables"][0];
    assert_eq!(
        (&table["sheet"], &table["code_column"], &table["score_column"]),
        (&"ผลคะแนน".into(), &"C".into(), &"D".into())
    );
    for (index, (_, code, score)) in KHOK_MUANG.iter().enumerate() {
        let questions = document["questions"].as_array().unwrap();
        let question = questions.iter().find(|question| question["code"] == plain(code).as_str()).unwrap();
        assert_eq!(question["score"], *score, "{code}");
        let cell = format!("ผลคะแนน!D{}", index + 23);
        let repeats = question["repeated_at"].as_array().unwrap();
        let own = question["score_cell"] == cell.as_str();
        assert!(own || repeats.iter().any(|place| *place == cell.replace("!D", "!C").as_str()), "{code} {cell}");
    }
    let text = env.expect(0, ["inspect", SAMPLE]).stdout;
    assert!(text.contains("codes in column C, scores in column D \"คะแนน\""), "{text}");
    assert!(text.contains("ผลคะแนน!D35"), "{text}");
}

#[test]
fn a_mean_that_may_differ_is_a_note_and_no_error() {
    let env = TestEnv::new();
    env.sample(SAMPLE);
    let document = env.inspect(&[SAMPLE]);
    let findings = document["findings"].as_array().unwrap();
    let about_six = findings.iter().find(|f| f["code"] == "indicator-not-recomputed" && f["item"] == "6").unwrap();
    assert_eq!(about_six["severity"], "note");
    // (86.59 + 86.59 + 100) / 3
    assert_eq!((&about_six["found"], &about_six["expected"]), (&"87.03".into(), &"91.06".into()));
    assert!(finding_codes(&document).contains(&"rank-in-place-of-level".to_owned()));
}

#[test]
fn two_runs_give_the_same_bytes() {
    let env = TestEnv::new();
    for sample in [SAMPLE, "clean-2567.xlsx", "problems-2567.xlsx"] {
        env.sample(sample);
        env.expect(0, ["convert", sample, "-o", "a.xlsx", "--force"]);
        env.expect(0, ["convert", sample, "-o", "b.xlsx", "--force"]);
        assert!(std::fs::read(env.path("a.xlsx")).unwrap() == std::fs::read(env.path("b.xlsx")).unwrap(), "{sample}");
    }
}

#[test]
fn paths_alone_mean_convert_and_the_workbook_goes_beside_the_input() {
    let env = TestEnv::new();
    env.sample(SAMPLE);
    let run = env.expect(0, [SAMPLE]);
    assert!(run.stdout.contains("khok-muang-2567-itasheet.xlsx"), "{}", run.stdout);
    env.expect(0, [SAMPLE]);
    assert_eq!(env.files(), ["khok-muang-2567-itasheet (2).xlsx", "khok-muang-2567-itasheet.xlsx", SAMPLE]);
}

#[test]
fn our_own_workbook_reads_back_to_the_same_scores() {
    let env = TestEnv::new();
    converted(&env);
    let (first, second) = (env.inspect(&[SAMPLE]), env.inspect(&["out.xlsx"]));
    let scores = |document: &serde_json::Value| -> Vec<(String, Option<f64>)> {
        let questions = document["questions"].as_array().unwrap();
        questions.iter().map(|q| (q["code"].to_string(), q["score"].as_f64())).collect()
    };
    assert_eq!(scores(&first), scores(&second));
    for key in ["agency", "district", "province", "rank"] {
        assert_eq!(first[key]["value"], second[key]["value"], "{key}");
    }
    assert_eq!(first["total"]["published"], second["total"]["published"]);
}

#[test]
fn flags_win_over_the_file_and_a_difference_is_said() {
    let env = TestEnv::new();
    env.sample(SAMPLE);
    let document =
        env.inspect(&[SAMPLE, "--total", "92.14", "--agency", "เทศบาลอื่น", "--indicator", "8=80", "--threshold", "90"]);
    assert_eq!(document["total"]["published"], 92.14);
    assert_eq!(document["agency"]["value"], "เทศบาลอื่น");
    assert_eq!(document["agency"]["from"], "--agency");
    assert_eq!(document["indicators"][7]["published"], 80.0);
    let differ = finding_codes(&document).into_iter().filter(|code| code == "flag-differs").count();
    assert_eq!(differ, 3);
    let e1 = document["questions"].as_array().unwrap().iter().find(|q| q["code"] == "e1").unwrap().clone();
    assert_eq!(e1["status"], "weak");
}

#[test]
fn twelve_codes_give_a_workbook_and_a_warning_that_names_the_missing() {
    let env = TestEnv::new();
    let rows: Vec<(String, f64)> = (1..=12).map(|n| (format!("i{n}"), 90.0)).collect();
    env.write_rows("few.xlsx", &rows);
    let run = env.expect(0, ["few.xlsx"]);
    assert!(run.stderr.contains("[question-missing]"), "{}", run.stderr);
    assert!(run.stderr.contains("47 questions") && run.stderr.contains("i13-i15, e1-e9, o1-o35"), "{}", run.stderr);
    assert!(env.path("few-itasheet.xlsx").exists());
}

#[test]
fn without_published_indicators_the_total_and_the_level_stay_blank() {
    let env = TestEnv::new();
    let codes = (1..=15).map(|n| format!("i{n}")).chain((1..=9).map(|n| format!("e{n}")));
    let codes = codes.chain((1..=35).map(|n| format!("o{n}")));
    let table = codes.fold("รหัส,คะแนน\n".to_owned(), |table, code| table + &code + ",90\n");
    std::fs::write(env.path("scores.csv"), table).unwrap();
    let document = env.inspect(&["scores.csv"]);
    assert!(document["total"]["computed"].is_null() && document["level"]["computed"].is_null());
    assert_eq!(document["instruments"][0]["computed"], 90.0);
    assert!(document["instruments"][1]["computed"].is_null());
    let findings = document["findings"].as_array().unwrap();
    let missing = findings.iter().find(|finding| finding["code"] == "indicator-missing").unwrap();
    assert_eq!((&missing["item"], &missing["expected"]), (&"6, 7, 8".into(), &"EIT".into()));
    assert!(missing["hint"]["en"].as_str().unwrap().contains("--indicator 6="));
    let given = ["scores.csv", "--indicator", "6=90", "--indicator", "7=90", "--indicator", "8=90"];
    assert_eq!(env.inspect(&given)["total"]["computed"], 90.0);
}

#[test]
fn indicators_without_questions_still_make_a_summary_and_a_plan() {
    let env = TestEnv::new();
    let rows: Vec<(String, f64)> =
        KHOK_MUANG_INDICATORS.iter().map(|(_, title, score)| ((*title).to_owned(), *score)).collect();
    env.write_rows("indicators.xlsx", &rows);
    let run = env.expect(0, ["indicators.xlsx", "-o", "out.xlsx"]);
    assert!(run.stderr.contains("59 questions are not in the file"), "{}", run.stderr);
    assert_eq!(env.inspect(&["indicators.xlsx"])["level"]["computed"], "ผ่าน");
    let plan = texts(&sheet(&env.path("out.xlsx"), "แผนปฏิบัติการ"));
    assert!(plan.iter().any(|(_, _, text)| text.contains("ตัวชี้วัดที่ 8 (72.94 คะแนน)")), "{plan:?}");
    assert!(plan.iter().any(|(_, _, text)| text.contains("ตัวชี้วัดที่ 4 (82.00 คะแนน)")), "{plan:?}");
}
