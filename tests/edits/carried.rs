//! Edits are carried into every new workbook, and told from what the program wrote.

use std::process::Command;

use super::{all_text, cell, edit, edit_at_random, edited_by_office, written};
use crate::support::{finding_codes, sheet, texts};

const OUT: &str = "s-itasheet.xlsx";

/// So many seeds, or as many as are asked for.
fn seeds() -> u64 {
    std::env::var("ITASHEET_EDITS").ok().and_then(|count| count.parse().ok()).unwrap_or(4)
}

#[test]
fn a_workbook_that_nobody_has_edited_has_no_edits() {
    let env = written();
    assert_eq!(env.inspect(&[OUT])["edits"], serde_json::json!([]));
    let before = std::fs::read(env.path(OUT)).unwrap();
    let run = env.expect(0, ["s.xlsx", "--force"]);
    assert!(!run.stderr.contains("edit") && std::fs::read(env.path(OUT)).unwrap() == before);
}

#[test]
fn whatever_is_typed_is_there_after_two_conversions_and_the_second_changes_nothing() {
    for seed in 0..seeds() {
        let env = written();
        let Some(words) = edit_at_random(&env.path(OUT), seed) else { return };
        if seed % 2 == 1 {
            edited_by_office(&env, OUT);
        }
        env.expect(0, ["s.xlsx", "--force"]);
        let first = std::fs::read(env.path(OUT)).unwrap();
        let text = all_text(&env.path(OUT));
        for word in &words {
            assert!(text.contains(word.as_str()), "seed {seed}: {word} is gone");
        }
        env.expect(0, ["s.xlsx", "--force"]);
        assert!(std::fs::read(env.path(OUT)).unwrap() == first, "seed {seed}: the second conversion changed something");
    }
}

#[test]
fn a_text_of_the_programs_follows_its_score_and_one_of_the_officers_stays() {
    let env = written();
    let script = "analysis['F6'] = 'ข้อความของเจ้าหน้าที่'\nscores['B5'] = 99.5";
    if edit(&env, OUT, script).is_none() {
        return;
    }
    let old = cell(&env.path(OUT), "วิเคราะห์ผล", 4, 5);
    let run = env.expect(0, ["s.xlsx"]);
    let new = env.path("s-itasheet (2).xlsx");
    assert!(run.stderr.contains("edit-number-stays"), "{}", run.stderr);
    assert_eq!(cell(&new, "วิเคราะห์ผล", 5, 5), "ข้อความของเจ้าหน้าที่");
    assert_ne!(cell(&new, "วิเคราะห์ผล", 4, 5), old);
    assert_eq!(cell(&new, "คะแนนรายข้อ", 4, 1), "99.5");
}

#[test]
fn a_number_that_both_have_changed_is_the_inputs_and_must_be_looked_at() {
    let env = written();
    if edit(&env, OUT, "scores['B5'] = 99.5").is_none() {
        return;
    }
    // Now the input says something third.
    let script = "import sys, openpyxl\nbook = openpyxl.load_workbook(sys.argv[1])\nfor row in book.active.iter_rows():\n for cell in row:\n  if cell.value == 84.67: cell.value = 61.25\nbook.save(sys.argv[1])";
    let python = super::python().unwrap();
    assert!(Command::new(python).args(["-c", script]).arg(env.path("s.xlsx")).status().unwrap().success());
    let run = env.expect(0, ["s.xlsx", "-o", OUT, "--force"]);
    let says = |text: &str| assert!(run.stderr.contains(text), "{text}: {}", run.stderr);
    ["edit-number-conflict", "คะแนนรายข้อ!B5", "ผลคะแนน!", "99.5", "61.25"].into_iter().for_each(says);
    assert_eq!(cell(&env.path(OUT), "คะแนนรายข้อ", 4, 1), "61.25");
    assert!(env.path("s-itasheet (ฉบับก่อน 1).xlsx").is_file());
}

#[test]
fn edits_are_dropped_only_where_that_is_asked_for_and_the_old_file_is_kept() {
    let env = written();
    let plain = std::fs::read(env.path(OUT)).unwrap();
    if edit(&env, OUT, "plan['B5'] = 'มาตรการของเจ้าหน้าที่'").is_none() {
        return;
    }
    let edited = std::fs::read(env.path(OUT)).unwrap();
    env.expect(0, ["s.xlsx", "--force", "--discard-edits"]);
    assert!(std::fs::read(env.path(OUT)).unwrap() == plain);
    let kept = env.path("s-itasheet (ฉบับก่อน 1).xlsx");
    assert!(std::fs::read(&kept).unwrap() == edited);
    // And they can be had again from it.
    env.expect(0, ["s.xlsx", "-o", "again.xlsx", "--edits", kept.to_str().unwrap()]);
    assert!(all_text(&env.path("again.xlsx")).contains("มาตรการของเจ้าหน้าที่"));
    let run = env.expect(1, ["s.xlsx", "-o", "no.xlsx", "--edits", "s.xlsx"]);
    assert!(run.stderr.contains("no edits to carry"), "{}", run.stderr);
}

