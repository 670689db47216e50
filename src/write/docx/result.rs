//! The result on one page: the sentence, the table of indicators, and the chart against the pass mark.

use rust_decimal::Decimal;

use crate::domain::figure::{Figure, two_decimals};
use crate::framework::Instrument;
use crate::write::docx::Context;
use crate::write::docx::chart;
use crate::write::docx::contents::Headings;
use crate::write::docx::element::Element;
use crate::write::docx::package::Package;
use crate::write::docx::paragraph::Paragraph;
use crate::write::docx::style::Style;
use crate::write::docx::table::{Cell, Row, table};
use crate::write::printed::{Wording, fill};

/// Widths of the columns; together the width of an upright page.
const WIDTHS: [u32; 4] = [1100, 1000, 5271, 1700];

pub(super) fn write(context: &Context<'_>, headings: &mut Headings, package: &mut Package) -> Vec<Element> {
    let (printed, words) = (&context.printed, &Wording::built_in().word);
    let assessment = &context.report.assessment;
    let mut body = vec![
        headings.heading(Style::Heading1, &words.result).element(),
        Paragraph::of(Style::BodyText, &printed.sentence()).element(),
    ];
    let reason = context.digits.title(&assessment.level.reason);
    if !reason.is_empty() {
        body.push(Paragraph::of(Style::BodyText, &reason).element());
    }
    let first = context.digits.title("1");
    let caption = fill(&words.table_caption, &[("number", &first)]);
    body.push(Paragraph::of(Style::Caption, &caption).kept().element());
    body.push(table(&WIDTHS, rows(context), &caption));
    if let Some(run) = chart::write(context, package) {
        let threshold = context.digits.title(&two_decimals(assessment.threshold));
        let caption = fill(&words.chart_caption, &[("number", &first), ("threshold", &threshold)]);
        body.push(Paragraph::new(Style::Picture).below(120).with(run).element());
        body.push(Paragraph::of(Style::Caption, &caption).element());
    }
    if !printed.has_analysis() {
        body.push(Paragraph::of(Style::BodyText, &printed.no_issues()).element());
    }
    body
}

/// The indicators by instrument, then the instruments and the total.
fn rows(context: &Context<'_>) -> Vec<Row> {
    let (assessment, framework) = (&context.report.assessment, &context.report.assessment.framework);
    let words = &Wording::built_in().indicators;
    let mut rows = vec![Row::heads(&words.heads)];
    for instrument in Instrument::ALL {
        for (index, indicator) in framework.indicators_of(instrument).enumerate() {
            let name = if index == 0 { instrument.name() } else { "" };
            let result = assessment.indicators.iter().find(|result| result.number == indicator.number);
            let score = result.and_then(|result| result.figure.exact());
            rows.push(Row::new(vec![
                Cell::of(Style::TableCentred, name).merged(index == 0),
                Cell::of(Style::TableCentred, &context.digits.title(&indicator.number.to_string())),
                Cell::of(Style::TableText, &indicator.title),
                shown(context, score),
            ]));
        }
    }
    for (instrument, facts) in Instrument::ALL.into_iter().filter_map(|i| Some((i, framework.instruments.get(&i)?))) {
        let score = assessment.instruments.get(&instrument).and_then(Figure::shown);
        rows.push(Row::new(vec![
            Cell::of(Style::TableText, &context.printed.instrument(instrument, facts)).over(3),
            shown(context, score),
        ]));
    }
    let total = Cell::of(Style::TableHeading, &words.total).over(3).shaded();
    rows.push(Row::new(vec![total, shown(context, assessment.total.shown()).shaded()]));
    rows
}

/// A score in the digits of titles; nothing where there is none.
fn shown(context: &Context<'_>, score: Option<Decimal>) -> Cell {
    let text = score.map(|score| context.digits.title(&two_decimals(score))).unwrap_or_default();
    Cell::of(Style::TableCentred, &text)
}
