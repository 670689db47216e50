//! Columns of codes that only mention questions: in remarks, of another year, or of nobody knows which.

use crate::support::finding_codes;
use crate::support::table::{TITLE, assert_scores, codes, one, one_of_bytes, score_of, workbook};

/// A score that tells each question from the others, and no running number.
fn score(index: usize) -> f64 {
    crate::support::table::score(index)
}

/// A line for each question, by its place.
fn lines(line: impl Fn(usize, &str, f64) -> String) -> String {
    codes().enumerate().map(|(index, code)| line(index, &code, score(index)) + "\n").collect()
}

/// The code that a question had when more items stood before it.
fn former(code: &str) -> String {
    match code.strip_prefix('o').map(|number| number.parse::<u8>().unwrap()) {
        Some(number) => format!("o{}", number + 5),
        None => code.to_owned(),
    }
}

#[test]
fn remarks_that_begin_with_codes_took_the_scores() {
    for count in [3, 6, 10, 20, 59] {
        for own in [false, true] {
            let remark = |index: usize, code: &str| match (index < count, own) {
                (false, _) => String::new(),
                (true, true) => format!("{code} ควรปรับปรุง"),
                (true, false) => format!("o{} เกี่ยวข้อง", 35 - index % 35),
            };
            let table = lines(|index, code, score| format!("{code},{score},{}", remark(index, code)));
            for head in ["รหัส,คะแนน,หมายเหตุ", "รหัส,คะแนน,"] {
                let document = one(&format!("{TITLE}\n{head}\n{table}"));
                assert_scores(&document);
            }
        }
    }
}

#[test]
fn codes_of_another_year_took_the_scores() {
    for (head, order) in [
        ("รหัสปี 2566,รหัสปี 2567,คะแนน", [1, 0, 2]),
        ("รหัส,รหัสเดิม,คะแนน", [0, 1, 2]),
        ("ข้อ,ข้อ,คะแนน", [0, 1, 2]),
        ("ข้อ,ข้อ,คะแนน", [1, 0, 2]),
        ("ข้อ,คะแนน,ข้อปี 2566", [0, 2, 1]),
        ("ข้อปี 2566,คะแนน,ข้อปี 2567", [1, 2, 0]),
    ] {
        let table = lines(|_, code, score| {
            let cells = [code.to_owned(), former(code), score.to_string()];
            order.map(|at: usize| cells[at].clone()).join(",")
        });
        let document = one(&format!("{TITLE}\n{head}\n{table}"));
        assert_scores(&document);
        assert!(finding_codes(&document).contains(&"codes-beside".to_owned()), "{head}");
    }
}

#[test]
fn of_two_columns_of_codes_that_nothing_tells_apart_one_took_the_scores() {
    let all: Vec<String> = codes().collect();
    let table = lines(|index, code, score| format!("{code},{},{score}", all[all.len() - 1 - index]));
    let document = one(&format!("{TITLE}\nข้อ,ข้อ,คะแนน\n{table}"));
    assert!(codes().all(|code| score_of(&document, &code).is_none()));
    let found = finding_codes(&document);
    assert!(found.contains(&"codes-undecided".to_owned()) && !found.contains(&"score-blank".to_owned()), "{found:?}");
}

#[test]
fn instruments_beside_each_other_are_no_mentions() {
    let of = |letter: char| -> Vec<(String, f64)> {
        let own = codes().enumerate().filter(|(_, code)| code.starts_with(letter));
        own.map(|(index, code)| (code, score(index))).collect()
    };
    let (staff, visitors, data) = (of('i'), of('e'), of('o'));
    for before in [false, true] {
        let cells = |list: &[(String, f64)], at: usize| match list.get(at) {
            Some((code, score)) if before => format!("{score},{code}"),
            Some((code, score)) => format!("{code},{score}"),
            None => ",".to_owned(),
        };
        let head = if before { "คะแนน,ข้อ" } else { "ข้อ,คะแนน" };
        let row = |at| [cells(&staff, at), cells(&visitors, at), cells(&data, at)].join(",") + "\n";
        let table: String = (0..data.len()).map(row).collect();
        let document = one_of_bytes(&workbook(&[("Sheet1", format!("{TITLE}\n{head},{head},{head}\n{table}"))]));
        assert_scores(&document);
    }
}
