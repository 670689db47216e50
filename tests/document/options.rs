//! What a document has where it is asked for: table of contents, appendix, covering memo.

use itasheet::domain::document_part::DocumentPart;
use itasheet::{Config, Digits};

use super::parsed::{Parsed, named, parts, text, value};
use super::{level, reports, sample};
use crate::support::TestEnv;

const SAMPLE: &str = "khok-muang-2567.xlsx";

fn with(parts: &[DocumentPart]) -> Config {
    let mut config = Config::default();
    (config.digits, config.document_parts) = (Some(Digits::Arabic), Some(parts.to_vec()));
    config
}

#[test]
fn the_contents_lead_to_every_heading_in_order() {
    let config = with(&[DocumentPart::Contents, DocumentPart::Appendix]);
    for (name, report) in reports(&config) {
        let bytes = report.document(&config).unwrap();
        let parsed = Parsed::of(&bytes);
        let is = |kinds: [&str; 2], style: &str| kinds.contains(&style);
        let of = |kinds: [&str; 2]| -> Vec<String> {
            let found = parsed.paragraphs.iter().filter(|paragraph| is(kinds, &paragraph.style));
            found.map(|paragraph| paragraph.text.clone()).collect()
        };
        let headings: Vec<String> = of(["Heading1", "Heading2"]).iter().map(|text| format!("{text}\t-")).collect();
        assert!(headings.len() == 11, "{name}: {headings:?}");
        assert_eq!(of(["TOC1", "TOC2"]), headings, "{name}");
        let parts = parts(&bytes);
        assert!(String::from_utf8_lossy(&parts["word/settings.xml"]).contains("updateFields"));
        let document = String::from_utf8(parts["word/document.xml"].clone()).unwrap();
        let tree = roxmltree::Document::parse(&document).unwrap();
        let all = |tag: &'static str, attribute: &'static str| -> Vec<String> {
            let nodes = tree.descendants().filter(|node| node.tag_name().name() == tag);
            let read = |node: roxmltree::Node<'_, '_>| {
                node.attributes().find(|a| a.name() == attribute).map(|a| a.value().to_owned())
            };
            nodes.filter_map(read).collect()
        };
        assert_eq!(all("hyperlink", "anchor"), all("bookmarkStart", "name"), "{name}");
        assert_eq!(all("bookmarkStart", "id"), all("bookmarkEnd", "id"), "{name}");
    }
}

#[test]
fn the_appendix_has_every_question_with_its_score_and_status() {
    let config = with(&[DocumentPart::Appendix]);
    for (name, report) in reports(&config) {
        let parsed = Parsed::of(&report.document(&config).unwrap());
        let table = parsed.tables.last().unwrap();
        let rows: Vec<Vec<String>> = table[1..]
            .iter()
            .filter(|row| row.len() == 4)
            .map(|row| row.iter().map(|cell| text(cell)).collect())
            .collect();
        assert_eq!(rows.len(), report.assessment.questions.len(), "{name}");
        for row in rows {
            let code = row[0].parse().unwrap();
            let score = report.assessment.score(code).map(|score| format!("{score:.2}")).unwrap_or_default();
            assert_eq!(row[2], score, "{name}: {}", row[0]);
            assert_eq!(row[3], report.assessment.status(code).thai(), "{name}: {}", row[0]);
            assert!(!row[1].is_empty(), "{name}: {}", row[0]);
        }
    }
}