#[test]
fn a_run_carries_edits_into_the_workbooks_that_it_makes_anew() {
    let env = written();
    std::fs::create_dir(env.path("in")).unwrap();
    std::fs::copy(env.path("s.xlsx"), env.path("in/s.xlsx")).unwrap();
    env.expect(0, ["batch", "in", "-o", "out"]);
    let name = "out/เทศบาลตำบลโคกม่วง-2567.xlsx";
    if edit(&env, name, "plan['B5'] = 'มาตรการของเจ้าหน้าที่'").is_none() {
        return;
    }
    // Nothing else has changed: it stays as it is.
    let edited = std::fs::read(env.path(name)).unwrap();
    env.expect(0, ["batch", "in", "-o", "out"]);
    assert!(std::fs::read(env.path(name)).unwrap() == edited);
    for threshold in ["90", "80"] {
        env.expect(0, ["batch", "in", "-o", "out", "--threshold", threshold]);
        assert!(all_text(&env.path(name)).contains("มาตรการของเจ้าหน้าที่"), "{threshold}");
        let run: serde_json::Value =
            serde_json::from_slice(&std::fs::read(env.path("out/itasheet-run.json")).unwrap()).unwrap();
        assert_eq!(run["files"][0]["agencies"][0]["merged"], true);
    }
    assert!(env.path("out/เทศบาลตำบลโคกม่วง-2567 (ฉบับก่อน 1).xlsx").is_file());
}

#[test]
fn inspect_lists_what_was_changed() {
    let env = written();
    let script = "analysis['F5'] = 'ข้อความใหม่'\nscores['B5'] = 12\nfollow_up['C5'] = 'ทำแล้ว'\nplan.delete_rows(6)";
    if edit(&env, OUT, script).is_none() {
        return;
    }
    let document = env.inspect(&[OUT]);
    let kinds: Vec<&str> =
        document["edits"].as_array().unwrap().iter().map(|edit| edit["kind"].as_str().unwrap()).collect();
    assert!(["text", "number", "follow-up", "removed"].iter().all(|kind| kinds.contains(kind)), "{kinds:?}");
    assert!(!finding_codes(&document).is_empty());
    let run = env.expect(0, ["inspect", OUT]);
    assert!(run.stdout.contains("ข้อความใหม่"), "{}", run.stdout);
}

#[test]
fn a_measure_that_nothing_calls_for_stays_for_the_officers_words() {
    let env = written();
    if edit(&env, OUT, "plan['B5'] = 'มาตรการของเจ้าหน้าที่'\nscores['B5'] = 100").is_none()
    {
        return;
    }
    let run = env.expect(0, ["s.xlsx", "--measures", "few", "--force"]);
    assert!(all_text(&env.path(OUT)).contains("มาตรการของเจ้าหน้าที่"), "{}", run.stderr);
}

#[test]
fn the_word_document_has_the_officers_words() {
    let env = written();
    if edit(&env, OUT, "plan['B5'] = 'มาตรการของเจ้าหน้าที่'\nanalysis['F5'] = 'ข้อความของเจ้าหน้าที่'").is_none()
    {
        return;
    }
    env.expect(0, ["s.xlsx", "--force", "--word"]);
    let mut archive = zip::ZipArchive::new(std::fs::File::open(env.path("s-itasheet.docx")).unwrap()).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("word/document.xml").unwrap(), &mut text).unwrap();
    assert!(text.contains("มาตรการของเจ้าหน้าที่") && text.contains("ข้อความของเจ้าหน้าที่"));
}

#[test]
fn own_formulas_that_a_program_saved_without_results_were_warned_of() {
    let env = written();
    // openpyxl saves formulas without what they come to.
    if edit(&env, OUT, "analysis['F5'] = 'ข้อความของเจ้าหน้าที่'").is_none() {
        return;
    }
    let run = env.expect(0, [OUT, "-o", "again.xlsx"]);
    assert!(!run.stderr.contains("formula-uncalculated"), "{}", run.stderr);
}

