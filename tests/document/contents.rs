//! What the document says is what the workbook says, cell by cell.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use itasheet::assess::Status;
use itasheet::plan::Amount;
use itasheet::{Config, Digits, Report};

use super::parsed::{Parsed, Table, text};
use super::{level, reports, sample};

/// The rows of a sheet of the workbook, as texts; numbers with two decimals.
fn rows(report: &Report, config: &Config, sheet: &str) -> Vec<Vec<String>> {
    let bytes = report.workbook(config).unwrap();
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let range = workbook.worksheet_range(sheet).unwrap();
    let shown = |cell: &Data| match cell {
        Data::Float(number) => format!("{number:.2}"),
        other => other.to_string(),
    };
    range.rows().map(|row| row.iter().map(shown).collect()).collect()
}

/// The tables of part 1, and that of part 2.
fn parts(parsed: &Parsed) -> (&[Table], &Table) {
    let (plan, others) = parsed.tables.split_last().unwrap();
    (&others[1..], plan)
}

#[test]
fn every_question_has_the_score_and_the_text_of_the_workbook() {
    let mut config = Config::default();
    config.digits = Some(Digits::Arabic);
    for (name, report) in reports(&config) {
        let parsed = Parsed::of(&report.document(&config).unwrap());
        let mut expected = Vec::new();
        let mut notes = Vec::new();
        for row in rows(&report, &config, "วิเคราะห์ผล").into_iter().skip(3) {
            match (row[2].as_str(), row[5].as_str()) {
                ("", "") => {}
                ("", note) => notes.push((row[1].clone(), note.to_owned())),
                (subject, text) => {
                    expected.push([row[1].clone(), subject.to_owned(), row[3].clone(), text.to_owned()]);
                }
            }
        }
        let found: Vec<[String; 4]> = parts(&parsed)
            .0
            .iter()
            .flat_map(|table| &table[1..])
            .map(|row| [2, 3, 4, 5].map(|column| text(&row[column])))
            .collect();
        assert!(!expected.is_empty(), "{name}");
        let subjects = |rows: &[[String; 4]]| rows.iter().map(|row| row[1].clone()).collect::<Vec<_>>();
        let found_rows: Vec<[String; 4]> = found.iter().filter(|row| !row[1].is_empty()).cloned().collect();
        assert_eq!(subjects(&expected), subjects(&found_rows), "{name}");
        for (of_workbook, of_document) in expected.iter().zip(&found_rows) {
            assert_eq!(of_workbook[..3], of_document[..3], "{name}");
            // What is said of all stands beside a question without a text of its own.
            let is_note = notes.contains(&(of_document[0].clone(), of_document[3].clone()));
            let same = of_workbook[3] == of_document[3];
            assert!(same || of_workbook[3].is_empty() && is_note, "{name}: {of_workbook:?} {of_document:?}");
        }
        for (instrument, note) in &notes {
            let has = found.iter().any(|row| row[0] == *instrument && row[3] == *note);
            assert!(has, "{name}: {instrument} {note}");
        }
        let of_document = found.iter().filter(|row| notes.contains(&(row[0].clone(), row[3].clone()))).count();
        assert_eq!(notes.len(), of_document, "{name}");
    }
}

/// Texts that are there, in order.
fn filled(texts: impl IntoIterator<Item = String>) -> Vec<String> {
    texts.into_iter().filter(|text| !text.is_empty()).collect()
}

#[test]
fn every_measure_has_the_texts_of_the_workbook_in_their_order() {
    for amount in [Amount::Usual, Amount::All] {
        let mut config = Config::default();
        (config.digits, config.amount) = (Some(Digits::Arabic), Some(amount));
        for (name, report) in reports(&config) {
            let parsed = Parsed::of(&report.document(&config).unwrap());
            let plan = parts(&parsed).1;
            let sheet = rows(&report, &config, "แผนปฏิบัติการ");
            let end = sheet.iter().position(|row| row[0].starts_with("ลงชื่อ")).unwrap();
            let sheet = &sheet[3..end];
            let column = |at: usize| filled(sheet.iter().map(|row| row[at].clone()));
            let lines = |at: usize| {
                let cells = plan[1..].iter().filter(|row| row.len() == 5).flat_map(|row| &row[at]);
                filled(cells.map(|paragraph| paragraph.text.clone()))
            };
            // The number of a measure, in a column of its own there, stands before its title here.
            let numbered = |row: &Vec<String>| {
                let is_first = row[0].contains('.') && !row[0].contains(". ") && !row[1].is_empty();
                if is_first { format!("{} {}", row[0], row[1]) } else { row[1].clone() }
            };
            assert!(!lines(2).is_empty(), "{name}");
            assert_eq!(filled(sheet.iter().map(numbered)), lines(1), "{name}");
            let bare = |step: String| step.split_once(". ").map_or(step.clone(), |(_, text)| text.to_owned());
            assert_eq!(column(2).into_iter().map(bare).collect::<Vec<_>>(), lines(2), "{name}");
            assert_eq!(column(3), lines(3), "{name}");
            let units = column(4).iter().flat_map(|cell| cell.split('\n')).map(str::to_owned).collect::<Vec<_>>();
            assert_eq!(units, lines(4), "{name}");
            // Headings of issues and of the second phase, and why there is no measure.
            let headings =
                filled(sheet.iter().filter(|row| filled(row[1..5].to_vec()).is_empty()).map(|row| row[0].clone()));
            let spanning = plan[1..].iter().filter(|row| row.len() == 2).map(|row| text(&row[1]));
            let mut found: Vec<String> = plan[1..].iter().map(|row| text(&row[0])).chain(spanning).collect();
            let mut headings = headings;
            found.retain(|text| !text.is_empty());
            found.sort();
            headings.sort();
            assert_eq!(headings, found, "{name}");
        }
    }
}

