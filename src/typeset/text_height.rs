//! Lines and heights of a text in a box.

use std::ops::Range;

use super::font_metrics::{BOLD_FACTOR, advance, line_px};
use super::line_break::Breaks;

/// Points of a pixel at 96 dots per inch, in which Excel stores every width and height.
const PT_PER_PX: f64 = 0.75;

/// Pixels that Excel keeps free in a cell: two on the left, two on the right and the grid line.
const CELL_PADDING_PX: f64 = 5.0;

/// Pixels of the widest digit of Calibri 11, the unit of a column width.
const DIGIT_PX: f64 = 7.0;

/// Bytes of a text that is as quickly measured as looked up.
const SHORT: usize = 96;

/// After these the Unicode rules allow a break, but LibreOffice then breaks at the last space instead if the line has one.
const HOLDS: [char; 2] = ['/', '}'];

/// Where a text is set: one cell, or one merged block of cells.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextBox {
    /// Width for the text itself in points, more than 0; [`text_width_pt`] gives it for columns.
    pub width_pt: f64,
    /// Font size in points, usually 16; Excel allows 1 to 409.
    pub size_pt: f64,
    /// Whether the text is bold.
    pub bold: bool,
}

impl TextBox {
    /// Lines that `text` takes when it wraps; at least 1.
    ///
    /// Each line is filled as far as it goes. Spaces at the end of a line hang over the edge, a word wider than the box is
    /// cut between character clusters, and `\n` starts a new line.
    pub fn lines(&self, text: &str, breaks: &Breaks) -> u32 {
        let width = self.width_units();
        text.split('\n').map(|paragraph| paragraph_lines(paragraph, width, breaks)).sum()
    }

    /// Height of so many lines, in points: a multiple of 0.75, as Excel stores it. 24 for one line of 16 pt.
    ///
    /// Excel sets lines an eighth further apart than the face asks for (12.75 pt for Arial 10, 15 pt for Calibri 11);
    /// LibreOffice and print need a little less. It may exceed 409, the most a row can have: spread a merged block's
    /// height over its rows.
    pub fn height_pt(&self, lines: u32) -> f64 {
        f64::from(lines * (line_px(self.size_pt) * 9).div_ceil(8)) * PT_PER_PX
    }

    /// `text` in pieces of at most `most` lines each, cut where a line may break.
    pub fn split<'a>(&self, text: &'a str, most: u32, breaks: &Breaks) -> Vec<&'a str> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while self.lines(rest, breaks) > most.max(1) {
            let positions = breaks.positions(rest);
            let fits = |end: &usize| rest.get(..*end).is_some_and(|head| self.lines(head, breaks) <= most.max(1));
            let cut = positions.partition_point(fits).checked_sub(1).and_then(|index| positions.get(index));
            let Some((head, tail)) = cut.and_then(|end| rest.split_at_checked(*end)) else { break };
            pieces.push(head.trim_end());
            rest = tail;
        }
        pieces.push(rest);
        pieces
    }

    /// The width in the unit of [`advance`], so that lines are added up in whole numbers.
    fn width_units(&self) -> u32 {
        let weight = if self.bold { BOLD_FACTOR } else { 1.0 };
        (self.width_pt * 1000.0 / (self.size_pt * weight)) as u32
    }
}

/// Width for text in points, of a cell or of a merged block over columns of these widths.
///
/// `columns` are widths as `set_column_width` takes them: characters of the default font, Calibri 11, from 0 to 255. A
/// column is that many times 7 pixels and 5 more, a pixel 0.75 pt, and 5 pixels of a cell are padding; LibreOffice makes
/// the same column about 6 % wider.
///
/// ```
/// assert_eq!(itasheet::typeset::text_width_pt(&[30.0]), 157.5);
/// assert_eq!(itasheet::typeset::text_width_pt(&[10.0, 20.0]), 161.25);
/// ```
pub fn text_width_pt(columns: &[f64]) -> f64 {
    let px: f64 = columns.iter().map(|&width| column_px(width)).sum();
    (px - CELL_PADDING_PX).max(0.0) * PT_PER_PX
}

