//! The named styles: what an office changes to change all of its kind.

use crate::write::docx::element::Element;
use crate::write::docx::package;

/// Half points of running text: 16 points in official Thai documents.
const TEXT: u32 = 32;
/// Half points of small print.
const SMALL: u32 = 20;
/// Half points of headers and footers.
const FURNITURE: u32 = 28;

/// Half points of what stands before a line of a memo's head.
const LABEL: u32 = 40;

const GREY: &str = "595959";

/// The character style of what is found wrong.
pub(super) const FINDING: &str = "Finding";
/// The character style of what stands out in a paragraph.
pub(super) const STRONG: &str = "Strong";
/// The character style of what stands before a line of a memo's head.
pub(super) const MEMO_LABEL: &str = "MemoLabel";
/// The character style of what is written on dots.
pub(super) const DOTTED: &str = "Dotted";

/// The font, and the colour of headings as hexadecimal digits.
pub(super) struct Look<'a> {
    pub font: &'a str,
    pub heading: Option<&'a str>,
}

/// A paragraph style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Title,
    Subtitle,
    Heading1,
    Heading2,
    BodyText,
    Caption,
    Picture,
    TableHead,
    TableText,
    TableCentred,
    TableHeading,
    Recommendation,
    Step,
    Signature,
    SmallPrint,
    Header,
    Footer,
    ContentsHeading,
    Contents1,
    Contents2,
    MemoTitle,
    MemoLine,
    MemoTo,
    MemoText,
    MemoSignature,
}

/// How a paragraph style looks.
struct Design {
    id: &'static str,
    name: &'static str,
    half_points: u32,
    bold: bool,
    /// Where its lines stand; `thaiDistribute` fills them by widening the spaces between letters.
    align: &'static str,
    /// Space before and after in twentieths of a point.
    space: (u32, u32),
    keep_next: bool,
    outline: Option<&'static str>,
    grey: bool,
}

impl Style {
    const ALL: [Self; 25] = [
        Self::Title,
        Self::Subtitle,
        Self::Heading1,
        Self::Heading2,
        Self::BodyText,
        Self::Caption,
        Self::Picture,
        Self::TableHead,
        Self::TableText,
        Self::TableCentred,
        Self::TableHeading,
        Self::Recommendation,
        Self::Step,
        Self::Signature,
        Self::SmallPrint,
        Self::Header,
        Self::Footer,
        Self::ContentsHeading,
        Self::Contents1,
        Self::Contents2,
        Self::MemoTitle,
        Self::MemoLine,
        Self::MemoTo,
        Self::MemoText,
        Self::MemoSignature,
    ];

