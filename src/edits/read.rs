//! A written workbook into what stands in it.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::Path;

use crate::domain::cell_name::Unplaced;
use crate::domain::sheet_names;
use crate::domain::sheet_names::{ANALYSIS, FINDINGS, FOLLOW_UP, PLAN, SCORES, WRITTEN};
use crate::edits::columns::{Columns, Layout};
use crate::edits::grid::{Grid, GridRow};
use crate::edits::record::{Record, State};
use crate::edits::sheets::{self, LAYOUTS};
use crate::edits::{AnalysisLine, Edits, IssueLines, ItemText, MeasureLines};
use crate::edits::{carried, frame, legacy, numbers, rekey, tidy};
use crate::error::{Cause, Error, Quantity};
use crate::plan::items::ANSWERS;
use crate::plan::items::{CAUTION, Followed, LAST_YEAR, Outcome, REVIEW_KEY};
use crate::read;
use crate::read::safety::catch_panic;
use crate::read::{Book, Look, Sheet};
use crate::write::printed::Wording;
use crate::write::xlsx::report::{analysis, findings, follow_up, plan};

/// Reads what an officer has made of a workbook; nothing where it is none of an agency's that this program has written.
///
/// # Errors
/// When the bytes cannot be read.
pub fn read(file: &str, bytes: &[u8], options: &read::Options) -> Result<Option<Edits>, Cause> {
    // The texts as they stand, before anything is put right in them.
    let book = read::read_bytes(bytes, options)?;
    let names = || book.sheets.iter().map(|sheet| &*sheet.name);
    if !sheet_names::are_of_a_report(names) {
        return Ok(None);
    }
    let looks = read::looks(bytes, &options.limits);
    let mut edits = of_book(&book, looks.as_ref());
    edits.file = file.to_owned();
    edits.beside = carried::beside(&book, looks.as_ref(), &edits.record);
    edits.left = carried::left(&book, bytes, looks.as_ref(), &edits);
    Ok(Some(edits))
}

/// Reads what an officer has made of a workbook on the disk, which may be an earlier version that was kept.
///
/// # Errors
/// When it cannot be read, or is larger than a file may be.
pub fn read_file(path: &Path, options: &read::Options) -> Result<Option<Edits>, Error> {
    let fail = |cause| Error::new(path, cause);
    let facts = fs::metadata(path).map_err(|e| fail(unreadable(e)))?;
    if facts.is_dir() {
        return Err(fail(Cause::Folder));
    }
    options.limits.check(Quantity::FileBytes, facts.len()).map_err(fail)?;
    let bytes = fs::read(path).map_err(|e| fail(unreadable(e)))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    catch_panic::program(|| read(&name, &bytes, options)).map_err(fail)
}

fn unreadable(error: io::Error) -> Cause {
    if error.kind() == io::ErrorKind::NotFound { Cause::NotFound } else { Cause::Unreadable(error) }
}

