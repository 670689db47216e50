//! Profiles, texts of one's own, digits, and what is left out for publication.

use calamine::{Reader, Xlsx, open_workbook};

use crate::support::{TestEnv, finding_codes, sheet, texts};

const SAMPLE: &str = "khok-muang-2567.xlsx";

/// The texts of all cells of a sheet.
fn cells(env: &TestEnv, name: &str) -> Vec<String> {
    texts(&sheet(&env.path("out.xlsx"), name)).into_iter().map(|(_, _, text)| text).collect()
}

/// A small file without agency and without indicators.
fn anonymous(env: &TestEnv) {
    env.write_rows("scores.xlsx", &[("i1".to_owned(), 80.0), ("o1".to_owned(), 0.0)]);
}

#[test]
fn a_profile_beside_the_input_fills_what_it_lacks() {
    let env = TestEnv::new();
    anonymous(&env);
    let profile = "agency = \"มหาวิทยาลัยตัวอย่าง\"\nprovince = \"พะเยา\"\nthreshold = 70\n[units]\nall = \"ทุกคณะ\"\nservice = \"ทุกคณะ\"\ninfo = \"ทุกคณะ\"\n";
    std::fs::write(env.path("profile.toml"), profile).unwrap();
    let document = env.inspect(&["scores.xlsx"]);
    assert_eq!(document["agency"]["value"], "มหาวิทยาลัยตัวอย่าง");
    assert_eq!(document["agency"]["from"], "profile.toml");
    assert_eq!(document["threshold"], 70.0);
    assert!(!finding_codes(&document).contains(&"agency-missing".to_owned()));
    env.expect(0, ["scores.xlsx", "-o", "out.xlsx"]);
    assert!(cells(&env, "แผนปฏิบัติการ").iter().any(|text| text.contains("ทุกคณะ")));
    let flagged = env.inspect(&["scores.xlsx", "--threshold", "85", "--agency", "กรมตัวอย่าง"]);
    assert_eq!((&flagged["threshold"], &flagged["agency"]["value"]), (&85.0.into(), &"กรมตัวอย่าง".into()));
}

#[test]
fn a_profile_of_another_agency_is_a_finding_and_fills_nothing() {
    let env = TestEnv::new();
    env.sample(SAMPLE);
    std::fs::write(env.path("p.toml"), "agency = \"เทศบาลอื่น\"\nprovince = \"ตาก\"").unwrap();
    let document = env.inspect(&[SAMPLE, "--profile", "p.toml"]);
    assert_eq!(document["agency"]["value"], "เทศบาลตำบลโคกม่วง");
    assert_eq!(document["province"]["value"], "สงขลา");
    assert!(finding_codes(&document).contains(&"agency-differs".to_owned()));
}

#[test]
fn a_profile_names_the_agency_where_the_file_has_its_province_alone() {
    let env = TestEnv::new();
    let codes: String = (1..=15).map(|number| format!("i{number},90\n")).collect();
    let table = format!("ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567\nจังหวัดตาก\n\nรหัส,คะแนน\n{codes}");
    std::fs::write(env.path("scores.csv"), table).unwrap();
    let alone = env.inspect(&["scores.csv"]);
    assert_eq!(alone["agency"]["value"], "จังหวัดตาก");
    assert!(finding_codes(&alone).contains(&"agency-is-province".to_owned()));
    std::fs::write(env.path("profile.toml"), "agency = \"โรงเรียนตัวอย่าง\"").unwrap();
    let document = env.inspect(&["scores.csv"]);
    assert_eq!(
        (&document["agency"]["value"], &document["province"]["value"]),
        (&"โรงเรียนตัวอย่าง".into(), &"ตาก".into())
    );
    let codes = finding_codes(&document);
    assert!(!codes.iter().any(|code| code == "agency-is-province" || code == "agency-differs"), "{codes:?}");
}

#[test]
fn a_profile_that_cannot_be_used_attempts_nothing() {
    let env = TestEnv::new();
    env.sample(SAMPLE);
    std::fs::write(env.path("picture.png"), "no picture").unwrap();
    for text in
        ["threshold = 120", "no_such_setting = 1", "heading_colour = \"yellow\"", "logo = \"picture.png\"", "agency = "]
    {
        std::fs::write(env.path("p.toml"), text).unwrap();
        let run = env.expect(2, [SAMPLE, "--profile", "p.toml"]);
        assert!(run.stderr.contains("hint:"), "{text}: {}", run.stderr);
        assert!(!env.path("khok-muang-2567-itasheet.xlsx").exists());
    }
    env.expect(2, [SAMPLE, "--profile", "missing.toml"]);
}

