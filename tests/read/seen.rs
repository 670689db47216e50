//! What a person sees in a file is what is read: raised marks, percentages, formulas without results.

use crate::read::cells::shown;
use crate::support::biff::{biff8, cell_format, font, formula, number, number_format, record, shared, words};
use crate::support::binary::{ole, zip};
use crate::support::hostile::xlsx;

/// A worksheet with these cells in its first row.
fn sheet(cells: &str) -> String {
    format!("<worksheet><sheetData><row r=\"1\">{cells}</row></sheetData></worksheet>")
}

/// Runs of a rich text, `^` in front of raised ones.
fn runs(text: &str) -> String {
    let run = |run: &str| match run.strip_prefix('^') {
        Some(raised) => format!("<r><rPr><vertAlign val=\"superscript\"/></rPr><t>{raised}</t></r>"),
        None => format!("<r><t xml:space=\"preserve\">{run}</t></r>"),
    };
    text.split('|').map(run).collect()
}

fn xls(globals: &[Vec<u8>], cells: &[Vec<u8>]) -> Vec<u8> {
    ole("Workbook", &biff8(globals, cells)).0
}

fn ods(cells: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:automatic-styles><style:style style:name=\"T1\"><style:text-properties \
         style:text-position=\"super 58%\"/></style:style><style:style style:name=\"T2\"><style:text-properties \
         style:text-position=\"sub 58%\"/></style:style></office:automatic-styles><office:body><office:spreadsheet>\
         <table:table table:name=\"S\"><table:table-row>{cells}</table:table-row></table:table></office:spreadsheet>\
         </office:body></office:document-content>"
    );
    zip(&[("META-INF/manifest.xml", b"<manifest/>"), ("content.xml", content.as_bytes())])
}

fn xml_of_2003(styles: &str, cells: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"><Styles>{styles}</Styles>\
         <Worksheet ss:Name=\"S\"><Table><Row>{cells}</Row></Table></Worksheet></Workbook>"
    )
}

#[test]
fn raised_marks_were_digits_of_the_number_before_them() {
    let expected = r#"S: A1="i1" B1="84.67" C1="2" D1="a1""#;
    let texts = ["i1|^2", "84.67|^1)", "^2", "a|1"];
    let strings: String = texts.iter().map(|text| format!("<si>{}</si>", runs(text))).collect();
    let strings = format!("<sst count=\"4\" uniqueCount=\"4\">{strings}</sst>");
    let cells: String = ["A1", "B1", "C1", "D1"]
        .iter()
        .zip(0..)
        .map(|(at, n)| format!("<c r=\"{at}\" t=\"s\"><v>{n}</v></c>"))
        .collect();
    assert_eq!(shown(&xlsx(&sheet(&cells), &[("xl/sharedStrings.xml", strings.as_bytes())])), [expected], "shared");
    let inline = |(at, text): (&&str, &&str)| format!("<c r=\"{at}\" t=\"inlineStr\"><is>{}</is></c>", runs(text));
    let cells: String = ["A1", "B1", "C1", "D1"].iter().zip(&texts).map(inline).collect();
    assert_eq!(shown(&xlsx(&sheet(&cells), &[])), [expected], "inline");
    let span = |text: &str| {
        let run = |run: &str| match run.strip_prefix('^') {
            Some(raised) => format!("<text:span text:style-name=\"T1\">{raised}</text:span>"),
            None => format!("<text:span text:style-name=\"T2\">{run}</text:span>"),
        };
        let runs: String = text.split('|').map(run).collect();
        format!("<table:table-cell office:value-type=\"string\"><text:p>{runs}</text:p></table:table-cell>")
    };
    assert_eq!(shown(&ods(&texts.map(span).concat())), [expected], "ods");
    let data = |text: &str| {
        let run = |run: &str| match run.strip_prefix('^') {
            Some(raised) => format!("<Font><Sup>{raised}</Sup></Font>"),
            None => format!("<Font>{run}</Font>"),
        };
        format!("<Cell><ss:Data ss:Type=\"String\">{}</ss:Data></Cell>", text.split('|').map(run).collect::<String>())
    };
    assert_eq!(shown(xml_of_2003("", &texts.map(data).concat()).as_bytes()), [expected], "xml");
}

