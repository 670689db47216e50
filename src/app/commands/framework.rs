//! `framework`: what each fiscal year asks, listed, printed or checked.

use std::io::{self, Write};

use crate::app::cli::FrameworkCommand;
use crate::app::commands::{Exit, write_text};
use crate::app::terminal;
use crate::domain::language::Language;
use crate::error::{Cause, Error};
use crate::framework::Framework;
use crate::settings;

pub(super) fn framework(command: &FrameworkCommand, language: Language, out: &mut impl Write) -> io::Result<Exit> {
    match command {
        FrameworkCommand::List => terminal::frameworks(out, language).map(|()| Exit::Done),
        FrameworkCommand::Show { year, output, force } => match Framework::text_of(*year) {
            Some(text) => write_text(text, output.as_deref(), *force, language, out),
            None => {
                let known: Vec<String> =
                    Framework::all_built_in().map(|framework| framework.year.to_string()).collect();
                let cause = Cause::UnknownYear { year: *year, known: known.join(", ") };
                terminal::error(&Error::new("framework show", cause), language).map(|()| Exit::NotAttempted)
            }
        },
        FrameworkCommand::Check { file } => match settings::read_framework(file) {
            Ok(checked) => writeln!(out, "{}: {} {}", terminal::path(file), checked, language.pick("ใช้ได้", "ok"))
                .map(|()| Exit::Done),
            Err(error) => terminal::error(&error, language).map(|()| Exit::Failed),
        },
    }
}
