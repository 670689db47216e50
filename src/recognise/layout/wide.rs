//! Wide tables: a row an agency, codes as headers.

use crate::recognise::words::words;
use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::domain::thai;
use crate::read::{Cell, CellRef, Sheet};
use crate::recognise::cell::{score, year};
use crate::recognise::layout::code_runs;
use crate::recognise::layout::section::{KeyedSheet, Section};
use crate::recognise::sheet::header;
use crate::recognise::sheet::keys::{self, Key};
use crate::recognise::sheet::owner;
use crate::recognise::sheet::owner::Owner;
use crate::recognise::sheet::title_block;
use crate::recognise::submission::Given;

/// How many rows above the header of codes belong to it or to the table's title.
const TITLE_ROWS: u32 = 12;

/// The sections of a sheet whose codes stand in header rows: one for each agency, or the whole where no column names them.
pub(in crate::recognise) fn sections(keyed: &KeyedSheet<'_>) -> Vec<Section> {
    let (sheet, index, headers) = (keyed.sheet, keyed.index, keys::header_rows(&keyed.keys));
    let Some(first) = headers.first().and_then(|row| row.first()).map(|key| key.at.row) else { return Vec::new() };
    let key_columns: BTreeSet<u32> = headers.iter().flat_map(|row| row.iter().map(|key| key.at.column)).collect();
    let header_rows: BTreeSet<u32> = headers.iter().filter_map(|row| row.first()).map(|key| key.at.row).collect();
    let is_data =
        |row: &&[Cell]| row.first().is_some_and(|cell| cell.at.row > first && !header_rows.contains(&cell.at.row));
    let has_scores = |row: &&[Cell]| {
        row.iter().any(|cell| key_columns.contains(&cell.at.column) && score::number(&cell.value).is_some())
    };
    let below: Vec<&[Cell]> = sheet.rows().filter(is_data).collect();
    let data: Vec<&[Cell]> = below.iter().copied().filter(has_scores).collect();
    let Some(top) = data.first().and_then(|row| row.first()).map(|cell| cell.at.row) else { return Vec::new() };
    let table = WideTable::new(sheet, &key_columns, (first, top), &data);
    // Where a title names the one agency, rows without agencies' names are its years, divisions or groups. Few tables need it
    // told, and of a long one it is read through.
    let around = LazyCell::new(|| {
        let keys: Vec<Key> = headers.iter().flat_map(|row| row.iter().copied()).collect();
        Owner::around(sheet, &keys)
    });
    let is_of_one = || around.agency.as_ref().is_some_and(|given| owner::names_agency(&given.value));
    let names = table.name_column(&is_of_one);
    let Some(names) = names else {
        // Nobody is named: its rows may be years, or one's own and the average. Turned, they are columns to choose from.
        // Its titles are told before it is turned: they may stand over the first code.
        // The headers of several rows may name several years, and only a title that of the result.
        let titles = first.checked_sub(1).filter(|_| data.len() > 1);
        let year =
            if data.len() == 1 { around.year.clone() } else { titles.and_then(|last| keyed.owner_in(0..=last).year) };
        // A plan's year is not the result's.
        let is_clear = |given: &Given<u16>| {
            let cell = given.place().and_then(|place| sheet.get(place.cell));
            cell.and_then(|cell| year::of_title(&cell.value.to_string(), None))
                .is_none_or(|(rank, _)| rank < year::ASIDE)
        };
        let year = year.filter(is_clear);
        return vec![Section {
            sheet: index,
            owner: Owner { year, ..Owner::clone(&around) },
            rows: vec![0..=u32::MAX],
            columns: None,
            transposed: true,
        }];
    };
    let columns = table.columns(names);
    // Divisions of one agency and the whole of it: only the whole is a result.
    let name_of = |row: &&[Cell]| row.iter().find(|cell| cell.at.column == names).map(|cell| cell.value.to_string());
    let agencies = data.iter().filter_map(name_of).filter(|name| owner::names_agency(name)).count();
    let whole = data.iter().find(|row| name_of(row).is_some_and(|name| owner::is_whole(&name)));
    if let Some(number) = whole.filter(|_| agencies < 2).and_then(|row| row.first()).map(|cell| cell.at.row) {
        return vec![Section {
            sheet: index,
            owner: Owner::clone(&around),
            rows: vec![0..=top.saturating_sub(1), number..=number],
            columns: None,
            transposed: true,
        }];
    }
    // A row with a name and no score at all is an agency too: what it lacks is said.
    let named =
        |row: &&[Cell]| row.iter().any(|cell| cell.at.column == names && owner::names_agency(cell.value.text()));
    // The header ends where the first agency has its row.
    let header = below.iter().find(|row| has_scores(row) || named(row)).and_then(|row| row.first());
    let header = first.saturating_sub(TITLE_ROWS)..=header.map_or(top, |cell| cell.at.row).min(first + TITLE_ROWS) - 1;
    let filled = Filled::new(&columns, &data);
    let parts = Parts::new(&table, &columns, &data);
    let runs = headers.first().map(|row| code_runs::runs(sheet, row)).unwrap_or_default();
    let before = key_columns.first().and_then(|column| column.checked_sub(1));
    let mut above = Owner::default();
    let mut sections: Vec<Section> = Vec::new();
    let mut last: BTreeSet<u32> = BTreeSet::new();
    for row in below {
        if !has_scores(&row) && !named(&row) {
            table.take_group(row, &mut above);
            continue;
        }
        let Some((number, owner)) = table.agency(row, &columns, &filled, &mut above) else {
            // A row below a merged name.
            if runs.is_empty()
                && name_of(&row).is_none()
                && let Some((section, number)) = sections.last_mut().zip(row.first().map(|cell| cell.at.row))
                && parts.go_on(row, &columns, section.rows.len() - 1)
                && section.rows.last().is_some_and(|last| last.end() + 1 == number)
            {
                section.rows.push(number..=number);
            }
            continue;
        };
        // An agency may have several rows, of rounds, sexes or years: which is the result is chosen as among columns.
        if runs.is_empty()
            && let Some(section) = sections.last_mut()
            && parts.go_on(row, &columns, section.rows.len() - 1)
            && section.rows.last().is_some_and(|last| last.end() + 1 == number)
            && (name_of(&row).is_none() || section.owner.is_same(&owner))
        {
            section.rows.push(number..=number);
            continue;
        }
        // An agency may have a row for each instrument.
        let scored = scored_in(row, &key_columns);
        if runs.is_empty()
            && !scored.is_empty()
            && scored.is_disjoint(&last)
            && let Some(section) =
                sections.last_mut().filter(|section| !last.is_empty() && section.owner.is_same(&owner))
        {
            section.rows.push(number..=number);
            last.extend(scored);
            continue;
        }
        last = scored;
        let section = |columns, year: &Option<Given<u16>>| Section {
            sheet: index,
            owner: Owner { year: owner.year.clone().or_else(|| year.clone()), ..owner.clone() },
            rows: vec![header.clone(), number..=number],
            columns,
            transposed: true,
        };
        if runs.is_empty() {
            sections.push(section(None, &None));
        }
        sections.extend(runs.iter().map(|run| {
            let ranges = before.map(|last| 0..=last).into_iter().chain([run.columns.clone()]);
            section(Some(ranges.collect()), &run.year)
        }));
    }
    sections
}

