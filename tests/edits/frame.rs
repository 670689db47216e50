//! What is typed into titles, heads, labels and empty cells is carried, or listed with its place.

use super::{all_text, cell, edit, edited_by_office, written};
use crate::support::finding_codes;

const OUT: &str = "s-itasheet.xlsx";

/// Where a word stands: the sheet and the place from 0; on the sheet of findings the row is not looked at.
const EDITS: [(&str, &str, u32, u32); 27] = [
    // Titles, the agency, heads and results that are texts.
    ("summary['A1']", "สรุปผล", 0, 0),
    ("summary['A3']", "สรุปผล", 2, 0),
    ("summary['A6']", "สรุปผล", 5, 0),
    ("summary['A9']", "สรุปผล", 8, 0),
    ("summary['C11']", "สรุปผล", 10, 2),
    ("analysis['A1']", "วิเคราะห์ผล", 0, 0),
    ("analysis['A2']", "วิเคราะห์ผล", 1, 0),
    ("analysis['F3']", "วิเคราะห์ผล", 2, 5),
    ("plan['A1']", "แผนปฏิบัติการ", 0, 0),
    ("plan['C3']", "แผนปฏิบัติการ", 2, 2),
    ("follow_up['A1']", "ติดตามผล", 0, 0),
    ("follow_up['D3']", "ติดตามผล", 2, 3),
    ("scores['A1']", "คะแนนรายข้อ", 0, 0),
    ("scores['F5']", "คะแนนรายข้อ", 4, 5),
    // Headings of issues.
    ("analysis['B4']", "วิเคราะห์ผล", 3, 1),
    ("plan['A4']", "แผนปฏิบัติการ", 3, 0),
    ("follow_up['A4']", "ติดตามผล", 3, 0),
    // The title of a measure in the follow-up, which is a formula.
    ("follow_up['B5']", "ติดตามผล", 4, 1),
    // Empty cells: in the table, beside it, far right and far below.
    ("analysis['A5']", "วิเคราะห์ผล", 4, 0),
    ("analysis['G5']", "วิเคราะห์ผล", 4, 6),
    ("analysis['J6']", "วิเคราะห์ผล", 5, 9),
    ("plan['I9']", "แผนปฏิบัติการ", 8, 8),
    ("plan['A7']", "แผนปฏิบัติการ", 6, 0),
    ("follow_up['K5']", "ติดตามผล", 4, 10),
    ("summary['J20']", "สรุปผล", 19, 9),
    ("summary['A60']", "สรุปผล", 59, 0),
    ("analysis['C200']", "วิเคราะห์ผล", 199, 2),
];

fn script() -> String {
    let line = |(number, (place, ..)): (usize, &(&str, &str, u32, u32))| format!("{place} = 'คำที่ {number} จบ'\n");
    EDITS.iter().enumerate().map(line).collect()
}

#[test]
fn a_text_typed_over_a_title_or_into_an_empty_cell_was_neither_carried_nor_said() {
    for through_office in [false, true] {
        let env = written();
        if edit(&env, OUT, &script()).is_none() || through_office && !edited_by_office(&env, OUT) {
            return;
        }
        env.expect(0, ["s.xlsx", "--force"]);
        for (number, (_, sheet, row, column)) in EDITS.iter().enumerate() {
            let now = cell(&env.path(OUT), sheet, *row, *column);
            assert_eq!(now, format!("คำที่ {number} จบ"), "{sheet} {row} {column}");
        }
        let first = std::fs::read(env.path(OUT)).unwrap();
        env.expect(0, ["s.xlsx", "--force"]);
        assert!(std::fs::read(env.path(OUT)).unwrap() == first, "the second conversion changed something");
    }
}

#[test]
fn a_text_typed_over_a_result_is_listed_until_somebody_takes_it_out_of_the_list() {
    let env = written();
    let script = "summary['A8'] = 'คำแทนคะแนน'\nanalysis['D5'] = 'คำแทนคะแนนข้อ'\nscores['A4'] = 'คำแทนหัว'";
    if edit(&env, OUT, script).is_none() {
        return;
    }
    let words = ["คำแทนคะแนน", "คำแทนคะแนนข้อ", "คำแทนหัว"];
    for _ in 0..3 {
        let run = env.expect(0, ["s.xlsx", "--force"]);
        assert!(run.stderr.contains("edit-not-placed"), "{}", run.stderr);
        let says = |word: &&str| run.stderr.contains(*word) && all_text(&env.path(OUT)).contains(*word);
        assert!(words.iter().all(says), "{}", run.stderr);
    }
    let delete = "listed = [row for row in range(1, findings.max_row + 1) if 'edit-not-placed' in \
                  str(findings.cell(row, 2).value)]\nfor row in reversed(listed): findings.delete_rows(row)";
    edit(&env, OUT, delete);
    let run = env.expect(0, ["s.xlsx", "--force"]);
    assert!(!run.stderr.contains("edit-not-placed"), "{}", run.stderr);
}