#[test]
fn profile_init_writes_one_to_start_from_and_overwrites_none() {
    let env = TestEnv::new();
    env.sample(SAMPLE);
    env.expect(0, ["profile", "init"]);
    env.expect(0, [SAMPLE]);
    let run = env.expect(2, ["profile", "init"]);
    assert!(run.stderr.contains("--force"), "{}", run.stderr);
}

#[test]
fn a_file_in_the_way_of_a_template_or_a_profile_is_replaced_by_force_alone() {
    let env = TestEnv::new();
    for args in [vec!["template", "-o", "file.xlsx"], vec!["profile", "init", "file.xlsx"]] {
        std::fs::write(env.path("file.xlsx"), "precious").unwrap();
        for language in ["en", "th"] {
            let run = env.expect(2, [&args[..], &["--lang", language]].concat());
            assert!(run.stderr.contains("--force"), "{}", run.stderr);
            assert_eq!(run.stderr.contains("มีไฟล์ชื่อนี้อยู่แล้ว"), language == "th", "{}", run.stderr);
            assert_eq!(std::fs::read_to_string(env.path("file.xlsx")).unwrap(), "precious");
        }
        env.expect(0, [&args[..], &["--force"]].concat());
        assert!(std::fs::read(env.path("file.xlsx")).unwrap() != b"precious");
    }
}

#[test]
fn every_command_says_what_is_wrong_in_the_language_that_is_asked_for() {
    let env = TestEnv::new();
    std::fs::write(env.path("bad.toml"), "schema = 1").unwrap();
    for (code, args) in [
        (2, vec!["template", "--year", "2560"]),
        (2, vec!["template", "-o", "out.csv"]),
        (2, vec!["framework", "show", "2560"]),
        (1, vec!["framework", "check", "bad.toml"]),
        (1, vec!["advice", "check", "nowhere.toml"]),
        (2, vec!["profile", "init", "bad.toml/profile.toml"]),
    ] {
        for (language, word) in [("th", "คำแนะนำ:"), ("en", "hint:")] {
            let run = env.expect(code, [&args[..], &["--lang", language]].concat());
            assert!(run.stderr.contains(word), "{args:?}: {}", run.stderr);
        }
    }
    assert_eq!(env.files(), ["bad.toml"]);
}

#[test]
fn the_exported_advice_given_back_changes_nothing() {
    let env = TestEnv::new();
    env.sample(SAMPLE);
    let exported = env.expect(0, ["advice", "export"]).stdout;
    std::fs::write(env.path("mine.toml"), exported).unwrap();
    env.expect(0, ["advice", "check", "mine.toml"]);
    env.expect(0, [SAMPLE, "-o", "plain.xlsx"]);
    env.expect(0, [SAMPLE, "-o", "mine.xlsx", "--advice", "mine.toml"]);
    assert!(std::fs::read(env.path("plain.xlsx")).unwrap() == std::fs::read(env.path("mine.xlsx")).unwrap());
}

#[test]
fn single_entries_of_the_advice_are_replaced_and_the_rest_stays() {
    let env = TestEnv::new();
    env.sample(SAMPLE);
    let own = "[questions.e9.finding]\ncritical = \"ข้อความของหน่วยงานเอง\"\n\n[[measure]]\nid = \"own\"\n\
               answers = [\"e9\"]\ntitle = \"มาตรการของหน่วยงานเอง\"\nend = \"ทำ\"\nroles = [\"info\"]\nmonths = [1, 4]\n\
               output = \"ก\"\nsuccess = \"ข\"\n";
    std::fs::write(env.path("own.toml"), own).unwrap();
    env.expect(0, [SAMPLE, "-o", "out.xlsx", "--advice", "own.toml"]);
    let analysis = cells(&env, "วิเคราะห์ผล");
    assert!(analysis.iter().any(|text| text.starts_with("ข้อความของหน่วยงานเอง หน่วยงานควร")));
    assert!(analysis.iter().any(|text| text.contains("การรับรู้ของบุคลากร")));
    let plan = cells(&env, "แผนปฏิบัติการ");
    assert!(plan.iter().any(|text| text.contains("มาตรการของหน่วยงานเอง")));
    assert!(plan.iter().any(|text| text == "ต.ค. ๒๕๖๗ ถึง ม.ค. ๒๕๖๘"));
}

#[test]
fn advice_that_leaves_something_open_is_refused() {
    let env = TestEnv::new();
    env.sample(SAMPLE);
    for (text, words) in [
        ("[questions.o99.finding]\nabsent = \"x\"", "o99"),
        (
            "[[measure]]\nid = \"m\"\nanswers = [\"e99\"]\ntitle = \"t\"\nend = \"s\"\nroles = [\"info\"]\nmonths = [1, 4]\noutput = \"\"\nsuccess = \"\"",
            "e99",
        ),
        ("[topics.no-such-topic]\nalways = true", "no-such-topic"),
        ("schema = 1", "schema"),
        ("nonsense", "nonsense"),
    ] {
        std::fs::write(env.path("own.toml"), text).unwrap();
        let run = env.expect(2, [SAMPLE, "--advice", "own.toml"]);
        assert!(run.stderr.contains("own.toml") && run.stderr.contains(words), "{}", run.stderr);
        env.expect(1, ["advice", "check", "own.toml"]);
    }
}

