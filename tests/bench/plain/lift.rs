//! A finished workbook into its [`List`]: done once, before anything is timed.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use roxmltree::{Document, Node};

use super::list::{Area, Cell, Chart, Choice, Colours, Content, List, Look, Options, Rule, Sheet};

/// The parts of a workbook by name.
pub fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        parts.insert(entry.name().unwrap().to_string(), text);
    }
    parts
}

/// All that stands in a workbook's parts.
pub fn lift(parts: &BTreeMap<String, String>) -> List {
    let workbook = Document::parse(&parts["xl/workbook.xml"]).unwrap();
    let core = Document::parse(&parts["docProps/core.xml"]).unwrap();
    let strings = Document::parse(&parts["xl/sharedStrings.xml"]).unwrap();
    let strings: Vec<String> = all(strings.root(), "si").map(text_of).collect();
    let styles = Document::parse(&parts["xl/styles.xml"]).unwrap();
    let mut sheets: Vec<Sheet> = all(workbook.root(), "sheet")
        .zip(1..)
        .map(|(sheet, number)| {
            let very_hidden = sheet.attribute("state") == Some("veryHidden");
            Sheet { very_hidden, ..lift_sheet(parts, number, attribute(sheet, "name"), &strings, styles.root()) }
        })
        .collect();
    let mut names = Vec::new();
    for name in all(workbook.root(), "definedName") {
        let cells = text_of(name);
        let reference = cells.rsplit('!').next().unwrap_or_default();
        match (attribute(name, "name"), name.attribute("localSheetId").map(|id| &mut sheets[number::<usize>(id)])) {
            ("_xlnm.Print_Area", Some(sheet)) => sheet.print_area = Some(area(reference)),
            ("_xlnm.Print_Titles", Some(sheet)) => {
                let (first, last) = reference.split_once(':').unwrap();
                sheet.repeated_rows = Some((row_of(first), row_of(last)));
            }
            ("_xlnm._FilterDatabase", _) => {}
            (name, _) => names.push((name.to_owned(), cells)),
        }
    }
    let fact = |name| all(core.root(), name).next().map(text_of).unwrap_or_default();
    List {
        formats: looks(styles.root()),
        sheets,
        names,
        title: fact("title"),
        author: fact("creator"),
        created: fact("created"),
    }
}

fn lift_sheet(parts: &BTreeMap<String, String>, number: u32, name: &str, strings: &[String], styles: Node) -> Sheet {
    let document = Document::parse(&parts[&format!("xl/worksheets/sheet{number}.xml")]).unwrap();
    let root = document.root();
    let related = |kind: &str| {
        let relations = parts.get(&format!("xl/worksheets/_rels/sheet{number}.xml.rels"))?;
        let relations = Document::parse(relations).unwrap();
        let target = all(relations.root(), "Relationship").find(|own| attribute(*own, "Type").ends_with(kind))?;
        Some(parts[&attribute(target, "Target").replace("..", "xl")].as_str())
    };
    let mut sheet = Sheet { name: name.to_owned(), ..Sheet::default() };
    sheet.tab = rgb(root, "tabColor");
    for column in all(root, "col") {
        if column.has_attribute("hidden") {
            let [first, last] = ["min", "max"].map(|name| self::number::<u16>(attribute(column, name)) - 1);
            sheet.hidden.extend(first..=last);
            continue;
        }
        let pixels = (self::number::<f64>(attribute(column, "width")) * 8.0).round() as u32;
        let (first, last) = (attribute(column, "min"), attribute(column, "max"));
        sheet.columns.extend((self::number::<u16>(first)..=self::number(last)).map(|own| (own - 1, pixels)));
    }
    let high =
        all(root, "row").filter_map(|row| Some((row_of(attribute(row, "r")), self::number(row.attribute("ht")?))));
    sheet.rows = high.collect();
    let mut blocks: Vec<(Area, Option<Cell>)> =
        all(root, "mergeCell").map(|own| (area(attribute(own, "ref")), None)).collect();
    for cell in all(root, "c").map(|own| cell(own, strings)) {
        let inside = |at: &Area| (at.0..=at.2).contains(&cell.row) && (at.1..=at.3).contains(&cell.column);
        match blocks.iter_mut().find(|(at, _)| inside(at)) {
            // the other cells of a block are blank
            Some((_, first)) => *first = first.take().or(Some(cell)),
            None => sheet.cells.push(cell),
        }
    }
    sheet.blocks = blocks.into_iter().map(|(at, cell)| (at, cell.unwrap())).collect();
    // the second half of a data bar stands in an extension, without a place of its own
    let placed = all(root, "conditionalFormatting").filter(|own| own.has_attribute("sqref"));
    sheet.colours = placed.flat_map(|own| colours(own, styles)).collect();
    sheet.choices = all(root, "dataValidation").map(choice).collect();
    sheet.link = all(root, "hyperlink").next().map(|own| {
        let at = area(attribute(own, "ref"));
        (at.0, at.1, format!("internal:{}", attribute(own, "location")), attribute(own, "display").to_owned())
    });
    sheet.table = related("/table").map(|part| {
        let table = Document::parse(part).unwrap();
        let headers = all(table.root(), "tableColumn").map(|own| attribute(own, "name").to_owned()).collect();
        let table = table.root_element();
        (attribute(table, "name").to_owned(), area(attribute(table, "ref")), headers)
    });
    sheet.notes = related("/comments").map(|part| notes(Document::parse(part).unwrap().root())).unwrap_or_default();
    sheet.chart = related("/drawing").map(|part| chart(part, &parts["xl/charts/chart1.xml"], &sheet));
    set_up(&mut sheet, root);
    sheet
}

