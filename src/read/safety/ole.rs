//! What an OLE container holds, and whether its chains of sectors end: the parser follows them without looking back.

use crate::error::{Cause, Content};
use crate::read::safety::biff_memory::{u16_at, u32_at};

/// Sector numbers from here on mark the end of a chain or a sector without data.
const SPECIAL: u32 = 0xFFFF_FFFA;
const END: u32 = 0xFFFF_FFFE;

/// Streams that tell what a container is; one of a workbook comes first, as it may hold other documents.
const STREAMS: [(&str, Result<(), Content>); 6] = [
    ("Workbook", Ok(())),
    ("Book", Ok(())),
    ("WordDocument", Err(Content::OtherOffice)),
    ("PowerPoint Document", Err(Content::OtherOffice)),
    ("VisioDocument", Err(Content::OtherOffice)),
    ("__properties_version1.0", Err(Content::Mail)),
];

/// Streams that are shorter than this are kept in the root's stream, in sectors of their own.
const SHORT: u64 = 4096;
const SHORT_SECTOR: usize = 64;

/// The stream of a workbook, taken from a container whose chains have been followed to their ends.
///
/// # Errors
/// When it is encrypted, damaged, or something else than a workbook.
pub(in crate::read) fn workbook(bytes: &[u8]) -> Result<Vec<u8>, Cause> {
    let file = Compound::open(bytes)?;
    let entries = file.entries()?;
    let named = |name: &str| entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name));
    if named("EncryptedPackage").is_some() {
        return Err(Cause::Encrypted);
    }
    let found = STREAMS.iter().find_map(|(name, kind)| named(name).map(|entry| (entry, kind)));
    let stream = match found {
        Some((stream, Ok(()))) => stream,
        Some((_, Err(found))) => return Err(Cause::NotWorkbook { found: *found }),
        None => return Err(Cause::NotWorkbook { found: Content::Ole }),
    };
    if stream.length > bytes.len() as u64 {
        return Err(damaged("a stream claims to be longer than the file"));
    }
    let length = usize::try_from(stream.length).unwrap_or(usize::MAX);
    let root = entries.first().map(|root| file.chain(root.start)).transpose()?.unwrap_or_default();
    let table = file.chain(file.mini_table)?;
    let mut bytes = if stream.length < SHORT {
        let next = numbers(&file.bytes(&table)?);
        let sectors = follow(stream.start, &next, |_| Ok(()))?;
        let root = file.bytes(&root)?;
        let part = |sector: &u32| root.get(*sector as usize * SHORT_SECTOR..)?.get(..SHORT_SECTOR);
        sectors.iter().filter_map(part).collect::<Vec<_>>().concat()
    } else {
        file.bytes(&file.chain(stream.start)?)?
    };
    bytes.truncate(length);
    Ok(bytes)
}

/// The names of a container's streams, and their lengths.
pub(in crate::read) fn streams(bytes: &[u8]) -> Vec<(String, u64)> {
    let entries = Compound::open(bytes).and_then(|file| file.entries()).unwrap_or_default();
    entries.into_iter().filter(|entry| !entry.name.is_empty()).map(|entry| (entry.name, entry.length)).collect()
}

/// The sectors of a chain, in order.
fn follow(start: u32, next: &[u32], check: impl Fn(u32) -> Result<(), Cause>) -> Result<Vec<u32>, Cause> {
    let mut sectors = Vec::new();
    let mut number = start;
    while number < SPECIAL {
        check(number)?;
        sectors.push(number);
        if sectors.len() > next.len() {
            return Err(damaged("a chain of sectors runs in a circle"));
        }
        number = *next.get(number as usize).ok_or_else(|| damaged("a chain of sectors leads nowhere"))?;
    }
    Ok(sectors)
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).filter_map(|four| u32_at(four, 0)).collect()
}

struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    directory: u32,
    mini_table: u32,
    /// The sector that follows each sector.
    next: Vec<u32>,
}

struct DirectoryEntry {
    name: String,
    start: u32,
    length: u64,
}

impl<'a> Compound<'a> {
    fn open(bytes: &'a [u8]) -> Result<Self, Cause> {
        let sector = match u16_at(bytes, 30) {
            Some(9) => 512,
            Some(12) => 4096,
            _ => return Err(damaged("its sectors have no known size")),
        };
        let header = |at| u32_at(bytes, at).ok_or_else(|| damaged("it ends inside its header"));
        let mut file = Self { bytes, sector, directory: header(48)?, mini_table: header(60)?, next: Vec::new() };
        let mut tables: Vec<u32> = (0..109).filter_map(|n| u32_at(bytes, 76 + 4 * n)).collect();
        // The list of tables goes on in sectors of its own, the last number of each names the next.
        let (mut more, mut seen) = (header(68)?, 0);
        while more < SPECIAL {
            let listing = file.sector(more)?;
            seen += 1;
            if seen > bytes.len() / sector {
                return Err(damaged("its list of sectors runs in a circle"));
            }
            let mut listed = numbers(listing);
            more = listed.pop().unwrap_or(END);
            tables.extend(listed);
        }
        tables.retain(|table| *table < SPECIAL);
        if tables.len() > bytes.len() / sector + 1 {
            return Err(damaged("it names more sectors than it has"));
        }
        for table in tables {
            let links = numbers(file.sector(table)?);
            file.next.extend(links);
        }
        Ok(file)
    }

    /// A sector's bytes; the last one of a file may be cut short.
    fn sector(&self, number: u32) -> Result<&'a [u8], Cause> {
        let start = (number as usize).saturating_add(1).saturating_mul(self.sector);
        let end = start.saturating_add(self.sector).min(self.bytes.len());
        let sector = self.bytes.get(start..end).filter(|sector| !sector.is_empty());
        sector.ok_or_else(|| damaged("a sector lies beyond its end"))
    }

    fn chain(&self, start: u32) -> Result<Vec<u32>, Cause> {
        follow(start, &self.next, |number| self.sector(number).map(drop))
    }

    fn bytes(&self, sectors: &[u32]) -> Result<Vec<u8>, Cause> {
        let parts = sectors.iter().map(|number| self.sector(*number));
        Ok(parts.collect::<Result<Vec<_>, _>>()?.concat())
    }

    fn entries(&self) -> Result<Vec<DirectoryEntry>, Cause> {
        let mut entries = Vec::new();
        for number in self.chain(self.directory)? {
            entries.extend(self.sector(number)?.chunks_exact(128).filter_map(DirectoryEntry::parse));
        }
        Ok(entries)
    }
}

impl DirectoryEntry {
    fn parse(bytes: &[u8]) -> Option<Self> {
        let units = bytes.get(..64)?.chunks_exact(2).filter_map(|two| u16_at(two, 0)).take_while(|unit| *unit != 0);
        let name = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
        Some(Self { name, start: u32_at(bytes, 116)?, length: u64::from(u32_at(bytes, 120)?) })
    }
}

fn damaged(what: &str) -> Cause {
    Cause::Damaged(what.to_owned())
}
