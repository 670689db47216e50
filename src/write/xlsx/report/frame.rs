//! Which cells have a key of their own, and the fingerprints of all others: titles, heads, labels.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::domain::cell_name::CELL;
use crate::domain::digest::text_digest;
use crate::domain::figure::round2;
use crate::domain::sheet_names::{ANALYSIS, FOLLOW_UP, PLAN, SCORES};
use crate::plan::items::{CAUTION, LAST_YEAR};
use crate::write::xlsx::kit::census::{CellKind, Census, CensusCell};
use crate::write::xlsx::report::addresses::column;
use crate::write::xlsx::report::{analysis, follow_up, plan};

/// How many digits of a fingerprint tell whether such a cell was changed.
pub(crate) const DIGITS: usize = 6;

/// Facts about the agency that are typed in.
const FACTS: [&str; 8] =
    ["หน่วยงาน", "อำเภอ", "จังหวัด", "ปีงบประมาณ", "เกณฑ์", "ประกาศ_อันดับ", "ประกาศ_ระดับ", "ตรวจหัวข้อแล้ว"];

/// Whether what stands in a cell is known by a key of its own.
pub(crate) fn has_key(sheet: &str, row: &str, at: u16) -> bool {
    let parts: Vec<&str> = row.split('/').collect();
    match (sheet, parts.as_slice()) {
        (ANALYSIS, _) if row == CAUTION => at == 0,
        (ANALYSIS, ["A", _, _]) => at == analysis::at::QUESTION || at == analysis::at::TEXT,
        (PLAN, ["P", "sign", _]) => at == plan::at::NUMBER || at == plan::at::STEPS,
        (PLAN, ["P", _, "-none"]) => at == 0,
        (PLAN, ["P", _, "-phase"]) => false,
        (PLAN, ["P", _, _, ..]) => at <= plan::at::UNIT,
        (FOLLOW_UP, ["F" | LAST_YEAR, second, ..]) if second.starts_with('-') => false,
        (FOLLOW_UP, ["F", _, ..]) => (follow_up::at::RESULT..=follow_up::at::EVIDENCE).contains(&at),
        (FOLLOW_UP, [LAST_YEAR, ..]) => at <= follow_up::at::EVIDENCE,
        (SCORES, [_]) => at == column::SCORE,
        (SCORES, ["N", name]) => match name.strip_prefix('-') {
            Some(fact) => at == column::LABEL && FACTS.contains(&fact),
            None => at == column::PUBLISHED,
        },
        _ => false,
    }
}

/// The beginning of a text's fingerprint.
pub(crate) fn short_digest(text: &str) -> String {
    let mut digest = text_digest(text);
    digest.truncate(DIGITS);
    digest
}

/// The beginning of what a cell shows; of a figure as it is shown, with two decimals.
pub(crate) fn cell_digest(cell: &CensusCell) -> String {
    let figure = cell.text.parse::<Decimal>().ok().filter(|_| cell.kind == CellKind::Result);
    figure.map_or_else(|| short_digest(&cell.text), |figure| short_digest(&round2(figure).normalize().to_string()))
}

/// A line for each row with such cells: column and fingerprint of each, `=` between them where a formula stands there.
pub(super) fn lines(all: &[Census], held: &BTreeMap<String, String>) -> Vec<String> {
    let mut lines = Vec::new();
    for census in all {
        for (row, name) in &census.rows {
            let row_key = format!("{CELL}{}/{name}", census.sheet);
            let cells = census.cells_of(*row).filter(|(column, _)| !has_key(&census.sheet, name, *column));
            let entries: Vec<String> = cells
                .map(|(column, cell)| {
                    let key = || format!("{row_key}/{column}");
                    let digest = if held.is_empty() { None } else { held.get(&key()).cloned() };
                    let digest = digest.unwrap_or_else(|| cell_digest(cell));
                    format!("{column}{}{digest}", if cell.kind.is_live() { '=' } else { ':' })
                })
                .collect();
            if !entries.is_empty() {
                lines.push(format!("{} {row_key}", entries.join(",")));
            }
        }
    }
    lines
}
