//! The parts of an Office file, what each is, how they are related, and the zip file of all.

use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, DateTime, System};

use crate::write::docx::DocumentError;
use crate::write::docx::element::Element;

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
const PACKAGE_RELATION: &str = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/";

/// How hard parts are packed, 1 to 9: files this small are not worth more.
const LEVEL: i64 = 1;

/// The part that the others belong to.
const DOCUMENT: &str = "word/document.xml";

/// The names that a document's root declares.
pub(super) const NAMESPACES: [(&str, &str); 6] = [
    ("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    ("xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    ("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
    ("xmlns:pic", "http://schemas.openxmlformats.org/drawingml/2006/picture"),
    ("xmlns:c", "http://schemas.openxmlformats.org/drawingml/2006/chart"),
];

/// A root element with the names that it may use.
pub(super) fn root(name: &'static str) -> Element {
    NAMESPACES.into_iter().fold(Element::new(name), |root, (name, uri)| root.with(name, uri))
}

/// A part: its name, what it is, its bytes.
pub(super) struct Part {
    /// Its name in the package.
    pub name: String,
    /// Its content type; nothing where the ending of its name tells it.
    pub content_type: Option<String>,
    /// How the part that refers to it does.
    pub relation: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Part {
    fn word(name: &str, kind: &str, root: &Element) -> Self {
        Self {
            name: format!("word/{name}.xml"),
            content_type: Some(format!("{WORD}{kind}+xml")),
            relation: format!("{RELATION}{kind}"),
            bytes: root.document().into_bytes(),
        }
    }

    pub fn styles(root: &Element) -> Self {
        Self::word("styles", "styles", root)
    }

    pub fn numbering(root: &Element) -> Self {
        Self::word("numbering", "numbering", root)
    }

    pub fn settings(root: &Element) -> Self {
        Self::word("settings", "settings", root)
    }

    pub fn fonts(root: &Element) -> Self {
        Self::word("fontTable", "fontTable", root)
    }

    pub fn theme(root: &Element) -> Self {
        Self {
            name: "word/theme/theme1.xml".to_owned(),
            content_type: Some("application/vnd.openxmlformats-officedocument.theme+xml".to_owned()),
            relation: format!("{RELATION}theme"),
            bytes: root.document().into_bytes(),
        }
    }

    pub fn header(number: usize, root: &Element) -> Self {
        Self::word(&format!("header{number}"), "header", root)
    }

    pub fn footer(number: usize, root: &Element) -> Self {
        Self::word(&format!("footer{number}"), "footer", root)
    }

    /// A chart; the workbook with its numbers is related to it as `rId1`.
    pub fn chart(root: &Element) -> Self {
        Self {
            name: "word/charts/chart1.xml".to_owned(),
            content_type: Some("application/vnd.openxmlformats-officedocument.drawingml.chart+xml".to_owned()),
            relation: format!("{RELATION}chart"),
            bytes: root.document().into_bytes(),
        }
    }

    /// A picture, whose ending tells what it is.
    pub fn picture(ending: &str, bytes: Vec<u8>) -> Self {
        let name = format!("word/media/image1.{ending}");
        Self { name, content_type: None, relation: format!("{RELATION}image"), bytes }
    }
}

/// A relation from one part, or from the package, to a part.
struct Relation {
    /// The part that refers; empty for the package.
    source: String,
    kind: String,
    target: String,
}

/// The parts of a document.
pub(super) struct Package {
    parts: Vec<Part>,
    relations: Vec<Relation>,
}

impl Package {
    pub fn new() -> Self {
        Self { parts: Vec::new(), relations: Vec::new() }
    }

    /// Adds a part that the document refers to; returns the name of the relation.
    pub fn add(&mut self, part: Part) -> String {
        let target = part.name.trim_start_matches("word/").to_owned();
        self.relate(DOCUMENT, part.relation.clone(), target);
        self.parts.push(part);
        format!("rId{}", self.relations.iter().filter(|relation| relation.source == DOCUMENT).count())
    }

    /// Adds the workbook with a chart's numbers.
    pub fn chart_data(&mut self, workbook: Vec<u8>) {
        let name = "word/embeddings/Microsoft_Excel_Worksheet1.xlsx";
        self.relate("word/charts/chart1.xml", format!("{RELATION}package"), format!("../embeddings/{}", last(name)));
        self.parts.push(Part { name: name.to_owned(), content_type: None, relation: String::new(), bytes: workbook });
    }

    /// Adds the document itself, the first part.
    pub fn document(&mut self, body: &Element) {
        let part = Part {
            name: DOCUMENT.to_owned(),
            content_type: Some(format!("{WORD}document.main+xml")),
            relation: format!("{RELATION}officeDocument"),
            bytes: root("w:document").child(body.clone()).document().into_bytes(),
        };
        self.top(part);
    }

    /// Adds what is said of the document as a whole.
    pub fn metadata(&mut self, core: &Element, extended: &Element) {
        let part = |name: &str, content_type: &str, relation: String, root: &Element| Part {
            name: format!("docProps/{name}.xml"),
            content_type: Some(content_type.to_owned()),
            relation,
            bytes: root.document().into_bytes(),
        };
        let content_type = "application/vnd.openxmlformats-package.core-properties+xml";
        self.top(part("core", content_type, format!("{PACKAGE_RELATION}core-properties"), core));
        let content_type = "application/vnd.openxmlformats-officedocument.extended-properties+xml";
        self.top(part("app", content_type, format!("{RELATION}extended-properties"), extended));
    }

    fn top(&mut self, part: Part) {
        self.relate("", part.relation.clone(), part.name.clone());
        self.parts.push(part);
    }

    fn relate(&mut self, source: &str, kind: String, target: String) {
        self.relations.push(Relation { source: source.to_owned(), kind, target });
    }

    /// The zip file of all parts.
    pub fn bytes(self) -> Result<Vec<u8>, DocumentError> {
        let mut files = vec![("[Content_Types].xml".to_owned(), self.content_types().document().into_bytes())];
        let mut sources: Vec<&str> = self.relations.iter().map(|relation| relation.source.as_str()).collect();
        sources.sort_unstable();
        sources.dedup();
        for source in sources {
            files.push((relations_name(source), self.relations_of(source).document().into_bytes()));
        }
        files.extend(self.parts.into_iter().map(|part| (part.name, part.bytes)));
        zipped(files)
    }

    fn content_types(&self) -> Element {
        let default = |ending: &'static str, kind: &'static str| {
            Element::new("Default").with("Extension", ending).with("ContentType", kind)
        };
        let mut types = Element::new("Types")
            .with("xmlns", "http://schemas.openxmlformats.org/package/2006/content-types")
            .child(default("rels", "application/vnd.openxmlformats-package.relationships+xml"))
            .child(default("xml", "application/xml"))
            .child(default("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))
            .child(default("png", "image/png"))
            .child(default("jpeg", "image/jpeg"))
            .child(default("gif", "image/gif"))
            .child(default("bmp", "image/bmp"));
        for part in &self.parts {
            if let Some(kind) = &part.content_type {
                let name = format!("/{}", part.name);
                types.push(Element::new("Override").with("PartName", name).with("ContentType", kind.clone()));
            }
        }
        types
    }

    fn relations_of(&self, source: &str) -> Element {
        let mut root =
            Element::new("Relationships").with("xmlns", "http://schemas.openxmlformats.org/package/2006/relationships");
        let relations = self.relations.iter().filter(|relation| relation.source == source);
        for (number, relation) in (1..).zip(relations) {
            let id = format!("rId{number}");
            let element = Element::new("Relationship").with("Id", id).with("Type", relation.kind.clone());
            root.push(element.with("Target", relation.target.clone()));
        }
        root
    }
}

/// Files in this order as a zip file that is the same on every system.
pub(super) fn zipped(files: Vec<(String, Vec<u8>)>) -> Result<Vec<u8>, DocumentError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(LEVEL))
        .last_modified_time(DateTime::default())
        .system(System::Dos);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name, options)?;
        zip.write_all(&bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn last(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or_default()
}

/// Where the relations of a part stand.
fn relations_name(source: &str) -> String {
    let folder = source.strip_suffix(last(source)).unwrap_or_default();
    format!("{folder}_rels/{}.rels", last(source))
}
