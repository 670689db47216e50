//! Results as plain rows for other programs: one row an agency, year and item, in CSV, JSON Lines or JSON.

mod records;
mod sink;

pub use crate::write::rows::records::{Kind, Record, records};
pub use crate::write::rows::sink::{Format, Sink, is_export};
