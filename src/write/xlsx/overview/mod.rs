//! The workbook of a group: the story on the first page, the league table, every score, and what they amount to by
//! question, indicator, issue, province and district.
//!
//! Numbers are typed in as they are shown, with two decimals: thousands of agencies open at once and sort and filter
//! without a formula being calculated.

mod charts;
mod check_list;
mod first_page;
mod heat_map;
mod league;
mod measures;
mod near_pass;
mod places;
mod statistics;
mod story;
mod table;

use rust_decimal::Decimal;
use rust_xlsxwriter::{DocProperties, Format, FormatAlign, Worksheet};

use crate::write::printed::breaks;
use crate::write::xlsx::error::WorkbookError;
use crate::write::xlsx::kit::book::{FONT, blank, footer_of, made};
use crate::write::xlsx::kit::sheet::{Page, Paper};
use crate::write::xlsx::kit::style::{ARABIC, Styles, TEXT_SIZE, THAI, THAI_WHOLE};

use crate::config::Config;
use crate::domain::digits::Digits;
use crate::domain::figure::two_decimals;
use crate::domain::sheet_names::overview as names;
use crate::error::Cause;
use crate::framework::QuestionCode;
use crate::overview::{AgencyMeasures, AgencyResult, Failure, Overview};
use crate::profile::parse_colour;
use crate::read::safety::catch_panic;
use crate::typeset::Breaks;
use crate::write::xlsx::kit::zip_origin;

impl Overview<'_> {
    /// The workbook's bytes; equal data gives equal bytes.
    ///
    /// # Errors
    /// When the workbook cannot be put together, which no results should bring about.
    pub fn workbook(&self, config: &Config) -> Result<Vec<u8>, Cause> {
        make(self, config).map_err(|e| Cause::Workbook(e.to_string()))
    }
}

/// The overview's workbook; equal data gives equal bytes. `previous` holds last year's results.
///
/// # Errors
/// When the group's assessment is not known, or the workbook cannot be put together.
pub fn bytes(
    results: &[AgencyResult],
    failures: &[Failure],
    previous: Option<&[AgencyResult]>,
    config: &Config,
) -> Result<Vec<u8>, Cause> {
    bytes_with_measures(results, failures, (previous, &[]), config)
}

/// The same with what has come of the agencies' measures.
///
/// # Errors
/// As [`bytes`].
pub fn bytes_with_measures(
    results: &[AgencyResult],
    failures: &[Failure],
    (previous, measures): (Option<&[AgencyResult]>, &[AgencyMeasures]),
    config: &Config,
) -> Result<Vec<u8>, Cause> {
    let overview = || Overview::new(results, failures, previous, config);
    catch_panic::program(|| Overview { measures, ..overview()? }.workbook(config))
}

/// What every sheet is written from.
struct Frame<'a> {
    overview: &'a Overview<'a>,
    styles: &'a Styles,
    formats: &'a Formats,
    breaks: &'a Breaks,
    digits: Digits,
    font: &'a str,
}

/// Formats that only lists of many agencies need.
struct Formats {
    /// A text on one line.
    line: Format,
    /// A text on one line, made smaller where it does not fit.
    shrunk: Format,
    /// A link in a table.
    link: Format,
    /// A whole number with commas.
    count: Format,
    /// A change with its sign.
    change: Format,
    /// A whole number that matters most.
    figure_count: Format,
    /// A score in a wide table.
    small_score: Format,
    /// A score over a wide table.
    small_mean: Format,
    /// A header in a wide table.
    small_header: Format,
}

/// Size of the text of the table of all scores, in points.
const SMALL_SIZE: f64 = 14.0;

/// Makes the workbook's bytes.
pub(crate) fn make(overview: &Overview<'_>, config: &Config) -> Result<Vec<u8>, WorkbookError> {
    let profile = &config.profile;
    let font = profile.font.as_deref().unwrap_or(FONT);
    let heading = profile.heading_colour.as_deref().and_then(parse_colour);
    let styles = Styles::new(font, config.digits(), heading);
    let formats = Formats::new(&styles, config.digits());
    let (styles, formats, digits) = (&styles, &formats, config.digits());
    let frame = Frame { overview, styles, formats, breaks: breaks(), digits, font };
    let mut workbook = blank(font)?;
    workbook.set_properties(&properties(&frame, config)?);
    let places = [&overview.provinces, &overview.districts].map(|places| places.iter().any(|place| place.is_named()));
    let has_agencies = !overview.standings.is_empty();
    let has_questions = has_agencies && !overview.questions.is_empty();
    let has_issues = has_agencies && !overview.issues.is_empty();
    let has_measures = !overview.measures.is_empty();
    let sheets: [(&str, bool, Writer); 12] = [
        (names::FIRST, true, first_page::write),
        (names::LEAGUE, has_agencies, league::write),
        (names::HEAT_MAP, has_questions, heat_map::write),
        (names::QUESTIONS, has_questions, statistics::questions),
        (names::INDICATORS, has_agencies, statistics::indicators),
        (names::ISSUES, has_issues, statistics::issues),
        (names::PROVINCES, places[0], places::provinces),
        (names::DISTRICTS, places[1], places::districts),
        (names::NEAR_PASS, has_agencies, near_pass::write),
        (names::MEASURE_ISSUES, has_measures, measures::issues),
        (names::MEASURES, has_measures, measures::measures),
        (names::CHECK_LIST, true, check_list::write),
    ];
    for (name, wanted, write) in sheets {
        if wanted {
            let sheet = workbook.add_worksheet().set_name(name)?;
            sheet.set_footer(footer_of(&frame.title(), font));
            sheet.set_zoom(90);
            write(sheet, &frame)?;
        }
    }
    zip_origin::bytes_of(&mut workbook)
}

