//! Whose rows are whose: a book with several agencies is taken apart before anything else looks at it.

use crate::recognise::evidence::Candidate;
use crate::recognise::layout::section::{KeyedSheet, Section};
use crate::recognise::submission::{Fact, FactChoice};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::domain::sheet_names::{SCORES, SUMMARY};
use crate::error::Cause;
use crate::framework::Framework;
use crate::read::Sheet;
use crate::recognise::coded_book::CodedBook;
use crate::recognise::layout::{agency_column, blocks, side_by_side, wide};
use crate::recognise::settle::year;
use crate::recognise::sheet::keys;
use crate::recognise::sheet::owner;
use crate::recognise::sheet::owner::Owner;
use crate::recognise::{Hints, Submission, recognise_as};

/// What was said of each sheet's layout, by the sheet's place in the book: first what was followed.
type Layouts = BTreeMap<usize, Vec<FactChoice>>;

/// One agency's part of a book.
#[derive(Debug, Clone)]
pub struct AgencyTables<'a> {
    book: &'a CodedBook,
    /// Nothing for a book that is one agency's as a whole.
    sections: Vec<Section>,
    /// How each sheet was taken apart, and how it could have been.
    layouts: Arc<Layouts>,
    /// Years of the same agency that were left out, with the place that names each.
    other_years: Vec<crate::recognise::submission::Given<u16>>,
}

/// What a part was recognised as.
#[derive(Debug, Clone)]
pub struct Recognised {
    /// The scores.
    pub submission: Submission,
    /// The rules of their fiscal year.
    pub framework: Arc<Framework>,
}

/// The parts of a book, one an agency, in the order in which they stand. A book of one agency is one part.
///
/// # Errors
/// [`Cause::NoAgency`] where the user has named an agency that is not among those of the book,
/// [`Cause::NoSheet`] where there is no sheet of the wanted name.
pub fn parts<'a>(book: &'a CodedBook, hints: &Hints) -> Result<Vec<AgencyTables<'a>>, Cause> {
    let whole = || AgencyTables { book, sections: Vec::new(), layouts: Arc::default(), other_years: Vec::new() };
    let named = |name: &str| book.sheets().any(|(sheet, _)| *sheet.name == *name);
    let is_ours = named(SCORES) && named(SUMMARY);
    // Columns that the user has named are those of one long table.
    if is_ours || hints.code_column.is_some() || hints.score_column.is_some() {
        return Ok(vec![whole()]);
    }
    let (sections, layouts) = sections(book, hints);
    let names: Vec<&str> =
        sections.iter().filter_map(|section| section.owner.agency.as_ref()).map(|given| given.value.as_str()).collect();
    let respondents = names.iter().filter(|name| owner::is_respondent(name)).count();
    if respondents > 2 && respondents * 5 >= names.len() * 4 {
        return Err(Cause::RawAnswers { count: respondents });
    }
    // Rows of districts among agencies are their means.
    let agencies = names.iter().filter(|name| owner::names_agency(name) && !owner::is_district(name)).count();
    let districts = names.iter().filter(|name| owner::is_district(name)).count();
    let mut sections = sections;
    if agencies > 1 && districts > 0 && agencies > districts {
        let is_mean =
            |section: &Section| section.owner.agency.as_ref().is_some_and(|given| owner::is_district(&given.value));
        sections.retain(|section| !is_mean(section));
    }
    let mut parts = group(book, sections, &Arc::new(layouts), hints);
    if parts.len() > 1
        && let Some(wanted) = &hints.agency
    {
        let names: Vec<String> = parts.iter().filter_map(AgencyTables::agency).collect();
        parts.retain(|part| part.agency().is_some_and(|name| matches(&name, wanted)));
        if parts.is_empty() {
            return Err(Cause::NoAgency {
                wanted: wanted.clone(),
                count: names.len(),
                first: names.into_iter().take(5).collect(),
            });
        }
    }
    Ok(if parts.is_empty() { vec![whole()] } else { parts })
}

fn matches(name: &str, wanted: &str) -> bool {
    owner::name_key(name).contains(&owner::name_key(wanted))
}

/// A sheet that was taken apart, or is one plain table.
struct TakenApart<'a> {
    sheet: KeyedSheet<'a>,
    /// What each detector that found parts says, that with the most points first.
    found: Vec<(Candidate<&'static str>, Vec<Section>)>,
}

