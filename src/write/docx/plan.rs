//! Part 2: the measures of the next fiscal year under the prescribed heads, and the lines to sign on.

use crate::framework::Issue;
use crate::plan::{IssuePlan, Phase, PlannedMeasure};
use crate::write::docx::Context;
use crate::write::docx::contents::Headings;
use crate::write::docx::element::Element;
use crate::write::docx::list::Lists;
use crate::write::docx::paragraph::Paragraph;
use crate::write::docx::style::{STRONG, Style};
use crate::write::docx::table::{Cell, Row, table};
use crate::write::printed::{Wording, fill};

/// Widths of the columns, of which measures and steps need the fewest lines; together the width of a lying page.
const WIDTHS: [u32; 5] = [1400, 4267, 5586, 1200, 1550];

pub(super) fn write(context: &Context<'_>, headings: &mut Headings, lists: &mut Lists) -> Vec<Element> {
    let words = Wording::built_in();
    let values = [("part", context.digits.title("2")), ("year", context.printed.year(1))];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    let heading = fill(&words.plan.part, &values);
    let mut rows = vec![Row::heads(&words.word.plan_heads)];
    for (issue, plan) in context.report.assessment.framework.issues.iter().zip(&context.report.plan.issues) {
        rows.extend(issue_rows(issue, plan, context, lists));
    }
    let signatures = signatures(&mut rows, WIDTHS.len(), context);
    rows.push(signatures);
    vec![headings.heading(Style::Heading1, &heading).on_new_page().element(), table(&WIDTHS, rows, &heading)]
}

/// The lines to sign on, below a free one: a row of the table without borders, kept with the row before, because LibreOffice
/// keeps rows together but no row with what stands behind its table.
pub(super) fn signatures(rows: &mut Vec<Row>, columns: usize, context: &Context<'_>) -> Row {
    let last = rows.pop().map(Row::kept);
    rows.extend(last);
    let lines = context.printed.signatures();
    let lines = lines.iter().map(|[left, right]| Paragraph::of(Style::Signature, &format!("\t{left}\t{right}")));
    let cell = std::iter::once(Paragraph::new(Style::Signature)).chain(lines);
    Row::new(vec![cell.fold(Cell::new(), |cell, line| cell.paragraph(line, 0)).over(columns).bare()])
}

fn issue_rows(issue: &Issue, plan: &IssuePlan, context: &Context<'_>, lists: &mut Lists) -> Vec<Row> {
    let title = context.printed.plan_issue(issue.number, &issue.title);
    if let Some(why) = plan.no_measures.as_ref().filter(|_| plan.measures.is_empty()) {
        let title = Cell::of(Style::TableText, &title);
        return vec![Row::new(vec![title, Cell::of(Style::TableText, why).over(WIDTHS.len() - 1)])];
    }
    let mut rows = Vec::new();
    let mut phase = Phase::First;
    let last = plan.measures.len().saturating_sub(1);
    for (index, planned) in plan.measures.iter().enumerate() {
        if planned.phase != phase {
            phase = planned.phase;
            let text = context.digits.number(&context.report.plan.second_phase);
            let blank = Cell::new().open(true, true);
            let text = Cell::of(Style::TableHeading, &text).over(WIDTHS.len() - 1);
            rows.push(Row::new(vec![blank, text]).kept());
        }
        let first = if index == 0 { Cell::of(Style::TableText, &title) } else { Cell::new() };
        let number = context.digits.number(&format!("{}.{}", issue.number, index + 1));
        let mut cells = vec![first.open(index > 0, index < last)];
        cells.extend(measure(&number, planned, context, lists));
        rows.push(Row::new(cells));
    }
    rows
}

/// The cells of a measure behind the issue's title.
fn measure(number: &str, planned: &PlannedMeasure, context: &Context<'_>, lists: &mut Lists) -> Vec<Cell> {
    let text = |text: &str| (Paragraph::of(Style::TableText, text), text.chars().count());
    let add = |cell: Cell, (paragraph, letters)| cell.paragraph(paragraph, letters);
    let items = context.printed.items(planned);
    let number = items.number.as_deref().unwrap_or(number);
    let mut lines = items.lines.iter();
    let title = lines.next().map(|line| line.text.as_str()).unwrap_or_default();
    let first = Paragraph::new(Style::TableText).styled(&format!("{number} {title}"), STRONG);
    let title = Cell::new().paragraph(first, title.chars().count());
    let below = lines.map(|line| text(&line.text));
    let list = lists.numbered();
    let steps =
        items.steps.iter().map(|step| (Paragraph::of(Style::Step, &step.text).item(list), step.text.chars().count()));
    let units = items.units.iter().map(|unit| text(&unit.text));
    vec![
        below.fold(title, add),
        steps.fold(Cell::new(), add),
        Cell::of(Style::TableText, &planned.period),
        units.fold(Cell::new(), add),
    ]
}
