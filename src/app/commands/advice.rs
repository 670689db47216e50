//! `advice`: the texts of findings, recommendations and measures, printed or checked.

use std::io::{self, Write};

use crate::advice::BUILT_IN;
use crate::app::cli::AdviceCommand;
use crate::app::commands::{Exit, write_text};
use crate::app::terminal;
use crate::domain::language::Language;
use crate::settings;

pub(super) fn advice(command: &AdviceCommand, language: Language, out: &mut impl Write) -> io::Result<Exit> {
    match command {
        AdviceCommand::Export { output, force } => write_text(BUILT_IN, output.as_deref(), *force, language, out),
        AdviceCommand::Check { file } => {
            let checked = settings::read_advice(file)
                .and_then(|patch| settings::with_patch(None, Some(&patch), Some(file), None));
            match checked {
                Ok(_) => {
                    writeln!(out, "{}: {}", terminal::path(file), language.pick("ใช้ได้", "ok")).map(|()| Exit::Done)
                }
                Err(error) => terminal::error(&error, language).map(|()| Exit::Failed),
            }
        }
    }
}
