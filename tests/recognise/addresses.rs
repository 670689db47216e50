//! Where something was found: the cell as the file has it, also where codes stand in a row.

use itasheet::finding::FindingCode;
use itasheet::{Cause, Config};

use crate::support::agencies::codes;
use crate::support::reports::{all, cause, places};

/// A wide table: the cells before the codes' columns, and each line's cells with what stands in place of some scores.
fn wide(title: &str, headers: &str, lines: &[(&str, &[(usize, &str)])]) -> String {
    let codes: Vec<String> = codes().collect();
    let mut text = format!("{title}\n{headers},{}\n", codes.join(","));
    for (cells, changes) in lines {
        let mut scores: Vec<String> = (0..codes.len()).map(|index| format!("{}.25", 30 + index)).collect();
        for (index, score) in *changes {
            scores[*index] = (*score).to_owned();
        }
        text += &format!("{cells},{}\n", scores.join(","));
    }
    text
}

const HEADERS: &str = "ลำดับ,หน่วยงาน,อำเภอ,ปีงบประมาณ";

/// The finding of this kind about each agency names these cells.
#[track_caller]
fn assert_places(text: &str, config: &Config, code: FindingCode, expected: &[&str]) {
    let found: Vec<String> = all(text, config).iter().flat_map(|report| places(report, code)).collect();
    assert_eq!(found, expected, "{code}");
}

#[test]
fn a_year_without_framework_in_a_wide_table_named_another_cell() {
    let text = wide("ผลคะแนน ITA", HEADERS, &[("1,เทศบาลตำบลก,เมือง,2565", &[]), ("2,เทศบาลตำบลข,เมือง,2565", &[])]);
    let config = Config::default();
    assert_places(&text, &config, FindingCode::YearWithoutFramework, &["Sheet1!D3", "Sheet1!D4"]);
}

#[test]
fn a_flag_that_differs_in_a_wide_table_named_another_cell() {
    let text = wide("ผลคะแนน ITA", HEADERS, &[("1,เทศบาลตำบลก,เมือง,2567", &[]), ("2,เทศบาลตำบลข,เมือง,2567", &[])]);
    let mut config = Config::default();
    config.hints.district = Some("หาดใหญ่".to_owned());
    assert_places(&text, &config, FindingCode::FlagDiffers, &["Sheet1!C3", "Sheet1!C4"]);
    config.hints.district = None;
    config.profile.agency = Some("เทศบาลตำบลอื่น".to_owned());
    assert_places(&text, &config, FindingCode::AgencyDiffers, &["Sheet1!B3", "Sheet1!B4"]);
}

#[test]
fn findings_of_a_wide_table_name_its_cells() {
    let title = "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567";
    let first: &[(usize, &str)] = &[(0, "105"), (1, "ดีมาก"), (58, "-")];
    let text = wide(title, "หน่วยงาน,คะแนน IIT,ระดับ", &[("เทศบาลตำบลก,12,ผ่านดี", first), ("เทศบาลตำบลข,,", &[])]);
    let config = Config::default();
    for (code, place) in [
        (FindingCode::ScoreOutOfRange, "Sheet1!D3"),
        (FindingCode::ScoreUnreadable, "Sheet1!E3"),
        (FindingCode::ScoreBlank, "Sheet1!BJ3"),
    ] {
        assert_places(&text, &config, code, &[place]);
    }
    let reports = all(&text, &config);
    let published = &reports[0].submission.published;
    assert_eq!(published.level.as_ref().unwrap().origin.to_string(), "Sheet1!C3");
    assert_eq!(published.instruments.values().next().unwrap().origin.to_string(), "Sheet1!B3");
}

#[test]
fn a_choice_between_rows_names_rows_and_no_columns() {
    // Nobody is named: two rows could be the result.
    let rows: [(&str, &[(usize, &str)]); 2] = [("คะแนน", &[]), ("คะแนน", &[(0, "31.5"), (1, "32.5")])];
    let text = wide("ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567", "", &rows);
    let reports = all(&text, &Config::default());
    assert_eq!(places(&reports[0], FindingCode::ScoreUndecided), ["Sheet1!B3, B4"]);
    let mut findings = reports[0].assessment.findings.iter();
    let finding = findings.find(|own| own.code == FindingCode::ScoreUndecided).unwrap();
    assert_eq!((finding.found.as_str(), finding.expected.as_str()), ("3 (คะแนน)", "4 (คะแนน)"));
}

#[test]
fn codes_without_scores_in_a_wide_table_named_another_cell() {
    let blank: Vec<(usize, &str)> = (0..59).map(|index| (index, "ดี")).chain([(0, "300")]).collect();
    let text = wide("ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567", "ที่,หน่วยงาน", &[("1,เทศบาลตำบลก", &blank)]);
    match cause(text.as_bytes(), &Config::default()) {
        Cause::OfAgency { cause, .. } => match *cause {
            Cause::NoScores { places, .. } => assert_eq!(places, "Sheet1!C2"),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}
