//! Every message of an error in both languages, as a person meets it: the input that brings it about, and all its words.

use std::collections::BTreeSet;
use std::path::Path;

use itasheet::{Cause, Framework, Language};

use crate::support::agencies::codes;
use crate::support::binary::ole;
use crate::support::{TestEnv, hostile, project};

const SAMPLE: &str = "khok-muang-2567.xlsx";
const DRAFT: &str = "draft-2568.xlsx";

/// An error's code, the file that is made beside the samples, and the arguments that bring the error about.
type Case = (&'static str, &'static str, Vec<u8>, &'static [&'static str]);

/// Two agencies in one file.
fn two() -> Vec<u8> {
    "ปีงบประมาณ พ.ศ. 2567\nหน่วยงาน,i1,i2,i3,e1,o1\nเทศบาลตำบลหนึ่ง,90,91,92,93,100\nเทศบาลตำบลสอง,80,81,82,83,100\n".into()
}

/// So many rows of a code and a score.
fn listed(rows: &str) -> Vec<u8> {
    format!("ข้อ,คะแนน\n{rows}").into()
}

fn cases() -> Vec<Case> {
    let none = Vec::new;
    vec![
        ("not-found", "", none(), &["nowhere.xlsx"]),
        ("folder", "folder/a.csv", none(), &["folder", "--sheet", "A"]),
        ("empty", "empty.xlsx", none(), &["empty.xlsx"]),
        ("lock-file", "~$lock.xlsx", b"x".to_vec(), &["~$lock.xlsx"]),
        ("earlier-version", "a (ฉบับก่อน 1).csv", two(), &["a (ฉบับก่อน 1).csv"]),
        ("no-edits", "", none(), &[SAMPLE, "--edits", DRAFT]),
        ("not-workbook", "doc.xlsx", b"%PDF-1.7".to_vec(), &["doc.xlsx"]),
        ("other-format", "old.slk", b"ID;PWXL;N;E\r\nC;Y1;X1;K\"i1\"\r\nE\r\n".to_vec(), &["old.slk"]),
        ("too-large", "", none(), &[SAMPLE, "--max-cells", "10"]),
        ("parser", "far.xlsx", hostile::sheet_beyond_the_end(), &["far.xlsx"]),
        ("damaged", "cut.xlsx", b"PK\x03\x04 and no more".to_vec(), &["cut.xlsx"]),
        ("encrypted", "secret.xlsx", ole("EncryptedPackage", &[]).0, &["secret.xlsx"]),
        ("row-too-far", "far.csv", format!("i1,90{}i2,91", "\n".repeat(1_048_577)).into(), &["far.csv"]),
        ("uncalculated", "formulas.xlsx", formulas(), &["formulas.xlsx"]),
        ("no-codes", "a.csv", b"apples,30\n".to_vec(), &["a.csv"]),
        ("few-codes", "a.csv", b"Item,Qty\nO1,12\nO2,7.5\nO6,9\nE1,3\n".to_vec(), &["a.csv"]),
        ("no-scores", "a.csv", b"i1\ni2\ni3\ni4\ne1\no1\n".to_vec(), &["a.csv", "--year", "2567"]),
        ("no-sheet", "", none(), &[SAMPLE, "--sheet", "ไม่มี"]),
        ("no-agency", "two.csv", two(), &["two.csv", "--agency", "เทศบาลตำบลสาม"]),
        ("no-indicator", "", none(), &[SAMPLE, "--indicator", "11=90"]),
        ("no-follow-up", "", none(), &[SAMPLE, "--follow-up"]),
        ("unknown-year", "", none(), &["framework", "show", "2560"]),
        ("wrong-year", "", none(), &[SAMPLE, "--year", "2568"]),
        ("wrong-year-titles", "a.csv", titles_of_another_year(), &["a.csv"]),
        ("draft", "", none(), &[DRAFT, "--publish"]),
        ("framework", "f.toml", b"schema = 1\n".to_vec(), &[SAMPLE, "--framework", "f.toml"]),
        ("advice", "a.toml", b"nothing = 1\n".to_vec(), &[SAMPLE, "--advice", "a.toml"]),
        ("settings", "p.toml", b"nothing = 1\n".to_vec(), &[SAMPLE, "--profile", "p.toml"]),
        ("output-exists", "out.xlsx", b"x".to_vec(), &[SAMPLE, "-o", "out.xlsx"]),
        ("output-is-input", "", none(), &[SAMPLE, "-o", SAMPLE, "--force"]),
        ("output-not-xlsx", "", none(), &["overview", SAMPLE, "-o", "out.csv"]),
        ("output-not-report", "", none(), &[SAMPLE, "-o", "out.doc"]),
        ("output-not-alone", "", none(), &[SAMPLE, DRAFT, "-o", "a.xlsx", "-o", "b.docx"]),
        ("output-not-document", "", none(), &[SAMPLE, "--follow-up", "-o", "a.xlsx"]),
        ("output-not-rows", "", none(), &["export", SAMPLE, "-o", "a.txt"]),
        ("several-agencies", "two.csv", two(), &["two.csv", "-o", "out.xlsx"]),
        ("output-open", "~$draft-2568.xlsx", b"x".to_vec(), &[SAMPLE, "-o", DRAFT, "--force"]),
        ("nothing-found", "none/readme.md", b"x".to_vec(), &["batch", "none", "-o", "out"]),
        ("damaged-run-file", "out/itasheet-run.json", b"{".to_vec(), &[SAMPLE, "--previous", "out"]),
        ("unwritable", "file", b"x".to_vec(), &[SAMPLE, "-o", "file/out.xlsx"]),
        ("raw-answers", "a.csv", answers(), &["a.csv", "--year", "2567"]),
        ("other-assessment", "a.csv", listed("MOIT 1,90\nMOIT 2,80\nMOIT 3,70\nMOIT 4,60\n"), &["a.csv"]),
        ("network-not-offered", "", none(), &["serve", "--no-open", "--address", "192.0.2.1"]),
        ("page-not-started", "", none(), &["serve", "--no-open", "--port", TAKEN]),
        ("no-office", "", none(), &[SAMPLE, "--pdf"]),
        ("office", "", none(), &[SAMPLE, "--pdf"]),
    ]
}

