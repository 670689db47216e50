//! The texts: complete, written as their rules say, broken over lines where they may be.

mod breaks;
mod laws;
mod style;
mod texts;
mod titles;
