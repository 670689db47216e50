//! Last year's figures, to stand beside this year's.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::assess;
use crate::error::{Cause, Error};
use crate::framework::{Framework, Instrument, QuestionCode};
use crate::read;
use crate::read::safety::catch_panic;
use crate::recognise;
use crate::recognise::{AgencyTables, Hints, Recognised};

/// What can be compared: indicators, instruments and the total across fiscal years; questions within one year only, as
/// before and after an appeal, for they differ from year to year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Previous {
    /// Fiscal year, Buddhist era, where the file names it.
    pub year: Option<u16>,
    /// The agency, where the file names it.
    pub agency: Option<String>,
    /// Scores of indicators by number.
    pub indicators: BTreeMap<u8, Decimal>,
    /// Scores of instruments.
    pub instruments: BTreeMap<Instrument, Decimal>,
    /// The total.
    pub total: Option<Decimal>,
    /// Scores of questions, where the file names a year whose framework is built in.
    pub questions: BTreeMap<QuestionCode, Decimal>,
}

impl Previous {
    /// Whether its questions are those of a fiscal year: the same code asks something else in another.
    pub fn has_questions_of(&self, year: u16) -> bool {
        self.year == Some(year) && !self.questions.is_empty()
    }

    fn of_part(part: &AgencyTables<'_>) -> Result<Self, Cause> {
        let mut found = part.recognise(&Hints::default())?;
        let named = found.submission.year.as_ref().map(|given| given.value);
        // A year without a framework of its own is read by its indicators' titles, the same from year to year.
        if let Some(newest) = Framework::all_built_in().next_back()
            && named.is_some_and(|year| Framework::built_in(year).is_none())
        {
            found = part.recognise(&Hints { year: Some(newest.year), ..Hints::default() })?;
            // Its codes mean other questions: only what is published under a title counts.
            found.submission.answers.clear();
        }
        let Recognised { submission, framework } = found;
        let assessment = assess::assess(&submission, &framework, framework.threshold);
        let indicators = assessment.indicators.iter();
        let instruments = assessment.instruments.iter();
        let questions = assessment.questions.keys().filter_map(|code| Some((*code, assessment.score(*code)?)));
        Ok(Self {
            year: named,
            agency: submission.agency.map(|given| given.value),
            indicators: indicators.filter_map(|result| Some((result.number, result.figure.exact()?))).collect(),
            instruments: instruments.filter_map(|(instrument, figure)| Some((*instrument, figure.shown()?))).collect(),
            total: assessment.total.shown(),
            questions: if named == Some(framework.year) { questions.collect() } else { BTreeMap::new() },
        })
    }
}

/// A file of last year's figures, of one agency or of many.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LastYear {
    agencies: Vec<Arc<Previous>>,
    /// Where each name stands among them; nothing for one that two agencies have, as it cannot be told which is meant.
    by_name: HashMap<String, Option<usize>>,
}

impl LastYear {
    /// Reads last year's figures from a file of scores. Of many agencies those that cannot be read are left out.
    ///
    /// # Errors
    /// When the file cannot be read or holds nothing that can be compared.
    pub fn of_file(path: &Path, options: &read::Options) -> Result<Self, Error> {
        let bytes = read::load_file(path, &options.limits)?;
        let agencies =
            catch_panic::program(|| Self::agencies(&bytes, options)).map_err(|cause| Error::new(path, cause))?;
        let mut by_name: HashMap<String, Option<usize>> = HashMap::new();
        for (index, name) in
            agencies.iter().enumerate().filter_map(|(index, agency)| Some((index, agency.agency.as_ref()?)))
        {
            by_name.entry(recognise::name_key(name)).and_modify(|place| *place = None).or_insert(Some(index));
        }
        Ok(Self { agencies, by_name })
    }

    fn agencies(bytes: &[u8], options: &read::Options) -> Result<Vec<Arc<Previous>>, Cause> {
        let mut book = read::read_bytes(bytes, options)?;
        recognise::repair(&mut book);
        recognise::leave_hidden(&mut book);
        let parts = recognise::parts(&book, &Hints::default())?;
        let mut agencies = Vec::new();
        for part in &parts {
            match catch_panic::program(|| Previous::of_part(part)) {
                Ok(previous) => agencies.push(Arc::new(previous)),
                Err(cause) if parts.len() == 1 => return Err(cause),
                Err(_) => {}
            }
        }
        Ok(agencies)
    }

    /// The figures to show beside an agency's: its own where the file has many agencies, else the only ones.
    pub fn figures(&self, agency: Option<&str>) -> Option<&Arc<Previous>> {
        match self.agencies.as_slice() {
            [only] => Some(only),
            many => many.get((*self.by_name.get(&recognise::name_key(agency?))?)?),
        }
    }

    /// Whom the file is of, where it is not the agency.
    pub(crate) fn other_than(&self, agency: &str) -> Option<String> {
        if let Some(previous) = self.figures(Some(agency)) {
            return previous.agency.clone().filter(|name| name != agency);
        }
        let names: Vec<&str> = self.agencies.iter().filter_map(|agency| agency.agency.as_deref()).take(4).collect();
        let more = if self.agencies.len() > names.len() { " …" } else { "" };
        Some(names.join(", ") + more)
    }
}
