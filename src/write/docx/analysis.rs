//! Part 1: the seven issues, each a table under the prescribed heads, and the caution.

use crate::framework::Issue;
use crate::plan::{AnalysisRow, InstrumentText, IssuePlan, Subject};
use crate::write::docx::contents::Headings;
use crate::write::docx::element::Element;
use crate::write::docx::list::DASHED;
use crate::write::docx::paragraph::Paragraph;
use crate::write::docx::style::{FINDING, Style};
use crate::write::docx::table::{Cell, Row, table};
use crate::write::docx::{Context, DocumentError};
use crate::write::printed::{RowText, Wording, fill};

/// Widths of the columns; together the width of a lying page. A score stands on one line in wider fonts too, which a program
/// without the document's own takes: a number in two pieces is read as another.
const WIDTHS: [u32; 6] = [700, 1300, 1260, 2900, 1120, 6723];

pub(super) fn write(context: &Context<'_>, headings: &mut Headings) -> Result<Vec<Element>, DocumentError> {
    let words = &Wording::built_in().analysis;
    let values = [("part", context.digits.title("1")), ("year", context.printed.year(0))];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    let mut body = vec![headings.heading(Style::Heading1, &fill(&words.part, &values)).element()];
    let plan = &context.report.plan;
    for (issue, plan) in context.report.assessment.framework.issues.iter().zip(&plan.issues) {
        let heading = context.printed.issue(issue.number, &issue.title);
        body.push(headings.heading(Style::Heading2, &heading).element());
        body.push(table(&WIDTHS, rows(issue, plan, context)?, &heading));
    }
    body.push(Paragraph::of(Style::BodyText, &plan.caution).below(120).element());
    Ok(body)
}

/// A row without the issue's number and title.
struct Line {
    cells: [Cell; 3],
    text: Cell,
    /// Whether the text's cell has no line above and below: it stands beside several questions.
    open: (bool, bool),
    is_blank: bool,
}

fn rows(issue: &Issue, plan: &IssuePlan, context: &Context<'_>) -> Result<Vec<Row>, DocumentError> {
    let mut lines: Vec<Line> = Vec::new();
    for text in &plan.texts {
        lines.extend(instrument_lines(text, context)?);
    }
    let last = lines.len().saturating_sub(1);
    // A title beside a row without text would make it high: then it takes the next row's place too.
    let merges = last > 0 && lines.first().is_some_and(|line| line.is_blank);
    let number = context.digits.number(&format!("{}.", issue.number));
    let mut rows = vec![Row::heads(&Wording::built_in().word.analysis_heads)];
    for (index, line) in lines.into_iter().enumerate() {
        let first = |style, text: &str| {
            let cell = if index == 0 { Cell::of(style, text) } else { Cell::new() };
            match index {
                0 | 1 if merges => cell.merged(index == 0).open(false, index < last),
                _ => cell.open(index > 0, index < last),
            }
        };
        let mut cells = vec![first(Style::TableCentred, &number), first(Style::TableText, &issue.title)];
        cells.extend(line.cells);
        cells.push(line.text.open(line.open.0, line.open.1));
        let row = Row::new(cells);
        rows.push(if merges && index == 0 { row.kept() } else { row });
    }
    Ok(rows)
}

/// The rows of an instrument. What is said of all its questions, or of the rest, stands beside the last of them that have no
/// text of their own, or in a row below.
fn instrument_lines(text: &InstrumentText, context: &Context<'_>) -> Result<Vec<Line>, DocumentError> {
    let name = || Cell::of(Style::TableCentred, text.instrument.name());
    let is_blank = |row: &AnalysisRow| row.finding.is_empty() && row.recommendations.is_empty();
    let note = context.printed.note_of(text);
    let note_cell = |note: &str| Cell::of(Style::TableText, note);
    let silent = text.rows.iter().rev().take_while(|row| is_blank(row)).count();
    let silent_from = text.rows.len() - silent;
    let mut lines = Vec::new();
    for (index, row) in text.rows.iter().enumerate() {
        let subject = context.printed.subject(row).ok_or(DocumentError::NoSubject(row.subject))?;
        let score = Cell::of(Style::TableCentred, &score(row.subject, context));
        let (shown, open) = match &note {
            Some(note) if index >= silent_from => {
                let cell = if index == silent_from { note_cell(note) } else { Cell::new() };
                (cell, (index > silent_from, index + 1 < text.rows.len()))
            }
            _ => (texts(row, context), (false, false)),
        };
        let is_blank = is_blank(row);
        let cells = [name(), Cell::of(Style::TableText, &subject), score];
        lines.push(Line { cells, text: shown, open, is_blank });
    }
    if let Some(note) = note.filter(|_| silent == 0) {
        let cells = [name(), Cell::new(), Cell::new()];
        lines.push(Line { cells, text: note_cell(&note), open: (false, false), is_blank: false });
    }
    Ok(lines)
}

/// The score of what a row is about; where there is none, that.
fn score(subject: Subject, context: &Context<'_>) -> String {
    let assessment = &context.report.assessment;
    match subject {
        Subject::Question(code) => assessment
            .score(code)
            .map_or_else(|| assessment.status(code).thai().to_owned(), |score| context.printed.score(score)),
        Subject::Indicator(number) => {
            let result = assessment.indicators.iter().find(|result| result.number == number);
            let score = result.and_then(|result| result.figure.shown());
            score.map(|score| context.printed.score(score)).unwrap_or_default()
        }
        Subject::Added(_) => String::new(),
    }
}

/// The finding, underlined, and what leads to the recommendations; several of them are a list.
fn texts(row: &AnalysisRow, context: &Context<'_>) -> Cell {
    let RowText { finding, lead_in, recommendations } = context.printed.row(row);
    let space = |before: &str, text: &str| if before.is_empty() || text.is_empty() { "" } else { " " };
    let first = Paragraph::new(Style::TableText).styled(finding, FINDING).run(space(finding, lead_in)).run(lead_in);
    let letters = finding.chars().count() + lead_in.chars().count();
    let add = |cell: Cell, text: &String| {
        cell.paragraph(Paragraph::of(Style::Recommendation, text).item(DASHED), text.chars().count())
    };
    match recommendations {
        [one] => Cell::new().paragraph(first.run(one), letters + one.chars().count()),
        several => several.iter().fold(Cell::new().paragraph(first, letters), add),
    }
}
