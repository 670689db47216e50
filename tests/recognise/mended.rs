//! Files that were once read wrongly, each by the name of what went wrong.

mod reading;

use serde_json::Value;

use crate::support::finding_codes;
use crate::support::table::{codes, one_of_bytes};

/// A table in the making: rows of cells, written as numbers where they are numbers.
struct Table(Vec<Vec<String>>);

impl Table {
    fn titled(rows: &[&str]) -> Self {
        let mut table = Self(Vec::new());
        for row in rows {
            table.0.push(row.split('|').map(|cell| cell.trim().to_owned()).collect());
        }
        table
    }

    /// All 59 questions; `cells` makes a row from code and score.
    fn questions(mut self, cells: impl Fn(&str, String) -> Vec<String>) -> Self {
        for (number, code) in codes().enumerate() {
            self.0.push(cells(&code, score(number)));
        }
        self
    }

    fn rows(mut self, rows: &[&str]) -> Self {
        self.0.extend(Self::titled(rows).0);
        self
    }

    fn inspect(&self) -> Value {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        let sheet = workbook.add_worksheet();
        for (row, cells) in (0u32..).zip(&self.0) {
            for (column, cell) in (0u16..).zip(cells) {
                match cell.parse::<f64>() {
                    Ok(number) => sheet.write(row, column, number).unwrap(),
                    Err(_) if cell.is_empty() => continue,
                    Err(_) => sheet.write(row, column, cell.as_str()).unwrap(),
                };
            }
        }
        one_of_bytes(&workbook.save_to_buffer().unwrap())
    }
}

/// The score of the n-th question: two decimals in the surveys, mostly 100 behind.
fn score(n: usize) -> String {
    if n < 24 {
        format!("{:.2}", 70.13 + n as f64 * 0.97)
    } else if n.is_multiple_of(9) {
        "50".into()
    } else {
        "100".into()
    }
}

/// Another number for each question, as last year's or all agencies' would be.
fn other(n: usize) -> String {
    format!("{:.2}", 65.41 + (n * 7 % 30) as f64 * 0.83)
}

fn index(code: &str) -> usize {
    codes().position(|own| own == code).unwrap()
}

const TITLE: [&str; 3] = ["ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2567", "เทศบาลตำบลตัวอย่าง อำเภอเมือง จังหวัดสงขลา", ""];

/// Asserts that every question has its own score.
fn all_right(document: &Value) {
    for (number, question) in document["questions"].as_array().unwrap().iter().enumerate() {
        let expected: f64 = score(number).parse().unwrap();
        assert_eq!(question["score"].as_f64(), Some(expected), "{question}");
    }
}

