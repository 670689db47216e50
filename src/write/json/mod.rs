//! What is recognised as JSON, one object an agency: what `inspect --json` prints. `src/reference.md` lists its keys.

mod standing;

use std::io::{self, Write};
use std::path::Path;

use rust_decimal::Decimal;
use serde::Serialize;

use crate::assess::Status;
use crate::domain::figure::Figure;
use crate::domain::language::Texts;
use crate::error::Error;
use crate::finding::{Finding, FindingCode, Severity};
use crate::read::column_name;
use crate::recognise::{Answer, ColumnChoice, Evidence, FactChoice, Given, Table};
use crate::report::Report;
use crate::write::json::standing::{IssueText, ShortfallText, indicator_title, issue, shortfall};

/// One input.
#[derive(Serialize)]
struct InputDocument<'e> {
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<ErrorText>,
    #[serde(flatten)]
    result: Option<ReportText<'e>>,
}

#[derive(Serialize)]
struct ErrorText {
    code: &'static str,
    message: Texts,
    hint: Texts,
}

#[derive(Serialize)]
struct ReportText<'e> {
    source: SourceText,
    framework: String,
    fiscal_year: u16,
    year: Option<ValueText<u16>>,
    agency: Option<ValueText<String>>,
    district: Option<ValueText<String>>,
    province: Option<ValueText<String>>,
    threshold: Number,
    tables: Vec<TableText>,
    choices: Vec<FactText>,
    questions: Vec<QuestionText>,
    indicators: Vec<FigureText<u8>>,
    instruments: Vec<FigureText<&'static str>>,
    total: FigureText<&'static str>,
    level: LevelText,
    rank: Option<ValueText<u32>>,
    issues: Vec<IssueText>,
    findings: Vec<FindingText>,
    edits: &'e [EditText],
}

/// What an officer has changed in a workbook of this program.
#[derive(Debug, Clone, Serialize)]
pub struct EditText {
    /// The kind of change.
    pub kind: &'static str,
    /// What was changed; empty for what was added.
    pub key: String,
    /// What stands there now.
    pub text: String,
    /// The cell.
    pub from: Option<String>,
}

/// What the file turned out to be.
#[derive(Serialize)]
struct SourceText {
    format: &'static str,
    encoding: Option<&'static str>,
    undecoded: usize,
    separator: Option<char>,
}

/// A value and the cell or flag that it came from.
#[derive(Serialize)]
struct ValueText<T> {
    value: T,
    from: String,
}

/// A score as a JSON number.
#[derive(Serialize)]
#[serde(transparent)]
struct Number(#[serde(with = "rust_decimal::serde::float")] Decimal);

#[derive(Serialize)]
struct TableText {
    sheet: String,
    turned: bool,
    code_column: String,
    score_column: String,
    title_column: Option<String>,
    first_row: u32,
    last_row: u32,
    score_header: Option<String>,
    scored: usize,
    choices: Vec<ChoiceText>,
}

/// A column that could have held the scores.
#[derive(Serialize)]
struct ChoiceText {
    column: String,
    header: Option<String>,
    points: i32,
    evidence: Vec<EvidenceText>,
    other: Option<Texts>,
}

/// What a cell said of layout, year, agency or a published figure.
#[derive(Serialize)]
struct FactText {
    of: &'static str,
    value: String,
    from: String,
    points: i32,
    evidence: Vec<EvidenceText>,
    taken: bool,
}

#[derive(Serialize)]
struct EvidenceText {
    rule: String,
    points: i32,
}

#[derive(Serialize)]
struct QuestionText {
    code: String,
    score: Option<Number>,
    status: Status,
    raw: Option<String>,
    title: Option<String>,
    code_cell: Option<String>,
    score_cell: Option<String>,
    repeated_at: Vec<String>,
}

#[derive(Serialize)]
struct FigureText<T> {
    name: T,
    published: Option<Number>,
    computed: Option<Number>,
    from: Option<String>,
    /// Of an indicator.
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
}

#[derive(Serialize)]
struct LevelText {
    published: Option<String>,
    computed: Option<String>,
    reason: String,
    shortfalls: Vec<ShortfallText>,
    from: Option<String>,
}

#[derive(Serialize)]
struct FindingText {
    code: FindingCode,
    severity: Severity,
    places: Vec<String>,
    item: String,
    found: String,
    expected: String,
    message: Texts,
    hint: Texts,
}

/// The list of all inputs' documents, written one after the other: a file may have thousands of agencies.
#[derive(Default)]
pub struct Documents {
    written: usize,
}

impl Documents {
    /// Writes the document of one agency, or of an input that cannot be converted.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn add(
        &mut self,
        out: &mut impl Write,
        input: &Path,
        result: Result<&Report, &Error>,
        edits: &[EditText],
    ) -> io::Result<()> {
        out.write_all(if self.written == 0 { b"[\n" } else { b",\n" })?;
        self.written += 1;
        serde_json::to_writer_pretty(out, &document(input, result, edits)).map_err(io::Error::from)
    }

    /// The document of one agency alone, on one line.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn one(out: &mut impl Write, input: &Path, report: &Report, edits: &[EditText]) -> io::Result<()> {
        serde_json::to_writer(out, &document(input, Ok(report), edits)).map_err(io::Error::from)
    }

    /// Ends the list.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn end(self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(if self.written == 0 { b"[]\n" } else { b"\n]\n" })
    }
}