#[test]
fn a_heading_that_both_have_changed_is_the_officers_and_both_are_shown() {
    let env = written();
    if edit(&env, OUT, "plan['A4'] = 'หัวข้อที่เจ้าหน้าที่พิมพ์'").is_none()
    {
        return;
    }
    // Numbers of issues are written in other digits now.
    for _ in 0..2 {
        let run = env.expect(0, ["s.xlsx", "--force", "--digits", "thai"]);
        let says = |text: &str| assert!(run.stderr.contains(text), "{text}: {}", run.stderr);
        ["edit-conflict", "แผนปฏิบัติการ!A4", "หัวข้อที่เจ้าหน้าที่พิมพ์", "๑. กระบวนการ"].into_iter().for_each(says);
        assert_eq!(cell(&env.path(OUT), "แผนปฏิบัติการ", 3, 0), "หัวข้อที่เจ้าหน้าที่พิมพ์");
    }
}

#[test]
fn outcomes_of_measures_that_are_gone_or_never_stood_in_the_plan_keep_a_row() {
    let env = written();
    let script = "
rows = {follow_up.cell(row, 9).value: row for row in range(1, follow_up.max_row + 1)}
follow_up.cell(rows['F/added/2'], 1).value = '9.9'
follow_up.cell(rows['F/added/2'], 2).value = 'มาตรการที่ไม่มีในแผน'
follow_up.cell(rows['F/added/2'], 3).value = 'ผลของมาตรการที่ไม่มีในแผน'
follow_up['C5'] = 'ผลของมาตรการที่ตัดออก'
key = follow_up['I5'].value.replace('F', 'P', 1)
gone = [row for row in range(1, plan.max_row + 1) if str(plan.cell(row, 6).value).startswith(key + '|')]
plan.delete_rows(gone[0], len(gone))";
    if edit(&env, OUT, script).is_none() {
        return;
    }
    for _ in 0..2 {
        env.expect(0, ["s.xlsx", "--force"]);
        let text = all_text(&env.path(OUT));
        for word in ["มาตรการที่ไม่มีในแผน", "ผลของมาตรการที่ไม่มีในแผน", "ผลของมาตรการที่ตัดออก"]
        {
            assert!(text.contains(word), "{word}");
        }
    }
}

#[test]
fn colours_widths_heights_and_formulas_were_counted_as_none() {
    let env = written();
    let script = "from openpyxl.styles import Font, PatternFill\n\
                  analysis['F7'].fill = PatternFill('solid', fgColor='FFFF00')\nplan['B5'].font = Font(color='FF0000')\n\
                  analysis.column_dimensions['C'].width = 60\nplan.row_dimensions[6].height = 123\n\
                  plan['C6'] = '=CONCATENATE(\"ก\",\"ข\")'\nanalysis['K9'] = '=1+1'";
    if edit(&env, OUT, script).is_none() {
        return;
    }
    let run = env.expect(0, ["s.xlsx", "-o", "new.xlsx", "--edits", OUT]);
    assert!(run.stderr.contains("0 / 0 / 0 / 2 / 2 / 2 / 0"), "{}", run.stderr);
    assert!(all_text(&env.path("new.xlsx")).contains("CONCATENATE"), "{}", run.stderr);
    let run = env.expect(0, ["inspect", OUT]);
    assert!(run.stdout.contains("2 colours"), "{}", run.stdout);
}

#[test]
fn a_run_leaves_a_workbook_alone_whose_words_have_no_place_in_the_new_one() {
    let env = written();
    std::fs::create_dir(env.path("in")).unwrap();
    std::fs::copy(env.path("s.xlsx"), env.path("in/s.xlsx")).unwrap();
    env.expect(0, ["batch", "in", "-o", "out"]);
    let name = "out/เทศบาลตำบลโคกม่วง-2567.xlsx";
    if edit(&env, name, "analysis['D5'] = 'คำแทนคะแนนข้อ'").is_none() {
        return;
    }
    let edited = std::fs::read(env.path(name)).unwrap();
    env.expect(0, ["batch", "in", "-o", "out", "--threshold", "90"]);
    assert!(std::fs::read(env.path(name)).unwrap() == edited);
    env.expect(0, ["batch", "in", "-o", "out", "--threshold", "90", "--force"]);
    assert!(all_text(&env.path(name)).contains("คำแทนคะแนนข้อ"));
}

#[test]
fn comments_and_text_boxes_are_listed_with_their_words() {
    let env = written();
    let script = "from openpyxl.comments import Comment\nplan['B5'].comment = Comment('ดูอีกครั้ง', 'ฉัน')";
    if edit(&env, OUT, script).is_none() {
        return;
    }
    let run = env.expect(0, ["s.xlsx", "--force"]);
    assert!(run.stderr.contains("แผนปฏิบัติการ!B5: \"ดูอีกครั้ง\""), "{}", run.stderr);
    let document = env.inspect(&[OUT]);
    assert!(!finding_codes(&document).is_empty());
}
