//! The committed samples are made here, and a test holds that they are as this code makes them.
//!
//! To write them again: `ITASHEET_WRITE_SAMPLES=1 cargo test samples`.

use crate::plain::lift::parts;
use crate::support::khok_muang::{KHOK_MUANG, KHOK_MUANG_INDICATORS};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use crate::support::samples_folder;

struct Formats {
    title: Format,
    head: Format,
    text: Format,
    score: Format,
}

impl Formats {
    fn new() -> Self {
        let base = || Format::new().set_font_name("TH SarabunPSK").set_font_size(16);
        Self {
            title: base().set_bold(),
            head: base().set_bold().set_align(FormatAlign::Center).set_border(FormatBorder::Thin),
            text: base().set_border(FormatBorder::Thin),
            score: base().set_num_format("0.00").set_border(FormatBorder::Thin),
        }
    }
}

fn workbook() -> Workbook {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2024, 10, 1).unwrap();
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    workbook
}

fn headers(sheet: &mut Worksheet, row: u32, texts: &[&str], formats: &Formats) -> Result<(), XlsxError> {
    for (column, text) in (0u16..).zip(texts) {
        sheet.write_with_format(row, column, *text, &formats.head)?;
    }
    Ok(())
}

/// A long table under a title block, with the codes and the slip (a rank where the level belongs) as published.
fn khok_muang() -> Result<Vec<u8>, XlsxError> {
    let formats = Formats::new();
    let mut workbook = workbook();
    let sheet = workbook.add_worksheet().set_name("ผลคะแนน")?;
    sheet.set_column_width(0, 12)?.set_column_width(1, 24)?.set_column_width(2, 34)?.set_column_width(3, 14)?;
    let title = [
        "ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ",
        "ประจำปีงบประมาณ พ.ศ. 2567",
        "เทศบาลตำบลโคกม่วง",
        "อำเภอคลองหอยโข่ง จังหวัดสงขลา",
    ];
    for (row, text) in (0u32..).zip(title) {
        sheet.write_with_format(row, 0, text, &formats.title)?;
    }
    sheet.write_with_format(5, 0, "คะแนนรวม", &formats.text)?.write_with_format(5, 1, 92.13, &formats.score)?;
    sheet.write_with_format(6, 0, "ระดับผลการประเมิน", &formats.text)?;
    sheet.write_with_format(6, 1, "๑,๕๑๙", &formats.text)?;
    headers(sheet, 8, &["แบบ", "ลำดับ", "รายละเอียดตัวชี้วัด", "คะแนน"], &formats)?;
    for (index, (instrument, indicator, score)) in (0u32..).zip(KHOK_MUANG_INDICATORS) {
        let row = 9 + index;
        sheet.write_with_format(row, 0, instrument, &formats.text)?.write_with_format(
            row,
            1,
            index + 1,
            &formats.text,
        )?;
        sheet.write_with_format(row, 2, indicator, &formats.text)?.write_with_format(row, 3, score, &formats.score)?;
    }
    headers(sheet, 21, &["ลำดับ", "เครื่องมือการประเมิน", "ข้อคำถาม", "คะแนน"], &formats)?;
    for (index, (instrument, code, score)) in (0u32..).zip(KHOK_MUANG) {
        let row = 22 + index;
        sheet.write_with_format(row, 0, index + 1, &formats.text)?.write_with_format(
            row,
            1,
            instrument,
            &formats.text,
        )?;
        sheet.write_with_format(row, 2, format!("ข้อ {code}"), &formats.text)?;
        sheet.write_with_format(row, 3, score, &formats.score)?;
    }
    sheet.write(23 + KHOK_MUANG.len() as u32, 0, "หมายเหตุ คะแนนเต็มข้อละ 100 คะแนน")?;
    workbook.save_to_buffer()
}

