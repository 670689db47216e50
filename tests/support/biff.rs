//! Streams of .xls workbooks, record by record.

/// A record of a kind.
pub fn record(kind: u16, body: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes()[..], &(body.len() as u16).to_le_bytes(), body].concat()
}

/// A body of numbers of two bytes, and what stands behind them.
pub fn words(numbers: &[u16], rest: &[u8]) -> Vec<u8> {
    [numbers.iter().flat_map(|number| number.to_le_bytes()).collect(), rest.to_vec()].concat()
}

/// A font; a raised one is superscript.
pub fn font(raised: bool) -> Vec<u8> {
    record(0x31, &words(&[200, 0, 0, 400, u16::from(raised)], &[0, 0, 0, 0, 0, 0]))
}

/// A format of cells with a number format, and a number format.
pub fn cell_format(id: u16) -> Vec<u8> {
    record(0xE0, &words(&[0, id], &[0; 16]))
}

pub fn number_format(id: u16, code: &str) -> Vec<u8> {
    record(0x41E, &words(&[id, code.len() as u16], &[&[0][..], code.as_bytes()].concat()))
}

/// A cell with a number.
pub fn number(row: u16, column: u16, format: u16, number: f64) -> Vec<u8> {
    record(0x203, &words(&[row, column, format], &number.to_le_bytes()))
}

/// A cell with a shared text.
pub fn shared(row: u16, column: u16, index: u32) -> Vec<u8> {
    record(0xFD, &words(&[row, column, 0], &index.to_le_bytes()))
}

/// A cell with a formula, its result of eight bytes and its options.
pub fn formula(row: u16, column: u16, result: [u8; 8], options: u16) -> Vec<u8> {
    // An integer, as the formula.
    let tokens = [0, 0, 0, 0, 3, 0, 0x1E, 1, 0];
    record(6, &[words(&[row, column, 0], &result), words(&[options], &tokens)].concat())
}

/// A workbook's stream of Excel 97 with one sheet, which `globals` and `cells` are in.
pub fn biff8(globals: &[Vec<u8>], cells: &[Vec<u8>]) -> Vec<u8> {
    let begin = |kind: u16| record(0x809, &words(&[0x600, kind, 0, 0], &[0; 8]));
    let end = record(0x0A, &[]);
    let start = [begin(5), globals.concat()].concat();
    let bound = |offset: u32| record(0x85, &[&offset.to_le_bytes()[..], &[0, 0, 1, 0, b'S']].concat());
    let offset = start.len() + bound(0).len() + end.len();
    [start, bound(offset as u32), end.clone(), begin(0x10), cells.concat(), end].concat()
}
