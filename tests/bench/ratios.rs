//! Whole processes beside the ordinary program's, run in turn.

use std::path::Path;

use crate::commands::{self, Pair};
use crate::stopwatch::Took;

/// Local agencies in the country.
const NATION: usize = 8_300;

/// Prints the table of ratios, with all agencies of the country if they are wanted.
pub fn print(national: bool) {
    println!("| | itasheet | ordinary program | ratio | throughput | peak memory |");
    println!("|---|---|---|---|---|---|");
    row("one file", 60, |folder| commands::convert(folder, 1));
    row("a file among 200 in one run", 7, |folder| commands::convert(folder, 200));
    row("an agency of 1,000 in a `batch` of files", 5, |folder| commands::batch_of_files(folder, 1_000));
    if national {
        row("an agency of 8,300 in a `batch` of files", 1, |folder| commands::batch_of_files(folder, NATION));
        row("an agency of 8,300 in a `batch` of one file", 1, |folder| commands::batch_of_one_file(folder, NATION));
    }
}

/// Times two commands that make the same workbooks, in turn, and prints one line about them.
fn row(name: &str, rounds: usize, commands: impl FnOnce(&Path) -> Pair) {
    let folder = tempfile::tempdir().unwrap();
    let pair = commands(folder.path());
    let took: Vec<(Took, Took)> = (0..rounds).map(|round| pair.time(round)).collect();
    let each = |pick: fn(&(Took, Took)) -> f64| median(took.iter().map(pick)) * 1e3 / pair.workbooks as f64;
    println!(
        "| {name} | {:.1} ms | {:.1} ms | {:.2} | {:.1} | {:.0} MB |",
        each(|(ours, _)| ours.cpu),
        each(|(_, plain)| plain.cpu),
        median(took.iter().map(|(ours, plain)| ours.cpu / plain.cpu)),
        median(took.iter().map(|(ours, plain)| plain.wall / ours.wall)),
        took.iter().map(|(ours, _)| ours.peak).fold(0.0, f64::max),
    );
}

/// The value in the middle.
fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
