//! Two columns, rows or figures of which one is the result: words tell which, or none is taken and it is said.

use crate::support::finding_codes;
use crate::support::table::{
    TITLE, all, assert_scores, codes, one, one_of_bytes, published, questions, score, workbook,
};

/// A table of two columns of which the one at `own` has the scores.
fn two(headers: [&str; 2], own: usize) -> String {
    let line = |(index, code): (usize, String)| {
        let other = format!("{:.2}", 90.37 - ((index * 7) % 40) as f64);
        let own_score = format!("{:.2}", score(index));
        let cells = if own == 0 { [own_score, other] } else { [other, own_score] };
        format!("{code},เรื่องที่ประเมิน,{}\n", cells.join(","))
    };
    let lines: String = codes().enumerate().map(line).collect();
    format!("{TITLE}รหัส,เรื่อง,{}\n{lines}", headers.join(","))
}

#[test]
fn a_column_with_the_word_for_scores_beat_the_result_without_it() {
    for headers in [
        ["คะแนนที่คาดหวัง", "ผลลัพธ์"],
        ["คะแนนปีกลาย", "ปีนี้"],
        ["คะแนนที่เพิ่มขึ้น", "ปี 2567"],
        ["ต้องเพิ่มอีก (คะแนน)", "ปี 2567"],
        ["ผลประเมินภายใน", "ป.ป.ช."],
        ["คะแนนมัธยฐาน", "หน่วยงาน"],
        ["คะแนนหน่วยงานต้นแบบ", "หน่วยงาน"],
        ["คะแนน ทต.ข้างเคียง", "ของเรา"],
        ["Percentile", "ITA 67"],
        ["Benchmark Score", "ITA 2024"],
        ["Goal (score)", "Actual"],
        ["คะแนน LPA", "ITA"],
        ["คะแนนไม่เป็นทางการ", "คะแนน"],
        ["คะแนนยังไม่ประกาศ", "คะแนน"],
        ["คะแนนรอบแรก", "คะแนนรอบสอง"],
        ["คะแนนที่ได้ ITA66", "คะแนน ITA67"],
        ["FY23", "FY24"],
        ["Final score 23", "Score 24"],
        ["คะแนนปัดเศษ", "คะแนน"],
        ["คะแนนสำนักปลัด", "รวม"],
    ] {
        for own in [0, 1] {
            let headers = if own == 1 { headers } else { [headers[1], headers[0]] };
            println!("{headers:?}");
            assert_scores(&one(&two(headers, own)));
        }
    }
}

#[test]
fn of_two_columns_that_no_known_word_tells_apart_one_was_taken() {
    for headers in [["คะแนนของ ก.", "ของ ข."], ["คะแนนชุดหนึ่ง", "ชุดสอง"], ["Score A", "B"]]
    {
        let document = one(&two(headers, 0));
        assert!(finding_codes(&document).contains(&"score-undecided".to_owned()), "{headers:?}");
        assert!(document["questions"].as_array().unwrap().iter().all(|own| own["score"].is_null()), "{headers:?}");
    }
}

#[test]
fn an_explanation_in_brackets_made_the_only_scores_none() {
    for header in [
        "คะแนน (เกณฑ์ผ่าน 85)",
        "คะแนน (สูงสุด 100)",
        "คะแนน ณ วันที่ 30 ก.ย. 2567",
        "คะแนน (น้ำหนักร้อยละ 30/30/40)",
        "ผลคะแนนตามเกณฑ์ ป.ป.ช.",
        "Score (last updated)",
        "คะแนนดิบ (เต็ม 100)",
    ] {
        let lines: String = codes().enumerate().map(|(index, code)| format!("{code},{:.2}\n", score(index))).collect();
        println!("{header}");
        assert_scores(&one(&format!("{TITLE}รหัส,{header}\n{lines}")));
    }
}

#[test]
fn scores_with_marks_lost_to_a_column_of_comparison() {
    for mark in ["*", " (ดีขึ้น)", "↑"] {
        let line =
            |(index, code): (usize, String)| format!("{code},{:.2}{mark},{:.2}\n", score(index), 90 - index % 40);
        let lines: String = codes().enumerate().map(line).collect();
        let document = one(&format!("{TITLE}รหัส,คะแนน,ค่าเฉลี่ย อปท.\n{lines}"));
        assert!(finding_codes(&document).contains(&"score-unreadable".to_owned()), "{mark}");
        assert!(document["questions"].as_array().unwrap().iter().all(|own| own["score"].is_null()), "{mark}");
    }
}

#[test]
fn a_correction_of_a_few_scores_was_left_aside() {
    for header in ["ผลอุทธรณ์", "คะแนนอุทธรณ์", "แก้ไขเป็น", "แก้ไข"]
    {
        let line = |(index, code): (usize, String)| {
            let (first, corrected) =
                if index % 20 == 3 { (1.25, score(index).to_string()) } else { (score(index), String::new()) };
            format!("{code},{first},{corrected}\n")
        };
        let lines: String = codes().enumerate().map(line).collect();
        println!("{header}");
        assert_scores(&one(&format!("{TITLE}รหัส,คะแนน,{header}\n{lines}")));
    }
}

