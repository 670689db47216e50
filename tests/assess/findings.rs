//! Every kind of finding comes of a file that the executable reads, with its cells and in both languages.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::agencies::codes;
use crate::support::{TestEnv, finding_codes, project, sheet, texts};

/// Lines of a table with nothing to look at, counted from 1; an edit changes some.
struct Lines(Vec<String>);

/// The line of the first question.
const FIRST: usize = 19;
/// The first line behind the table.
const END: usize = 78;

impl Lines {
    fn clean() -> Self {
        let head = [
            "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567",
            "เทศบาลตำบลตัวอย่าง จังหวัดนครราชสีมา",
            "คะแนนรวม,94.00",
            "ระดับ,ผ่านดี",
            "",
            "ตัวชี้วัด,คะแนน",
        ];
        let mut lines: Vec<String> = head.iter().map(|line| (*line).to_owned()).collect();
        lines.extend((1..=10).map(|number| format!("ตัวชี้วัดที่ {number},{}", if number > 8 { 100 } else { 90 })));
        lines.extend([String::new(), "รหัส,คะแนน".to_owned()]);
        lines.extend(codes().map(|code| format!("{code},{}", if code.starts_with('o') { 100 } else { 90 })));
        Self(lines)
    }

    fn set(&mut self, line: usize, text: &str) {
        self.0.resize(self.0.len().max(line), String::new());
        self.0[line - 1] = text.to_owned();
    }

    /// The text in UTF-8, with a byte that is none where a private character stands.
    fn bytes(&self) -> Vec<u8> {
        let text = self.0.join("\n");
        let parts: Vec<&[u8]> = text.split('\u{E000}').map(str::as_bytes).collect();
        parts.join(&0xFF)
    }

    /// Changes the line of every question.
    fn questions(&mut self, change: impl Fn(&str, &str) -> String) {
        for line in &mut self.0[FIRST - 1..END - 1] {
            let (code, score) = line.split_once(',').unwrap();
            *line = change(code, score);
        }
    }
}

