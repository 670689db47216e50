//! What the two XML formats share: attributes by local name, text with its entities.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart};

use crate::error::Cause;

/// An attribute by its name without the prefix.
pub(in crate::read) fn attribute<'a>(element: &'a BytesStart<'_>, name: &str) -> Option<Cow<'a, str>> {
    let attribute = element
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)?;
    attribute.normalized_value(XmlVersion::Implicit1_0).ok()
}

/// An attribute that is a number; nothing where it is missing or none.
pub(in crate::read) fn number(element: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(element, name)?.trim().parse().ok()
}

/// The character that an entity such as `&amp;` or `&#3585;` stands for.
pub(in crate::read) fn entity(reference: &BytesRef<'_>) -> Option<char> {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return Some(c);
    }
    match reference.xml10_content().as_ref() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

/// XML that is broken.
#[allow(clippy::needless_pass_by_value, reason = "handed to map_err")]
pub(in crate::read) fn damaged(error: quick_xml::Error) -> Cause {
    Cause::Damaged(error.to_string())
}
