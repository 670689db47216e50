//! Texts longer than a name, or than a cell of a workbook can be, end no conversion.

use std::fmt::Write;

use calamine::Reader;

use crate::support::agencies::codes;
use crate::support::{TestEnv, sheet, texts};

/// More than the 32,767 characters that a cell holds.
fn long() -> String {
    format!("เทศบาลตำบล{}", "ก".repeat(40_000))
}

/// Converts a file, however many agencies it holds; returns all texts of the workbooks.
fn converted(env: &TestEnv, name: &str) -> Vec<String> {
    let run = env.expect(0, ["convert", name, "--year", "2567", "-o", "out/", "--force"]);
    assert!(!run.stderr.contains("report this"), "{}", run.stderr);
    let mut all = Vec::new();
    for path in env.tree("out").into_keys() {
        let mut workbook: calamine::Xlsx<_> = calamine::open_workbook(env.path("out").join(path)).unwrap();
        for (_, range) in workbook.worksheets() {
            all.extend(texts(&range).into_iter().map(|(_, _, text)| text));
        }
    }
    all
}

#[test]
fn a_name_longer_than_a_cell_in_a_table_of_agencies_is_cut_and_the_workbook_written() {
    let long = long();
    let head: String = long.chars().take(200).chain(['…']).collect();
    let codes: Vec<String> = codes().collect();
    let wide = |name: &str, place: &str, score: u32| {
        codes.iter().fold(format!("{name},{place}"), |row, _| format!("{row},{score}"))
    };
    let tables = [
        // a row an agency
        format!(
            "หน่วยงาน,จังหวัด,{}\n{}\n{}\n",
            codes.join(","),
            wide(&long, &long, 80),
            wide("เทศบาลตำบลสอง", "สงขลา", 90)
        ),
        // a column that names each row's agency
        [long.as_str(), "เทศบาลตำบลสอง"].iter().fold(
            "หน่วยงาน,อำเภอ,รหัส,คะแนน\n".to_owned(),
            |mut table, name| {
                for code in &codes {
                    writeln!(table, "{name},{name},{code},85.5").unwrap();
                }
                table
            },
        ),
        // a column an agency
        codes.iter().fold(
            format!("รหัส,{long},เทศบาลตำบลสอง,เทศบาลตำบลสาม\n"),
            |mut table, code| {
                writeln!(table, "{code},80,85,90").unwrap();
                table
            },
        ),
    ];
    for table in tables {
        let env = TestEnv::new();
        std::fs::write(env.path("in.csv"), &table).unwrap();
        let all = converted(&env, "in.csv");
        assert!(all.contains(&head), "{}", &table[..200]);
        assert!(all.iter().all(|text| text.chars().count() < 32_767));
    }
}

#[test]
fn a_text_longer_than_a_cell_is_cut_wherever_it_stands() {
    let long = long();
    let rows = |title: &str| {
        codes().fold(String::new(), |mut rows, code| {
            writeln!(rows, "{code},{title},85.5").unwrap();
            rows
        })
    };
    for table in [
        format!("เทศบาลตำบลตัวอย่าง\nรหัส,ข้อคำถาม,คะแนน\n{}", rows(&long)),
        format!("{long}\nรหัส,ข้อคำถาม,คะแนน\n{}", rows("ก")),
        format!("เทศบาลตำบลตัวอย่าง\nระดับ,{long}\nอำเภอ,{long}\nจังหวัด,{long}\nรหัส,ข้อคำถาม,คะแนน\n{}", rows("ก")),
        format!("รหัส,ข้อคำถาม,คะแนน\ni1,ก,80\n{}", rows("ก").replace("85.5", &long)),
    ] {
        let env = TestEnv::new();
        std::fs::write(env.path("in.csv"), &table).unwrap();
        let run = env.run(["convert", "in.csv", "--year", "2567", "-o", "out.xlsx"]);
        assert!(!run.stderr.contains("report this") && !run.stderr.contains("panicked"), "{}", run.stderr);
        assert_eq!(run.code == 0, env.path("out.xlsx").exists());
    }
}

#[test]
fn a_sheet_whose_name_is_longer_than_a_cell_is_converted() {
    let env = TestEnv::new();
    let rows = codes().fold(String::new(), |mut rows, code| {
        let cell = |kind: &str, text: &str| format!("<Cell><Data ss:Type=\"{kind}\">{text}</Data></Cell>");
        write!(rows, "<Row>{}{}</Row>", cell("String", &code), cell("Number", "300")).unwrap();
        rows
    });
    let xml = format!(
        "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">\
         <Worksheet ss:Name=\"{}\"><Table>\
         <Row><Cell><Data ss:Type=\"String\">รหัส</Data></Cell><Cell><Data ss:Type=\"String\">คะแนน</Data></Cell></Row>{rows}<Row><Cell><Data ss:Type=\"String\">o36</Data></Cell>\
         <Cell><Data ss:Type=\"Number\">90</Data></Cell></Row></Table></Worksheet></Workbook>",
        long()
    );
    std::fs::write(env.path("in.xml"), xml).unwrap();
    let run = env.expect(0, ["convert", "in.xml", "--year", "2567", "-o", "out.xlsx"]);
    assert!(run.stderr.lines().all(|line| line.chars().count() < 1_000), "a name hides the message");
    let findings = texts(&sheet(&env.path("out.xlsx"), "ผลการตรวจสอบ"));
    let places = findings.iter().filter(|(_, column, text)| *column == 2 && text.ends_with("…!B2")).count();
    assert_eq!(places, 1);
}
