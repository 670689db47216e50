//! What a Word document may have beside the report itself.

use serde::{Deserialize, Serialize};

/// A part that a document has where it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DocumentPart {
    /// A table of contents behind the cover.
    Contents,
    /// Every question with its score and status, at the end.
    Appendix,
    /// A covering memo in front, with which the report goes to the head of the agency.
    Memo,
}
