//! The answers of a table: one score a question, and what should be looked at.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use indexmap::map::Entry;
use rust_decimal::Decimal;

use crate::domain::thai;
use crate::finding::{Finding, FindingCode, Place};
use crate::framework::{Instrument, QuestionCode};
use crate::read::{Cell, CellRef, Sheet, Value};
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
        if self.rows_below.undecided.contains_key(&cell.at.row) || self.is_undecided(cell.at.row) {
            return None;
        }
        if let Some(corrected) = self.corrected(cell.at.row) {
            return Some(Cow::Borrowed(corrected));
        }
        let row = self.rows_below.chosen.get(&cell.at.row).copied().unwrap_or(cell.at.row);
        self.sheet.get(CellRef::new(row, self.table.score_column)).map(Cow::Borrowed)
    }

    /// The codes that have a number in the column of scores, whether it can be used or not.
    pub fn codes_with_numbers(&self) -> impl Iterator<Item = QuestionCode> + '_ {
        let has_number = |cell: &&CodeCell| {
            let at = CellRef::new(cell.at.row, self.table.score_column);
            self.score_of(cell).is_some() || self.sheet.get(at).is_some_and(|cell| score::number(&cell.value).is_some())
        };
        self.codes.iter().filter(has_number).map(|cell| cell.found.code)
    }

    /// The number that a correction has put in place of a row's score.
    pub fn corrected(&self, row: u32) -> Option<&Cell> {
        let cell = self.sheet.get(CellRef::new(row, self.corrections.as_ref()?.column))?;
        score::number(&cell.value).is_some_and(score::in_range).then_some(cell)
    }

    /// Whether another column, as likely to be that of the scores, has another number in a row.
    pub fn is_undecided(&self, row: u32) -> bool {
        let at = self.rows_below.chosen.get(&row).copied().unwrap_or(row);
        let number = |column| score::number(&self.sheet.get(CellRef::new(at, column))?.value);
        let own = number(self.table.score_column);
        own.is_some() && self.corrected(row).is_none() && self.undecided.iter().any(|other| number(other.column) != own)
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
        self.report_fractions(answers, findings);
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
        self.report(findings);
    }

    /// A score between 0 and 1 beside scores above 1 of its instrument is a share that was not turned into per cent, or a slip.
    fn report_fractions(&self, answers: &Answers<'a>, findings: &mut Vec<Finding>) {
        let here: BTreeSet<QuestionCode> = self.codes.iter().map(|cell| cell.found.code).collect();
        let scored = |code: &QuestionCode| answers.all.get(code).and_then(|answer| Some((answer.score?, answer)));
        for code in &here {
            let Some((score, answer)) = scored(code) else { continue };
            if score <= Decimal::ZERO || score >= Decimal::ONE {
                continue;
            }
            let others = here.iter().filter(|other| other.instrument() == code.instrument()).filter_map(scored);
            if others.into_iter().any(|(other, _)| other > Decimal::ONE) {
                let finding = Finding::new(FindingCode::ScoreBelowOne, code.to_string());
                findings.push(finding.at(answer.score_place.clone()).found(&answer.raw));
            }
        }
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
        let undecided = self.rows_below.undecided.contains_key(&cell.at.row) || self.is_undecided(cell.at.row);
        if score_cell.is_none() && !undecided {
            score_cell = self.shifted(cell.at.row).map(Cow::Borrowed);
            if let Some(shifted) = &score_cell {
                let finding = Finding::new(FindingCode::ScoreShifted, code.to_string());
                findings.push(finding.at([place(shifted.at)]).found(&shifted.value));
            }
        }
        if score_cell.is_none() && !undecided && !self.in_own_cells() {
            let merged = self.sheet.merged_into(CellRef::new(cell.at.row, self.table.score_column));
            if let Some(shown) = merged.filter(|shown| score::number(&shown.value).is_some()) {
                let finding = Finding::new(FindingCode::ScoreMerged, code.to_string());
                findings.push(finding.at([place(shown.at)]).found(&shown.value));
            }
        }
        let score = score_cell.as_ref().and_then(|score_cell| {
            let problem = match score::read_score(&score_cell.value) {
                Reading::Number(score) if score::in_range(score) => return self.scaled(code, score),
                Reading::None => return None,
                Reading::Number(_) => (FindingCode::ScoreOutOfRange, labels::RANGE),
                Reading::Other if score_cell.value == Value::Formula => (FindingCode::ScoreUncalculated, ""),
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
