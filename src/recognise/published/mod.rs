//! The published figures: indicators, instruments, total, level and rank, wherever they stand.
//!
//! It takes sheets whose questions are known, leaves their rows out, and fills the published figures of a submission.

mod figure;
mod figure_text;
mod full_mark;
mod indicator_table;
mod label_over_value;
mod labelled_row;

use crate::recognise::sheet::labels::indicator_of;
use crate::recognise::sheet::labels::is_label;
use std::collections::BTreeSet;

use crate::domain::thai;
use crate::framework::{Framework, Instrument};
use crate::read::{Cell, Sheet};
use crate::recognise::CodedSheet;
use crate::recognise::cell::score;
use crate::recognise::cell::year;
use crate::recognise::published::indicator_table::{FOOT_ROWS, indicator_table, indicators};
use crate::recognise::published::labelled_row::{LabelledRow, Surroundings};
use crate::recognise::sheet::header;
use crate::recognise::submission::{Given, Submission};

/// Looks through the sheets, leaving out the rows that hold question codes. `year` is the one by which the file calls the
/// result, if it does.
pub(in crate::recognise) fn read(
    sheets: &[CodedSheet<'_>],
    framework: &Framework,
    year: Option<u16>,
    into: &mut Submission,
) {
    let table = sheets
        .iter()
        .filter_map(|coded| indicator_table(coded.sheet, framework, year, |row| coded.rows.contains(&row)))
        .reduce(|best, other| if other.rows.len() > best.rows.len() { other } else { best });
    if let Some(table) = &table {
        indicators(table, into);
    }
    let instruments: Vec<Instrument> = sheets.iter().flat_map(CodedSheet::instruments).collect();
    for coded in sheets {
        let CodedSheet { sheet, rows, .. } = coded;
        let only = only_instrument(&coded.instruments(), &instruments);
        let here = table.as_ref().filter(|table| table.sheet.name == sheet.name);
        let surroundings = Surroundings::new(sheet, framework);
        let mut around = Around::default();
        for row in sheet.rows() {
            let number = row.first().map_or(0, |cell| cell.at.row);
            let is_indicator = here.is_some_and(|table| table.has(number));
            let of_other_year = around.take(row, rows.contains(&number), year);
            if is_indicator || rows.contains(&number) || of_other_year {
                continue;
            }
            let taken = |row: u32| rows.contains(&row) || here.is_some_and(|table| table.has(row));
            let plain = LabelledRow { cells: row, around: &surroundings, only, top: None, column: None, year };
            let strip = label_over_value::pairs(sheet, row, |text| is_label(text, framework), taken);
            for pair in &strip {
                read_indicator(pair, framework, sheet, into);
                LabelledRow { cells: pair, ..plain }.read(into);
            }
            if strip.is_empty() {
                // Of several labels in a row each has its own number.
                let labels = || row.iter().filter(|cell| is_label(cell.value.text(), framework)).count();
                let foot = here.filter(|table| table.has_at_its_foot(number) && labels() == 1);
                LabelledRow { column: foot.map(|table| table.column), top: around.top, ..plain }.read(into);
            }
        }
    }
}

/// What the rows above a row say about it.
#[derive(Default)]
struct Around {
    last: Option<u32>,
    /// The first row of the questions that it stands among or below.
    top: Option<u32>,
    last_question: u32,
    /// The row of a title that names another year; it is over the rows up to the next empty one.
    other_year: Option<u32>,
}

impl Around {
    /// Goes on to a row; returns whether it stands under the title of another year.
    fn take(&mut self, row: &[Cell], is_question: bool, wanted: Option<u16>) -> bool {
        let Some(number) = row.first().map(|cell| cell.at.row) else { return false };
        let gap = self.last.is_some_and(|last| number > last + 1);
        if is_question {
            self.top = self.top.filter(|_| !gap).or(Some(number));
            self.last_question = number;
        } else if number > self.last_question + FOOT_ROWS
            || header::is_header(row)
            || (gap && self.last != Some(self.last_question))
        {
            // Behind a second empty row another block begins.
            self.top = None;
        }
        if let [title] = row {
            // A sentence with a figure is about itself.
            let has_figure = |text: &str| {
                thai::arabic_digits(text)
                    .split(' ')
                    .any(|word| word.contains('.') && score::plain_number(word).is_some())
            };
            let told =
                Some(title.value.text()).filter(|text| !has_figure(text)).and_then(|text| year::of_title(text, None));
            let told = told.filter(|(clear, _)| *clear < 2);
            let other = told.zip(wanted).map(|((_, year), wanted)| year != wanted);
            self.other_year =
                if other == Some(true) { Some(number) } else { self.other_year.filter(|_| other.is_none()) };
        }
        // An empty row right below the title is part of it.
        let below_title = self.other_year.is_some_and(|title| Some(title) == self.last);
        if gap && !below_title {
            self.other_year = self.other_year.filter(|title| *title == number);
        }
        self.last = Some(number);
        self.other_year.is_some()
    }
}

/// The instrument that a sheet is about: it has no questions of others, and no other sheet has any of its.
fn only_instrument(present: &BTreeSet<Instrument>, all: &[Instrument]) -> Option<Instrument> {
    let only = present.first().copied().filter(|_| present.len() == 1)?;
    let here = all.iter().filter(|instrument| **instrument == only).count();
    (here == 1 && all.len() > 1).then_some(only)
}

/// An indicator over its score, where no table of indicators gives it.
fn read_indicator([label, value]: &[Cell; 2], framework: &Framework, sheet: &Sheet, into: &mut Submission) {
    let Some(number) = indicator_of(label.value.text(), framework) else { return };
    if let Some(score) = score::number(&value.value).filter(|score| score::in_range(*score)) {
        let place = sheet.place(value.at);
        into.published.indicators.entry(number).or_insert_with(|| Given::in_cell(score, place));
    }
}
