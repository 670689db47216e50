//! One table saved in every format gives the same scores, figures and addresses.

use crate::support::formats::{SAMPLE, cells, delimited, html, rows, thai, utf16};
use serde_json::Value;

use crate::support::binary::{Cells, Content, biff5, xlsb};
use crate::support::{TestEnv, project};

fn xml_spreadsheet(cells: &Cells) -> String {
    let row = |row: u32| {
        let own = cells.iter().filter(|cell| cell.0 == row).map(|(_, column, content)| {
            let (kind, text) = match content {
                Content::Text(text) => ("String", text.clone()),
                Content::Number(number) => ("Number", number.to_string()),
            };
            format!("<Cell ss:Index=\"{}\"><Data ss:Type=\"{kind}\">{text}</Data></Cell>", column + 1)
        });
        format!("<Row ss:Index=\"{}\">{}</Row>", row + 1, own.collect::<String>())
    };
    let last = cells.iter().map(|cell| cell.0).max().unwrap();
    let rows: String = (0..=last).map(row).collect();
    format!(
        "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" \
         xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet ss:Name=\"ผลคะแนน\"><Table>{rows}\
         </Table></Worksheet></Workbook>"
    )
}

/// What `inspect --json` says, without the file's name and with every sheet under one name.
fn content(env: &TestEnv, args: &[&str]) -> (Value, Value) {
    let document = env.inspect(args);
    let text = document.to_string().replace("Sheet1", "ผลคะแนน").replace("Table1", "ผลคะแนน");
    let mut document: Value = serde_json::from_str(&text).unwrap();
    let own = document.as_object_mut().unwrap();
    own.remove("file");
    let source = own.remove("source").unwrap_or_else(|| panic!("{text}"));
    // A text shows with how many decimals a number was typed, which speaks for scores.
    for table in own.get_mut("tables").and_then(Value::as_array_mut).into_iter().flatten() {
        table.as_object_mut().unwrap().remove("choices");
    }
    for choice in own.get_mut("choices").and_then(Value::as_array_mut).into_iter().flatten() {
        let choice = choice.as_object_mut().unwrap();
        choice.retain(|key, _| !["evidence", "points"].contains(&key.as_str()));
    }
    (document, source)
}

/// Writes the bytes under a name that tells nothing and expects them to be read as the .xlsx is.
fn reads_as_sample(bytes: &[u8], args: &[&str], expected: &Value) {
    let env = TestEnv::new();
    env.sample(SAMPLE);
    std::fs::write(env.path("data.bin"), bytes).unwrap();
    let (own, source) = content(&env, &[&["data.bin"], args].concat());
    assert_eq!(&source, expected);
    let (sample, _) = content(&env, &[SAMPLE]);
    for (key, value) in sample.as_object().unwrap() {
        assert_eq!(&own[key], value, "{key}");
    }
    env.expect(0, ["data.bin"]);
}

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(project().join("tests/fixtures").join(name)).unwrap()
}

fn binary(format: &str) -> Value {
    serde_json::json!({"format": format, "encoding": null, "undecoded": 0, "separator": null})
}

fn text(format: &str, encoding: &str, separator: Option<&str>) -> Value {
    serde_json::json!({"format": format, "encoding": encoding, "undecoded": 0, "separator": separator})
}

#[test]
fn xls_of_excel_97() {
    reads_as_sample(&fixture("khok-muang-2567.xls"), &[], &binary("xls"));
}

#[test]
fn xls_of_excel_5_in_a_thai_code_page() {
    reads_as_sample(&biff5(&cells(), 874), &[], &binary("xls"));
}

#[test]
fn xlsb_of_excel_2007() {
    reads_as_sample(&xlsb(&cells()), &[], &binary("xlsb"));
}

#[test]
fn ods() {
    reads_as_sample(&fixture("khok-muang-2567.ods"), &[], &binary("ods"));
}

#[test]
fn xml_of_excel_2003() {
    reads_as_sample(xml_spreadsheet(&cells()).as_bytes(), &[], &text("xml", "UTF-8", None));
}

#[test]
fn web_page_in_utf_8_and_in_thai_windows() {
    let page = html(&cells());
    reads_as_sample(page.as_bytes(), &[], &text("html", "UTF-8", None));
    reads_as_sample(&thai(&page), &[], &text("html", "windows-874", None));
}

