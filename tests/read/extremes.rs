//! Row numbers, numbers, counts of columns and repeats at the edge of what there can be, and beyond.

use itasheet::read::{Options, read_bytes};
use itasheet::{Cause, Quantity};

use crate::support::hostile::{TWO_CELLS, ends, ods, xlsx};
use crate::support::{TestEnv, reports};

/// XML Spreadsheet 2003 with these rows.
fn xml_rows(rows: &str) -> String {
    let name = "urn:schemas-microsoft-com:office:spreadsheet";
    format!(
        "<Workbook xmlns=\"{name}\" xmlns:ss=\"{name}\"><Styles><Style ss:ID=\"p\"><NumberFormat ss:Format=\"0%\"/></Style></Styles>\
         <Worksheet ss:Name=\"S\"><Table>{rows}</Table></Worksheet></Workbook>"
    )
}

/// A row of it, with its number where that is no matter of course.
fn xml_row(number: Option<u64>, cells: &[&str]) -> String {
    let cell = |text: &&str| {
        let kind = if text.parse::<f64>().is_ok() { "Number" } else { "String" };
        format!("<Cell ss:StyleID=\"p\"><Data ss:Type=\"{kind}\">{text}</Data></Cell>")
    };
    let index = number.map(|number| format!(" ss:Index=\"{number}\"")).unwrap_or_default();
    format!("<Row{index}>{}</Row>", cells.iter().map(cell).collect::<String>())
}

#[test]
fn a_row_number_beyond_excels_ends_at_once() {
    let xml = |row: u64| xml_rows(&(xml_row(None, &["i1", "0.9"]) + &xml_row(Some(row), &["i2", "0.91"]))).into_bytes();
    let xlsx_of_row = |row: u64| {
        let own = format!("<row r=\"{row}\"><c r=\"A{row}\"><v>7</v></c></row></sheetData>");
        xlsx(&TWO_CELLS.replace("</sheetData>", &own), &[])
    };
    let ods_of_row = |row: u64| {
        let cell =
            "<table:table-row><table:table-cell office:value-type=\"float\" office:value=\"9\"/></table:table-row>";
        let blank = format!("<table:table-row table:number-rows-repeated=\"{}\"/>", row - 1);
        ods(&(blank + cell))
    };
    let csv_of_row = |row: u64| format!("i1,90{}\ni2,91", "\n".repeat(row as usize - 2)).into_bytes();
    let html_of_row =
        |row: u64| format!("<table>{}<tr><td>i1<td>9</table>", "<tr>".repeat(row as usize - 1)).into_bytes();
    let formats: [&dyn Fn(u64) -> Vec<u8>; 5] = [&xml, &xlsx_of_row, &ods_of_row, &csv_of_row, &html_of_row];
    for (format, file) in formats.iter().enumerate() {
        assert!(read_bytes(&file(1_048_576), &Options::default()).is_ok(), "{format}");
        match read_bytes(&file(1_048_577), &Options::default()) {
            Err(Cause::RowTooFar { row, last }) => assert_eq!((row, last), (1_048_577, 1_048_576), "{format}"),
            other => panic!("{format}: {other:?}"),
        }
    }
    ends(&xml(4_294_967_290), 1, &["row 4294967290", "last row of a spreadsheet is 1048576", "hint:"], &[]);
}

#[test]
fn rows_without_cells_between_codes_and_scores_are_not_counted_through() {
    let last = Some(1_048_576);
    let long = xml_row(None, &["i1", "0.9"]) + &xml_row(last, &["i2", "0.91"]);
    ends(xml_rows(&long).as_bytes(), 0, &[], &[]);
    // The codes in the first row, their scores in the last one.
    let codes: Vec<String> = (1..=15).map(|number| format!("i{number}")).collect();
    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    let scores = ["0.9"; 15];
    let wide =
        xml_row(None, &[&["name"], codes.as_slice()].concat()) + &xml_row(last, &[&["Agency"], &scores[..]].concat());
    ends(xml_rows(&wide).as_bytes(), 0, &[], &["--agency", "x"]);
}

