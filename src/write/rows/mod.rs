//! Results as plain rows for other programs: one row an agency, year and item, in CSV, JSON Lines or JSON.
//!
//! It takes reports and gives bytes, a file at a time. Numbers are not rounded here, and a text that a spreadsheet would take
//! for a formula is made harmless.

mod measures;
mod records;
mod sink;

pub use crate::write::rows::measures::{MeasureRecord, measure_records};
pub use crate::write::rows::records::{RowKind, ScoreRecord, records};
pub use crate::write::rows::sink::{RowFormat, Sink, append, is_export};