/// Every figure agrees with every other, all are published, all is above 95.
fn clean() -> Result<Vec<u8>, XlsxError> {
    let formats = Formats::new();
    let mut workbook = workbook();
    let sheet = workbook.add_worksheet().set_name("คะแนนรายข้อ 2567")?;
    sheet.set_column_width(0, 16)?.set_column_width(1, 60)?.set_column_width(2, 14)?;
    let block = [("หน่วยงาน", "องค์การบริหารส่วนตำบลตัวอย่าง"), ("อำเภอ", "ตัวอย่าง"), ("จังหวัด", "ตัวอย่าง")];
    for (row, (label, text)) in (0u32..).zip(block) {
        sheet.write_with_format(row, 0, label, &formats.title)?.write_with_format(row, 1, text, &formats.text)?;
    }
    sheet.write_with_format(3, 0, "ปีงบประมาณ", &formats.title)?.write_with_format(3, 1, 2567, &formats.text)?;
    sheet.write_with_format(4, 0, "คะแนน ITA", &formats.title)?.write_with_format(4, 1, 98.15, &formats.score)?;
    sheet.write_with_format(5, 0, "ระดับ", &formats.title)?.write_with_format(5, 1, "ผ่านดีเยี่ยม", &formats.text)?;
    sheet.write_with_format(6, 0, "อันดับ", &formats.title)?.write_with_format(6, 1, 214, &formats.text)?;
    headers(sheet, 8, &["ข้อ", "รายการ", "คะแนน"], &formats)?;
    let iit = [96.0, 96.0, 99.0, 97.0, 98.0, 96.0, 98.0, 99.0, 100.0, 95.5, 97.0, 96.5, 97.0, 96.0, 98.0];
    let eit = [97.0, 96.0, 100.0, 95.0, 96.0, 97.0, 96.0, 95.0, 97.0];
    let scores = (1..=15).map(|n| ('i', n)).zip(iit).chain((1..=9).map(|n| ('e', n)).zip(eit));
    let scores = scores.chain((1..=35).map(|n| (('o', n), 100.0)));
    let titles = itasheet::framework::Framework::built_in(2567).unwrap();
    for (row, ((letter, number), score)) in (9u32..).zip(scores) {
        let code = format!("{letter}{number}");
        let title = titles.questions[&code.parse::<itasheet::framework::QuestionCode>().unwrap()].title.as_str();
        sheet.write_with_format(row, 0, &code, &formats.text)?.write_with_format(row, 1, title, &formats.text)?;
        sheet.write_with_format(row, 2, score, &formats.score)?;
    }
    let sheet = workbook.add_worksheet().set_name("ตัวชี้วัด 2567")?;
    sheet.set_column_width(0, 10)?.set_column_width(1, 44)?.set_column_width(2, 14)?;
    headers(sheet, 0, &["ตัวชี้วัดที่", "ชื่อตัวชี้วัด", "คะแนน"], &formats)?;
    let published = [97.0, 97.0, 99.0, 96.33, 97.0, 97.67, 96.0, 96.0, 100.0, 100.0];
    for (index, ((_, indicator, _), score)) in (0u32..).zip(KHOK_MUANG_INDICATORS.into_iter().zip(published)) {
        sheet.write_with_format(index + 1, 0, index + 1, &formats.text)?;
        sheet.write_with_format(index + 1, 1, indicator, &formats.text)?;
        sheet.write_with_format(index + 1, 2, score, &formats.score)?;
    }
    workbook.save_to_buffer()
}

/// A year whose survey questions are not confirmed: the titles are this program's own, and those of its items.
fn draft() -> Result<Vec<u8>, XlsxError> {
    let formats = Formats::new();
    let mut workbook = workbook();
    let sheet = workbook.add_worksheet().set_name("ผลการประเมิน")?;
    sheet.set_column_width(0, 16)?.set_column_width(1, 70)?.set_column_width(2, 14)?;
    let title = ["ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2568", "องค์การบริหารส่วนตำบลตัวอย่าง", "อำเภอตัวอย่าง จังหวัดตัวอย่าง"];
    for (row, text) in (0u32..).zip(title) {
        sheet.write_with_format(row, 0, text, &formats.title)?;
    }
    sheet.write_with_format(3, 0, "คะแนนรวม", &formats.title)?.write_with_format(3, 1, 90.63, &formats.score)?;
    sheet.write_with_format(4, 0, "ระดับ", &formats.title)?.write_with_format(4, 1, "ผ่าน", &formats.text)?;
    headers(sheet, 6, &["ตัวชี้วัดที่", "ชื่อตัวชี้วัด", "คะแนน"], &formats)?;
    let published = [91.25, 92.5, 95.83, 84.17, 90.42, 86.7, 83.15, 78.9, 97.5, 95.0];
    for (index, ((_, indicator, _), score)) in (0u32..).zip(KHOK_MUANG_INDICATORS.into_iter().zip(published)) {
        sheet.write_with_format(index + 7, 0, index + 1, &formats.text)?;
        sheet.write_with_format(index + 7, 1, indicator, &formats.text)?;
        sheet.write_with_format(index + 7, 2, score, &formats.score)?;
    }
    headers(sheet, 18, &["ข้อ", "รายการ", "คะแนน"], &formats)?;
    let iit = [88.75, 85.0, 100.0, 91.25, 96.25, 90.0, 93.75, 97.5, 96.25, 78.75, 92.5, 81.25, 92.5, 87.5, 91.25];
    let eit = [90.4, 91.6, 97.6, 83.2, 81.6, 86.4, 82.4, 80.8, 61.6];
    let framework = itasheet::framework::Framework::built_in(2568).unwrap();
    let oit = framework.questions.keys().filter(|code| code.to_string().starts_with('o'));
    let oit = oit.map(|code| if matches!(code.to_string().as_str(), "o11" | "o24") { 0.0 } else { 100.0 });
    let scores = iit.into_iter().chain(eit).chain(oit);
    for ((row, (code, question)), score) in (19u32..).zip(&framework.questions).zip(scores) {
        sheet.write_with_format(row, 0, code.to_string(), &formats.text)?;
        sheet.write_with_format(row, 1, &question.title, &formats.text)?;
        sheet.write_with_format(row, 2, score, &formats.score)?;
    }
    workbook.save_to_buffer()
}

