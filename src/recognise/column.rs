//! Which column of a table holds its scores?
//!
//! Headers help to choose but are not needed: a rank, a weight, a row number or a count of respondents gives itself
//! away by its numbers.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use rust_decimal::Decimal;

use super::code;
use super::score;
use super::table;
use super::wording::Wording;
use super::year;
use crate::framework::Instrument;
use crate::read::{Cell, CellRef, Sheet, Value};
use crate::thai;

/// A row of a table: where it is and, for a question, of which instrument.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub row: u32,
    pub instrument: Instrument,
}

/// A column that could hold the scores, and how likely it is to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Candidate {
    pub column: u32,
    pub header: Option<String>,
    /// Higher is likelier.
    pub weight: i32,
    /// In how many rows it has a number from 0 to 100.
    pub usable: usize,
}

/// Words of headers over scores.
#[rustfmt::skip]
const SCORE_WORDS: [&str; 12] = [
    "คะแนน", "score", "ผลการประเมิน", "ผลประเมิน", "ผลสรุป", "ประกาศ", "ร้อยละ", "percent", "สุดท้าย", "final", "หลังอุทธรณ์", "หลังทักท้วง",
];
/// Words of headers over numbers that are no scores of one's own.
#[rustfmt::skip]
const OTHER_WORDS: [&str; 46] = [
    "น้ำหนัก", "weight", "อันดับ", "ลำดับ", "rank", "จำนวน", "ผู้ตอบ", "count", "respondent", "ถ่วง", "คะแนนเต็ม", "fullscore", "maximum",
    "เปลี่ยนแปลง", "change", "ผลต่าง", "คำนวณ", "ที่แสดง", "เกณฑ์", "ปีก่อน", "ปีที่ผ่านมา", "ที่แล้ว", "เดิม", "last", "prev", "pre-", "old",
    "ก่อน", "ประเมินตนเอง", "self", "ดิบ", "raw", "เต็ม4", "เต็ม5", "(4)", "(5)", "เป้าหมาย", "target", "ทุกหน่วยงาน", "ประเทศ", "จังหวัด", "ภาค", "national", "กลุ่ม", "s.d.", "เบี่ยงเบน",
];
/// Words that tell a mean: of one's own answers, or of others.
const MEAN_WORDS: [&str; 3] = ["เฉลี่ย", "average", "mean"];

/// How many rows above a table are looked at for headers.
const HEADER_ROWS: u32 = 4;

/// The columns that could hold the scores of `rows`, likeliest first, of those that `may_be` lets pass.
///
/// `key_column` holds the codes or titles; `year` is the fiscal year wanted, if it is known.
pub(super) fn candidates(
    sheet: &Sheet,
    rows: &[Row],
    key_column: u32,
    year: Option<u16>,
    may_be: impl Fn(u32) -> bool,
) -> Vec<Candidate> {
    let mut columns: BTreeSet<u32> = BTreeSet::new();
    for row in rows {
        let cells = sheet.row(row.row).iter().filter(|cell| cell.at.column != key_column && may_be(cell.at.column));
        columns.extend(cells.filter(|cell| score::number(&cell.value).is_some()).map(|cell| cell.at.column));
    }
    let headers = Headers::of(sheet);
    let first = first_row(rows);
    let weigh = |column| weigh(sheet, rows, (key_column, column), || headers.over(first, column), year);
    let mut found: Vec<Candidate> = columns.into_iter().filter_map(weigh).collect();
    found.sort_by(|a, b| b.weight.cmp(&a.weight).then(nearness(a, key_column).cmp(&nearness(b, key_column))));
    found
}

/// To the right of the key column first, nearest first.
fn nearness(candidate: &Candidate, key_column: u32) -> (bool, u32) {
    (candidate.column < key_column, candidate.column.abs_diff(key_column))
}

fn weigh(
    sheet: &Sheet,
    rows: &[Row],
    (key_column, column): (u32, u32),
    header: impl FnOnce() -> Option<String>,
    year: Option<u16>,
) -> Option<Candidate> {
    let numbers = Numbers::of(sheet, rows, column);
    if numbers.usable == 0 {
        return None;
    }
    let header = header();
    let mut weight = numbers.weight();
    weight += header.as_deref().map_or(0, |header| header_weight(header, year));
    // Scores usually stand behind what they score.
    weight += if column > key_column { 8 } else { -8 };
    Some(Candidate { column, header, weight, usable: numbers.usable })
}

/// What the numbers of a column look like.
struct Numbers {
    rows: usize,
    usable: usize,
    outside: usize,
    decimals: usize,
    two_decimals_shown: usize,
    counts_up: bool,
    constant: bool,
    constant_by_instrument: bool,
    full: usize,
    /// All lie between 0 and 5, some with fractions: means of answers on a scale, not scores out of 100.
    on_a_scale: bool,
}

impl Numbers {
    fn of(sheet: &Sheet, rows: &[Row], column: u32) -> Self {
        let mut values: Vec<(Instrument, Decimal)> = Vec::with_capacity(rows.len());
        let mut two_decimals_shown = 0;
        for row in rows {
            let Some(cell) = sheet.get(CellRef::new(row.row, column)) else { continue };
            let Some(number) = score::number(&cell.value) else { continue };
            two_decimals_shown += usize::from(shows_two_decimals(&cell.value));
            values.push((row.instrument, number));
        }
        let in_range = values.iter().filter(|(_, value)| score::in_range(*value)).count();
        let distinct = |of: Option<Instrument>| {
            let of_instrument = values.iter().filter(|(own, _)| of.is_none_or(|wanted| wanted == *own));
            of_instrument.map(|(_, value)| value.normalize()).collect::<BTreeSet<_>>().len()
        };
        Self {
            rows: rows.len(),
            usable: in_range,
            outside: values.len() - in_range,
            decimals: values.iter().filter(|(_, value)| !value.fract().is_zero()).count(),
            two_decimals_shown,
            counts_up: values.len() > 2 && values.windows(2).all(steps_by_one),
            constant: values.len() > 2 && distinct(None) == 1,
            constant_by_instrument: values.len() > 6 && Instrument::ALL.iter().all(|i| distinct(Some(*i)) <= 1),
            on_a_scale: values.len() > 2
                && values.iter().all(|(_, value)| *value >= Decimal::ZERO && *value <= Decimal::from(5))
                && values.iter().any(|(_, value)| !value.fract().is_zero()),
            full: values.iter().filter(|(_, value)| *value == Decimal::ONE_HUNDRED).count(),
        }
    }