    /// Its name among the document's styles.
    pub fn id(self) -> &'static str {
        self.design().id
    }

    /// The reference to the smallest style, for a paragraph that is no text.
    pub fn small() -> Element {
        Element::value("w:pStyle", Self::SmallPrint.id())
    }

    /// The size of its letters in points.
    pub fn points(self) -> f64 {
        f64::from(self.design().half_points) / 2.0
    }

    fn design(self) -> Design {
        let text = |id, name, align| Design {
            id,
            name,
            half_points: TEXT,
            bold: false,
            align,
            space: (0, 0),
            keep_next: false,
            outline: None,
            grey: false,
        };
        let bold = |id, name, align| Design { bold: true, ..text(id, name, align) };
        match self {
            Self::Title => Design { half_points: 44, space: (0, 120), ..bold("Title", "Title", "center") },
            Self::Subtitle => Design { half_points: 36, space: (120, 0), ..bold("Subtitle", "Subtitle", "center") },
            Self::Heading1 => Design {
                half_points: 36,
                space: (0, 60),
                keep_next: true,
                outline: Some("0"),
                ..bold("Heading1", "heading 1", "left")
            },
            Self::Heading2 => Design {
                space: (120, 60),
                keep_next: true,
                outline: Some("1"),
                ..bold("Heading2", "heading 2", "left")
            },
            Self::BodyText => Design { space: (0, 60), ..text("BodyText", "Body Text", "thaiDistribute") },
            Self::Caption => Design { space: (60, 60), ..text("Caption", "caption", "left") },
            Self::Picture => Design { keep_next: true, ..text("Picture", "Picture", "center") },
            Self::TableHead => bold("TableHead", "Table Head", "center"),
            Self::TableText => text("TableText", "Table Text", "left"),
            Self::TableCentred => text("TableCentred", "Table Centred", "center"),
            Self::TableHeading => Design { keep_next: true, ..bold("TableHeading", "Table Heading", "left") },
            Self::Recommendation => text("Recommendation", "Recommendation", "left"),
            Self::Step => text("Step", "Step", "left"),
            Self::Signature => Design { keep_next: true, ..text("Signature", "Signature", "left") },
            Self::SmallPrint => {
                Design { half_points: SMALL, space: (240, 0), grey: true, ..text("SmallPrint", "Small Print", "left") }
            }
            Self::Header => Design { half_points: FURNITURE, grey: true, ..text("Header", "header", "right") },
            Self::Footer => Design { half_points: FURNITURE, grey: true, ..text("Footer", "footer", "left") },
            Self::ContentsHeading => {
                Design { half_points: 36, space: (0, 120), ..bold("ContentsHeading", "Contents Heading", "center") }
            }
            Self::Contents1 => Design { space: (60, 0), ..text("TOC1", "toc 1", "left") },
            Self::Contents2 => text("TOC2", "toc 2", "left"),
            Self::MemoTitle => Design { half_points: 58, ..bold("MemoTitle", "Memo Title", "center") },
            Self::MemoLine => text("MemoLine", "Memo Line", "left"),
            Self::MemoTo => Design { space: (120, 120), ..text("MemoTo", "Memo To", "left") },
            Self::MemoText => Design { space: (0, 120), ..text("MemoText", "Memo Text", "thaiDistribute") },
            Self::MemoSignature => {
                Design { space: (120, 0), keep_next: true, ..text("MemoSignature", "Memo Signature", "center") }
            }
        }
    }
}

impl Design {
    /// Tab stops: two columns of signatures on a lying page, the right margin of an upright one.
    fn tabs(&self) -> Vec<Element> {
        let tab = |kind: &'static str, at: &'static str| Element::value("w:tab", kind).with("w:pos", at);
        match self.id {
            "Signature" => vec![tab("center", "3500"), tab("center", "10500")],
            "TOC1" | "TOC2" => vec![tab("right", "9071").with("w:leader", "dot")],
            "MemoLine" => vec![tab("right", "9071")],
            _ => Vec::new(),
        }
    }

    /// How far its lines stand in.
    fn indent(&self) -> Option<Element> {
        let indent = |sides: &[(&'static str, &'static str)]| {
            Some(sides.iter().fold(Element::new("w:ind"), |indent, (side, width)| indent.with(side, *width)))
        };
        match self.id {
            "TOC2" => indent(&[("w:left", "340")]),
            // The first line of a paragraph of a memo stands 2.5 cm in.
            "MemoText" => indent(&[("w:firstLine", "1417")]),
            "MemoSignature" => indent(&[("w:left", "4000")]),
            _ => None,
        }
    }

