//! A book of which only what is shown is left, with the codes in its cells.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::domain::sheet_names::{NAMES_COLUMN, SCORES, SUMMARY, WRITTEN};
use crate::finding::{Finding, FindingCode};
use crate::framework::QuestionCode;
use crate::read::{Book, Sheet};
use crate::recognise::cell::score;
use crate::recognise::sheet::code_cells::{self, CodeCell, SheetCodes};

/// A book whose cells have been looked through for question codes, each once.
#[derive(Debug, Clone)]
pub struct CodedBook {
    book: Book,
    /// The codes of each sheet, in the order of the sheets.
    codes: Vec<SheetCodes>,
}

impl CodedBook {
    /// Looks through a book, and leaves out what a sheet does not show where what it shows has the codes and numbers beside
    /// them; what was left out is said.
    ///
    /// Where codes or scores stand in hidden lines only, these are read: somebody has folded them away.
    pub fn new(mut book: Book) -> (Self, Vec<Finding>) {
        own_sheets(&mut book);
        let named = |name: &str| book.sheets.iter().any(|sheet| *sheet.name == *name);
        let is_ours = named(SCORES) && named(SUMMARY);
        let mut codes: Vec<SheetCodes> = book.sheets.iter().map(SheetCodes::of).collect();
        let mut findings = Vec::new();
        for (sheet, codes) in book.sheets.iter_mut().zip(&mut codes) {
            if is_ours || sheet.hidden_lines.is_empty() {
                continue;
            }
            if let Some((shown, first_left_out)) = shown(sheet, codes) {
                *codes = std::mem::take(codes).kept(&shown);
                *sheet = shown;
                findings.push(first_left_out);
            }
        }
        (Self { book, codes }, findings)
    }

    /// The book.
    pub fn book(&self) -> &Book {
        &self.book
    }

    /// A sheet with its codes, by its place in the book.
    pub(in crate::recognise) fn sheet(&self, index: usize) -> Option<(&Sheet, &SheetCodes)> {
        self.book.sheets.get(index).zip(self.codes.get(index))
    }

    /// All sheets with their codes.
    pub(in crate::recognise) fn sheets(&self) -> impl Iterator<Item = (&Sheet, &SheetCodes)> {
        self.book.sheets.iter().zip(&self.codes)
    }

    /// A book of parts of sheets, with their codes.
    pub(in crate::recognise) fn of_parts(parts: Vec<(Sheet, SheetCodes)>, whole: &Self) -> Self {
        let (sheets, codes) = parts.into_iter().unzip();
        Self { book: Book { sheets, source: whole.book.source.clone() }, codes }
    }
}

/// The sheets of a workbook that this program has written: they have their names again where somebody has given them others,
/// and not the names of rows, which are not the agency's.
fn own_sheets(book: &mut Book) {
    let names: Vec<Arc<str>> = book.sheets.iter().map(|sheet| sheet.name.clone()).collect();
    let is_there = |name: &str| names.iter().any(|known| **known == *name);
    if !(is_there(WRITTEN) || is_there(SCORES) && is_there(SUMMARY)) {
        return;
    }
    for (name, start) in [(SUMMARY, "S/"), (SCORES, "N/")] {
        let column = |sheet: &Sheet| {
            let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
            for cell in sheet.cells().iter().filter(|cell| cell.value.text().starts_with(start)) {
                *counts.entry(cell.at.column).or_default() += 1;
            }
            counts.into_iter().filter(|(_, count)| *count > 2).max_by_key(|(_, count)| *count).map(|(column, _)| column)
        };
        let by_name = book.sheets.iter().position(|sheet| *sheet.name == *name);
        let place = by_name.or_else(|| book.sheets.iter().position(|sheet| column(sheet).is_some()));
        let Some(sheet) = place.and_then(|place| book.sheets.get_mut(place)) else { continue };
        let first = column(sheet).unwrap_or(NAMES_COLUMN.into());
        let left = [0..=first.saturating_sub(1)];
        let hidden_lines = std::mem::take(&mut sheet.hidden_lines);
        *sheet = sheet.select(&[0..=u32::MAX], Some(&left), false);
        (sheet.name, sheet.hidden_lines) = (name.into(), hidden_lines);
    }
}

