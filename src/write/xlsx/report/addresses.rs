//! Where the inputs stand on the sheet of scores, so that every other sheet's formulas can refer to them.

use std::fmt::Write;

use indexmap::IndexMap;
use rust_decimal::Decimal;

use crate::domain::sheet_names::SCORES;
use crate::framework::{Framework, Instrument, QuestionCode};
use crate::write::xlsx::error::{WorkbookError, row_count};
use crate::write::xlsx::figure_row::FigureRow;

/// The row of the table's header on the sheet of scores, from 0.
pub(in crate::write::xlsx) const HEADER_ROW: u32 = 3;

/// Columns of the table, from 0.
pub(in crate::write::xlsx) mod column {
    pub const CODE: u16 = 0;
    pub const SCORE: u16 = 1;
    pub const INSTRUMENT: u16 = 2;
    pub const INDICATOR: u16 = 3;
    pub const ISSUES: u16 = 4;
    pub const TITLE: u16 = 5;
    pub const STATUS: u16 = 6;
    pub const RANK: u16 = 7;
    pub const SOURCE: u16 = 8;
    /// Only where another result of the same year is known.
    pub const BEFORE: u16 = 9;
    pub const CHANGE: u16 = 10;
    /// In the block of published figures.
    pub const NUMBER: u16 = 0;
    pub const PUBLISHED: u16 = 1;
    pub const COMPUTED: u16 = 2;
    pub const DIFFERENCE: u16 = 3;
    pub const SHOWN: u16 = 4;
    pub const LABEL: u16 = 5;
    pub const OF_INSTRUMENT: u16 = 6;
    pub const THRESHOLD: u16 = 7;
    pub const PREVIOUS: u16 = 8;
}

/// The lines of the block of facts about the agency, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::write::xlsx) enum Fact {
    Agency,
    District,
    Province,
    Year,
    Threshold,
    Rank,
    PublishedLevel,
    ComputedLevel,
    NextLevel,
    ShownLevel,
    Reason,
    TitlesChecked,
}

impl Fact {
    /// The name by which formulas call its cell.
    pub fn name(self) -> &'static str {
        match self {
            Self::Agency => "หน่วยงาน",
            Self::District => "อำเภอ",
            Self::Province => "จังหวัด",
            Self::Year => "ปีงบประมาณ",
            Self::Threshold => "เกณฑ์",
            Self::Rank => "ประกาศ_อันดับ",
            Self::PublishedLevel => "ประกาศ_ระดับ",
            Self::ComputedLevel => "ระดับตามเกณฑ์",
            Self::NextLevel => "ระดับถัดไป",
            Self::ShownLevel => "ระดับที่แสดง",
            Self::Reason => "เหตุผลของระดับ",
            Self::TitlesChecked => "ตรวจหัวข้อแล้ว",
        }
    }

    pub const ALL: [Self; 12] = [
        Self::Agency,
        Self::District,
        Self::Province,
        Self::Year,
        Self::Threshold,
        Self::Rank,
        Self::PublishedLevel,
        Self::ComputedLevel,
        Self::NextLevel,
        Self::ShownLevel,
        Self::Reason,
        Self::TitlesChecked,
    ];
}

/// The rows of everything on the sheet of scores, from 0.
pub(in crate::write::xlsx) struct Addresses {
    scores: IndexMap<QuestionCode, u32>,
    figures: IndexMap<FigureRow, u32>,
    figures_row: u32,
    facts_row: u32,
    threshold: Decimal,
}

impl Addresses {
    pub fn new(framework: &Framework, threshold: Decimal) -> Result<Self, WorkbookError> {
        let scores: IndexMap<QuestionCode, u32> = framework.questions.keys().copied().zip(HEADER_ROW + 1..).collect();
        // a blank row, a heading and a header stand in between
        let figures_row = HEADER_ROW + 1 + row_count(scores.len())? + 3;
        let indicators = framework.indicators.iter().map(|indicator| FigureRow::Indicator(indicator.number));
        let instruments = Instrument::ALL.into_iter().map(FigureRow::Instrument);
        let all = indicators.chain(instruments).chain([FigureRow::Total]);
        let figures: IndexMap<FigureRow, u32> = all.zip(figures_row..).collect();
        let facts_row = figures_row + row_count(figures.len())? + 2;
        Ok(Self { scores, figures, figures_row, facts_row, threshold })
    }

    /// The threshold that the workbook is written with.
    pub fn threshold(&self) -> Decimal {
        self.threshold
    }

