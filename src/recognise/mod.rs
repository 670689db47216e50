//! A [`Book`](crate::read::Book) into a [`Submission`]: whose scores, of which year, and the cell that each came from.
//!
//! It takes cells and what the user has said, and gives scores with their places and what was odd about them. Tables are
//! recognised from where the codes are, not from header names or fixed places. It computes no figure: that is
//! [`crate::assess`]. Its folders ask one question each:
//!
//! | folder | question |
//! |---|---|
//! | `cell` | what does one cell's text say? |
//! | `sheet` | what does a sheet say around its numbers? |
//! | `layout` | whose rows and columns are whose? |
//! | `questions` | which numbers are the questions' scores? |
//! | `published` | which figures are published beside them? |
//! | `settle` | which year, framework and assessment is it all of? |

mod cell;
mod coded_book;
mod evidence;
pub mod follow_up;
mod layout;
mod published;
mod questions;
mod settle;
mod sheet;
pub mod sketch;
mod submission;
mod typed;
mod uncalculated;
mod vocabulary;
mod words;

use crate::recognise::words::words;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

pub use crate::recognise::coded_book::CodedBook;
pub use crate::recognise::layout::agency_tables::{AgencyTables, Recognised, parts};
use crate::recognise::questions::{code_mentions, table_choice};
use crate::recognise::settle::other_assessment;
use crate::recognise::sheet::{code_cells, keys, plausibility, title_block};
pub use crate::recognise::submission::{
    Answer, ColumnChoice, Evidence, Fact, FactChoice, Given, Origin, Published, Submission, Table,
};
pub(crate) use crate::recognise::typed::TITLES_CHECKED;
pub use crate::recognise::typed::{TypedValue, TypedValues};
pub use crate::repair::repair;

use crate::domain::sheet_names::{SCORES, SUMMARY};
use crate::error::Cause;
use crate::finding::{Finding, FindingCode, Place};
use crate::framework::{Framework, Instrument, QuestionCode, code_list};
use crate::read::Sheet;
use crate::recognise::cell::score;
use crate::recognise::questions::answers::Answers;
use crate::recognise::sheet::code_cells::{CodeCell, SheetCodes};
use crate::recognise::sheet::header_rules::HeaderWords;
use crate::recognise::sheet::owner::Owner;
use crate::recognise::vocabulary::Wording;

/// What the user has said about an input; every value wins over the file's own.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Hints {
    /// Fiscal year, Buddhist era.
    pub year: Option<u16>,
    /// Whether the year that is named holds even where the codes are another year's.
    pub force_year: bool,
    /// The agency's name.
    pub agency: Option<String>,
    /// Its district.
    pub district: Option<String>,
    /// Its province.
    pub province: Option<String>,
    /// The only sheet to look at.
    pub sheet: Option<String>,
    /// The column of the codes, from 0.
    pub code_column: Option<u32>,
    /// The column of the scores, from 0.
    pub score_column: Option<u32>,
    /// Frameworks of the user's own, preferred to built-in ones of the same year.
    #[serde(skip)]
    pub frameworks: Vec<Arc<Framework>>,
    /// Published scores of indicators, by number.
    pub indicators: Vec<(u8, Decimal)>,
    /// The published total.
    pub total: Option<Decimal>,
    /// The published level.
    pub level: Option<String>,
    /// The published rank.
    pub rank: Option<u32>,
}

impl Hints {
    /// Whether something is said that only one file, or one agency, can have: a name, a sheet, a column, a figure.
    pub(crate) fn is_of_one_file(&self) -> bool {
        let names = [&self.agency, &self.district, &self.province, &self.sheet, &self.level];
        let columns = [self.code_column, self.score_column, self.rank];
        names.into_iter().any(Option::is_some)
            || columns.into_iter().any(|column| column.is_some())
            || !self.indicators.is_empty()
            || self.total.is_some()
    }

    /// The framework of a fiscal year (Buddhist era), the user's own before the built-in one.
    pub(crate) fn framework(&self, year: u16) -> Option<&Arc<Framework>> {
        self.frameworks.iter().find(|framework| framework.year == year).or_else(|| Framework::built_in(year))
    }

    /// Whether there is a framework for a fiscal year.
    pub(crate) fn has_framework(&self, year: u16) -> bool {
        self.framework(year).is_some()
    }
}

