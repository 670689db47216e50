//! Tables in odd shapes: each is read right, or the message says what it is.

use crate::support::table::{assert_scores as assert_all, codes, one as read, rows, score};
use crate::support::{TestEnv, finding_codes};

const TITLE: &str = "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567,,\nเทศบาลตำบลตัวอย่าง,,\n";

fn lines(line: impl Fn(&str, f64) -> String) -> String {
    format!("{TITLE}ข้อ,คะแนน,\n{}", rows(line))
}

#[test]
fn letters_of_other_scripts_stand_for_their_look_alikes() {
    for (i, e, o) in [("і", "е", "ο"), ("Ι", "Ε", "О"), ("l", "e", "o")] {
        let spelled = |code: &str| code.replacen('i', i, 1).replacen('e', e, 1).replacen('o', o, 1);
        let document = read(&lines(|code, score| format!("{},{score}", spelled(code))));
        assert_all(&document);
        assert!(finding_codes(&document).contains(&"code-respelled".to_owned()), "{i}{e}{o}");
    }
}

#[test]
fn full_width_letters_and_digits_are_plain_ones() {
    let wide = |text: &str| {
        let wide = |c: char| if c.is_ascii_graphic() { char::from_u32(c as u32 + 0xFEE0).unwrap() } else { c };
        text.chars().map(wide).collect::<String>()
    };
    assert_all(&read(&lines(|code, score| format!("{},{}", wide(code), wide(&format!("{score:.2}"))))));
}

#[test]
fn quotes_and_running_numbers_stand_around_codes() {
    assert_all(&read(&lines(|code, score| format!("“{code}”,{score}"))));
    assert_all(&read(&lines(|code, score| format!("'{code},{score}"))));
    assert_all(&read(&lines(|code, score| format!("{}. {code},{score}", score.floor() as u32 - 39))));
    assert_all(&read(&lines(|code, score| format!("{}) {code} เรื่องที่ประเมิน,{score}", score.floor() as u32 - 39))));
}

#[test]
fn codes_and_scores_may_change_places_from_block_to_block() {
    let swapped = |code: &str| code.starts_with('e');
    let line =
        |code: &str, score: f64| if swapped(code) { format!("{score},{code}") } else { format!("{code},{score}") };
    assert_all(&read(&lines(line)));
}

#[test]
fn a_block_that_has_slipped_aside_keeps_its_scores() {
    for cells in ["", ",", ",,"] {
        let line = |code: &str, score: f64| {
            let before = if code.starts_with('o') { cells } else { "" };
            format!("{before}{code},{score}")
        };
        assert_all(&read(&lines(line)));
    }
}

/// The external survey's two parts under titles of their own; `second` is what stands between them.
fn in_two_tables(second: &str) -> String {
    let mut text = format!("{TITLE}IIT,,\nข้อ,คะแนน,\n");
    let mut rows = |letter: char, by: f64| {
        for (index, code) in codes().enumerate().filter(|(_, code)| code.starts_with(letter)) {
            let score = score(index);
            text.push_str(&format!("{code},{}\n", score + by));
        }
    };
    rows('i', 0.0);
    rows('o', 0.0);
    let mut half = String::from("EIT ส่วนที่ 1 (Public),,\nข้อ,คะแนน,\n");
    for by in [-5.0, 5.0] {
        if by > 0.0 {
            half.push_str(second);
        }
        for (index, code) in codes().enumerate().filter(|(_, code)| code.starts_with('e')) {
            let score = score(index);
            half.push_str(&format!("{code},{}\n", score + by));
        }
    }
    text + &half
}

#[test]
fn the_two_parts_of_the_external_survey_may_be_two_tables() {
    let document = read(&in_two_tables("EIT ส่วนที่ 2 (Survey),,\nข้อ,คะแนน,\n"));
    assert_all(&document);
    let codes = finding_codes(&document);
    assert!(
        codes.contains(&"eit-in-two-parts".to_owned()) && !codes.contains(&"score-conflict".to_owned()),
        "{codes:?}"
    );
    // Under one title they contradict each other.
    let codes = finding_codes(&read(&in_two_tables("")));
    assert!(
        codes.contains(&"score-conflict".to_owned()) && !codes.contains(&"eit-in-two-parts".to_owned()),
        "{codes:?}"
    );
}

#[test]
fn figures_may_stand_below_their_labels() {
    let strip = "คะแนนรวม,ระดับ,อันดับ\n92.13,ผ่านดี,1519/8325\n,,\n";
    let document = read(&lines(|code, score| format!("{code},{score}")).replacen(TITLE, &format!("{TITLE}{strip}"), 1));
    assert_all(&document);
    assert_eq!(document["total"]["published"].as_f64(), Some(92.13));
    assert_eq!(document["level"]["published"], "ผ่านดี");
    assert_eq!(document["rank"]["value"], 1519);
}

