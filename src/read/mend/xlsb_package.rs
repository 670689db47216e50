//! An .xlsb whose parts and records are as its parser knows them.
//!
//! The parser passes over short cells, errors of formulas and texts with runs, looks for parts by their names only, and
//! breaks down on a tab without a part. What is shown as a percentage and which lines are hidden it does not tell.

use std::borrow::Cow;
use std::collections::HashMap;

use memchr::memmem;

use crate::domain::cell_ref::CellRef;
use crate::error::Cause;
use crate::read::grid::HiddenLines;
use crate::read::limits::Limits;
use crate::read::mend::package::{NewPackage, Package, Relation, relations, relations_of, resolved};
use crate::read::mend::xlsb_records::{self as record, records, wide, wide_text, write};
use crate::read::number_format::{BUILT_IN_PERCENTS, NumberFormat};
use crate::read::safety::biff_memory::{u16_at, u32_at};

/// Error values that the parser knows; any other is shown as the third.
const ERRORS: [u8; 8] = [0x00, 0x07, 0x0F, 0x17, 0x1D, 0x24, 0x2A, 0x2B];
const VALUE_ERROR: u8 = 0x0F;

/// A font's position above the line.
const RAISED: u16 = 1;

/// A workbook as its parser can read it, and what its sheets say beside their cells.
#[derive(Debug)]
pub(in crate::read) struct Prepared<'a> {
    pub bytes: Cow<'a, [u8]>,
    /// By the sheet's name.
    pub facts: HashMap<String, SheetFacts>,
    formats: Vec<NumberFormat>,
}

/// What a worksheet says beside its cells' values.
#[derive(Debug, Default)]
pub(in crate::read) struct SheetFacts {
    pub hidden_lines: HiddenLines,
    /// The first and the last cell of each merged range.
    pub merges: Vec<(CellRef, CellRef)>,
    /// The format of each cell whose format shows percentages: its place among the formats.
    percents: HashMap<CellRef, usize>,
}

impl Prepared<'_> {
    /// The format of a cell of a sheet, if that shows percentages.
    pub fn format(&self, sheet: &SheetFacts, at: CellRef) -> Option<&NumberFormat> {
        self.formats.get(*sheet.percents.get(&at)?)
    }
}