#[test]
fn last_years_measures_stand_in_this_years_follow_up_with_what_came_of_them() {
    let env = written();
    let script = "follow_up['C5'] = 'ดำเนินการครบถ้วน'\nfollow_up['D5'] = 'แล้วเสร็จ'\nfollow_up['E5'] = 100\n\
                  follow_up['F5'] = 'งบประมาณล่าช้า'";
    if edit(&env, OUT, script).is_none() {
        return;
    }
    std::fs::copy(env.path(OUT), env.path("last.xlsx")).unwrap();
    env.expect(0, ["s.xlsx", "-o", "new.xlsx", "--previous", "last.xlsx"]);
    let text = all_text(&env.path("new.xlsx"));
    assert!(["ดำเนินการครบถ้วน", "งบประมาณล่าช้า", "ปีงบประมาณ พ.ศ. ๒๕๖๘"].iter().all(|word| text.contains(word)), "{text}");
}

#[test]
fn what_came_of_a_measure_added_by_hand_was_not_told_a_year_later() {
    let env = written();
    let script = r#"
for merged in list(plan.merged_cells.ranges):
    plan.unmerge_cells(str(merged))
row = next(row for row in range(4, plan.max_row) if plan.cell(row, 6).value == 'P/2')
plan.insert_rows(row)
plan.cell(row, 1).value, plan.cell(row, 2).value = '1.9', 'มาตรการที่เพิ่มเอง'
row = next(row for row in range(4, follow_up.max_row + 1) if follow_up.cell(row, 9).value == 'F/added/1')
follow_up.cell(row, 3).value = 'ผลของมาตรการที่เพิ่มเอง'
"#;
    if edit(&env, OUT, script).is_none() {
        return;
    }
    std::fs::copy(env.path(OUT), env.path("last.xlsx")).unwrap();
    env.expect(0, ["s.xlsx", "-o", "new.xlsx", "--previous", "last.xlsx"]);
    let text = all_text(&env.path("new.xlsx"));
    assert!(text.contains("มาตรการที่เพิ่มเอง") && text.contains("ผลของมาตรการที่เพิ่มเอง"), "{text}");
}

/// Takes the rows of the first measure out of the plan.
const TAKEN_OUT: &str = "
for merged in list(plan.merged_cells.ranges):
    plan.unmerge_cells(str(merged))
plan.delete_rows(5, 4)";

#[test]
fn what_came_of_a_measure_that_was_taken_out_of_the_plan_was_not_told_a_year_later() {
    let filled = "follow_up['C5'] = 'ผลของมาตรการที่นำออก'";
    // What a spreadsheet program leaves of the title, a row for measures that are added, and one of an issue that is gone.
    let lost = "follow_up['B5'] = '#REF!'";
    let added = "follow_up['C5'] = None\nrow = next(row for row in range(4, follow_up.max_row + 1) if \
                 follow_up.cell(row, 9).value == 'F/added/2')\nfollow_up.cell(row, 3).value = 'ผลของมาตรการที่นำออก'";
    let issue = "follow_up['I5'] = 'F/9/none'";
    for script in [TAKEN_OUT.to_owned(), format!("{TAKEN_OUT}\n{lost}"), added.to_owned(), issue.to_owned()] {
        let env = written();
        if edit(&env, OUT, &format!("{filled}\n{script}")).is_none() {
            return;
        }
        std::fs::copy(env.path(OUT), env.path("last.xlsx")).unwrap();
        env.expect(0, ["s.xlsx", "-o", "new.xlsx", "--previous", "last.xlsx"]);
        let text = all_text(&env.path("new.xlsx"));
        assert!(text.contains("ผลของมาตรการที่นำออก") && !text.contains("#REF!"), "{script}: {text}");
        // One whose issue is not known is in none.
        let numbers = texts(&sheet(&env.path("new.xlsx"), "ติดตามผล"));
        assert!(!numbers.iter().any(|(_, column, text)| *column == 0 && text == "0"), "{script}");
        // Also where this year's plan was made anew before.
        env.expect(0, ["s.xlsx", "--force"]);
        env.expect(0, ["s.xlsx", "-o", "later.xlsx", "--previous", OUT]);
        let text = all_text(&env.path("later.xlsx"));
        assert!(text.contains("ผลของมาตรการที่นำออก"), "{script}: {text}");
    }
}

