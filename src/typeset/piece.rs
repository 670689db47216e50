//! What lies between two breaks of a paragraph.

use std::ops::Range;

use crate::typeset::font_metrics::advance;

/// After these the Unicode rules allow a break, but LibreOffice then breaks at the last space instead if the line has one.
const HOLDS: [char; 2] = ['/', '}'];

/// What lies between two breaks of a paragraph, and how wide it is, in thousandths of an em.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    /// Byte offsets of its word, without the spaces after it.
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) word_units: u64,
    /// The width of the spaces.
    pub(super) space_units: u64,
    /// Whether it ends in one of [`HOLDS`].
    pub(super) holds: bool,
}

impl Piece {
    /// The piece of `paragraph` in this range of bytes.
    pub(super) fn new(range: Range<usize>, paragraph: &str) -> Self {
        let start = range.start as u32;
        let piece = paragraph.get(range).unwrap_or_default();
        let word = piece.trim_end();
        Self {
            start,
            end: start + word.len() as u32,
            word_units: units(word),
            space_units: units(piece.get(word.len()..).unwrap_or_default()),
            holds: piece.ends_with(HOLDS),
        }
    }
}

/// Width of `text` on one line, in thousandths of an em.
pub(super) fn units(text: &str) -> u64 {
    text.chars().map(|c| u64::from(advance(c))).sum()
}
