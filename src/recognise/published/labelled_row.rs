//! A row with labels of published figures, each with its value behind it.

use crate::recognise::sheet::header::Headers;
use crate::recognise::sheet::labels::indicator_of;
use crate::recognise::sheet::labels::instrument_of;
use crate::recognise::sheet::labels::is_label;
use crate::recognise::words::words;
use std::cell::RefCell;
use std::cmp::Reverse;

use rust_decimal::Decimal;

use crate::domain::thai;
use crate::finding::{Finding, FindingCode, Place};
use crate::framework::{Framework, Instrument, Level};
use crate::read::{Cell, CellRef, Sheet};
use crate::recognise::cell::label::Labelled;
use crate::recognise::cell::score;
use crate::recognise::cell::year;

use crate::recognise::published::figure::{Figure, take};
use crate::recognise::published::figure_text::{lone_number, national_rank};
use crate::recognise::published::full_mark;
use crate::recognise::sheet::header;
use crate::recognise::sheet::owner;
use crate::recognise::submission::{Fact, Submission};

/// The weight of such a header.
const NO_SCORE: i32 = -1000;

/// How many cells behind a label are looked at.
const BEHIND: usize = 12;

/// How many labels of ranks a sheet has at most, where one is the agency's: in the country, the province, the district.
const MOST_RANK_LABELS: usize = 3;

/// How many rows of years one label may have.
const BEHIND_YEARS: u32 = 6;

/// A sheet around its labels: what is remembered of it serves a row with thousands of them.
pub(in crate::recognise) struct Surroundings<'s> {
    pub sheet: &'s Sheet,
    pub framework: &'s Framework,
    headers: Headers<'s>,
    /// How many cells are labels of a rank.
    rank_labels: usize,
    /// What the rows asked about last name.
    known: RefCell<[Option<(u32, LabelNames)>; 2]>,
}

/// What a row names.
#[derive(Clone, Copy)]
struct LabelNames {
    /// How many cells name an instrument.
    instruments: usize,
    /// The column of the first of these.
    first_instrument: Option<u32>,
    /// Whether any names an instrument or an indicator.
    part: bool,
}

impl<'s> Surroundings<'s> {
    pub fn new(sheet: &'s Sheet, framework: &'s Framework) -> Self {
        let is_rank = |cell: &&Cell| words().rank_labels.contains(&thai::key(cell.value.text()).as_str());
        let short = sheet.cells().iter().filter(|cell| (3..60).contains(&cell.value.text().len()));
        let rank_labels = short.filter(is_rank).take(MOST_RANK_LABELS + 1).count();
        Self { sheet, framework, headers: Headers::new(sheet), rank_labels, known: RefCell::default() }
    }

    fn names(&self, row: u32) -> LabelNames {
        let mut known = self.known.borrow_mut();
        if let Some((_, names)) = known.iter().flatten().find(|(number, _)| *number == row) {
            return *names;
        }
        let cells = self.sheet.row(row).iter();
        let names_instrument = |cell: &&Cell| instrument_of(&thai::key(cell.value.text())).is_some();
        let instruments: Vec<u32> = cells.clone().filter(names_instrument).map(|cell| cell.at.column).collect();
        let names_indicator = |cell: &Cell| indicator_of(cell.value.text(), self.framework).is_some();
        let names = LabelNames {
            instruments: instruments.len(),
            first_instrument: instruments.first().copied(),
            part: !instruments.is_empty() || cells.into_iter().any(names_indicator),
        };
        known.rotate_right(1);
        if let Some(first) = known.first_mut() {
            *first = Some((row, names));
        }
        names
    }
}

/// A row with labels: each has its value behind it, in the same cell or in the next ones.
#[derive(Clone, Copy)]
pub(in crate::recognise) struct LabelledRow<'a, 's> {
    pub cells: &'a [Cell],
    pub around: &'a Surroundings<'s>,
    /// The instrument that the sheet is about.
    pub only: Option<Instrument>,
    /// The first row of the table of questions whose foot, or part, this row is.
    pub top: Option<u32>,
    pub year: Option<u16>,
    /// The only column that values may stand in, at the foot of a table.
    pub column: Option<u32>,
}

