//! Sums, and blocks of other years and agencies around a table: each figure is its own column's and its own block's.

use super::misread::names;
use crate::support::table::{TITLE, all, assert_scores, one, published, questions, rows};

#[test]
fn a_sum_below_the_questions_stands_under_the_questions_header() {
    for (header, other) in [("จำนวนผู้ตอบ", "56"), ("ปี 2566", "81.5"), ("น้ำหนัก", "90"), ("เป้าหมาย", "95")]
    {
        let line = |code: &str, score: f64| format!("{code},{other},{score}");
        let table = rows(line).replacen("e1,", &format!("คะแนนรวม IIT,{other},71.5\ne1,"), 1);
        for gap in ["", ",,\n"] {
            let sums = format!("{gap}คะแนนรวม,{other},91.5\nระดับ,ผ่าน,ผ่านดี\n");
            let document = one(&format!("{TITLE}รหัส,{header},คะแนน\n{table}{sums}"));
            assert_eq!(document["total"]["published"].as_f64(), Some(91.5), "{header}{gap:?}");
            assert_eq!(published(&document, "instruments", "IIT"), Some(71.5), "{header}");
            assert_scores(&document);
        }
        // A block further down has nothing of that header.
        let document = one(&format!("{TITLE}รหัส,{header},คะแนน\n{table},,\nหมายเหตุ,-\n,,\nคะแนนรวม,91.5\n"));
        assert_eq!(document["total"]["published"].as_f64(), Some(91.5), "{header}");
    }
}

#[test]
fn a_list_of_how_many_questions_there_are_is_no_result() {
    let list = "แบบวัด,จำนวนข้อ\nIIT,15\nEIT,9\nOIT,35\nรวม,59\n";
    let document = one(&format!("{TITLE}{}\n{list}", questions()));
    assert!(document["total"]["published"].is_null());
    assert_eq!(published(&document, "instruments", "EIT"), None);
}

#[test]
fn a_block_of_last_years_figures_is_not_this_years() {
    let block = |year: u16, total: f64, level: &str| {
        format!("ผลคะแนนปีงบประมาณ พ.ศ. {year}\nคะแนนรวม,{total}\nระดับ,{level}\n\n")
    };
    let (old, new) = (block(2566, 81.5, "ผ่าน"), block(2567, 91.5, "ผ่านดี"));
    for blocks in [format!("{old}{new}"), format!("{new}{old}")] {
        let document = one(&format!("{TITLE}\n{blocks}{}", questions()));
        assert_eq!(document["total"]["published"].as_f64(), Some(91.5), "{blocks}");
        assert_eq!(document["level"]["published"], "ผ่านดี");
        assert_eq!(document["fiscal_year"], 2567);
    }
    let document = one(&format!("{TITLE}\n{old}{}", questions()));
    assert!(document["total"]["published"].is_null());
}

#[test]
fn the_sum_below_an_agencys_block_is_not_the_next_agencys() {
    let block = |name: &str, total: f64| format!("{name},\n{}คะแนนรวม,{total}\n", questions());
    for gap in ["", ",\n"] {
        let blocks = format!("{}{gap}{}", block("เทศบาลตำบลหนึ่ง", 81.5), block("เทศบาลตำบลสอง", 82.5));
        let found = all(&format!("ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567\n\n{blocks}"));
        assert_eq!(names(&found, "agency"), ["เทศบาลตำบลหนึ่ง", "เทศบาลตำบลสอง"]);
        let totals: Vec<Option<f64>> = found.iter().map(|own| own["total"]["published"].as_f64()).collect();
        assert_eq!(totals, [Some(81.5), Some(82.5)]);
    }
}

#[test]
fn a_code_merged_over_years_has_the_score_of_the_wanted_one() {
    for years in [[2566, 2567], [2567, 2566]] {
        let line = |code: &str, score: f64| {
            let own = |year: u16| if year == 2567 { score } else { 33.33 };
            format!("{code},ปี {},{}\n,ปี {},{}", years[0], own(years[0]), years[1], own(years[1]))
        };
        assert_scores(&one(&format!("{TITLE}รหัส,ปี,คะแนน\n{}", rows(line))));
        // So where each code of a wide table has columns for both.
        let mut lines = ["หน่วยงาน", "", "เทศบาลตำบลหนึ่ง", "เทศบาลตำบลสอง"].map(str::to_owned);
        for row in rows(line).lines() {
            for (own, cell) in lines.iter_mut().zip(row.split(',').chain(row.split(',').skip(2))) {
                own.push_str(&format!(",{cell}"));
            }
        }
        for own in all(&format!("ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567\n{}\n", lines.join("\n")))
        {
            assert_scores(&own);
        }
    }
}

