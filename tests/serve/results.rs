//! What the page shows and gives: the same as `convert`, in words that no file can turn into markup.

use rust_xlsxwriter::Workbook;

use super::page::{Page, sample};
use crate::support::agencies::{codes, write_wide};
use crate::support::binary::retype;
use crate::support::{TestEnv, sheet, texts};

/// A workbook with these lines above the table, its sheet and its header called so.
fn workbook(lines: &[&str], sheet_name: &str, title: &str) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(sheet_name).unwrap();
    for (row, line) in (0u32..).zip(lines) {
        sheet.write(row, 0, *line).unwrap();
    }
    let head = ["ข้อ", "ประเด็นการประเมิน", "คะแนน"];
    for (column, text) in (0u16..).zip(head) {
        sheet.write(4, column, text).unwrap();
    }
    for (row, code) in (5u32..).zip(codes()) {
        sheet.write(row, 0, code).unwrap().write(row, 1, title).unwrap().write(row, 2, 91.5).unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

#[test]
fn a_page_shows_what_inspect_says_in_both_languages() {
    let page = Page::open(&[]);
    let number = page.read("khok-muang-2567.xlsx", &sample("khok-muang-2567.xlsx"));
    let thai = page.get(&format!("/files/{number}")).text();
    let words = ["เทศบาลตำบลโคกม่วง", ">92.13<", ">2567<", "คะแนน EIT 82.14 ต่ำกว่า 85.00", "▼", "82.00", "ผลคะแนน!B7"];
    for word in words {
        assert!(thai.contains(word), "{word}");
    }
    let env = TestEnv::new();
    env.sample("khok-muang-2567.xlsx");
    let known = env.inspect(&["khok-muang-2567.xlsx"]);
    let english = page.get(&format!("/files/{number}?lang=en")).text();
    assert!(thai.contains("<html lang=\"th\">") && english.contains("<html lang=\"en\">"));
    assert_eq!(known["issues"].as_array().unwrap().len(), 7);
    for issue in known["issues"].as_array().unwrap() {
        assert!(english.contains(issue["title"].as_str().unwrap()), "{issue}");
    }
    let escaped =
        |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    for finding in known["findings"].as_array().unwrap() {
        for (page, language) in [(&thai, "th"), (&english, "en")] {
            assert!(page.contains(&escaped(finding["message"][language].as_str().unwrap())), "{finding}");
        }
    }
    assert_eq!(thai.matches("<svg").count(), 10);
}

#[test]
fn what_is_fetched_is_what_convert_writes() {
    let page = Page::open(&[]);
    let name = "khok-muang-2567.xlsx";
    let number = page.read(&format!("โฟลเดอร์/{name}"), &sample(name));
    let env = TestEnv::new();
    env.sample(name);
    env.expect(0, ["convert", name, "--word"]);
    let bytes = |name: &str| std::fs::read(env.path(name)).unwrap();
    let workbook = page.get(&format!("/files/{number}/0/workbook"));
    assert_eq!(workbook.header("content-disposition"), "attachment; filename=\"khok-muang-2567-itasheet.xlsx\"");
    assert!(workbook.body == bytes("khok-muang-2567-itasheet.xlsx"));
    assert!(page.get(&format!("/files/{number}/0/document")).body == bytes("khok-muang-2567-itasheet.docx"));
    let rows = env.expect(0, ["export", name]).stdout;
    let fetched = page.get("/rows.csv").text().replace("โฟลเดอร์/", "");
    assert_eq!(fetched, rows);
}

#[test]
fn all_agencies_come_together() {
    let page = Page::open(&[]);
    page.read("a.xlsx", &sample("khok-muang-2567.xlsx"));
    page.read("b/a.xlsx", &sample("clean-2567.xlsx"));
    page.read("broken.xlsx", b"nothing");
    let env = TestEnv::new();
    std::fs::write(env.path("all.zip"), page.get("/all.zip").body).unwrap();
    let mut archive = zip::ZipArchive::new(std::fs::File::open(env.path("all.zip")).unwrap()).unwrap();
    let mut names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    names.sort();
    let expected = ["a-itasheet (2).docx", "a-itasheet (2).xlsx", "a-itasheet.docx", "a-itasheet.xlsx", "ภาพรวม.xlsx"];
    assert_eq!(names, expected);
    assert!(archive.by_name("a-itasheet.xlsx").unwrap().size() > 10_000);
    std::fs::write(env.path("o.xlsx"), page.get("/overview.xlsx").body).unwrap();
    let ranked = texts(&sheet(&env.path("o.xlsx"), "ตารางอันดับ"));
    for agency in ["เทศบาลตำบลโคกม่วง", "องค์การบริหารส่วนตำบลตัวอย่าง"]
    {
        assert!(ranked.iter().any(|(_, _, text)| text == agency), "{agency}");
    }
    let checked = texts(&sheet(&env.path("o.xlsx"), "รายการที่ควรตรวจสอบ"));
    assert!(checked.iter().any(|(_, _, text)| text.contains("broken.xlsx")), "{checked:?}");
    let rows = page.get("/rows.csv").text();
    assert_eq!(rows.matches("agency,district").count(), 1);
    assert!(rows.contains(",a.xlsx,") && rows.contains(",b/a.xlsx,"));
}

#[test]
fn no_text_of_a_file_becomes_markup() {
    let page = Page::open(&[]);
    let evil = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&";
    let agency = format!("เทศบาลตำบล{evil}");
    let bytes = workbook(&["ITA ปีงบประมาณ พ.ศ. 2567", &agency], "<b>&\"แผ่น\"", evil);
    let number = page.read(&format!("{evil}.xlsx"), &bytes);
    let broken = page.read(&format!("<i>{evil}.xlsx"), b"nothing");
    let choice = [("agency", "<u>\"'>x"), ("sheet", "<s>none")];
    let refused = page.send(&[("<q>.xlsx", &bytes)], &choice).header("location").to_owned();
    let wrong = page.send(&[("a.xlsx", &bytes)], &[("year", "<script>1")]);
    assert_eq!(wrong.status, 422);
    let mut all = wrong.text();
    for path in ["/".to_owned(), format!("/files/{number}"), format!("/files/{broken}"), refused] {
        for lang in ["th", "en"] {
            let answer = page.get(&format!("{path}?lang={lang}"));
            assert_eq!(answer.status, 200, "{path}");
            all += &answer.text();
        }
    }
    assert!(
        all.contains("&lt;script&gt;alert(1)") && all.contains("&lt;b&gt;&amp;") && all.contains("&lt;u&gt;"),
        "not shown"
    );
    for tag in ["<script>", "<img", "<b>", "<i>", "<u>", "<s>", "<q>", "onerror=alert(2)>\""] {
        assert!(!all.contains(tag), "{tag}");
    }
}

#[test]
fn choices_on_the_page_are_the_flags_of_convert() {
    let page = Page::open(&[]);
    // Neither a year nor a name stands in the file.
    let bytes = workbook(&["ผลการประเมิน"], "S", "");
    let number = page.read("s.xlsx", &bytes);
    let text = page.get(&format!("/files/{number}")).text();
    assert!(text.contains("data-code=\"year-missing\"") && text.contains("data-code=\"agency-missing\""), "{text}");
    assert!(text.contains("<details class=\"settle\" open>"), "the choices are not shown");
    let choices = [
        ("year", "๒๕๖๗"),
        ("agency", "เทศบาลตำบลที่กรอกเอง"),
        ("province", "สงขลา"),
        ("threshold", "95"),
        ("indicator-6", "80.25"),
        ("measures", "few"),
        ("titles-checked", "on"),
    ];
    let settled = page.post_form(&format!("/files/{number}/settle"), &[], &choices);
    assert_eq!(settled.header("location"), format!("/files/{number}"), "{}", settled.text());
    let text = page.get(&format!("/files/{number}")).text();
    for word in ["เทศบาลตำบลที่กรอกเอง", "80.25", "95.00", "value=\"๒๕๖๗\"", "value=\"เทศบาลตำบลที่กรอกเอง\""]
    {
        assert!(text.contains(word), "{word}");
    }
    for code in ["year-missing", "agency-missing", "topics-recalled"] {
        assert!(!text.contains(&format!("data-code=\"{code}\"")), "{code}");
    }
    let env = TestEnv::new();
    std::fs::write(env.path("s.xlsx"), &bytes).unwrap();
    env.expect(
        0,
        [
            "convert",
            "s.xlsx",
            "--year",
            "2567",
            "--agency",
            "เทศบาลตำบลที่กรอกเอง",
            "--province",
            "สงขลา",
            "--threshold",
            "95",
            "--indicator",
            "6=80.25",
            "--measures",
            "few",
            "--titles-checked",
        ],
    );
    let written = std::fs::read(env.path("s-itasheet.xlsx")).unwrap();
    assert!(page.get(&format!("/files/{number}/0/workbook")).body == written, "another workbook than convert's");
}

#[test]
fn a_file_of_several_agencies_has_them_all_up_to_a_bound() {
    let page = Page::open(&[]);
    let env = TestEnv::new();
    write_wide(&env.path("w.xlsx"), 120);
    let answer = page.send(&[("w.xlsx", &std::fs::read(env.path("w.xlsx")).unwrap())], &[]);
    let path = answer.header("location").to_owned();
    // It has no page of one agency.
    assert_eq!(page.get(&path).header("location"), "/");
    let list = page.get("/").text();
    assert_eq!(list.matches("<article").count(), 120);
    let last = page.get(&format!("{path}/119"));
    assert_eq!(last.status, 200);
    assert_eq!(page.get(&format!("{path}/120")).status, 404);
}

#[test]
fn an_edited_workbook_comes_back_with_its_edits() {
    let env = TestEnv::new();
    env.sample("khok-muang-2567.xlsx");
    env.expect(0, ["khok-muang-2567.xlsx"]);
    let name = "khok-muang-2567-itasheet.xlsx";
    let title = "เพิ่มประสิทธิภาพการปฏิบัติงานและการให้บริการให้เป็นไปตามขั้นตอน";
    retype(&env.path(name), title, "มาตรการที่เจ้าหน้าที่พิมพ์เอง");
    let page = Page::open(&[]);
    let number = page.read(name, &std::fs::read(env.path(name)).unwrap());
    let shown = page.get(&format!("/files/{number}")).text();
    assert!(shown.contains("มาตรการที่เจ้าหน้าที่พิมพ์เอง"), "{shown}");
    let fetched = page.get(&format!("/files/{number}/0/workbook"));
    assert_eq!(fetched.header("content-disposition"), format!("attachment; filename=\"{name}\""));
    std::fs::write(env.path("again.xlsx"), &fetched.body).unwrap();
    let plan = texts(&sheet(&env.path("again.xlsx"), "แผนปฏิบัติการ"));
    assert!(plan.iter().any(|(_, _, text)| text.contains("มาตรการที่เจ้าหน้าที่พิมพ์เอง")));
}

#[test]
fn what_was_found_about_edits_named_the_temporary_file() {
    let env = TestEnv::new();
    env.sample("khok-muang-2567.xlsx");
    env.expect(0, ["khok-muang-2567.xlsx"]);
    let name = "khok-muang-2567-itasheet.xlsx";
    // The record is of no version that is known.
    retype(&env.path(name), "itasheet 1<", "itasheet of another time");
    let page = Page::open(&[]);
    let number = page.read(&format!("อำเภอ/{name}"), &std::fs::read(env.path(name)).unwrap());
    let shown = page.get(&format!("/files/{number}?lang=en")).text();
    let found = shown.split("<li").find(|part| part.contains("edits-without-record")).unwrap();
    assert!(found.contains(name), "{found}");
    assert!(!shown.contains("sent-"), "{shown}");
}
