//! Score files of made-up agencies: the same seed gives the same files.

use std::path::{Path, PathBuf};

use rust_xlsxwriter::Workbook;

/// Agencies of a district; each district has a folder.
const DISTRICT: usize = 20;

/// A small generator of numbers (SplitMix64).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 to `most`.
    pub fn up_to(&mut self, most: u64) -> u64 {
        self.next() % (most + 1)
    }

    /// A score with two decimals, mostly high.
    fn score(&mut self) -> f64 {
        let least = if self.up_to(9) == 0 { 3000 } else { 7500 };
        (least + self.up_to(10_000 - least)) as f64 / 100.0
    }
}

/// The codes of the questions of 2567 in order.
pub fn codes() -> impl Iterator<Item = String> {
    let of = |letter: char, last: u8| (1..=last).map(move |number| format!("{letter}{number}"));
    of('i', 15).chain(of('e', 9)).chain(of('o', 35))
}

/// The name of an agency, by its number.
pub fn agency(number: usize) -> String {
    let kind = ["เทศบาลตำบล", "องค์การบริหารส่วนตำบล", "เทศบาลเมือง"][number % 3];
    format!("{kind}ตัวอย่างที่ {number}")
}

/// Writes one agency's file.
pub fn write(path: &Path, number: usize, seed: u64) {
    let mut random = Random::new(seed.wrapping_mul(1_000_003).wrapping_add(number as u64));
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let (district, province) = (number / DISTRICT, number / (DISTRICT * 20));
    sheet.write(0, 0, "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567").unwrap();
    sheet.write(1, 0, agency(number)).unwrap();
    sheet.write(2, 0, format!("อำเภอที่ {district} จังหวัดที่ {province}")).unwrap();
    for (column, text) in ["ข้อ", "คะแนน"].into_iter().enumerate() {
        sheet.write(4, column as u16, text).unwrap();
    }
    let mut row = 5;
    let mut external = Vec::new();
    for code in codes() {
        let score =
            if code.starts_with('o') { if random.up_to(12) == 0 { 0.0 } else { 100.0 } } else { random.score() };
        if code.starts_with('e') {
            external.push(score);
        }
        sheet.write(row, 0, code).unwrap().write(row, 1, score).unwrap();
        row += 1;
    }
    // Half of each is the mean of three questions, half a survey that is not shown by question.
    for (indicator, questions) in (6..=8).zip(external.chunks(3)) {
        let label = format!("ตัวชี้วัดที่ {indicator}");
        let mean = questions.iter().sum::<f64>() / 3.0;
        let whole = ((mean + random.score()) / 2.0 * 100.0).round() / 100.0;
        sheet.write(row + 1, 0, label).unwrap().write(row + 1, 1, whole).unwrap();
        row += 1;
    }
    workbook.save(path).unwrap();
}

/// Writes the files of `count` agencies below `folder`, a folder a district, and returns their paths.
pub fn write_all(folder: &Path, count: usize, seed: u64) -> Vec<PathBuf> {
    let path = |number: usize| folder.join(format!("{:03}", number / DISTRICT)).join(format!("{number:05}.xlsx"));
    let paths: Vec<PathBuf> = (0..count).map(path).collect();
    for (number, path) in paths.iter().enumerate() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        write(path, number, seed);
    }
    paths
}

/// Writes one file of `count` agencies, a row each.
pub fn write_wide(path: &Path, count: usize) {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, text) in (0u16..).zip(["หน่วยงาน".to_owned(), "จังหวัด".to_owned()].into_iter().chain(codes()))
    {
        sheet.write(0, column, text).unwrap();
    }
    let mut random = Random::new(3);
    for number in 0..count {
        let row = number as u32 + 1;
        sheet.write(row, 0, agency(number)).unwrap().write(row, 1, "สงขลา").unwrap();
        for column in 0..59u16 {
            sheet.write(row, column + 2, random.up_to(10_000) as f64 / 100.0).unwrap();
        }
    }
    workbook.save(path).unwrap();
}
