//! Last year's measures with what has come of them, for the follow-up of this year's workbook.

use std::fs;
use std::path::{Path, PathBuf};

use crate::domain::copy_name::is_earlier_version;
use crate::domain::identity::Identity;
use crate::edits::{Edits, read_file};
use crate::plan::items::{LastYearPlan, LastYearPlans};
use crate::read;

impl Edits {
    /// The measures of this workbook's plan with what has come of them; nothing where nothing was filled in.
    pub fn filled(&self) -> Option<(Identity, LastYearPlan)> {
        let measures = self.followed();
        let year: u16 = self.fact("year")?.parse().ok()?;
        let identity = Identity::new(self.fact("agency"), self.fact("district"), self.fact("province"))?;
        let is_filled = measures.iter().any(|measure| !measure.outcome.is_empty());
        // A plan is carried out in the year behind the one assessed.
        is_filled.then_some((identity, LastYearPlan { year: year.saturating_add(1), measures }))
    }
}

/// The plans of the workbooks at a path: a file, or the files of a folder. What cannot be read has none.
pub fn last_year_plans(path: &Path, options: &read::Options) -> LastYearPlans {
    let mut plans = LastYearPlans::default();
    let mut paths: Vec<PathBuf> = match fs::read_dir(path) {
        Ok(entries) => entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect(),
        Err(_) => vec![path.to_owned()],
    };
    paths.sort();
    let is_workbook = |path: &&PathBuf| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
    for file in paths.iter().filter(is_workbook).filter(|file| !is_earlier_version(file)) {
        if let Some((identity, plan)) = read_file(file, options).ok().flatten().and_then(|edits| edits.filled()) {
            plans.0.insert(identity, plan);
        }
    }
    plans
}
