//! The written workbook, part by part, is as it was when it was last looked at.
//!
//! To accept a change after looking at its pages: `ITASHEET_WRITE_GOLDEN=1 cargo test golden`.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use crate::support::{TestEnv, project};

/// The parts of a workbook by name.
fn parts(path: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        parts.insert(entry.name().unwrap().to_string(), bytes);
    }
    parts
}

#[test]
fn every_part_of_the_sample_workbook_is_as_looked_at() {
    let env = TestEnv::new();
    env.sample("khok-muang-2567.xlsx");
    env.expect(0, ["khok-muang-2567.xlsx", "-o", "out.xlsx"]);
    let golden = project().join("tests/workbook/golden/khok-muang-2567.xlsx");
    if std::env::var_os("ITASHEET_WRITE_GOLDEN").is_some() {
        std::fs::create_dir_all(golden.parent().unwrap()).unwrap();
        std::fs::copy(env.path("out.xlsx"), &golden).unwrap();
    }
    let (expected, found) = (parts(&golden), parts(&env.path("out.xlsx")));
    assert_eq!(expected.keys().collect::<Vec<_>>(), found.keys().collect::<Vec<_>>());
    for (name, bytes) in &expected {
        assert!(*bytes == found[name], "{name} is not as it was");
    }
}