/// A shared text of an .xls with its runs: where each begins, and the number of its font.
fn rich(text: &str, runs: &[(u16, u16)]) -> Vec<u8> {
    let runs: Vec<u8> = runs.iter().flat_map(|(start, font)| words(&[*start, *font], &[])).collect();
    let head = words(&[text.len() as u16], &[8]);
    [head, words(&[runs.len() as u16 / 4], text.as_bytes()), runs].concat()
}

#[test]
fn raised_marks_in_an_old_workbook() {
    // There is no font 4: the raised one, the fifth, is number 5.
    let fonts = [font(false), font(false), font(false), font(false), font(true)];
    let texts =
        [rich("i12", &[(2, 5)]), rich("84.671", &[(0, 1), (5, 5)]), rich("2", &[(0, 5)]), rich("a1", &[(1, 1)])];
    let table = record(0xFC, &[words(&[4, 0, 4, 0], &[]), texts.concat()].concat());
    let cells: Vec<Vec<u8>> = (0..4).map(|n| shared(0, n, n.into())).collect();
    let globals: Vec<Vec<u8>> = fonts.into_iter().chain([table]).collect();
    assert_eq!(shown(&xls(&globals, &cells)), [r#"S: A1="i1" B1="84.67" C1="2" D1="a1""#]);
    // Texts that stand in their cells.
    let text = [words(&[0, 1, 0, 6], b"\x0084.671"), words(&[1], &[]), words(&[5, 5], &[])].concat();
    assert_eq!(shown(&xls(&globals, &[record(0xD6, &text)])), [r#"S: B1="84.67""#]);
}

#[test]
fn the_section_of_a_format_says_whether_a_number_is_a_percentage() {
    let code = "[<=1]0.00%;0.00";
    let expected = r#"S: A1="50%" B1="50" C1="0.85""#;
    let styles = format!(
        "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"{}\"/></numFmts><cellXfs><xf numFmtId=\"0\"/>\
         <xf numFmtId=\"164\"/></cellXfs></styleSheet>",
        code.replace('<', "&lt;")
    );
    let cells = "<c r=\"A1\" s=\"1\"><v>0.5</v></c><c r=\"B1\" s=\"1\"><v>50</v></c><c r=\"C1\"><v>0.85</v></c>";
    assert_eq!(shown(&xlsx(&sheet(cells), &[("xl/styles.xml", styles.as_bytes())])), [expected], "xlsx");
    let globals = [number_format(164, code), cell_format(0), cell_format(164)];
    let cells = [number(0, 0, 1, 0.5), number(0, 1, 1, 50.0), number(0, 2, 0, 0.85)];
    assert_eq!(shown(&xls(&globals, &cells)), [expected], "xls");
    let styles = format!("<Style ss:ID=\"p\"><NumberFormat ss:Format=\"{}\"/></Style>", code.replace('<', "&lt;"));
    let data = |style: &str, number: &str| format!("<Cell{style}><Data ss:Type=\"Number\">{number}</Data></Cell>");
    let cells = [data(" ss:StyleID=\"p\"", "0.5"), data(" ss:StyleID=\"p\"", "50"), data("", "0.85")].concat();
    assert_eq!(shown(xml_of_2003(&styles, &cells).as_bytes()), [expected], "xml");
    let cell = |kind: &str, number: &str, text: &str| {
        format!(
            "<table:table-cell office:value-type=\"{kind}\" office:value=\"{number}\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let cells = [cell("percentage", "0.5", "50.00%"), cell("percentage", "50", "50.00"), cell("float", "0.85", "0.85")];
    assert_eq!(shown(&ods(&cells.concat())), [expected], "ods");
}

#[test]
fn built_in_percentages_of_an_old_workbook_in_all_kinds_of_cells() {
    let globals = [cell_format(0), cell_format(10)];
    // 0.85 and 1 as packed numbers, of hundredths and whole.
    let packed = [words(&[1], &(85 << 2 | 3u32).to_le_bytes()), words(&[1], &(1 << 2 | 2u32).to_le_bytes())];
    let several = record(0xBD, &[words(&[0, 0], &[]), packed.concat(), words(&[1], &[])].concat());
    let one = record(0x27E, &[words(&[0, 2], &[]), packed[0].clone()].concat());
    assert_eq!(shown(&xls(&globals, &[several, one])), [r#"S: A1="85%" B1="100%" C1="85%""#]);
}

#[test]
fn zeros_and_blanks_in_place_of_results_were_scores() {
    let cells = "<c r=\"A1\"><f>1+1</f></c><c r=\"B1\"><f>1+1</f><v></v></c><c r=\"C1\"><f t=\"shared\" si=\"0\"/></c>\
                 <c r=\"D1\" t=\"str\"><f>\"\"</f><v></v></c><c r=\"E1\"><f>1-1</f><v>0</v></c><c r=\"F1\"><f>1</f><v>1</v></c>\
                 <c r=\"G1\"><v>0</v></c>";
    let plain = xlsx(&sheet(cells), &[]);
    assert_eq!(shown(&plain), [r#"S: A1="formula" B1="formula" C1="formula" E1="0" F1="1" G1="0""#]);
    let workbook = "<workbook><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets><calcPr fullCalcOnLoad=\"1\"/></workbook>";
    let asking = crate::read::mended::replaced(&plain, "xl/workbook.xml", workbook.as_bytes());
    assert_eq!(shown(&asking), [r#"S: A1="formula" B1="formula" C1="formula" E1="formula" F1="1" G1="0""#]);
    // Another prefix, and no addresses.
    let cells = "<x:worksheet xmlns:x=\"m\"><x:sheetData><x:row><x:c><x:f>1+1</x:f></x:c><x:c><x:v>7</x:v></x:c></x:row>\
                 </x:sheetData></x:worksheet>";
    assert_eq!(shown(&xlsx(cells, &[])), [r#"S: A1="formula" B1="7""#]);
    let cell = |formula: &str, value: &str, text: &str| {
        format!("<table:table-cell{formula}{value}><text:p>{text}</text:p></table:table-cell>")
    };
    let of = " table:formula=\"of:=1+1\"";
    let cells = [cell(of, "", ""), cell(of, " office:value-type=\"float\"", ""), cell("", "", "")];
    let more = [
        cell(of, " office:value-type=\"float\" office:value=\"0\"", "0"),
        cell(of, " office:value-type=\"string\"", ""),
    ];
    assert_eq!(shown(&ods(&[cells.concat(), more.concat()].concat())), [r#"S: A1="formula" B1="formula" D1="0""#]);
    let cells = "<Cell ss:Formula=\"=1+1\"></Cell><Cell ss:Formula=\"=1+1\"><Data ss:Type=\"Number\">2</Data></Cell>\
                 <Cell ss:Formula=\"=A9\"><Data ss:Type=\"String\"></Data></Cell>";
    assert_eq!(shown(xml_of_2003("", cells).as_bytes()), [r#"S: A1="formula" B1="2""#]);
}

#[test]
fn formulas_of_an_old_workbook_that_were_never_calculated() {
    const BLANK: [u8; 8] = [3, 0, 0, 0, 0, 0, 0xFF, 0xFF];
    let zero = |column: u16, options: u16| formula(0, column, 0f64.to_le_bytes(), options);
    // A zero that is to be calculated when the file is opened is none, any other is a result.
    assert_eq!(shown(&xls(&[], &[zero(0, 3), zero(1, 0)])), [r#"S: A1="formula" B1="0""#]);
    // Nothing but empty results: nobody has calculated them.
    assert_eq!(shown(&xls(&[], &[formula(0, 0, BLANK, 0), number(0, 1, 0, 5.0)])), [r#"S: A1="formula" B1="5""#]);
    assert_eq!(shown(&xls(&[], &[formula(0, 0, BLANK, 0), zero(1, 0)])), [r#"S: B1="0""#]);
}
