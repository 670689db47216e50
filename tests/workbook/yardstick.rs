//! The plain program that speed is measured against makes the very same workbook.

use std::collections::BTreeMap;

use crate::plain::lift::{lift, parts};
use crate::support::TestEnv;

/// A sheet's XML without the numbers of its cells' formats, which depend on the order in which cells are written, and without
/// what fixes the heights of rows, which the writer always does.
fn without_format_numbers(xml: &str) -> String {
    let xml = xml.replace(" customHeight=\"1\"", "");
    let mut pieces = xml.split(" s=\"");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| text + " s=" + piece.trim_start_matches(|c: char| c.is_ascii_digit()))
}

/// The format of each cell, in the order of the sheets' XML.
fn formats(parts: &BTreeMap<String, String>) -> Vec<String> {
    let list = lift(parts);
    let cells = list.sheets.iter().flat_map(|sheet| {
        let cells = sheet.cells.iter().chain(sheet.blocks.iter().map(|(_, cell)| cell));
        cells.map(|cell| {
            format!("{} {}.{} {:?}", sheet.name, cell.row, cell.column, list.formats[usize::from(cell.format)])
        })
    });
    cells.collect()
}

#[test]
fn the_plain_program_makes_the_same_workbook() {
    for sample in ["khok-muang-2567.xlsx", "clean-2567.xlsx", "problems-2567.xlsx"] {
        let env = TestEnv::new();
        let input = env.sample(sample);
        env.expect(0, [sample, "-o", "ours.xlsx"]);
        let ours = parts(&std::fs::read(env.path("ours.xlsx")).unwrap());
        crate::plain::read(&std::fs::read(input).unwrap()).unwrap();
        crate::plain::save(&lift(&ours), &env.path("plain.xlsx")).unwrap();
        let plain = parts(&std::fs::read(env.path("plain.xlsx")).unwrap());
        assert_eq!(ours.keys().collect::<Vec<_>>(), plain.keys().collect::<Vec<_>>(), "{sample}");
        for (name, xml) in &ours {
            if name == "xl/styles.xml" {
                assert_eq!(xml.len(), plain[name].len(), "{sample}: the same formats, in another order");
            } else {
                assert_eq!(without_format_numbers(xml), without_format_numbers(&plain[name]), "{sample}: {name}");
            }
        }
        assert_eq!(formats(&ours), formats(&plain), "{sample}");
    }
}