/// What a sheet shows, and that something was left out; nothing where all of it is to be read.
fn shown(sheet: &Sheet, codes: &SheetCodes) -> Option<(Sheet, Finding)> {
    let shown = sheet.shown(&BTreeSet::new());
    let all = scored_codes(sheet, codes);
    let here = scored_codes(&shown, &codes.clone().kept(&shown));
    if here.is_empty() || here.len() * 2 < all.len() {
        return None;
    }
    // A row that a page shows on a click beats none where its code stands nowhere else.
    let columns = code_cells::code_columns(codes);
    let alone = columns.iter().flatten().filter(|cell| !here.contains(&cell.found.code)).map(|cell| cell.at.row);
    let shown = sheet.shown(&alone.collect());
    let first = sheet.cells().iter().find(|cell| shown.get(cell.at).is_none())?;
    let finding = Finding::new(FindingCode::HiddenIgnored, "").at([sheet.place(first.at)]);
    Some((shown, finding))
}

/// The codes of a sheet that have a number in their row, or below them in their column where they stand in a row.
fn scored_codes(sheet: &Sheet, codes: &SheetCodes) -> BTreeSet<QuestionCode> {
    let columns = code_cells::code_columns(codes);
    let has_number = |cell: &&CodeCell| {
        let beside = sheet.row(cell.at.row).iter().any(|other| score::number(&other.value).is_some());
        beside || columns.len() > 1
    };
    columns.iter().flatten().filter(has_number).map(|cell| cell.found.code).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::Framework;
    use crate::read::{Cell, CellRef, Value};
    use crate::recognise::sheet::code_cells::SHEETS_READ;
    use crate::recognise::{Hints, parts};
    use rust_decimal::Decimal;

    /// A sheet of agencies: names in the first column, a code over each further one.
    fn agencies(name: &str, count: u32) -> Sheet {
        let text = |row, column, text: String| Cell { at: CellRef::new(row, column), value: Value::Text(text) };
        let mut cells = vec![text(0, 0, "ผล ITA ปีงบประมาณ 2567".to_owned()), text(1, 0, "หน่วยงาน".to_owned())];
        let codes: Vec<_> = Framework::built_in(2567).into_iter().flat_map(|rules| rules.questions.keys()).collect();
        for (code, column) in codes.iter().zip(1..) {
            cells.push(text(1, column, code.to_string()));
            for row in 2..2 + count {
                let value = Value::Number { value: Decimal::from(60 + (row * 7 + column) % 40), percent: false };
                cells.push(Cell { at: CellRef::new(row, column), value });
            }
        }
        cells.extend((2..2 + count).map(|row| text(row, 0, format!("เทศบาลตำบลที่ {row}"))));
        Sheet::new(name, false, cells)
    }

    #[test]
    fn each_sheet_is_looked_through_once_however_many_agencies_it_holds() {
        let book = Book { sheets: vec![agencies("ก", 9), agencies("ข", 4)], ..Book::default() };
        let before = SHEETS_READ.with(std::cell::Cell::get);
        let (book, findings) = CodedBook::new(book);
        assert!(findings.is_empty(), "{findings:?}");
        let found = parts(&book, &Hints::default()).map(|parts| {
            parts
                .iter()
                .filter(|part| {
                    part.recognise(&Hints::default()).is_ok_and(|found| found.submission.answers.len() == 59)
                })
                .count()
        });
        assert_eq!(found.ok(), Some(9));
        assert_eq!(SHEETS_READ.with(std::cell::Cell::get) - before, 2);
    }
}
