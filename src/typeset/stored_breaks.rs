//! Break positions of the fixed texts, made ahead of time and used as they stand: nothing is built from them at a start.

use std::cmp::Ordering;

/// Separates words in the stored data.
pub(super) const BAR: char = '|';

/// Lines in the order of the runs that they are without their bars, so that one is found by halving.
#[derive(Debug, Default)]
pub(super) struct StoredBreaks {
    data: &'static str,
    /// Where each line starts.
    lines: Vec<u32>,
}

impl StoredBreaks {
    pub(super) fn new(data: &'static str) -> Self {
        let ends = memchr::memchr_iter(b'\n', data.as_bytes()).map(|at| at as u32 + 1);
        let lines = std::iter::once(0).chain(ends).filter(|start| (*start as usize) < data.len()).collect();
        Self { data, lines }
    }

    /// Hands over the offsets of the breaks inside `run`; false where the run is not stored.
    pub(super) fn find(&self, run: &str, push: &mut impl FnMut(usize)) -> bool {
        let found = self.lines.binary_search_by(|start| compare(self.line(*start), run));
        let Some(start) = found.ok().and_then(|index| self.lines.get(index)) else { return false };
        // each bar moves what follows it on by one
        let bars = memchr::memchr_iter(BAR as u8, self.line(*start));
        bars.enumerate().for_each(|(before, at)| push(at - before));
        true
    }

    /// The line that starts here, without its end.
    fn line(&self, start: u32) -> &'static [u8] {
        let rest = self.data.as_bytes().get(start as usize..).unwrap_or_default();
        memchr::memchr(b'\n', rest).and_then(|end| rest.get(..end)).unwrap_or(rest)
    }
}

/// How a line without its bars compares with a run.
fn compare(line: &[u8], run: &str) -> Ordering {
    line.iter().filter(|byte| **byte != BAR as u8).cmp(run.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_found_and_nothing_else() {
        let data = crate::advice::STORED_BREAKS;
        let stored = StoredBreaks::new(data);
        for line in data.lines() {
            let run = line.replace(BAR, "");
            let mut rebuilt = run.clone();
            let mut offsets = Vec::new();
            assert!(stored.find(&run, &mut |offset| offsets.push(offset)), "{line}");
            offsets.into_iter().rev().for_each(|offset| rebuilt.insert(offset, BAR));
            assert_eq!(rebuilt, line);
            assert!(!stored.find(&run.repeat(9), &mut |_| {}));
        }
        assert!(!StoredBreaks::new("").find("กก", &mut |_| {}));
    }
}
