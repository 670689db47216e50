//! Many agencies' results as one: the numbers of the overview.
//!
//! It takes results that have been made, one an agency and year, and gives ranks, means, shares and changes of one year's
//! assessment; results of another year, and an agency's second result, are left out and named. Functions of data: it reads
//! no file and writes no workbook.

mod agency_result;
mod change;
mod group;
mod league;
mod measures;
mod near_pass;
mod places;
mod statistic;

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

use indexmap::IndexMap;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

pub use crate::overview::agency_result::AgencyResult;
pub use crate::overview::change::Changes;
pub use crate::overview::group::{Counted, Excluded, Exclusion};
pub use crate::overview::league::Standing;
pub use crate::overview::measures::{AgencyMeasures, IssueMeasures, by_issue};
pub use crate::overview::near_pass::{NearPass, Short};
pub use crate::overview::places::PlaceResult;
pub use crate::overview::statistic::{Statistic, percent};

use crate::config::Config;
use crate::domain::figure::mean;
use crate::domain::language::Language;
use crate::error::{Cause, Error};
use crate::framework::{Framework, Instrument, QuestionCode};
use crate::overview::change::EarlierResults;

/// How many of the weakest questions are told on the first page.
pub const WEAKEST: usize = 10;

/// How many of the agencies nearest to the pass mark are listed.
const NEAREST: usize = 100;

/// An input that gave no result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The input, as its result would name it.
    pub input: String,
    /// What is wrong with it, in Thai.
    pub reason: String,
    /// What to do about it, in Thai.
    pub remedy: String,
}

/// What a group's results amount to.
#[derive(Debug, Clone)]
pub struct Overview<'a> {
    /// The rules of the group's year.
    pub framework: Arc<Framework>,
    /// The score below which a question, an indicator or an issue falls short.
    pub threshold: Decimal,
    /// The least total with which an agency passes.
    pub pass_mark: Decimal,
    /// The agencies, best first.
    pub standings: Vec<Standing<'a>>,
    /// Their totals, rounded to two decimals, against the pass mark.
    pub totals: Statistic,
    /// How many agencies have reached each level: the framework's best first, then names it does not know, then those
    /// without a level under nothing.
    pub levels: Vec<(Option<String>, usize)>,
    /// The questions against the threshold.
    pub questions: IndexMap<QuestionCode, Statistic>,
    /// The indicators against the threshold.
    pub indicators: BTreeMap<u8, Statistic>,
    /// The instruments against the pass mark.
    pub instruments: BTreeMap<Instrument, Statistic>,
    /// The agencies' means of each issue's questions against the threshold.
    pub issues: BTreeMap<u8, Statistic>,
    /// The provinces, best mean first.
    pub provinces: Vec<PlaceResult>,
    /// The districts, best mean first.
    pub districts: Vec<PlaceResult>,
    /// The agencies nearest to the pass mark from below.
    pub nearest: Vec<NearPass<'a>>,
    /// How the totals have changed; nothing where last year is not known.
    pub changes: Option<Changes>,
    /// Results that are not counted.
    pub excluded: Vec<Excluded<'a>>,
    /// Inputs that gave no result.
    pub failures: &'a [Failure],
    /// What has come of the agencies' measures, where that is asked for.
    pub measures: &'a [AgencyMeasures],
}

impl Failure {
    /// The failure of the input `input`.
    pub fn new(input: String, error: &Error) -> Self {
        let (reason, remedy) = (error.cause.message(Language::Thai), error.cause.hint(Language::Thai).to_owned());
        Self { input, reason, remedy }
    }
}

