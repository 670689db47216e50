//! A fiscal year's assessment as data: what is asked, how it is weighed, what the result is called.
//!
//! It takes TOML, built in or the user's own, and gives a checked framework; one that could not be worked with does not pass.
//! The built-in years are files beside this module. It knows no scores.

mod check;
mod code;
mod fill;
mod item_titles;
mod other_assessment;
mod own_issues;
mod placeholder;
mod topics;

use std::fmt;
use std::sync::{Arc, OnceLock};

use indexmap::IndexMap;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

pub use crate::framework::check::{FrameworkError, TextProblem};
pub(crate) use crate::framework::code::code_list;
pub use crate::framework::code::{Instrument, ParseCodeError, QuestionCode};
pub use crate::framework::fill::{Filled, FrameworkFile};
pub(crate) use crate::framework::item_titles::{ItemTitles, is_item};
pub use crate::framework::other_assessment::OtherAssessment;
#[cfg(test)]
pub(crate) use crate::framework::other_assessment::Others;
pub use crate::framework::own_issues::{IssueSetting, OwnIssues};
pub use crate::framework::topics::{Topic, Topics};

use crate::domain::embedded;

/// The built-in framework files, oldest first: the year of each, what is compiled in, and the file as it was written. They are
/// the files beside this one that are named by a year.
const BUILT_IN: &[(u16, &str, &str)] = include!(concat!(env!("OUT_DIR"), "/years.rs"));

/// The assessment of one fiscal year.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Framework {
    /// The version of the file's schema; this program reads version 1.
    pub schema: u32,
    /// Fiscal year, Buddhist era. Fiscal year 2567 ran from 1 October 2566 to 30 September 2567.
    pub year: u16,
    /// The assessment's full name in Thai.
    pub name: String,
    /// The name by which messages call it, such as `ITA 2567`.
    pub short_name: String,
    /// The name of the document that carries the result out; empty where no published one of the year was seen.
    #[serde(default)]
    pub document: String,
    /// Whether what is written about its survey questions is a draft: their topics are not confirmed for the year.
    #[serde(default)]
    pub draft: bool,
    /// The name of the report on what has come of it; empty likewise.
    #[serde(default)]
    pub follow_up: String,
    /// The item of a later year that the document is published under, as far as it was seen.
    #[serde(default)]
    pub feeds: Option<Feed>,
    /// The score, 0 to 100, below which a question falls short unless the user sets another.
    pub threshold: Decimal,
    /// How far a recomputed figure may lie from the published one, in points.
    pub tolerance: Decimal,
    /// The result levels, best first; none where not even their names are known.
    #[serde(default)]
    pub levels: Vec<Level>,
    /// How sure the conditions of the levels are; nothing where only their names are known, and none is computed.
    pub level_rule: Option<Certainty>,
    /// The three instruments.
    pub instruments: IndexMap<Instrument, InstrumentFacts>,
    /// The indicators in the order of their numbers.
    pub indicators: Vec<Indicator>,
    /// Every question of the year, in the order in which they are asked.
    pub questions: IndexMap<QuestionCode, Question>,
    /// The issues that the published analysis must cover; none where it is not known which questions they have.
    #[serde(default)]
    pub issues: Vec<Issue>,
    /// What a framework file of one's own leaves open, and the year that it was taken from.
    #[serde(skip)]
    pub filled: Option<Filled>,
}

/// The item of a later year's assessment that a result's document is published under.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feed {
    /// The fiscal year of that assessment, Buddhist era.
    pub year: u16,
    /// The item.
    pub item: QuestionCode,
    /// Whether nobody has seen what form the item asks for.
    #[serde(default)]
    pub unseen: bool,
    /// How sure it is that the item asks for the document.
    pub certainty: Certainty,
}

/// A result level and what it takes to reach it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// The level's name in Thai.
    pub name: String,
    /// The least total, 0 to 100.
    pub total: Decimal,
    /// The least score of every instrument, 0 to 100; nothing where only the total counts.
    pub each_instrument: Option<Decimal>,
    /// Whether an agency of this level has passed.
    #[serde(default)]
    pub passes: bool,
}

