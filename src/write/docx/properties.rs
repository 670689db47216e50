//! What is said about the document: its title and author, its settings, and what it was made from.

use crate::config::Config;
use crate::write::docx::Context;
use crate::write::docx::element::Element;
use crate::write::docx::package;
use crate::write::docx::package::{Package, Part};
use crate::write::docx::paragraph::Paragraph;
use crate::write::docx::style::Style;
use crate::write::printed::{Wording, fill};

const DAY: u64 = 86_400;

/// Adds properties and settings to the package, of a document that is about so many years later. A table of contents is computed when the document is opened.
pub(super) fn parts(
    context: &Context<'_>,
    (document, later): (&str, u16),
    config: &Config,
    has_contents: bool,
    package: &mut Package,
) {
    package.add(Part::settings(&settings(has_contents)));
    let printed = &context.printed;
    let year = (context.report.assessment.framework.year + later).to_string();
    let values = [("document", document), ("agency", printed.agency()), ("year", year.as_str())];
    let title = fill(&Wording::built_in().word.title, &values);
    let made = || Element::text("dcterms:created", date(config.created)).with("xsi:type", "dcterms:W3CDTF");
    let core = Element::new("cp:coreProperties")
        .with("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties")
        .with("xmlns:dc", "http://purl.org/dc/elements/1.1/")
        .with("xmlns:dcterms", "http://purl.org/dc/terms/")
        .with("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
        .child(Element::text("dc:title", title))
        .child(Element::text("dc:creator", printed.agency()))
        .child(Element::text("dc:language", "th-TH"))
        .child(made());
    let extended = Element::new("Properties")
        .with("xmlns", "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties")
        .child(Element::text("Application", "itasheet"));
    package.metadata(&core, &extended);
}

/// How Word lays the document out: as its own versions of the last ten years do.
fn settings(computes_fields: bool) -> Element {
    let mode = Element::new("w:compatSetting")
        .with("w:name", "compatibilityMode")
        .with("w:uri", "http://schemas.microsoft.com/office/word")
        .with("w:val", "15");
    let fields = computes_fields.then(|| Element::value("w:updateFields", "true"));
    package::root("w:settings")
        .children(fields)
        .child(Element::new("w:compat").child(Element::new("w:applyBreakingRules")).child(mode))
        .child(Element::new("w:themeFontLang").with("w:val", "en-US").with("w:bidi", "th-TH"))
}

/// What the document was made from, for who checks it.
pub(super) fn small_print(context: &Context<'_>) -> Element {
    let values = [
        ("file", context.report.file_name.as_str()),
        ("sha256", context.report.sha256.as_str()),
        ("version", env!("CARGO_PKG_VERSION")),
    ];
    Paragraph::of(Style::SmallPrint, &fill(&Wording::built_in().word.small_print, &values)).element()
}

/// A time as properties have it, from seconds since 1970.
pub(crate) fn date(seconds: u64) -> String {
    let (days, second) = (seconds / DAY, seconds % DAY);
    // Years that begin with March, so that the odd day is the last: 400 of them have 146,097 days, all since 1 March of year 0.
    let days = days + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (month, later) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    let year = era * 400 + year + later;
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", second / 3600, second / 60 % 60, second % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_days_of_the_calendar() {
        assert_eq!(date(0), "1970-01-01T00:00:00Z");
        assert_eq!(date(crate::config::CREATED), "2024-10-01T00:00:00Z");
        assert_eq!(date(951_782_399), "2000-02-28T23:59:59Z");
        assert_eq!(date(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(date(4_107_542_400), "2100-03-01T00:00:00Z");
    }
}
