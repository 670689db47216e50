//! Arguments in, exit code out.

use std::process::ExitCode;

use itasheet::Language;
use itasheet::app::cli::{Cli, Environment};
use itasheet::app::commands;
use itasheet::app::commands::Exit;
use itasheet::app::desktop::Start;

fn main() -> ExitCode {
    let environment = Environment {
        language: sys_locale::get_locale().map_or_else(Language::default, |name| Language::of_locale(&name)),
        executable: std::env::current_exe().ok(),
        created: std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse().ok()),
        processors: std::thread::available_parallelism().map_or(1, usize::from),
    };
    let language = environment.language;
    commands::report_panics(language);
    let start = Start::of_process();
    // Until the end, whatever it is.
    let window = start.window(language);
    let ended = match start {
        Start::DoubleClick => commands::open_page(&environment),
        Start::Command | Start::Dropped => commands::run(Cli::read(language), &environment),
    };
    let is_over = start == Start::DoubleClick && matches!(ended, Ok(Exit::Done));
    let code = match ended {
        Ok(exit) => ExitCode::from(exit.code()),
        // The reader of a pipe has gone away: nothing is wrong.
        Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(e) => {
            commands::say_broken_output(&e, language);
            ExitCode::from(2)
        }
    };
    if let Some(window) = window.filter(|_| is_over) {
        window.close();
    }
    code
}