/// Finds the scores of one agency in a book.
///
/// # Errors
/// [`Cause::NoCodes`] where no cell is a code, [`Cause::NoScores`] where no code has a score,
/// [`Cause::UnknownYear`] where there is no framework at all.
pub fn recognise(book: &CodedBook, hints: &Hints) -> Result<Recognised, Cause> {
    recognise_as(book, hints, &Owner::default())
}

/// As [`recognise`], where it is already known whose scores they are.
fn recognise_as(book: &CodedBook, hints: &Hints, owner: &Owner) -> Result<Recognised, Cause> {
    let recognised = recognise_sheets(book, hints, owner, None);
    recognised.map_err(|cause| uncalculated::cause(cause, book.sheets().map(|(sheet, _)| sheet)))
}

/// As [`recognise_as`], with the year to assume where neither the file nor the user names one.
fn recognise_sheets(book: &CodedBook, hints: &Hints, owner: &Owner, assumed: Option<u16>) -> Result<Recognised, Cause> {
    let mut coded = coded_sheets(book, hints)?;
    let mut submission = Submission::default();
    settle::year::settle(&mut coded, hints, &mut submission);
    for coded_sheet in &mut coded {
        let facts = std::mem::take(&mut coded_sheet.facts);
        submission.choices.extend(facts.choices);
        submission.agency = submission.agency.or(facts.agency);
        submission.district = submission.district.or(facts.district);
        submission.province = submission.province.or(facts.province);
    }
    let nameless = *owner == Owner::default()
        && hints.agency.is_none()
        && submission.agency.is_none()
        && submission.district.is_none();
    let province = || {
        let mut sheets = coded.iter();
        sheets.find_map(|one| title_block::province_as_agency(one.sheet, |row| one.rows.contains(&row)))
    };
    if nameless && let Some(given) = province() {
        let place = given.place().cloned();
        submission.findings.push(Finding::new(FindingCode::AgencyIsProvince, "").found(&given.value).at(place));
        submission.agency = Some(given);
    }
    owner.prevail(&mut submission);
    evidence::settle(&mut submission);
    let told = submission.year.as_ref().map(|given| given.value);
    take_hints(hints, &mut submission);
    let mut undecided: Vec<Place> = Vec::new();
    for coded_sheet in coded.iter_mut().filter(|_| hints.code_column.is_none()) {
        let (sheet, columns) = (coded_sheet.sheet, &mut coded_sheet.columns);
        undecided.extend(code_mentions::leave_out(sheet, columns, told, &mut submission.findings));
    }
    let framework = settle::framework::framework(&mut submission, &coded, hints, (told, assumed))?;
    let year = settle::year::in_file(&coded, hints.year, told);
    published::read(&coded, &framework, year, &mut submission);
    take_published(hints, &framework, &mut submission)?;
    let is_likely = plausibility::is_likely(&coded);
    other_assessment::report_codes(&coded, &mut submission.findings);
    let year = year.unwrap_or(framework.year);
    let chosen = match table_choice::scored_columns(coded, hints, year) {
        Ok(columns) => table_choice::choose(columns, year),
        // A table of indicators without questions still makes a summary.
        Err(_) if !submission.published.indicators.is_empty() => table_choice::Chosen::default(),
        Err(cause) => return Err(cause),
    };
    let mut answers = Answers::default();
    for column in &chosen.tables {
        column.collect(&mut answers, &mut submission.findings);
    }
    submission.answers = answers.all;
    let is_undecided = |answer: &&mut Answer| undecided.contains(&answer.code_place);
    submission.answers.values_mut().filter(is_undecided).for_each(|answer| answer.score = None);
    if let (Some(other), false) = (settle::titles::other_year(&submission, &framework, hints), hints.force_year) {
        let Some(given) = &submission.year else { return recognise_sheets(book, hints, owner, Some(other.year)) };
        let named = given.origin.to_string();
        return Err(Cause::WrongYearByTitles { year: given.value, named, other: other.year, codes: other.codes });
    }
    uncalculated::check(&submission)?;
    plausibility::check(&submission, hints, is_likely)?;
    table_choice::report_others(&chosen.tables, &chosen.rest, &mut submission.findings);
    table_choice::leave_undecided(&chosen, &mut submission);
    report_repeats(&mut submission, &framework);
    submission.tables = chosen.tables.into_iter().map(|column| column.table).collect();
    settle_codes(&mut submission, &framework);
    if submission.agency.is_none() {
        submission.findings.push(Finding::new(FindingCode::AgencyMissing, ""));
    }
    Ok(Recognised { submission, framework })
}

