//! What questions are about, whatever code they have in a year.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use indexmap::IndexMap;
use serde::Deserialize;

use crate::domain::embedded;
use crate::domain::embedded::embedded;
use crate::domain::thai;

/// All topics by their keys.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "IndexMap<String, Topic>")]
pub struct Topics {
    topics: IndexMap<String, Topic>,
    /// Every title that this program writes or has written, without spaces.
    written: BTreeSet<String>,
}

impl From<IndexMap<String, Topic>> for Topics {
    fn from(topics: IndexMap<String, Topic>) -> Self {
        let written = topics.values().flat_map(|topic| topic.former.iter().chain([&topic.title]));
        Self { written: written.map(|title| thai::key(title)).collect(), topics }
    }
}

/// What a question can be about.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Its title in Thai, in the sense in which a full score is good.
    pub title: String,
    /// What a question's own title says that is about it: one of the words of each entry, which `|` separates.
    #[serde(default)]
    pub words: Vec<String>,
    /// What a title does not say that is about it, though it says all that: the words of another topic.
    #[serde(default)]
    pub unless: Vec<String>,
    /// Of what is bad: what a title says that denies it. A title without any of these asks for what is bad.
    #[serde(default)]
    pub denied_by: Vec<String>,
    /// The topics that are parts of this one, which years that ask for them one by one have.
    #[serde(default)]
    pub parts: Vec<String>,
    /// Titles that earlier versions of this program wrote.
    #[serde(default)]
    pub former: Vec<String>,
}

impl Topic {
    /// Whether a title of a file shows that its question is about this. One that this program wrote shows nothing.
    pub fn is_shown_by(&self, title: &str) -> bool {
        let title = thai::key(title);
        let says = |words: &String| words.split('|').any(|word| title.contains(&thai::key(word)));
        !self.words.is_empty() && self.words.iter().all(says) && !self.unless.iter().any(says)
    }

    /// Whether a title of a file asks for what is bad, though a full score says that there is none of it.
    pub fn is_put_adversely(&self, title: &str) -> bool {
        let title = thai::key(title);
        self.is_shown_by(&title) && !self.denied_by.is_empty() && {
            !self.denied_by.iter().any(|word| title.contains(&thai::key(word)))
        }
    }
}

impl Topics {
    /// The built-in topics.
    pub fn built_in() -> &'static Self {
        static TOPICS: OnceLock<Topics> = OnceLock::new();
        // A test holds that the file can be read.
        TOPICS.get_or_init(|| embedded::read(embedded!("framework/topics")))
    }

    /// A topic by its key.
    pub fn topic(&self, key: &str) -> Option<&Topic> {
        self.topics.get(key)
    }

    /// Whether this program has written a title, in this version or an earlier one.
    pub fn has_written(&self, title: &str) -> bool {
        self.written.contains(&thai::key(title))
    }

    /// Whether two topics are one, or one is a part of the other.
    pub fn are_akin(&self, one: &str, other: &str) -> bool {
        let has =
            |whole: &str, part: &str| self.topic(whole).is_some_and(|topic| topic.parts.iter().any(|own| own == part));
        one == other || has(one, other) || has(other, one)
    }

    /// The keys of all topics, in the order of the file.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.topics.keys().map(String::as_str)
    }
}
