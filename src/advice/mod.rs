//! What to say and what to do about a score, as data.
//!
//! It takes TOML, built in or the user's own, and gives checked texts: for each topic a finding a grade and recommendations,
//! each with the step of the plan that carries it out; measures; and what units are called by kind of agency. Texts hang on
//! topics, so that one bank serves every year. Which of them an agency gets is for [`crate::plan`] to choose.

mod check;
mod patch;
mod roles;

use std::sync::OnceLock;

use indexmap::IndexMap;
use rust_decimal::Decimal;
use serde::Deserialize;

pub use crate::advice::check::AdviceError;
pub use crate::advice::patch::AdvicePatch;
pub use crate::advice::roles::{Kind, Units};

use crate::domain::embedded;
use crate::domain::embedded::embedded;
use crate::domain::figure::round2;
use crate::framework::{Framework, Instrument, QuestionCode};

/// The built-in texts as they stand in their file, to be copied and changed.
pub const BUILT_IN: &str = include_str!("texts.toml");

/// Where lines of the fixed texts may break, made from them ahead of time: see [`crate::typeset`].
pub const STORED_BREAKS: &str = include_str!("breaks.txt");

/// The version of the schema that this program reads.
pub(crate) const SCHEMA: u32 = 2;

/// The texts for all topics.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Advice {
    /// The version of the file's schema; this program reads version 2.
    pub schema: u32,
    /// The sentences that stand around the texts.
    pub phrases: Phrases,
    /// How many measures an issue gets.
    pub bounds: Bounds,
    /// The grades that choose the wording, lowest first for each instrument.
    #[serde(rename = "grade")]
    pub grades: Vec<Grade>,
    /// The texts of each topic.
    pub topics: IndexMap<String, TopicTexts>,
    /// What is said of an indicator as a whole, by its topic.
    pub indicators: IndexMap<String, IndicatorTexts>,
    /// The measures, each about one topic or about several that are items of one document.
    #[serde(rename = "measure")]
    pub measures: Vec<Measure>,
}

/// The sentences that stand around the texts.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrases {
    /// What stands above the recommendations of a question.
    pub lead_in: String,
    /// What stands right before the only recommendation of a question, without a space.
    pub lead_in_one: String,
    /// What stands there for an item of the disclosure check: the assessor's reason is looked up first.
    pub lead_in_oit: String,
    /// What stands right before the only recommendation of such an item.
    pub lead_in_oit_one: String,
    /// What is said below the questions of an instrument of those that need no text; behind `ข้ออื่น` where others have one.
    pub keep: IndexMap<Instrument, Variants>,
    /// What part 1 ends with: what the texts are, and what they are not.
    pub caution: String,
    /// What stands above the measures of the second phase.
    pub second_phase: String,
    /// When an urgent measure is carried out.
    pub urgent_period: String,
    /// What an issue says that has no score and so no measure.
    pub no_scores: String,
    /// What is said behind the codes of questions that there are no texts about.
    pub no_texts: String,
    /// What an issue says that has only such questions, and so no measure.
    pub no_measures: String,
}

/// One sentence, or several that say the same in other words.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "OneOrMore")]
pub struct Variants(Vec<String>);

/// How [`Variants`] are written: a text, or a list of texts.
#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl From<OneOrMore> for Variants {
    fn from(written: OneOrMore) -> Self {
        match written {
            OneOrMore::One(text) => Self(vec![text]),
            OneOrMore::More(texts) => Self(texts),
        }
    }
}

