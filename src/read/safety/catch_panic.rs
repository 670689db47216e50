//! A panic of what is done with one input becomes that input's error, and the others go on.
//!
//! Parsers are run so on each file's bytes, and what this program itself does with the cells: see [`crate::Input`].

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::error::{Breakdown, Cause};

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread does something whose panic is caught: a panic hook need not print anything then.
pub fn is_guarded() -> bool {
    GUARDED.get()
}

/// Runs a parser. A panic of it is returned as an error.
pub(crate) fn parser<T>(parse: impl FnOnce() -> Result<T, Cause>) -> Result<T, Cause> {
    caught(parse).unwrap_or_else(|words| Err(Cause::Parser(Breakdown::Panic(words))))
}

/// Runs a part of this program on one input. A panic of it is returned as an error.
///
/// Whatever `work` was changing when it panicked must not be used again.
pub(crate) fn program<T>(work: impl FnOnce() -> Result<T, Cause>) -> Result<T, Cause> {
    caught(work).unwrap_or_else(|words| Err(Cause::Program(words)))
}

/// What `work` returns, or what it says when it panics.
fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    let outer = GUARDED.replace(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(outer);
    result.map_err(|panic| {
        let words = panic.downcast_ref::<&str>().map(|words| (*words).to_owned());
        words.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
    })
}

#[cfg(test)]
#[allow(clippy::panic, reason = "panics are what is caught here")]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error_with_its_words() {
        let result: Result<(), Cause> = program(|| {
            assert!(is_guarded());
            panic!("row {}", 7)
        });
        assert!(matches!(result, Err(Cause::Program(words)) if words == "row 7"));
        let result: Result<(), Cause> = parser(|| panic!("no cell"));
        assert!(matches!(result, Err(Cause::Parser(Breakdown::Panic(words))) if words == "no cell"));
        assert!(!is_guarded());
    }

    #[test]
    fn one_guard_inside_another_leaves_it_on() {
        let result = program(|| {
            let inner: Result<(), Cause> = parser(|| panic!("inside"));
            assert!(is_guarded() && inner.is_err());
            Ok(7)
        });
        assert_eq!(result.ok(), Some(7));
    }
}
