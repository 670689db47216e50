//! Bytes into text: which encoding they are in, found by looking.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_874};

/// How much of a file is looked at to tell its encoding.
const HEAD: usize = 1 << 20;

/// An encoding of text that the user names, such as `windows-874`, `tis-620`, `utf-8`, `utf-16le`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

impl FromStr for Encoding {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let name = name.trim().to_ascii_lowercase();
        let number = name.strip_prefix("cp").unwrap_or(&name);
        let known = encoding_rs::Encoding::for_label(name.as_bytes())
            .or_else(|| encoding_rs::Encoding::for_label(format!("windows-{number}").as_bytes()));
        known
            .map(Self)
            .ok_or_else(|| "not a known encoding; use utf-8, windows-874, tis-620, utf-16le or utf-16be".to_owned())
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name())
    }
}

/// Text that has been decoded.
pub(in crate::read) struct Decoded<'a> {
    pub text: Cow<'a, str>,
    pub encoding: &'static str,
    /// Places that could not be decoded.
    pub undecoded: usize,
}

/// Whether bytes can be text: NUL bytes are in UTF-16 only.
pub(in crate::read) fn may_be_text(bytes: &[u8]) -> bool {
    !bytes.get(..HEAD).unwrap_or(bytes).contains(&0) || utf16(bytes).is_some() || is_utf32(bytes).is_some()
}

impl Decoded<'_> {
    /// Whether this is text: hardly any control characters.
    pub(in crate::read) fn is_text(&self) -> bool {
        let (controls, all) = self.text.chars().take(HEAD).fold((0, 0), |(controls, all), c| {
            let control = c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{80}'..='\u{9F}');
            (controls + usize::from(control), all + 1)
        });
        controls * 100 <= all
    }
}

/// Decodes text: as the user says, or by byte order mark, NUL bytes, validity as UTF-8, what a web page declares, and last
/// by the frequency of its letters.
pub(in crate::read) fn decode(bytes: &[u8], given: Option<Encoding>) -> Decoded<'_> {
    if let Some(Encoding(encoding)) = given {
        return with(encoding, bytes);
    }
    if let Some(little) = is_utf32(bytes) {
        return utf32(bytes, little);
    }
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        return with(encoding, bytes);
    }
    if let Some(encoding) = utf16(bytes) {
        return with(encoding, bytes);
    }
    if std::str::from_utf8(bytes).is_ok() {
        return with(UTF_8, bytes);
    }
    // A few bad bytes, as a cut or a paste leaves them, do not make it another encoding.
    let chunks = bytes.get(..HEAD).unwrap_or(bytes).utf8_chunks();
    let (bad, good) = chunks.fold((0, 0), |(bad, good), chunk| {
        (bad + usize::from(!chunk.invalid().is_empty()), good + chunk.valid().chars().filter(|c| !c.is_ascii()).count())
    });
    if bad * 20 < good {
        return with(UTF_8, bytes);
    }
    if let Some(encoding) = declared(bytes) {
        return with(encoding, bytes);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes.get(..HEAD).unwrap_or(bytes), bytes.len() <= HEAD);
    with(detector.guess(Some(b"th"), Utf8Detection::Deny), bytes)
}

/// Whether texts of one byte a sign look Thai by the frequency of their letters.
pub(in crate::read) fn is_thai(texts: &[&[u8]]) -> bool {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    texts.iter().for_each(|text| _ = detector.feed(text, false));
    detector.guess(Some(b"th"), Utf8Detection::Deny) == WINDOWS_874
}

/// The text of an XML part that is not in UTF-8; nothing where it is.
pub(in crate::read) fn of_xml(part: &[u8]) -> Option<String> {
    let head = part.get(..4).unwrap_or(part);
    let encoding = if head.contains(&0) || head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") {
        utf16(part)
    } else {
        declared(part.get(..128).unwrap_or(part)).filter(|_| std::str::from_utf8(part).is_err())
    };
    encoding.map(|encoding| encoding.decode(part).0.into_owned())
}

/// Text in UTF-8, or in UTF-16 where a byte order mark says so; the encoding's name where the bytes are not of it.
pub(in crate::read) fn marked(bytes: &[u8]) -> Result<Cow<'_, str>, &'static str> {
    let (encoding, mark) = encoding_rs::Encoding::for_bom(bytes).unwrap_or((UTF_8, 0));
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes.get(mark..).unwrap_or_default());
    text.ok_or(encoding.name())
}

fn with<'a>(encoding: &'static encoding_rs::Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, encoding, failed) = encoding.decode(bytes);
    let undecoded = if failed { text.matches('\u{FFFD}').count() } else { 0 };
    Decoded { text, encoding: encoding.name(), undecoded }
}

/// Whether bytes are UTF-32 in little-endian order, or in the other one; nothing where they are not.
fn is_utf32(bytes: &[u8]) -> Option<bool> {
    let units = || bytes.get(..4096).unwrap_or(bytes).chunks_exact(4);
    let all = |is: fn(&[u8]) -> bool| bytes.len() >= 16 && units().all(is);
    // Half of all bytes are zeros: tables have no signs beyond FFFF.
    if all(|unit| matches!(unit, [_, _, 0, 0])) {
        Some(true)
    } else if all(|unit| matches!(unit, [0, 0, _, _])) {
        Some(false)
    } else {
        None
    }
}

fn utf32(bytes: &[u8], little: bool) -> Decoded<'_> {
    let units = bytes.chunks_exact(4).filter_map(|unit| unit.first_chunk::<4>());
    let number = |unit: &[u8; 4]| if little { u32::from_le_bytes(*unit) } else { u32::from_be_bytes(*unit) };
    let text: String = units.map(|unit| char::from_u32(number(unit)).unwrap_or('\u{FFFD}')).collect();
    let undecoded = text.matches('\u{FFFD}').count();
    let text = text.trim_start_matches('\u{FEFF}').to_owned();
    Decoded { text: Cow::Owned(text), encoding: if little { "UTF-32LE" } else { "UTF-32BE" }, undecoded }
}

/// UTF-16 without a byte order mark shows by NULs in every second place: separators, digits and line ends have one.
fn utf16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    if bytes.starts_with(b"\xFF\xFE") {
        return Some(UTF_16LE);
    }
    if bytes.starts_with(b"\xFE\xFF") {
        return Some(UTF_16BE);
    }
    let head = bytes.get(..4096).unwrap_or(bytes);
    let nuls = |start: usize| head.iter().skip(start).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (nuls(0), nuls(1));
    let pairs = head.len() / 2;
    // One in twenty pairs is a Latin character even in a table that is mostly Thai.
    let enough = |count: usize| pairs > 0 && count * 20 >= pairs;
    if enough(odd) && even * 20 < odd {
        Some(UTF_16LE)
    } else if enough(even) && odd * 20 < even {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The encoding that a web page or an XML file declares in its first lines.
fn declared(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..2048).unwrap_or(bytes)).to_ascii_lowercase();
    if !head.trim_start().starts_with('<') {
        return None;
    }
    ["charset=", "encoding="].iter().find_map(|key| {
        let (_, after) = head.split_once(key)?;
        let label = after.trim_start_matches(['"', '\'', ' ']).split(['"', '\'', ' ', '>', ';', '/', '?']).next()?;
        // A page whose bytes are not UTF-8 is not so because it says so.
        encoding_rs::Encoding::for_label(label.as_bytes()).filter(|encoding| *encoding != UTF_8)
    })
}
