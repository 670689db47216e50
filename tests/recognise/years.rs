//! Several years or agencies around one table: the newest year is used, and nobody is made up.

use calamine::DataType;
use rust_xlsxwriter::Workbook;

use itasheet::Config;
use itasheet::finding::FindingCode;

use crate::support::table::{all, assert_scores_by as assert_scores, codes, one, one_of_bytes};
use crate::support::{TestEnv, finding_codes, reports, sheet, table};

fn rows(line: impl Fn(usize, &str) -> String) -> String {
    codes().enumerate().map(|(index, code)| line(index, &code) + "\n").collect()
}

fn score(index: usize, year: u16) -> f64 {
    index as f64 + if year == 2567 { 40.25 } else { 30.5 }
}

#[test]
fn row_numbers_left_of_the_codes_are_no_agency() {
    let table = rows(|index, code| format!("{},{code},{},{}", index + 1, score(index, 2567), score(index, 2566)));
    let head = "ผลการประเมิน ITA ปีงบประมาณ 2567,,,\nที่,รหัส,เทศบาลตำบลตัวอย่างหนึ่ง,เทศบาลตำบลตัวอย่างสอง\n";
    let both = all(&(head.to_owned() + &table));
    assert_eq!(both.len(), 2, "{both:?}");
    assert_scores(&both[0], |index| score(index, 2567));
    assert_scores(&both[1], |index| score(index, 2566));
}

#[test]
fn of_sheets_of_two_years_the_newer_one_is_used_whichever_stands_first() {
    for years in [[2566u16, 2567], [2567, 2566]] {
        let mut workbook = Workbook::new();
        for year in years {
            let sheet = workbook.add_worksheet().set_name(format!("ผล{year}")).unwrap();
            sheet.write(0, 0, format!("ผลการประเมิน ITA ปีงบประมาณ พ.ศ. {year}")).unwrap();
            sheet.write(1, 0, "เทศบาลตำบลตัวอย่าง").unwrap();
            for (index, code) in codes().enumerate() {
                let row = 3 + index as u32;
                sheet.write(row, 0, code).unwrap().write(row, 1, score(index, year)).unwrap();
            }
        }
        let document = one_of_bytes(&workbook.save_to_buffer().unwrap());
        assert_eq!(document["fiscal_year"], 2567);
        assert_scores(&document, |index| score(index, 2567));
        assert!(finding_codes(&document).contains(&"other-year-ignored".to_owned()), "{years:?}");
    }
}

#[test]
fn of_two_years_side_by_side_the_newer_pair_is_used() {
    for years in [[2566u16, 2567], [2567, 2566]] {
        let head =
            format!("ผลการประเมิน ITA,,,\nเทศบาลตำบลตัวอย่าง,,,\n,,,\nปีงบประมาณ {},,ปีงบประมาณ {},\n", years[0], years[1]);
        let table = rows(|index, code| format!("{code},{},{code},{}", score(index, years[0]), score(index, years[1])));
        let document = one(&format!("{head}รหัส,คะแนน,รหัส,คะแนน\n{table}"));
        assert_eq!(document["fiscal_year"], 2567);
        assert_scores(&document, |index| score(index, 2567));
    }
}

#[test]
fn rows_of_highest_and_lowest_scores_are_no_agencies() {
    let codes: Vec<String> = codes().collect();
    let line = |name: &str, by: f64| {
        let scores: Vec<String> = (0..codes.len()).map(|index| (score(index, 2567) + by).to_string()).collect();
        format!("{name},{}\n", scores.join(","))
    };
    let mut text = format!("ผลการประเมิน ITA ปีงบประมาณ 2567\nหน่วยงาน,{}\n", codes.join(","));
    for (name, by) in [("เทศบาลตำบลหนึ่ง", 0.0), ("เทศบาลตำบลสอง", 0.5), ("คะแนนสูงสุด", 0.5), ("คะแนนต่ำสุด", 0.0)]
    {
        text += &line(name, by);
    }
    let names: Vec<String> = all(&text).iter().map(|own| own["agency"]["value"].as_str().unwrap().to_owned()).collect();
    assert_eq!(names, ["เทศบาลตำบลหนึ่ง", "เทศบาลตำบลสอง"]);
}

