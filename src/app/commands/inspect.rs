//! `inspect`: what is read from where, and every finding; nothing is written.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::app::cli::Shape;
use crate::app::commands::{Exit, Warned, edited, guarded};
use crate::app::terminal;
use crate::config::Config;
use crate::edits::{Change, Edits};
use crate::error::Error;
use crate::report::{Input, Report};
use crate::settings::{self, SettingFiles};
use crate::write::json;

pub(super) fn inspect(
    inputs: &[PathBuf],
    config: &Config,
    files: &SettingFiles,
    (shape, mut warned): (Shape, Warned),
    out: &mut impl Write,
) -> io::Result<Exit> {
    let mut exit = Exit::Done;
    let mut documents = (shape == Shape::Json).then(json::Documents::default);
    for input in inputs {
        let edits = edited::of_input(input, config);
        each_report(input, config, files, |result| {
            if let Err(error) = &result {
                exit = exit.max(Exit::Failed);
                terminal::error(error, config.language)?;
            }
            result.iter().for_each(|report| warned.take(report));
            let shown = guarded(input, || match (&mut documents, &result) {
                (Some(documents), _) => documents.add(out, input, &result, &edit_texts(edits.as_ref())),
                (None, Ok(report)) => {
                    terminal::inspect::print(out, input, report, shape == Shape::Reasons, config.language)?;
                    edits.iter().try_for_each(|edits| terminal::inspect::edits(out, edits, config.language))
                }
                (None, Err(_)) => Ok(()),
            });
            shown.unwrap_or_else(|error| {
                exit = exit.max(Exit::Failed);
                terminal::error(&error, config.language)
            })
        })?;
    }
    documents.map_or(Ok(()), |documents| documents.end(out))?;
    warned.exit(exit, config.language)
}

/// Hands on the report of each agency of an input, or what is wrong with it or with the whole input.
fn each_report(
    input: &Path,
    config: &Config,
    files: &SettingFiles,
    mut then: impl FnMut(Result<Report, Error>) -> io::Result<()>,
) -> io::Result<()> {
    let read =
        settings::for_input(config, files, input).and_then(|settled| Ok((Input::read(input, &settled)?, settled)));
    let (read, settled) = match read {
        Ok(both) => both,
        Err(error) => return then(Err(error)),
    };
    match read.reports(&settled) {
        Ok(mut reports) => reports.try_for_each(then),
        Err(error) => then(Err(error)),
    }
}

fn edit_texts(edits: Option<&Edits>) -> Vec<json::EditText> {
    let text = |change: Change| json::EditText {
        kind: change.kind.name(),
        key: change.key,
        text: change.text,
        from: change.place.map(|place| place.to_string()),
    };
    edits.map(Edits::changes).unwrap_or_default().into_iter().map(text).collect()
}
