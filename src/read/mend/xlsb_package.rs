//! An .xlsb whose parts and records are as its parser knows them.
//!
//! The parser passes over short cells, errors of formulas and texts with runs, looks for parts by their names only, and
//! breaks down on a tab without a part. What is shown as a percentage and which lines are hidden it does not tell.

use std::collections::HashMap;

use crate::domain::cell_ref::CellRef;
use crate::error::Cause;
use crate::read::grid::HiddenLines;
use crate::read::limits::Limits;
use crate::read::mend::package::{NewPackage, Package, relations, relations_of, resolved};
use crate::read::mend::xlsb_records::{self as record, records, wide, wide_text, write};
use crate::read::number_format::{BUILT_IN_PERCENTS, NumberFormat};
use crate::read::safety::biff_memory::{u16_at, u32_at};

/// Error values that the parser knows; any other is shown as the third.
const ERRORS: [u8; 8] = [0x00, 0x07, 0x0F, 0x17, 0x1D, 0x24, 0x2A, 0x2B];
const VALUE_ERROR: u8 = 0x0F;

/// A font's position above the line.
const RAISED: u16 = 1;

/// A workbook as its parser can read it, and what its sheets say beside their cells.
#[derive(Debug, Default)]
pub(in crate::read) struct Prepared {
    pub bytes: Vec<u8>,
    /// By the sheet's name.
    pub facts: HashMap<String, SheetFacts>,
    formats: Vec<NumberFormat>,
}

/// What a worksheet says beside its cells' values.
#[derive(Debug, Default)]
pub(in crate::read) struct SheetFacts {
    pub hidden_lines: HiddenLines,
    /// The format of each cell whose format shows percentages: its place among the formats.
    percents: HashMap<CellRef, usize>,
}

impl Prepared {
    /// The format of a cell of a sheet, if that shows percentages.
    pub fn format(&self, sheet: &SheetFacts, at: CellRef) -> Option<&NumberFormat> {
        self.formats.get(*sheet.percents.get(&at)?)
    }
}

/// Writes a workbook's parts anew.
///
/// # Errors
/// When it has no part of a workbook, or a sheet ends inside its cells.
pub(in crate::read) fn prepare(bytes: &[u8], limits: &Limits) -> Result<Prepared, Cause> {
    let missing = || Cause::Damaged("it has no workbook".to_owned());
    let mut package = Package::open(bytes, limits.unpacked_bytes).ok_or_else(missing)?;
    let book = package.part("xl/workbook.bin").ok_or_else(missing)?;
    let targets = package.part("xl/_rels/workbook.bin.rels").map(|part| relations_of(&part)).unwrap_or_default();
    let path = |kind: &str, usual: &str| {
        let named = targets.iter().find(|relation| relation.kind == kind);
        named.map_or_else(|| usual.to_owned(), |relation| resolved("xl/", &relation.target))
    };
    let (strings, styles) = (path("sharedStrings", "xl/sharedStrings.bin"), path("styles", "xl/styles.bin"));
    let styles = package.part(&styles);
    let (raised_fonts, formats) = styles.as_deref().map(styles_of).unwrap_or_default();
    let mut new = NewPackage::new();
    new.add("_rels/.rels", b"<Relationships/>")?;
    if let Some(styles) = &styles {
        new.add("xl/styles.bin", styles)?;
    }
    let mut strings_known = 0;
    if let Some(part) = package.part(&strings) {
        let (part, count) = plain_strings(&part, &raised_fonts);
        strings_known = count;
        new.add("xl/sharedStrings.bin", &part)?;
    }
    let mut facts = HashMap::new();
    let (mut workbook, mut list) = (Vec::new(), Vec::new());
    for (kind, body) in records(&book) {
        match kind {
            record::BOOK_PROPERTIES => write(&mut workbook, kind, &[body]),
            record::TAB => {
                let Some(tab) = Tab::read(body) else { continue };
                let Some(relation) = targets.iter().find(|relation| relation.id == tab.relation) else { continue };
                let part = resolved("xl/", &relation.target);
                let is_sheet = relation.kind == "worksheet" || relation.kind.is_empty() && part.contains("worksheets/");
                let Some(part) = is_sheet.then(|| package.part(&part)).flatten() else { continue };
                let context = Context { strings: strings_known, raised_fonts: &raised_fonts, formats: &formats };
                let (sheet, own) = context.sheet(&part)?;
                let (id, target) = (format!("r{}", list.len()), format!("worksheets/sheet{}.bin", list.len()));
                new.add(&format!("xl/{target}"), &sheet)?;
                let id_units: Vec<u16> = id.encode_utf16().collect();
                let state = tab.state.to_le_bytes();
                write(&mut workbook, kind, &[&state, &[1, 0, 0, 0], &wide(&id_units), &wide(&tab.name)]);
                facts.insert(String::from_utf16_lossy(&tab.name), own);
                list.push((id, "worksheet", target));
            }
            _ => {}
        }
    }
    write(&mut workbook, record::TABS_END, &[]);
    write(&mut workbook, record::CALCULATION, &[]);
    new.add("xl/workbook.bin", &workbook)?;
    let list = list.iter().map(|(id, kind, target)| (id.as_str(), *kind, target.as_str()));
    new.add("xl/_rels/workbook.bin.rels", relations(list).as_bytes())?;
    Ok(Prepared { bytes: new.finish()?, facts, formats })
}

