//! The formats in which a spreadsheet is saved; those of one sheet are left out where there are several.

use rust_xlsxwriter::{Format, Workbook};

use super::pages::Page;
use crate::support::binary::{Content, biff5_of, xlsb_of, zip};
use crate::support::formats::{thai, utf16};

/// An encoding's name and how a text is written in it.
type Encoding = (&'static str, fn(&str) -> Vec<u8>);

const ENCODINGS: [Encoding; 7] = [
    ("utf-8", |text| text.as_bytes().to_vec()),
    ("utf-8-bom", |text| format!("\u{FEFF}{text}").into_bytes()),
    ("utf-16le", |text| utf16(text, false)),
    ("utf-16le-bom", |text| utf16(&format!("\u{FEFF}{text}"), false)),
    ("utf-16be", |text| utf16(text, true)),
    ("utf-16be-bom", |text| utf16(&format!("\u{FEFF}{text}"), true)),
    ("windows-874", thai),
];

const SEPARATORS: [(&str, char); 4] = [("csv", ','), ("tsv", '\t'), ("semicolon.csv", ';'), ("pipe.txt", '|')];

/// The pages in the formats that have no styles here: a percentage would be a plain number.
pub fn write_plain(pages: &[Page]) -> Vec<(String, Vec<u8>)> {
    let sheets: Vec<_> = pages.iter().map(|page| (page.name.as_str(), page.cells())).collect();
    vec![("xlsb".to_owned(), xlsb_of(&sheets)), ("xls".to_owned(), biff5_of(&sheets, 874))]
}

/// The pages in all other formats, each with the end of a file's name.
///
/// Every encoding comes with one separator, and every page of the web in two encodings, others at each turn.
pub fn write_styled(pages: &[Page], turn: usize) -> Vec<(String, Vec<u8>)> {
    let mut files = vec![
        ("xlsx".to_owned(), xlsx(pages)),
        ("fods".to_owned(), open_document(pages).into_bytes()),
        ("2003.xml".to_owned(), xml_spreadsheet(pages).into_bytes()),
    ];
    let content = open_document(pages);
    files.push((
        "ods".to_owned(),
        zip(&[("META-INF/manifest.xml", b"<manifest/>"), ("content.xml", content.as_bytes())]),
    ));
    for (encoding, encode) in [2 * turn, 2 * turn + 1].map(|at| ENCODINGS[at % ENCODINGS.len()]) {
        files.push((format!("{encoding}.html.xls"), encode(&html(pages))));
    }
    if let [page] = pages {
        for (at, (encoding, encode)) in ENCODINGS.iter().enumerate() {
            let (name, separator) = SEPARATORS[(at + turn) % SEPARATORS.len()];
            files.push((format!("{encoding}.{name}"), encode(&delimited(page, separator))));
        }
    }
    files
}

fn xlsx(pages: &[Page]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let percent = Format::new().set_num_format("0.00%");
    for page in pages {
        let sheet = workbook.add_worksheet();
        sheet.set_name(&page.name).unwrap();
        for [first_row, first_column, last_row, last_column] in &page.merged {
            let (first, last) = (*first_column as u16, *last_column as u16);
            sheet.merge_range(*first_row, first, *last_row, last, "", &Format::new()).unwrap();
        }
        for (row, column, content) in page.cells() {
            match content {
                Content::Text(text) => sheet.write(row, column as u16, text).unwrap(),
                Content::Number(number) if page.is_percent(row, column) => {
                    sheet.write_with_format(row, column as u16, number, &percent).unwrap()
                }
                Content::Number(number) => sheet.write(row, column as u16, number).unwrap(),
            };
        }
    }
    workbook.save_to_buffer().unwrap()
}

fn delimited(page: &Page, separator: char) -> String {
    let field = |(row, column, content): (u32, u32, &Option<Content>)| {
        let text = shown(page, row, column, content);
        if text.contains([separator, '"', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
    };
    let line = |(row, cells): (u32, Vec<Option<Content>>)| {
        let fields: Vec<String> = (0..).zip(&cells).map(|(column, own)| field((row, column, own))).collect();
        fields.join(separator.to_string().as_str()) + "\r\n"
    };
    (0..).zip(page.grid()).map(line).collect()
}

/// What a cell shows.
fn shown(page: &Page, row: u32, column: u32, content: &Option<Content>) -> String {
    match content {
        None => String::new(),
        Some(Content::Text(text)) => text.clone(),
        Some(Content::Number(number)) if page.is_percent(row, column) => format!("{:.2}%", number * 100.0),
        Some(Content::Number(number)) => number.to_string(),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

fn html(pages: &[Page]) -> String {
    let mut html = String::from("<html><head><meta name=\"generator\" content=\"report\"></head><body>\n");
    for page in pages {
        html.push_str("<table border=1>\n");
        for (row, cells) in (0..).zip(page.grid()) {
            html.push_str("<tr>");
            for (column, content) in (0..).zip(&cells).filter(|(column, _)| !page.is_covered(row, *column)) {
                let (rows, columns) = page.span(row, column);
                let text = escaped(&shown(page, row, column, content)).replace('\n', "<br>");
                let spans =
                    if rows > 1 || columns > 1 { format!(" rowspan={rows} colspan={columns}") } else { String::new() };
                html.push_str(&format!("<td{spans}>{text}</td>"));
            }
            html.push_str("</tr>\n");
        }
        html.push_str("</table>\n");
    }
    html + "</body></html>"
}

fn xml_spreadsheet(pages: &[Page]) -> String {
    let cell = |page: &Page, row: u32, column: u32, content: &Content| {
        let (down, across) = page.span(row, column);
        let (kind, text) = match content {
            Content::Text(text) => ("String", escaped(text).replace('\n', "&#10;")),
            Content::Number(number) => ("Number", number.to_string()),
        };
        let style = if page.is_percent(row, column) { " ss:StyleID=\"percent\"" } else { "" };
        format!(
            "<Cell ss:Index=\"{}\" ss:MergeDown=\"{}\" ss:MergeAcross=\"{}\"{style}><Data ss:Type=\"{kind}\">{text}</Data>\
             </Cell>",
            column + 1,
            down - 1,
            across - 1
        )
    };
    let sheet = |page: &Page| {
        let row = |cells: &[(u32, u32, Content)]| {
            let number = cells[0].0 + 1;
            let cells: String = cells.iter().map(|(row, column, own)| cell(page, *row, *column, own)).collect();
            format!("<Row ss:Index=\"{number}\">{cells}</Row>\n")
        };
        let rows: String = page.cells().chunk_by(|a, b| a.0 == b.0).map(row).collect();
        format!("<Worksheet ss:Name=\"{}\"><Table>{rows}</Table></Worksheet>", page.name)
    };
    format!(
        "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>\
         <Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" \
         xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">\
         <Styles><Style ss:ID=\"percent\"><NumberFormat ss:Format=\"0.00%\"/></Style></Styles>{}</Workbook>",
        pages.iter().map(sheet).collect::<String>()
    )
}

fn open_document(pages: &[Page]) -> String {
    let cell = |page: &Page, row: u32, column: u32, content: &Option<Content>| {
        if page.is_covered(row, column) {
            return "<table:covered-table-cell/>".to_owned();
        }
        let (rows, columns) = page.span(row, column);
        let spans = if rows > 1 || columns > 1 {
            format!(" table:number-rows-spanned=\"{rows}\" table:number-columns-spanned=\"{columns}\"")
        } else {
            String::new()
        };
        match content {
            None => format!("<table:table-cell{spans}/>"),
            Some(Content::Number(number)) if page.is_percent(row, column) => format!(
                "<table:table-cell{spans} office:value-type=\"percentage\" office:value=\"{number}\">\
                 <text:p>{:.2}%</text:p></table:table-cell>",
                number * 100.0
            ),
            Some(Content::Number(number)) => format!(
                "<table:table-cell{spans} office:value-type=\"float\" office:value=\"{number}\">\
                 <text:p>{number}</text:p></table:table-cell>"
            ),
            Some(Content::Text(text)) => {
                let lines: String = text.lines().map(|line| format!("<text:p>{}</text:p>", escaped(line))).collect();
                format!("<table:table-cell{spans} office:value-type=\"string\">{lines}</table:table-cell>")
            }
        }
    };
    let table = |page: &Page| {
        let row = |(row, cells): (u32, Vec<Option<Content>>)| {
            let cells: String = (0..).zip(&cells).map(|(column, own)| cell(page, row, column, own)).collect();
            format!("<table:table-row>{cells}</table:table-row>\n")
        };
        let rows: String = (0..).zip(page.grid()).map(row).collect();
        format!("<table:table table:name=\"{}\">{rows}</table:table>", page.name)
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document \
         xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
         office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\"><office:body><office:spreadsheet>{}\
         </office:spreadsheet></office:body></office:document>",
        pages.iter().map(table).collect::<String>()
    )
}
