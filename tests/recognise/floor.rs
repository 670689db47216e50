//! Numbers that are no scores are none even where there are no others; words and order tell which of several are.

use serde_json::Value;

use crate::support::finding_codes;
use crate::support::table::{TITLE, all, assert_scores, one, one_of_bytes, rows, score, score_of, workbook};

/// A table with a header and a line for each question, made from its place, code and score.
fn table(header: &str, line: impl Fn(usize, &str, f64) -> String) -> String {
    let lines: String = crate::support::table::codes()
        .enumerate()
        .map(|(index, code)| line(index, &code, score(index)) + "\n")
        .collect();
    format!("{TITLE}{header}\n{lines}")
}

/// What is wrong with a text that gives no result.
fn refusal(text: &str) -> Value {
    let documents = all(text);
    assert_eq!(documents.len(), 1, "{text}");
    let error = documents[0]["error"].clone();
    assert_eq!(error["code"], "no-scores", "{}", documents[0]);
    error
}

#[test]
fn a_column_of_other_numbers_was_taken_for_scores_where_there_were_no_others() {
    type Number = fn(usize, f64) -> String;
    let plain: Number = |_, score| score.to_string();
    for (header, number, what) in [
        ("ที่,รหัส,เรื่อง", (|index, _| (index + 1).to_string()) as Number, "row numbers"),
        ("หน้า,รหัส,เรื่อง", |index, _| (12 + index / 8).to_string(), "page numbers"),
        ("น้ำหนัก,รหัส,เรื่อง", |_, _| "2.86".to_owned(), "weights"),
        ("จำนวนผู้ตอบ,รหัส,เรื่อง", |index, _| (30 + index % 7).to_string(), "counts"),
        ("งบประมาณ (บาท),รหัส,เรื่อง", plain, "money"),
        ("วันที่ส่ง,รหัส,เรื่อง", |index, _| (1 + index % 28).to_string(), "dates"),
        ("ร้อยละความก้าวหน้า,รหัส,เรื่อง", plain, "progress"),
        ("เป้าหมาย,รหัส,เรื่อง", plain, "targets"),
        ("คะแนนปีก่อน,รหัส,เรื่อง", plain, "earlier year"),
        ("คะแนนปี 2566,รหัส,เรื่อง", plain, "another year"),
        ("ค่าเฉลี่ยระดับประเทศ,รหัส,เรื่อง", plain, "others"),
        ("คะแนนประเมินตนเอง,รหัส,เรื่อง", plain, "self-assessment"),
        ("คะแนนคาดการณ์,รหัส,เรื่อง", plain, "forecast"),
        ("คะแนน (เต็ม 5 คะแนน),รหัส,เรื่อง", |_, score| format!("{:.2}", score / 20.0), "another scale"),
        ("คะแนนถ่วงน้ำหนัก,รหัส,เรื่อง", |_, score| format!("{:.2}", score * 0.3), "weights"),
    ] {
        let error =
            refusal(&table(header, |index, code, score| format!("{},{code},เรื่องที่ประเมิน", number(index, score))));
        assert!(error["message"]["en"].as_str().unwrap().contains(what), "{header}: {error}");
        // Beside the scores it is left alone.
        let both =
            |index: usize, code: &str, score: f64| format!("{},{code},เรื่องที่ประเมิน,{score}", number(index, score));
        assert_scores(&one(&table(&format!("{header},คะแนน"), both)));
    }
}

#[test]
fn of_several_columns_the_one_that_a_person_would_take_is_taken() {
    for (headers, own) in [
        (vec!["ก่อนอุทธรณ์", "หลังอุทธรณ์"], 1),
        (vec!["ครั้งที่ 1", "ครั้งที่ 2"], 1),
        (vec!["รอบ 6 เดือน", "รอบ 12 เดือน"], 1),
        (vec!["ไตรมาส 1", "ไตรมาส 2", "ไตรมาส 3", "ไตรมาส 4"], 3),
        (vec!["ชาย", "หญิง", "รวม"], 2),
        (vec!["กองคลัง", "กองช่าง", "รวมทั้งหน่วยงาน"], 2),
        (vec!["คะแนนเบื้องต้น", "ผลคะแนน"], 1),
        (vec!["ผลคะแนน", "คะแนนเบื้องต้น"], 0),
        (vec!["คะแนนสูงสุด", "คะแนนต่ำสุด", "คะแนนที่ได้"], 2),
        (vec!["อปท. ทั่วไป", "หน่วยงานของเรา"], 1),
        (vec!["SD", "x̄"], 1),
        (vec!["คะแนนรายตัวชี้วัด", "คะแนนรายข้อ"], 1),
        (vec!["คะแนนปี 66", "คะแนนปี 67"], 1),
    ] {
        let line = |index: usize, code: &str, score: f64| {
            let cell = |at: usize| if at == own { score } else { 90.37 - ((index * 7 + at * 5) % 40) as f64 };
            let cells: Vec<String> = (0..headers.len()).map(|at| format!("{:.2}", cell(at))).collect();
            format!("{code},เรื่องที่ประเมิน,{}", cells.join(","))
        };
        let text = table(&format!("รหัส,เรื่อง,{}", headers.join(",")), line);
        println!("{headers:?}");
        assert_scores(&one(&text));
    }
    // A mean of the columns before it is the whole; shares of answers that add up to 100 are none.
    let halves =
        |_: usize, code: &str, score: f64| format!("{code},เรื่อง,{:.2},{:.2},{score}", score - 3.5, score + 3.5);
    assert_scores(&one(&table("รหัส,เรื่อง,ครั้งที่ 1,ครั้งที่ 2,เฉลี่ย", halves)));
    let shares = |index: usize, code: &str, score: f64| {
        let (a, b) = (20 + index % 9, 30 + index % 11);
        format!("{code},เรื่อง,{a},{b},{},{score}", 100 - a - b)
    };
    assert_scores(&one(&table("รหัส,เรื่อง,น้อย,ปานกลาง,มาก,คะแนน", shares)));
}

