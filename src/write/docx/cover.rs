//! The first page: the agency's picture, the document's name, what it shows, whose it is.

use std::path::Path;

use crate::write::docx::element::Element;
use crate::write::docx::package::{Package, Part};
use crate::write::docx::paragraph::Paragraph;
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
    let unknown = || DocumentError::Picture(path.to_owned());
    let size = imagesize(&bytes).ok_or_else(unknown)?;
    let ending = if bytes.starts_with(PNG) { "png" } else { "jpeg" };
    let id = package.add(Part::picture(ending, bytes));
    let height = HEIGHT_CM * drawing::CENTIMETRE;
    let width = height * f64::from(size.0) / f64::from(size.1.max(1));
    Ok(drawing::picture(&id, (width, height), &Wording::built_in().logo))
}

/// What a PNG and a JPEG file begin with.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
const JPEG: &[u8] = b"\xff\xd8";

/// Width and height of a picture in pixels; nothing for what is neither PNG nor JPEG.
fn imagesize(bytes: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize, length: usize| {
        let field = bytes.get(at..at.checked_add(length)?)?;
        Some(field.iter().fold(0, |number: u32, byte| number << 8 | u32::from(*byte)))
    };
    if bytes.starts_with(PNG) {
        return Some((number(16, 4)?, number(20, 4)?));
    }
    if !bytes.starts_with(JPEG) {
        return None;
    }
    let mut at = 2;
    loop {
        let marker = number(at, 2)?;
        let length = usize::try_from(number(at + 2, 2)?).ok()?;
        // The frame's header, whichever way the picture is coded; the three between are other things.
        if (0xFFC0..=0xFFCF).contains(&marker) && ![0xFFC4, 0xFFC8, 0xFFCC].contains(&marker) {
            return Some((number(at + 7, 2)?, number(at + 5, 2)?));
        }
        at += 2 + length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_of_a_picture_is_read_or_it_is_none() {
        let png = [PNG, b"\0\0\0\rIHDR\0\0\0\x20\0\0\0\x10"].concat();
        assert_eq!(imagesize(&png), Some((32, 16)));
        let jpeg = [JPEG, b"\xff\xe0\0\x04ab\xff\xc0\0\x0b\x08\0\x10\0\x20\x01"].concat();
        assert_eq!(imagesize(&jpeg), Some((32, 16)));
        for bytes in [b"GIF89a".as_slice(), JPEG, PNG, b""] {
            assert_eq!(imagesize(bytes), None);
        }
    }
}
