//! A table pasted from a published report, with everything that slips on the way.

use serde_json::Value;

use super::formats::{write_plain, write_styled};
use super::layouts::{ISSUES, instrument, thai};
use super::pages::Page;
use super::{Submission, read};
use crate::support::TestEnv;
use crate::support::khok_muang::{KHOK_MUANG, KHOK_MUANG_INDICATORS};

const HEADER: [&str; 6] = ["ลำดับ", "หัวข้อ", "เครื่องมือ การประเมิน", "ข้อคำถาม", "คะแนน", "ข้อสังเกต/ รักษาระดับ"];

/// The columns of a row's code and score: some have slipped to the left, others to the right.
fn columns(code: &str) -> (u32, u32) {
    match code {
        "๐12" | "๐13" | "๐25" => (1, 3),
        "o27" | "o28" | "o29" => (5, 6),
        "o15" => (3, 6),
        _ => (3, 4),
    }
}

fn page() -> Page {
    let mut page = Page::new("รายงาน");
    page.text(0, 0, "การวิเคราะห์ผลการประเมิน ITA ในปีงบประมาณ พ.ศ.๒๕๖๗");
    page.text(1, 0, "เทศบาลตำบลโคกม่วง");
    page.text(2, 0, "อำเภอคลองหอยโข่ง จังหวัดสงขลา");
    page.text(3, 0, "คะแนนภาพรวม คะแนนที่ได้ ๙๒.๑๓ คะแนน ระดับอยู่ที่ ๑,๕๑๙");
    page.texts(5, 0, &["แบบ", "ลำดับ", "รายละเอียดตัวชี้วัด", "คะแนน"]);
    for (row, (own, title, score)) in (6..).zip(KHOK_MUANG_INDICATORS) {
        if [6, 11, 14].contains(&row) {
            page.text(row, 0, own);
        }
        page.texts(row, 1, &[&thai(&(row - 5).to_string()), title, &thai(&format!("{score:.2}"))]);
    }
    page.text(17, 0, "ส่วนที่ 1 รายละเอียดการวิเคราะห์ ประจำปีงบประมาณ พ.ศ. 2567");
    let (mut row, mut scores) = (19, KHOK_MUANG.iter());
    for (number, (title, list)) in (1u32..).zip(ISSUES) {
        page.text(row, 0, format!("ประเด็นที่ {number} {title}"));
        page.texts(row + 2, 0, &HEADER);
        page.texts(row + 3, 0, &[&format!("{number}."), title]);
        row += 3;
        let mut before = "";
        for (_, code, score) in scores.by_ref().take(list.split(' ').count()) {
            let own = instrument(&code.replace('๐', "o"));
            if own != before {
                // In the second issue a page ends here, and the header is printed again.
                if *code == "๐11" {
                    page.texts(row + 1, 0, &HEADER);
                    row += 2;
                }
                page.texts(
                    row,
                    2,
                    &[own, "", "", "<p>ควรรักษาไว้<u>ทุกปี</u></p><ul style=\"list\"><li>ทบทวน&nbsp;e-Service</li></ul>"],
                );
                before = own;
            }
            let (code_column, score_column) = columns(code);
            page.text(row, code_column, format!("ข้อ {code}"));
            page.text(row, score_column, format!("{score:.2}"));
            row += 1;
            // Another page ends before the last five.
            row += u32::from(*code == "o30");
        }
        row += 1;
    }
    page.text(row, 0, "ส่วนที่ 2 การนำผลการวิเคราะห์ไปสู่การปฏิบัติ ในปีงบประมาณ พ.ศ. 2568");
    page.texts(row + 1, 0, &["หัวข้อ", "มาตรการ โครงการ หรือกิจกรรม", "ระยะเวลาดำเนินงาน", "ผู้รับผิดชอบ"]);
    page.texts(row + 2, 0, &["๑. ขั้นตอน", "• จัดทำคู่มือ", "๑ ตุลาคม ๒๕๖๗ ถึง ๓๐ กันยายน ๒๕๖๘", "สำนักปลัด"]);
    page
}

#[test]
fn a_published_report_pasted_in_any_format_gives_its_scores() {
    let pages = [page()];
    let mut files = write_styled(&pages, 0);
    files.extend(write_plain(&pages));
    let expected = Submission {
        agency: "เทศบาลตำบลโคกม่วง".into(),
        year: 2567.into(),
        total: Some(92.13),
        level: Value::Null,
        indicators: KHOK_MUANG_INDICATORS.iter().map(|(_, _, score)| Some(*score)).collect(),
        scores: KHOK_MUANG.iter().map(|(_, code, score)| (code.replace('๐', "o"), *score)).collect(),
    };
    let env = TestEnv::new();
    for (name, documents) in read(&env, files) {
        assert_eq!(documents.len(), 1, "{name}");
        let differences = Submission::read(&documents[0]).differences(&expected);
        assert!(differences.is_empty(), "{name}: {differences:?}");
        assert_eq!(documents[0]["rank"]["value"], 1519, "{name}");
        assert_eq!(documents[0]["province"]["value"], "สงขลา", "{name}");
        assert_eq!(documents[0]["district"]["value"], "คลองหอยโข่ง", "{name}");
    }
}
