//! Where something stands in an input, and how a message says so.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use crate::domain::cell_ref::CellRef;
use crate::domain::thai;

/// A cell of the input.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The sheet's name.
    pub sheet: Arc<str>,
    /// The cell on it.
    pub cell: CellRef,
}

/// The most characters of a text from a file that a message shows.
const MOST_SHOWN: usize = 120;

/// A text cleaned and cut to what a message can show.
pub(crate) fn shortened(text: &str) -> String {
    let clean = thai::clean(text);
    match clean.char_indices().nth(MOST_SHOWN).and_then(|(end, _)| clean.get(..end)) {
        Some(head) => format!("{head}…"),
        None => clean,
    }
}

/// Names the first few of some cells: the sheet once, then addresses.
pub(crate) fn place_list(places: &[Place]) -> String {
    const SHOWN: usize = 6;
    let mut text = String::new();
    let mut sheet: Option<&str> = None;
    for place in places.iter().take(SHOWN) {
        if !text.is_empty() {
            text.push_str(", ");
        }
        if sheet == Some(&place.sheet) {
            text.push_str(&place.cell.to_string());
        } else {
            text.push_str(&format!("{}!{}", sheet_name(&place.sheet), place.cell));
            sheet = Some(&place.sheet);
        }
    }
    if places.len() > SHOWN {
        text.push_str(&format!(" … (+{})", places.len() - SHOWN));
    }
    text
}

/// A sheet's name as it is; one that is longer than Excel allows is cut where it would hide the message.
fn sheet_name(name: &str) -> Cow<'_, str> {
    if name.chars().nth(MOST_SHOWN).is_none() { Cow::Borrowed(name) } else { Cow::Owned(shortened(name)) }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}!{}", self.sheet, self.cell)
    }
}
