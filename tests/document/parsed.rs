//! A Word document taken apart: its parts, its paragraphs and tables.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use roxmltree::Node;

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// The parts of a zip file by name, in text.
pub fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        assert!(parts.insert(entry.name().unwrap().to_string(), bytes).is_none());
    }
    parts
}

/// A paragraph: its style and its text; an item of a list has `- ` in front where the list is dashed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    pub style: String,
    pub text: String,
}

/// A table: rows of cells of paragraphs.
pub type Table = Vec<Vec<Vec<Paragraph>>>;

/// The document's text outside and inside tables, in order; the lines to sign on count as outside.
#[derive(Debug, Default)]
pub struct Parsed {
    pub paragraphs: Vec<Paragraph>,
    pub tables: Vec<Table>,
}

pub fn named<'a>(node: Node<'a, 'a>, name: &'a str) -> impl Iterator<Item = Node<'a, 'a>> {
    node.children().filter(move |child| child.has_tag_name((WORD, name)))
}

pub fn value<'a>(node: Node<'a, '_>) -> &'a str {
    node.attribute((WORD, "val")).unwrap_or_default()
}

fn paragraph(node: Node<'_, '_>) -> Paragraph {
    let style = node.descendants().find(|node| node.has_tag_name((WORD, "pStyle"))).map(value).unwrap_or_default();
    let text = node.descendants().map(|node| match node.tag_name().name() {
        "t" => node.text().unwrap_or_default(),
        "br" => "\n",
        "tab" if node.parent().is_some_and(|parent| parent.has_tag_name((WORD, "r"))) => "\t",
        _ => "",
    });
    let dash = if style == "Recommendation" { "- " } else { "" };
    Paragraph { style: style.to_owned(), text: format!("{dash}{}", text.collect::<String>()) }
}

impl Parsed {
    pub fn of(bytes: &[u8]) -> Self {
        let parts = parts(bytes);
        let xml = std::str::from_utf8(&parts["word/document.xml"]).unwrap();
        let tree = roxmltree::Document::parse(xml).unwrap();
        let body = tree.root_element().first_element_child().unwrap();
        let mut parsed = Self::default();
        for node in body.children() {
            match node.tag_name().name() {
                "p" => parsed.paragraphs.push(paragraph(node)),
                "tbl" => {
                    let cell = |cell| named(cell, "p").map(paragraph).collect();
                    let rows = named(node, "tr").map(|row| named(row, "tc").map(cell).collect());
                    let signed = |row: &Vec<Vec<Paragraph>>| row.iter().flatten().all(|line| line.style == "Signature");
                    let (signed, rows): (Vec<_>, Table) = rows.partition(signed);
                    parsed.tables.push(rows);
                    parsed.paragraphs.extend(signed.into_iter().flatten().flatten());
                }
                _ => {}
            }
        }
        parsed
    }

    /// The text of the paragraphs of a style.
    pub fn styled(&self, style: &str) -> Vec<&str> {
        let of_style = self.paragraphs.iter().filter(|paragraph| paragraph.style == style);
        of_style.map(|paragraph| paragraph.text.as_str()).collect()
    }
}

/// A cell's paragraphs as lines.
pub fn text(cell: &[Paragraph]) -> String {
    cell.iter().map(|paragraph| paragraph.text.as_str()).collect::<Vec<_>>().join("\n")
}
