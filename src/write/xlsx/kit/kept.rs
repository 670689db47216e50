//! A report's sheet: what the program writes on it is kept, and what an officer has typed stands in its place.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Format, Worksheet};

use crate::domain::cell_name::{CellName, Typed};
use crate::plan::items::REVIEW_KEY;
use crate::typeset::Breaks;
use crate::write::xlsx::error::WorkbookError;
use crate::write::xlsx::kit::census::{CellKind, Census, CensusCell};
use crate::write::xlsx::kit::sheet::{Page, Paper};
use crate::write::xlsx::kit::style::TEXT_SIZE;

/// How a report's sheet keeps what is written on it.
#[derive(Clone, Copy)]
pub(in crate::write::xlsx) struct Kept<'a> {
    /// The sheet's name.
    pub name: &'static str,
    /// The hidden column of the names of rows.
    pub names: u16,
    /// The format of a cell outside tables.
    pub plain: &'a Format,
    /// What an officer has typed, by cell.
    pub typed: &'a BTreeMap<CellName, Typed>,
}

impl<'a> Page<'a> {
    /// The same for a sheet of a report: what the program writes is kept, and what an officer has typed stands in its place.
    pub fn keep(
        sheet: &'a mut Worksheet,
        breaks: &'a Breaks,
        (columns, paper): (&[f64], Paper),
        kept: Kept<'a>,
        write: impl FnOnce(&mut Self) -> Result<(), WorkbookError>,
    ) -> Result<Census, WorkbookError> {
        let mut page = Self::new(sheet, breaks, columns, paper)?;
        page.names = Some((kept.names, kept.plain));
        page.census = Some(Census { sheet: kept.name.to_owned(), widths: columns.to_vec(), ..Census::default() });
        write(&mut page)?;
        page.sheet.set_column_hidden(kept.names)?;
        let mut census = page.census.take().unwrap_or_default();
        page.place(&census, &kept)?;
        census.heights = page.heights.values().map(|height| (height * 4.0).round() as u32).collect();
        page.finish()?;
        Ok(census)
    }

    /// Gives a row its name, by which it is known in a workbook that comes back.
    pub fn name(&mut self, row: u32, name: &str) -> Result<(), WorkbookError> {
        let Some((column, _)) = self.names else { return Ok(()) };
        self.named(row, name.trim_end_matches(REVIEW_KEY));
        self.hidden_text((row, column), name)
    }

    /// A text of the program's own, which no edit is looked for in.
    pub fn hidden_text(&mut self, (row, column): (u32, u16), text: &str) -> Result<(), WorkbookError> {
        let Some((_, format)) = self.names else { return Ok(()) };
        let census = self.census.take();
        let written = self.text(row, column, text, format);
        self.census = census;
        written
    }

    /// Gives a row a name that stands in one of its cells already.
    pub fn named(&mut self, row: u32, name: &str) {
        if let Some(census) = &mut self.census {
            census.rows.insert(row, name.to_owned());
        }
    }

    /// Keeps what a cell shows.
    pub fn note(&mut self, (row, column): (u32, u16), text: &str, kind: CellKind, format: Option<&'a Format>) {
        let Some(census) = &mut self.census else { return };
        if let Some(format) = format {
            self.cell_formats.insert((row, column), format);
        }
        if text.is_empty() && !kind.is_live() {
            census.cells.remove(&(row, column));
        } else {
            census.cells.insert((row, column), CensusCell { text: text.to_owned(), kind });
        }
    }

    /// Puts what an officer has typed into its cells.
    fn place(&mut self, census: &Census, kept: &Kept<'a>) -> Result<(), WorkbookError> {
        for (name, typed) in kept.typed.iter().filter(|(name, _)| name.sheet == kept.name) {
            let Some((row, column)) = census.place_of(name) else { continue };
            let format = self.cell_formats.get(&(row, column)).copied().unwrap_or(kept.plain);
            match typed {
                Typed::Text(text) => self.text(row, column, text, format)?,
                Typed::Number(number) => self.number(row, column, Some(*number), format)?,
            }
            // A text beside the table goes on to the right, as what somebody types does.
            let is_free = !census.cells.contains_key(&(row, column)) && column > self.last;
            let needed = self.height(&typed.text(), census.block_from((row, column)), TEXT_SIZE, false);
            let height = self.heights.get(&row).copied().unwrap_or_else(|| self.one_line());
            if !is_free && needed > height {
                self.row_height(row, needed)?;
            }
        }
        Ok(())
    }

    pub(super) fn keep_block(&mut self, rows: (u32, u32), columns: (u16, u16)) {
        if let Some(census) = &mut self.census {
            census.blocks.push((rows, columns));
        }
    }

    /// A formula whose text may be another's, with the result that it has as the workbook is written.
    pub fn live_text(
        &mut self,
        row: u32,
        column: u16,
        (formula, text): (&str, &str),
        format: &'a Format,
    ) -> Result<(), WorkbookError> {
        self.live(row, column, formula, text.into(), format)?;
        self.note((row, column), text, CellKind::Line, Some(format));
        Ok(())
    }
}