/// Looks through a workbook, and writes its parts anew where one has to be put right.
///
/// # Errors
/// When it has no part of a workbook, or a sheet ends inside its cells.
pub(in crate::read) fn prepare<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Prepared<'a>, Cause> {
    let missing = || Cause::Damaged("it has no workbook".to_owned());
    let mut package = Package::open(bytes, limits.unpacked_bytes).ok_or_else(missing)?;
    let main = package.main().filter(|path| package.has(path)).unwrap_or_else(|| USUAL[0].to_owned());
    let (folder, name) = main.rsplit_once('/').map_or(("", main.as_str()), |(folder, name)| (folder, name));
    let folder = format!("{folder}/");
    let book = package.part(&main).ok_or_else(missing)?;
    let list = package.part(&format!("{folder}_rels/{name}.rels"));
    let targets = list.as_deref().map(relations_of).unwrap_or_default();
    let path = |kind: &str, usual: &str| {
        let named = targets.iter().find(|relation| relation.kind == kind);
        named.map_or_else(|| usual.to_owned(), |relation| resolved(&folder, &relation.target))
    };
    let paths = [main.clone(), path("styles", USUAL[1]), path("sharedStrings", USUAL[2])];
    let styles = package.part(&paths[1]);
    let (raised_fonts, formats) = styles.as_deref().map(styles_of).unwrap_or_default();
    let strings = package.part(&paths[2]).unwrap_or_default();
    let context = Context {
        strings: records(&strings).filter(|(kind, _)| *kind == record::STRING).count(),
        raised_fonts: &raised_fonts,
        formats: &formats,
    };
    let mut tabs = Vec::new();
    let is_usual = paths.iter().zip(USUAL).all(|(path, usual)| !package.has(path) || path.eq_ignore_ascii_case(usual));
    // The parser knows the relationships by the exact names of the part and of its elements.
    let is_prefixed = list.is_some_and(|part| memmem::find(&part, b":Relationship").is_some());
    let is_listed = package.has_exactly("xl/_rels/workbook.bin.rels") && !is_prefixed;
    let mut changed = !is_usual || !is_listed || raised_fonts.contains(&true);
    let mut facts = HashMap::new();
    for (_, body) in records(&book).filter(|(kind, _)| *kind == record::TAB) {
        let tab = Tab::read(body, &folder, &targets).filter(|tab| package.has(&tab.part));
        let Some(tab) = tab else {
            changed = true;
            continue;
        };
        let (own, is_odd) = context.sheet(&package.part(&tab.part).unwrap_or_default(), None)?;
        changed |= is_odd || tab.moved;
        facts.insert(String::from_utf16_lossy(&tab.name), own);
        tabs.push(tab);
    }
    if !changed {
        return Ok(Prepared { bytes: Cow::Borrowed(bytes), facts, formats });
    }
    let mut new = NewPackage::new();
    new.add("_rels/.rels", b"<Relationships/>")?;
    new.add(USUAL[1], styles.as_deref().unwrap_or_default())?;
    new.add(USUAL[2], &plain_strings(&strings, &raised_fonts))?;
    let (mut workbook, mut list) = (Vec::new(), Vec::new());
    let properties = records(&book).find(|(kind, _)| *kind == record::BOOK_PROPERTIES);
    properties.into_iter().for_each(|(kind, body)| write(&mut workbook, kind, &[body]));
    for (tab, number) in tabs.iter().zip(0..) {
        let (id, target) = (format!("r{number}"), format!("worksheets/sheet{number}.bin"));
        let mut sheet = Vec::new();
        context.sheet(&package.part(&tab.part).unwrap_or_default(), Some(&mut sheet))?;
        new.add(&format!("xl/{target}"), &sheet)?;
        let id_units: Vec<u16> = id.encode_utf16().collect();
        write(
            &mut workbook,
            record::TAB,
            &[&tab.state.to_le_bytes(), &[1, 0, 0, 0], &wide(&id_units), &wide(&tab.name)],
        );
        list.push((id, target));
    }
    write(&mut workbook, record::TABS_END, &[]);
    write(&mut workbook, record::CALCULATION, &[]);
    new.add(USUAL[0], &workbook)?;
    let list = list.iter().map(|(id, target)| (id.as_str(), "worksheet", target.as_str()));
    new.add("xl/_rels/workbook.bin.rels", relations(list).as_bytes())?;
    Ok(Prepared { bytes: Cow::Owned(new.finish()?), facts, formats })
}

/// Where the parser looks for the workbook, the styles and the shared strings.
const USUAL: [&str; 3] = ["xl/workbook.bin", "xl/styles.bin", "xl/sharedStrings.bin"];

/// A tab with a worksheet.
struct Tab {
    state: u32,
    name: Vec<u16>,
    /// The path of its worksheet, and whether the parser would look for another one.
    part: String,
    moved: bool,
}

impl Tab {
    /// A tab of the workbook's list; nothing where it has no worksheet.
    fn read(body: &[u8], folder: &str, targets: &[Relation]) -> Option<Self> {
        let (relation, rest) = wide_text(body.get(8..)?)?;
        let (name, _) = wide_text(rest)?;
        let relation = String::from_utf16_lossy(&relation);
        let relation = targets.iter().find(|own| own.id == relation)?;
        let part = resolved(folder, &relation.target);
        let is_sheet = relation.kind == "worksheet" || relation.kind.is_empty() && part.contains("worksheets/");
        let stated = u32_at(body, 0).filter(|state| *state <= 2);
        let moved =
            stated.is_none() || part != format!("xl/{}", relation.target) || !part.starts_with("xl/worksheets/");
        is_sheet.then_some(Self { state: stated.unwrap_or_default(), name, part, moved })
    }
}