#[test]
fn each_instrument_has_its_own_scale_and_another_one_is_said() {
    // Items as 1 and 0 beside surveys out of 100.
    let items = |_: usize, code: &str, score: f64| {
        let number = if code.starts_with('o') { f64::from(code != "o3") } else { score };
        format!("{code},{number}")
    };
    let document = one(&table("รหัส,คะแนน", items));
    assert_eq!((score_of(&document, "o2"), score_of(&document, "o3")), (Some(100.0), Some(0.0)));
    assert_eq!(score_of(&document, "i1"), Some(40.25));
    assert!(finding_codes(&document).contains(&"score-scale".to_owned()));
    // Surveys out of 5 have no scores.
    let surveys = |_: usize, code: &str, score: f64| {
        let number = if code.starts_with('o') { 100.0 } else { score / 20.0 };
        format!("{code},{number:.2}")
    };
    let document = one(&table("รหัส,คะแนน", surveys));
    assert_eq!((score_of(&document, "i1"), score_of(&document, "o1")), (None, Some(100.0)));
    assert!(finding_codes(&document).contains(&"score-scale-unknown".to_owned()));
    // Zeros are zeros.
    let zeros =
        |_: usize, code: &str, score: f64| format!("{code},{}", if code.starts_with('o') { 0.0 } else { score });
    assert_eq!(score_of(&one(&table("รหัส,คะแนน", zeros)), "o1"), Some(0.0));
}

#[test]
fn the_rows_of_a_code_are_told_by_their_words_or_it_has_no_score() {
    let several = |labels: &'static [&'static str], own: usize| {
        move |code: &str, score: f64| {
            let row = |(at, label): (usize, &&str)| {
                let number = if at == own { score } else { score / 2.0 + 11.0 };
                format!("{},เรื่อง,{label},{number:.2}", if at == 0 { code } else { "" })
            };
            labels.iter().enumerate().map(row).collect::<Vec<_>>().join("\n")
        }
    };
    for (labels, own) in [
        (&["ชาย", "หญิง", "รวม"][..], 2),
        (&["เป้าหมาย", "ผล"], 1),
        (&["ก่อนอุทธรณ์", "หลังอุทธรณ์"], 1),
        (&["ปี 66", "ปี 67"], 1),
        (&["ปี 2567", "ปี 2566"], 0),
    ] {
        assert_scores(&one(&format!("{TITLE}รหัส,เรื่อง,รายการ,คะแนน\n{}", rows(several(labels, own)))));
    }
    let document = one(&format!("{TITLE}รหัส,เรื่อง,รายการ,คะแนน\n{}", rows(several(&["ก", "ข"], 0))));
    assert_eq!(score_of(&document, "i1"), None);
    assert!(finding_codes(&document).contains(&"score-conflict".to_owned()));
}

#[test]
fn of_two_columns_or_sheets_that_nothing_tells_apart_no_number_is_taken() {
    let line = |code: &str, score: f64| format!("{code},เรื่อง,{score},{:.2}", 95.37 - score / 2.0);
    for header in ["", "รหัส,เรื่อง,ชุดหนึ่ง,ชุดสอง\n", "รหัส,เรื่อง,คะแนน,คะแนน\n"]
    {
        let document = one(&format!("{TITLE}{header}{}", rows(line)));
        assert_eq!(score_of(&document, "i1"), None, "{header}");
        assert!(finding_codes(&document).contains(&"score-undecided".to_owned()), "{header}");
    }
    let table = |by: f64| format!("{TITLE}รหัส,คะแนน\n{}", rows(|code, score| format!("{code},{}", score - by)));
    let read = |names: [&str; 2]| one_of_bytes(&workbook(&[(names[0], table(0.0)), (names[1], table(7.5))]));
    let document = read(["ชุดหนึ่ง", "ชุดสอง"]);
    assert_eq!(score_of(&document, "i1"), None);
    assert!(finding_codes(&document).contains(&"score-undecided".to_owned()));
    // Names of sheets may tell.
    for names in [["ผลคะแนน", "ผลคะแนน (2)"], ["หลังแก้ไข", "ก่อนแก้ไข"], ["คะแนน", "ค่าเฉลี่ยประเทศ"]]
    {
        assert_scores(&read(names));
    }
}

#[test]
fn corrections_stand_before_what_they_correct_and_leave_the_rest() {
    for headers in [["ก่อนอุทธรณ์", "หลังอุทธรณ์"], ["คะแนน", "คะแนนหลังทบทวน"]]
    {
        let line = |index: usize, code: &str, score: f64| {
            let corrected = index % 9 == 4;
            let (before, after) = if corrected { (11.5, score.to_string()) } else { (score, String::new()) };
            format!("{code},เรื่อง,{before},{after}")
        };
        let document = one(&table(&format!("รหัส,เรื่อง,{}", headers.join(",")), line));
        assert_scores(&document);
        assert!(finding_codes(&document).contains(&"score-of-several".to_owned()));
    }
}
