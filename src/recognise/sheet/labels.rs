//! Labels of the published figures: the total, the level, the rank, instruments and indicators.

use crate::domain::thai;
use crate::framework::{Framework, Instrument};
use crate::recognise::cell::label::Labelled;
use crate::recognise::words::words;

/// The range that a score must lie in, as messages write it.
pub(in crate::recognise) const RANGE: &str = "0-100";

/// Whether a text is the label of a published figure and nothing else.
pub(in crate::recognise) fn is_label(text: &str, framework: &Framework) -> bool {
    if text.is_empty() || text.chars().count() > 60 {
        return false;
    }
    let label = Labelled::new(text);
    label.begins_with(&words().total_labels)
        || label.is_one_of(&words().level_labels)
        || label.is_one_of(&words().rank_labels)
        || label.is_one_of(&words().sum_labels)
        || instrument_of(label.key()).is_some()
        || indicator_of(text, framework).is_some()
}

/// The indicator that a text names: its title, alone or behind its number, or `ตัวชี้วัดที่ 6`.
pub(in crate::recognise) fn indicator_of(text: &str, framework: &Framework) -> Option<u8> {
    if text.chars().count() > 120 {
        return None;
    }
    let key = thai::key(text);
    let label = &words().indicator_labels.iter().find_map(|label| key.strip_prefix(label));
    let rest = label.unwrap_or(&key);
    let title = rest.trim_start_matches(|c: char| c.is_ascii_digit() || ".:)(-".contains(c));
    let digits = rest.get(..rest.len() - title.len()).unwrap_or_default();
    let number: Option<u8> = digits.trim_end_matches(['.', ':', ')', '(', '-']).parse().ok();
    let titled = framework.indicators.iter().find(|indicator| indicator.is_titled(title)).map(|found| found.number);
    let known = |number: &u8| framework.indicators.iter().any(|indicator| indicator.number == *number);
    titled.or_else(|| number.filter(|_| label.is_some() && title.is_empty()).filter(known))
}

/// `IIT`, `คะแนนรวม IIT`, `แบบวัด IIT (30%)`: a cell that is about one instrument and nothing else.
pub(in crate::recognise) fn instrument_of(key: &str) -> Option<Instrument> {
    let words = &words().before_instruments;
    let bare = words.iter().fold(key, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
    let bare = bare.split_once('(').map_or(bare, |(before, _)| before);
    Instrument::ALL.into_iter().find(|instrument| bare.eq_ignore_ascii_case(instrument.name()))
}
