//! Parts and records that stand, or are, otherwise than the parser expects: other programs read them without a word.

use std::io::{Cursor, Read};

use crate::read::cells::shown;
use crate::support::biff::{biff8, cell_format, number, number_format, record, words};
use crate::support::binary::{ole, zip};
use crate::support::hostile::{last_corner, xlsx};

/// A zip with one part replaced, or taken out where there are no bytes for it.
pub fn replaced(bytes: &[u8], name: &str, part: &[u8]) -> Vec<u8> {
    renamed(bytes, |own, old| if own == name { (own.to_owned(), part.to_vec()) } else { (own.to_owned(), old) })
}

/// A zip with its parts changed.
pub fn renamed(bytes: &[u8], change: impl Fn(&str, Vec<u8>) -> (String, Vec<u8>)) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut part = Vec::new();
        let name = entry.name().unwrap().into_owned();
        entry.read_to_end(&mut part).unwrap();
        parts.push(change(&name, part));
    }
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, part)| (name.as_str(), part.as_slice())).collect();
    zip(&parts)
}

const SHEET: &str = "<worksheet><dimension ref=\"A1:C1\"/><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>\
                     <c r=\"B1\" s=\"1\"><v>0.5</v></c><c r=\"C1\" t=\"s\"><v>1</v></c></row></sheetData></worksheet>";
const STRINGS: &str = "<sst count=\"2\" uniqueCount=\"2\"><si><t>i1</t></si><si><t>ก</t></si></sst>";
const STYLES: &str = "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"9\"/></cellXfs></styleSheet>";
const READ: &str = r#"S: A1="i1" B1="50%" C1="ก""#;

fn relation(id: &str, kind: &str, target: &str) -> String {
    format!(
        "<Relationship Id=\"{id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" \
         Target=\"{target}\"/>"
    )
}

/// A workbook with one sheet, shared strings and styles.
fn whole(sheet: &str) -> Vec<u8> {
    xlsx(sheet, &[("xl/sharedStrings.xml", STRINGS.as_bytes()), ("xl/styles.xml", STYLES.as_bytes())])
}

fn with_relations(bytes: &[u8], relations: &[String]) -> Vec<u8> {
    let list = format!("<Relationships>{}</Relationships>", relations.concat());
    replaced(bytes, "xl/_rels/workbook.xml.rels", list.as_bytes())
}

fn with_tabs(bytes: &[u8], tabs: &str) -> Vec<u8> {
    replaced(bytes, "xl/workbook.xml", format!("<workbook><sheets>{tabs}</sheets></workbook>").as_bytes())
}

#[test]
fn cells_that_made_the_parser_give_up_or_read_another_text() {
    assert_eq!(shown(&whole(SHEET)), [READ]);
    for (from, to) in [
        ("A1:C1", "1:4"),
        ("A1:C1", "A"),
        ("A1:C1", ""),
        ("<v>0</v>", "<v> 0\n</v>"),
        ("<v>0</v>", "<v>0</v><extLst><ext><v>9</v></ext></extLst>"),
        ("<row r=\"1\">", "<row r=\"one\">"),
        ("</row>", "<c r=\"D1\" t=\"s\"><v>-1</v></c></row>"),
        ("</row>", "<c r=\"D1\" t=\"s\"><v>7</v></c></row>"),
        ("</row>", "<c r=\"D1\" t=\"s\"><v>none</v></c></row>"),
    ] {
        assert!(SHEET.contains(from), "{from}");
        assert_eq!(shown(&whole(&SHEET.replace(from, to))), [READ], "{to}");
    }
    for (cell, read) in [
        ("<c r=\"D1\" t=\"e\"><v>#SPILL!</v></c>", "#SPILL!"),
        ("<c r=\"D1\" t=\"e\"><v>ERROR</v></c>", "ERROR"),
        ("<c r=\"D1\" t=\"e\"><v>#N/A</v></c><c r=\"E1\" t=\"n\"><v>1,5</v></c>", "#N/A\" E1=\"1,5"),
        ("<c r=\"D1\" t=\"text\"><v>a&amp;b</v></c>", "a&b"),
        ("<c r=\"D1\"><f>1+1</f></c><c r=\"E1\" t=\"e\"><v>#CALC!</v></c>", "formula\" E1=\"#CALC!"),
    ] {
        let sheet = SHEET.replace("</row>", &format!("{cell}</row>"));
        assert_eq!(shown(&whole(&sheet)), [format!("{READ} D1=\"{read}\"")], "{cell}");
    }
}

