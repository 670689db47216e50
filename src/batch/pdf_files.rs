//! PDFs of a run's Word documents, made when all documents are there: beside each document, and again only where it has changed.
//!
//! A PDF tells by a mark of its own which document it was made from, so nothing about it is on record.

use std::fs;
use std::path::{Path, PathBuf};

use crate::batch::record::OutputKind;
use crate::batch::run_file::RunFile;
use crate::domain::digest::sha256;
use crate::error::{Cause, Error};
use crate::write::pdf::{self, Office, Stamp};
use crate::write::{Existing, Target};

/// Documents that one start of LibreOffice gets: it takes longer to start than to make one.
const AT_A_TIME: usize = 25;

/// What has become of the PDFs.
#[derive(Debug, Default)]
pub(crate) struct PdfFiles {
    /// How many are new or replaced.
    pub made: usize,
    /// How many were there already as they should be.
    pub same: usize,
    /// Those that somebody has edited or that are not this program's, which stay.
    pub kept: Vec<PathBuf>,
    /// What could not be made, and why.
    pub problems: Vec<Error>,
}

/// Makes the PDFs of the documents in a run's folder; `force` replaces what is in the way and keeps it beside.
pub(crate) fn make(office: &Office, out: &Path, run: &RunFile, force: bool, created: u64) -> PdfFiles {
    let mut files = PdfFiles::default();
    let documents = run.files.iter().flat_map(|record| &record.agencies);
    let documents = documents.filter_map(|agency| agency.output(OutputKind::Document));
    let mut waiting: Vec<PathBuf> = Vec::new();
    for (name, _) in documents {
        // Where the document was edited, the PDF is of that.
        let document = out.join(name);
        let target = document.with_extension(pdf::ENDING);
        let sha256 = match fs::read(&document) {
            Ok(bytes) => sha256(&bytes),
            Err(e) => {
                files.problems.push(Error::new(&document, Cause::Unreadable(e)));
                continue;
            }
        };
        match fs::read(&target) {
            Ok(bytes) => match Stamp::of(&bytes) {
                Some(stamp) if stamp == Stamp::of_document(&sha256) => files.same += 1,
                None if !force => files.kept.push(target),
                _ => waiting.push(document),
            },
            Err(_) => waiting.push(document),
        }
    }
    for some in waiting.chunks(AT_A_TIME) {
        files.convert(office, some, created);
    }
    files
}

impl PdfFiles {
    fn convert(&mut self, office: &Office, documents: &[PathBuf], created: u64) {
        let read = |path: &PathBuf| fs::read(path).map_err(Cause::Unreadable);
        let made = documents.iter().map(read).collect::<Result<Vec<_>, _>>().and_then(|all| office.pdfs(&all, created));
        let pdfs = match (made, documents) {
            (Ok(pdfs), _) => pdfs,
            (Err(cause), [one]) => return self.problems.push(Error::new(one, cause)),
            // One of them may be what it cannot do.
            (Err(_), several) => return several.chunks(1).for_each(|one| self.convert(office, one, created)),
        };
        for (document, pdf) in documents.iter().zip(pdfs) {
            let path = document.with_extension(pdf::ENDING);
            let existing = Existing::Replaced { can_be_made_again: pdf::can_be_made_again };
            match Target::prepare(&path, existing).and_then(|target| target.write(&pdf)) {
                Ok(_) => self.made += 1,
                Err(error) => self.problems.push(error),
            }
        }
    }
}
