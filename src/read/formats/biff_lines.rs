//! Rows and columns that an .xls does not show: its parser does not tell them.

use crate::read::grid::HiddenLines;
use crate::read::safety::biff_memory::{BOF, BOUND_SHEET, EOF, records, u16_at, u32_at};

const ROW: u16 = 0x0208;
const COLUMNS: u16 = 0x007D;

/// The bit of a row's options that it has no height, and that of a column's that it is hidden.
const ROW_HIDDEN: u16 = 0x0020;
const COLUMN_HIDDEN: u16 = 0x0001;

/// The hidden lines of each sheet of a workbook's stream, in the order of its list of sheets.
pub(in crate::read) fn hidden_lines(stream: &[u8]) -> Vec<HiddenLines> {
    records(stream)
        .take_while(|(kind, _)| *kind != EOF)
        .filter(|(kind, _)| *kind == BOUND_SHEET)
        .map(|(_, body)| u32_at(body, 0).and_then(|start| stream.get(start as usize..)).map(lines).unwrap_or_default())
        .collect()
}

/// Those of the sheet that begins here, without those of charts inside it.
fn lines(sheet: &[u8]) -> HiddenLines {
    let mut lines = HiddenLines::default();
    let mut depth = 0u32;
    for (kind, body) in records(sheet) {
        match kind {
            BOF => depth += 1,
            EOF if depth <= 1 => break,
            EOF => depth -= 1,
            ROW if depth == 1 && has(body, 12, ROW_HIDDEN) => {
                lines.rows.extend(u16_at(body, 0).map(|row| u32::from(row)..=u32::from(row)));
            }
            COLUMNS if depth == 1 && has(body, 8, COLUMN_HIDDEN) => {
                let ends = u16_at(body, 0).zip(u16_at(body, 2));
                lines.columns.extend(ends.map(|(first, last)| u32::from(first)..=u32::from(last)));
            }
            _ => {}
        }
    }
    lines.rows.sort_unstable_by_key(|rows| *rows.start());
    lines
}

fn has(body: &[u8], at: usize, bit: u16) -> bool {
    u16_at(body, at).is_some_and(|options| options & bit != 0)
}
