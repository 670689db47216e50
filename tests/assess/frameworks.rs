//! Years beside 2567: what is known is shown, nothing is invented.

use calamine::Reader;
use rust_xlsxwriter::Workbook;

use crate::support::{TestEnv, finding_codes, sheet, texts};

fn write(env: &TestEnv, title: Option<&str>, counts: [u32; 3]) {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write(0, 0, title.unwrap_or("คะแนนรายข้อ")).unwrap();
    let mut row = 1;
    for (letter, count) in ['i', 'e', 'o'].into_iter().zip(counts) {
        for n in 1..=count {
            sheet.write(row, 0, format!("{letter}{n}")).unwrap().write(row, 1, 70.25 + f64::from(n % 30)).unwrap();
            row += 1;
        }
    }
    sheet.write(row, 0, "คะแนนรวม").unwrap().write(row, 1, 88.5).unwrap();
    sheet.write(row + 1, 0, "ระดับ").unwrap().write(row + 1, 1, "ผ่านดี").unwrap();
    workbook.save(env.path("in.xlsx")).unwrap();
}

fn sheets(env: &TestEnv) -> Vec<String> {
    let workbook: calamine::Xlsx<_> = calamine::open_workbook(env.path("out.xlsx")).unwrap();
    workbook.sheet_names()
}

#[test]
fn without_a_year_the_codes_tell_it() {
    for (counts, year) in
        [([30, 15, 43], 2566), ([15, 9, 35], 2567), ([15, 9, 28], 2568), ([15, 9, 26], 2569), ([15, 9, 0], 2567)]
    {
        let env = TestEnv::new();
        write(&env, None, counts);
        let document = env.inspect(&["in.xlsx"]);
        assert_eq!(document["fiscal_year"], year, "{counts:?}");
        assert!(finding_codes(&document).contains(&"year-missing".to_owned()));
    }
}

#[test]
fn a_year_that_nothing_is_known_of_has_scores_and_no_analysis() {
    let (title, counts, finding) = ("ปีงบประมาณ 2565", [30, 15, 43], "year-without-framework");
    let env = TestEnv::new();
    write(&env, Some(title), counts);
    let document = env.inspect(&["in.xlsx"]);
    assert!(finding_codes(&document).contains(&finding.to_owned()), "{title}");
    assert_eq!(document["total"]["published"].as_f64(), Some(88.5));
    assert_eq!(document["level"]["published"], "ผ่านดี", "{title}");
    assert!(document["level"]["computed"].is_null() && document["total"]["computed"].is_null(), "{title}");
    let scored = document["questions"].as_array().unwrap().iter().filter(|own| !own["score"].is_null()).count();
    assert_eq!(scored, counts.iter().sum::<u32>() as usize, "{title}");
    env.expect(0, ["in.xlsx", "-o", "out.xlsx"]);
    assert_eq!(sheets(&env), ["สรุปผล", "ผลการตรวจสอบ", "คะแนนรายข้อ"]);
}

#[test]
fn a_year_whose_topics_are_not_confirmed_is_a_draft_until_somebody_says_so() {
    for (year, counts) in [(2568, [15, 9, 28]), (2569, [15, 9, 26])] {
        let env = TestEnv::new();
        write(&env, Some(&format!("ปีงบประมาณ {year}")), counts);
        let document = env.inspect(&["in.xlsx"]);
        assert!(finding_codes(&document).contains(&"topics-unconfirmed".to_owned()), "{year}");
        assert!(document["indicators"].as_array().unwrap().iter().all(|own| own["computed"].is_null()), "{year}");
        let run = env.expect(1, ["in.xlsx", "-o", "out.xlsx", "--publish"]);
        assert!(run.stderr.contains(&year.to_string()) && !env.path("out.xlsx").exists(), "{}", run.stderr);
        env.expect(0, ["in.xlsx", "-o", "out.xlsx"]);
        let marks = |env: &TestEnv| {
            let mut archive = zip::ZipArchive::new(std::fs::File::open(env.path("out.xlsx")).unwrap()).unwrap();
            let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
            let parts = names.iter().filter(|name| name.starts_with("xl/worksheets/sheet"));
            parts
                .filter(|name| std::io::read_to_string(archive.by_name(name).unwrap()).unwrap().contains("ร่าง –"))
                .count()
        };
        // dashboard, analysis, plan and follow-up
        assert_eq!(marks(&env), 4, "{year}");
        env.expect(0, ["in.xlsx", "-o", "out.xlsx", "--force", "--titles-checked"]);
        assert_eq!(marks(&env), 0, "{year}");
        std::fs::write(env.path("profile.toml"), format!("titles_checked = {year}\n")).unwrap();
        env.expect(0, ["in.xlsx", "-o", "out.xlsx", "--force", "--publish"]);
    }
}