#[test]
fn text_in_every_encoding() {
    let table = delimited(&cells(), ',');
    let marked = format!("\u{FEFF}{table}");
    reads_as_sample(table.as_bytes(), &[], &text("text", "UTF-8", Some(",")));
    reads_as_sample(marked.as_bytes(), &[], &text("text", "UTF-8", Some(",")));
    reads_as_sample(&thai(&table), &[], &text("text", "windows-874", Some(",")));
    for (big, name) in [(false, "UTF-32LE"), (true, "UTF-32BE")] {
        let bytes = |c: char| if big { u32::from(c).to_be_bytes() } else { u32::from(c).to_le_bytes() };
        let wide: Vec<u8> = delimited(&cells(), ',').chars().flat_map(bytes).collect();
        reads_as_sample(&wide, &[], &text("text", name, Some(",")));
    }
    for (big, name) in [(false, "UTF-16LE"), (true, "UTF-16BE")] {
        reads_as_sample(&utf16(&table, big), &[], &text("text", name, Some(",")));
        reads_as_sample(&utf16(&marked, big), &[], &text("text", name, Some(",")));
    }
}

#[test]
fn text_with_every_separator() {
    for separator in [',', ';', '\t', '|'] {
        let table = delimited(&cells(), separator);
        reads_as_sample(table.as_bytes(), &[], &text("text", "UTF-8", Some(&separator.to_string())));
        let stated = format!("sep={separator}\r\n{table}");
        reads_as_sample(stated.as_bytes(), &[], &text("text", "UTF-8", Some(&separator.to_string())));
    }
}

#[test]
fn decimal_commas_between_semicolons() {
    let cells: Cells = cells();
    let rows: Vec<String> = rows(&cells)
        .iter()
        .map(|row| {
            let field = |text: &String| if text.parse::<f64>().is_ok() { text.replace('.', ",") } else { text.clone() };
            row.iter().map(field).collect::<Vec<_>>().join(";")
        })
        .collect();
    let env = TestEnv::new();
    std::fs::write(env.path("a.csv"), rows.join("\n")).unwrap();
    env.sample(SAMPLE);
    let (own, source) = content(&env, &["a.csv"]);
    let (sample, _) = content(&env, &[SAMPLE]);
    assert_eq!(source["separator"], ";");
    let scores = |document: &Value| -> Vec<Value> {
        document["questions"].as_array().unwrap().iter().map(|question| question["score"].clone()).collect()
    };
    assert_eq!(scores(&own), scores(&sample));
    assert_eq!(own["total"]["published"], sample["total"]["published"]);
}

#[test]
fn the_encoding_can_be_given() {
    let table = delimited(&cells(), ',');
    reads_as_sample(&thai(&table), &["--encoding", "tis-620"], &text("text", "windows-874", Some(",")));
    reads_as_sample(&thai(&table), &["--encoding", "CP874"], &text("text", "windows-874", Some(",")));
    let env = TestEnv::new();
    std::fs::write(env.path("a.csv"), thai(&table)).unwrap();
    let run = env.expect(2, ["inspect", "a.csv", "--encoding", "klingon"]);
    assert!(run.stderr.contains("windows-874"), "{}", run.stderr);
}

#[test]
fn inspect_names_what_was_found() {
    let env = TestEnv::new();
    std::fs::write(env.path("a.csv"), thai(&delimited(&cells(), ';'))).unwrap();
    let run = env.expect(0, ["inspect", "a.csv"]);
    assert!(run.stdout.contains("text file, encoding windows-874, separator `;`"), "{}", run.stdout);
    let run = env.expect(0, ["inspect", "a.csv", "--lang", "th"]);
    assert!(run.stdout.contains("ไฟล์ข้อความ, รหัสอักขระ windows-874, ตัวคั่น `;`"), "{}", run.stdout);
}

#[test]
fn a_few_bad_bytes_do_not_spoil_a_text() {
    let mut bytes = delimited(&cells(), ',').into_bytes();
    bytes.extend(b"\xB5\xE9,x\r\n");
    let env = TestEnv::new();
    std::fs::write(env.path("a.csv"), bytes).unwrap();
    let document = env.inspect(&["a.csv"]);
    assert_eq!(document["source"]["encoding"], "UTF-8");
    assert_eq!(document["source"]["undecoded"], 2);
    assert_eq!(document["agency"]["value"], "เทศบาลตำบลโคกม่วง");
}

#[test]
fn a_file_that_gzip_has_packed() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, &fixture("khok-muang-2567.xls")).unwrap();
    reads_as_sample(&packed.finish().unwrap(), &[], &binary("xls"));
}