fn column_px(width: f64) -> f64 {
    // below one character Excel shrinks the padding with the width
    if width < 1.0 {
        (width * (DIGIT_PX + CELL_PADDING_PX)).round()
    } else {
        (width * DIGIT_PX).round() + CELL_PADDING_PX
    }
}

/// Lines of one paragraph in `width` thousandths of an em.
fn paragraph_lines(text: &str, width: u32, breaks: &Breaks) -> u32 {
    // Adding up a short text's letters takes less time than looking it up.
    if text.len() <= SHORT && units(text) <= width {
        return 1;
    }
    let pieces = breaks.pieces(text);
    if pieces.iter().map(|piece| piece.units).sum::<u32>() <= width {
        return 1;
    }
    let mut page = Page { width, lines: 1, filled: 0, after_space: 0, held: false };
    for piece in pieces.iter() {
        page.put(piece, text);
    }
    page.lines
}

/// What lies between two breaks of a paragraph, and how wide it is, in thousandths of an em.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    /// Byte offsets of its word, without the spaces after it.
    start: u32,
    end: u32,
    word_units: u32,
    /// The width with the spaces.
    units: u32,
    /// Whether the word ends in one of [`HOLDS`].
    holds: bool,
}

impl Piece {
    /// The piece of `paragraph` in this range of bytes.
    pub(super) fn new(range: Range<usize>, paragraph: &str) -> Self {
        let start = range.start as u32;
        let piece = paragraph.get(range).unwrap_or_default();
        let word = piece.trim_end();
        let word_units = units(word);
        let spaces = piece.get(word.len()..).unwrap_or_default();
        Self {
            start,
            end: start + word.len() as u32,
            word_units,
            units: word_units + units(spaces),
            holds: word.ends_with(HOLDS),
        }
    }
}

/// Lines while they are filled.
struct Page {
    width: u32,
    lines: u32,
    /// What the line holds so far.
    filled: u32,
    /// What of it follows the last space, or all of it.
    after_space: u32,
    /// Whether the line ends in one of [`HOLDS`].
    held: bool,
}

impl Page {
    /// Puts down what lies between two breaks of `text`.
    fn put(&mut self, piece: &Piece, text: &str) {
        let (word_units, units) = (piece.word_units, piece.units);
        let overflow = (self.filled + word_units).saturating_sub(self.width);
        let held = self.held || piece.holds && overflow <= self.width / 12;
        if overflow > 0 && held && self.after_space < self.filled {
            self.new_line(self.after_space);
        }
        if self.filled + word_units > self.width && self.filled > 0 {
            self.new_line(0);
        }
        if word_units > self.width {
            self.cut(text.get(piece.start as usize..piece.end as usize).unwrap_or_default());
            self.filled += units - word_units;
        } else {
            self.filled += units;
        }
        self.after_space = if word_units < units { 0 } else { self.after_space + word_units };
        // a space after it parts the two
        self.held = piece.holds && word_units == units;
    }

    /// Puts down a word that no line can hold.
    fn cut(&mut self, word: &str) {
        for c in word.chars() {
            let units = u32::from(advance(c));
            // sara am stays with its consonant, as marks do
            if self.filled > 0 && self.filled + units > self.width && units > 0 && c != 'ำ' {
                self.new_line(0);
            }
            self.filled += units;
        }
    }

    /// Starts a line that holds so much already.
    fn new_line(&mut self, filled: u32) {
        self.lines += 1;
        self.filled = filled;
        self.after_space = filled;
    }
}

/// Width of `text` on one line, in thousandths of an em.
fn units(text: &str) -> u32 {
    text.chars().map(|c| u32::from(advance(c))).sum()
}
