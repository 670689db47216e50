//! What a sheet does not show never beats what it shows; where nothing else holds the scores it is read.

use rust_xlsxwriter::{Workbook, Worksheet};
use serde_json::Value;

use crate::support::table::{assert_scores_by, codes, one_of_bytes, score};
use crate::support::{finding_codes, project};

/// A workbook with a sheet that `fill` writes below a title.
fn read(fill: impl FnOnce(&mut Worksheet)) -> Value {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write(0, 0, "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567").unwrap().write(1, 0, "เทศบาลตำบลตัวอย่าง").unwrap();
    fill(sheet);
    one_of_bytes(&workbook.save_to_buffer().unwrap())
}

fn ignored(document: &Value) -> Vec<Value> {
    let findings = document["findings"].as_array().unwrap().iter();
    findings.filter(|finding| finding["code"] == "hidden-ignored").cloned().collect()
}

#[test]
fn a_hidden_column_of_old_scores_was_taken_for_the_scores() {
    for headers in [["คะแนน", "คะแนน"], ["คะแนน", ""]] {
        let document = read(|sheet| {
            sheet.write(3, 0, "รหัส").unwrap().write(3, 1, headers[0]).unwrap().write(3, 2, headers[1]).unwrap();
            for (index, code) in codes().enumerate() {
                let row = 4 + index as u32;
                sheet.write(row, 0, code).unwrap().write(row, 1, 99.99 - index as f64).unwrap();
                sheet.write(row, 2, score(index) + 0.25).unwrap();
            }
            sheet.set_column_hidden(1).unwrap();
        });
        assert_scores_by(&document, |index| score(index) + 0.25);
        assert_eq!(ignored(&document)[0]["places"], serde_json::json!(["Sheet1!B4"]));
    }
}

#[test]
fn rows_that_were_filtered_out_were_taken_for_the_scores() {
    let document = read(|sheet| {
        for (index, code) in codes().enumerate() {
            let row = 4 + 2 * index as u32;
            sheet.write(row, 0, code.as_str()).unwrap().write(row, 1, 12.5).unwrap();
            sheet.set_row_hidden(row).unwrap();
            sheet.write(row + 1, 0, code).unwrap().write(row + 1, 1, score(index)).unwrap();
        }
    });
    assert_scores_by(&document, score);
    assert!(!finding_codes(&document).contains(&"score-conflict".to_owned()));
    assert_eq!(ignored(&document).len(), 1);
}

#[test]
fn scores_that_are_folded_away_and_stand_nowhere_else_are_read() {
    let document = read(|sheet| {
        for (index, code) in codes().enumerate() {
            let row = 4 + index as u32;
            sheet.write(row, 0, code).unwrap().write(row, 1, score(index)).unwrap();
            sheet.set_row_hidden(row).unwrap();
        }
    });
    assert_scores_by(&document, score);
    assert!(ignored(&document).is_empty());
}

/// The rows of a table whose column of old scores and whose rows above each code's own are hidden.
fn lines(row: impl Fn(bool, [&str; 3]) -> String) -> String {
    let titles = ["ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567", "เทศบาลตำบลตัวอย่าง"].map(|title| row(false, [title, "", ""]));
    let header = row(false, ["รหัส", "คะแนน", "คะแนน"]);
    let codes = codes().enumerate().map(|(index, code)| {
        let own = row(false, [&code, &(99.5 - index as f64 / 2.0).to_string(), &score(index).to_string()]);
        row(true, [&code, "11.5", "12.5"]) + &own
    });
    titles.concat() + &header + &codes.collect::<String>()
}

#[test]
fn hidden_lines_of_every_format_never_beat_shown_ones() {
    let xml_cell = |text: &str| {
        let kind = if text.parse::<f64>().is_ok() { "Number" } else { "String" };
        format!("<Cell><Data ss:Type=\"{kind}\">{text}</Data></Cell>")
    };
    let xml_row = |hidden: bool, cells: [&str; 3]| {
        let mark = if hidden { " ss:Hidden=\"1\"" } else { "" };
        format!("<Row{mark}>{}</Row>", cells.map(xml_cell).concat())
    };
    let xml = format!(
        "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" \
         xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet ss:Name=\"S\"><Table>\
         <Column ss:Index=\"2\" ss:Hidden=\"1\"/>{}</Table></Worksheet></Workbook>",
        lines(xml_row)
    );
    let html_row = |columns: bool| {
        move |hidden: bool, [code, old, own]: [&str; 3]| {
            let mark = if hidden { " style=\"DISPLAY: none\"" } else { "" };
            let of_cell = if columns { "" } else { " hidden" };
            format!("<tr{mark}><td>{code}</td><td{of_cell}>{old}</td><td>{own}</td></tr>")
        }
    };
    let by_column = format!("<table><col><col style='display:none'><col>{}</table>", lines(html_row(true)));
    let by_cell = format!("<table>{}</table>", lines(html_row(false)));
    let fixture = |name: &str| std::fs::read(project().join("tests/fixtures").join(name)).unwrap();
    for (name, bytes) in [
        ("ods", fixture("hidden-lines.ods")),
        ("xls", fixture("hidden-lines.xls")),
        ("2003 XML", xml.into_bytes()),
        ("web page, columns", by_column.into_bytes()),
        ("web page, cells", by_cell.into_bytes()),
    ] {
        println!("{name}");
        let document = one_of_bytes(&bytes);
        assert_scores_by(&document, score);
        assert_eq!(ignored(&document).len(), 1, "{name}");
    }
}
