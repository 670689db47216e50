//! The settings of reading, assessing and writing, validated, without touching the system.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::advice::Advice;
use crate::domain::digits::Digits;
use crate::domain::document_part::DocumentPart;
use crate::plan::Amount;
use crate::plan::items::LastYearPlans;
use crate::previous::LastYear;
use crate::profile::Profile;
use crate::read;
use crate::recognise::{Hints, TypedValues};

/// How a file is read, what counts for it, and how its workbook and document are written.
///
/// Begin with [`Config::default`] and set what differs; more settings may be added without notice.
///
/// ```
/// use itasheet::{Config, Decimal, Digits};
///
/// let mut config = Config::default();
/// config.threshold = Some(Decimal::from(90));
/// config.digits = Some(Digits::Thai);
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Config {
    /// The score, 0 to 100, below which a question falls short; the framework's own where nothing is given.
    pub threshold: Option<Decimal>,
    /// What the user says about the inputs; wins over what the files say.
    pub hints: Hints,
    /// How files are read, and how much of an untrusted one.
    pub read: read::Options,
    /// What the agency has set once for all its files.
    pub profile: Profile,
    /// Texts and measures of the user's own, complete; the built-in ones where nothing is given.
    pub advice: Option<Arc<Advice>>,
    /// Last year's figures, to stand beside this year's.
    pub previous: Option<Arc<LastYear>>,
    /// Last year's measures with what has come of them.
    pub(crate) last_year_plans: Option<Arc<LastYearPlans>>,
    /// Numbers and names that were typed into the workbook that is made anew.
    pub(crate) typed: Option<Arc<TypedValues>>,
    /// Which digits the workbook is written with; the profile's where nothing is given.
    pub digits: Option<Digits>,
    /// How many measures an issue gets; the profile's numbers where nothing is given.
    pub amount: Option<Amount>,
    /// Whether somebody has held the topics of the year's questions against its manual.
    pub titles_checked: bool,
    /// What a Word document has beside the report; what the profile says where nothing is given.
    pub document_parts: Option<Vec<DocumentPart>>,
    /// Whether to leave out what is not for publication: notes and the sheet of findings.
    pub publish: bool,
    /// When the workbook says it was made: seconds since 1970. A fixed time, so that equal inputs give equal bytes.
    pub created: u64,
}

/// The time that workbooks say they were made at unless `SOURCE_DATE_EPOCH` gives another: 1 October 2024, 0:00 UTC.
pub const CREATED: u64 = 1_727_740_800;

impl Default for Config {
    fn default() -> Self {
        Self {
            threshold: None,
            hints: Hints::default(),
            read: read::Options::default(),
            profile: Profile::default(),
            advice: None,
            previous: None,
            last_year_plans: None,
            typed: None,
            digits: None,
            amount: None,
            titles_checked: false,
            document_parts: None,
            publish: false,
            created: CREATED,
        }
    }
}

impl Config {
    /// The digits to write with.
    pub fn digits(&self) -> Digits {
        self.digits.or(self.profile.digits).unwrap_or_default()
    }

    /// Whether somebody has held the topics of a fiscal year's questions against its manual: a flag or the profile says so.
    pub fn has_checked_titles(&self, year: u16) -> bool {
        self.titles_checked || self.profile.titles_checked == Some(year)
    }

    /// Whether a Word document has this part.
    pub fn document_has(&self, part: DocumentPart) -> bool {
        self.document_parts.as_ref().unwrap_or(&self.profile.document_parts).contains(&part)
    }

    /// How many measures an issue gets.
    pub fn amount(&self) -> Amount {
        self.amount.or(self.profile.measures).unwrap_or_default()
    }
}
