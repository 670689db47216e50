//! The flags of the Word document, the same for every command that writes one.

use clap::{Args, ValueEnum};

use crate::app::invocation::Invocation;
use crate::config::Config;
use crate::domain::document_part::DocumentPart;

/// Whether there is a document, and what it has beside the report.
#[derive(Debug, Clone, Args)]
pub(super) struct DocumentArgs {
    /// Write the report as a Word document too, beside the workbook
    #[arg(long)]
    word: bool,
    /// Write the Word document as a PDF too, with LibreOffice where it is installed
    #[arg(long)]
    pdf: bool,
    /// What the Word document has beside the report; writes one as --word does
    #[arg(long = "with", value_enum, value_name = "PART", value_delimiter = ',')]
    document_parts: Vec<DocumentPartArg>,
}

/// What a document may have.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum DocumentPartArg {
    /// A table of contents
    Contents,
    /// Every question with its score, at the end
    Appendix,
    /// A covering memo to the head of the agency, in front
    Memo,
}

impl From<DocumentPartArg> for DocumentPart {
    fn from(part: DocumentPartArg) -> Self {
        match part {
            DocumentPartArg::Contents => Self::Contents,
            DocumentPartArg::Appendix => Self::Appendix,
            DocumentPartArg::Memo => Self::Memo,
        }
    }
}

impl DocumentArgs {
    /// The invocation with what these flags say.
    pub(super) fn on(&self, invocation: Invocation) -> Invocation {
        let parts: Vec<DocumentPart> = self.document_parts.iter().copied().map(DocumentPart::from).collect();
        let word = self.word || !parts.is_empty();
        let config = Config { document_parts: (!parts.is_empty()).then_some(parts), ..invocation.config };
        Invocation { config, word, pdf: self.pdf, ..invocation }
    }
}
