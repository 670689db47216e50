//! The command lines that are timed, and what they work on.

use std::fs;
use std::path::{Path, PathBuf};

use crate::agencies;
use crate::plain::lift::{lift, parts};
use crate::stopwatch::{Took, time};

const ITASHEET: &str = env!("CARGO_BIN_EXE_itasheet");
const SAMPLE: &str = "khok-muang-2567.xlsx";

/// Stands for the output folder in a command.
const OUT: &str = "{out}";

/// Workbooks of ours that the plain program takes its lists from.
const LISTS: usize = 20;

/// Two commands that make as many workbooks from the same inputs.
pub struct Pair {
    pub ours: Vec<String>,
    pub plain: Vec<String>,
    /// How many.
    pub workbooks: usize,
    /// Where folders for them are made.
    folder: PathBuf,
}

/// `convert` of so many copies of the sample.
pub fn convert(folder: &Path, copies: usize) -> Pair {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(SAMPLE);
    let copy = |number: usize| {
        let to = folder.join("in").join(format!("{number}.xlsx"));
        fs::copy(&sample, &to).unwrap();
        to
    };
    fs::create_dir_all(folder.join("in")).unwrap();
    let inputs: Vec<PathBuf> = (0..copies).map(copy).collect();
    let ours = command(&[ITASHEET, "convert", "-o", OUT].map(Path::new), &inputs);
    pair(folder, ours, &inputs, 1)
}

/// `batch` of so many agencies' files.
pub fn batch_of_files(folder: &Path, agencies: usize) -> Pair {
    let inputs = agencies::write_all(&folder.join("in"), agencies, 1);
    pair(folder, batch(folder), &inputs, 1)
}

/// `batch` of one file of so many agencies.
pub fn batch_of_one_file(folder: &Path, agencies: usize) -> Pair {
    fs::create_dir(folder.join("in")).unwrap();
    let input = folder.join("in").join("wide.xlsx");
    agencies::write_wide(&input, agencies);
    pair(folder, batch(folder), &[input], agencies)
}

fn batch(folder: &Path) -> Vec<String> {
    let input = folder.join("in");
    command(&[Path::new(ITASHEET), Path::new("batch"), &input, Path::new("-o"), Path::new(OUT)], &[])
}

/// Our command beside the plain one, whose lists are lifted from what ours has written.
fn pair(folder: &Path, ours: Vec<String>, inputs: &[PathBuf], each: usize) -> Pair {
    let (bench, lists, count) = (std::env::current_exe().unwrap(), folder.join("lists"), each.to_string());
    let plain = command(&[&bench, Path::new("plain"), &lists, Path::new(OUT), Path::new(&count)], inputs);
    let pair = Pair { ours, plain, workbooks: inputs.len() * each, folder: folder.to_owned() };
    let first = pair.out("first");
    time(&within(&pair.ours, &first));
    let is_result = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        name.ends_with("-2567.xlsx") || name.ends_with("-itasheet.xlsx")
    };
    let mut workbooks: Vec<PathBuf> =
        fs::read_dir(&first).unwrap().map(|entry| entry.unwrap().path()).filter(is_result).collect();
    assert_eq!(workbooks.len(), pair.workbooks);
    workbooks.sort();
    let evenly = workbooks.iter().step_by(workbooks.len().div_ceil(LISTS));
    let lifted: Vec<_> = evenly.map(|path| lift(&parts(&fs::read(path).unwrap()))).collect();
    fs::write(lists, postcard::to_stdvec(&lifted).unwrap()).unwrap();
    pair
}

impl Pair {
    /// Times both, each into a new folder: where one has just been emptied, some file systems are slow to make files.
    pub fn time(&self, round: usize) -> (Took, Took) {
        let timed = |command: &[String], name: &str| time(&within(command, &self.out(&format!("{name}-{round}"))));
        (timed(&self.ours, "ours"), timed(&self.plain, "plain"))
    }

    fn out(&self, name: &str) -> PathBuf {
        let out = self.folder.join(name);
        fs::create_dir(&out).unwrap();
        out
    }
}

/// A command with its output folder.
fn within(command: &[String], out: &Path) -> Vec<String> {
    command.iter().map(|word| if word == OUT { out.to_string_lossy().into_owned() } else { word.clone() }).collect()
}

fn command(words: &[&Path], inputs: &[PathBuf]) -> Vec<String> {
    let words = words.iter().copied().chain(inputs.iter().map(PathBuf::as_path));
    words.map(|word| word.to_string_lossy().into_owned()).collect()
}
