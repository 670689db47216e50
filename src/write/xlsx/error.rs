//! Why a workbook could not be put together: the writer refused something, or a formula has nothing to refer to.

use rust_decimal::Decimal;
use rust_xlsxwriter::XlsxError;

use crate::framework::{Instrument, QuestionCode};
use crate::write::xlsx::figure_row::FigureRow;

/// Why a workbook could not be put together.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WorkbookError {
    /// The spreadsheet writer refused a cell, a chart or the whole.
    #[error(transparent)]
    Writer(#[from] XlsxError),
    /// The finished workbook could not be packed again.
    #[error(transparent)]
    Zip(#[from] zip::result::ZipError),
    /// Likewise.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// A question that the framework does not have: a formula about it would point at another row.
    #[error("question {0} is none of the framework's")]
    NoQuestion(QuestionCode),
    /// A figure that the framework or the assessment does not have, likewise.
    #[error("{0} is none of the framework's figures")]
    NoFigure(FigureRow),
    /// An instrument that the framework does not describe.
    #[error("the framework does not describe {0}")]
    NoInstrument(Instrument),
    /// The plan says nothing about an instrument of an issue.
    #[error("the plan has no text about {instrument} in issue {issue}")]
    NoText {
        /// The issue's number.
        issue: u8,
        /// The instrument.
        instrument: Instrument,
    },
    /// A number that a cell cannot hold.
    #[error("{0} cannot be written as a number")]
    Number(Decimal),
    /// More rows or columns than can be counted.
    #[error("{0} rows or columns are more than a sheet has")]
    Count(usize),
    /// A formula is longer than Excel reads.
    #[error("a formula of {length} characters is longer than the {most} that Excel reads: {start}…")]
    Formula {
        /// Its length in UTF-16 units.
        length: usize,
        /// The most there may be.
        most: usize,
        /// How it begins.
        start: String,
    },
    /// A time of making that a workbook cannot hold.
    #[error("{0} seconds since 1970 are no time that a workbook can hold")]
    Created(u64),
}

/// How many rows so many things take up.
pub(in crate::write::xlsx) fn row_count(things: usize) -> Result<u32, WorkbookError> {
    u32::try_from(things).map_err(|_| WorkbookError::Count(things))
}

/// How many columns so many things take up.
pub(in crate::write::xlsx) fn column_count(things: usize) -> Result<u16, WorkbookError> {
    u16::try_from(things).map_err(|_| WorkbookError::Count(things))
}