fn set_up(sheet: &mut Sheet, root: Node) {
    let one = |name| all(root, name).next();
    sheet.landscape = one("pageSetup").is_some_and(|own| own.attribute("orientation") == Some("landscape"));
    let margins = one("pageMargins").unwrap();
    sheet.margins = ["left", "right", "top", "bottom", "header", "footer"].map(|side| number(attribute(margins, side)));
    sheet.one_page = one("pageSetUpPr").is_some();
    sheet.centred = one("printOptions").is_some();
    sheet.footer = text_of(one("oddFooter").unwrap());
    sheet.zoom = number(attribute(one("sheetView").unwrap(), "zoomScale"));
    sheet.frozen = one("pane")
        .map(|own| (number(own.attribute("ySplit").unwrap_or("0")), number(own.attribute("xSplit").unwrap_or("0"))));
    sheet.page_breaks = all(root, "brk").map(|own| number(attribute(own, "id"))).collect();
}

fn cell(own: Node, strings: &[String]) -> Cell {
    let at = area(attribute(own, "r"));
    let value = all(own, "v").next().map(text_of);
    let content = match (all(own, "f").next(), own.attribute("t"), value) {
        (Some(formula), _, value) => Content::Formula(text_of(formula), value.unwrap_or_default()),
        (None, Some("s"), Some(index)) => Content::Text(strings[number::<usize>(&index)].clone()),
        (None, None, Some(value)) => Content::Number(number(&value)),
        (None, None, None) => Content::Blank,
        other => panic!("a cell of an unknown kind: {other:?}"),
    };
    Cell { row: at.0, column: at.1, format: number(own.attribute("s").unwrap_or("0")), content }
}

fn looks(styles: Node) -> Vec<Look> {
    let child = |name, index: &str| all(styles, name).next().unwrap().children().nth(number(index)).unwrap();
    let formats = all(styles, "cellXfs").next().unwrap();
    let codes: BTreeMap<&str, &str> =
        all(styles, "numFmt").map(|own| (attribute(own, "numFmtId"), attribute(own, "formatCode"))).collect();
    let look = |own: Node| {
        let font = child("fonts", attribute(own, "fontId"));
        let value = |name| all(font, name).next().map(|own| attribute(own, "val"));
        let aligned = |name| all(own, "alignment").next().and_then(|own| own.attribute(name)).unwrap_or_default();
        let code = attribute(own, "numFmtId");
        assert!(code == "0" || codes.contains_key(code), "number format {code}");
        Look {
            font: value("name").unwrap_or_default().to_owned(),
            size: number(value("sz").unwrap_or_default()),
            bold: all(font, "b").next().is_some(),
            underline: all(font, "u").next().is_some(),
            colour: rgb(font, "color"),
            fill: rgb(child("fills", attribute(own, "fillId")), "fgColor"),
            border: rgb(child("borders", attribute(own, "borderId")), "color"),
            sides: ["left", "right", "top", "bottom"].map(|side| {
                let border = child("borders", attribute(own, "borderId"));
                let line = all(border, side).next().and_then(|line| line.attribute("style"));
                line.unwrap_or_default().to_owned()
            }),
            italic: all(font, "i").next().is_some(),
            indent: aligned("indent").parse().unwrap_or_default(),
            number: codes.get(code).copied().unwrap_or("General").to_owned(),
            horizontal: aligned("horizontal").to_owned(),
            vertical: aligned("vertical").to_owned(),
            wrap: aligned("wrapText") == "1",
        }
    };
    formats.children().map(look).collect()
}

fn colours<'a>(own: Node<'a, 'a>, styles: Node<'a, 'a>) -> impl Iterator<Item = Colours> {
    let at = area(attribute(own, "sqref"));
    all(own, "cfRule").map(move |rule| {
        let rule = match attribute(rule, "type") {
            "containsText" => {
                let look = all(styles, "dxf").nth(number(attribute(rule, "dxfId"))).unwrap();
                let (text, fill) = (rgb(look, "color").unwrap(), rgb(look, "bgColor").unwrap());
                Rule::Holds(attribute(rule, "text").to_owned(), text, fill)
            }
            "cellIs" => {
                let look = all(styles, "dxf").nth(number(attribute(rule, "dxfId"))).unwrap();
                let word = text_of(all(rule, "formula").next().unwrap());
                Rule::Says(
                    word.trim_matches('"').to_owned(),
                    rgb(look, "color").unwrap(),
                    rgb(look, "bgColor").unwrap(),
                )
            }
            "dataBar" => Rule::Bar(rgb(rule, "color").unwrap()),
            other => panic!("an unknown conditional format: {other}"),
        };
        Colours { at, rule }
    })
}

