//! The appendix: every question with its score and status, by instrument.

use crate::framework::Instrument;
use crate::write::docx::Context;
use crate::write::docx::contents::Headings;
use crate::write::docx::element::Element;
use crate::write::docx::style::Style;
use crate::write::docx::table::{Cell, Row, table};
use crate::write::printed::{Wording, fill};

/// Widths of the columns; together the width of an upright page.
const WIDTHS: [u32; 4] = [900, 5471, 1200, 1500];

pub(super) fn write(context: &Context<'_>, headings: &mut Headings) -> Vec<Element> {
    let (printed, words) = (&context.printed, &Wording::built_in().word);
    let assessment = &context.report.assessment;
    let heading = fill(&words.appendix, &[("year", &printed.year(0))]);
    let mut rows = vec![Row::heads(&words.appendix_heads)];
    for instrument in Instrument::ALL {
        let mut codes = assessment.questions.keys().filter(|code| code.instrument() == instrument).peekable();
        if codes.peek().is_some() {
            rows.push(
                Row::new(vec![Cell::of(Style::TableHeading, instrument.name()).over(WIDTHS.len()).shaded()]).kept(),
            );
        }
        rows.extend(codes.map(|code| {
            let score = assessment.score(*code).map(|score| printed.score(score)).unwrap_or_default();
            Row::new(vec![
                Cell::of(Style::TableCentred, &code.to_string()),
                Cell::of(Style::TableText, &printed.title(*code).unwrap_or_default()),
                Cell::of(Style::TableCentred, &score),
                Cell::of(Style::TableCentred, assessment.status(*code).thai()),
            ])
        }));
    }
    vec![headings.heading(Style::Heading1, &heading).element(), table(&WIDTHS, rows, &heading)]
}
