//! Wide tables: a row an agency, codes as headers.

use std::collections::BTreeSet;

use super::keys::Key;
use super::part::Section;
use super::who::{self, Who};
use super::{agency, column, score, year};
use crate::finding::Place;
use crate::read::{Cell, CellRef, Sheet};
use crate::thai;

/// How many rows above the header of codes belong to it or to the table's title.
const TITLE_ROWS: u32 = 12;

/// The sections of a sheet whose codes stand in header rows: one for each agency, or the whole where no column names them.
pub(super) fn sections(sheet: &Sheet, index: usize, headers: &[&[Key]]) -> Vec<Section> {
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
    let table = Table { sheet, key_columns: &key_columns, first, top };
    let names = table.name_column(&data);
    let Some(names) = names else {
        // Nobody is named: its rows may be years, or one's own and the average. Turned, they are columns to choose from.
        // Its titles are told before it is turned: they may stand over the first code.
        let keys: Vec<Key> = headers.iter().flat_map(|row| row.iter().copied()).collect();
        let around = Who::around(sheet, &keys);
        return vec![Section {
            sheet: index,
            who: Who { year: around.year.filter(|_| data.len() == 1), ..around },
            rows: vec![0..=u32::MAX],
            columns: None,
            turned: true,
        }];
    };
    let columns = table.columns(names);
    // A row with a name and no score at all is an agency too: what it lacks is said.
    let named = |row: &&&[Cell]| row.iter().any(|cell| cell.at.column == names && who::names_agency(cell.value.text()));
    let filled = Filled::of(&columns, &data);
    let mut above = Who::default();
    let mut sections: Vec<Section> = Vec::new();
    for row in below {
        if has_scores(&row) || named(&&row) {
            sections.extend(table.section(index, row, &columns, &filled, &mut above));
        } else {
            table.take_group(row, &mut above);
        }
    }
    sections
}

struct Table<'a> {
    sheet: &'a Sheet,
    key_columns: &'a BTreeSet<u32>,
    /// The row of the codes.
    first: u32,
    /// The first row with scores.
    top: u32,
}

/// The columns that tell whose a row is.
struct WhoColumns {
    agency: u32,
    district: Option<u32>,
    province: Option<u32>,
    year: Option<u32>,
}

/// Columns of merged cells, whose texts stand in the first of their rows only.
struct Filled {
    agency: bool,
    district: bool,
    province: bool,
}

