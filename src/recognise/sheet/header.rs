//! Headers over columns: where they stand, and how much they speak for their column holding scores.

use crate::recognise::words::words;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::domain::thai;
use crate::read::{Cell, Sheet};
use crate::recognise::cell::{code, score, year};
use crate::recognise::sheet::header_rules::{HeaderWords, score_words};
use crate::recognise::sheet::owner;
use crate::recognise::submission::Evidence;
use crate::recognise::vocabulary::Wording;

/// How many rows above a table are looked at for headers.
const HEADER_ROWS: u32 = 4;

/// The headers over the columns of a sheet.
pub(in crate::recognise) struct Headers<'a> {
    sheet: &'a Sheet,
    /// What stands over the rows asked about lately.
    known: RefCell<BTreeMap<u32, Rc<Vec<HeaderRow<'a>>>>>,
}

/// A row over a table, from which a header may take its text.
struct HeaderRow<'a> {
    cells: &'a [Cell],
    /// Whether it belongs to a header only where one has begun below it.
    only_within: bool,
}

/// How many tables' headers are remembered.
const REMEMBERED: usize = 64;

impl<'a> Headers<'a> {
    pub fn new(sheet: &'a Sheet) -> Self {
        Self { sheet, known: RefCell::default() }
    }

    /// The texts above a column, in the rows directly over the table whose first row is `first`.
    pub fn over(&self, first: u32, column: u32) -> Option<String> {
        let mut texts: Vec<String> = Vec::new();
        for row in self.rows(first).iter() {
            let cells = row.cells;
            if row.only_within && texts.is_empty() {
                continue;
            }
            // A row without content ends the header; a single cell in its row is a title over the table.
            if cells.len() < 2 {
                break;
            }
            // Over a narrower header a merged one reaches to the right: only its first cell has the text.
            let merged = !texts.is_empty();
            let end = cells.partition_point(|cell| cell.at.column <= column);
            let nearest = end.checked_sub(1).and_then(|index| cells.get(index));
            let above_column = nearest.filter(|cell| merged || cell.at.column == column);
            match above_column {
                // A number there is a row of data, unless it is a year.
                Some(cell) if is_number(cell) => {}
                // A place in a row above says where the table is from, not what its column holds.
                Some(cell) if merged && (is_place(cell.value.text()) || is_agency_with_place(cell.value.text())) => {}
                Some(cell) => texts.insert(0, thai::clean(&cell.value.to_string())),
                None => {}
            }
        }
        (!texts.is_empty()).then(|| texts.join(" "))
    }

    /// The rows over a table that may hold its header, the lowest first.
    fn rows(&self, first: u32) -> Rc<Vec<HeaderRow<'a>>> {
        let mut known = self.known.borrow_mut();
        if known.len() >= REMEMBERED && !known.contains_key(&first) {
            known.clear();
        }
        known.entry(first).or_insert_with(|| Rc::new(header_rows(self.sheet, first))).clone()
    }
}

/// Whether a text is a province's or a district's name with its word, and nothing else.
fn is_place(text: &str) -> bool {
    let key = thai::key(text);
    let name = words().words_of_places.iter().find_map(|word| key.strip_prefix(word));
    name.is_some_and(|name| name.chars().count() > 1 && !words().no_places.iter().any(|word| name.contains(word)))
}

/// Whether a text is an agency's name with its province, as it stands beside a title.
fn is_agency_with_place(text: &str) -> bool {
    let words = words();
    let behind = |word: &&str| text.find(*word).is_some_and(|at| at > 0);
    owner::names_agency(text) && words.words_of_places.iter().any(behind)
}

fn header_rows(sheet: &Sheet, first: u32) -> Vec<HeaderRow<'_>> {
    let mut rows = Vec::new();
    // Empty rows, and those of other agencies that were left out, may stand between.
    let before = sheet.cells().partition_point(|cell| cell.at.row < first);
    let Some(nearest) = before.checked_sub(1).and_then(|at| sheet.cells().get(at)).map(|cell| cell.at.row) else {
        return rows;
    };
    for above in ((nearest + 1).saturating_sub(HEADER_ROWS)..=nearest).rev() {
        let cells = sheet.row(above);
        if cells.len() > 1 && (is_fact(cells) || cells.iter().any(is_code)) {
            break;
        }
        // A title of one cell may stand between a header and its rows.
        let is_title = || above + 1 == first && above > 0 && cells.len() == 1 && heads(sheet.row(above - 1));
        rows.push(HeaderRow { cells, only_within: cells.is_empty() || is_title() });
    }
    rows
}

/// Whether a row may be a table's header, whatever its columns are: several texts.
fn heads(row: &[Cell]) -> bool {
    row.len() > 1 && !row.iter().any(is_number)
}

/// The row of another question: a header stands in mid-table too.
fn is_code(cell: &Cell) -> bool {
    code::find_code(cell.value.text()).is_some_and(|found| !found.needs_context)
}

