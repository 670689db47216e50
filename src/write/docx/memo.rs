//! The covering memo, with which the report goes to the head of the agency: its lines are to be filled in and signed.

use crate::framework::Certainty;
use crate::write::docx::Context;
use crate::write::docx::element::Element;
use crate::write::docx::paragraph::Paragraph;
use crate::write::docx::style::{DOTTED, MEMO_LABEL, Style};
use crate::write::printed::{Wording, fill};

/// How many dots stand for a name that is written in by hand.
const DOTS: usize = 50;

pub(super) fn write(context: &Context<'_>) -> Vec<Element> {
    let (printed, words) = (&context.printed, &Wording::built_in().word.memo);
    let assessment = &context.report.assessment;
    let document = printed.document();
    let [year, next] = [0, 1].map(|later| printed.year(later));
    let subject = fill(&words.subject_text, &[("document", document), ("year", &year)]);
    let office = printed.agency();
    let mut body = vec![
        Paragraph::of(Style::MemoTitle, &words.title).element(),
        line(&[(&words.office, office)]),
        line(&[(&words.number, ""), (&words.date, "")]),
        line(&[(&words.subject, &subject)]),
        Paragraph::of(Style::MemoTo, &fill(&words.to, &[("dots", &".".repeat(DOTS))])).element(),
    ];
    let total = assessment.total.shown().map(|total| context.digits.title(&crate::domain::figure::two_decimals(total)));
    let result = match (&total, assessment.level.shown()) {
        (Some(total), Some(level)) => fill(&words.result, &[("total", total), ("level", level)]),
        _ => words.no_result.clone(),
    };
    let values =
        [("assessment", assessment.framework.name.as_str()), ("year", &year), ("agency", printed.agency_line())];
    let mut texts = vec![format!("{}{result}", fill(&words.announced, &values))];
    if printed.has_analysis() {
        let issues = context.digits.title(&assessment.framework.issues.len().to_string());
        let measures: usize = context.report.plan.issues.iter().map(|issue| issue.measures.len()).sum();
        let measures = context.digits.title(&measures.to_string());
        let values = [("document", document), ("issues", &issues), ("measures", &measures), ("next", &next)];
        texts.push(fill(&words.plan, &values));
    }
    // What was not seen of a year is not printed.
    let feeds = assessment.framework.feeds.as_ref().filter(|feeds| feeds.certainty == Certainty::Confirmed);
    let item = feeds.map(|feeds| {
        let (code, year) = (feeds.item.to_string(), context.digits.title(&feeds.year.to_string()));
        fill(&words.item, &[("code", &code), ("year", &year)])
    });
    texts.push(fill(&words.asked, &[("item", &item.unwrap_or_default())]));
    body.extend(texts.iter().map(|text| Paragraph::of(Style::MemoText, text).element()));
    let dots = ".".repeat(DOTS);
    let sign = |text: &String| Paragraph::of(Style::MemoSignature, &fill(text, &[("dots", &dots)])).element();
    body.extend(words.signature.iter().map(sign));
    body
}

/// A line of the memo's head: labels, and what stands behind each on dots that go on to the next one or to the margin.
fn line(fields: &[(&str, &str)]) -> Element {
    let add = |paragraph: Paragraph, (label, text): &(&str, &str)| {
        paragraph.styled(label, MEMO_LABEL).styled(&format!(" {text}\t"), DOTTED)
    };
    // Two fields share a line half and half.
    let half = Element::value("w:tab", "left").with("w:pos", "4535");
    let paragraph = Paragraph::new(Style::MemoLine).tabs((fields.len() > 1).then_some(half));
    fields.iter().fold(paragraph, add).element()
}