#[test]
fn two_columns_under_one_header_are_a_choice_that_is_said() {
    let document = read(&lines(|code, score| format!("{code},{score},90")).replacen("ข้อ,คะแนน,", "ข้อ,คะแนน,คะแนน", 1));
    assert!(finding_codes(&document).contains(&"score-column-ambiguous".to_owned()));
}

#[test]
fn the_lowest_level_is_not_taken_for_the_one_that_its_name_begins_with() {
    let line = "ระดับ,ต้องปรับปรุงโดยด่วน,\n";
    let document = read(&lines(|code, score| format!("{code},{score}")).replacen(TITLE, &format!("{TITLE}{line}"), 1));
    assert_eq!(document["level"]["published"], "ต้องปรับปรุงโดยด่วน");
}

#[test]
fn a_header_whose_first_column_is_called_as_a_label_is_one_still() {
    let line = |code: &str, score: f64| format!("{},{code},33.33,{score}", &code[..1]);
    for first in ["ประเภท", "อันดับ", "หน่วยงาน", "ระดับ"] {
        let header = format!("{first},รหัส,คะแนนปีที่ผ่านมา,คะแนน\n");
        assert_all(&read(&lines(line).replacen("ข้อ,คะแนน,\n", &header, 1)));
    }
}

#[test]
fn numbers_over_a_table_of_text_are_no_agencies() {
    let line = |code: &str, score: f64| format!("{score},100,99.72,{code}");
    let above = "ตัวชี้วัด,น้ำหนัก,คะแนน,\nการป้องกันการทุจริต,20,48.37,\n,,,\nคะแนน,เต็ม,คะแนนเฉลี่ยจังหวัด,ข้อ\n";
    let document = read(&lines(line).replacen("ข้อ,คะแนน,\n", above, 1));
    assert_all(&document);
    assert_eq!(document["agency"]["value"], "เทศบาลตำบลตัวอย่าง");
}

#[test]
fn a_score_may_stand_in_the_cell_of_its_code_as_in_a_message() {
    for line in ["{code} {score}", "{code} : {score} คะแนน", "{code} เรื่องที่ประเมิน = {score}", "ข้อ {code} ได้ {score}"]
    {
        let line = |code: &str, score: f64| line.replace("{code}", code).replace("{score}", &format!("{score:.2}"));
        let document = read(&lines(line));
        assert_all(&document);
        assert_eq!(document["questions"][0]["score_cell"], document["questions"][0]["code_cell"]);
    }
    // A few scores in notes do not make the other codes' blanks scores.
    let env = TestEnv::new();
    std::fs::write(env.path("in.csv"), lines(|code, _| format!("{code} เรื่องที่ประเมิน"))).unwrap();
    env.expect(1, ["in.csv"]);
}

#[test]
fn headers_tell_the_published_score_from_others() {
    for (other, own) in [
        ("คะแนนประเมินตนเอง", "คะแนนจาก ป.ป.ช."),
        ("คะแนนก่อนทักท้วง", "คะแนนที่ประกาศ"),
        ("คะแนนก่อนอุทธรณ์", "คะแนนสุดท้าย"),
        ("คะแนนดิบ", "ร้อยละ"),
        ("คะแนน (เต็ม 5)", "คะแนน (เต็ม 100)"),
        ("ค่าเฉลี่ย (5)", "คะแนนร้อยละ"),
        ("คะแนนปี 2566", "คะแนนปี 2567"),
        ("ผลประเมิน Pre-Assessment", "ผลสรุปการประเมิน"),
        ("รอบ 2", "สรุป"),
    ] {
        // The other numbers look more like scores than the own ones, or are those of a scale.
        let of_scale = other.contains('5') && !other.contains("25") || other.contains("ดิบ");
        let number =
            |score: f64| if of_scale { format!("{:.2}", score / 20.0) } else { format!("{:.2}", score - 7.13) };
        for (header, swapped) in [(format!("ข้อ,{other},{own}"), false), (format!("ข้อ,{own},{other}"), true)]
        {
            for gap in ["\n", "\n,,\n"] {
                let line = |code: &str, score: f64| {
                    let (a, b) = (number(score), score.to_string());
                    if swapped { format!("{code},{b},{a}") } else { format!("{code},{a},{b}") }
                };
                assert_all(&read(&lines(line).replacen("ข้อ,คะแนน,\n", &format!("{header}{gap}"), 1)));
            }
        }
    }
}

