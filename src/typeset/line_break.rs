//! Where a line may break.
//!
//! Thai writes words without spaces, so its break positions come from a trained model (an LSTM), which takes 13 µs a
//! character. They depend on nothing outside the maximal run of Thai letters they are in, and most runs are met again and
//! again, so a run is looked up first in data made ahead, then among the runs met before, and only then given to the model.
//! Everything between the runs follows the Unicode line breaking rules (UAX #14).

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};

use super::memo::Memo;
use super::stored_breaks::StoredBreaks;
use super::text_height::Piece;

/// Separates words in the stored data.
pub(super) const BAR: char = '|';

/// The Unicode rules alone: a run of Thai letters is one unbreakable piece to them.
const RULES: LineSegmenterBorrowed<'static> = LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default());

/// The rules and the model, made when the first unknown run is met.
static MODEL: OnceLock<LineSegmenterBorrowed<'static>> = OnceLock::new();

/// Finds the places where a line may break. One value serves any number of threads.
#[derive(Debug, Default)]
pub struct Breaks {
    stored: StoredBreaks,
    memo: Memo<u32>,
    pieces: Memo<Piece>,
}

impl Breaks {
    /// Breaks that know no run ahead of time.
    pub fn new() -> Self {
        Self::default()
    }

    /// Breaks that know the runs in `data`, one a line with a bar at each break, in the order of the runs, as
    /// [`stored_runs`] writes them: `หน่วยงาน|ควร|ระบุ`.
    pub fn from_stored(data: &'static str) -> Self {
        Self { stored: StoredBreaks::new(data), ..Self::default() }
    }

    /// Byte offsets in `text` where a line may end, in ascending order; the end of the text is the last one.
    ///
    /// ```
    /// let breaks = itasheet::typeset::Breaks::new();
    /// assert_eq!(breaks.positions("ข้อ 1/2 (ก)"), [10, 14, 19]);
    /// ```
    pub fn positions(&self, text: &str) -> Vec<usize> {
        let mut found = Vec::with_capacity(text.len() / 8);
        let (stand_in, ahead) = for_the_rules(text);
        let (mut ahead, mut by) = (ahead.into_iter().peekable(), 0);
        let in_text = |position| {
            while let Some((_, bytes)) = ahead.next_if(|(end, _)| *end <= position) {
                by = bytes;
            }
            position + by
        };
        let mut by_rule = RULES.segment_str(&stand_in).skip(1).map(in_text).peekable();
        for run in runs(text) {
            // a rule never breaks inside a run, so its positions lie between runs
            while let Some(position) = by_rule.next_if(|&position| position <= run.start) {
                found.push(position);
            }
            if let Some(letters) = text.get(run.clone()) {
                self.inside(letters, |offset| found.push(run.start + offset));
            }
        }
        found.extend(by_rule);
        found
    }

    /// What lies between the breaks of a paragraph, in order: remembered, as most paragraphs are met again.
    pub(super) fn pieces(&self, paragraph: &str) -> Arc<[Piece]> {
        self.pieces.get(paragraph).unwrap_or_else(|| {
            let mut from = 0;
            let piece = |to| {
                let start = std::mem::replace(&mut from, to);
                Piece::new(start..to, paragraph)
            };
            let pieces: Arc<[Piece]> = self.positions(paragraph).into_iter().map(piece).collect();
            self.pieces.insert(paragraph, Arc::clone(&pieces));
            pieces
        })
    }

    /// Hands over the offsets inside one run, looked up or worked out.
    fn inside(&self, run: &str, mut push: impl FnMut(usize)) {
        if self.stored.find(run, &mut push) {
            return;
        }
        let offsets = self.memo.get(run).unwrap_or_else(|| {
            let offsets: Arc<[u32]> = break_run(run).into();
            self.memo.insert(run, Arc::clone(&offsets));
            offsets
        });
        offsets.iter().for_each(|&offset| push(offset as usize));
    }
}

/// The text with one ordinary letter for each stretch of letters that only the model knows; and for each such letter where
/// it ends, and by how many bytes the text is ahead from there.
///
/// To the rules both are unbreakable, but they complain about the latter, and one letter is sooner looked at than forty.
fn for_the_rules(text: &str) -> (String, Vec<(usize, usize)>) {
    let mut stand_in = String::with_capacity(text.len() / 4);
    let mut ahead: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    for c in text.chars() {
        at += c.len_utf8();
        if script(c).is_none() {
            stand_in.push(c);
            continue;
        }
        match ahead.last_mut() {
            Some((end, by)) if *end == stand_in.len() => *by = at - stand_in.len(),
            _ => {
                stand_in.push('x');
                ahead.push((stand_in.len(), at - stand_in.len()));
            }
        }
    }
    (stand_in, ahead)
}