fn row(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

#[test]
fn a_code_in_a_note_made_row_numbers_the_scores() {
    for note in ["| | O15 นับซ้ำในประเด็นที่ 6", "| | i1 คือข้อแรก"]
    {
        let table = Table::titled(&TITLE).rows(&["ลำดับ | รหัส | คำถาม | คะแนน"]);
        let table = table.questions(|code, score| row(&[&(index(code) + 1).to_string(), code, "เรื่องที่ถาม", &score]));
        all_right(&table.rows(&[note]).inspect());
    }
}

#[test]
fn titles_that_begin_with_their_code_hid_the_scores() {
    let table = Table::titled(&TITLE).rows(&["ลำดับ | รหัส | คำถาม | คะแนน"]);
    let table = table
        .questions(|code, score| row(&[&(index(code) + 1).to_string(), code, &format!("{code} เรื่องที่ถาม"), &score]));
    all_right(&table.inspect());
}

#[test]
fn last_years_column_was_taken_for_this_years() {
    let headers = [
        "รหัส | คะแนนปี 2566 | คะแนนปี 2567",
        "รหัส | คะแนน ปี 66 | คะแนน ปี 67",
        "รหัส | Score 2023 | Score 2024",
        "รหัส | คะแนนปีที่แล้ว | คะแนน",
        "รหัส | คะแนนเดิม | คะแนนใหม่",
        "รหัส | Last year | This year",
        "รหัส | คะแนนปี 2566 | คะแนน (เต็ม 100)",
        "รหัส | คะแนนปี 2566 | ค่าเฉลี่ย",
    ];
    for header in headers {
        let table = Table::titled(&TITLE).rows(&[header]);
        let table = table.questions(|code, score| row(&[code, &other(index(code)), &score]));
        all_right(&table.inspect());
    }
}

#[test]
fn a_merged_header_over_two_years_named_only_the_first() {
    let table = Table::titled(&TITLE).rows(&["รหัส | คะแนน |", " | ปี 2566 | ปี 2567"]);
    let table = table.questions(|code, score| row(&[code, &other(index(code)), &score]));
    all_right(&table.inspect());
}

#[test]
fn the_average_of_all_agencies_was_taken_for_the_score() {
    for header in ["คะแนนเฉลี่ยทุกหน่วยงาน", "คะแนนเฉลี่ยระดับประเทศ", "ค่าเฉลี่ยจังหวัด", "คะแนนเป้าหมาย", "คะแนนเต็ม"]
    {
        let table = Table::titled(&TITLE).rows(&[&format!("รหัส | {header} | คะแนน")]);
        let table = table.questions(|code, score| row(&[code, &other(index(code)), &score]));
        all_right(&table.inspect());
    }
}

#[test]
fn a_block_with_a_column_more_gave_its_weights_as_scores() {
    let mut table = Table::titled(&TITLE);
    for (letter, header) in [("i", "รหัส | คะแนน"), ("e", "รหัส | คะแนน"), ("o", "รหัส | น้ำหนัก | คะแนน")]
    {
        table = table.rows(&["", header]);
        for code in codes().filter(|code| code.starts_with(letter)) {
            let score = score(index(&code));
            table.0.push(if letter == "o" { row(&[&code, "2.86", &score]) } else { row(&[&code, &score]) });
        }
    }
    all_right(&table.inspect());
}

#[test]
fn ranges_of_codes_were_read_as_their_first() {
    for range in ["i1, i2, i3", "i1 ถึง i3", "i1-3", "(i1)-(i3)", "I1-I3 การปฏิบัติหน้าที่", "IIT 15 ข้อ"]
    {
        let table = Table::titled(&TITLE).rows(&["รหัส | คะแนน", &format!("{range} | 88.88")]);
        let document = table.questions(|code, score| row(&[code, &score])).inspect();
        all_right(&document);
        assert!(!finding_codes(&document).contains(&"score-conflict".to_owned()), "{range}");
    }
}

#[test]
fn a_blank_score_was_filled_from_another_column() {
    let table = Table::titled(&TITLE).rows(&["รหัส | คะแนน | จำนวนผู้ตอบ"]);
    let table = table.questions(|code, score| if code == "i7" { row(&[code, "", "30"]) } else { row(&[code, &score]) });
    let document = table.inspect();
    assert!(document["questions"][6]["score"].is_null());
}

#[test]
fn scores_between_0_and_1_passed_for_scores_out_of_100() {
    let table = Table::titled(&TITLE).rows(&["รหัส | คะแนน"]);
    let tiny = |text: String| (text.parse::<f64>().unwrap() / 100.0).to_string();
    let document = table.questions(|code, score| row(&[code, &tiny(score)])).inspect();
    all_right(&document);
    assert!(finding_codes(&document).contains(&"score-scale".to_owned()));
}

#[test]
fn full_marks_weights_and_notes_were_taken_for_published_figures() {
    for (rows, total, iit) in [
        (vec!["คะแนนรวม | 100 | 84.61"], Some(84.61), None),
        (vec!["คะแนนรวม (100) | 84.61"], Some(84.61), None),
        (vec!["คะแนนรวม 100 คะแนน (IIT 30 EIT 30 OIT 40)"], None, None),
        (vec!["คะแนนรวม 85 คะแนนขึ้นไปถือว่าผ่าน"], None, None),
        (vec!["IIT | 30 | 91.64", "EIT | 30 | 82.14", "OIT | 40 | 100"], None, Some(91.64)),
        (vec!["IIT | คะแนนรวม | 81.11", "คะแนนรวม | 84.61"], Some(84.61), Some(81.11)),
        (vec![" | 2566 | 2567", "คะแนนรวม | 77.77 | 84.61"], Some(84.61), None),
    ] {
        let rows: Vec<&str> = rows.into_iter().chain(["", "รหัส | คะแนน"]).collect();
        let table = Table::titled(&TITLE).rows(&rows).questions(|code, score| row(&[code, &score]));
        let document = table.inspect();
        assert_eq!(document["total"]["published"].as_f64(), total, "{rows:?}");
        assert_eq!(document["instruments"][0]["published"].as_f64(), iit, "{rows:?}");
    }
}

#[test]
fn what_explains_a_level_or_a_rank_was_taken_for_it() {
    for (line, level, rank) in [
        ("ระดับ ผ่านดีเยี่ยม หมายถึง 95 คะแนนขึ้นไป", None, None),
        ("ระดับ ผ่านดี", Some("ผ่านดี"), None),
        ("ระดับ 1 ใน 5", None, None),
        ("อันดับที่ 5 ของจังหวัด", None, None),
        ("อันดับที่ 1,519 ของประเทศ", None, Some(1519)),
    ] {
        let table =
            Table::titled(&TITLE).rows(&[line, "", "รหัส | คะแนน"]).questions(|code, score| row(&[code, &score]));
        let document = table.inspect();
        assert_eq!(document["level"]["published"].as_str(), level, "{line}");
        assert_eq!(document["rank"]["value"].as_u64(), rank, "{line}");
    }
}

#[test]
fn headings_ministries_and_publishers_were_taken_for_the_agency() {
    let name = "เทศบาลตำบลตัวอย่าง";
    for (rows, agency, district, province) in [
        (vec!["หน่วยงาน | อำเภอ | จังหวัด | คะแนนเฉลี่ย", "เทศบาลตำบลตัวอย่าง | เมือง | สงขลา | 84.61"], name, "เมือง", "สงขลา"),
        (vec!["สังกัด: กระทรวงมหาดไทย", name], name, "", ""),
        (vec!["สำนักงานคณะกรรมการป้องกันและปราบปรามการทุจริตแห่งชาติ", name], name, "", ""),
        (vec!["ผู้จัดทำ: สำนักปลัดเทศบาล", name], name, "", ""),
        (vec!["ประเภทหน่วยงาน เทศบาลตำบล", name], name, "", ""),
        (vec!["เทศบาลตำบลตัวอย่าง อ.เมือง จ.ระยอง"], name, "เมือง", "ระยอง"),
        (vec!["เทศบาลตำบลตัวอย่าง ปี 2567"], name, "", ""),
        (vec!["บริษัท ตัวอย่าง จำกัด (มหาชน)"], "บริษัท ตัวอย่าง จำกัด (มหาชน)", "", ""),
        (vec!["เทศบาลตำบลตัวอย่าง จังหวัดสงขลา 90110 โทร. 074"], name, "", "สงขลา"),
    ] {
        let table = Table::titled(&["ผลการประเมิน ITA ปีงบประมาณ 2567"]).rows(&rows).rows(&["", "รหัส | คะแนน"]);
        let document = table.questions(|code, score| row(&[code, &score])).inspect();
        let text = |key: &str| document[key]["value"].as_str().unwrap_or_default().to_owned();
        assert_eq!(
            (text("agency"), text("district"), text("province")),
            (agency.into(), district.into(), province.into()),
            "{rows:?}"
        );
    }
}

#[test]
fn a_province_that_is_the_agency_was_taken_for_its_place_alone() {
    const TITLE: &str = "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567";
    for (rows, agency) in [
        (vec![TITLE, "หน่วยงาน | จังหวัดลำปาง"], "จังหวัดลำปาง"),
        (vec![TITLE, "หน่วยงาน: จังหวัดลำปาง", "จังหวัด | ลำปาง"], "จังหวัดลำปาง"),
        (vec![TITLE, "จังหวัดลำปาง"], "จังหวัดลำปาง"),
        (vec!["ผลการประเมิน ITA ของจังหวัดลำปาง ปีงบประมาณ พ.ศ. 2567"], "จังหวัดลำปาง"),
        (vec!["ผลการประเมิน ITA จังหวัดลำปาง ปีงบประมาณ พ.ศ. 2567"], "จังหวัดลำปาง"),
        // A place is no agency: that of one with a name, of a district, of something unknown, or beside its label.
        (vec![TITLE, "เทศบาลตำบลตัวอย่าง", "จังหวัดลำปาง"], "เทศบาลตำบลตัวอย่าง"),
        (vec![TITLE, "อำเภอเมือง", "จังหวัดลำปาง"], ""),
        (vec![TITLE, "อุทยานตัวอย่าง จังหวัดลำปาง"], ""),
        (vec![TITLE, "จังหวัด | ลำปาง"], ""),
    ] {
        let table = Table::titled(&rows).rows(&["", "รหัส | คะแนน"]).questions(|code, score| row(&[code, &score]));
        let document = table.inspect();
        assert_eq!(document["agency"]["value"].as_str().unwrap_or_default(), agency, "{rows:?}");
        assert_eq!(document["province"]["value"], "ลำปาง", "{rows:?}");
    }
}

#[test]
fn another_year_in_the_file_stopped_it() {
    for rows in [
        vec!["แผนปี 2568 จากผลการประเมิน ปีงบประมาณ 2567"],
        vec!["1 ตุลาคม 2566 - 30 กันยายน 2567", "ปีงบประมาณ พ.ศ. 2567"],
        vec!["เปรียบเทียบกับปีงบประมาณ 2566", "ITA 2567"],
        vec!["พิมพ์เมื่อ พ.ศ. 2568", "ผลการประเมิน ปี 2567"],
    ] {
        let table = Table::titled(&rows).rows(&["", "รหัส | คะแนน"]).questions(|code, score| row(&[code, &score]));
        assert_eq!(table.inspect()["year"]["value"], 2567, "{rows:?}");
    }
}

#[test]
fn instruments_on_sheets_of_their_own_were_dropped() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    for letter in ["i", "e", "o"] {
        let sheet = workbook.add_worksheet();
        for (row, code) in (0u32..).zip(codes().filter(|code| code.starts_with(letter))) {
            let score: f64 = score(index(&code)).parse().unwrap();
            sheet.write(row, 0, code.as_str()).unwrap().write(row, 1, score).unwrap();
        }
    }
    all_right(&one_of_bytes(&workbook.save_to_buffer().unwrap()));
}
