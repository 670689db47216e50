//! One input through all stages: a file holds one agency's scores, or those of many.
//!
//! Every stage runs guarded: where this program breaks down on what a file says, that file has an error and the others
//! go on.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::advice::{Advice, Grade};
use crate::assess;
use crate::assess::Assessment;
use crate::config::Config;
use crate::domain::cell_name::{CellName, Typed, Unplaced};
use crate::domain::digest::sha256;
use crate::domain::identity::Identity;
use crate::domain::sheet_names;
use crate::domain::thai;
use crate::error::{Cause, Error};
use crate::finding::{Finding, FindingCode};
use crate::plan;
use crate::plan::ActionPlan;
use crate::previous::Previous;
use crate::read;
use crate::read::safety::catch_panic;
use crate::recognise;
use crate::recognise::{AgencyTables, CodedBook, Given, Recognised, Submission, TITLES_CHECKED, TypedValue};

/// Everything that is known about one agency's result.
#[derive(Debug, Clone)]
pub struct Report {
    /// The input's file name, without its folder.
    pub file_name: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// What the file turned out to be.
    pub source: read::Source,
    /// What the file says.
    pub submission: Submission,
    /// What it amounts to.
    pub assessment: Assessment,
    /// What to say and do about it.
    pub plan: ActionPlan,
    /// Whether it is a draft: nobody has held the topics of the year's questions against its manual.
    pub draft: bool,
    /// Whether somebody says to have done so: a flag, the profile, or a cell of the workbook that is made anew.
    pub titles_checked: bool,
    /// The ranges of scores that share a wording.
    pub grades: Vec<Grade>,
    /// Last year's figures.
    pub previous: Option<Arc<Previous>>,
    /// The plan as the program itself has it, where the officer's edits are in [`Report::plan`].
    pub written: Option<Arc<ActionPlan>>,
    /// Fingerprints of texts of the program, by key, that the officer has changed and that are not its present ones.
    pub held: BTreeMap<String, String>,
    /// What the officer has typed into cells that have no key of their own.
    pub typed: BTreeMap<CellName, Typed>,
    /// Texts of the officer's for which there is no place.
    pub unplaced: Vec<Unplaced>,
}

/// A file that has been read.
#[derive(Debug, Clone)]
pub struct Input {
    /// Where it is.
    pub path: PathBuf,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Its cells, with spoilt texts repaired.
    pub book: CodedBook,
    /// What was repaired.
    pub repairs: Vec<Finding>,
}

impl Input {
    /// Reads a file.
    ///
    /// # Errors
    /// When it cannot be read: see [`read::read_file`].
    pub fn read(path: &Path, config: &Config) -> Result<Self, Error> {
        let bytes = read::load_file(path, &config.read.limits)?;
        Self::of_bytes(path, &bytes, config)
    }

    /// A file whose bytes are known already.
    ///
    /// # Errors
    /// As [`Input::read`].
    pub fn of_bytes(path: &Path, bytes: &[u8], config: &Config) -> Result<Self, Error> {
        let read = || {
            let mut book = read::read_bytes(bytes, &config.read)?;
            let mut repairs = recognise::repair(&mut book);
            let (book, left_out) = CodedBook::new(book);
            repairs.extend(left_out);
            Ok(Self { path: path.to_owned(), sha256: sha256(bytes), book, repairs })
        };
        catch_panic::program(read).map_err(|cause| Error::new(path, cause))
    }

    /// Whether it is a workbook that this program wrote.
    pub fn is_written_here(&self) -> bool {
        let names = || self.book.book().sheets.iter().map(|sheet| &*sheet.name);
        sheet_names::are_of_a_report(names) || sheet_names::are_of_an_overview(names)
    }

    /// The file's name without its folder.
    pub fn file_name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// The reports of its agencies, one after the other; each is made when it is asked for.
    ///
    /// # Errors
    /// When no scores can be recognised in the file at all. An agency's own error is an item.
    pub fn reports<'a>(
        &'a self,
        config: &'a Config,
    ) -> Result<impl ExactSizeIterator<Item = Result<Report, Error>> + 'a, Error> {
        self.reports_from(0, config)
    }

    /// As [`Input::reports`], without the first `first` agencies, for which nothing is done.
    ///
    /// # Errors
    /// As [`Input::reports`].
    pub fn reports_from<'a>(
        &'a self,
        first: usize,
        config: &'a Config,
    ) -> Result<impl ExactSizeIterator<Item = Result<Report, Error>> + 'a, Error> {
        let fail = |cause| Error::new(&self.path, cause);
        let parts = catch_panic::program(|| recognise::parts(&self.book, &config.hints)).map_err(fail)?;
        let report = |part: &AgencyTables<'_>| {
            let mut recognised = part.recognise(&config.hints)?;
            recognised.submission.findings.extend(self.repairs.iter().cloned());
            let (name, source) = (self.file_name(), self.book.book().source.clone());
            Report::of_recognised(recognised, name, self.sha256.clone(), source, config)
        };
        Ok(parts.into_iter().skip(first).map(move |part| catch_panic::program(|| report(&part)).map_err(fail)))
    }
}

