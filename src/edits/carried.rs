//! What stands in a workbook and cannot be carried into a new one: sheets, pictures, comments, colours, widths, formulas.

use std::collections::{BTreeMap, HashMap};
use std::io::Cursor;

use zip::ZipArchive;

use crate::domain::cell_name::Unplaced;
use crate::domain::digest::text_digest;
use crate::edits::columns::{Columns, Layout};
use crate::edits::record::Record;
use crate::edits::sheets::{self, LAYOUTS};
use crate::edits::{Edits, Left};
use crate::read::{Book, Look};

/// How far a width may be from the one that was written, as a share of it: programs count in other units.
const WIDTH: f64 = 0.12;

/// How far a height may be from one that was written, in points.
const HEIGHT: f64 = 0.75;

/// So many rows of one height somebody may have set, and not a program.
const SEVERAL: usize = 5;

/// Counts it.
pub(super) fn left(book: &Book, bytes: &[u8], looks: Option<&HashMap<String, Look>>, edits: &Edits) -> Left {
    let mut left = Left { sheets: sheets::added(book), ..edits.left.clone() };
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return left };
    let mut pictures = 0;
    for index in 0..archive.len() {
        let name = archive.by_index(index).ok().and_then(|part| part.name().map(|name| name.into_owned()).ok());
        pictures += usize::from(name.is_some_and(|name| name.starts_with("xl/media/")));
    }
    let Some(looks) = looks else { return left };
    let all = |count: fn(&Look) -> usize| looks.values().map(count).sum::<usize>();
    let beyond = |name: &str, count: usize| {
        let Some(digest) = edits.record.digest(&format!("X/{name}")) else { return 0 };
        // How many the program itself has put there.
        let own = (0..=count).find(|number| text_digest(&number.to_string()) == digest);
        own.map_or(0, |own| count - own)
    };
    left.pictures = beyond("pictures", pictures) + all(|look| look.shapes.len());
    left.comments = beyond("comments", all(|look| look.comments.len()));
    for layout in LAYOUTS {
        let Some(sheet) = sheets::find(book, layout) else { continue };
        let Some(look) = looks.get(&*sheet.name) else { continue };
        let columns = Columns::find(sheet, layout, &edits.record);
        left.widths += widths(look, layout, &columns, edits) + heights(look, layout, edits);
        left.colours += colours(look, edits);
    }
    left.formulas = edits.formulas();
    left
}

/// Texts of comments and of shapes, the program's own comments left out.
pub(super) fn beside(book: &Book, looks: Option<&HashMap<String, Look>>, record: &Record) -> Vec<Unplaced> {
    let is_own = |text: &str| {
        // Programs write who has made a comment before it.
        let (author, rest) = text.split_once('\n').unwrap_or(("", text));
        let text = if author.ends_with(':') { rest } else { text };
        record.digest(&format!("X/note/{}", text_digest(text))).is_some()
    };
    let mut found = Vec::new();
    let ours = LAYOUTS.into_iter().filter_map(|layout| sheets::find(book, layout)).map(|sheet| &*sheet.name);
    for name in ours {
        let Some(look) = looks.and_then(|looks| looks.get(name)) else { continue };
        let comments = look.comments.iter().filter(|(_, text)| !text.is_empty() && !is_own(text));
        found.extend(comments.map(|(at, text)| Unplaced { place: format!("{name}!{at}"), text: text.clone() }));
        found.extend(look.shapes.iter().map(|text| Unplaced { place: name.to_owned(), text: text.clone() }));
    }
    found
}

/// The numbers that the record has under a key.
fn numbers(edits: &Edits, key: &str) -> Vec<f64> {
    let list = edits.record.digest(key).unwrap_or_default();
    list.split(',').filter_map(|number| number.parse().ok()).collect()
}

/// How many columns are wider or narrower than they were, beside a change that all have seen.
fn widths(look: &Look, layout: Layout, columns: &Columns, edits: &Edits) -> usize {
    let written = numbers(edits, &format!("X/widths/{}", layout.name));
    let pairs = (0u32..).zip(&written).filter_map(|(column, width)| {
        let now = look.widths.get(&columns.now(column))?;
        (*width > 0.0).then(|| now / width)
    });
    let mut ratios: Vec<f64> = pairs.collect();
    ratios.sort_by(f64::total_cmp);
    let Some(usual) = ratios.get(ratios.len() / 2).copied().filter(|usual| *usual > 0.0) else { return 0 };
    ratios.iter().filter(|ratio| (*ratio / usual - 1.0).abs() > WIDTH).count()
}

/// How many rows have a height that no row of the sheet had.
fn heights(look: &Look, layout: Layout, edits: &Edits) -> usize {
    let written: Vec<f64> =
        numbers(edits, &format!("X/heights/{}", layout.name)).into_iter().map(|quarters| quarters / 4.0).collect();
    if written.is_empty() {
        return 0;
    }
    let is_known = |height: &f64| written.iter().any(|known| (known - height).abs() < HEIGHT);
    let other: Vec<f64> = look.heights.values().copied().filter(|height| !is_known(height)).collect();
    // A program that saves rows gives many of them the one that it takes for theirs.
    let rows_of = |height: &f64| other.iter().filter(|other| (*other - height).abs() < HEIGHT).count();
    other.iter().filter(|height| rows_of(height) <= SEVERAL).count()
}

/// How many cells have a colour that the program does not use.
fn colours(look: &Look, edits: &Edits) -> usize {
    let known = |name: &str| edits.record.digest(&format!("X/{name}")).unwrap_or_default().to_owned();
    let (fills, fonts) = (known("fills"), known("fonts"));
    if fills.is_empty() {
        return 0;
    }
    let mut cells = BTreeMap::new();
    let is_other = |list: &str, colour: &str| !list.split(',').any(|known| known == colour);
    cells.extend(look.fills.iter().filter(|(_, colour)| is_other(&fills, colour)));
    cells.extend(look.fonts.iter().filter(|(_, colour)| is_other(&fonts, colour)));
    cells.len()
}
