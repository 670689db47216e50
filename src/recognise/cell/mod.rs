//! One cell's text into a value: a code, a score, a year, a label. It looks at nothing but the text.

pub(super) mod code;
pub(super) mod label;
pub(super) mod score;
pub(super) mod year;
