//! Long tables of several agencies: a column that names each row's agency, or blocks under titles of their own.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use crate::read::{Cell, CellRef, Sheet};
use crate::recognise::cell::{score, year};
use crate::recognise::layout::blocks;
use crate::recognise::layout::section::{KeyedSheet, Section};
use crate::recognise::sheet::keys::Key;
use crate::recognise::sheet::owner;
use crate::recognise::sheet::owner::Owner;
use crate::recognise::sheet::title_block;
use crate::recognise::submission::{Given, Submission};

/// The sections of a sheet whose codes repeat for one agency, or year, after the other; none where they do not.
pub(in crate::recognise) fn sections(keyed: &KeyedSheet<'_>) -> Vec<Section> {
    let Some(rows) = KeyRows::new(&keyed.keys) else { return Vec::new() };
    let found = by_column(keyed.sheet, keyed.index, &rows);
    if found.len() > 1 { found } else { by_titles(keyed, &rows) }
}

/// The rows with keys, in the column that has the most of them.
struct KeyRows {
    column: u32,
    rows: Vec<(u32, u32)>,
}

impl KeyRows {
    /// Nothing where hardly any key repeats.
    fn new(keys: &[Key]) -> Option<Self> {
        let mut columns: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
        for key in keys {
            columns.entry(key.at.column).or_default().push((key.at.row, key.of));
        }
        let (column, rows) = columns.into_iter().max_by_key(|(column, places)| (places.len(), u32::MAX - column))?;
        let different = rows.iter().map(|(_, of)| of).collect::<BTreeSet<_>>().len();
        (different >= 2 && rows.len() * 2 >= different * 3).then_some(Self { column, rows })
    }
}

/// Rows grouped by the texts of a column of agencies and of one of years.
fn by_column(sheet: &Sheet, index: usize, keys: &KeyRows) -> Vec<Section> {
    let Some(first) = keys.rows.first().map(|(row, _)| *row) else { return Vec::new() };
    let mut texts: BTreeMap<u32, Vec<&Cell>> = BTreeMap::new();
    for (row, _) in &keys.rows {
        for cell in sheet.row(*row).iter().filter(|cell| cell.at.column != keys.column) {
            texts.entry(cell.at.column).or_default().push(cell);
        }
    }
    let names = |cells: &[&Cell]| cells.iter().filter(|cell| owner::names_agency(cell.value.text())).count();
    let header =
        |column: u32| (first.saturating_sub(3)..first).rev().find_map(|row| sheet.get(CellRef::new(row, column)));
    let headed = |column: u32, is: &dyn Fn(&str) -> bool| header(column).is_some_and(|cell| is(cell.value.text()));
    let is_agency = |column: &u32, cells: &Vec<&Cell>| {
        let text = cells.iter().all(|cell| !cell.value.text().is_empty() && score::number(&cell.value).is_none());
        text && (names(cells) * 2 > cells.len() || headed(*column, &title_block::is_agency_header))
    };
    let is_year = |cells: &Vec<&Cell>| cells.iter().all(|cell| year::is_year(&cell.value.to_string()));
    let agencies = texts.iter().find(|(column, cells)| is_agency(column, cells)).map(|(column, _)| *column);
    let years = texts.iter().find(|(_, cells)| is_year(cells)).map(|(column, _)| *column);
    let place = |is: &dyn Fn(&str) -> bool| texts.keys().copied().find(|column| headed(*column, is));
    let (districts, provinces) = (place(&title_block::is_district_header), place(&title_block::is_province_header));
    if agencies.is_none() && years.is_none() {
        return Vec::new();
    }
    // A cell that is merged over several agencies has its text only once.
    let once = |column: Option<u32>| {
        let cells = column.and_then(|column| texts.get(&column));
        cells.is_some_and(|cells| {
            cells.iter().map(|cell| cell.value.text()).collect::<BTreeSet<_>>().len() == cells.len()
        })
    };
    let key_rows: BTreeSet<u32> = keys.rows.iter().map(|(row, _)| *row).collect();
    let over_agencies = (once(districts), once(provinces));
    let mut groups: Vec<(String, Owner, Vec<u32>)> = Vec::new();
    let mut index_of: BTreeMap<String, usize> = BTreeMap::new();
    let mut last = Owner::default();
    for (row, _) in &keys.rows {
        let given = |column: Option<u32>, read: &dyn Fn(&str) -> String| {
            let cell = sheet.get(CellRef::new(*row, column?))?;
            Some(Given::in_cell(read(&cell.value.to_string()), sheet.place(cell.at)))
        };
        // Merged cells have their text in the first row only.
        let in_table = |name: &str| owner::behind_kind(title_block::name_in_table(name), sheet.row(*row));
        let name = given(agencies, &in_table);
        if name.is_some() {
            let (district, province) =
                (last.district.filter(|_| over_agencies.0), last.province.filter(|_| over_agencies.1));
            last = Owner { district, province, ..last };
        }
        last.agency = name.or(last.agency);
        last.district = given(districts, &title_block::place_name).or(last.district);
        last.province = given(provinces, &title_block::place_name).or(last.province);
        let own_year = years.and_then(|column| sheet.get(CellRef::new(*row, column)));
        let own_year = own_year.and_then(|cell| {
            Some(Given::in_cell(*year::years(&cell.value.to_string()).first()?, sheet.place(cell.at)))
        });
        last.year = own_year.or(last.year);
        let year = last.year.as_ref().map(|given| given.value).unwrap_or_default();
        let key = format!("{:?} {year}", last.key());
        let at = *index_of.entry(key.clone()).or_insert(groups.len());
        // Below its rows an agency may have its total, with its name again or without.
        let is_last = |cell: &Cell| {
            last.agency.as_ref().is_some_and(|name| owner::name_key(&name.value) == owner::name_key(cell.value.text()))
        };
        let unnamed = |row: &u32| {
            let cells = sheet.row(*row);
            !cells.is_empty() && cells.iter().all(|cell| Some(cell.at.column) != agencies || is_last(cell))
        };
        let own_rows =
            std::iter::once(*row).chain((row + 1..).take_while(|next| !key_rows.contains(next) && unnamed(next)));
        match groups.get_mut(at) {
            Some((_, _, rows)) => rows.extend(own_rows),
            None => groups.push((key, last.clone(), own_rows.collect())),
        }
    }
    let head = head(first);
    let section = |(_, owner, rows): (String, Owner, Vec<u32>)| Section {
        sheet: index,
        owner,
        rows: head.iter().cloned().chain(ranges(&rows)).collect(),
        columns: None,
        transposed: false,
    };
    groups.into_iter().map(section).collect()
}

