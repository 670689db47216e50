//! What a file turned out to be: its format and, for text, how it was decoded.

use std::fmt;

use crate::domain::language::Language;

/// The formats that are read, told apart by content and never by a file's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Format {
    /// Excel 2007 and later: .xlsx, .xlsm.
    #[default]
    Xlsx,
    /// Its binary variant: .xlsb.
    Xlsb,
    /// Excel 5 to 2003: .xls.
    Xls,
    /// OpenDocument: .ods, .fods.
    OpenDocument,
    /// XML of Excel 2003, often named .xls or .xml.
    XmlSpreadsheet,
    /// A web page with tables, often named .xls.
    Html,
    /// Text with a separator between the columns: .csv, .tsv, .txt.
    Delimited,
}

/// What a file turned out to be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// Its format.
    pub format: Format,
    /// The encoding that its text was read in; `None` for formats that settle it themselves.
    pub encoding: Option<&'static str>,
    /// How many places could not be decoded and became `U+FFFD`.
    pub undecoded: usize,
    /// What stands between the columns, for [`Format::Delimited`]; `None` where there is one column only.
    pub separator: Option<char>,
}

impl Format {
    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Xlsb => "xlsb",
            Self::Xls => "xls",
            Self::OpenDocument => "ods",
            Self::XmlSpreadsheet => "xml",
            Self::Html => "html",
            Self::Delimited => "text",
        }
    }

    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Xlsx => ("สมุดงาน Excel (.xlsx)", "Excel workbook (.xlsx)"),
            Self::Xlsb => ("สมุดงาน Excel แบบไบนารี (.xlsb)", "binary Excel workbook (.xlsb)"),
            Self::Xls => ("สมุดงาน Excel 97-2003 (.xls)", "Excel 97-2003 workbook (.xls)"),
            Self::OpenDocument => ("ตารางคำนวณ OpenDocument (.ods)", "OpenDocument spreadsheet (.ods)"),
            Self::XmlSpreadsheet => ("ตารางคำนวณ XML 2003", "XML Spreadsheet 2003"),
            Self::Html => ("หน้าเว็บ (HTML)", "web page (HTML)"),
            Self::Delimited => ("ไฟล์ข้อความ", "text file"),
        }
    }
}

impl Source {
    /// In words: the format, and for text the encoding and the separator.
    pub fn describe(&self, language: Language) -> String {
        let (thai, english) = self.format.names();
        let mut parts = vec![language.pick(thai, english).to_owned()];
        if let Some(encoding) = self.encoding {
            parts.push(format!("{} {encoding}", language.pick("รหัสอักขระ", "encoding")));
        }
        if self.undecoded > 0 {
            let undecoded = self.undecoded;
            parts.push(match language {
                Language::Thai => format!("ถอดรหัสไม่ได้ {undecoded} แห่ง"),
                Language::English => format!("{undecoded} places could not be decoded"),
            });
        }
        if let Some(separator) = self.separator {
            let name = match separator {
                '\t' => language.pick("แท็บ", "tab").to_owned(),
                other => format!("`{other}`"),
            };
            parts.push(format!("{} {name}", language.pick("ตัวคั่น", "separator")));
        }
        parts.join(", ")
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.describe(Language::English))
    }
}
