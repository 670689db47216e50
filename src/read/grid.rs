//! A workbook's cells as this program sees them: sparse, typed, each with its A1 address.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::domain::cell_ref::CellRef;
use crate::domain::place::Place;
use crate::read::source::Source;

/// A workbook that has been read.
#[derive(Debug, Clone, Default)]
pub struct Book {
    /// The sheets in the order of their tabs.
    pub sheets: Vec<Sheet>,
    /// What the file turned out to be.
    pub source: Source,
}

/// One sheet's cells.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// The name on its tab.
    pub name: Arc<str>,
    /// Whether the tab is hidden.
    pub hidden: bool,
    /// Whether rows and columns have been exchanged, so that addresses are not those of the file: [`Sheet::place`] gives
    /// these.
    pub transposed: bool,
    /// What the program that shows the sheet does not show of it.
    pub hidden_lines: HiddenLines,
    /// Cells that are merged, as the file has them: the first and the last of each range.
    pub merges: Arc<[(CellRef, CellRef)]>,
    /// Number formats of cells with numbers, and how many cells have each; of an .xlsx only.
    pub number_formats: BTreeMap<String, usize>,
    cells: Vec<Cell>,
}

/// Rows and columns that are not shown: hidden, filtered out or folded away.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HiddenLines {
    /// Rows, from 0.
    pub rows: Vec<RangeInclusive<u32>>,
    /// Columns, from 0.
    pub columns: Vec<RangeInclusive<u32>>,
}

impl HiddenLines {
    /// Whether nothing is hidden.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.columns.is_empty()
    }

    fn hides(&self, at: CellRef) -> bool {
        // Rows are in order, one or a few thousand; columns are a handful.
        let row = self.rows.partition_point(|rows| *rows.end() < at.row);
        self.rows.get(row).is_some_and(|rows| rows.contains(&at.row)) || self.hides_column(at)
    }

    fn hides_column(&self, at: CellRef) -> bool {
        self.columns.iter().any(|columns| columns.contains(&at.column))
    }
}

/// One cell with content.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Where it stands.
    pub at: CellRef,
    /// What is in it.
    pub value: Value,
}

/// What is in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Text as it stands in the file.
    Text(String),
    /// A number, or a formula's last result.
    Number {
        /// The stored number, cleaned of binary noise beyond ten decimals.
        value: Decimal,
        /// Whether the cell shows it as a percentage: a stored 0.85 is shown as 85 %.
        percent: bool,
    },
    /// A date or a time; no score is one. Nothing stands for a time alone, and for what is no day of the calendar.
    Date(Option<Day>),
    /// A truth value.
    Bool(bool),
    /// An error such as `#DIV/0!`.
    Error(String),
    /// A formula whose result was never calculated.
    Formula,
}

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// The year as it is stored: of the common era, unless somebody has typed another.
    pub year: u16,
    /// The month, 1 to 12.
    pub month: u8,
    /// The day, 1 to 31.
    pub day: u8,
}

/// From the first of March of the year 0 to the 30th of December 1899, from which workbooks count.
const DAYS_BEFORE_1900: i64 = 693_899;

impl Day {
    /// The day that stands in front of a text, as `2025-09-30`.
    pub(in crate::read) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.trim().split(['-', 'T', ' ']);
        let (year, month, day) =
            (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        Self::new(year, month, day)
    }

    /// How many days it is after the end of 1899, as a workbook stores it.
    pub fn serial(self) -> i64 {
        // Years are counted from March, so that a leap day is the last of one.
        let (year, month) = (i64::from(self.year), i64::from(self.month));
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + i64::from(self.day) - 1;
        days - DAYS_BEFORE_1900
    }

    /// A day; nothing where no month has it.
    pub(in crate::read) fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some(Self { year, month, day })
    }
}

impl Sheet {
    /// A sheet with these cells, which are put in order of row and column; a later cell at the same place wins.
    pub fn new(name: impl Into<Arc<str>>, hidden: bool, mut cells: Vec<Cell>) -> Self {
        if !cells.is_sorted_by(|a, b| a.at < b.at) {
            cells.reverse();
            cells.sort_by_key(|cell| cell.at);
            cells.dedup_by_key(|cell| cell.at);
        }
        Self { name: name.into(), hidden, cells, ..Self::default() }
    }

