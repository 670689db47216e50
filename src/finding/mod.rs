//! Findings: the file was converted, but this should be looked at.
//!
//! It takes what was found where and what was expected, and gives a severity, a sentence and a remedy in either language.
//! What a finding says stands in `catalogue.toml`; the code only fills in what was found.

use std::fmt;
use std::sync::OnceLock;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::domain::embedded;
use crate::domain::embedded::embedded;
use crate::domain::language::Language;
pub use crate::domain::place::Place;
use crate::domain::place::{place_list, shortened};

/// One thing to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What kind of thing.
    pub code: FindingCode,
    /// The cells it is about; none where something is missing altogether.
    pub places: Vec<Place>,
    /// What it is about: question codes, an indicator's number, a setting.
    pub item: String,
    /// What was found.
    pub found: String,
    /// What was expected.
    pub expected: String,
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// For information.
    Note,
    /// Something may be wrong or is missing.
    Warning,
    /// A number could not be used as it stands, and must be mended in the input.
    MustFix,
}

/// What kind of thing a finding is about. The names are stable; the texts may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
#[expect(missing_docs, reason = "each is explained in catalogue.toml, for the user")]
pub enum FindingCode {
    ScoreOutOfRange,
    ScoreUnreadable,
    ScoreUncalculated,
    ScoreConflict,
    ScoreBlank,
    ScoreMerged,
    ScoreShifted,
    ScoreUndecided,
    ScoreColumnAmbiguous,
    ScoreBelowOne,
    ScoreScale,
    ScoreScaleUnknown,
    ScoreOfSeveral,
    NumberWithoutCode,
    HiddenIgnored,
    EitInTwoParts,
    QuestionMissing,
    QuestionRepeated,
    QuestionUnknown,
    QuestionOfOtherYear,
    OtherAssessment,
    CodeOfOtherAssessment,
    QuestionInTwoIssues,
    QuestionInNoIssue,
    QuestionWithoutText,
    CodeRespelled,
    CodeWithoutLetter,
    CodesUndecided,
    CodesBeside,
    OtherTableIgnored,
    OtherYearIgnored,
    IndicatorDiffers,
    IndicatorNotRecomputed,
    IndicatorRuleUnknown,
    IndicatorImpossible,
    IndicatorMissing,
    IndicatorUnreadable,
    FigureUndecided,
    FigureOfSeveral,
    SubIndicatorsDiffer,
    InstrumentDiffers,
    TotalDiffers,
    TotalExplained,
    TotalNotPublished,
    TotalMissing,
    LevelDiffers,
    LevelInferred,
    LevelDiffersFromInferred,
    RankInPlaceOfLevel,
    AgencyMissing,
    AgencyIsProvince,
    PlaceMissing,
    AgencyDiffers,
    PreviousAgencyDiffers,
    PreviousMissing,
    YearMissing,
    YearWithoutFramework,
    TitleOfOtherTopic,
    TopicsUnconfirmed,
    TopicsRecalled,
    FormUnseen,
    FrameworkFilled,
    IssuesUnknown,
    IssuesInferred,
    IssueSettingUnused,
    AdviceMissing,
    FormulaUncalculated,
    TextHtml,
    TextWrongEncoding,
    TextUndecoded,
    TextRespelled,
    FlagDiffers,
    EditConflict,
    EditNumberConflict,
    EditNumberStays,
    EditTitlesOfOtherYear,
    EditRemoved,
    EditStays,
    EditedMeasureStays,
    EditNotPlaced,
    EditsOfOther,
    EditsOfOldVersion,
    EditsWithoutRecord,
    EditsNotCarried,
    EditsInSeveral,
}

impl FindingCode {
    /// Every code, in the order of the catalogue.
    pub fn all() -> impl Iterator<Item = Self> {
        catalogue().keys().copied()
    }

    /// How much findings of this kind matter.
    pub fn severity(self) -> Severity {
        self.entry().severity
    }

    #[expect(clippy::expect_used, reason = "a test holds that the catalogue has every code")]
    fn entry(self) -> &'static FindingTexts {
        catalogue().get(&self).expect("a code of the catalogue")
    }
}

impl fmt::Display for FindingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

impl Severity {
    /// Its name, as the workbook and the terminal show it.
    pub fn name(self, language: Language) -> &'static str {
        match self {
            Self::Note => language.pick("ข้อสังเกต", "note"),
            Self::Warning => language.pick("คำเตือน", "warning"),
            Self::MustFix => language.pick("ต้องแก้ไข", "must-fix"),
        }
    }
}

/// The texts of one kind of finding.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct FindingTexts {
    severity: Severity,
    thai: String,
    thai_hint: String,
    english: String,
    english_hint: String,
}

fn catalogue() -> &'static IndexMap<FindingCode, FindingTexts> {
    static CATALOGUE: OnceLock<IndexMap<FindingCode, FindingTexts>> = OnceLock::new();
    CATALOGUE.get_or_init(|| embedded::read(embedded!("finding/catalogue")))
}

impl Finding {
    /// A finding of this kind about `item`.
    pub fn new(code: FindingCode, item: impl Into<String>) -> Self {
        Self { code, places: Vec::new(), item: item.into(), found: String::new(), expected: String::new() }
    }

    /// With the cells that it is about.
    #[must_use]
    pub fn at(mut self, places: impl IntoIterator<Item = Place>) -> Self {
        self.places.extend(places);
        self
    }

    /// With what was found.
    #[must_use]
    pub fn found(mut self, found: impl fmt::Display) -> Self {
        self.found = shortened(&found.to_string());
        self
    }

    /// With what was expected.
    #[must_use]
    pub fn expected(mut self, expected: impl fmt::Display) -> Self {
        self.expected = expected.to_string();
        self
    }

    /// How much it matters.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// What was found and what was expected, in one sentence.
    pub fn message(&self, language: Language) -> String {
        let entry = self.code.entry();
        self.fill(language.pick(&entry.thai, &entry.english))
    }

    /// What to do next.
    pub fn hint(&self, language: Language) -> String {
        let entry = self.code.entry();
        self.fill(language.pick(&entry.thai_hint, &entry.english_hint))
    }

    /// The cells that it is about, the first few by name.
    pub fn place_text(&self) -> String {
        place_list(&self.places)
    }

    fn fill(&self, template: &str) -> String {
        template.replace("{item}", &self.item).replace("{found}", &self.found).replace("{expected}", &self.expected)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_has_every_code_with_all_its_texts() {
        let parsed: Result<IndexMap<FindingCode, FindingTexts>, _> = toml::from_str(include_str!("catalogue.toml"));
        assert!(parsed.is_ok(), "{parsed:?}");
        let last = FindingCode::EditsInSeveral as usize;
        assert_eq!(FindingCode::all().count(), last + 1, "a code is missing from the catalogue");
        for entry in catalogue().values() {
            for text in [&entry.thai, &entry.thai_hint, &entry.english, &entry.english_hint] {
                assert!(text.len() > 10, "{text}");
            }
        }
    }
}
