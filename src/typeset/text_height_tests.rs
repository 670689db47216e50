use crate::typeset::piece::units;
use proptest::prelude::*;

use super::*;

/// A box of so many digits of regular 16 pt text, a digit being 0.362 em.
fn digits(count: u32) -> TextBox {
    let em_pt = em_px(16.0) * PT_PER_PX;
    TextBox { width_pt: f64::from(count * 362 + 1) * em_pt / 1000.0, size_pt: 16.0, bold: false }
}

#[track_caller]
fn check(digits_wide: u32, text: &str, lines: u32) {
    assert_eq!(digits(digits_wide).lines(text, &Breaks::new()), lines, "{text:?}");
}

#[test]
fn a_line_is_filled_to_the_edge() {
    check(5, "12345", 1);
    check(5, "1234 5678", 2);
    check(9, "1234 5678", 1);
    check(9, "1234 5678 9", 2);
}

#[test]
fn every_paragraph_takes_a_line() {
    check(5, "", 1);
    check(5, "\n", 2);
    check(5, "1\n\n2", 3);
    check(5, "1\r\n2\r\n", 3);
    check(5, "1234 5678\n1", 3);
}

#[test]
fn spaces_hang_over_the_edge() {
    check(4, "1234      5678", 2);
    check(4, "1234      ", 1);
    check(4, "   1", 1);
}

#[test]
fn a_word_wider_than_the_box_is_cut_and_leaves_room() {
    check(4, "12345678", 3);
    check(4, "1 12345678 1", 5);
}

#[test]
fn marks_are_not_cut_from_their_consonant() {
    // one consonant a line: the marks and the sara am of each stay on it
    check(2, "ที่ดี่ซี่", 3);
    let narrow = TextBox { width_pt: 1.0, size_pt: 16.0, bold: false };
    assert_eq!(narrow.lines("น้ำ", &Breaks::new()), 2);
}

#[test]
fn thai_breaks_between_words() {
    let breaks = Breaks::from_stored("หน่วยงาน|ควร|ระบุ\n");
    let cell = TextBox { width_pt: text_width_pt(&[9.0], false), size_pt: 16.0, bold: false };
    assert_eq!(cell.lines("หน่วยงานควรระบุ", &breaks), 2);
    assert_eq!(TextBox { bold: true, size_pt: 20.0, ..cell }.lines("หน่วยงานควรระบุ", &breaks), 4);
}

#[test]
fn a_line_does_not_end_in_a_slash_if_it_has_a_space() {
    // "12 345/" would fit, but the break goes back to the space
    check(7, "12 345/abcdef 9", 4);
    check(7, "12 345-abcdef 9", 3);
    check(7, "12-345/abcdef 9", 3);
}

#[test]
fn odd_boxes_give_a_count() {
    for width_pt in [0.0, -5.0, f64::NAN, f64::INFINITY] {
        for size_pt in [0.0, -1.0, 16.0, f64::NAN] {
            let lines = TextBox { width_pt, size_pt, bold: true }.lines("ข้อ 1", &Breaks::new());
            assert!((1..=12).contains(&lines), "{width_pt} {size_pt}: {lines}");
        }
    }
}

#[test]
fn heights_are_more_than_the_programs_need_but_not_much() {
    // what LibreOffice 7.4 makes of 1, 2, 6 and 18 lines
    let needed = [
        (14.0, [20.1, 38.81, 113.41, 337.29]),
        (16.0, [22.33, 43.26, 126.85, 377.6]),
        (18.0, [24.6, 47.76, 140.26, 417.91]),
        (20.0, [27.61, 53.69, 158.2, 472.33]),
    ];
    for (size_pt, heights) in needed {
        let cell = TextBox { width_pt: 100.0, size_pt, bold: false };
        for (lines, needed) in [1, 2, 6, 18].into_iter().zip(heights) {
            let height = cell.height_pt(lines);
            let spare = 2.0 + f64::from(lines);
            assert!(height >= needed && height < needed + spare, "{size_pt} pt, {lines} lines: {height} for {needed}");
            assert_eq!(height % 0.75, 0.0);
        }
        assert_eq!(cell.height_pt(9), cell.height_pt(8) + cell.pitch_pt());
    }
    let cell = TextBox { width_pt: 100.0, size_pt: 16.0, bold: false };
    assert_eq!([1, 2, 10].map(|lines| cell.height_pt(lines)), [23.25, 45.0, 219.0]);
}

#[test]
fn columns_are_as_wide_as_the_narrower_program_makes_them() {
    assert_eq!(columns_px(&[20.0, 0.0]), 170.0);
    assert_eq!(text_width_pt(&[], false), 0.0);
    // a column in LibreOffice is 7.7335 pixels a digit and 4.85 more wide, less 1 pt on either side of the text
    for width in [10.0, 14.0, 38.0, 110.0, 250.0] {
        let office = (7.7335 * width + 4.85) * PT_PER_PX - 2.0;
        let [cell, block] = [false, true].map(|merged| text_width_pt(&[width], merged));
        assert!(block < cell && cell < office && office < 1.1 * cell, "{width}: {cell} for {office}");
    }
}

proptest! {
    #[test]
    fn no_text_takes_fewer_lines_than_its_width(text in "[ก-๙0-9a-z /\\-\n]{0,120}", width in 1_u32..40) {
        let cell = digits(width);
        let lines = cell.lines(&text, &Breaks::new());
        let limit = cell.width_units();
        let least: u64 = text.split('\n').map(|line| units(&line.replace(' ', "")).div_ceil(limit).max(1)).sum();
        prop_assert!(u64::from(lines) >= least, "{lines} < {least}");
        prop_assert!(lines <= 2 * text.chars().count() as u32 + 1);
    }
}