    /// The questions with their rows.
    pub fn questions(&self) -> impl Iterator<Item = (QuestionCode, u32)> + '_ {
        self.scores.iter().map(|(code, row)| (*code, *row))
    }

    /// The first and the last row of the table's questions.
    pub fn table_rows(&self) -> (u32, u32) {
        let last = self.scores.values().max().copied().unwrap_or(HEADER_ROW + 1);
        (HEADER_ROW + 1, last)
    }

    /// The figures with their rows.
    pub fn figures(&self) -> impl Iterator<Item = (FigureRow, u32)> + '_ {
        self.figures.iter().map(|(figure, row)| (*figure, *row))
    }

    /// The first row of the figures; their header stands above it, and the heading above that.
    pub fn figures_row(&self) -> u32 {
        self.figures_row
    }

    pub fn figure_row(&self, figure: FigureRow) -> Result<u32, WorkbookError> {
        self.figures.get(&figure).copied().ok_or(WorkbookError::NoFigure(figure))
    }

    pub fn score_row(&self, code: QuestionCode) -> Result<u32, WorkbookError> {
        self.scores.get(&code).copied().ok_or(WorkbookError::NoQuestion(code))
    }

    /// The row of the heading over the facts.
    pub fn facts_heading(&self) -> u32 {
        self.facts_row - 1
    }

    pub fn fact_row(&self, fact: Fact) -> u32 {
        // in the order in which they are declared, which is that of `Fact::ALL`
        self.facts_row + fact as u32
    }

    /// The first row after everything.
    pub fn end(&self) -> u32 {
        self.facts_row + Fact::ALL.len() as u32
    }

    /// The name of the cell of a question's score.
    pub fn score(&self, code: QuestionCode) -> Result<String, WorkbookError> {
        self.score_row(code).map(|_| format!("คะแนน_{code}"))
    }

    /// The cell of a question's score.
    pub fn score_cell(&self, code: QuestionCode) -> Result<String, WorkbookError> {
        Ok(cell(self.score_row(code)?, column::SCORE))
    }

    /// The cell of a question's status.
    pub fn status(&self, code: QuestionCode) -> Result<String, WorkbookError> {
        Ok(cell(self.score_row(code)?, column::STATUS))
    }

    /// The name of the cell of a figure that is shown.
    pub fn shown(&self, figure: FigureRow) -> Result<String, WorkbookError> {
        self.figure_row(figure).map(|_| format!("แสดง_{}", figure_name(figure)))
    }

    /// The cell of a figure that is shown.
    pub fn shown_cell(&self, figure: FigureRow) -> Result<String, WorkbookError> {
        Ok(cell(self.figure_row(figure)?, column::SHOWN))
    }

    /// The name of the cell of a fact.
    pub fn fact(&self, fact: Fact) -> &'static str {
        fact.name()
    }

    /// The cell of a fact.
    pub fn fact_cell(&self, fact: Fact) -> String {
        cell(self.fact_row(fact), column::LABEL)
    }

    /// A whole column of the table's questions.
    pub fn table_column(&self, column: u16) -> String {
        let (first, last) = self.table_rows();
        format!("'{SCORES}'!{}:{}", local(first, column), local(last, column))
    }

    /// Some questions' cells in a column of the table, as the arguments of a function: runs of rows are ranges.
    pub fn arguments(
        &self,
        codes: impl IntoIterator<Item = QuestionCode>,
        column: u16,
    ) -> Result<String, WorkbookError> {
        let rows: Result<Vec<u32>, WorkbookError> = codes.into_iter().map(|code| self.score_row(code)).collect();
        let mut rows = rows?;
        rows.sort_unstable();
        rows.dedup();
        let mut text = String::new();
        for run in rows.chunk_by(|a, b| a + 1 == *b) {
            let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
            let separator = if text.is_empty() { "" } else { "," };
            let _ = write!(text, "{separator}'{SCORES}'!{}", local(*first, column));
            if first != last {
                let _ = write!(text, ":{}", local(*last, column));
            }
        }
        Ok(text)
    }
}

/// What names of cells call a figure.
pub(in crate::write::xlsx) fn figure_name(figure: FigureRow) -> String {
    match figure {
        FigureRow::Indicator(number) => format!("ตัวชี้วัด_{number}"),
        FigureRow::Instrument(instrument) => instrument.name().to_owned(),
        FigureRow::Total => "คะแนนรวม".to_owned(),
    }
}

/// An absolute reference to a cell of the sheet of scores.
fn cell(row: u32, column: u16) -> String {
    format!("'{SCORES}'!{}", local(row, column))
}

/// An absolute address without its sheet.
pub(in crate::write::xlsx) fn local(row: u32, column: u16) -> String {
    format!("${}${}", crate::read::column_name(u32::from(column)), row + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_that_is_not_on_the_sheet_never_refers_to_its_first_row() {
        let framework = Framework::built_in(2568).expect("the framework");
        let cells = Addresses::new(framework, framework.threshold).expect("the cells");
        let unknown: QuestionCode = "o99".parse().expect("a code");
        assert!(matches!(cells.score(unknown), Err(WorkbookError::NoQuestion(code)) if code == unknown));
        assert!(matches!(cells.status(unknown), Err(WorkbookError::NoQuestion(_))));
        assert!(matches!(cells.arguments([unknown], column::SCORE), Err(WorkbookError::NoQuestion(_))));
        let figure = FigureRow::Indicator(99);
        assert!(matches!(cells.shown(figure), Err(WorkbookError::NoFigure(missing)) if missing == figure));
    }

    #[test]
    fn everything_on_the_sheet_has_a_row_of_its_own() {
        let framework = Framework::built_in(2567).expect("the framework");
        let cells = Addresses::new(framework, framework.threshold).expect("the cells");
        let scores = cells.questions().map(|(_, row)| row);
        let figures = cells.figures().map(|(_, row)| row);
        let facts = Fact::ALL.into_iter().map(|fact| cells.fact_row(fact));
        let all: Vec<u32> = scores.chain(figures).chain(facts).collect();
        assert!(all.windows(2).all(|pair| pair[0] < pair[1]), "{all:?}");
        assert!(all.iter().all(|row| (HEADER_ROW + 1..cells.end()).contains(row)), "{all:?}");
    }
}