fn choice(own: Node) -> Choice {
    let formula = |name| all(own, name).next().map(text_of).unwrap_or_default();
    let first = formula("formula1");
    let of = match (attribute(own, "type"), first.starts_with('"')) {
        ("list", true) => Options::Words(first.trim_matches('"').split(',').map(str::to_owned).collect()),
        ("list", false) => Options::Cells(first),
        ("decimal", _) => Options::Between(
            number(&first),
            number(&formula("formula2")),
            attribute(own, "errorTitle").to_owned(),
            attribute(own, "error").to_owned(),
        ),
        other => panic!("an unknown validation: {other:?}"),
    };
    Choice { at: area(attribute(own, "sqref")), of }
}

fn notes(comments: Node) -> Vec<(u32, u16, String)> {
    let note = |own: Node| {
        let at = area(attribute(own, "ref"));
        // the first run of text is the writer's own heading
        (at.0, at.1, text_of(all(own, "t").last().unwrap()).trim_start().to_owned())
    };
    all(comments, "comment").map(note).collect()
}

fn chart(drawing: &str, chart: &str, sheet: &Sheet) -> Chart {
    let (drawing, chart) = (Document::parse(drawing).unwrap(), Document::parse(chart).unwrap());
    let corner = |name| {
        let corner = all(drawing.root(), name).next().unwrap();
        let value = |name| number::<u32>(&text_of(all(corner, name).next().unwrap()));
        // 9525 units a pixel
        (value("row"), value("rowOff") / 9525, value("col") as u16, value("colOff") / 9525)
    };
    let (from, to) = (corner("from"), corner("to"));
    let high = sheet.rows.iter().filter(|(row, _)| (from.0..to.0).contains(row)).map(|(_, points)| points / 0.75);
    let wide = sheet.columns.iter().filter(|(column, _)| (from.2..to.2).contains(column)).map(|(_, pixels)| pixels);
    let series = |own: Node| {
        let first = |name, inner| all(all(own, name).next().unwrap(), inner).next().map(text_of).unwrap_or_default();
        (first("tx", "v"), format!("={}", first("cat", "f")), format!("={}", first("val", "f")))
    };
    Chart {
        row: from.0,
        column: from.2,
        left: from.3,
        width: wide.sum::<u32>() + to.3 - from.3,
        height: high.sum::<f64>() as u32 + to.1 - from.1,
        title: text_of(all(chart.root(), "t").next().unwrap()),
        alternative: attribute(all(drawing.root(), "cNvPr").next().unwrap(), "descr").to_owned(),
        font: attribute(all(chart.root(), "latin").next().unwrap(), "typeface").to_owned(),
        number: attribute(all(all(chart.root(), "dLbls").next().unwrap(), "numFmt").next().unwrap(), "formatCode")
            .to_owned(),
        series: all(chart.root(), "ser").map(series).next().unwrap(),
        points: all(chart.root(), "dPt")
            .map(|point| attribute(all(point, "srgbClr").next().unwrap(), "val"))
            .map(|colour| u32::from_str_radix(colour, 16).unwrap())
            .collect(),
    }
}

/// All elements of a name below a node.
fn all<'a>(node: Node<'a, 'a>, name: &'a str) -> impl Iterator<Item = Node<'a, 'a>> {
    node.descendants().filter(move |own| own.is_element() && own.tag_name().name() == name)
}

fn attribute<'a>(node: Node<'a, '_>, name: &str) -> &'a str {
    node.attribute(name).unwrap_or_default()
}

fn text_of(node: Node) -> String {
    node.descendants().filter_map(|own| own.text().filter(|_| own.is_text())).collect()
}

fn rgb(node: Node, name: &str) -> Option<u32> {
    let colour = node.descendants().find(|own| own.tag_name().name() == name)?.attribute("rgb")?;
    Some(u32::from_str_radix(colour, 16).unwrap() & 0x00FF_FFFF)
}

fn number<T: std::str::FromStr>(text: &str) -> T {
    text.parse().unwrap_or_else(|_| panic!("no number: {text}"))
}

/// The row, from 0, of an address such as `$B$7` or `$7`.
fn row_of(address: &str) -> u32 {
    number::<u32>(address.trim_start_matches(|c: char| !c.is_ascii_digit())) - 1
}

/// The cells of a reference such as `A1` or `$A$1:$B$7`.
fn area(reference: &str) -> Area {
    let (first, last) = reference.split_once(':').unwrap_or((reference, reference));
    let column = |address: &str| {
        let letters = address.bytes().filter(u8::is_ascii_uppercase);
        letters.fold(0u16, |sum, letter| sum * 26 + u16::from(letter - b'A') + 1) - 1
    };
    (row_of(first), column(first), row_of(last), column(last))
}
