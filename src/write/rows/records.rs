//! A report as rows. The columns are documented in the README.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Serialize, Serializer};

use crate::assess::Status;
use crate::domain::figure::Figure;
use crate::finding::Place;
use crate::framework::Instrument;
use crate::recognise::Given;
use crate::report::Report;

/// Decimals of a recomputed figure: enough to compute with it, few enough to be read.
const COMPUTED_DECIMALS: u32 = 6;

/// One item of one agency's result in one year.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScoreRecord<'a> {
    /// The agency's name.
    pub agency: Option<&'a str>,
    /// Its district.
    pub district: Option<&'a str>,
    /// Its province.
    pub province: Option<&'a str>,
    /// Fiscal year, Buddhist era.
    pub year: u16,
    /// What the row is about.
    pub kind: RowKind,
    /// What the row is about among others of its kind: `i1`, `9`, `EIT`; nothing where there is only one.
    pub code: Option<String>,
    /// The instrument that it belongs to.
    pub instrument: Option<Instrument>,
    /// The indicator that it is or belongs to.
    pub indicator: Option<u8>,
    /// The issues that list the question.
    pub issues: Vec<u8>,
    /// The published score, 0 to 100; of a level its place in the list of levels, 1 for the best; of a rank the rank.
    #[serde(serialize_with = "number")]
    pub published: Option<Decimal>,
    /// The same, recomputed: unrounded, to six decimals.
    #[serde(serialize_with = "number")]
    pub computed: Option<Decimal>,
    /// How the score stands: `weak`, `passed`, `full` or `no-score`; of a level its name.
    pub status: Option<&'a str>,
    /// The input.
    pub source_file: &'a str,
    /// The sheet that the published score was read from.
    pub sheet: Option<&'a str>,
    /// The cell that it was read from.
    pub cell: Option<String>,
}

/// What a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowKind {
    /// A question's score.
    Question,
    /// An indicator's score.
    Indicator,
    /// An instrument's score.
    Instrument,
    /// The total.
    Total,
    /// The level.
    Level,
    /// The published rank.
    Rank,
    /// A measure and what has come of it.
    Measure,
}

impl RowKind {
    /// The word in the column `kind`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::Indicator => "indicator",
            Self::Instrument => "instrument",
            Self::Total => "total",
            Self::Level => "level",
            Self::Rank => "rank",
            Self::Measure => "measure",
        }
    }
}

/// The rows of a report read from the input `source`: questions, indicators, instruments, total, level, rank. A question
/// without a score has a row too; a level or a rank only where there is one.
pub fn records<'a>(report: &'a Report, source: &'a str) -> Vec<ScoreRecord<'a>> {
    let (submission, assessment) = (&report.submission, &report.assessment);
    let (framework, published) = (&assessment.framework, &submission.published);
    let base = base(report, source);
    let threshold = assessment.threshold;
    let mut records = Vec::with_capacity(framework.questions.len() + framework.indicators.len() + 6);
    for (code, result) in &assessment.questions {
        let answer = submission.answers.get(code);
        let record = ScoreRecord {
            kind: RowKind::Question,
            code: Some(code.to_string()),
            instrument: Some(code.instrument()),
            indicator: framework.indicator_of(*code).map(|indicator| indicator.number),
            issues: framework.issues_of(*code).map(|issue| issue.number).collect(),
            published: result.score.map(score),
            status: Some(word(result.status)),
            ..base.clone()
        };
        records.push(record.at(answer.and_then(|answer| answer.score_place.as_ref())));
    }
    for result in &assessment.indicators {
        let record = ScoreRecord {
            kind: RowKind::Indicator,
            code: Some(result.number.to_string()),
            instrument: Some(result.instrument),
            indicator: Some(result.number),
            ..base.clone()
        };
        records.push(record.figure(result.figure, threshold, published.indicators.get(&result.number)));
    }
    for (key, figure) in &assessment.instruments {
        let (code, instrument) = (Some(key.to_string()), Some(*key));
        let record = ScoreRecord { kind: RowKind::Instrument, code, instrument, ..base.clone() };
        records.push(record.figure(*figure, framework.pass_mark(), published.instruments.get(key)));
    }
    let total = ScoreRecord { kind: RowKind::Total, ..base.clone() };
    records.push(total.figure(assessment.total, framework.pass_mark(), published.total.as_ref()));
    let level = &assessment.level;
    if let Some(shown) = level.shown() {
        let place = |name: &Option<String>| {
            let at = framework.levels.iter().position(|level| Some(&level.name) == name.as_ref())?;
            Some(Decimal::from(at + 1))
        };
        let (published_place, computed) = (place(&level.published), place(&level.computed));
        let record = ScoreRecord {
            kind: RowKind::Level,
            published: published_place,
            computed,
            status: Some(shown),
            ..base.clone()
        };
        records.push(record.at(published.level.as_ref().and_then(Given::place)));
    }
    if let Some(rank) = &published.rank {
        let record = ScoreRecord { kind: RowKind::Rank, published: Some(Decimal::from(rank.value)), ..base };
        records.push(record.at(rank.place()));
    }
    records
}

/// What all rows of a report share.
fn base<'a>(report: &'a Report, source: &'a str) -> ScoreRecord<'a> {
    let name = |given: &'a Option<Given<String>>| given.as_ref().map(|given| given.value.as_str());
    let submission = &report.submission;
    ScoreRecord {
        agency: name(&submission.agency),
        district: name(&submission.district),
        province: name(&submission.province),
        year: report.assessment.framework.year,
        kind: RowKind::Total,
        code: None,
        instrument: None,
        indicator: None,
        issues: Vec::new(),
        published: None,
        computed: None,
        status: None,
        source_file: source,
        sheet: None,
        cell: None,
    }
}

impl<'a> ScoreRecord<'a> {
    fn at(self, place: Option<&'a Place>) -> Self {
        Self { sheet: place.map(|at| &*at.sheet), cell: place.map(|at| at.cell.to_string()), ..self }
    }

    fn figure(self, figure: Figure, mark: Decimal, given: Option<&'a Given<Decimal>>) -> Self {
        let rounded = |number: Decimal| {
            score(number.round_dp_with_strategy(COMPUTED_DECIMALS, RoundingStrategy::MidpointAwayFromZero))
        };
        let computed = figure.computed.map(rounded);
        let status = Some(word(Status::classify(figure.shown(), mark)));
        Self { published: figure.published.map(score), computed, status, ..self }.at(given.and_then(Given::place))
    }
}

fn word(status: Status) -> &'static str {
    match status {
        Status::Weak => "weak",
        Status::Passed => "passed",
        Status::Full => "full",
        Status::NoScore => "no-score",
    }
}

/// A score with at least one decimal: a program that guesses a column's type from its first rows must not take it for a
/// column of whole numbers.
fn score(score: Decimal) -> Decimal {
    let mut score = score.normalize();
    if score.scale() == 0 {
        score.rescale(1);
    }
    score
}

/// A JSON number; with a decimal point where it has decimals, be they 0.
fn number<S: Serializer>(number: &Option<Decimal>, serializer: S) -> Result<S::Ok, S::Error> {
    use rust_decimal::prelude::ToPrimitive;
    use serde::ser::Error;
    match number {
        None => serializer.serialize_none(),
        Some(number) => match number.to_i64().filter(|_| number.scale() == 0) {
            Some(whole) => serializer.serialize_i64(whole),
            None => {
                let float = number.to_f64().ok_or_else(|| S::Error::custom(format!("{number} is no JSON number")))?;
                serializer.serialize_f64(float)
            }
        },
    }
}
