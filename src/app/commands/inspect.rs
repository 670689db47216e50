//! `inspect`: what is read from where, and every finding; nothing is written.

use std::io::{self, Write};
use std::path::PathBuf;

use crate::app::cli::Shape;
use crate::app::commands::inputs::{Visitor, visit};
use crate::app::commands::{Exit, Warned};
use crate::app::invocation::Invocation;
use crate::app::terminal;
use crate::batch::InputFile;
use crate::domain::language::Language;
use crate::edits::Edits;
use crate::error::Error;
use crate::report::Report;
use crate::settings::SettingFiles;
use crate::write::json;

pub(super) fn inspect(
    inputs: &[PathBuf],
    invocation: &Invocation,
    files: &SettingFiles,
    (shape, warned): (Shape, Warned),
    out: &mut impl Write,
) -> io::Result<Exit> {
    let documents = (shape == Shape::Json).then(json::Documents::default);
    let with_reasons = shape == Shape::Reasons;
    let mut shown = Shown { out, documents, with_reasons, language: invocation.language };
    let exit = visit(inputs, None, invocation, files, (warned, &mut shown))?;
    let Shown { out, documents, .. } = shown;
    documents.map_or(Ok(()), |documents| documents.end(out))?;
    Ok(exit)
}

/// Results as they are shown.
struct Shown<'a, W> {
    out: &'a mut W,
    documents: Option<json::Documents>,
    with_reasons: bool,
    language: Language,
}

impl<W: Write> Visitor for Shown<'_, W> {
    fn report(&mut self, report: &Report, file: &InputFile, edits: Option<&Edits>) -> io::Result<()> {
        match &mut self.documents {
            Some(documents) => documents.add(self.out, &file.path, Ok(report), &edit_texts(edits)),
            None => {
                terminal::inspect::print(self.out, &file.path, report, self.with_reasons, self.language)?;
                edits.iter().try_for_each(|edits| terminal::inspect::edits(self.out, edits, self.language))
            }
        }
    }

    fn failure(&mut self, file: &InputFile, error: &Error) -> io::Result<()> {
        match &mut self.documents {
            Some(documents) => documents.add(self.out, &file.path, Err(error), &[]),
            None => Ok(()),
        }
    }
}

fn edit_texts(edits: Option<&Edits>) -> Vec<json::EditText> {
    edits.map(Edits::changes).unwrap_or_default().into_iter().map(json::EditText::from).collect()
}
