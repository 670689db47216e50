//! Labels inside a text, found only where a word begins: `ระดับ ผ่าน`, but not `ยังไม่ถึงระดับผ่านดี`.

use crate::domain::thai;
use crate::framework::Instrument;
use crate::recognise::vocabulary::Wording;
use crate::recognise::words::words;

/// A text ready to be searched for labels.
pub(in crate::recognise) struct Labelled {
    /// Cleaned, in lower case, with Arabic digits, without spaces.
    key: String,
    /// Where words begin in it.
    starts: Vec<usize>,
    /// With its spaces.
    clean: String,
}

impl Labelled {
    pub(in crate::recognise) fn new(text: &str) -> Self {
        let clean = thai::arabic_digits(&thai::clean(text)).to_lowercase();
        let (mut key, mut starts) = (String::with_capacity(clean.len()), Vec::new());
        for word in clean.split([' ', ':', '=', '(', ')']) {
            starts.push(key.len());
            let verb =
                &words().verbs_before_labels.iter().find(|verb| word.starts_with(**verb) && word.len() > verb.len());
            starts.extend(verb.map(|verb| key.len() + verb.len()));
            key.push_str(word);
        }
        Self { key, starts, clean }
    }

    /// The text without spaces and the punctuation around words.
    pub(in crate::recognise) fn key(&self) -> &str {
        &self.key
    }

    /// Whether the text is about one instrument: `คะแนนรวม IIT`.
    pub(in crate::recognise) fn names_an_instrument(&self) -> bool {
        let names = Instrument::ALL.map(|instrument| instrument.name().to_lowercase());
        names.iter().any(|name| self.key.contains(name))
            && Wording::new(&self.clean).has(&names.each_ref().map(|name| name.as_str()))
    }

    /// Whether the whole text is one of these labels.
    pub(in crate::recognise) fn is_one_of(&self, labels: &[&str]) -> bool {
        labels.contains(&self.key.as_str())
    }

    /// Whether the text is one of these labels, with nothing behind it but a number: the full mark, or its year.
    pub(in crate::recognise) fn begins_with(&self, labels: &[&str]) -> bool {
        let rests = labels.iter().filter_map(|label| self.key.strip_prefix(label));
        let words = &words().behind_labels;
        let bare = |rest| words.iter().fold(rest, |rest: &str, word| rest.strip_prefix(word).unwrap_or(rest));
        rests.map(bare).any(|rest| rest.chars().all(|c| c.is_ascii_digit() || c == '.'))
    }

    /// What stands behind a label: the last one of the text, as in `คะแนนภาพรวม ... คะแนนที่ได้ 92.13`, the longest there.
    pub(in crate::recognise) fn value(&self, labels: &[&str]) -> Option<&str> {
        let at = |start: &usize| {
            let rest = self.key.get(*start..)?;
            labels.iter().filter_map(|label| rest.strip_prefix(label)).min_by_key(|value| value.len())
        };
        let value = self.starts.iter().rev().find_map(at)?;
        let words = &words().verbs_behind_labels;
        let value = words.iter().find_map(|word| value.strip_prefix(word)).unwrap_or(value);
        let value = value.trim_start_matches('-');
        (!value.is_empty()).then_some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LABELS: [&str; 3] = ["คะแนนภาพรวม", "คะแนนที่ได้", "ระดับ"];

    #[test]
    fn a_value_stands_behind_its_label() {
        assert_eq!(Labelled::new("ระดับ: ผ่านดี").value(&LABELS), Some("ผ่านดี"));
        assert_eq!(Labelled::new("ระดับ อยู่ที่ ๑,๕๑๙").value(&LABELS), Some("1,519"));
        assert_eq!(Labelled::new("คะแนนภาพรวม เทศบาล คะแนนที่ได้ ๙๒.๑๓ คะแนน").value(&LABELS), Some("92.13คะแนน"));
        assert_eq!(Labelled::new("ระดับ").value(&LABELS), None);
    }

    #[test]
    fn a_label_inside_a_word_is_none() {
        assert_eq!(Labelled::new("ยังไม่ถึงระดับผ่านดี").value(&LABELS), None);
    }
}