type Case = (&'static str, fn(&mut Lines), &'static [&'static str], &'static [&'static str]);

/// A finding's code, what is wrong with the table, the flags, and the cells that it must name.
const CASES: [Case; 65] = [
    ("score-out-of-range", |own| own.set(19, "i1,105"), &[], &["B19"]),
    ("score-unreadable", |own| own.set(19, "i1,ดีมาก"), &[], &["B19"]),
    ("score-conflict", |own| own.set(END, "i1,80"), &[], &["B19", "B78"]),
    ("score-blank", |own| own.set(20, "i2,-"), &[], &["B20"]),
    ("score-shifted", |own| own.set(20, "i2,,90"), &[], &["C20"]),
    ("score-undecided", unheaded_columns, &[], &["C19", "B19"]),
    ("score-column-ambiguous", two_columns, &[], &["B19", "C19"]),
    ("score-below-one", |own| own.set(19, "i1,0.9"), &[], &["B19"]),
    ("score-scale", |own| own.questions(hundredth), &[], &["B19"]),
    ("score-scale-unknown", |own| own.questions(of_five), &[], &["B19"]),
    ("score-of-several", before_appeal, &[], &["B19", "B78"]),
    ("number-without-code", |own| own.set(20, "i2,90\n,77\ni3,90"), &[], &["B21"]),
    ("eit-in-two-parts", two_parts, &[], &["B19", "C19"]),
    ("question-missing", |own| own.set(20, ""), &[], &[]),
    ("question-repeated", |own| own.set(END, "i1,90"), &[], &["A78"]),
    ("question-unknown", |own| own.set(END, "o60,100"), &[], &["A78"]),
    ("question-of-other-year", |own| own.set(END, "o40,100"), &[], &["A78"]),
    ("question-in-two-issues", |_| (), &["--framework", "twice.toml"], &[]),
    ("code-respelled", |own| own.set(43, "ข้อ ๐1,100"), &[], &["A43"]),
    (
        "other-table-ignored",
        |own| own.questions(|code, score| format!("{code},{score},,{code},80.5")),
        &[],
        &["A19", "D19"],
    ),
    ("other-year-ignored", two_years, &[], &["A61", "A2"]),
    ("indicator-differs", |own| own.set(7, "ตัวชี้วัดที่ 1,80"), &[], &["B7"]),
    ("indicator-not-recomputed", |own| own.set(12, "ตัวชี้วัดที่ 6,80"), &[], &["B12"]),
    ("indicator-rule-unknown", rule_unknown, &["--force-year", "2568"], &["B15"]),
    ("indicator-missing", |own| own.set(12, ""), &[], &[]),
    ("indicator-unreadable", |own| own.set(12, "ตัวชี้วัดที่ 6,ดีมาก"), &[], &["B12"]),
    ("sub-indicators-differ", |own| own.set(15, "ตัวชี้วัดที่ 9,80"), &[], &["B15"]),
    ("instrument-differs", |own| own.set(5, "คะแนน IIT,80"), &[], &["B5"]),
    ("total-differs", |own| own.set(3, "คะแนนรวม,80"), &[], &["B3"]),
    ("total-explained", |own| own.set(3, "คะแนนรวม,94.5"), &[], &["B3"]),
    ("indicator-impossible", |own| own.set(14, "ตัวชี้วัดที่ 8,99"), &[], &["B14"]),
    ("total-not-published", |own| own.set(3, ""), &[], &[]),
    ("total-missing", no_total, &[], &[]),
    ("level-differs", |own| own.set(4, "ระดับ,ผ่าน"), &[], &["B4"]),
    ("level-inferred", level_inferred, &["--force-year", "2568"], &[]),
    ("level-differs-from-inferred", level_differs, &["--force-year", "2568"], &["B4"]),
    ("rank-in-place-of-level", |own| own.set(4, "ระดับ,\"1,519\""), &[], &["B4"]),
    ("agency-missing", |own| own.set(2, ""), &[], &[]),
    ("agency-is-province", |own| own.set(2, "จังหวัดนครราชสีมา"), &[], &["A2"]),
    ("place-missing", |own| own.set(2, "เทศบาลตำบลตัวอย่าง"), &[], &["A2"]),
    ("agency-differs", |_| (), &["--profile", "other.toml"], &["A2"]),
    ("year-missing", |own| own.set(1, "ผลการประเมิน ITA"), &[], &[]),
    ("year-without-framework", |own| own.set(1, "ผลการประเมิน ITA ปี 2575"), &[], &["A1"]),
    ("issues-unknown", |own| own.set(1, "ผลการประเมิน ITA ปี 2570"), &["--framework", "no-issues.toml"], &[]),
    ("issues-inferred", |own| own.set(1, "ผลการประเมิน ITA ปี 2566"), &[], &[]),
    ("question-without-text", |own| own.set(1, "ผลการประเมิน ITA ปี 2566"), &[], &[]),
    ("question-in-no-issue", |_| (), &["--profile", "issues.toml"], &[]),
    ("issue-setting-unused", |_| (), &["--profile", "issues.toml"], &[]),
    ("framework-filled", |own| own.set(1, "ผลการประเมิน ITA ปี 2570"), &["--framework", "no-issues.toml"], &[]),
    ("form-unseen", |own| own.set(1, "ผลการประเมิน ITA ปี 2568"), &["--force-year", "2568"], &[]),
    ("title-of-other-topic", title_of_other_topic, &["--force-year", "2568"], &["A19"]),
    ("topics-unconfirmed", |own| own.set(1, "ผลการประเมิน ITA ปี 2568"), &["--force-year", "2568"], &[]),
    ("advice-missing", |own| own.set(1, "ผลการประเมิน ITA ปี 2570"), &["--framework", "own.toml"], &[]),
    ("text-html", |own| own.set(19, "<b>i1</b>,90"), &[], &["A19"]),
    ("text-wrong-encoding", |own| own.set(2, &western("เทศบาลตำบลตัวอย่าง")), &[], &["A2"]),
    ("text-undecoded", |own| own.set(2, "เทศบาล\u{E000}ตัวอย่าง"), &[], &["A2"]),
    ("other-assessment", |own| own.set(1, "ผลการประเมิน OVEC ITA ปี 2567"), &[], &["A1"]),
    (
        "code-of-other-assessment",
        |own| (1..=3).for_each(|n| own.set(END + n, &format!("MOIT {n},100"))),
        &[],
        &["A79", "A80", "A81"],
    ),
    ("figure-undecided", |own| own.set(3, "คะแนนรวม,81.25,92.13"), &[], &["B3", "C3"]),
    ("figure-of-several", |own| own.set(END, "คะแนนรวมทั้งหมด,93"), &[], &["B3", "B78"]),
    ("code-without-letter", numbered, &[], &["A20"]),
    ("codes-beside", |own| former_codes(own, "รหัสเดิม"), &[], &["A19", "B19"]),
    ("codes-undecided", |own| former_codes(own, "รหัส"), &[], &["A19", "B19"]),
    ("text-respelled", |own| own.set(2, "เทศบาลต าบลตัวอย่าง"), &[], &["A2"]),
    ("flag-differs", |_| (), &["--total", "93.99"], &["B3"]),
];

/// The one that only `convert` can meet.
const OF_CONVERT: &str = "previous-agency-differs";

/// Another one, where last year's file has many agencies: see `batch/last_year.rs`.
const PREVIOUS_MISSING: &str = "previous-missing";

/// The one that every file of 2567 without titles has, until somebody says that they were checked.
const OF_EVERY_FILE: &str = "topics-recalled";

/// What a text file cannot bring about: see `recognise/mended/reading.rs`.
const MERGED: &str = "score-merged";

/// What a text file cannot bring about: see `recognise/uncalculated.rs`.
const OF_FORMULAS: [&str; 2] = ["score-uncalculated", "formula-uncalculated"];

/// The one that a text file cannot bring about: see `recognise/hidden.rs`.
const HIDDEN: &str = "hidden-ignored";

fn level_inferred(own: &mut Lines) {
    own.set(1, "ผลการประเมิน ITA ปี 2568");
    own.set(4, "");
}

fn level_differs(own: &mut Lines) {
    own.set(1, "ผลการประเมิน ITA ปี 2568");
    own.set(4, "ระดับ,ผ่านดีเยี่ยม");
}

fn rule_unknown(own: &mut Lines) {
    own.set(1, "ผลการประเมิน ITA ปี 2568");
    own.set(15, "ตัวชี้วัดที่ 9,80");
}

/// A question of a year whose topics are not confirmed, about something else than is supposed.
fn title_of_other_topic(own: &mut Lines) {
    own.set(1, "ผลการประเมิน ITA ปี 2568");
    own.set(18, "รหัส,ข้อคำถาม,คะแนน");
    own.questions(|code, score| {
        // Titles of a column differ.
        let other = format!(
            "การดำเนินงานฝ่าย{}{}",
            code.len(),
            code.bytes().map(|byte| "ก".repeat(byte.into())).collect::<String>()
        );
        let title = if code == "i1" {
            "เจ้าหน้าที่เบิกจ่ายเงินอันเป็นเท็จ มากน้อยเพียงใด"
        } else {
            &other
        };
        format!("{code},{title},{score}")
    });
}

fn unheaded_columns(own: &mut Lines) {
    own.set(18, "รหัส,ผู้ประเมิน ก,ผู้ประเมิน ข");
    own.questions(|code, _| {
        let number: usize = code[1..].parse().unwrap();
        format!("{code},{}.5,{}.25", 40 + number, 90 - number)
    });
}

fn two_columns(own: &mut Lines) {
    own.set(18, "รหัส,ครั้งที่ 2,ครั้งที่ 1");
    own.questions(|code, score| format!("{code},{score},{}", if code.starts_with('o') { 99 } else { 89 }));
}

fn hundredth(code: &str, score: &str) -> String {
    format!("{code},{}", score.parse::<f64>().unwrap() / 100.0)
}

/// Numbers of questions under the names of their instruments.
fn numbered(own: &mut Lines) {
    own.set(18, "แบบวัด IIT\nข้อ,คะแนน");
    own.questions(|code, score| {
        let title = match code {
            "e1" => "แบบวัด EIT\n",
            "o1" => "แบบตรวจ OIT\n",
            _ => "",
        };
        format!("{title}{},{score}", &code[1..])
    });
}

/// Codes in the opposite order beside the questions' own.
fn former_codes(own: &mut Lines, header: &str) {
    own.set(18, &format!("รหัส,{header},คะแนน"));
    let all: Vec<String> = codes().collect();
    let opposite = |code: &str| &all[all.len() - 1 - all.iter().position(|own| own == code).unwrap()];
    own.questions(|code, score| format!("{code},{},{score}", opposite(code)));
}

fn two_parts(own: &mut Lines) {
    own.set(18, "รหัส,คะแนน EIT Public,คะแนน EIT Survey");
    own.questions(|code, score| format!("{code},{score}{}", if code.starts_with('e') { ",90" } else { "" }));
}

fn two_years(own: &mut Lines) {
    *own = Lines(vec!["ปี,หน่วยงาน,รหัส,คะแนน".to_owned()]);
    for year in [2566, 2567] {
        own.0.extend(codes().map(|code| format!("{year},เทศบาลตำบลตัวอย่าง,{code},90")));
    }
}

fn no_total(own: &mut Lines) {
    own.set(3, "");
    own.set(12, "");
}

/// Thai as it looks when its bytes are read in a Western code page.
fn western(text: &str) -> String {
    let (bytes, _, _) = encoding_rs::WINDOWS_874.encode(text);
    encoding_rs::WINDOWS_1252.decode(&bytes).0.into_owned()
}

/// Survey scores out of 5.
fn of_five(code: &str, score: &str) -> String {
    format!("{code},{}", if code.starts_with('i') { "4.5" } else { score })
}

/// A question twice, before and behind an appeal.
fn before_appeal(lines: &mut Lines) {
    lines.set(19, "i1,80,ก่อนอุทธรณ์");
    lines.set(END, "i1,90,หลังอุทธรณ์");
}

fn environment() -> TestEnv {
    let env = TestEnv::new();
    std::fs::write(env.path("clean.csv"), Lines::clean().0.join("\n")).unwrap();
    std::fs::write(env.path("other.toml"), "agency = \"เทศบาลตำบลอื่น\"\n").unwrap();
    let framework = env.expect(0, ["framework", "show", "2567"]).stdout;
    let own = crate::support::reports::without_topics(&framework);
    std::fs::write(env.path("own.toml"), own.replacen("year = 2567", "year = 2570", 1)).unwrap();
    std::fs::write(
        env.path("no-issues.toml"),
        "year = 2570\nissues = []\n[questions]\ni1 = {}\no1 = { topic = \"structure\" }\n",
    )
    .unwrap();
    std::fs::write(env.path("issues.toml"), "[[issues]]\nissue = 1\n[[issues]]\nissue = 9\n").unwrap();
    let twice = framework.replace(r#""i9", "o18""#, r#""i9", "o15", "o18""#);
    assert_ne!(twice, framework);
    std::fs::write(env.path("twice.toml"), twice).unwrap();
    env
}

fn in_both_languages(finding: &Value) {
    for (part, language) in [("message", "th"), ("message", "en"), ("hint", "th"), ("hint", "en")] {
        let text = finding[part][language].as_str().unwrap();
        assert!(text.chars().count() > 10 && !text.contains('{'), "{finding}");
        let thai = text.chars().any(|c| ('\u{0E01}'..='\u{0E5B}').contains(&c));
        assert!(thai || language == "en", "{finding}");
    }
}

#[test]
fn every_finding_comes_of_a_file_and_names_its_cells() {
    let env = environment();
    let clean = env.inspect(&["clean.csv"]);
    assert_eq!(finding_codes(&clean), [OF_EVERY_FILE], "{clean}");
    in_both_languages(&clean["findings"][0]);
    for (code, edit, flags, cells) in CASES {
        let mut lines = Lines::clean();
        edit(&mut lines);
        std::fs::write(env.path("case.csv"), lines.bytes()).unwrap();
        let document = env.inspect(&[&["case.csv"], flags].concat());
        assert!(document["error"].is_null(), "{code}: {document}");
        let findings: Vec<&Value> =
            document["findings"].as_array().unwrap().iter().filter(|own| own["code"] == code).collect();
        assert_eq!(findings.len(), 1, "{code}: {:?}", finding_codes(&document));
        let places: Vec<String> = cells.iter().map(|cell| format!("Sheet1!{cell}")).collect();
        assert_eq!(findings[0]["places"], serde_json::json!(places), "{code}");
        in_both_languages(findings[0]);
    }
}

#[test]
fn last_years_file_of_another_agency_is_said_on_the_terminal_and_in_the_workbook() {
    let env = environment();
    let mut lines = Lines::clean();
    lines.set(1, "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2566");
    lines.set(2, "เทศบาลตำบลอื่น");
    std::fs::write(env.path("previous.csv"), lines.0.join("\n")).unwrap();
    for (language, word) in [("en", "last year's file of"), ("th", "แต่ไฟล์ปีก่อนเป็นของ")]
    {
        let args = ["clean.csv", "-o", "out.xlsx", "--force", "--previous", "previous.csv", "--lang", language];
        let run = env.expect(0, args);
        assert!(run.stderr.contains(&format!("[{OF_CONVERT}] Sheet1!A2")), "{}", run.stderr);
        assert!(run.stderr.contains(word), "{}", run.stderr);
    }
    let cells = texts(&sheet(&env.path("out.xlsx"), "ผลการตรวจสอบ"));
    assert!(cells.iter().any(|(_, _, text)| text.ends_with(OF_CONVERT)), "{cells:?}");
}

#[test]
fn no_finding_is_without_a_case() {
    let catalogue = std::fs::read_to_string(project().join("src/finding/catalogue.toml")).unwrap();
    let catalogue: toml::Table = toml::from_str(&catalogue).unwrap();
    // What is said of an officer's edits is tested with them.
    let all: BTreeSet<&str> = catalogue.keys().map(String::as_str).filter(|code| !code.starts_with("edit")).collect();
    let cases: BTreeSet<&str> = CASES
        .iter()
        .map(|(code, ..)| *code)
        .chain([OF_CONVERT, PREVIOUS_MISSING, OF_EVERY_FILE, HIDDEN, MERGED])
        .chain(OF_FORMULAS)
        .collect();
    assert_eq!(cases, all);
}

#[test]
fn a_finding_that_must_be_mended_was_called_an_error() {
    let env = environment();
    let mut lines = Lines::clean();
    lines.set(19, "i1,105");
    std::fs::write(env.path("case.csv"), lines.bytes()).unwrap();
    let document = env.inspect(&["case.csv"]);
    let finding = document["findings"].as_array().unwrap().iter().find(|own| own["code"] == "score-out-of-range");
    assert_eq!(finding.unwrap()["severity"], "must-fix");
    for (language, count, label) in
        [("en", "1 must-fix, ", "must-fix [score-out-of-range]"), ("th", "(ต้องแก้ไข 1 ", "ต้องแก้ไข [score-out-of-range]")]
    {
        let run = env.expect(0, ["case.csv", "-o", "out.xlsx", "--force", "--lang", language]);
        assert!(run.stdout.contains(count) && run.stderr.contains(label), "{}{}", run.stdout, run.stderr);
        assert!(!run.stderr.contains("error") && !run.stderr.contains("ข้อผิดพลาด"), "{}", run.stderr);
    }
    let cells = texts(&sheet(&env.path("out.xlsx"), "ผลการตรวจสอบ"));
    assert!(cells.iter().any(|(_, _, text)| text.starts_with("ต้องแก้ไข")), "{cells:?}");
}
