//! `profile`: a commented `profile.toml` to fill in.

use std::io::{self, Write};
use std::path::Path;

use crate::app::commands::{Exit, existing};
use crate::app::terminal;
use crate::domain::language::Language;
use crate::profile::TEMPLATE;
use crate::write::Target;

pub(super) fn init(file: &Path, force: bool, language: Language, out: &mut impl Write) -> io::Result<Exit> {
    let written = Target::prepare(file, existing(force)).and_then(|target| target.write(TEMPLATE.as_bytes()));
    match written {
        Ok(saved) => writeln!(out, "{}", terminal::path(&saved.path)).map(|()| Exit::Done),
        Err(error) => terminal::error(&error, language).map(|()| Exit::NotAttempted),
    }
}