impl<'a> Overview<'a> {
    /// What the results amount to.
    ///
    /// # Errors
    /// When the assessment that most of them are of is not known.
    pub fn new(
        results: &'a [AgencyResult],
        failures: &'a [Failure],
        previous: Option<&[AgencyResult]>,
        config: &Config,
    ) -> Result<Self, Cause> {
        let year = group::year_of(results);
        let framework = match year {
            Some(year) => {
                let given = config.hints.frameworks.iter().find(|given| given.year == year);
                let codes =
                    || results.iter().flat_map(|result| result.questions.keys()).copied().collect::<BTreeSet<_>>();
                given.or_else(|| Framework::built_in(year)).cloned().or_else(|| Framework::placeholder(year, codes()))
            }
            None => Framework::all_built_in().next_back().cloned(),
        };
        let unknown = || Cause::UnknownYear { year: year.unwrap_or_default(), known: String::new() };
        let (framework, _) = config.profile.with_issues(framework.ok_or_else(unknown)?);
        let (members, excluded) = group::members(results, framework.year);
        let (before, of_before) = previous.and_then(|all| last_year(all, framework.year)).unzip();
        let of_before = of_before.unwrap_or_default();
        let standings = league::standings(&members, &EarlierResults::new(of_before, &members));
        let threshold = config.threshold.or(config.profile.threshold).unwrap_or(framework.threshold);
        let pass_mark = framework.pass_mark();
        let changes: Vec<Decimal> = standings.iter().filter_map(Standing::change).collect();
        let all = |score: &dyn Fn(&AgencyResult) -> Option<Decimal>, mark| {
            Statistic::new(members.iter().filter_map(|result| score(result)), mark)
        };
        let question = |result: &AgencyResult, code: &QuestionCode| result.questions.get(code).copied().flatten();
        let questions = framework.questions.keys();
        let indicators = framework.indicators.iter().map(|indicator| indicator.number);
        let issues = framework.issues.iter().map(|issue| {
            let mean_of = |result: &AgencyResult| {
                mean(issue.questions.iter().filter_map(|code| question(result, code)).map(Some))
            };
            (issue.number, all(&mean_of, threshold))
        });
        Ok(Self {
            totals: Statistic::new(standings.iter().filter_map(Standing::total), pass_mark),
            levels: levels(&members, &framework),
            questions: questions.map(|code| (*code, all(&|result| question(result, code), threshold))).collect(),
            indicators: indicators
                .map(|number| (number, all(&|result| result.indicators.get(&number).copied(), threshold)))
                .collect(),
            instruments: Instrument::ALL
                .iter()
                .map(|instrument| (*instrument, all(&|result| result.instruments.get(instrument).copied(), pass_mark)))
                .collect(),
            issues: issues.collect(),
            provinces: places::places(&standings, false, pass_mark),
            districts: places::places(&standings, true, pass_mark),
            nearest: near_pass::nearest(&standings, &framework, pass_mark, NEAREST),
            changes: before.map(|year| Changes::new(year, &changes)),
            framework,
            threshold,
            pass_mark,
            standings,
            excluded,
            failures,
            measures: &[],
        })
    }

    /// The questions with the lowest means, lowest first; equal ones in the framework's order.
    pub fn weakest(&self) -> Vec<(QuestionCode, &Statistic)> {
        let mut all: Vec<(QuestionCode, &Statistic)> = self
            .questions
            .iter()
            .filter(|(_, statistic)| statistic.mean.is_some())
            .map(|(code, statistic)| (*code, statistic))
            .collect();
        all.sort_by_key(|(_, statistic)| statistic.mean);
        all.truncate(WEAKEST);
        all
    }
}

/// Last year's results: those of the newest year before `year`, each agency once.
fn last_year(all: &[AgencyResult], year: u16) -> Option<(u16, Vec<&AgencyResult>)> {
    let before = all.iter().map(|result| result.year).filter(|earlier| *earlier < year).max()?;
    Some((before, group::members(all, before).0))
}

/// How many agencies have each level.
fn levels(members: &[&AgencyResult], framework: &Framework) -> Vec<(Option<String>, usize)> {
    let mut counts: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    for result in members {
        *counts.entry(result.level.as_deref()).or_default() += 1;
    }
    let known = framework.levels.iter().map(|level| level.name.as_str());
    let mut levels: Vec<(Option<String>, usize)> =
        known.map(|name| (Some(name.to_owned()), counts.remove(&Some(name)).unwrap_or_default())).collect();
    let without = counts.remove(&None);
    levels.extend(counts.into_iter().map(|(name, count)| (name.map(str::to_owned), count)));
    levels.extend(without.map(|count| (None, count)));
    levels
}
