//! Codes in rows: blocks below each other, runs for years or rounds, and a row for each instrument.

use crate::support::table::{TITLE, all, assert_scores, codes, one, score};

const YEAR: &str = "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567\n\n";
const NAMES: [&str; 2] = ["เทศบาลตำบลหนึ่ง", "เทศบาลตำบลสอง"];

fn row(label: &str, numbers: &[f64]) -> String {
    let cells: Vec<String> = numbers.iter().map(f64::to_string).collect();
    format!("{label},{}\n", cells.join(","))
}

#[test]
fn blocks_below_each_other_are_one_table() {
    let codes: Vec<String> = codes().collect();
    for full in [false, true] {
        let mut text = TITLE.to_owned() + "\n";
        for (block, codes) in codes.chunks(10).enumerate() {
            let scores: Vec<f64> = (0..codes.len()).map(|at| score(block * 10 + at)).collect();
            text += &format!("รหัส,{}\n", codes.join(","));
            if full {
                text += &row("คะแนนเต็ม", &vec![100.0; codes.len()]);
            }
            text += &(row("คะแนนที่ได้", &scores) + "\n");
        }
        assert_scores(&one(&text));
    }
}

#[test]
fn blocks_of_several_agencies_below_each_other_had_no_scores() {
    let codes: Vec<String> = codes().collect();
    let mut text = "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567\n".to_owned();
    for name in NAMES {
        text += &format!("\n{name}\n");
        let mut at = 0;
        for block in codes.chunk_by(|a, b| a[..1] == b[..1]) {
            let scores: Vec<f64> = (at..at + block.len()).map(score).collect();
            text += &format!("ข้อ,{}\n{}", block.join(","), row("คะแนน", &scores));
            at += block.len();
        }
    }
    let found = all(&text);
    assert_eq!(found.len(), 2);
    for (document, name) in found.iter().zip(NAMES) {
        assert_eq!(document["agency"]["value"], name);
        assert_scores(document);
    }
}

#[test]
fn an_agency_may_have_a_row_for_each_instrument() {
    let codes: Vec<String> = codes().collect();
    let mut text = format!("{YEAR}หน่วยงาน,เครื่องมือ,{}\n", codes.join(","));
    for name in NAMES {
        for letter in ['i', 'e', 'o'] {
            let own = |(at, code): (usize, &String)| {
                if code.starts_with(letter) { score(at).to_string() } else { String::new() }
            };
            let cells: Vec<String> = codes.iter().enumerate().map(own).collect();
            text += &format!("{name},{}IT,{}\n", letter.to_uppercase(), cells.join(","));
        }
    }
    let found = all(&text);
    assert_eq!(found.len(), 2);
    found.iter().for_each(assert_scores);
}

#[test]
fn codes_may_stand_once_for_each_year_or_round() {
    let codes = codes().collect::<Vec<_>>();
    let scores: Vec<f64> = (0..codes.len()).map(score).collect();
    let others: Vec<f64> = scores.iter().map(|score| score / 2.0).collect();
    let (codes, gap) = (codes.join(","), ",".repeat(codes.len()));
    for (labels, own) in [(["ปี 2566", "ปี 2567"], 1), (["หลังอุทธรณ์", "ก่อนอุทธรณ์"], 0)]
    {
        let numbers = if own == 0 { [&*scores, &*others] } else { [&*others, &*scores] }.concat();
        let head = format!("หน่วยงาน,{}{gap}{}\n,{codes},{codes}\n", labels[0], labels[1]);
        let found = all(&format!("{YEAR}{head}{}{}", row(NAMES[0], &numbers), row(NAMES[1], &numbers)));
        assert_eq!(found.len(), 2, "{labels:?}");
        found.iter().for_each(assert_scores);
    }
}
