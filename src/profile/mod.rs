//! The profile: what an agency sets once for all its files, in `profile.toml`.
//!
//! It takes the file's text and gives checked settings, or says what is wrong in which field. It fills only what an input
//! lacks; explicit flags win over both. It reads no file itself.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use indexmap::IndexMap;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::advice::{AdvicePatch, Units};
use crate::domain::digits::Digits;
use crate::domain::document_part::DocumentPart;
use crate::error::{Cause, Error};
use crate::finding::{Finding, FindingCode};
use crate::framework::{Framework, IssueSetting, OwnIssues};
use crate::plan::Amount;
use crate::read::settings_text;

/// The name under which a profile is looked for beside an input.
pub const PROFILE_NAME: &str = "profile.toml";

/// A commented profile to start from.
pub const TEMPLATE: &str = include_str!("template.toml");

/// The most characters of names, as of those that the command line gives.
const LONGEST_NAME: usize = 200;

/// The most characters of a font's name that Excel takes.
const LONGEST_FONT: usize = 31;

/// The settings of a profile; each may be left out.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Profile {
    /// The agency's name, where the input has none.
    pub agency: Option<String>,
    /// Its district, likewise.
    pub district: Option<String>,
    /// Its province, likewise.
    pub province: Option<String>,
    /// The score, 0 to 100, below which a question falls short.
    pub threshold: Option<Decimal>,
    /// Which digits the workbook is written with.
    pub digits: Option<Digits>,
    /// The fiscal year (Buddhist era) whose questions somebody has held against its manual.
    pub titles_checked: Option<u16>,
    /// How many measures an issue gets: `few`, `usual`, `all`, or `{ between = [2, 4] }`.
    pub measures: Option<Amount>,
    /// What a Word document has beside the report: `contents`, `appendix`, `memo`.
    pub document_parts: Vec<DocumentPart>,
    /// The font of the workbook and of the Word document.
    pub font: Option<String>,
    /// The colour of headings as `#RRGGBB`, dark enough for white text.
    pub heading_colour: Option<String>,
    /// A picture for the dashboard and for the cover of the Word document; a relative path counts from the profile.
    pub logo: Option<PathBuf>,
    /// The issues of the analysis, where they are not the year's own: all of them, in order.
    pub issues: Vec<IssueSetting>,
    /// Names of units by role.
    pub units: IndexMap<String, String>,
    /// Texts and measures of one's own.
    pub advice: Option<AdvicePatch>,
}

impl Profile {
    /// Reads a profile and checks its settings.
    ///
    /// # Errors
    /// When the file cannot be read, is no TOML of this form, or sets something that cannot be used.
    pub fn load(path: &Path) -> Result<Self, Error> {
        let text = settings_text(path)?;
        let mut profile = Self::parse(&text).map_err(|problem| Error::new(path, Cause::Settings(problem)))?;
        if let (Some(logo), Some(folder)) = (&profile.logo, path.parent()) {
            profile.logo = Some(folder.join(logo));
        }
        Ok(profile)
    }

    /// A year's framework with the agency's own issues, and what of them the year has no use for.
    pub(crate) fn with_issues(&self, framework: Arc<Framework>) -> (Arc<Framework>, Option<Finding>) {
        if self.issues.is_empty() {
            return (framework, None);
        }
        let OwnIssues { issues, unused } = OwnIssues::new(&framework, &self.issues);
        let finding = || Finding::new(FindingCode::IssueSettingUnused, unused.join(", ")).expected(&framework);
        let finding = (!unused.is_empty()).then(finding);
        let mut own = framework;
        Arc::make_mut(&mut own).issues = issues;
        (own, finding)
    }

