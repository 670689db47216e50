//! The figures above the questions.

use std::fmt;

use crate::framework::Instrument;

/// A line of the block of figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum FigureRow {
    Indicator(u8),
    Instrument(Instrument),
    Total,
}

impl fmt::Display for FigureRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Indicator(number) => write!(f, "indicator {number}"),
            Self::Instrument(instrument) => instrument.fmt(f),
            Self::Total => f.write_str("the total"),
        }
    }
}
