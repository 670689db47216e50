//! The rules of the assessment as formulas, rounding in the same places as [`crate::assess`] does.
//!
//! Every name that reaches a formula goes through [`quoted`].

use std::fmt::Write;

use crate::assess::Status;
use crate::domain::digits::Digits;
use crate::domain::figure::{round2, two_decimals};
use crate::domain::sheet_names::SCORES;
use crate::framework::{Basis, Framework, Indicator, Instrument, Level, QuestionCode};
use crate::write::xlsx::error::WorkbookError;
use crate::write::xlsx::figure_row::FigureRow;
use crate::write::xlsx::kit::style::{ARABIC, THAI};
use crate::write::xlsx::report::addresses::{Addresses, Fact, column, local};
use rust_decimal::Decimal;

/// The most characters of a text inside a formula, in UTF-16 units: Excel reads no longer one.
const LONGEST_TEXT: usize = 255;

/// A text as it stands inside a formula: its quotes doubled, a longer one than Excel reads put together from several.
pub(in crate::write::xlsx) fn quoted(text: &str) -> String {
    // no text has more UTF-16 units than bytes
    if text.len() <= LONGEST_TEXT && !text.contains('"') {
        return format!("\"{text}\"");
    }
    let mut quoted = String::from('"');
    let mut length = 0;
    for c in text.chars() {
        // doubled quotes are counted as two, which is never too few
        let units = if c == '"' { 2 } else { c.len_utf16() };
        if length + units > LONGEST_TEXT {
            quoted.push_str("\"&\"");
            length = 0;
        }
        length += units;
        quoted.extend(std::iter::repeat_n(c, if c == '"' { 2 } else { 1 }));
    }
    quoted.push('"');
    quoted
}

/// A question's score, or the words for none.
pub(in crate::write::xlsx) fn score(cells: &Addresses, code: QuestionCode) -> Result<String, WorkbookError> {
    let cell = cells.score(code)?;
    Ok(format!("=IF(ISNUMBER({cell}),{cell},{})", quoted(Status::NoScore.thai())))
}

/// The status of a score that stands in `cell`, whose lowest is the same cell.
pub(in crate::write::xlsx) fn status(cells: &Addresses, cell: &str) -> String {
    statuses(cells, cell)
}

/// The status of several scores: weak where any is, full where all are.
pub(in crate::write::xlsx) fn statuses(cells: &Addresses, arguments: &str) -> String {
    let threshold = cells.fact(Fact::Threshold);
    format!(
        "=IF(COUNT({arguments})=0,{},IF(ROUND(MIN({arguments}),2)<{threshold},{},IF(ROUND(MIN({arguments}),2)>=100,{},{})))",
        quoted(Status::NoScore.thai()),
        quoted(Status::Weak.thai()),
        quoted(Status::Full.thai()),
        quoted(Status::Passed.thai()),
    )
}

/// What an issue's status says of the number of its questions that fall short.
pub(in crate::write::xlsx) const WEAK_QUESTIONS: &str = "มีข้อที่ควรปรับปรุง";

/// How many scores in these ranges, separated by commas, fall short.
pub(in crate::write::xlsx) fn weak_count(cells: &Addresses, arguments: &str) -> String {
    let threshold = cells.fact(Fact::Threshold);
    // Scores are rounded to two decimals before they are compared.
    let counts = arguments.split(',').map(|range| format!("COUNTIF({range},\"<\"&({threshold}-0.005))"));
    format!("={}", counts.collect::<Vec<_>>().join("+"))
}

/// The format of a whole number inside a text, in a table of questions.
fn whole_format(digits: Digits) -> &'static str {
    if digits == Digits::Thai { "[$-D00041E]0" } else { "0" }
}

/// The format of a score inside a text, likewise.
pub(in crate::write::xlsx) fn score_format(digits: Digits) -> &'static str {
    if digits == Digits::Thai { THAI } else { ARABIC }
}

/// The status of an issue: how many of its questions fall short, which stands in `count`, or the status of the lowest.
pub(in crate::write::xlsx) fn issue_status(cells: &Addresses, count: &str, arguments: &str, digits: Digits) -> String {
    let rest = statuses(cells, arguments);
    format!(
        "=IF({count}>0,\"{WEAK_QUESTIONS} \"&TEXT({count},\"{}\")&\" ข้อ\",{})",
        whole_format(digits),
        rest.trim_start_matches('=')
    )
}