#[test]
fn a_published_mean_of_the_two_parts_is_the_score() {
    let line = |code: &str, score: f64| {
        let parts = if code.starts_with('e') { format!("{},{}", score - 3.0, score + 3.01) } else { ",".to_owned() };
        format!("{code},{parts},{score}")
    };
    let header = "รหัส,EIT ส่วนที่ 1,EIT ส่วนที่ 2,คะแนน\n";
    let document = read(&lines(line).replacen("ข้อ,คะแนน,\n", header, 1));
    assert_all(&document);
    assert!(finding_codes(&document).contains(&"eit-in-two-parts".to_owned()));
    // So under a header that is repeated in mid-table.
    let text = lines(line).replacen("ข้อ,คะแนน,\n", header, 1);
    assert_all(&read(&text.replacen("e1,", &format!("{header}e1,"), 1)));
    // Where it is blank there is no score, whatever the parts are.
    let blank = text.lines().map(|own| if own.starts_with("e2,") { "e2,80,90," } else { own });
    let document = read(&blank.collect::<Vec<_>>().join("\n"));
    let e2 = document["questions"].as_array().unwrap().iter().find(|own| own["code"] == "e2").unwrap().clone();
    assert!(e2["score"].is_null(), "{e2}");
    assert!(finding_codes(&document).contains(&"score-blank".to_owned()));
}

#[test]
fn codes_of_another_assessment_are_named_and_never_read() {
    for (prefix, name) in [("MOIT ", "MOIT"), ("EB", "EB")] {
        let env = TestEnv::new();
        let rows: String = (1..=20).map(|n| format!("{prefix}{n},100\n")).collect();
        std::fs::write(env.path("in.csv"), format!("โรงพยาบาลตัวอย่าง,\n{rows}")).unwrap();
        let message = env.expect(1, ["in.csv", "--lang", "en"]).stderr;
        assert!(message.contains(&format!("those of MOPH ITA ({name})")) && message.contains("Sheet1!A2"), "{message}");
        assert_eq!(env.files(), ["in.csv"]);
        // Beside the wanted codes they are left out, and it is said.
        let document = read(&format!("{}{rows}", lines(|code, score| format!("{code},{score}"))));
        assert_all(&document);
        assert!(finding_codes(&document).contains(&"code-of-other-assessment".to_owned()));
    }
}

#[test]
fn the_same_codes_under_another_assessments_title_get_no_analysis() {
    for title in ["ผลการประเมิน OVEC ITA ปีงบประมาณ 2567", "ผลการประเมิน ITA Online สพฐ. ปีงบประมาณ 2567"]
    {
        let rows: String = (1..=23).map(|n| format!("O{n},{n}.5\n")).collect();
        let env = TestEnv::new();
        std::fs::write(env.path("in.csv"), format!("{title},\nวิทยาลัยตัวอย่าง,\n{rows}")).unwrap();
        let document = env.inspect(&["in.csv"]);
        assert!(finding_codes(&document).contains(&"other-assessment".to_owned()), "{title}");
        let titles =
            document["questions"].as_array().unwrap().iter().map(|own| own["title"].as_str().unwrap_or_default());
        assert!(titles.clone().count() == 23 && titles.into_iter().all(str::is_empty), "{title}");
        // A framework of the user's own says what the codes are.
        let own = env.expect(0, ["framework", "show", "2567"]).stdout;
        std::fs::write(env.path("own.toml"), own).unwrap();
        let codes = finding_codes(&env.inspect(&["in.csv", "--framework", "own.toml"]));
        assert!(!codes.contains(&"other-assessment".to_owned()), "{codes:?}");
    }
}

#[test]
fn a_few_cells_that_look_like_codes_make_no_result() {
    let foreign = "Item,Qty\nO1,12\nO2,7.5\nO6,9\nE1,3\n";
    {
        let env = TestEnv::new();
        std::fs::write(env.path("in.csv"), foreign).unwrap();
        let message = env.expect(1, ["in.csv", "--lang", "en"]).stderr;
        assert!(message.contains("look like question codes") && message.contains("Sheet1!A"), "{message}");
        assert_eq!(env.files(), ["in.csv"]);
        // In a folder it is none of the results.
        let run = env.expect(0, ["batch", ".", "-o", "out", "--lang", "en"]);
        assert!(run.stdout.contains("look like question codes") || run.stderr.contains("look like"), "{}", run.stdout);
        // The user knows better.
        env.expect(0, ["inspect", "in.csv", "--year", "2567"]);
    }
}
