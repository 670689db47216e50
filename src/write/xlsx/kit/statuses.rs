//! The colours of status words.

use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatText, ConditionalFormatTextRule, Format,
};

use crate::assess::Status;
use crate::write::xlsx::error::WorkbookError;
use crate::write::xlsx::kit::sheet::Page;
use crate::write::xlsx::kit::style::STATUS_COLOURS;

impl Page<'_> {
    /// Colours the status words of a column of cells by what they say.
    pub fn colour_statuses(&mut self, rows: (u32, u32), column: u16) -> Result<(), WorkbookError> {
        for (status, (text, fill)) in Status::ALL.into_iter().zip(STATUS_COLOURS) {
            let colours = colours_of(text, fill);
            let rule = ConditionalFormatCellRule::EqualTo(status.thai().to_owned());
            let condition = ConditionalFormatCell::new().set_rule(rule).set_format(colours);
            self.sheet.add_conditional_format(rows.0, column, rows.1, column, &condition)?;
            // What counts the questions that fall short says so with the same word.
            if status == Status::Weak {
                let rule = ConditionalFormatTextRule::Contains(status.thai().to_owned());
                let condition = ConditionalFormatText::new().set_rule(rule).set_format(colours_of(text, fill));
                self.sheet.add_conditional_format(rows.0, column, rows.1, column, &condition)?;
            }
        }
        Ok(())
    }
}

/// A text and its fill.
fn colours_of(text: u32, fill: u32) -> Format {
    Format::new().set_font_color(text).set_background_color(fill)
}