#[test]
fn topics_of_2567_that_are_only_recalled_are_named_once_until_they_are_checked() {
    let env = TestEnv::new();
    let table = |titles: &[(&str, &str)]| {
        let title = |code: &str| titles.iter().find(|(of, _)| *of == code).map_or("", |(_, title)| title);
        let rows = crate::support::agencies::codes().map(|code| format!("{code} {},80", title(&code)));
        let head = ["ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567".to_owned(), "ข้อคำถาม,คะแนน".to_owned()];
        std::fs::write(env.path("in.csv"), head.into_iter().chain(rows).collect::<Vec<_>>().join("\n")).unwrap();
    };
    let recalled = || {
        let document = env.inspect(&["in.csv"]);
        let all = document["findings"].as_array().unwrap();
        let items = all.iter().filter(|own| own["code"] == "topics-recalled");
        items.map(|own| own["item"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    table(&[]);
    assert_eq!(recalled(), ["i3, i6, i9, i15, e3, e6-e9"]);
    // One that says so, one that says something else, and one that this program has written.
    table(&[
        ("i9", "การเรียกรับสินบนเพื่อแลกกับการเลื่อนตำแหน่ง มากน้อยเพียงใด"),
        ("e7", "ท่านทราบข่าวสารของหน่วยงาน มากน้อยเพียงใด"),
        ("e8", "การเปิดโอกาสให้มีส่วนร่วมในการปรับปรุงงาน"),
    ]);
    assert_eq!(recalled(), ["i3, i6, i15, e3, e6-e9"]);
    // A note: on the sheet of findings, and no reason to call a whole folder doubtful.
    let said = |args: &[&str]| {
        env.expect(0, [&["in.csv", "-o", "out.xlsx", "--force"], args].concat());
        let cells = texts(&sheet(&env.path("out.xlsx"), "ผลการตรวจสอบ"));
        cells
            .into_iter()
            .map(|(_, _, text)| text)
            .filter(|text| text.contains("ระบบ ITAS ก่อนเผยแพร่"))
            .collect::<Vec<_>>()
    };
    let notes = said(&[]);
    assert!(notes.len() == 1 && notes[0].contains("i15 ความเชื่อมั่น"), "{notes:?}");
    assert!(said(&["--titles-checked"]).is_empty());
    std::fs::write(env.path("profile.toml"), "titles_checked = 2567\n").unwrap();
    assert!(said(&[]).is_empty());
    // No draft: it can be published.
    std::fs::remove_file(env.path("profile.toml")).unwrap();
    env.expect(0, ["in.csv", "-o", "out.xlsx", "--force", "--publish"]);
}

#[test]
fn titles_of_the_file_confirm_what_they_show_and_our_own_titles_nothing() {
    use itasheet::framework::{Framework, Topics};
    // The questions as they are known from memory, beside the title that this program writes.
    let cases = [
        ("staff-service-procedure", "ปฏิบัติงานหรือให้บริการแก่บุคคลภายนอก เป็นไปตามขั้นตอนและระยะเวลาที่กำหนด มากน้อยเพียงใด"),
        ("truthful-claims", "เจ้าหน้าที่ในหน่วยงานของท่าน มีการเบิกจ่ายเงินที่เป็นเท็จ มากน้อยเพียงใด"),
        ("asset-oversight", "หน่วยงานของท่าน มีการตรวจสอบเพื่อป้องกันการนำทรัพย์สินของราชการไปใช้เพื่อประโยชน์ส่วนตัว บ่อยครั้งเพียงใด"),
        ("e-service-use", "ท่านเคยใช้งานระบบการให้บริการออนไลน์ (E-Service) ของหน่วยงาน หรือไม่"),
    ];
    let topics = Topics::built_in();
    for (key, title) in cases {
        assert!(topics.topic(key).unwrap().is_shown_by(title), "{key}: {title}");
        assert!(!topics.has_written(title), "{title}");
    }
    for question in Framework::built_in(2568).unwrap().questions.values().filter(|question| !question.title.is_empty())
    {
        let is_ours = question.topic.as_deref().is_some_and(|key| topics.topic(key).unwrap().title == question.title);
        assert!(!is_ours || topics.has_written(&question.title), "{}", question.title);
    }
}

#[test]
fn codes_of_another_year_are_named_as_such() {
    let env = TestEnv::new();
    write(&env, Some("ปีงบประมาณ 2567"), [15, 9, 43]);
    let document = env.inspect(&["in.xlsx"]);
    let findings = document["findings"].as_array().unwrap();
    let own = findings.iter().find(|own| own["code"] == "question-of-other-year").unwrap();
    assert_eq!((own["item"].as_str(), own["found"].as_str()), (Some("o36-o43"), Some("ITA 2566")));
}

#[test]
fn a_framework_of_ones_own() {
    let env = TestEnv::new();
    let shown = env.expect(0, ["framework", "show", "2567"]).stdout;
    // o15 in two issues, as one published report has it
    let once = r#"["i7", "i8", "i9", "o18", "o19", "o20", "o21"]"#;
    assert!(shown.contains(once));
    let own = shown.replace(once, r#"["i7", "i8", "i9", "o15", "o18", "o19", "o20", "o21"]"#);
    std::fs::write(env.path("own.toml"), &own).unwrap();
    env.expect(0, ["framework", "check", "own.toml"]);
    write(&env, Some("ปีงบประมาณ 2565"), [15, 9, 35]);
    let other = crate::support::reports::without_topics(&shown.replacen("year = 2567", "year = 2565", 1));
    std::fs::write(env.path("own.toml"), other).unwrap();
    let document = env.inspect(&["in.xlsx", "--framework", "own.toml"]);
    assert_eq!(document["fiscal_year"], 2565);
    assert!(finding_codes(&document).contains(&"advice-missing".to_owned()));
    assert!(!document["level"]["computed"].is_null() || document["indicators"].as_array().unwrap().len() == 10);
    std::fs::write(env.path("bad.toml"), "schema = 1").unwrap();
    env.expect(1, ["framework", "check", "bad.toml"]);
    let run = env.expect(2, ["in.xlsx", "--framework", "bad.toml"]);
    assert!(run.stderr.contains("bad.toml"), "{}", run.stderr);
    let list = env.expect(0, ["framework", "list"]).stdout;
    assert!(["2566", "2567", "2568"].iter().all(|year| list.contains(year)), "{list}");
}

#[test]
fn spoilt_texts_are_repaired_and_said() {
    let env = TestEnv::new();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write(0, 0, "<p>à·ÈºÒÅµÓºÅ</p>").unwrap();
    sheet.write(1, 0, "<b>เทศบาลต\u{FFFD}าบลทดลอง</b>&nbsp;ปีงบประมาณ 2567").unwrap();
    for (row, code) in (2u32..).zip(["<b>i1</b>", "i2&nbsp;: การดาเนินงาน", "i3", "e1", "e2"]) {
        sheet.write(row, 0, code).unwrap().write(row, 1, 81.5).unwrap();
    }
    workbook.save(env.path("in.xlsx")).unwrap();
    let document = env.inspect(&["in.xlsx"]);
    let found = finding_codes(&document);
    for code in ["text-html", "text-wrong-encoding", "text-respelled"] {
        assert!(found.contains(&code.to_owned()), "{code}: {found:?}");
    }
    assert_eq!(document["agency"]["value"], "เทศบาลตำบลทดลอง");
    let questions = document["questions"].as_array().unwrap();
    let of = |code: &str| questions.iter().find(|own| own["code"] == code).unwrap();
    assert_eq!(of("i1")["score"].as_f64(), Some(81.5));
    assert_eq!(of("i2")["title"], "การดำเนินงาน");
}

#[test]
fn a_blank_workbook_to_type_into_is_read() {
    let env = TestEnv::new();
    env.expect(0, ["template", "-o", "blank.xlsx"]);
    env.expect(2, ["template", "-o", "blank.xlsx"]);
    let run = env.expect(1, ["blank.xlsx"]);
    assert!(run.stderr.contains("no column with scores"), "{}", run.stderr);
    // Typed into: the cells of the blank workbook with scores in its third column.
    let mut blank: calamine::Xlsx<_> = calamine::open_workbook(env.path("blank.xlsx")).unwrap();
    let range = blank.worksheet_range_at(0).unwrap().unwrap();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, cells) in (0u32..).zip(range.rows()) {
        for (column, cell) in (0u16..).zip(cells) {
            sheet.write(row, column, cell.to_string()).unwrap();
        }
        match cells[0].to_string().as_str() {
            "หน่วยงาน" => sheet.write(row, 1, "เทศบาลตำบลทดลอง").unwrap(),
            "คะแนนรวม" => sheet.write(row, 2, 90.5).unwrap(),
            "ระดับ" => sheet.write(row, 2, "ผ่านดี").unwrap(),
            "อันดับ" => sheet.write(row, 2, 1519).unwrap(),
            label if label.starts_with(['i', 'e', 'o']) => sheet.write(row, 2, 88.25).unwrap(),
            label if label.parse::<u8>().is_ok() => sheet.write(row, 2, 91.0).unwrap(),
            _ => sheet,
        };
    }
    workbook.save(env.path("typed.xlsx")).unwrap();
    let document = env.inspect(&["typed.xlsx"]);
    let questions = document["questions"].as_array().unwrap();
    assert_eq!(questions.iter().filter(|own| own["score"].as_f64() == Some(88.25)).count(), 59);
    assert_eq!(
        document["indicators"].as_array().unwrap().iter().filter(|own| own["published"].as_f64() == Some(91.0)).count(),
        10
    );
    assert_eq!(document["agency"]["value"], "เทศบาลตำบลทดลอง");
    assert_eq!(
        (document["total"]["published"].as_f64(), document["level"]["published"].as_str()),
        (Some(90.5), Some("ผ่านดี"))
    );
    assert_eq!(document["rank"]["value"], 1519);
}

/// A list of these codes under a title that names a year.
fn of_codes(year: u16, published: u8) -> String {
    let codes = (1..=15).map(|n| format!("i{n}")).chain((1..=9).map(|n| format!("e{n}")));
    let rows: String =
        codes.chain((1..=published).map(|n| format!("o{n}"))).map(|code| format!("{code},90\n")).collect();
    format!("ผลการประเมิน ITA ปีงบประมาณ {year}\nเทศบาลตำบลตัวอย่าง\nรหัส,คะแนน\n{rows}")
}

#[test]
fn a_year_that_the_codes_exclude_is_refused_with_both_years_named() {
    let env = TestEnv::new();
    std::fs::write(env.path("title-2568.csv"), of_codes(2568, 35)).unwrap();
    std::fs::write(env.path("all-2568.csv"), of_codes(2568, 28)).unwrap();
    let refused = |args: &[&str], words: &[&str]| {
        let run = env.expect(1, args.iter().chain(&["--lang", "en"]));
        words.iter().for_each(|word| assert!(run.stderr.contains(word), "{word}: {}", run.stderr));
    };
    // The title says 2568, the codes are those of 2567.
    refused(&["inspect", "title-2568.csv"], &["2568 (Sheet1!A1)", "just those of 2567", "o29-o35"]);
    // A plausible plan under wrong titles came of this.
    refused(&["inspect", "all-2568.csv", "--year", "2567"], &["2567 (--year)", "just those of 2568", "o29-o35"]);
    // A year that the codes allow is settled by the user; any other by force.
    assert_eq!(env.inspect(&["title-2568.csv", "--year", "2567"])["year"]["value"], 2567);
    assert_eq!(env.inspect(&["title-2568.csv", "--force-year", "2568"])["year"]["value"], 2568);
    assert_eq!(env.inspect(&["all-2568.csv", "--force-year", "2567"])["year"]["value"], 2567);
    assert_eq!(env.inspect(&["all-2568.csv"])["year"]["value"], 2568);
    // A part of the codes may be of either year.
    std::fs::write(env.path("part.csv"), of_codes(2567, 20)).unwrap();
    assert_eq!(env.inspect(&["part.csv"])["year"]["value"], 2567);
}