impl Filled {
    fn of(columns: &WhoColumns, data: &[&[Cell]]) -> Self {
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

impl Table<'_> {
    /// A row that names the province or the district of the rows below it, and nothing else.
    fn take_group(&self, row: &[Cell], above: &mut Who) {
        let [cell] = row else { return };
        let text = thai::clean(cell.value.text());
        let place = Place { sheet: self.sheet.name.as_str().into(), cell: cell.at };
        let given = |name: &str| Some(super::Given::in_cell(agency::place_name(name), place));
        if text.starts_with("จังหวัด") {
            *above = Who { province: given(&text), ..Who::default() };
        } else if text.starts_with("อำเภอ") {
            *above = Who { district: given(&text), province: above.province.take(), ..Who::default() };
        }
    }

    fn headers(&self, column: u32) -> impl Iterator<Item = &Cell> {
        let rows = (self.first.saturating_sub(3)..self.top).rev();
        // A single cell is a title over the table, or over a group of its rows.
        let rows = rows.filter(|row| self.sheet.row(*row).len() > 1);
        rows.filter_map(move |row| self.sheet.get(CellRef::new(row, column)))
    }

    fn has_header(&self, column: u32, is: impl Fn(&str) -> bool) -> bool {
        self.headers(column).any(|cell| is(cell.value.text()))
    }

    /// Columns with text that are none of the scores'.
    fn text_columns(&self, data: &[&[Cell]]) -> BTreeSet<u32> {
        let cells = data.iter().flat_map(|row| row.iter());
        let texts = cells.filter(|cell| !cell.value.text().is_empty() && score::number(&cell.value).is_none());
        texts.map(|cell| cell.at.column).filter(|column| !self.key_columns.contains(column)).collect()
    }

    fn name_column(&self, data: &[&[Cell]]) -> Option<u32> {
        let columns = self.text_columns(data);
        let texts = |column: u32| {
            data.iter()
                .filter_map(move |row| row.iter().find(|cell| cell.at.column == column))
                .map(|cell| cell.value.text())
        };
        let headed = columns
            .iter()
            .copied()
            .find(|column| self.has_header(*column, agency::is_agency_header) && !texts(*column).all(who::is_summary));
        let named = || {
            columns
                .iter()
                .copied()
                .find(|column| texts(*column).filter(|t| who::names_agency(t)).count() * 2 > data.len())
        };
        // Provinces or anything else that has a name of its own in every row.
        let distinct = || {
            columns.iter().copied().find(|column| {
                let own: BTreeSet<&str> = texts(*column).collect();
                let neutral = |text: &str| column::header_weight(text, None) == 0 && year::of_header(text).is_none();
                own.len() > 1 && own.len() == data.len() && own.iter().all(|text| neutral(text))
            })
        };
        let provinces = || {
            let varied = |column: &u32| texts(*column).collect::<BTreeSet<&str>>().len() > 1;
            columns
                .iter()
                .copied()
                .find(|column| self.has_header(*column, agency::is_province_header) && varied(column))
        };
        headed.or_else(named).or_else(provinces).or_else(distinct)
    }

    fn columns(&self, agency: u32) -> WhoColumns {
        let last = self.key_columns.last().copied().unwrap_or_default() + 12;
        let free = || (0..=last).filter(|column| !self.key_columns.contains(column) && *column != agency);
        let find = |is: &dyn Fn(&str) -> bool| free().find(|column| self.has_header(*column, is));
        let is_year = |text: &str| ["ปี", "year", "fy"].iter().any(|word| thai::key(text).starts_with(word));
        // The first rows may be full marks or means, which have no year.
        let year = find(&is_year).filter(|column| {
            let mut cells = (self.top..self.top + 5).filter_map(|row| self.sheet.get(CellRef::new(row, *column)));
            cells.any(|cell| !year::years(&cell.value.to_string()).is_empty())
        });
        WhoColumns {
            agency,
            district: find(&agency::is_district_header),
            province: find(&agency::is_province_header),
            year,
        }
    }

    fn section(
        &self,
        index: usize,
        row: &[Cell],
        columns: &WhoColumns,
        filled: &Filled,
        above: &mut Who,
    ) -> Option<Section> {
        let own = row.first()?.at.row;
        let name = row.iter().find(|cell| cell.at.column == columns.agency);
        if name.is_some_and(|name| who::is_summary(&name.value.to_string())) {
            return None;
        }
        let mut who = self.who(row, columns);
        // Under a merged name stand further years of the same agency.
        if name.is_none() {
            who.agency = above.agency.clone().filter(|_| filled.agency && who.year.is_some());
            who.agency.as_ref()?;
        }
        let is_same = name.is_none();
        let grouped = |column: Option<u32>, filled: bool| column.is_none() || filled || is_same;
        who.province = who.province.or(above.province.clone().filter(|_| grouped(columns.province, filled.province)));
        // Another province's district is none of this one's.
        let same_province = who.province == above.province;
        let district = above.district.clone().filter(|_| same_province && grouped(columns.district, filled.district));
        who.district = who.district.or(district);
        *above = who.clone();
        let rows = vec![self.first.saturating_sub(TITLE_ROWS)..=self.top.saturating_sub(1), own..=own];
        Some(Section { sheet: index, who, rows, columns: None, turned: true })
    }

    /// A row may be a whole province.
    fn agency_name(&self, column: u32, name: &str) -> String {
        let name = agency::name_in_table(name);
        let province = self.has_header(column, agency::is_province_header)
            && !name.starts_with("จังหวัด")
            && !who::names_agency(&name);
        if province { format!("จังหวัด{name}") } else { name }
    }

    fn who(&self, row: &[Cell], columns: &WhoColumns) -> Who {
        let cell = |column: Option<u32>| row.iter().find(|cell| Some(cell.at.column) == column);
        let place = |cell: &Cell| Place { sheet: self.sheet.name.as_str().into(), cell: cell.at };
        let text = |column: Option<u32>, read: &dyn Fn(&str) -> String| {
            let cell = cell(column)?;
            let value = read(&cell.value.to_string());
            (!value.is_empty()).then(|| super::Given::in_cell(value, place(cell)))
        };
        let year = cell(columns.year)
            .and_then(|cell| Some(super::Given::in_cell(*year::years(&cell.value.to_string()).first()?, place(cell))));
        Who {
            agency: text(Some(columns.agency), &|name| self.agency_name(columns.agency, name)),
            district: text(columns.district, &agency::place_name),
            province: text(columns.province, &agency::place_name),
            year,
        }
    }
}
