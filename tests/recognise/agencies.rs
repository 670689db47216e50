//! Tables of several agencies, in every arrangement, are taken apart to the same scores.

use std::collections::BTreeMap;

use itasheet::recognise::Hints;
use rust_xlsxwriter::{Workbook, Worksheet};
use serde_json::Value;

use crate::support::{TestEnv, finding_codes, table};

const AGENCIES: [&str; 3] = ["เทศบาลตำบลทดลองหนึ่ง", "เทศบาลเมืองทดลองสอง", "องค์การบริหารส่วนตำบลทดลองสาม"];
const TITLE: &str = "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567";

fn codes() -> Vec<String> {
    table::codes().collect()
}

/// A score that tells agency, year and code apart.
fn score(agency: usize, year: usize, code: usize) -> f64 {
    f64::from(u32::try_from(4000 + agency * 1700 + year * 300 + code * 7).unwrap()) / 100.0
}

fn write(env: &TestEnv, fill: impl FnOnce(&mut Workbook)) {
    let mut workbook = Workbook::new();
    fill(&mut workbook);
    workbook.save(env.path("in.xlsx")).unwrap();
}

fn text(sheet: &mut Worksheet, row: usize, column: usize, text: &str) {
    sheet.write(u32::try_from(row).unwrap(), u16::try_from(column).unwrap(), text).unwrap();
}

fn number(sheet: &mut Worksheet, row: usize, column: usize, value: f64) {
    sheet.write(u32::try_from(row).unwrap(), u16::try_from(column).unwrap(), value).unwrap();
}

fn documents(env: &TestEnv, hints: Hints) -> Vec<Value> {
    table::documents(&std::fs::read(env.path("in.xlsx")).unwrap(), hints)
}

/// Every agency has its 59 scores, and each the cell that `cell` gives for its agency and code.
fn all_scores(env: &TestEnv, year: usize, cell: impl Fn(usize, usize) -> String) {
    let documents = documents(env, Hints::default());
    let names: Vec<&str> = documents.iter().map(|own| own["agency"]["value"].as_str().unwrap()).collect();
    assert_eq!(names, AGENCIES);
    for (agency, document) in documents.iter().enumerate() {
        assert_eq!(document["fiscal_year"], 2567);
        let questions = document["questions"].as_array().unwrap();
        let found: BTreeMap<&str, &Value> = questions.iter().map(|own| (own["code"].as_str().unwrap(), own)).collect();
        for (code, name) in codes().iter().enumerate() {
            let own = found[name.as_str()];
            assert_eq!(own["score"].as_f64(), Some(score(agency, year, code)), "{name} of {agency}: {own}");
            assert_eq!(own["score_cell"], cell(agency, code), "{name} of {agency}");
        }
    }
}

fn column(index: usize) -> String {
    rust_xlsxwriter::utility::column_number_to_name(u16::try_from(index).unwrap())
}

fn wide(sheet: &mut Worksheet) {
    text(sheet, 0, 0, TITLE);
    for (at, header) in ["ลำดับ", "หน่วยงาน", "อำเภอ", "จังหวัด"].iter().enumerate()
    {
        text(sheet, 2, at, header);
    }
    for (code, name) in codes().iter().enumerate() {
        text(sheet, 2, 4 + code, name);
    }
    text(sheet, 2, 63, "คะแนนรวม");
    for (agency, name) in AGENCIES.iter().enumerate() {
        number(sheet, 3 + agency, 0, 1.0 + agency as f64);
        text(sheet, 3 + agency, 1, name);
        text(sheet, 3 + agency, 2, "อำเภอเมือง");
        text(sheet, 3 + agency, 3, "ตรัง");
        (0..59).for_each(|code| number(sheet, 3 + agency, 4 + code, score(agency, 0, code)));
        number(sheet, 3 + agency, 63, 90.0 + agency as f64);
    }
    text(sheet, 6, 1, "ค่าเฉลี่ย");
    (0..59).for_each(|code| number(sheet, 6, 4 + code, 77.0));
}

#[test]
fn a_row_an_agency() {
    let env = TestEnv::new();
    write(&env, |workbook| wide(workbook.add_worksheet()));
    all_scores(&env, 0, |agency, code| format!("Sheet1!{}{}", column(4 + code), 4 + agency));
    let documents = documents(&env, Hints::default());
    assert_eq!(documents[1]["district"]["value"], "เมือง");
    assert_eq!(documents[1]["province"]["value"], "ตรัง");
    assert_eq!(documents[1]["province"]["from"], "Sheet1!D5");
    assert_eq!(documents[2]["total"]["published"].as_f64(), Some(92.0));
    assert_eq!(documents[2]["total"]["from"], "Sheet1!BL6");
    assert_eq!(documents[0]["tables"][0]["turned"], true);
}

