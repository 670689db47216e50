//! What an .xlsx has beside values: formulas, colours, widths, heights, comments, texts of shapes. Its parser does not tell it.

use std::collections::{BTreeMap, HashMap};
use std::io::BufReader;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::domain::cell_ref::CellRef;
use crate::read::formats::xlsx_parts::{Parts, elements};
use crate::read::formats::xml::{attribute, entity, number};
use crate::read::limits::Limits;

/// What a sheet has beside values.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Look {
    /// Formulas by cell; of one that is shared by several cells only the first has its text.
    pub formulas: BTreeMap<CellRef, String>,
    /// The colour behind each cell that has one.
    pub fills: BTreeMap<CellRef, String>,
    /// The colour of the letters of each cell that has one.
    pub fonts: BTreeMap<CellRef, String>,
    /// The widths of columns that have one, in digits.
    pub widths: BTreeMap<u32, f64>,
    /// The heights of rows that somebody has set, in points.
    pub heights: BTreeMap<u32, f64>,
    /// Comments with their cells.
    pub comments: Vec<(CellRef, String)>,
    /// Texts of shapes.
    pub shapes: Vec<String>,
}

/// The most columns that one entry of widths may give a width to: more are the empty rest of the sheet.
const MOST_COLUMNS: u32 = 256;

/// The looks of the sheets by name; nothing where the bytes are no .xlsx.
pub(in crate::read) fn looks(bytes: &[u8], limits: &Limits) -> Option<HashMap<String, Look>> {
    let mut parts = Parts::new(bytes, limits)?;
    let sheets = parts.sheets();
    let styles = parts.part("xl/styles.xml").map(|xml| Styles::read(&xml)).unwrap_or_default();
    let mut looks = HashMap::new();
    for (name, path) in sheets {
        let Some(xml) = parts.part(&path) else { continue };
        let mut look = look(&xml, &styles);
        for relation in parts.relations(&path).into_values() {
            let Some(xml) = parts.part(&relation.path) else { continue };
            match relation.kind.as_str() {
                "comments" | "threadedComment" => look.comments.extend(comments(&xml)),
                "drawing" => look.shapes.extend(texts_of(&xml, "sp").into_iter().filter(|text| !text.is_empty())),
                _ => {}
            }
        }
        look.comments.sort();
        look.comments.dedup();
        looks.insert(name, look);
    }
    (!looks.is_empty()).then_some(looks)
}

/// The colours of a workbook's formats, by their numbers.
#[derive(Default)]
struct Styles(Vec<(Option<String>, Option<String>)>);

impl Styles {
    fn read(xml: &[u8]) -> Self {
        let mut reader = Reader::from_reader(BufReader::new(xml));
        let mut buffer = Vec::new();
        let (mut fills, mut fonts, mut formats) = (Vec::new(), Vec::new(), Vec::new());
        let mut inside = "";
        while let Ok(event) = reader.read_event_into(&mut buffer) {
            match event {
                Event::Start(start) | Event::Empty(start) => match (inside, start.local_name().as_ref()) {
                    (_, "fills") => inside = "fills",
                    (_, "fonts") => inside = "fonts",
                    (_, "cellXfs") => inside = "cellXfs",
                    (_, "cellStyleXfs" | "dxfs" | "borders" | "cellStyles") => inside = "",
                    ("fills", "fill") => fills.push(None),
                    ("fills", "patternFill") => {
                        let is_none = attribute(&start, "patternType").is_none_or(|kind| kind == "none");
                        set(&mut fills, if is_none { None } else { Some("pattern".to_owned()) });
                    }
                    ("fills", "gradientFill") => set(&mut fills, Some("gradient".to_owned())),
                    ("fills", "fgColor") if matches!(fills.last(), Some(Some(_))) => set(&mut fills, colour(&start)),
                    ("fonts", "font") => fonts.push(None),
                    ("fonts", "color") => set(&mut fonts, colour(&start)),
                    ("cellXfs", "xf") => {
                        let of = |list: &[Option<String>], name| {
                            let index = number(&start, name).and_then(|index| usize::try_from(index).ok())?;
                            list.get(index).cloned().flatten()
                        };
                        formats.push((of(&fills, "fillId"), of(&fonts, "fontId")));
                    }
                    _ => {}
                },
                Event::Eof => break,
                _ => {}
            }
            buffer.clear();
        }
        Self(formats)
    }
}

fn set(list: &mut [Option<String>], value: Option<String>) {
    if let Some(last) = list.last_mut() {
        *last = value;
    }
}

/// A colour as its six digits, or how it is named; nothing for the one that everything has.
fn colour(element: &BytesStart<'_>) -> Option<String> {
    if let Some(rgb) = attribute(element, "rgb") {
        let six = rgb.get(rgb.len().saturating_sub(6)..)?.to_ascii_uppercase();
        return (six != "000000").then_some(six);
    }
    let named = |name: &str| attribute(element, name).map(|value| value.into_owned());
    match (named("theme"), named("indexed")) {
        (Some(theme), _) if theme == "0" || theme == "1" => {
            named("tint").filter(|tint| tint.parse() != Ok(0.0)).map(|tint| format!("theme {theme} {tint}"))
        }
        (Some(theme), _) => Some(format!("theme {theme} {}", named("tint").unwrap_or_default())),
        (_, Some(index)) if matches!(index.as_str(), "0" | "8" | "64" | "65") => None,
        (_, Some(index)) => Some(format!("indexed {index}")),
        _ => None,
    }
}

