//! Texts that were spoilt on their way: HTML in cells, Thai read in a Western code page, sara am lost by a converter.
//!
//! It takes a book that has been read and gives it with the texts put right, and a finding for each kind of repair. The
//! repaired text is what everything else reads; numbers are never touched.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use encoding_rs::{WINDOWS_874, WINDOWS_1252};

use crate::domain::sheet_names;
use crate::finding::{Finding, FindingCode, Place};
use crate::read::html_text;
use crate::read::{Book, CellRef, Value};

/// Spoilt spellings and what they were, a pair a line: only such as are no Thai words themselves.
const SPELLINGS: &str = include_str!("spellings.txt");

/// Repairs the texts of a book; returns what was done.
pub fn repair(book: &mut Book) -> Vec<Finding> {
    let mut places: BTreeMap<FindingCode, Vec<Place>> = BTreeMap::new();
    let undecoded = book.source.undecoded;
    // What the program's own formulas come to is computed here again.
    let is_own = sheet_names::are_of_a_report(|| book.sheets.iter().map(|sheet| &*sheet.name));
    for sheet in &mut book.sheets {
        let mut found: Vec<(FindingCode, CellRef)> = Vec::new();
        for cell in sheet.cells_mut() {
            if cell.value == Value::Formula && !is_own {
                found.push((FindingCode::FormulaUncalculated, cell.at));
            }
            let Value::Text(text) = &mut cell.value else { continue };
            if let Some(repaired) = encoded_twice(text).or_else(|| thai_of_western(text)) {
                *text = repaired;
                found.push((FindingCode::TextWrongEncoding, cell.at));
            }
            if let Some(repaired) = without_html(text) {
                *text = repaired;
                found.push((FindingCode::TextHtml, cell.at));
            }
            if let Some(repaired) = respelled(text) {
                *text = repaired;
                found.push((FindingCode::TextRespelled, cell.at));
            }
            if text.contains('\u{FFFD}') {
                found.push((FindingCode::TextUndecoded, cell.at));
            }
        }
        for (code, at) in found {
            places.entry(code).or_default().push(sheet.place(at));
        }
    }
    let mut of = |code| {
        let places = places.remove(&code)?;
        Some(Finding::new(code, "").found(places.len()).at(places))
    };
    let wrong_encoding = of(FindingCode::TextWrongEncoding);
    // What cannot be decoded may stand in no cell.
    let encoding = book.source.encoding.unwrap_or("UTF-8");
    let lost = of(FindingCode::TextUndecoded).map(|finding| finding.expected(encoding));
    let lost = match (lost, undecoded) {
        (lost, 0) => lost,
        (lost, count) => {
            let finding = lost.unwrap_or(Finding::new(FindingCode::TextUndecoded, "").expected(encoding));
            Some(finding.found(count))
        }
    };
    [
        of(FindingCode::FormulaUncalculated),
        wrong_encoding,
        lost,
        of(FindingCode::TextHtml),
        of(FindingCode::TextRespelled),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The Thai of a text whose UTF-8 was read as a Thai or a Western code page: `เน€เธ—เธจ` or `à¹€à¸—à¸¨` for `เทศ`.
///
/// Spaces stand for bytes that the code page shows as one; what else was lost on the way stays lost.
fn encoded_twice(text: &str) -> Option<String> {
    let pairs = |first: char, second: [char; 2]| {
        let signs = text.chars().zip(text.chars().skip(1));
        signs.filter(|(a, b)| *a == first && second.contains(b)).count()
    };
    let page = if pairs('เ', ['ธ', 'น']) >= 2 {
        WINDOWS_874
    } else if pairs('à', ['¸', '¹']) >= 2 {
        WINDOWS_1252
    } else {
        return None;
    };
    let mut bytes: Vec<u8> = Vec::with_capacity(text.len());
    for c in text.chars() {
        let mut buffer = [0; 4];
        let (own, _, unknown) = page.encode(c.encode_utf8(&mut buffer));
        let continues = matches!(bytes.as_slice(), [.., 0xE0, 0xB8 | 0xB9]);
        match own.first() {
            Some(b' ') if continues => bytes.push(0xA0),
            Some(byte) if !unknown => bytes.push(*byte),
            _ => bytes.push(0xFF),
        }
    }
    let repaired = String::from_utf8_lossy(&bytes);
    let thai = repaired.chars().filter(|c| ('\u{0E01}'..='\u{0E5B}').contains(c)).count();
    let lost = repaired.chars().filter(|c| *c == '\u{FFFD}').count();
    // Thai words are no UTF-8 when they are taken for bytes.
    (thai >= 2 && lost * 5 <= thai).then(|| repaired.into_owned())
}

/// The Thai of a text whose TIS-620 bytes were read as Western letters: `ÊÓ¹Ñ¡` for `สำนัก`.
fn thai_of_western(text: &str) -> Option<String> {
    let western = text.chars().filter(|c| ('\u{A1}'..='\u{FB}').contains(c)).count();
    let thai = text.chars().any(|c| ('\u{0E01}'..='\u{0E5B}').contains(&c));
    if western < 3 || thai {
        return None;
    }
    let (bytes, _, lost) = WINDOWS_1252.encode(text);
    let (repaired, _, unknown) = (!lost).then(|| WINDOWS_874.decode(&bytes))?;
    let letters = repaired.chars().filter(|c| c.is_alphabetic() && !c.is_ascii()).count();
    // Words of a Western language have few such letters among plain ones.
    let plain = text.chars().filter(char::is_ascii_alphabetic).count();
    (!unknown && letters >= 2 && western > plain * 2).then(|| repaired.into_owned())
}

/// The text without tags and with entities resolved: a paragraph or line break ends a line.
fn without_html(text: &str) -> Option<String> {
    let has_tag = text.match_indices('<').any(|(at, _)| {
        let rest = text.get(at + 1..).unwrap_or_default().trim_start_matches('/');
        rest.starts_with(|c: char| c.is_ascii_alphabetic()) && rest.contains('>')
    });
    let has_entity = text.match_indices('&').any(|(at, _)| {
        let rest = text.get(at + 1..).unwrap_or_default();
        rest.find(';').is_some_and(|end| (2..=8).contains(&end) && rest.get(..end).is_some_and(is_entity_name))
    });
    if !has_tag && !has_entity {
        return None;
    }
    Some(html_text(text).trim().to_owned())
}

fn is_entity_name(name: &str) -> bool {
    name.strip_prefix('#').map_or(name.chars().all(|c| c.is_ascii_alphanumeric()), |number| {
        number.trim_start_matches(['x', 'X']).chars().all(|c| c.is_ascii_hexdigit())
    })
}

/// The text with sara am where a converter has lost it, split it or put it in place of sara aa.
fn respelled(text: &str) -> Option<String> {
    static WORDS: OnceLock<Option<(AhoCorasick, Vec<&'static str>)>> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        let pairs = SPELLINGS.lines().filter_map(|line| line.split_once(' '));
        let (wrong, right): (Vec<&str>, Vec<&str>) = pairs.unzip();
        // The quickest to be built: a file has few texts.
        let kind = Some(AhoCorasickKind::NoncontiguousNFA);
        let finder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).kind(kind).build(wrong).ok()?;
        Some((finder, right))
    });
    let mut out = split_sara_am(text);
    if let Some((finder, right)) = words
        && finder.is_match(out.as_deref().unwrap_or(text))
    {
        out = Some(finder.replace_all(out.as_deref().unwrap_or(text), right));
    }
    // Words that look like a spoilt one stand in the list as themselves.
    out.filter(|repaired| repaired != text)
}

