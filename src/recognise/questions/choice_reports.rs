//! What should be looked at in a table: how its column of scores was chosen, its scales, rows and spellings.

use crate::finding::{Finding, FindingCode, Place};
use crate::framework::QuestionCode;
use crate::framework::code_list;
use crate::read::{CellRef, column_name};
use crate::recognise::questions::candidate::Candidate;
use crate::recognise::questions::scale::Scale;
use crate::recognise::questions::table::ScoredColumn;
use crate::recognise::sheet::code_cells::CodeCell;
use crate::recognise::sheet::labels;

impl ScoredColumn<'_> {
    /// Adds what should be looked at in the table as a whole.
    pub fn report(&self, findings: &mut Vec<Finding>) {
        self.report_choice(findings);
        self.report_spelling(findings);
        self.report_scales(findings);
        self.report_rows(findings);
    }

    /// A column's letters; the number of the row that it is where rows and columns were exchanged.
    fn line(&self, column: u32) -> String {
        if self.sheet.transposed { (column + 1).to_string() } else { column_name(column) }
    }

    fn report_choice(&self, findings: &mut Vec<Finding>) {
        let place = |column| self.sheet.place(CellRef::new(self.table.rows.0, column));
        let name = |column, header: Option<&String>| match header {
            Some(header) => format!("{} ({header})", self.line(column)),
            None => self.line(column),
        };
        let chosen = name(self.table.score_column, self.table.score_header.as_ref());
        let told = |code, item: String, rival: &Candidate| {
            let places = [place(self.table.score_column), place(rival.column)];
            Finding::new(code, item).at(places).found(&chosen).expected(name(rival.column, rival.header.as_ref()))
        };
        if let Some(corrections) = &self.corrections {
            let codes = self.codes.iter().filter(|cell| self.corrected(cell.at.row).is_some());
            let item = code_list(codes.map(|cell| cell.found.code));
            let used = name(corrections.column, corrections.header.as_ref());
            let places = [place(corrections.column), place(self.table.score_column)];
            findings.push(Finding::new(FindingCode::ScoreOfSeveral, item).at(places).found(used).expected(&chosen));
        }
        if let Some(rival) = self.undecided.first() {
            let codes = self.codes.iter().filter(|cell| self.is_undecided(cell.at.row)).map(|cell| cell.found.code);
            findings.push(told(FindingCode::ScoreUndecided, code_list(codes), rival));
        } else if let Some(rival) = self.rivals.first() {
            findings.push(told(FindingCode::ScoreColumnAmbiguous, String::new(), rival));
        }
    }

    /// Says which instruments' numbers are on another scale than 0 to 100, and what became of them.
    fn report_scales(&self, findings: &mut Vec<Finding>) {
        let mut said: Vec<(Scale, Vec<&str>, Place)> = Vec::new();
        for (instrument, scale) in self.scales.iter().filter(|(_, scale)| **scale != Scale::Hundred) {
            let first = self.codes.iter().find(|cell| cell.found.code.instrument() == *instrument);
            let Some(cell) = first else { continue };
            match said.iter_mut().find(|(known, ..)| known == scale) {
                Some((_, names, _)) => names.push(instrument.name()),
                None => {
                    let place = self.sheet.place(CellRef::new(cell.at.row, self.table.score_column));
                    said.push((*scale, vec![instrument.name()], place));
                }
            }
        }
        let column = self.line(self.table.score_column);
        for (scale, names, place) in said {
            let finding = match scale {
                Scale::Other(most) => {
                    Finding::new(FindingCode::ScoreScaleUnknown, names.join(", ")).expected(most.normalize())
                }
                _ => Finding::new(FindingCode::ScoreScale, names.join(", ")).expected(labels::RANGE),
            };
            findings.push(finding.at([place]).found(&column));
        }
    }

    /// Says which rows without a code have numbers in the column of scores, and which codes cannot have a score for them.
    fn report_rows(&self, findings: &mut Vec<Finding>) {
        let at = |row: u32| self.sheet.place(CellRef::new(row, self.table.score_column));
        for (row, rows) in &self.rows_below.undecided {
            let codes = self.codes.iter().filter(|cell| cell.at.row == *row).map(|cell| cell.found.code);
            let value = |row: &u32| {
                self.sheet.get(CellRef::new(*row, self.table.score_column)).map(|cell| cell.value.to_string())
            };
            let numbers: Vec<String> = rows.iter().filter_map(value).collect();
            let finding = Finding::new(FindingCode::ScoreConflict, code_list(codes.collect::<Vec<_>>()));
            findings.push(finding.at(rows.iter().map(|row| at(*row))).found(numbers.join(", ")));
        }
        if !self.rows_below.left.is_empty() {
            let finding = Finding::new(FindingCode::NumberWithoutCode, "");
            findings.push(finding.at(self.rows_below.left.iter().map(|row| at(*row))));
        }
    }

    fn report_spelling(&self, findings: &mut Vec<Finding>) {
        let numbers: Vec<&CodeCell> = self.codes.iter().filter(|cell| cell.found.is_number).collect();
        if !numbers.is_empty() {
            let first = numbers.first().map(|cell| self.sheet.place(cell.at));
            let codes = code_list(numbers.iter().map(|cell| cell.found.code));
            findings.push(Finding::new(FindingCode::CodeWithoutLetter, codes).at(first));
        }
        let respelled: Vec<&CodeCell> = self.codes.iter().filter(|cell| cell.found.respelled).collect();
        if respelled.is_empty() {
            return;
        }
        let codes: Vec<QuestionCode> = respelled.iter().map(|cell| cell.found.code).collect();
        let places = respelled.iter().map(|cell| self.sheet.place(cell.at));
        findings.push(Finding::new(FindingCode::CodeRespelled, code_list(codes)).at(places));
    }
}
