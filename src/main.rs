//! Arguments in, exit code out.

use std::process::ExitCode;

use clap::Parser;
use itasheet::Language;
use itasheet::cli::{Cli, Environment};

fn main() -> ExitCode {
    let environment = Environment {
        language: sys_locale::get_locale().map_or_else(Language::default, |name| Language::of_locale(&name)),
        created: std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse().ok()),
        processors: std::thread::available_parallelism().map_or(1, usize::from),
    };
    match itasheet::run::run(Cli::parse(), &environment) {
        Ok(exit) => ExitCode::from(exit.code()),
        // The reader of a pipe has gone away: nothing is wrong.
        Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("error: {e}");
            ExitCode::from(2)
        }
    }
}
