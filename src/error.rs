//! Errors: this input cannot be converted, or this output cannot be written.
//!
//! What can be converted but should be looked at is a [`crate::Finding`], not an error.

mod content;
mod hint;
mod measure;

use std::path::{Path, PathBuf};

pub use content::Content;
pub use measure::{Breakdown, Measure};

use crate::advice::AdviceError;
use crate::framework::{FrameworkError, OtherAssessment};
use crate::language::Language;

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

/// What is wrong with a file. The `Display` text is English; [`Cause::message`] gives either language.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Cause {
    /// There is no file of this name.
    #[error("no such file")]
    NotFound,
    /// A folder was given where a file is expected.
    #[error("this is a folder, not a file")]
    Folder,
    /// The operating system refused to read it.
    #[error("cannot be read: {0}")]
    Unreadable(std::io::Error),
    /// The file has no bytes.
    #[error("the file is empty (0 bytes)")]
    Empty,
    /// A lock file that Excel or LibreOffice keeps beside an open workbook.
    #[error("this is the lock file of a workbook that is open, not the workbook")]
    LockFile,
    /// The earlier version of a workbook, kept when `--force` replaced it.
    #[error(
        "this is the earlier version of a workbook that was replaced, kept by this program; it is not a score file"
    )]
    EarlierVersion,
    /// Another program has the file open and lets nobody read it.
    #[error("the file is open in another program that lets no one else read it")]
    InUse,
    /// The content is not that of a spreadsheet, nor a text or a web page with a table.
    #[error("the content is {found}, not a spreadsheet")]
    NotWorkbook {
        /// What the content looks like.
        found: Content,
    },
    /// The workbook is encrypted.
    #[error("the workbook is protected by a password")]
    Encrypted,
    /// A limit was passed; see [`crate::read::Limits`].
    #[error("{what} is {found}, more than the limit of {limit} ({} raises it)", what.flag())]
    TooLarge {
        /// What was measured.
        what: Measure,
        /// How much there is, or is at least.
        found: u64,
        /// The limit.
        limit: u64,
    },
    /// A cell stands below the last row that a spreadsheet can have.
    #[error("a cell stands in row {row}, but the last row of a spreadsheet is {last}")]
    RowTooFar {
        /// The cell's row, from 1.
        row: u64,
        /// The last row, from 1.
        last: u32,
    },
    /// The container or its XML is broken.
    #[error("the workbook is damaged: {0}")]
    Damaged(String),
    /// The codes are those of an assessment that this program does not know.
    #[error("the codes ({places}) are those of {assessment}, for {}, not of the ITA that ITAS publishes", assessment.english)]
    OtherAssessment {
        /// Which assessment.
        assessment: &'static OtherAssessment,
        /// Where the codes stand.
        places: String,
    },
    /// No question code and no score was found anywhere.
    #[error("no ITA question code with a score was found in {cells} cells on {sheets} sheets")]
    NoCodes {
        /// Sheets looked at.
        sheets: usize,
        /// Cells looked at.
        cells: usize,
    },
    /// A few cells look like question codes with scores, and nothing else speaks of an ITA result.
    #[error(
        "only {count} cells look like question codes with scores ({places}), and nothing else speaks of an ITA result"
    )]
    FewCodes {
        /// How many.
        count: usize,
        /// Where they stand.
        places: String,
    },
    /// No question score could be read, though codes are there.
    #[error("question codes were found ({places}), but no column with scores")]
    NoScores {
        /// Where the codes stand.
        places: String,
    },
    /// The sheet that was asked for is not there.
    #[error("there is no sheet `{wanted}`; the workbook has: {names}")]
    NoSheet {
        /// The name that was asked for.
        wanted: String,
        /// The names that there are.
        names: String,
    },
    /// The agency that was asked for is not among those of the file.
    #[error("none of the {count} agencies in the file is called `{wanted}`; the first are: {}", first.join(", "))]
    NoAgency {
        /// The name that was asked for.
        wanted: String,
        /// How many there are.
        count: usize,
        /// The first few names that there are.
        first: Vec<String>,
    },
    /// What is wrong with one agency of a file that has several.
    #[error("{agency}: {cause}")]
    OfAgency {
        /// The agency's name.
        agency: String,
        /// What is wrong.
        #[source]
        cause: Box<Cause>,
    },
    /// A score was given for an indicator that there is not.
    #[error("{framework} has no indicator {number}")]
    NoIndicator {
        /// The number that was given.
        number: u8,
        /// The assessment.
        framework: String,
    },
    /// There is no framework for the fiscal year.
    #[error("fiscal year {year} is not known to this program (known: {known})")]
    UnknownYear {
        /// Fiscal year, Buddhist era.
        year: u16,
        /// The years there are frameworks for.
        known: String,
    },
    /// A framework file of the user's own is not right.
    #[error("not a valid framework file: {0}")]
    Framework(FrameworkError),
    /// An advice file of the user's own is not right.
    #[error("not a valid advice file: {0}")]
    Advice(AdviceError),
    /// A profile, or a file that it names, cannot be used.
    #[error("cannot be used as a setting: {0}")]
    Settings(String),
    /// The output is there already.
    #[error("the file exists already")]
    OutputExists,
    /// The output would replace the input.
    #[error("the output would overwrite the input file")]
    OutputIsInput,
    /// The output's name does not end in .xlsx.
    #[error("the output's name must end in .xlsx")]
    OutputNotXlsx,
    /// The output's name is not that of a format in which rows are written, or not of the one that was asked for.
    #[error("the output's name must end in {}", expected.join(" or "))]
    OutputNotRows {
        /// What it may end in.
        expected: Vec<&'static str>,
    },
    /// One file was named as the output of an input with several agencies.
    #[error("the input holds {agencies} agencies, which do not go into one file")]
    SeveralAgencies {
        /// How many there are.
        agencies: usize,
    },
    /// The output is open in another program.
    #[error("the file is open in another program")]
    OutputOpen,
    /// The output is not one that this program wrote, or was changed since.
    #[error("the workbook in the output folder is not as this program wrote it; it is kept")]
    OutputKept,
    /// Another run is writing to the output folder.
    #[error("another run is writing to this folder")]
    RunInProgress,
    /// There is no spreadsheet in the folders that were given.
    #[error("no spreadsheet was found")]
    NothingFound,
    /// A folder that should hold the results of a run does not.
    #[error("the folder holds no itasheet-run.json: it is not the output of a run")]
    NoRunFile,
    /// The run file of another folder, or of this one where nothing may be written, holds what no run has written.
    #[error("the record of the run is damaged: {0}")]
    DamagedRunFile(String),
    /// The run file or the journal of the folder held what no run has written; it was put aside.
    #[error(
        "the record of the last run is damaged ({detail}); it is kept as {kept}, and the {usable} entries that can be read are used"
    )]
    DamagedRecord {
        /// What is wrong with it.
        detail: String,
        /// The name under which it is kept.
        kept: String,
        /// How many entries could be read.
        usable: usize,
    },
    /// A worker process could not do its work.
    #[error("the run was broken off: {0}")]
    BrokenOff(std::io::Error),
    /// The operating system refused to write it.
    #[error("cannot be written: {0}")]
    Unwritable(std::io::Error),
    /// The workbook could not be put together.
    #[error("the workbook could not be made: {0}")]
    Workbook(String),
    /// A parser broke down on the file.
    #[error("the file made the spreadsheet reader fail: {0}")]
    Parser(Breakdown),
    /// This program itself broke down on what the file says; its own words.
    #[error("the program broke down on this file: {0}")]
    Program(String),
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
            | Cause::OutputNotRows { .. }
            | Cause::OutputOpen
            | Cause::SeveralAgencies { .. }
            | Cause::RunInProgress
            | Cause::NothingFound
            | Cause::NoRunFile
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

    /// What is wrong, in the given language.
    pub fn message(&self, language: Language) -> String {
        match language {
            Language::English => self.to_string(),
            Language::Thai => self.thai(),
        }
    }

    fn thai(&self) -> String {
        match self {
            Self::NotFound => "ไม่พบไฟล์นี้".to_owned(),
            Self::Folder => "เป็นโฟลเดอร์ ไม่ใช่ไฟล์".to_owned(),
            Self::Unreadable(e) => format!("อ่านไฟล์ไม่ได้: {e}"),
            Self::Empty => "เป็นไฟล์ว่าง (0 ไบต์)".to_owned(),
            Self::LockFile => "เป็นไฟล์ล็อกของสมุดงานที่กำลังเปิดอยู่ ไม่ใช่ตัวสมุดงาน".to_owned(),
            Self::EarlierVersion => "เป็นฉบับก่อนของสมุดงานที่ถูกแทนที่ ซึ่งโปรแกรมนี้เก็บไว้ ไม่ใช่ไฟล์คะแนนต้นทาง".to_owned(),
            Self::InUse => "ไฟล์นี้กำลังเปิดอยู่ในโปรแกรมอื่น จึงอ่านไม่ได้".to_owned(),
            Self::NotWorkbook { found } => format!("เนื้อหาเป็น{} ไม่ใช่ตารางคำนวณ", found.thai()),
            Self::Encrypted => "สมุดงานนี้ป้องกันด้วยรหัสผ่าน".to_owned(),
            Self::TooLarge { what, found, limit } => {
                format!("{} {found} เกินขีดจำกัด {limit} (เพิ่มได้ด้วย {})", what.thai(), what.flag())
            }
            Self::RowTooFar { row, last } => {
                format!("มีเซลล์อยู่ในแถวที่ {row} แต่แถวสุดท้ายของตารางคำนวณคือแถวที่ {last}")
            }
            Self::Damaged(detail) => format!("สมุดงานเสียหาย: {detail}"),
            Self::NoCodes { sheets, cells } => {
                format!("ไม่พบรหัสข้อคำถาม ITA ที่มีคะแนน (ตรวจแล้ว {cells} เซลล์ ใน {sheets} ชีต)")
            }
            Self::OtherAssessment { assessment, places } => {
                format!("รหัสในไฟล์ ({places}) เป็นรหัสของ {assessment} สำหรับ{} ไม่ใช่ ITA จากระบบ ITAS", assessment.thai)
            }
            Self::FewCodes { count, places } => {
                format!("มีเพียง {count} เซลล์ที่คล้ายรหัสข้อคำถามที่มีคะแนน ({places}) และไม่มีข้อมูลอื่นที่แสดงว่าเป็นผล ITA")
            }
            Self::NoScores { places } => format!("พบรหัสข้อคำถาม ({places}) แต่ไม่พบคอลัมน์คะแนน"),
            Self::NoSheet { wanted, names } => format!("ไม่มีชีต {wanted} ในสมุดงานมีชีต {names}"),
            Self::NoAgency { wanted, count, first } => {
                format!("ไม่มีหน่วยงานชื่อ {wanted} ใน {count} หน่วยงานของไฟล์นี้ หน่วยงานแรก ๆ คือ {}", first.join(", "))
            }
            Self::OfAgency { agency, cause } => format!("{agency}: {}", cause.thai()),
            Self::NoIndicator { number, framework } => format!("{framework} ไม่มีตัวชี้วัดที่ {number}"),
            Self::UnknownYear { year, known } => {
                format!("โปรแกรมยังไม่รู้จักกรอบการประเมินปีงบประมาณ พ.ศ. {year} (ที่รู้จัก: {known})")
            }
            Self::Framework(e) => format!("ไฟล์กรอบการประเมินไม่ถูกต้อง: {e}"),
            Self::Advice(e) => format!("ไฟล์ข้อความและมาตรการไม่ถูกต้อง: {e}"),
            Self::Settings(problem) => format!("ใช้เป็นค่าที่ตั้งไว้ไม่ได้: {problem}"),
            Self::OutputExists => "มีไฟล์ชื่อนี้อยู่แล้ว".to_owned(),
            Self::OutputIsInput => "ไฟล์ผลลัพธ์จะเขียนทับไฟล์ต้นทาง".to_owned(),
            Self::OutputNotXlsx => "ชื่อไฟล์ผลลัพธ์ต้องลงท้ายด้วย .xlsx".to_owned(),
            Self::OutputNotRows { expected } => format!("ชื่อไฟล์ผลลัพธ์ต้องลงท้ายด้วย {}", expected.join(" หรือ ")),
            Self::SeveralAgencies { agencies } => {
                format!("ไฟล์ต้นทางมี {agencies} หน่วยงาน จึงเขียนรวมเป็นไฟล์เดียวไม่ได้")
            }
            Self::OutputOpen => "ไฟล์นี้กำลังเปิดอยู่ในโปรแกรมอื่น".to_owned(),
            Self::OutputKept => "สมุดงานในโฟลเดอร์ผลลัพธ์ถูกแก้ไขแล้วหรือไม่ได้สร้างโดยโปรแกรมนี้ จึงเก็บไว้ตามเดิม".to_owned(),
            Self::RunInProgress => "มีการทำงานอื่นกำลังเขียนลงโฟลเดอร์นี้".to_owned(),
            Self::NothingFound => "ไม่พบไฟล์ตารางคำนวณ".to_owned(),
            Self::NoRunFile => "ไม่มีไฟล์ itasheet-run.json ในโฟลเดอร์นี้ จึงไม่ใช่โฟลเดอร์ผลลัพธ์".to_owned(),
            Self::DamagedRunFile(detail) => format!("บันทึกการทำงานเสียหาย: {detail}"),
            Self::DamagedRecord { detail, kept, usable } => {
                format!("บันทึกการทำงานครั้งก่อนเสียหาย ({detail}) เก็บไว้เป็น {kept} และใช้ข้อมูลที่ยังอ่านได้ {usable} รายการ")
            }
            Self::BrokenOff(e) => format!("การทำงานหยุดลงกลางคัน: {e}"),
            Self::Unwritable(e) => format!("เขียนไฟล์ไม่ได้: {e}"),
            Self::Workbook(detail) => format!("สร้างสมุดงานไม่สำเร็จ: {detail}"),
            Self::Parser(how) => format!("ไฟล์นี้ทำให้ตัวอ่านสมุดงานทำงานไม่ได้: {}", how.thai()),
            Self::Program(words) => format!("โปรแกรมทำงานผิดพลาดขณะประมวลผลไฟล์นี้: {words}"),
        }
    }
}
