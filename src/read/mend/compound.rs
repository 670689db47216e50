//! A container for the stream of a workbook that has none, or another one than it should.

/// Bytes of a sector.
const SECTOR: usize = 4096;
/// Numbers in a sector of the table.
const LINKS: usize = SECTOR / 4;

/// Marks of the table of sectors.
const END: u32 = 0xFFFF_FFFE;
const FREE: u32 = 0xFFFF_FFFF;

/// Numbers of the table's sectors that the header has room for: 436 megabytes.
const LISTED: usize = 109;

/// A container with one stream: the header, the stream, the directory, the table of sectors.
pub(in crate::read) fn container(name: &str, stream: &[u8]) -> Vec<u8> {
    let sectors = stream.len().max(SECTOR).div_ceil(SECTOR);
    let tables = (sectors + 1).div_ceil(LINKS - 1).min(LISTED);
    let number = |value: usize| u32::try_from(value).unwrap_or(FREE);
    let mut file = Vec::with_capacity((sectors + tables + 2) * SECTOR);
    file.extend(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    file.extend([0; 16]);
    // Version, order of bytes, sizes of sectors and of small ones as powers of two.
    file.extend([0x3E, 0, 4, 0, 0xFE, 0xFF, 12, 0, 6, 0, 0, 0, 0, 0, 0, 0]);
    let numbers = [1, number(tables), number(sectors), 0, 4096, END, 0, END, 0];
    file.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
    let listed = (0..LISTED).map(|n| if n < tables { number(sectors + 1 + n) } else { FREE });
    file.extend(listed.flat_map(u32::to_le_bytes));
    file.resize(SECTOR, 0);
    file.extend(stream);
    file.resize(SECTOR * (sectors + 1), 0);
    file.extend(entry("Root Entry", 5, 0, 0, 1));
    file.extend(entry(name, 2, 0, sectors * SECTOR, FREE));
    file.resize(SECTOR * (sectors + 2), 0);
    let mut table: Vec<u32> = (1..sectors).map(number).collect();
    table.extend([END, END]);
    table.resize(sectors + 1 + tables, 0xFFFF_FFFD);
    table.resize(tables * LINKS, FREE);
    file.extend(table.into_iter().flat_map(u32::to_le_bytes));
    file
}

/// An entry of the directory.
fn entry(name: &str, kind: u8, start: u32, length: usize, child: u32) -> Vec<u8> {
    let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let named = u8::try_from(entry.len() + 2).unwrap_or_default();
    entry.resize(64, 0);
    entry.extend([named, 0, kind, 1]);
    entry.extend([FREE, FREE, child].iter().flat_map(|number| number.to_le_bytes()));
    entry.resize(116, 0);
    entry.extend(start.to_le_bytes());
    entry.extend((length as u64).to_le_bytes());
    entry
}
