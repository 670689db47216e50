//! Numbered and dashed lists: each numbered one counts from 1.

use crate::domain::digits::Digits;
use crate::write::docx::element::Element;
use crate::write::docx::package;

/// The list of recommendations.
pub(super) const DASHED: u32 = 1;

/// The patterns of lists.
const DASHES: &str = "1";
const NUMBERS: &str = "2";

/// The lists of a document.
pub(super) struct Lists {
    digits: Digits,
    last: u32,
}

impl Lists {
    pub fn new(digits: Digits) -> Self {
        Self { digits, last: DASHED }
    }

    /// A numbered list that begins with 1.
    pub fn numbered(&mut self) -> u32 {
        self.last += 1;
        self.last
    }

    /// The part that describes them.
    pub fn part(&self) -> Element {
        let numbers = if self.digits == Digits::Thai { "thaiNumbers" } else { "decimal" };
        let mut root = package::root("w:numbering")
            .child(pattern(DASHES, "bullet", "-", 227))
            .child(pattern(NUMBERS, numbers, "%1.", 340));
        for number in DASHED..=self.last {
            let of = if number == DASHED { DASHES } else { NUMBERS };
            let mut list =
                Element::new("w:num").with("w:numId", number.to_string()).child(Element::value("w:abstractNumId", of));
            if number != DASHED {
                let start = Element::value("w:startOverride", "1");
                list.push(Element::new("w:lvlOverride").with("w:ilvl", "0").child(start));
            }
            root.push(list);
        }
        root
    }
}

/// A list of one level whose texts stand so far in, in twentieths of a point.
fn pattern(id: &'static str, kind: &'static str, text: &'static str, indent: u32) -> Element {
    let indent = indent.to_string();
    let level = Element::new("w:lvl")
        .with("w:ilvl", "0")
        .child(Element::value("w:start", "1"))
        .child(Element::value("w:numFmt", kind))
        .child(Element::value("w:lvlText", text))
        .child(Element::value("w:lvlJc", "left"))
        .child(
            Element::new("w:pPr").child(Element::new("w:ind").with("w:left", indent.clone()).with("w:hanging", indent)),
        );
    Element::new("w:abstractNum")
        .with("w:abstractNumId", id)
        .child(Element::value("w:multiLevelType", "singleLevel"))
        .child(level)
}
