//! The sheets of a written workbook, also where somebody has given one another name.

use crate::domain::sheet_names::{ANALYSIS, FINDINGS, FOLLOW_UP, NAMES_COLUMN, PLAN, SCORES, SUMMARY, WRITTEN};
use crate::edits::columns::Layout;
use crate::plan::items::LAST_YEAR;
use crate::read::{Book, Sheet};
use crate::write::xlsx::report::{analysis, findings, follow_up, plan};

/// The sheets that people read and edit, in the order of their tabs.
pub(super) const LAYOUTS: [Layout; 6] = [
    Layout { name: SUMMARY, key: NAMES_COLUMN as u32, starts: &["S/"] },
    Layout { name: FINDINGS, key: NAMES_COLUMN as u32, starts: &["W/", findings::UNPLACED] },
    Layout { name: ANALYSIS, key: analysis::at::KEY as u32, starts: &["A/", "T/"] },
    Layout { name: PLAN, key: plan::at::KEY as u32, starts: &["P/", "T/"] },
    Layout { name: FOLLOW_UP, key: follow_up::at::KEY as u32, starts: &["F/", LAST_YEAR_START, "T/"] },
    Layout { name: SCORES, key: NAMES_COLUMN as u32, starts: &["N/"] },
];

/// What keys of last year's measures begin with.
const LAST_YEAR_START: &str = "L/";
const _: () = assert!(LAST_YEAR.len() == 1, "see the constant above");

/// The layout of a sheet by its name.
pub(super) fn layout(name: &str) -> Option<Layout> {
    LAYOUTS.into_iter().find(|layout| layout.name == name)
}

/// The sheet of a layout: that of its name, else the first that has its keys and none of our names.
pub(super) fn find(book: &Book, layout: Layout) -> Option<&Sheet> {
    let named = book.sheets.iter().find(|sheet| *sheet.name == *layout.name);
    named.or_else(|| book.sheets.iter().find(|sheet| is_free(&sheet.name) && has_keys(sheet, layout)))
}

/// Whether no sheet of ours has the name.
fn is_free(name: &str) -> bool {
    name != WRITTEN && layout(name).is_none()
}

fn has_keys(sheet: &Sheet, layout: Layout) -> bool {
    // The first of its starts is no other sheet's.
    let own = |text: &str| layout.starts.first().is_some_and(|start| text.starts_with(start));
    sheet.cells().iter().filter(|cell| own(cell.value.text())).count() > 2
}

/// How many sheets are not the program's.
pub(super) fn added(book: &Book) -> usize {
    let ours: Vec<&str> =
        LAYOUTS.into_iter().filter_map(|layout| find(book, layout)).map(|sheet| &*sheet.name).collect();
    book.sheets.iter().filter(|sheet| *sheet.name != *WRITTEN && !ours.contains(&&*sheet.name)).count()
}
