//! Short words inside longer ones, in headers, titles, names of sheets and of agencies.

use itasheet::Config;

use crate::support::agencies::codes;
use crate::support::reports::{TITLE, all, lines, one};

/// A table of ten published indicators under a header, with the questions below.
fn indicators(header: &str) -> String {
    let titles = [
        "การปฏิบัติหน้าที่",
        "การใช้งบประมาณ",
        "การใช้อำนาจ",
        "การใช้ทรัพย์สินของราชการ",
        "การแก้ไขปัญหาการทุจริต",
        "คุณภาพการดำเนินงาน",
        "ประสิทธิภาพการสื่อสาร",
        "การปรับปรุงการทำงาน",
        "การเปิดเผยข้อมูล",
        "การป้องกันการทุจริต",
    ];
    let rows: String = titles.iter().enumerate().map(|(index, title)| format!("{title},{}.5\n", 80 + index)).collect();
    let questions = lines(|index| format!("{}.25", 30 + index));
    format!("{TITLE}\nตัวชี้วัด,{header}\n{rows}\nรหัส,คะแนน\n{questions}")
}

#[test]
fn the_assessments_own_name_over_the_indicators_hid_their_scores() {
    for header in [
        "คะแนนการประเมินของหน่วยงานภาครัฐ",
        "คะแนนการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ",
        "คะแนนตามหลักเกณฑ์การประเมิน ITA",
        "คะแนนจากกลุ่มผู้มีส่วนได้ส่วนเสีย",
        "คะแนนของการไฟฟ้าส่วนภูมิภาค",
        "คะแนนของการกีฬาแห่งประเทศไทย",
        "คะแนนของกระทรวงการต่างประเทศ",
        "คะแนนขององค์การบริหารส่วนจังหวัดสงขลา",
        "Transparency and Accountability Score",
        "Threshold Score",
    ] {
        let report = one(&indicators(header), &Config::default());
        let published = &report.submission.published.indicators;
        assert_eq!(published.len(), 10, "{header}");
        assert_eq!(published[&10].value.to_string(), "89.5", "{header}");
    }
}

#[test]
fn numbers_that_are_none_of_ones_own_are_so_still() {
    for header in ["ค่าเฉลี่ยระดับภาค", "คะแนนระดับประเทศ", "คะแนนเฉลี่ยจังหวัด", "คะแนนเดิม", "Old score", "Last year", "Count"]
    {
        let report = one(&indicators(header), &Config::default());
        assert!(report.submission.published.indicators.is_empty(), "{header}");
    }
}

#[test]
fn agencies_whose_names_begin_like_a_sum_are_agencies() {
    let codes: Vec<String> = codes().collect();
    let row = |name: &str| format!("{name},{}\n", vec!["90.5"; codes.len()].join(","));
    let names = ["Ministry of Finance", "รวมไทยพัฒนา", "Maximilian School"];
    let sums = ["Min", "Max", "MEAN score", "รวม", "คะแนนรวม", "Maximum"];
    let rows: String = names.iter().chain(&sums).map(|name| row(name)).collect();
    let text = format!("ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567\nหน่วยงาน,{}\n{rows}", codes.join(","));
    let found: Vec<String> =
        all(&text, &Config::default()).into_iter().map(|own| own.submission.agency.unwrap().value).collect();
    assert_eq!(found, names);
}

#[test]
fn a_year_beside_a_word_that_holds_the_letters_ita_is_no_title() {
    let text = format!("ผลคะแนน\nDigital Hospital 2566\n\nรหัส,คะแนน\n{}", lines(|_| "90".to_owned()));
    assert_eq!(one(&text, &Config::default()).submission.year, None);
    let report = one(&text.replace("Hospital", "ITA"), &Config::default());
    assert_eq!(report.submission.year.unwrap().value, 2566);
}

#[test]
fn titles_of_items_are_no_titles_of_the_parts_of_the_external_survey() {
    // The external survey stands behind an item for those who are served, and again behind an item on a survey.
    let survey = |by: usize| (1..=9).map(|n| format!("e{n},ข้อ,{}\n", 80 + by + n)).collect::<String>();
    let text = format!(
        "{TITLE}\nรหัส,เรื่อง,คะแนน\no8,คู่มือหรือแนวทางสำหรับผู้รับบริการ,100\n{}o13,รายงานผลการสำรวจความพึงพอใจ,100\n{}",
        survey(0),
        survey(1)
    );
    let report = one(&text, &Config::default());
    assert!(report.submission.answers.values().all(|answer| answer.parts.is_none()));
}
