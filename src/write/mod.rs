//! Results into bytes, and bytes into a file that appears whole or not at all.

pub(crate) mod disk;
pub(crate) mod kept_copy;
pub mod rows;
pub(crate) mod save;
#[cfg(test)]
mod save_tests;
pub(crate) mod xlsx;

pub use crate::write::save::{Existing, Saved, Target};
pub use crate::write::xlsx::overview::bytes as overview_workbook;
