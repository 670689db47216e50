//! The first page: the agency's picture, the document's name, what it shows, whose it is.

use std::path::Path;

use crate::typeset::TextBox;
use crate::write::docx::element::Element;
use crate::write::docx::package::{Package, Part};
use crate::write::docx::page::Paper;
use crate::write::docx::paragraph::Paragraph;
use crate::write::docx::picture::Picture;
use crate::write::docx::style::Style;
use crate::write::docx::{Context, DocumentError, drawing};
use crate::write::printed::{Wording, breaks};

/// Space above the first line, in twentieths of a point: a third of the page.
const ABOVE: u32 = 3400;
/// The share of the width that is filled: the same font is drawn a little differently by every program.
const WIDEST: f64 = 0.94;
/// The picture's height in centimetres.
const HEIGHT_CM: f64 = 3.5;

/// What the cover says above whose it is.
pub(super) struct CoverLines<'a> {
    /// The document's name.
    pub title: &'a str,
    /// What it shows, of which year.
    pub below: Vec<String>,
}

pub(super) fn write(
    context: &Context<'_>,
    lines: &CoverLines<'_>,
    logo: Option<&Path>,
    package: &mut Package,
) -> Result<Vec<Element>, DocumentError> {
    let printed = &context.printed;
    let mut paragraphs = Vec::new();
    if let Some(logo) = logo {
        paragraphs.push(Paragraph::new(Style::Picture).below(ABOVE / 2).with(picture(logo, package)?));
    }
    let above = if logo.is_some() { ABOVE / 8 } else { ABOVE };
    paragraphs.push(line(Style::Title, lines.title).below(above));
    paragraphs.extend(lines.below.iter().map(|text| line(Style::Subtitle, text)));
    paragraphs.push(line(Style::Subtitle, printed.agency_line()).below(ABOVE / 2));
    paragraphs.push(line(Style::Subtitle, &printed.place_line()));
    if context.report.draft {
        // The cover has no header, which says so on every other page.
        paragraphs.push(line(Style::Subtitle, &printed.draft_mark()).below(ABOVE / 4));
    }
    Ok(paragraphs.into_iter().map(Paragraph::element).collect())
}

/// A line of the cover. One that is too long is broken between words into lines of about one length.
fn line(style: Style, text: &str) -> Paragraph {
    let breaks = breaks();
    let fitted = |share: f64| {
        let width_pt = f64::from(Paper::Cover.text_width()) / 20.0 * share;
        TextBox { width_pt, size_pt: style.points(), bold: true }
    };
    let lines = fitted(WIDEST).lines(text, breaks);
    let shares = (1..50).map(|step| WIDEST - f64::from(step) * 0.015);
    let narrowest = shares.take_while(|share| fitted(*share).lines(text, breaks) == lines).last();
    let pieces = fitted(narrowest.filter(|_| lines > 1).unwrap_or(WIDEST)).split(text, 1, breaks);
    Paragraph::of(style, &pieces.join("\n"))
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
