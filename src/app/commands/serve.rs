//! `serve`: the page in the browser, until it is ended.

use std::io::{self, Write};

use crate::app::cli::Environment;
use crate::app::cli::ServeArgs;
use crate::app::commands::Exit;
use crate::app::terminal;
use crate::serve;

pub(super) fn serve(args: ServeArgs, environment: &Environment, out: &mut impl Write) -> io::Result<Exit> {
    let (options, config, language) = args.into_options(environment);
    let served = serve::run(&options, &config, &mut |started| terminal::serve::started(out, started, language));
    match served {
        Ok(()) => Ok(Exit::Done),
        Err(error) => terminal::error(&error, language).map(|()| Exit::NotAttempted),
    }
}
