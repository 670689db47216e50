//! The document of one agency as Word opens it: cover, result with table and chart, part 1, part 2, lines to sign on.
//!
//! It takes a report, and from [`crate::write::printed`] the texts that the workbook prints too, and gives the document's bytes,
//! the same for the same data on every system. It decides no content: what stands where is all that it knows.

mod analysis;
mod appendix;
mod chart;
mod contents;
mod cover;
mod drawing;
mod element;
mod follow_up;
mod list;
mod memo;
mod package;
mod page;
mod paragraph;
mod picture;
mod plan;
mod properties;
mod result;
mod sheet_data;
mod style;
mod table;
mod theme;

use crate::config::Config;
use crate::domain::digits::Digits;
use crate::domain::document_part::DocumentPart;
use crate::error::Cause;
use crate::read::safety::catch_panic;
use crate::report::Report;
use crate::write::docx::contents::Headings;
use crate::write::docx::cover::CoverLines;
use crate::write::docx::list::Lists;
use crate::write::docx::package::{Package, Part};
use crate::write::docx::page::{Furniture, Paper};
pub(crate) use crate::write::docx::properties::date as calendar;
use crate::write::docx::style::Look;
use crate::write::printed::{Printed, Wording, fill};

/// What a document's name ends in.
pub const ENDING: &str = "docx";

/// The font of official Thai documents.
const FONT: &str = "TH SarabunPSK";

/// What stands in the name of fonts that draw Arabic digits as Thai ones: with Thai digits too there would be two kinds.
const THAI_DRAWING: &str = "IT๙";

/// Why a document could not be put together.
#[derive(Debug, thiserror::Error)]
enum DocumentError {
    /// The parts could not be packed.
    #[error(transparent)]
    Zip(#[from] zip::result::ZipError),
    /// Likewise, or the agency's picture could not be read.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The report is about something that the framework does not have.
    #[error("{0:?} is none of the framework's")]
    NoSubject(crate::plan::Subject),
    /// The picture is of no kind that Word shows.
    #[error("{0} is no PNG, JPEG, GIF or BMP picture")]
    Picture(std::path::PathBuf),
}

/// What every part of the document is written from.
struct Context<'a> {
    report: &'a Report,
    printed: Printed<'a>,
    digits: Digits,
    look: Look<'a>,
}

impl<'a> Context<'a> {
    fn new(report: &'a Report, config: &'a Config) -> Self {
        let profile = &config.profile;
        let font = profile.font.as_deref().unwrap_or(FONT);
        let digits = if font.contains(THAI_DRAWING) { Digits::Arabic } else { config.digits() };
        let heading = profile.heading_colour.as_deref().map(|colour| colour.trim_start_matches('#'));
        Self { report, printed: Printed::new(report, digits), digits, look: Look { font, heading } }
    }

    /// Adds what describes styles, fonts, colours and lists.
    fn furnish(&self, lists: &Lists, package: &mut Package) {
        package.add(Part::styles(&style::part(&self.look)));
        package.add(Part::fonts(&theme::fonts(&self.look)));
        package.add(Part::theme(&theme::theme(&self.look)));
        package.add(Part::numbering(&lists.part()));
    }
}

impl Report {
    /// The Word document's bytes; equal inputs give equal bytes.
    ///
    /// # Errors
    /// When a draft is to be published, or the document cannot be put together, which no input should bring about.
    pub fn document(&self, config: &Config) -> Result<Vec<u8>, Cause> {
        if self.draft && config.publish {
            return Err(Cause::Draft { year: self.assessment.framework.year });
        }
        catch_panic::program(|| make(self, config).map_err(|e| Cause::Document(e.to_string())))
    }
}

/// Makes the document's bytes.
fn make(report: &Report, config: &Config) -> Result<Vec<u8>, DocumentError> {
    let context = Context::new(report, config);
    let printed = &context.printed;
    let year = fill(&Wording::built_in().year, &[("year", &printed.year(0))]);
    let header = if report.draft { printed.draft_mark() } else { format!("{} {year}", printed.agency()) };
    let mut package = Package::new();
    let furniture = Furniture::new([header.trim(), printed.document()], context.digits, &mut package);
    let mut lists = Lists::new(context.digits);
    let has_contents = config.document_has(DocumentPart::Contents);
    let mut headings = Headings::new(has_contents);
    let mut front = Vec::new();
    if config.document_has(DocumentPart::Memo) {
        front.push((memo::write(&context), Paper::Cover));
    }
    let lines = CoverLines { title: printed.document(), below: vec![printed.shows(), year] };
    front.push((cover::write(&context, &lines, config.profile.logo.as_deref(), &mut package)?, Paper::Cover));
    let mut sections = vec![(result::write(&context, &mut headings, &mut package), Paper::First)];
    if printed.has_analysis() {
        let mut parts = analysis::write(&context, &mut headings)?;
        parts.extend(plan::write(&context, &mut headings, &mut lists));
        sections.push((parts, Paper::Landscape));
    }
    if config.document_has(DocumentPart::Appendix) {
        sections.push((appendix::write(&context, &mut headings), Paper::Portrait));
    }
    if has_contents {
        front.push((headings.contents(), Paper::Cover));
    }
    let small_print = properties::small_print(&context);
    package.document(&furniture.body(front.into_iter().chain(sections), small_print));
    properties::parts(&context, (printed.document(), 0), config, has_contents, &mut package);
    context.furnish(&lists, &mut package);
    package.bytes()
}