struct Tab {
    state: u32,
    relation: String,
    name: Vec<u16>,
}

impl Tab {
    fn read(body: &[u8]) -> Option<Self> {
        let (relation, rest) = wide_text(body.get(8..)?)?;
        let (name, _) = wide_text(rest)?;
        let state = u32_at(body, 0).filter(|state| *state <= 2).unwrap_or_default();
        Some(Self { state, relation: String::from_utf16_lossy(&relation), name })
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

/// The shared strings without runs and raised marks, and how many there are.
fn plain_strings(part: &[u8], raised_fonts: &[bool]) -> (Vec<u8>, usize) {
    let strings = records(part).filter(|(kind, _)| *kind == record::STRING);
    let texts: Vec<Vec<u8>> = strings
        .map(|(_, body)| plain_text(body, raised_fonts).map(|text| wide(&text)).unwrap_or_else(|| wide(&[])))
        .collect();
    let count = u32::try_from(texts.len()).unwrap_or_default().to_le_bytes();
    let mut new = Vec::with_capacity(part.len());
    write(&mut new, record::STRINGS_BEGIN, &[&count, &count]);
    texts.iter().for_each(|text| write(&mut new, record::STRING, &[&[0], text]));
    (new, texts.len())
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
    /// A worksheet with its cells in whole forms, and what else it says.
    fn sheet(&self, part: &[u8]) -> Result<(Vec<u8>, SheetFacts), Cause> {
        let mut new = Vec::with_capacity(part.len());
        write(&mut new, record::SHEET_BEGINS, &[]);
        write(&mut new, record::DIMENSIONS, &[&[0; 16]]);
        write(&mut new, record::CELLS_BEGIN, &[]);
        let mut facts = SheetFacts::default();
        let (mut row, mut column, mut whole) = (0u32, 0u32, false);
        for (kind, body) in records(part) {
            match kind {
                record::COLUMNS if u16_at(body, 16).is_some_and(|options| options & 1 != 0) => {
                    let ends = u32_at(body, 0).zip(u32_at(body, 4));
                    facts.hidden_lines.columns.extend(ends.map(|(first, last)| first..=last));
                }
                record::ROW => {
                    row = u32_at(body, 0).unwrap_or(row);
                    if body.get(11).is_some_and(|options| options & 0x10 != 0) {
                        facts.hidden_lines.rows.push(row..=row);
                    }
                    column = 0;
                    write(&mut new, kind, &[&row.to_le_bytes()]);
                }
                record::CELLS_END => whole = true,
                _ if whole => {}
                kind if record::SHORT.contains(&kind) => {
                    self.cell(&mut new, &mut facts, (row, column), kind - record::SHORT_OFFSET, body);
                    column = column.saturating_add(1);
                }
                0x0001..=0x000B | record::RICH_TEXT => {
                    column = u32_at(body, 0).unwrap_or(column);
                    self.cell(&mut new, &mut facts, (row, column), kind, body.get(4..).unwrap_or_default());
                    column = column.saturating_add(1);
                }
                _ => {}
            }
        }
        if !whole {
            return Err(Cause::Damaged("it ends inside a worksheet".to_owned()));
        }
        write(&mut new, record::CELLS_END, &[]);
        write(&mut new, record::SHEET_ENDS, &[]);
        Ok((new, facts))
    }

    /// A cell in its plain form: its format, and its value without a formula. One that is not whole is left out.
    fn cell(&self, new: &mut Vec<u8>, facts: &mut SheetFacts, (row, column): (u32, u32), kind: u16, body: &[u8]) {
        let (Some(style), Some(value)) = (body.get(..4), body.get(4..)) else { return };
        let format = u32_at(style, 0).map_or(0, |style| (style & 0x00FF_FFFF) as usize);
        if self.formats.get(format).is_some_and(NumberFormat::has_percent) {
            facts.percents.insert(CellRef::new(row, column), format);
        }
        let plain = match kind {
            record::PACKED_NUMBER => value.get(..4).map(|value| (kind, value.to_vec())),
            record::ERROR | record::FORMULA_ERROR => value
                .first()
                .map(|error| (record::ERROR, vec![if ERRORS.contains(error) { *error } else { VALUE_ERROR }])),
            record::TRUTH | record::FORMULA_TRUTH => value.first().map(|truth| (record::TRUTH, vec![*truth])),
            record::NUMBER | record::FORMULA_NUMBER => value.get(..8).map(|value| (record::NUMBER, value.to_vec())),
            record::TEXT | record::FORMULA_TEXT => wide_text(value).map(|(text, _)| (record::TEXT, wide(&text))),
            record::RICH_TEXT => plain_text(value, self.raised_fonts).map(|text| (record::TEXT, wide(&text))),
            record::SHARED_TEXT => {
                let index = u32_at(value, 0).filter(|index| (*index as usize) < self.strings);
                index.map(|index| (kind, index.to_le_bytes().to_vec()))
            }
            _ => None,
        };
        if let Some((kind, value)) = plain {
            write(new, kind, &[&column.to_le_bytes(), style, &value]);
        }
    }
}