#[test]
fn a_column_an_agency() {
    let env = TestEnv::new();
    write(&env, |workbook| {
        let sheet = workbook.add_worksheet();
        text(sheet, 0, 0, TITLE);
        text(sheet, 1, 0, "รหัส");
        text(sheet, 1, 4, "ค่าเฉลี่ย");
        for (agency, name) in AGENCIES.iter().enumerate() {
            text(sheet, 1, 1 + agency, name);
            (0..59).for_each(|code| number(sheet, 2 + code, 1 + agency, score(agency, 0, code)));
        }
        for (code, name) in codes().iter().enumerate() {
            text(sheet, 2 + code, 0, name);
            number(sheet, 2 + code, 4, 50.0);
        }
    });
    all_scores(&env, 0, |agency, code| format!("Sheet1!{}{}", column(1 + agency), 3 + code));
}

#[test]
fn a_column_that_names_each_rows_agency_and_year() {
    let env = TestEnv::new();
    write(&env, |workbook| {
        let sheet = workbook.add_worksheet();
        for (at, header) in ["หน่วยงาน", "ปี", "รหัส", "คะแนน"].iter().enumerate()
        {
            text(sheet, 0, at, header);
        }
        let mut row = 1;
        for (agency, name) in AGENCIES.iter().enumerate() {
            for year in 0..2 {
                for (code, own) in codes().iter().enumerate() {
                    // a merged cell has its text in the first row only
                    if code == 0 {
                        text(sheet, row, 0, name);
                    }
                    number(sheet, row, 1, if year == 0 { 2566.0 } else { 2567.0 });
                    text(sheet, row, 2, own);
                    number(sheet, row, 3, score(agency, year, code));
                    row += 1;
                }
            }
        }
    });
    all_scores(&env, 1, |agency, code| format!("Sheet1!D{}", 2 + agency * 118 + 59 + code));
    let own = documents(&env, Hints::default());
    assert!(finding_codes(&own[0]).contains(&"other-year-ignored".to_owned()));
    let mut year = Hints::default();
    year.year = Some(2566);
    let other = documents(&env, year);
    let i1 = other[1]["questions"].as_array().unwrap().iter().find(|own| own["code"] == "i1").unwrap().clone();
    assert_eq!(i1["score"].as_f64(), Some(score(1, 0, 0)));
}

#[test]
fn blocks_under_titles_and_sheets_of_their_own() {
    for sheets in [false, true] {
        let env = TestEnv::new();
        write(&env, |workbook| {
            let mut row = 0;
            if !sheets {
                workbook.add_worksheet();
            }
            for (agency, name) in AGENCIES.iter().enumerate() {
                if sheets {
                    workbook.add_worksheet().set_name(format!("ชีต {agency}")).unwrap();
                    row = 0;
                }
                let sheet = workbook.worksheets_mut().last_mut().unwrap();
                text(sheet, row, 0, &format!("{TITLE} {name}"));
                text(sheet, row + 1, 0, "รหัส");
                text(sheet, row + 1, 1, "คะแนน");
                for (code, own) in codes().iter().enumerate() {
                    text(sheet, row + 2 + code, 0, own);
                    number(sheet, row + 2 + code, 1, score(agency, 0, code));
                }
                row += 62;
            }
        });
        all_scores(&env, 0, |agency, code| match sheets {
            true => format!("ชีต {agency}!B{}", 3 + code),
            false => format!("Sheet1!B{}", 3 + agency * 62 + code),
        });
    }
}

#[test]
fn one_agency_is_chosen_by_its_name() {
    let env = TestEnv::new();
    write(&env, |workbook| wide(workbook.add_worksheet()));
    let mut named = Hints::default();
    named.agency = Some("ทม. ทดลองสอง".to_owned());
    let chosen = documents(&env, named);
    assert_eq!(chosen.len(), 1);
    assert_eq!(chosen[0]["agency"]["value"], AGENCIES[1]);
    let run = env.expect(1, ["inspect", "in.xlsx", "--agency", "เทศบาลตำบลอื่น"]);
    assert!(run.stderr.contains("none of the 3 agencies") && run.stderr.contains(AGENCIES[0]), "{}", run.stderr);
}

