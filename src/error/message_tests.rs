//! A hint names flags of the commands that can give it, or says of which command a flag is.

use std::collections::BTreeSet;
use std::io;
use std::iter::once;

use clap::{Command, CommandFactory};

use super::super::ErrorKind;
use super::super::{Breakdown, Cause, Content, Quantity};
use crate::advice::AdviceError;
use crate::app::cli::Cli;
use crate::domain::language::Language;
use crate::finding::{Finding, FindingCode};
use crate::framework::{FrameworkError, OtherAssessment};

/// The commands that read inputs; an input's error comes of any of them.
const READING: [&str; 5] = ["convert", "inspect", "batch", "overview", "export"];

/// The commands that show findings, or write workbooks and run files that do.
const FINDING: [&str; 3] = ["convert", "inspect", "batch"];

/// One error of each kind.
fn causes() -> Vec<Cause> {
    let text = String::new;
    let refused = || io::Error::from(io::ErrorKind::PermissionDenied);
    let mut causes = vec![
        Cause::NotFound,
        Cause::Folder,
        Cause::Unreadable(refused()),
        Cause::Empty,
        Cause::LockFile,
        Cause::EarlierVersion,
        Cause::NoEdits,
        Cause::RowTooFar { row: 2, last: 1 },
        Cause::DamagedRunFile(text()),
        Cause::DamagedRecord { detail: text(), kept: text(), usable: 1 },
        Cause::Program(text()),
        Cause::TookTooLong { seconds: 1 },
        Cause::TookTooMuchMemory { megabytes: 1 },
        Cause::ReaderEnded(text()),
        Cause::ChangedWhileRead,
        Cause::OwnWorkbook,
        Cause::InUse,
        Cause::NotWorkbook { found: Content::Pdf },
        Cause::OtherFormat { found: Content::Sylk },
        Cause::Encrypted,
        Cause::Damaged(text()),
        Cause::OtherAssessment { assessment: &OtherAssessment::all()[0], places: text() },
        Cause::NoCodes { sheets: 1, cells: 1 },
        Cause::FewCodes { count: 1, places: text() },
        Cause::NoScores { places: text(), columns: Vec::new() },
        Cause::Uncalculated { count: 59, places: text() },
        Cause::RawAnswers { count: 20 },
        Cause::NoSheet { wanted: text(), names: text() },
        Cause::NoAgency { wanted: text(), count: 2, first: Vec::new() },
        Cause::OfAgency { agency: text(), cause: Box::new(Cause::NoScores { places: text(), columns: Vec::new() }) },
        Cause::NoIndicator { number: 11, framework: text() },
        Cause::UnknownYear { year: 2560, known: text() },
        Cause::WrongYear { year: 2568, named: text(), other: 2567, codes: text() },
        Cause::WrongYearByTitles { year: 2567, named: text(), other: 2568, codes: text() },
        Cause::Draft { year: 2568 },
        Cause::Framework(FrameworkError::Schema(2)),
        Cause::Advice(AdviceError::Schema(2)),
        Cause::Settings(text()),
        Cause::OutputExists,
        Cause::OutputIsInput,
        Cause::OutputNotXlsx,
        Cause::OutputNotReport,
        Cause::OutputNotAlone,
        Cause::NoOffice,
        Cause::NetworkNotOffered,
        Cause::PageNotStarted(refused()),
        Cause::Office("x".to_owned()),
        Cause::OutputNotDocument,
        Cause::NoFollowUp,
        Cause::OutputNotRows { expected: vec![".csv"] },
        Cause::SeveralAgencies { agencies: 2 },
        Cause::OutputOpen,
        Cause::OutputKept,
        Cause::RunInProgress,
        Cause::NothingFound,
        Cause::BrokenOff(refused()),
        Cause::Unwritable(refused()),
        Cause::Workbook(text()),
        Cause::Document(text()),
        Cause::Parser(Breakdown::Memory(1)),
        Cause::Parser(Breakdown::Time(1)),
    ];
    causes.extend(Quantity::ALL.map(|what| Cause::TooLarge { what, found: 2, limit: 1 }));
    causes
}

