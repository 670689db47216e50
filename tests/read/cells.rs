//! Which cells are read from a file, and where they stand.

use itasheet::read::{Book, Options, Value, read_bytes};

use crate::support::binary::zip;

pub fn book(bytes: &[u8]) -> Book {
    read_bytes(bytes, &Options::default()).unwrap()
}

/// Each sheet as `name: A1=content ...`.
pub fn shown(bytes: &[u8]) -> Vec<String> {
    let sheets = book(bytes).sheets;
    let cell = |cell: &itasheet::read::Cell| format!("{}={:?}", cell.at, cell.value.to_string());
    let sheet = |sheet: &itasheet::read::Sheet| {
        let cells: Vec<String> = sheet.cells().iter().map(cell).collect();
        let hidden = if sheet.hidden { " (hidden)" } else { "" };
        format!("{}{hidden}: {}", sheet.name, cells.join(" "))
    };
    sheets.iter().map(sheet).collect()
}

#[test]
fn a_text_keeps_the_rows_that_a_spreadsheet_program_shows() {
    let text = "a,b\r\n\r\n\r\n\"two\nlines\",\"say \"\"so\"\"\"\n\n,=\"o1\"";
    assert_eq!(shown(text.as_bytes()), [r#"Sheet1: A1="a" B1="b" A4="two\nlines" B4="say \"so\"" B6="o1""#]);
}

#[test]
fn a_text_of_one_column_has_no_separator() {
    let book = book("i1\ni2\n".as_bytes());
    assert_eq!(book.source.separator, None);
    assert_eq!(book.sheets[0].cells().len(), 2);
}

#[test]
fn commas_in_running_text_do_not_outvote_tabs() {
    let book = book("i1\ta, b, c\t90\ni2\td, e\t91\ni3\tf, g\t92\n".as_bytes());
    assert_eq!(book.source.separator, Some('\t'));
}

#[test]
fn a_page_gives_merged_cells_once_and_each_table_a_sheet() {
    let page = "<html><head><title>ผล</title><style>td{}</style><script>var a = '<td>no</td>';</script></head><body>\
                <h1>เทศบาล&nbsp;ก</h1>\
                <table><tr><th rowspan=2>A<th colspan=2>B&amp;C<tr><td>x<td>1&lt;2<br>next<tr><td>y\
                <table><tr><td>inner</table></td><td>z</td></tr></table>after\
                <table><tr></tr></table><table><thead><tr><td></td><td>&#3585;</td></tr></thead></table>";
    assert_eq!(
        shown(page.as_bytes()),
        [
            "Text: A1=\"ผล\" A2=\"เทศบาล\u{a0}ก\" A3=\"after\"".replace('\u{a0}', "\\u{a0}"),
            r#"Table1: A1="A" B1="B&C" B2="x" C2="1<2\nnext" A3="y" B3="z""#.to_owned(),
            r#"Table2: A1="inner""#.to_owned(),
            r#"Table4: B1="ก""#.to_owned(),
        ]
    );
}

#[test]
fn an_open_document_keeps_kinds_repeats_and_hidden_sheets() {
    let content = r##"<office:document-content><office:automatic-styles><style:style style:name="h">
        <style:table-properties table:display="false"/></style:style></office:automatic-styles>
        <office:body><office:spreadsheet><table:table table:name="S" table:style-name="h">
        <table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>
        <table:table-row><table:table-cell table:number-columns-repeated="2" office:value-type="percentage" office:value="0.85"><text:p>85%</text:p></table:table-cell>
        <table:covered-table-cell/><table:table-cell office:value-type="string"><office:annotation><text:p>note</text:p></office:annotation><text:p>a &amp;<text:s text:c="2"/>b</text:p><text:p>c</text:p></table:table-cell>
        <table:table-cell office:value-type="date" office:date-value="2024-01-01"><text:p>1 ม.ค.</text:p></table:table-cell>
        <table:table-cell office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>
        <table:table-cell office:value-type="boolean" office:boolean-value="true"/></table:table-row>
        </table:table></office:spreadsheet></office:body></office:document-content>"##;
    let bytes = zip(&[("META-INF/manifest.xml", b"<manifest/>"), ("content.xml", content.as_bytes())]);
    let expected = r##"S (hidden): A3="85%" B3="85%" D3="a &  b\nc" E3="date" F3="#DIV/0!" G3="true""##;
    assert_eq!(shown(&bytes), [expected]);
    assert_eq!(book(&bytes).sheets[0].cells()[4].value, Value::Error("#DIV/0!".to_owned()));
}

#[test]
fn xml_of_excel_2003_keeps_kinds_and_places() {
    let text = r##"<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">
        <Styles><Style ss:ID="p"><NumberFormat ss:Format="0.0%"/></Style></Styles>
        <Worksheet ss:Name="A"><Table><Row ss:Index="3"><Cell ss:MergeAcross="1"><Data ss:Type="String">a&amp;b</Data></Cell>
        <Cell ss:StyleID="p"><Data ss:Type="Number">0.5</Data></Cell>
        <Cell ss:Index="6"><Data ss:Type="Error">#N/A</Data><Comment><ss:Data>no</ss:Data></Comment></Cell></Row></Table>
        <WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>
        <Worksheet ss:Name="B"><Table><Row><Cell><Data ss:Type="DateTime">2024-01-01T00:00:00</Data></Cell></Row></Table>
        </Worksheet></Workbook>"##;
    assert_eq!(shown(text.as_bytes()), [r##"A (hidden): A3="a&b" C3="50%" F3="#N/A""##, r#"B: A1="date""#]);
}
