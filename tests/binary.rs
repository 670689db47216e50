//! Writers of binary formats that nothing else here writes, as small as their readers allow.

use std::io::Write;

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
    let record = |kind: u16, body: &[u8]| [&kind.to_le_bytes()[..], &(body.len() as u16).to_le_bytes(), body].concat();
    let bytes = |text: &str| encoding_rs::WINDOWS_874.encode(text).0.into_owned();
    let name = bytes("ผลคะแนน");
    let bof = |kind: u8| record(0x0809, &[0, 5, kind, 0, 0, 0, 0, 0]);
    let sheet_name = [&[0, 0, name.len() as u8][..], &name].concat();
    let length = bof(5).len() + record(0x42, &[0; 2]).len() + 4 + 4 + sheet_name.len() + 4;
    let bound = [&(length as u32).to_le_bytes()[..], &sheet_name[..]].concat();
    // The sheet's state and kind stand before the length of its name.
    assert_eq!(&bound[4..6], [0, 0]);
    let mut stream = [bof(5), record(0x42, &code_page.to_le_bytes()), record(0x85, &bound), record(0x0A, &[])].concat();
    assert_eq!(stream.len(), length);
    stream.extend(bof(0x10));
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
    stream.extend(record(0x0A, &[]));
    ole("Book", &stream).0
}

/// A binary workbook of Excel 2007.
pub fn xlsb(cells: &Cells) -> Vec<u8> {
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
    let bundle = [vec![0; 8], wide("rId1"), wide("ผลคะแนน")].concat();
    let workbook = [record(0x9C, &bundle), record(0x90, &[]), record(0x9D, &[])].concat();
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
    sheet.extend([record(0x92, &[]), record(0x82, &[])].concat());
    let relations = br#"<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.bin"/></Relationships>"#;
    zip(&[
        ("_rels/.rels", b"<Relationships/>"),
        ("xl/workbook.bin", &workbook),
        ("xl/_rels/workbook.bin.rels", relations),
        ("xl/worksheets/sheet1.bin", &sheet),
    ])
}
