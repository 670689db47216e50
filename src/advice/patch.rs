//! Texts and measures of a user's own, laid over the built-in ones entry by entry.

use indexmap::IndexMap;
use serde::Deserialize;

use crate::advice::{
    Action, Advice, AdviceError, Bounds, Grade, IndicatorTexts, Measure, Phrases, SCHEMA, Urgent, Variants, check,
};
use crate::framework::{Framework, Instrument, QuestionCode};

/// Part of an advice file: what it names replaces the built-in text, the rest stays. A whole file is one too.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AdvicePatch {
    schema: Option<u32>,
    /// The fiscal year whose codes [`AdvicePatch::questions`] are.
    framework: Option<u16>,
    phrases: PhrasesPatch,
    bounds: Option<Bounds>,
    #[serde(rename = "grade")]
    grades: Vec<Grade>,
    /// Texts by topic.
    topics: IndexMap<String, TopicPatch>,
    /// Texts by code: of the topic that the code has in the framework.
    questions: IndexMap<QuestionCode, TopicPatch>,
    indicators: IndexMap<String, IndicatorTexts>,
    /// By `id`: a measure of the same name is replaced, another one is added before the built-in ones.
    #[serde(rename = "measure")]
    measures: Vec<Measure>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct PhrasesPatch {
    lead_in: Option<String>,
    lead_in_one: Option<String>,
    lead_in_oit: Option<String>,
    lead_in_oit_one: Option<String>,
    keep: IndexMap<Instrument, Variants>,
    caution: Option<String>,
    second_phase: Option<String>,
    urgent_period: Option<String>,
    no_scores: Option<String>,
    no_texts: Option<String>,
    no_measures: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct TopicPatch {
    measure: Option<String>,
    always: Option<bool>,
    finding: IndexMap<String, String>,
    /// All recommendations of a name replace the built-in ones of that name.
    actions: Vec<Action>,
    /// Recommendations by name, short: each is its own step.
    recommend: IndexMap<String, Vec<String>>,
    urgent: Option<Urgent>,
}

impl TopicPatch {
    /// The recommendations that it gives, long and short.
    fn actions(&self) -> impl Iterator<Item = Action> {
        let short = self.recommend.iter().flat_map(|(name, texts)| {
            texts.iter().map(|text| Action {
                when: name.clone(),
                absent: None,
                recommend: text.clone(),
                step: None,
                local: None,
            })
        });
        self.actions.iter().cloned().chain(short)
    }
}

impl AdvicePatch {
    /// Reads a file of one's own.
    ///
    /// # Errors
    /// When the text is not TOML of this schema.
    pub fn parse(text: &str) -> Result<Self, AdviceError> {
        toml::from_str(text).map_err(|e| AdviceError::Syntax(e.to_string()))
    }

    /// The fiscal year (Buddhist era) whose codes it names, where the file says so.
    pub fn framework(&self) -> Option<u16> {
        self.framework
    }

    /// The built-in texts with these laid over them.
    ///
    /// # Errors
    /// When the result leaves a topic, grade or role open, or a code is none of the framework's.
    pub fn apply(&self, base: &Advice, framework: &Framework) -> Result<Advice, AdviceError> {
        let schema = self.schema.unwrap_or(SCHEMA);
        if schema != SCHEMA {
            return Err(AdviceError::Schema(schema));
        }
        let mut advice = base.clone();
        self.phrases.apply(&mut advice.phrases);
        advice.bounds = self.bounds.unwrap_or(advice.bounds);
        if !self.grades.is_empty() {
            advice.grades.clone_from(&self.grades);
        }
        for (topic, patch) in &self.topics {
            lay(&mut advice, topic, patch)?;
        }
        for (code, patch) in &self.questions {
            if !framework.questions.contains_key(code) {
                return Err(AdviceError::UnknownQuestion(*code));
            }
            let topic = framework.topic(*code).ok_or(AdviceError::UnknownQuestion(*code))?;
            lay(&mut advice, topic, patch)?;
        }
        advice.indicators.extend(self.indicators.clone());
        let mut added = Vec::new();
        for measure in &self.measures {
            let measure = Measure {
                answers: measure.answers.iter().map(|answered| topic_of(answered, framework)).collect(),
                ..measure.clone()
            };
            match advice.measures.iter_mut().find(|known| known.id == measure.id) {
                Some(known) => *known = measure,
                None => added.push(measure),
            }
        }
        // One's own measures are preferred to built-in ones.
        added.append(&mut advice.measures);
        advice.measures = added;
        check::complete(&advice, framework)?;
        Ok(advice)
    }
}

/// The topic that a measure answers, which may be named by a question's code.
fn topic_of(answered: &str, framework: &Framework) -> String {
    let code = answered.parse::<QuestionCode>().ok();
    code.and_then(|code| framework.topic(code)).unwrap_or(answered).to_owned()
}

fn lay(advice: &mut Advice, topic: &str, patch: &TopicPatch) -> Result<(), AdviceError> {
    let texts = advice.topics.get_mut(topic).ok_or_else(|| AdviceError::UnknownTopic(topic.to_owned()))?;
    if let Some(measure) = &patch.measure {
        texts.measure.clone_from(measure);
    }
    texts.always = patch.always.unwrap_or(texts.always);
    texts.finding.extend(patch.finding.clone());
    let given: Vec<Action> = patch.actions().collect();
    texts.actions.retain(|known| !given.iter().any(|action| action.when == known.when));
    texts.actions.extend(given);
    if let Some(urgent) = &patch.urgent {
        texts.urgent = Some(urgent.clone());
    }
    Ok(())
}

impl PhrasesPatch {
    fn apply(&self, phrases: &mut Phrases) {
        let single = [
            (&self.lead_in, &mut phrases.lead_in),
            (&self.lead_in_one, &mut phrases.lead_in_one),
            (&self.lead_in_oit_one, &mut phrases.lead_in_oit_one),
            (&self.lead_in_oit, &mut phrases.lead_in_oit),
            (&self.caution, &mut phrases.caution),
            (&self.second_phase, &mut phrases.second_phase),
            (&self.urgent_period, &mut phrases.urgent_period),
            (&self.no_scores, &mut phrases.no_scores),
            (&self.no_texts, &mut phrases.no_texts),
            (&self.no_measures, &mut phrases.no_measures),
        ];
        for (given, known) in single {
            if let Some(text) = given {
                known.clone_from(text);
            }
        }
        phrases.keep.extend(self.keep.clone());
    }
}
