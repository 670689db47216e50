//! The filled follow-ups of many agencies, the newest of each.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use crate::domain::identity::Identity;
use crate::edits::{Edits, read_file};
use crate::error::Error;
use crate::framework::Framework;
use crate::overview::AgencyMeasures;
use crate::read;

/// The measures of the agencies whose workbooks these are, in the order of their names, and what could not be read. An
/// agency with several filled workbooks has the measures of the latest year, of that the file that was saved last.
pub fn follow_ups<'a>(
    paths: impl Iterator<Item = &'a Path>,
    options: &read::Options,
) -> (Vec<AgencyMeasures>, Vec<Error>) {
    let mut found: Vec<(Identity, SystemTime, AgencyMeasures)> = Vec::new();
    let mut problems = Vec::new();
    for path in paths {
        let edits = match read_file(path, options) {
            Ok(edits) => edits,
            Err(error) => {
                problems.push(error);
                continue;
            }
        };
        let Some((identity, measures)) = edits.and_then(|edits| of_workbook(&edits)) else { continue };
        let saved = fs::metadata(path).and_then(|facts| facts.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
        match found.iter_mut().find(|(known, ..)| known.may_be(&identity)) {
            Some(known) if (known.2.year, known.1) < (measures.year, saved) => *known = (identity, saved, measures),
            Some(_) => {}
            None => found.push((identity, saved, measures)),
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    (found.into_iter().map(|(.., measures)| measures).collect(), problems)
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
