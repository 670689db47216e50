//! The analysis workbook of one agency, a file a sheet.
//!
//! It takes a report and gives the workbook's bytes. Scores and published figures are typed in on one sheet; every other number
//! is a formula on them, written with its result so that a reader that does not calculate sees it too.

mod addresses;
pub(crate) mod analysis;
pub(crate) mod findings;
pub(crate) mod follow_up;
pub(crate) mod formulas;
pub(crate) mod frame;
mod headings;
pub(crate) mod plan;
mod scores;
mod summary;
pub(crate) mod written;

use std::borrow::Cow;
use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_xlsxwriter::{DocProperties, Image, Workbook};

use crate::config::Config;
use crate::domain::digits::Digits;
use crate::domain::sheet_names::{ANALYSIS, FINDINGS, FOLLOW_UP, PLAN, SCORES, SUMMARY, WRITTEN};
use crate::error::Cause;
use crate::finding::Place;
use crate::framework::{Framework, Instrument, InstrumentFacts, QuestionCode, TitleKind};
use crate::profile::parse_colour;
use crate::read::safety::catch_panic;
use crate::report::Report;
use crate::typeset::Breaks;
use crate::write::printed::{Printed, breaks};
use crate::write::xlsx::error::WorkbookError;
use crate::write::xlsx::figure_row::FigureRow;
use crate::write::xlsx::kit::book::{FONT, ZIP_LEVEL, blank, footer_of, made};
use crate::write::xlsx::kit::census::Census;
use crate::write::xlsx::kit::kept::Kept;
use crate::write::xlsx::kit::style::Styles;
use crate::write::xlsx::kit::{free_rows, zip_origin};
use crate::write::xlsx::report::addresses::{Addresses, Fact};

/// What every sheet is written from.
struct Context<'a> {
    report: &'a Report,
    framework: &'a Framework,
    cells: &'a Addresses,
    styles: &'a Styles,
    breaks: &'a Breaks,
    digits: Digits,
    font: &'a str,
    publish: bool,
    /// The colour of headings, if it is not the usual one.
    heading: Option<u32>,
    logo: Option<Image>,
    ranking: Vec<QuestionCode>,
    /// The scores of the same questions in another result: an earlier one of the same year, or that of another year.
    before: BTreeMap<QuestionCode, Decimal>,
}

impl Report {
    /// The workbook's bytes; equal inputs give equal bytes.
    ///
    /// # Errors
    /// When the workbook cannot be put together, which no input should bring about.
    pub fn workbook(&self, config: &Config) -> Result<Vec<u8>, Cause> {
        if self.draft && config.publish {
            return Err(Cause::Draft { year: self.assessment.framework.year });
        }
        catch_panic::program(|| bytes(self, config).map_err(|e| Cause::Workbook(e.to_string())))
    }
}

/// What the program writes on each sheet, whatever an officer has typed into it.
pub(crate) fn censuses(report: &Report, config: &Config) -> Result<Vec<Census>, Cause> {
    catch_panic::program(|| make(report, config).map(|(_, all)| all).map_err(|e| Cause::Workbook(e.to_string())))
}

/// Makes the workbook's bytes.
fn bytes(report: &Report, config: &Config) -> Result<Vec<u8>, WorkbookError> {
    let (mut workbook, _) = make(report, config)?;
    workbook.set_zip_compression_level(ZIP_LEVEL);
    // Texts are edited on these sheets.
    let editable = [ANALYSIS, PLAN, FOLLOW_UP];
    let names = workbook.worksheets().iter().map(|sheet| sheet.name());
    let sheets: Vec<usize> =
        (1..).zip(names).filter(|(_, name)| editable.contains(&name.as_str())).map(|(at, _)| at).collect();
    let bytes = workbook.save_to_buffer()?;
    Ok(zip_origin::unified(free_rows::free(&bytes, &sheets)?))
}

/// Makes the workbook, and tells what the program has written on each sheet.
fn make(report: &Report, config: &Config) -> Result<(Workbook, Vec<Census>), WorkbookError> {
    let framework = &*report.assessment.framework;
    let profile = &config.profile;
    let font = profile.font.as_deref().unwrap_or(FONT);
    let heading = profile.heading_colour.as_deref().and_then(parse_colour);
    let cells = Addresses::new(framework, report.assessment.threshold)?;
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
        heading,
        logo: profile.logo.as_ref().map(Image::new).transpose()?,
        ranking,
        before: report.previous.as_ref().map(|previous| previous.scores(framework)).unwrap_or_default(),
    };
    let mut workbook = blank(font)?;
    workbook.set_properties(&properties(&context, config)?);
    let mut all = vec![summary::write(workbook.add_worksheet().set_name(SUMMARY)?, &context)?];
    if !context.publish {
        all.push(findings::write(workbook.add_worksheet().set_name(FINDINGS)?, &context)?);
    }
    if context.has_analysis() {
        all.push(analysis::write(workbook.add_worksheet().set_name(ANALYSIS)?, &context)?);
        let (titles, census) = plan::write(workbook.add_worksheet().set_name(PLAN)?, &context)?;
        all.push(census);
        // An empty form is not published.
        if !context.publish {
            all.push(follow_up::write(workbook.add_worksheet().set_name(FOLLOW_UP)?, &titles, &context)?);
        }
    }
    let sheet = workbook.add_worksheet().set_name(SCORES)?;
    // What is typed in is not for publication, but formulas go on working.
    sheet.set_hidden(context.publish);
    all.push(scores::write(sheet, &context)?);
    if context.has_analysis() {
        let sheet = workbook.add_worksheet().set_name(WRITTEN)?;
        sheet.set_very_hidden(true);
        written::write(sheet, &all, &context)?;
    }
    let published = [SUMMARY, ANALYSIS, PLAN, FOLLOW_UP];
    for sheet in workbook.worksheets_mut() {
        sheet.set_footer(footer(&context));
        if report.draft && published.contains(&sheet.name().as_str()) {
            sheet.set_header(draft_mark(&context));
        }
        sheet.set_zoom(90);
    }
    for (name, cell) in names(&context)? {
        workbook.define_name(name, &format!("={cell}"))?;
    }
    Ok((workbook, all))
}

