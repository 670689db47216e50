//! Last year's figures, to stand beside this year's.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::assess;
use crate::domain::identity::{Identity, Register};
use crate::error::{Cause, Error};
use crate::finding::{Finding, FindingCode};
use crate::framework::{Framework, Instrument, QuestionCode};
use crate::read;
use crate::read::safety::catch_panic;
use crate::recognise;
use crate::recognise::{AgencyTables, CodedBook, Given, Hints, Recognised};

/// What can be compared: indicators, instruments and the total across fiscal years; questions by their codes within one year,
/// as before and after an appeal, and by their topics between years, for codes move from year to year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Previous {
    /// Fiscal year, Buddhist era, where the file names it.
    pub year: Option<u16>,
    /// The agency, where the file names it.
    pub agency: Option<String>,
    /// Its district, without the word for it, where the file names it.
    pub district: Option<String>,
    /// Its province, likewise.
    pub province: Option<String>,
    /// Scores of indicators by number.
    pub indicators: BTreeMap<u8, Decimal>,
    /// Scores of instruments.
    pub instruments: BTreeMap<Instrument, Decimal>,
    /// The total.
    pub total: Option<Decimal>,
    /// Scores of questions, where the file names a year whose framework is built in.
    pub questions: BTreeMap<QuestionCode, Decimal>,
    /// The same by topic, where one question alone is about it.
    pub topics: BTreeMap<String, Decimal>,
}

impl Previous {
    /// The scores to stand beside those of a year's questions: those of the same codes in the same year, those of the same
    /// topics of another.
    pub fn scores(&self, framework: &Framework) -> BTreeMap<QuestionCode, Decimal> {
        if self.year == Some(framework.year) {
            return self.questions.clone();
        }
        let now = by_topic(framework, Some);
        now.into_iter().filter_map(|(topic, code)| Some((code, *self.topics.get(&topic)?))).collect()
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
        // The file's own titles tell what it asked.
        let framework = assess::hold_against_titles(&submission, &framework).framework;
        let assessment = assess::assess(&submission, &framework, framework.threshold);
        let indicators = assessment.indicators.iter();
        let instruments = assessment.instruments.iter();
        let questions = assessment.questions.keys().filter_map(|code| Some((*code, assessment.score(*code)?)));
        Ok(Self {
            year: named,
            agency: submission.agency.map(|given| given.value),
            district: submission.district.map(|given| given.value),
            province: submission.province.map(|given| given.value),
            indicators: indicators.filter_map(|result| Some((result.number, result.figure.exact()?))).collect(),
            instruments: instruments.filter_map(|(instrument, figure)| Some((*instrument, figure.shown()?))).collect(),
            total: assessment.total.shown(),
            questions: if named == Some(framework.year) { questions.collect() } else { BTreeMap::new() },
            topics: by_topic(&framework, |code| assessment.score(code).filter(|_| named == Some(framework.year))),
        })
    }
}

/// What `of` says of questions, by their topics; of a topic that several are about nothing can be told.
pub(crate) fn by_topic<T>(framework: &Framework, of: impl Fn(QuestionCode) -> Option<T>) -> BTreeMap<String, T> {
    let about = |topic: &String| framework.questions.values().filter(|own| own.topic.as_ref() == Some(topic)).count();
    let known = framework.questions.iter().filter_map(|(code, question)| {
        let topic = question.topic.as_ref().filter(|topic| about(topic) == 1)?;
        Some((topic.clone(), of(*code)?))
    });
    known.collect()
}

/// Last year's figures, of one agency or of many.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LastYear {
    agencies: Vec<Arc<Previous>>,
    /// Where each agency stands among them.
    places: Register<usize>,
}

impl LastYear {
    /// Last year's figures of these agencies.
    pub fn new(agencies: Vec<Previous>) -> Self {
        let agencies: Vec<Arc<Previous>> = agencies.into_iter().map(Arc::new).collect();
        let mut places = Register::default();
        for (index, agency) in agencies.iter().enumerate() {
            let district = agency.district.as_deref();
            if let Some(identity) = Identity::new(agency.agency.as_deref(), district, agency.province.as_deref()) {
                places.insert(identity, index);
            }
        }
        Self { agencies, places }
    }

    /// Reads last year's figures from a file of scores. Of many agencies those that cannot be read are left out.
    ///
    /// # Errors
    /// When the file cannot be read or holds nothing that can be compared.
    pub fn of_file(path: &Path, options: &read::Options) -> Result<Self, Error> {
        Ok(Self::new(Self::agencies_of_file(path, options)?))
    }

    /// The figures of a file's agencies.
    ///
    /// # Errors
    /// As [`Self::of_file`].
    pub(crate) fn agencies_of_file(path: &Path, options: &read::Options) -> Result<Vec<Previous>, Error> {
        let bytes = read::load_file(path, &options.limits)?;
        catch_panic::program(|| Self::agencies(&bytes, options)).map_err(|cause| Error::new(path, cause))
    }

    fn agencies(bytes: &[u8], options: &read::Options) -> Result<Vec<Previous>, Cause> {
        let mut book = read::read_bytes(bytes, options)?;
        recognise::repair(&mut book);
        let (book, _) = CodedBook::new(book);
        let parts = recognise::parts(&book, &Hints::default())?;
        let mut agencies = Vec::new();
        for part in &parts {
            match catch_panic::program(|| Previous::of_part(part)) {
                Ok(previous) => agencies.push(previous),
                Err(cause) if parts.len() == 1 => return Err(cause),
                Err(_) => {}
            }
        }
        Ok(agencies)
    }

    /// The figures to show beside an agency's: its own where there are many agencies, else the only ones.
    pub fn figures(&self, identity: Option<&Identity>) -> Option<&Arc<Previous>> {
        match self.agencies.as_slice() {
            [only] => Some(only),
            many => many.get(*self.places.find(identity?)?),
        }
    }

    /// The figures as a text that is equal for equal ones.
    pub(crate) fn fingerprint(&self) -> String {
        format!("{:?}", self.agencies)
    }

    /// Says where last year's figures are another agency's, or none of many agencies' is this one's.
    pub(crate) fn finding(&self, agency: &Given<String>, identity: &Identity) -> Option<Finding> {
        let of_cell = |code| Finding::new(code, "").at(agency.place().cloned()).found(&agency.value);
        let Some(previous) = self.figures(Some(identity)) else {
            return Some(of_cell(FindingCode::PreviousMissing));
        };
        let district = previous.district.as_deref();
        let found = Identity::new(previous.agency.as_deref(), district, previous.province.as_deref())?;
        let other = previous.agency.as_ref().filter(|_| !found.may_be(identity))?;
        Some(of_cell(FindingCode::PreviousAgencyDiffers).expected(other))
    }
}
