//! The arrangements in which a table of scores is laid out.

use super::pages::Page;
use crate::support::agencies::{Random, codes};

pub const LEVELS: [&str; 5] = ["ผ่านดีเยี่ยม", "ผ่านดี", "ผ่าน", "ต้องปรับปรุง", "ต้องปรับปรุงโดยด่วน"];

/// What a table says, and how its cells are written.
#[derive(Debug, Clone)]
pub struct Facts {
    pub agency: String,
    pub year: u16,
    /// Hundredths, as all scores here.
    pub total: u32,
    pub level: usize,
    pub indicators: Vec<u32>,
    /// In the order of the codes.
    pub scores: Vec<u32>,
    /// What other numbers are drawn from.
    pub seed: u64,
    /// 0 plain, 1 `ข้อ`, 2 capitals with a space, 3 Thai zero for o, 4 with a hyphen
    pub spelling: u8,
    pub digits: Digits,
}

/// How a score is written.
#[derive(Debug, Clone, Copy)]
pub enum Digits {
    Number,
    Text,
    ThaiText,
    Percent,
}

/// A layout's name and what makes it.
type Layout = (&'static str, fn(&Facts) -> Vec<Page>);

pub const LAYOUTS: [Layout; 9] = [
    ("code-and-title-in-one", code_and_title_in_one),
    ("code-and-title-apart", code_and_title_apart),
    ("several-score-columns", several_score_columns),
    ("report", report),
    ("blocks-of-indicators", blocks_of_indicators),
    ("side-by-side", side_by_side),
    ("sheets", sheets),
    ("wide", wide),
    ("transposed", transposed),
];

/// Issues of the published report: title, instrument and codes in the order in which they stand there.
pub const ISSUES: [(&str, &str); 7] = [
    ("กระบวนการปฏิบัติงาน", "i1 i2 i3 o7 o8 o9 o10"),
    ("การให้บริการและระบบ E-Service", "e1 e2 e3 e7 e8 e9 o11 o12 o13 o25"),
    ("ช่องทางการเผยแพร่ข้อมูลข่าวสาร", "e4 e5 e6 o1 o2 o3 o4 o5 o6"),
    ("การใช้ทรัพย์สินของราชการ", "i10 i11 i12"),
    ("การใช้งบประมาณและการจัดซื้อจัดจ้าง", "i4 i5 i6 o14 o15 o16 o17"),
    ("การใช้อำนาจและการบริหารงานบุคคล", "i7 i8 i9 o15 o18 o19 o20 o21"),
    ("การป้องกันการทุจริตภายในหน่วยงาน", "i13 i14 i15 o22 o23 o24 o26 o27 o28 o29 o30 o31 o32 o33 o34 o35"),
];

const INDICATORS: [&str; 10] = [
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

/// Which codes each indicator has.
const OF_INDICATOR: [(char, u8, u8); 10] = [
    ('i', 1, 3),
    ('i', 4, 6),
    ('i', 7, 9),
    ('i', 10, 12),
    ('i', 13, 15),
    ('e', 1, 3),
    ('e', 4, 6),
    ('e', 7, 9),
    ('o', 1, 25),
    ('o', 26, 35),
];

impl Facts {
    fn score_of(&self, code: &str) -> u32 {
        self.scores[codes().position(|own| own == code).unwrap()]
    }

    fn score(&self, page: &mut Page, row: u32, column: u32, hundredths: u32) {
        let number = f64::from(hundredths) / 100.0;
        match self.digits {
            Digits::Number => page.number(row, column, number),
            Digits::Text => page.text(row, column, format!("{number:.2}")),
            Digits::ThaiText => page.text(row, column, thai(&format!("{number:.2}"))),
            Digits::Percent => page.percent(row, column, f64::from(hundredths) / 10_000.0),
        }
    }

    fn code(&self, code: &str) -> String {
        match self.spelling {
            1 => format!("ข้อ {code}"),
            2 => format!("{} {}", code[..1].to_uppercase(), &code[1..]),
            3 => format!("ข้อ {}", code.replace('o', "๐")),
            4 => format!("{}-{}", code[..1].to_uppercase(), &code[1..]),
            _ => code.to_owned(),
        }
    }

    fn random(&self) -> Random {
        Random::new(self.seed)
    }

    /// The title block: whose scores, of which year, total and level. Returns the next row after a blank one.
    fn head(&self, page: &mut Page) -> u32 {
        page.text(0, 0, format!("ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. {}", self.year));
        page.text(1, 0, self.agency.clone());
        page.text(2, 0, "คะแนนรวม");
        self.score(page, 2, 1, self.total);
        page.texts(3, 0, &["ระดับ", LEVELS[self.level]]);
        5
    }

    /// A table of indicators. Returns the next row after a blank one.
    fn indicators(&self, page: &mut Page, row: u32) -> u32 {
        page.texts(row, 0, &["แบบ", "ลำดับ", "รายละเอียดตัวชี้วัด", "คะแนน"]);
        for (at, (title, score)) in (row + 1..).zip(INDICATORS.iter().zip(&self.indicators)) {
            page.number(at, 1, f64::from(at - row));
            page.text(at, 2, *title);
            self.score(page, at, 3, *score);
        }
        for (first, last, name) in [(1, 5, "IIT"), (6, 8, "EIT"), (9, 10, "OIT")] {
            page.text(row + first, 0, name);
            page.merge((row + first, 0), (row + last, 0));
        }
        row + 12
    }
}

pub fn thai(text: &str) -> String {
    text.chars().map(|c| c.to_digit(10).and_then(|d| char::from_u32(0x0E50 + d)).unwrap_or(c)).collect()
}

pub fn instrument(code: &str) -> &'static str {
    match &code[..1] {
        "i" => "IIT",
        "e" => "EIT",
        _ => "OIT",
    }
}

fn code_and_title_in_one(facts: &Facts) -> Vec<Page> {
    let mut page = Page::new("ผลคะแนน");
    let row = facts.head(&mut page);
    let row = facts.indicators(&mut page, row);
    page.texts(row, 0, &["ลำดับ", "ข้อคำถาม", "คะแนน"]);
    for (at, code) in (1..).zip(codes()) {
        page.number(row + at, 0, f64::from(at));
        page.text(row + at, 1, format!("{} : เรื่องที่ประเมิน, ลำดับที่ {at}", facts.code(&code)));
        facts.score(&mut page, row + at, 2, facts.score_of(&code));
    }
    vec![page]
}

fn code_and_title_apart(facts: &Facts) -> Vec<Page> {
    let mut page = Page::new("ผลคะแนน");
    let row = facts.head(&mut page);
    page.texts(row, 2, &["เครื่องมือ", "รหัส", "เรื่องที่ประเมิน", "น้ำหนัก", "คะแนน"]);
    let mut at = row;
    for code in codes() {
        at += 1;
        page.text(at, 2, instrument(&code));
        page.text(at, 3, facts.code(&code));
        page.text(at, 4, format!("เรื่องที่ประเมิน\nลำดับที่ \"{}\"", at - row));
        page.number(at, 5, if code.starts_with('o') { 40.0 } else { 30.0 });
        facts.score(&mut page, at, 6, facts.score_of(&code));
    }
    facts.indicators(&mut page, at + 2);
    vec![page]
}

fn several_score_columns(facts: &Facts) -> Vec<Page> {
    let mut page = Page::new("เปรียบเทียบ");
    let row = facts.head(&mut page);
    let row = facts.indicators(&mut page, row);
    let years = [facts.year - 1, facts.year].map(|year| format!("คะแนนปี {year}"));
    page.texts(row, 0, &["รหัส", &years[0], &years[1], "ค่าเฉลี่ยระดับประเทศ", "ผลต่าง"]);
    let mut random = facts.random();
    for (at, code) in (row + 1..).zip(codes()) {
        let mut other = || (4000 + random.up_to(6000)) as u32;
        let (last, mean, own) = (other(), other(), facts.score_of(&code));
        page.text(at, 0, facts.code(&code));
        facts.score(&mut page, at, 1, last);
        facts.score(&mut page, at, 2, own);
        facts.score(&mut page, at, 3, mean);
        page.number(at, 4, (f64::from(own) - f64::from(last)) / 100.0);
    }
    vec![page]
}

fn report(facts: &Facts) -> Vec<Page> {
    let mut page = Page::new("รายงาน");
    let row = facts.head(&mut page);
    let mut row = facts.indicators(&mut page, row);
    let header = ["ลำดับ", "หัวข้อ", "เครื่องมือ การประเมิน", "ข้อคำถาม", "คะแนน", "ข้อบกพร่อง/ข้อแก้ไข"];
    let mut random = facts.random();
    for (number, (title, list)) in (1u32..).zip(ISSUES) {
        page.text(row, 0, format!("ประเด็นที่ {number} {title}"));
        page.texts(row + 2, 0, &header);
        row += 3;
        page.number(row, 0, f64::from(number));
        page.text(row, 1, title);
        let codes: Vec<&str> = list.split(' ').collect();
        for of_instrument in codes.chunk_by(|a, b| instrument(a) == instrument(b)) {
            // A page ends before the second instrument now and then: the header is printed again.
            if of_instrument[0] != codes[0] && random.up_to(2) == 0 {
                page.texts(row + 1, 0, &header);
                row += 2;
            }
            let last = row + of_instrument.len() as u32 - 1;
            page.text(row, 2, instrument(of_instrument[0]));
            page.merge((row, 2), (last, 2));
            for code in of_instrument {
                page.text(row, 3, facts.code(code));
                // A few scores have slipped a column or two to the right, as beside merged cells.
                let slipped = if random.up_to(9) == 0 { 1 + random.up_to(1) as u32 } else { 0 };
                facts.score(&mut page, row, 4 + slipped, facts.score_of(code));
                row += 1;
            }
        }
        row += 1;
    }
    vec![page]
}

fn blocks_of_indicators(facts: &Facts) -> Vec<Page> {
    let mut page = Page::new("Sheet1");
    let mut row = facts.head(&mut page);
    page.texts(row, 0, &["แบบ/ค่าน้ำหนัก", "ตัวชี้วัด", "ข้อคำถาม", "ผลคะแนน"]);
    let mut random = facts.random();
    for (number, ((letter, first, last), score)) in OF_INDICATOR.iter().zip(&facts.indicators).enumerate() {
        row += 1;
        // The instrument's label stands on its first row, or one too low.
        if [0, 5, 8].contains(&number) {
            let label = format!("{} (ร้อยละ {})", instrument(&letter.to_string()), if number == 8 { 40 } else { 30 });
            page.text(row + random.up_to(1) as u32, 0, label);
        }
        page.text(row, 1, format!("ตัวชี้วัดที่ {} {}", number + 1, INDICATORS[number]));
        facts.score(&mut page, row, 3, *score);
        for code in (*first..=*last).map(|own| format!("{letter}{own}")) {
            row += 1;
            page.text(row, 2, facts.code(&code));
            facts.score(&mut page, row, 3, facts.score_of(&code));
        }
        row += random.up_to(1) as u32;
    }
    vec![page]
}

fn side_by_side(facts: &Facts) -> Vec<Page> {
    let mut page = Page::new("Sheet1");
    let row = facts.head(&mut page);
    let row = facts.indicators(&mut page, row);
    page.texts(row, 0, &["ข้อคำถาม", "คะแนน", "", "ข้อคำถาม", "คะแนน"]);
    for (n, code) in (0..).zip(codes()) {
        let (at, column) = if n < 24 { (row + 1 + n, 0) } else { (row + n - 23, 3) };
        page.text(at, column, facts.code(&code));
        facts.score(&mut page, at, column + 1, facts.score_of(&code));
    }
    vec![page]
}

fn sheets(facts: &Facts) -> Vec<Page> {
    let mut cover = Page::new("สรุปภาพรวม");
    let row = facts.head(&mut cover);
    facts.indicators(&mut cover, row);
    let sheet = |letter: char| {
        let mut page = Page::new(instrument(&letter.to_string()));
        page.texts(0, 0, &["ข้อ", "คะแนน"]);
        for (row, code) in (1..).zip(codes().filter(|code| code.starts_with(letter))) {
            page.text(row, 0, facts.code(&code));
            facts.score(&mut page, row, 1, facts.score_of(&code));
        }
        page
    };
    [cover].into_iter().chain("ieo".chars().map(sheet)).collect()
}

/// A line of one agency beside another's.
enum Line {
    Scores([u32; 2]),
    Texts([String; 2]),
}

/// Labels and what two agencies have under them: names, codes, indicators, total, level.
fn lines(facts: &Facts) -> Vec<(String, Line)> {
    let mut random = facts.random();
    let mut beside = |own: u32| Line::Scores([own, (4000 + random.up_to(6000)) as u32]);
    let names = [facts.agency.clone(), "องค์การบริหารส่วนตำบลตัวอย่าง".to_owned()];
    let mut lines = vec![("หน่วยงาน".to_owned(), Line::Texts(names))];
    lines.extend(codes().map(|code| (facts.code(&code), beside(facts.score_of(&code)))));
    let indicators = (1..).zip(&facts.indicators);
    lines.extend(indicators.map(|(number, own)| (format!("ตัวชี้วัดที่ {number}"), beside(*own))));
    lines.push(("คะแนนรวม".to_owned(), beside(facts.total)));
    lines.push(("ระดับ".to_owned(), Line::Texts([LEVELS[facts.level], LEVELS[1]].map(str::to_owned))));
    lines
}

/// Several agencies on one page; `place` tells the cell of an agency's line.
fn agencies(facts: &Facts, place: impl Fn(u32, u32) -> (u32, u32)) -> Vec<Page> {
    let mut page = Page::new("ทุกหน่วยงาน");
    page.text(0, 0, format!("ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. {}", facts.year));
    for (number, (label, line)) in (0..).zip(lines(facts)) {
        let (row, column) = place(number, 0);
        page.text(row, column, label);
        for agency in 0..2u32 {
            let (row, column) = place(number, agency + 1);
            match &line {
                Line::Scores(scores) => facts.score(&mut page, row, column, scores[agency as usize]),
                Line::Texts(texts) => page.text(row, column, texts[agency as usize].as_str()),
            }
        }
    }
    vec![page]
}

fn wide(facts: &Facts) -> Vec<Page> {
    agencies(facts, |line, agency| (2 + agency, line))
}

fn transposed(facts: &Facts) -> Vec<Page> {
    agencies(facts, |line, agency| (2 + line, agency))
}
