//! Part 1: the seven issues, each a table under the prescribed heads, and the caution.

use crate::framework::Issue;
use crate::plan::{AnalysisRow, IssuePlan, Subject};
use crate::write::docx::element::Element;
use crate::write::docx::list::DASHED;
use crate::write::docx::paragraph::Paragraph;
use crate::write::docx::style::{FINDING, Style};
use crate::write::docx::table::{Cell, Row, table};
use crate::write::docx::{Context, DocumentError};
use crate::write::printed::{RowText, Wording, fill};

/// Widths of the columns; together the width of a lying page.
const WIDTHS: [u32; 6] = [760, 1900, 1150, 3500, 1000, 5693];

pub(super) fn write(context: &Context<'_>) -> Result<Vec<Element>, DocumentError> {
    let words = &Wording::built_in().analysis;
    let values = [("part", context.digits.title("1")), ("year", context.printed.year(0))];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    let mut body = vec![Paragraph::of(Style::Heading1, &fill(&words.part, &values)).element()];
    let plan = &context.report.plan;
    for (issue, plan) in context.report.assessment.framework.issues.iter().zip(&plan.issues) {
        let heading = context.printed.issue(issue.number, &issue.title);
        body.push(Paragraph::of(Style::Heading2, &heading).element());
        body.push(table(&WIDTHS, rows(issue, plan, context)?, &heading));
    }
    body.push(Paragraph::of(Style::BodyText, &plan.caution).below(120).element());
    Ok(body)
}

fn rows(issue: &Issue, plan: &IssuePlan, context: &Context<'_>) -> Result<Vec<Row>, DocumentError> {
    // The cells of a row behind number and title of the issue.
    let mut groups: Vec<Vec<Cell>> = Vec::new();
    for text in &plan.texts {
        let name = || Cell::of(Style::TableCentred, text.instrument.name());
        for row in &text.rows {
            let subject = context.printed.subject(row.subject).ok_or(DocumentError::NoSubject(row.subject))?;
            let score = Cell::of(Style::TableCentred, &score(row.subject, context));
            groups.push(vec![name(), Cell::of(Style::TableText, &subject), score, texts(row, context)]);
        }
        if let Some(note) = &text.note {
            let note = Cell::of(Style::TableText, &context.printed.note(note));
            groups.push(vec![name(), Cell::new(), Cell::new(), note]);
        }
    }
    let last = groups.len().saturating_sub(1);
    let number = context.digits.number(&format!("{}.", issue.number));
    let mut rows = vec![Row::heads(&Wording::built_in().word.analysis_heads)];
    for (index, mut cells) in groups.into_iter().enumerate() {
        let open = (index > 0, index < last);
        let first = |style, text: &str| {
            let cell = if index == 0 { Cell::of(style, text) } else { Cell::new() };
            cell.open(open.0, open.1)
        };
        cells.insert(0, first(Style::TableText, &issue.title));
        cells.insert(0, first(Style::TableCentred, &number));
        rows.push(Row::new(cells));
    }
    Ok(rows)
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
        [one] => Cell::new().paragraph(first.run(" ").run(one), letters + one.chars().count()),
        several => several.iter().fold(Cell::new().paragraph(first, letters), add),
    }
}