/// Says how it would take a sheet apart, or gives nothing.
type Detector = fn(&KeyedSheet<'_>) -> Vec<Section>;

/// How a sheet may be laid out; of equal points the first here wins.
const DETECTORS: [(&str, Detector); 5] = [
    ("codes-in-a-row", wide::sections),
    ("blocks-below-each-other", blocks::sections),
    ("tables-beside-each-other", side_by_side::beside),
    ("agencies-as-columns", side_by_side::sections),
    ("agencies-in-a-column", agency_column::sections),
];

impl<'a> TakenApart<'a> {
    fn new(sheet: KeyedSheet<'a>) -> Self {
        let first = sheet.sheet.cells().first().map(|cell| sheet.sheet.place(cell.at));
        let candidate = |name: &'static str| Some(Candidate::new(name, first.clone()?, Fact::Layout, &[name]));
        let detect = |(name, detector): (&'static str, Detector)| {
            let sections = detector(&sheet);
            if sections.is_empty() { None } else { candidate(name).zip(Some(sections)) }
        };
        let mut found: Vec<_> = DETECTORS.into_iter().filter_map(detect).collect();
        found.sort_by_key(|(candidate, _)| Reverse(candidate.points()));
        if found.is_empty() {
            let plain = Section {
                sheet: sheet.index,
                owner: Owner::around(sheet.sheet, &sheet.keys),
                rows: vec![0..=u32::MAX],
                columns: None,
                transposed: false,
            };
            found.extend(candidate(ONE_TABLE).zip(Some(vec![plain])));
        }
        Self { sheet, found }
    }

    /// Whether nothing was found to take apart.
    fn is_plain(&self) -> bool {
        self.found.first().is_none_or(|(candidate, _)| candidate.value == ONE_TABLE)
    }
}

/// The layout of a sheet that no detector takes apart.
const ONE_TABLE: &str = "one-table";

/// The sections of all sheets that count; none where no sheet needs to be taken apart.
fn sections(book: &CodedBook, hints: &Hints) -> (Vec<Section>, Layouts) {
    let wanted = |sheet: &Sheet| hints.sheet.as_ref().is_none_or(|name| **name == *sheet.name);
    let mut keyed: Vec<TakenApart<'_>> = Vec::new();
    for (index, (sheet, codes)) in book.sheets().enumerate().filter(|(_, (sheet, _))| wanted(sheet)) {
        let keys = keys::keys(sheet, codes);
        if keys.len() >= keys::FEWEST {
            keyed.push(TakenApart::new(KeyedSheet { sheet, index, codes, keys }));
        }
    }
    if keyed.iter().any(|found| !found.sheet.sheet.hidden) {
        keyed.retain(|found| !found.sheet.sheet.hidden);
    }
    // One plain table is one agency's, whose ever it is.
    if let [only] = keyed.as_slice()
        && only.is_plain()
    {
        return (Vec::new(), Layouts::new());
    }
    let mut layouts = Layouts::new();
    let mut sections = Vec::new();
    for TakenApart { sheet, found } in keyed {
        let (candidates, mut parts): (Vec<_>, Vec<_>) = found.into_iter().unzip();
        let choice = |(at, candidate): (usize, Candidate<&str>)| candidate.choice(Fact::Layout, at == 0);
        layouts.insert(sheet.index, candidates.into_iter().enumerate().map(choice).collect());
        if !parts.is_empty() {
            sections.append(&mut parts.swap_remove(0));
        }
    }
    (sections, layouts)
}

/// Puts the sections of one agency together. Where the user or the sections settle on a year, those of others go.
fn group<'a>(
    book: &'a CodedBook,
    sections: Vec<Section>,
    layouts: &Arc<Layouts>,
    hints: &Hints,
) -> Vec<AgencyTables<'a>> {
    let names: BTreeSet<String> = sections
        .iter()
        .filter_map(|section| section.owner.agency.as_ref())
        .map(|given| owner::name_key(&given.value))
        .collect();
    let taken_apart = sections
        .iter()
        .any(|section| section.transposed || section.columns.is_some() || section.rows != [0..=u32::MAX]);
    if names.len() < 2 && !taken_apart {
        return Vec::new();
    }
    // What names nobody is of the only agency that the book names.
    let only = sections
        .iter()
        .find(|section| section.owner.agency.is_some() && names.len() == 1)
        .map(|section| section.owner.clone());
    let mut parts: Vec<AgencyTables<'a>> = Vec::new();
    let mut index_of: BTreeMap<[String; 3], Vec<usize>> = BTreeMap::new();
    let mut taken: BTreeMap<([String; 3], usize, Option<u16>), usize> = BTreeMap::new();
    for mut section in sections {
        if let Some(only) = only.as_ref().filter(|_| section.owner.agency.is_none()) {
            section.owner = Owner { year: section.owner.year, ..only.clone() };
        }
        let key = section.owner.key();
        // A second row on one sheet for the same agency and year is not more of the first one, but of a second part.
        let before = taken.entry((key.clone(), section.sheet, section.year())).or_default();
        let known = index_of.entry(key).or_default();
        match known.get(*before).and_then(|at| parts.get_mut(*at)) {
            Some(part) => part.sections.push(section),
            None => {
                known.push(parts.len());
                let layouts = Arc::clone(layouts);
                parts.push(AgencyTables { book, sections: vec![section], layouts, other_years: Vec::new() });
            }
        }
        *before += 1;
    }
    parts.iter_mut().for_each(|part| part.settle_year(hints));
    parts
}

