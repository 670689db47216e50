//! What is said of an agency beside its workbook, for who asks about one file: what `inspect` and `export` print.

use std::io;
use std::path::Path;

use crate::edits::Change;
use crate::report::Report;
use crate::write::json::{Documents, EditText};
use crate::write::rows::{RowFormat, Sink, records};

/// The report's JSON and its rows as CSV; `source` is the input's name in both.
pub(super) fn of(report: &Report, source: &str, changes: Vec<Change>) -> io::Result<(Vec<u8>, Vec<u8>)> {
    let changes: Vec<EditText> = changes.into_iter().map(EditText::from).collect();
    let (mut json, mut rows) = (Vec::new(), Vec::new());
    Documents::one(&mut json, Path::new(source), report, &changes)?;
    let mut sink = Sink::new(RowFormat::Csv, &mut rows)?;
    records(report, source).iter().try_for_each(|record| sink.write(record))?;
    sink.finish()?;
    Ok((json, rows))
}
