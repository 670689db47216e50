//! Raised marks in the texts of an .xls: where they stand, not what they are.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::read::formats::biff_formats::Formats;
use crate::read::safety::biff_memory::{EOF, records, u16_at};

const SHARED_STRINGS: u16 = 0x00FC;
const CONTINUE: u16 = 0x003C;

/// Parts of a text, in units of UTF-16.
pub(in crate::read) type Raised = Arc<[Range<usize>]>;

/// For each shared string that has raised marks, by its number, where they stand.
pub(super) fn raised(stream: &[u8], formats: &Formats) -> HashMap<u32, Raised> {
    let mut found = HashMap::new();
    let mut list = records(stream).take_while(|(kind, _)| *kind != EOF).skip_while(|(kind, _)| *kind != SHARED_STRINGS);
    let Some((_, first)) = list.next() else { return found };
    let parts = list.take_while(|(kind, _)| *kind == CONTINUE).map(|(_, body)| body);
    let mut strings = Strings { parts: std::iter::once(first).chain(parts).collect(), part: 0, at: 8 };
    for number in 0u32.. {
        match strings.next_runs() {
            Some((length, runs)) => found.extend(ranges(length, &runs, formats).map(|ranges| (number, ranges))),
            None => break,
        }
    }
    found
}

/// Where a text that stands in its cell has raised marks. In Excel 97 its signs may take two bytes, and its runs four.
pub(super) fn raised_in_cell(body: &[u8], formats: &Formats) -> Option<Raised> {
    let length = usize::from(u16_at(body, 6)?);
    let runs: Vec<(usize, u16)> = if formats.is_biff8() {
        let size = if body.get(8)? & 1 != 0 { length * 2 } else { length };
        let runs = body.get(11 + size..)?.chunks_exact(4);
        runs.filter_map(|run| Some((u16_at(run, 0)?.into(), u16_at(run, 2)?))).collect()
    } else {
        let runs = body.get(9 + length..)?.chunks_exact(2);
        runs.filter_map(|run| Some((usize::from(*run.first()?), u16::from(*run.get(1)?)))).collect()
    };
    ranges(length, &runs, formats)
}

/// The raised parts of a text: each run has a font, from its first sign up to the next run.
fn ranges(length: usize, runs: &[(usize, u16)], formats: &Formats) -> Option<Raised> {
    let ends = runs.iter().skip(1).map(|(start, _)| *start).chain([length]);
    let raised = runs.iter().zip(ends).filter(|((_, font), _)| formats.is_raised(*font));
    let ranges: Vec<Range<usize>> = raised.map(|((start, _), end)| *start..end).collect();
    (!ranges.is_empty()).then(|| ranges.into())
}

/// The shared strings, which run on over records; where a text's signs do, an option stands in front of the rest.
struct Strings<'a> {
    parts: Vec<&'a [u8]>,
    part: usize,
    at: usize,
}

impl Strings<'_> {
    /// The length of the next text and its runs: where each begins, and its font.
    fn next_runs(&mut self) -> Option<(usize, Vec<(usize, u16)>)> {
        let length = usize::from(self.u16()?);
        let options = self.u8()?;
        let runs = if options & 8 != 0 { self.u16()? } else { 0 };
        let more = if options & 4 != 0 { usize::from(self.u16()?) | usize::from(self.u16()?) << 16 } else { 0 };
        self.skip_signs(length, options & 1 != 0)?;
        let mut found = Vec::new();
        for _ in 0..runs {
            found.push((usize::from(self.u16()?), self.u16()?));
        }
        self.skip(more)?;
        Some((length, found))
    }

    fn rest(&self) -> usize {
        self.parts.get(self.part).map_or(0, |part| part.len().saturating_sub(self.at))
    }

    /// Goes on to the next record where this one is used up.
    fn turn(&mut self) -> Option<()> {
        while self.rest() == 0 {
            self.part += 1;
            self.at = 0;
            self.parts.get(self.part)?;
        }
        Some(())
    }

    fn u8(&mut self) -> Option<u8> {
        self.turn()?;
        let byte = *self.parts.get(self.part)?.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.u8()?, self.u8()?]))
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            self.turn()?;
            let step = count.min(self.rest());
            self.at += step;
            count -= step;
        }
        Some(())
    }

    fn skip_signs(&mut self, mut count: usize, mut wide: bool) -> Option<()> {
        while count > 0 {
            if self.rest() == 0 {
                wide = self.u8()? & 1 != 0;
            }
            let size = if wide { 2 } else { 1 };
            let step = count.min(self.rest() / size);
            if step == 0 {
                return None;
            }
            self.at += step * size;
            count -= step;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_goes_on_in_the_next_record_with_an_option_of_its_own() {
        let first = [&[2, 0, 0, 0, 2, 0, 0, 0][..], &[3, 0, 8, 1, 0], b"84"].concat();
        let second = [&[0][..], b"1", &[2, 0, 5, 0], &[1, 0, 0], b"x"].concat();
        let mut strings = Strings { parts: vec![&first, &second], part: 0, at: 8 };
        assert_eq!(strings.next_runs(), Some((3, vec![(2, 5)])));
        assert_eq!(strings.next_runs(), Some((1, vec![])));
        assert_eq!(strings.next_runs(), None);
    }
}
