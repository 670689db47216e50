//! What the bytes of a file look like where they are not a spreadsheet.

use std::fmt;

/// What the bytes of a file look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Content {
    /// A workbook of Excel 2 to 4, from before workbooks had a container.
    AncientExcel,
    /// A web page with its pictures in one file, as Excel saves a "Single File Web Page".
    WebArchive,
    /// A web page that only names other pages, which hold its tables.
    Frameset,
    /// Symbolic link format, .slk.
    Sylk,
    /// Data interchange format, .dif.
    Dif,
    /// A Word document, a PowerPoint presentation or a drawing.
    OtherOffice,
    /// A mail message saved by Outlook.
    Mail,
    /// An OLE container of something else.
    Ole,
    /// A PDF document.
    Pdf,
    /// XML of something else.
    Xml,
    /// A picture.
    Picture,
    /// A zip archive of something else, or another kind of archive.
    Archive,
    /// None of these.
    Unknown,
}

impl Content {
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::AncientExcel => ("สมุดงาน Excel รุ่นก่อน 5.0", "a workbook of Excel before 5.0"),
            Self::WebArchive => ("หน้าเว็บไฟล์เดียว (MHTML)", "a web archive (MHTML, \"Single File Web Page\")"),
            Self::Frameset => (
                "หน้าเว็บที่แบ่งเป็นกรอบ ซึ่งตารางอยู่ในไฟล์อื่นในโฟลเดอร์ของหน้าเว็บนั้น",
                "a web page of frames, whose tables are in other files in the page's folder",
            ),
            Self::Sylk => ("ไฟล์ SYLK (.slk)", "a SYLK file (.slk)"),
            Self::Dif => ("ไฟล์ DIF (.dif)", "a DIF file (.dif)"),
            Self::OtherOffice => ("เอกสาร Word หรือ PowerPoint", "a Word document or a PowerPoint presentation"),
            Self::Mail => ("จดหมายอิเล็กทรอนิกส์ของ Outlook", "an Outlook message"),
            Self::Ole => ("เอกสาร Office รุ่นเก่าชนิดอื่น", "an old Office file of another kind"),
            Self::Pdf => ("เอกสาร PDF", "a PDF document"),
            Self::Xml => ("XML ชนิดอื่น", "XML of another kind"),
            Self::Picture => ("รูปภาพ", "a picture"),
            Self::Archive => ("ไฟล์บีบอัด (เช่น .zip) ที่ไม่ใช่สมุดงาน", "an archive of something else"),
            Self::Unknown => ("ข้อมูลที่ไม่รู้จัก", "unknown data"),
        }
    }

    pub(super) fn thai(self) -> &'static str {
        self.names().0
    }
}

impl fmt::Display for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.names().1)
    }
}
