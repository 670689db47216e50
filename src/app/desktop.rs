//! A start from the desktop: by a double click, or by files dropped on the program. Its window closes with the program, so the
//! program ends only when what it says has been read.

use std::ffi::OsString;
use std::path::Path;

use crate::app::terminal;
use crate::domain::language::Language;
use crate::system::console;

/// How the program was started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// By a command, of a person or of another program.
    Command,
    /// By a double click on the program.
    DoubleClick,
    /// By files or folders dropped on the program.
    Dropped,
}

impl Start {
    /// How this process was started.
    pub fn of_process() -> Self {
        let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
        Self::of(&arguments, console::is_own())
    }

    /// What is dropped comes as whole paths and nothing else, in a window made for it. A command that has a window for itself,
    /// as a task of the system's timetable may have, is told by its other arguments: nobody would press a key there.
    fn of(arguments: &[OsString], has_own_console: bool) -> Self {
        match arguments {
            _ if !has_own_console => Self::Command,
            [] => Self::DoubleClick,
            paths if paths.iter().all(|path| Path::new(path).is_absolute()) => Self::Dropped,
            _ => Self::Command,
        }
    }

    /// The window of a start from the desktop.
    pub fn window(self, language: Language) -> Option<Window> {
        // Made only where there is one: it waits when it is dropped.
        (self != Self::Command).then(|| Window { language })
    }
}

/// A window that closes with the program: it stays until a key has been pressed, also after a panic.
#[derive(Debug)]
pub struct Window {
    language: Language,
}

impl Window {
    /// Lets it close with the program: what was to be read stood in the browser.
    pub fn close(self) {
        std::mem::forget(self);
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        terminal::desktop::wait_for_key(self.language);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_start_is_told_by_its_window_and_its_arguments() {
        let root = std::env::temp_dir();
        let file = root.join("คะแนน 1.xlsx").to_string_lossy().into_owned();
        let folder = root.to_string_lossy().into_owned();
        for (arguments, has_own_console, start) in [
            (vec![], true, Start::DoubleClick),
            (vec![], false, Start::Command),
            (vec![file.as_str()], true, Start::Dropped),
            (vec![file.as_str(), folder.as_str()], true, Start::Dropped),
            (vec![file.as_str()], false, Start::Command),
            (vec!["convert", file.as_str()], true, Start::Command),
            (vec![file.as_str(), "--force"], true, Start::Command),
            (vec!["scores.xlsx"], true, Start::Command),
        ] {
            let given: Vec<OsString> = arguments.iter().map(OsString::from).collect();
            assert_eq!(Start::of(&given, has_own_console), start, "{arguments:?} {has_own_console}");
        }
    }
}