fn properties(context: &Context<'_>, config: &Config) -> Result<DocProperties, WorkbookError> {
    let agency = context.agency();
    let title = format!("รายงานการวิเคราะห์ผลการประเมิน ITA ปีงบประมาณ พ.ศ. {} {agency}", context.framework.year);
    Ok(DocProperties::new().set_title(title.trim()).set_author(agency).set_creation_datetime(&made(config)?))
}

/// The document's name at the left, the page's number at the right. What is typed in cannot stand there.
fn footer(context: &Context<'_>) -> String {
    footer_of(context.document(), context.font)
}

/// What every page of a draft says at its head.
fn draft_mark(context: &Context<'_>) -> String {
    format!("&C&16&\"{},Bold\"{}", context.font, context.printed().draft_mark())
}

/// Names for the inputs, to use in formulas of one's own.
fn names(context: &Context<'_>) -> Result<Vec<(String, String)>, WorkbookError> {
    let cells = context.cells;
    let scores = cells.questions().map(|(code, _)| Ok((cells.score(code)?, cells.score_cell(code)?)));
    let figures = cells.figures().map(|(figure, row)| {
        let name = format!("ประกาศ_{}", addresses::figure_name(figure));
        Ok((name, format!("'{SCORES}'!{}", addresses::local(row, addresses::column::PUBLISHED))))
    });
    let shown = cells.figures().map(|(figure, _)| Ok((cells.shown(figure)?, cells.shown_cell(figure)?)));
    let facts = Fact::ALL.into_iter().map(|fact| Ok((fact.name().to_owned(), cells.fact_cell(fact))));
    scores.chain(figures).chain(shown).chain(facts).collect()
}

impl<'a> Context<'a> {
    /// How a sheet keeps what is written on it.
    fn kept(&self, name: &'static str, names: u16) -> Kept<'a> {
        Kept { name, names, plain: &self.styles.plain, typed: &self.report.typed }
    }
}

impl Context<'_> {
    /// The texts that the Word document has too.
    fn printed(&self) -> Printed<'_> {
        Printed::new(self.report, self.digits)
    }

    /// The agency's name; empty where it is not known.
    fn agency(&self) -> &str {
        self.printed().agency()
    }

    /// A question's title: the file's own wording where it has one.
    fn title(&self, code: QuestionCode) -> Result<Cow<'_, str>, WorkbookError> {
        self.printed().title(code).ok_or(WorkbookError::NoQuestion(code))
    }

    /// What is known of an instrument.
    fn instrument(&self, instrument: Instrument) -> Result<&InstrumentFacts, WorkbookError> {
        self.framework.instruments.get(&instrument).ok_or(WorkbookError::NoInstrument(instrument))
    }

    /// Whether it is known which issues the questions belong to.
    fn has_analysis(&self) -> bool {
        self.printed().has_analysis()
    }

    /// The instruments whose questions are shown under a topic in this program's own words.
    fn own_topics(&self) -> String {
        let own_words = |instrument: &Instrument| {
            let answers = &self.report.submission.answers;
            let mut codes = self.framework.questions.keys().filter(|code| code.instrument() == *instrument);
            let topics =
                self.framework.instruments.get(instrument).is_some_and(|facts| facts.titles == TitleKind::Topic);
            let known = |code: &QuestionCode| {
                self.framework.questions.get(code).is_some_and(|question| !question.title.is_empty())
            };
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
        let index = self.ranking.iter().position(|ranked| *ranked == code)?;
        u32::try_from(index + 1).ok()
    }

    /// The scores of the same questions in another result, if any is known.
    fn before(&self) -> Option<&BTreeMap<QuestionCode, Decimal>> {
        (!self.before.is_empty()).then_some(&self.before)
    }

    /// The year of these scores, where it is another than the one assessed.
    fn year_before(&self) -> Option<u16> {
        let year = self.report.previous.as_ref()?.year?;
        (year != self.framework.year && self.before().is_some()).then_some(year)
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

    /// The lowest scores of the ranges that share a wording, ascending from 0, for an instrument's questions.
    fn bounds(&self, instrument: Instrument) -> Vec<Decimal> {
        // A range that ends with a score and not below it ends just behind: no score has four decimals.
        let behind = |bound: Decimal| bound + Decimal::new(1, 4);
        let grades = self.report.grades.iter().filter(|grade| grade.instruments.contains(&instrument));
        // The last range ends with the full score: nothing lies behind it.
        let full = |end: &Decimal| *end <= Decimal::ONE_HUNDRED;
        let ends = grades.filter_map(|grade| grade.below.or(grade.up_to.map(behind))).filter(full);
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
