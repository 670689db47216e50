//! Files made to hurt, and what is expected of them.

use crate::support::formats::cells;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::support::TestEnv;
use crate::support::binary::{Content, biff5, zip};

/// Far more than any of these takes, even beside other tests.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// Inspects the bytes with 300 MB of memory, address space included, and expects this code and these words.
pub fn ends(bytes: &[u8], code: i32, words: &[&str], args: &[&str]) {
    let env = TestEnv::new();
    std::fs::write(env.path("input"), bytes).unwrap();
    let exe = env!("CARGO_BIN_EXE_itasheet");
    let mut command = if cfg!(unix) {
        let mut shell = Command::new("sh");
        shell.args(["-c", "ulimit -v 307200; exec \"$0\" \"$@\"", exe]);
        shell
    } else {
        Command::new(exe)
    };
    let start = Instant::now();
    let output = command.args(["inspect", "--lang", "en"]).args(args).arg(env.path("input")).output().unwrap();
    let took = start.elapsed();
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{error}");
    for word in words {
        assert!(error.contains(word), "`{word}` is not in:\n{error}");
    }
    assert!(!error.contains("panicked"), "{error}");
    assert!(took < PATIENCE, "{took:?}");
    println!("{:>6} ms  {}", took.as_millis(), error.lines().next().unwrap_or_default());
}

/// An .xlsx of the least parts, with one sheet.
pub fn xlsx(sheet: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let relations = |target: &str| {
        let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let kind = format!("{kind}/{}", if target.starts_with("xl") { "officeDocument" } else { "worksheet" });
        format!("<Relationships><Relationship Id=\"r1\" Type=\"{kind}\" Target=\"{target}\"/></Relationships>")
    };
    let (root, book) = (relations("xl/workbook.xml"), relations("worksheets/sheet1.xml"));
    let workbook = "<workbook><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>";
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", book.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ];
    parts.extend(more);
    zip(&parts)
}

pub fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"S\">{rows}</table:table>\
         </office:spreadsheet></office:body></office:document-content>"
    );
    zip(&[("META-INF/manifest.xml", b"<manifest/>"), ("content.xml", content.as_bytes())])
}

pub const TWO_CELLS: &str = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>i1</t></is></c>\
                         <c r=\"B1\"><v>90</v></c></row></sheetData></worksheet>";

/// So many formats, each small, that reading them takes more memory than a file is allowed.
pub fn many_formats() -> Vec<u8> {
    let side = |name: &str| format!("<{name} style=\"thin\"><color rgb=\"FF000000\"/></{name}>");
    let borders = ["left", "right", "top", "bottom"].map(side).concat();
    let formats = "<xf numFmtId=\"9\" fontId=\"0\" fillId=\"0\" borderId=\"0\" applyFont=\"1\"/>".repeat(1_000_000);
    let styles = format!(
        "<styleSheet><fonts><font><b/><name val=\"{}\"/></font></fonts><fills><fill/></fills>\
         <borders><border>{borders}</border></borders><cellXfs>{formats}</cellXfs></styleSheet>",
        "TH SarabunPSK".repeat(20)
    );
    xlsx(TWO_CELLS, &[("xl/styles.xml", styles.as_bytes())])
}

/// A small file for whose two cells the parser takes a table of all that lie between.
pub fn last_corner() -> Vec<u8> {
    biff5(&vec![(0, 0, Content::Text("i1".to_owned())), (65_535, 255, Content::Number(1.0))], 874)
}

/// A cell in every row of a sheet's last column, and one in its first: the parser takes a table of all that lie between.
pub fn all_corners() -> Vec<u8> {
    let last = (0..65_535).map(|row| (row, 255, Content::Number(1.0)));
    biff5(&[(0, 0, Content::Text("i1".to_owned()))].into_iter().chain(last).collect(), 874)
}

/// The parser looks for a sheet beyond the stream's end, and panics.
pub fn sheet_beyond_the_end() -> Vec<u8> {
    let mut bytes = biff5(&cells(), 874);
    let at = bytes.windows(2).position(|own| own == [0x85, 0]).unwrap();
    bytes[at + 4..at + 8].copy_from_slice(&u32::MAX.to_le_bytes());
    bytes
}

/// A page that takes its parser longer than anyone waits.
pub fn endless_attributes() -> String {
    let attributes: String = (0..400_000).map(|n| format!(" a{n}")).collect();
    format!("<table{attributes}><tr><td>i1<td>90</table>")
}
