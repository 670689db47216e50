//! Cells that were once read otherwise than a spreadsheet program or a browser shows them.

use crate::support::table::{all, assert_scores, codes, one, rows, score, score_of};

/// The scores of a file of this content.
fn scores(content: &str) -> Vec<f64> {
    let document = one(content);
    document["questions"].as_array().unwrap().iter().filter_map(|own| own["score"].as_f64()).collect()
}

#[test]
fn percentages_by_another_style_a_column_or_a_row_were_numbers_below_1() {
    let cell = |style: &str| format!("<Cell{style}><Data ss:Type=\"Number\">0.8467</Data></Cell>");
    let row = |code: &str, style: &str, cells: &str| {
        format!("<Row{style}><Cell><Data ss:Type=\"String\">{code}</Data></Cell>{cells}</Row>")
    };
    let rows = [
        row("i1", "", &cell(" ss:StyleID=\"child\"")),
        row("i2", " ss:StyleID=\"percent\"", &cell("")),
        row("i3", "", &cell("")),
        row("i4", " ss:StyleID=\"plain\"", &cell("")),
    ];
    let file = format!(
        "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" \
         xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Styles>\
         <Style ss:ID=\"percent\"><NumberFormat ss:Format=\"0%\"/></Style>\
         <Style ss:ID=\"child\" ss:Parent=\"percent\"><Font/></Style>\
         <Style ss:ID=\"plain\" ss:Parent=\"percent\"><NumberFormat/></Style></Styles>\
         <Worksheet ss:Name=\"A\"><Table><Column/><Column ss:StyleID=\"percent\"/>{}</Table></Worksheet></Workbook>",
        rows.concat()
    );
    assert_eq!(scores(&file), [84.67, 84.67, 84.67, 0.8467]);
}

#[test]
fn a_hidden_key_to_sort_by_spoilt_the_score_of_a_page() {
    let page = "<table><tr><td>i1<td><span style='Display: none'>0084.67<span>0</span></span>84.67<tr><td>i2<td>\
                <b hidden>x</b>90.1<tr style='display:none'><td>i3<td>70.5</table>";
    assert_eq!(scores(page), [84.67, 90.1, 70.5]);
    let tab = format!("<table><tr><td><div style='display:none'>{page}</div></table>");
    assert_eq!(scores(&tab), [84.67, 90.1, 70.5]);
}

#[test]
fn a_lone_quote_swallowed_the_rows_behind_it() {
    let rows = [
        "i1,\"เรื่องที่ถาม,84.67",
        "i2,จอ 15\" ใหญ่,90.1",
        "i3,\"สอง\nบรรทัด, \"\"คำ\"\"\",70.5",
        "i4,\"เรื่อง\" อื่น,60",
        "i5,\"อีก,50",
    ];
    let text = format!("รหัส,เรื่อง,คะแนน\n{}\n", rows.join("\n"));
    assert_eq!(scores(&text), [84.67, 90.1, 70.5, 60.0, 50.0]);
    assert_eq!(scores(&text.replace('\n', "\r\n")), [84.67, 90.1, 70.5, 60.0, 50.0]);
}

#[test]
fn footnote_marks_of_a_page_became_digits_of_codes_and_scores() {
    let page = "<table><tr><td>i1<sup>1</sup><td>84.67<sup>2</sup><tr><td><sup>i2</sup><td><sup>90.1</sup></table>";
    assert_eq!(scores(page), [84.67, 90.1]);
}

#[test]
fn a_cell_under_a_merged_one_gave_the_score() {
    let content = r#"<?xml version="1.0"?><office:document><office:body><office:spreadsheet><table:table table:name="A">
        <table:table-row><table:table-cell office:value-type="string" table:number-columns-spanned="2"><text:p>i1</text:p>
        </table:table-cell><table:covered-table-cell office:value-type="float" office:value="11"/>
        <table:table-cell office:value-type="float" office:value="84.67"/></table:table-row></table:table>
        </office:spreadsheet></office:body></office:document>"#;
    assert_eq!(scores(content), [84.67]);
}

#[test]
fn commas_in_quotes_behind_spaces_or_escaped_shifted_the_scores() {
    let text = "ข้อ, รายการ, คะแนน\ni1, \"งาน, ร้อยละ 1\", 84.67\ni2, \"งบ 2566, 67\" , 90.1\ni3,\"ว่า \\\"ดี, 1\\\"\",70.5\n\
                i4,\"C:\\\",60\ni5, ไม่มี, 50\n";
    assert_eq!(scores(text), [84.67, 90.1, 70.5, 60.0, 50.0]);
    assert_eq!(scores(&text.replace(',', ";").replace('\n', "\r\n")), [84.67, 90.1, 70.5, 60.0, 50.0]);
}

