//! `overview`: one workbook about many agencies.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::app::commands::inputs::{Visitor, measures, prepare, saved_as, visit};
use crate::app::commands::{Exit, Warned, is_workbook};
use crate::app::invocation::Invocation;
use crate::app::terminal;
use crate::batch::{self, InputFile, last_year};
use crate::edits::Edits;
use crate::error::{Cause, Error};
use crate::overview::{AgencyResult, Counted, Failure};
use crate::report::Report;
use crate::settings::SettingFiles;
use crate::write::xlsx::overview as workbook;

/// Writes the overview of all agencies of the inputs; `previous` names where last year's results are, `follow_ups` where
/// workbooks whose follow-up is filled in.
pub(super) fn overview(
    inputs: &[PathBuf],
    (output, (previous, follow_ups)): (&Path, (&[PathBuf], Option<&Path>)),
    invocation: &Invocation,
    files: &SettingFiles,
    warned: Warned,
    out: &mut impl Write,
) -> io::Result<Exit> {
    let target = if is_workbook(output) {
        prepare(output, inputs, invocation.force, batch::can_be_made_again)
    } else {
        Err(Error::new(output, Cause::OutputNotXlsx))
    };
    let target = match target {
        Ok(target) => target,
        Err(error) => return terminal::error(&error, invocation.language).map(|()| Exit::NotAttempted),
    };
    let mut collected = Collected::default();
    let mut exit = visit(inputs, Some(output), invocation, files, (warned, &mut collected))?;
    let before = if previous.is_empty() {
        None
    } else {
        let (before, read) = earlier_results(previous, invocation)?;
        exit = exit.max(read);
        Some(before)
    };
    let (measures, read) = measures(follow_ups, invocation)?;
    let others = (before.as_deref(), measures.as_slice());
    let bytes = workbook::bytes_with_measures(&collected.results, &collected.failures, others, &invocation.config);
    exit = exit.max(read);
    match bytes.map_err(|cause| Error::new(output, cause)).and_then(|bytes| target.write(&bytes)) {
        Ok(saved) => {
            let counted = Counted::of(&collected.results);
            saved_as(out, saved, counted.as_ref().map_or(0, |counted| counted.agencies), invocation.language)?;
            counted.map_or(Ok(()), |counted| terminal::not_counted(&counted, invocation.language)).map(|()| exit)
        }
        Err(error) => terminal::error(&error, invocation.language).map(|()| Exit::Failed),
    }
}

/// What the overview is made from.
#[derive(Default)]
struct Collected {
    results: Vec<AgencyResult>,
    failures: Vec<Failure>,
}

impl Visitor for Collected {
    fn report(&mut self, report: &Report, file: &InputFile, _edits: Option<&Edits>) -> io::Result<()> {
        self.results.push(AgencyResult::new(report, file.name.clone()));
        Ok(())
    }

    fn failure(&mut self, file: &InputFile, error: &Error) -> io::Result<()> {
        self.failures.push(Failure::new(file.name.clone(), error));
        Ok(())
    }
}

/// Last year's results: of output folders, of folders of score files, or of files.
fn earlier_results(paths: &[PathBuf], invocation: &Invocation) -> io::Result<(Vec<AgencyResult>, Exit)> {
    let mut exit = Exit::Done;
    let mut results = Vec::new();
    for path in paths {
        let (more, problems) = match last_year::results(path, &invocation.config) {
            Ok(earlier) => (earlier.results, earlier.problems),
            Err(error) => (Vec::new(), vec![error]),
        };
        results.extend(more);
        for error in problems {
            terminal::error(&error, invocation.language)?;
            exit = Exit::Failed;
        }
    }
    Ok((results, exit))
}