/// The stored form of every run in `texts`, in the order of the runs, each once: what [`Breaks::from_stored`] reads.
///
/// ```
/// assert_eq!(itasheet::typeset::stored_runs(["ควรระบุ", "ให้ควรระบุ 2 ข้อ"].into_iter()), "ข้อ\nควร|ระบุ\nให้|ควร|ระบุ\n");
/// ```
pub fn stored_runs<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let mut lines = BTreeMap::new();
    for text in texts {
        for run in runs(text).filter_map(|run| text.get(run)) {
            let mut line = String::with_capacity(run.len() + run.len() / 8);
            let mut from = 0;
            for to in break_run(run).into_iter().map(|offset| offset as usize) {
                line.push_str(run.get(from..to).unwrap_or_default());
                line.push(BAR);
                from = to;
            }
            line.push_str(run.get(from..).unwrap_or_default());
            line.push('\n');
            lines.insert(run, line);
        }
    }
    lines.into_values().collect()
}

/// Offsets of the breaks inside `run` by the model; neither its start nor its end is one, nor a place before ฯ or ๆ, which
/// belong to the word before them though the model at times parts them.
fn break_run(run: &str) -> Vec<u32> {
    let model = MODEL.get_or_init(|| LineSegmenter::new_lstm(LineBreakOptions::default()));
    let wanted = |&offset: &usize| {
        let next = run.get(offset..).and_then(|rest| rest.chars().next());
        offset > 0 && next.is_some_and(|next| !matches!(next, 'ฯ' | 'ๆ'))
    };
    model.segment_str(run).filter(wanted).map(|offset| offset as u32).collect()
}

/// Byte ranges of the maximal runs of two or more letters of one script without spaces.
fn runs(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut rest = 0;
    std::iter::from_fn(move || {
        loop {
            let tail = text.get(rest..)?;
            let (offset, script) = tail.char_indices().find_map(|(at, c)| Some((at, script(c)?)))?;
            let letters = tail.get(offset..)?;
            let length = letters.find(|c| self::script(c) != Some(script)).unwrap_or(letters.len());
            let start = rest + offset;
            rest = start + length;
            if letters.get(..length).is_some_and(|run| run.chars().nth(1).is_some()) {
                return Some(start..rest);
            }
        }
    })
}

/// The script of a letter that is written without spaces between words, if `c` is one.
fn script(c: char) -> Option<Script> {
    match c {
        // class SA of UAX #14: not ฿, the digits, ๏ ๚ ๛
        '\u{E01}'..='\u{E3A}' | '\u{E40}'..='\u{E4E}' => Some(Script::Thai),
        '\u{E80}'..='\u{EFF}' => Some(Script::Lao),
        '\u{1000}'..='\u{109F}' => Some(Script::Myanmar),
        '\u{1780}'..='\u{17FF}' => Some(Script::Khmer),
        _ => None,
    }
}

/// Scripts written without spaces between words, for which there is a model.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Thai,
    Lao,
    Myanmar,
    Khmer,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rules' positions with a letter of as many bytes for every single letter that only the model knows.
    fn letter_by_letter(text: &str) -> Vec<usize> {
        let stand_in: String = text.chars().map(|c| if script(c).is_some() { '\u{1E00}' } else { c }).collect();
        RULES.segment_str(&stand_in).skip(1).collect()
    }

    #[test]
    fn one_letter_stands_for_a_whole_run() {
        let advice = crate::advice::Advice::built_in(2567).expect("the texts");
        let odd = [
            "",
            "ก",
            "(กข) ก/ข-ค",
            "ภาษาລາວ, ក និង မြန်",
            "ร้อยละ 85.00 ขึ้นไป",
            " ก  ข ",
            "“ก”ๆ ฯลฯ",
            "a-ก 1ก2 ก%",
            "ก\u{200B}ข",
        ];
        for text in advice.texts().chain(odd) {
            let breaks = Breaks::from_stored(crate::advice::STORED_BREAKS);
            let all = breaks.positions(text);
            let within = |position: &usize| runs(text).any(|run| run.start < *position && *position < run.end);
            let between: Vec<usize> = all.into_iter().filter(|position| !within(position)).collect();
            assert_eq!(between, letter_by_letter(text), "{text}");
        }
    }
}
