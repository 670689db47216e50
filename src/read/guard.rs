//! A panic of a parser becomes that file's error.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::error::{Breakdown, Cause};

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread runs a parser whose panic is caught: a panic hook need not print anything then.
pub fn is_guarded() -> bool {
    GUARDED.get()
}

/// Runs a parser. A panic of it is returned as an error.
pub(super) fn guard<T>(parse: impl FnOnce() -> Result<T, Cause>) -> Result<T, Cause> {
    let outer = GUARDED.replace(true);
    let result = catch_unwind(AssertUnwindSafe(parse));
    GUARDED.set(outer);
    result.unwrap_or_else(|panic| {
        let words = panic.downcast_ref::<&str>().map(|words| (*words).to_owned());
        let words = words.or_else(|| panic.downcast_ref::<String>().cloned());
        Err(Cause::Parser(Breakdown::Panic(words.unwrap_or_default())))
    })
}
