//! The first page: the agency's picture, the document's name, what it shows, whose it is.

use std::path::Path;

use crate::write::docx::element::Element;
use crate::write::docx::package::{Package, Part};
use crate::write::docx::paragraph::Paragraph;
use crate::write::docx::picture::Picture;
use crate::write::docx::style::Style;
use crate::write::docx::{Context, DocumentError, drawing};
use crate::write::printed::{Wording, fill};

/// Space above the first line, in twentieths of a point: a third of the page.
const ABOVE: u32 = 3400;
/// The picture's height in centimetres.
const HEIGHT_CM: f64 = 3.5;

pub(super) fn write(
    context: &Context<'_>,
    logo: Option<&Path>,
    package: &mut Package,
) -> Result<Vec<Element>, DocumentError> {
    let printed = &context.printed;
    let year = fill(&Wording::built_in().year, &[("year", &printed.year(0))]);
    let mut paragraphs = Vec::new();
    if let Some(logo) = logo {
        paragraphs.push(Paragraph::new(Style::Picture).below(ABOVE / 2).with(picture(logo, package)?));
    }
    let above = if logo.is_some() { ABOVE / 8 } else { ABOVE };
    paragraphs.push(Paragraph::of(Style::Title, printed.document()).below(above));
    paragraphs.push(Paragraph::of(Style::Subtitle, &printed.shows()));
    paragraphs.push(Paragraph::of(Style::Subtitle, &year));
    paragraphs.push(Paragraph::of(Style::Subtitle, printed.agency_line()).below(ABOVE / 2));
    paragraphs.push(Paragraph::of(Style::Subtitle, &printed.place_line()));
    Ok(paragraphs.into_iter().map(Paragraph::element).collect())
}

/// The agency's picture in a run.
fn picture(path: &Path, package: &mut Package) -> Result<Element, DocumentError> {
    let bytes = std::fs::read(path)?;
    let Some(Picture { kind, size }) = Picture::of(&bytes) else {
        return Err(DocumentError::Picture(path.to_owned()));
    };
    let id = package.add(Part::picture(kind, bytes));
    let height = HEIGHT_CM * drawing::CENTIMETRE;
    let width = height * f64::from(size.0) / f64::from(size.1.max(1));
    Ok(drawing::picture(&id, (width, height), &Wording::built_in().logo))
}
