//! `export`: every score as a row, for other programs.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::app::commands::inputs::{Visitor, measures, prepare, saved_as, visit};
use crate::app::commands::{Exit, Warned};
use crate::app::invocation::Invocation;
use crate::app::terminal;
use crate::batch::InputFile;
use crate::edits::Edits;
use crate::error::{Cause, Error};
use crate::overview::AgencyMeasures;
use crate::report::Report;
use crate::settings::SettingFiles;
use crate::write::rows::{self, Sink};

/// Writes every agency's result as rows, to a file or to standard output.
pub(super) fn export(
    inputs: &[PathBuf],
    (format, output, follow_ups): (rows::RowFormat, Option<&Path>, Option<&Path>),
    invocation: &Invocation,
    files: &SettingFiles,
    warned: Warned,
    out: &mut impl Write,
) -> io::Result<Exit> {
    let (measures, read) = measures(follow_ups, invocation)?;
    let Some(output) = output else {
        let mut rows = Rows::begin(format, &mut *out, follow_ups.is_some())?;
        let exit = visit(inputs, None, invocation, files, (warned, &mut rows))?;
        rows.measures(&measures)?;
        return rows.sink.finish().map(|_| exit.max(read));
    };
    let mut target = match prepare(output, inputs, invocation.force, rows::is_export) {
        Ok(target) => target,
        Err(error) => return terminal::error(&error, invocation.language).map(|()| Exit::NotAttempted),
    };
    let written = Rows::begin(format, target.writer(), follow_ups.is_some()).and_then(|mut rows| {
        let exit = visit(inputs, Some(output), invocation, files, (warned, &mut rows))?;
        rows.measures(&measures)?;
        let agencies = rows.agencies;
        rows.sink.finish().map(|_| (exit.max(read), agencies))
    });
    let named = written.map_err(|e| Error::new(output, Cause::Unwritable(e)));
    match named.and_then(|(exit, agencies)| Ok((exit, agencies, target.finish()?))) {
        Ok((exit, agencies, saved)) => saved_as(out, saved, agencies, invocation.language).map(|()| exit),
        Err(error) => terminal::error(&error, invocation.language).map(|()| Exit::Failed),
    }
}

/// Rows as they are written.
struct Rows<W: Write> {
    sink: Sink<W>,
    agencies: usize,
}

impl<W: Write> Rows<W> {
    fn begin(format: rows::RowFormat, out: W, has_measures: bool) -> io::Result<Self> {
        let sink = if has_measures { Sink::with_measures(format, out) } else { Sink::new(format, out) };
        sink.map(|sink| Self { sink, agencies: 0 })
    }

    fn measures(&mut self, all: &[AgencyMeasures]) -> io::Result<()> {
        let mut records = all.iter().flat_map(rows::measure_records);
        records.try_for_each(|record| self.sink.write_measure(&record))
    }
}

impl<W: Write> Visitor for Rows<W> {
    fn report(&mut self, report: &Report, file: &InputFile, _edits: Option<&Edits>) -> io::Result<()> {
        self.agencies += 1;
        rows::records(report, &file.name).iter().try_for_each(|record| self.sink.write(record))
    }

    fn failure(&mut self, _file: &InputFile, _error: &Error) -> io::Result<()> {
        Ok(())
    }
}
