//! Tables of questions: a column of codes with a column of scores in the same rows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rust_decimal::Decimal;

use super::code::{self, FoundCode};
use super::column::{self, Candidate, Row};
use super::score::{self, Reading};
use super::submission::{Answer, Table};
use crate::finding::{Finding, FindingCode, Place};
use crate::framework::QuestionCode;
use crate::read::{Cell, CellRef, Sheet, column_name};
use crate::thai;

/// One cell with a code.
#[derive(Clone)]
pub(super) struct CodeCell {
    pub at: CellRef,
    pub found: FoundCode,
}

/// A column of codes on a sheet, with the column that was chosen for its scores.
pub(super) struct ScoredColumn<'a> {
    pub sheet: &'a Sheet,
    pub codes: Vec<CodeCell>,
    pub table: Table,
    /// Columns that were nearly as likely to hold the scores.
    rivals: Vec<Candidate>,
    /// Columns into which some scores have slipped.
    overflow: Vec<u32>,
    /// What scores are multiplied by: 100 where all lie between 0 and 1.
    scale: Decimal,
}

/// What the user has settled about the table.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Wanted {
    pub code_column: Option<u32>,
    pub score_column: Option<u32>,
    pub year: Option<u16>,
}

/// Longer questions are cut: a row cannot be higher than 409 points.
const MAX_TITLE: usize = 300;

/// How close in weight a second column must come to be reported.
const RIVAL: i32 = 12;

/// Every column of a sheet in which codes stand, left to right.
pub(super) fn code_columns(sheet: &Sheet) -> Vec<Vec<CodeCell>> {
    let mut columns: BTreeMap<u32, Vec<CodeCell>> = BTreeMap::new();
    for cell in sheet.cells() {
        if let Some(found) = code::find_code(cell.value.text()) {
            columns.entry(cell.at.column).or_default().push(CodeCell { at: cell.at, found });
        }
    }
    // `019` and `OIT 3` are codes among codes: beside others in their column, or beside another column of them.
    let sure = |codes: &Vec<CodeCell>| codes.iter().any(|cell| !cell.found.needs_context);
    let elsewhere = columns.values().any(sure);
    let known: BTreeSet<QuestionCode> =
        columns.values().filter(|codes| sure(codes)).flatten().map(|cell| cell.found.code).collect();
    let many = |codes: &[CodeCell]| codes.iter().map(|cell| cell.found.code).collect::<BTreeSet<_>>().len() >= 3;
    columns.retain(|_, codes| {
        if sure(codes) {
            // `OIT 3` among plain codes counts or sums them up.
            codes.retain(|cell| !cell.found.is_name);
            return true;
        }
        let named = codes.iter().all(|cell| cell.found.is_name);
        let new = codes.iter().all(|cell| !known.contains(&cell.found.code));
        many(codes) && (named || (elsewhere && new))
    });
    columns.into_values().collect()
}

/// Whether the column at an index holds codes of its own, so that numbers beyond it belong to it: several, and not just
/// those of another column again, as where titles begin with their codes.
pub(super) fn bounds(columns: &[Vec<CodeCell>], index: usize) -> bool {
    let Some(own) = columns.get(index) else { return false };
    let most = columns.iter().map(Vec::len).max().unwrap_or_default();
    let mine: BTreeSet<(u32, QuestionCode)> = own.iter().map(|cell| (cell.at.row, cell.found.code)).collect();
    let again = columns.iter().take(index).any(|other| {
        let same = other.iter().filter(|cell| mine.contains(&(cell.at.row, cell.found.code)));
        same.count() * 2 > own.len()
    });
    own.len() >= 3 && own.len() * 10 >= most && !again
}

