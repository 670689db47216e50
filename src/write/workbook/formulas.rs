//! The rules of the assessment as formulas, rounding in the same places as [`crate::assess`] does.

use std::fmt::Write;

use super::cells::{Cells, Fact, FigureRow, column, local};
use crate::assess::Status;
use crate::figure::{round2, two_decimals};
use crate::framework::{Basis, Framework, Indicator, Instrument, Level, QuestionCode};
use crate::sheet_names::SCORES;
use rust_decimal::Decimal;

/// A question's score, or the words for none.
pub(super) fn score(cells: &Cells, code: QuestionCode) -> String {
    let cell = cells.score(code);
    format!("=IF(ISNUMBER({cell}),{cell},\"{}\")", Status::NoScore.thai())
}

/// The status of a score that stands in `cell`, whose lowest is the same cell.
pub(super) fn status(cells: &Cells, cell: &str) -> String {
    statuses(cells, cell)
}

/// The status of several scores: weak where any is, full where all are.
pub(super) fn statuses(cells: &Cells, arguments: &str) -> String {
    let threshold = cells.fact(Fact::Threshold);
    format!(
        "=IF(COUNT({arguments})=0,\"{}\",IF(ROUND(MIN({arguments}),2)<{threshold},\"{}\",IF(ROUND(MIN({arguments}),2)>=100,\"{}\",\"{}\")))",
        Status::NoScore.thai(),
        Status::Weak.thai(),
        Status::Full.thai(),
        Status::Passed.thai(),
    )
}

/// A question's place among all, from the lowest; equal ones in the order of the table.
pub(super) fn rank(cells: &Cells, row: u32) -> String {
    let (first, last) = cells.table_rows();
    let own = local(row, column::SCORE);
    let all = format!("{}:{}", local(first, column::SCORE), local(last, column::SCORE));
    let before = format!("{}:{own}", local(first, column::SCORE));
    format!("=IF(ISNUMBER({own}),RANK({own},{all},1)+COUNTIF({before},{own})-1,\"\")")
}

/// A column's value of the question with the n-th lowest score.
pub(super) fn of_rank(cells: &Cells, wanted: &str, column: u16) -> String {
    let ranks = cells.table_column(column::RANK);
    format!("=IFERROR(INDEX({},MATCH({wanted},{ranks},0)),\"\")", cells.table_column(column))
}

/// The code of the question with the n-th lowest score, as a link to its row.
pub(super) fn link_to_rank(cells: &Cells, wanted: &str) -> String {
    let place = format!("MATCH({wanted},{},0)", cells.table_column(column::RANK));
    let first = cells.table_rows().0;
    let code = format!("INDEX({},{place})", cells.table_column(column::CODE));
    format!("=IFERROR(HYPERLINK(\"#'{SCORES}'!B\"&({place}+{first}),{code}),\"\")")
}

/// A hint where a score has crossed into another range of wording since the texts were chosen.
///
/// `bounds` are the lowest scores of the ranges, ascending from 0.
pub(super) fn crossed(cells: &Cells, code: QuestionCode, bounds: &[Decimal], score: Option<Decimal>) -> String {
    const HINT: &str = "\"ทบทวนข้อความ\"";
    let cell = cells.score(code);
    let list: Vec<String> = bounds.iter().map(ToString::to_string).collect();
    match score {
        Some(score) => {
            let score = round2(score);
            let own = bounds.iter().filter(|bound| **bound <= score).count();
            let grade = format!("MATCH(ROUND({cell},2),{{{}}},1)", list.join(","));
            let weak = format!("(ROUND({cell},2)<{})", cells.fact(Fact::Threshold));
            let was = if score < cells.threshold() { "TRUE" } else { "FALSE" };
            format!("=IF(ISNUMBER({cell}),IF(AND({grade}={own},{weak}={was}),\"\",{HINT}),{HINT})")
        }
        None => format!("=IF(ISNUMBER({cell}),{HINT},\"\")"),
    }
}

/// The mean of those of some questions that have a score.
pub(super) fn mean(arguments: &str) -> String {
    format!("=IF(COUNT({arguments})=0,\"\",AVERAGE({arguments}))")
}

/// An indicator recomputed from its questions; nothing unless all have a score.
///
/// `whole` says that the questions are the whole of an indicator that is otherwise only published.
pub(super) fn indicator(cells: &Cells, indicator: &Indicator, whole: bool) -> Option<String> {
    let all = cells.arguments(indicator.all_questions(), column::SCORE);
    let count = indicator.all_questions().count();
    let mean = match indicator.basis {
        Basis::Unknown => return None,
        Basis::Published if !whole => return None,
        Basis::Published | Basis::Questions => format!("AVERAGE({all})"),
        Basis::SubIndicators => {
            let parts = indicator
                .sub_indicators
                .iter()
                .map(|sub| format!("AVERAGE({})", cells.arguments(sub.questions.iter().copied(), column::SCORE)));
            format!("AVERAGE({})", parts.collect::<Vec<_>>().join(","))
        }
    };
    Some(format!("=IF(COUNT({all})={count},{mean},\"\")"))
}

