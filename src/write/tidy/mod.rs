//! Results as plain rows for other programs: one row an agency, year and item, in CSV, JSON Lines or JSON.

mod records;
mod sink;

pub use records::{Kind, Record, records};
pub use sink::{Format, Sink, is_export};
