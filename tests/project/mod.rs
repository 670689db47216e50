//! The project itself: its documents and its structure.

mod imports;
mod readme;
mod reference;
mod structure;
