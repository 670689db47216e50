//! Quotes of a delimited text as its parser knows them: at the first sign of a field, doubled inside it.

use std::borrow::Cow;

/// The text with quotes put right: those behind spaces, those escaped by a backslash, and lone ones, which are signs.
pub(super) fn mended(text: &str, separator: u8) -> Cow<'_, str> {
    if !text.contains('"') {
        return Cow::Borrowed(text);
    }
    let escaped = without_backslashes(text, separator);
    let spaced = match without_spaces(&escaped, separator) {
        Some(spaced) => Cow::Owned(spaced),
        None => escaped,
    };
    match without_lone_quotes(&spaced, separator) {
        Some(mended) => Cow::Owned(mended),
        None => spaced,
    }
}

fn is_end(byte: Option<&u8>, separator: u8) -> bool {
    byte.is_none_or(|byte| *byte == separator || *byte == b'\n')
}

/// Inside a field, `\"` becomes `""` where it does not end the field.
fn without_backslashes(text: &str, separator: u8) -> Cow<'_, str> {
    if !text.contains("\\\"") {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    let mut kept = 0;
    for (at, _) in text.match_indices("\\\"") {
        let behind = bytes.get(at + 2);
        let closes = behind == Some(&b'"') && is_end(bytes.get(at + 3), separator);
        if is_end(behind, separator) || behind == Some(&b'"') && !closes {
            continue;
        }
        out.push_str(text.get(kept..at).unwrap_or_default());
        out.push_str("\"\"");
        kept = at + 2;
    }
    out.push_str(text.get(kept..).unwrap_or_default());
    Cow::Owned(out)
}

/// Spaces between a separator and a quoted field, and behind that, are left out.
fn without_spaces(text: &str, separator: u8) -> Option<String> {
    let bytes = text.as_bytes();
    let mut out = String::new();
    let (mut kept, mut at) = (0, 0);
    while let Some(quote) = text.get(at..).and_then(|rest| rest.find('"')).map(|found| at + found) {
        let before = text.get(..quote).unwrap_or_default();
        let start = before.trim_end_matches(' ').len();
        let opens = is_end(start.checked_sub(1).and_then(|before| bytes.get(before)), separator);
        let close = if opens { closing_quote(text, quote + 1) } else { None };
        let Some(close) = close else {
            at = quote + 1;
            continue;
        };
        let behind = text.get(close + 1..).unwrap_or_default();
        let spaces = behind.len() - behind.trim_start_matches(' ').len();
        at = close + 1;
        if (start < quote || spaces > 0) && is_end(bytes.get(close + 1 + spaces), separator) {
            out.push_str(text.get(kept..start).unwrap_or_default());
            out.push_str(text.get(quote..=close).unwrap_or_default());
            kept = close + 1 + spaces;
        }
    }
    if kept == 0 {
        return None;
    }
    out.push_str(text.get(kept..).unwrap_or_default());
    Some(out)
}

/// The text without quotes that open a field and are closed lines below, in front of anything but a field's end, or
/// never: such a quote was typed as a sign, and would swallow the rows behind it.
fn without_lone_quotes(text: &str, separator: u8) -> Option<String> {
    let mut mended = String::new();
    let (mut kept, mut at) = (0, 0);
    let is_end = |byte: Option<&u8>| is_end(byte, separator);
    let bytes = text.as_bytes();
    while let Some(quote) = text.get(at..).and_then(|rest| rest.find('"')).map(|found| at + found) {
        let opens = is_end(quote.checked_sub(1).and_then(|before| bytes.get(before)));
        let close = if opens { closing_quote(text, quote + 1) } else { Some(quote) };
        let inner = text.get(quote..close.unwrap_or(text.len())).unwrap_or_default();
        let lone = opens && inner.contains('\n') && close.is_none_or(|close| !is_end(bytes.get(close + 1)));
        if lone {
            mended.push_str(text.get(kept..quote).unwrap_or_default());
            kept = quote + 1;
        }
        at = if lone { quote } else { close.unwrap_or(text.len()) } + 1;
    }
    if kept == 0 {
        return None;
    }
    mended.push_str(text.get(kept..).unwrap_or_default());
    Some(mended)
}

/// The quote that ends a quoted field; two quotes in it stand for one.
fn closing_quote(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let quote = at + text.get(at..)?.find('"')?;
        if text.as_bytes().get(quote + 1) != Some(&b'"') {
            return Some(quote);
        }
        at = quote + 2;
    }
}