/// What goes wrong in real files, a bit of each.
fn problems() -> Result<Vec<u8>, XlsxError> {
    let formats = Formats::new();
    let mut workbook = workbook();
    let sheet = workbook.add_worksheet().set_name("Sheet1")?;
    sheet.set_column_width(0, 20)?.set_column_width(1, 16)?;
    sheet.write_with_format(0, 1, "คะแนน ITA ปี ๒๕๖๗ เทศบาลเมืองตัวอย่าง จังหวัดตัวอย่าง", &formats.title)?;
    sheet.write_with_format(1, 1, "คะแนนรวม 79.50 คะแนน ระดับ ผ่านดี", &formats.title)?;
    for (row, (code, score)) in (3u32..).zip(PROBLEM_ROWS) {
        sheet.write_with_format(row, 1, code, &formats.text)?;
        match score.parse::<f64>() {
            Ok(number) => sheet.write_with_format(row, 2, number, &formats.score)?,
            Err(_) => sheet.write_with_format(row, 2, score, &formats.text)?,
        };
    }
    let labels = [("ตัวชี้วัดที่ 1", 88.0), ("ตัวชี้วัดที่ 6", 84.2), ("ตัวชี้วัดที่ 7", 80.15), ("ตัวชี้วัดที่ 8", 69.99)];
    for (row, (label, score)) in (70u32..).zip(labels) {
        sheet.write_with_format(row, 1, label, &formats.text)?.write_with_format(row, 2, score, &formats.score)?;
    }
    workbook.save_to_buffer()
}

/// Codes and scores as they come: another letter, another digit, a word, a slip, a hole.
const PROBLEM_ROWS: [(&str, &str); 59] = [
    ("I1", "82.5"),
    ("I2", "๙๑.๖๗"),
    ("I3", "95.83%"),
    ("I4", "88,33"),
    ("I5", "105"),
    ("I6", "90 คะแนน"),
    ("I7", "-"),
    ("I8", "93.33"),
    ("I9", "100"),
    ("I10", "71.67"),
    ("I11", "95"),
    ("I12", "68.33"),
    ("I13", "84.17"),
    ("I14", "80"),
    ("I15", "79.17"),
    ("E 1", "85.5"),
    ("E 2", "84.1"),
    ("E 3", "97.5"),
    ("E 4", "80.2"),
    ("E 5", "79.9"),
    ("E 6", "82"),
    ("E 7", "77.7"),
    ("E 8", "76.3"),
    ("E 9", "42.5"),
    ("ข้อ ๐1", "100"),
    ("ข้อ 02", "100"),
    ("ข้อ o3", "100"),
    ("ข้อ o4", "100"),
    ("ข้อ o5", "0"),
    ("ข้อ o6", "100"),
    ("ข้อ o7", "100"),
    ("ข้อ o8", "50"),
    ("ข้อ o9", "100"),
    ("ข้อ o10", "100"),
    ("ข้อ o11", "100"),
    ("ข้อ o13", "0"),
    ("ข้อ o14", "100"),
    ("ข้อ o15", "100"),
    ("ข้อ o15", "0"),
    ("ข้อ o16", "100"),
    ("ข้อ o17", "รอผล"),
    ("ข้อ o18", "100"),
    ("ข้อ o19", "100"),
    ("ข้อ o20", "100"),
    ("ข้อ o21", "100"),
    ("ข้อ o22", "100"),
    ("ข้อ o23", "100"),
    ("ข้อ o24", "100"),
    ("ข้อ o25", "100"),
    ("ข้อ o26", "100"),
    ("ข้อ o27", "100"),
    ("ข้อ o28", "100"),
    ("ข้อ o29", "100"),
    ("ข้อ o30", "100"),
    ("ข้อ o31", "100"),
    ("ข้อ o32", "100"),
    ("ข้อ o33", "100"),
    ("ข้อ o34", "100"),
    ("ข้อ o40", "100"),
];

#[test]
fn the_committed_samples_are_as_made_here() {
    let samples = [
        ("khok-muang-2567.xlsx", khok_muang()),
        ("clean-2567.xlsx", clean()),
        ("problems-2567.xlsx", problems()),
        ("draft-2568.xlsx", draft()),
    ];
    for (name, bytes) in samples {
        let (path, bytes) = (samples_folder().join(name), bytes.unwrap());
        if std::env::var_os("ITASHEET_WRITE_SAMPLES").is_some() {
            std::fs::write(&path, &bytes).unwrap();
        }
        // A zip file's entries name the system that made them: the parts count.
        assert!(parts(&std::fs::read(&path).unwrap()) == parts(&bytes), "{name} is not as this code makes it");
    }
}
