//! What TH Sarabun New and TH SarabunPSK measure: advance widths and line height.
//!
//! The two faces have the same widths. Numbers are the `hmtx` and `hhea` tables of TH Sarabun New 1.35 (2011), which has
//! 1,000 units to the em, and agree with TH SarabunPSK 2.0 (2016) character for character.

/// The size Thai official documents are set in, in points.
pub const DEFAULT_SIZE_PT: f64 = 16.0;

/// How much wider bold text is taken to be than regular text.
///
/// The `hmtx` of TH Sarabun New Bold makes official prose 1.042 times as wide, and no 40 characters of it more than 1.061
/// times. On a Windows screen the face's `hdmx` table makes it wider still, 1.13 times at 16 pt.
pub const BOLD_FACTOR: f64 = 1.06;

/// Advance of a character that the face lacks: the fallback face is unknown, so a full em.
const UNKNOWN: u16 = 1000;

/// Advance of an emoji or other pictograph, which fallback faces draw wider than an em.
const PICTOGRAPH: u16 = 1400;

/// A tab runs to the next stop, at most 1.25 cm away: 2.6 em of the smallest size in use, 14 pt.
const TAB: u16 = 2600;

/// U+0020 to U+007E.
#[rustfmt::skip]
const ASCII: [u16; 95] = [
    216, 147, 208, 403, 361, 585, 423, 120, 190, 190, 285, 411, 162, 216, 162, 270, 362, 362, 362, 362,
    362, 362, 362, 362, 362, 362, 162, 162, 411, 411, 411, 283, 536, 400, 378, 406, 431, 351, 351, 425,
    441, 147, 264, 376, 353, 548, 441, 486, 378, 487, 379, 352, 379, 466, 390, 588, 418, 366, 424, 196,
    262, 196, 412, 352, 204, 344, 401, 331, 401, 374, 206, 311, 390, 143, 155, 316, 200, 601, 390, 398,
    401, 401, 217, 282, 238, 390, 341, 507, 318, 337, 321, 208, 153, 208, 416,
];

/// U+00A0 to U+00FF.
#[rustfmt::skip]
const LATIN_1: [u16; 96] = [
    216, 151, 411, 411, 411, 411, 153, 374, 212, 536, 246, 298, 420, 216, 536, 352, 212, 411, 254, 254,
    212, 406, 374, 162, 212, 254, 285, 294, 536, 536, 536, 289, 400, 400, 400, 400, 400, 400, 582, 406,
    351, 351, 351, 351, 147, 147, 147, 147, 431, 441, 486, 486, 486, 486, 486, 411, 486, 466, 466, 466,
    466, 366, 380, 392, 344, 344, 344, 344, 344, 344, 608, 331, 374, 374, 374, 374, 143, 143, 143, 143,
    362, 390, 398, 398, 398, 398, 398, 411, 398, 390, 390, 390, 390, 337, 432, 337,
];

/// U+0E01 to U+0E5B. Vowels and tone marks above or below a consonant advance by nothing; U+0E3B to U+0E3E are unassigned.
#[rustfmt::skip]
const THAI: [u16; 91] = [
    386, 378, 382, 393, 393, 408, 294, 367, 377, 380, 384, 519, 519, 425, 425, 343, 461, 532, 543, 391,
    391, 378, 430, 335, 420, 428, 428, 381, 381, 447, 447, 425, 400, 375, 322, 378, 381, 425, 335, 393,
    438, 381, 427, 454, 387, 372, 391, 357,   0, 316, 316,   0,   0,   0,   0,   0,   0,   0,   0,   0,
      0,   0, 411, 203, 377, 237, 242, 244, 205, 399,   0,   0,   0,   0,   0,   0,   0,   0, 450, 449,
    449, 449, 449, 449, 449, 449, 449, 449, 449, 522, 697,
];

/// Advance width of `c` in the regular weight, in thousandths of an em.
///
/// From 0 (a mark that sits on its consonant) to 2600 (a tab). A character that the face lacks gets a generous 1000, an
/// emoji 1400.
///
/// ```
/// assert_eq!(itasheet::typeset::advance('ก'), 386);
/// assert_eq!(itasheet::typeset::advance('\u{E49}'), 0);
/// ```
pub fn advance(c: char) -> u16 {
    let from = |table: &[u16], first: u32| table.get((u32::from(c) - first) as usize).copied().unwrap_or(UNKNOWN);
    match c {
        '\t' => TAB,
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' => 0,
        ' '..='~' => from(&ASCII, 0x20),
        '\u{A0}'..='ÿ' => from(&LATIN_1, 0xA0),
        'ก'..='๛' => from(&THAI, 0xE01),
        '\u{300}'..='\u{36F}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' => 0,
        '–' => 360,
        '—' => 720,
        '‘'..='‛' => 247,
        '“'..='‟' => 370,
        '†' | '‡' => 374,
        '•' => 216,
        '…' => 479,
        '‰' => 829,
        '′' => 125,
        '″' => 214,
        '€' => 406,
        '™' => 505,
        '⅓'..='⅞' => 536,
        '−' | '≈' | '≠' | '≤' | '≥' => 411,
        '\u{1F000}'.. => PICTOGRAPH,
        _ => UNKNOWN,
    }
}

/// Height of one line of text at 96 dots per inch, in pixels of 0.75 pt: 28 (1.31 em) at 16 pt.
///
/// Office programs round the face's ascent (0.844 em) and descent (0.457 em) to whole pixels one by one, at a whole-pixel
/// font size, and leave out the face's line gap of 0.03 em; the face's `VDMX` table tells Windows the same 18 and 10 pixels.
///
/// ```
/// assert_eq!([14.0, 16.0, 18.0, 20.0].map(itasheet::typeset::line_px), [25, 28, 31, 35]);
/// ```
pub fn line_px(size_pt: f64) -> u32 {
    let em = em_px(size_pt);
    ((0.844 * em).round() + (0.457 * em).round()) as u32
}

/// Distance of the lines of a cell, in pixels of 0.75 pt: 29 (21.75 pt) at 16 pt.
///
/// Excel sets them 1 or 2 pixels further apart than Windows' line of the face is high (Arial 10: 17 for 16, Calibri 11: 20 for
/// 18), LibreOffice 1 pixel less.
pub(super) fn pitch_px(size_pt: f64) -> u32 {
    line_px(size_pt) + 1
}

/// The em at 96 dots per inch, in pixels of 0.75 pt: whole ones, as office programs set text. 21 at 16 pt; 1 to 546, which
/// is Excel's largest size.
pub(super) fn em_px(size_pt: f64) -> f64 {
    (size_pt / 0.75).round().clamp(1.0, 546.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_as_wide_as_its_letters() {
        let width = |text: &str| text.chars().map(|c| u32::from(advance(c))).sum::<u32>();
        assert_eq!(width("หน่วยงานภาครัฐ"), 4386);
        assert_eq!(width("0123456789"), 3620);
        assert_eq!(width("๑๒"), 898);
    }

    #[test]
    fn marks_have_no_width_and_letters_have_some() {
        for c in '\u{E01}'..='\u{E5B}' {
            let mark = matches!(c, '\u{E31}' | '\u{E34}'..='\u{E3E}' | '\u{E47}'..='\u{E4E}');
            assert_eq!(advance(c) == 0, mark, "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn every_character_has_a_sensible_width() {
        for c in '\0'..=char::MAX {
            assert!(advance(c) <= 2600);
        }
        assert_eq!(advance('中'), 1000);
        assert_eq!(advance('▪'), 1000);
        assert_eq!(advance('½'), 536);
        assert_eq!(advance('÷'), 411);
    }
}
