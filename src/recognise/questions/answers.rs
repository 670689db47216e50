//! The answers of a table: one score a question, and what should be looked at.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;

use indexmap::IndexMap;
use indexmap::map::Entry;
use rust_decimal::Decimal;

use crate::domain::thai;
use crate::finding::{Finding, FindingCode, Place};
use crate::framework::{Instrument, QuestionCode};
use crate::read::{Cell, CellRef, Sheet, Value, column_name};
use crate::recognise::cell::score;
use crate::recognise::cell::score::Reading;
use crate::recognise::questions::eit_halves;
use crate::recognise::questions::eit_halves::Half;
use crate::recognise::questions::rows_below::row_points;
use crate::recognise::questions::scale::Scale;
use crate::recognise::questions::table::ScoredColumn;
use crate::recognise::sheet::code_cells::CodeCell;
use crate::recognise::sheet::{header, labels};
use crate::recognise::submission::Answer;

/// Longer questions are cut: a row cannot be higher than 409 points.
const MAX_TITLE: usize = 300;

/// What several tables say together.
#[derive(Default)]
pub(in crate::recognise) struct Answers<'a> {
    /// By question, in the order in which they stand.
    pub all: IndexMap<QuestionCode, Answer>,
    /// Where a question of the external survey stood first.
    firsts: BTreeMap<QuestionCode, (&'a Sheet, u32)>,
}

impl<'a> ScoredColumn<'a> {
    /// The different codes that have a score.
    pub fn scored_codes(&self) -> BTreeMap<QuestionCode, Decimal> {
        let mut scores = BTreeMap::new();
        for cell in &self.codes {
            if let Some(score) = self.score_of(cell) {
                scores.entry(cell.found.code).or_insert(score);
            }
        }
        scores
    }

    fn score_of(&self, cell: &CodeCell) -> Option<Decimal> {
        let number = score::number(&self.score_cell(cell)?.value).filter(|score| score::in_range(*score))?;
        self.scaled(cell.found.code, number)
    }

    /// A number of the column as a score; nothing where its instrument's numbers are on a scale that is none of scores.
    fn scaled(&self, code: QuestionCode, number: Decimal) -> Option<Decimal> {
        self.scales.get(&code.instrument()).copied().unwrap_or(Scale::Hundred).score(number)
    }

    /// Whether scores stand in the cells of their codes.
    fn in_own_cells(&self) -> bool {
        self.table.score_column == self.table.code_column
    }

