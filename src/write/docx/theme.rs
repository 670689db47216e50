//! The colours and fonts that Word offers for what is added to the document, and the fonts that it uses.

use crate::write::docx::element::Element;
use crate::write::docx::package;
use crate::write::docx::style::Look;

const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";

/// The twelve colours of a theme: text and ground, six to choose from, links.
const COLOURS: [(&str, &str); 12] = [
    ("a:dk1", "000000"),
    ("a:lt1", "FFFFFF"),
    ("a:dk2", "1F3864"),
    ("a:lt2", "E8EEF7"),
    ("a:accent1", "2F5CA8"),
    ("a:accent2", "C0392B"),
    ("a:accent3", "1E6B34"),
    ("a:accent4", "744B00"),
    ("a:accent5", "595959"),
    ("a:accent6", "8E9BB3"),
    ("a:hlink", "054A91"),
    ("a:folHlink", "595959"),
];

/// The part with the fonts that are used.
pub(super) fn fonts(look: &Look<'_>) -> Element {
    let font = Element::new("w:font").with("w:name", look.font.to_owned());
    let font = font.child(Element::value("w:charset", "DE")).child(Element::value("w:pitch", "variable"));
    package::root("w:fonts").child(font)
}

/// The part with the theme.
pub(super) fn theme(look: &Look<'_>) -> Element {
    let colour = |(name, rgb): (&'static str, &'static str)| Element::new(name).child(rgb_of(rgb));
    let colours = Element::new("a:clrScheme").with("name", "itasheet").children(COLOURS.map(colour));
    let font = |name: &'static str| {
        let scripts = ["a:latin", "a:ea", "a:cs"];
        let face = |script| {
            let face = if script == "a:ea" { String::new() } else { look.font.to_owned() };
            Element::new(script).with("typeface", face)
        };
        Element::new(name).children(scripts.map(face))
    };
    let fonts =
        Element::new("a:fontScheme").with("name", "itasheet").child(font("a:majorFont")).child(font("a:minorFont"));
    let own = || Element::new("a:solidFill").child(Element::new("a:schemeClr").with("val", "phClr"));
    let three = |name: &'static str, each: &dyn Fn() -> Element| Element::new(name).children([each(), each(), each()]);
    let effect = || Element::new("a:effectStyle").child(Element::new("a:effectLst"));
    let formats = Element::new("a:fmtScheme")
        .with("name", "itasheet")
        .child(three("a:fillStyleLst", &own))
        .child(three("a:lnStyleLst", &|| Element::new("a:ln").with("w", "9525").child(own())))
        .child(three("a:effectStyleLst", &effect))
        .child(three("a:bgFillStyleLst", &own));
    let elements = Element::new("a:themeElements").child(colours).child(fonts).child(formats);
    Element::new("a:theme").with("xmlns:a", DRAWING).with("name", "itasheet").child(elements)
}

fn rgb_of(rgb: &'static str) -> Element {
    Element::new("a:srgbClr").with("val", rgb)
}
