//! What the limits on an untrusted file count, and how a parser can break down on one.

use std::fmt;

/// What a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Quantity {
    /// Bytes of the file.
    FileBytes,
    /// Bytes after decompression.
    UnpackedBytes,
    /// Files inside the container.
    Parts,
    /// Sheets.
    Sheets,
    /// Cells with content.
    Cells,
    /// Columns up to the last that has content.
    Columns,
    /// Characters of one cell.
    Text,
    /// Bytes of all cells' texts together.
    AllText,
    /// Bytes of memory while a file is tried.
    Memory,
    /// Seconds while a file is tried.
    Seconds,
}

impl Quantity {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::FileBytes,
        Self::UnpackedBytes,
        Self::Parts,
        Self::Sheets,
        Self::Cells,
        Self::Columns,
        Self::Text,
        Self::AllText,
        Self::Memory,
        Self::Seconds,
    ];

    /// The flag that sets the limit.
    pub fn flag(self) -> &'static str {
        self.names().0
    }

    fn names(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::FileBytes => ("--max-file-bytes", "ขนาดไฟล์ (ไบต์)", "the file's size in bytes"),
            Self::UnpackedBytes => ("--max-unpacked-bytes", "ขนาดเมื่อคลายการบีบอัด (ไบต์)", "the unpacked size in bytes"),
            Self::Parts => ("--max-parts", "จำนวนไฟล์ภายในสมุดงาน", "the number of files inside"),
            Self::Sheets => ("--max-sheets", "จำนวนชีต", "the number of sheets"),
            Self::Cells => ("--max-cells", "จำนวนเซลล์", "the number of cells"),
            Self::Columns => ("--max-columns", "จำนวนคอลัมน์", "the number of columns"),
            Self::Text => ("--max-text", "จำนวนอักขระในหนึ่งเซลล์", "the number of characters in one cell"),
            Self::AllText => ("--max-all-text", "ขนาดข้อความทุกเซลล์รวมกัน (ไบต์)", "the size of all texts in bytes"),
            Self::Memory => ("--max-memory", "หน่วยความจำ (ไบต์)", "the memory in bytes"),
            Self::Seconds => ("--max-seconds", "เวลา (วินาที)", "the time in seconds"),
        }
    }

    pub(crate) fn thai(self) -> &'static str {
        self.names().1
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.names().2)
    }
}

/// How a spreadsheet parser broke down on a file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Breakdown {
    /// It gave up at a place that it thought could not be reached; its own words.
    Panic(String),
    /// It asked for more memory than this many bytes.
    Memory(u64),
    /// It took longer than this many seconds.
    Time(u64),
    /// The process that it ran in ended; what the system says about that.
    Crash(String),
}

impl Breakdown {
    pub(super) fn thai(&self) -> String {
        match self {
            Self::Panic(words) => words.clone(),
            Self::Memory(limit) => {
                format!("ต้องการหน่วยความจำเกิน {limit} ไบต์ (เพิ่มได้ด้วย {})", Quantity::Memory.flag())
            }
            Self::Time(limit) => format!("ใช้เวลาเกิน {limit} วินาที (เพิ่มได้ด้วย {})", Quantity::Seconds.flag()),
            Self::Crash(status) => status.clone(),
        }
    }
}

impl fmt::Display for Breakdown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Panic(words) => f.write_str(words),
            Self::Memory(limit) => {
                write!(f, "it needs more than {limit} bytes of memory ({} raises it)", Quantity::Memory.flag())
            }
            Self::Time(limit) => {
                write!(f, "it takes more than {limit} seconds ({} raises it)", Quantity::Seconds.flag())
            }
            Self::Crash(status) => f.write_str(status),
        }
    }
}