impl Variants {
    /// The one whose turn it is, from 0, beginning again behind the last; none only where none is written.
    pub fn turn(&self, number: usize) -> Option<&str> {
        let turn = number.checked_rem(self.0.len())?;
        self.0.get(turn).map(String::as_str)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

/// How many measures an issue gets in its first phase; an issue of a framework can have its own numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    /// At least so many, where the issue has any score.
    pub least: usize,
    /// At most so many; what is beyond goes to the second phase, which has at most as many again.
    pub most: usize,
}

/// A range of scores that shares a wording. Grades choose words only; what is weak is told by the threshold.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grade {
    /// Its name, by which the findings refer to it.
    pub id: String,
    /// The instruments it is for.
    pub instruments: Vec<Instrument>,
    /// Scores below this belong to it, unless they belong to a lower one.
    pub below: Option<Decimal>,
    /// Scores up to and including this belong to it, unless they belong to a lower one.
    pub up_to: Option<Decimal>,
    /// The name of the recommendations for a question that falls short.
    pub weak: String,
    /// The name of the recommendations for a question that does not.
    pub passed: String,
    /// With which of its recommendations a question begins that does not fall short, from 1.
    #[serde(default = "first")]
    pub first: usize,
    /// Whether an urgent text of a topic is called for.
    #[serde(default)]
    pub urgent: bool,
}

fn first() -> usize {
    1
}

/// The texts of one topic.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TopicTexts {
    /// The measure that is about it.
    pub measure: String,
    /// Whether anything short of a full score must be spoken of.
    #[serde(default)]
    pub always: bool,
    /// One sentence for each grade that has one.
    pub finding: IndexMap<String, String>,
    /// Recommendations with their steps, in order of preference.
    pub actions: Vec<Action>,
    /// What is done at once where the grade calls for it.
    #[serde(default)]
    pub urgent: Option<Urgent>,
}

/// A recommendation and the step of the plan that carries it out.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// By which name grades ask for it.
    pub when: String,
    /// The topic without which it is called for, in place of the others of its name: one whose score is 0.
    #[serde(default)]
    pub absent: Option<String>,
    /// What part 1 says.
    pub recommend: String,
    /// What part 2 says; the recommendation itself where nothing is given.
    #[serde(default)]
    pub step: Option<String>,
    /// What is said in place of both to local government, which has a council and a political side.
    #[serde(default)]
    pub local: Option<LocalAction>,
}

/// A recommendation and its step as they are for local government.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalAction {
    /// What part 1 says.
    pub recommend: String,
    /// What part 2 says; the recommendation itself where nothing is given.
    #[serde(default)]
    pub step: Option<String>,
}

impl Action {
    /// The step of the plan.
    pub fn step(&self) -> &str {
        self.step.as_deref().unwrap_or(&self.recommend)
    }

    /// The recommendation and its step, as they are for local government or for any other agency.
    pub fn words(&self, local: bool) -> (&str, &str) {
        match self.local.as_ref().filter(|_| local) {
            Some(own) => (&own.recommend, own.step.as_deref().unwrap_or(&own.recommend)),
            None => (&self.recommend, self.step()),
        }
    }
}

/// What is done at once about a topic.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Urgent {
    /// What part 1 says.
    pub recommend: String,
    /// The measure's title.
    pub title: String,
    /// Its steps; the first carries the recommendation out.
    pub steps: Vec<String>,
    /// Who carries it out: roles of `roles.toml`.
    pub roles: Vec<String>,
    /// What comes out of it.
    pub output: String,
    /// How its success is measured.
    pub success: String,
}

/// What is said of an indicator that falls short as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorTexts {
    /// What it shows.
    pub finding: String,
    /// What part 1 recommends.
    pub recommend: String,
    /// The step of the plan that carries it out.
    pub step: String,
    /// The measure that is about it.
    pub measure: String,
}

/// A measure, project or activity of the action plan. Its steps are those that carry out what is recommended, between a first
/// and a last one of its own.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Its stable name.
    pub id: String,
    /// The topics that it answers beside those that name it, for a measure of one's own.
    #[serde(default)]
    pub answers: Vec<String>,
    /// What is done where something falls short.
    pub title: String,
    /// What is done where nothing does; the title where nothing is given.
    #[serde(default)]
    pub keep: Option<String>,
    /// The step before those that carry out recommendations.
    #[serde(default)]
    pub begin: Option<String>,
    /// The step after them.
    pub end: String,
    /// Who does it: roles of `roles.toml`.
    pub roles: Vec<String>,
    /// The first and the last month of the fiscal year, 1 for October to 12 for September.
    pub months: (u8, u8),
    /// What comes out of it.
    pub output: String,
    /// How its success is measured.
    pub success: String,
    /// Whether it is done every year, whatever the scores are.
    #[serde(default)]
    pub duty: bool,
    /// Whether its document is due in the first half of the fiscal year, so that it cannot wait for the second phase.
    #[serde(default)]
    pub dated: bool,
}