#[test]
fn a_workbook_of_a_version_without_a_record_has_each_text_beside_the_first_question_of_its_block() {
    let env = written();
    // The layout of the version before: no keys, one row a measure, the texts of several questions in one merged cell.
    let script = r#"
del book['ข้อมูลโปรแกรม']
for name in ['วิเคราะห์ผล', 'แผนปฏิบัติการ', 'ติดตามผล']:
    place = book.sheetnames.index(name)
    del book[name]
    book.create_sheet(name, place)
analysis, plan, follow_up = book['วิเคราะห์ผล'], book['แผนปฏิบัติการ'], book['ติดตามผล']
analysis.append(['ส่วนที่ ๑'])
analysis.append(['ลำดับ', 'หัวข้อ', 'เครื่องมือการประเมิน', 'ข้อคำถาม', 'คะแนน', 'สถานะ', 'ข้อบกพร่อง/ข้อแก้ไข/ปรับปรุง/รักษาระดับ'])
analysis.append(['ประเด็นที่ 1 กระบวนการปฏิบัติงาน'])
analysis.append(['1', 'กระบวนการ', 'IIT', 'ข้อ i1 การปฏิบัติงาน', 84, 'ควรปรับปรุง', 'ข้อความ EDITED หนึ่ง'])
analysis.append([None, None, None, 'ข้อ i2 ความเท่าเทียม', 90, 'พัฒนาต่อเนื่อง', None])
analysis.merge_cells('G4:G5')
analysis['J9'] = 'ข้อความ EDITED ห้า'
analysis.append(['ประเด็นที่ 6 กระบวนการควบคุม'])
# The first question of this block is one of another issue now.
analysis.append(['6', 'กระบวนการ', 'OIT', 'ข้อ o15 ประกาศ', 100, 'คงสถานะ', 'ข้อความ EDITED หก'])
analysis.append([None, None, None, 'ข้อ o18 แผน', 100, 'คงสถานะ', None])
plan.append(['ส่วนที่ ๒'])
plan.append(['หัวข้อ', 'มาตรการ โครงการ หรือกิจกรรม', 'ขั้นตอน/วิธีปฏิบัติ', 'ระยะเวลาดำเนินงาน', 'ผู้รับผิดชอบ/ผู้ที่เกี่ยวข้อง'])
plan.append(['1. กระบวนการ', '1.1 มาตรการ EDITED สอง\nตอบข้อ i1 (84.67)\nตัวชี้วัดความสำเร็จ: ครบ', '1. ทำ\n2. สรุป', '๑ ตุลาคม', 'กองช่าง EDITED สาม'])
follow_up.append(['รายงาน'])
follow_up.append(['ประเด็น', 'มาตรการ โครงการ หรือกิจกรรม', 'ผลการดำเนินงาน', 'สถานะ', 'ร้อยละ', 'วันที่รายงาน', 'หลักฐาน (ลิงก์)'])
follow_up.append(['1. กระบวนการ', '1.1 มาตรการ', 'ทำแล้ว EDITED สี่'])
"#;
    if edit(&env, OUT, script).is_none() {
        return;
    }
    let run = env.expect(0, ["s.xlsx", "-o", "new.xlsx", "--edits", OUT]);
    assert!(run.stderr.contains("edits-of-old-version"), "{}", run.stderr);
    let new = env.path("new.xlsx");
    assert_eq!(cell(&new, "วิเคราะห์ผล", 4, 5), "ข้อความ EDITED หนึ่ง");
    assert_eq!(cell(&new, "วิเคราะห์ผล", 4, 6), "ทบทวนข้อความ");
    // In the place of the measure that answers what it answered, and nowhere else.
    let row_of = |sheet: &str, key: &str, column| {
        (0..200).find(|row| cell(&new, sheet, *row, column).starts_with(key)).unwrap_or_else(|| panic!("{key}"))
    };
    let row = row_of("แผนปฏิบัติการ", "P/1/staff-service-procedure|title", 5);
    assert_eq!(cell(&new, "แผนปฏิบัติการ", row, 1), "มาตรการ EDITED สอง");
    assert_eq!(cell(&new, "แผนปฏิบัติการ", row, 4), "กองช่าง EDITED สาม");
    assert_eq!(cell(&new, "แผนปฏิบัติการ", row, 6), "ทบทวนข้อความ");
    assert_eq!(cell(&new, "แผนปฏิบัติการ", row + 1, 2), "2. สรุป");
    assert_eq!(cell(&new, "ติดตามผล", row_of("ติดตามผล", "F/1/staff-service-procedure", 8), 2), "ทำแล้ว EDITED สี่");
    assert!(!all_text(&new).contains("P/1/added-"));
    // What has no place is listed.
    assert!(run.stderr.contains("ข้อความ EDITED ห้า"), "{}", run.stderr);
    assert_eq!(cell(&new, "วิเคราะห์ผล", row_of("วิเคราะห์ผล", "A/6/o18", 7), 5), "ข้อความ EDITED หก");
}

#[test]
fn a_text_typed_over_what_a_measure_answers_was_lost() {
    let env = written();
    let script = "assert str(plan['B6'].value).startswith('=')\nplan['B6'] = 'บรรทัดของเจ้าหน้าที่'";
    if edit(&env, OUT, script).is_none() {
        return;
    }
    env.expect(0, ["s.xlsx", "--force"]);
    assert!(all_text(&env.path(OUT)).contains("บรรทัดของเจ้าหน้าที่"));
}