/// The columns of codes in which a row has numbers.
fn scored_in(row: &[Cell], key_columns: &BTreeSet<u32>) -> BTreeSet<u32> {
    let scored =
        row.iter().filter(|cell| key_columns.contains(&cell.at.column) && score::number(&cell.value).is_some());
    scored.map(|cell| cell.at.column).collect()
}

struct WideTable<'a> {
    sheet: &'a Sheet,
    key_columns: &'a BTreeSet<u32>,
    /// The first row with scores.
    top: u32,
    /// How many rows have scores.
    rows: usize,
    /// The texts over each column, the lowest first.
    headers: BTreeMap<u32, Vec<&'a str>>,
    /// The texts of each column that is none of the scores', in rows with scores.
    texts: BTreeMap<u32, Vec<&'a str>>,
}

/// The columns that tell whose a row is.
struct OwnerColumns {
    agency: u32,
    district: Option<u32>,
    province: Option<u32>,
    year: Option<u32>,
}

/// Several rows of one agency, in all of which the same codes have numbers.
struct Parts {
    /// How many rows an agency has.
    rows: usize,
    /// Whether its name stands in the first of them only.
    merged: bool,
    /// The column that tells them apart.
    column: Option<u32>,
}

impl Parts {
    fn new(table: &WideTable<'_>, columns: &OwnerColumns, data: &[&[Cell]]) -> Self {
        let named = data.iter().filter(|row| row.iter().any(|cell| cell.at.column == columns.agency)).count().max(1);
        let rows = data.len() / named;
        if rows > 1 {
            return Self { rows, merged: true, column: None };
        }
        // A few words or numbers that come again with each agency: before and after, 1 and 2.
        let owners = [Some(columns.agency), columns.district, columns.province, columns.year];
        let first = table.key_columns.first().copied().unwrap_or_default();
        let found = (0..first).filter(|column| !owners.contains(&Some(*column))).find_map(|column| {
            let cell =
                |row: &&[Cell]| row.iter().find(|cell| cell.at.column == column).map(|cell| cell.value.to_string());
            let texts: Vec<String> = data.iter().filter_map(cell).collect();
            let distinct = texts.iter().collect::<BTreeSet<_>>().len();
            (texts.len() == data.len() && distinct > 1 && distinct * 2 <= data.len()).then_some((column, distinct))
        });
        let rows = found.map_or(1, |(_, distinct)| distinct);
        Self { rows, merged: false, column: found.map(|(column, _)| column) }
    }