/// Writes one sheet.
type Writer = fn(&mut Worksheet, &Frame<'_>) -> Result<(), WorkbookError>;

fn properties(frame: &Frame<'_>, config: &Config) -> Result<DocProperties, WorkbookError> {
    Ok(DocProperties::new().set_title(frame.title()).set_creation_datetime(&made(config)?))
}

impl Formats {
    fn new(styles: &Styles, digits: Digits) -> Self {
        let whole = if digits == Digits::Arabic { "#,##0" } else { THAI_WHOLE };
        // in tables of many agencies all numbers have the digits of tables of questions
        let (score, count, change) = match digits {
            Digits::Thai => (THAI, THAI_WHOLE, styles.change.clone()),
            Digits::Report | Digits::Arabic => {
                (ARABIC, "#,##0", styles.change.clone().set_num_format("+0.00;-0.00;0.00"))
            }
        };
        let line = styles.text.clone().unset_text_wrap();
        Self {
            shrunk: line.clone().set_shrink().set_font_size(SMALL_SIZE),
            link: styles.centred_link.clone().set_align(FormatAlign::Left).set_align(FormatAlign::Top),
            count: styles.whole.clone().set_num_format(count),
            change,
            figure_count: styles.figure.clone().set_num_format(whole),
            small_score: styles.score.clone().set_font_size(SMALL_SIZE),
            small_mean: styles.label.clone().set_font_size(SMALL_SIZE).set_num_format(score),
            small_header: styles.header.clone().set_font_size(SMALL_SIZE),
            line,
        }
    }
}

impl<'a> Frame<'a> {
    /// The workbook's title.
    fn title(&self) -> String {
        let year = self.digits.title(&self.overview.framework.year.to_string());
        format!("ภาพรวมผลการประเมิน ITA ปีงบประมาณ พ.ศ. {year}")
    }

    /// A sheet with its title and a line of explanation under it, which is left out where it is empty; `write` puts the
    /// rest on it.
    fn page<'s>(
        &self,
        sheet: &'s mut Worksheet,
        widths: &[f64],
        paper: Paper,
        title: &str,
        note: &str,
        write: impl FnOnce(&mut Page<'s>) -> Result<(), WorkbookError>,
    ) -> Result<(), WorkbookError>
    where
        'a: 's,
    {
        Page::write(sheet, self.breaks, widths, paper, |page| {
            page.sheet.set_default_row_height(page.one_line());
            page.line(0, title, &self.styles.title, 18.0, true)?;
            page.line(1, note, &self.styles.note, TEXT_SIZE, false)?;
            write(page)
        })
    }

    /// What the mark of a question, an indicator or an issue is, and that of an instrument or the total.
    fn mark_note(&self) -> String {
        let (threshold, pass_mark) = (self.overview.threshold, self.overview.pass_mark);
        let base = self.score(Some(threshold));
        if threshold == pass_mark {
            return format!("เกณฑ์ {base} คะแนน นับเฉพาะหน่วยงานที่มีคะแนนในรายการนั้น");
        }
        let other = self.score(Some(pass_mark));
        format!("เกณฑ์ {base} คะแนน (เครื่องมือและคะแนนรวม {other}) นับเฉพาะหน่วยงานที่มีคะแนนในรายการนั้น")
    }

    /// A question's title.
    fn title_of(&self, code: QuestionCode) -> Result<&str, WorkbookError> {
        let question = self.overview.framework.questions.get(&code);
        question.map(|question| question.title.as_str()).ok_or(WorkbookError::NoQuestion(code))
    }

    /// A score in running text.
    fn score(&self, score: Option<Decimal>) -> String {
        self.digits.number(&score.map_or("-".to_owned(), two_decimals))
    }

    /// A count in running text, with commas.
    fn count(&self, count: usize) -> String {
        self.digits.number(&with_commas(count))
    }

    /// An agency's name; what it was read from where it has none.
    fn agency(&self, result: &AgencyResult) -> String {
        result.agency.clone().unwrap_or_else(|| format!("(ไม่ระบุชื่อ) {}", result.source))
    }
}

fn with_commas(count: usize) -> String {
    let digits = count.to_string();
    let first = digits.len() % 3;
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && at % 3 == first {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