/// A question's place among all, from the lowest; equal ones in the order of the table.
pub(in crate::write::xlsx) fn rank(cells: &Addresses, row: u32) -> String {
    let (first, last) = cells.table_rows();
    let score_cell = local(row, column::SCORE);
    let all = format!("{}:{}", local(first, column::SCORE), local(last, column::SCORE));
    let before = format!("{}:{score_cell}", local(first, column::SCORE));
    format!("=IF(ISNUMBER({score_cell}),RANK({score_cell},{all},1)+COUNTIF({before},{score_cell})-1,\"\")")
}

/// The number in a column of the question with the n-th lowest score.
pub(in crate::write::xlsx) fn number_of_rank(cells: &Addresses, wanted: &str, column: u16) -> String {
    format!("=IFERROR({},\"\")", value_of_rank(cells, wanted, column))
}

/// The text in a column of the question with the n-th lowest score; an empty one where that cell is blank, which would
/// count as the number 0.
pub(in crate::write::xlsx) fn text_of_rank(cells: &Addresses, wanted: &str, column: u16) -> String {
    format!("=IFERROR({}&\"\",\"\")", value_of_rank(cells, wanted, column))
}

fn value_of_rank(cells: &Addresses, wanted: &str, column: u16) -> String {
    format!("INDEX({},MATCH({wanted},{},0))", cells.table_column(column), cells.table_column(column::RANK))
}

/// The code of the question with the n-th lowest score, as a link to its row.
pub(in crate::write::xlsx) fn link_to_rank(cells: &Addresses, wanted: &str) -> String {
    let place = format!("MATCH({wanted},{},0)", cells.table_column(column::RANK));
    let first = cells.table_rows().0;
    let code = format!("INDEX({},{place})", cells.table_column(column::CODE));
    format!("=IFERROR(HYPERLINK(\"#'{SCORES}'!B\"&({place}+{first}),{code}),\"\")")
}

/// What says that a text should be read again.
pub(crate) const REVIEW: &str = "ทบทวนข้อความ";

/// A hint where a score has crossed into another range of wording since the texts were chosen.
///
/// `bounds` are the lowest scores of the ranges, ascending from 0.
pub(in crate::write::xlsx) fn crossed(
    cells: &Addresses,
    code: QuestionCode,
    bounds: &[Decimal],
    score: Option<Decimal>,
) -> Result<String, WorkbookError> {
    let hint = quoted(REVIEW);
    let cell = cells.score(code)?;
    let list: Vec<String> = bounds.iter().map(ToString::to_string).collect();
    Ok(match score {
        Some(score) => {
            let score = round2(score);
            let reached = bounds.iter().filter(|bound| **bound <= score).count();
            let grade = format!("MATCH(ROUND({cell},2),{{{}}},1)", list.join(","));
            let weak = format!("(ROUND({cell},2)<{})", cells.fact(Fact::Threshold));
            let was = if score < cells.threshold() { "TRUE" } else { "FALSE" };
            format!("=IF(ISNUMBER({cell}),IF(AND({grade}={reached},{weak}={was}),\"\",{hint}),{hint})")
        }
        None => format!("=IF(ISNUMBER({cell}),{hint},\"\")"),
    })
}

/// The mean of those of some questions that have a score.
pub(in crate::write::xlsx) fn mean(arguments: &str) -> String {
    format!("=IF(COUNT({arguments})=0,\"\",AVERAGE({arguments}))")
}

/// An indicator recomputed from its questions; nothing unless all have a score.
///
/// `whole` says that the questions are the whole of an indicator that is otherwise only published.
pub(in crate::write::xlsx) fn indicator(
    cells: &Addresses,
    indicator: &Indicator,
    whole: bool,
) -> Result<Option<String>, WorkbookError> {
    let all = cells.arguments(indicator.all_questions(), column::SCORE)?;
    let count = indicator.all_questions().count();
    let mean = match indicator.basis {
        Basis::Unknown => return Ok(None),
        Basis::Published if !whole => return Ok(None),
        Basis::Published | Basis::Questions => format!("AVERAGE({all})"),
        Basis::SubIndicators => {
            let parts: Result<Vec<String>, WorkbookError> = indicator
                .sub_indicators
                .iter()
                .map(|sub| Ok(format!("AVERAGE({})", cells.arguments(sub.questions.iter().copied(), column::SCORE)?)))
                .collect();
            format!("AVERAGE({})", parts?.join(","))
        }
    };
    Ok(Some(format!("=IF(COUNT({all})={count},{mean},\"\")")))
}

