//! Files put right before their parser sees them: what spreadsheet programs read without a word, and the parser refuses or
//! reads as something else.
//!
//! Bytes go in and bytes come out; a file that needs none of it is handed on as it is. Nothing here decides what a cell
//! means: a part is named as the parser expects it, a record is given the form that it knows, a raised mark is left out.

pub(in crate::read) mod biff;
pub(in crate::read) mod compound;
pub(in crate::read) mod package;
pub(in crate::read) mod rich_text;
pub(in crate::read) mod worksheet;
pub(in crate::read) mod xlsb_package;
mod xlsb_records;
pub(in crate::read) mod xlsx_package;
