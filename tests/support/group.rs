//! Score files of a group of made-up agencies as a province has them: names that repeat from district to district, some
//! with nothing but full marks, equal totals, some without a total. The same seed gives the same files.

use std::path::Path;

use rust_xlsxwriter::Workbook;

use super::agencies::{Random, codes};

const PROVINCES: [(&str, &[&str]); 4] = [
    ("สงขลา", &["เมืองสงขลา", "หาดใหญ่", "สะเดา", "จะนะ"]),
    ("ขอนแก่น", &["เมืองขอนแก่น", "พล", "น้ำพอง"]),
    ("พระนครศรีอยุธยา", &["พระนครศรีอยุธยา", "บางปะอิน"]),
    ("เลย", &["เมืองเลย", "เชียงคาน", "ภูกระดึง"]),
];
const KINDS: [&str; 3] = ["เทศบาลตำบล", "องค์การบริหารส่วนตำบล", "เทศบาลเมือง"];
const NAMES: [&str; 8] = ["บ้านใหม่", "หนองบัว", "ท่าข้าม", "ทุ่งใหญ่", "บ้านกลาง", "ศรีสุข", "นาดี", "น้ำแพร่พัฒนา"];

/// Writes the files of the first `count` agencies below `folder`. Their scores follow from the seed, their names do not.
pub fn write_all(folder: &Path, count: usize, year: u16, seed: u64) {
    let mut random = Random::new(seed);
    let places: Vec<(&str, &str)> = PROVINCES
        .iter()
        .flat_map(|(province, districts)| districts.iter().map(move |district| (*province, *district)))
        .collect();
    for number in 0..count {
        let (province, district) = places[number % places.len()];
        let name = number / places.len();
        let agency = format!("{}{}", KINDS[name % KINDS.len()], NAMES[name / KINDS.len() % NAMES.len()]);
        let path = folder.join(province).join(district);
        std::fs::create_dir_all(&path).unwrap();
        let head = [format!("ปีงบประมาณ พ.ศ. {year}"), agency, format!("อำเภอ{district} จังหวัด{province}")];
        write(&path.join(format!("{number:04}.xlsx")), &head, &mut random);
    }
}

/// Writes one agency's file: every fiftieth has full marks, every twentieth lacks a question or an indicator.
fn write(path: &Path, head: &[String], random: &mut Random) {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, text) in (0u32..).zip(head) {
        sheet.write(row, 0, text.as_str()).unwrap();
    }
    let full = random.up_to(49) == 0;
    let (no_indicator, no_question) = (random.up_to(19) == 0, random.up_to(19) == 0);
    let least = 5_000 + random.up_to(4_500);
    let score = |random: &mut Random, binary: bool| match (full, binary) {
        (true, _) => 100.0,
        (false, true) => {
            if random.up_to(9) == 0 {
                0.0
            } else {
                100.0
            }
        }
        (false, false) => (least + random.up_to(10_000 - least)) as f64 / 100.0,
    };
    // Without a header nobody could tell full scores from a column of full marks.
    sheet.write(4, 0, "รหัส").unwrap().write(4, 1, "คะแนน").unwrap();
    let mut row = 5;
    let missing = random.up_to(58) as usize;
    for (at, code) in codes().enumerate() {
        let own = score(random, code.starts_with('o'));
        sheet.write(row, 0, code).unwrap();
        if !(no_question && at == missing) {
            sheet.write(row, 1, own).unwrap();
        }
        row += 1;
    }
    for indicator in 6..=8 {
        let own = score(random, false);
        if !(no_indicator && indicator == 8) {
            sheet.write(row, 0, format!("ตัวชี้วัดที่ {indicator}")).unwrap().write(row, 1, own).unwrap();
            row += 1;
        }
    }
    workbook.save(path).unwrap();
}

/// Writes a file with published figures only, as those of earlier years are.
pub fn write_published(path: &Path, head: &[&str], total: f64) {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, text) in (0u32..).zip(head) {
        sheet.write(row, 0, *text).unwrap();
    }
    for (at, title) in ["การปฏิบัติหน้าที่", "การใช้งบประมาณ"].into_iter().enumerate()
    {
        let row = 5 + at as u32;
        sheet.write(row, 0, at as f64 + 1.0).unwrap().write(row, 1, title).unwrap().write(row, 2, 90.0).unwrap();
    }
    sheet.write(7, 1, "คะแนนรวม").unwrap().write(7, 2, total).unwrap();
    workbook.save(path).unwrap();
}