/// An instrument recomputed from its indicators as shown.
pub(in crate::write::xlsx) fn instrument(
    cells: &Addresses,
    framework: &Framework,
    instrument: Instrument,
) -> Result<String, WorkbookError> {
    let (range, count) = shown_range(cells, framework, instrument)?;
    Ok(format!("=IF(COUNT({range})={count},ROUND(AVERAGE({range}),2),\"\")"))
}

/// The total recomputed from unrounded instruments, where their weights are known; a published instrument steps in where its indicators are missing.
pub(in crate::write::xlsx) fn total(cells: &Addresses, framework: &Framework) -> Result<Option<String>, WorkbookError> {
    let mut known = Vec::new();
    let mut parts = Vec::new();
    for (instrument, facts) in &framework.instruments {
        let Some(weight) = facts.weight else { return Ok(None) };
        let (range, count) = shown_range(cells, framework, *instrument)?;
        let published = local(cells.figure_row(FigureRow::Instrument(*instrument))?, column::PUBLISHED);
        known.push(format!("OR(COUNT({range})={count},ISNUMBER({published}))"));
        parts.push(format!("{}*IF(COUNT({range})={count},AVERAGE({range}),{published})", weight));
    }
    Ok(Some(format!("=IF(AND({}),ROUND(({})/100,2),\"\")", known.join(","), parts.join("+"))))
}

/// The shown scores of an instrument's indicators, and how many there must be.
fn shown_range(
    cells: &Addresses,
    framework: &Framework,
    instrument: Instrument,
) -> Result<(String, usize), WorkbookError> {
    let rows: Result<Vec<u32>, WorkbookError> = framework
        .indicators_of(instrument)
        .map(|indicator| cells.figure_row(FigureRow::Indicator(indicator.number)))
        .collect();
    let rows = rows?;
    let runs = rows.chunk_by(|a, b| a + 1 == *b).filter_map(|run| {
        let (first, last) = (run.first()?, run.last()?);
        Some(format!("{}:{}", local(*first, column::SHOWN), local(*last, column::SHOWN)))
    });
    Ok((runs.collect::<Vec<_>>().join(","), rows.len()))
}

/// The level by the rule; nothing unless the total and every instrument are known.
pub(in crate::write::xlsx) fn level(cells: &Addresses, framework: &Framework) -> Result<String, WorkbookError> {
    let mut formula = "\"\"".to_owned();
    for level in framework.level_rules().iter().rev() {
        let conditions = conditions(cells, level)?;
        formula = format!("IF(AND({conditions}),{},{formula})", quoted(&level.name));
    }
    Ok(format!("=IF({},{formula},\"\")", all_known(cells)?))
}

fn all_known(cells: &Addresses) -> Result<String, WorkbookError> {
    let figures: Result<Vec<String>, WorkbookError> = figures().map(|figure| cells.shown(figure)).collect();
    let figures = figures?;
    Ok(format!("COUNT({})={}", figures.join(","), figures.len()))
}

fn figures() -> impl Iterator<Item = FigureRow> {
    Instrument::ALL.into_iter().map(FigureRow::Instrument).chain([FigureRow::Total])
}

fn rounded(cells: &Addresses, figure: FigureRow) -> Result<String, WorkbookError> {
    Ok(format!("ROUND({},2)", cells.shown(figure)?))
}

fn conditions(cells: &Addresses, level: &Level) -> Result<String, WorkbookError> {
    let mut conditions = format!("{}>={}", rounded(cells, FigureRow::Total)?, level.total);
    if let Some(needed) = level.each_instrument {
        for instrument in Instrument::ALL {
            let _ = write!(conditions, ",{}>={needed}", rounded(cells, FigureRow::Instrument(instrument))?);
        }
    }
    Ok(conditions)
}

/// The next better level by the rule; nothing where there is none.
pub(in crate::write::xlsx) fn next_level(cells: &Addresses, framework: &Framework) -> String {
    let level = cells.fact(Fact::ComputedLevel);
    let pairs = framework.level_rules().windows(2).rev();
    let formula = pairs.fold("\"\"".to_owned(), |rest, pair| match pair {
        [next, reached] => format!("IF({level}={},{},{rest})", quoted(&reached.name), quoted(&next.name)),
        _ => rest,
    });
    format!("={formula}")
}

