//! The other document: what has come of the plan's measures, from the follow-up that was filled in.

use rust_decimal::Decimal;

use crate::config::Config;
use crate::domain::figure::{round2, two_decimals};
use crate::domain::thai;
use crate::error::Cause;
use crate::plan::IssuePlan;
use crate::read::safety::catch_panic;
use crate::recognise::follow_up::{FollowUp, FollowedIssue, FollowedMeasure, ReportDate};
use crate::report::Report;
use crate::write::docx::cover::CoverLines;
use crate::write::docx::element::Element;
use crate::write::docx::list::Lists;
use crate::write::docx::package::Package;
use crate::write::docx::page::{Furniture, Paper};
use crate::write::docx::paragraph::Paragraph;
use crate::write::docx::style::{STRONG, Style};
use crate::write::docx::table::{Cell, Row, table};
use crate::write::docx::{Context, DocumentError, cover, plan, properties};
use crate::write::printed::{FollowUpWords, Wording, fill};

/// Widths of the columns of the totals; together the width of an upright page.
const TOTALS: [u32; 4] = [4671, 1500, 1300, 1600];

/// Widths of the columns of the measures; together the width of a lying page.
const WIDTHS: [u32; 7] = [3003, 3400, 1400, 800, 1900, 1300, 2200];

impl Report {
    /// The Word document about what has come of the plan of this report; equal inputs give equal bytes.
    ///
    /// # Errors
    /// When a draft is to be published, or the document cannot be put together, which no input should bring about.
    pub fn follow_up(&self, follow_up: &FollowUp, config: &Config) -> Result<Vec<u8>, Cause> {
        if self.draft && config.publish {
            return Err(Cause::Draft { year: self.assessment.framework.year });
        }
        catch_panic::program(|| make(self, follow_up, config).map_err(|e| Cause::Document(e.to_string())))
    }
}

fn make(report: &Report, follow_up: &FollowUp, config: &Config) -> Result<Vec<u8>, DocumentError> {
    let context = Context::new(report, config);
    let words = &Wording::built_in().follow_up;
    let printed = &context.printed;
    let year = fill(&Wording::built_in().year, &[("year", &printed.year(1))]);
    let name = printed.follow_up();
    let mut package = Package::new();
    let header = if report.draft { printed.draft_mark() } else { format!("{} {year}", printed.agency()) };
    let furniture = Furniture::new([header.trim(), name], context.digits, &mut package);
    let lines = CoverLines { title: name, below: vec![year] };
    let logo = config.profile.logo.as_deref();
    let sections = [
        (cover::write(&context, &lines, logo, &mut package)?, Paper::Cover),
        (totals(follow_up, words, &context), Paper::First),
        (measures(follow_up, words, &context), Paper::Landscape),
    ];
    let body = furniture.body(sections.into_iter(), properties::small_print(&context));
    package.document(&body);
    properties::parts(&context, (name, 1), config, false, &mut package);
    context.furnish(&Lists::new(context.digits), &mut package);
    package.bytes()
}

/// How many measures are in which state, in words and by issue.
fn totals(follow_up: &FollowUp, words: &FollowUpWords, context: &Context<'_>) -> Vec<Element> {
    let number = |count: usize| context.digits.title(&count.to_string());
    let in_state = |state: &str| follow_up.measures().filter(|measure| measure.state == state).count();
    let states = words.states.iter().map(|state| (state, in_state(state)));
    let known: usize = states.clone().map(|(_, count)| count).sum();
    let all = follow_up.measures().count();
    let counts = states.chain([(&words.no_state, all - known)]).filter(|(_, count)| *count > 0);
    let counts = counts.map(|(state, count)| fill(&words.count, &[("state", state), ("number", &number(count))]));
    let values =
        [("agency", context.printed.agency_line()), ("year", &context.printed.year(1)), ("number", &number(all))];
    let sentence = [fill(&words.sentence, &values)].into_iter().chain(counts).collect::<Vec<_>>().join(" ");
    let [_, _, done_state, _] = &words.states;
    let mut rows = vec![Row::heads(&words.total_heads)];
    let row = |issue: &FollowedIssue| {
        let done = issue.measures.iter().filter(|measure| measure.state == *done_state).count();
        let cells = [number(issue.measures.len()), number(done), mean(issue, context)];
        let cells = cells.iter().map(|text| Cell::of(Style::TableCentred, text));
        Row::new([Cell::of(Style::TableText, &issue.heading)].into_iter().chain(cells).collect())
    };
    rows.extend(follow_up.issues.iter().map(row));
    vec![
        Paragraph::of(Style::Heading1, &words.totals).element(),
        Paragraph::of(Style::BodyText, &sentence).element(),
        table(&TOTALS, rows, &words.totals),
    ]
}

