//! What the README says is so: its commands run, its tables are complete.

use clap::CommandFactory;
use itasheet::app::cli::Cli;
use itasheet::assess::Status;

use crate::support::{TestEnv, project};

fn readme() -> String {
    std::fs::read_to_string(project().join("README.md")).unwrap()
}

/// The words of a command line, with double quotes around those that have spaces.
fn split(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[test]
fn every_example_command_runs() {
    let readme = readme();
    let commands: Vec<&str> = readme.lines().filter_map(|line| line.strip_prefix("$ itasheet ")).collect();
    assert!(commands.len() >= 8, "{commands:?}");
    let env = TestEnv::new();
    for (sample, name) in [("khok-muang-2567.xlsx", "scores.xlsx"), ("clean-2567.xlsx", "more.xlsx")] {
        std::fs::rename(env.sample(sample), env.path(name)).unwrap();
    }
    std::fs::create_dir(env.path("scores")).unwrap();
    std::fs::copy(env.path("more.xlsx"), env.path("scores/more.xlsx")).unwrap();
    let framework = env.expect(0, ["framework", "show", "2567"]).stdout;
    std::fs::write(env.path("my-framework.toml"), framework).unwrap();
    let csv = crate::support::formats::delimited(&crate::support::formats::cells(), ',');
    std::fs::write(env.path("scores.csv"), crate::support::formats::thai(&csv)).unwrap();
    std::fs::write(env.path("own.toml"), "[phrases.keep]\nOIT = \"ควรรักษามาตรฐานไว้\"\n").unwrap();
    for command in commands {
        let run = env.run(split(command));
        assert_eq!(run.code, 0, "{command}\n{}", run.stderr);
    }
}

#[test]
fn every_status_is_listed() {
    let readme = readme();
    for status in Status::ALL {
        assert!(readme.contains(&format!("| `{}` |", status.thai())), "{}", status.thai());
    }
}

#[test]
fn every_long_flag_named_in_the_readme_exists() {
    let root = Cli::command();
    let commands = root.get_subcommands().flat_map(|command| command.get_arguments());
    let help: Vec<String> = commands.filter_map(|flag| Some(format!("--{}", flag.get_long()?))).collect();
    let readme = readme();
    let body = readme.split("## By task").nth(1).unwrap().split("## How numbers").next().unwrap();
    for word in body.split([' ', '`', '\n', ',']).filter(|word| word.starts_with("--") && word.len() > 3) {
        assert!(help.iter().any(|flag| flag == word.trim_end_matches([')', '.', ';', ':'])), "{word}");
    }
}

#[test]
fn the_table_of_years_is_what_is_known_of_them() {
    let table = itasheet::app::reference::years::table(itasheet::Language::English);
    let head = table.lines().next().unwrap();
    let readme = readme();
    let (before, rest) = readme.split_once(head).expect("the head of the table");
    let rows: usize = 1 + rest.lines().skip(1).take_while(|line| !line.is_empty()).count();
    if std::env::var_os("ITASHEET_WRITE_REFERENCE").is_some() {
        let behind: Vec<&str> = rest.lines().skip(rows).collect();
        std::fs::write(project().join("README.md"), format!("{before}{table}{}\n", behind.join("\n"))).unwrap();
        return;
    }
    let standing: Vec<&str> = std::iter::once(head).chain(rest.lines().skip(1).take(rows - 1)).collect();
    assert_eq!(
        standing,
        table.lines().collect::<Vec<_>>(),
        "write it anew: ITASHEET_WRITE_REFERENCE=1 cargo test project"
    );
}

#[test]
fn the_readme_can_be_read_in_one_go() {
    let lines = readme().lines().count();
    assert!(lines <= 250, "{lines} lines: what is looked up belongs into the reference");
}