/// Why the rule gives this level and not the next, in words: what the next one asks for and what falls short of it.
pub(in crate::write::xlsx) fn reason(
    cells: &Addresses,
    framework: &Framework,
    digits: Digits,
) -> Result<String, WorkbookError> {
    let (level, next) = (cells.fact(Fact::ComputedLevel), cells.fact(Fact::NextLevel));
    let mut formula = "\"\"".to_owned();
    for pair in framework.level_rules().windows(2).rev() {
        let [better, _] = pair else { continue };
        let text = shortfall(cells, better, framework, digits)?;
        formula = format!("IF({next}={},{text},{formula})", quoted(&better.name));
    }
    if let Some(best) = framework.level_rules().first() {
        let each = best.each_instrument.map(|each| format!(" และทุกเครื่องมือไม่ต่ำกว่า {}", two_decimals(each)));
        let text = format!("คะแนนรวมไม่ต่ำกว่า {}{}", two_decimals(best.total), each.unwrap_or_default());
        let text = digits.number(&text);
        formula = format!("IF({level}={},{},{formula})", quoted(&best.name), quoted(&text));
    }
    Ok(format!("={formula}"))
}

/// `ยังไม่ถึงระดับ ... เพราะ...`, with every figure that falls short; where the next level is none that passes, what passes.
fn shortfall(cells: &Addresses, next: &Level, framework: &Framework, digits: Digits) -> Result<String, WorkbookError> {
    let two_decimals = |score: Decimal| digits.number(&two_decimals(score));
    let format = score_format(digits);
    let total = cells.shown(FigureRow::Total)?;
    if !next.passes {
        let needed = two_decimals(next.total);
        let behind = format!(" ต่ำกว่า {needed} (เกณฑ์ผ่านคือ {} ขึ้นไป)", two_decimals(framework.pass_mark()));
        return Ok(format!("\"คะแนนรวม \"&TEXT({total},\"{format}\")&{}", quoted(&behind)));
    }
    let mut figures = vec![(total, "คะแนนรวม".to_owned(), next.total)];
    if let Some(needed) = next.each_instrument {
        for instrument in Instrument::ALL {
            let cell = cells.shown(FigureRow::Instrument(instrument))?;
            figures.push((cell, format!("คะแนน {instrument}"), needed));
        }
    }
    let short: Vec<String> = figures.iter().map(|(cell, _, needed)| format!("ROUND({cell},2)<{needed}")).collect();
    let any = |conditions: &[String]| match conditions {
        [] => "FALSE".to_owned(),
        [one] => one.clone(),
        several => format!("OR({})", several.join(",")),
    };
    let parts = figures.iter().zip(&short).enumerate().map(|(at, ((cell, name, needed), falls_short))| {
        let (before, later) = (any(short.get(..at).unwrap_or_default()), any(short.get(at + 1..).unwrap_or_default()));
        let (name, behind) = (quoted(&format!("{name} ")), quoted(&format!(" ต่ำกว่า {}", two_decimals(*needed))));
        // Only before the last of several stands `และ`.
        let link = format!("IF({before},IF({later},\" \",\" และ\"),\"\")");
        format!("IF({falls_short},{link}&{name}&TEXT({cell},\"{format}\")&{behind},\"\")")
    });
    let parts = parts.collect::<Vec<_>>().join("&");
    let head = quoted(&format!("ยังไม่ถึงระดับ{} เพราะ", next.name));
    Ok(format!("{head}&{parts}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_in_a_name_does_not_end_the_text_of_a_formula() {
        assert_eq!(quoted("ผ่าน \"ดีเยี่ยม\""), "\"ผ่าน \"\"ดีเยี่ยม\"\"\"");
        assert_eq!(quoted(""), "\"\"");
    }

    /// The texts that are put together by `&`, as they stand between their quotes.
    fn pieces(formula: &str) -> Vec<&str> {
        let mut pieces = Vec::new();
        let mut rest = formula;
        while let Some(text) = rest.strip_prefix('"') {
            let bytes = text.as_bytes();
            let mut end = 0;
            while bytes[end] != b'"' || bytes.get(end + 1) == Some(&b'"') {
                end += if bytes[end] == b'"' { 2 } else { 1 };
            }
            pieces.push(&text[..end]);
            rest = &text[end + 1..];
            rest = rest.strip_prefix('&').unwrap_or(rest);
        }
        assert_eq!(rest, "", "{formula}");
        pieces
    }

    #[test]
    fn no_text_of_a_formula_is_longer_than_excel_reads() {
        let texts = [("ก".repeat(255), 1), ("ก".repeat(256), 2), ("\"".repeat(600), 5), ("😀".repeat(300), 3)];
        for (text, count) in texts {
            let formula = quoted(&text);
            let pieces = pieces(&formula);
            assert_eq!(pieces.len(), count);
            assert!(pieces.iter().all(|piece| piece.encode_utf16().count() <= LONGEST_TEXT));
            assert_eq!(pieces.concat().replace("\"\"", "\""), text);
        }
    }
}
