//! What has come of measures as rows: the columns of scores, and four more.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::overview::AgencyMeasures;
use crate::write::rows::records::{RowKind, ScoreRecord};

/// A measure of an agency.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MeasureRecord<'a> {
    /// The columns that all rows have: the number of the measure is its code, its state the status.
    #[serde(flatten)]
    pub common: ScoreRecord<'a>,
    /// What is done.
    pub measure: &'a str,
    /// What has come of it.
    pub result: &'a str,
    /// How far it is, in percent; as it was typed where it is no number.
    pub progress: &'a str,
    /// What stood in the way.
    pub problems: &'a str,
}

/// The rows of the measures of an agency.
pub fn measure_records(agency: &AgencyMeasures) -> Vec<MeasureRecord<'_>> {
    let record = |followed: &'_ crate::plan::items::Followed| ScoreRecord {
        agency: Some(&agency.agency),
        district: agency.district.as_deref(),
        province: agency.province.as_deref(),
        year: agency.year,
        kind: RowKind::Measure,
        code: (!followed.number.is_empty()).then(|| followed.number.clone()),
        instrument: None,
        indicator: None,
        issues: vec![followed.issue],
        published: None::<Decimal>,
        computed: None,
        status: None,
        source_file: &agency.source,
        sheet: None,
        cell: None,
    };
    let measures = agency.measures.iter().map(|followed| {
        let outcome = &followed.outcome;
        let status = (!outcome.state.is_empty()).then_some(outcome.state.as_str());
        MeasureRecord {
            common: ScoreRecord { status, ..record(followed) },
            measure: &followed.title,
            result: &outcome.result,
            progress: &outcome.percent,
            problems: &outcome.problem,
        }
    });
    measures.collect()
}
