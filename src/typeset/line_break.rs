//! Where a line may break.
//!
//! Thai writes words without spaces, so its break positions come from a trained model (an LSTM), which takes 10 µs a
//! character. They depend on nothing outside the maximal run of Thai letters they are in, and most runs are met again and
//! again, so a run is looked up first in data made ahead, then among the runs met before, and only then given to the model.
//! Everything between the runs follows the Unicode line breaking rules (UAX #14).

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};

use crate::typeset::piece::Piece;
use crate::typeset::stored_breaks::{BAR, StoredBreaks};
use crate::typeset::text_cache::TextCache;

/// Words that the model parts and the dictionaries of office programs keep whole; parting them would count too few lines
/// in a narrow column. One a line.
const WHOLE_WORDS: &str = include_str!("whole_words.txt");

/// Bytes of the longest word that is kept whole only where the model ends a word too: four letters.
const SHORT_WORD: usize = 12;

/// Stands for a run: a letter of class AL, no longer than any letter of a run.
const MASK: char = 'a';

/// The Unicode rules alone, without the model.
const RULES: LineSegmenterBorrowed<'static> = LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default());

/// The rules and the model, made when the first unknown run is met.
static MODEL: OnceLock<LineSegmenterBorrowed<'static>> = OnceLock::new();

/// Finds the places where a line may break. One value serves any number of threads.
#[derive(Debug, Default)]
pub struct Breaks {
    stored: StoredBreaks,
    memo: TextCache<Arc<[u32]>>,
    /// Lines of paragraphs, each with the width that they were counted for.
    lines: TextCache<Arc<[(u64, u32)]>>,
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
    /// The positions that `LineSegmenter::new_lstm` gives for the whole text, without the 0 it starts with, without any before
    /// a ฯ or ๆ that follows a letter, and without any inside some 160 common words that the model alone parts.
    ///
    /// ```
    /// let breaks = itasheet::typeset::Breaks::new();
    /// assert_eq!(breaks.positions("ข้อ 1-2/ก (ข)"), [10, 14, 18, 23]);
    /// ```
    pub fn positions(&self, text: &str) -> Vec<usize> {
        let masked = mask(text);
        let mut by_rule = RULES.segment_str(&masked).skip(1).peekable();
        let mut found = Vec::with_capacity(text.len() / 8);
        // how far a position in the text is behind the same one in the masked text
        let mut behind = 0;
        let mut last_end = 0;
        for run in runs(text) {
            // the rules find nothing inside a run
            while let Some(position) = by_rule.next_if(|&position| position + behind <= run.start) {
                found.push(position + behind);
            }
            if run.start == last_end && last_end > 0 {
                // two scripts meet
                found.push(run.start);
            }
            self.inside(text.get(run.clone()).unwrap_or_default(), |offset| found.push(run.start + offset));
            last_end = run.end;
            behind += run.len() - MASK.len_utf8();
        }
        found.extend(by_rule.map(|position| position + behind));
        found
    }

    /// The lines of a paragraph in this width by what lies between its breaks: remembered, as most paragraphs are met again.
    pub(super) fn lines(&self, paragraph: &str, width: u64, count: impl FnOnce(&[Piece]) -> u32) -> u32 {
        let known = self.lines.get(paragraph);
        let known = known.as_deref().unwrap_or_default();
        if let Some((_, lines)) = known.iter().find(|(measured, _)| *measured == width) {
            return *lines;
        }
        let lines = count(&self.pieces(paragraph));
        self.lines.insert(paragraph, known.iter().copied().chain([(width, lines)]).collect());
        lines
    }

    /// What lies between the breaks of a paragraph, in order.
    fn pieces(&self, paragraph: &str) -> Vec<Piece> {
        let mut from = 0;
        let piece = |to| {
            let start = std::mem::replace(&mut from, to);
            Piece::new(start..to, paragraph)
        };
        self.positions(paragraph).into_iter().map(piece).collect()
    }

    /// Hands over the offsets inside one run, looked up or worked out.
    fn inside(&self, run: &str, mut push: impl FnMut(usize)) {
        if run.chars().nth(1).is_none() {
            return;
        }
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

/// The stored form of every run in `texts`, in the order of the runs, each once: what [`Breaks::from_stored`] reads.
///
/// ```
/// assert_eq!(itasheet::typeset::stored_runs(["ควรระบุ", "ให้ควรระบุ 2 ข้อ"].into_iter()), "ข้อ\nควร|ระบุ\nให้|ควร|ระบุ\n");
/// ```
pub fn stored_runs<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let mut lines = BTreeMap::new();
    for text in texts {
        let letters = runs(text).filter_map(|run| text.get(run));
        for run in letters.filter(|run| run.chars().nth(1).is_some()) {
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

/// Offsets of the breaks inside `run` by the model; neither its start nor its end is one.
fn break_run(run: &str) -> Vec<u32> {
    let model = MODEL.get_or_init(|| LineSegmenter::new_lstm(LineBreakOptions::default()));
    let by_model: Vec<usize> = model.segment_str(run).filter(|&at| 0 < at && at < run.len()).collect();
    let edge = |at: usize| at == 0 || at == run.len() || by_model.binary_search(&at).is_ok();
    let whole: Vec<Range<usize>> = WHOLE_WORDS
        .lines()
        .flat_map(|word| run.match_indices(word))
        .map(|(start, word)| start..start + word.len())
        // a short word may be made of parts of others: มา|ก of มา|กระทำ
        .filter(|word| word.len() > SHORT_WORD || edge(word.start) && edge(word.end))
        .collect();
    let wanted = |&at: &usize| {
        let next = run.get(at..).and_then(|rest| rest.chars().next());
        // both belong to the word before them
        !matches!(next, Some('ฯ' | 'ๆ')) && !whole.iter().any(|word| word.start < at && at < word.end)
    };
    by_model.iter().copied().filter(wanted).map(|at| at as u32).collect()
}

/// `text` with one ordinary letter for every run: the rules treat a row of them as one.
fn mask(text: &str) -> String {
    let mut masked = String::with_capacity(text.len() / 2);
    let mut from = 0;
    for run in runs(text) {
        masked.push_str(text.get(from..run.start).unwrap_or_default());
        masked.push(MASK);
        from = run.end;
    }
    masked.push_str(text.get(from..).unwrap_or_default());
    masked
}

/// Byte ranges of the maximal runs of letters of one script without spaces.
fn runs(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let tail = text.get(rest..)?;
        let (offset, script) = tail.char_indices().find_map(|(at, c)| Some((at, script(c)?)))?;
        let letters = tail.get(offset..)?;
        let length = letters.find(|c| self::script(c) != Some(script)).unwrap_or(letters.len());
        let start = rest + offset;
        rest = start + length;
        Some(start..rest)
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
#[path = "line_break_tests.rs"]
mod tests;
