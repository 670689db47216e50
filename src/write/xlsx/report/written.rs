//! The hidden sheet: what the program has written, by fingerprints, so that an officer's edits are told from it.

use rust_xlsxwriter::Worksheet;

use crate::domain::digest::text_digest;
use crate::write::printed::manifest;
use crate::write::xlsx::error::{WorkbookError, row_count};
use crate::write::xlsx::kit::census::Census;
use crate::write::xlsx::kit::sheet::{Page, Paper};
use crate::write::xlsx::kit::style;
use crate::write::xlsx::report::{Context, frame, scores};

/// What the first cell says: the layout of the sheet.
pub(crate) const FORMAT: &str = "itasheet 1";

/// The most bytes of a cell: less than any program cuts off.
const LONGEST: usize = 8_000;

/// Writes the sheet: its layout, how many lines there are with the fingerprint of them all, the lines.
pub(super) fn write(sheet: &mut Worksheet, all: &[Census], context: &Context<'_>) -> Result<(), WorkbookError> {
    let notes = scores::notes(context);
    let things = [("pictures", usize::from(context.logo.is_some())), ("comments", notes.len())];
    let mut lines = manifest::lines(context.report, context.digits, &things);
    lines.extend(notes.iter().map(|note| format!("{} X/note/{0}", text_digest(note))));
    lines.extend(looks(all, context));
    lines.extend(frame::lines(all, &context.report.held));
    Page::write(sheet, context.breaks, &[60.0], Paper::Portrait, |page| {
        let plain = &context.styles.plain;
        page.text(0, 0, FORMAT, plain)?;
        page.text(1, 0, &format!("{} {}", text_digest(&lines.join("\n")), lines.len()), plain)?;
        for (index, text) in packed(&lines).iter().enumerate() {
            page.text(row_count(index)? + 2, 0, text, plain)?;
        }
        Ok(())
    })
}

/// The lines in as few cells as hold them.
fn packed(lines: &[String]) -> Vec<String> {
    let mut cells: Vec<String> = Vec::new();
    for line in lines {
        match cells.last_mut().filter(|cell| cell.len() + line.len() < LONGEST) {
            Some(cell) => {
                cell.push('\n');
                cell.push_str(line);
            }
            None => cells.push(line.clone()),
        }
    }
    cells
}

/// How the sheets look: colours, widths of columns, heights of rows.
fn looks(all: &[Census], context: &Context<'_>) -> Vec<String> {
    let heading = context.heading;
    let mut lines = vec![
        format!("{} X/fills", style::fills(heading).join(",")),
        format!("{} X/fonts", style::fonts(heading).join(",")),
    ];
    for census in all {
        let widths: Vec<String> = census.widths.iter().map(ToString::to_string).collect();
        let heights: Vec<String> = census.heights.iter().map(ToString::to_string).collect();
        lines.push(format!("{} X/widths/{}", widths.join(","), census.sheet));
        if !heights.is_empty() {
            lines.push(format!("{} X/heights/{}", heights.join(","), census.sheet));
        }
    }
    lines
}