#[test]
fn of_two_agencies_side_by_side_none_is_lost() {
    let line = |code: &str, score: f64| format!("{code},{score},,{code},{score}");
    let sums = "คะแนนรวม,81.5,,คะแนนรวม,82.5\n";
    let head = "เทศบาลตำบลหนึ่ง,,,เทศบาลตำบลสอง,\nรหัส,คะแนน,,รหัส,คะแนน\n";
    let found = all(&format!("ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567\n\n{head}{}{sums}", rows(line)));
    assert_eq!(names(&found, "agency"), ["เทศบาลตำบลหนึ่ง", "เทศบาลตำบลสอง"]);
    for (own, total) in found.iter().zip([81.5, 82.5]) {
        assert_scores(own);
        assert_eq!(own["total"]["published"].as_f64(), Some(total));
        assert_eq!(own["fiscal_year"], 2567);
        assert_eq!(own["year"]["value"], 2567);
    }
}

#[test]
fn a_title_over_the_first_code_of_a_wide_table_is_read() {
    let cells: Vec<(String, String)> = rows(|code, score| format!("{code},{score}"))
        .lines()
        .map(|row| row.split_once(',').unwrap())
        .map(|(code, score)| (code.to_owned(), score.to_owned()))
        .collect();
    let (codes, scores): (Vec<String>, Vec<String>) = cells.into_iter().unzip();
    let document = one(&format!("{TITLE}\n{}\n{}\n", codes.join(","), scores.join(",")));
    assert_eq!(document["agency"]["value"], "เทศบาลตำบลตัวอย่าง");
    assert_eq!(document["year"]["value"], 2567);
    assert_scores(&document);
}

#[test]
fn a_title_between_a_header_and_its_rows_does_not_hide_the_header() {
    let line = |code: &str, score: f64| format!("{code},{score},33.33");
    let text = format!("{TITLE}\nรหัส,คะแนน,คะแนนปี 2566\nแบบวัด IIT\n{}", rows(line));
    assert_scores(&one(&text.replace("e1,", "แบบวัด EIT\ne1,")));
}

#[test]
fn the_sum_of_the_year_beside_is_not_this_years() {
    let line = |code: &str, score: f64| format!("{code},33.33,,{code},{score}");
    let head = "ปีงบประมาณ พ.ศ. 2566,,,ปีงบประมาณ พ.ศ. 2567,\nรหัส,คะแนน,,รหัส,คะแนน\n";
    let document = one(&format!("{TITLE}\n{head}{}คะแนนรวม,81.5,,คะแนนรวม,91.5\n", rows(line)));
    assert_eq!(document["total"]["published"].as_f64(), Some(91.5));
    assert_scores(&document);
}

#[test]
fn a_row_for_the_whole_country_is_no_agency() {
    let codes: Vec<String> = rows(|code, _| code.to_owned()).lines().map(str::to_owned).collect();
    let scores: Vec<String> = rows(|_, score| score.to_string()).lines().map(str::to_owned).collect();
    let line = |name: &str| format!("{name},{}\n", scores.join(","));
    let lines = ["ระดับประเทศ", "เทศบาลตำบลหนึ่ง", "เทศบาลตำบลสอง"].map(line).concat();
    let found = all(&format!("ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567\nหน่วยงาน,{}\n{lines}", codes.join(",")));
    assert_eq!(names(&found, "agency"), ["เทศบาลตำบลหนึ่ง", "เทศบาลตำบลสอง"]);
}

#[test]
fn a_total_under_each_instrument_was_the_agencys() {
    let sums = |code: &str| match code {
        "e1" => "คะแนนรวม,71.5\nแบบวัด EIT,\n",
        "o1" => "คะแนนรวม,81.5\nแบบตรวจ OIT,\n",
        _ => "",
    };
    let table = rows(|code, score| format!("{}{code},{score}", sums(code)));
    for label in ["คะแนนรวมทั้งหมด", "คะแนนรวมทั้งสิ้น", "คะแนนรวมของหน่วยงาน"]
    {
        let document = one(&format!("{TITLE}รหัส,คะแนน\nแบบวัด IIT,\n{table}คะแนนรวม,61.5\n{label},91.5\n"));
        assert_eq!(document["total"]["published"].as_f64(), Some(91.5), "{label}");
        assert_scores(&document);
    }
}

#[test]
fn a_total_whose_note_says_that_it_is_a_mean_was_the_agencys() {
    for sums in ["คะแนนรวมทั้งสิ้น,88.1,ค่าเฉลี่ยจังหวัด\nคะแนนรวม,92.5,หน่วยงาน\n", "คะแนนรวม,92.5,ค่าเฉลี่ยจังหวัด,88.1\n"]
    {
        let document = one(&format!("{TITLE}{sums}\n{}", questions()));
        assert_eq!(document["total"]["published"].as_f64(), Some(92.5), "{sums}");
        assert_scores(&document);
    }
}