#[test]
fn indicators_sentence_and_signatures_are_those_of_the_workbook() {
    let mut config = Config::default();
    config.digits = Some(Digits::Arabic);
    for (name, report) in reports(&config) {
        let parsed = Parsed::of(&report.document(&config).unwrap());
        let summary = rows(&report, &config, "สรุปผล");
        let has = |wanted: &str| summary.iter().flatten().any(|cell| cell == wanted);
        assert!(has(parsed.styled("BodyText")[0]), "{name}");
        for row in &parsed.tables[0][1..] {
            let (title, score) = (text(&row[row.len() - 2]), text(&row[row.len() - 1]));
            if title == "คะแนนรวม" {
                continue;
            }
            let of_workbook = summary.iter().find(|cells| cells[2] == title || cells[0] == title);
            assert_eq!(of_workbook.map(|cells| &cells[3]), Some(&score), "{name}: {title}");
        }
        let plan = rows(&report, &config, "แผนปฏิบัติการ");
        let signed: Vec<&str> = parsed.styled("Signature").into_iter().filter(|line| !line.is_empty()).collect();
        assert_eq!(signed.is_empty(), parsed.tables.len() < 2, "{name}");
        for line in signed {
            let [_, left, right] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
            assert!(plan.iter().any(|row| row[0] == left && row[2] == right), "{name}: {line}");
        }
    }
}

#[test]
fn the_cover_names_the_document_the_agency_and_its_place() {
    let config = Config::default();
    let parsed = Parsed::of(&sample("khok-muang-2567.xlsx", &config).document(&config).unwrap());
    assert_eq!(parsed.styled("Title"), ["มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน"]);
    let lines = parsed.styled("Subtitle");
    let shows = "แสดงการวิเคราะห์ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ";
    assert_eq!(lines[0].replace('\n', ""), shows);
    assert!(lines[0].contains('\n'), "too long for a line");
    assert_eq!(lines[1..], ["ปีงบประมาณ พ.ศ. ๒๕๖๗", "เทศบาลตำบลโคกม่วง", "อำเภอคลองหอยโข่ง จังหวัดสงขลา"]);
}

#[test]
fn the_small_print_tells_input_fingerprint_and_version() {
    let config = Config::default();
    let report = sample("khok-muang-2567.xlsx", &config);
    let parsed = Parsed::of(&report.document(&config).unwrap());
    let print = parsed.styled("SmallPrint").last().unwrap().to_string();
    assert_eq!(report.sha256.len(), 64);
    for text in ["khok-muang-2567.xlsx", &report.sha256, env!("CARGO_PKG_VERSION")] {
        assert!(print.contains(text), "{print}");
    }
}

#[test]
fn a_question_without_a_score_shows_that_and_no_zero() {
    let config = Config::default();
    let report = sample("problems-2567.xlsx", &config);
    let parsed = Parsed::of(&report.document(&config).unwrap());
    let rows = || parts(&parsed).0.iter().flatten();
    let row = rows().find(|row| row.len() > 3 && text(&row[3]).starts_with("i7 ")).unwrap();
    assert_eq!(text(&row[4]), Status::NoScore.thai());
}

#[test]
fn a_draft_says_so_on_every_page_and_is_not_published() {
    let config = Config::default();
    let report = level(2568, "เทศบาลตำบลตัวอย่าง", "90", &config);
    let parts = super::parsed::parts(&report.document(&config).unwrap());
    assert!(String::from_utf8_lossy(&parts["word/header1.xml"]).contains("ร่าง"));
    let cover = Parsed::of(&report.document(&config).unwrap());
    assert!(cover.styled("Subtitle").last().unwrap().starts_with("ร่าง"));
    let mut publish = Config::default();
    publish.publish = true;
    assert_eq!(report.document(&publish).unwrap_err().code(), "draft");
}

#[test]
fn a_year_that_nothing_is_known_of_has_the_result_and_says_why_no_more() {
    let config = Config::default();
    let report = level(2565, "เทศบาลตำบลตัวอย่าง", "90", &config);
    let parsed = Parsed::of(&report.document(&config).unwrap());
    assert_eq!(parsed.tables.len(), 1);
    assert!(parsed.styled("BodyText").last().unwrap().starts_with("ยังไม่มีข้อมูลว่าข้อคำถาม"));
}
