//! `inspect --sketch`: a file's shape without its contents, to be sent to somebody who can tell why it was not read.

use std::io::{self, Write};
use std::path::PathBuf;

use crate::app::commands::Exit;
use crate::app::invocation::Invocation;
use crate::app::terminal;
use crate::error::Error;
use crate::read::safety::catch_panic;
use crate::read::{self, container_parts, load_file};
use crate::recognise::sketch::sketch;

pub(super) fn sketch_all(inputs: &[PathBuf], invocation: &Invocation, out: &mut impl Write) -> io::Result<Exit> {
    let mut exit = Exit::Done;
    for path in inputs {
        let bytes = match load_file(path, &invocation.config.read.limits) {
            Ok(bytes) => bytes,
            Err(error) => {
                terminal::error(&error, invocation.language)?;
                exit = exit.max(Exit::Failed);
                continue;
            }
        };
        let book = catch_panic::program(|| read::read_bytes(&bytes, &invocation.config.read));
        let source = book.as_ref().ok().map(|book| &book.source);
        terminal::sketch::head(out, path, bytes.len(), source, invocation.language)?;
        match &book {
            Ok(book) => {
                for (sheet, number) in sketch(book).iter().zip(1..) {
                    terminal::sketch::sheet(out, number, sheet, invocation.language)?;
                }
            }
            Err(cause) => terminal::sketch::unread(out, cause, &container_parts(&bytes), invocation.language)?,
        }
        if let Err(cause) = book {
            terminal::error(&Error::new(path, cause), invocation.language)?;
            exit = exit.max(Exit::Failed);
        }
    }
    Ok(exit)
}