    /// The cell of a question's score, or what of its own cell is the score.
    fn score_cell(&self, cell: &CodeCell) -> Option<Cow<'_, Cell>> {
        if self.in_own_cells() {
            let (_, number) = score::at_end(&cell.found.rest)?;
            return Some(Cow::Owned(Cell { at: cell.at, value: Value::Text(number.to_owned()) }));
        }
        if self.rows_below.undecided.contains_key(&cell.at.row) {
            return None;
        }
        let row = self.rows_below.chosen.get(&cell.at.row).copied().unwrap_or(cell.at.row);
        self.sheet.get(CellRef::new(row, self.table.score_column)).map(Cow::Borrowed)
    }

    /// Adds the answers of this column to those already there, with what should be looked at.
    pub fn collect(&self, answers: &mut Answers<'a>, findings: &mut Vec<Finding>) {
        let place = |cell: CellRef| self.sheet.place(cell);
        let mut conflicts: BTreeMap<QuestionCode, Finding> = BTreeMap::new();
        let mut several: BTreeMap<QuestionCode, Finding> = BTreeMap::new();
        let mut rows_of: BTreeMap<QuestionCode, &CodeCell> = BTreeMap::new();
        let mut in_two_tables: Vec<Place> = Vec::new();
        // A code that stands in thousands of rows is said once.
        let mut problems: IndexMap<(FindingCode, QuestionCode), Finding> = IndexMap::new();
        for cell in &self.codes {
            let code = cell.found.code;
            let mut found = Vec::new();
            let answer = self.answer(cell, &mut found);
            for problem in found {
                match problems.entry((problem.code, code)) {
                    Entry::Occupied(known) => known.into_mut().places.extend(problem.places),
                    Entry::Vacant(new) => drop(new.insert(problem)),
                }
            }
            let other_half = answers.firsts.get(&code).and_then(|first| self.other_half(cell, *first));
            match answers.all.get_mut(&code) {
                None => {
                    rows_of.insert(code, cell);
                    answers.all.insert(code, answer);
                    if code.instrument() == Instrument::Eit && self.parts.is_none() {
                        answers.firsts.insert(code, (self.sheet, cell.at.row));
                    }
                }
                Some(first) if other_half.is_some() => {
                    in_two_tables.extend(first.score_place.clone().into_iter().chain(answer.score_place.clone()));
                    first.join(answer, other_half == Some(Half::Public));
                    answers.firsts.remove(&code);
                }
                Some(first)
                    if answer.score.is_none() || (answer.score == first.score && !conflicts.contains_key(&code)) =>
                {
                    first.repeats.push(place(cell.at));
                }
                Some(first) if first.score.is_none() && !conflicts.contains_key(&code) => {
                    let repeats = std::iter::once(first.code_place.clone()).chain(first.repeats.drain(..)).collect();
                    *first = Answer { repeats, ..answer };
                }
                Some(first) => {
                    // Words in the rows may tell which of two numbers is the result.
                    let (before, points) = (rows_of.get(&code).map_or(0, |at| self.points(at)), self.points(cell));
                    match points.cmp(&before) {
                        Ordering::Greater => {
                            let places = [first.score_place.clone(), answer.score_place.clone()];
                            let finding = Finding::new(FindingCode::ScoreOfSeveral, code.to_string());
                            let finding =
                                finding.at(places.into_iter().flatten()).found(&answer.raw).expected(&first.raw);
                            several.insert(code, finding);
                            let repeats =
                                std::iter::once(first.code_place.clone()).chain(first.repeats.drain(..)).collect();
                            *first = Answer { repeats, ..answer };
                            rows_of.insert(code, cell);
                            conflicts.remove(&code);
                        }
                        Ordering::Less => {
                            let places = [first.score_place.clone(), answer.score_place.clone()];
                            let finding = Finding::new(FindingCode::ScoreOfSeveral, code.to_string());
                            several.entry(code).or_insert_with(|| {
                                finding.at(places.into_iter().flatten()).found(&first.raw).expected(&answer.raw)
                            });
                            first.repeats.push(place(cell.at));
                        }
                        Ordering::Equal => {
                            first.repeats.push(place(cell.at));
                            let conflict = conflicts.entry(code).or_insert_with(|| {
                                let finding = Finding::new(FindingCode::ScoreConflict, code.to_string());
                                finding.at(first.score_place.clone()).found(&first.raw)
                            });
                            // Many agencies in one table differ in every score: the first few tell enough.
                            if conflict.places.len() < 4 {
                                conflict.found = format!("{}, {}", conflict.found, answer.raw);
                            }
                            conflict.places.extend(answer.score_place);
                        }
                    }
                }
            }
        }
        for code in conflicts.keys() {
            if let Some(answer) = answers.all.get_mut(code) {
                answer.score = None;
            }
        }
        findings.extend(several.into_values());
        findings.extend(problems.into_values());
        findings.extend(conflicts.into_values());
        if let Some((public, survey)) = self.parts.filter(|_| answers.all.values().any(|answer| answer.parts.is_some()))
        {
            let top = |column| place(CellRef::new(self.table.rows.0, column));
            findings.push(Finding::new(FindingCode::EitInTwoParts, "").at([top(public), top(survey)]));
        } else if !in_two_tables.is_empty() {
            findings.push(Finding::new(FindingCode::EitInTwoParts, "").at(in_two_tables.into_iter().take(2)));
        }
        self.report_choice(findings);
        self.report_spelling(findings);
        self.report_scales(findings);
        self.report_rows(findings);
    }

    /// The part of the external survey that the title over a question names, where that over its first cell names the other.
    fn other_half(&self, cell: &CodeCell, (sheet, row): (&Sheet, u32)) -> Option<Half> {
        let first = eit_halves::half_above(sheet, row)?;
        eit_halves::half_above(self.sheet, cell.at.row).filter(|half| *half != first)
    }

    /// The part of the external survey that this column's first question of it belongs to.
    pub fn first_half(&self) -> Option<Half> {
        let first = self.codes.iter().find(|cell| cell.found.code.instrument() == Instrument::Eit)?;
        eit_halves::half_above(self.sheet, first.at.row).filter(|_| self.parts.is_none())
    }

    /// How much the words of a code's row speak for its number.
    fn points(&self, cell: &CodeCell) -> i32 {
        let table = &self.table;
        let tells = |column: u32| {
            column != table.code_column && column != table.score_column && Some(column) != table.title_column
        };
        row_points(self.sheet, cell.at.row, tells, self.year).0 + self.points_of_block(cell.at.row)
    }

    /// What the header of a row's block says against its numbers: below a table may stand another one, of last year.
    fn points_of_block(&self, row: u32) -> i32 {
        let top = self.codes.iter().map(|cell| cell.at.row).filter(|code| *code <= row).rev();
        let mut first = row;
        for code in top {
            if first - code > 1 {
                break;
            }
            first = code;
        }
        if Some(first) == self.codes.first().map(|cell| cell.at.row) {
            return 0;
        }
        let header = self.headers.over(first, self.table.score_column);
        header.map_or(0, |header| header::header_weight(&header, self.year).min(0))
    }

    fn answer(&self, cell: &CodeCell, findings: &mut Vec<Finding>) -> Answer {
        let code = cell.found.code;
        let place = |cell: CellRef| self.sheet.place(cell);
        let mut score_cell = self.score_cell(cell);
        if score_cell.is_none() && !self.rows_below.undecided.contains_key(&cell.at.row) {
            score_cell = self.shifted(cell.at.row).map(Cow::Borrowed);
            if let Some(shifted) = &score_cell {
                let finding = Finding::new(FindingCode::ScoreShifted, code.to_string());
                findings.push(finding.at([place(shifted.at)]).found(&shifted.value));
            }
        }
        let score = score_cell.as_ref().and_then(|score_cell| {
            let problem = match score::read_score(&score_cell.value) {
                Reading::Number(score) if score::in_range(score) => return self.scaled(code, score),
                Reading::None => return None,
                Reading::Number(_) => (FindingCode::ScoreOutOfRange, labels::RANGE),
                Reading::Other => (FindingCode::ScoreUnreadable, "ตัวเลข 0-100"),
            };
            let finding = Finding::new(problem.0, code.to_string()).at([place(score_cell.at)]);
            findings.push(finding.found(&score_cell.value).expected(problem.1));
            None
        });
        let parts = self.parts_of(cell);
        let both = parts.and_then(|(public, survey)| self.value_at(public).zip(self.value_at(survey)));
        // Where a column beside the two has the scores as published, their mean is none.
        if let (Some((public, _)), Some((a, b)), false) = (parts, both, self.parts_have_scores) {
            return Answer {
                score: Some((a + b) / Decimal::TWO),
                parts: both,
                raw: format!("{a} / {b}"),
                title: self.title(cell),
                code_place: place(cell.at),
                score_place: Some(place(public)),
                repeats: Vec::new(),
            };
        }
        Answer {
            score,
            parts: both.filter(|_| score.is_some()),
            raw: score_cell.as_ref().map(|cell| thai::clean(&cell.value.to_string())).unwrap_or_default(),
            title: self.title(cell),
            code_place: place(cell.at),
            score_place: score_cell.map(|cell| place(cell.at)),
            repeats: Vec::new(),
        }
    }

    /// The cells of a question's two parts, where both hold a score.
    fn parts_of(&self, cell: &CodeCell) -> Option<(CellRef, CellRef)> {
        let (public, survey) = self.parts.filter(|_| cell.found.code.instrument() == Instrument::Eit)?;
        let cells = (CellRef::new(cell.at.row, public), CellRef::new(cell.at.row, survey));
        (self.value_at(cells.0).is_some() && self.value_at(cells.1).is_some()).then_some(cells)
    }

    fn value_at(&self, at: CellRef) -> Option<Decimal> {
        let number = score::number(&self.sheet.get(at)?.value).filter(|score| score::in_range(*score))?;
        self.scales.get(&Instrument::Eit).copied().unwrap_or(Scale::Hundred).score(number)
    }

    /// The one number right of an empty score cell, in a column that has numbers only where the scores have none.
    fn shifted(&self, row: u32) -> Option<&Cell> {
        let cells = self.sheet.row(row).iter();
        cells
            .filter(|cell| self.overflow.contains(&cell.at.column))
            .find(|cell| score::number(&cell.value).is_some_and(looks_like_score))
    }

    fn title(&self, cell: &CodeCell) -> Option<String> {
        let title = self.whole_title(cell)?;
        let end = title.char_indices().nth(MAX_TITLE).map(|(end, _)| end);
        Some(end.and_then(|end| title.get(..end)).map_or(title.clone(), |head| format!("{head}…")))
    }

    fn whole_title(&self, cell: &CodeCell) -> Option<String> {
        let rest = score::at_end(&cell.found.rest).filter(|_| self.in_own_cells());
        let title = thai::clean(rest.map_or(cell.found.rest.as_str(), |(title, _)| title));
        if thai::has_letters(&title, 3) {
            return Some(title);
        }
        let at = CellRef::new(cell.at.row, self.table.title_column?);
        self.sheet.get(at).map(|cell| thai::clean(cell.value.text())).filter(|text| !text.is_empty())
    }

    /// A column's letters; the number of the row that it is where rows and columns were exchanged.
    fn line(&self, column: u32) -> String {
        if self.sheet.transposed { (column + 1).to_string() } else { column_name(column) }
    }

    fn report_choice(&self, findings: &mut Vec<Finding>) {
        let Some(rival) = self.rivals.first() else { return };
        let place = |column| self.sheet.place(CellRef::new(self.table.rows.0, column));
        let finding = Finding::new(FindingCode::ScoreColumnAmbiguous, "");
        let places = [place(self.table.score_column), place(rival.column)];
        let name = |column, header: Option<&String>| match header {
            Some(header) => format!("{} ({header})", self.line(column)),
            None => self.line(column),
        };
        let chosen = name(self.table.score_column, self.table.score_header.as_ref());
        findings.push(finding.at(places).found(chosen).expected(name(rival.column, rival.header.as_ref())));
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
            let finding =
                Finding::new(FindingCode::ScoreConflict, crate::recognise::code_list(codes.collect::<Vec<_>>()));
            findings.push(finding.at(rows.iter().map(|row| at(*row))).found(numbers.join(", ")));
        }
        if !self.rows_below.left.is_empty() {
            let finding = Finding::new(FindingCode::NumberWithoutCode, "");
            findings.push(finding.at(self.rows_below.left.iter().map(|row| at(*row))));
        }
    }

    fn report_spelling(&self, findings: &mut Vec<Finding>) {
        let respelled: Vec<&CodeCell> = self.codes.iter().filter(|cell| cell.found.respelled).collect();
        if respelled.is_empty() {
            return;
        }
        let codes: Vec<QuestionCode> = respelled.iter().map(|cell| cell.found.code).collect();
        let places = respelled.iter().map(|cell| self.sheet.place(cell.at));
        findings.push(Finding::new(FindingCode::CodeRespelled, crate::recognise::code_list(codes)).at(places));
    }
}

/// Whether a number that stands aside looks like a score: it has decimals, is 0, or above a month's days and small counts.
fn looks_like_score(number: Decimal) -> bool {
    score::in_range(number) && (!number.fract().is_zero() || number.is_zero() || number > Decimal::from(31))
}

impl Answer {
    /// Puts the answer of the other part of the external survey beside this one: the score is the mean of both.
    fn join(&mut self, other: Self, other_is_public: bool) {
        let both = self.score.zip(other.score).map(|(a, b)| if other_is_public { (b, a) } else { (a, b) });
        let (public, survey) = if other_is_public { (&other.raw, &self.raw) } else { (&self.raw, &other.raw) };
        self.raw = format!("{public} / {survey}");
        self.score = both.map(|(a, b)| (a + b) / Decimal::TWO);
        self.parts = both;
        if other_is_public {
            self.score_place = other.score_place;
        }
    }
}
