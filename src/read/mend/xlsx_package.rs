//! An .xlsx whose parts stand where, and are as, its parser looks for them.
//!
//! The parser finds shared strings and styles by one name only, takes a text's number that is none for the first, joins
//! raised marks to numbers, and gives a whole workbook up for one odd tab, value or element.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use memchr::memmem;
use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event};

use crate::domain::sheet_names;
use crate::error::{Cause, Quantity};
use crate::read::formats::xlsx_facts::SheetFacts;
use crate::read::formats::xml::attribute;
use crate::read::limits::Limits;
use crate::read::mend::package::{NewPackage, Package, Relation, in_utf8, relations, relations_of, resolved};
use crate::read::mend::{rich_text, worksheet};

/// How much is written anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) enum Extent {
    /// What the parser would read as something else without a word.
    Silent,
    /// All that it reads, after it has given the file up.
    Whole,
}

/// A workbook as its parser can read it, and what its sheets say beside their cells.
#[derive(Debug)]
pub(in crate::read) struct Prepared<'a> {
    pub bytes: Cow<'a, [u8]>,
    /// By the sheet's name.
    pub facts: HashMap<String, SheetFacts>,
}

/// Looks through a workbook and puts right what has to be. What cannot be read here is left as it is: the parser says what
/// is wrong with it.
pub(in crate::read) fn prepare<'a>(bytes: &'a [u8], limits: &Limits, extent: Extent) -> Result<Prepared<'a>, Cause> {
    let unchanged = || Prepared { bytes: Cow::Borrowed(bytes), facts: HashMap::new() };
    let Some(mut package) = Package::open(bytes, limits.unpacked_bytes) else { return Ok(unchanged()) };
    let Some(mut workbook) = Workbook::read(&mut package) else { return Ok(unchanged()) };
    let strings = Strings::read(&mut package, &workbook, extent)?;
    let mut changed = workbook.moved || strings.new.is_some() || extent == Extent::Whole;
    let mut facts = HashMap::new();
    let mut sheets = HashMap::new();
    workbook.tabs.retain(|tab| package.has(&tab.part));
    limits.check(Quantity::Sheets, workbook.tabs.len() as u64)?;
    // This program's own workbooks have all results, and are calculated when they are opened all the same.
    let names = || workbook.tabs.iter().map(|tab| tab.name.as_str());
    let is_ours = sheet_names::are_of_a_report(names) || sheet_names::are_of_an_overview(names);
    let recalculates = workbook.recalculates && !is_ours;
    let mut room = limits.beyond_cells();
    let mut seen = HashSet::new();
    for tab in &workbook.tabs {
        // A part that several tabs share is looked through once.
        if !seen.insert(tab.part.clone()) {
            continue;
        }
        let Some(part) = package.part(&tab.part) else { continue };
        let (part, decoded) = in_utf8(part);
        let own = SheetFacts::read(&part, recalculates, room);
        room -= own.uncalculated.len();
        facts.insert(tab.name.clone(), own);
        if extent == Extent::Whole || is_misread(&part) {
            sheets.insert(tab.part.clone(), worksheet::plain(&part, strings.count)?);
        } else if decoded {
            sheets.insert(tab.part.clone(), part);
        }
    }
    changed |= !sheets.is_empty();
    if !changed {
        return Ok(Prepared { bytes: Cow::Borrowed(bytes), facts });
    }
    let mut new = NewPackage::new();
    new.add("_rels/.rels", relations([("r0", "officeDocument", "xl/workbook.xml")]).as_bytes())?;
    new.add("xl/workbook.xml", workbook.xml().as_bytes())?;
    let targets = (0..workbook.tabs.len()).map(|n| (format!("r{n}"), format!("worksheets/sheet{n}.xml")));
    let targets: Vec<(String, String)> = targets.collect();
    let list = targets.iter().map(|(id, target)| (id.as_str(), "worksheet", target.as_str()));
    new.add("xl/_rels/workbook.xml.rels", relations(list).as_bytes())?;
    match (&strings.new, &workbook.strings) {
        (Some(part), _) => new.add("xl/sharedStrings.xml", part)?,
        (None, Some(path)) => new.copy("xl/sharedStrings.xml", &mut package, path)?,
        (None, None) => {}
    }
    if let Some(path) = &workbook.styles {
        let styles = package.part(path).map(in_utf8);
        styles.map_or(Ok(()), |(styles, _)| new.add("xl/styles.xml", &styles))?;
    }
    for (tab, (_, target)) in workbook.tabs.iter().zip(&targets) {
        let path = format!("xl/{target}");
        match sheets.get(&tab.part) {
            Some(part) => new.add(&path, part)?,
            None => new.copy(&path, &mut package, &tab.part)?,
        }
    }
    Ok(Prepared { bytes: Cow::Owned(new.finish()?), facts })
}

/// Whether the parser would read a cell as something else: a raised mark in a text, a text's number that is none.
fn is_misread(part: &[u8]) -> bool {
    if memmem::find(part, b"vertAlign").is_some() {
        return true;
    }
    let is_text = |at: usize| {
        let before = part.get(at.saturating_sub(256)..at).unwrap_or_default();
        let cell = memmem::rfind(before, b"<c ").and_then(|start| before.get(start..)).unwrap_or_default();
        memmem::find(cell, b"t=\"s\"").is_some() || memmem::find(cell, b"t='s'").is_some()
    };
    let is_number = |at: &usize| part.get(at + 3).is_none_or(|byte| byte.is_ascii_digit() || *byte == b'<');
    // A look at the first sign of each value is enough.
    memmem::find_iter(part, b"<v>").filter(|at| !is_number(at)).any(is_text)
}

