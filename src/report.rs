//! One input through all stages.

use std::path::Path;
use std::sync::Arc;

use crate::advice::{Advice, Grade};
use crate::assess::{self, Assessment};
use crate::config::Config;
use crate::error::{Cause, Error};
use crate::plan::{self, ActionPlan};
use crate::previous::Previous;
use crate::read;
use crate::recognise::{self, Submission};
use crate::write::workbook;

/// Everything that is known about one input.
#[derive(Debug, Clone)]
pub struct Report {
    /// The input's file name, without its folder.
    pub file_name: String,
    /// What the file turned out to be.
    pub source: read::Source,
    /// What the file says.
    pub submission: Submission,
    /// What it amounts to.
    pub assessment: Assessment,
    /// What to say and do about it.
    pub plan: ActionPlan,
    /// The ranges of scores that share a wording.
    pub grades: Vec<Grade>,
    /// Last year's figures.
    pub previous: Option<Arc<Previous>>,
}

impl Report {
    /// Reads a file, recognises its scores, assesses and plans.
    ///
    /// # Errors
    /// When the file cannot be read, or holds no scores that can be recognised.
    pub fn of_file(path: &Path, config: &Config) -> Result<Self, Error> {
        let book = read::read_file(path, &config.read)?;
        let file_name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Self::of_book(&book, file_name, config).map_err(|cause| Error::new(path, cause))
    }

    /// As [`Report::of_file`], from a book that has been read.
    ///
    /// # Errors
    /// When no scores can be recognised in it.
    pub fn of_book(book: &read::Book, file_name: String, config: &Config) -> Result<Self, Cause> {
        let (mut submission, framework) = recognise::recognise(book, &config.hints)?;
        let profile = &config.profile;
        submission.fill(&profile.agency, &profile.district, &profile.province);
        submission.compare(config.previous.as_deref().and_then(|previous| previous.agency.as_deref()));
        let threshold = config.threshold.or(profile.threshold).unwrap_or(framework.threshold);
        let assessment = assess::assess(&submission, framework, threshold);
        let previous = config.previous.clone();
        let own = config.advice.as_deref().filter(|advice| advice.framework == framework.year);
        let advice = own
            .or_else(|| Advice::built_in(framework.year))
            .ok_or_else(|| Cause::UnknownYear { year: framework.year, known: String::new() })?;
        let agency = submission.agency.as_ref().map(|given| given.value.as_str());
        let settings = plan::Settings { agency, units: &profile.units, digits: config.digits() };
        let plan = plan::plan(&assessment, advice, settings);
        let source = book.source.clone();
        Ok(Self { file_name, source, submission, assessment, plan, grades: advice.grades.clone(), previous })
    }

    /// The workbook's bytes; equal inputs give equal bytes.
    ///
    /// # Errors
    /// When the workbook cannot be put together, which no input should bring about.
    pub fn workbook(&self, config: &Config) -> Result<Vec<u8>, Cause> {
        workbook::make(self, config).map_err(|e| Cause::Workbook(e.to_string()))
    }
}
