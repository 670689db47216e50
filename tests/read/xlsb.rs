//! Records of an .xlsb that its parser passes over, and what it does not tell.

use itasheet::read::HiddenLines;

use crate::read::cells::{book, shown};
use crate::read::mended::renamed;
use crate::support::binary::zip;

fn record(kind: u16, body: &[u8]) -> Vec<u8> {
    let mut bytes = if kind < 0x80 { vec![kind as u8] } else { vec![kind as u8 | 0x80, (kind >> 7) as u8] };
    assert!(body.len() < 0x80);
    bytes.push(body.len() as u8);
    [bytes, body.to_vec()].concat()
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [&(units.len() as u32 / 2).to_le_bytes()[..], &units].concat()
}

fn tab(state: u32, relation: &str, name: &str) -> Vec<u8> {
    record(0x9C, &[&state.to_le_bytes()[..], &[1, 0, 0, 0], &wide(relation), &wide(name)].concat())
}

/// A row and the cells in it, each behind the other.
fn row(number: u32, hidden: bool, cells: &[Vec<u8>]) -> Vec<u8> {
    let options = [0, 0, 0, if hidden { 0x10 } else { 0 }];
    [record(0, &[&number.to_le_bytes()[..], &[0; 4], &options].concat()), cells.concat()].concat()
}

/// A cell with a column and a format, and one without a column.
fn cell(kind: u16, column: u32, format: u8, value: &[u8]) -> Vec<u8> {
    record(kind, &[&column.to_le_bytes()[..], &[format, 0, 0, 0], value].concat())
}

fn short(kind: u16, format: u8, value: &[u8]) -> Vec<u8> {
    record(kind, &[&[format, 0, 0, 0][..], value].concat())
}

/// A text with runs: where each begins, and its font.
fn rich(text: &str, runs: &[(u16, u16)]) -> Vec<u8> {
    let list: Vec<u8> =
        runs.iter().flat_map(|(start, font)| [start.to_le_bytes(), font.to_le_bytes()].concat()).collect();
    [&[1][..], &wide(text), &(runs.len() as u32).to_le_bytes(), &list].concat()
}

/// A workbook: where its workbook part stands, its tabs, the rows of its sheet and what stands in front of and behind them.
fn workbook(folder: &str, tabs: &[Vec<u8>], before: &[u8], rows: &[Vec<u8>], behind: &[u8]) -> Vec<u8> {
    let font = |raised: u16| record(0x2B, &[&[200, 0, 0, 0, 144, 1][..], &raised.to_le_bytes(), &[0; 14]].concat());
    let format = record(0x2C, &[&164u16.to_le_bytes()[..], &wide("[<=1]0.00%;0.00")].concat());
    let cell_format = |id: u16| record(0x2F, &[&[0, 0][..], &id.to_le_bytes(), &[0; 12]].concat());
    let count = |number: u32| number.to_le_bytes().to_vec();
    let styles = [
        record(0x267, &count(1)),
        format,
        record(0x268, &[]),
        font(0),
        font(1),
        record(0x269, &count(3)),
        [cell_format(0), cell_format(10), cell_format(164)].concat(),
        record(0x26A, &[]),
    ];
    let strings = [
        record(0x9F, &[count(2), count(2)].concat()),
        record(0x13, &rich("i12", &[(0, 0), (2, 1)])),
        record(0x13, &rich("ก", &[(0, 1)])),
    ];
    let sheet =
        [record(0x81, &[]), before.to_vec(), record(0x91, &[]), rows.concat(), record(0x92, &[]), behind.to_vec()];
    let book = [tabs.concat(), record(0x90, &[]), record(0x9D, &[])].concat();
    let types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{types}/{kind}\" Target=\"{target}\"/>")
    };
    let list = |relations: &[String]| format!("<Relationships>{}</Relationships>", relations.concat());
    let root = list(&[relation("r0", "officeDocument", &format!("{folder}/workbook.bin"))]);
    let own = list(&[
        relation("r1", "worksheet", "worksheets/sheet1.bin"),
        relation("r2", "xlMacrosheet", "macrosheets/sheet1.bin"),
        relation("r3", "styles", "styles.bin"),
        relation("r4", "sharedStrings", "sharedStrings.bin"),
    ]);
    let name = |part: &str| format!("{folder}/{part}");
    let (sheet, styles, strings) = (sheet.concat(), styles.concat(), strings.concat());
    let parts = [
        ("_rels/.rels".to_owned(), root.as_bytes()),
        (name("workbook.bin"), &book),
        (name("_rels/workbook.bin.rels"), own.as_bytes()),
        (name("styles.bin"), &styles),
        (name("sharedStrings.bin"), &strings),
        (name("worksheets/sheet1.bin"), &sheet),
    ];
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, part)| (name.as_str(), *part)).collect();
    zip(&parts)
}

