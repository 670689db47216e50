//! What items are called in any year: which item a title of a file names.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crate::domain::thai;
use crate::framework::{Framework, Instrument, QuestionCode, TitleKind, Topics};

/// What stands in titles of one file and not of another: the year that the item speaks of.
const OF_A_YEAR: [&str; 4] = ["ประจำปีงบประมาณ", "ปีงบประมาณ", "พ.ศ.", "ประจำปี"];

/// The items of all years by their titles.
#[derive(Debug, Default)]
pub(crate) struct ItemTitles(BTreeMap<String, BTreeSet<String>>);

impl ItemTitles {
    /// The items of all built-in years.
    pub fn built_in() -> &'static Self {
        static TITLES: OnceLock<ItemTitles> = OnceLock::new();
        TITLES.get_or_init(|| {
            let mut titles = Self::default();
            for framework in Framework::all_built_in() {
                for (code, question) in framework.questions.iter().filter(|(code, _)| is_item(framework, **code)) {
                    let own = question.topic.as_deref().and_then(|key| Topics::built_in().topic(key));
                    for title in std::iter::once(&question.title).chain(own.map(|topic| &topic.title)) {
                        titles.0.entry(title_key(title)).or_default().extend(identity(framework, *code));
                    }
                }
            }
            titles
        })
    }

    /// The items that a title names: their topics, or for those without one their titles.
    fn named(&self, title: &str) -> Option<&BTreeSet<String>> {
        self.0.get(&title_key(title))
    }

    /// Whether a title names another item than a framework has under the code; nothing where it names none that is known.
    pub fn is_other(&self, framework: &Framework, code: QuestionCode, title: &str) -> Option<bool> {
        let named = self.named(title)?;
        let own = identity(framework, code)?;
        Some(!named.iter().any(|other| Topics::built_in().are_akin(&own, other)))
    }

    /// The topic that a title names; nothing where it could be several or has none.
    pub fn topic(&self, title: &str) -> Option<&str> {
        let mut topics = self.named(title)?.iter().filter(|own| Topics::built_in().topic(own).is_some());
        let first = topics.next()?;
        topics.next().is_none().then_some(first)
    }
}

/// Whether a code is an item's, whose title is its name.
pub(crate) fn is_item(framework: &Framework, code: QuestionCode) -> bool {
    let instrument: Instrument = code.instrument();
    framework.instruments.get(&instrument).is_some_and(|facts| facts.titles == TitleKind::Item)
}

/// By what an item is told from others: its topic, or its title where it has none.
fn identity(framework: &Framework, code: QuestionCode) -> Option<String> {
    let question = framework.questions.get(&code)?;
    let title = || (!question.title.is_empty()).then(|| title_key(&question.title));
    question.topic.clone().or_else(title)
}

/// A title without what it says of the year.
fn title_key(title: &str) -> String {
    let mut key = thai::key(title);
    key.retain(|c| !c.is_ascii_digit());
    OF_A_YEAR.iter().fold(key, |key, word| key.replace(word, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn framework(year: u16) -> &'static Framework {
        Framework::built_in(year).expect("a year")
    }

    #[test]
    fn a_title_names_an_item_whatever_year_it_speaks_of() {
        let titles = ItemTitles::built_in();
        let code = "o26".parse().expect("a code");
        let named = "รายงานผลการดำเนินการเพื่อส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน ปีงบประมาณ พ.ศ. 2568";
        assert_eq!(titles.is_other(framework(2569), code, named), Some(false));
        assert_eq!(titles.is_other(framework(2568), code, named), Some(true));
        assert_eq!(titles.is_other(framework(2569), code, "อย่างอื่น"), None);
        assert_eq!(titles.topic(named), Some("integrity-report"));
    }

    #[test]
    fn every_years_own_titles_name_its_own_items() {
        let titles = ItemTitles::built_in();
        for framework in Framework::all_built_in() {
            for (code, question) in framework.questions.iter().filter(|(code, _)| is_item(framework, **code)) {
                assert_eq!(titles.is_other(framework, *code, &question.title), Some(false), "{framework} {code}");
            }
        }
    }
}
