//! A folder of its own for each test, and the executable under test.

pub mod agencies;
pub mod biff;
pub mod binary;
pub mod formats;
pub mod group;
pub mod hostile;
pub mod khok_muang;
pub mod reports;
pub mod run_file;
pub mod table;
pub mod years;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use calamine::{Data, Range, Reader, Xlsx, open_workbook};
use rust_xlsxwriter::Workbook;
use tempfile::TempDir;

/// A temporary folder in which the executable is run.
pub struct TestEnv {
    folder: TempDir,
}

/// What a run of the executable gave.
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl TestEnv {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Copies a committed sample into the folder and returns its path.
    pub fn sample(&self, name: &str) -> PathBuf {
        let to = self.path(name);
        std::fs::copy(samples_folder().join(name), &to).unwrap();
        to
    }

    /// Writes a workbook with a code and a score in each row.
    pub fn write_rows(&self, name: &str, rows: &[(String, f64)]) {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        for (row, (code, score)) in (0u32..).zip(rows) {
            sheet.write(row, 0, code.as_str()).unwrap().write(row, 1, *score).unwrap();
        }
        workbook.save(self.path(name)).unwrap();
    }

    /// The names of the files in the folder, sorted.
    pub fn files(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// Runs the executable here, in English unless the arguments say otherwise.
    pub fn run<S: AsRef<std::ffi::OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Run {
        let output = self.command().args(args).output().unwrap();
        Run::new(&output)
    }

    /// Every file below a folder, by its path from there, with its bytes.
    pub fn tree(&self, name: &str) -> BTreeMap<String, Vec<u8>> {
        let mut tree = BTreeMap::new();
        let mut folders = vec![self.path(name)];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(self.path(name)).unwrap().to_string_lossy().into_owned();
                    tree.insert(name, std::fs::read(&path).unwrap());
                }
            }
        }
        tree
    }

    /// The executable, to be run here in English.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_itasheet"));
        command.current_dir(self.folder.path()).env("LC_ALL", "C").env_remove("SOURCE_DATE_EPOCH");
        command
    }

    /// Runs the executable and asserts its exit code, showing all output where it is another.
    pub fn expect<S: AsRef<std::ffi::OsStr>>(&self, code: i32, args: impl IntoIterator<Item = S>) -> Run {
        let run = self.run(args);
        assert_eq!(run.code, code, "stdout:\n{}\nstderr:\n{}", run.stdout, run.stderr);
        run
    }

    /// `inspect --json` of one file.
    pub fn inspect(&self, args: &[&str]) -> serde_json::Value {
        let run = self.run(["inspect", "--json"].iter().chain(args));
        let documents: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        documents[0].clone()
    }
}

impl Run {
    fn new(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        // Messages show paths as the system writes them.
        let said = |bytes: &[u8]| if cfg!(windows) { text(bytes).replace('\\', "/") } else { text(bytes) };
        Self { code: output.status.code().unwrap_or(-1), stdout: text(&output.stdout), stderr: said(&output.stderr) }
    }
}

pub fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub fn samples_folder() -> PathBuf {
    project().join("samples")
}

/// A sheet of a written workbook, read back by a reader that is not ours.
pub fn sheet(workbook: &Path, name: &str) -> Range<Data> {
    let mut workbook: Xlsx<_> = open_workbook(workbook).unwrap();
    workbook.worksheet_range(name).unwrap()
}

/// All cells of a sheet with content, with their A1 addresses counted from the sheet's corner.
pub fn texts(range: &Range<Data>) -> Vec<(u32, u32, String)> {
    let (top, left) = range.start().unwrap_or_default();
    let cells = range.used_cells();
    cells.map(|(row, column, value)| (row as u32 + top, column as u32 + left, value.to_string())).collect()
}

/// The codes of the findings of an inspected file.
pub fn finding_codes(document: &serde_json::Value) -> Vec<String> {
    let findings = document["findings"].as_array().unwrap();
    findings.iter().map(|finding| finding["code"].as_str().unwrap().to_owned()).collect()
}
