//! The reference: every finding, every error, and the keys of what the program writes for other programs, as Markdown.
//!
//! It takes the catalogues and `topics.toml` and gives text in one language. It reads no file and prints nothing.

pub mod years;

use std::fmt::Write;
use std::sync::OnceLock;

use indexmap::IndexMap;
use serde::Deserialize;

use crate::domain::embedded;
use crate::domain::embedded::embedded;
use crate::domain::language::Language;
use crate::error::{Cause, Quantity};
use crate::finding::{Finding, FindingCode};
use crate::read::Limits;

/// What can be looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// What is said of a file that was converted.
    Findings,
    /// What ends one file, or lets nothing be attempted.
    Errors,
    /// The keys of `inspect --json`.
    Json,
    /// The columns of `export`.
    Rows,
    /// The keys of `itasheet-run.json`.
    RunFile,
    /// What an input may take, and the flags that change it.
    Limits,
}

/// A topic's texts from `topics.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct TopicPage {
    title: Both<String>,
    head: Both<Vec<String>>,
    intro: Both<String>,
    row: Vec<TopicRow>,
}

/// One thing in each language.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Both<T> {
    thai: T,
    english: T,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct TopicRow {
    keys: Vec<String>,
    thai: String,
    english: String,
}

impl<T> Both<T> {
    fn pick(&self, language: Language) -> &T {
        language.pick(&self.thai, &self.english)
    }
}

fn pages() -> &'static IndexMap<String, TopicPage> {
    static PAGES: OnceLock<IndexMap<String, TopicPage>> = OnceLock::new();
    PAGES.get_or_init(|| embedded::read(embedded!("app/reference/topics")))
}

impl Topic {
    /// All of them, in the order in which the whole reference has them.
    pub const ALL: [Self; 6] = [Self::Findings, Self::Errors, Self::Json, Self::Rows, Self::RunFile, Self::Limits];

    /// The topic as Markdown: a heading, a paragraph and a table.
    pub fn markdown(self, language: Language) -> String {
        match self {
            Self::Findings => findings(language),
            Self::Errors => errors(language),
            Self::Json => page("json", language),
            Self::Rows => page("rows", language),
            Self::RunFile => page("run-file", language),
            Self::Limits => limits(language),
        }
    }
}

/// The whole reference as Markdown.
pub fn markdown(language: Language) -> String {
    let title = language.pick("# เอกสารอ้างอิง itasheet", "# Reference of itasheet");
    format!("{title}\n\n{}", Topic::ALL.map(|topic| topic.markdown(language)).join("\n"))
}

fn page(name: &str, language: Language) -> String {
    let Some(page) = pages().get(name) else { return String::new() };
    let rows = page.row.iter().map(|row| {
        let keys: Vec<String> = row.keys.iter().map(|key| format!("`{key}`")).collect();
        vec![keys.join(", "), language.pick(&row.thai, &row.english).clone()]
    });
    table(page.title.pick(language), page.intro.pick(language), page.head.pick(language), rows)
}

fn findings(language: Language) -> String {
    let head = language.pick(["รหัส", "ความสำคัญ", "ข้อความ", "สิ่งที่ควรทำ"], ["code", "severity", "says", "remedy"]);
    let intro = language.pick(
        "แปลงไฟล์แล้วแต่ควรตรวจดู อยู่ในชีต `ผลการตรวจสอบ` ในหน้าจอ (เว้นข้อสังเกต) และใน `inspect` `must-fix` (ต้องแก้ไข) คือตัวเลขที่ใช้ตามที่เป็นอยู่ไม่ได้ `warning` (คำเตือน) คือสิ่งที่อาจผิดหรือขาด `note` (ข้อสังเกต) คือเรื่องเพื่อทราบ",
        "The file is converted, but this should be looked at. Findings are on the sheet `ผลการตรวจสอบ`, on standard error (but for notes), and in `inspect`. `must-fix` (ต้องแก้ไข) is a number that could not be used as it stands; `warning` (คำเตือน) something that may be wrong or is missing; `note` (ข้อสังเกต) is for information.",
    );
    let rows = FindingCode::all().map(|code| {
        let blank = Finding::new(code, "…").found("…").expected("…");
        let severity = code.severity().name(language).to_owned();
        vec![format!("`{code}`"), severity, blank.message(language), blank.hint(language)]
    });
    table(language.pick("ข้อสังเกตจากการตรวจสอบ", "Findings"), intro, &head.map(str::to_owned), rows)
}

fn errors(language: Language) -> String {
    let head = language.pick(["รหัส", "ข้อความ", "สิ่งที่ควรทำ"], ["code", "says", "remedy"]);
    let intro = language.pick(
        "ทำให้แปลงไฟล์หนึ่งไม่ได้ (รหัสออก 1) หรือไม่ได้เริ่มทำเลย (รหัสออก 2) ไฟล์อื่นยังทำต่อ รหัสอยู่ใน `inspect --json` และ `itasheet-run.json`",
        "An error ends one file (exit code 1), or lets nothing be attempted (exit code 2); other files go on. The code stands in `inspect --json` and in `itasheet-run.json`.",
    );
    let rows =
        Cause::kinds(language).map(|kind| vec![format!("`{}`", kind.code), dotted(kind.message), kind.hint.to_owned()]);
    table(language.pick("ข้อผิดพลาด", "Errors"), intro, &head.map(str::to_owned), rows)
}

fn limits(language: Language) -> String {
    let head = language.pick(["ตัวเลือก", "ค่าเริ่มต้น", "ของอะไร"], ["flag", "default", "of what"]);
    let intro = language.pick(
        "ไฟล์ที่เกินขีดจำกัดถือว่าอ่านไม่ได้ `M` คือ 1,048,576",
        "A file that passes a limit cannot be read. `M` stands for 1,048,576. Memory is bounded on Linux and Windows only.",
    );
    let limits = Limits::default();
    let rows = Quantity::ALL.map(|what| {
        let name = if language == Language::Thai { what.thai().to_owned() } else { what.to_string() };
        vec![format!("`{}`", what.flag()), size(limits.limit(what)), name]
    });
    table(language.pick("ขีดจำกัด", "Limits"), intro, &head.map(str::to_owned), rows.into_iter())
}

/// A number of bytes or things as the flags take it.
fn size(number: u64) -> String {
    const MEGA: u64 = 1 << 20;
    if number >= MEGA && number.is_multiple_of(MEGA) { format!("{}M", number / MEGA) } else { number.to_string() }
}

/// A template with `…` for each word in braces.
fn dotted(template: &str) -> String {
    let mut parts = template.split('{');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push('…');
        text.push_str(part.split_once('}').map_or(part, |(_, rest)| rest));
    }
    text
}

fn table(title: &str, intro: &str, head: &[String], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut text = format!("## {title}\n\n{intro}\n\n");
    line(&mut text, head);
    line(&mut text, &vec!["---".to_owned(); head.len()]);
    for row in rows {
        line(&mut text, &row);
    }
    text
}

/// One line of a table; a bar in a text would end its cell.
fn line(text: &mut String, cells: &[String]) {
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    // Writing to a string cannot fail.
    let _ = writeln!(text, "| {} |", cells.join(" | "));
}