#[test]
fn parts_under_other_names() {
    let usual = [relation("r1", "worksheet", "worksheets/sheet1.xml")];
    for (name, other, kind) in
        [("xl/sharedStrings.xml", "xl/texts.xml", "sharedStrings"), ("xl/styles.xml", "xl/theme/look.xml", "styles")]
    {
        let moved = renamed(&whole(SHEET), |own, part| (if own == name { other } else { own }.to_owned(), part));
        let target = other.strip_prefix("xl/").unwrap();
        for target in [target.to_owned(), format!("/{other}"), format!("./{target}"), target.replace('/', "\\")] {
            let relations: Vec<String> = usual.iter().cloned().chain([relation("r2", kind, &target)]).collect();
            assert_eq!(shown(&with_relations(&moved, &relations)), [READ], "{target}");
        }
    }
    let backslashes = renamed(&whole(SHEET), |own, part| (own.replace('/', "\\"), part));
    assert_eq!(shown(&backslashes), [READ]);
    let spaced = renamed(&whole(SHEET), |own, part| (own.replace("sheet1", "sheet 1"), part));
    let spaced = with_relations(&spaced, &[relation("r1", "worksheet", "../xl/worksheets/sheet%201.xml")]);
    assert_eq!(shown(&spaced), [READ]);
}

#[test]
fn tabs_that_are_no_worksheets_beside_good_ones() {
    let good = "<sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/>";
    let relations = [
        relation("r1", "worksheet", "worksheets/sheet1.xml"),
        relation("r2", "xlMacrosheet", "macrosheets/sheet1.xml"),
        relation("r3", "worksheet", "worksheets/sheet9.xml"),
    ];
    let book = with_relations(&whole(SHEET), &relations);
    for odd in [
        "<sheet name=\"M\" sheetId=\"2\" r:id=\"\"/>",
        "<sheet name=\"M\" sheetId=\"2\" r:id=\"r2\"/>",
        "<sheet name=\"M\" sheetId=\"2\" r:id=\"r3\"/>",
        "<sheet name=\"M\" sheetId=\"2\" r:id=\"r8\"/>",
    ] {
        assert_eq!(shown(&with_tabs(&book, &format!("{odd}{good}"))), [READ], "{odd}");
    }
    let shows = good.replace("r:id", "state=\"show\" r:id");
    assert_eq!(shown(&with_tabs(&book, &shows)), [READ]);
    let hides = good.replace("r:id", "state=\"veryHidden\" r:id");
    assert_eq!(shown(&with_tabs(&book, &hides)), [READ.replace("S:", "S (hidden):")]);
}

#[test]
fn parts_in_utf_16() {
    for big in [false, true] {
        let wide = |text: &str| -> Vec<u8> {
            let text = format!("\u{FEFF}<?xml version=\"1.0\" encoding=\"UTF-16\"?>{text}");
            crate::support::formats::utf16(&text, big)
        };
        for (name, part) in
            [("xl/worksheets/sheet1.xml", SHEET), ("xl/sharedStrings.xml", STRINGS), ("xl/styles.xml", STYLES)]
        {
            assert_eq!(shown(&replaced(&whole(SHEET), name, &wide(part))), [READ], "{name}");
        }
    }
}

#[test]
fn a_count_of_texts_that_is_not_true_is_of_no_matter() {
    for count in ["1000000000000", "0", "x", "-1"] {
        let strings = STRINGS.replace("uniqueCount=\"2\"", &format!("uniqueCount=\"{count}\""));
        let book = replaced(&whole(SHEET), "xl/sharedStrings.xml", strings.as_bytes());
        assert_eq!(shown(&book), [READ], "{count}");
    }
}

