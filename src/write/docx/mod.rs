//! The document of one agency as Word opens it: cover, result with table and chart, part 1, part 2, lines to sign on.
//!
//! It takes a report, and from [`crate::write::printed`] the texts that the workbook prints too, and gives the document's bytes,
//! the same for the same data on every system. It decides no content: what stands where is all that it knows.

mod analysis;
mod chart;
mod cover;
mod drawing;
mod element;
mod list;
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
use crate::error::Cause;
use crate::read::safety::catch_panic;
use crate::report::Report;
use crate::write::docx::element::Element;
use crate::write::docx::list::Lists;
use crate::write::docx::package::{Package, Part};
use crate::write::docx::page::{Furniture, Paper};
use crate::write::docx::style::Look;
use crate::write::printed::Printed;

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
    let profile = &config.profile;
    let font = profile.font.as_deref().unwrap_or(FONT);
    let digits = if font.contains(THAI_DRAWING) { Digits::Arabic } else { config.digits() };
    let look = Look { font, heading: profile.heading_colour.as_deref().map(|colour| colour.trim_start_matches('#')) };
    let context = Context { report, printed: Printed::new(report, digits), digits, look };
    let mut package = Package::new();
    let furniture = Furniture::new(&context, &mut package);
    let mut lists = Lists::new(digits);
    let mut body = Element::new("w:body");
    body.extend(cover::write(&context, profile.logo.as_deref(), &mut package)?);
    body.push(furniture.section_end(Paper::Cover));
    body.extend(result::write(&context, &mut package));
    let has_analysis = context.printed.has_analysis();
    if has_analysis {
        body.push(furniture.section_end(Paper::Portrait));
        body.extend(analysis::write(&context)?);
        body.extend(plan::write(&context, &mut lists));
    }
    body.push(properties::small_print(&context));
    body.push(furniture.section(if has_analysis { Paper::Landscape } else { Paper::Portrait }));
    package.document(&body);
    package.add(Part::styles(&style::part(&context.look)));
    package.add(Part::fonts(&theme::fonts(&context.look)));
    package.add(Part::theme(&theme::theme(&context.look)));
    package.add(Part::numbering(&lists.part()));
    properties::parts(&context, config, &mut package);
    package.bytes()
}
