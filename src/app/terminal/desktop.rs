//! What is said to somebody who started the program from the desktop.

use std::io::{self, Write};

use crate::app::terminal::{stderr, stdout};
use crate::domain::language::Language;

/// What to do, for somebody who has clicked on the program: in Thai, and in English below it.
const WAYS: &str = "\
itasheet จัดทำรายงานการวิเคราะห์ผลการประเมิน ITA และแผนปฏิบัติการจากไฟล์คะแนน

วิธีใช้: ปิดหน้าต่างนี้ แล้วลากไฟล์คะแนน (Excel หรือ CSV) ไปวางบนไอคอนของ itasheet
  - วางหลายไฟล์ได้ ผลลัพธ์ชื่อลงท้ายด้วย -itasheet.xlsx อยู่ข้างไฟล์เดิม
  - วางโฟลเดอร์ได้ ผลลัพธ์ของทุกไฟล์อยู่ในโฟลเดอร์ใหม่ข้างกัน
ไฟล์เดิมไม่ถูกแก้ไข และโปรแกรมไม่ใช้อินเทอร์เน็ต

Close this window and drop score files, or a folder, on the program itself.
";

/// Says what to do to somebody who gave the program nothing to do.
///
/// # Errors
/// When standard output cannot be written to.
pub(crate) fn ways() -> io::Result<()> {
    let mut out = stdout();
    out.write_all(WAYS.as_bytes())?;
    out.flush()
}

/// Returns when a key that ends a line has been pressed, or nobody can press one.
pub(crate) fn wait_for_key(language: Language) {
    let text = language.pick(
        "\nอ่านข้อความข้างต้นแล้วกดปุ่ม Enter เพื่อปิดหน้าต่างนี้",
        "\nread what is said above, then press Enter to close this window",
    );
    // Where nothing can be said or asked any more, nothing is left to wait for.
    if writeln!(stderr(), "{text}").is_ok() {
        let _ = io::stdin().read_line(&mut String::new());
    }
}
