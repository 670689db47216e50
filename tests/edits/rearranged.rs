//! Rows moved, sorted and copied, columns put in, sheets given other names, hidden keys taken out: words stay with their rows.

use super::{all_text, cell, edit, written};

const OUT: &str = "s-itasheet.xlsx";

/// The row with a key, from 0.
fn row_of(env: &crate::support::TestEnv, sheet: &str, key: &str, column: u32) -> u32 {
    let is_of = |row: &u32| cell(&env.path(OUT), sheet, *row, column).starts_with(key);
    (0..200).find(is_of).unwrap_or_else(|| panic!("{key}"))
}

/// Exchanges the first two measures of the plan; `COLUMNS` are those that move.
const EXCHANGE: &str = "
rows = [row for row in range(1, plan.max_row + 1) if str(plan.cell(row, 6).value).startswith('P/1/')]
keys = [str(plan.cell(row, 6).value).split('|')[0] for row in rows]
first, second = [[row for row, key in zip(rows, keys) if key == wanted] for wanted in sorted(set(keys), key=keys.index)]
plan.cell(second[0], 2).value = 'มาตรการที่ย้าย'
plan.cell(second[1], 3).value = '2. ขั้นตอนที่ย้าย'
texts = [[plan.cell(row, column).value for column in COLUMNS] for row in second + first]
for row, values in zip(rows, texts):
    for column, value in zip(COLUMNS, values):
        plan.cell(row, column).value = value
";

#[test]
fn measures_that_were_moved_stay_in_their_new_order_with_or_without_their_hidden_keys() {
    for columns in ["range(1, 8)", "range(1, 6)"] {
        let env = written();
        if edit(&env, OUT, &format!("COLUMNS = {columns}\n{EXCHANGE}")).is_none() {
            return;
        }
        env.expect(0, ["s.xlsx", "--force"]);
        let moved = row_of(&env, "แผนปฏิบัติการ", "P/1/staff-equal-treatment|title", 5);
        let other = row_of(&env, "แผนปฏิบัติการ", "P/1/staff-service-procedure|title", 5);
        assert!(moved < other, "{columns}");
        assert_eq!(cell(&env.path(OUT), "แผนปฏิบัติการ", moved, 0), "1.1");
        assert_eq!(cell(&env.path(OUT), "แผนปฏิบัติการ", moved, 1), "มาตรการที่ย้าย", "{columns}");
        assert_eq!(cell(&env.path(OUT), "แผนปฏิบัติการ", moved + 1, 2), "2. ขั้นตอนที่ย้าย", "{columns}");
        let first = std::fs::read(env.path(OUT)).unwrap();
        env.expect(0, ["s.xlsx", "--force"]);
        assert!(std::fs::read(env.path(OUT)).unwrap() == first, "{columns}");
    }
}

#[test]
fn a_text_stood_beside_another_question_after_rows_were_sorted_without_their_keys() {
    let env = written();
    let script = "
rows = [row for row in range(1, 30) if str(analysis.cell(row, 8).value).startswith('A/1/i')]
analysis.cell(rows[0], 6).value = 'ข้อความของข้อ i1'
texts = [[analysis.cell(row, column).value for column in range(1, 7)] for row in rows]
for row, values in zip(rows, reversed(texts)):
    for column, value in enumerate(values, 1):
        analysis.cell(row, column).value = value";
    if edit(&env, OUT, script).is_none() {
        return;
    }
    env.expect(0, ["s.xlsx", "--force"]);
    let row = row_of(&env, "วิเคราะห์ผล", "A/1/i1", 7);
    assert!(row > row_of(&env, "วิเคราะห์ผล", "A/1/i2", 7));
    assert_eq!(cell(&env.path(OUT), "วิเคราะห์ผล", row, 5), "ข้อความของข้อ i1");
    assert!(cell(&env.path(OUT), "วิเคราะห์ผล", row, 2).starts_with("i1 "));
}

/// What is typed, and what is done to the workbook then.
const TYPED: &str = "
summary['A6'] = 'คำในสรุปผล'
analysis['F6'] = 'คำในผลวิเคราะห์'
analysis['A2'] = 'คำในหัวเรื่อง'
plan['B5'] = 'คำในมาตรการ'
plan['C6'] = '2. คำในขั้นตอน'
plan['E5'] = 'คำในผู้รับผิดชอบ'
follow_up['C5'] = 'คำในผลดำเนินงาน'
scores['F6'] = 'คำในเรื่องที่ประเมิน'
";

