//! Word documents as PDF, by LibreOffice where it is installed.
//!
//! It takes a document's bytes and gives those of a PDF, the same for the same document and the same LibreOffice. It knows
//! nothing of what a document says, and leaves the LibreOffice that the user works with alone.

mod office;
mod stamp;

use std::path::Path;

pub(crate) use crate::write::pdf::office::Office;
pub(crate) use crate::write::pdf::stamp::Stamp;

/// What a PDF's name ends in.
pub(crate) const ENDING: &str = "pdf";

/// Whether a PDF is as this program wrote it: nobody has edited it, and it can be made again.
pub(crate) fn can_be_made_again(path: &Path) -> bool {
    std::fs::read(path).is_ok_and(|bytes| Stamp::of(&bytes).is_some())
}