#[test]
fn full_marks_above_the_first_agency_do_not_hide_the_column_of_years() {
    let codes: Vec<String> = codes().collect();
    let line = |year: u16| {
        let scores: Vec<String> = (0..codes.len()).map(|index| score(index, year).to_string()).collect();
        format!("{year},เทศบาลตำบลตัวอย่าง,{}\n", scores.join(","))
    };
    let full = format!(",คะแนนเต็ม,{}\n", vec!["100"; codes.len()].join(","));
    let text = format!("ผลการประเมิน ITA\nปีงบประมาณ,หน่วยงาน,{}\n{full}{}{}", codes.join(","), line(2566), line(2567));
    let document = one(&text);
    assert_eq!(document["fiscal_year"], 2567);
    assert_scores(&document, |index| score(index, 2567));
    assert!(finding_codes(&document).contains(&"other-year-ignored".to_owned()));
}

#[test]
fn a_block_whose_title_names_nobody_is_of_the_agency_named_above() {
    let block = |year: u16| {
        let table = rows(|index, code| format!("{code},{}", score(index, year)));
        format!(
            "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. {year}\n{}รหัส,คะแนน\n{table}\n",
            if year == 2566 { "เทศบาลตำบลตัวอย่าง\n" } else { "" }
        )
    };
    let document = one(&(block(2566) + &block(2567)));
    assert_eq!(
        (document["fiscal_year"].as_u64(), document["agency"]["value"].as_str()),
        (Some(2567), Some("เทศบาลตำบลตัวอย่าง"))
    );
    assert_scores(&document, |index| score(index, 2567));
    assert!(finding_codes(&document).contains(&"other-year-ignored".to_owned()));
}

#[test]
fn last_years_file_of_many_agencies_gives_each_its_own_figures() {
    let env = TestEnv::new();
    let names = ["เทศบาลตำบลหนึ่ง", "เทศบาลตำบลสอง"];
    let indicators: Vec<String> = (1..=10).map(|number| format!("ตัวชี้วัดที่ {number}")).collect();
    let wide = |year: u16, by: f64, names: &[&str]| {
        let line = |index: usize, name: &str| {
            let scores: Vec<String> =
                (0..10).map(|n| (70.0 + by + n as f64 + index as f64 / 4.0).to_string()).collect();
            format!("{name},{}\n", scores.join(","))
        };
        let lines: String = names.iter().enumerate().map(|(index, name)| line(index, name)).collect();
        format!("ผลการประเมิน ITA ปีงบประมาณ {year}\nหน่วยงาน,{}\n{lines}", indicators.join(","))
    };
    std::fs::write(env.path("now.csv"), wide(2567, 5.0, &names)).unwrap();
    std::fs::write(env.path("before.csv"), wide(2566, 0.0, &["ทต.สอง", "ทต.หนึ่ง", "ทต.สาม"])).unwrap();
    env.expect(0, ["convert", "now.csv", "-o", "out/", "--previous", "before.csv"]);
    // The first agency of this year is the second of last year's, written in short.
    for (name, before) in [("หนึ่ง", 70.25), ("สอง", 70.0)] {
        let file = env.tree("out").into_keys().find(|file| file.contains(name)).unwrap();
        let cells = sheet(&env.path("out").join(&file), "สรุปผล");
        let numbers: Vec<f64> = cells.used_cells().filter_map(|(_, _, cell)| cell.as_f64()).collect();
        assert!(numbers.iter().any(|number| (number - before).abs() < 1e-9), "{name}: {numbers:?}");
    }
}

