//! Titles that follow what is typed in: agency, district, province and year stand in them by formula.

use crate::domain::digits::Digits;
use crate::write::printed::{BANGKOK, Wording};
use crate::write::xlsx::kit::sheet::LiveText;
use crate::write::xlsx::report::Context;
use crate::write::xlsx::report::addresses::Fact;
use crate::write::xlsx::report::formulas::quoted;

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
        let unknown = quoted(&Wording::built_in().no_agency);
        let text = self.printed().agency_line().to_owned();
        LiveText { formula: format!("=IF({name}=\"\",{unknown},{name})"), text }
    }

    /// Its district and province; empty where neither is known.
    pub(super) fn place_line(&self) -> LiveText {
        let (district, province) = (Fact::District.name(), Fact::Province.name());
        let is_bangkok = format!("LEFT({province},{})={}", BANGKOK.chars().count(), quoted(BANGKOK));
        let of_district = format!("IF({district}=\"\",\"\",IF({is_bangkok},\"เขต\",\"อำเภอ\")&{district}&\" \")");
        let named = format!("IF({is_bangkok},\"\",\"จังหวัด\")&{province}");
        let agency = Fact::Agency.name();
        // A province that is itself the agency is not named twice.
        let of_province = format!("IF(OR({province}=\"\",{named}={agency}),\"\",{named})");
        LiveText { formula: format!("=TRIM({of_district}&{of_province})"), text: self.printed().place_line() }
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
        self.printed().document()
    }
}
