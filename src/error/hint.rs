//! What the user can do about an error.

use super::Cause;
use crate::language::Language;

impl Cause {
    /// What to do about it, in the given language.
    pub fn hint(&self, language: Language) -> &'static str {
        let (thai, english) = self.hints();
        match language {
            Language::Thai => thai,
            Language::English => english,
        }
    }

    fn hints(&self) -> (&'static str, &'static str) {
        match self {
            Self::NotFound => (
                "ตรวจชื่อไฟล์และโฟลเดอร์ หรือลากไฟล์มาวางบนโปรแกรม",
                "check the name and the folder, or drop the file on the program",
            ),
            Self::Folder => ("ระบุไฟล์คะแนนที่อยู่ในโฟลเดอร์นี้", "name the score file inside the folder"),
            Self::Unreadable(_) => (
                "ปิดไฟล์ในโปรแกรมอื่นและตรวจสิทธิ์การอ่าน แล้วลองใหม่",
                "close it in other programs, check that you may read it, and try again",
            ),
            Self::Empty => ("ดาวน์โหลดไฟล์คะแนนใหม่อีกครั้ง", "download the score file again"),
            Self::LockFile => (
                "ระบุชื่อสมุดงานจริง (ชื่อที่ไม่มีเครื่องหมายล็อกนำหน้า)",
                "name the workbook itself, without the marks in front of its name",
            ),
            Self::EarlierVersion => (
                "ระบุสมุดงานฉบับปัจจุบัน หากต้องการใช้ฉบับนี้ ให้คัดลอกเป็นชื่ออื่นก่อน",
                "name the workbook that took its place; to use this one all the same, copy it under another name first",
            ),
            Self::InUse => ("ปิดไฟล์นี้ใน Excel แล้วลองใหม่", "close it in Excel and try again"),
            Self::NotWorkbook { .. } => (
                "ต้องเป็นไฟล์ตารางคำนวณ (.xlsx .xls .xlsb .ods) ไฟล์ข้อความ (.csv .txt) หรือหน้าเว็บที่มีตารางคะแนน",
                "give a spreadsheet (.xlsx .xls .xlsb .ods), a text file (.csv .txt) or a web page with the table of scores",
            ),
            Self::Encrypted => (
                "เปิดด้วย Excel ยกเลิกรหัสผ่าน (File > Info > Protect Workbook) แล้วบันทึกใหม่",
                "open it in Excel, remove the password (File > Info > Protect Workbook) and save it",
            ),
            Self::TooLarge { .. } | Self::RowTooFar { .. } => (
                "คัดลอกเฉพาะตารางคะแนนไปไว้ในสมุดงานใหม่ แล้วใช้ไฟล์นั้น",
                "copy only the score table into a new workbook and use that",
            ),
            Self::Damaged(_) | Self::Parser(_) => (
                "เปิดและบันทึกใหม่ด้วย Excel หรือดาวน์โหลดไฟล์ใหม่อีกครั้ง",
                "open it in Excel and save it again, or download it again",
            ),
            Self::NoCodes { .. } => (
                "ไฟล์ต้องมีรหัส เช่น i1 e1 o1 และคะแนนในแถวเดียวกัน ใช้ itasheet inspect ดูสิ่งที่โปรแกรมอ่านได้",
                "the file needs codes such as i1, e1, o1 with a score in the same row; `itasheet inspect` shows what is read",
            ),
            Self::OtherAssessment { .. } => (
                "ใช้ไฟล์ผล ITA จากระบบ ITAS ที่มีรหัส i1 e1 o1 หากอยู่คนละชีต ระบุด้วย --sheet",
                "give the ITA result with codes such as i1, e1, o1; if it is on another sheet, name that with --sheet",
            ),
            Self::FewCodes { .. } => (
                "หากเป็นผล ITA ให้เพิ่มปีงบประมาณและชื่อหน่วยงานเหนือตาราง หรือระบุปีด้วย --year",
                "if it is an ITA result, add the fiscal year and the agency's name above the table, or give the year with --year",
            ),
            Self::NoScores { .. } => (
                "คะแนนต้องเป็นตัวเลข 0 ถึง 100 อยู่แถวเดียวกับรหัส หรือระบุคอลัมน์ด้วย --score-column",
                "scores must be numbers from 0 to 100 in the rows of the codes; or name the column with --score-column",
            ),
            Self::NoSheet { .. } => ("ระบุชื่อชีตด้วย --sheet ให้ตรงกับในสมุดงาน", "give one of these names with --sheet"),
            Self::NoAgency { .. } => ("ระบุชื่อหน่วยงานด้วย --agency ให้ตรงกับในไฟล์", "give one of these names with --agency"),
            Self::OfAgency { cause, .. } => cause.hints(),
            Self::NoIndicator { .. } => ("ตรวจเลขตัวชี้วัดที่ระบุด้วย --indicator", "check the number given with --indicator"),
            Self::UnknownYear { .. } => {
                ("ตรวจปีงบประมาณ แล้วใช้ปีที่โปรแกรมรู้จัก", "check the fiscal year, and give one that is known")
            }
            Self::Framework(_) => ("แก้ไขไฟล์กรอบการประเมินตามข้อความข้างต้น", "mend the framework file as the message says"),
            Self::Advice(_) => (
                "แก้ไขไฟล์ตามข้อความข้างต้น ดูรูปแบบได้จาก itasheet advice export",
                "mend the file as the message says; `itasheet advice export` shows the form",
            ),
            Self::Settings(_) => (
                "แก้ไขไฟล์ตามข้อความข้างต้น ดูรูปแบบได้จาก itasheet profile init",
                "mend the file as the message says; `itasheet profile init` shows the form",
            ),
            Self::OutputExists => {
                ("เลือกชื่ออื่น หรือใช้ --force เพื่อเขียนทับ", "choose another name, or overwrite it with --force")
            }
            Self::OutputIsInput => ("เลือกชื่อไฟล์ผลลัพธ์ด้วย -o ให้ต่างจากไฟล์ต้นทาง", "give another output name with -o"),
            Self::OutputNotXlsx => (
                "ระบุชื่อที่ลงท้ายด้วย .xlsx สำหรับ itasheet convert ระบุโฟลเดอร์ที่ลงท้ายด้วย / ได้ด้วย",
                "give a name that ends in .xlsx; `itasheet convert` also takes a folder that ends in /",
            ),
            Self::OutputNotRows { .. } => (
                "เขียนได้เฉพาะ .csv .jsonl .ndjson และ .json หากระบุ --format ชื่อไฟล์ต้องเป็นรูปแบบเดียวกัน",
                "rows are written as .csv, .jsonl, .ndjson or .json; where --format is given the name must be of that format",
            ),
            Self::SeveralAgencies { .. } => (
                "ระบุโฟลเดอร์ด้วย -o (ลงท้ายด้วย /) หรือระบุหน่วยงานเดียวด้วย --agency",
                "name a folder with -o, ending in /, or one of the agencies with --agency",
            ),
            Self::OutputOpen => ("ปิดไฟล์นี้ใน Excel แล้วลองใหม่", "close it in Excel and try again"),
            Self::OutputKept => (
                "ย้ายหรือเปลี่ยนชื่อไฟล์นั้นแล้วสั่งอีกครั้ง หรือใช้ --force เพื่อเขียนทับ โดยโปรแกรมจะเก็บฉบับก่อนไว้ให้",
                "move or rename that file and run again, or replace it with --force, which keeps the earlier version",
            ),
            Self::RunInProgress => (
                "รอให้การทำงานนั้นเสร็จก่อน หรือเลือกโฟลเดอร์อื่นด้วย -o",
                "wait until it has ended, or choose another folder with -o",
            ),
            Self::NothingFound => (
                "ตรวจว่าโฟลเดอร์ที่ระบุมีไฟล์คะแนน เช่น .xlsx หรือ .csv",
                "check that the folder holds score files, such as .xlsx or .csv",
            ),
            Self::NoRunFile => (
                "ระบุโฟลเดอร์ผลลัพธ์ของปีก่อนที่ได้จาก itasheet batch",
                "name the folder that `itasheet batch` wrote last year's results to",
            ),
            Self::DamagedRunFile(_) => (
                "นำ itasheet-run.json จากข้อมูลสำรองมาวางแทน หรือสั่ง itasheet batch ไปยังโฟลเดอร์นั้นอีกครั้ง",
                "put itasheet-run.json back from a backup, or run `itasheet batch` into that folder again",
            ),
            Self::DamagedRecord { .. } => (
                "สมุดงานที่ไม่อยู่ในบันทึกแล้วจะไม่ถูกเขียนทับ หากมีรายการที่แจ้งว่าเก็บไว้ตามเดิม ให้ตรวจดูสมุดงานนั้น หรือนำบันทึกจากข้อมูลสำรองมาวางแทนแล้วสั่งอีกครั้ง",
                "workbooks that the record no longer names are not replaced: look at those reported as kept, or put the record back from a backup and run again",
            ),
            Self::BrokenOff(_) => (
                "สั่งอีกครั้ง โปรแกรมจะทำต่อจากที่ค้างไว้ หากระบุ --max-memory ให้เพิ่มค่า",
                "run it again: it goes on where it stopped; where --max-memory is given allow more",
            ),
            Self::Unwritable(_) => (
                "ตรวจว่ามีโฟลเดอร์นี้และมีสิทธิ์เขียน หรือเลือกโฟลเดอร์อื่น",
                "check that the folder exists and that you may write there, or choose another",
            ),
            Self::Workbook(_) | Self::Program(_) => {
                ("โปรดแจ้งผู้พัฒนาพร้อมแนบไฟล์ต้นทาง", "please report this with the input file")
            }
        }
    }
}

#[cfg(test)]
#[path = "hint_tests.rs"]
mod tests;
