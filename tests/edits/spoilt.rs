//! Workbooks whose record is gone, damaged, of another agency or another year, or of which there are several.

use super::{all_text, edit, written};

const OUT: &str = "s-itasheet.xlsx";

#[test]
fn without_the_record_every_text_is_the_officers_and_that_is_said() {
    for script in ["del book['ข้อมูลโปรแกรม']", "book['ข้อมูลโปรแกรม']['A4'] = 'x'", "book['ข้อมูลโปรแกรม'].delete_rows(4)"]
    {
        let env = written();
        if edit(&env, OUT, &format!("plan['B5'] = 'มาตรการของเจ้าหน้าที่'\n{script}")).is_none()
        {
            return;
        }
        let run = env.expect(0, ["s.xlsx", "--force"]);
        assert!(run.stderr.contains("edits-without-record"), "{script}: {}", run.stderr);
        assert!(all_text(&env.path(OUT)).contains("มาตรการของเจ้าหน้าที่"), "{script}");
    }
}

#[test]
fn edits_of_another_year_or_agency_are_not_carried() {
    for flags in [["--force-year", "2566"], ["--agency", "เทศบาลตำบลอื่น"]] {
        let env = written();
        if edit(&env, OUT, "plan['B5'] = 'มาตรการของเจ้าหน้าที่'").is_none() {
            return;
        }
        let run = env.expect(0, ["s.xlsx", "-o", "new.xlsx", "--edits", OUT].into_iter().chain(flags));
        assert!(run.stderr.contains("edits-of-other"), "{}", run.stderr);
        assert!(env.path(OUT).is_file());
    }
}

#[test]
fn two_copies_with_different_edits_are_both_named() {
    let env = written();
    std::fs::copy(env.path(OUT), env.path("s-itasheet (2).xlsx")).unwrap();
    if edit(&env, OUT, "plan['B5'] = 'ข้อความหนึ่ง'").is_none() {
        return;
    }
    edit(&env, "s-itasheet (2).xlsx", "plan['B5'] = 'ข้อความสอง'");
    let run = env.expect(0, ["s.xlsx"]);
    assert!(run.stderr.contains("s-itasheet (2).xlsx is used, s-itasheet.xlsx is not"), "{}", run.stderr);
    assert!(all_text(&env.path("s-itasheet (3).xlsx")).contains("ข้อความสอง"));
}

#[test]
fn what_cannot_be_carried_is_counted_and_a_run_keeps_such_a_workbook() {
    let env = written();
    std::fs::create_dir(env.path("in")).unwrap();
    std::fs::copy(env.path("s.xlsx"), env.path("in/s.xlsx")).unwrap();
    env.expect(0, ["batch", "in", "-o", "out"]);
    let name = "out/เทศบาลตำบลโคกม่วง-2567.xlsx";
    let script = "from openpyxl.comments import Comment\nbook.create_sheet('ของฉัน')['A1'] = 1\n\
                  plan['B5'].comment = Comment('ดูอีกครั้ง', 'ฉัน')\nplan['B5'] = 'มาตรการของเจ้าหน้าที่'";
    if edit(&env, name, script).is_none() {
        return;
    }
    let edited = std::fs::read(env.path(name)).unwrap();
    env.expect(0, ["batch", "in", "-o", "out", "--threshold", "90"]);
    assert!(std::fs::read(env.path(name)).unwrap() == edited);
    let run = env.expect(0, ["convert", "in/s.xlsx", "-o", "new.xlsx", "--edits", name]);
    assert!(run.stderr.contains("edits-not-carried") && run.stderr.contains("1 / 0 / 1"), "{}", run.stderr);
    env.expect(0, ["batch", "in", "-o", "out", "--threshold", "90", "--force"]);
    assert!(all_text(&env.path(name)).contains("มาตรการของเจ้าหน้าที่"));
    assert!(env.path("out/เทศบาลตำบลโคกม่วง-2567 (ฉบับก่อน 1).xlsx").is_file());
}
