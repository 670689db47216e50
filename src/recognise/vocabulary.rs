//! Words looked for inside texts: a Latin word where one begins, a Thai word where it is no part of a longer one.

use std::sync::OnceLock;

use memchr::memmem;
use serde::Deserialize;

use crate::domain::embedded;
use crate::domain::embedded::embedded;
use crate::domain::thai;

/// A text ready to have words looked for in it.
pub(in crate::recognise) struct Wording {
    /// Cleaned, with Arabic digits, in lower case, without spaces.
    key: String,
    /// Where Latin words begin in it.
    starts: Vec<usize>,
}

impl Wording {
    pub fn new(text: &str) -> Self {
        let is_latin = |c: char| c.is_ascii_alphabetic() || ('！'..='～').contains(&c);
        if !text.contains(is_latin) {
            return Self { key: thai::key(text), starts: Vec::new() };
        }
        let (mut key, mut starts) = (String::with_capacity(text.len()), Vec::new());
        let mut before = ' ';
        for c in thai::arabic_digits(&thai::clean(text)).chars() {
            let goes_on = before.is_ascii_alphabetic() && !(before.is_ascii_lowercase() && c.is_ascii_uppercase());
            if c.is_ascii_alphabetic() && !goes_on {
                starts.push(key.len());
            }
            if c != ' ' {
                key.extend(c.to_lowercase());
            }
            before = c;
        }
        Self { key, starts }
    }

    /// The text without spaces, as [`thai::key`] has it.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Whether any of these words, given as they stand in a key, stands in the text. A Latin word may go on: `prev` stands
    /// in `previous`.
    pub fn has(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.has_word(word))
    }

    fn has_word(&self, word: &str) -> bool {
        let mut from = 0;
        // The words are few letters long, and so are the texts: a searcher made for each word would take longer than it saves.
        while let Some(at) = self.key.get(from..).and_then(|rest| memmem::find(rest.as_bytes(), word.as_bytes())) {
            let at = from + at;
            if self.stands_at(at, word) {
                return true;
            }
            from = at + word.chars().next().map_or(1, char::len_utf8);
        }
        false
    }

    /// Whether a word found at a place of the key stands there by itself: a Latin one where one begins, a Thai one as no
    /// part of a longer one.
    pub fn stands_at(&self, at: usize, word: &str) -> bool {
        let begins = !word.starts_with(|c: char| c.is_ascii_alphabetic()) || self.starts.contains(&at);
        begins && !is_inside(&self.key, at, word)
    }

    /// Whether the text begins with a word, behind `prefix` where it has that; of a Latin one with the whole of it.
    pub fn begins_with(&self, prefix: &str, word: &str) -> bool {
        let behind = self.key.strip_prefix(prefix).map(|rest| self.key.len() - rest.len());
        [Some(0), behind].into_iter().flatten().any(|at| {
            let Some(rest) = self.key.get(at..).and_then(|text| text.strip_prefix(word)) else { return false };
            let goes_on = word.ends_with(|c: char| c.is_ascii_alphabetic())
                && rest.starts_with(|c: char| c.is_ascii_alphabetic())
                && !self.starts.contains(&(self.key.len() - rest.len()));
            !goes_on && !is_inside(&self.key, at, word)
        })
    }
}

/// Whether a text begins with a word that is no part of a longer one.
pub(in crate::recognise) fn begins_with(text: &str, word: &str) -> bool {
    text.starts_with(word) && !is_inside(text, 0, word)
}

/// Whether the short word that stands at `at` is a part of a longer one there.
fn is_inside(text: &str, at: usize, word: &str) -> bool {
    let longer = longer_words().iter().filter(|short| short.word == word).flat_map(|short| &short.longer);
    longer.into_iter().any(|longer| {
        let start = longer.find(word).and_then(|offset| at.checked_sub(offset));
        start.and_then(|start| text.get(start..)).is_some_and(|text| text.starts_with(longer.as_str()))
    })
}

/// A short word and the longer ones that hold it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ShortWord {
    word: String,
    longer: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ShortWords {
    words: Vec<ShortWord>,
}

fn longer_words() -> &'static [ShortWord] {
    static WORDS: OnceLock<Option<ShortWords>> = OnceLock::new();
    // A test holds that the file can be read.
    let all = WORDS.get_or_init(|| embedded::read(embedded!("recognise/vocabulary")));
    all.as_ref().map(|short| short.words.as_slice()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_longer_word_holds_its_short_one() {
        let parsed: Result<ShortWords, _> = toml::from_str(include_str!("vocabulary.toml"));
        assert!(parsed.is_ok(), "{parsed:?}");
        assert!(!longer_words().is_empty());
        for short in longer_words() {
            assert_eq!(short.word, thai::key(&short.word));
            for longer in &short.longer {
                assert!(
                    longer.contains(&short.word) && *longer != short.word && *longer == thai::key(longer),
                    "{longer}"
                );
            }
        }
    }

    #[test]
    fn a_short_word_inside_a_longer_one_is_none() {
        let has = |text: &str, word: &str| Wording::new(text).has(&[word]);
        assert!(has("ค่าเฉลี่ยภาค", "ภาค") && has("คะแนนภาครัฐ ภาคใต้", "ภาค"));
        assert!(!has("คะแนนของหน่วยงานภาครัฐ", "ภาค") && !has("การไฟฟ้าส่วนภูมิภาค", "ภาค"));
        assert!(!has("หลักเกณฑ์", "เกณฑ์") && has("เกณฑ์ผ่าน", "เกณฑ์"));
    }

    #[test]
    fn a_latin_word_stands_where_one_begins() {
        let has = |text: &str, word: &str| Wording::new(text).has(&[word]);
        for (text, word) in [
            ("Last Year", "last"),
            ("score_prev", "prev"),
            ("rawScore", "raw"),
            ("คะแนนOLD", "old"),
            ("Full score", "fullscore"),
            ("ＩＴＡ 2567", "ita"),
            ("respondents", "respondent"),
        ] {
            assert!(has(text, word), "{text}: {word}");
        }
        for (text, word) in [("Accountability", "count"), ("threshold", "old"), ("Digital", "ita"), ("plastic", "last")]
        {
            assert!(!has(text, word), "{text}: {word}");
        }
    }

    #[test]
    fn a_latin_word_at_the_beginning_is_a_whole_one() {
        let begins = |text: &str, word: &str| Wording::new(text).begins_with("คะแนน", word);
        assert!(begins("Min", "min") && begins("min. score", "min") && begins("MAX score", "max"));
        assert!(begins("คะแนน max", "max") && begins("คะแนนเฉลี่ย", "เฉลี่ย") && begins("รวมทั้งหมด", "รวม"));
        assert!(!begins("Ministry of Finance", "min") && !begins("รวมไทยพัฒนา", "รวม"));
    }
}