#[test]
fn digits_are_thai_or_arabic_throughout_where_asked() {
    let env = TestEnv::new();
    env.sample(SAMPLE);
    for (digits, title, finding) in [
        ("report", "ปีงบประมาณ พ.ศ. ๒๕๖๗", "ข้อ e9 (30.49 คะแนน)"),
        ("thai", "ปีงบประมาณ พ.ศ. ๒๕๖๗", "ข้อ e9 (๓๐.๔๙ คะแนน)"),
        ("arabic", "ปีงบประมาณ พ.ศ. 2567", "ข้อ e9 (30.49 คะแนน)"),
    ] {
        env.expect(0, [SAMPLE, "-o", "out.xlsx", "--force", "--digits", digits]);
        assert!(cells(&env, "สรุปผล").iter().any(|text| text == title), "{digits}");
        assert!(cells(&env, "แผนปฏิบัติการ").iter().any(|text| text.contains(finding)), "{digits}");
    }
}

#[test]
fn where_digits_are_thai_only_codes_have_others() {
    let env = TestEnv::new();
    env.sample(SAMPLE);
    env.expect(0, [SAMPLE, "-o", "out.xlsx", "--digits", "thai"]);
    for name in ["สรุปผล", "วิเคราะห์ผล", "แผนปฏิบัติการ", "ติดตามผล"]
    {
        // Numbers have a format of their own, and what is hidden does not print.
        let is_key = |text: &String| ["A/", "P/", "F/", "S/"].iter().any(|start| text.starts_with(start));
        let all = texts(&sheet(&env.path("out.xlsx"), name)).into_iter();
        for (_, _, text) in all.filter(|(_, _, text)| !is_key(text)) {
            let words = text.split([' ', '\n', '(']).filter(|word| !word.starts_with(['i', 'e', 'o']));
            let plain = words.filter(|word| word.parse::<f64>().is_err());
            for word in plain {
                assert!(!word.contains(|c: char| c.is_ascii_digit()), "{name}: {word} in {text}");
            }
        }
    }
}

#[test]
fn for_publication_the_findings_are_left_out() {
    let env = TestEnv::new();
    env.sample("problems-2567.xlsx");
    env.expect(0, ["problems-2567.xlsx", "-o", "out.xlsx", "--publish"]);
    let workbook: Xlsx<_> = open_workbook(env.path("out.xlsx")).unwrap();
    // The last, which no menu shows, has fingerprints of what the program wrote.
    let names = ["สรุปผล", "วิเคราะห์ผล", "แผนปฏิบัติการ", "คะแนนรายข้อ", "ข้อมูลโปรแกรม"];
    assert_eq!(workbook.sheet_names(), names);
    let archive = zip::ZipArchive::new(std::fs::File::open(env.path("out.xlsx")).unwrap()).unwrap();
    assert!(archive.file_names().all(|name| !name.unwrap().contains("comments")));
}

#[test]
fn last_years_figures_stand_beside_this_years_with_the_change() {
    let env = TestEnv::new();
    env.sample(SAMPLE);
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let page = workbook.add_worksheet();
    page.write(0, 0, "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2566 เทศบาลตำบลโคกม่วง").unwrap();
    page.write(1, 0, "คะแนนรวม").unwrap().write(1, 1, 90.11).unwrap();
    for (row, (_, title, score)) in (3u32..).zip(crate::support::khok_muang::KHOK_MUANG_INDICATORS) {
        page.write(row, 0, title).unwrap().write(row, 1, score - 1.5).unwrap();
    }
    workbook.save(env.path("last.xlsx")).unwrap();
    env.expect(0, [SAMPLE, "-o", "out.xlsx", "--previous", "last.xlsx"]);
    let summary = sheet(&env.path("out.xlsx"), "สรุปผล");
    let rows = texts(&summary);
    assert!(rows.iter().any(|(_, _, text)| text == "ปี ๒๕๖๖"));
    let total = rows.iter().find(|(row, column, text)| *column == 0 && text == "คะแนนรวม" && *row > 8).unwrap().0;
    let number = |column| summary.get_value((total, column)).unwrap().to_string();
    assert_eq!((number(3), number(4), number(5)), ("92.13".into(), "90.11".into(), "2.02".into()));
    let other = env.expect(0, [SAMPLE, "-o", "other.xlsx", "--previous", SAMPLE, "--agency", "เทศบาลอื่น"]);
    assert!(other.stderr.contains("[previous-agency-differs]"), "{}", other.stderr);
    env.expect(2, [SAMPLE, "-o", "none.xlsx", "--previous", "missing.xlsx"]);
    assert!(!env.path("none.xlsx").exists());
}