    fn weight(&self) -> i32 {
        let share = |part: usize, points: i32| {
            points * i32::try_from(part).unwrap_or(i32::MAX / 200) / i32::try_from(self.rows.max(1)).unwrap_or(i32::MAX)
        };
        let mut weight = share(self.usable, 60) - share(self.outside, 120);
        weight += share(self.decimals, 25) + share(self.two_decimals_shown, 10) + share(self.full, 15);
        let all_full = self.full == self.usable;
        // A column of full marks loses to any that varies.
        if self.constant && all_full {
            weight -= 45;
        }
        if self.counts_up {
            weight -= 60;
        }
        if self.on_a_scale {
            weight -= 40;
        }
        if (self.constant || self.constant_by_instrument) && !all_full {
            weight -= 50;
        }
        weight
    }
}

fn steps_by_one(pair: &[(Instrument, Decimal)]) -> bool {
    matches!(pair, [(_, a), (_, b)] if *b - *a == Decimal::ONE)
}

/// A text such as `84.67` or `100.00` was typed, or exported, as a score is.
fn shows_two_decimals(value: &Value) -> bool {
    let text = value.text().trim_end_matches([' ', '%']);
    text.rsplit_once(['.', ',']).is_some_and(|(_, decimals)| decimals.chars().count() == 2)
}

/// The first of some rows of a table.
pub(super) fn first_row(rows: &[Row]) -> u32 {
    rows.iter().map(|row| row.row).min().unwrap_or_default()
}

/// The headers over the columns of a sheet.
pub(super) struct Headers<'a> {
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
    pub fn of(sheet: &'a Sheet) -> Self {
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
            let own = nearest.filter(|cell| merged || cell.at.column == column);
            match own {
                // A number there is a row of data, unless it is a year.
                Some(cell) if is_number(cell) => {}
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
        let is_title = || above + 1 == first && above > 0 && cells.len() == 1 && table::is_header(sheet.row(above - 1));
        rows.push(HeaderRow { cells, only_within: cells.is_empty() || is_title() });
    }
    rows
}

/// The row of another question: a header stands in mid-table too.
fn is_code(cell: &Cell) -> bool {
    code::find_code(cell.value.text()).is_some_and(|found| !found.needs_context)
}

/// A number that is no year: none of a header's.
pub(super) fn is_number(cell: &Cell) -> bool {
    score::number(&cell.value).is_some() && year::of_header(&cell.value.to_string()).is_none()
}

/// A row of a title block, a label and its value, which a header's upper level is not.
fn is_fact(row: &[Cell]) -> bool {
    let key = |cell: &Cell| thai::key(cell.value.text());
    let of_table = |cell: &Cell| {
        let key = key(cell);
        ["รหัส", "ข้อ"].iter().chain(&SCORE_WORDS).any(|word| key.starts_with(word))
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
    ["หน่วยงาน", "ชื่อ", "อำเภอ", "จังหวัด", "ปีงบประมาณ", "คะแนนรวม", "คะแนนita", "ระดับ", "อันดับ", "ประเภท", "สังกัด"]
        .iter()
        .any(|label| key.starts_with(label))
}

/// How much a header speaks for its column; below 0 it names something else.
pub(super) fn header_weight(header: &str, year: Option<u16>) -> i32 {
    let wording = Wording::new(header);
    let key = wording.key();
    let mut weight = 0;
    if wording.has(&SCORE_WORDS) {
        weight += 40;
    }
    if wording.has(&OTHER_WORDS) || matches!(key, "n" | "no" | "no." | "#" | "ที่" | "เต็ม") {
        weight -= 100;
    } else if wording.has(&MEAN_WORDS) {
        weight -= 45;
    }
    match (year::of_header(key), year) {
        (Some(own), Some(wanted)) if own != wanted => weight -= 120,
        (Some(_), Some(_)) => weight += 20,
        // Without a wanted year the later one is ours.
        (Some(own), None) => weight += i32::from(own.saturating_sub(2500)),
        (None, _) => {}
    }
    weight
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::Framework;

    #[test]
    fn no_official_title_says_that_its_numbers_are_others() {
        let mut titles: BTreeSet<&str> = BTreeSet::new();
        for framework in Framework::all_built_in() {
            titles.extend([framework.name.as_str(), &framework.short_name]);
            titles.extend(framework.instruments.values().map(|own| own.title.as_str()));
            titles.extend(framework.questions.values().map(|own| own.title.as_str()));
            titles.extend(framework.issues.iter().map(|own| own.title.as_str()));
            titles.extend(framework.indicators.iter().flat_map(|own| &own.aliases).map(String::as_str));
            for indicator in &framework.indicators {
                titles.insert(&indicator.title);
                titles.extend(indicator.sub_indicators.iter().map(|own| own.title.as_str()));
            }
        }
        assert!(titles.len() > 100);
        for title in titles {
            assert!(header_weight(title, None) >= 0, "{title}");
        }
    }
}
