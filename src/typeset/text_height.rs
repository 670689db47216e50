//! Lines and heights of a text in a box.

use crate::typeset::piece::Piece;

use crate::typeset::font_metrics::{BOLD_FACTOR, advance, em_px, pitch_px};
use crate::typeset::line_break::Breaks;

/// Points of a pixel at 96 dots per inch, in which Excel stores every width and height.
const PT_PER_PX: f64 = 0.75;

/// Pixels of a column beside its digits, and of a cell that Excel keeps free: two left, two right and the grid line.
const CELL_PADDING_PX: f64 = 5.0;

/// Pixels above and below the text of a row: LibreOffice takes 1.45 pt whatever the font.
const ROW_PADDING_PX: u32 = 2;

/// Pixels of the widest digit of TH SarabunPSK 16, the unit of a column width.
const DIGIT_PX: f64 = 8.0;

/// How much of a digit's pixels to count on: LibreOffice, which does not round them, makes 0.967 of them and sets text 1.016
/// times as wide as whole-pixel letters are; words that programs part differently cost the rest.
const CELL_SHARE: f64 = 0.93;

/// The same for merged cells, which no program ever fits to their text again.
const BLOCK_SHARE: f64 = 0.9;

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
    /// cut between character clusters, and `\n` starts a new line. Where office programs differ the count is the higher one.
    pub fn lines(&self, text: &str, breaks: &Breaks) -> u32 {
        let width = self.width_units();
        text.split('\n').map(|paragraph| paragraph_lines(paragraph, width, breaks)).sum()
    }

    /// Height of so many lines, in points: a multiple of 0.75, as Excel stores it. 23.25 for one line of 16 pt.
    ///
    /// It may exceed 409, the most a row can have: spread a merged block's height over its rows.
    pub fn height_pt(&self, lines: u32) -> f64 {
        f64::from(lines * pitch_px(self.size_pt) + ROW_PADDING_PX) * PT_PER_PX
    }

    /// By how much each further line adds to a cell's height, in points. 21.75 for 16 pt.
    pub fn pitch_pt(&self) -> f64 {
        f64::from(pitch_px(self.size_pt)) * PT_PER_PX
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
    fn width_units(&self) -> u64 {
        let weight = if self.bold { BOLD_FACTOR } else { 1.0 };
        (self.width_pt * 1000.0 / (em_px(self.size_pt) * PT_PER_PX * weight)) as u64
    }
}

/// Width for text in points, of one cell over columns of these widths.
///
/// `columns` are widths as `set_column_width` takes them: digits of the workbook's default font, TH SarabunPSK 16, from 0 to
/// 255. The result is a little less than what the narrower of Excel and LibreOffice makes of them, and less again where
/// `merged` says that the cell is merged, over columns or over rows.
///
/// ```
/// assert_eq!(itasheet::typeset::text_width_pt(&[20.0], false).round(), 112.0);
/// assert!(itasheet::typeset::text_width_pt(&[20.0], true) < 111.0);
/// ```
pub fn text_width_pt(columns: &[f64], merged: bool) -> f64 {
    let share = if merged { BLOCK_SHARE } else { CELL_SHARE };
    let px: f64 = columns.iter().map(|&width| digits_px(width) * share + CELL_PADDING_PX).sum();
    (px - CELL_PADDING_PX).max(0.0) * PT_PER_PX
}

/// Width of columns in Excel, in pixels of 0.75 pt: so many digits and 5 pixels each.
///
/// ```
/// assert_eq!(itasheet::typeset::columns_px(&[20.0, 10.0]), 250.0);
/// ```
pub fn columns_px(columns: &[f64]) -> f64 {
    columns.iter().map(|&width| digits_px(width) + CELL_PADDING_PX).sum()
}

/// Pixels that Excel gives so many digits.
fn digits_px(width: f64) -> f64 {
    (width * DIGIT_PX).round()
}

/// Lines of one paragraph in `width` thousandths of an em.
fn paragraph_lines(text: &str, width: u64, breaks: &Breaks) -> u32 {
    if fits(text, width) {
        return 1;
    }
    breaks.lines(text, width, |pieces| {
        let mut page = LineFill { width, lines: 1, filled: 0, after_space: 0, held: false };
        for (at, piece) in pieces.iter().enumerate() {
            page.put(piece, pieces.get(at..).unwrap_or_default(), text);
        }
        page.lines
    })
}

/// Lines while they are filled.
struct LineFill {
    width: u64,
    lines: u32,
    /// What the line holds so far.
    filled: u64,
    /// What of it follows the last space, or all of it.
    after_space: u64,
    /// Whether the line ends in one of [`HOLDS`].
    held: bool,
}

impl LineFill {
    /// Puts down what lies between two breaks of `text`, the first of the pieces that are `left`.
    fn put(&mut self, piece: &Piece, left: &[Piece], text: &str) {
        let (word_units, space_units) = (piece.word_units, piece.space_units);
        let full = |page: &Self| page.filled + word_units > page.width;
        if full(self) && self.after_space < self.filled && (self.held || self.may_hold(left)) {
            self.new_line(self.after_space);
        }
        if full(self) && self.filled > 0 {
            self.new_line(0);
        }
        if word_units > self.width {
            self.cut(text.get(piece.start as usize..piece.end as usize).unwrap_or_default());
        } else {
            self.filled += word_units + space_units;
        }
        self.after_space = if space_units > 0 { 0 } else { self.after_space + word_units };
        self.held = piece.holds;
    }

    /// Whether the line would end in one of [`HOLDS`] if it were an eighth longer, as it may be in LibreOffice.
    fn may_hold(&self, left: &[Piece]) -> bool {
        let mut end = self.filled;
        let reached = left.iter().take_while(|piece| {
            end += piece.word_units + piece.space_units;
            end <= self.width + self.width / 8
        });
        reached.into_iter().any(|piece| piece.holds)
    }

    /// Puts down a word that no line can hold. What it leaves of its last line is not counted on: an office program may find
    /// a break in the word and then wastes some of the lines before.
    fn cut(&mut self, word: &str) {
        for c in word.chars() {
            let units = u64::from(advance(c));
            // sara am stays with its consonant, as marks do
            if self.filled > 0 && self.filled + units > self.width && units > 0 && c != 'ำ' {
                self.new_line(0);
            }
            self.filled += units;
        }
        self.new_line(self.width);
    }

    /// Starts a line that holds so much already.
    fn new_line(&mut self, filled: u64) {
        self.lines += 1;
        self.filled = filled;
        self.after_space = filled;
    }
}

/// Whether `text` is no wider than `width`, without a look at the rest of a text that is.
fn fits(text: &str, width: u64) -> bool {
    let add = |sum: u64, c| Some(sum + u64::from(advance(c))).filter(|&sum| sum <= width);
    text.chars().try_fold(0, add).is_some()
}

#[cfg(test)]
#[path = "text_height_tests.rs"]
mod tests;
