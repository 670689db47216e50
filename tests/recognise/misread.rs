//! Tables that were read as something else: a number of another year, of another row, or of nobody.

use itasheet::recognise::Hints;
use serde_json::Value;

use crate::support::finding_codes;
use crate::support::table::{
    TITLE, all, assert_scores, codes, documents, one, published, questions, rows, score, workbook,
};

const INDICATORS: &str = "ตัวชี้วัดที่ 1,10,71.5\nตัวชี้วัดที่ 2,10,72.5\nตัวชี้วัดที่ 3,10,73.5\nตัวชี้วัดที่ 4,10,74.5\n";

#[test]
fn a_sum_between_the_instruments_was_taken_for_a_header_and_hid_the_real_one() {
    // Last year's column looks more like scores than this year's full marks.
    for sum in ["คะแนนรวม EIT,51.31,", "คะแนน EIT,67,", "คะแนน EIT,,", "คะแนน EIT,9 ข้อ,"]
    {
        let line = |code: &str, score: f64| {
            let sum = if code == "o1" { format!("{sum}\n") } else { String::new() };
            let (own, old) = if code.starts_with('o') { (100.0, 55.55) } else { (score, 33.0) };
            format!("{sum}{code},{own},{old}")
        };
        let document = one(&format!("{TITLE}รหัส,คะแนน,คะแนนปี 2566\n{}", rows(line)));
        for own in document["questions"].as_array().unwrap().iter().skip(24) {
            assert_eq!(own["score"].as_f64(), Some(100.0), "{sum} {own}");
        }
    }
}

#[test]
fn a_table_below_that_of_the_indicators_has_columns_of_its_own() {
    let table = format!("ตัวชี้วัด,น้ำหนัก,คะแนน,คะแนนถ่วงน้ำหนัก\n{}", INDICATORS.replace('\n', ",7.15\n"));
    let parts =
        "แบบวัด,คะแนน,น้ำหนัก,คะแนนถ่วงน้ำหนัก\nIIT,91.5,30,27.45\nEIT,92.5,30,27.75\nOIT,93.5,40,37.40\nรวม,,100,92.6\n";
    for gap in ["\n", ""] {
        let document = one(&format!("{TITLE}{table}{gap}{parts}\n{}", questions()));
        for (name, score) in [("IIT", 91.5), ("EIT", 92.5), ("OIT", 93.5)] {
            assert_eq!(published(&document, "instruments", name), Some(score), "{gap:?}");
        }
        assert_eq!(document["total"]["published"].as_f64(), Some(92.6));
        assert_eq!(published(&document, "indicators", 2), Some(72.5));
        assert_scores(&document);
    }
    // So have years, and a row in which each label has its own number.
    let years = "รายการ,ปี 2566,ปี 2567\nคะแนนรวม,54.46,79.62\nระดับ,ผ่าน,ผ่านดี\n";
    let document = one(&format!("{TITLE}ตัวชี้วัด,คะแนน\n{}\n{years}\n{}", INDICATORS.replace(",10,", ","), questions()));
    assert_eq!(document["total"]["published"].as_f64(), Some(79.62));
    let row = "คะแนน IIT,91.5,คะแนน EIT,92.5,คะแนน OIT,93.5\n";
    let document =
        one(&format!("{TITLE}ตัวชี้วัด,น้ำหนัก,ระดับ,คะแนน\n{}{row}\n{}", INDICATORS.replace(",10,", ",10,,"), questions()));
    assert_eq!(published(&document, "instruments", "IIT"), Some(91.5));
    assert_eq!(published(&document, "instruments", "OIT"), Some(93.5));
}

#[test]
fn a_sentence_of_last_years_total_is_not_this_years() {
    for (line, total) in [
        ("ปี 2566 ได้คะแนนรวม 81.23 คะแนน", None),
        ("ปี 2566,คะแนนรวม,81.23,ระดับ,ผ่าน", None),
        ("ปี 2566,คะแนนรวม,81.23,ปี 2567,คะแนนรวม,92.13", Some(92.13)),
        ("ปี 2567 ได้คะแนนรวม 92.13 คะแนน", Some(92.13)),
    ] {
        let document = one(&format!("{TITLE}\n{line}\n\n{}", questions()));
        assert_eq!(document["total"]["published"].as_f64(), total, "{line}");
        assert!(document["level"]["published"].is_null(), "{line}");
        assert_scores(&document);
    }
}

