//! What every sheet is written with: cells and heights, pages, formats, and the bytes of the whole.
//!
//! It takes texts, numbers and formulas with their places. It knows no agency and no report.

pub(crate) mod book;
pub(crate) mod census;
mod formula;
pub(super) mod free_rows;
pub(super) mod kept;
pub(super) mod pagination;
pub(super) mod sheet;
mod statuses;
pub(super) mod style;
pub(super) mod zip_origin;
