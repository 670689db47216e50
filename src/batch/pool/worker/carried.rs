//! What an officer has written into a workbook: the file itself, or that of an earlier run.

use std::fs;
use std::io;

use super::{OpenFile, Worker};
use crate::batch::pool::protocol::{Earlier, Job};
use crate::config::Config;
use crate::domain::digest::sha256;
use crate::edits;
use crate::edits::Edits;
use crate::error::Error;
use crate::report::Report;

/// What an officer has made of a workbook, and the fingerprint of that; none where it is the input itself.
pub(super) type Carried = (Edits, Option<String>);

impl Worker {
    /// What an officer has made of the file itself, where it is a workbook of this program that was named.
    pub(super) fn own_edits(&self, open: &OpenFile) -> Result<Option<Edits>, Error> {
        if self.setup.discard_edits || !open.input.is_written_here() {
            return Ok(None);
        }
        let mut read = edits::read_file(&open.path, &self.config.read)?;
        if let Some(edits) = &mut read {
            // A file that was sent to the page has a name on the disk that says nothing to anybody.
            edits.file = open.input.file_name();
        }
        Ok(read)
    }

    /// What an officer has made of the agency's workbook of an earlier run, and that workbook's fingerprint. Nothing where it
    /// stands there as it was written, or has what cannot be carried: that stays. An error where one cannot be read now.
    pub(super) fn edits(&self, report: &Report, job: &Job, stem: &str, config: &Config) -> io::Result<Option<Carried>> {
        if self.setup.discard_edits {
            return Ok(None);
        }
        let named = Earlier { name: format!("{stem}.xlsx"), ours: Vec::new(), merged: false };
        let known = job.earlier.iter().any(|earlier| earlier.name == named.name);
        for earlier in job.earlier.iter().chain(Some(&named).filter(|_| !known)) {
            let bytes = match fs::read(self.out().join(&earlier.name)) {
                Err(e) if e.kind() == io::ErrorKind::NotFound => continue,
                read => read?,
            };
            let hash = sha256(&bytes);
            if earlier.ours.contains(&hash) && !earlier.merged {
                continue;
            }
            let Some(edits) = edits::read(&earlier.name, &bytes, &config.read).ok().flatten() else { continue };
            let is_carried = self.setup.force || edits.left().is_empty();
            if is_carried && !edits.is_empty() && edits.is_of(report) {
                return Ok(Some((edits, Some(hash))));
            }
        }
        Ok(None)
    }
}
