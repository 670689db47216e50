//! What every stage speaks: addresses, figures, digits, languages, Thai texts, names of sheets and of kept copies.
//!
//! It takes and gives plain values. It knows no file, no assessment and no output, and uses no other room.

pub mod cell_name;
pub mod cell_ref;
pub mod copy_name;
pub(crate) mod digest;
pub mod digits;
pub mod document_part;
pub mod embedded;
pub mod figure;
pub mod identity;
pub mod language;
pub mod place;
pub mod sheet_names;
pub mod thai;