#[test]
fn a_sentence_or_a_header_may_stand_before_the_level() {
    for lines in [
        "ได้คะแนนรวม 91.31 คะแนน อยู่ในระดับ ผ่านดี\n",
        ",คะแนน,ระดับ\nผลการประเมินภาพรวม,91.31,ผ่านดี\n",
        "IIT,EIT,OIT,รวม\n90.5,91.5,92.5,91.31\nคะแนนเฉลี่ยระดับประเทศ,93.05\nระดับ,ผ่านดี\n",
    ] {
        let document = one(&format!("{TITLE}\n{lines}\n{}", questions()));
        assert_eq!(document["total"]["published"].as_f64(), Some(91.31), "{lines}");
        assert_eq!(document["level"]["published"], "ผ่านดี", "{lines}");
    }
    // Indicators have levels of their own, and a header beside another is none.
    for (year, header) in [(2567, "ตัวชี้วัด,คะแนน,ระดับ"), (2566, "ตัวชี้วัด,ระดับ,อันดับ,คะแนน")]
    {
        let title = TITLE.replace("2567", &year.to_string());
        let cells = if year == 2567 { ",71.5,ผ่านดี" } else { ",ผ่านดี,1,71.5" };
        let table: String = (1..=10).map(|n| format!("ตัวชี้วัดที่ {n}{cells}\n")).collect();
        let document = one(&format!("{title}\n{header}\n{table}\n{}", questions()));
        assert!(document["level"]["published"].is_null(), "{header}: {}", document["level"]);
        assert!(!finding_codes(&document).contains(&"rank-in-place-of-level".to_owned()));
    }
}

/// A wide table of two agencies: the lines above, the headers before the codes, and each agency's cells before its scores.
fn wide(above: &str, headers: &str, lines: &[(&str, f64)]) -> Vec<Value> {
    let codes: Vec<String> = codes().collect();
    let mut text = format!("{above}{headers},{}\n", codes.join(","));
    for (cells, by) in lines {
        let scores: Vec<String> = (0..codes.len()).map(|index| (score(index) - by).to_string()).collect();
        // A line without a cell of its own is a title over the rows below it.
        let scores = if by.is_nan() { String::new() } else { format!(",{}", scores.join(",")) };
        text += &format!("{cells}{scores}\n");
    }
    all(&text)
}

