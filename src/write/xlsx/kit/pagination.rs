//! Where pages end.

use crate::plan::items::TITLE_ROW;
use crate::write::xlsx::error::WorkbookError;
use crate::write::xlsx::kit::sheet::{LiveText, Page, Paper};
use crate::write::xlsx::kit::style::{Styles, TEXT_SIZE};

/// The row of a report sheet's one header, which every page repeats; its title and the agency stand above.
pub(in crate::write::xlsx) const HEADER_ROW: u32 = 2;

/// Points to a centimetre.
const POINTS: f64 = 72.0 / 2.54;

/// The share of a page that is filled: printers and programs differ a little in what they call a point.
const FILL: f64 = 0.97;

/// The share of a page from which on a block may be left for the next.
const WELL_FILLED: f64 = 0.9;

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
        title: &LiveText,
        subtitle: &LiveText,
        headers: &[&str],
        styles: &'a Styles,
    ) -> Result<Self, WorkbookError> {
        let mut flow = Self::new(Paper::Landscape);
        flow.put(page.live_line(0, title, &styles.title, 18.0, true)?);
        flow.put(page.live_line(1, subtitle, &styles.subtitle, TEXT_SIZE, true)?);
        flow.header = page.headers(HEADER_ROW, headers, &styles.header)?;
        flow.put(flow.header);
        flow.empty = flow.used;
        for (row, name) in (0..).zip(["title", "agency", "head"]) {
            page.name(row, &format!("{TITLE_ROW}{name}"))?;
        }
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

    /// Ends the page before `row` unless `height` more fits on it, or nothing of the table is on it yet.
    pub fn keep(&mut self, row: u32, height: f64) {
        if self.used + height > self.capacity && self.used > self.empty {
            self.breaks.push(row);
            self.used = self.header;
            self.empty = self.header;
        }
    }

    /// Keeps `height` together where the page is well filled already; else only `first` of it, so that no page ends half empty.
    pub fn keep_block(&mut self, row: u32, height: f64, first: f64) {
        let well_filled = self.used >= self.capacity * WELL_FILLED;
        self.keep(row, if well_filled && height <= self.most() { height } else { first });
    }

    /// Takes up so much of the page.
    pub fn put(&mut self, height: f64) {
        self.used += height;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