const WORDS: [&str; 8] = [
    "คำในสรุปผล",
    "คำในผลวิเคราะห์",
    "คำในหัวเรื่อง",
    "คำในมาตรการ",
    "คำในขั้นตอน",
    "คำในผู้รับผิดชอบ",
    "คำในผลดำเนินงาน",
    "คำในเรื่องที่ประเมิน",
];

#[test]
fn whatever_is_done_to_the_sheets_the_words_are_there() {
    for (done, is_whole) in [
        ("", true),
        ("analysis.insert_cols(4); plan.insert_cols(2); follow_up.insert_cols(1); scores.insert_cols(7)", true),
        ("analysis.title = 'ของเรา'; plan.title = 'แผน'; follow_up.title = 'ติดตาม'; summary.title = 'หน้าแรก'", true),
        ("book.copy_worksheet(analysis); book.copy_worksheet(plan)", true),
        ("analysis.delete_cols(8); plan.delete_cols(6); follow_up.delete_cols(9); summary.delete_cols(21)", false),
        ("del book['ข้อมูลโปรแกรม']", true),
        ("del book['ผลการตรวจสอบ']", true),
        (
            "analysis.sheet_state = 'hidden'; plan.column_dimensions['C'].hidden = True; plan.row_dimensions[6].hidden = True",
            true,
        ),
        (
            "analysis.auto_filter.ref = 'A3:F80'\nfor row in range(5, 40, 2): analysis.row_dimensions[row].hidden = True",
            true,
        ),
        ("analysis.insert_rows(1, 3); plan.insert_rows(1, 2); summary.insert_rows(1)", true),
    ] {
        let env = written();
        if edit(&env, OUT, &format!("{TYPED}\n{done}")).is_none() {
            return;
        }
        let run = env.expect(0, ["s.xlsx", "--force"]);
        let text = all_text(&env.path(OUT));
        for word in WORDS {
            assert!(text.contains(word), "{done}: {word} is gone: {}", run.stderr);
        }
        if is_whole {
            let plan = row_of(&env, "แผนปฏิบัติการ", "P/1/staff-service-procedure|title", 5);
            assert_eq!(cell(&env.path(OUT), "แผนปฏิบัติการ", plan, 1), "คำในมาตรการ", "{done}");
            let row = row_of(&env, "ติดตามผล", "F/1/staff-service-procedure", 8);
            assert_eq!(cell(&env.path(OUT), "ติดตามผล", row, 2), "คำในผลดำเนินงาน", "{done}");
            assert_eq!(cell(&env.path(OUT), "วิเคราะห์ผล", 5, 5), "คำในผลวิเคราะห์", "{done}");
        }
    }
}

#[test]
fn a_sheet_pasted_as_values_is_no_edit() {
    let env = written();
    let script = "

values = openpyxl.load_workbook(sys.argv[1], data_only=True)
for sheet in [summary, analysis, plan, follow_up]:
    for row in sheet.iter_rows():
        for one in row:
            if isinstance(one.value, str) and one.value.startswith('='):
                value = values[sheet.title][one.coordinate].value
                one.value = f'{value:.2f}' if isinstance(value, float) else value";
    if edit(&env, OUT, script).is_none() {
        return;
    }
    let document = env.inspect(&[OUT]);
    assert_eq!(document["edits"], serde_json::json!([]));
}

#[test]
fn figures_were_read_from_the_summary_of_a_workbook_whose_sheets_had_other_names() {
    let env = written();
    let script = "scores.title = 'คะแนนของเรา'; summary.title = 'หน้าแรก'\nanalysis['F6'] = 'คำในผลวิเคราะห์'";
    if edit(&env, OUT, script).is_none() {
        return;
    }
    let run = env.expect(0, [OUT, "-o", "new.xlsx"]);
    assert!(!run.stderr.contains("instrument-differs"), "{}", run.stderr);
    assert!(run.stdout.contains("total 92.13") && run.stdout.contains("59 of 59"), "{}", run.stdout);
    assert_eq!(cell(&env.path("new.xlsx"), "วิเคราะห์ผล", 5, 5), "คำในผลวิเคราะห์");
}