/// For each font whether it raises its text, and for each format of cells its number format.
fn styles_of(part: &[u8]) -> (Vec<bool>, Vec<NumberFormat>) {
    let (mut fonts, mut codes, mut formats, mut of_cells) = (Vec::new(), HashMap::new(), Vec::new(), false);
    for (kind, body) in records(part) {
        match kind {
            record::FONT => fonts.push(u16_at(body, 6) == Some(RAISED)),
            record::FORMAT => {
                let code =
                    wide_text(body.get(2..).unwrap_or_default()).map(|(code, _)| String::from_utf16_lossy(&code));
                codes.extend(u16_at(body, 0).zip(code));
            }
            record::CELL_FORMATS_BEGIN => of_cells = true,
            record::CELL_FORMATS_END => of_cells = false,
            record::CELL_FORMAT if of_cells => {
                let id = u16_at(body, 2).unwrap_or_default();
                let built_in = BUILT_IN_PERCENTS.contains(&id).then(NumberFormat::percent);
                let own = codes.get(&id).map(|code: &String| NumberFormat::parse(code));
                formats.push(own.or(built_in).unwrap_or_default());
            }
            _ => {}
        }
    }
    (fonts, formats)
}

/// The shared strings without runs and raised marks.
fn plain_strings(part: &[u8], raised_fonts: &[bool]) -> Vec<u8> {
    let strings = records(part).filter(|(kind, _)| *kind == record::STRING);
    let texts: Vec<Vec<u8>> = strings
        .map(|(_, body)| plain_text(body, raised_fonts).map(|text| wide(&text)).unwrap_or_else(|| wide(&[])))
        .collect();
    let count = u32::try_from(texts.len()).unwrap_or_default().to_le_bytes();
    let mut new = Vec::with_capacity(part.len());
    write(&mut new, record::STRINGS_BEGIN, &[&count, &count]);
    texts.iter().for_each(|text| write(&mut new, record::STRING, &[&[0], text]));
    new
}

/// A text with its runs, of which raised ones are left out where there are others.
fn plain_text(body: &[u8], raised_fonts: &[bool]) -> Option<Vec<u16>> {
    let (options, rest) = body.split_first()?;
    let (text, rest) = wide_text(rest)?;
    if options & 1 == 0 || !raised_fonts.contains(&true) {
        return Some(text);
    }
    let runs = rest.get(4..).unwrap_or_default().chunks_exact(4).take(u32_at(rest, 0).unwrap_or_default() as usize);
    let runs: Vec<(usize, bool)> = runs
        .filter_map(|run| Some((u16_at(run, 0)?.into(), raised_fonts.get(usize::from(u16_at(run, 2)?)) == Some(&true))))
        .collect();
    let is_raised = |at: usize| runs.iter().rfind(|(start, _)| *start <= at).is_some_and(|(_, raised)| *raised);
    let kept: Vec<u16> = text.iter().enumerate().filter(|(at, _)| !is_raised(*at)).map(|(_, unit)| *unit).collect();
    let is_blank = String::from_utf16_lossy(&kept).trim().is_empty();
    Some(if is_blank { text } else { kept })
}

/// What cells refer to.
struct Context<'a> {
    strings: usize,
    raised_fonts: &'a [bool],
    formats: &'a [NumberFormat],
}

