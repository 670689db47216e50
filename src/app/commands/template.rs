//! `template`: a blank workbook to type or paste scores into.

use std::io::{self, Write};
use std::path::Path;

use crate::app::commands::{Exit, existing, is_workbook};
use crate::app::terminal;
use crate::domain::language::Language;
use crate::error::{Cause, Error};
use crate::framework::Framework;
use crate::write::Target;
use crate::write::xlsx::template;

pub(super) fn template(
    file: &Path,
    year: u16,
    force: bool,
    language: Language,
    out: &mut impl Write,
) -> io::Result<Exit> {
    let known = || Framework::all_built_in().map(|framework| framework.year.to_string()).collect::<Vec<_>>().join(", ");
    let framework =
        Framework::built_in(year).ok_or_else(|| Error::new(file, Cause::UnknownYear { year, known: known() }));
    let made = framework.and_then(|framework| {
        if !is_workbook(file) {
            return Err(Error::new(file, Cause::OutputNotXlsx));
        }
        let target = Target::prepare(file, existing(force))?;
        let bytes = template::make(framework);
        target.write(&bytes.map_err(|e| Error::new(file, Cause::Workbook(e.to_string())))?)
    });
    match made {
        Ok(saved) => writeln!(out, "{}", terminal::path(&saved.path)).map(|()| Exit::Done),
        Err(error) => terminal::error(&error, language).map(|()| Exit::NotAttempted),
    }
}
