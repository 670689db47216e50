//! Workbooks: an agency's analysis, a group's overview, the blank form. The only room that knows the spreadsheet writer.
//!
//! It takes what has been computed and gives bytes, the same for the same data on every system.

mod error;
mod figure_row;
pub(crate) mod kit;
pub(crate) mod overview;
pub(crate) mod report;
pub(crate) mod template;
