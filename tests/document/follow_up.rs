//! The report on a plan's follow-up: what was typed into the sheet, and nothing else.

use std::fs;
use std::io::Write;

use super::parsed::{Parsed, parts, text};
use crate::support::TestEnv;

const SAMPLE: &str = "khok-muang-2567.xlsx";
const SHEET: &str = "xl/worksheets/sheet5.xml";

/// Writes a workbook again with texts, or numbers behind `=`, in cells of the follow-up that are blank.
fn fill(env: &TestEnv, from: &str, to: &str, cells: &[(String, &str)]) {
    let mut parts = parts(&fs::read(env.path(from)).unwrap());
    let mut sheet = String::from_utf8(parts[SHEET].clone()).unwrap();
    for (cell, value) in cells {
        let start = sheet.find(&format!("<c r=\"{cell}\"")).unwrap_or_else(|| panic!("no {cell}"));
        let end = start + sheet[start..].find("/>").unwrap();
        let blank = sheet[start..end].to_owned();
        assert!(!blank.contains('>'), "{blank}");
        let filled = match value.strip_prefix('=') {
            Some(number) => format!("{blank}><v>{number}</v></c>"),
            None => format!("{blank} t=\"inlineStr\"><is><t>{value}</t></is></c>"),
        };
        sheet.replace_range(start..end + 2, &filled);
    }
    parts.insert(SHEET.to_owned(), sheet.into_bytes());
    let mut zip = zip::ZipWriter::new(fs::File::create(env.path(to)).unwrap());
    for (name, bytes) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    zip.finish().unwrap();
}

/// The rows of the measures with these numbers.
fn rows(env: &TestEnv, workbook: &str) -> Vec<(String, String, u32)> {
    use calamine::{Reader, Xlsx, open_workbook};
    let mut book: Xlsx<_> = open_workbook(env.path(workbook)).unwrap();
    let range = book.worksheet_range("ติดตามผล").unwrap();
    let top = range.start().unwrap().0;
    let cells = |row: &[calamine::Data]| (row[0].to_string(), row[1].to_string());
    let rows = (top + 1..).zip(range.rows()).map(|(number, row)| (cells(row), number));
    let is_measure = |number: &str| number.split_once('.').is_some_and(|(_, rest)| rest.parse::<u8>().is_ok());
    rows.filter(|((number, _), _)| is_measure(number)).map(|((number, title), row)| (number, title, row)).collect()
}

#[test]
fn what_was_typed_in_is_what_the_document_says() {
    let env = TestEnv::new();
    env.sample(SAMPLE);
    env.expect(0, [SAMPLE, "-o", "plan.xlsx"]);
    let measures = rows(&env, "plan.xlsx");
    assert!(measures.len() > 10);
    let at = |column: char, index: usize| format!("{column}{}", measures[index].2);
    let cells = [
        (at('C', 0), "อบรม 45 คน"),
        (at('D', 0), "แล้วเสร็จ"),
        (at('E', 0), "=100"),
        (at('F', 0), "งบประมาณไม่พอ"),
        (at('G', 0), "=45930"),
        (at('H', 0), "https://example.go.th/o14"),
        (at('D', 1), "กำลังดำเนินการ"),
        (at('E', 1), "=50"),
        (at('G', 1), "สิ้นเดือน"),
    ];
    fill(&env, "plan.xlsx", "filled.xlsx", &cells);
    let run = env.expect(0, ["filled.xlsx", "--follow-up", "--digits", "arabic"]);
    assert!(run.stdout.contains("filled-follow-up.docx"), "{}", run.stdout);
    env.expect(0, ["filled.xlsx", "--follow-up", "--digits", "arabic", "-o", "again.docx"]);
    let bytes = fs::read(env.path("filled-follow-up.docx")).unwrap();
    assert!(bytes == fs::read(env.path("again.docx")).unwrap());
    let parsed = Parsed::of(&bytes);
    let title = parsed.styled("Title")[0].replace('\n', "");
    assert_eq!(title, "รายงานผลการดำเนินการเพื่อส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน");
    assert_eq!(parsed.styled("Subtitle")[..2], ["ปีงบประมาณ พ.ศ. 2568", "เทศบาลตำบลโคกม่วง"]);
    let (totals, tables) = parsed.tables.split_first().unwrap();
    let found: Vec<Vec<String>> =
        tables.iter().flat_map(|table| &table[1..]).map(|row| row.iter().map(|cell| text(cell)).collect()).collect();
    let titles: Vec<String> = measures.iter().map(|(number, title, _)| format!("{number} {title}")).collect();
    assert_eq!(found.iter().map(|row| row[0].clone()).collect::<Vec<_>>(), titles);
    let first = ["อบรม 45 คน", "แล้วเสร็จ", "100", "งบประมาณไม่พอ", "30 ก.ย. 2568", "https://example.go.th/o14"];
    assert_eq!(found[0][1..], first);
    assert_eq!(found[1][1..], ["", "กำลังดำเนินการ", "50", "", "สิ้นเดือน", ""]);
    assert!(found[2..].iter().all(|row| row[1..].iter().all(String::is_empty)));
    let of_issue = measures.iter().filter(|(number, ..)| number.starts_with("1.")).count();
    let row: Vec<String> = totals[1][1..].iter().map(|cell| text(cell)).collect();
    assert_eq!(row, [of_issue.to_string(), "1".to_owned(), format!("{:.2}", 150.0 / of_issue as f64)]);
    let sentence = parsed.styled("BodyText")[0];
    let left = format!("ยังไม่ระบุสถานะ {} มาตรการ", measures.len() - 2);
    for said in ["กำลังดำเนินการ 1 มาตรการ", "แล้วเสร็จ 1 มาตรการ", &left]
    {
        assert!(sentence.contains(said), "{sentence}");
    }
    assert!(!sentence.contains("ยกเลิก"), "{sentence}");
}

#[test]
fn without_a_filled_sheet_there_is_no_document() {
    let env = TestEnv::new();
    env.sample(SAMPLE);
    env.expect(0, [SAMPLE, "-o", "plan.xlsx"]);
    env.expect(0, [SAMPLE, "-o", "published.xlsx", "--publish"]);
    for name in [SAMPLE, "plan.xlsx", "published.xlsx"] {
        let run = env.expect(1, [name, "--follow-up"]);
        assert!(run.stderr.contains("nothing is reported on the plan"), "{}", run.stderr);
    }
    fs::create_dir(env.path("folder")).unwrap();
    env.expect(1, ["folder", "--follow-up"]);
    let run = env.expect(2, ["plan.xlsx", "--follow-up", "-o", "report.xlsx"]);
    assert!(run.stderr.contains("must end in .docx"), "{}", run.stderr);
    env.expect(2, ["plan.xlsx", "--follow-up", "--word"]);
    assert!(env.files().iter().all(|name| !name.ends_with(".docx")), "{:?}", env.files());
}
