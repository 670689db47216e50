//! Results into bytes, and bytes into a file that appears whole or not at all.

pub(crate) mod disk;
pub(crate) mod kept_copy;
pub(crate) mod save;
#[cfg(test)]
mod save_tests;
pub mod tidy;
pub mod workbook;

pub use save::{Existing, Saved, Target};
