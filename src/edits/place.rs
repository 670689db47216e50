//! What an officer has typed into titles, heads, labels and empty cells: into the same cells of the new workbook, or listed.

use crate::config::Config;
use crate::domain::cell_name::Unplaced;
use crate::domain::cell_ref::CellRef;
use crate::edits::frame::{FrameCell, is_text_of};
use crate::edits::{Edits, old_version};
use crate::error::Cause;
use crate::finding::{Finding, FindingCode};
use crate::report::Report;
use crate::write::cell_digest;
use crate::write::xlsx::kit::census::{CellKind, Census, CensusCell};
use crate::write::xlsx::report::censuses;

/// The report with what was typed into such cells, and findings about what has no place.
pub(super) fn place(mut report: Report, edits: &Edits, config: &Config) -> Result<Report, Cause> {
    if edits.frame.is_empty() && edits.unplaced.is_empty() && edits.beside.is_empty() {
        return Ok(report);
    }
    let all = censuses(&report, config)?;
    let mut lost: Vec<&FrameCell> = Vec::new();
    let mut findings = Vec::new();
    let texts = if edits.old { old_version::texts_of(&all) } else { String::new() };
    let is_there = |cell: &FrameCell| edits.old && old_version::stands_in(&texts, &cell.typed.text());
    for cell in edits.frame.iter().filter(|cell| !is_there(cell)) {
        let census = cell.name.as_ref().and_then(|name| all.iter().find(|census| census.sheet == name.sheet));
        match decide(cell, census) {
            Decision::Nothing => {}
            Decision::Lost => lost.push(cell),
            Decision::Placed { at: (row, column), new } => {
                let Some(name) = &cell.name else { continue };
                report.typed.insert(name.clone(), cell.typed.clone());
                let base = cell.base.as_ref().zip(new);
                if let Some((base, new)) = base.filter(|(base, new)| base.digest != cell_digest(new)) {
                    report.held.insert(name.to_string(), base.digest.clone());
                    let finding = Finding::new(
                        FindingCode::EditConflict,
                        format!("{}!{}", name.sheet, CellRef::new(row, column.into())),
                    );
                    findings.push(finding.found(cell.typed.text()).expected(&new.text));
                }
            }
        }
    }
    // What stood in one row is one thing to look at.
    let fresh =
        lost.chunk_by(|a, b| (&a.place.sheet, a.place.cell.row) == (&b.place.sheet, b.place.cell.row)).map(|row| {
            let place = row.first().map(|cell| cell.place.to_string()).unwrap_or_default();
            let texts: Vec<String> = row.iter().map(|cell| cell.typed.text()).collect();
            Unplaced { place, text: texts.join(" | ") }
        });
    let mut unplaced: Vec<Unplaced> = edits.unplaced.clone();
    unplaced.extend(fresh.chain(edits.beside.iter().cloned()));
    unplaced.dedup();
    findings.extend(unplaced.iter().map(|text| {
        let finding = Finding::new(FindingCode::EditNotPlaced, text.place.as_str());
        // All of it: it may stand nowhere else any more.
        Finding { found: text.text.clone(), ..finding }
    }));
    report.unplaced = unplaced;
    report.assessment.add(findings);
    Ok(report)
}

/// What becomes of a cell.
enum Decision<'c> {
    /// The program's own stands there.
    Nothing,
    /// The officer's stands there, in place of the program's if there is one.
    Placed { at: (u32, u16), new: Option<&'c CensusCell> },
    /// It is listed.
    Lost,
}

fn decide<'c>(cell: &FrameCell, census: Option<&'c Census>) -> Decision<'c> {
    let is_empty = cell.typed.text().is_empty();
    let lost = if is_empty { Decision::Nothing } else { Decision::Lost };
    let Some((census, name)) = census.zip(cell.name.as_ref()) else { return lost };
    let Some(at) = census.place_of(name) else { return lost };
    let Some(new) = census.cells.get(&at) else {
        // A row below a named one that has a name itself now is another row.
        let is_other = name.below > 0 && census.rows.contains_key(&at.0) || name.row.is_empty();
        let is_own_formula = cell.is_formula && cell.base.is_none();
        return if is_empty {
            Decision::Nothing
        } else if is_other || is_own_formula || census.is_covered(at) {
            Decision::Lost
        } else {
            Decision::Placed { at, new: None }
        };
    };
    if is_text_of(&cell.typed.text(), &cell_digest(new)) || (cell.is_formula && new.kind.is_live()) {
        return Decision::Nothing;
    }
    let is_as_before = cell.base.as_ref().is_some_and(|base| base.digest == cell_digest(new));
    match (new.kind, &cell.base) {
        _ if name.below > 0 => lost,
        (CellKind::Text | CellKind::Line, _) if is_empty && !is_as_before => Decision::Nothing,
        (CellKind::Text | CellKind::Line, _) => Decision::Placed { at, new: Some(new) },
        (CellKind::Number, _) if is_as_before => Decision::Placed { at, new: Some(new) },
        (CellKind::Number, _) if is_empty => Decision::Nothing,
        (CellKind::Number | CellKind::Result, _) => lost,
    }
}

impl Edits {
    /// Whether all that was typed has a place in a report, or is listed in the workbook already.
    pub fn is_all_placed(&self, report: &Report) -> bool {
        report.unplaced.iter().all(|text| self.unplaced.contains(text))
    }
}