/// Sara aa behind a space or an unknown character, and sara am behind an unknown one, were sara am: no word begins so.
fn split_sara_am(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut changed = false;
    for c in text.chars() {
        if matches!(c, 'า' | 'ำ') {
            let unknown = out.ends_with('\u{FFFD}');
            let space = c == 'า' && out.ends_with(' ') && out.trim_end().ends_with(|c| ('ก'..='ฮ').contains(&c));
            if unknown || space {
                out.truncate(if unknown { out.len() - '\u{FFFD}'.len_utf8() } else { out.trim_end().len() });
                out.push('ำ');
                changed = true;
                continue;
            }
        }
        out.push(c);
    }
    changed.then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thai_read_as_western_letters_is_read_again() {
        assert_eq!(thai_of_western("ÊÓ¹Ñ¡").as_deref(), Some("สำนัก"));
        for text in ["résumé déjà vu", "Köln", "สำนัก", "i1", "±0.5"] {
            assert_eq!(thai_of_western(text), None, "{text}");
        }
    }

    #[test]
    fn thai_encoded_twice_is_decoded_twice() {
        let meant = "เทศบาลตำบล ภาษา เป็น ITA 2567";
        for page in [WINDOWS_874, WINDOWS_1252] {
            let (spoilt, ..) = page.decode_without_bom_handling(meant.as_bytes());
            assert_eq!(encoded_twice(&spoilt).as_deref(), Some(meant), "{spoilt}");
            // A no-break space is easily lost to a plain one.
            assert_eq!(encoded_twice(&spoilt.replace('\u{A0}', " ")).as_deref(), Some(meant), "{spoilt}");
        }
        for text in ["เธอเน้นเนื้อหาเธอ", "เนติธรรม เธอ เน", "à la carte", "เทศบาล"]
        {
            assert_eq!(encoded_twice(text), None, "{text}");
        }
    }

    #[test]
    fn tags_and_entities_go_and_paragraphs_stay_lines() {
        assert_eq!(without_html("<p>ข้อ <b>i1</b></p>").as_deref(), Some("ข้อ i1"));
        assert_eq!(without_html("i1&nbsp;: Q&amp;A").as_deref(), Some("i1\u{A0}: Q&A"));
        assert_eq!(without_html("ก<br/>ข").as_deref(), Some("ก\nข"));
        for text in ["a < b", "Q&A", "คะแนน <85", "R&D; x"] {
            assert_eq!(without_html(text), None, "{text}");
        }
    }

    #[test]
    fn lost_sara_am_comes_back() {
        for (spoilt, meant) in [
            ("ด าเนินงาน", "ดำเนินงาน"),
            ("ประจ\u{FFFD}าปี", "ประจำปี"),
            ("ด\u{FFFD}ำเนิน", "ดำเนิน"),
            ("ดาเนินงาน", "ดำเนินงาน"),
            ("กำรดำเนินกำร", "การดำเนินการ"),
            ("ตำรำงคะแนน", "ตารางคะแนน"),
        ] {
            assert_eq!(respelled(spoilt).as_deref(), Some(meant), "{spoilt}");
        }
        for text in ["ทำงานตามตาราง", "บริษัทจำกัด", "ความจำเป็น", "อำเภอเมือง", "นา ข้าว"]
        {
            assert_eq!(respelled(text), None, "{text}");
        }
    }
}
