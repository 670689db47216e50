//! One file a format: bytes or text of that format into cells, each through the one intake that counts them.
//!
//! What is parsed here has passed the checks of [`super::safety`]; nothing here opens a file.

pub(in crate::read) mod biff_facts;
pub(in crate::read) mod biff_formats;
mod biff_strings;
pub(in crate::read) mod delimited;
mod delimited_quotes;
mod delimited_rows;
pub(in crate::read) mod html;
pub(in crate::read) mod open_document;
pub(in crate::read) mod spreadsheet;
pub(in crate::read) mod xlsx_facts;
pub(in crate::read) mod xlsx_look;
pub(in crate::read) mod xlsx_parts;
pub(in crate::read) mod xml;
pub(in crate::read) mod xml_spreadsheet;
