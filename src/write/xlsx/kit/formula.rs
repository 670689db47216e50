//! Formulas as the writer has them, each made once.

use std::sync::LazyLock;

use rust_xlsxwriter::Formula;

use crate::typeset::text_cache::TextCache;
use crate::write::xlsx::error::WorkbookError;

/// The most characters of a formula, in UTF-16 units.
pub(super) const FORMULA_TEXT: usize = 8_192;

/// A formula as the writer has it: it looks through each for functions to be prefixed, and most are met again.
pub(super) fn formula_of(text: &str) -> Result<Formula, WorkbookError> {
    static KNOWN: LazyLock<TextCache<Formula>> = LazyLock::new(TextCache::default);
    if let Some(known) = KNOWN.get(text) {
        return Ok(known);
    }
    let length = text.encode_utf16().count();
    if length > FORMULA_TEXT {
        let start = text.chars().take(60).collect();
        return Err(WorkbookError::Formula { length, most: FORMULA_TEXT, start });
    }
    let formula = Formula::new(text);
    KNOWN.insert(text, formula.clone());
    Ok(formula)
}
