//! Labels of the published figures: the total, the level, the rank, instruments and indicators.

use crate::domain::thai;
use crate::framework::{Framework, Instrument};
use crate::recognise::cell::label::Labelled;

/// Labels of the total, without spaces and in lower case.
pub(in crate::recognise) const TOTAL_LABELS: [&str; 22] = [
    "คะแนนรวมของหน่วยงาน",
    "คะแนนรวมita",
    "คะแนนitaที่ประกาศ",
    "ผลคะแนนita",
    "คะแนนที่หน่วยงานได้รับ",
    "คะแนนรวมปีนี้",
    "คะแนนที่ได้รับ",
    "คะแนนรวมที่ประกาศ",
    "คะแนนภาพรวมของหน่วยงาน",
    "คะแนนรวมทั้งหมด",
    "คะแนนเฉลี่ยรวม",
    "ผลคะแนนรวม",
    "คะแนนภาพรวม",
    "คะแนนรวม",
    "คะแนนที่ได้",
    "ผลการประเมินภาพรวม",
    "คะแนนita",
    "รวมทั้งสิ้น",
    "totalscore",
    "overallscore",
    "itascore",
    "total",
];

pub(in crate::recognise) const SUM_LABELS: [&str; 2] = ["รวม", "ผลรวม"];

pub(in crate::recognise) const LEVEL_LABELS: [&str; 8] = [
    "ระดับผลการประเมินอยู่ที่",
    "ระดับผลการประเมิน",
    "ระดับที่ประกาศ",
    "ผลการประเมินระดับ",
    "ระดับ",
    "level",
    "ratingscore",
    "ผลประเมินเชิงคุณภาพ",
];

pub(in crate::recognise) const RANK_LABELS: [&str; 6] =
    ["อันดับที่ประกาศ", "อันดับประเทศ", "อันดับระดับประเทศ", "อันดับที่", "อันดับ", "rank"];

/// The range that a score must lie in, as messages write it.
pub(in crate::recognise) const RANGE: &str = "0-100";

/// Whether a text is the label of a published figure and nothing else.
pub(in crate::recognise) fn is_label(text: &str, framework: &Framework) -> bool {
    if text.is_empty() || text.chars().count() > 60 {
        return false;
    }
    let label = Labelled::new(text);
    label.begins_with(&TOTAL_LABELS)
        || label.is_one_of(&LEVEL_LABELS)
        || label.is_one_of(&RANK_LABELS)
        || label.is_one_of(&SUM_LABELS)
        || instrument_of(label.key()).is_some()
        || indicator_of(text, framework).is_some()
}

/// The indicator that a text names: its title, alone or behind its number, or `ตัวชี้วัดที่ 6`.
pub(in crate::recognise) fn indicator_of(text: &str, framework: &Framework) -> Option<u8> {
    if text.chars().count() > 120 {
        return None;
    }
    let key = thai::key(text);
    let label = ["ตัวชี้วัดที่", "ตัวชี้วัด", "indicator"].iter().find_map(|label| key.strip_prefix(label));
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
    let words = ["คะแนน", "รวม", "แบบวัด", "แบบตรวจ", "แบบ"];
    let bare = words.iter().fold(key, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
    let bare = bare.split_once('(').map_or(bare, |(before, _)| before);
    Instrument::ALL.into_iter().find(|instrument| bare.eq_ignore_ascii_case(instrument.name()))
}
