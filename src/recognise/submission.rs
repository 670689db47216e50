//! One agency's scores as the file gives them, each with the cell it came from.

use std::collections::BTreeMap;
use std::fmt;

use indexmap::IndexMap;
use rust_decimal::Decimal;

use crate::domain::language::Texts;
use crate::finding::{Finding, FindingCode, Place};
use crate::framework::{Instrument, QuestionCode};

/// What one table of the input says about one agency and year.
#[derive(Debug, Clone, Default)]
pub struct Submission {
    /// Fiscal year, Buddhist era; nothing where neither the file nor the user names one.
    pub year: Option<Given<u16>>,
    /// The agency's name.
    pub agency: Option<Given<String>>,
    /// Its district, without the word อำเภอ or เขต.
    pub district: Option<Given<String>>,
    /// Its province, without the word จังหวัด.
    pub province: Option<Given<String>>,
    /// The questions, in the order in which they stand.
    pub answers: IndexMap<QuestionCode, Answer>,
    /// The figures that the assessment's office has published.
    pub published: Published,
    /// Where the questions and scores were found.
    pub tables: Vec<Table>,
    /// What cells said of layout, year, agency and published figures: what was taken and what was not, with the reasons.
    pub choices: Vec<FactChoice>,
    /// What should be looked at.
    pub findings: Vec<Finding>,
}

/// A value and where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given<T> {
    /// The value.
    pub value: T,
    /// Where it came from.
    pub origin: Origin,
}

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A cell of the input.
    Cell(Place),
    /// A command-line flag, by its name.
    Flag(&'static str),
    /// The profile.
    Profile,
}

/// One question's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Its score, 0 to 100; nothing where the cell is blank or holds no usable number.
    pub score: Option<Decimal>,
    /// Its scores in the two parts of the external survey, where the file has both; the score is their mean.
    pub parts: Option<(Decimal, Decimal)>,
    /// What stands in the score's cell.
    pub raw: String,
    /// The question's title in the file's own words, if it has one.
    pub title: Option<String>,
    /// The cell of its code.
    pub code_place: Place,
    /// The cell of its score.
    pub score_place: Option<Place>,
    /// Further cells where the same code stands.
    pub repeats: Vec<Place>,
}

/// Published figures; each is kept as it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Published {
    /// Scores of indicators, 0 to 100, by number.
    pub indicators: BTreeMap<u8, Given<Decimal>>,
    /// Scores of instruments, 0 to 100.
    pub instruments: BTreeMap<Instrument, Given<Decimal>>,
    /// The total, 0 to 100.
    pub total: Option<Given<Decimal>>,
    /// The name of the level.
    pub level: Option<Given<String>>,
    /// The rank, from 1.
    pub rank: Option<Given<u32>>,
}

/// One reason for or against a choice: a named rule and how much it speaks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The rule's name.
    pub rule: String,
    /// Its points: above 0 for the choice, below 0 against it.
    pub points: i32,
}

/// A fact about a result that several cells may tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Fact {
    /// How its table is laid out.
    Layout,
    /// The fiscal year.
    Year,
    /// The agency's name.
    Agency,
    /// The column of the published indicators.
    Indicators,
    /// The published total.
    Total,
    /// The published score of an instrument.
    Instrument,
    /// The published rank.
    Rank,
    /// The published level.
    Level,
}

impl Fact {
    /// Its name in JSON and in what `inspect --why` prints.
    pub fn name(self) -> &'static str {
        match self {
            Self::Layout => "layout",
            Self::Year => "year",
            Self::Agency => "agency",
            Self::Indicators => "indicators",
            Self::Total => "total",
            Self::Instrument => "instrument",
            Self::Rank => "rank",
            Self::Level => "level",
        }
    }
}

/// What a cell said of a fact, with the reasons for and against taking it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactChoice {
    /// The fact.
    pub of: Fact,
    /// What the cell says.
    pub value: String,
    /// The cell.
    pub place: Place,
    /// All reasons, added up.
    pub points: i32,
    /// The reasons.
    pub evidence: Vec<Evidence>,
    /// Whether it was taken.
    pub taken: bool,
}

/// A column that could have held the scores, with the reasons for and against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnChoice {
    /// The column, from 0; a row where codes stand in a row.
    pub column: u32,
    /// Its header.
    pub header: Option<String>,
    /// All reasons, added up.
    pub points: i32,
    /// The reasons.
    pub evidence: Vec<Evidence>,
    /// What its numbers are instead of scores, where it can be none of scores at all.
    pub other: Option<Texts>,
}

/// A table of codes and scores: which columns were taken for what, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The sheet's name.
    pub sheet: String,
    /// The column of the codes, from 0.
    pub code_column: u32,
    /// The column of the scores, from 0.
    pub score_column: u32,
    /// The column of the questions' titles, from 0, if they have one of their own.
    pub title_column: Option<u32>,
    /// The first and the last row with a code, from 0.
    pub rows: (u32, u32),
    /// The header over the scores, if there is one.
    pub score_header: Option<String>,
    /// How many of its codes have a score.
    pub scored: usize,
    /// Whether codes stand in a row and scores in another: then the columns above are rows, and the rows columns.
    pub transposed: bool,
    /// Every column that could have held the scores, that with the most points first.
    pub choices: Vec<ColumnChoice>,
}

impl Submission {
    /// Fills in what the file lacks from a profile; where the profile names another agency it is said.
    pub(crate) fn fill(&mut self, agency: &Option<String>, district: &Option<String>, province: &Option<String>) {
        // A profile names the agency better than a province that stands alone in the file.
        let is_province = |finding: &Finding| finding.code == FindingCode::AgencyIsProvince;
        if agency.is_some() && self.findings.iter().any(is_province) {
            self.findings.retain(|finding| !is_province(finding));
            self.agency = None;
        }
        let known = self.agency.as_ref();
        if let (Some(named), Some(given)) =
            (known, agency.as_ref().filter(|name| known.is_some_and(|named| named.value != **name)))
        {
            let finding = Finding::new(FindingCode::AgencyDiffers, "").at(named.place().cloned());
            self.findings.push(finding.found(&named.value).expected(given));
            // The rest of the profile is about the other agency too.
            return;
        }
        let profile = |text: &Option<String>| text.clone().map(|value| Given { value, origin: Origin::Profile });
        if self.agency.is_none() && agency.is_some() {
            self.findings.retain(|finding| finding.code != FindingCode::AgencyMissing);
        }
        self.agency = self.agency.take().or_else(|| profile(agency));
        self.district = self.district.take().or_else(|| profile(district));
        self.province = self.province.take().or_else(|| profile(province));
    }
}

impl<T> Given<T> {
    /// A value that stands in a cell.
    pub fn in_cell(value: T, place: Place) -> Self {
        Self { value, origin: Origin::Cell(place) }
    }

    /// A value that the user has given by a flag.
    pub fn by_flag(value: T, flag: &'static str) -> Self {
        Self { value, origin: Origin::Flag(flag) }
    }

    /// The cell, where the value came from one.
    pub fn place(&self) -> Option<&Place> {
        match &self.origin {
            Origin::Cell(place) => Some(place),
            Origin::Flag(_) | Origin::Profile => None,
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cell(place) => place.fmt(f),
            Self::Flag(flag) => f.write_str(flag),
            Self::Profile => f.write_str("profile.toml"),
        }
    }
}