#[test]
fn a_year_given_by_a_flag_keeps_the_figures_under_a_title_of_another() {
    let text = |year: u16, header: &str| {
        let indicators: String = (1..=10).map(|number| format!("ตัวชี้วัดที่ {number},{}.5\n", 80 + number)).collect();
        format!(
            "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. {year}\nเทศบาลตำบลตัวอย่าง\nคะแนนรวม,92.13\nระดับ,ผ่าน\nอันดับ,\"1,519\"\n\n\
             ตัวชี้วัด,{header}\n{indicators}\nรหัส,{header}\n{}",
            reports::lines(|index| score(index, 2567).to_string())
        )
    };
    let mut config = Config::default();
    config.hints.year = Some(2567);
    for (year, header) in [(2568, "คะแนน"), (2568, "คะแนนปี 2568"), (2576, "คะแนน"), (2567, "คะแนน")]
    {
        let report = reports::one(&text(year, header), &config);
        let published = &report.submission.published;
        assert_eq!(report.assessment.framework.year, 2567, "{year} {header}");
        assert_eq!(report.assessment.total.shown(), Some("92.13".parse().unwrap()), "{year} {header}");
        assert_eq!(published.level.as_ref().map(|own| own.value.as_str()), Some("ผ่าน"), "{year} {header}");
        assert_eq!(published.rank.as_ref().map(|own| own.value), Some(1519), "{year} {header}");
        assert_eq!(published.indicators.len(), 10, "{year} {header}");
        let differs = report.assessment.findings.iter().any(|own| own.code == FindingCode::FlagDiffers);
        assert_eq!(differs, year != 2567, "{year} {header}");
    }
}

#[test]
fn a_year_given_by_a_flag_that_the_file_names_chooses_its_figures() {
    let block = |year: u16, total: &str| format!("ผลการประเมิน ปีงบประมาณ พ.ศ. {year}\nคะแนนรวม,{total}\n\n\n");
    let head = format!("เทศบาลตำบลตัวอย่าง\n\n{}{}", block(2568, "92.13"), block(2567, "88.88"));
    let text = format!("{head}รหัส,คะแนน\n{}", reports::lines(|index| score(index, 2567).to_string()));
    for (year, total) in [(None, "92.13"), (Some(2568), "92.13"), (Some(2567), "88.88")] {
        let mut config = Config::default();
        (config.hints.year, config.hints.force_year) = (year, true);
        let report = reports::one(&text, &config);
        assert_eq!(report.assessment.total.shown(), Some(total.parse().unwrap()), "{year:?}");
    }
}

#[test]
fn a_plan_that_names_the_assessment_gave_the_year_of_its_result() {
    let plan = "แผนปฏิบัติการเพื่อยกระดับ ITA ปีงบประมาณ พ.ศ. 2568";
    for result in ["จากผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567", "ผลการประเมิน ITA ปี 2567"]
    {
        let document = one(&format!("{plan}\n{result}\nเทศบาลตำบลตัวอย่าง\n\n{}", table::questions()));
        assert_eq!(document["fiscal_year"], 2567, "{result}");
        table::assert_scores(&document);
    }
}

#[test]
fn a_sheet_with_next_years_plan_gave_the_year_of_the_result() {
    let rows: String = codes().map(|code| format!("{code},มาตรการ,95.5\n")).collect();
    for title in ["แผนปฏิบัติการ ปีงบประมาณ พ.ศ. 2568", "แผนยกระดับ ITA ปีงบประมาณ พ.ศ. 2568"]
    {
        let plan = format!("{title}\nเทศบาลตำบลตัวอย่าง\nข้อ,มาตรการ,คะแนนเป้าหมาย\n{rows}");
        let result = format!("{}\n{}", table::TITLE, table::questions());
        for name in ["แผน", "แผน 2568"] {
            for sheets in
                [[(name, plan.clone()), ("ผล", result.clone())], [("ผล", result.clone()), (name, plan.clone())]]
            {
                let document = one_of_bytes(&table::workbook(&sheets));
                assert_eq!(document["fiscal_year"], 2567, "{title} {name}");
                table::assert_scores(&document);
            }
        }
    }
}
