//! What the terminal says of the page in the browser.

use std::io::{self, Write};

use crate::domain::language::Language;
use crate::serve::Started;

/// Says where the page is, and how it is ended.
pub(crate) fn started(out: &mut impl Write, started: Started<'_>, language: Language) -> io::Result<()> {
    let Started { url, again, opened } = started;
    let text = match (opened, language) {
        (true, Language::Thai) => "เปิดหน้าเว็บของโปรแกรมในเบราว์เซอร์แล้ว ถ้าไม่ขึ้น ให้คัดลอกที่อยู่นี้ไปเปิดเอง (ใช้ได้ครั้งเดียว)",
        (true, Language::English) => "the page is opened in the browser; if it does not show, open this address, once",
        (false, Language::Thai) => "เปิดที่อยู่นี้ในเบราว์เซอร์ (ใช้ได้ครั้งเดียว)",
        (false, Language::English) => "open this address in the browser, once",
    };
    let end = match (again, language) {
        (true, Language::Thai) => "โปรแกรมเปิดอยู่แล้ว จึงใช้หน้าเดิม",
        (true, Language::English) => "the program was open already: it is the same page",
        (false, Language::Thai) => "ไฟล์และคะแนนไม่ออกจากเครื่องนี้ ปิดโปรแกรมด้วยปุ่มบนหน้าเว็บ กด Ctrl-C หรือปิดหน้าต่างนี้",
        (false, Language::English) => {
            "nothing leaves this machine; the button on the page, Ctrl-C or closing this window ends the program"
        }
    };
    writeln!(out, "{text}:\n  {url}\n{end}")?;
    out.flush()
}