/// The commands that an error can come of.
fn commands(cause: &Cause) -> Vec<&'static str> {
    match cause {
        Cause::NotFound
        | Cause::Folder
        | Cause::Unreadable(_)
        | Cause::Empty
        | Cause::LockFile
        | Cause::EarlierVersion
        | Cause::RowTooFar { .. }
        | Cause::Program(_)
        | Cause::InUse
        | Cause::NotWorkbook { .. }
        | Cause::OtherFormat { .. }
        | Cause::Encrypted
        | Cause::TooLarge { .. }
        | Cause::Damaged(_)
        | Cause::OtherAssessment { .. }
        | Cause::NoCodes { .. }
        | Cause::FewCodes { .. }
        | Cause::NoScores { .. }
        | Cause::Uncalculated { .. }
        | Cause::RawAnswers { .. }
        | Cause::WrongYear { .. }
        | Cause::WrongYearByTitles { .. }
        | Cause::NoSheet { .. }
        | Cause::OfAgency { .. }
        | Cause::Parser(_) => READING.to_vec(),
        Cause::NoEdits => vec!["convert"],
        // Nobody else is asked for an agency or an indicator.
        Cause::NoAgency { .. } | Cause::NoIndicator { .. } => vec!["convert", "inspect"],
        Cause::UnknownYear { .. } => READING.into_iter().chain(["template", "framework show"]).collect(),
        Cause::Framework(_) => READING.into_iter().chain(["framework check"]).collect(),
        Cause::Advice(_) | Cause::Settings(_) => READING.into_iter().chain(["advice check"]).collect(),
        Cause::OutputExists => vec!["convert", "overview", "export", "template", "profile init"],
        Cause::OutputIsInput
        | Cause::OutputNotReport
        | Cause::OutputNotAlone
        | Cause::OutputNotDocument
        | Cause::NoFollowUp
        | Cause::SeveralAgencies { .. } => {
            vec!["convert"]
        }
        Cause::Draft { .. } => vec!["convert", "batch"],
        Cause::OutputNotXlsx => vec!["overview", "template"],
        Cause::OutputNotRows { .. } => vec!["export"],
        Cause::OutputOpen | Cause::Unwritable(_) | Cause::Workbook(_) => {
            vec!["convert", "batch", "overview", "export", "template", "profile init"]
        }
        Cause::Document(_) | Cause::NoOffice | Cause::Office(_) => vec!["convert", "batch"],
        // A program without the page has no such command.
        Cause::NetworkNotOffered | Cause::PageNotStarted(_) if !cfg!(feature = "serve") => Vec::new(),
        Cause::NetworkNotOffered | Cause::PageNotStarted(_) => vec!["serve"],
        Cause::OutputKept | Cause::RunInProgress | Cause::BrokenOff(_) => vec!["batch"],
        Cause::DamagedRunFile(_) => vec!["batch", "overview"],
        Cause::DamagedRecord { .. }
        | Cause::TookTooLong { .. }
        | Cause::TookTooMuchMemory { .. }
        | Cause::ReaderEnded(_)
        | Cause::ChangedWhileRead
        | Cause::OwnWorkbook => vec!["batch"],
        Cause::NothingFound => vec!["batch", "overview", "export"],
    }
}

/// A command by its words, such as `profile init`.
fn command(words: &str) -> Command {
    let root = Cli::command();
    let found = words.split(' ').try_fold(&root, |command, word| command.find_subcommand(word));
    found.unwrap_or_else(|| panic!("there is no command `{words}`")).clone()
}

/// The flags of a command, with their dashes.
fn flags(command: &Command) -> BTreeSet<String> {
    let long = command.get_arguments().filter_map(|argument| argument.get_long().map(|name| format!("--{name}")));
    let short = command.get_arguments().filter_map(|argument| argument.get_short().map(|name| format!("-{name}")));
    long.chain(short).collect()
}