impl LabelledRow<'_, '_> {
    pub fn read(&self, into: &mut Submission) {
        let mut of_other_year = false;
        for (index, cell) in self.cells.iter().enumerate() {
            let text = cell.value.text();
            if text.is_empty() || text.chars().count() > 400 {
                continue;
            }
            // `ปี 2566 ได้คะแนนรวม 81.23` beside the figures of 2567.
            if index == 0 || score::number(&cell.value).is_none() {
                of_other_year = self.names_other_year(text).unwrap_or(of_other_year);
            }
            if of_other_year {
                continue;
            }
            let label = Labelled::new(text);
            let behind = self.of_wanted_year(cell, self.cells.get(index + 1..).unwrap_or_default());
            // A value stands near its label.
            let behind = behind.get(..BEHIND).unwrap_or(behind);
            self.instrument(cell, &label, behind, into);
            self.total(cell, &label, behind, into);
            self.rank(cell, &label, behind, into);
            self.level(cell, &label, behind, into);
        }
    }

    fn place(&self, cell: &Cell) -> Place {
        self.around.sheet.place(cell.at)
    }

    /// A value with its cell and what labels it.
    fn figure<T>(&self, (value, at): (T, &Cell), label: &Cell) -> Figure<T> {
        Figure { value, place: self.place(at), label: thai::clean(label.value.text()) }
    }

    /// What stands behind a label; of rows for several years, of which only the first has the label, that of the wanted one.
    fn of_wanted_year<'a>(&'a self, label: &Cell, behind: &'a [Cell]) -> &'a [Cell] {
        let is_other = |row: &[Cell]| row.first().and_then(|cell| self.names_other_year(&cell.value.to_string()));
        let is_year = |row: &[Cell]| row.first().is_some_and(|cell| year::is_year(&cell.value.to_string()));
        let values = |row: &'a [Cell]| if is_year(row) { row.get(1..).unwrap_or_default() } else { row };
        let is_bare = behind.first().is_none_or(|cell| score::number(&cell.value).is_some());
        match is_other(behind) {
            Some(false) if !is_bare => return values(behind),
            Some(true) => {}
            _ => return behind,
        }
        let below = (label.at.row + 1..label.at.row + BEHIND_YEARS).map(|row| {
            let cells = self.around.sheet.row(row);
            cells.get(cells.partition_point(|cell| cell.at.column < label.at.column)..).unwrap_or_default()
        });
        let mut years = below.take_while(|row| row.first().is_some_and(|cell| cell.at.column > label.at.column));
        let of_year = years.find(|row| is_other(row) == Some(false)).map(values);
        // A bare 2566 may be a rank.
        of_year.unwrap_or(if is_bare { behind } else { Default::default() })
    }

    /// Whether the years that a text names, if any, are all others than the wanted one.
    fn names_other_year(&self, text: &str) -> Option<bool> {
        let mut years = if thai::has_digit(text) { year::years(text) } else { Vec::new() };
        // `ปี 66`, but not a bare 66, which may be a score.
        if years.is_empty() && score::plain_number(&thai::key(text)).is_none() {
            years.extend(year::of_header(text));
        }
        let wanted = self.year.filter(|_| !years.is_empty())?;
        Some(!years.contains(&wanted))
    }

    /// A bare `รวม` is the total just below an indicator or an instrument, or beside the instruments.
    fn is_sum(&self, cell: &Cell, label: &Labelled) -> bool {
        let above = || cell.at.row.checked_sub(1).is_some_and(|row| self.around.names(row).part);
        label.is_one_of(&words().sum_labels) && (above() || self.around.names(cell.at.row).instruments > 1)
    }