    fn element(&self, look: &Look<'_>) -> Element {
        let mut paragraph = Element::new("w:pPr");
        if self.keep_next {
            paragraph.push(Element::new("w:keepNext"));
        }
        let tabs = self.tabs();
        if !tabs.is_empty() {
            paragraph.push(Element::new("w:tabs").children(tabs));
        }
        let line = if self.id == "MemoTitle" { Some("700") } else { None };
        if self.space != (0, 0) || line.is_some() {
            let (before, after) = self.space;
            let spacing = Element::new("w:spacing").with("w:before", before.to_string());
            let spacing = spacing.with("w:after", after.to_string());
            let exact = |line| spacing.clone().with("w:line", line).with("w:lineRule", "exact");
            paragraph.push(line.map_or(spacing.clone(), exact));
        }
        paragraph.extend(self.indent());
        paragraph.push(Element::value("w:jc", self.align));
        if let Some(level) = self.outline {
            paragraph.push(Element::value("w:outlineLvl", level));
        }
        let mut run = Element::new("w:rPr");
        if self.bold {
            run.extend([Element::new("w:b"), Element::new("w:bCs")]);
        }
        let heading = look.heading.filter(|_| self.outline.is_some()).map(str::to_owned);
        if let Some(colour) = heading.or(self.grey.then(|| GREY.to_owned())) {
            run.push(Element::value("w:color", colour));
        }
        if self.half_points != TEXT {
            run.extend(sizes(self.half_points));
        }
        Element::new("w:style")
            .with("w:type", "paragraph")
            .with("w:styleId", self.id)
            .child(Element::value("w:name", self.name))
            .child(Element::value("w:basedOn", "Normal"))
            .child(Element::new("w:qFormat"))
            .child(paragraph)
            .child(run)
    }
}

/// Size of Latin and of Thai letters, in half points.
fn sizes(half_points: u32) -> [Element; 2] {
    ["w:sz", "w:szCs"].map(|name| Element::value(name, half_points.to_string()))
}

/// The part that describes all styles.
pub(super) fn part(look: &Look<'_>) -> Element {
    let fonts = ["w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"]
        .into_iter()
        .fold(Element::new("w:rFonts"), |fonts, script| fonts.with(script, look.font.to_owned()));
    let language = Element::new("w:lang").with("w:val", "en-US").with("w:eastAsia", "en-US").with("w:bidi", "th-TH");
    let run = Element::new("w:rPr").child(fonts).children(sizes(TEXT)).child(language);
    let spacing = Element::new("w:spacing").with("w:after", "0").with("w:line", "240").with("w:lineRule", "auto");
    let paragraph = Element::new("w:pPr").child(Element::new("w:widowControl")).child(spacing);
    let defaults = Element::new("w:docDefaults")
        .child(Element::new("w:rPrDefault").child(run))
        .child(Element::new("w:pPrDefault").child(paragraph));
    let normal = Element::new("w:style")
        .with("w:type", "paragraph")
        .with("w:default", "1")
        .with("w:styleId", "Normal")
        .child(Element::value("w:name", "Normal"))
        .child(Element::new("w:qFormat"));
    let character = |id: &'static str, looks: Vec<Element>| {
        Element::new("w:style")
            .with("w:type", "character")
            .with("w:styleId", id)
            .child(Element::value("w:name", id))
            .child(Element::new("w:qFormat"))
            .child(Element::new("w:rPr").children(looks))
    };
    let underline = |kind| vec![Element::value("w:u", kind)];
    let bold = || vec![Element::new("w:b"), Element::new("w:bCs")];
    package::root("w:styles")
        .child(defaults)
        .child(normal)
        .children(Style::ALL.map(|style| style.design().element(look)))
        .child(character(FINDING, underline("single")))
        .child(character(STRONG, bold()))
        .child(character(MEMO_LABEL, bold().into_iter().chain(sizes(LABEL)).collect()))
        .child(character(DOTTED, underline("dotted")))
        .child(table())
}

/// The style of all tables.
fn table() -> Element {
    let line = |side| Element::value(side, "single").with("w:sz", "4").with("w:space", "0").with("w:color", "8E9BB3");
    let sides = ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"];
    let margin = |side| Element::new(side).with("w:w", "60").with("w:type", "dxa");
    let properties = Element::new("w:tblPr")
        .child(Element::new("w:tblBorders").children(sides.map(line)))
        .child(Element::new("w:tblCellMar").children(["w:left", "w:right"].map(margin)));
    let bold = Element::new("w:rPr").child(Element::new("w:b")).child(Element::new("w:bCs"));
    Element::new("w:style")
        .with("w:type", "table")
        .with("w:styleId", "ReportTable")
        .child(Element::value("w:name", "Report Table"))
        .child(Element::new("w:qFormat"))
        .child(properties)
        .child(Element::new("w:tblStylePr").with("w:type", "firstRow").child(bold))
}
