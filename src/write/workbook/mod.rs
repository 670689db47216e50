//! The analysis workbook. The only module that knows the spreadsheet writer.
//!
//! Scores and published figures are typed in on one sheet; every other number is a formula on them, written with its
//! result so that a reader that does not calculate sees it too.

mod analysis;
mod cells;
mod error;
mod findings;
mod flow;
mod followup;
mod formulas;
pub(crate) mod overview;
mod page;
mod plan;
mod scores;
mod style;
mod summary;
pub(crate) mod template;
mod zip_origin;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use rust_decimal::Decimal;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Image, Workbook};

use crate::config::{Config, Digits};
use crate::finding::Place;
use crate::framework::{Framework, Instrument, InstrumentFacts, QuestionCode, TitleKind};
use crate::profile::parse_colour;
use crate::report::Report;
use crate::sheet_names::{ANALYSIS, FINDINGS, FOLLOW_UP, PLAN, SCORES, SUMMARY};
use crate::typeset::Breaks;
use cells::{Cells, Fact, FigureRow};
use error::WorkbookError;
use style::{Styles, TEXT_SIZE};

/// The font of official Thai documents.
const FONT: &str = "TH SarabunPSK";

/// How hard a workbook is packed, 1 to 9: 60 KB at 1, 46 KB at 3, 42 KB at 6, where packing takes thrice the time of 1 and is
/// the most of a conversion. Files this small are not worth it.
const ZIP_LEVEL: u8 = 1;

/// Pixels of an empty row and of a column of no given width in TH SarabunPSK 16, whose digits have 8. No row of text is as
/// low: a height equal to the default would not be stored.
const DEFAULT_ROW: u32 = 30;
const DEFAULT_COLUMN: u32 = 72;
/// The same width in digits.
const DEFAULT_WIDTH: f64 = 8.375;

/// What every sheet is written from.
struct Context<'a> {
    report: &'a Report,
    framework: &'a Framework,
    cells: &'a Cells,
    styles: &'a Styles,
    breaks: &'a Breaks,
    digits: Digits,
    font: &'a str,
    publish: bool,
    logo: Option<Image>,
    ranking: Vec<QuestionCode>,
}

/// Makes the workbook's bytes.
pub(crate) fn make(report: &Report, config: &Config) -> Result<Vec<u8>, WorkbookError> {
    let framework = &*report.assessment.framework;
    let profile = &config.profile;
    let font = profile.font.as_deref().unwrap_or(FONT);
    let heading = profile.heading_colour.as_deref().and_then(parse_colour);
    let cells = Cells::new(framework, report.assessment.threshold)?;
    let styles = Styles::new(font, config.digits(), heading);
    let ranking = report.assessment.ranking().into_iter().map(|(code, _)| code).collect();
    let context = Context {
        report,
        framework,
        cells: &cells,
        styles: &styles,
        breaks: breaks(),
        digits: config.digits(),
        font,
        publish: config.publish,
        logo: profile.logo.as_ref().map(Image::new).transpose()?,
        ranking,
    };
    let mut workbook = blank(font)?;
    workbook.set_properties(&properties(&context, config)?);
    summary::write(workbook.add_worksheet().set_name(SUMMARY)?, &context)?;
    if context.has_analysis() {
        analysis::write(workbook.add_worksheet().set_name(ANALYSIS)?, &context)?;
        plan::write(workbook.add_worksheet().set_name(PLAN)?, &context)?;
        followup::write(workbook.add_worksheet().set_name(FOLLOW_UP)?, &context)?;
    }
    scores::write(workbook.add_worksheet().set_name(SCORES)?, &context)?;
    if !context.publish {
        findings::write(workbook.add_worksheet().set_name(FINDINGS)?, &context)?;
    }
    for sheet in workbook.worksheets_mut() {
        sheet.set_footer(footer(&context));
        sheet.set_zoom(90);
    }
    for (name, cell) in names(&context)? {
        workbook.define_name(name, &format!("={cell}"))?;
    }
    workbook.set_zip_compression_level(ZIP_LEVEL);
    zip_origin::bytes_of(&mut workbook)
}