impl Section {
    fn year(&self) -> Option<u16> {
        self.owner.year.as_ref().map(|given| given.value)
    }
}

impl AgencyTables<'_> {
    /// The agency's name, where its table gives one.
    pub fn agency(&self) -> Option<String> {
        self.sections.iter().find_map(|section| section.owner.agency.as_ref()).map(|given| given.value.clone())
    }

    /// Of several years the wanted one stays, else the newest that there is a framework for.
    fn settle_year(&mut self, hints: &Hints) {
        let years: BTreeSet<u16> = self.sections.iter().filter_map(Section::year).collect();
        if years.len() < 2 {
            return;
        }
        let known = years.iter().rev().find(|year| hints.has_framework(**year));
        let Some(chosen) = hints.year.filter(|year| years.contains(year)).or(known.copied()).or(years.last().copied())
        else {
            return;
        };
        let (kept, others): (Vec<Section>, Vec<Section>) =
            self.sections.drain(..).partition(|section| section.year().is_none_or(|year| year == chosen));
        self.sections = kept;
        let mut left: Vec<crate::recognise::submission::Given<u16>> =
            others.into_iter().filter_map(|section| section.owner.year).collect();
        left.dedup_by_key(|given| given.value);
        self.other_years = left;
    }

    /// Finds the scores of this part.
    ///
    /// # Errors
    /// As [`AgencyTables::recognise`]; where the book has several agencies the error names the one.
    pub fn recognise(&self, hints: &Hints) -> Result<Recognised, Cause> {
        if self.sections.is_empty() {
            return recognise_as(self.book, hints, &Owner::default());
        }
        let select = |section: &Section| {
            let (sheet, codes) = self.book.sheet(section.sheet)?;
            let (rows, columns) = (&section.rows, section.columns.as_deref());
            let (transposed, part) = (section.transposed, sheet.select(rows, columns, section.transposed));
            Some((part, codes.select(rows, columns, transposed)))
        };
        let book = CodedBook::of_parts(self.sections.iter().filter_map(select).collect(), self.book);
        let owner = self.owner();
        // A name that the user has given has chosen this part; it need not be repeated as a difference.
        let hints = Hints { agency: hints.agency.clone().filter(|_| owner.agency.is_none()), ..hints.clone() };
        let mut found = recognise_as(&book, &hints, &owner).map_err(|cause| match self.agency() {
            Some(agency) => Cause::OfAgency { agency, cause: Box::new(cause) },
            None => cause,
        })?;
        found.submission.choices.splice(0..0, self.layout_choices());
        if let (Some(year), false) = (&found.submission.year, self.other_years.is_empty()) {
            let left: Vec<&crate::recognise::submission::Given<u16>> = self.other_years.iter().collect();
            let finding = year::others(year.value, Some(year), &left);
            found.submission.findings.extend(finding);
        }
        Ok(found)
    }

    /// How each of its sheets is laid out, and what else was found.
    fn layout_choices(&self) -> Vec<FactChoice> {
        let mut sheets: Vec<usize> = self.sections.iter().map(|section| section.sheet).collect();
        sheets.dedup();
        sheets.iter().filter_map(|index| self.layouts.get(index)).flatten().cloned().collect()
    }

    fn owner(&self) -> Owner {
        let first = |pick: fn(&Owner) -> Option<crate::recognise::submission::Given<String>>| {
            self.sections.iter().find_map(|section| pick(&section.owner))
        };
        Owner {
            agency: first(|owner| owner.agency.clone()),
            district: first(|owner| owner.district.clone()),
            province: first(|owner| owner.province.clone()),
            year: self.sections.iter().find_map(|section| section.owner.year.clone()),
        }
    }
}