impl Advice {
    /// Reads an advice file and checks it against a framework.
    ///
    /// # Errors
    /// When the text is not TOML of this schema, or leaves a topic, grade or role open: see [`AdviceError`].
    pub fn parse(text: &str, framework: &Framework) -> Result<Self, AdviceError> {
        let advice: Self = toml::from_str(text).map_err(|e| AdviceError::Syntax(e.to_string()))?;
        check::complete(&advice, framework)?;
        Ok(advice)
    }

    /// The built-in texts.
    pub fn built_in() -> &'static Self {
        static TEXTS: OnceLock<Advice> = OnceLock::new();
        // Checked against the frameworks by a test, so that a start need not check it again.
        TEXTS.get_or_init(|| embedded::read(embedded!("advice/texts")))
    }

    /// The texts of a topic.
    pub fn topic(&self, key: &str) -> Option<&TopicTexts> {
        self.topics.get(key)
    }

    /// Whether there are texts about what a question asks.
    pub fn is_about(&self, framework: &Framework, code: QuestionCode) -> bool {
        framework.topic(code).is_some_and(|topic| self.topics.contains_key(topic))
    }

    /// The grade of a score of an instrument's question.
    pub fn grade(&self, instrument: Instrument, score: Decimal) -> Option<&Grade> {
        let score = round2(score);
        self.grades.iter().find(|grade| {
            let below = grade.below.is_some_and(|bound| score < bound);
            let up_to = grade.up_to.is_some_and(|bound| score <= bound);
            grade.instruments.contains(&instrument) && (below || up_to)
        })
    }

    /// A measure by its name.
    pub fn measure(&self, id: &str) -> Option<&Measure> {
        self.measures.iter().find(|measure| measure.id == id)
    }

    /// The measure that is about a topic.
    pub fn measure_about(&self, topic: &str) -> Option<&Measure> {
        let named = self.measures.iter().find(|measure| measure.answers.iter().any(|answered| answered == topic));
        named.or_else(|| self.measure(&self.topics.get(topic)?.measure))
    }

    /// Every text that can come to stand in a workbook.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let topics = self.topics.values().flat_map(|topic| {
            let actions = topic.actions.iter().flat_map(|action| [action.words(false), action.words(true)]);
            let actions = actions.flat_map(<[&str; 2]>::from);
            let urgent = topic.urgent.iter().flat_map(|urgent| {
                let single = [&urgent.recommend, &urgent.title, &urgent.output, &urgent.success];
                single.into_iter().chain(&urgent.steps).map(String::as_str)
            });
            topic.finding.values().map(String::as_str).chain(actions).chain(urgent)
        });
        let indicators = self
            .indicators
            .values()
            .flat_map(|texts| [&texts.finding, &texts.recommend, &texts.step])
            .map(String::as_str);
        let measures = self.measures.iter().flat_map(|measure| {
            let single = [&measure.title, &measure.end, &measure.output, &measure.success];
            single.into_iter().chain(&measure.keep).chain(&measure.begin).map(String::as_str)
        });
        let phrases = &self.phrases;
        let single = [
            &phrases.lead_in,
            &phrases.lead_in_one,
            &phrases.lead_in_oit,
            &phrases.lead_in_oit_one,
            &phrases.caution,
            &phrases.second_phase,
            &phrases.urgent_period,
            &phrases.no_scores,
            &phrases.no_texts,
            &phrases.no_measures,
        ];
        let keep = phrases.keep.values().flat_map(Variants::iter);
        let phrases = single.into_iter().map(String::as_str).chain(keep);
        phrases.chain(topics).chain(indicators).chain(measures)
    }
}
