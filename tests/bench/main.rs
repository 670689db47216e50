//! How fast it is, as ratios to an ordinary program that makes the same workbooks: see [`plain`].
//!
//! `cargo bench` prints the README's table and the stages of one conversion; `cargo bench -- national` goes on with all
//! agencies of the country, which takes some minutes. The bench is its own ordinary program and its own stopwatch, each
//! started as a process of its own.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a bench stops at the first surprise"
)]

#[path = "../support/agencies.rs"]
mod agencies;
mod commands;
mod memory;
mod plain;
mod ratios;
mod stages;
mod stopwatch;

use std::path::Path;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["plain", lists, output, each, inputs @ ..] => {
            run_plain(Path::new(lists), Path::new(output), each.parse().unwrap(), inputs);
        }
        ["stopwatch", command, args @ ..] => stopwatch::run(command, args),
        words => {
            ratios::print(words.contains(&"national"));
            stages::print();
        }
    }
}

/// The plain program: loads the lists, then reads each input and writes so many workbooks for it into the folder, from one
/// list after the other.
fn run_plain(lists: &Path, folder: &Path, each: usize, inputs: &[&str]) {
    let lists: Vec<plain::list::List> = postcard::from_bytes(&std::fs::read(lists).unwrap()).unwrap();
    let mut next = (0usize..).zip(lists.iter().cycle());
    for input in inputs {
        plain::read(&std::fs::read(input).unwrap()).unwrap();
        for (number, list) in next.by_ref().take(each) {
            plain::save(list, &folder.join(format!("{number}.xlsx"))).unwrap();
        }
    }
}
