//! The parts of the document: all there, well-formed, the same each time, and readable by a program that is not ours.

use std::process::Command;

use itasheet::{Config, Digits};

use super::parsed::{named, parts, value};
use super::{level, reports, sample};
use crate::support::{TestEnv, project};

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

#[test]
fn equal_reports_give_equal_bytes() {
    let config = Config::default();
    for (name, report) in reports(&config) {
        assert!(report.document(&config).unwrap() == report.document(&config).unwrap(), "{name}");
    }
}

#[test]
fn every_part_is_well_formed_typed_and_related() {
    let config = Config::default();
    for (name, report) in reports(&config) {
        let parts = parts(&report.document(&config).unwrap());
        let xml = |part: &str| String::from_utf8(parts[part].clone()).unwrap();
        let types = xml("[Content_Types].xml");
        for part in parts.keys().filter(|part| part.ends_with(".xml") || part.ends_with(".rels")) {
            let text = xml(part);
            roxmltree::Document::parse(&text).unwrap_or_else(|e| panic!("{name}: {part}: {e}"));
            let plain = part.ends_with(".rels") || part.starts_with('[');
            assert!(plain || types.contains(&format!("\"/{part}\"")), "{name}: {part} has no type");
        }
        for source in parts.keys().filter(|part| part.ends_with(".rels")) {
            let text = xml(source);
            let tree = roxmltree::Document::parse(&text).unwrap();
            for relation in tree.root_element().children().filter(|node| node.is_element()) {
                let target = relation.attribute("Target").unwrap();
                let found = parts.keys().any(|part| part.ends_with(target.trim_start_matches("../")));
                assert!(found, "{name}: {source} names {target}");
            }
        }
    }
}

#[test]
fn heads_are_repeated_rows_are_whole_and_headings_are_real() {
    let config = Config::default();
    let parts = parts(&sample("khok-muang-2567.xlsx", &config).document(&config).unwrap());
    let document = String::from_utf8(parts["word/document.xml"].clone()).unwrap();
    let tree = roxmltree::Document::parse(&document).unwrap();
    let tables: Vec<_> = tree.descendants().filter(|node| node.has_tag_name((WORD, "tbl"))).collect();
    assert_eq!(tables.len(), 9);
    for table in tables {
        let rows: Vec<_> = named(table, "tr").collect();
        let has = |row: roxmltree::Node<'_, '_>, name| row.descendants().any(|node| node.has_tag_name((WORD, name)));
        assert!(has(rows[0], "tblHeader") && rows[1..].iter().all(|row| !has(*row, "tblHeader")));
        // Short or not, the lines to sign on stay together.
        let (signed, rows): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| {
            row.descendants()
                .filter(|node| node.has_tag_name((WORD, "pStyle")))
                .all(|style| value(style) == "Signature")
        });
        assert!(signed.into_iter().all(|row| has(row, "cantSplit")));
        for (index, row) in rows.into_iter().enumerate() {
            let texts = row.descendants().filter(|node| node.has_tag_name((WORD, "t")));
            let letters: usize = texts.filter_map(|node| node.text()).map(|text| text.chars().count()).sum();
            // Numbers and spaces between texts are not counted.
            let most = if index < 2 { 300 } else { 150 };
            let expected = [letters <= most, letters <= most + 10];
            assert!(expected.contains(&has(row, "cantSplit")), "{letters} letters");
        }
    }
    let styles = tree.descendants().filter(|node| node.has_tag_name((WORD, "pStyle"))).map(value);
    let headings: Vec<&str> = styles.filter(|style| style.starts_with("Heading")).collect();
    assert_eq!(headings.iter().filter(|style| **style == "Heading1").count(), 3);
    assert_eq!(headings.iter().filter(|style| **style == "Heading2").count(), 7);
    let styles = String::from_utf8(parts["word/styles.xml"].clone()).unwrap();
    for needed in ["w:cs=\"TH SarabunPSK\"", "w:bidi=\"th-TH\"", "<w:sz w:val=\"32\"/><w:szCs w:val=\"32\"/>"] {
        assert!(styles.contains(needed), "{needed}");
    }
}

#[test]
fn every_page_but_the_cover_has_a_number_in_the_digits_of_titles() {
    for (digits, kind) in [(Digits::Report, "thaiNumbers"), (Digits::Arabic, "decimal")] {
        let mut config = Config::default();
        config.digits = Some(digits);
        let parts = parts(&sample("khok-muang-2567.xlsx", &config).document(&config).unwrap());
        let document = String::from_utf8(parts["word/document.xml"].clone()).unwrap();
        let tree = roxmltree::Document::parse(&document).unwrap();
        let sections: Vec<_> = tree.descendants().filter(|node| node.has_tag_name((WORD, "sectPr"))).collect();
        let footers: Vec<usize> = sections.iter().map(|section| named(*section, "footerReference").count()).collect();
        assert_eq!(footers, [0, 1, 1]);
        for section in &sections {
            let numbers = named(*section, "pgNumType").next().unwrap();
            assert_eq!(numbers.attribute((WORD, "fmt")), Some(kind));
        }
        for footer in ["word/footer1.xml", "word/footer2.xml"] {
            assert!(String::from_utf8_lossy(&parts[footer]).contains("w:instr=\"PAGE\""));
        }
    }
}

#[test]
fn a_font_that_draws_thai_digits_gets_arabic_ones() {
    let mut config = Config::default();
    config.digits = Some(Digits::Thai);
    config.profile.font = Some("TH SarabunIT๙".to_owned());
    let parts = parts(&level(2567, "เทศบาลตำบลตัวอย่าง", "90", &config).document(&config).unwrap());
    let document = String::from_utf8_lossy(&parts["word/document.xml"]).into_owned();
    assert!(document.contains("90.00") && !document.contains("๙๐.๐๐"));
}

#[test]
fn a_picture_of_the_agency_stands_on_the_cover_with_words_for_it() {
    let mut config = Config::default();
    config.profile.logo = Some(project().join("samples/khok-muang-2567.png"));
    let parts = parts(&sample("clean-2567.xlsx", &config).document(&config).unwrap());
    assert!(parts["word/media/image1.png"].starts_with(b"\x89PNG"));
    assert!(String::from_utf8_lossy(&parts["word/document.xml"]).contains("descr=\"ตราหน่วยงาน\""));
    config.profile.logo = Some(project().join("README.md"));
    let error = sample("clean-2567.xlsx", &Config::default()).document(&config).unwrap_err();
    assert_eq!(error.code(), "document");
}

#[test]
fn python_unpacks_and_parses_every_part() {
    let python = std::env::var("ITASHEET_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    if !Command::new(&python).arg("--version").output().is_ok_and(|run| run.status.success()) {
        println!("skipped: needs Python");
        return;
    }
    let env = TestEnv::new();
    env.sample("khok-muang-2567.xlsx");
    env.expect(0, ["khok-muang-2567.xlsx", "-o", "out.docx"]);
    let run = Command::new(python).arg(project().join("tests/document/unpack.py")).arg(env.path("out.docx")).output();
    let run = run.unwrap();
    let (out, err) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(run.status.success(), "{out}\n{err}");
}