fn one_tab() -> [Vec<u8>; 1] {
    [tab(0, "r1", "S")]
}

fn number(value: f64) -> [u8; 8] {
    value.to_le_bytes()
}

#[test]
fn short_cells_formula_errors_and_texts_with_runs() {
    let cells = [
        cell(7, 0, 0, &0u32.to_le_bytes()),
        short(0x10, 0, &number(84.67)),
        short(0x12, 0, &1u32.to_le_bytes()),
        short(0x11, 0, &wide("a")),
        short(0x0F, 0, &[1]),
        short(0x0E, 0, &[0x2A]),
        short(0x0C, 0, &[]),
        short(0x0D, 0, &(7u32 << 2 | 2).to_le_bytes()),
        cell(0x0B, 9, 0, &[0x07, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        cell(0x0B, 10, 0, &[0x99, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        cell(0x3E, 11, 0, &rich("84.671", &[(0, 0), (5, 1)])),
        // A text that there is not, and a cell that is not whole.
        cell(7, 12, 0, &9u32.to_le_bytes()),
        cell(5, 13, 0, &[0, 0]),
    ];
    let expected = "S: A1=\"i1\" B1=\"84.67\" C1=\"ก\" D1=\"a\" E1=\"true\" F1=\"#N/A\" H1=\"7\" J1=\"#DIV/0!\" \
                    K1=\"#VALUE!\" L1=\"84.67\"";
    assert_eq!(shown(&workbook("xl", &one_tab(), &[], &[row(0, false, &cells)], &[])), [expected]);
}

#[test]
fn percentages_hidden_lines_and_merged_cells() {
    let cells =
        |value: f64| [cell(5, 0, 0, &number(0.85)), cell(5, 1, 1, &number(0.85)), cell(5, 2, 2, &number(value))];
    let column = record(0x3C, &[&3u32.to_le_bytes()[..], &4u32.to_le_bytes(), &[0; 8], &[1, 0]].concat());
    let merged: Vec<u8> = [0u32, 0, 0, 1].iter().flat_map(|number| number.to_le_bytes()).collect();
    let rows = [row(0, false, &cells(0.5)), row(1, true, &cells(50.0))];
    let bytes = workbook("xl", &one_tab(), &column, &rows, &record(0xB0, &merged));
    let expected = r#"S: A1="0.85" B1="85%" C1="50%" A2="0.85" B2="85%" C2="50""#;
    assert_eq!(shown(&bytes), [expected]);
    let sheet = &book(&bytes).sheets[0];
    assert_eq!(sheet.hidden_lines, HiddenLines { rows: vec![1..=1], columns: vec![3..=4] });
    assert_eq!(sheet.merges.iter().map(|(first, last)| format!("{first}:{last}")).collect::<Vec<_>>(), ["A1:B1"]);
}

#[test]
fn relationships_with_a_prefix_or_under_another_spelling_brought_the_parser_down() {
    let bytes = workbook("xl", &one_tab(), &[], &[row(0, false, &[cell(5, 0, 0, &number(5.0))])], &[]);
    let prefixed = renamed(&bytes, |name, part| {
        let text = String::from_utf8_lossy(&part).replace("<Relationship", "<n:Relationship").replace("</R", "</n:R");
        (name.to_owned(), if name.ends_with(".rels") { text.into_bytes() } else { part })
    });
    let spelt = renamed(&bytes, |name, part| (name.replace('/', "\\").replace("workbook", "Workbook"), part));
    for bytes in [prefixed, spelt] {
        assert_eq!(shown(&bytes), [r#"S: A1="5""#]);
    }
}

#[test]
fn tabs_without_worksheets_and_parts_elsewhere_brought_the_parser_down() {
    let rows = [row(0, false, &[cell(5, 0, 0, &number(5.0))])];
    let macros = [tab(0, "r2", "M"), tab(0, "r9", "N"), tab(0, "", "O"), tab(7, "r1", "S")];
    for (folder, tabs) in [("xl", &macros[..]), ("data", &one_tab()[..])] {
        assert_eq!(shown(&workbook(folder, tabs, &[], &rows, &[])), [r#"S: A1="5""#], "{folder}");
    }
    assert_eq!(shown(&workbook("xl", &[tab(2, "r1", "S")], &[], &rows, &[])), [r#"S (hidden): A1="5""#]);
}