pub fn names(all: &[Value], key: &str) -> Vec<String> {
    all.iter().map(|own| own[key]["value"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn merged_cells_of_a_wide_table_have_their_text_in_the_first_row_only() {
    let title = "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567\n";
    let lines = [("ตรัง,เทศบาลตำบลหนึ่ง", 0.0), (",เทศบาลตำบลสอง", 0.0), ("สงขลา,เทศบาลตำบลสาม", 0.0)];
    let found = wide(title, "จังหวัด,หน่วยงาน", &lines);
    assert_eq!(names(&found, "province"), ["ตรัง", "ตรัง", "สงขลา"]);
    // A gap in a column that repeats its texts is just a gap.
    let lines = [("ตรัง,เทศบาลตำบลหนึ่ง", 0.0), ("ตรัง,เทศบาลตำบลสอง", 0.0), (",เทศบาลตำบลสาม", 0.0)];
    assert_eq!(names(&wide(title, "จังหวัด,หน่วยงาน", &lines), "province"), ["ตรัง", "ตรัง", ""]);
    // The name of an agency of two years is merged too: the second row was lost.
    for years in [[2566, 2567], [2567, 2566]] {
        let line = |name: &str, year: u16| (format!("{name},{year}"), if year == 2567 { 0.0 } else { 9.5 });
        let lines =
            [line("เทศบาลตำบลหนึ่ง", years[0]), line("", years[1]), line("เทศบาลตำบลสอง", years[0]), line("", years[1])];
        let lines: Vec<(&str, f64)> = lines.iter().map(|(cells, by)| (cells.as_str(), *by)).collect();
        let found = wide("ผลการประเมิน ITA\n", "หน่วยงาน,ปี", &lines);
        assert_eq!(names(&found, "agency"), ["เทศบาลตำบลหนึ่ง", "เทศบาลตำบลสอง"], "{years:?}");
        for own in &found {
            assert_eq!(own["fiscal_year"], 2567);
            assert_scores(own);
        }
    }
}

#[test]
fn a_row_that_names_a_province_is_over_the_agencies_below_it_and_no_header() {
    let lines = [
        ("จังหวัดตรัง", f64::NAN),
        ("เทศบาลตำบลหนึ่ง", 0.0),
        ("เทศบาลตำบลสอง", 0.0),
        ("จังหวัดสงขลา", f64::NAN),
        ("เทศบาลตำบลสาม", 0.0),
    ];
    let found = wide("ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567\n", "หน่วยงาน", &lines);
    assert_eq!(names(&found, "agency"), ["เทศบาลตำบลหนึ่ง", "เทศบาลตำบลสอง", "เทศบาลตำบลสาม"]);
    assert_eq!(names(&found, "province"), ["ตรัง", "ตรัง", "สงขลา"]);
}

#[test]
fn the_header_of_a_long_table_holds_for_its_last_agency_too() {
    // Last year's column looks more like scores than this year's.
    let line =
        |name: &str| rows(|code, score| format!("{},{code},{score},{}", if code == "i1" { name } else { "" }, 33.33));
    let head = "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567\nจังหวัด,หน่วยงาน,รหัส,คะแนน,คะแนนปีก่อน\n";
    let agencies = ["ตรัง,เทศบาลตำบลหนึ่ง", ",เทศบาลตำบลสอง", ",เทศบาลตำบลสาม"];
    let rows = agencies.map(|name| line(name).replace("\n,", "\n,,")).concat();
    let found = all(&(head.to_owned() + &rows));
    assert_eq!(names(&found, "agency"), ["เทศบาลตำบลหนึ่ง", "เทศบาลตำบลสอง", "เทศบาลตำบลสาม"]);
    assert_eq!(names(&found, "province"), ["ตรัง", "ตรัง", "ตรัง"]);
    for own in &found {
        assert_scores(own);
        assert!(!finding_codes(own).contains(&"score-column-ambiguous".to_owned()));
    }
}

#[test]
fn the_total_below_an_agencys_rows_is_its_own() {
    let agency = |name: &str, total: f64| {
        let cells = INDICATORS.trim_end().replace('\n', "\n,");
        format!("{name},{cells}\n,คะแนนรวม,100,{total}\n")
    };
    let head = "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567\nหน่วยงาน,ตัวชี้วัด,น้ำหนัก,คะแนน\n";
    let text =
        format!("{head}{}{}คะแนนรวมทั้งหมด,,,77.7\n", agency("เทศบาลตำบลหนึ่ง", 81.5), agency("เทศบาลตำบลสอง", 82.5));
    let totals: Vec<Option<f64>> = all(&text).iter().map(|own| own["total"]["published"].as_f64()).collect();
    assert_eq!(totals, [Some(81.5), Some(82.5)]);
}

#[test]
fn of_totals_of_two_years_under_one_header_the_wanted_one_is_used() {
    let headers = "หน่วยงาน,คะแนนรวม,,อันดับ,\n,ปี 2566,ปี 2567,ปี 2566,ปี 2567";
    let lines = [("เทศบาลตำบลหนึ่ง,81.5,91.5,12,2011", 0.0), ("เทศบาลตำบลสอง,82.5,92.5,15,2560", 0.0)];
    for headers in [headers, "หน่วยงาน,คะแนนรวมปี 2566,คะแนนรวมปี 2567,อันดับปี 2566,อันดับ"]
    {
        let found = wide("ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567\n", headers, &lines);
        let figures: Vec<_> =
            found.iter().map(|own| (own["total"]["published"].as_f64(), own["rank"]["value"].as_u64())).collect();
        assert_eq!(figures, [(Some(91.5), Some(2011)), (Some(92.5), Some(2560))], "{headers}");
        found.iter().zip([0, 1]).for_each(|(own, _)| assert_scores(own));
    }
}

#[test]
fn agencies_names_may_stand_far_above_their_codes_and_levels_are_no_names() {
    let above = "รายการ,เทศบาลตำบลหนึ่ง,เทศบาลตำบลสอง,เทศบาลตำบลสาม\nIIT,81,82,83\nEIT,84,85,86\nOIT,87,88,89\n\
                 คะแนนรวม,91.1,92.2,93.3\nระดับ,ผ่าน,ผ่านดี,ผ่านดีเยี่ยม\nอันดับ,11,2022,33\n";
    let table = rows(|code, score| format!("{code},{score},{score},{score}"));
    for (agency, above) in [("เทศบาลตำบลสอง", above.to_owned()), ("บางใส", above.replace("เทศบาลตำบลสอง", "บางใส"))]
    {
        let above = above.replace("รายการ", "หน่วยงาน");
        let found = all(&format!("ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567\n{above}{table}"));
        assert_eq!(names(&found, "agency"), ["เทศบาลตำบลหนึ่ง", agency, "เทศบาลตำบลสาม"]);
        assert_eq!(found[1]["total"]["published"].as_f64(), Some(92.2));
        assert_eq!(found[1]["rank"]["value"].as_u64(), Some(2022));
        assert_eq!(found[2]["level"]["published"], "ผ่านดีเยี่ยม");
    }
}

/// The agencies that a workbook of these sheets is read as.
fn sheets(pages: &[(&str, String)]) -> Vec<Value> {
    documents(&workbook(pages), Hints::default())
}

#[test]
fn the_total_on_the_sheet_of_one_instrument_is_that_instruments() {
    let page = |letter: char, total: f64| {
        let codes: Vec<(usize, String)> = codes().enumerate().filter(|(_, code)| code.starts_with(letter)).collect();
        let names: Vec<&str> = codes.iter().map(|(_, code)| code.as_str()).collect();
        let line = |agency: &str, total: f64| {
            let scores: Vec<String> = codes.iter().map(|(index, _)| score(*index).to_string()).collect();
            format!("{agency},{},{total}\n", scores.join(","))
        };
        let head = format!("ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567\nหน่วยงาน,{},คะแนนรวม\n", names.join(","));
        format!("{head}{}{}", line("เทศบาลตำบลหนึ่ง", total), line("เทศบาลตำบลสอง", total + 1.0))
    };
    let found = sheets(&[("IIT", page('i', 71.5)), ("EIT", page('e', 81.5)), ("OIT", page('o', 91.5))]);
    assert_eq!(names(&found, "agency"), ["เทศบาลตำบลหนึ่ง", "เทศบาลตำบลสอง"]);
    for (own, by) in found.iter().zip([0.0, 1.0]) {
        assert!(own["total"]["published"].is_null(), "{}", own["total"]);
        assert_eq!(published(own, "instruments", "IIT"), Some(71.5 + by));
        assert_eq!(published(own, "instruments", "OIT"), Some(91.5 + by));
        assert_scores(own);
    }
    // A summary that names a few questions is about the whole.
    let summary = "คะแนนรวม,92.5\nข้อที่ควรปรับปรุง\no1\no2\no3\n".to_owned();
    let found = sheets(&[("สรุป", summary), ("คะแนน", TITLE.to_owned() + &questions())]);
    assert_eq!(found[0]["total"]["published"].as_f64(), Some(92.5));
}

#[test]
fn a_draft_or_the_countrys_mean_is_not_the_result() {
    let other = format!("รหัส,คะแนน\n{}", rows(|code, score| format!("{code},{}", score - 7.5)));
    let own = TITLE.to_owned() + &questions();
    for name in ["ร่าง", "ค่าเฉลี่ยประเทศ", "ข้อมูลเก่า"] {
        for pages in
            [[(name, other.clone()), ("ผลคะแนน", own.clone())], [("ผลคะแนน", own.clone()), (name, other.clone())]]
        {
            let found = sheets(&pages);
            assert_scores(&found[0]);
            assert!(finding_codes(&found[0]).contains(&"other-table-ignored".to_owned()), "{name}");
        }
    }
}

#[test]
fn each_instrument_may_have_a_column_of_scores_of_its_own() {
    let column = |code: &str| ["i", "e", "o"].iter().position(|letter| code.starts_with(letter)).unwrap();
    let line = |code: &str, score: f64| format!("{code}{}{score}", ",".repeat(1 + column(code)));
    let document = one(&format!("{TITLE}รหัส,คะแนน IIT,คะแนน EIT,คะแนน OIT\n{}", rows(line)));
    assert_scores(&document);
    assert!(!finding_codes(&document).contains(&"score-blank".to_owned()));
}

#[test]
fn shares_of_answers_beside_the_score_are_no_agencies() {
    let line = |code: &str, score: f64| format!("{code},40.11,30.22,20.33,{score}");
    let head = "เทศบาลตำบลตัวอย่าง อำเภอเมือง จังหวัดตรัง\nรหัส,มากที่สุด,มาก,น้อย,คะแนน\n";
    let document = one(&format!("ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567\n{head}{}", rows(line)));
    assert_eq!(document["agency"]["value"], "เทศบาลตำบลตัวอย่าง");
    assert_scores(&document);
}

#[test]
fn page_numbers_weights_and_neighbours_are_no_published_figures() {
    for lines in [
        "IIT,หน้า,2\nEIT,หน้า,5\nคะแนนรวม,หน้า,9\n",
        "IIT,น้ำหนัก,31\nEIT,จำนวนผู้ตอบ,55\n",
        "ที่,หน่วยงาน,คะแนนรวม,ระดับ\n1,เทศบาลตำบลข้างเคียง,81.5,ผ่าน\n2,เทศบาลตำบลตัวอย่าง,91.5,ผ่านดี\n",
    ] {
        let document = one(&format!("{TITLE}{}\n{lines}", questions()));
        let figures = (&document["total"]["published"], &document["level"]["published"]);
        assert!(figures.0.is_null() && figures.1.is_null(), "{lines}: {figures:?}");
        for name in ["IIT", "EIT", "OIT"] {
            assert_eq!(published(&document, "instruments", name), None, "{lines}");
        }
    }
}

#[test]
fn a_table_of_a_plan_is_no_second_agency() {
    let plan = "ติดตามแผนปี 2568\nมาตรการ,i1,i2,i3,e1\nร้อยละความสำเร็จ,50,60,70,80\n".to_owned();
    let found = sheets(&[("คะแนน", TITLE.to_owned() + &questions()), ("ติดตาม", plan)]);
    assert_eq!(names(&found, "agency"), ["เทศบาลตำบลตัวอย่าง"]);
    assert_scores(&found[0]);
}