#[test]
fn a_comma_in_an_unquoted_title_made_a_year_the_score() {
    let rows: String = (1..=9).map(|n| format!("i{n},การปฏิบัติงานของเจ้าหน้าที่,8{n}.5\n")).collect();
    let text = format!("ข้อ,รายการ,คะแนน\n{rows}i10,ใช้งบประมาณ พ.ศ. 2566, 67,52.95\ni11,งาน,52,95\n");
    let document = one(&text);
    let score = |code: &str| {
        let all = document["questions"].as_array().unwrap();
        all.iter().find(|own| own["code"] == code).unwrap()["score"].clone()
    };
    assert_eq!((score("i10"), score("i9")), (52.95.into(), 89.5.into()));
    // 52,95 may be a number, or its end.
    assert!(score("i11").is_null(), "{document}");
    assert!(crate::support::finding_codes(&document).contains(&"score-unreadable".to_owned()));
}

#[test]
fn numbers_with_a_power_of_ten_were_no_scores() {
    assert_eq!(scores("i1,8.467E+01\ni2,9.01e+1\ni3,1E+02\n"), [84.67, 90.1, 100.0]);
}

#[test]
fn thai_encoded_twice_hid_the_agency() {
    let text = "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567\nเทศบาลตำบลทดสอบระบบ\nข้อ,คะแนน\ni1,84.67\ni2,90.1\ni3,70\n";
    for page in [encoding_rs::WINDOWS_874, encoding_rs::WINDOWS_1252] {
        let (spoilt, ..) = page.decode_without_bom_handling(text.as_bytes());
        let document = one(&spoilt);
        assert_eq!(document["agency"]["value"], "เทศบาลตำบลทดสอบระบบ", "{document}");
        assert!(crate::support::finding_codes(&document).contains(&"text-wrong-encoding".to_owned()));
    }
}

#[test]
fn scores_in_the_fields_of_a_form_were_not_there() {
    let page = "<table><tr><td>i1<td><input type=text value='84.67' readonly><tr><td>i2<td><input value=90.1>\
                <tr><td>i3<td>70.5<input type=hidden value=9><input type=checkbox value=1></table>";
    assert_eq!(scores(page), [84.67, 90.1, 70.5]);
}

#[test]
fn places_on_a_plate_were_codes() {
    let wells = ('A'..='H').flat_map(|row| (1..=12).map(move |n| format!("{row}{n:02},{}.25\n", 20 + n)));
    let env = crate::support::TestEnv::new();
    std::fs::write(env.path("in.csv"), format!("Well,Ct\n{}", wells.collect::<String>())).unwrap();
    assert_eq!(env.inspect(&["in.csv"])["error"]["code"], "no-codes");
}

#[test]
fn a_score_in_merged_cells_was_that_of_the_first_question_without_a_word() {
    let page = "<table><tr><td>i1<td rowspan=3>84.67<tr><td>i2<tr><td>i3<tr><td>i4<td>90.1<tr><td>i5<td>70.5</table>";
    let document = one(page);
    let found: Vec<&serde_json::Value> =
        document["findings"].as_array().unwrap().iter().filter(|own| own["code"] == "score-merged").collect();
    assert_eq!(found.len(), 2, "{document}");
    assert!(found.iter().all(|own| own["places"] == serde_json::json!(["Table1!B1"])), "{found:?}");
    assert!(!crate::support::finding_codes(&document).contains(&"score-blank".to_owned()));
    assert_eq!(scores(page), [84.67, 90.1, 70.5]);
}

#[test]
fn columns_of_quarters_or_divisions_were_taken_for_agencies() {
    let title = "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567\nเทศบาลตำบลตัวอย่าง อำเภอเมือง จังหวัดสงขลา\n";
    for heads in [
        "ไตรมาส 1,ไตรมาส 2,ไตรมาส 3,ทั้งปี",
        "ครึ่งปีแรก,ครึ่งปีหลัง,ผลกลางปี,ทั้งปี",
        "สำนักปลัด,กองคลัง,กองช่าง,ภาพรวม",
        "โคกม่วง,ทุ่งลาน,คลองหลา,รวม",
    ] {
        let row = |code: &str, score: f64| format!("{code},{},{},{},{score}", score + 1.5, score - 2.25, score + 0.75);
        let document = one(&format!("{title}ข้อ,{heads}\n{}", rows(row)));
        assert_eq!(document["agency"]["value"], "เทศบาลตำบลตัวอย่าง", "{heads}");
        assert_scores(&document);
    }
}

#[test]
fn an_agency_beside_the_title_made_the_scores_below_it_those_of_others() {
    let agency = "เทศบาลตำบลตัวอย่าง อำเภอเมือง จังหวัดสงขลา";
    let row = |code: &str, score: f64| format!("{code},{score}");
    let document = one(&format!("ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567,{agency}\nข้อ,คะแนน\n{}", rows(row)));
    assert_scores(&document);
}

