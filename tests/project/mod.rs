//! The project itself: its documents and its structure.

mod readme;
mod reference;
mod structure;
