//! The filled follow-ups of many agencies, the newest of each.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::domain::copy_name::is_earlier_version;
use crate::domain::identity::Identity;
use crate::edits::{Edits, read_file};
use crate::error::{Cause, Error};
use crate::framework::Framework;
use crate::overview::AgencyMeasures;
use crate::read;

/// How deep folders are searched.
const DEPTH: usize = 16;

/// The measures of the agencies whose workbooks are in a folder, in the order of their names, and what could not be read. An
/// agency with several filled workbooks has the measures of the latest year, of that the file that was saved last.
///
/// # Errors
/// When the folder is not there.
pub fn follow_ups(folder: &Path, options: &read::Options) -> Result<(Vec<AgencyMeasures>, Vec<Error>), Error> {
    let mut paths = Vec::new();
    if folder.is_dir() {
        workbooks(folder, DEPTH, &mut paths);
    } else if folder.is_file() {
        paths.push(folder.to_owned());
    } else {
        return Err(Error::new(folder, Cause::NotFound));
    }
    paths.sort();
    let mut found: Vec<(Identity, SystemTime, AgencyMeasures)> = Vec::new();
    let mut problems = Vec::new();
    for path in paths {
        let edits = match read_file(&path, options) {
            Ok(edits) => edits,
            Err(error) => {
                problems.push(error);
                continue;
            }
        };
        let Some((identity, measures)) = edits.and_then(|edits| of_workbook(&edits)) else { continue };
        let saved = fs::metadata(&path).and_then(|facts| facts.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
        match found.iter_mut().find(|(known, ..)| known.may_be(&identity)) {
            Some(known) if (known.2.year, known.1) < (measures.year, saved) => *known = (identity, saved, measures),
            Some(_) => {}
            None => found.push((identity, saved, measures)),
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    Ok((found.into_iter().map(|(.., measures)| measures).collect(), problems))
}

fn of_workbook(edits: &Edits) -> Option<(Identity, AgencyMeasures)> {
    let (identity, plan) = edits.filled()?;
    let text = |name: &str| edits.fact(name).map(str::to_owned);
    let measures = AgencyMeasures {
        agency: text("agency").unwrap_or_default(),
        district: text("district"),
        province: text("province"),
        year: plan.year,
        source: edits.file.clone(),
        framework: Framework::built_in(plan.year.saturating_sub(1)).cloned(),
        measures: plan.measures,
    };
    Some((identity, measures))
}

/// The workbooks of a folder and those below it; lock files and kept copies are none.
fn workbooks(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') || name.starts_with("~$") {
            continue;
        }
        if path.is_dir() {
            if depth > 0 {
                workbooks(&path, depth - 1, found);
            }
        } else if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"))
            && !is_earlier_version(&path)
        {
            found.push(path);
        }
    }
}
