//! How fast it is, as ratios to an ordinary program that makes the same workbook: see [`plain`].
//!
//! `cargo bench` prints two tables: whole processes beside the ordinary program's, and the stages of one conversion. The
//! bench is its own ordinary program and its own stopwatch, each started as a process of its own.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a bench stops at the first surprise"
)]

mod plain;
mod ratios;
mod stages;
mod stopwatch;

use std::path::Path;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["plain", list, output, inputs @ ..] => run_plain(Path::new(list), Path::new(output), inputs),
        ["stopwatch", command, args @ ..] => stopwatch::run(command, args),
        _ => {
            ratios::print();
            stages::print();
        }
    }
}

/// The plain program: loads the list, reads each input and writes a workbook for it into the folder.
fn run_plain(list: &Path, folder: &Path, inputs: &[&str]) {
    let list = postcard::from_bytes(&std::fs::read(list).unwrap()).unwrap();
    for input in inputs.iter().map(Path::new) {
        plain::convert(input, &list, &folder.join(input.file_name().unwrap())).unwrap();
    }
}