/// The document of one input, converted or not.
fn document<'e>(input: &Path, result: Result<&Report, &Error>, edits: &'e [EditText]) -> InputDocument<'e> {
    let file = input.display().to_string();
    match result {
        Ok(report) => InputDocument { file, error: None, result: Some(content(report, edits)) },
        Err(error) => {
            let message = Texts::in_both(|language| error.cause.message(language));
            let hint = Texts::in_both(|language| error.cause.hint(language).to_owned());
            InputDocument { file, error: Some(ErrorText { code: error.cause.code(), message, hint }), result: None }
        }
    }
}

fn content<'e>(report: &Report, edits: &'e [EditText]) -> ReportText<'e> {
    let (submission, assessment) = (&report.submission, &report.assessment);
    let published = &submission.published;
    let indicators = assessment.indicators.iter();
    let instruments = assessment.instruments.iter();
    let source = &report.source;
    ReportText {
        source: SourceText {
            format: source.format.name(),
            encoding: source.encoding,
            undecoded: source.undecoded,
            separator: source.separator,
        },
        framework: assessment.framework.short_name.clone(),
        fiscal_year: assessment.framework.year,
        year: submission.year.as_ref().map(ValueText::new),
        agency: submission.agency.as_ref().map(ValueText::new),
        district: submission.district.as_ref().map(ValueText::new),
        province: submission.province.as_ref().map(ValueText::new),
        threshold: Number(assessment.threshold),
        tables: submission.tables.iter().map(table).collect(),
        choices: submission.choices.iter().map(fact).collect(),
        questions: assessment
            .questions
            .iter()
            .map(|(code, result)| question(code.to_string(), result.score, result.status, submission.answers.get(code)))
            .collect(),
        indicators: indicators
            .map(|result| FigureText {
                title: indicator_title(&assessment.framework, result.number),
                ..figure(result.number, result.figure, published.indicators.get(&result.number))
            })
            .collect(),
        instruments: instruments
            .map(|(instrument, sum)| figure(instrument.name(), sum.as_shown(), published.instruments.get(instrument)))
            .collect(),
        total: figure("total", assessment.total.as_shown(), published.total.as_ref()),
        level: LevelText {
            published: assessment.level.published.clone(),
            computed: assessment.level.computed.clone(),
            reason: assessment.level.reason.clone(),
            shortfalls: assessment.level.shortfalls.iter().map(shortfall).collect(),
            from: published.level.as_ref().map(|given| given.origin.to_string()),
        },
        rank: published.rank.as_ref().map(ValueText::new),
        issues: assessment.issues.iter().map(|result| issue(result, &assessment.framework)).collect(),
        findings: assessment.findings.iter().map(finding).collect(),
        edits,
    }
}

fn table(table: &Table) -> TableText {
    // Where rows and columns are exchanged, a line of codes or scores is a row.
    let line = |index: u32| if table.transposed { (index + 1).to_string() } else { column_name(index) };
    TableText {
        sheet: table.sheet.clone(),
        turned: table.transposed,
        code_column: line(table.code_column),
        score_column: line(table.score_column),
        title_column: table.title_column.map(line),
        first_row: table.rows.0 + 1,
        last_row: table.rows.1 + 1,
        score_header: table.score_header.clone(),
        scored: table.scored,
        choices: table.choices.iter().map(|choice| self::choice(choice, line(choice.column))).collect(),
    }
}

fn evidence(known: &[Evidence]) -> Vec<EvidenceText> {
    known.iter().map(|known| EvidenceText { rule: known.rule.clone(), points: known.points }).collect()
}

fn fact(choice: &FactChoice) -> FactText {
    FactText {
        of: choice.of.name(),
        value: choice.value.clone(),
        from: choice.place.to_string(),
        points: choice.points,
        evidence: evidence(&choice.evidence),
        taken: choice.taken,
    }
}

fn choice(choice: &ColumnChoice, column: String) -> ChoiceText {
    ChoiceText {
        column,
        header: choice.header.clone(),
        points: choice.points,
        evidence: evidence(&choice.evidence),
        other: choice.other.clone(),
    }
}

fn question(code: String, score: Option<Decimal>, status: Status, answer: Option<&Answer>) -> QuestionText {
    QuestionText {
        code,
        score: score.map(Number),
        status,
        raw: answer.map(|answer| answer.raw.clone()),
        title: answer.and_then(|answer| answer.title.clone()),
        code_cell: answer.map(|answer| answer.code_place.to_string()),
        score_cell: answer.and_then(|answer| answer.score_place.as_ref()).map(ToString::to_string),
        repeated_at: answer.map(|answer| answer.repeats.iter().map(ToString::to_string).collect()).unwrap_or_default(),
    }
}

fn figure<T>(name: T, figure: Figure, given: Option<&Given<Decimal>>) -> FigureText<T> {
    FigureText {
        name,
        published: figure.published.map(Number),
        computed: figure.computed.map(Number),
        from: given.map(|given| given.origin.to_string()),
        title: None,
    }
}

fn finding(finding: &Finding) -> FindingText {
    FindingText {
        code: finding.code,
        severity: finding.severity(),
        places: finding.places.iter().map(ToString::to_string).collect(),
        item: finding.item.clone(),
        found: finding.found.clone(),
        expected: finding.expected.clone(),
        message: Texts::in_both(|language| finding.message(language)),
        hint: Texts::in_both(|language| finding.hint(language)),
    }
}

impl<T: Clone> ValueText<T> {
    fn new(given: &Given<T>) -> Self {
        Self { value: given.value.clone(), from: given.origin.to_string() }
    }
}
