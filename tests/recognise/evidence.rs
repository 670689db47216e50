//! Every reason for a fact about a result comes of a file.

use std::collections::BTreeSet;

use itasheet::recognise::Hints;
use serde_json::Value;

use crate::support::project;
use crate::support::table::{TITLE, codes, documents, questions, score, workbook};

/// The facts and reasons of a file's results.
fn reasons(documents: &[Value]) -> BTreeSet<(String, String)> {
    let choices = documents.iter().filter_map(|document| document["choices"].as_array()).flatten();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    choices
        .flat_map(|choice| {
            let rules = choice["evidence"].as_array().unwrap().iter();
            rules.map(|evidence| (text(&choice["of"]), text(&evidence["rule"]))).collect::<Vec<_>>()
        })
        .collect()
}

/// A wide table, and one with the agencies as columns.
fn wide(turned: bool) -> String {
    let names = ["เทศบาลตำบลหนึ่ง", "เทศบาลตำบลสอง"];
    let number = |agency: usize, index: usize| format!("{:.2}", score(index) - agency as f64);
    if turned {
        let rows: String =
            codes().enumerate().map(|(at, code)| format!("{code},{},{}\n", number(0, at), number(1, at))).collect();
        return format!("ผลการประเมิน ITA ปีงบประมาณ 2567\nรหัส,{}\n{rows}", names.join(","));
    }
    let header = codes().collect::<Vec<_>>().join(",");
    let row = |agency: usize| (0..59).map(|at| number(agency, at)).collect::<Vec<_>>().join(",");
    let rows: String = (0..2).map(|agency| format!("{},{}\n", names[agency], row(agency))).collect();
    format!("ผลการประเมิน ITA ปีงบประมาณ 2567\nหน่วยงาน,{header}\n{rows}")
}

/// A list with a column of agencies.
fn long() -> String {
    let row = |agency: &str| {
        codes().enumerate().map(|(at, code)| format!("{agency},{code},{:.2}\n", score(at))).collect::<String>()
    };
    let rows = ["เทศบาลตำบลหนึ่ง", "เทศบาลตำบลสอง"].map(row).concat();
    format!("ผลการประเมิน ITA ปีงบประมาณ 2567\nหน่วยงาน,รหัส,คะแนน\n{rows}")
}

/// Two tables side by side, each under its agency.
fn beside() -> String {
    let row = |(at, code): (usize, String)| format!("{code},{:.2},,{code},{:.2}\n", score(at), score(at) - 1.0);
    let rows: String = codes().enumerate().map(row).collect();
    let head = "เทศบาลตำบลหนึ่ง,,,เทศบาลตำบลสอง,\nรหัส,คะแนน,,รหัส,คะแนน";
    format!("ผลการประเมิน ITA ปีงบประมาณ 2567\n{head}\n{rows}")
}

/// A block an instrument, below each other, each with its codes in a row and its scores below them.
fn stacked() -> String {
    let block = |letter: char| {
        let of = |found: &(usize, String)| found.1.starts_with(letter);
        let codes: Vec<(usize, String)> = codes().enumerate().filter(of).collect();
        let header = codes.iter().map(|(_, code)| code.as_str()).collect::<Vec<_>>().join(",");
        let scores = codes.iter().map(|(at, _)| format!("{:.2}", score(*at))).collect::<Vec<_>>().join(",");
        format!("รหัส,{header}\nคะแนน,{scores}\n\n")
    };
    format!("{TITLE}{}", ['i', 'e', 'o'].map(block).concat())
}

#[test]
fn columns_of_indicators_keep_their_reasons_and_say_which_was_taken() {
    let rows: String =
        (1..=10).map(|number| format!("ตัวชี้วัดที่ {number},{}.5,{}.25\n", 70 + number, 80 + number)).collect();
    let text = format!("{TITLE}ตัวชี้วัด,คะแนนปี 2566,คะแนนปี 2567\n{rows}\n{}", questions());
    let documents = documents(text.as_bytes(), Hints::default());
    let choices = documents[0]["choices"].as_array().unwrap();
    let of_indicators: Vec<(&str, &str, bool)> = choices
        .iter()
        .filter(|choice| choice["of"] == "indicators")
        .map(|choice| {
            (choice["value"].as_str().unwrap(), choice["from"].as_str().unwrap(), choice["taken"].as_bool().unwrap())
        })
        .collect();
    let expected = [("คะแนนปี 2567", "Sheet1!C4", true), ("คะแนนปี 2566", "Sheet1!B4", false)];
    assert_eq!(of_indicators, expected);
    let of_other_year = choices.iter().find(|choice| choice["taken"] == false && choice["of"] == "indicators").unwrap();
    assert!(of_other_year["evidence"].as_array().unwrap().iter().any(|reason| reason["rule"] == "other-year"));
}

