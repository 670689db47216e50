//! `profile`: a commented `profile.toml` to fill in.

use std::io::{self, Write};
use std::path::Path;

use crate::app::commands::{Exit, write_text};
use crate::domain::language::Language;
use crate::profile::TEMPLATE;

pub(super) fn init(file: &Path, force: bool, language: Language, out: &mut impl Write) -> io::Result<Exit> {
    write_text(TEMPLATE, Some(file), force, language, out)
}
