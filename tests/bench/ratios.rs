//! Whole processes beside the ordinary program's, run in turn.

use std::path::{Path, PathBuf};

use crate::plain::lift::{lift, parts};
use crate::stopwatch::{Took, time};

const ITASHEET: &str = env!("CARGO_BIN_EXE_itasheet");
const SAMPLE: &str = "khok-muang-2567.xlsx";

/// Copies of the sample that one process converts.
const FILES: usize = 200;

/// Prints the table of ratios.
pub fn print() {
    let folder = tempfile::tempdir().unwrap();
    let bench = Bench::new(folder.path());
    println!(
        "{:<34} {:>9} {:>9} {:>6} {:>6} {:>10} {:>9}",
        "against the plain program", "CPU/file", "plain's", "ratio", "least", "wall ratio", "peak"
    );
    let one = &bench.inputs[..1];
    bench.row("convert, one file", 60, 1, &bench.convert(one), &bench.plain(one));
    let all = bench.inputs.as_slice();
    // A command that converts a folder is one more row: its command line beside `bench.plain(all)`.
    bench.row(&format!("convert, {FILES} files in one run"), 7, FILES, &bench.convert(all), &bench.plain(all));
}

/// Where inputs and outputs are.
struct Bench {
    inputs: Vec<String>,
    list: PathBuf,
    out: PathBuf,
}

impl Bench {
    fn new(folder: &Path) -> Self {
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(SAMPLE);
        let (inputs, out) = (folder.join("in"), folder.join("out"));
        std::fs::create_dir(&inputs).unwrap();
        std::fs::create_dir(&out).unwrap();
        let copy = |number: usize| {
            let to = inputs.join(format!("{number}.xlsx"));
            std::fs::copy(&sample, &to).unwrap();
            to.to_string_lossy().into_owned()
        };
        let bench = Self { inputs: (0..FILES).map(copy).collect(), list: folder.join("list"), out };
        // what the plain program is to write is taken from a workbook of ours
        time(&bench.convert(&bench.inputs[..1]));
        let workbook = std::fs::read(bench.out.join("0-itasheet.xlsx")).unwrap();
        std::fs::write(&bench.list, postcard::to_stdvec(&lift(&parts(&workbook))).unwrap()).unwrap();
        bench
    }

    fn convert(&self, inputs: &[String]) -> Vec<String> {
        let out = self.out.to_string_lossy().into_owned();
        [ITASHEET, "convert", "--force", "-o", out.as_str()]
            .map(str::to_owned)
            .into_iter()
            .chain(inputs.to_vec())
            .collect()
    }

    fn plain(&self, inputs: &[String]) -> Vec<String> {
        let bench = std::env::current_exe().unwrap();
        let head = [bench.as_path(), Path::new("plain"), &self.list, &self.out];
        head.map(|part| part.to_string_lossy().into_owned()).into_iter().chain(inputs.to_vec()).collect()
    }

    /// Times two commands that make the same files, in turn, and prints one line about them.
    fn row(&self, name: &str, rounds: usize, files: usize, ours: &[String], plain: &[String]) {
        let pairs: Vec<(Took, Took)> = (0..rounds).map(|_| (time(ours), time(plain))).collect();
        let ratio = |value: fn(&Took) -> f64| median(pairs.iter().map(|(ours, plain)| value(ours) / value(plain)));
        let cpu =
            |pick: fn(&(Took, Took)) -> Took| median(pairs.iter().map(|pair| pick(pair).cpu)) * 1e3 / files as f64;
        let least = |pick: fn(&(Took, Took)) -> Took| pairs.iter().map(|pair| pick(pair).cpu).fold(f64::MAX, f64::min);
        let peak = pairs.iter().map(|(ours, _)| ours.peak).fold(0.0, f64::max);
        println!(
            "{name:<34} {:>6.2} ms {:>6.2} ms {:>6.2} {:>6.2} {:>10.2} {:>6.1} MB",
            cpu(|pair| pair.0),
            cpu(|pair| pair.1),
            ratio(|took| took.cpu),
            least(|pair| pair.0) / least(|pair| pair.1),
            ratio(|took| took.wall),
            peak
        );
    }
}

/// The value in the middle.
fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