impl Context<'_> {
    /// What a worksheet says beside its cells, and whether it has any that the parser does not know; its cells in whole
    /// forms are written where that is asked for.
    fn sheet(&self, part: &[u8], mut new: Option<&mut Vec<u8>>) -> Result<(SheetFacts, bool), Cause> {
        let mut write = |kind: u16, body: &[&[u8]]| new.iter_mut().for_each(|new| write(new, kind, body));
        write(record::SHEET_BEGINS, &[]);
        write(record::DIMENSIONS, &[&[0; 16]]);
        write(record::CELLS_BEGIN, &[]);
        let (mut facts, mut is_odd, mut whole) = (SheetFacts::default(), false, false);
        let (mut row, mut column) = (0u32, 0u32);
        for (kind, body) in records(part) {
            let (kind, body) = match kind {
                record::COLUMNS if u16_at(body, 16).is_some_and(|options| options & 1 != 0) => {
                    let ends = u32_at(body, 0).zip(u32_at(body, 4));
                    facts.hidden_lines.columns.extend(ends.map(|(first, last)| first..=last));
                    continue;
                }
                record::ROW => {
                    row = u32_at(body, 0).unwrap_or(row);
                    if body.get(11).is_some_and(|options| options & 0x10 != 0) {
                        facts.hidden_lines.rows.push(row..=row);
                    }
                    column = 0;
                    write(kind, &[&row.to_le_bytes()]);
                    continue;
                }
                record::CELLS_END => {
                    whole = true;
                    continue;
                }
                record::MERGED => {
                    let [top, bottom, left, right] = [0, 4, 8, 12].map(|at| u32_at(body, at).unwrap_or_default());
                    facts.merges.push((CellRef::new(top, left), CellRef::new(bottom, right)));
                    continue;
                }
                _ if whole => continue,
                kind if record::SHORT.contains(&kind) => {
                    is_odd = true;
                    (kind - record::SHORT_OFFSET, body)
                }
                0x0001..=0x000B | record::RICH_TEXT => {
                    column = u32_at(body, 0).unwrap_or(column);
                    (kind, body.get(4..).unwrap_or_default())
                }
                _ => continue,
            };
            let at = CellRef::new(row, column);
            column = column.saturating_add(1);
            let (style, value) = body.split_at_checked(4).unwrap_or_default();
            let format = u32_at(style, 0).map_or(0, |style| (style & 0x00FF_FFFF) as usize);
            if self.formats.get(format).is_some_and(NumberFormat::has_percent) {
                facts.percents.insert(at, format);
            }
            let plain = self.plain(kind, value);
            is_odd |= kind != record::BLANK && (plain.is_none() || ODD.contains(&kind));
            if let Some((kind, value)) = plain {
                write(kind, &[&at.column.to_le_bytes(), style, &value]);
            }
        }
        if !whole {
            return Err(Cause::Damaged("it ends inside a worksheet".to_owned()));
        }
        write(record::CELLS_END, &[]);
        write(record::SHEET_ENDS, &[]);
        Ok((facts, is_odd))
    }

    /// A cell's value in its plain form, without a formula; nothing where it is not whole.
    fn plain<'v>(&self, kind: u16, value: &'v [u8]) -> Option<(u16, Cow<'v, [u8]>)> {
        let first = |count: usize| value.get(..count).map(Cow::Borrowed);
        let text = |text: Option<Vec<u16>>| text.map(|text| (record::TEXT, Cow::Owned(wide(&text))));
        match kind {
            record::PACKED_NUMBER => first(4).map(|value| (kind, value)),
            record::ERROR | record::FORMULA_ERROR => {
                let error = value.first()?;
                let known = if ERRORS.contains(error) { *error } else { VALUE_ERROR };
                Some((record::ERROR, Cow::Owned(vec![known])))
            }
            record::TRUTH | record::FORMULA_TRUTH => first(1).map(|value| (record::TRUTH, value)),
            record::NUMBER | record::FORMULA_NUMBER => first(8).map(|value| (record::NUMBER, value)),
            record::TEXT | record::FORMULA_TEXT => {
                let length = u32_at(value, 0)? as usize;
                first(length.checked_mul(2)?.checked_add(4)?).map(|value| (record::TEXT, value))
            }
            record::RICH_TEXT => text(plain_text(value, self.raised_fonts)),
            record::SHARED_TEXT => {
                let is_known = u32_at(value, 0).is_some_and(|index| (index as usize) < self.strings);
                first(4).filter(|_| is_known).map(|value| (kind, value))
            }
            _ => None,
        }
    }
}

/// Cells that the parser passes over.
const ODD: [u16; 2] = [record::FORMULA_ERROR, record::RICH_TEXT];
