//! Headings, and the table of contents that leads to them.

use crate::write::docx::element::Element;
use crate::write::docx::paragraph::{Paragraph, field};
use crate::write::docx::style::Style;
use crate::write::printed::Wording;

/// What stands for a page's number until a program has laid the pages out.
const UNKNOWN: &str = "-";

/// The headings of a document in their order.
pub(super) struct Headings {
    asked: bool,
    entries: Vec<(Style, String)>,
}

impl Headings {
    /// Headings that are remembered where a table of contents is asked for.
    pub fn new(asked: bool) -> Self {
        Self { asked, entries: Vec::new() }
    }

    /// A heading; the table of contents leads to it.
    pub fn heading(&mut self, style: Style, text: &str) -> Paragraph {
        let paragraph = Paragraph::of(style, text);
        if !self.asked {
            return paragraph;
        }
        self.entries.push((style, text.to_owned()));
        paragraph.bookmark(self.entries.len(), mark(self.entries.len()))
    }

    /// The table of contents: links with page numbers, which are fields that are computed when the document is opened.
    pub fn contents(&self) -> Vec<Element> {
        let mut body = vec![Paragraph::of(Style::ContentsHeading, &Wording::built_in().word.contents).element()];
        for (number, (style, text)) in (1..).zip(&self.entries) {
            let style = if *style == Style::Heading1 { Style::Contents1 } else { Style::Contents2 };
            let link = Paragraph::of(style, &format!("{text}\t"));
            let page = field(&format!("PAGEREF {} \\h", mark(number)), UNKNOWN);
            let anchor = Element::new("w:hyperlink").with("w:anchor", mark(number)).with("w:history", "1");
            let link = anchor.children(link.into_runs()).child(page);
            body.push(Paragraph::new(style).with(link).element());
        }
        body
    }
}

/// The name of a heading's bookmark.
fn mark(number: usize) -> String {
    format!("heading{number}")
}
