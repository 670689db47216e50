//! What a sheet does not show never beats what it shows; where nothing else holds the scores it is read.

use rust_xlsxwriter::{Workbook, Worksheet};
use serde_json::Value;

use crate::support::finding_codes;
use crate::support::table::{assert_scores_by, codes, one_of_bytes, score};

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