/// A sheet with the columns in which codes stand, the rows that they take up, and what it says around them.
struct CodedSheet<'a> {
    sheet: &'a Sheet,
    columns: Vec<Vec<CodeCell>>,
    rows: BTreeSet<u32>,
    facts: Submission,
}

impl<'a> CodedSheet<'a> {
    fn new(sheet: &'a Sheet, columns: Vec<Vec<CodeCell>>) -> Self {
        let rows: BTreeSet<u32> = columns.iter().flatten().map(|cell| cell.at.row).collect();
        let mut facts = Submission::default();
        title_block::read(sheet, |row| rows.contains(&row), &mut facts);
        Self { sheet, columns, rows, facts }
    }

    /// How many cells are codes, in a column or in a row.
    fn codes(&self) -> usize {
        self.columns.iter().map(Vec::len).sum()
    }

    /// The instruments of its questions.
    fn instruments(&self) -> BTreeSet<Instrument> {
        self.columns.iter().flatten().map(|cell| cell.found.code.instrument()).collect()
    }
}

/// What is wrong with sheets without any code.
fn no_codes(sheets: &[&Sheet]) -> Cause {
    let cells = sheets.iter().map(|sheet| sheet.cells().len()).sum();
    other_assessment::error(sheets).unwrap_or(Cause::NoCodes { sheets: sheets.len(), cells })
}

/// What a sheet's name says against its numbers being the result: that it is a draft, a copy, the mean of others.
fn sheet_points(sheet: &Sheet) -> i32 {
    let aside = if Wording::new(&sheet.name).has(&words().sheets_aside) { -20 } else { 0 };
    let words = HeaderWords::of_sheet(&sheet.name).evidence;
    aside + words.iter().map(|evidence| evidence.points).sum::<i32>()
}

/// The sheets to look at, that with the most codes first: it tells best whose they are.
///
/// Of a workbook that this program has written only the one where numbers are typed in: all others repeat it. A hidden
/// sheet counts only where no visible one has codes.
fn coded_sheets<'a>(book: &'a CodedBook, hints: &Hints) -> Result<Vec<CodedSheet<'a>>, Cause> {
    let named = |name: &str| book.sheets().find(|(sheet, _)| *sheet.name == *name);
    let sheets: Vec<(&Sheet, &SheetCodes)> = match (&hints.sheet, named(SCORES), named(SUMMARY)) {
        (Some(name), ..) => {
            let names = || book.sheets().map(|(sheet, _)| &*sheet.name).collect::<Vec<_>>().join(", ");
            vec![named(name).ok_or_else(|| Cause::NoSheet { wanted: name.clone(), names: names() })?]
        }
        (None, Some(scores), Some(_)) => vec![scores],
        _ => book.sheets().collect(),
    };
    let columns: Vec<_> = sheets.iter().map(|(_, codes)| code_cells::code_columns(codes)).collect();
    // Where there are neither codes nor indicators, nothing else needs to be looked at.
    let has_indicators =
        || !hints.frameworks.is_empty() || sheets.iter().any(|(sheet, codes)| !keys::keys(sheet, codes).is_empty());
    if columns.iter().all(Vec::is_empty) && !has_indicators() {
        return Err(no_codes(&sheets.iter().map(|(sheet, _)| *sheet).collect::<Vec<_>>()));
    }
    let mut coded: Vec<CodedSheet<'a>> =
        sheets.into_iter().zip(columns).map(|((sheet, _), columns)| CodedSheet::new(sheet, columns)).collect();
    if hints.sheet.is_none()
        && coded.iter().any(|coded_sheet| !coded_sheet.sheet.hidden && !coded_sheet.rows.is_empty())
    {
        coded.retain(|coded_sheet| !coded_sheet.sheet.hidden);
    }
    coded.sort_by_key(|coded_sheet| (Reverse(sheet_points(coded_sheet.sheet)), Reverse(coded_sheet.rows.len())));
    Ok(coded)
}