/// What the workbook's own part says.
#[derive(Debug, Default)]
struct Workbook {
    tabs: Vec<Tab>,
    strings: Option<String>,
    styles: Option<String>,
    date_1904: bool,
    /// Whether it asks to be calculated when it is opened.
    recalculates: bool,
    /// Whether a part stands where the parser does not look for it, or in an encoding that it does not read.
    moved: bool,
}

#[derive(Debug)]
struct Tab {
    name: String,
    state: &'static str,
    /// The path of its worksheet.
    part: String,
}

impl Workbook {
    fn read(package: &mut Package<'_>) -> Option<Self> {
        let path = package.main().unwrap_or_else(|| "xl/workbook.xml".to_owned());
        let (folder, name) = path.rsplit_once('/').map_or(("", path.as_str()), |(folder, name)| (folder, name));
        let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let (xml, decoded) = in_utf8(package.part(&path)?);
        let (targets, also_decoded) = in_utf8(package.part(&format!("{folder}_rels/{name}.rels"))?);
        let targets = relations_of(&targets);
        let mut book = Self { moved: decoded || also_decoded, ..Self::default() };
        // One that stands beside the workbook may not be named.
        let of_kind = |kind: &str, usual: &str| {
            let named = targets.iter().find(|relation| relation.kind == kind);
            let named = named.map(|relation| resolved(&folder, &relation.target)).filter(|path| package.has(path));
            named.or_else(|| Some(format!("{folder}{usual}")).filter(|path| package.has(path)))
        };
        book.strings = of_kind("sharedStrings", "sharedStrings.xml");
        book.styles = of_kind("styles", "styles.xml");
        for (path, usual) in [(&book.strings, "sharedStrings.xml"), (&book.styles, "styles.xml")] {
            let usual = format!("{folder}{usual}");
            book.moved |= path.as_ref().is_some_and(|path| !path.eq_ignore_ascii_case(&usual));
        }
        let starts = book.styles.as_deref().and_then(|path| package.head(path, 4)).unwrap_or_default();
        book.moved |= starts.contains(&0) || starts.starts_with(b"\xFE\xFF") || starts.starts_with(b"\xFF\xFE");
        let mut reader = Reader::from_reader(&*xml);
        while let Ok(event) = reader.read_event() {
            match event {
                Event::Start(start) | Event::Empty(start) => book.element(&start, &folder, &targets),
                Event::Eof => break,
                _ => {}
            }
        }
        Some(book)
    }

    fn element(&mut self, start: &BytesStart<'_>, folder: &str, targets: &[Relation]) {
        let says = |name: &str| attribute(start, name).is_some_and(|value| matches!(value.trim(), "1" | "true"));
        match start.local_name().as_ref() {
            "workbookPr" => self.date_1904 |= says("date1904"),
            "calcPr" => self.recalculates |= says("fullCalcOnLoad"),
            "sheet" => {
                let id = attribute(start, "id").unwrap_or_default();
                let Some(relation) = targets.iter().find(|relation| relation.id == id) else { return };
                if relation.kind != "worksheet" {
                    return;
                }
                let part = resolved(folder, &relation.target);
                let looked_for =
                    relation.target.strip_prefix('/').map_or(format!("{folder}{}", relation.target), Into::into);
                self.moved |= part != looked_for;
                let state = match attribute(start, "state").unwrap_or_default().trim() {
                    "hidden" => "hidden",
                    "veryHidden" => "veryHidden",
                    _ => "visible",
                };
                self.tabs.push(Tab { name: attribute(start, "name").unwrap_or_default().into_owned(), state, part });
            }
            _ => {}
        }
    }

    /// The part anew, with its worksheets only.
    fn xml(&self) -> String {
        let mut xml = format!("<workbook><workbookPr date1904=\"{}\"/><sheets>", u8::from(self.date_1904));
        for (tab, number) in self.tabs.iter().zip(0..) {
            let name = escape(&tab.name);
            let _ = write!(
                xml,
                "<sheet name=\"{name}\" sheetId=\"{}\" state=\"{}\" r:id=\"r{number}\"/>",
                number + 1,
                tab.state
            );
        }
        xml + "</sheets></workbook>"
    }
}

/// The shared strings.
#[derive(Default)]
struct Strings {
    count: usize,
    /// Written anew.
    new: Option<Vec<u8>>,
}

impl Strings {
    fn read(package: &mut Package<'_>, workbook: &Workbook, extent: Extent) -> Result<Self, Cause> {
        let Some(part) = workbook.strings.as_deref().and_then(|path| package.part(path)) else {
            return Ok(Self::default());
        };
        let (part, decoded) = in_utf8(part);
        let count = memmem::find_iter(&part, b"<si").count() + memmem::find_iter(&part, b":si").count();
        let is_misread = memmem::find(&part, b"vertAlign").is_some() || claims_too_many(&part, count);
        let new = if is_misread || extent == Extent::Whole {
            Some(rich_text::plain_strings(&part)?)
        } else {
            decoded.then_some(part)
        };
        Ok(Self { count, new })
    }
}

/// Whether it claims to have more strings than it has: the parser reserves memory for all that are claimed.
fn claims_too_many(part: &[u8], count: usize) -> bool {
    let mut reader = Reader::from_reader(part);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(start) | Event::Empty(start) => {
                let claimed = attribute(&start, "uniqueCount").and_then(|claimed| claimed.trim().parse::<u64>().ok());
                return claimed.is_some_and(|claimed| claimed > (count as u64).max(1000));
            }
            Event::Eof => return false,
            _ => {}
        }
    }
    false
}