/// A workbook without sheets in this font.
fn blank(font: &str) -> Result<Workbook, WorkbookError> {
    let mut workbook = Workbook::new();
    // Columns are counted in digits of the default font: in this one Excel's and LibreOffice's are nearly the same.
    let format = Format::new().set_font_name(font).set_font_size(TEXT_SIZE);
    workbook.set_default_format(&format, DEFAULT_ROW, DEFAULT_COLUMN)?;
    Ok(workbook)
}

/// Whether a picture can be put into a workbook.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn check_picture(path: &Path) -> Result<(), String> {
    Image::new(path).map(|_| ()).map_err(|e| e.to_string())
}

/// Break positions are remembered for the whole run: most texts are the same from agency to agency.
fn breaks() -> &'static Breaks {
    static BREAKS: OnceLock<Breaks> = OnceLock::new();
    BREAKS.get_or_init(|| Breaks::from_stored(crate::advice::STORED_BREAKS))
}

fn properties(context: &Context<'_>, config: &Config) -> Result<DocProperties, WorkbookError> {
    let agency = context.agency();
    let title = format!("รายงานการวิเคราะห์ผลการประเมิน ITA ปีงบประมาณ พ.ศ. {} {agency}", context.framework.year);
    Ok(DocProperties::new().set_title(title.trim()).set_author(agency).set_creation_datetime(&made(config)?))
}

/// When the workbook says that it was made.
fn made(config: &Config) -> Result<ExcelDateTime, WorkbookError> {
    let seconds = i64::try_from(config.created).map_err(|_| WorkbookError::Created(config.created))?;
    ExcelDateTime::from_timestamp(seconds).map_err(|_| WorkbookError::Created(config.created))
}

/// The agency at the left, the page's number at the right.
fn footer(context: &Context<'_>) -> String {
    footer_of(context.agency(), context.font)
}

/// A text at the left, the page's number at the right.
fn footer_of(text: &str, font: &str) -> String {
    // `&` begins a code in a footer and is doubled; the whole may have 255 characters
    let mut left = 120;
    let fits = |c: &char| {
        let length = if *c == '&' { 2 } else { 1 };
        let fits = length <= left;
        left -= length.min(left);
        fits
    };
    let text: String = text.chars().take_while(fits).collect::<String>().replace('&', "&&");
    // a long name would run into the page's number
    let size = if text.chars().count() > 80 { 10 } else { 14 };
    // the font between the size and a name that may begin with a digit
    format!("&L&{size}&\"{font},Regular\"{text}&R&14&\"{font},Regular\"หน้า &P/&N")
}

/// Names for the inputs, to use in formulas of one's own.
fn names(context: &Context<'_>) -> Result<Vec<(String, String)>, WorkbookError> {
    let cells = context.cells;
    let scores = cells.questions().map(|(code, _)| Ok((format!("คะแนน_{code}"), cells.score(code)?)));
    let figures = cells.figures().map(|(figure, row)| {
        let name = match figure {
            FigureRow::Indicator(number) => format!("ประกาศ_ตัวชี้วัด_{number}"),
            FigureRow::Instrument(instrument) => format!("ประกาศ_{instrument}"),
            FigureRow::Total => "ประกาศ_คะแนนรวม".to_owned(),
        };
        Ok((name, format!("'{SCORES}'!{}", cells::local(row, cells::column::PUBLISHED))))
    });
    let facts = [
        ("เกณฑ์", Fact::Threshold),
        ("ปีงบประมาณ", Fact::Year),
        ("ประกาศ_อันดับ", Fact::Rank),
        ("ประกาศ_ระดับ", Fact::PublishedLevel),
    ];
    let facts = facts.into_iter().map(|(name, fact)| Ok((name.to_owned(), cells.fact(fact))));
    scores.chain(figures).chain(facts).collect()
}