#[test]
fn rows_of_one_agency_in_a_wide_table_were_several_results() {
    let header: String = codes().map(|code| format!(",{code}")).collect();
    let row = |first: &str, by: f64| {
        let scores: String = (0..59).map(|index| format!(",{:.2}", score(index) - by)).collect();
        format!("{first}{scores}\n")
    };
    for (parts, column) in [(["ก่อนทบทวน", "หลังทบทวน"], "รอบ"), (["ตนเอง", "ผลประกาศ"], "ที่มา"), (["ปีกลาย", "ปีนี้"], "ผล")]
    {
        for merged in [false, true] {
            let mut text = format!("{TITLE}หน่วยงาน,{column}{header}\n");
            for name in ["เทศบาลตำบลหนึ่ง", "เทศบาลตำบลสอง", "เทศบาลตำบลสาม"]
            {
                text += &row(&format!("{name},{}", parts[0]), 3.0);
                text += &row(&format!("{},{}", if merged { "" } else { name }, parts[1]), 0.0);
            }
            let found = all(&text);
            assert_eq!(found.len(), 3, "{parts:?} {merged}");
            for document in &found {
                println!("{parts:?} {merged}");
                assert_scores(document);
            }
        }
    }
    // Where nothing tells, none is taken.
    let mut text = format!("{TITLE}หน่วยงาน,ชุดที่{header}\n");
    for name in ["เทศบาลตำบลหนึ่ง", "เทศบาลตำบลสอง"] {
        text += &row(&format!("{name},1"), 3.0);
        text += &row(&format!("{name},2"), 0.0);
    }
    for document in all(&text) {
        assert!(document["questions"].as_array().unwrap().iter().all(|own| own["score"].is_null()));
    }
}

#[test]
fn figures_of_other_years_and_counts_were_published_ones() {
    for (lines, total, rank) in [
        ("คะแนนรวมปี 66,81.2\nคะแนนรวมปี 67,88.12", Some(88.12), None),
        ("คะแนนรวม,81.2,88.12", None, None),
        ("อันดับ,5,ของจังหวัด\nอันดับ,1519,ของประเทศ", None, Some(1519)),
        ("คะแนนรวมของหน่วยงาน,88.12\nอันดับในจังหวัด,5\nอันดับประเทศ,1519", Some(88.12), Some(1519)),
        ("IIT,30,คน\nEIT,82,คน\nOIT,35,ข้อ", None, None),
        ("คะแนนที่ได้ (66),คะแนน (67)", None, None),
    ] {
        let document = one(&format!("{TITLE}{lines}\n\n{}", questions()));
        assert_eq!(document["total"]["published"].as_f64(), total, "{lines}");
        assert_eq!(document["rank"]["value"].as_u64(), rank, "{lines}");
        for name in ["IIT", "EIT", "OIT"] {
            assert_eq!(published(&document, "instruments", name), None, "{lines}");
        }
        assert_scores(&document);
    }
}

#[test]
fn of_two_columns_of_indicators_the_first_was_taken() {
    let table = |header: &str| {
        let rows: String = (1..=10).map(|n| format!("ตัวชี้วัดที่ {n},{}.25,{}.5\n", 60 + n, 80 + n)).collect();
        format!("{TITLE}ตัวชี้วัด,{header}\n{rows}\n{}", questions())
    };
    for (header, expected) in [("คะแนนปีกลาย,ปีนี้", Some(81.5)), ("เป้า,ทำได้", Some(81.5)), ("ก.,ข.", None)]
    {
        let document = one(&table(header));
        assert_eq!(published(&document, "indicators", 1), expected, "{header}");
        assert_eq!(finding_codes(&document).contains(&"figure-undecided".to_owned()), expected.is_none(), "{header}");
    }
}

#[test]
fn last_years_sheet_stood_in_for_a_form_of_this_year_whose_codes_stand_in_a_row() {
    let rows: String = codes().map(|code| format!("{code},30.5\n")).collect();
    let form = codes().collect::<Vec<_>>().join(",");
    let book = workbook(&[
        ("ปี 2566", format!("ผลการประเมิน ITA\nเทศบาลตำบลตัวอย่าง\nรหัส,คะแนน\n{rows}")),
        ("Sheet1", format!("{TITLE}{form}")),
    ]);
    let document = one_of_bytes(&book);
    assert_eq!(document["error"]["code"], "no-scores", "{document}");
}

#[test]
fn two_totals_of_a_file_were_one() {
    let document = one(&format!("{TITLE}คะแนนรวม,88.12\nคะแนนภาพรวม,90.5\n\n{}", questions()));
    assert_eq!(document["total"]["published"].as_f64(), Some(88.12));
    assert!(finding_codes(&document).contains(&"figure-of-several".to_owned()));
    let choices: Vec<(&str, bool)> = document["choices"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|choice| choice["of"] == "total")
        .map(|choice| (choice["value"].as_str().unwrap(), choice["taken"].as_bool().unwrap()))
        .collect();
    assert_eq!(choices, [("88.12", true), ("90.5", false)]);
}

#[test]
fn numbers_below_an_instruments_name_were_no_codes() {
    let block = |name: &str, first: usize, count: usize| {
        let rows: String =
            (0..count).map(|at| format!("{},เรื่องที่ประเมิน {at},{:.2}\n", at + 1, score(first + at))).collect();
        format!("แบบวัด {name}\nข้อ,ข้อคำถาม,คะแนน\n{rows}\n")
    };
    let text = format!("{TITLE}{}{}{}", block("IIT", 0, 15), block("EIT", 15, 9), block("OIT", 24, 35));
    let document = one(&text);
    assert!(finding_codes(&document).contains(&"code-without-letter".to_owned()));
    assert_scores(&document);
    // A list of indicators has numbers too.
    let text = format!("{TITLE}เครื่องมือ,ข้อ,คะแนน\nIIT,1,90\nIIT,2,91\nIIT,3,92\nEIT,4,93\nOIT,5,94\n");
    assert!(all(&text).iter().all(|document| !document["error"].is_null()));
}