#[test]
fn the_memo_stands_in_front_and_tells_only_what_is_known() {
    let config = with(&[DocumentPart::Memo]);
    let parsed = Parsed::of(&sample(SAMPLE, &config).document(&config).unwrap());
    assert_eq!(parsed.paragraphs[0].text, "บันทึกข้อความ");
    assert!(parsed.styled("MemoLine")[0].contains("เทศบาลตำบลโคกม่วง"));
    let texts = parsed.styled("MemoText");
    assert!(texts[0].contains("92.13 คะแนน ระดับผลการประเมิน ผ่าน นั้น"), "{}", texts[0]);
    assert!(texts[1].contains("7 ประเด็น") && texts[1].contains("พ.ศ. 2568"), "{}", texts[1]);
    assert!(texts[2].contains("เว็บไซต์ของหน่วยงานตามข้อ o27 ของการประเมิน ITA ปีงบประมาณ พ.ศ. 2568 พร้อมทั้ง"), "{}", texts[2]);
    // Under which item a result of 2566 was published is from memory only, and of 2569 nothing is known.
    for year in [2566, 2569] {
        let parsed = Parsed::of(&level(year, "เทศบาลตำบลตัวอย่าง", "90", &config).document(&config).unwrap());
        assert!(parsed.styled("MemoText")[2].contains("เว็บไซต์ของหน่วยงาน พร้อมทั้ง"), "{year}");
    }
    // Where there is no total and no plan, nothing is said of them.
    let parsed = Parsed::of(&level(2565, "เทศบาลตำบลตัวอย่าง", "90", &config).document(&config).unwrap());
    let texts = parsed.styled("MemoText");
    assert!(texts.len() == 2 && !texts[0].contains("คะแนนรวม"), "{texts:?}");
}

#[test]
fn only_the_report_itself_has_numbers_on_its_pages() {
    let config = with(&[DocumentPart::Memo, DocumentPart::Contents, DocumentPart::Appendix]);
    let parts = parts(&sample(SAMPLE, &config).document(&config).unwrap());
    let document = String::from_utf8(parts["word/document.xml"].clone()).unwrap();
    let tree = roxmltree::Document::parse(&document).unwrap();
    let sections: Vec<_> = tree.descendants().filter(|node| node.tag_name().name() == "sectPr").collect();
    let footers: Vec<usize> = sections.iter().map(|section| named(*section, "footerReference").count()).collect();
    assert_eq!(footers, [0, 0, 0, 1, 1, 1]);
    let starts =
        |node: &&roxmltree::Node<'_, '_>| named(**node, "pgNumType").any(|numbers| numbers.attributes().count() > 1);
    assert_eq!(sections.iter().filter(starts).count(), 1);
    let styles = String::from_utf8(parts["word/styles.xml"].clone()).unwrap();
    let tree_of_styles = roxmltree::Document::parse(&styles).unwrap();
    let known: Vec<&str> = tree_of_styles
        .descendants()
        .filter_map(|node| node.attributes().find(|a| a.name() == "styleId").map(|a| a.value()))
        .collect();
    for node in tree.descendants().filter(|node| ["pStyle", "rStyle"].contains(&node.tag_name().name())) {
        assert!(known.contains(&value(node)), "{}", value(node));
    }
}

#[test]
fn parts_come_from_the_flag_or_the_profile_in_every_command() {
    let env = TestEnv::new();
    env.sample(SAMPLE);
    let parts = "contents,appendix,memo";
    env.expect(0, [SAMPLE, "-o", "flag.docx", "--with", parts]);
    env.expect(0, [SAMPLE, "-o", "plain.docx"]);
    env.expect(0, [SAMPLE, "-o", "beside.xlsx", "--with", parts]);
    std::fs::write(env.path("own.toml"), "document_parts = [\"contents\", \"appendix\", \"memo\"]\n").unwrap();
    env.expect(0, [SAMPLE, "-o", "profile.docx", "--profile", "own.toml"]);
    std::fs::create_dir(env.path("in")).unwrap();
    std::fs::copy(env.path(SAMPLE), env.path("in").join(SAMPLE)).unwrap();
    env.expect(0, ["batch", "in", "-o", "out", "--with", parts]);
    let read = |name: &str| std::fs::read(env.path(name)).unwrap();
    for same in ["beside.docx", "profile.docx", "out/เทศบาลตำบลโคกม่วง-2567.docx"] {
        assert!(read("flag.docx") == read(same), "{same}");
    }
    assert!(read("flag.docx") != read("plain.docx"));
    // The flag wins over the profile, and other parts make the document anew.
    env.expect(0, [SAMPLE, "-o", "less.docx", "--profile", "own.toml", "--with", "memo"]);
    assert!(read("less.docx") != read("flag.docx"));
    env.expect(0, ["batch", "in", "-o", "out", "--with", "memo"]);
    assert!(read("less.docx") == read("out/เทศบาลตำบลโคกม่วง-2567.docx"));
    env.expect(2, [SAMPLE, "-o", "wrong.docx", "--with", "pictures"]);
}
