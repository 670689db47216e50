//! Errors: this input cannot be converted, or this output cannot be written.
//!
//! It takes what went wrong where, and gives a message and a remedy in either language and a stable code, all from
//! `catalogue.toml`. What can be converted but should be looked at is a [`crate::Finding`], not an error.

mod content;
mod detail;
mod message;
mod quantity;

use std::path::{Path, PathBuf};

pub use crate::error::content::Content;
pub use crate::error::message::ErrorKind;
pub use crate::error::quantity::{Breakdown, Quantity};

use crate::advice::AdviceError;
use crate::domain::language::{Language, Texts};
use crate::framework::{FrameworkError, OtherAssessment};

/// An error about one file: which one, what is wrong, what to do.
#[derive(Debug, thiserror::Error)]
#[error("{}: {cause}", path.display())]
pub struct Error {
    /// The file that the error is about.
    pub path: PathBuf,
    /// What is wrong with it.
    #[source]
    pub cause: Cause,
}

/// What is wrong with a file. The `Display` text is English; [`Cause::message`] gives either language,
/// from `catalogue.toml`.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message(Language::English))]
#[non_exhaustive]
pub enum Cause {
    /// There is no file of this name.
    NotFound,
    /// A folder was given where a file is expected.
    Folder,
    /// The operating system refused to read it.
    Unreadable(std::io::Error),
    /// The file has no bytes.
    Empty,
    /// A lock file that Excel or LibreOffice keeps beside an open workbook.
    LockFile,
    /// The earlier version of a workbook, kept when `--force` replaced it.
    EarlierVersion,
    /// A file whose edits are to be carried is no workbook of an agency that this program has written.
    NoEdits,
    /// Another program has the file open and lets nobody read it.
    InUse,
    /// The content is not that of a spreadsheet, nor a text or a web page with a table.
    NotWorkbook {
        /// What the content looks like.
        found: Content,
    },
    /// The content is a table in a format that is not read, but that spreadsheet programs do.
    OtherFormat {
        /// What the content is.
        found: Content,
    },
    /// The workbook is encrypted.
    Encrypted,
    /// A limit was passed; see [`crate::read::Limits`].
    TooLarge {
        /// What was measured.
        what: Quantity,
        /// How much there is, or is at least.
        found: u64,
        /// The limit.
        limit: u64,
    },
    /// A cell stands below the last row that a spreadsheet can have.
    RowTooFar {
        /// The cell's row, from 1.
        row: u64,
        /// The last row, from 1.
        last: u32,
    },
    /// The container or its XML is broken.
    Damaged(String),
    /// The codes are those of an assessment that this program does not know.
    OtherAssessment {
        /// Which assessment.
        assessment: &'static OtherAssessment,
        /// Where the codes stand.
        places: String,
    },
    /// No question code and no score was found anywhere.
    NoCodes {
        /// Sheets looked at.
        sheets: usize,
        /// Cells looked at.
        cells: usize,
    },
    /// A few cells look like question codes with scores, and nothing else speaks of an ITA result.
    FewCodes {
        /// How many.
        count: usize,
        /// Where they stand.
        places: String,
    },
    /// No question score could be read, though codes are there.
    NoScores {
        /// Where the codes stand.
        places: String,
        /// Columns with numbers that are no scores.
        columns: Vec<OtherColumn>,
    },
    /// Formulas stand where the scores or the codes should, and their results were never calculated.
    Uncalculated {
        /// How many.
        count: usize,
        /// Where they stand.
        places: String,
    },
    /// The rows are what each respondent answered, not agencies' scores.
    RawAnswers {
        /// How many rows of respondents there are.
        count: usize,
    },
    /// The sheet that was asked for is not there.
    NoSheet {
        /// The name that was asked for.
        wanted: String,
        /// The names that there are.
        names: String,
    },
    /// The agency that was asked for is not among those of the file.
    NoAgency {
        /// The name that was asked for.
        wanted: String,
        /// How many there are.
        count: usize,
        /// The first few names that there are.
        first: Vec<String>,
    },
    /// What is wrong with one agency of a file that has several.
    OfAgency {
        /// The agency's name.
        agency: String,
        /// What is wrong.
        #[source]
        cause: Box<Cause>,
    },
    /// A score was given for an indicator that there is not.
    NoIndicator {
        /// The number that was given.
        number: u8,
        /// The assessment.
        framework: String,
    },
    /// The sheet of the follow-up is not there, or nobody has filled in anything.
    NoFollowUp,
    /// There is no framework for the fiscal year.
    UnknownYear {
        /// Fiscal year, Buddhist era.
        year: u16,
        /// The years there are frameworks for.
        known: String,
    },
    /// The codes are not those of the year that the title or the user names, but all of another year's.
    WrongYear {
        /// The year that is named, Buddhist era.
        year: u16,
        /// What names it: a cell, or the flag.
        named: String,
        /// The year that the codes are of.
        other: u16,
        /// Codes that one of the years has and the other has not.
        codes: String,
    },
    /// The titles of the items are another year's, whatever the codes.
    WrongYearByTitles {
        /// The year that is named, Buddhist era.
        year: u16,
        /// What names it: a cell, or the flag.
        named: String,
        /// The year that the codes are of.
        other: u16,
        /// Codes that one of the years has and the other has not.
        codes: String,
    },
    /// A draft is not for publication: nobody has held the topics of the year's questions against its manual.
    Draft {
        /// Fiscal year, Buddhist era.
        year: u16,
    },
    /// A framework file of the user's own is not right.
    Framework(FrameworkError),
    /// An advice file of the user's own is not right.
    Advice(AdviceError),
    /// A profile, or a file that it names, cannot be used.
    Settings(String),
    /// The output is there already.
    OutputExists,
    /// The output would replace the input.
    OutputIsInput,
    /// The output's name does not end in .xlsx.
    OutputNotXlsx,
    /// The output's name ends neither in .xlsx nor in .docx.
    OutputNotReport,
    /// Several outputs were named, and there are several inputs, or a folder is among them.
    OutputNotAlone,
    /// The output's name does not end in .docx, the only kind in which the report on a plan's follow-up is written.
    OutputNotDocument,
    /// The output's name is not that of a format in which rows are written, or not of the one that was asked for.
    OutputNotRows {
        /// What it may end in.
        expected: Vec<&'static str>,
    },
    /// One file was named as the output of an input with several agencies.
    SeveralAgencies {
        /// How many there are.
        agencies: usize,
    },
    /// The output is open in another program.
    OutputOpen,
    /// The output is not one that this program wrote, or was changed since.
    OutputKept,
    /// Another run is writing to the output folder.
    RunInProgress,
    /// There is no spreadsheet in the folders that were given.
    NothingFound,
    /// The run file of another folder, or of this one where nothing may be written, holds what no run has written.
    DamagedRunFile(String),
    /// The run file or the journal of the folder held what no run has written; it was put aside.
    DamagedRecord {
        /// What is wrong with it.
        detail: String,
        /// The name under which it is kept.
        kept: String,
        /// How many entries could be read.
        usable: usize,
    },
    /// A worker process could not do its work.
    BrokenOff(std::io::Error),
    /// The operating system refused to write it.
    Unwritable(std::io::Error),
    /// The workbook could not be put together.
    Workbook(String),
    /// The Word document could not be put together.
    Document(String),
    /// The page was asked to listen on another address than one of this machine.
    NetworkNotOffered,
    /// The page in the browser could not be started.
    PageNotStarted(std::io::Error),
    /// LibreOffice, which makes PDFs, is not installed where it is looked for.
    NoOffice,
    /// LibreOffice did not make a PDF; what is known of the reason, or nothing.
    Office(String),
    /// A parser broke down on the file.
    Parser(Breakdown),
    /// In a run of many files: the file took longer than this many seconds.
    TookTooLong {
        /// The limit, in seconds.
        seconds: u64,
    },
    /// In a run of many files: the file took more memory than this.
    TookTooMuchMemory {
        /// The limit, in megabytes.
        megabytes: u64,
    },
    /// In a run of many files: the process that read the file ended; what the system says about that.
    ReaderEnded(String),
    /// The file, or the profile beside it, was changed while a run was reading it.
    ChangedWhileRead,
    /// A workbook that this program wrote was found where score files are looked for.
    OwnWorkbook,
    /// This program itself broke down on what the file says; its own words.
    Program(String),
}