    fn parse(text: &str) -> Result<Self, String> {
        let profile: Self = toml::from_str(text).map_err(|e| e.to_string())?;
        if let Some(threshold) = profile.threshold.filter(|t| *t < Decimal::ZERO || *t > Decimal::ONE_HUNDRED) {
            return Err(format!("threshold is {threshold}, expected 0 to 100"));
        }
        let names = [("agency", &profile.agency), ("district", &profile.district), ("province", &profile.province)];
        let names = names.into_iter().filter_map(|(key, name)| Some((key, name.as_deref()?)));
        let units = profile.units.iter().map(|(role, name)| (role.as_str(), name.as_str()));
        if let Some((key, _)) = names.chain(units).find(|(_, name)| !is_name(name)) {
            return Err(format!("{key} must be a text of 1 to {LONGEST_NAME} characters without line ends"));
        }
        if let Some(font) = profile.font.as_ref().filter(|font| !is_font(font)) {
            return Err(format!(
                "font is `{font}`, expected a name of 1 to {LONGEST_FONT} characters without quotes, commas and &"
            ));
        }
        IssueSetting::check(&profile.issues)?;
        if let Some(role) = profile.units.keys().find(|role| !Units::built_in().has_role(role)) {
            return Err(format!("[units] has no role `{role}`"));
        }
        if let Some(colour) = &profile.heading_colour {
            let rgb = parse_colour(colour).ok_or_else(|| format!("heading_colour is {colour}, expected #RRGGBB"))?;
            if contrast_with_white(rgb) < 4.5 {
                return Err(format!("heading_colour {colour} is too light for white text"));
            }
        }
        Ok(profile)
    }
}

/// Whether a text can be a name in the workbook.
fn is_name(text: &str) -> bool {
    !text.trim().is_empty() && text.chars().count() <= LONGEST_NAME && !text.contains(char::is_control)
}

/// Whether a text can be the name of a font, also inside the codes of a page's foot.
fn is_font(text: &str) -> bool {
    is_name(text) && text.chars().count() <= LONGEST_FONT && !text.contains(['"', '&', ','])
}

/// The number that `#RRGGBB` stands for.
pub(crate) fn parse_colour(text: &str) -> Option<u32> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    u32::from_str_radix(digits, 16).ok()
}

/// The contrast ratio of a colour with white, 1 to 21, as the web's accessibility guidelines (WCAG 2) define it.
fn contrast_with_white(rgb: u32) -> f64 {
    let channel = |shift: u32| {
        let value = f64::from((rgb >> shift) & 0xFF) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    let luminance = 0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0);
    1.05 / (luminance + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_is_a_profile_that_sets_nothing() {
        let profile = Profile::parse(TEMPLATE).unwrap();
        assert!(profile.agency.is_none() && profile.units.is_empty() && profile.advice.is_none());
        // with its comments taken away it is one that sets everything
        let set: String = TEMPLATE
            .lines()
            .map(|line| line.strip_prefix("#: ").unwrap_or(line))
            .fold(String::new(), |all, line| all + line + "\n");
        let profile = Profile::parse(&set).unwrap();
        assert!(profile.agency.is_some() && profile.logo.is_some() && profile.advice.is_some());
        assert!(!profile.units.is_empty());
    }

    #[test]
    fn a_pale_heading_is_refused() {
        assert!(Profile::parse("heading_colour = \"#FFCC00\"").is_err());
        assert!(Profile::parse("heading_colour = \"#1F3864\"").is_ok());
        assert!(Profile::parse("threshold = 101").is_err());
        assert!(Profile::parse("[units]\nnobody = \"x\"").is_err());
    }

    #[test]
    fn a_name_that_no_cell_or_page_foot_can_show_is_refused() {
        let long = "ก".repeat(201);
        for text in [
            format!("agency = \"{long}\""),
            "agency = \" \"".to_owned(),
            "province = \"สงขลา\\u001b[2J\"".to_owned(),
            format!("[units]\ninfo = \"{long}\""),
            "font = 'TH \"Sarabun\"'".to_owned(),
            "font = \"A&B\"".to_owned(),
            format!("font = \"{}\"", "A".repeat(32)),
        ] {
            assert!(Profile::parse(&text).is_err(), "{text}");
        }
        assert!(Profile::parse("agency = \"เทศบาล \\\"ก\\\"\"\nfont = \"TH Sarabun New\"").is_ok());
    }
}