fn of_book(book: &Book, looks: Option<&HashMap<String, Look>>) -> Edits {
    let written = book.sheets.iter().find(|sheet| *sheet.name == *WRITTEN);
    let mut edits = Edits { record: Record::read(written), ..Edits::default() };
    let grids: Vec<(Layout, Grid<'_>)> = LAYOUTS
        .into_iter()
        .filter_map(|layout| {
            let sheet = sheets::find(book, layout)?;
            let look = looks.and_then(|looks| looks.get(&*sheet.name));
            let grid = Grid::new(sheet, Columns::find(sheet, layout, &edits.record), look);
            let names = rekey::names(&grid, layout, &edits.record);
            Some((layout, names.map_or_else(|| grid.clone(), |names| grid.clone().with_names(names))))
        })
        .collect();
    let grid = |name: &str| grids.iter().find(|(layout, _)| layout.name == name).map(|(_, grid)| grid);
    if let Some(grid) = grid(SCORES) {
        edits.numbers = numbers::read(grid);
    }
    let has_keys = |name: &str| grid(name).is_some_and(|grid| grid.columns.key.is_some());
    if edits.record.state == State::Missing && !has_keys(ANALYSIS) && !has_keys(PLAN) {
        edits.old = true;
        let sheet = |name: &str| grid(name).map(|grid| grid.sheet);
        legacy::read(sheet(ANALYSIS), sheet(PLAN), sheet(FOLLOW_UP), &mut edits);
        edits.frame = grids.iter().flat_map(|(layout, grid)| frame::texts(grid, *layout)).collect();
        return edits;
    }
    if let Some(grid) = grid(ANALYSIS) {
        read_analysis(grid, &mut edits);
    }
    if let Some(grid) = grid(PLAN) {
        read_plan(grid, &mut edits);
    }
    if let Some(grid) = grid(FOLLOW_UP) {
        read_follow_up(grid, &mut edits);
    }
    if let Some(grid) = grid(FINDINGS) {
        edits.unplaced = unplaced(grid, book);
    }
    // A record of texts alone does not tell what the program wrote into titles, heads and labels: none of them is an edit then.
    let tells = edits.record.state != State::Whole || edits.record.has_cells();
    for (layout, grid) in grids.iter().filter(|_| tells) {
        edits.typed_formulas += grid.formulas();
        edits.frame.extend(frame::read(grid, *layout, &edits.record));
    }
    edits
}

/// Texts without a place that are listed on the sheet of findings, and have found none since.
fn unplaced(grid: &Grid<'_>, book: &Book) -> Vec<Unplaced> {
    let column = findings::at::TEXT;
    let others = || book.sheets.iter().filter(|sheet| sheet.name != grid.sheet.name);
    let has_place = |text: &str| others().flat_map(Sheet::cells).any(|cell| tidy(cell.value.text()).contains(text));
    let mut found = Vec::new();
    for row in grid.rows() {
        let Some(place) = row.key.as_ref().and_then(|key| key.strip_prefix(findings::UNPLACED)) else { continue };
        row.used(0..=column);
        let text = tidy(&row.text(column.into()));
        if !text.is_empty() && !text.split(" | ").all(has_place) {
            found.push(Unplaced { place: place.to_owned(), text });
        }
    }
    found
}

/// The number of an issue in a key such as `A/3/i1`.
pub(super) fn issue_of(key: &str) -> Option<u8> {
    key.split('/').nth(1)?.parse().ok()
}

fn is_blank(row: &GridRow<'_>, columns: std::ops::RangeInclusive<u16>) -> bool {
    columns.into_iter().all(|column| row.text(column.into()).trim().is_empty())
}

fn read_analysis(grid: &Grid<'_>, edits: &mut Edits) {
    use analysis::at;
    let (mut issue, mut has_ended) = (0, false);
    for row in grid.rows() {
        let cells = [at::NUMBER, at::INSTRUMENT, at::QUESTION, at::SCORE, at::STATUS, at::TEXT];
        let mut cells = cells.map(|column| row.cell(column.into()));
        // The mark itself may be a formula's.
        let review = row.key.as_ref().is_some_and(|key| key.ends_with(REVIEW_KEY));
        let row_key = row.key.as_ref().map(|key| key.trim_end_matches(REVIEW_KEY).to_owned());
        match &row_key {
            Some(key) if key == CAUTION => {
                has_ended = true;
                row.used([0]);
                let [first, .., text] = &mut cells;
                std::mem::swap(first, text);
                edits.analysis.push(AnalysisLine { issue, key: row_key, cells, review, block: Vec::new() });
            }
            Some(key) => {
                issue = issue_of(key).unwrap_or(issue);
                // The heading of an issue is no text of its own.
                if key.split('/').count() > 2 {
                    let question = format!("{key}/question");
                    let is_known = edits.record.state != State::Whole || edits.record.digest(&question).is_some();
                    row.used([at::TEXT].into_iter().chain(is_known.then_some(at::QUESTION)));
                    edits.analysis.push(AnalysisLine { issue, key: row_key, cells, review, block: Vec::new() });
                }
            }
            None if has_ended || is_blank(&row, at::NUMBER..=at::TEXT) => {}
            None => {
                row.used(at::NUMBER..=at::TEXT);
                edits.analysis.push(AnalysisLine { issue, key: None, cells, review: false, block: Vec::new() });
            }
        }
    }
}

fn read_plan(grid: &Grid<'_>, edits: &mut Edits) {
    use plan::at;
    let mut second_phase = false;
    let mut signed = false;
    for row in grid.rows() {
        let key = row.key.clone().unwrap_or_default();
        let (name, rest) = key.split_once('|').unwrap_or((&key, ""));
        let parts: Vec<&str> = name.split('/').collect();
        match parts.as_slice() {
            ["P", "sign", _] => {
                signed = true;
                row.used([at::NUMBER, at::STEPS]);
                let cells = [row.cell(at::NUMBER.into()), row.cell(at::STEPS.into())];
                edits.signatures.push((Some(name.to_owned()), cells));
            }
            ["P", issue] => {
                second_phase = false;
                edits.plan.push(IssueLines { issue: issue.parse().unwrap_or_default(), ..IssueLines::default() });
            }
            ["P", _, "-phase"] => second_phase = true,
            ["P", _, "-none"] => {
                row.used([0]);
                if let Some(issue) = edits.plan.last_mut() {
                    issue.none = Some(row.cell(at::NUMBER.into()));
                }
            }
            ["P", _, _] => keyed_row(&row, name, rest, second_phase, edits),
            _ if is_blank(&row, at::NUMBER..=at::UNIT) => {}
            // Another line to sign on has a left and a right side.
            _ if signed && !is_blank_beside_signatures(&row) => {}
            _ if signed => {
                row.used([at::NUMBER, at::STEPS]);
                edits.signatures.push((None, [row.cell(at::NUMBER.into()), row.cell(at::STEPS.into())]));
            }
            _ => {
                row.used(at::NUMBER..=at::UNIT);
                added_row(&row, second_phase, edits);
            }
        }
    }
}

fn is_blank_beside_signatures(row: &GridRow<'_>) -> bool {
    use plan::at;
    [at::MEASURE, at::PERIOD, at::UNIT].into_iter().all(|column| row.text(column.into()).trim().is_empty())
}

/// A row of one of the program's measures, wherever it stands now.
fn keyed_row(row: &GridRow<'_>, name: &str, rest: &str, second_phase: bool, edits: &mut Edits) {
    use plan::at;
    let known =
        edits.plan.iter().position(|lines| lines.measures.iter().any(|measure| measure.key.as_deref() == Some(name)));
    let at_issue = known.or(edits.plan.len().checked_sub(1));
    let Some(lines) = at_issue.and_then(|index| edits.plan.get_mut(index)) else { return };
    let index = match lines.measures.iter().position(|measure| measure.key.as_deref() == Some(name)) {
        Some(index) => index,
        None => {
            row.used([at::NUMBER]);
            lines.measures.push(MeasureLines {
                key: Some(name.to_owned()),
                number: row.text(at::NUMBER.into()),
                second_phase,
                place: Some(row.cell(at::MEASURE.into()).place),
                ..MeasureLines::default()
            });
            lines.measures.len() - 1
        }
    };
    let Some(measure) = lines.measures.get_mut(index) else { return };
    row.used(at::MEASURE..=at::UNIT);
    let mut keys = rest.split('|').map(|key| (!key.is_empty()).then(|| key.to_owned()));
    let [line, step, unit, mark] = std::array::from_fn(|_| keys.next().flatten());
    measure.review |= mark.is_some_and(|mark| REVIEW_KEY.ends_with(&mark));
    let keys = [line, step, unit];
    take(row, keys, measure);
}

/// A row that an officer has added: a measure where it has a number, else part of the measure above.
fn added_row(row: &GridRow<'_>, second_phase: bool, edits: &mut Edits) {
    use plan::at;
    if edits.plan.is_empty() {
        edits.plan.push(IssueLines { issue: 1, ..IssueLines::default() });
    }
    let Some(lines) = edits.plan.last_mut() else { return };
    let number = row.text(at::NUMBER.into()).trim().to_owned();
    if !number.is_empty() || lines.measures.is_empty() {
        let place = Some(row.cell(at::MEASURE.into()).place);
        lines.measures.push(MeasureLines { number, second_phase, place, ..MeasureLines::default() });
    }
    if let Some(measure) = lines.measures.last_mut() {
        take(row, [None, None, None], measure);
    }
}

/// The texts of a row, each into its column.
fn take(row: &GridRow<'_>, [line, step, unit]: [Option<String>; 3], measure: &mut MeasureLines) {
    use plan::at;
    let item = |key: Option<String>, column: u16| {
        let cell = row.cell(column.into());
        // Another text in place of the program's formula is the officer's own line.
        let is_formulas = |key: &String| {
            let text = cell.text.trim();
            key != ANSWERS || text.is_empty() || text.starts_with(&Wording::built_in().plan.answers)
        };
        let key = key.filter(is_formulas);
        (key.is_some() || !cell.text.trim().is_empty()).then_some(ItemText { key, cell })
    };
    measure.lines.extend(item(line, at::MEASURE));
    measure.steps.extend(item(step, at::STEPS));
    measure.units.extend(item(unit, at::UNIT));
    let period = row.cell(at::PERIOD.into());
    match &mut measure.period {
        // The period stands in the measure's first row.
        None => measure.period = Some(period),
        Some(known) if !period.text.trim().is_empty() => {
            known.text = format!("{}\n{}", known.text, period.text).trim().to_owned();
        }
        Some(_) => {}
    }
}

fn read_follow_up(grid: &Grid<'_>, edits: &mut Edits) {
    use follow_up::at;
    let (mut issue, mut earlier, mut has_ended) = (0, false, false);
    for row in grid.rows() {
        let cells = [at::RESULT, at::STATE, at::PERCENT, at::PROBLEM, at::DATE, at::EVIDENCE];
        let outcome = Outcome::of_cells(cells.map(|column| tidy(&row.text(column.into()))));
        let key = row.key.clone().unwrap_or_default();
        let parts: Vec<&str> = key.split('/').collect();
        let followed = |issue: u8| Followed {
            issue,
            number: tidy(&row.text(at::NUMBER.into())),
            title: tidy(&row.text(at::MEASURE.into())),
            outcome: outcome.clone(),
        };
        match parts.as_slice() {
            ["F", "-issue", number] => issue = number.parse().unwrap_or_default(),
            ["F", "-added", ..] => {}
            ["F" | LAST_YEAR, "-totals" | "-total", ..] => has_ended = true,
            [LAST_YEAR, "-year", year] => {
                (earlier, has_ended) = (true, false);
                edits.last_year.year = year.parse().unwrap_or_default();
            }
            [LAST_YEAR, number, _] => {
                row.used(at::NUMBER..=at::EVIDENCE);
                edits.last_year.measures.push(followed(number.parse().unwrap_or_default()));
            }
            ["F", ..] => {
                row.used(at::RESULT..=at::EVIDENCE);
                let title = [at::NUMBER, at::MEASURE].map(|column| tidy(&row.text(column.into())));
                edits.titles.insert(key.clone(), title);
                edits.outcomes.insert(key, outcome);
            }
            _ if has_ended || is_blank(&row, at::NUMBER..=at::EVIDENCE) => {}
            _ if earlier => {
                row.used(at::NUMBER..=at::EVIDENCE);
                let issue = edits.last_year.measures.last().map_or(issue, |last| last.issue);
                edits.last_year.measures.push(followed(issue));
            }
            _ => {
                row.used(at::NUMBER..=at::EVIDENCE);
                edits.followed.push(followed(issue));
            }
        }
    }
}
