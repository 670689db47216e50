//! Rows that grow with what is typed into them: they have a height and are not held to it.
//!
//! The writer marks every height as fixed, and a program then cuts off a text that has become longer.

use std::io::{Cursor, Read, Write};

use zip::CompressionMethod;
use zip::read::ZipArchive;
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::write::xlsx::error::WorkbookError;
use crate::write::xlsx::kit::book::ZIP_LEVEL;

/// What says that a row's height is fixed.
const FIXED: &str = " customHeight=\"1\"";

/// The bytes of a workbook in which the rows of these sheets, counted from 1, may grow; its other parts are as they were.
pub(in crate::write::xlsx) fn free(workbook: &[u8], sheets: &[usize]) -> Result<Vec<u8>, WorkbookError> {
    let mut source = ZipArchive::new(Cursor::new(workbook))?;
    let mut target = ZipWriter::new(Cursor::new(Vec::with_capacity(workbook.len())));
    let names: Vec<String> = sheets.iter().map(|number| format!("xl/worksheets/sheet{number}.xml")).collect();
    for index in 0..source.len() {
        let mut part = source.by_index(index)?;
        let name = part.name()?.into_owned();
        if !names.contains(&name) {
            target.raw_copy_file(part)?;
            continue;
        }
        let mut xml = String::new();
        part.read_to_string(&mut xml)?;
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(i64::from(ZIP_LEVEL)))
            .last_modified_time(part.last_modified().unwrap_or_default());
        target.start_file(name, options)?;
        target.write_all(without_fixed_rows(&xml).as_bytes())?;
    }
    Ok(target.finish()?.into_inner())
}

/// A sheet's XML in which no row's height is fixed.
fn without_fixed_rows(xml: &str) -> String {
    // The sheet's default height and its columns' widths keep theirs: only rows begin so.
    let mut rows = xml.split("<row ");
    let mut freed = String::with_capacity(xml.len());
    freed.push_str(rows.next().unwrap_or_default());
    for row in rows {
        freed.push_str("<row ");
        let (tag, rest) = row.split_once('>').unwrap_or((row, ""));
        freed.push_str(&tag.replacen(FIXED, "", 1));
        freed.push('>');
        freed.push_str(rest);
    }
    freed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_rows_are_freed() {
        let xml = "<sheetFormatPr defaultRowHeight=\"22.5\" customHeight=\"1\"/><sheetData><row r=\"1\" ht=\"45\" customHeight=\"1\">\
                   <c r=\"A1\"><v>1</v></c></row><row r=\"2\"/></sheetData>";
        let freed = without_fixed_rows(xml);
        assert_eq!(freed.matches("customHeight").count(), 1);
        assert!(freed.contains("<row r=\"1\" ht=\"45\"><c r=\"A1\">") && freed.ends_with("<row r=\"2\"/></sheetData>"));
    }
}
