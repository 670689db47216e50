//! Tables: fixed columns, heads that every page repeats, rows that stay whole where they are not tall.

use crate::write::docx::element::Element;
use crate::write::docx::paragraph::Paragraph;
use crate::write::docx::style::Style;

/// The most characters of a row that stays whole: were taller ones too, pages would end half empty.
const WHOLE: usize = 150;

/// The same of the first row, below whose heads a page should not end.
const WHOLE_FIRST: usize = 300;

/// The most characters of a paragraph in a cell that stays whole where its row is split.
const WHOLE_PARAGRAPH: usize = 150;

/// A cell with its paragraphs.
pub(super) struct Cell {
    paragraphs: Vec<Paragraph>,
    letters: usize,
    span: usize,
    open_above: bool,
    open_below: bool,
    merge: Option<&'static str>,
    shaded: bool,
    bare: bool,
}

impl Cell {
    pub fn new() -> Self {
        let (open_above, open_below, shaded, bare) = (false, false, false, false);
        Self { paragraphs: Vec::new(), letters: 0, span: 1, open_above, open_below, merge: None, shaded, bare }
    }

    /// A cell with one text.
    pub fn of(style: Style, text: &str) -> Self {
        Self::new().paragraph(Paragraph::of(style, text), text.chars().count())
    }

    /// Adds a paragraph of so many letters.
    #[must_use]
    pub fn paragraph(mut self, paragraph: Paragraph, letters: usize) -> Self {
        self.letters += letters;
        self.paragraphs.push(if letters <= WHOLE_PARAGRAPH { paragraph.whole() } else { paragraph });
        self
    }

    /// The cell takes so many columns.
    #[must_use]
    pub fn over(mut self, columns: usize) -> Self {
        self.span = columns;
        self
    }

    /// Whether a line is drawn above and below: a cell of several rows without inner lines may go over a page's end, a merged
    /// one may not.
    #[must_use]
    pub fn open(mut self, above: bool, below: bool) -> Self {
        (self.open_above, self.open_below) = (above, below);
        self
    }

    /// The cell is one with that below it, or goes on with the one above.
    #[must_use]
    pub fn merged(mut self, first: bool) -> Self {
        self.merge = Some(if first { "restart" } else { "continue" });
        self
    }

    /// The cell is shaded as a heading is.
    #[must_use]
    pub fn shaded(mut self) -> Self {
        self.shaded = true;
        self
    }

    /// The cell has no borders but that of the row above.
    #[must_use]
    pub fn bare(mut self) -> Self {
        self.bare = true;
        self
    }

    fn element(self, width: u32, keep_next: bool) -> Element {
        let mut properties = Element::new("w:tcPr").child(size("w:tcW", width));
        if self.span > 1 {
            properties.push(Element::value("w:gridSpan", self.span.to_string()));
        }
        if let Some(merge) = self.merge {
            properties.push(Element::value("w:vMerge", merge));
        }
        let open = [
            (self.open_above, "w:top"),
            (self.bare, "w:left"),
            (self.open_below || self.bare, "w:bottom"),
            (self.bare, "w:right"),
        ];
        if open.iter().any(|(open, _)| *open) {
            let open = open.iter().filter(|(open, _)| *open).map(|(_, side)| Element::value(side, "nil"));
            properties.push(Element::new("w:tcBorders").children(open));
        }
        if self.shaded {
            properties.push(shade());
        }
        let mut paragraphs = self.paragraphs;
        if paragraphs.is_empty() {
            paragraphs.push(Paragraph::new(Style::TableText));
        }
        let keep = |paragraph: Paragraph| if keep_next { paragraph.kept() } else { paragraph };
        Element::new("w:tc").child(properties).children(paragraphs.into_iter().map(|p| keep(p).element()))
    }
}

/// A row with its cells.
pub(super) struct Row {
    cells: Vec<Cell>,
    head: bool,
    keep_next: bool,
}

impl Row {
    pub fn new(cells: Vec<Cell>) -> Self {
        Self { cells, head: false, keep_next: false }
    }

    /// A row of heads, which every page repeats.
    pub fn heads(heads: &[String]) -> Self {
        // A head may be broken behind a slash, where Thai has no space.
        let head = |text: &String| Cell::of(Style::TableHead, &text.replace('/', "/\u{200B}")).shaded();
        Self { cells: heads.iter().map(head).collect(), head: true, keep_next: true }
    }

    /// The row stays on the page of the next one, or of what stands behind the table.
    #[must_use]
    pub fn kept(mut self) -> Self {
        self.keep_next = true;
        self
    }

    fn element(self, index: usize, widths: &[u32]) -> Element {
        let letters: usize = self.cells.iter().map(|cell| cell.letters).sum();
        let mut properties = Element::new("w:trPr");
        let most = if index == 1 { WHOLE_FIRST } else { WHOLE };
        if self.head || letters <= most {
            properties.push(Element::new("w:cantSplit"));
        }
        if self.head {
            properties.push(Element::new("w:tblHeader"));
        }
        let mut row = Element::new("w:tr").child(properties);
        let mut widths = widths.iter();
        for cell in self.cells {
            let width = widths.by_ref().take(cell.span).sum();
            row.push(cell.element(width, self.keep_next));
        }
        row
    }
}

/// A table of these widths in twentieths of a point.
pub(super) fn table(widths: &[u32], rows: Vec<Row>, description: &str) -> Element {
    let grid = widths.iter().map(|width| Element::new("w:gridCol").with("w:w", width.to_string()));
    let look = Element::new("w:tblLook")
        .with("w:val", "0020")
        .with("w:firstRow", "1")
        .with("w:lastRow", "0")
        .with("w:firstColumn", "0")
        .with("w:lastColumn", "0")
        .with("w:noHBand", "1")
        .with("w:noVBand", "1");
    let properties = Element::new("w:tblPr")
        .child(Element::value("w:tblStyle", "ReportTable"))
        .child(size("w:tblW", widths.iter().sum()))
        .child(Element::new("w:tblLayout").with("w:type", "fixed"))
        .child(look)
        .child(Element::value("w:tblDescription", description.to_owned()));
    Element::new("w:tbl")
        .child(properties)
        .child(Element::new("w:tblGrid").children(grid))
        .children(rows.into_iter().enumerate().map(|(index, row)| row.element(index, widths)))
}

fn size(name: &'static str, twentieths: u32) -> Element {
    Element::new(name).with("w:w", twentieths.to_string()).with("w:type", "dxa")
}

fn shade() -> Element {
    Element::new("w:shd").with("w:val", "clear").with("w:color", "auto").with("w:fill", "E8EEF7")
}