#[test]
fn a_layout_that_lost_stays_known() {
    // The names stand over the scores: they may head columns of one list, or two lists beside each other.
    let text = beside().replace("เทศบาลตำบลหนึ่ง,,,เทศบาลตำบลสอง,", ",เทศบาลตำบลหนึ่ง,,,เทศบาลตำบลสอง");
    let documents = documents(text.as_bytes(), Hints::default());
    let layouts = |document: &Value| {
        let choices = document["choices"].as_array().unwrap().iter().filter(|choice| choice["of"] == "layout");
        choices
            .map(|choice| (choice["value"].as_str().unwrap().to_owned(), choice["taken"] == true))
            .collect::<Vec<_>>()
    };
    let expected = [("tables-beside-each-other", true), ("agencies-as-columns", false)];
    for document in &documents {
        assert_eq!(layouts(document), expected.map(|(name, taken)| (name.to_owned(), taken)));
    }
}

#[test]
fn every_reason_has_a_file_that_gives_it() {
    let indicators: String = (1..=10).map(|number| format!("ตัวชี้วัดที่ {number},90\n")).collect();
    let own = questions();
    let texts = [
        ("year", "fiscal-year-word", format!("{TITLE}\n{own}")),
        ("year", "year-word", format!("ผลการประเมิน ITA ปี 2567\n{own}")),
        ("year", "bare-year", format!("2567\nเทศบาลตำบลหนึ่ง\n{own}")),
        ("year", "other-line", format!("{TITLE}แผนปี 2568\n\n{own}")),
        ("agency", "labelled", format!("ผล ITA ปี 2567\nหน่วยงาน: เทศบาลตำบลหนึ่ง\n{own}")),
        ("agency", "line-of-its-own", format!("{TITLE}\n{own}")),
        ("agency", "rarely-assessed", format!("กรมส่งเสริมการปกครองท้องถิ่น\n{TITLE}\n{own}")),
        ("total", "in-its-label", format!("{TITLE}คะแนนรวม 92.13\n\n{own}")),
        ("total", "beside-its-label", format!("{TITLE}คะแนนรวม,92.13\n\n{own}")),
        ("total", "named-as-the-whole", format!("{TITLE}คะแนนรวมทั้งหมด,92.13\n\n{own}")),
        ("total", "sum-of-the-table", format!("{TITLE}ตัวชี้วัด,คะแนน\n{indicators}รวม,92.13\n\n{own}")),
        ("instrument", "beside-its-label", format!("{TITLE}IIT,91.5\nEIT,92.5\n\n{own}")),
        ("rank", "in-its-label", format!("{TITLE}อันดับ 1519\n\n{own}")),
        ("rank", "beside-its-label", format!("{TITLE}อันดับ,1519\n\n{own}")),
        ("rank", "in-place-of-the-level", format!("{TITLE}ระดับ,\"1,519\"\n\n{own}")),
        ("level", "in-its-label", format!("{TITLE}ระดับ: ผ่านดี\n\n{own}")),
        ("level", "beside-its-label", format!("{TITLE}ระดับ,ผ่านดี\n\n{own}")),
        ("layout", "codes-in-a-row", wide(false)),
        ("layout", "agencies-as-columns", wide(true)),
        ("layout", "agencies-in-a-column", long()),
        ("layout", "tables-beside-each-other", beside()),
        ("layout", "blocks-below-each-other", stacked()),
    ];
    let of_instrument = |letter: char| {
        let rows: String = codes()
            .enumerate()
            .filter(|(_, code)| code.starts_with(letter))
            .map(|(at, code)| format!("{code},{:.2}\n", score(at)))
            .collect();
        format!("{TITLE}รหัส,คะแนน\n{rows}คะแนนรวม,91.5\n")
    };
    let books = [
        ("year", "sheet-name", workbook(&[("ITA67", format!("เทศบาลตำบลหนึ่ง\n{own}"))])),
        ("instrument", "sum-of-the-sheet", workbook(&[("IIT", of_instrument('i')), ("EIT", of_instrument('e'))])),
        (
            "layout",
            "one-table",
            workbook(&[("ก", format!("{TITLE}{own}")), ("ข", format!("ผล ITA ปี 2567\nเทศบาลตำบลสอง\n{own}"))]),
        ),
    ];
    let files = texts.map(|(of, rule, text)| (of, rule, text.into_bytes())).into_iter().chain(books);
    let mut found = BTreeSet::new();
    for (of, rule, bytes) in files {
        let given = reasons(&documents(&bytes, Hints::default()));
        assert!(given.contains(&(of.to_owned(), rule.to_owned())), "{of} {rule}: {given:?}");
        found.extend(given);
    }
    let file = std::fs::read_to_string(project().join("src/recognise/evidence.toml")).unwrap();
    let file: toml::Table = toml::from_str(&file).unwrap();
    for rule in file["rule"].as_array().unwrap() {
        let (of, name) = (rule["of"].as_str().unwrap(), rule["name"].as_str().unwrap());
        assert!(found.contains(&(of.to_owned(), name.to_owned())), "{of} {name}");
    }
}