/// The scores of a column of codes; nothing where no column beside it has any.
pub(super) fn scored<'a>(
    sheet: &'a Sheet,
    codes: Vec<CodeCell>,
    others: &[u32],
    wanted: Wanted,
) -> Option<ScoredColumn<'a>> {
    let code_column = codes.first()?.at.column;
    let rows: Vec<Row> =
        codes.iter().map(|cell| Row { row: cell.at.row, instrument: cell.found.code.instrument() }).collect();
    let mut found = column::candidates(sheet, &rows, code_column, wanted.year);
    // Beyond the next column of codes, numbers belong to that one.
    let next = others.iter().copied().filter(|&other| other > code_column).min();
    found.retain(|candidate| next.is_none_or(|next| candidate.column < next) && !others.contains(&candidate.column));
    // So do numbers behind another column of codes to the left, where there are others.
    let before = others.iter().copied().filter(|&other| other < code_column).min();
    let behind_other = |c: &Candidate| c.column < code_column && before.is_some_and(|other| other < c.column);
    if found.iter().any(|candidate| candidate.column > code_column) {
        found.retain(|candidate| !behind_other(candidate));
    }
    if let Some(column) = wanted.score_column {
        found.retain(|candidate| candidate.column == column);
    }
    let chosen = found.first()?.clone();
    let rivals =
        found.into_iter().skip(1).filter(|c| chosen.weight - c.weight < RIVAL && differs(sheet, &rows, c, &chosen));
    let table = Table {
        sheet: sheet.name.clone(),
        code_column,
        score_column: chosen.column,
        title_column: title_column(sheet, &rows, code_column, chosen.column),
        rows: (rows.first()?.row, rows.last()?.row),
        score_header: chosen.header.clone(),
        scored: chosen.usable,
        turned: false,
    };
    let rivals = rivals.collect();
    let overflow = overflow(sheet, &rows, chosen.column, wanted.year);
    let scale = scale(sheet, &rows, chosen.column);
    Some(ScoredColumn { sheet, codes, table, rivals, overflow, scale })
}

/// 100 for a column that lies wholly between 0 and 1 and has fractions, else 1.
fn scale(sheet: &Sheet, rows: &[Row], column: u32) -> Decimal {
    let number = |row: &Row| score::number(&sheet.get(CellRef::new(row.row, column))?.value);
    let numbers: Vec<Decimal> = rows.iter().filter_map(number).collect();
    let small = numbers.iter().all(|number| *number >= Decimal::ZERO && *number <= Decimal::ONE);
    let fractions = numbers.iter().filter(|number| !number.fract().is_zero()).count();
    if small && numbers.len() >= 10 && fractions >= 5 { Decimal::ONE_HUNDRED } else { Decimal::ONE }
}

/// Blocks of a column of codes that stand under headers of their own; none where one header serves all.
pub(super) fn blocks(sheet: &Sheet, codes: &[CodeCell]) -> Vec<Vec<CodeCell>> {
    let same = |a: &CodeCell, b: &CodeCell| !(a.at.row + 1..b.at.row).any(|row| sheet.row(row).iter().any(is_header));
    let blocks: Vec<Vec<CodeCell>> = codes.chunk_by(same).map(<[CodeCell]>::to_vec).collect();
    if blocks.len() > 1 { blocks } else { Vec::new() }
}

fn is_header(cell: &Cell) -> bool {
    let key = thai::key(cell.value.text());
    key.starts_with("คะแนน") || key.starts_with("score")
}

/// Columns just right of the scores that have numbers only in rows where the scores have none, under no other header.
fn overflow(sheet: &Sheet, rows: &[Row], score_column: u32, year: Option<u16>) -> Vec<u32> {
    let number = |row: u32, column| sheet.get(CellRef::new(row, column)).and_then(|cell| score::number(&cell.value));
    let fits = |column: &u32| {
        let filled = rows.iter().filter(|row| number(row.row, *column).is_some());
        let alone = filled.clone().all(|row| sheet.get(CellRef::new(row.row, score_column)).is_none());
        let few = filled.count() * 3 <= rows.len();
        let header = column::header(sheet, rows, *column);
        few && alone && header.is_none_or(|header| column::header_weight(&header, year) >= 0)
    };
    (score_column + 1..=score_column + 3).filter(fits).collect()
}