impl Context<'_> {
    /// The agency's name; empty where it is not known.
    fn agency(&self) -> &str {
        self.report.submission.agency.as_ref().map_or("", |given| given.value.as_str())
    }

    /// A question's title: the file's own wording where it has one.
    fn title(&self, code: QuestionCode) -> Result<&str, WorkbookError> {
        let of_file = self.report.submission.answers.get(&code).and_then(|answer| answer.title.as_deref());
        let of_framework = || self.framework.questions.get(&code).map(|question| question.title.as_str());
        of_file.or_else(of_framework).ok_or(WorkbookError::NoQuestion(code))
    }

    /// What is known of an instrument.
    fn instrument(&self, instrument: Instrument) -> Result<&InstrumentFacts, WorkbookError> {
        self.framework.instruments.get(&instrument).ok_or(WorkbookError::NoInstrument(instrument))
    }

    /// Whether it is known which issues the questions belong to.
    fn has_analysis(&self) -> bool {
        !self.framework.issues.is_empty()
    }

    /// The instruments whose questions are shown under a topic in this program's own words.
    fn own_topics(&self) -> String {
        let own_words = |instrument: &Instrument| {
            let answers = &self.report.submission.answers;
            let mut codes = self.framework.questions.keys().filter(|code| code.instrument() == *instrument);
            let topics =
                self.framework.instruments.get(instrument).is_some_and(|facts| facts.titles == TitleKind::Topic);
            let known =
                |code: &QuestionCode| self.framework.questions.get(code).is_some_and(|own| !own.title.is_empty());
            topics && codes.any(|code| known(code) && answers.get(code).is_none_or(|answer| answer.title.is_none()))
        };
        let names: Vec<&str> = Instrument::ALL.into_iter().filter(own_words).map(Instrument::name).collect();
        names.join(" และ ")
    }

    /// The name of the sheet that all scores come from, if it is one.
    fn only_sheet(&self) -> Option<&str> {
        let mut names = self.report.submission.tables.iter().map(|table| table.sheet.as_str());
        let first = names.next()?;
        names.all(|name| name == first).then_some(first)
    }

    /// Where a score came from; the sheet is named where it could be several.
    fn source(&self, place: &Place) -> String {
        if self.only_sheet().is_some() { place.cell.to_string() } else { place.to_string() }
    }

    /// A question's place from the lowest, from 1.
    fn rank(&self, code: QuestionCode) -> Option<u32> {
        let index = self.ranking.iter().position(|own| *own == code)?;
        u32::try_from(index + 1).ok()
    }

    /// The scores of the same questions in another result of the same year, as before an appeal, if it is known.
    fn before(&self) -> Option<&BTreeMap<QuestionCode, Decimal>> {
        let previous = self.report.previous.as_ref()?;
        previous.has_questions_of(self.framework.year).then_some(&previous.questions)
    }

    /// Last year's score of a figure, if it is known.
    fn previous(&self, figure: FigureRow) -> Option<Decimal> {
        let previous = self.report.previous.as_ref()?;
        match figure {
            FigureRow::Indicator(number) => previous.indicators.get(&number).copied(),
            FigureRow::Instrument(instrument) => previous.instruments.get(&instrument).copied(),
            FigureRow::Total => previous.total,
        }
    }

    /// The lowest scores of the ranges that share a wording, ascending from 0, for a question.
    fn bounds(&self, code: QuestionCode) -> Vec<Decimal> {
        // A range that ends with a score and not below it ends just behind: no score has four decimals.
        let behind = |bound: Decimal| bound + Decimal::new(1, 4);
        let grades = self.report.grades.iter().filter(|grade| grade.instruments.contains(&code.instrument()));
        let ends = grades.filter_map(|grade| grade.below.or(grade.up_to.map(behind)));
        std::iter::once(Decimal::ZERO).chain(ends).collect()
    }

    /// The longest text that the reason for the level can come to, to make room for it.
    fn longest_reason(&self) -> String {
        let name = self.framework.level_rules().iter().map(|level| level.name.as_str()).max_by_key(|name| name.len());
        let Some(name) = name else { return String::new() };
        let parts = Instrument::ALL.map(|instrument| format!(" และคะแนน {instrument} 84.99 ต่ำกว่า 85.00"));
        format!("ยังไม่ถึงระดับ{name} เพราะคะแนนรวม 84.99 ต่ำกว่า 85.00{}", parts.concat())
    }

    /// The first and the last row of the list of units on the sheet of scores.
    fn units_rows(&self) -> (u32, u32) {
        let first = self.cells.end() + 2;
        let count = u32::try_from(self.report.plan.units.len()).unwrap_or(1).max(1);
        (first, first + count - 1)
    }
}