/// An instrument recomputed from its indicators as shown.
pub(super) fn instrument(cells: &Cells, framework: &Framework, instrument: Instrument) -> String {
    let (range, count) = shown_range(cells, framework, instrument);
    format!("=IF(COUNT({range})={count},ROUND(AVERAGE({range}),2),\"\")")
}

/// The total recomputed from unrounded instruments, where their weights are known; a published instrument steps in where its indicators are missing.
pub(super) fn total(cells: &Cells, framework: &Framework) -> Option<String> {
    let mut known = Vec::new();
    let mut parts = Vec::new();
    for (instrument, facts) in &framework.instruments {
        let (range, count) = shown_range(cells, framework, *instrument);
        let published = local(cells.figure_row(FigureRow::Instrument(*instrument)), column::PUBLISHED);
        known.push(format!("OR(COUNT({range})={count},ISNUMBER({published}))"));
        parts.push(format!("{}*IF(COUNT({range})={count},AVERAGE({range}),{published})", facts.weight?));
    }
    Some(format!("=IF(AND({}),ROUND(({})/100,2),\"\")", known.join(","), parts.join("+")))
}

/// The shown scores of an instrument's indicators, and how many there must be.
fn shown_range(cells: &Cells, framework: &Framework, instrument: Instrument) -> (String, usize) {
    let rows: Vec<u32> = framework
        .indicators_of(instrument)
        .map(|indicator| cells.figure_row(FigureRow::Indicator(indicator.number)))
        .collect();
    let runs = rows.chunk_by(|a, b| a + 1 == *b).filter_map(|run| {
        let (first, last) = (run.first()?, run.last()?);
        Some(format!("{}:{}", local(*first, column::SHOWN), local(*last, column::SHOWN)))
    });
    (runs.collect::<Vec<_>>().join(","), rows.len())
}

/// The level by the rule; nothing unless the total and every instrument are known.
pub(super) fn level(cells: &Cells, framework: &Framework) -> String {
    let mut formula = "\"\"".to_owned();
    for level in framework.level_rules().iter().rev() {
        let conditions = conditions(cells, level);
        formula = format!("IF(AND({conditions}),\"{}\",{formula})", level.name);
    }
    format!("=IF({},{formula},\"\")", all_known(cells))
}

fn all_known(cells: &Cells) -> String {
    let figures: Vec<String> = figures().map(|figure| cells.shown(figure)).collect();
    format!("COUNT({})={}", figures.join(","), figures.len())
}

fn figures() -> impl Iterator<Item = FigureRow> {
    Instrument::ALL.into_iter().map(FigureRow::Instrument).chain([FigureRow::Total])
}

fn rounded(cells: &Cells, figure: FigureRow) -> String {
    format!("ROUND({},2)", cells.shown(figure))
}

fn conditions(cells: &Cells, level: &Level) -> String {
    let mut conditions = format!("{}>={}", rounded(cells, FigureRow::Total), level.total);
    if let Some(needed) = level.each_instrument {
        for instrument in Instrument::ALL {
            let _ = write!(conditions, ",{}>={needed}", rounded(cells, FigureRow::Instrument(instrument)));
        }
    }
    conditions
}

/// Why the rule gives this level and not the next, in words.
pub(super) fn reason(cells: &Cells, framework: &Framework) -> String {
    let level = cells.fact(Fact::ComputedLevel);
    let mut formula = "\"\"".to_owned();
    for pair in framework.level_rules().windows(2).rev() {
        let [next, own] = pair else { continue };
        formula = format!("IF({level}=\"{}\",{},{formula})", own.name, shortfall(cells, next));
    }
    if let Some(best) = framework.level_rules().first() {
        let each = best.each_instrument.map(|each| format!(" และทุกเครื่องมือไม่ต่ำกว่า {}", two_decimals(each)));
        let text = format!("คะแนนรวมไม่ต่ำกว่า {}{}", two_decimals(best.total), each.unwrap_or_default());
        formula = format!("IF({level}=\"{}\",\"{text}\",{formula})", best.name);
    }
    format!("={formula}")
}

/// `ยังไม่ถึงระดับ ... เพราะ...`, with every figure that falls short.
fn shortfall(cells: &Cells, next: &Level) -> String {
    const AND: &str = " และ";
    let part = |figure: FigureRow, name: &str, needed: Decimal| {
        let value = rounded(cells, figure);
        format!("IF({value}<{needed},\"{AND}{name} \"&TEXT({value},\"0.00\")&\" ต่ำกว่า {}\",\"\")", two_decimals(needed))
    };
    let mut parts = vec![part(FigureRow::Total, "คะแนนรวม", next.total)];
    if let Some(needed) = next.each_instrument {
        for instrument in Instrument::ALL {
            parts.push(part(FigureRow::Instrument(instrument), &format!("คะแนน {instrument}"), needed));
        }
    }
    let skip = AND.chars().count() + 1;
    format!("\"ยังไม่ถึงระดับ{} เพราะ\"&MID({},{skip},500)", next.name, parts.join("&"))
}
