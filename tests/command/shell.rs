//! What shells and the `man` program are told is what the command line is.

use clap::CommandFactory;
use itasheet::app::cli::Cli;

use crate::support::TestEnv;

/// What a command prints, and nothing besides.
fn printed(env: &TestEnv, args: &[&str]) -> String {
    let run = env.expect(0, args);
    assert_eq!(run.stderr, "");
    run.stdout
}

#[test]
fn completions_and_manual_name_every_command_and_flag_and_nothing_hidden() {
    let env = TestEnv::new();
    let mut texts: Vec<(String, String)> = ["bash", "elvish", "fish", "powershell", "zsh"]
        .map(|shell| (shell.to_owned(), printed(&env, &["completions", shell])))
        .into();
    // A hyphen that is one has a backslash before it there.
    texts.push(("man".to_owned(), printed(&env, &["man"]).replace("\\-", "-")));
    let root = Cli::command();
    for (name, text) in &texts {
        for command in root.get_subcommands() {
            let named = text.contains(command.get_name());
            assert_eq!(named, !command.is_hide_set(), "{name}: {}", command.get_name());
            let shown = command.get_arguments().filter(|argument| !argument.is_hide_set());
            let flags = shown.filter_map(|argument| argument.get_long());
            for flag in flags.filter(|_| !command.is_hide_set()) {
                assert!(text.contains(flag), "{name}: {} --{flag}", command.get_name());
            }
        }
    }
}