#[test]
fn questions_are_compared_by_code_within_one_year_and_by_topic_between_years() {
    let env = TestEnv::new();
    env.sample(SAMPLE);
    let rows = [("i1", 80.0), ("i2", 90.67), ("o3", 50.0)];
    for year in [2566, 2567] {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        let page = workbook.add_worksheet();
        page.write(0, 0, format!("ผลการประเมิน ITA ปีงบประมาณ พ.ศ. {year} เทศบาลตำบลโคกม่วง")).unwrap();
        for (row, (_, title, score)) in (1u32..).zip(crate::support::khok_muang::KHOK_MUANG_INDICATORS) {
            page.write(row, 0, title).unwrap().write(row, 1, score).unwrap();
        }
        for (row, (code, score)) in (20u32..).zip(rows) {
            page.write(row, 0, code).unwrap().write(row, 1, score).unwrap();
        }
        workbook.save(env.path(&format!("{year}.xlsx"))).unwrap();
        env.expect(0, [SAMPLE, "-o", &format!("to-{year}.xlsx"), "--previous", &format!("{year}.xlsx")]);
    }
    let scores = sheet(&env.path("to-2567.xlsx"), "คะแนนรายข้อ");
    let found = texts(&scores);
    assert!(found.iter().any(|(_, column, text)| *column == 9 && text == "ครั้งก่อน"));
    let compared = |code: &str| {
        let row = found.iter().find(|(_, column, text)| *column == 0 && text == code).unwrap().0;
        [9, 10].map(|column| scores.get_value((row, column)).map(ToString::to_string).unwrap_or_default())
    };
    assert_eq!(compared("i1"), ["80", "4.67"]);
    assert_eq!(compared("i2"), ["90.67", "0"]);
    assert_eq!(compared("o3"), ["50", "50"]);
    assert_eq!(compared("i3"), ["", ""]);
    // The surveys of 2566 asked something else under the same codes; o3 is about the same in both years.
    let other = sheet(&env.path("to-2566.xlsx"), "คะแนนรายข้อ");
    let found = texts(&other);
    assert!(found.iter().any(|(row, _, text)| *row == 1 && text.contains("ครั้งก่อนคือผลปี 2566")), "{found:?}");
    let row = |code: &str| found.iter().find(|(_, column, text)| *column == 0 && text == code).unwrap().0;
    let before = |code: &str| other.get_value((row(code), 9)).map(ToString::to_string).unwrap_or_default();
    assert_eq!(["i1", "i2", "o3"].map(before), ["", "", "50"]);
}

#[test]
fn settings_may_be_in_utf_16_as_powershell_writes_them() {
    let env = TestEnv::new();
    anonymous(&env);
    let framework = env.expect(0, ["framework", "show", "2567"]).stdout;
    let texts = [
        ("p.toml", "agency = \"มหาวิทยาลัยตัวอย่าง\"\r\n"),
        ("own.toml", "[phrases.keep]\r\nOIT = \"ควรรักษามาตรฐานไว้\"\r\n"),
        ("framework.toml", framework.as_str()),
    ];
    for to_bytes in [u16::to_le_bytes, u16::to_be_bytes] {
        for (name, text) in texts {
            let marked = format!("\u{FEFF}{text}");
            std::fs::write(env.path(name), marked.encode_utf16().flat_map(to_bytes).collect::<Vec<u8>>()).unwrap();
        }
        let document = env.inspect(&["scores.xlsx", "--profile", "p.toml"]);
        assert_eq!(document["agency"]["value"], "มหาวิทยาลัยตัวอย่าง");
        env.expect(0, ["advice", "check", "own.toml"]);
        env.expect(0, ["framework", "check", "framework.toml"]);
        env.expect(
            0,
            ["scores.xlsx", "-o", "out.xlsx", "--force", "--advice", "own.toml", "--framework", "framework.toml"],
        );
    }
    for (bytes, words) in [(&b"\xFF\xFE\x00\xD8"[..], "not valid UTF-16LE"), (b"agency = \"\xA1\"", "not valid UTF-8")]
    {
        std::fs::write(env.path("p.toml"), bytes).unwrap();
        let run = env.expect(2, ["scores.xlsx", "--profile", "p.toml"]);
        assert!(run.stderr.contains(words), "{}", run.stderr);
    }
}