#[test]
fn every_agency_gets_its_workbook_in_a_folder() {
    let env = TestEnv::new();
    write(&env, |workbook| wide(workbook.add_worksheet()));
    env.expect(0, ["in.xlsx", "-o", "out/"]);
    let mut names: Vec<String> = std::fs::read_dir(env.path("out"))
        .unwrap()
        .map(|own| own.unwrap().file_name().to_string_lossy().into())
        .collect();
    names.sort();
    assert_eq!(names.len(), 3, "{names:?}");
    assert!(AGENCIES.iter().all(|name| names.iter().any(|own| own.contains(name))), "{names:?}");
}

#[test]
fn rows_without_agencies_are_years_to_choose_from() {
    let env = TestEnv::new();
    write(&env, |workbook| {
        let sheet = workbook.add_worksheet();
        text(sheet, 0, 0, AGENCIES[0]);
        text(sheet, 2, 0, "คะแนนปี 2566");
        text(sheet, 3, 0, "คะแนนปี 2567");
        for (code, name) in codes().iter().enumerate() {
            text(sheet, 1, 1 + code, name);
            number(sheet, 2, 1 + code, score(0, 0, code));
            number(sheet, 3, 1 + code, score(0, 1, code));
        }
    });
    let documents = documents(&env, Hints::default());
    assert_eq!(documents.len(), 1);
    let first = &documents[0]["questions"][0];
    assert_eq!((first["score"].as_f64(), &first["score_cell"]), (Some(score(0, 1, 0)), &Value::from("Sheet1!B4")));
}

#[test]
fn the_external_survey_in_two_parts() {
    let env = TestEnv::new();
    write(&env, |workbook| {
        let sheet = workbook.add_worksheet();
        text(sheet, 0, 0, &format!("{TITLE} {}", AGENCIES[0]));
        for (at, header) in ["รหัส", "คะแนน EIT Public", "คะแนน EIT Survey"].iter().enumerate()
        {
            text(sheet, 1, at, header);
        }
        for (code, name) in codes().iter().enumerate() {
            text(sheet, 2 + code, 0, name);
            number(sheet, 2 + code, 1, 80.0);
            if name.starts_with('e') {
                number(sheet, 2 + code, 2, 90.0);
            }
        }
    });
    let document = documents(&env, Hints::default()).remove(0);
    assert!(finding_codes(&document).contains(&"eit-in-two-parts".to_owned()));
    let e1 = document["questions"].as_array().unwrap().iter().find(|own| own["code"] == "e1").unwrap().clone();
    assert_eq!((e1["score"].as_f64(), e1["raw"].as_str()), (Some(85.0), Some("80 / 90")));
    assert_eq!(document["indicators"][5]["computed"].as_f64(), Some(85.0));
    assert_eq!(document["indicators"][0]["computed"].as_f64(), Some(80.0));
    env.expect(0, ["in.xlsx", "-o", "out.xlsx"]);
}

#[test]
fn the_kind_of_an_agency_in_a_column_of_its_own_was_lost() {
    let codes = codes();
    let scores = vec!["90.5"; codes.len()].join(",");
    for (kind, written) in [("เทศบาลตำบล", "เทศบาลตำบล"), ("อบต.", "องค์การบริหารส่วนตำบล"), ("ทม.", "เทศบาลเมือง")]
    {
        for header in ["ชื่อหน่วยงาน", "ชื่อ"] {
            let rows = ["โคกม่วง", "ท่าข้าม"].map(|name| format!("{kind},{name},{scores}\n")).concat();
            let mean = format!("{kind},ค่าเฉลี่ย,{scores}\n");
            let found = table::all(&format!(
                "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567\n\nประเภท,{header},{}\n{rows}{mean}",
                codes.join(",")
            ));
            let names: Vec<&str> = found.iter().filter_map(|document| document["agency"]["value"].as_str()).collect();
            assert_eq!(names, [format!("{written}โคกม่วง"), format!("{written}ท่าข้าม")], "{kind} {header}");
        }
    }
}

#[test]
fn rows_of_kinds_of_agencies_are_their_means() {
    let codes = codes();
    let scores = vec!["90.5"; codes.len()].join(",");
    let rows =
        ["ทต.โคกม่วง", "อบต.ท่าข้าม", "ทต.", "อบต.", "เทศบาลตำบล"].map(|name| format!("{name},{scores}\n")).concat();
    let found = table::all(&format!("ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567\n\nหน่วยงาน,{}\n{rows}", codes.join(",")));
    assert_eq!(found.len(), 2, "{found:?}");
}
