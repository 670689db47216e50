//! `export`: every score as a row, for other programs.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::app::commands::inputs::{Visitor, prepare, saved_as, visit};
use crate::app::commands::{Exit, Warned};
use crate::app::terminal;
use crate::batch::InputFile;
use crate::config::Config;
use crate::error::{Cause, Error};
use crate::report::Report;
use crate::settings::SettingFiles;
use crate::write::rows::{self, Sink};

/// Writes every agency's result as rows, to a file or to standard output.
pub(super) fn export(
    inputs: &[PathBuf],
    (format, output): (rows::RowFormat, Option<&Path>),
    config: &Config,
    files: &SettingFiles,
    warned: Warned,
    out: &mut impl Write,
) -> io::Result<Exit> {
    let Some(output) = output else {
        let mut rows = Rows { sink: Sink::new(format, &mut *out)?, agencies: 0 };
        let exit = visit(inputs, None, config, files, (warned, &mut rows))?;
        return rows.sink.finish().map(|_| exit);
    };
    let mut target = match prepare(output, inputs, config, rows::is_export) {
        Ok(target) => target,
        Err(error) => return terminal::error(&error, config.language).map(|()| Exit::NotAttempted),
    };
    let written = Sink::new(format, target.writer()).and_then(|sink| {
        let mut rows = Rows { sink, agencies: 0 };
        let exit = visit(inputs, Some(output), config, files, (warned, &mut rows))?;
        let agencies = rows.agencies;
        rows.sink.finish().map(|_| (exit, agencies))
    });
    let named = written.map_err(|e| Error::new(output, Cause::Unwritable(e)));
    match named.and_then(|(exit, agencies)| Ok((exit, agencies, target.finish()?))) {
        Ok((exit, agencies, saved)) => saved_as(out, saved, agencies, config).map(|()| exit),
        Err(error) => terminal::error(&error, config.language).map(|()| Exit::Failed),
    }
}

/// Rows as they are written.
struct Rows<W: Write> {
    sink: Sink<W>,
    agencies: usize,
}

impl<W: Write> Visitor for Rows<W> {
    fn report(&mut self, report: &Report, file: &InputFile) -> io::Result<()> {
        self.agencies += 1;
        rows::records(report, &file.name).iter().try_for_each(|record| self.sink.write(record))
    }

    fn failure(&mut self, _file: &InputFile, _error: &Error) -> io::Result<()> {
        Ok(())
    }
}
