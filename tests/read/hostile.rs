//! Files made to hurt: each is one clear message, in little time and memory.

use crate::support::biff::{biff8, record};
use crate::support::binary::{biff5, ole, xlsb, zip};
use crate::support::formats::cells;
use crate::support::hostile::{
    TWO_CELLS, all_corners, endless_attributes, ends, many_formats, ods, sheet_beyond_the_end, xlsx,
};
use crate::support::{project, samples_folder};

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(project().join("tests/fixtures").join(name)).unwrap()
}

#[test]
fn the_smallest_workbooks_are_read() {
    ends(&xlsx(TWO_CELLS, &[]), 0, &[], &[]);
    let row = "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>i1</text:p></table:table-cell>\
               <table:table-cell office:value-type=\"float\" office:value=\"90\"/></table:table-row>";
    ends(&ods(row), 0, &[], &[]);
}

#[test]
fn truncated_files_of_every_format() {
    let sample = std::fs::read(samples_folder().join("khok-muang-2567.xlsx")).unwrap();
    for whole in [sample, fixture("khok-muang-2567.ods"), xlsb(&cells())] {
        for share in [1, 5, 9] {
            ends(&whole[..whole.len() * share / 10], 1, &["damaged", "hint:"], &[]);
        }
    }
    for whole in [fixture("khok-muang-2567.xls"), biff5(&cells(), 874)] {
        ends(&whole[..whole.len() / 2], 1, &["damaged"], &[]);
    }
}

#[test]
fn a_zip_whose_directory_lies_about_its_size() {
    let zeros = vec![b' '; 200 << 20];
    let mut bytes = xlsx(TWO_CELLS, &[("xl/sharedStrings.xml", &zeros)]);
    let size = (zeros.len() as u32).to_le_bytes();
    let places: Vec<usize> = bytes.windows(4).enumerate().filter(|(_, own)| **own == size).map(|(at, _)| at).collect();
    assert!(!places.is_empty());
    for at in places {
        bytes[at..at + 4].copy_from_slice(&100u32.to_le_bytes());
    }
    ends(&bytes, 1, &[], &[]);
}

#[test]
fn strings_that_fill_the_memory() {
    let strings = format!("<sst>{}</sst>", "<si/>".repeat(20 << 20));
    ends(&xlsx(TWO_CELLS, &[("xl/sharedStrings.xml", strings.as_bytes())]), 1, &["--max-cells"], &[]);
}

#[test]
fn styles_that_fill_the_memory() {
    // Elsewhere memory is not bounded, and the file is read.
    let expected: &[&str] = if cfg!(target_os = "linux") { &["memory", "--max-memory"] } else { &[] };
    ends(&many_formats(), 1, expected, &[]);
}

#[test]
fn one_long_text_in_many_cells() {
    let strings = format!("<sst uniqueCount=\"1\"><si><t>{}</t></si></sst>", "x".repeat(90_000));
    let cells = "<c t=\"s\"><v>0</v></c>".repeat(10_000);
    let sheet = format!("<worksheet><sheetData><row>{cells}</row></sheetData></worksheet>");
    ends(&xlsx(&sheet, &[("xl/sharedStrings.xml", strings.as_bytes())]), 1, &["--max-all-text"], &[]);
    let strings = strings.replace("x</t>", &format!("{}</t>", "x".repeat(20_000)));
    ends(&xlsx(&sheet, &[("xl/sharedStrings.xml", strings.as_bytes())]), 1, &["one cell", "--max-text"], &[]);
}

#[test]
fn a_million_merged_ranges() {
    let merged = "<mergeCell ref=\"A1:B2\"/>".repeat(1_000_000);
    let sheet = TWO_CELLS.replace("</sheetData>", &format!("</sheetData><mergeCells>{merged}</mergeCells>"));
    ends(&xlsx(&sheet, &[]), 0, &[], &[]);
}

#[test]
fn repeated_rows_and_columns() {
    let cell = |repeats: u32, content: &str| {
        format!(
            "<table:table-cell table:number-columns-repeated=\"{repeats}\" office:value-type=\"string\">{content}\
             </table:table-cell>"
        )
    };
    let row = |repeats: u32, cells: &str| {
        format!("<table:table-row table:number-rows-repeated=\"{repeats}\">{cells}</table:table-row>")
    };
    let text = "<text:p>x</text:p>";
    ends(&ods(&row(1_048_576, &cell(16_384, text))), 1, &["--max-cells"], &[]);
    ends(&ods(&row(1, &cell(4_000_000_000, text))), 1, &["the number of"], &[]);
    ends(&ods(&row(1, &cell(20_000, text))), 1, &["--max-columns"], &[]);
    // Blank filling is no content.
    let filling = row(1_048_576, &cell(16_384, ""));
    ends(&ods(&filling.repeat(100)), 1, &["no ITA question code"], &[]);
}

#[test]
fn a_file_is_tried_in_the_encoding_that_the_user_names() {
    // So many Thai letters in front that UTF-16 does not give itself away.
    let text = format!("<table><!--{}-->{}", "ก".repeat(4_000), endless_attributes());
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let args = ["--encoding", "utf-16le", "--max-seconds", "1"];
    ends(&bytes, 1, &["more than 1 seconds", "--max-seconds"], &args);
}