impl Report {
    /// Reads a file of one agency, recognises its scores, assesses and plans.
    ///
    /// # Errors
    /// When the file cannot be read, holds no scores that can be recognised, or those of several agencies: [`Input::reports`]
    /// has all of them.
    pub fn of_file(path: &Path, config: &Config) -> Result<Self, Error> {
        let input = Input::read(path, config)?;
        let mut reports = input.reports(config)?;
        if let agencies @ 2.. = reports.len() {
            return Err(Error::new(path, Cause::SeveralAgencies { agencies }));
        }
        reports.next().unwrap_or_else(|| Err(Error::new(path, Cause::NoCodes { sheets: 0, cells: 0 })))
    }

    /// The report of what has been recognised in a file of this name and SHA-256.
    ///
    /// # Errors
    /// When there are no texts for its fiscal year.
    pub fn of_recognised(
        recognised: Recognised,
        file_name: String,
        sha256: String,
        source: read::Source,
        config: &Config,
    ) -> Result<Self, Cause> {
        let Recognised { mut submission, framework } = recognised;
        let profile = &config.profile;
        submission.fill(&profile.agency, &profile.district, &profile.province);
        submission.findings.extend(place_missing(&submission));
        let mut replaced = config.typed.as_ref().map(|typed| typed.apply(&mut submission)).unwrap_or_default();
        let text = |given: &Option<Given<String>>| given.as_ref().map(|given| given.value.clone());
        let (name, district) = (text(&submission.agency), text(&submission.district));
        let identity = Identity::new(name.as_deref(), district.as_deref(), text(&submission.province).as_deref());
        let previous = config.previous.as_ref().and_then(|all| all.figures(identity.as_ref())).cloned();
        let known = config.previous.as_ref().zip(identity.as_ref()).zip(submission.agency.as_ref());
        let finding = known.and_then(|((all, identity), agency)| all.finding(agency, identity));
        submission.findings.extend(finding);
        let typed = config.typed.as_ref().and_then(|typed| typed.get("threshold"));
        let typed_threshold = typed.and_then(|typed| typed.text.parse().ok()).filter(is_score);
        let threshold = config.threshold.or(typed_threshold).or(profile.threshold).unwrap_or(framework.threshold);
        if let Some(typed) = typed.filter(|_| typed_threshold == Some(threshold)) {
            replaced.insert("N/threshold".to_owned(), typed.base.clone());
        }
        let held = assess::hold_against_titles(&submission, &framework);
        let (framework, unused) = profile.with_issues(held.framework);
        let year = framework.year.to_string();
        let typed = config.typed.as_ref().and_then(|typed| typed.get(TITLES_CHECKED));
        let is_its = |typed: &&TypedValue| thai::arabic_digits(&typed.text) == year;
        let of_other = typed.filter(|typed| !typed.text.is_empty() && !is_its(typed)).map(|typed| {
            let finding = Finding::new(FindingCode::EditTitlesOfOtherYear, "").at([typed.place.clone()]);
            finding.found(&typed.text).expected(&year)
        });
        submission.findings.extend(of_other);
        let typed = typed.filter(is_its);
        replaced.extend(typed.map(|typed| (format!("N/{TITLES_CHECKED}"), typed.base.clone())));
        let titles_checked = config.has_checked_titles(framework.year) || typed.is_some();
        let draft = framework.draft && !held.confirmed && !titles_checked;
        let mut assessment = assess::assess(&submission, &framework, threshold);
        assessment.add(held.findings);
        assessment.add(unused);
        if draft {
            assessment.add([Finding::new(FindingCode::TopicsUnconfirmed, year)]);
        } else if !framework.draft && !titles_checked {
            assessment.add(assess::recalled_topics(&submission, &framework));
        }
        let advice = config.advice.as_deref().unwrap_or_else(|| Advice::built_in());
        assessment.add(assess::about_framework(&framework, advice));
        let agency = submission.agency.as_ref().map(|given| given.value.as_str());
        let settings =
            plan::Settings { agency, units: &profile.units, digits: config.digits(), amount: config.amount() };
        let mut plan = plan::plan(&assessment, advice, settings);
        let earlier = config.last_year_plans.as_ref().zip(identity.as_ref());
        plan.follow_up.last_year = earlier.and_then(|(plans, identity)| plans.0.find(identity).cloned());
        let grades = advice.grades.clone();
        Ok(Self {
            file_name,
            sha256,
            source,
            submission,
            assessment,
            plan,
            draft,
            titles_checked,
            grades,
            previous,
            written: None,
            held: replaced,
            typed: BTreeMap::new(),
            unplaced: Vec::new(),
        })
    }
}

/// Says that nothing tells where the agency is, which titles show behind its name.
fn place_missing(submission: &Submission) -> Option<Finding> {
    let is_missing = submission.agency.is_some() && submission.province.is_none();
    let place = submission.agency.as_ref().and_then(|given| given.place().cloned());
    is_missing.then(|| Finding::new(FindingCode::PlaceMissing, "").at(place))
}

/// Whether a number can be a score.
fn is_score(number: &Decimal) -> bool {
    *number >= Decimal::ZERO && *number <= Decimal::ONE_HUNDRED
}
