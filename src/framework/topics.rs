//! What questions are about, whatever code they have in a year.

use std::sync::OnceLock;

use indexmap::IndexMap;
use serde::Deserialize;

use crate::domain::embedded;
use crate::domain::embedded::embedded;

/// All topics by their keys.
#[derive(Debug, Clone, Deserialize)]
#[serde(transparent)]
pub struct Topics(IndexMap<String, Topic>);

/// What a question can be about.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Its title in Thai, in the sense in which a full score is good.
    pub title: String,
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
        self.0.get(key)
    }

    /// The keys of all topics, in the order of the file.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}
