//! A fiscal year that there is no framework for: its codes as the file has them, and nothing invented about them.

use std::sync::Arc;

use indexmap::IndexMap;

use crate::framework::{Basis, Certainty, Framework, Indicator, Question, QuestionCode};

impl Framework {
    /// What can be shown of a year without a framework: the codes of the file without titles, and the ten indicators,
    /// which have kept their titles from year to year, as published. Nothing is recomputed, no level and no issue given.
    pub(crate) fn placeholder(year: u16, codes: impl IntoIterator<Item = QuestionCode>) -> Option<Arc<Self>> {
        let newest = Self::all_built_in().next_back()?;
        let mut codes: Vec<QuestionCode> = codes.into_iter().collect();
        codes.sort_unstable();
        let question = |code| (code, Question { topic: None, title: String::new(), certainty: Certainty::Recalled });
        let indicators = newest.indicators.iter().map(|known| Indicator {
            basis: Basis::Unknown,
            certainty: Certainty::Recalled,
            questions: Vec::new(),
            sub_indicators: Vec::new(),
            ..known.clone()
        });
        let mut instruments = newest.instruments.clone();
        instruments.values_mut().for_each(|facts| facts.weight = None);
        Some(Arc::new(Self {
            year,
            short_name: format!("ITA {year}"),
            level_rule: None,
            draft: false,
            document: String::new(),
            follow_up: String::new(),
            feeds: None,
            instruments,
            indicators: indicators.collect(),
            questions: codes.into_iter().map(question).collect::<IndexMap<_, _>>(),
            issues: Vec::new(),
            ..(**newest).clone()
        }))
    }
}
