//! The workbook inside a chart, which opens when its numbers are edited: one sheet, texts and numbers.

use crate::write::docx::DocumentError;
use crate::write::docx::element::Element;
use crate::write::docx::package::zipped;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const CONTENT: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

/// A cell's value; a number as it is written with a point.
pub(super) enum Value {
    Text(String),
    Number(String),
    Blank,
}

/// The name of the sheet, as formulas have it.
pub(super) const SHEET: &str = "Sheet1";

/// The bytes of a workbook with these rows of up to 26 columns.
pub(super) fn workbook(rows: &[Vec<Value>]) -> Result<Vec<u8>, DocumentError> {
    let mut data = Element::new("sheetData");
    for (number, values) in (1..).zip(rows) {
        let mut row = Element::new("row").with("r", number.to_string());
        for (column, value) in ('A'..='Z').zip(values) {
            let cell = Element::new("c").with("r", format!("{column}{number}"));
            match value {
                Value::Text(text) => {
                    let text = Element::new("is").child(Element::text("t", text.clone()));
                    row.push(cell.with("t", "inlineStr").child(text));
                }
                Value::Number(number) => row.push(cell.child(Element::text("v", number.clone()))),
                Value::Blank => {}
            }
        }
        data.push(row);
    }
    let sheet = Element::new("worksheet").with("xmlns", MAIN).child(data);
    let entry = Element::new("sheet").with("name", SHEET).with("sheetId", "1").with("r:id", "rId1");
    let book =
        Element::new("workbook").with("xmlns", MAIN).with("xmlns:r", OFFICE).child(Element::new("sheets").child(entry));
    let parts = [
        ("[Content_Types].xml", content_types()),
        ("_rels/.rels", relation("officeDocument", "xl/workbook.xml")),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml")),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    zipped(parts.into_iter().map(|(name, root)| (name.to_owned(), root.document().into_bytes())).collect())
}

fn content_types() -> Element {
    let default = |ending: &'static str, kind: &'static str| {
        Element::new("Default").with("Extension", ending).with("ContentType", kind)
    };
    let part = |name: &'static str, kind: &str| {
        Element::new("Override").with("PartName", name).with("ContentType", format!("{CONTENT}{kind}+xml"))
    };
    Element::new("Types")
        .with("xmlns", "http://schemas.openxmlformats.org/package/2006/content-types")
        .child(default("rels", "application/vnd.openxmlformats-package.relationships+xml"))
        .child(default("xml", "application/xml"))
        .child(part("/xl/workbook.xml", "sheet.main"))
        .child(part("/xl/worksheets/sheet1.xml", "worksheet"))
}

fn relation(kind: &str, target: &'static str) -> Element {
    let relation =
        Element::new("Relationship").with("Id", "rId1").with("Type", format!("{OFFICE}/{kind}")).with("Target", target);
    Element::new("Relationships").with("xmlns", RELATIONS).child(relation)
}
