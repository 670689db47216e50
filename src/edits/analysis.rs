//! Part 1: the rows of an instrument, the program's and the officer's put together.

use crate::edits::arrange::{Slot, arrange};
use crate::edits::merge::{Choice, Merge};
use crate::edits::{AnalysisLine, tidy};
use crate::plan::items::{CAUTION, OfficerRow, analysis_key, note_key};
use crate::plan::{AnalysisRow, InstrumentText, Subject};

impl Merge<'_> {
    /// The rows of an instrument; what was added above all rows of the issue goes to its first.
    pub(super) fn rows(&mut self, issue: u8, is_first: bool, is_end: bool, text: &mut InstrumentText) {
        let edits = self.edits;
        let keys: Vec<String> = text.rows.iter().map(|row| analysis_key(issue, row.subject)).collect();
        let note = note_key(issue, text.instrument);
        let is_here = |key: &str| {
            let subject = key.rsplit('/').next().unwrap_or_default();
            let code = subject.parse::<crate::framework::QuestionCode>().ok();
            keys.iter().any(|known| known == key) || code.is_some_and(|code| code.instrument() == text.instrument)
        };
        // A row that was added belongs where the row above it does.
        let mut here = is_first;
        let mut lines: Vec<&AnalysisLine> = Vec::new();
        for line in &edits.analysis {
            match &line.key {
                Some(key) if key == CAUTION => here = is_end,
                Some(key) if line.issue == issue => {
                    here = is_here(key) || *key == note;
                    if here && *key != note {
                        lines.push(line);
                    }
                }
                Some(_) => here = false,
                None if line.issue == issue && here => lines.push(line),
                None => {}
            }
        }
        let start = format!("A/{issue}/");
        let base: Vec<String> =
            edits.record.names(&start, "/question").iter().map(|name| format!("{start}{name}")).collect();
        let base: Vec<String> = base.into_iter().filter(|key| is_here(key)).collect();
        let edited: Vec<Option<String>> = lines.iter().map(|line| line.key.clone()).collect();
        let arranged = arrange(&base, &edited, &keys, |_| true);
        self.removed(arranged.removed.iter().filter_map(|index| keys.get(*index).cloned()));
        let mut added = 0;
        let mut rows = Vec::with_capacity(arranged.slots.len());
        for slot in arranged.slots {
            match slot {
                Slot::New(index, at) => {
                    let Some(row) = text.rows.get(index) else { continue };
                    let line = at.and_then(|at| lines.get(at));
                    let key = keys.get(index).cloned().unwrap_or_default();
                    rows.push(line.map_or_else(|| row.clone(), |line| self.row(row, line, &key)));
                }
                Slot::Officer(at) => {
                    let Some(line) = lines.get(at) else { continue };
                    added += 1;
                    rows.push(self.added_row(line, added));
                }
            }
        }
        text.rows = rows;
        if let Some(line) = self.line(&note) {
            let [.., cell] = &line.cells;
            let cell = cell.clone();
            let program = text.note.as_ref().map(|note| self.printed.note(note)).unwrap_or_default();
            let key = format!("{note}/text");
            if self.choose(&key, &cell.text, &program) == Choice::Officer && !cell.text.trim().is_empty() {
                text.note = Some(self.chosen(&key, &cell, &program));
                text.officers_note = true;
            }
        } else if !edits.record.names(&note, "/text").is_empty() && text.note.take().is_some() {
            self.removed([note].into_iter());
        }
    }

    fn row(&mut self, row: &AnalysisRow, line: &AnalysisLine, key: &str) -> AnalysisRow {
        let [_, _, question, _, _, text] = &line.cells;
        let mut officer = OfficerRow { review: line.review, ..OfficerRow::default() };
        let program = self.printed.row(row).joined();
        let text_key = format!("{key}/text");
        if self.choose(&text_key, &text.text, &program) == Choice::Officer {
            officer.text = Some(self.chosen(&text_key, text, &program));
        }
        let program = self.printed.subject(row).unwrap_or_default();
        let question_key = format!("{key}/question");
        let is_known = self.edits.record.digest(&question_key).is_some();
        if is_known && self.choose(&question_key, &question.text, &program) == Choice::Officer {
            officer.question = Some(self.chosen(&question_key, question, &program));
        }
        let is_officers = officer.text.is_some() || officer.question.is_some();
        AnalysisRow { officer: is_officers.then_some(officer), ..row.clone() }
    }

    fn added_row(&mut self, line: &AnalysisLine, number: u16) -> AnalysisRow {
        let [first, instrument, question, score, status, text] = &line.cells;
        // A row of a question that is asked no more has a score of its own no more.
        if line.key.is_some() {
            self.stays(text);
        }
        let cells = [first, instrument, question, score, status].map(|cell| tidy(&cell.text));
        let officer = OfficerRow { text: Some(tidy(&text.text)), added: Some(cells), ..OfficerRow::default() };
        let (finding, recommendations) = (String::new(), Vec::new());
        AnalysisRow { subject: Subject::Added(number), finding, recommendations, officer: Some(officer) }
    }
}
