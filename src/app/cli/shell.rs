//! What shells and the `man` program are told, made from the command line itself.

use std::io::{self, Write};

use clap::{Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;

use crate::app::cli::Cli;

/// The program's name, as it is typed.
const NAME: &str = env!("CARGO_PKG_NAME");

/// Writes the file with which a shell completes commands, options and their values.
///
/// # Errors
/// When the output cannot be written to.
pub(crate) fn completions(shell: Shell, out: &mut impl Write) -> io::Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut shown(), NAME, &mut script);
    out.write_all(&script)
}

/// Writes the manual page: the program, and behind it each of its commands.
///
/// # Errors
/// When the output cannot be written to.
pub(crate) fn manual(out: &mut impl Write) -> io::Result<()> {
    let command = shown();
    let mut page = Vec::new();
    Man::new(command.clone()).render(&mut page)?;
    let last = |sub: &Command| {
        if sub.has_subcommands() { sub.get_subcommands().cloned().collect() } else { vec![sub.clone()] }
    };
    for sub in command.get_subcommands().flat_map(last).filter(|sub| sub.get_name() != "help") {
        let name = sub.get_display_name().unwrap_or_default().replace('-', " ").to_uppercase();
        let man = Man::new(sub);
        let mut parts = Vec::new();
        man.render_synopsis_section(&mut parts)?;
        man.render_description_section(&mut parts)?;
        man.render_options_section(&mut parts)?;
        writeln!(page, ".SH \"{name}\"")?;
        // Sections of its own would stand beside those of the program.
        page.extend(String::from_utf8_lossy(&parts).replace(".SH ", ".SS ").bytes());
    }
    out.write_all(&page)
}

/// The command line as people see it: what the program says to itself is no part of it.
fn shown() -> Command {
    let all = Cli::command();
    let mut command = Command::new(NAME)
        .version(env!("CARGO_PKG_VERSION"))
        .about(all.get_about().cloned().unwrap_or_default())
        .after_help(all.get_after_help().cloned().unwrap_or_default())
        .args_conflicts_with_subcommands(true)
        .disable_help_subcommand(true)
        .args(all.get_arguments().cloned())
        .subcommands(all.get_subcommands().filter(|command| !command.is_hide_set()).cloned());
    command.build();
    command
}