/// Two columns with the same numbers are no choice.
fn differs(sheet: &Sheet, rows: &[Row], a: &Candidate, b: &Candidate) -> bool {
    let value =
        |row: &Row, column| sheet.get(CellRef::new(row.row, column)).and_then(|cell| score::number(&cell.value));
    rows.iter().any(|row| value(row, a.column) != value(row, b.column))
}

/// The column in which most rows have a text of their own.
fn title_column(sheet: &Sheet, rows: &[Row], code_column: u32, score_column: u32) -> Option<u32> {
    let mut texts: BTreeMap<u32, BTreeSet<&str>> = BTreeMap::new();
    for row in rows {
        for cell in sheet.row(row.row).iter().filter(|cell| is_title(cell)) {
            texts.entry(cell.at.column).or_default().insert(cell.value.text().trim());
        }
    }
    texts.retain(|column, own| *column != code_column && *column != score_column && own.len() * 5 >= rows.len() * 3);
    texts.into_iter().max_by_key(|(column, own)| (own.len(), u32::MAX - column)).map(|(column, _)| column)
}

fn is_title(cell: &Cell) -> bool {
    let text = cell.value.text();
    thai::has_letters(text, 3) && score::number(&cell.value).is_none()
}

impl ScoredColumn<'_> {
    /// The different codes that have a score.
    pub fn scored_codes(&self) -> BTreeMap<QuestionCode, Decimal> {
        let mut scores = BTreeMap::new();
        for cell in &self.codes {
            if let Some((score, _)) = self.score_of(cell.at.row) {
                scores.entry(cell.found.code).or_insert(score);
            }
        }
        scores
    }

    fn score_of(&self, row: u32) -> Option<(Decimal, CellRef)> {
        let at = CellRef::new(row, self.table.score_column);
        let number = score::number(&self.sheet.get(at)?.value).filter(|score| score::in_range(*score))?;
        Some((number * self.scale, at))
    }

    /// Adds the answers of this column to those already there, with what should be looked at.
    pub fn collect(&self, answers: &mut indexmap::IndexMap<QuestionCode, Answer>, findings: &mut Vec<Finding>) {
        let sheet: Arc<str> = self.sheet.name.as_str().into();
        let place = |cell: CellRef| Place { sheet: sheet.clone(), cell };
        let mut conflicts: BTreeMap<QuestionCode, Finding> = BTreeMap::new();
        for cell in &self.codes {
            let code = cell.found.code;
            let answer = self.answer(cell, &sheet, findings);
            match answers.get_mut(&code) {
                None => {
                    answers.insert(code, answer);
                }
                Some(first) if answer.score.is_none() || answer.score == first.score => {
                    first.repeats.push(place(cell.at));
                }
                Some(first) if first.score.is_none() => {
                    let repeats = std::iter::once(first.code_place.clone()).chain(first.repeats.drain(..)).collect();
                    *first = Answer { repeats, ..answer };
                }
                Some(first) => {
                    first.repeats.push(place(cell.at));
                    let conflict = conflicts.entry(code).or_insert_with(|| {
                        let finding = Finding::new(FindingCode::ScoreConflict, code.to_string());
                        finding.at(first.score_place.clone()).found(&first.raw).expected(&first.raw)
                    });
                    // Many agencies in one table differ in every score: the first few tell enough.
                    if conflict.places.len() < 4 {
                        conflict.found = format!("{}, {}", conflict.found, answer.raw);
                    }
                    conflict.places.extend(answer.score_place);
                }
            }
        }
        findings.extend(conflicts.into_values());
        self.report_choice(&sheet, findings);
        self.report_spelling(&sheet, findings);
        if self.scale != Decimal::ONE {
            let column = column_name(self.table.score_column);
            let finding = Finding::new(FindingCode::ScoreScale, "")
                .at([place(CellRef::new(self.table.rows.0, self.table.score_column))]);
            findings.push(finding.found(column).expected(super::published::RANGE));
        }
    }

    fn answer(&self, cell: &CodeCell, sheet: &Arc<str>, findings: &mut Vec<Finding>) -> Answer {
        let code = cell.found.code;
        let place = |cell: CellRef| Place { sheet: sheet.clone(), cell };
        let mut score_cell = self.sheet.get(CellRef::new(cell.at.row, self.table.score_column));
        if score_cell.is_none() {
            score_cell = self.shifted(cell.at.row);
            if let Some(shifted) = score_cell {
                let finding = Finding::new(FindingCode::ScoreShifted, code.to_string());
                findings.push(finding.at([place(shifted.at)]).found(&shifted.value));
            }
        }
        let score = score_cell.and_then(|score_cell| {
            let problem = match score::read_score(&score_cell.value) {
                Reading::Number(score) if score::in_range(score) => return Some(score * self.scale),
                Reading::None => return None,
                Reading::Number(_) => (FindingCode::ScoreOutOfRange, super::published::RANGE),
                Reading::Other => (FindingCode::ScoreUnreadable, "ตัวเลข 0-100"),
            };
            let finding = Finding::new(problem.0, code.to_string()).at([place(score_cell.at)]);
            findings.push(finding.found(&score_cell.value).expected(problem.1));
            None
        });
        Answer {
            score,
            raw: score_cell.map(|cell| thai::clean(&cell.value.to_string())).unwrap_or_default(),
            title: self.title(cell),
            code_place: place(cell.at),
            score_place: score_cell.map(|cell| place(cell.at)),
            repeats: Vec::new(),
        }
    }

    /// The one number right of an empty score cell, in a column that has numbers only where the scores have none.
    fn shifted(&self, row: u32) -> Option<&Cell> {
        let own = self.sheet.row(row).iter();
        own.filter(|cell| self.overflow.contains(&cell.at.column))
            .find(|cell| score::number(&cell.value).is_some_and(score::in_range))
    }

    fn title(&self, cell: &CodeCell) -> Option<String> {
        let title = self.whole_title(cell)?;
        let end = title.char_indices().nth(MAX_TITLE).map(|(end, _)| end);
        Some(end.and_then(|end| title.get(..end)).map_or(title.clone(), |head| format!("{head}…")))
    }

    fn whole_title(&self, cell: &CodeCell) -> Option<String> {
        let own = thai::clean(&cell.found.rest);
        if thai::has_letters(&own, 3) {
            return Some(own);
        }
        let at = CellRef::new(cell.at.row, self.table.title_column?);
        self.sheet.get(at).map(|cell| thai::clean(cell.value.text())).filter(|text| !text.is_empty())
    }

    fn report_choice(&self, sheet: &Arc<str>, findings: &mut Vec<Finding>) {
        let Some(rival) = self.rivals.first() else { return };
        let place = |column| Place { sheet: sheet.clone(), cell: CellRef::new(self.table.rows.0, column) };
        let finding = Finding::new(FindingCode::ScoreColumnAmbiguous, "");
        let places = [place(self.table.score_column), place(rival.column)];
        let name = |column, header: Option<&String>| match header {
            Some(header) => format!("{} ({header})", column_name(column)),
            None => column_name(column),
        };
        let chosen = name(self.table.score_column, self.table.score_header.as_ref());
        findings.push(finding.at(places).found(chosen).expected(name(rival.column, rival.header.as_ref())));
    }

    fn report_spelling(&self, sheet: &Arc<str>, findings: &mut Vec<Finding>) {
        let respelled: Vec<&CodeCell> = self.codes.iter().filter(|cell| cell.found.respelled).collect();
        if respelled.is_empty() {
            return;
        }
        let codes: Vec<QuestionCode> = respelled.iter().map(|cell| cell.found.code).collect();
        let places = respelled.iter().map(|cell| Place { sheet: sheet.clone(), cell: cell.at });
        findings.push(Finding::new(FindingCode::CodeRespelled, super::code_list(codes)).at(places));
    }
}