#[test]
fn rows_of_quarters_divisions_or_groups_were_taken_for_agencies() {
    let title = "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567\nเทศบาลตำบลตัวอย่าง อำเภอเมือง จังหวัดสงขลา\n";
    let codes: Vec<String> = codes().collect();
    let row = |name: &str, more: f64| {
        let scores: Vec<String> = (0..codes.len()).map(|index| (score(index) + more).to_string()).collect();
        format!("{name},{}\n", scores.join(","))
    };
    for (head, names) in [
        ("รายการ", ["ไตรมาส 1", "ไตรมาส 2", "ทั้งปี"]),
        ("รายการ", ["กองคลัง", "กองช่าง", "ภาพรวม"]),
        ("ส่วนราชการ", ["กองคลัง", "กองช่าง", "ภาพรวม"]),
        ("กลุ่ม", ["เพศชาย", "เพศหญิง", "รวม"]),
    ] {
        let rows = [row(names[0], 1.5), row(names[1], -2.25), row(names[2], 0.0)].concat();
        let document = one(&format!("{title}{head},{}\n{rows}", codes.join(",")));
        assert_eq!(document["agency"]["value"], "เทศบาลตำบลตัวอย่าง", "{names:?}");
        assert_scores(&document);
    }
}

#[test]
fn a_section_under_another_head_was_read_by_the_first_ones_column() {
    let title = "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567\nเทศบาลตำบลตัวอย่าง\n";
    for (first, second) in
        [("ข้อ,2567", "ข้อ,2566,2567"), ("ข้อ,คะแนน", "ข้อ,ปีที่แล้ว,ปีนี้"), ("ข้อ,คะแนน", "ข้อ,ประเมินตนเอง,ป.ป.ช.")]
    {
        let line = |(index, code): (usize, String)| match code.starts_with('o') {
            true => format!("{code},{},{}\n", score(index) - 1.5, score(index)),
            false => format!("{code},{}\n", score(index)),
        };
        let lines: Vec<String> = codes().enumerate().map(line).collect();
        let (surveys, items) = lines.split_at(24);
        let document = one(&format!("{title}{first}\n{}{second}\n{}", surveys.concat(), items.concat()));
        assert_scores(&document);
    }
}

#[test]
fn a_mean_lost_to_any_column_beside_it() {
    let title = "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567\nเทศบาลตำบลตัวอย่าง\n";
    for beside in ["ค่า CV", "เอกสาร", "รหัสเอกสาร"] {
        let row = |code: &str, score: f64| format!("{code},{score},{}", score / 2.0 + 0.25);
        let document = one(&format!("{title}ข้อ,ค่าเฉลี่ย,{beside}\n{}", rows(row)));
        let given = codes().filter_map(|code| score_of(&document, &code));
        // Which it is stays open, unless the numbers are the same.
        assert_eq!(given.count(), 0, "{beside}");
    }
}

#[test]
fn a_hundred_lost_to_the_mean_of_others_beside_it() {
    let own = "ข้อ,คะแนน\ni1,90\ni2,91.5\ni3,92\ne1,93\no1,100\n";
    let head = "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567\nเทศบาลตำบลตัวอย่าง\n,ค่าเฉลี่ย อปท.,คะแนน\n";
    let document = one(&format!("{head}คะแนนรวม,91.5,100\n\n{own}"));
    assert_eq!(document["total"]["published"], 100.0);
}

#[test]
fn means_of_kinds_and_groups_were_agencies() {
    let head = format!("ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567\nหน่วยงาน,{}\n", codes().collect::<Vec<_>>().join(","));
    let row = |name: &str, more: f64| {
        let scores: Vec<String> = codes().enumerate().map(|(index, _)| (score(index) + more).to_string()).collect();
        format!("{name},{}\n", scores.join(","))
    };
    for mean in
        ["เทศบาลตำบล (เฉลี่ย)", "องค์การบริหารส่วนตำบลเฉลี่ย", "เทศบาลตำบลทุกแห่ง", "เทศบาลตำบล", "Grand Total", "ผลรวมทั้งหมด"]
    {
        let text = [head.as_str(), &row("เทศบาลตำบลหนึ่ง", 0.0), &row("เทศบาลตำบลสอง", 1.0), &row(mean, 0.5)].concat();
        let names: Vec<String> =
            all(&text).iter().map(|own| own["agency"]["value"].as_str().unwrap().to_owned()).collect();
        assert_eq!(names, ["เทศบาลตำบลหนึ่ง", "เทศบาลตำบลสอง"], "{mean}");
    }
}