fn look(xml: &[u8], styles: &Styles) -> Look {
    let mut reader = Reader::from_reader(BufReader::new(xml));
    let (mut buffer, mut look) = (Vec::new(), Look::default());
    let (mut row, mut column) = (0u32, 0u32);
    let mut formula: Option<String> = None;
    while let Ok(event) = reader.read_event_into(&mut buffer) {
        match event {
            Event::Start(start) | Event::Empty(start) => match start.local_name().as_ref() {
                "col" => widths(&start, &mut look),
                "row" => {
                    row = number(&start, "r").unwrap_or(row.saturating_add(1));
                    column = 0;
                    let is_set = attribute(&start, "customHeight").is_some_and(|value| matches!(&*value, "1" | "true"));
                    let height = attribute(&start, "ht").and_then(|height| height.parse().ok());
                    if let Some(height) = height.filter(|_| is_set) {
                        look.heights.insert(row.saturating_sub(1), height);
                    }
                }
                "c" => {
                    let at = attribute(&start, "r").and_then(|name| CellRef::parse(&name));
                    let at = at.unwrap_or(CellRef::new(row.saturating_sub(1), column));
                    column = at.column + 1;
                    let style = number(&start, "s").and_then(|style| usize::try_from(style).ok());
                    if let Some((fill, font)) = styles.0.get(style.unwrap_or_default()) {
                        look.fills.extend(fill.clone().map(|fill| (at, fill)));
                        look.fonts.extend(font.clone().map(|font| (at, font)));
                    }
                }
                "f" => {
                    formula = Some(String::new());
                    look.formulas.insert(CellRef::new(row.saturating_sub(1), column.saturating_sub(1)), String::new());
                }
                _ => {}
            },
            Event::Text(text) => {
                if let Some(formula) = &mut formula {
                    formula.push_str(&text.xml10_content());
                }
            }
            Event::GeneralRef(reference) => {
                if let Some(formula) = &mut formula {
                    formula.extend(entity(&reference));
                }
            }
            // What stands behind the cells has formulas of its own.
            Event::End(end) if end.local_name().as_ref() == "sheetData" => break,
            Event::End(end) if end.local_name().as_ref() == "f" => {
                let at = CellRef::new(row.saturating_sub(1), column.saturating_sub(1));
                look.formulas.insert(at, formula.take().unwrap_or_default());
            }
            Event::Eof => break,
            _ => {}
        }
        buffer.clear();
    }
    look
}

fn widths(element: &BytesStart<'_>, look: &mut Look) {
    let (Some(min @ 1..), Some(max)) = (number(element, "min"), number(element, "max")) else { return };
    let Some(width) = attribute(element, "width").and_then(|width| width.parse().ok()) else { return };
    if max.saturating_sub(min) < MOST_COLUMNS {
        look.widths.extend((min - 1..max).map(|column| (column, width)));
    }
}

/// Comments with the cells that they are on.
fn comments(xml: &[u8]) -> Vec<(CellRef, String)> {
    let places = ["comment", "threadedComment"].into_iter().map(|name| (name, elements(xml, name, &["ref"])));
    let mut found = Vec::new();
    for (name, places) in places {
        let texts = texts_of(xml, name);
        let place = |values: &Vec<String>| values.first().and_then(|name| CellRef::parse(name));
        found.extend(places.iter().zip(texts).filter_map(|(values, text)| Some((place(values)?, text))));
    }
    found
}

/// The texts of all elements of a name.
fn texts_of(xml: &[u8], element: &str) -> Vec<String> {
    let mut reader = Reader::from_reader(BufReader::new(xml));
    let (mut buffer, mut texts) = (Vec::new(), Vec::new());
    let (mut text, mut is_text): (Option<String>, bool) = (None, false);
    while let Ok(event) = reader.read_event_into(&mut buffer) {
        match event {
            Event::Start(start) if start.local_name().as_ref() == element => text = Some(String::new()),
            Event::Start(start) if matches!(start.local_name().as_ref(), "t" | "text") => is_text = true,
            Event::End(end) if end.local_name().as_ref() == element => texts.extend(text.take()),
            Event::End(end) => match (end.local_name().as_ref(), &mut text) {
                ("t" | "text", _) => is_text = false,
                ("p", Some(text)) => text.push('\n'),
                _ => {}
            },
            Event::Text(piece) => {
                if let (Some(text), true) = (&mut text, is_text) {
                    text.push_str(&piece.xml10_content());
                }
            }
            Event::GeneralRef(reference) => {
                if let (Some(text), true) = (&mut text, is_text) {
                    text.extend(entity(&reference));
                }
            }
            Event::Eof => break,
            _ => {}
        }
        buffer.clear();
    }
    texts.into_iter().map(|text| text.trim().to_owned()).collect()
}