/// What is known of an instrument beside its letter.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstrumentFacts {
    /// Its name in Thai.
    pub title: String,
    /// Its share of the total, in percent; nothing where it is not known, and no total is computed.
    pub weight: Option<Decimal>,
    /// What its questions' titles are.
    pub titles: TitleKind,
    /// How sure the share is, or that there is none.
    #[serde(default)]
    pub certainty: Certainty,
}

/// What the titles of an instrument's questions are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TitleKind {
    /// A short topic in this program's own words: not the official wording.
    Topic,
    /// The name of the item.
    Item,
}

/// One of the ten indicators.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// Its number, from 1.
    pub number: u8,
    /// The key of what is said of it as a whole, where there is anything.
    #[serde(default)]
    pub topic: Option<String>,
    /// Its title in Thai.
    pub title: String,
    /// Other titles seen for it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The instrument it belongs to.
    pub instrument: Instrument,
    /// What its score can be recomputed from.
    pub basis: Basis,
    /// How sure it is that these questions make it up.
    #[serde(default)]
    pub certainty: Certainty,
    /// Its questions, where it has no sub-indicators.
    #[serde(default)]
    pub questions: Vec<QuestionCode>,
    /// Its sub-indicators, if it has any.
    #[serde(default)]
    pub sub_indicators: Vec<SubIndicator>,
}

impl Indicator {
    /// All its questions, through its sub-indicators where it has them.
    pub fn all_questions(&self) -> impl Iterator<Item = QuestionCode> + '_ {
        let inner = self.sub_indicators.iter().flat_map(|sub| &sub.questions);
        self.questions.iter().chain(inner).copied()
    }

    /// Whether `title`, already stripped of spaces, names this indicator.
    pub(crate) fn is_titled(&self, title: &str) -> bool {
        std::iter::once(&self.title)
            .chain(&self.aliases)
            .any(|known| known.chars().filter(|c| !c.is_whitespace()).eq(title.chars()))
    }
}

/// A part of an indicator that is averaged on its own first.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubIndicator {
    /// Its number, such as `9.1`.
    pub number: String,
    /// Its title in Thai.
    pub title: String,
    /// Other titles seen for it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// How sure it is that these questions make it up.
    #[serde(default)]
    pub certainty: Certainty,
    /// Its questions.
    pub questions: Vec<QuestionCode>,
}

/// What an indicator's score can be recomputed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// The mean of its questions.
    Questions,
    /// The mean of its sub-indicators, each the mean of its questions.
    SubIndicators,
    /// Nothing that an agency is given: half of the score is a second survey that is not shown by question.
    Published,
    /// How it is made of its questions in this year is not known.
    Unknown,
}

/// How sure a fact of the framework is, the surest first. What a file of one's own says without one is its writer's word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// Seen in a source of the fiscal year.
    #[default]
    Confirmed,
    /// Follows from published figures or from the place in a published list.
    Inferred,
    /// From memory of the assessment's material only.
    Recalled,
}

/// A question of the framework.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// What it is about: the key of its topic, on which titles, texts and measures hang, whatever code it has in a year.
    #[serde(default)]
    pub topic: Option<String>,
    /// Its short title in Thai: its own, or else that of its topic; empty where neither is known. What kind of title it is is
    /// told by [`InstrumentFacts::titles`].
    #[serde(default)]
    pub title: String,
    /// How sure it is that topic and title belong to the code.
    #[serde(default)]
    pub certainty: Certainty,
}

/// One of the issues that the published analysis must cover.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issue {
    /// Its number, from 1.
    pub number: u8,
    /// Its title in Thai.
    pub title: String,
    /// The least and the most measures of its first phase; the usual numbers where nothing is given.
    #[serde(default)]
    pub measures: Option<(usize, usize)>,
    /// How sure it is that these are its questions.
    #[serde(default)]
    pub certainty: Certainty,
    /// Its questions, in the order in which they are printed.
    pub questions: Vec<QuestionCode>,
}

