//! Arguments in, exit code out.

use std::process::ExitCode;

use itasheet::Language;
use itasheet::cli::{Cli, Environment};

fn main() -> ExitCode {
    // A parser's panic is reported as that file's error, in words for the user.
    let print = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !itasheet::guard::is_guarded() {
            print(panic);
        }
    }));
    let environment = Environment {
        language: sys_locale::get_locale().map_or_else(Language::default, |name| Language::of_locale(&name)),
        executable: std::env::current_exe().ok(),
        created: std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse().ok()),
        processors: std::thread::available_parallelism().map_or(1, usize::from),
    };
    match itasheet::run::run(Cli::read(), &environment) {
        Ok(exit) => ExitCode::from(exit.code()),
        // The reader of a pipe has gone away: nothing is wrong.
        Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("error: {e}");
            ExitCode::from(2)
        }
    }
}