/// Stands for a port that another program has.
const TAKEN: &str = "taken";

/// Scores that are formulas without results.
fn formulas() -> Vec<u8> {
    let row = |(code, row): (String, usize)| {
        let text = format!("<c r=\"A{row}\" t=\"inlineStr\"><is><t>{code}</t></is></c>");
        format!("<row r=\"{row}\">{text}<c r=\"B{row}\"><f>Z{row}*100</f></c></row>")
    };
    let rows: String = codes().zip(1..).map(row).collect();
    hostile::xlsx(&format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"), &[])
}

/// The items of 2567 below a title of 2568, as far as both years have their codes.
fn titles_of_another_year() -> Vec<u8> {
    let framework = Framework::built_in(2567).unwrap();
    let items = framework.questions.iter().filter(|(code, _)| code.to_string().starts_with('o')).take(28);
    let rows: String = items.map(|(code, question)| format!("{code},{},100\n", question.title)).collect();
    format!("ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2568\nข้อ,ข้อคำถาม,คะแนน\n{rows}").into()
}

/// What each of forty respondents has answered.
fn answers() -> Vec<u8> {
    let head: String = codes().map(|code| format!(",{code}")).collect();
    let answers =
        |number: usize| codes().enumerate().map(move |(at, _)| format!(",{}.5", (number * 7 + at * 11) % 100));
    let row = |number: usize| format!("ผู้ตอบคนที่ {number}{}\n", answers(number).collect::<String>());
    format!("หน่วยงาน{head}\n{}", (1..=40).map(row).collect::<String>()).into()
}

/// Errors that take more than a file and arguments, with the test that brings them about and the words that it looks for.
const ELSEWHERE: [(&str, &str, &str); 8] = [
    ("unreadable", "batch/records.rs", "cannot be read"),
    ("output-kept", "document/pdf.rs", "not as this program wrote it"),
    ("run-in-progress", "batch/repeat.rs", "another run is writing"),
    ("damaged-record", "batch/records.rs", "the record of the last run is damaged"),
    ("changed-while-read", "batch/folders.rs", "or the profile.toml beside it, was changed"),
    ("own-workbook", "command/inputs.rs", "a workbook that this program wrote"),
    ("took-too-long", "read/hostile.rs", "--max-seconds"),
    ("took-too-much-memory", "read/killers.rs", "--max-memory"),
];

/// Errors that no input and no argument brings about here, or that have no words of their own.
const NEVER: [(&str, &str); 7] = [
    ("of-agency", "the agency's name before another error, with that one's hint"),
    ("in-use", "only Windows keeps others from reading a file"),
    ("broken-off", "the system gives no more processes or no more room"),
    ("workbook", "a fault of this program"),
    ("document", "a fault of this program"),
    ("program", "a fault of this program"),
    ("reader-ended", "a parser that ends its process in a way that is not known yet"),
];

/// Whether a text has these pieces, one after the other.
fn has_in_order(text: &str, pattern: &str) -> bool {
    let mut rest = text;
    pattern.split('{').enumerate().all(|(number, piece)| {
        let words = if number == 0 { piece } else { piece.split_once('}').map_or(piece, |(_, words)| words) };
        rest.find(words).map(|at| rest = &rest[at + words.len()..]).is_some()
    })
}

#[test]
fn every_error_is_said_in_both_languages() {
    let (mut told, mut problems) = (BTreeSet::new(), Vec::new());
    for (code, name, bytes, args) in cases() {
        for (lang, language) in [("en", Language::English), ("th", Language::Thai)] {
            let env = TestEnv::new();
            env.sample(SAMPLE);
            env.sample(DRAFT);
            if !name.is_empty() {
                std::fs::create_dir_all(env.path(name).parent().unwrap()).unwrap();
                std::fs::write(env.path(name), &bytes).unwrap();
            }
            let before = env.files();
            let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
            let port = taken.local_addr().unwrap().port().to_string();
            let args = args.iter().map(|arg| if *arg == TAKEN { port.as_str() } else { arg });
            let mut command = env.command();
            match code {
                "office" => command.env("ITASHEET_OFFICE", "/bin/true"),
                "no-office" => command.env("ITASHEET_OFFICE", env.path("nowhere")),
                _ => &mut command,
            };
            let run = command.args(args).args(["--lang", lang]).output().unwrap();
            let (stderr, exit) = (String::from_utf8_lossy(&run.stderr), run.status.code());
            let kind = Cause::kinds(language).find(|kind| kind.code == code).unwrap();
            for words in [kind.message, kind.hint] {
                if !has_in_order(&stderr, words) {
                    problems.push(format!("{code}: {words}\nis not in:\n{stderr}"));
                }
            }
            if ![Some(1), Some(2)].contains(&exit) || env.files() != before {
                problems.push(format!("{code}: exit {exit:?}, {:?}", env.files()));
            }
        }
        told.insert(code);
    }
    for (code, test, words) in ELSEWHERE {
        let kind = Cause::kinds(Language::English).find(|kind| kind.code == code).unwrap();
        assert!([kind.message, kind.hint].iter().any(|text| text.contains(words)), "{code}: {}", kind.message);
        let test = std::fs::read_to_string(project().join(Path::new("tests").join(test))).unwrap();
        assert!(test.contains(words), "{code}");
        told.insert(code);
    }
    told.extend(NEVER.map(|(code, _)| code));
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    let missing: Vec<&str> =
        Cause::kinds(Language::English).map(|kind| kind.code).filter(|code| !told.contains(code)).collect();
    assert_eq!(missing, [""; 0], "no test brings these about");
}
