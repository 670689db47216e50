//! Where pages end, and how merged rows share a text's height.

use crate::write::xlsx::error::WorkbookError;
use crate::write::xlsx::kit::sheet::{MAX_ROW, Page, Paper};
use crate::write::xlsx::kit::style::{Styles, TEXT_SIZE};

/// The row of a report sheet's one header, which every page repeats; its title and the agency stand above.
pub(in crate::write::xlsx) const HEADER_ROW: u32 = 2;

/// Points to a centimetre.
const POINTS: f64 = 72.0 / 2.54;

/// The share of a page that is filled: printers and programs differ a little in what they call a point.
const FILL: f64 = 0.97;

/// Fills pages from top to bottom and remembers where they end.
pub(in crate::write::xlsx) struct Pagination {
    capacity: f64,
    used: f64,
    /// How much of the page is used before any row of the table: the header, and on the first page the title.
    empty: f64,
    /// The height of the header that every page repeats.
    pub header: f64,
    /// The rows before which a page ends.
    pub breaks: Vec<u32>,
}

impl Pagination {
    pub fn new(paper: Paper) -> Self {
        let paper_cm = if paper == Paper::Landscape { 21.0 } else { 29.7 };
        // top and bottom margins take 4.5 cm
        Self { capacity: (paper_cm - 4.5) * POINTS * FILL, used: 0.0, empty: 0.0, header: 0.0, breaks: Vec::new() }
    }

    /// The same for a lying page that is printed at `scale` percent: so much stands above the header, which has this height.
    pub fn scaled(scale: u16, above: f64, header: f64) -> Self {
        let flow = Self::new(Paper::Landscape);
        let used = above + header;
        Self { capacity: flow.capacity * 100.0 / f64::from(scale), used, empty: used, header, ..flow }
    }

    /// Begins a report sheet: its title, the line under it, and its header.
    pub fn open<'a>(
        page: &mut Page<'a>,
        title: &str,
        subtitle: &str,
        headers: &[&str],
        styles: &'a Styles,
    ) -> Result<Self, WorkbookError> {
        let mut flow = Self::new(Paper::Landscape);
        flow.put(page.line(0, title, &styles.title, 18.0, true)?);
        flow.put(page.line(1, subtitle, &styles.subtitle, TEXT_SIZE, true)?);
        flow.header = page.headers(HEADER_ROW, headers, &styles.header)?;
        flow.put(flow.header);
        flow.empty = flow.used;
        Ok(flow)
    }

    /// Ends a report sheet whose first row after the last is `end`: page breaks, repeated header, printed area.
    pub fn close(&self, page: &mut Page<'_>, end: u32) -> Result<(), WorkbookError> {
        page.sheet.set_page_breaks(&self.breaks)?;
        page.sheet.set_repeat_rows(HEADER_ROW, HEADER_ROW)?;
        page.sheet.set_freeze_panes(HEADER_ROW + 1, 0)?;
        page.sheet.set_print_area(0, 0, end - 1, page.last)?;
        Ok(())
    }

    /// The most that fits on a page under its header.
    pub fn most(&self) -> f64 {
        self.capacity - self.header
    }

    /// The most that fits on the page that the next row begins: this one if nothing of the table is on it yet, or the next.
    pub fn room(&self) -> f64 {
        if self.used > self.empty { self.most() } else { self.capacity - self.empty }
    }

    /// Ends the page before `row` unless `height` more fits on it, or nothing of the table is on it yet.
    pub fn keep(&mut self, row: u32, height: f64) {
        if self.used + height > self.capacity && self.used > self.empty {
            self.breaks.push(row);
            self.used = self.header;
            self.empty = self.header;
        }
    }

    /// Takes up so much of the page.
    pub fn put(&mut self, height: f64) {
        self.used += height;
    }
}

/// The heights of the rows under a merged block: each at least its own minimum, together at least `needed`, grown
/// by whole lines of `line` points, none above what a row can have. More rows than minimums come back where the block needs them.
pub(in crate::write::xlsx) fn spread(minimums: &[f64], needed: f64, line: f64) -> Vec<f64> {
    let mut heights = minimums.to_vec();
    let mut missing = needed - heights.iter().sum::<f64>();
    // One line to each row in turn, so that rows of one block stay alike.
    while missing > 0.0 {
        let mut grew = false;
        for height in heights.iter_mut().filter(|height| **height + line <= MAX_ROW) {
            if missing > 0.0 {
                *height += line;
                missing -= line;
                grew = true;
            }
        }
        if !grew {
            heights.push(line);
            missing -= line;
        }
    }
    heights
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_as_high_as_its_text_and_its_rows() {
        assert_eq!(spread(&[22.5, 22.5], 30.0, 22.5), [22.5, 22.5]);
        assert_eq!(spread(&[22.5, 22.5], 100.0, 20.0), [62.5, 42.5]);
    }

    #[test]
    fn a_page_ends_where_the_next_piece_does_not_fit() {
        let mut flow = Pagination::new(Paper::Landscape);
        flow.header = 40.0;
        flow.put(40.0);
        flow.empty = 40.0;
        let half = flow.most() / 2.0;
        for row in 0..5 {
            flow.keep(row, half);
            flow.put(half);
        }
        assert_eq!(flow.breaks, [2, 4]);
    }

    #[test]
    fn no_page_holds_a_title_alone() {
        let mut flow = Pagination::new(Paper::Landscape);
        flow.header = 40.0;
        flow.put(100.0);
        flow.empty = 100.0;
        flow.keep(3, flow.most());
        flow.put(flow.most() / 2.0);
        flow.keep(4, flow.most() / 2.0);
        assert_eq!(flow.breaks, [4]);
    }

    #[test]
    fn no_row_is_higher_than_excel_allows() {
        let heights = spread(&[22.5], 1000.0, 22.5);
        assert!(heights.iter().all(|height| *height <= MAX_ROW));
        assert!(heights.iter().sum::<f64>() >= 1000.0);
    }
}