    /// The number of a label's row: in the table's column at its foot; else the one behind it whose header speaks most for
    /// it, and of those the next that is no full mark and none of `others`, unless it is the only one.
    fn number<'a>(&'a self, behind: &'a [Cell], others: &[Decimal]) -> Option<(Decimal, &'a Cell)> {
        let number = |cell: &'a Cell| score::number(&cell.value).map(|number| (number, cell));
        if let Some(column) = self.column {
            let at = self.cells.partition_point(|cell| cell.at.column < column);
            return self.cells.get(at).filter(|cell| cell.at.column == column).and_then(number);
        }
        let telling = |number: Decimal| number != Decimal::ONE_HUNDRED && !others.contains(&number);
        let behind = self.up_to_next_label(behind);
        // `IIT | น้ำหนัก | 30 | คะแนน | 91.5`
        let usable = behind.iter().enumerate().filter(|(index, _)| {
            // `IIT | 30 | คน`, `รวม | 88.1 | ค่าเฉลี่ยจังหวัด`; but not `รวม | 92.5 | ค่าเฉลี่ย | 88.1`
            let unit = behind.get(index + 1).map(|cell| thai::key(cell.value.text())).unwrap_or_default();
            let of_others =
                || owner::is_summary(&unit) && behind.get(index + 2).is_none_or(|cell| number(cell).is_none());
            if words().units_of_counts.contains(&unit.as_str()) || of_others() {
                return false;
            }
            let before = index.checked_sub(1).and_then(|index| behind.get(index));
            !before.is_some_and(|cell| cell.value.text() == "หน้า" || header::header_weight(cell.value.text(), None) < 0)
        });
        let weighed = |(number, cell): (Decimal, &'a Cell)| (number, cell, self.header_weight(cell));
        let found: Vec<(Decimal, &Cell, i32)> = usable
            .filter_map(|(_, cell)| number(cell).map(weighed))
            .filter(|(_, _, weight)| *weight > NO_SCORE)
            .collect();
        let weights: Vec<(Decimal, i32)> = found.iter().map(|(number, _, weight)| (*number, *weight)).collect();
        let full = full_mark::score(&weights).and_then(|at| found.get(at));
        let likeliest = || found.iter().min_by_key(|(number, _, weight)| (!telling(*number), Reverse(*weight)));
        full.or_else(likeliest).map(|(number, cell, _)| (*number, *cell))
    }

    /// A second number behind a label, as likely to be its figure as the one chosen, and another one.
    fn rival<'a>(
        &'a self,
        behind: &'a [Cell],
        others: &[Decimal],
        chosen: (Decimal, &Cell),
    ) -> Option<(Decimal, &'a Cell)> {
        if self.column.is_some() {
            return None;
        }
        let cells = self.up_to_next_label(behind);
        let at = cells.iter().position(|cell| cell.at == chosen.1.at)?;
        let rest = cells.get(at + 1..)?;
        let second = self.number(rest, others).filter(|(number, _)| score::in_range(*number) && *number != chosen.0)?;
        let is_telling = second.0 != Decimal::ONE_HUNDRED && !others.contains(&second.0) && !second.0.fract().is_zero();
        (is_telling && self.header_weight(second.1) == self.header_weight(chosen.1)).then_some(second)
    }

    /// Says that two numbers behind a label could be its figure.
    fn undecided(&self, label: &Cell, places: [(Decimal, &Cell); 2], into: &mut Submission) {
        let [first, second] = places.map(|(_, cell)| self.place(cell));
        let finding = Finding::new(FindingCode::FigureUndecided, thai::clean(label.value.text()));
        let finding = finding.found(&first).expected(second.to_string());
        into.findings.push(finding.at([first, second]));
    }

    /// Behind a label with its number another one begins: `IIT | 91.5 | EIT | 92.5`.
    fn up_to_next_label<'a>(&self, behind: &'a [Cell]) -> &'a [Cell] {
        let has_number = |cell: &Cell| score::number(&cell.value).is_some();
        let first = behind.iter().position(has_number).unwrap_or(behind.len());
        let next = behind.iter().skip(first).position(|cell| is_label(cell.value.text(), self.around.framework));
        next.and_then(|next| behind.get(..first + next)).unwrap_or(behind)
    }

    /// The text behind a label whose header speaks most for it.
    fn text<'a>(&'a self, behind: &'a [Cell]) -> Option<&'a Cell> {
        behind.iter().min_by_key(|cell| Reverse(self.header_weight(cell)))
    }

    fn header_weight(&self, cell: &Cell) -> i32 {
        // Labels of a block have their years, if any, in a row just above it; sums of questions have the questions' header.
        let above = (0..3).filter_map(|up| cell.at.row.checked_sub(up)).chain(self.top);
        let headers = above.filter_map(|first| self.around.headers.over(first, cell.at.column));
        let is_other =
            |header: &str| year::of_header(header).zip(self.year).is_some_and(|(named, wanted)| named != wanted);
        let is_count = |header: &str| words().headers_of_counts.iter().any(|word| thai::key(header).starts_with(word));
        let weight = |header: String| match is_count(&header) || is_other(&header) {
            true => NO_SCORE,
            false => header::header_weight(&header, self.year),
        };
        headers.map(weight).find(|weight| *weight != 0).unwrap_or_default()
    }

    fn instrument(&self, cell: &Cell, label: &Labelled, behind: &[Cell], into: &mut Submission) {
        let Some(instrument) = instrument_of(label.key()) else { return };
        let weight = self
            .around
            .framework
            .instruments
            .get(&instrument)
            .and_then(|facts| facts.weight)
            .unwrap_or(Decimal::from(30));
        // A lone 30 behind `IIT` is its weight.
        let found = self.number(behind, &[weight]).filter(|(score, _)| score::in_range(*score) && *score != weight);
        if let Some((score, at)) = found {
            if let Some(rival) = self.rival(behind, &[weight], (score, at)) {
                return self.undecided(cell, [(score, at), rival], into);
            }
            let known = into.published.instruments.get(&instrument).cloned();
            let taken = take(Fact::Instrument, "beside-its-label", self.figure((score, at), cell), known, into);
            into.published.instruments.insert(instrument, taken);
        }
    }

    fn total(&self, cell: &Cell, label: &Labelled, behind: &[Cell], into: &mut Submission) {
        if label.names_an_instrument() {
            return;
        }
        // `คะแนนรวม (100)` with the score beside it names the full mark.
        let full = |score: &Decimal| *score == Decimal::ONE_HUNDRED && self.number(behind, &[]).is_some();
        let inline = label
            .value(&words().total_labels)
            .and_then(lone_number)
            .filter(|score| score::in_range(*score) && !full(score));
        // `คะแนน ITA67` and `คะแนนที่ได้ (67)` name a year.
        let key = thai::key(cell.value.text());
        let short = year::years(&key).is_empty() && year::of_header(key.trim_end_matches(')')).is_some();
        let inline = inline.filter(|score| !short && (!key.ends_with(')') || score.scale() > 0));
        let inline = inline.map(|score| (score, cell));
        let is_first = self.cells.first().is_some_and(|first| first.at == cell.at);
        let of_instrument = || {
            let first = self.around.names(cell.at.row).first_instrument;
            !is_first && first.is_some_and(|column| column < cell.at.column)
        };
        let labelled = || label.begins_with(&words().total_labels) || self.is_sum(cell, label);
        let beside = || (labelled() && !of_instrument()).then(|| self.number(behind, &[])).flatten();
        let total = inline.or_else(beside).filter(|(score, _)| score::in_range(*score));
        if let Some(chosen) = total.filter(|(_, at)| at.at != cell.at)
            && let Some(rival) = self.rival(behind, &[], chosen)
        {
            return self.undecided(cell, [chosen, rival], into);
        }
        let Some(found) = total else { return };
        let reason = match () {
            () if label.begins_with(&words().whole_labels) => "named-as-the-whole",
            () if found.1.at == cell.at => "in-its-label",
            () if label.begins_with(&words().total_labels) => "beside-its-label",
            () => "sum-of-the-table",
        };
        // Where each instrument has its sheet, the total there is the instrument's.
        if let Some(only) = self.only {
            let known = into.published.instruments.get(&only).cloned();
            let taken = take(Fact::Instrument, "sum-of-the-sheet", self.figure(found, cell), known, into);
            into.published.instruments.insert(only, taken);
        } else {
            let known = into.published.total.clone();
            into.published.total = Some(take(Fact::Total, reason, self.figure(found, cell), known, into));
        }
    }

    fn rank(&self, cell: &Cell, label: &Labelled, behind: &[Cell], into: &mut Submission) {
        // A rank beside each question's score is none of the agency's.
        if into.published.rank.is_some() || self.around.rank_labels > MOST_RANK_LABELS {
            return;
        }
        let inline = label.value(&words().rank_labels).and_then(national_rank).map(|rank| (rank, cell));
        let beside = || {
            let next = label.is_one_of(&words().rank_labels).then(|| self.text(behind)).flatten()?;
            // `5 | ของจังหวัด`
            let after =
                behind.iter().find(|cell| cell.at.column > next.at.column).map(|cell| thai::key(cell.value.text()));
            let of = after.filter(|text| words().of_whom.iter().any(|word| text.starts_with(word)));
            let text = format!("{}{}", thai::key(&next.value.to_string()), of.unwrap_or_default());
            national_rank(&text).map(|rank| (rank, next))
        };
        let name = if inline.is_some() { "in-its-label" } else { "beside-its-label" };
        if let Some(found) = inline.or_else(beside) {
            into.published.rank = Some(take(Fact::Rank, name, self.figure(found, cell), None, into));
        }
    }

    fn level(&self, cell: &Cell, label: &Labelled, behind: &[Cell], into: &mut Submission) {
        if into.published.level.is_some() {
            return;
        }
        let inline = label.value(&words().level_labels).map(|value| (value.to_owned(), cell));
        let next = || label.is_one_of(&words().level_labels).then(|| self.text(behind)).flatten();
        let beside = || next().map(|next| (thai::key(&next.value.to_string()), next));
        let below = || {
            level_below(self.around.sheet, cell, self.around.framework)
                .filter(|_| label.is_one_of(&words().level_labels))
        };
        let Some((value, at)) = inline.or_else(beside).or_else(below) else { return };
        // The name alone, or with other facts behind it; `ผ่านดี หมายถึง 85 ขึ้นไป` explains a level.
        let fits = |level: &&Level| {
            let rest = value.strip_prefix(&thai::key(&level.name));
            rest.is_some_and(|rest| rest.is_empty() || words().behind_levels.iter().any(|word| rest.starts_with(word)))
        };
        // One level's name begins with another's.
        let named = self.around.framework.levels.iter().filter(fits).max_by_key(|level| level.name.len());
        // Of a year whose levels are not known, the word is kept as it stands.
        let word = || {
            let letters = value.chars().all(|c| c.is_alphabetic() || ('\u{0E31}'..='\u{0E4E}').contains(&c));
            let unknown = self.around.framework.level_rule.is_none() && letters && value.chars().count() <= 24;
            // The next header of a table is none.
            let unknown = unknown && header::header_weight(&value, None) == 0 && !owner::is_summary(&value);
            unknown.then(|| thai::clean(&at.value.to_string())).filter(|text| thai::key(text) == value)
        };
        if let Some(name) = named.map(|level| level.name.clone()).or_else(word) {
            let reason = if at.at == cell.at { "in-its-label" } else { "beside-its-label" };
            into.published.level = Some(take(Fact::Level, reason, self.figure((name, at), cell), None, into));
        } else if let Some(rank) = national_rank(&value).filter(|_| into.published.rank.is_none()) {
            let finding = Finding::new(FindingCode::RankInPlaceOfLevel, "").at([self.place(at)]);
            into.findings.push(finding.found(rank));
            into.published.rank =
                Some(take(Fact::Rank, "in-place-of-the-level", self.figure((rank, at), cell), None, into));
        }
    }
}

/// A level's name right below its label, with no other below it: more of them make a column of a table.
fn level_below<'a>(sheet: &'a Sheet, label: &Cell, framework: &Framework) -> Option<(String, &'a Cell)> {
    let name = |rows: u32| {
        let cell = sheet.get(CellRef::new(label.at.row + rows, label.at.column))?;
        let key = thai::key(cell.value.text());
        framework.levels.iter().any(|level| thai::key(&level.name) == key).then_some((key, cell))
    };
    name(1).filter(|_| name(2).is_none())
}
