//! The inputs of a run: every spreadsheet below the folders that were given, in one order.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use walkdir::{DirEntry, WalkDir};

use crate::batch::{JOURNAL, RUN_FILE};
use crate::domain::copy_name::is_earlier_version;
use crate::error::{Cause, Error};
use crate::profile::PROFILE_NAME;

/// Extensions of files that may hold a table of scores. What they really are is told by their content.
pub(crate) const EXTENSIONS: [&str; 17] = [
    "xlsx", "xlsm", "xltx", "xltm", "xlsb", "xls", "xlt", "xml", "ods", "ots", "fods", "csv", "tsv", "tab", "txt",
    "htm", "html",
];

/// A file to be converted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFile {
    /// Where it is.
    pub path: PathBuf,
    /// Its name in reports: relative to the only folder that was given, else as the user gave it; with `/`.
    pub name: String,
    /// Whether the user named the file itself and not a folder above it.
    pub named: bool,
}

/// What the search came upon.
#[derive(Debug, Default)]
pub struct Found {
    /// The files to be converted, sorted by name.
    pub inputs: Vec<InputFile>,
    /// What was passed over.
    pub passed: Passed,
    /// The roots that are not there, as they were named.
    pub missing: Vec<PathBuf>,
    /// Folders and files that could not be looked at, by name.
    pub unreadable: Vec<(String, Cause)>,
}

/// How much of what was passed over.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Passed {
    /// Lock files of open workbooks.
    pub lock_files: usize,
    /// Hidden files and folders.
    pub hidden: usize,
    /// Earlier versions of workbooks, kept when `--force` replaced them.
    pub earlier_versions: usize,
    /// Folders that this program has written its results to.
    pub output_folders: usize,
    /// Links that lead back to a folder above them.
    pub link_loops: usize,
    /// Files of other types, by extension in lower case.
    pub other_types: BTreeMap<String, usize>,
}

/// Finds the inputs below those of the `roots` that are there; the folder `out` is not looked into.
///
/// # Errors
/// When a root cannot be looked at, or is the output folder.
pub fn find(roots: &[PathBuf], out: &Path) -> Result<Found, Error> {
    search(roots, &Outputs::PassedOver(fs::canonicalize(out).ok()))
}

/// Finds the workbooks below a folder, those in output folders too: there stand the ones that officers fill in.
///
/// # Errors
/// When the folder is not there or cannot be looked at.
pub fn find_workbooks(folder: &Path) -> Result<Found, Error> {
    let mut found = search(&[folder.to_owned()], &Outputs::Searched)?;
    if !found.missing.is_empty() {
        return Err(Error::new(folder, Cause::NotFound));
    }
    found.inputs.retain(|input| {
        input.named || input.path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"))
    });
    Ok(found)
}

/// What a search makes of folders that this program has written its results to.
enum Outputs {
    /// They are passed over, and so is this one, which is being written.
    PassedOver(Option<PathBuf>),
    Searched,
}

impl Outputs {
    /// Whether this folder is the one that is being written.
    fn is_own(&self, folder: &Path) -> bool {
        matches!(self, Self::PassedOver(Some(out)) if fs::canonicalize(folder).is_ok_and(|path| path == *out))
    }

    fn passes_over(&self, folder: &Path) -> bool {
        let is_output = || folder.join(RUN_FILE).exists() || folder.join(JOURNAL).exists() || self.is_own(folder);
        matches!(self, Self::PassedOver(_)) && is_output()
    }
}

fn search(roots: &[PathBuf], outputs: &Outputs) -> Result<Found, Error> {
    let (roots, missing): (Vec<&PathBuf>, Vec<&PathBuf>) = roots.iter().partition(|root| root.exists());
    let mut found = Found { missing: missing.into_iter().cloned().collect(), ..Found::default() };
    for root in &roots {
        let facts = fs::metadata(root).map_err(|e| {
            let cause = if e.kind() == std::io::ErrorKind::NotFound { Cause::NotFound } else { Cause::Unreadable(e) };
            Error::new(root, cause)
        })?;
        if facts.is_dir() {
            if outputs.is_own(root) {
                return Err(Error::new(root, Cause::OutputIsInput));
            }
            let base = (roots.len() == 1).then_some(root.as_path());
            walk(root, base, outputs, &mut found);
        } else {
            let name = match (roots.len(), root.file_name()) {
                (1, Some(name)) => name.to_string_lossy().into_owned(),
                _ => slashed(root),
            };
            found.inputs.push(InputFile { path: root.to_path_buf(), name, named: true });
        }
    }
    if roots.len() > 1 {
        let mut seen = HashSet::new();
        found.inputs.retain(|input| fs::canonicalize(&input.path).map_or(true, |path| seen.insert(path)));
    }
    found.inputs.sort_by(|a, b| a.name.as_bytes().cmp(b.name.as_bytes()).then_with(|| a.path.cmp(&b.path)));
    Ok(found)
}

fn walk(root: &Path, base: Option<&Path>, outputs: &Outputs, found: &mut Found) {
    let name = |path: &Path| slashed(base.and_then(|base| path.strip_prefix(base).ok()).unwrap_or(path));
    let mut entries = WalkDir::new(root).follow_links(true).into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(e) if e.loop_ancestor().is_some() => {
                found.passed.link_loops += 1;
                continue;
            }
            Err(e) => {
                let path = e.path().unwrap_or(root).to_owned();
                let is_candidate = !path.is_file() && (path.is_dir() || is_spreadsheet(&path));
                if is_candidate {
                    let cause = e.into_io_error().map_or(Cause::NotFound, |e| match e.kind() {
                        std::io::ErrorKind::NotFound => Cause::NotFound,
                        _ => Cause::Unreadable(e),
                    });
                    found.unreadable.push((name(&path), cause));
                }
                continue;
            }
        };
        let is_folder = entry.file_type().is_dir();
        if entry.depth() > 0 && is_hidden(&entry) {
            if is_lock(&entry) {
                found.passed.lock_files += 1;
            } else {
                found.passed.hidden += 1;
            }
            if is_folder {
                entries.skip_current_dir();
            }
        } else if is_folder {
            if entry.depth() > 0 && outputs.passes_over(entry.path()) {
                found.passed.output_folders += 1;
                entries.skip_current_dir();
            }
        } else if is_lock(&entry) {
            found.passed.lock_files += 1;
        } else if entry.file_name() == PROFILE_NAME {
            // It is read beside each input.
        } else if is_earlier_version(entry.path()) {
            found.passed.earlier_versions += 1;
        } else if is_spreadsheet(entry.path()) {
            let name = name(entry.path());
            found.inputs.push(InputFile { path: entry.into_path(), name, named: false });
        } else {
            let extension = entry.path().extension().map(|text| text.to_string_lossy().to_lowercase());
            *found.passed.other_types.entry(extension.unwrap_or_default()).or_default() += 1;
        }
    }
}

fn is_spreadsheet(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default();
    EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// Office programs leave such files beside a workbook that is open.
fn is_lock(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    name.starts_with("~$") || name.starts_with(".~lock.")
}

fn is_hidden(entry: &DirEntry) -> bool {
    #[cfg(windows)]
    {
        use std::os::windows::fs::MetadataExt;
        const HIDDEN: u32 = 2;
        if entry.metadata().is_ok_and(|facts| facts.file_attributes() & HIDDEN != 0) {
            return true;
        }
    }
    entry.file_name().to_string_lossy().starts_with('.')
}

fn slashed(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace(std::path::MAIN_SEPARATOR, "/") }
}
