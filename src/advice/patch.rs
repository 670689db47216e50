//! Texts and measures of a user's own, laid over the built-in ones entry by entry.

use indexmap::IndexMap;
use serde::Deserialize;

use crate::advice::{Advice, AdviceError, Grade, Measure, check};
use crate::framework::{Framework, Instrument, QuestionCode};

/// Part of an advice file: what it names replaces the built-in text, the rest stays. A whole file is one too.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AdvicePatch {
    schema: Option<u32>,
    framework: Option<u16>,
    #[serde(rename = "grade")]
    grades: Vec<Grade>,
    maintain: IndexMap<Instrument, String>,
    questions: IndexMap<QuestionCode, QuestionPatch>,
    /// By `id`: a measure of the same name is replaced, another one is added before the built-in ones.
    #[serde(rename = "measure")]
    measures: Vec<Measure>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct QuestionPatch {
    finding: IndexMap<String, String>,
    recommend: IndexMap<String, Vec<String>>,
}

impl AdvicePatch {
    /// Reads a file of one's own.
    ///
    /// # Errors
    /// When the text is not TOML of this schema.
    pub fn parse(text: &str) -> Result<Self, AdviceError> {
        toml::from_str(text).map_err(|e| AdviceError::Syntax(e.to_string()))
    }

    /// The fiscal year (Buddhist era) that the texts are for, where the file says so.
    pub fn framework(&self) -> Option<u16> {
        self.framework
    }

    /// The built-in texts with these laid over them.
    ///
    /// # Errors
    /// When the result leaves a question, grade or role open, or the file is for another framework.
    pub fn apply(&self, base: &Advice, framework: &Framework) -> Result<Advice, AdviceError> {
        let mut advice = base.clone();
        advice.schema = self.schema.unwrap_or(advice.schema);
        advice.framework = self.framework.unwrap_or(advice.framework);
        if !self.grades.is_empty() {
            advice.grades.clone_from(&self.grades);
        }
        advice.maintain.extend(self.maintain.clone());
        for (code, patch) in &self.questions {
            if !framework.questions.contains_key(code) {
                return Err(AdviceError::UnknownQuestion(*code));
            }
            let texts = advice.questions.entry(*code).or_default();
            texts.finding.extend(patch.finding.clone());
            texts.recommend.extend(patch.recommend.clone());
        }
        let mut added = Vec::new();
        for measure in &self.measures {
            match advice.measures.iter_mut().find(|known| known.id == measure.id) {
                Some(known) => known.clone_from(measure),
                None => added.push(measure.clone()),
            }
        }
        // One's own measures are preferred to as good a built-in one.
        added.append(&mut advice.measures);
        advice.measures = added;
        check::complete(&advice, framework)?;
        Ok(advice)
    }
}
