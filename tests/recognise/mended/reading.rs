//! Cells that were once read otherwise than a spreadsheet program or a browser shows them.

use crate::support::table::one;

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
