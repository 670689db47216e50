//! Where an officer's edits come from, and the report with them.

use std::path::PathBuf;
use std::sync::Arc;

use crate::app::invocation::Invocation;
use crate::config::Config;
use crate::edits;
use crate::edits::Edits;
use crate::error::{Cause, Error};
use crate::finding::{Finding, FindingCode};
use crate::recognise::TypedValues;
use crate::report::{Input, Report};

/// Edits, and what is to be said about where they come from.
pub(super) struct EditSource {
    edits: Edits,
    finding: Option<Finding>,
}

/// The edits for an input: its own where it is a workbook of this program, those of the file that is named, or those of the
/// workbooks that were written for it before.
///
/// # Errors
/// When the file that is named cannot be read or is no workbook of this program.
pub(super) fn source(input: &Input, outputs: &[PathBuf], invocation: &Invocation) -> Result<Option<EditSource>, Error> {
    let Invocation { config, .. } = invocation;
    if invocation.discard_edits {
        return Ok(None);
    }
    let only = |edits: Option<Edits>| edits.map(|edits| EditSource { edits, finding: None });
    if let Some(path) = &invocation.edits {
        let edits = edits::read_file(path, &config.read)?;
        return edits.map_or_else(|| Err(Error::new(path, Cause::NoEdits)), |edits| Ok(only(Some(edits))));
    }
    if input.is_written_here() {
        return edits::read_file(&input.path, &config.read).map(only);
    }
    // What cannot be read is not this program's any more; it is in the way all the same.
    let read = |path: &PathBuf| edits::read_file(path, &config.read).ok().flatten();
    let found: Vec<Edits> = outputs.iter().filter(|path| path.is_file()).filter_map(read).collect();
    Ok(newest(found))
}

/// What a workbook of this program says of its own topics.
pub(super) fn confirmation(edits: &Edits) -> Option<Arc<TypedValues>> {
    Some(edits.confirmation()).filter(|typed| !typed.0.is_empty()).map(Arc::new)
}

/// The edits in an input that is a workbook of this program; nothing in any other, or where they cannot be read.
pub(super) fn of_input(input: &Input, config: &Config) -> Option<Edits> {
    let read = || edits::read_file(&input.path, &config.read).ok().flatten();
    input.is_written_here().then(read).flatten()
}

/// The edits of the last of several workbooks that have some.
fn newest(mut found: Vec<Edits>) -> Option<EditSource> {
    found.retain(|edits| !edits.is_empty() || !edits.left().is_empty());
    let edits = found.pop()?;
    let others = found.iter().filter(|other| !edits.contains(other)).map(|other| other.file.as_str());
    let others = others.collect::<Vec<_>>().join(", ");
    let finding = || Finding::new(FindingCode::EditsInSeveral, edits.file.as_str()).found(&others);
    let finding = (!others.is_empty()).then(finding);
    Some(EditSource { edits, finding })
}

/// The report of an input's agency with the officer's edits; what was typed on the sheet of scores counts before anything is
/// computed.
///
/// # Errors
/// As the report itself has.
pub(super) fn report(
    report: Report,
    (input, number): (&Input, usize),
    source: Option<&EditSource>,
    config: &Config,
) -> Result<Report, Error> {
    let Some(EditSource { edits, finding }) = source else { return Ok(report) };
    let mut merged = edits::carry(report, (input, number), edits, config)?;
    merged.assessment.add(finding.clone());
    Ok(merged)
}