fn take_hints(hints: &Hints, submission: &mut Submission) {
    let findings = &mut submission.findings;
    settle(&mut submission.year, hints.year, "--year", findings);
    settle(&mut submission.agency, hints.agency.clone(), "--agency", findings);
    settle(&mut submission.district, hints.district.clone(), "--district", findings);
    settle(&mut submission.province, hints.province.clone(), "--province", findings);
}

fn take_published(hints: &Hints, framework: &Framework, submission: &mut Submission) -> Result<(), Cause> {
    let (published, findings) = (&mut submission.published, &mut submission.findings);
    for (number, score) in &hints.indicators {
        if framework.indicators.iter().all(|indicator| indicator.number != *number) {
            return Err(Cause::NoIndicator { number: *number, framework: framework.short_name.clone() });
        }
        let mut slot = published.indicators.remove(number);
        settle(&mut slot, Some(*score), "--indicator", findings);
        published.indicators.extend(slot.map(|given| (*number, given)));
    }
    settle(&mut published.total, hints.total, "--total", findings);
    settle(&mut published.level, hints.level.clone(), "--level", findings);
    settle(&mut published.rank, hints.rank, "--rank", findings);
    Ok(())
}

/// A flag wins over the file; where they differ it is said.
fn settle<T: PartialEq + std::fmt::Display>(
    slot: &mut Option<Given<T>>,
    flag_value: Option<T>,
    flag: &'static str,
    findings: &mut Vec<Finding>,
) {
    let Some(value) = flag_value else { return };
    if let Some(known) = slot.as_ref().filter(|known| known.value != value) {
        let finding = Finding::new(FindingCode::FlagDiffers, flag).at(known.place().cloned());
        findings.push(finding.found(&value).expected(&known.value));
    }
    *slot = Some(Given::by_flag(value, flag));
}

/// A code that stands twice with one score is said; one that the framework itself lists twice is no news.
fn report_repeats(submission: &mut Submission, framework: &Framework) {
    for (code, answer) in &submission.answers {
        let expected = framework.issues_of(*code).count().max(1);
        if answer.repeats.len() >= expected {
            let places = answer.repeats.iter().cloned();
            let finding = Finding::new(FindingCode::QuestionRepeated, code.to_string());
            submission.findings.push(finding.at(places).found(&answer.raw));
        }
    }
}

/// Reports codes that are missing, blank or of another framework, and drops the last.
fn settle_codes(submission: &mut Submission, framework: &Framework) {
    let foreign: Vec<(QuestionCode, Place)> = submission
        .answers
        .iter()
        .filter(|(code, _)| !framework.questions.contains_key(*code))
        .map(|(code, answer)| (*code, answer.code_place.clone()))
        .collect();
    let unusable: BTreeSet<String> = submission.findings.iter().map(|finding| finding.item.clone()).collect();
    // A number that is no score has its own finding.
    let is_blank = |answer: &Answer| answer.score.is_none() && score::plain_number(&answer.raw).is_none();
    let blank: Vec<(QuestionCode, Place)> = submission
        .answers
        .iter()
        .filter(|(code, answer)| is_blank(answer) && !unusable.contains(&code.to_string()))
        .map(|(code, answer)| (*code, answer.score_place.clone().unwrap_or_else(|| answer.code_place.clone())))
        .collect();
    let missing: Vec<QuestionCode> =
        framework.questions.keys().filter(|code| !submission.answers.contains_key(*code)).copied().collect();
    let list = |found: &[(QuestionCode, Place)]| code_list(found.iter().map(|(code, _)| *code));
    settle::framework::foreign_codes(submission, &foreign, framework);
    if !blank.is_empty() {
        let finding = Finding::new(FindingCode::ScoreBlank, list(&blank));
        submission.findings.push(finding.at(blank.iter().map(|(_, place)| place.clone())));
    }
    if !missing.is_empty() {
        let finding = Finding::new(FindingCode::QuestionMissing, code_list(missing.iter().copied()));
        submission.findings.push(finding.found(missing.len()));
    }
    submission.answers.retain(|code, _| framework.questions.contains_key(code));
}
