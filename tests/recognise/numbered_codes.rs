//! Numbers of questions without letters: in a column or a row, under, beside or behind their instrument's name.

use crate::support::table::{TITLE, all, assert_scores, codes, one, score, score_of};

const NAMES: [&str; 2] = ["เทศบาลตำบลหนึ่ง", "เทศบาลตำบลสอง"];

/// The instruments' names, each over the first of its questions and the others' cells merged with it.
fn merged_names() -> String {
    let name = |code: String| match code.as_str() {
        "i1" => "IIT",
        "e1" => "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก (EIT)",
        "o1" => "OIT",
        _ => "",
    };
    codes().map(name).collect::<Vec<_>>().join(",")
}

/// A line for each question: its instrument, its number and its score.
fn lines(line: impl Fn(&str, &str, f64) -> String) -> String {
    let of = |(index, code): (usize, String)| {
        let instrument = format!("{}IT", code[..1].to_uppercase());
        line(&instrument, &code[1..], score(index)) + "\n"
    };
    codes().enumerate().map(of).collect()
}

#[test]
fn numbers_in_a_row_under_their_instruments_were_no_codes() {
    for label in ["", "ข้อ ", "ข้อที่ ", "Q"] {
        let numbers: Vec<String> = codes().map(|code| format!("{label}{}", &code[1..])).collect();
        let scores: Vec<String> = (0..numbers.len()).map(|index| score(index).to_string()).collect();
        let (names, numbers, scores) = (merged_names(), numbers.join(","), scores.join(","));
        let found = all(&format!(
            "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567\n\nหน่วยงาน,{names}\n,{numbers}\n{},{scores}\n{},{scores}\n",
            NAMES[0], NAMES[1]
        ));
        assert_eq!(found.len(), 2, "{label}");
        found.iter().for_each(assert_scores);
        assert_scores(&one(&format!("{TITLE}\n{names}\n{numbers}\n{scores}\n")));
    }
}

#[test]
fn a_row_for_each_instrument_may_count_its_questions() {
    let mut text = TITLE.to_owned();
    let codes: Vec<String> = codes().collect();
    for (name, letter) in [("IIT", 'i'), ("EIT", 'e'), ("OIT", 'o')] {
        let own = codes.iter().enumerate().filter(|(_, code)| code.starts_with(letter));
        let (numbers, scores): (Vec<&str>, Vec<String>) =
            own.map(|(at, code)| (&code[1..], score(at).to_string())).unzip();
        text += &format!("{name},{}\nคะแนน,{}\n\n", numbers.join(","), scores.join(","));
    }
    assert_scores(&one(&text));
}

#[test]
fn an_instrument_and_a_number_in_one_cell_were_no_code() {
    for (before, between) in [("", " ข้อ "), ("", " ข้อที่ "), ("(", ") "), ("", "_Q"), ("", "_"), ("", " ")]
    {
        let text = lines(|instrument, number, score| format!("{before}{instrument}{between}{number},{score}"));
        assert_scores(&one(&format!("{TITLE}\nข้อคำถาม,คะแนน\n{text}")));
    }
}

#[test]
fn a_number_under_its_instrument_may_have_a_word_before_it() {
    for word in ["", "ข้อ ", "ข้อที่ ", "No. "] {
        let merged = lines(|instrument, number, score| {
            let instrument = if number == "1" { instrument } else { "" };
            format!("{instrument},{word}{number},{score}")
        });
        assert_scores(&one(&format!("{TITLE}\nเครื่องมือ,ข้อ,คะแนน\n{merged}")));
    }
}

#[test]
fn a_letter_and_a_number_may_stand_in_two_cells() {
    for upper in [false, true] {
        let letter = |instrument: &str| if upper { instrument[..1].to_owned() } else { instrument[..1].to_lowercase() };
        for merged in [false, true] {
            let text = lines(|instrument, number, score| {
                let letter = if merged && number != "1" { String::new() } else { letter(instrument) };
                format!("{letter},{number},{score}")
            });
            assert_scores(&one(&format!("{TITLE}\nแบบ,ข้อ,คะแนน\n{text}")));
        }
    }
}

#[test]
fn only_the_first_of_three_columns_of_numbers_was_read() {
    let all: Vec<String> = codes().collect();
    let of = |letter: char| all.iter().enumerate().filter(move |(_, code)| code.starts_with(letter));
    let cells = |letter, at: usize| match of(letter).nth(at) {
        Some((index, code)) => format!("{},{}", &code[1..], score(index)),
        None => ",".to_owned(),
    };
    let rows: String = (0..35).map(|at| ['i', 'e', 'o'].map(|letter| cells(letter, at)).join(",") + "\n").collect();
    assert_scores(&one(&format!("{TITLE}\nIIT,,EIT,,OIT,\nข้อ,คะแนน,ข้อ,คะแนน,ข้อ,คะแนน\n{rows}")));
}

#[test]
fn numbers_that_count_something_else_are_no_codes() {
    let months: Vec<String> = (1..=12).map(|month| month.to_string()).collect();
    let scores: Vec<String> = (0..12).map(|index| score(index).to_string()).collect();
    for name in ["IIT", "ผลคะแนน EIT", "OIT รายเดือน"] {
        let found = all(&format!("{TITLE}\n{name}\nเดือนที่,{}\nคะแนน,{}\n", months.join(","), scores.join(",")));
        let scored = codes().filter(|code| found.iter().any(|document| score_of(document, code).is_some()));
        assert_eq!(scored.count(), 0, "{name}: {found:?}");
    }
}
