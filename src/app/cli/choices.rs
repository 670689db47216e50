//! Choices among a few words, as the command line names them.

use clap::ValueEnum;

use crate::domain::digits::Digits;
use crate::plan::Amount;

/// Which digits to write with.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum DigitsArg {
    /// Thai in titles, indicators and dates, Arabic in tables of questions
    Report,
    /// Thai everywhere
    Thai,
    /// Arabic everywhere
    Arabic,
}

impl From<DigitsArg> for Digits {
    fn from(digits: DigitsArg) -> Self {
        match digits {
            DigitsArg::Report => Self::Report,
            DigitsArg::Thai => Self::Thai,
            DigitsArg::Arabic => Self::Arabic,
        }
    }
}

/// How many measures an issue gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MeasuresArg {
    /// The least that answers what falls short
    Few,
    /// Two to four an issue, the rest in a second phase
    Usual,
    /// Everything that something calls for, in one phase
    All,
}

impl From<MeasuresArg> for Amount {
    fn from(measures: MeasuresArg) -> Self {
        match measures {
            MeasuresArg::Few => Self::Few,
            MeasuresArg::Usual => Self::Usual,
            MeasuresArg::All => Self::All,
        }
    }
}
