//! Results into bytes, and bytes into a file that appears whole or not at all.

pub(crate) mod save;
pub mod tidy;
pub mod workbook;

pub use save::Target;
