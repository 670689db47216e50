//! What the overview needs to know of one agency: small enough to hold thousands, and to be stored and read again.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::framework::{Instrument, QuestionCode};
use crate::report::Report;

/// One agency's result of one fiscal year. Every figure is as published, or recomputed where nothing is published:
/// indicators unrounded, instruments and the total rounded to two decimals.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct AgencyResult {
    /// The agency's name, where it is known.
    pub agency: Option<String>,
    /// Its district, without the word อำเภอ or เขต.
    pub district: Option<String>,
    /// Its province, without the word จังหวัด.
    pub province: Option<String>,
    /// Fiscal year, Buddhist era.
    pub year: u16,
    /// The assessment whose rules were used, by its short name, such as `ITA 2567`.
    pub framework: String,
    /// The total, 0 to 100.
    pub total: Option<Decimal>,
    /// The name of the level.
    pub level: Option<String>,
    /// Scores of the instruments, 0 to 100; those without one are left out.
    pub instruments: BTreeMap<Instrument, Decimal>,
    /// Scores of the indicators, 0 to 100, by number; those without one are left out.
    pub indicators: BTreeMap<u8, Decimal>,
    /// Every question of the framework in its order, with its score, 0 to 100, if it has one.
    pub questions: IndexMap<QuestionCode, Option<Decimal>>,
    /// The input that it was read from: a path as the user gave it, or relative to the folder that the user gave.
    pub source: String,
    /// The file name of the agency's workbook in the output folder, where one was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workbook: Option<String>,
}

impl AgencyResult {
    /// The result that a report has, read from the input `source`; no workbook is named yet.
    pub fn new(report: &Report, source: String) -> Self {
        let (submission, assessment) = (&report.submission, &report.assessment);
        let instruments = assessment.instruments.iter();
        let indicators = assessment.indicators.iter();
        let questions = assessment.questions.iter();
        Self {
            agency: submission.agency.as_ref().map(|given| given.value.clone()),
            district: submission.district.as_ref().map(|given| given.value.clone()),
            province: submission.province.as_ref().map(|given| given.value.clone()),
            year: assessment.framework.year,
            framework: assessment.framework.short_name.clone(),
            total: assessment.total.shown(),
            level: assessment.level.shown().map(str::to_owned),
            instruments: instruments.filter_map(|(instrument, figure)| Some((*instrument, figure.shown()?))).collect(),
            indicators: indicators.filter_map(|result| Some((result.number, result.figure.exact()?))).collect(),
            questions: questions.map(|(code, result)| (*code, result.score)).collect(),
            source,
            workbook: None,
        }
    }
}