/// The flags that a text names.
fn named(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| c.is_whitespace() || "`()\",;".contains(c));
    words.map(|word| word.trim_end_matches('.')).filter(|word| {
        let name = word.strip_prefix("--").or(word.strip_prefix('-').filter(|name| name.len() == 1));
        name.is_some_and(|name| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'))
    })
}

/// Asserts that the flags of a text are those of all these commands, and those behind `itasheet COMMAND` that command's.
fn check(text: &str, commands: &[&str]) {
    let mut parts = text.split("itasheet ");
    for (flag, words) in
        named(parts.next().unwrap()).flat_map(|flag| commands.iter().map(move |command| (flag, command)))
    {
        assert!(flags(&command(words)).contains(flag), "`{words}` has no {flag}: {text}");
    }
    for part in parts {
        let root = Cli::command();
        let mut found_command = &root;
        for word in part.split([' ', '`']) {
            let Some(found) = found_command.find_subcommand(word) else { break };
            found_command = found;
        }
        assert_ne!(found_command.get_name(), root.get_name(), "no command: {text}");
        for flag in named(part) {
            assert!(flags(found_command).contains(flag), "`{}` has no {flag}: {text}", found_command.get_name());
        }
    }
}

#[test]
fn a_hint_of_an_error_names_flags_that_its_command_has() {
    for cause in causes() {
        for language in [Language::Thai, Language::English] {
            let commands = commands(&cause);
            check(cause.hint(language), &commands);
            check(&cause.message(language), &commands);
        }
    }
}

#[test]
fn a_hint_of_a_finding_names_flags_that_its_command_has() {
    for code in FindingCode::all() {
        // Last year's file is named to `convert` alone.
        let commands = if code == FindingCode::PreviousAgencyDiffers { vec!["convert"] } else { FINDING.to_vec() };
        let finding = Finding::new(code, "");
        for language in [Language::Thai, Language::English] {
            check(&finding.hint(language), &commands);
            check(&finding.message(language), &commands);
        }
    }
}

#[test]
fn a_flag_that_a_command_has_not_is_found_in_a_text() {
    let fails = |text: &'static str| std::panic::catch_unwind(|| check(text, &["batch"])).is_err();
    assert!(fails("give it with --agency"));
    assert!(fails("give it with `itasheet template --agency`"));
    assert!(fails("see `itasheet nothing`"));
    assert!(!fails("give it with `itasheet convert --agency \"NAME\"`, or -o and --force (`itasheet advice export`)"));
    let all: Vec<&str> = once("a").chain(named("--max-cells, (-o) --x=1 - -- -5 i1-i3")).collect();
    assert_eq!(all, ["a", "--max-cells", "-o"]);
}

#[test]
fn every_error_has_its_texts_and_every_word_in_braces_is_filled_in() {
    let codes: BTreeSet<&str> = causes().iter().map(Cause::code).collect();
    let listed: Vec<ErrorKind> = Cause::kinds(Language::English).chain(Cause::kinds(Language::Thai)).collect();
    assert_eq!(listed.iter().map(|kind| kind.code).collect::<BTreeSet<_>>(), codes);
    for kind in &listed {
        assert!(kind.message.len() > 8 && kind.hint.len() > 8, "{kind:?}");
    }
    for cause in causes() {
        for language in [Language::Thai, Language::English] {
            let words: Vec<&str> = cause.words(language).into_iter().map(|(word, _)| word).collect();
            let Some(kind) = Cause::kinds(language).find(|kind| kind.code == cause.code()) else { panic!("{cause}") };
            let wanted: BTreeSet<&str> =
                kind.message.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0)).collect();
            assert_eq!(wanted, words.into_iter().collect(), "{}", kind.code);
        }
    }
}

#[test]
fn braces_of_a_file_stay_in_a_message() {
    let cause = Cause::NoSheet { wanted: "{names}".to_owned(), names: "{wanted}".to_owned() };
    assert_eq!(cause.to_string(), "there is no sheet `{names}`; the workbook has: {wanted}");
}
