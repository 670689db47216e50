//! Last year's figures, to stand beside this year's.

use std::collections::BTreeMap;
use std::path::Path;

use rust_decimal::Decimal;

use crate::assess;
use crate::error::Error;
use crate::framework::{Framework, Instrument, QuestionCode};
use crate::read;
use crate::recognise::{self, Hints, Recognised};

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

    /// Reads last year's figures from a file of scores.
    ///
    /// A year without a framework of its own is read by its indicators' titles, which are the same from year to year.
    ///
    /// # Errors
    /// When the file cannot be read or holds nothing that can be compared.
    pub fn of_file(path: &Path, options: &read::Options) -> Result<Self, Error> {
        let book = read::read_file(path, options)?;
        let named = recognise::year_of(&book);
        let known = named.is_none_or(|year| Framework::built_in(year).is_some());
        let newest = Framework::all_built_in().last().map(|framework| framework.year);
        let hints = Hints { year: newest.filter(|_| !known), ..Hints::default() };
        let recognised = recognise::recognise(&book, &hints).map_err(|cause| Error::new(path, cause))?;
        let Recognised { mut submission, framework } = recognised;
        if !known {
            // Its codes mean other questions: only what is published under a title counts.
            submission.answers.clear();
        }
        let assessment = assess::assess(&submission, &framework, framework.threshold);
        let indicators = assessment.indicators.iter();
        let instruments = assessment.instruments.iter();
        let questions = assessment.questions.keys().filter_map(|code| Some((*code, assessment.score(*code)?)));
        Ok(Self {
            year: named,
            agency: submission.agency.map(|given| given.value),
            indicators: indicators.filter_map(|own| Some((own.number, own.figure.shown()?))).collect(),
            instruments: instruments.filter_map(|(own, figure)| Some((*own, figure.shown()?))).collect(),
            total: assessment.total.shown(),
            questions: if named == Some(framework.year) { questions.collect() } else { BTreeMap::new() },
        })
    }
}
