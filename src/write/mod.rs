//! Results into bytes, and bytes into a file that appears whole or not at all.
//!
//! It takes reports and overviews and gives workbooks, Word documents, PDFs of these and rows; `save` puts them under their
//! names so that the old file or the new one is there, whole, and what is replaced is kept. It computes no score and chooses no text.

pub(crate) mod disk;
pub(crate) mod docx;
pub mod json;
pub(crate) mod kept_copy;
pub(crate) mod pdf;
pub(crate) mod printed;
pub mod rows;
pub(crate) mod save;
#[cfg(test)]
mod save_tests;
pub(crate) mod xlsx;

pub use crate::write::docx::ENDING as DOCUMENT_ENDING;
pub use crate::write::save::{Existing, Saved, Target};
pub use crate::write::xlsx::overview::bytes as overview_workbook;
pub(crate) use crate::write::xlsx::report::frame::{cell_digest, has_key, short_digest};
pub(crate) use crate::write::xlsx::report::written::FORMAT as RECORD_FORMAT;

/// What is added to an input's name to make its output's.
pub(crate) const OUTPUT_SUFFIX: &str = "-itasheet";

/// The same for the report on the follow-up.
pub(crate) const FOLLOW_UP_SUFFIX: &str = "-follow-up";