/// A number that is no year: none of a header's.
pub(in crate::recognise) fn is_number(cell: &Cell) -> bool {
    score::number(&cell.value).is_some() && year::of_header(&cell.value.to_string()).is_none()
}

/// A row of a title block, a label and its value, which a header's upper level is not.
fn is_fact(row: &[Cell]) -> bool {
    let key = |cell: &Cell| thai::key(cell.value.text());
    let of_table = |cell: &Cell| {
        let key = key(cell);
        words().headers_of_codes.iter().copied().chain(score_words()).any(|word| key.starts_with(word))
    };
    let Some((first, rest)) = row.split_first() else { return false };
    // Tables have columns that are called as labels are.
    if rest.iter().any(of_table) && !rest.iter().any(is_number) {
        return false;
    }
    // Years over tables side by side, `ปีงบประมาณ 2567` and `ปีงบประมาณ 2566`, are no label with its value.
    let names_year = |cell: &Cell| year::of_header(cell.value.text()).is_some();
    if names_year(first) && rest.iter().any(names_year) {
        return false;
    }
    let key = key(first);
    words().labels_of_facts.iter().any(|label| key.starts_with(label))
}

/// How much a header speaks for its column; below 0 it names something else.
pub(in crate::recognise) fn header_weight(header: &str, year: Option<u16>) -> i32 {
    let wording = Wording::new(header);
    HeaderWords::new(&wording, None).kind_points + year_evidence(&wording, year).map_or(0, |evidence| evidence.points)
}

/// All points of a header's words, those too that only tell which of several columns of scores it is.
pub(in crate::recognise) fn all_points(header: &str) -> i32 {
    HeaderWords::new(&Wording::new(header), None).evidence.iter().map(|evidence| evidence.points).sum()
}

/// Whether a header is one of remarks, below which scores that have slipped aside may stand.
pub(in crate::recognise) fn names_remarks(header: &str) -> bool {
    HeaderWords::new(&Wording::new(header), None).evidence.iter().any(|evidence| evidence.rule == REMARKS)
}

/// The rule of headers over remarks.
const REMARKS: &str = "remarks";

/// What the year in a header says, where `year` is the one that is wanted.
pub(in crate::recognise) fn year_evidence(wording: &Wording, year: Option<u16>) -> Option<Evidence> {
    let named = year::of_header(wording.key())?;
    let (rule, points) = match year {
        Some(wanted) if named != wanted => (OTHER_YEAR, -120),
        Some(_) => ("wanted-year", 20),
        // Without a wanted year the later one is ours.
        None => ("later-year", i32::from(named.saturating_sub(2500))),
    };
    Some(Evidence { rule: rule.to_owned(), points })
}

/// The rule of a header that names another year than the wanted one.
pub(in crate::recognise) const OTHER_YEAR: &str = "other-year";

/// A row of several headers, one of them over scores or a year's: `คะแนน IIT` with a number behind it sums a block up.
pub(in crate::recognise) fn is_header(row: &[Cell]) -> bool {
    let speaks = |cell: &Cell| {
        let key = thai::key(cell.value.text());
        words().header_beginnings.iter().any(|word| key.starts_with(word))
    };
    // A score of 67 is no year.
    let is_number = |cell: &Cell| score::number(&cell.value).is_some() && !year::is_year(&cell.value.to_string());
    row.len() > 1 && row.iter().any(speaks) && !row.iter().any(is_number)
}

/// A row that heads a table in its middle: over the codes stands what they are, over other columns texts or years.
pub(in crate::recognise) fn heads_codes(row: &[Cell], code_column: u32) -> bool {
    let of_codes = |cell: &Cell| {
        let key = thai::key(cell.value.text());
        cell.at.column == code_column && words().headers_of_codes.iter().any(|word| key.starts_with(word))
    };
    row.len() > 1 && row.iter().any(of_codes) && !row.iter().any(|cell| is_code(cell) || is_number(cell))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::framework::Framework;

    #[test]
    fn no_official_title_says_that_its_numbers_are_others() {
        let mut titles: BTreeSet<&str> = BTreeSet::new();
        for framework in Framework::all_built_in() {
            titles.extend([framework.name.as_str(), &framework.short_name]);
            titles.extend(framework.instruments.values().map(|instrument| instrument.title.as_str()));
            titles.extend(framework.questions.values().map(|question| question.title.as_str()));
            titles.extend(framework.issues.iter().map(|issue| issue.title.as_str()));
            titles.extend(framework.indicators.iter().flat_map(|indicator| &indicator.aliases).map(String::as_str));
            for indicator in &framework.indicators {
                titles.insert(&indicator.title);
                titles.extend(indicator.sub_indicators.iter().map(|part| part.title.as_str()));
            }
        }
        assert!(titles.len() > 100);
        for title in titles {
            assert!(header_weight(title, None) >= 0, "{title}");
        }
    }
}
