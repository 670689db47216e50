//! Pictures and charts that stand in a line of text.

use crate::write::docx::element::Element;

/// The units of drawings in a centimetre.
pub(super) const CENTIMETRE: f64 = 360_000.0;

/// A picture by its relation, with what it shows in words.
pub(super) fn picture(relation: &str, size: (f64, f64), description: &str) -> Element {
    let extent = extent("a:ext", size);
    let blip = Element::new("a:blip").with("r:embed", relation.to_owned());
    let stretch = Element::new("a:stretch").child(Element::new("a:fillRect"));
    let names = Element::new("pic:nvPicPr")
        .child(Element::new("pic:cNvPr").with("id", "1").with("name", "Picture 1"))
        .child(Element::new("pic:cNvPicPr"));
    let place = Element::new("a:off").with("x", "0").with("y", "0");
    let shape = Element::new("pic:spPr")
        .child(Element::new("a:xfrm").child(place).child(extent))
        .child(Element::new("a:prstGeom").with("prst", "rect").child(Element::new("a:avLst")));
    let picture = Element::new("pic:pic")
        .child(names)
        .child(Element::new("pic:blipFill").child(blip).child(stretch))
        .child(shape);
    inline(("1", "Picture 1"), size, description, "http://schemas.openxmlformats.org/drawingml/2006/picture", picture)
}

/// A chart by its relation, with what it shows in words.
pub(super) fn chart(relation: &str, size: (f64, f64), description: &str) -> Element {
    let chart = Element::new("c:chart").with("r:id", relation.to_owned());
    inline(("2", "Chart 1"), size, description, "http://schemas.openxmlformats.org/drawingml/2006/chart", chart)
}

fn inline(
    (id, name): (&'static str, &'static str),
    size: (f64, f64),
    description: &str,
    kind: &'static str,
    graphic: Element,
) -> Element {
    let names = Element::new("wp:docPr").with("id", id).with("name", name).with("descr", description.to_owned());
    let data = Element::new("a:graphicData").with("uri", kind).child(graphic);
    let inline = ["distT", "distB", "distL", "distR"]
        .into_iter()
        .fold(Element::new("wp:inline"), |inline, side| inline.with(side, "0"))
        .child(extent("wp:extent", size))
        .child(names)
        .child(Element::new("wp:cNvGraphicFramePr"))
        .child(Element::new("a:graphic").child(data));
    Element::new("w:r").child(Element::new("w:drawing").child(inline))
}

/// A size in whole units.
fn extent(name: &'static str, (width, height): (f64, f64)) -> Element {
    Element::new(name).with("cx", format!("{width:.0}")).with("cy", format!("{height:.0}"))
}
