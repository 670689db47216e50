//! Paper, margins, and what stands at the head and the foot of every page.

use crate::domain::digits::Digits;
use crate::write::docx::Context;
use crate::write::docx::element::Element;
use crate::write::docx::package;
use crate::write::docx::package::{Package, Part};
use crate::write::docx::paragraph::{Paragraph, field};
use crate::write::docx::style::Style;
use crate::write::printed::{Wording, fill};

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
    /// Upright.
    Portrait,
    /// Lying.
    Landscape,
}

impl Paper {
    /// The width between the margins, in twentieths of a point.
    pub const fn text_width(self) -> u32 {
        match self {
            Self::Cover | Self::Portrait => SHORT - LEFT - RIGHT,
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
    /// Adds headers and footers to the package.
    pub fn new(context: &Context<'_>, package: &mut Package) -> Self {
        Self {
            header: package.add(Part::header(1, &header(context))),
            portrait: package.add(Part::footer(1, &footer(context, Paper::Portrait))),
            landscape: package.add(Part::footer(2, &footer(context, Paper::Landscape))),
            digits: context.digits,
        }
    }

    /// The paragraph that ends a section before the last.
    pub fn section_end(&self, paper: Paper) -> Element {
        Element::new("w:p").child(Element::new("w:pPr").child(Style::small()).child(self.section(paper)))
    }

    /// What a section is like.
    pub fn section(&self, paper: Paper) -> Element {
        let footer = match paper {
            Paper::Cover => None,
            Paper::Portrait => Some(&self.portrait),
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
        if paper == Paper::Portrait {
            // The cover is no page of the report.
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
fn header(context: &Context<'_>) -> Element {
    let printed = &context.printed;
    let year = fill(&Wording::built_in().year, &[("year", &printed.year(0))]);
    let text = if context.report.draft { printed.draft_mark() } else { format!("{} {year}", printed.agency()) };
    package::root("w:hdr").child(Paragraph::of(Style::Header, text.trim()).element())
}

/// The document's name at the left, the page's number at the right.
fn footer(context: &Context<'_>, paper: Paper) -> Element {
    let tab = Element::value("w:tab", "right").with("w:pos", paper.text_width().to_string());
    let paragraph = Paragraph::new(Style::Footer)
        .tabs([tab])
        .run(context.printed.document())
        .run(&format!("\t{}", Wording::built_in().word.page))
        .with(field("PAGE", &context.digits.title("1")));
    package::root("w:ftr").child(paragraph.element())
}
