//! The command line in Thai: its help, and what is wrong with arguments, from `help.toml`.

use std::ffi::OsString;
use std::sync::OnceLock;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command};
use indexmap::IndexMap;
use serde::Deserialize;

use crate::domain::embedded::{self, embedded};

/// `help.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Help {
    labels: Labels,
    headings: IndexMap<String, String>,
    commands: IndexMap<String, String>,
    after: IndexMap<String, String>,
    arguments: IndexMap<String, String>,
    values: IndexMap<String, String>,
    errors: IndexMap<String, String>,
    reasons: IndexMap<String, String>,
}

/// Words around what commands and arguments have of their own.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Labels {
    usage: String,
    options: String,
    command: String,
    commands: String,
    arguments: String,
    general: String,
    default: String,
    values: String,
    error: String,
    more: String,
    suggestion: String,
}

fn help() -> &'static Help {
    static HELP: OnceLock<Help> = OnceLock::new();
    HELP.get_or_init(|| embedded::read(embedded!("app/cli/help")))
}

/// The command and all its subcommands with Thai help; what has no Thai keeps its English.
pub(super) fn localised(mut command: Command) -> Command {
    // Only then is there a `help` to speak Thai.
    command.build();
    let usage = usage(&mut command);
    of_command(command, "", usage)
}

/// How a command is used, with Thai words for what stands for something.
fn usage(command: &mut Command) -> String {
    let labels = &help().labels;
    let usage = command.render_usage().to_string();
    let usage = usage.strip_prefix("Usage: ").unwrap_or(&usage);
    usage
        .replace("[OPTIONS]", &labels.options)
        .replace("<COMMAND>", &labels.command)
        .replace("[COMMAND]", &labels.command)
}

fn of_command(command: Command, path: &str, usage: String) -> Command {
    let (help, labels) = (help(), &help().labels);
    let mut command = command
        .override_usage(usage)
        .subcommand_help_heading(labels.commands.as_str())
        .help_template(format!("{{about-with-newline}}\n{} {{usage}}\n\n{{all-args}}{{after-help}}\n", labels.usage));
    if let Some(about) = help.commands.get(path) {
        command = command.about(about.as_str()).long_about(None::<&str>);
    }
    if command.get_after_help().is_some() {
        let words = help.after.get(path).or_else(|| help.after.get(""));
        command = words.into_iter().fold(command, |command, words| command.after_help(words.as_str()));
    }
    command = command.mut_args(|argument| of_argument(argument, path));
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for name in names {
        let path = if path.is_empty() || name == "help" { name.clone() } else { format!("{path} {name}") };
        command = command.mut_subcommand(&name, |mut sub| {
            let usage = self::usage(&mut sub);
            of_command(sub, &path, usage)
        });
    }
    command
}

fn of_argument(argument: Arg, path: &str) -> Arg {
    let (help, labels) = (help(), &help().labels);
    let id = argument.get_id().to_string();
    let own = |id: &str| help.arguments.get(&format!("{path}.{id}")).or_else(|| help.arguments.get(id)).cloned();
    let heading: Option<&'static str> = match argument.get_help_heading() {
        Some(heading) => help.headings.get(heading).map(String::as_str),
        None if argument.is_positional() => Some(&labels.arguments),
        None => Some(&labels.general),
    };
    let argument = match heading {
        Some(heading) => argument.help_heading(heading),
        None => argument,
    };
    let Some(mut text) = own(&id) else { return argument };
    let values: Vec<String> = argument.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    // A flag that takes no value has `true` and `false`.
    if argument.get_action().takes_values() && !values.is_empty() {
        let meaning = |value: &String| match help.values.get(&format!("{id}.{value}")) {
            Some(meaning) if !meaning.is_empty() => format!("{value} ({meaning})"),
            _ => value.clone(),
        };
        let list = values.iter().map(meaning).collect::<Vec<_>>().join(", ");
        text = format!("{text} [{}: {list}]", labels.values);
    }
    let defaults: Vec<String> =
        argument.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
    if argument.get_action().takes_values() && !defaults.is_empty() {
        text = format!("{text} [{}: {}]", labels.default, defaults.join(", "));
    }
    argument.help(text).long_help(None::<&str>).hide_possible_values(true).hide_default_value(true)
}

