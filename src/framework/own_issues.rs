//! Issues of one's own: the year's, renamed, added to, dropped, in another order, or with other questions.

use serde::Deserialize;

use crate::domain::thai;
use crate::framework::{Certainty, Framework, Issue, QuestionCode};

/// The most issues that are printed.
const MOST: usize = 99;

/// The most characters of a title.
const LONGEST: usize = 300;

/// One issue as a profile lists it; all that are listed are all that there are, in this order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct IssueSetting {
    /// The number of the year's issue that it is; nothing for a new one.
    pub issue: Option<u8>,
    /// Its title in Thai; the year's own where nothing is given.
    pub title: Option<String>,
    /// Its questions, all of them; those of the year's issue where nothing is given.
    pub questions: Option<Vec<QuestionCode>>,
    /// Questions that come to it from others.
    pub add: Vec<QuestionCode>,
    /// The least and the most measures of its first phase.
    pub measures: Option<(usize, usize)>,
}

/// A year's issues as they have been set, and what could not be done.
#[derive(Debug, Clone, Default)]
pub struct OwnIssues {
    /// The issues.
    pub issues: Vec<Issue>,
    /// Settings that the year has no use for: codes, and issues by number or title.
    pub unused: Vec<String>,
}

impl IssueSetting {
    /// What is wrong with the settings, whatever the year.
    ///
    /// # Errors
    /// A text that says so.
    pub(crate) fn check(settings: &[Self]) -> Result<(), String> {
        if settings.len() > MOST {
            return Err(format!("[[issues]]: there are {}, at most {MOST} are possible", settings.len()));
        }
        for (index, setting) in settings.iter().enumerate() {
            if setting.issue.is_none() && setting.title.is_none() {
                return Err("[[issues]]: an entry needs a title, or the number of an issue of the year".to_owned());
            }
            let is_title = |title: &String| {
                !thai::clean(title).is_empty() && title.chars().count() <= LONGEST && !title.contains(char::is_control)
            };
            if setting.title.as_ref().is_some_and(|title| !is_title(title)) {
                return Err(format!(
                    "[[issues]]: a title must be a text of 1 to {LONGEST} characters without line ends"
                ));
            }
            if let Some((least, most)) = setting.measures.filter(|(least, most)| least > most || *most == 0) {
                return Err(format!("[[issues]]: the least number of measures is {least}, the most is {most}"));
            }
            let earlier = settings.iter().take(index);
            if setting.issue.is_some() && earlier.clone().any(|other| other.issue == setting.issue) {
                let number = setting.issue.unwrap_or_default();
                return Err(format!("[[issues]]: issue {number} is listed twice"));
            }
        }
        Ok(())
    }

    /// The questions that it names itself.
    fn named(&self) -> impl Iterator<Item = QuestionCode> + '_ {
        self.questions.iter().flatten().chain(&self.add).copied()
    }
}

impl OwnIssues {
    /// A year's issues as `settings` have them.
    pub fn new(framework: &Framework, settings: &[IssueSetting]) -> Self {
        let mut own = Self::default();
        let is_moved = |code: QuestionCode| settings.iter().any(|setting| setting.named().any(|named| named == code));
        for setting in settings {
            let of_year = setting.issue.and_then(|number| framework.issues.iter().find(|issue| issue.number == number));
            let title = setting.title.clone().or_else(|| of_year.map(|issue| issue.title.clone()));
            let name = || match (setting.issue, &setting.title) {
                (Some(number), None) => format!("issue {number}"),
                (_, title) => title.clone().unwrap_or_default(),
            };
            let Some(title) = title else {
                own.unused.push(name());
                continue;
            };
            let mut questions: Vec<QuestionCode> = match (&setting.questions, of_year) {
                (Some(all), _) => all.clone(),
                // What is named elsewhere has gone there.
                (None, Some(issue)) => issue.questions.iter().copied().filter(|code| !is_moved(*code)).collect(),
                (None, None) => Vec::new(),
            };
            questions.extend(&setting.add);
            let mut kept: Vec<QuestionCode> = Vec::new();
            for code in questions {
                if !framework.questions.contains_key(&code) {
                    own.unused.push(code.to_string());
                } else if !kept.contains(&code) {
                    kept.push(code);
                }
            }
            let measures = setting.measures.or_else(|| of_year.and_then(|issue| issue.measures));
            // An issue without a question has nothing to say.
            match u8::try_from(own.issues.len() + 1) {
                Ok(number) if !kept.is_empty() => own.issues.push(Issue {
                    number,
                    title,
                    measures,
                    certainty: of_year.map_or(Certainty::Confirmed, |issue| issue.certainty),
                    questions: kept,
                }),
                _ => own.unused.push(name()),
            }
        }
        own
    }
}
