//! Writers of binary formats that nothing else here writes, as small as their readers allow.

use std::io::Write;
use std::path::Path;

/// What goes into a cell: row, column, content.
pub type Cells = Vec<(u32, u32, Content)>;

#[derive(Clone)]
pub enum Content {
    Text(String),
    Number(f64),
}

/// A zip of these parts.
pub fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// An OLE container with one stream of at least 4096 bytes; also gives the offset of its table of sectors.
pub fn ole(name: &str, stream: &[u8]) -> (Vec<u8>, usize) {
    let mut stream = stream.to_vec();
    stream.resize(stream.len().max(4096).next_multiple_of(512), 0);
    let sectors = stream.len() / 512;
    // The stream, then the directory, then the table.
    let tables = (sectors + 2).div_ceil(127);
    let mut header = vec![0u8; 512];
    header[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    let mut put = |at: usize, bytes: &[u8]| header[at..at + bytes.len()].copy_from_slice(bytes);
    put(24, &[0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
    put(44, &(tables as u32).to_le_bytes());
    put(48, &(sectors as u32).to_le_bytes());
    put(56, &4096u32.to_le_bytes());
    put(60, &u32::MAX.wrapping_sub(1).to_le_bytes());
    put(68, &u32::MAX.wrapping_sub(1).to_le_bytes());
    for n in 0..109 {
        let table = if n < tables { (sectors + 1 + n) as u32 } else { u32::MAX };
        put(76 + 4 * n, &table.to_le_bytes());
    }
    let mut directory = vec![0u8; 512];
    let mut entry = |at: usize, name: &str, kind: u8, start: u32, length: u32| {
        let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        directory[at..at + units.len()].copy_from_slice(&units);
        directory[at + 64] = units.len() as u8 + 2;
        directory[at + 66] = kind;
        directory[at + 68..at + 80].fill(0xFF);
        directory[at + 116..at + 120].copy_from_slice(&start.to_le_bytes());
        directory[at + 120..at + 124].copy_from_slice(&length.to_le_bytes());
    };
    entry(0, "Root Entry", 5, u32::MAX - 1, 0);
    entry(128, name, 2, 0, stream.len() as u32);
    let mut table: Vec<u32> = (1..=sectors as u32).collect();
    table[sectors - 1] = u32::MAX - 1;
    table.push(u32::MAX - 1);
    table.resize(tables * 128, u32::MAX);
    let start = 512 + stream.len() + 512;
    let table: Vec<u8> = table.into_iter().flat_map(u32::to_le_bytes).collect();
    ([header, stream, directory, table].concat(), start)
}

/// A workbook of Excel 5 whose text is in a code page: 874 is Thai.
pub fn biff5(cells: &Cells, code_page: u16) -> Vec<u8> {
    biff5_of(&[("ผลคะแนน", cells.clone())], code_page)
}

/// The same with several sheets, each with its name.
pub fn biff5_of(sheets: &[(&str, Cells)], code_page: u16) -> Vec<u8> {
    let record = |kind: u16, body: &[u8]| [&kind.to_le_bytes()[..], &(body.len() as u16).to_le_bytes(), body].concat();
    let bytes = |text: &str| encoding_rs::WINDOWS_874.encode(text).0.into_owned();
    let bof = |kind: u8| record(0x0809, &[0, 5, kind, 0, 0, 0, 0, 0]);
    let of_sheet = |cells: &Cells| {
        let mut stream = bof(0x10);
        for (row, column, content) in cells {
            let at = [&(*row as u16).to_le_bytes()[..], &(*column as u16).to_le_bytes(), &[0, 0]].concat();
            stream.extend(match content {
                Content::Number(number) => record(0x0203, &[at, number.to_le_bytes().to_vec()].concat()),
                Content::Text(text) => {
                    let text = bytes(text);
                    record(0x0204, &[at, (text.len() as u16).to_le_bytes().to_vec(), text].concat())
                }
            });
        }
        [stream, record(0x0A, &[])].concat()
    };
    let streams: Vec<Vec<u8>> = sheets.iter().map(|(_, cells)| of_sheet(cells)).collect();
    let start = [bof(5), record(0x42, &code_page.to_le_bytes())].concat();
    // State and kind stand before the length of the name.
    let bound = |offset: usize, name: &[u8]| {
        record(0x85, &[&(offset as u32).to_le_bytes()[..], &[0, 0, name.len() as u8], name].concat())
    };
    let names: Vec<Vec<u8>> = sheets.iter().map(|(name, _)| bytes(name)).collect();
    let end = record(0x0A, &[]);
    let mut offset = start.len() + names.iter().map(|name| bound(0, name).len()).sum::<usize>() + end.len();
    let mut stream = start;
    for (name, own) in names.iter().zip(&streams) {
        stream.extend(bound(offset, name));
        offset += own.len();
    }
    stream.extend(end);
    stream.extend(streams.concat());
    ole("Book", &stream).0
}

/// A binary workbook of Excel 2007.
pub fn xlsb(cells: &Cells) -> Vec<u8> {
    xlsb_of(&[("ผลคะแนน", cells.clone())])
}

/// The same with several sheets, each with its name.
pub fn xlsb_of(sheets: &[(&str, Cells)]) -> Vec<u8> {
    let record = |kind: u16, body: &[u8]| {
        let mut bytes = match kind {
            0..0x80 => vec![kind as u8],
            _ => vec![kind as u8 | 0x80, (kind >> 7) as u8],
        };
        let mut length = body.len();
        while length >= 0x80 {
            bytes.push(length as u8 | 0x80);
            length >>= 7;
        }
        bytes.push(length as u8);
        [bytes, body.to_vec()].concat()
    };
    let wide = |text: &str| {
        let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [&(units.len() as u32 / 2).to_le_bytes()[..], &units].concat()
    };
    let bundle =
        |number: usize, name: &str| record(0x9C, &[vec![0; 8], wide(&format!("rId{number}")), wide(name)].concat());
    let bundles: Vec<u8> = sheets.iter().zip(1..).flat_map(|((name, _), number)| bundle(number, name)).collect();
    let workbook = [bundles, record(0x90, &[]), record(0x9D, &[])].concat();
    let of_sheet = |cells: &Cells| {
        let mut sheet = [record(0x81, &[]), record(0x94, &[0; 16]), record(0x91, &[])].concat();
        let mut current = None;
        for (row, column, content) in cells {
            if current != Some(row) {
                sheet.extend(record(0, &row.to_le_bytes()));
                current = Some(row);
            }
            let at = [column.to_le_bytes(), [0; 4]].concat();
            sheet.extend(match content {
                Content::Number(number) => record(5, &[at, number.to_le_bytes().to_vec()].concat()),
                Content::Text(text) => record(6, &[at, wide(text)].concat()),
            });
        }
        [sheet, record(0x92, &[]), record(0x82, &[])].concat()
    };
    let parts: Vec<(String, Vec<u8>)> = sheets
        .iter()
        .zip(1..)
        .map(|((_, cells), number)| (format!("xl/worksheets/sheet{number}.bin"), of_sheet(cells)))
        .collect();
    let relation =
        |number: usize| format!("<Relationship Id=\"rId{number}\" Target=\"worksheets/sheet{number}.bin\"/>");
    let relations = format!("<Relationships>{}</Relationships>", (1..=sheets.len()).map(relation).collect::<String>());
    let mut all: Vec<(&str, &[u8])> = vec![
        ("_rels/.rels", b"<Relationships/>"),
        ("xl/workbook.bin", &workbook),
        ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
    ];
    all.extend(parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
    zip(&all)
}

/// Types another text in the place of what begins so, wherever it stands; all else stays as it was saved.
pub fn retype(workbook: &Path, old: &str, new: &str) {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(workbook).unwrap()).unwrap();
    let mut parts = Vec::new();
    for number in 0..archive.len() {
        let mut part = archive.by_index(number).unwrap();
        let mut bytes = Vec::new();
        std::io::copy(&mut part, &mut bytes).unwrap();
        let name = part.name().unwrap().into_owned();
        if name == "xl/sharedStrings.xml" {
            let text = String::from_utf8(bytes).unwrap();
            let at = text.find(old).unwrap_or_else(|| panic!("no text begins with {old}"));
            let end = at + text[at..].find('<').unwrap();
            bytes = format!("{}{new}{}", &text[..at], &text[end..]).into_bytes();
        }
        parts.push((name, bytes));
    }
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    std::fs::write(workbook, zip(&parts)).unwrap();
}
