//! Titles that follow what is typed in: agency, district, province and year stand in them by formula.

use crate::domain::digits::Digits;
use crate::write::xlsx::kit::sheet::LiveText;
use crate::write::xlsx::report::Context;
use crate::write::xlsx::report::addresses::Fact;
use crate::write::xlsx::report::formulas::quoted;

/// What stands where the name is not known.
const NO_AGENCY: &str = "(ไม่ระบุชื่อหน่วยงาน)";

/// The province whose districts have another name, and that is none by its own.
const BANGKOK: &str = "กรุงเทพ";

impl Context<'_> {
    /// A text with a year at its end: the year assessed, or so many years later.
    pub(super) fn with_year(&self, text: &str, later: u16) -> LiveText {
        let year = self.framework.year + later;
        let number = if later == 0 { Fact::Year.name().to_owned() } else { format!("{}+{later}", Fact::Year.name()) };
        let format = if self.digits == Digits::Arabic { "0" } else { "[$-D00041E]0" };
        LiveText {
            formula: format!("={}&TEXT({number},{})", quoted(text), quoted(format)),
            text: format!("{text}{}", self.digits.title(&year.to_string())),
        }
    }

    /// The agency's name.
    pub(super) fn agency_line(&self) -> LiveText {
        let name = Fact::Agency.name();
        let text = if self.agency().is_empty() { NO_AGENCY } else { self.agency() };
        LiveText { formula: format!("=IF({name}=\"\",{},{name})", quoted(NO_AGENCY)), text: text.to_owned() }
    }

    /// Its district and province; empty where neither is known.
    pub(super) fn place_line(&self) -> LiveText {
        let (district, province) = (Fact::District.name(), Fact::Province.name());
        let is_bangkok = format!("LEFT({province},{})={}", BANGKOK.chars().count(), quoted(BANGKOK));
        let of_district = format!("IF({district}=\"\",\"\",IF({is_bangkok},\"เขต\",\"อำเภอ\")&{district}&\" \")");
        let of_province = format!("IF({province}=\"\",\"\",IF({is_bangkok},\"\",\"จังหวัด\")&{province})");
        let submission = &self.report.submission;
        let bangkok = submission.province.as_ref().is_some_and(|given| given.value.starts_with(BANGKOK));
        let mut parts = Vec::new();
        if let Some(given) = &submission.district {
            parts.push(format!("{}{}", if bangkok { "เขต" } else { "อำเภอ" }, given.value));
        }
        if let Some(given) = &submission.province {
            parts.push(if bangkok { given.value.clone() } else { format!("จังหวัด{}", given.value) });
        }
        LiveText { formula: format!("=TRIM({of_district}&{of_province})"), text: parts.join(" ") }
    }

    /// The agency with its district and province on one line.
    pub(super) fn agency_and_place(&self) -> LiveText {
        let (agency, place) = (self.agency_line(), self.place_line());
        let formula = format!(
            "=TRIM({}&\" \"&{})",
            agency.formula.trim_start_matches('='),
            place.formula.trim_start_matches('=')
        );
        LiveText { formula, text: format!("{} {}", agency.text, place.text).trim().to_owned() }
    }

    /// The document's name as the framework has it, or what it is.
    pub(super) fn document(&self) -> &str {
        if self.framework.document.is_empty() {
            "รายงานการวิเคราะห์ผลการประเมินและแผนปฏิบัติการ"
        } else {
            &self.framework.document
        }
    }
}