impl Framework {
    /// Reads a framework file: its codes with their topics, and whatever else it says; the rest is that of the nearest year.
    ///
    /// # Errors
    /// When the text is not TOML of this schema, or when it contradicts itself: see [`FrameworkError`].
    pub fn parse(text: &str) -> Result<Self, FrameworkError> {
        let file: FrameworkFile = toml::from_str(text).map_err(|e| FrameworkError::Syntax(e.to_string()))?;
        let framework = file.filled()?.with_titles();
        check::complete(&framework)?;
        Ok(framework)
    }

    /// The built-in framework of a fiscal year (Buddhist era), if there is one.
    pub fn built_in(year: u16) -> Option<&'static Arc<Self>> {
        Self::numbered(BUILT_IN.iter().position(|(known, ..)| *known == year)?)
    }

    /// Every built-in framework, oldest first.
    pub fn all_built_in() -> impl DoubleEndedIterator<Item = &'static Arc<Self>> {
        (0..BUILT_IN.len()).filter_map(Self::numbered)
    }

    /// The newest year whose topics and issues are no draft; the newest of all where there is none.
    pub fn usual() -> Option<&'static Arc<Self>> {
        let is_settled = |framework: &&Arc<Self>| !framework.draft && !framework.issues.is_empty();
        Self::all_built_in().rev().find(is_settled).or_else(|| Self::all_built_in().next_back())
    }

    /// The fiscal year of [`Framework::usual`].
    pub fn usual_year() -> u16 {
        Self::usual().map_or(0, |framework| framework.year)
    }

    /// A built-in framework by its place; each is read when it is first asked for.
    fn numbered(index: usize) -> Option<&'static Arc<Self>> {
        static ALL: [OnceLock<Arc<Framework>>; BUILT_IN.len()] = [const { OnceLock::new() }; BUILT_IN.len()];
        let (_, text, _) = BUILT_IN.get(index)?;
        // Tests hold that every built-in file is complete.
        Some(ALL.get(index)?.get_or_init(|| Arc::new(embedded::read::<Self>(text).with_titles())))
    }

    /// The same with the titles of their topics for the questions that have none of their own.
    pub(crate) fn with_titles(mut self) -> Self {
        for question in self.questions.values_mut().filter(|question| question.title.is_empty()) {
            let topic = question.topic.as_deref().and_then(|key| Topics::built_in().topic(key));
            question.title = topic.map(|topic| topic.title.clone()).unwrap_or_default();
        }
        self
    }

    /// The topic of a question.
    pub fn topic(&self, code: QuestionCode) -> Option<&str> {
        self.questions.get(&code)?.topic.as_deref()
    }

    /// The first question about a topic.
    pub fn code_about(&self, topic: &str) -> Option<QuestionCode> {
        self.questions.iter().find(|(_, question)| question.topic.as_deref() == Some(topic)).map(|(code, _)| *code)
    }

    /// The least total with which an agency passes.
    pub fn pass_mark(&self) -> Decimal {
        let passing = self.levels.iter().filter(|level| level.passes);
        passing.map(|level| level.total).min().unwrap_or(self.threshold)
    }

    /// The built-in file of a fiscal year (Buddhist era) as it stands, to be copied and changed.
    pub fn text_of(year: u16) -> Option<&'static str> {
        BUILT_IN.iter().find(|(known, ..)| *known == year).map(|(_, _, text)| *text)
    }

    /// The levels with their conditions, best first; none where the conditions are not known.
    pub fn level_rules(&self) -> &[Level] {
        if self.level_rule.is_some() { &self.levels } else { &[] }
    }

    /// The indicator that a question counts in.
    pub fn indicator_of(&self, code: QuestionCode) -> Option<&Indicator> {
        self.indicators.iter().find(|indicator| indicator.all_questions().any(|question| question == code))
    }

    /// The issues that list a question, in order.
    pub fn issues_of(&self, code: QuestionCode) -> impl Iterator<Item = &Issue> {
        self.issues.iter().filter(move |issue| issue.questions.contains(&code))
    }

    /// The indicators of an instrument, in order.
    pub fn indicators_of(&self, instrument: Instrument) -> impl Iterator<Item = &Indicator> {
        self.indicators.iter().filter(move |indicator| indicator.instrument == instrument)
    }
}

impl fmt::Display for Framework {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.short_name)
    }
}