    /// Whether a row goes on with the agency of the row before it, which has `known` rows so far.
    fn go_on(&self, row: &[Cell], columns: &OwnerColumns, known: usize) -> bool {
        let named = row.iter().any(|cell| cell.at.column == columns.agency);
        known < self.rows && if self.merged { !named && columns.year.is_none() } else { named && self.column.is_some() }
    }
}

/// Columns of merged cells, whose texts stand in the first of their rows only.
struct Filled {
    agency: bool,
    district: bool,
    province: bool,
}

impl Filled {
    fn new(columns: &OwnerColumns, data: &[&[Cell]]) -> Self {
        // In a column with gaps that are just gaps, a text comes again.
        let is_merged = |column: Option<u32>| {
            let texts = data.iter().filter_map(|row| row.iter().find(|cell| Some(cell.at.column) == column));
            let texts: Vec<&str> = texts.map(|cell| cell.value.text()).collect();
            texts.len() < data.len() && texts.iter().collect::<BTreeSet<_>>().len() == texts.len()
        };
        Self {
            agency: columns.year.is_some() && is_merged(Some(columns.agency)),
            district: is_merged(columns.district),
            province: is_merged(columns.province),
        }
    }
}

impl<'a> WideTable<'a> {
    /// A table with its codes in row `first` and its first scores in row `top`; `data` are all its rows with scores.
    fn new(sheet: &'a Sheet, key_columns: &'a BTreeSet<u32>, (first, top): (u32, u32), data: &[&'a [Cell]]) -> Self {
        let mut headers: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
        // A single cell is a title over the table, or over a group of its rows.
        for row in sheet.rows_in(first.saturating_sub(3)..top).rev().filter(|row| row.len() > 1) {
            for cell in row {
                headers.entry(cell.at.column).or_default().push(cell.value.text());
            }
        }
        let mut texts: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
        let mut with_names: BTreeSet<u32> = BTreeSet::new();
        for cell in data.iter().flat_map(|row| row.iter()).filter(|cell| !key_columns.contains(&cell.at.column)) {
            texts.entry(cell.at.column).or_default().push(cell.value.text());
            if !cell.value.text().is_empty() && score::number(&cell.value).is_none() {
                with_names.insert(cell.at.column);
            }
        }
        texts.retain(|column, _| with_names.contains(column));
        Self { sheet, key_columns, top, rows: data.len(), headers, texts }
    }

    /// A row that names the province or the district of the rows below it, and nothing else.
    fn take_group(&self, row: &[Cell], above: &mut Owner) {
        let [cell] = row else { return };
        let text = thai::clean(cell.value.text());
        let given = |name: &str| Some(Given::in_cell(title_block::place_name(name), self.sheet.place(cell.at)));
        if text.starts_with("จังหวัด") {
            *above = Owner { province: given(&text), ..Owner::default() };
        } else if text.starts_with("อำเภอ") {
            *above = Owner { district: given(&text), province: above.province.take(), ..Owner::default() };
        }
    }

    fn has_header(&self, column: u32, is: impl Fn(&str) -> bool) -> bool {
        self.headers.get(&column).is_some_and(|texts| texts.iter().any(|text| is(text)))
    }

    /// The column of agencies' names; where the table `is_of_one` agency, only what reads like such names is some.
    fn name_column(&self, is_of_one: &dyn Fn() -> bool) -> Option<u32> {
        let find = |is: &dyn Fn(u32, &[&str]) -> bool| {
            self.texts.iter().find(|(column, texts)| is(**column, texts.as_slice())).map(|(column, _)| *column)
        };
        let headed = find(&|column, texts| {
            let is_none = |text: &&str| owner::is_summary(text) || (owner::is_part(text) && is_of_one());
            self.has_header(column, title_block::is_agency_header) && !texts.iter().all(is_none)
        });
        let named = || find(&|_, texts| texts.iter().filter(|text| owner::names_agency(text)).count() * 2 > self.rows);
        // Provinces or anything else that has a name of its own in every row.
        let distinct = || {
            find(&|_, texts| {
                let distinct: BTreeSet<&&str> = texts.iter().collect();
                let neutral = |text: &str| {
                    header::header_weight(text, None) == 0 && year::of_header(text).is_none() && !owner::is_part(text)
                };
                distinct.len() > 1 && distinct.len() == self.rows && distinct.iter().all(|text| neutral(text))
            })
        };
        let provinces = || {
            let varied = |texts: &[&str]| texts.iter().collect::<BTreeSet<_>>().len() > 1;
            find(&|column, texts| self.has_header(column, title_block::is_province_header) && varied(texts))
        };
        headed.or_else(named).or_else(provinces).or_else(|| distinct().filter(|_| !is_of_one()))
    }

    fn columns(&self, agency: u32) -> OwnerColumns {
        let last = self.key_columns.last().copied().unwrap_or_default() + 12;
        let free =
            || self.headers.keys().copied().filter(|column| !self.key_columns.contains(column) && *column != agency);
        let find = |is: &dyn Fn(&str) -> bool| free().find(|column| *column <= last && self.has_header(*column, is));
        let is_year = |text: &str| words().headers_of_years.iter().any(|word| thai::key(text).starts_with(word));
        // The first rows may be full marks or means, which have no year.
        let year = find(&is_year).filter(|column| {
            let mut cells = (self.top..self.top + 5).filter_map(|row| self.sheet.get(CellRef::new(row, *column)));
            cells.any(|cell| year::of_header(&cell.value.to_string()).is_some())
        });
        OwnerColumns {
            agency,
            district: find(&title_block::is_district_header),
            province: find(&title_block::is_province_header),
            year,
        }
    }

    /// The row of an agency and whose it is; nothing for a row that sums agencies up.
    fn agency(&self, row: &[Cell], columns: &OwnerColumns, filled: &Filled, above: &mut Owner) -> Option<(u32, Owner)> {
        let number = row.first()?.at.row;
        let name = row.iter().find(|cell| cell.at.column == columns.agency);
        if name.is_some_and(|name| owner::is_summary(&name.value.to_string())) {
            return None;
        }
        let mut owner = self.owner(row, columns);
        // Under a merged name stand further years of the same agency.
        if name.is_none() {
            owner.agency = above.agency.clone().filter(|_| filled.agency && owner.year.is_some());
            owner.agency.as_ref()?;
        }
        let is_same = name.is_none();
        let grouped = |column: Option<u32>, filled: bool| column.is_none() || filled || is_same;
        owner.province =
            owner.province.or(above.province.clone().filter(|_| grouped(columns.province, filled.province)));
        // Another province's district is none of this one's.
        let same_province = owner.province == above.province;
        let district = above.district.clone().filter(|_| same_province && grouped(columns.district, filled.district));
        owner.district = owner.district.or(district);
        *above = owner.clone();
        Some((number, owner))
    }

    /// A row may be a whole province, and may have the kind of its agency in a cell of its own.
    fn agency_name(&self, row: &[Cell], column: u32, name: &str) -> String {
        let name = owner::behind_kind(title_block::name_in_table(name), row);
        let province = self.has_header(column, title_block::is_province_header)
            && !name.starts_with("จังหวัด")
            && !owner::names_agency(&name);
        if province { format!("จังหวัด{name}") } else { name }
    }

    fn owner(&self, row: &[Cell], columns: &OwnerColumns) -> Owner {
        let cell = |column: Option<u32>| row.iter().find(|cell| Some(cell.at.column) == column);
        let place = |cell: &Cell| self.sheet.place(cell.at);
        let text = |column: Option<u32>, read: &dyn Fn(&str) -> String| {
            let cell = cell(column)?;
            let value = read(&cell.value.to_string());
            (!value.is_empty()).then(|| Given::in_cell(value, place(cell)))
        };
        let year = cell(columns.year)
            .and_then(|cell| Some(Given::in_cell(year::of_header(&cell.value.to_string())?, place(cell))));
        Owner {
            agency: text(Some(columns.agency), &|name| self.agency_name(row, columns.agency, name)),
            district: text(columns.district, &title_block::place_name),
            province: text(columns.province, &title_block::place_name),
            year,
        }
    }
}