#[test]
fn a_sheet_that_was_cut_off_is_no_shorter_sheet() {
    let cut = SHEET.split("<c r=\"C1\"").next().unwrap();
    let error = itasheet::read::read_bytes(&whole(cut), &itasheet::read::Options::default());
    assert!(matches!(error, Err(itasheet::Cause::Damaged(_))), "{error:?}");
}

fn xls(stream: &[u8]) -> Vec<u8> {
    ole("Workbook", stream).0
}

#[test]
fn a_number_format_that_redefines_a_date_is_one_of_numbers() {
    let cells = [number(0, 0, 0, 50.13), number(0, 1, 1, 50.13), number(0, 2, 2, 45_000.0)];
    let globals = [number_format(50, "000.00"), number_format(60, "d/m/yyyy")];
    let formats = [cell_format(50), cell_format(0), cell_format(60)];
    let stream = biff8(&[globals.concat(), formats.concat()], &cells);
    assert_eq!(shown(&xls(&stream)), [r#"S: A1="50.13" B1="50.13" C1="date""#]);
}

#[test]
fn texts_of_excel_97_are_unicode_whatever_code_page_is_named() {
    let text: Vec<u8> = "ก1".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let label = record(0x204, &words(&[0, 0, 0, 2], &[&[1][..], &text].concat()));
    for page in [874, 1252, 10_029, 32_769, 9] {
        let stream = biff8(&[record(0x42, &words(&[page], &[]))], std::slice::from_ref(&label));
        assert_eq!(shown(&xls(&stream)), [r#"S: A1="ก1""#], "{page}");
    }
}

#[test]
fn texts_of_excel_5_in_rare_code_pages() {
    let cells = vec![(0, 0, crate::support::binary::Content::Text("i1".to_owned()))];
    for page in [874, 367, 437, 10_021, 10_029, 32_768, 32_769] {
        let names: Vec<String> = shown(&crate::support::binary::biff5(&cells, page));
        assert!(names[0].ends_with(r#"A1="i1""#), "{page}: {names:?}");
    }
}

#[test]
fn records_without_a_container() {
    let cells = [number(0, 0, 0, 84.67)];
    assert_eq!(shown(&biff8(&[], &cells)), [r#"S: A1="84.67""#]);
    // A worksheet alone, as scripts write it, in Thai without a code page.
    let (thai, ..) = encoding_rs::WINDOWS_874.encode("ผลการจดลำดบหนวยงานของรฐ");
    let label = record(0x204, &words(&[1, 0, 0, thai.len() as u16], &thai));
    let sheet = [record(0x809, &words(&[0, 0x10, 0, 0], &[])), cells[0].clone(), label, record(0x0A, &[])].concat();
    assert_eq!(shown(&sheet), [r#"Sheet1: A1="84.67" A2="ผลการจดลำดบหนวยงานของรฐ""#]);
}

#[test]
fn a_lone_cell_in_a_far_corner_took_more_memory_than_there_is() {
    assert_eq!(shown(&last_corner()), [r#"ผลคะแนน: A1="i1" IV65536="1""#]);
}

#[test]
fn rows_that_a_sheet_claims_and_does_not_have() {
    let claims = record(0x200, &words(&[9, 0, 2, 0, 0, 1, 0], &[]));
    assert_eq!(shown(&xls(&biff8(&[], &[claims, number(0, 0, 0, 5.0)]))), [r#"S: A1="5""#]);
}

#[test]
fn bytes_before_the_beginning() {
    for before in [&b"\r\n\r\n"[..], b"\xEF\xBB\xBF", b"Warning: something in <b>/var/www/x.php</b>\n"] {
        assert_eq!(shown(&[before, &whole(SHEET)].concat()), [READ]);
        assert_eq!(shown(&[before, &xls(&biff8(&[], &[number(0, 0, 0, 5.0)]))].concat()), [r#"S: A1="5""#]);
    }
}