#[test]
fn chains_of_sectors_that_never_end() {
    let (bytes, table) = ole("Workbook", &[0; 5000]);
    for sector in [0usize, 10] {
        let mut looped = bytes.clone();
        // The directory's own chain, and the stream's.
        looped[table + 4 * sector..][..4].copy_from_slice(&(sector as u32).to_le_bytes());
        ends(&looped, 1, &["damaged", "circle"], &[]);
    }
    let mut astray = bytes.clone();
    astray[table..][..4].copy_from_slice(&4_000_000u32.to_le_bytes());
    ends(&astray, 1, &["damaged", "beyond its end"], &[]);
}

#[test]
fn an_old_workbook_with_cells_all_over() {
    ends(&all_corners(), 1, &["memory", "--max-memory"], &[]);
}

#[test]
fn a_parser_that_panics_is_one_message() {
    ends(&sheet_beyond_the_end(), 1, &["made the spreadsheet reader fail", "hint:"], &[]);
}

#[test]
fn a_page_with_endless_attributes_is_given_up() {
    ends(endless_attributes().as_bytes(), 1, &["more than 1 seconds", "--max-seconds"], &["--max-seconds", "1"]);
}

#[test]
fn a_page_of_nested_tables_and_spans() {
    ends("<table><tr><td>".repeat(20_000).as_bytes(), 1, &["no ITA question code"], &[]);
    let wide = format!("<table>{}</table>", "<tr><td colspan=1000 rowspan=65000>x".repeat(30_000));
    ends(wide.as_bytes(), 1, &["--max-columns"], &[]);
}

#[test]
fn every_limit_can_be_set_and_names_its_flag() {
    let bytes = xlsx(TWO_CELLS, &[]);
    for (flag, limit) in [
        ("--max-file-bytes", "100"),
        ("--max-unpacked-bytes", "100"),
        ("--max-parts", "3"),
        ("--max-sheets", "0"),
        ("--max-cells", "1"),
        ("--max-columns", "1"),
        ("--max-text", "1"),
        ("--max-all-text", "1"),
    ] {
        ends(&bytes, 1, &["more than the limit", flag], &[flag, limit]);
    }
    ends(&bytes, 2, &["--max-memory"], &["--max-memory", "many"]);
}

#[test]
fn other_kinds_of_files_are_named() {
    let encrypted = br#"<manifest><file-entry><encryption-data/></file-entry></manifest>"#;
    for (bytes, words) in [
        (ole("WordDocument", &[]).0, "a Word document"),
        (ole("PowerPoint Document", &[]).0, "a Word document or a PowerPoint"),
        (ole("__properties_version1.0", &[]).0, "an Outlook message"),
        (ole("Something", &[]).0, "an old Office file"),
        (ole("EncryptedPackage", &[]).0, "password"),
        (zip(&[("META-INF/manifest.xml", encrypted), ("content.xml", b"?")]), "password"),
        (b"\x09\x00\x04\x00\x02\x00\x10\x00".to_vec(), "a workbook of Excel before 5.0"),
        (ole("Workbook", &biff8(&[record(0x2F, &[1, 0, 1, 0, 1, 0])], &[record(0x200, &[7; 14])])).0, "password"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n<table>".to_vec(), "a web archive"),
        (b"<html><frameset rows=*><frame src=sheet001.htm></frameset></html>".to_vec(), "a web page of frames"),
        (b"ID;PWXL;N;E\r\nC;Y1;X1;K\"i1\"\r\nE\r\n".to_vec(), "a SYLK file"),
        (b"TABLE\r\n0,1\r\n\"EXCEL\"\r\nVECTORS\r\n0,1\r\n".to_vec(), "a DIF file"),
        (b"<?xml version=\"1.0\"?><note/>".to_vec(), "XML of another kind"),
        (b"Rar!\x1A\x07".to_vec(), "an archive"),
    ] {
        ends(&bytes, 1, &[words, "hint:"], &[]);
    }
}

#[cfg(unix)]
#[test]
fn names_that_are_no_text_or_steer_a_terminal() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let env = crate::support::TestEnv::new();
    let sample = env.sample("khok-muang-2567.xlsx");
    let name = OsStr::from_bytes(b"\xA1\xA2.xlsx");
    std::fs::copy(&sample, env.path("x").with_file_name(name)).unwrap();
    env.expect(0, [OsStr::new("convert"), name]);
    let output = env.path("x").with_file_name(OsStr::from_bytes(b"\xA1\xA2-itasheet.xlsx"));
    assert!(output.exists());
    let steering = "a\u{1b}[31mb\n.xlsx";
    std::fs::copy(&sample, env.path(steering)).unwrap();
    for args in [["inspect", steering], ["convert", steering], ["convert", "\u{1b}]0;x\u{7}"]] {
        let run = env.run(args);
        assert!(!(run.stdout + &run.stderr).contains(['\u{1b}', '\u{7}']), "{args:?}");
    }
    assert!(env.run(["inspect", steering]).stdout.contains(r"a\u001b[31mb\u000a.xlsx"));
}