/// What is wrong with the arguments, in Thai.
pub(super) fn error(error: &clap::Error, program: &str) -> String {
    let (help, labels) = (help(), &help().labels);
    let context = |kind| error.get(kind).map(words_of).filter(|words| !words.is_empty());
    let argument = context(ContextKind::InvalidArg);
    let (name, other) = match error.kind() {
        ErrorKind::UnknownArgument => ("unknown-argument", None),
        ErrorKind::InvalidSubcommand => ("unknown-command", None),
        ErrorKind::MissingSubcommand => ("missing-command", None),
        ErrorKind::MissingRequiredArgument => ("missing-argument", None),
        ErrorKind::NoEquals => ("no-equals", None),
        ErrorKind::TooManyValues => ("too-many-values", None),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => ("too-few-values", None),
        ErrorKind::InvalidUtf8 => ("not-text", None),
        ErrorKind::ArgumentConflict => match context(ContextKind::PriorArg) {
            Some(prior) if Some(&prior) == argument.as_ref() => ("twice", None),
            Some(prior) => ("conflict", Some(prior)),
            None => ("other", None),
        },
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let is_blank = context(ContextKind::InvalidValue).is_none();
            (if is_blank { "missing-value" } else { "invalid-value" }, None)
        }
        _ => ("other", None),
    };
    let said = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    let reason = help.reasons.iter().find(|(english, _)| said.contains(english.as_str())).map(|(_, thai)| thai);
    let valid = context(ContextKind::ValidValue).map(|values| format!("{}: {values}", labels.values));
    let reason = reason.cloned().or(valid).map(|reason| format!(" ({reason})")).unwrap_or_default();
    let words = [
        ("argument", argument.unwrap_or_default()),
        ("other", other.unwrap_or_default()),
        ("value", context(ContextKind::InvalidValue).unwrap_or_default()),
        ("command", context(ContextKind::InvalidSubcommand).unwrap_or_default()),
        ("reason", reason),
    ];
    let template = help.errors.get(name).map_or("", String::as_str);
    let text = filled(template, &words);
    let suggestions = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let suggestion = suggestions.into_iter().find_map(context);
    let suggestion =
        suggestion.map(|suggestion| format!("  {}\n", filled(&labels.suggestion, &[("suggestion", suggestion)])));
    let more = filled(&labels.more, &[("program", program.to_owned())]);
    format!("{} {text}\n{}\n{more}\n", labels.error, suggestion.unwrap_or_default())
}

/// That the name of a command stands behind an option, where it is taken for a file's.
pub(super) fn command_last(name: &str, program: &str) -> String {
    let labels = &help().labels;
    let template = help().errors.get("command-last").map_or("", String::as_str);
    let more = filled(&labels.more, &[("program", program.to_owned())]);
    format!("{} {}\n\n{more}\n", labels.error, filled(template, &[("command", name.to_owned())]))
}

fn filled(template: &str, words: &[(&str, String)]) -> String {
    words.iter().fold(template.to_owned(), |text, (name, word)| text.replace(&format!("{{{name}}}"), word))
}

fn words_of(value: &ContextValue) -> String {
    match value {
        ContextValue::String(word) => word.clone(),
        ContextValue::Strings(words) => words.join(", "),
        ContextValue::Number(number) => number.to_string(),
        ContextValue::StyledStr(text) => text.to_string(),
        ContextValue::StyledStrs(texts) => texts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        _ => String::new(),
    }
}

/// The language that the arguments ask for, before they are read: what is wrong with them is said in it.
pub(super) fn asked(arguments: impl Iterator<Item = OsString>) -> Option<String> {
    let mut arguments = arguments.map(|argument| argument.to_string_lossy().into_owned());
    while let Some(argument) = arguments.next() {
        if argument == "--lang" {
            return arguments.next();
        }
        if let Some(value) = argument.strip_prefix("--lang=") {
            return Some(value.to_owned());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::cli::Cli;
    use clap::CommandFactory;

    /// A command with all below it, by their words.
    fn all(command: &Command, path: &str) -> Vec<(String, Command)> {
        let below =
            command.get_subcommands().filter(|sub| !sub.is_hide_set() && sub.get_name() != "help").flat_map(|sub| {
                let path =
                    if path.is_empty() { sub.get_name().to_owned() } else { format!("{path} {}", sub.get_name()) };
                all(sub, &path)
            });
        [(path.to_owned(), command.clone())].into_iter().chain(below).collect()
    }

    #[test]
    fn every_command_argument_and_value_has_its_thai() {
        let help = help();
        for (path, command) in all(&Cli::command(), "") {
            assert!(help.commands.contains_key(&path), "no Thai for the command `{path}`");
            for argument in command.get_arguments() {
                let id = argument.get_id().as_str();
                let known = help.arguments.contains_key(&format!("{path}.{id}")) || help.arguments.contains_key(id);
                assert!(known, "no Thai for `{id}` of `{path}`");
                let values = argument.get_possible_values();
                for value in values.iter().filter(|_| argument.get_action().takes_values()) {
                    let key = format!("{id}.{}", value.get_name());
                    assert!(help.values.contains_key(&key), "no Thai for {key}");
                }
                if let Some(heading) = argument.get_help_heading() {
                    assert!(help.headings.contains_key(heading), "no Thai for the heading {heading}");
                }
            }
        }
    }

    #[test]
    fn thai_help_has_no_english_sentence() {
        for (path, command) in all(&localised(Cli::command()), "") {
            let text = command.clone().render_long_help().to_string();
            for line in text.lines().filter(|line| !line.contains("itasheet") && !line.contains("duckdb")) {
                let words =
                    line.split(' ').filter(|word| word.len() > 1 && word.bytes().all(|b| b.is_ascii_lowercase()));
                assert!(words.count() < 3, "`{path}`: {line}");
            }
        }
    }
}
