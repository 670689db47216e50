//! What an officer has made of a written workbook: read back, told from what the program wrote, and put into a new report.
//!
//! `read` takes the bytes of a workbook that this program has written and gives [`Edits`]; `merge` takes these and a new
//! report and gives the report with the officer's words, and findings where both have changed something. It writes no file and
//! drops no text that somebody has typed.

mod analysis;
mod arrange;
mod carried;
mod changes;
mod columns;
mod follow_ups;
mod frame;
mod grid;
mod last_year;
mod legacy;
mod measure;
mod merge;
mod numbers;
mod old_version;
mod outcomes;
mod place;
mod read;
mod record;
mod rekey;
mod sheets;
mod steps;
mod value_text;

use std::collections::{BTreeMap, BTreeSet};

pub use crate::edits::changes::{Change, ChangeKind};
pub use crate::edits::follow_ups::follow_ups;
pub use crate::edits::last_year::last_year_plans;
pub use crate::edits::merge::{carry, merge};
pub use crate::edits::read::{read, read_file};

use crate::domain::cell_name::Unplaced;
use crate::domain::digest::{normalised, text_digest};
use crate::edits::frame::FrameCell;
use crate::edits::record::Record;
use crate::finding::Place;
use crate::framework::QuestionCode;
use crate::plan::items::{Followed, LastYearPlan, Outcome};
use crate::recognise::{TITLES_CHECKED, TypedValue, TypedValues};

/// A text and its cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellText {
    /// What stands in it, as it stands there.
    pub text: String,
    /// The cell.
    pub place: Place,
}

/// Everything that a written workbook says now, and what the program wrote into it.
#[derive(Debug, Clone, Default)]
pub struct Edits {
    /// The workbook's file name.
    pub file: String,
    /// What the program wrote.
    record: Record,
    /// Numbers and names of the sheet of scores, by key.
    numbers: BTreeMap<String, CellText>,
    /// Rows of the analysis.
    analysis: Vec<AnalysisLine>,
    /// The issues of the plan.
    plan: Vec<IssueLines>,
    /// Lines to sign on, left and right.
    signatures: Vec<(Option<String>, [CellText; 2])>,
    /// Outcomes by the key of their row.
    outcomes: BTreeMap<String, Outcome>,
    /// The numbers and titles that stand before outcomes, by the same keys.
    titles: BTreeMap<String, [String; 2]>,
    /// Titles, heads, labels and texts beside the tables.
    frame: Vec<FrameCell>,
    /// Texts for which there was no place when the workbook was made, and that are listed in it.
    unplaced: Vec<Unplaced>,
    /// Texts of comments and shapes.
    beside: Vec<Unplaced>,
    /// Rows that were added to the follow-up.
    followed: Vec<Followed>,
    /// Measures of the year before.
    last_year: LastYearPlan,
    /// What cannot be carried.
    left: Left,
    /// How many formulas stand in place of texts that have a key.
    typed_formulas: usize,
    /// Whether the workbook is one of a version that kept no record.
    old: bool,
}

/// A row of the analysis.
#[derive(Debug, Clone)]
struct AnalysisLine {
    issue: u8,
    /// The key of the row; nothing for one that was added.
    key: Option<String>,
    /// Number, instrument, question, score, status and text.
    cells: [CellText; 6],
    review: bool,
    /// The questions beside which it stood, of a version that had one text for several.
    block: Vec<QuestionCode>,
}

/// The measures of an issue.
#[derive(Debug, Clone, Default)]
struct IssueLines {
    issue: u8,
    none: Option<CellText>,
    measures: Vec<MeasureLines>,
}

/// The texts of a measure.
#[derive(Debug, Clone, Default)]
struct MeasureLines {
    /// Its key; nothing for one that was added.
    key: Option<String>,
    number: String,
    second_phase: bool,
    lines: Vec<ItemText>,
    steps: Vec<ItemText>,
    units: Vec<ItemText>,
    period: Option<CellText>,
    place: Option<Place>,
    /// The questions that it says it answers, of a version that kept no record.
    answers: Vec<QuestionCode>,
    /// Whether it is to be looked at.
    review: bool,
}

/// A text of a column of a measure; without a key one that was added.
#[derive(Debug, Clone)]
struct ItemText {
    key: Option<String>,
    cell: CellText,
}

/// What stands in the workbook and cannot be carried into a new one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Left {
    /// Sheets that are not the program's.
    pub sheets: usize,
    /// Pictures beyond the program's.
    pub pictures: usize,
    /// Comments beyond the program's.
    pub comments: usize,
    /// Columns of another width and rows of another height.
    pub widths: usize,
    /// Cells of another colour.
    pub colours: usize,
    /// Formulas where the program has texts.
    pub formulas: usize,
    /// Texts in cells that belong to no row or column of the program's.
    pub texts: Vec<Place>,
}

impl Left {
    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Edits {
    /// Whether an officer has changed anything that can be carried.
    pub fn is_empty(&self) -> bool {
        self.changes().is_empty() && self.unplaced.is_empty() && self.beside.is_empty()
    }

    /// What cannot be carried.
    pub fn left(&self) -> &Left {
        &self.left
    }

    /// Whether everything that was changed in another workbook stands in this one too.
    pub fn contains(&self, other: &Self) -> bool {
        // What was added has no key that two workbooks would share.
        let key = |change: &Change| if change.kind == ChangeKind::Added { String::new() } else { change.key.clone() };
        let all = |edits: &Self| {
            let changes = edits.changes();
            changes.into_iter().map(|change| (key(&change), change.text)).collect::<BTreeSet<_>>()
        };
        all(self).is_superset(&all(other))
    }

    /// The value of a fact as it stands in the workbook now.
    pub fn fact(&self, name: &str) -> Option<&str> {
        self.numbers.get(&format!("N/{name}")).map(|cell| cell.text.as_str()).filter(|text| !text.is_empty())
    }

    /// The numbers and names that were typed over the program's.
    pub fn typed_values(&self) -> TypedValues {
        let value = |(key, cell): (&String, &CellText)| {
            let base = self.record.digest(key)?.to_owned();
            Some((key.clone(), TypedValue { text: cell.text.clone(), place: cell.place.clone(), base }))
        };
        // What was confirmed once is confirmed, whoever has put it down.
        let checked = self.numbers.get_key_value(&format!("N/{TITLES_CHECKED}"));
        let checked = checked.filter(|(_, cell)| !cell.text.is_empty());
        TypedValues(self.typed().chain(checked).filter_map(value).collect())
    }

    /// For which year the topics were held against the manual, and nothing else that was typed.
    pub fn confirmation(&self) -> TypedValues {
        let mut typed = self.typed_values();
        typed.0.retain(|key, _| *key == format!("N/{TITLES_CHECKED}"));
        typed
    }

    /// How many formulas stand where the program has texts or nothing.
    fn formulas(&self) -> usize {
        self.frame.iter().filter(|cell| cell.is_formula).count() + self.typed_formulas
    }

    /// Whether a text is another than the one that the program wrote under the key.
    fn is_changed(&self, key: &str, text: &str) -> bool {
        self.record.digest(key) != Some(text_digest(text).as_str())
    }
}

/// A text as it is carried: without what programs add to it.
fn tidy(text: &str) -> String {
    normalised(text).into_owned()
}
