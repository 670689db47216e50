//! A file's shape without its contents.

use rust_xlsxwriter::{Format, Workbook};

use crate::support::biff::{biff8, record};
use crate::support::binary::{ole, zip};
use crate::support::{TestEnv, finding_codes};

const NAME: &str = "เทศบาลตำบลโคกม่วง";

/// A workbook that says whose it is in its name, its tab, its title and its cells.
fn write(env: &TestEnv, name: &str) {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("โคกม่วง 2567").unwrap();
    sheet.merge_range(0, 0, 0, 2, &format!("ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567 {NAME}"), &Format::new()).unwrap();
    sheet.write(2, 0, "ข้อ").unwrap().write(2, 1, "ผู้รับผิดชอบ").unwrap().write(2, 2, "คะแนน").unwrap();
    for row in 3..13 {
        let percent = Format::new().set_num_format("0.00%");
        sheet.write(row, 0, format!("o{}", row - 2)).unwrap().write(row, 1, "นายสมชาย ใจดี").unwrap();
        sheet.write_with_format(row, 2, 0.84 + f64::from(row) / 1000.0, &percent).unwrap();
    }
    sheet.set_row_hidden(5).unwrap();
    workbook.save(env.path(name)).unwrap();
}

#[test]
fn a_sketch_shows_the_shape_and_neither_a_score_nor_a_name() {
    let env = TestEnv::new();
    let name = format!("{NAME}-84.67.xlsx");
    write(&env, &name);
    let sketch = env.expect(0, ["inspect", "--sketch", "--lang", "en", &name]).stdout;
    for part in [
        "Excel workbook (.xlsx)",
        "A1:C13",
        "merged A1:C1",
        "number formats 0.00% (10)",
        "hidden rows and columns 1",
        "ITA ปีงบประมาณ พ.ศ. 0000",
        "A \"ข้อ\"",
        "C \"คะแนน\"",
        "A \"o0\"",
        "C 00.0%",
    ] {
        assert!(sketch.contains(part), "`{part}` is not in:\n{sketch}");
    }
    for part in ["โคกม่วง", "สมชาย", "ใจดี", "84", "2567", "ผู้รับผิดชอบ", NAME]
    {
        assert!(!sketch.contains(part), "`{part}` is in:\n{sketch}");
    }
    // Rows that are alike are one line.
    assert!(sketch.contains("4-12 (9)") || sketch.contains("4-13 (10)"), "{sketch}");
    let thai = env.expect(0, ["inspect", "--sketch", "--lang", "th", &name]).stdout;
    assert!(thai.contains("ผสานเซลล์ A1:C1") && !thai.contains("โคกม่วง"), "{thai}");
    // What is read of it otherwise stays as it was.
    assert!(!finding_codes(&env.inspect(&[&name])).is_empty());
}

#[test]
fn hidden_lines_without_content_were_counted() {
    let env = TestEnv::new();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for row in 0..5 {
        sheet.write(row, 0, format!("o{}", row + 1)).unwrap().write(row, 2, 90).unwrap();
    }
    // Everything beside and below the table, the row and the column in it, and a column in it that is empty.
    sheet.set_column_range_hidden(1, 16_383).unwrap();
    sheet.set_row_hidden(3).unwrap().set_row_hidden(9).unwrap().set_row_hidden(1_048_575).unwrap();
    workbook.save(env.path("a.xlsx")).unwrap();
    let sketch = env.expect(0, ["inspect", "--sketch", "--lang", "en", "a.xlsx"]).stdout;
    assert!(sketch.contains("hidden rows and columns 2"), "{sketch}");
}

#[test]
fn a_file_that_cannot_be_read_is_sketched_by_its_parts() {
    let env = TestEnv::new();
    let locked = ole("Workbook", &biff8(&[record(0x2F, &[1, 0, 1, 0])], &[])).0;
    std::fs::write(env.path("a.xls"), locked).unwrap();
    std::fs::write(env.path("b.xlsx"), zip(&[("_rels/.rels", b"x"), ("ลับของสมชาย.txt", b"84.67")])).unwrap();
    let run = env.expect(1, ["inspect", "--sketch", "--lang", "en", "a.xls", "b.xlsx"]);
    for part in ["not read [encrypted]", "Workbook ", "not read [damaged]", "_rels/.rels 1", ".กกก 5"] {
        assert!(run.stdout.contains(part), "`{part}` is not in:\n{}", run.stdout);
    }
    assert!(!run.stdout.contains("สมชาย") && !run.stdout.contains("84"), "{}", run.stdout);
    env.expect(1, ["inspect", "--sketch", "none.xlsx"]);
    env.expect(2, ["inspect", "--sketch", "--json", "a.xls"]);
}
