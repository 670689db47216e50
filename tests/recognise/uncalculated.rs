//! Scores that are formulas whose results were never calculated.

use crate::support::agencies::codes;
use crate::support::hostile::xlsx;
use crate::support::{TestEnv, finding_codes};

/// A workbook with a title, a header and a row for each question, of which `cells` makes the cells behind the code.
fn workbook(header: &str, cells: impl Fn(&str, usize) -> String) -> Vec<u8> {
    let text = |at: &str, text: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let head = format!(
        "<row r=\"1\">{}</row><row r=\"2\">{header}</row>",
        text("A1", "ผล ITA ปีงบประมาณ 2567 เทศบาลตำบลตัวอย่าง")
    );
    let row = |(index, code): (usize, String)| {
        let row = index + 3;
        format!("<row r=\"{row}\">{}{}</row>", text(&format!("A{row}"), &code), cells(&code, row))
    };
    let rows: String = codes().enumerate().map(row).collect();
    xlsx(&format!("<worksheet><sheetData>{head}{rows}</sheetData></worksheet>"), &[])
}

fn header(at: &str, text: &str) -> String {
    format!("<c r=\"{at}2\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

fn formula(column: &str, row: usize) -> String {
    format!("<c r=\"{column}{row}\"><f>Z{row}*100</f></c>")
}

fn number(column: &str, row: usize) -> String {
    format!("<c r=\"{column}{row}\"><v>{}.25</v></c>", 30 + row)
}

#[test]
fn formulas_without_results_are_the_reason_and_no_score() {
    for (name, cells) in [
        ("scores.xlsx", (|_, row| formula("B", row)) as fn(&str, usize) -> String),
        ("both.xlsx", |_, row| formula("A", row) + &formula("B", row)),
        // The result of the year before is no stand-in.
        ("before.xlsx", |_, row| formula("B", row) + &number("C", row)),
    ] {
        let env = TestEnv::new();
        let header = header("B", "คะแนน ปี 2567") + &header("C", "คะแนน ปี 2566");
        std::fs::create_dir(env.path("in")).unwrap();
        std::fs::write(env.path("in").join(name), workbook(&header, cells)).unwrap();
        let run = env.expect(1, ["convert", &format!("in/{name}"), "--lang", "en"]);
        assert!(
            run.stderr.contains("formulas") && run.stderr.contains("open it in Excel, save it"),
            "{name}: {}",
            run.stderr
        );
        let run = env.expect(1, ["convert", &format!("in/{name}"), "--lang", "th"]);
        assert!(run.stderr.contains("สูตร") && run.stderr.contains("บันทึก"), "{name}: {}", run.stderr);
        let document = env.inspect(&[&format!("in/{name}")]);
        assert_eq!(document["error"]["code"], "uncalculated", "{name}: {document}");
        // In a folder it has failed, and is not passed over.
        let run = env.expect(1, ["batch", "in", "-o", "out", "--lang", "en"]);
        assert!(run.stderr.contains("formulas"), "{name}: {}", run.stderr);
    }
}

#[test]
fn some_formulas_without_results_are_told_question_by_question() {
    let env = TestEnv::new();
    let cells = |code: &str, row| if code.starts_with('o') { formula("B", row) } else { number("B", row) };
    std::fs::write(env.path("in.xlsx"), workbook(&header("B", "คะแนน"), cells)).unwrap();
    let document = env.inspect(&["in.xlsx"]);
    let found = finding_codes(&document);
    assert_eq!(found.iter().filter(|code| *code == "score-uncalculated").count(), 35, "{found:?}");
    assert_eq!(found.iter().filter(|code| *code == "formula-uncalculated").count(), 1, "{found:?}");
    assert!(!found.contains(&"score-blank".to_owned()), "{found:?}");
    for question in document["questions"].as_array().unwrap() {
        let is_item = question["code"].as_str().unwrap().starts_with('o');
        assert_eq!(question["score"].is_null(), is_item, "{question}");
    }
}
