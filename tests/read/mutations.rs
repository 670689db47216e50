//! Bytes changed at random, in every format: an answer or an error, never a panic.

use itasheet::read::{Options, read_bytes};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::support::binary::{biff5, xlsb};
use crate::support::formats::{cells, delimited, html, thai, utf16};
use crate::support::{project, samples_folder};

/// One file of each format, small.
fn originals() -> Vec<Vec<u8>> {
    let read = |path: std::path::PathBuf| std::fs::read(path).unwrap();
    let fixtures = project().join("tests/fixtures");
    let cells = cells();
    let table = delimited(&cells, ',');
    vec![
        read(samples_folder().join("khok-muang-2567.xlsx")),
        read(samples_folder().join("clean-2567.xlsx")),
        read(samples_folder().join("problems-2567.xlsx")),
        read(fixtures.join("khok-muang-2567.xls")),
        read(fixtures.join("khok-muang-2567.ods")),
        biff5(&cells, 874),
        xlsb(&cells),
        html(&cells).into_bytes(),
        utf16(&table, false),
        thai(&table),
        table.into_bytes(),
    ]
}

/// What is done to a file: at a place, another byte; a piece left out, doubled or overwritten.
#[derive(Debug, Clone)]
enum Change {
    Byte(Index, u8),
    Cut(Index, usize),
    Double(Index, usize),
    Fill(Index, usize, u8),
    End(Index),
}

fn change() -> impl Strategy<Value = Change> {
    let place = any::<Index>;
    prop_oneof![
        6 => (place(), any::<u8>()).prop_map(|(at, byte)| Change::Byte(at, byte)),
        1 => (place(), 1..64usize).prop_map(|(at, length)| Change::Cut(at, length)),
        1 => (place(), 1..600usize).prop_map(|(at, length)| Change::Double(at, length)),
        2 => (place(), 1..8usize, prop_oneof![Just(0), Just(0xFF), any::<u8>()])
            .prop_map(|(at, length, byte)| Change::Fill(at, length, byte)),
        1 => place().prop_map(Change::End),
    ]
}

fn apply(bytes: &mut Vec<u8>, change: &Change) {
    if bytes.is_empty() {
        return;
    }
    let range = |at: &Index, length: usize| {
        let start = at.index(bytes.len());
        start..(start + length).min(bytes.len())
    };
    match change {
        Change::Byte(at, byte) => {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        Change::Cut(at, length) => drop(bytes.drain(range(at, *length))),
        Change::Double(at, length) => {
            let range = range(at, *length);
            let piece = bytes[range.clone()].to_vec();
            bytes.splice(range.start..range.start, piece);
        }
        Change::Fill(at, length, byte) => {
            let range = range(at, *length);
            bytes[range].fill(*byte);
        }
        Change::End(at) => bytes.truncate(at.index(bytes.len())),
    }
}

/// Zip archives are mended after a change inside a part, so that the change gets past the checksum.
fn inside(bytes: &[u8], changes: &[Change]) -> Option<Vec<u8>> {
    use std::io::{Read, Write};
    let mut from = zip::ZipArchive::new(std::io::Cursor::new(bytes)).ok()?;
    let mut to = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let victim = changes.len() % from.len();
    for index in 0..from.len() {
        let mut entry = from.by_index(index).ok()?;
        let name = entry.name().ok()?.to_string();
        let mut part = Vec::new();
        entry.read_to_end(&mut part).ok()?;
        if index == victim || name.contains("sheet") || name.contains("content") {
            changes.iter().for_each(|change| apply(&mut part, change));
        }
        to.start_file(name, zip::write::SimpleFileOptions::default()).ok()?;
        to.write_all(&part).ok()?;
    }
    Some(to.finish().ok()?.into_inner())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    // 11 formats, and the zip archives among them twice: some 3,000 files.
    #[test]
    fn of_every_format_never_panic(changes in prop::collection::vec(change(), 1..12)) {
        // Parsers that could end the process have checks only here; small limits keep the test itself alive.
        let mut options = Options::default();
        options.limits.unpacked_bytes = 8 << 20;
        for original in originals() {
            let mut bytes = original.clone();
            changes.iter().for_each(|change| apply(&mut bytes, change));
            let _ = read_bytes(&bytes, &options);
            if let Some(bytes) = inside(&original, &changes) {
                let _ = read_bytes(&bytes, &options);
            }
        }
    }
}
