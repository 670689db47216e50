//! `batch`: whole folders; what was done is summed up at the end.

use std::io::{self, Write};

use crate::app::commands::Exit;
use crate::app::invocation::Invocation;
use crate::app::terminal;
use crate::app::terminal::batch::Shown;
use crate::batch::{self, RunOptions};
use crate::error::{Cause, Error};
use crate::settings::SettingFiles;
use crate::write::pdf::Office;

pub(super) fn batch(
    options: &RunOptions,
    invocation: &Invocation,
    files: &SettingFiles,
    fail_on_warning: bool,
    shown: Shown,
    out: &mut impl Write,
) -> io::Result<Exit> {
    let language = invocation.language;
    let office = match invocation.pdf.then(Office::find).transpose() {
        Ok(office) => office,
        Err(cause) => {
            return terminal::error(&Error::new(&options.out, cause), language).map(|()| Exit::NotAttempted);
        }
    };
    let mut progress = terminal::batch::Progress::new(shown, language, out);
    let result = batch::run(options, &invocation.config, files, office.as_ref(), &mut progress);
    progress.clear();
    match result {
        Ok(summary) => {
            terminal::batch::summary(out, &summary, options, shown, language)?;
            let pdfs = &summary.pdfs;
            pdfs.iter().try_for_each(|pdfs| terminal::batch::pdfs(out, pdfs, shown, language))?;
            let no_pdf = pdfs.as_ref().is_some_and(|pdfs| !pdfs.problems.is_empty());
            let kept_pdf = pdfs.as_ref().is_some_and(|pdfs| !pdfs.kept.is_empty());
            let counts = summary.run.counts;
            let kept = summary.run.overview.as_ref().is_some_and(|overview| overview.kept);
            let failed = counts.failed > 0 || summary.problem.is_some() || no_pdf;
            let warned = counts.warnings > 0 || kept || !summary.damaged.is_empty() || kept_pdf;
            if !failed && fail_on_warning && warned {
                terminal::batch::failed_on_warning(&summary, options, language)?;
                return Ok(Exit::Failed);
            }
            Ok(if failed { Exit::Failed } else { Exit::Done })
        }
        Err(error) => {
            terminal::error(&error, language)?;
            Ok(if matches!(error.cause, Cause::BrokenOff(_)) { Exit::Failed } else { Exit::NotAttempted })
        }
    }
}
