//! One cell's text into a value: a code, a score, a year, a label.

pub(super) mod code;
pub(super) mod label;
pub(super) mod score;
pub(super) mod year;