/// A column of numbers that are no scores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherColumn {
    /// Its letters, or its row's number where codes stand in a row, and its header.
    pub name: String,
    /// What its numbers are.
    pub what: Texts,
}

impl Error {
    /// The error `cause` about the file `path`.
    pub fn new(path: impl AsRef<Path>, cause: Cause) -> Self {
        Self { path: path.as_ref().to_owned(), cause }
    }

    /// 2 where nothing could be attempted (an output that cannot be written, a wrong setting), else 1.
    pub fn exit_code(&self) -> u8 {
        match self.cause {
            Cause::OutputExists
            | Cause::OutputIsInput
            | Cause::OutputNotXlsx
            | Cause::OutputNotReport
            | Cause::NoOffice
            | Cause::NetworkNotOffered
            | Cause::PageNotStarted(_)
            | Cause::OutputNotAlone
            | Cause::OutputNotDocument
            | Cause::OutputNotRows { .. }
            | Cause::OutputOpen
            | Cause::SeveralAgencies { .. }
            | Cause::RunInProgress
            | Cause::NothingFound
            | Cause::Unwritable(_)
            | Cause::Framework(_)
            | Cause::Advice(_)
            | Cause::Settings(_) => 2,
            _ => 1,
        }
    }
}

impl Cause {
    /// Whether the file can be read but holds no ITA result: in a folder it is passed over, not failed.
    pub(crate) fn is_of_no_result(&self) -> bool {
        matches!(self, Self::NoCodes { .. } | Self::FewCodes { .. } | Self::OtherAssessment { .. })
    }
}
