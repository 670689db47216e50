//! `batch`: whole folders; what was done is summed up at the end.

use std::io::{self, Write};

use crate::app::commands::Exit;
use crate::app::terminal;
use crate::app::terminal::batch::Shown;
use crate::batch::{self, RunOptions};
use crate::config::Config;
use crate::error::Cause;
use crate::settings::SettingFiles;

pub(super) fn batch(
    options: &RunOptions,
    config: &Config,
    files: &SettingFiles,
    fail_on_warning: bool,
    shown: Shown,
    out: &mut impl Write,
) -> io::Result<Exit> {
    let language = config.language;
    let mut progress = terminal::batch::Progress::new(shown, language, out);
    let result = batch::run(options, config, files, &mut progress);
    progress.clear();
    match result {
        Ok(summary) => {
            terminal::batch::summary(out, &summary, options, shown, language)?;
            let counts = summary.run.counts;
            let kept = summary.run.overview.as_ref().is_some_and(|overview| overview.kept);
            let failed = counts.failed > 0 || summary.problem.is_some();
            let warned = counts.warnings > 0 || kept || !summary.damaged.is_empty();
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