#[test]
fn thousands_of_columns_of_codes_labels_or_headers_are_read_in_passing() {
    let row = |text: &str, count: usize| vec![text; count].join(",") + "\n";
    let title = "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567\nเทศบาลตำบลตัวอย่าง\n\n";
    let questions = "i1,90\ni2,91\ni3,92\n";
    for text in [
        format!("{title}{questions}\n{}", row("รวม", 16_000)),
        format!("{title}{questions}\n{}", row("คะแนนรวม,200", 8_000)),
        format!("{title}{}i1,{}i2,{}", row("รหัส", 16_000), row("90.5", 4_000), row("91.5", 4_000)),
        format!("{title}{}", [row("i1,90", 4_000), row("i2,91", 4_000), row("i3,92", 4_000)].concat()),
    ] {
        ends(text.as_bytes(), 0, &[], &[]);
    }
}

#[test]
fn a_code_in_thousands_of_rows_is_said_once() {
    let text = format!("ผลการประเมิน ITA ปี 2567\ni2,90\n{}", "i1,ดี\n".repeat(20_000));
    let report = reports::one(&text, &itasheet::Config::default());
    let about = reports::places(&report, itasheet::FindingCode::ScoreUnreadable);
    assert_eq!(about, ["Sheet1!B3, B4, B5, B6, B7, B8 … (+19994)"]);
}

#[test]
fn numbers_beyond_all_decimals_ended_the_run() {
    let rows = |score: &dyn Fn(usize) -> String| {
        let row = |number: usize| xml_row(None, &[&format!("i{number}"), &score(number)]);
        xml_rows(&(1..=15).map(row).collect::<String>())
    };
    let env = TestEnv::new();
    std::fs::write(env.path("percent.xml"), rows(&|_| "5e27".to_owned())).unwrap();
    let signs = |number: usize| if number.is_multiple_of(2) { "7e28".to_owned() } else { "-7e28".to_owned() };
    std::fs::write(env.path("signs.xml"), rows(&signs).replace(" ss:StyleID=\"p\"", "")).unwrap();
    let one = |number: usize| if number == 2 { "1e15".to_owned() } else { "0.9".to_owned() };
    std::fs::write(env.path("good.xml"), rows(&one)).unwrap();
    let files = ["percent.xml", "signs.xml", "good.xml"];
    for (command, end) in [(&["inspect"][..], 1), (&["convert", "-o", "out/"], 1), (&["export", "-o", "rows.csv"], 1)] {
        let run = env.expect(end, command.iter().chain(&files));
        assert_eq!(run.stderr.matches("error: ").count(), 2, "{command:?}: {}", run.stderr);
        assert!(!run.stderr.contains("panicked"), "{command:?}: {}", run.stderr);
    }
    assert!(env.path("out/good-itasheet.xlsx").exists() && env.path("rows.csv").exists());
    env.expect(1, ["overview", "-o", "overview.xlsx"].iter().chain(&files));
    assert!(env.path("overview.xlsx").exists());
    let report = reports::one(&rows(&one), &itasheet::Config::default());
    assert_eq!(reports::places(&report, itasheet::FindingCode::ScoreUnreadable), ["S!B2"]);
}

#[test]
fn spaces_and_repeats_that_a_few_bytes_stand_for_are_counted() {
    let cell = |repeats: u32, content: &str| {
        let repeats = format!("table:number-columns-repeated=\"{repeats}\"");
        let cell = format!(
            "<table:table-cell {repeats} office:value-type=\"string\"><text:p>{content}</text:p></table:table-cell>"
        );
        ods(&format!("<table:table-row>{cell}</table:table-row>"))
    };
    let cause = |bytes: &[u8]| read_bytes(bytes, &Options::default()).err();
    let spaces = |count: usize| cell(1, &format!("i1{}", "<text:s text:c=\"100\"/>".repeat(count)));
    assert!(cause(&spaces(900)).is_none());
    assert!(matches!(cause(&spaces(1001)), Some(Cause::TooLarge { what: Quantity::Text, .. })));
    // A thousand megabytes, if each were kept.
    let repeated = cell(16_384, &"x".repeat(90_000));
    assert!(matches!(cause(&repeated), Some(Cause::TooLarge { what: Quantity::AllText, .. })));
}