    /// A copy with some of the rows and columns, at their places; `transposed` exchanges rows and columns.
    #[must_use]
    pub fn select(
        &self,
        rows: &[RangeInclusive<u32>],
        columns: Option<&[RangeInclusive<u32>]>,
        transposed: bool,
    ) -> Self {
        let wanted =
            |cell: &&Cell| columns.is_none_or(|ranges| ranges.iter().any(|range| range.contains(&cell.at.column)));
        let mut cells = Vec::new();
        for row in rows {
            let start = self.cells.partition_point(|cell| cell.at.row < *row.start());
            let end = self.cells.partition_point(|cell| cell.at.row <= *row.end());
            cells.extend(self.cells.get(start..end).unwrap_or_default().iter().filter(wanted).cloned());
        }
        if transposed {
            cells.iter_mut().for_each(|cell| cell.at = cell.at.transposed());
        }
        Self { transposed, merges: self.merges.clone(), ..Self::new(self.name.clone(), self.hidden, cells) }
    }

    /// A cell of this sheet as the file has it: where rows and columns were exchanged for reading, they are exchanged
    /// back. Every place is made here.
    pub fn place(&self, at: CellRef) -> Place {
        Place { sheet: self.name.clone(), cell: if self.transposed { at.transposed() } else { at } }
    }

    /// The cell that a merged one shows: the first of its range; nothing where it is not merged, or is the first itself.
    pub fn merged_into(&self, at: CellRef) -> Option<&Cell> {
        let turned = |at: CellRef| if self.transposed { at.transposed() } else { at };
        let own = turned(at);
        let holds = |(first, last): &&(CellRef, CellRef)| {
            (first.row..=last.row).contains(&own.row) && (first.column..=last.column).contains(&own.column)
        };
        let (first, _) = self.merges.iter().find(holds).filter(|(first, _)| *first != own)?;
        self.get(turned(*first))
    }

    /// A copy with the cells that are shown only, and with some rows even where these are not shown.
    #[must_use]
    pub fn shown(&self, rows: &BTreeSet<u32>) -> Self {
        let lines = &self.hidden_lines;
        let is_shown = |at: CellRef| if rows.contains(&at.row) { !lines.hides_column(at) } else { !lines.hides(at) };
        let cells = self.cells.iter().filter(|cell| is_shown(cell.at)).cloned().collect();
        Self {
            transposed: self.transposed,
            merges: self.merges.clone(),
            ..Self::new(self.name.clone(), self.hidden, cells)
        }
    }

    /// All cells, in order of row and column.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// All cells, to be changed in place.
    pub fn cells_mut(&mut self) -> impl Iterator<Item = &mut Cell> {
        self.cells.iter_mut()
    }

    /// The cell at an address, if it has content.
    pub fn get(&self, at: CellRef) -> Option<&Cell> {
        let index = self.cells.binary_search_by_key(&at, |cell| cell.at).ok()?;
        self.cells.get(index)
    }

    /// The cells of one row, from left to right.
    pub fn row(&self, row: u32) -> &[Cell] {
        let start = self.cells.partition_point(|cell| cell.at.row < row);
        let end = self.cells.partition_point(|cell| cell.at.row <= row);
        self.cells.get(start..end).unwrap_or_default()
    }

    /// The cells of one row in some columns, from left to right.
    pub fn cells_in(&self, row: u32, columns: Range<u32>) -> &[Cell] {
        let cells = self.row(row);
        let start = |column: u32| cells.partition_point(|cell| cell.at.column < column);
        cells.get(start(columns.start)..start(columns.end)).unwrap_or_default()
    }

    /// Those of some rows that have content, from top to bottom.
    pub fn rows_in(&self, rows: Range<u32>) -> impl DoubleEndedIterator<Item = &[Cell]> {
        let start = |row: u32| self.cells.partition_point(|cell| cell.at.row < row);
        let cells = self.cells.get(start(rows.start)..start(rows.end)).unwrap_or_default();
        cells.chunk_by(|a, b| a.at.row == b.at.row)
    }

    /// The rows that have content, from top to bottom.
    pub fn rows(&self) -> impl Iterator<Item = &[Cell]> {
        self.cells.chunk_by(|a, b| a.at.row == b.at.row)
    }
}

impl Value {
    /// The text of a text cell; empty for any other.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            _ => "",
        }
    }

    /// Bytes of the text that it is kept as.
    pub(in crate::read) fn text_bytes(&self) -> u64 {
        match self {
            Self::Text(text) | Self::Error(text) => text.len() as u64,
            Self::Number { .. } | Self::Date(_) | Self::Bool(_) | Self::Formula => 0,
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) | Self::Error(text) => f.write_str(text.trim()),
            Self::Number { value, percent: true } => write!(f, "{}%", (value * Decimal::ONE_HUNDRED).normalize()),
            Self::Number { value, percent: false } => write!(f, "{}", value.normalize()),
            Self::Date(_) => f.write_str("date"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Formula => f.write_str("formula"),
        }
    }
}
