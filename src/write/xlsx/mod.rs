//! Workbooks. The only room that knows the spreadsheet writer.

mod error;
mod figure_row;
pub(crate) mod kit;
pub(crate) mod overview;
pub(crate) mod report;
pub(crate) mod template;
