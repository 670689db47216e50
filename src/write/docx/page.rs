//! Paper, margins, and what stands at the head and the foot of every page.

use crate::domain::digits::Digits;
use crate::write::docx::element::Element;
use crate::write::docx::package;
use crate::write::docx::package::{Package, Part};
use crate::write::docx::paragraph::{Paragraph, field};
use crate::write::docx::style::Style;
use crate::write::printed::Wording;

/// The sides of an A4 page and its margins, in twentieths of a point.
const SHORT: u32 = 11_906;
const LONG: u32 = 16_838;
const LEFT: u32 = 1701;
const RIGHT: u32 = 1134;
const TOP: u32 = 1417;
const BOTTOM: u32 = 1134;
/// From the paper's edge to header and footer.
const EDGE: u32 = 709;

/// How a section's pages lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paper {
    /// Upright, without header, footer and number.
    Cover,
    /// Upright; its first page is number 1.
    First,
    /// Upright.
    Portrait,
    /// Lying.
    Landscape,
}

impl Paper {
    /// The width between the margins, in twentieths of a point.
    pub const fn text_width(self) -> u32 {
        match self {
            Self::Cover | Self::First | Self::Portrait => SHORT - LEFT - RIGHT,
            Self::Landscape => LONG - LEFT - RIGHT,
        }
    }
}

/// Headers and footers by their relations, and how pages are numbered.
pub(super) struct Furniture {
    header: String,
    portrait: String,
    landscape: String,
    digits: Digits,
}

impl Furniture {
    /// Adds headers and footers with these texts to the package.
    pub fn new([above, below]: [&str; 2], digits: Digits, package: &mut Package) -> Self {
        let footer = |paper| footer(below, digits, paper);
        Self {
            header: package.add(Part::header(1, &header(above))),
            portrait: package.add(Part::footer(1, &footer(Paper::Portrait))),
            landscape: package.add(Part::footer(2, &footer(Paper::Landscape))),
            digits,
        }
    }

    /// The document's body: its sections, and what stands at the end of the last.
    pub fn body(&self, sections: impl Iterator<Item = (Vec<Element>, Paper)>, end: Element) -> Element {
        let mut body = Element::new("w:body");
        let mut before = None;
        for (content, paper) in sections {
            if let Some(paper) = before.replace(paper) {
                body.push(self.section_end(paper));
            }
            body.extend(content);
        }
        body.push(end);
        body.push(self.section(before.unwrap_or(Paper::Portrait)));
        body
    }

    /// The paragraph that ends a section before the last: too low to begin a page of its own.
    fn section_end(&self, paper: Paper) -> Element {
        let low = [("w:before", "0"), ("w:after", "0"), ("w:line", "20"), ("w:lineRule", "exact")];
        let low = low.into_iter().fold(Element::new("w:spacing"), |element, (name, value)| element.with(name, value));
        Element::new("w:p").child(Element::new("w:pPr").child(Style::small()).child(low).child(self.section(paper)))
    }

    /// What a section is like.
    fn section(&self, paper: Paper) -> Element {
        let footer = match paper {
            Paper::Cover => None,
            Paper::First | Paper::Portrait => Some(&self.portrait),
            Paper::Landscape => Some(&self.landscape),
        };
        let mut section = Element::new("w:sectPr");
        if let Some(footer) = footer {
            let reference = |name, id: &String| Element::new(name).with("w:type", "default").with("r:id", id.clone());
            section.extend([reference("w:headerReference", &self.header), reference("w:footerReference", footer)]);
        }
        let mut size = Element::new("w:pgSz");
        size = if paper == Paper::Landscape {
            sides(size, LONG, SHORT).with("w:orient", "landscape")
        } else {
            sides(size, SHORT, LONG)
        };
        let margins = [
            ("w:top", TOP),
            ("w:right", RIGHT),
            ("w:bottom", BOTTOM),
            ("w:left", LEFT),
            ("w:header", EDGE),
            ("w:footer", EDGE / 2),
            ("w:gutter", 0),
        ];
        let margin = |element: Element, (name, width): (&'static str, u32)| element.with(name, width.to_string());
        let margins = margins.into_iter().fold(Element::new("w:pgMar"), margin);
        // Dates and titles have the same digits.
        let kind = if self.digits == Digits::Arabic { "decimal" } else { "thaiNumbers" };
        let mut numbers = Element::new("w:pgNumType").with("w:fmt", kind);
        if paper == Paper::First {
            // The cover and what stands beside it are no pages of the report.
            numbers = numbers.with("w:start", "1");
        }
        let kind = Element::value("w:type", "nextPage");
        section.child(kind).child(size).child(margins).child(numbers)
    }
}

fn sides(size: Element, width: u32, height: u32) -> Element {
    size.with("w:w", width.to_string()).with("w:h", height.to_string())
}

/// Whose report it is; over a draft, that it is one.
fn header(text: &str) -> Element {
    package::root("w:hdr").child(Paragraph::of(Style::Header, text).element())
}

/// The document's name at the left, the page's number at the right.
fn footer(document: &str, digits: Digits, paper: Paper) -> Element {
    let tab = Element::value("w:tab", "right").with("w:pos", paper.text_width().to_string());
    let paragraph = Paragraph::new(Style::Footer)
        .tabs([tab])
        .run(document)
        .run(&format!("\t{}", Wording::built_in().word.page))
        .with(field("PAGE", &digits.title("1")));
    package::root("w:ftr").child(paragraph.element())
}