/// How far an issue has come on average, as its sheet has it: what nobody has reported is 0 where anything is reported.
fn mean(issue: &FollowedIssue, context: &Context<'_>) -> String {
    let reported: Vec<Decimal> = issue.measures.iter().filter_map(|measure| measure.percent).collect();
    let sum = reported.iter().try_fold(Decimal::ZERO, |sum, percent| sum.checked_add(*percent));
    let mean = sum.filter(|_| !reported.is_empty()).map(|sum| round2(sum / Decimal::from(issue.measures.len())));
    mean.map(|mean| context.digits.title(&two_decimals(mean))).unwrap_or_default()
}

/// The measures by issue, and the lines to sign on.
fn measures(follow_up: &FollowUp, words: &FollowUpWords, context: &Context<'_>) -> Vec<Element> {
    let mut body = vec![Paragraph::of(Style::Heading1, &words.details).element()];
    // The number stands before the title here.
    let [_, heads @ ..] = &words.heads;
    let last = follow_up.issues.len().saturating_sub(1);
    for (index, issue) in follow_up.issues.iter().enumerate() {
        let mut rows = vec![Row::heads(heads)];
        rows.extend(issue.measures.iter().map(|measure| row(measure, context)));
        if index == last {
            let signatures = plan::signatures(&mut rows, WIDTHS.len(), context);
            rows.push(signatures);
        }
        body.push(Paragraph::of(Style::Heading2, &issue.heading).element());
        body.push(table(&WIDTHS, rows, &issue.heading));
    }
    body
}

fn row(measure: &FollowedMeasure, context: &Context<'_>) -> Row {
    let text = |text: &str| Cell::of(Style::TableText, text);
    let lines = |text: &str| {
        let add = |cell: Cell, line: &str| cell.paragraph(Paragraph::of(Style::TableText, line), line.chars().count());
        text.lines().fold(Cell::new(), add)
    };
    let of_plan = |issue: &IssuePlan, at: usize| issue.measures.get(at).map(|planned| planned.title.clone());
    let numbers = thai::arabic_digits(&measure.number);
    let place =
        numbers.split_once('.').and_then(|(issue, at)| Some((issue.parse::<usize>().ok()?, at.parse::<usize>().ok()?)));
    let planned = place
        .and_then(|(issue, at)| of_plan(context.report.plan.issues.get(issue.checked_sub(1)?)?, at.checked_sub(1)?));
    let title = if measure.title.is_empty() { planned.unwrap_or_default() } else { measure.title.clone() };
    let title = format!("{} {title}", measure.number);
    let title_cell =
        Cell::new().paragraph(Paragraph::new(Style::TableText).styled(&title, STRONG), title.chars().count());
    let percent = measure.percent.map(|percent| context.digits.number(&round2(percent).normalize().to_string()));
    let date = match &measure.date {
        // Some type the Buddhist year into a date.
        ReportDate::Day(day) => {
            let year = if day.year < 2400 { day.year.saturating_add(543) } else { day.year };
            context.digits.title(&format!("{} {} {year}", day.day, thai::month(day.month)))
        }
        ReportDate::Text(text) => text.clone(),
    };
    Row::new(vec![
        title_cell,
        lines(&measure.result),
        Cell::of(Style::TableCentred, &measure.state),
        Cell::of(Style::TableCentred, &percent.unwrap_or_default()),
        lines(&measure.problem),
        text(&date),
        lines(&measure.evidence),
    ])
}