/// Blocks that begin with codes seen before, under a title that names another agency or year.
fn by_titles(keyed: &KeyedSheet<'_>, keys: &KeyRows) -> Vec<Section> {
    let (sheet, index) = (keyed.sheet, keyed.index);
    let mut blocks: Vec<(u32, u32)> = Vec::new();
    let mut seen: BTreeSet<u32> = BTreeSet::new();
    let mut whose = String::new();
    let mut years: Vec<Option<Given<u16>>> = Vec::new();
    let mut previous: Option<u32> = None;
    let mut start = 0;
    for (row, of) in &keys.rows {
        let gap = previous.map_or(0..=row.saturating_sub(1), |last| last + 1..=row.saturating_sub(1));
        if previous.is_none_or(|last| row - last > 1)
            && let Some((name, year)) = title(&sheet.select(std::slice::from_ref(&gap), None, false))
        {
            // The rows that sum up the block above are its own.
            let is_sum =
                |row: &u32| !sheet.row(*row).is_empty() && title(&sheet.select(&[*row..=*row], None, false)).is_none();
            let sums = gap.clone().take_while(is_sum).count();
            let gap = gap.start() + u32::try_from(sums).unwrap_or_default()..=*gap.end();
            if !whose.is_empty() && name != whose && seen.contains(of) {
                blocks.push((start, gap.start().saturating_sub(1)));
                start = *gap.start();
                seen.clear();
                years.push(year);
            } else if years.is_empty() {
                years.push(year);
            }
            whose = name;
        }
        seen.insert(*of);
        previous = Some(*row);
    }
    if blocks.is_empty() {
        return Vec::new();
    }
    blocks.push((start, u32::MAX));
    let common = years.first().cloned().flatten();
    let mut named = Owner::default();
    let section = |((first, last), year): ((u32, u32), Option<Given<u16>>)| {
        let mut owner = keyed.owner_in(first..=last);
        // A block whose title names nobody is of the agency named last.
        if owner.agency.is_none() {
            owner = Owner { year: owner.year, ..named.clone() };
        }
        named = owner.clone();
        let own: Vec<Key> = keyed.keys.iter().filter(|key| (first..=last).contains(&key.at.row)).copied().collect();
        Section {
            sheet: index,
            // The year of the first title is that of all, where the others name none.
            owner: Owner { year: year.or_else(|| common.clone()), ..owner },
            rows: vec![first..=last],
            columns: None,
            transposed: blocks::are_blocks(sheet, &own),
        }
    };
    blocks.into_iter().zip(years.clone()).map(section).collect()
}

/// Whom and which year the rows between two blocks name.
fn title(title: &Sheet) -> Option<(String, Option<Given<u16>>)> {
    let mut facts = Submission::default();
    title_block::read(title, |_| false, &mut facts);
    let name = facts.agency.map(|given| owner::name_key(&given.value));
    let year = facts.year.as_ref().map(|given| given.value.to_string());
    let whose = [name, year].into_iter().flatten().collect::<Vec<_>>().join(" ");
    (!whose.is_empty()).then_some((whose, facts.year))
}

fn head(first: u32) -> Option<RangeInclusive<u32>> {
    first.checked_sub(1).map(|last| 0..=last)
}

/// Rows as ranges.
fn ranges(rows: &[u32]) -> Vec<RangeInclusive<u32>> {
    let runs = rows.chunk_by(|a, b| *b == *a + 1);
    runs.filter_map(|run| Some(*run.first()?..=*run.last()?)).collect()
}
