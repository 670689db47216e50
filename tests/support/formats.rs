//! The sample's cells, and how text formats write them.

use calamine::{Data, Reader, Xlsx, open_workbook};

use crate::support::binary::{Cells, Content};
use crate::support::samples_folder;

pub const SAMPLE: &str = "khok-muang-2567.xlsx";

/// The sample's cells, read by a reader that is not ours.
pub fn cells() -> Cells {
    let mut workbook: Xlsx<_> = open_workbook(samples_folder().join(SAMPLE)).unwrap();
    let range = workbook.worksheet_range("ผลคะแนน").unwrap();
    let (top, left) = range.start().unwrap();
    let used = range.used_cells().map(|(row, column, data)| {
        let content = match data {
            Data::Float(number) => Content::Number(*number),
            Data::Int(number) => Content::Number(*number as f64),
            other => Content::Text(other.to_string()),
        };
        (row as u32 + top, column as u32 + left, content)
    });
    used.collect()
}

/// The cells as rows of text, blank rows and columns included.
pub fn rows(cells: &Cells) -> Vec<Vec<String>> {
    let height = cells.iter().map(|cell| cell.0).max().unwrap() + 1;
    let width = cells.iter().map(|cell| cell.1).max().unwrap() + 1;
    let mut rows = vec![vec![String::new(); width as usize]; height as usize];
    for (row, column, content) in cells {
        rows[*row as usize][*column as usize] = match content {
            Content::Text(text) => text.clone(),
            Content::Number(number) => number.to_string(),
        };
    }
    rows
}

pub fn delimited(cells: &Cells, separator: char) -> String {
    let field = |text: &String| match text.contains([separator, '"', '\n']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.clone(),
    };
    let line = |row: &Vec<String>| row.iter().map(field).collect::<Vec<_>>().join(&separator.to_string()) + "\r\n";
    rows(cells).iter().map(line).collect()
}

pub fn html(cells: &Cells) -> String {
    let cell = |text: &String| format!("<td>{}</td>", text.replace('&', "&amp;").replace('\n', "<br>"));
    let line = |row: &Vec<String>| format!("<tr>{}</tr>\n", row.iter().map(cell).collect::<String>());
    format!("<html><body><table>{}</table></body></html>", rows(cells).iter().map(line).collect::<String>())
}

pub fn utf16(text: &str, big: bool) -> Vec<u8> {
    text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

pub fn thai(text: &str) -> Vec<u8> {
    let (bytes, _, failed) = encoding_rs::WINDOWS_874.encode(text);
    assert!(!failed);
    bytes.into_owned()
}
